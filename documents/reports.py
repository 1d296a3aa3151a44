"""Reports for meetings: as Word to be edited, as PDF to be read, and the annex as a workbook.

An office may lay a Word template of its own over ours (docs/bao-cao.md names what stands in it).
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from documents import annex, charts, drafting, report_words, word_files
from documents.report_words import REPORTS, shown, words
from programme.reports.report import Report, Table

LAYOUTS = {"year": "results", "term": "results", "plan": "plan", "conclusions": "conclusions"}
OWN = ("above", "name", "opening", "closing", "recipients", "signer")
_KEY = str.maketrans({".": "_", "-": "_"})
_CHART_WIDTH = 160  # millimetres
_SHORT = 100  # signs
Values = dict[str, Any]


class BrokenTemplate(Exception):
    """The office's own Word template cannot be filled.

    The message is the reason (one of word_files.Reason, wrong_mark or no_marks), a colon, and of a
    wrong mark the words that stand there.
    """


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report to be printed, with the texts of the office.

    ``template`` is where the office's own Word template lies, if any; one that is kept among the
    files is named by its hash, ``file``, until the order is filled.
    """

    report: Report
    template: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    file: str = ""


def layout(kind: str) -> str:
    """Which of our layouts a kind of report has. KeyError for the annex, which has none."""
    return LAYOUTS[kind]


def own_template(overlays: Sequence[Path], kind: str) -> str | None:
    """The Word template that an office laid over ours for that kind of report, the newest last."""
    names = (kind, LAYOUTS.get(kind, kind))
    there = (
        folder / "documents" / "reports" / f"{name}.docx"
        for folder in reversed(overlays)
        for name in names
    )
    return next((str(path) for path in there if path.is_file()), None)


def printed(kind: str, paper: ReportPaper) -> tuple[bytes, tuple[str, ...]]:
    """The report as report_docx, report_pdf or report_xlsx, and what its template lacks.

    Where the office's own template is broken it is printed in our layout, and instead of names it
    is told why, as BrokenTemplate does: a name has no colon.
    """
    match kind:
        case "report_xlsx":
            return annex.workbook(paper.report), ()
        case "report_pdf":
            return pdf(paper), ()
        case _:
            return _word(paper)


def _word(paper: ReportPaper) -> tuple[bytes, tuple[str, ...]]:
    try:
        return docx(paper)
    except BrokenTemplate as why:
        ours, _ = docx(replace(paper, template=None))
        return ours, (str(why)[:_SHORT],)


def pdf(paper: ReportPaper) -> bytes:
    """The report as a PDF in our own layout; the same report makes the same bytes."""
    told = values(paper.report, paper.texts)
    name = layout(paper.report.kind)
    asked = (REPORTS / f"{name}.yaml").read_text(encoding="utf-8")
    told["charts"] = charts.Drawn(paper.report).named(asked)
    inputs = {"form": f"../reports/{name}", "values": json.dumps(told, default=list)}
    return drafting.draw("forms/form.typ", inputs, format="pdf")


def docx(paper: ReportPaper) -> tuple[bytes, tuple[str, ...]]:
    """The report as Word, and the names that the office's own template asks for in vain.

    Raises BrokenTemplate when that template is no plain Word file, or its jinja is wrong.
    """
    told = values(paper.report, paper.texts)

    def context(template: Any) -> Values:
        return told | {"charts": charts.Drawn(paper.report, partial(_image, template))}

    if paper.template is None:
        return drafting.filled(REPORTS / f"{layout(paper.report.kind)}.docx", context), ()
    unknown: set[str] = set()
    try:
        word_files.look(Path(paper.template))
        filled = drafting.filled(Path(paper.template), context, unknown)
    except Exception as why:
        raise broken(why) from why
    return filled, tuple(sorted(unknown))


def broken(why: Exception) -> BrokenTemplate:
    """What is told of a template over which that went wrong."""
    if isinstance(why, word_files.Refused):
        return BrokenTemplate(f"{why.reason}: ")
    near = " ".join(line.strip() for line in getattr(why, "docx_context", ()))
    return BrokenTemplate(f"wrong_mark: {near.strip() or why}")


def _image(template: Any, png: bytes) -> Any:
    from docx.shared import Mm  # noqa: PLC0415 - see drafting
    from docxtpl import InlineImage  # type: ignore[import-untyped]  # noqa: PLC0415

    return InlineImage(template, io.BytesIO(png), Mm(_CHART_WIDTH))


