"""Báo cáo: an officer's area in figures for a meeting; one more word has it printed."""

from collections.abc import Callable
from typing import Any

from conversations.messages import Message
from documents import orders, report_words
from documents import reports as papers
from handlers.officer import digest_lists, naming, own_office, report_orders
from handlers.officer.report_orders import Order
from handlers.talk import Talk
from programme import reports
from programme.reports import Report, Wanted
from programme.roles import Right
from storage import officers, report_rows
from storage.report_rows import Reach

_WORD, _PDF, _EXCEL = "report_docx", "report_pdf", "report_xlsx"
_DOUBTS = "report_doubts"
_SHOWN = 2  # doubts in a letter


def read(talk: Talk, text: str) -> Order | None:
    """The report that the text wants; None when it speaks of something else."""
    return report_orders.read(text, talk.year)


def tell(talk: Talk, order: Order) -> None:
    """Tell the figures, and offer the papers."""
    report = made(talk, order)
    if report is None:
        return
    years: dict[str, Any] = {"first": order.first, "last": order.last}
    talk.log("read_report", "report", 0, report=order.kind, **years)
    digest_lists.turn_here(talk)
    said = str(order.first) if order.first == order.last else f"{order.first}-{order.last}"
    about: dict[str, Any] = {"years": said, "area": report.area or None}
    if not any(report.numbers().values()):
        talk.say("reports.nothing", **about)
        return
    told: dict[str, Any] = dict(reports.headline(report))
    if "money" in told:
        told["money"] = report_words.million(told["money"])
    talk.note(_TOLD[order.kind], **about, **told, wrong=len(report.doubts))
    talk.offer("reports.which", _items(order, report))


def _items(order: Order, report: Report) -> list[tuple[str, Message]]:
    """What can be had: as Word, to print, as Excel, and what looks wrong."""
    which = f"{order.kind}.{order.first}.{order.last}"
    kinds = (_WORD, _PDF, _EXCEL) if order.kind in papers.LAYOUTS else (_EXCEL,)
    wanted = (*kinds, _DOUBTS) if report.doubts else kinds
    return [(f"{kind}:{which}", Message(f"reports.as_{kind}")) for kind in wanted]


def _printed(kind: str) -> Callable[[Talk, str], None]:
    def do(talk: Talk, which: str) -> None:
        order = _order(which)
        report = made(talk, order)
        if report is None:
            return
        about = own_office.paper(talk, report)
        talk.print(kind, about)
        years: dict[str, Any] = {"first": order.first, "last": order.last}
        talk.log("printed_report", "report", 0, report=order.kind, paper=kind, **years)
        talk.say("officer.printing", seconds=orders.seconds(about))

    return do


def _doubts(talk: Talk, which: str) -> None:
    """Tell the first things that do not add up."""
    report = made(talk, _order(which))
    if report is None:
        return
    known = papers.titles(report)
    said = [report_words.doubt(each, known)["text"] or "" for each in report.doubts]
    talk.say("reports.doubts", lines=said[:_SHOWN], more=max(0, len(said) - _SHOWN))


def made(talk: Talk, order: Order) -> Report | None:
    """The report of the officer's own area; None for who is no officer any more."""
    scope = officers.scope(talk.tx, talk.person)
    if scope is None:
        return None
    reach = Reach(scope, order.first, order.last, talk.today, plan=order.kind == "plan")
    rows = report_rows.rows(talk.tx, reach)
    wanted = Wanted(order.kind, naming.area(scope.area) or "", order.first, order.last)
    return reports.make(wanted, rows)


def _order(which: str) -> Order:
    kind, first, last = which.split(".")
    return Order(kind, int(first), int(last))


_TOLD = {
    "year": "reports.results",
    "term": "reports.results",
    "annex": "reports.results",
    "plan": "reports.plan",
    "conclusions": "reports.conclusions",
}
# What the items of a list on the screen want, as ``<name>:<which>``.
CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    **{kind: (_printed(kind), Right.READ) for kind in (_WORD, _PDF, _EXCEL)},
    _DOUBTS: (_doubts, Right.READ),
}