# -- what stands in a layout -----------------------------------------------------------------------


def values(report: Report, texts: Mapping[str, str] | None = None) -> Values:
    """All that a template may name, said as it is printed; what is not known is None.

    ``n`` has the figures, ``own`` the texts of the office, each table stands under its key as a
    list of rows.
    """
    known, said = titles(report), report_words.years(report)
    tables = {table.key: list(_shown(table, known)) for table in report.tables}
    doubts = [report_words.doubt(each, known) for each in report.doubts]
    told: Values = {"area": report_words.area(report), "years": said, "kind": report.kind}
    told |= {"years_began": said[:1].upper() + said[1:], "n": _figures(report)}
    told |= {"host": _usual(report)["host"].format(area=told["area"])}
    told["own"] = _own(report, texts or {})
    told |= tables | {"doubts": [{"number": str(at), **it} for at, it in enumerate(doubts, 1)]}
    told |= {"units": _grouped(tables.get("helpers", ()), "duties")}
    told |= {"task_units": _grouped(tables.get("tasks", ()), "tasks")}
    return told


def _own(report: Report, texts: Mapping[str, str]) -> dict[str, str | None]:
    """What the office says of itself in its papers; what it does not say is as in all offices."""
    usual = _usual(report)
    usual["recipients"] = usual["recipients"].get(LAYOUTS.get(report.kind))
    said = {name: texts.get(name) or usual.get(name) for name in OWN}
    signs = (texts.get("signs_for") or usual["signs_for"], texts.get("position"))
    return {**said, "signs": "\n".join(filter(None, signs))}


def _usual(report: Report) -> dict[str, Any]:
    """What stands in a paper of which no office said how; everywhere is no committee's."""
    own = {**words()["own"], "name": report_words.area(report)}
    return own if report.area else own | words()["own_everywhere"]


def titles(report: Report) -> dict[str, str]:
    """The titles of the documents that the report speaks of, by their keys."""
    documents = (table for table in report.tables if table.key == "documents")
    return {str(row[0]): str(row[1]) for table in documents for row in table.rows}


def _figures(report: Report) -> dict[str, str | None]:
    said = {each.key: shown(each.column or "count", each.value) for each in report.figures}
    said |= {each.key: shown("share", each.value) for each in report.shares}
    return {key.translate(_KEY): told for key, told in said.items()}


def _shown(table: Table, titles: Mapping[str, str]) -> Iterator[dict[str, str | None]]:
    for number, row in enumerate(_wanted(table), 1):
        told = dict(zip(table.columns, row, strict=True))
        said = {column: shown(column, cell, table.key) for column, cell in told.items()}
        document = titles.get(str(told.get("source") or ""))
        yield {"number": str(number), **said, **_more(table.key, told), "document": document}


def empty_row(table: Table) -> dict[str, str | None]:
    """A row of the table of which nothing is known."""
    row = dict.fromkeys(table.columns)
    return {"number": None, **row, **_more(table.key, row), "document": None}


def _wanted(table: Table) -> list[Any]:
    """The rows that are printed: of what documents state, the parts stand in their clause."""
    if table.key == "stated":
        return table.met((("part", 0),))
    return table.met((("unit", ""),)) if table.key == "funds" else list(table.rows)


def _more(key: str, row: Mapping[str, Any]) -> dict[str, str | None]:
    match key:
        case "targets":
            told = dict.fromkeys(row[name] for name in ("least", "most") if row[name] is not None)
            return {"wanted": "-".join(map(str, told)) or None}
        case "tasks":
            return {"state": _state(row)}
        case "fairs":
            return {"called_off": words()["called_off"] if row["cancelled"] else None}
        case "budgets" | "lines" if row["dong"] and row["spent"] is None:
            return {"spent": words()["unknown"]}
        case _:
            return {}


def _state(task: Mapping[str, Any]) -> str:
    """Whether a task is done or late, as it is printed."""
    late = "late" if task["late"] else "in_time"
    return str(words()["task_states"]["done" if task["done"] else "open"][late])


def _grouped(rows: Sequence[Mapping[str, Any]], inner: str) -> list[dict[str, Any]]:
    """The rows by their unit, each numbered anew."""
    found: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        mine = found.setdefault(row["unit"], [])
        mine.append({**row, "number": str(len(mine) + 1)})
    return [{"unit": unit, inner: mine} for unit, mine in found.items()]
