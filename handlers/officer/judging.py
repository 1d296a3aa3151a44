"""Xét hồ sơ at the commune's: the four judgements of Mẫu số 03, the report, and what comes of it.

QĐ 26/2026/QĐ-TTg, Điều 5: the commune has fifteen working days from the day on which it got the
dossier to look at its parts, judge the four and propose it to the province.
"""

from dataclasses import replace
from typing import Any

from conversations import walk
from conversations.forms.judgement import FOUR
from conversations.messages import Message, Shown
from conversations.session import Run
from documents import orders
from documents.forms.form_03 import Judgement
from handlers.officer import cycling, onward
from handlers.officer import dossiers as dossiers_
from handlers.officer.scoping import scope_of
from handlers.producer import lacking, printed, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, firings, workdays
from programme.roles import Right
from storage import dossiers, reviews
from storage.reviews import Subject, Verdict

_NAMED = 2
_SENT = frozenset({"sent_up", "sent_up_on_paper"})


def here(talk: Talk, which: str) -> Standing | None:
    """The dossier of an item, ``3.1``; None where it lies there no more, which is said."""
    row = dossiers.here(talk.tx, scope_of(talk), onward.numbers(which)[0])
    if row is None or row["status"] != "open":
        talk.note("inbox.gone")
        onward.go_on(talk)
        return None
    return standing.of(talk, row)


# -- seeing one ------------------------------------------------------------------------------------


def tell(talk: Talk, subject: int) -> None:
    """How a dossier stands that was handed to the commune, and what can be done with it."""
    one = here(talk, str(subject))
    if one is None:
        return
    talk.log("read_dossier", "dossier", subject)
    if one.row["filed_at"] is None:
        talk.say("calendar.not_filed", number=one.row["number"], name=one.row["name"])
        return
    say_before(talk, one)
    items = [
        (f"judge:{which_of(one)}", Message("judging.item_judge")),
        (f"papers_of:{subject}", Message("judging.item_papers")),
        (f"send_up:{which_of(one)}", Message("judging.item_send_up")),
        onward.later("review", subject, one.row["filed_at"]),
    ]
    if not scope_of(talk).may(Right.PROPOSE) or onward.is_own(talk, _subject(one)):
        items = [items[1], items[3]]
    onward.offer(talk, "judging.review", items, **_about(talk, one))


def which_of(one: Standing) -> str:
    """The dossier as an item carries it: its id, and how many verdicts were seen."""
    return f"{one.row['id']}.{one.row['turns']}"


def say_before(talk: Talk, one: Standing) -> None:
    """The last that was found of it, apart from its being sent up, if anything was."""
    every = reviews.history(talk.tx, scope_of(talk), "dossier", [one.row["id"]])
    found = [each for each in every if each.verdict not in _SENT]
    same = [each for each in found if each.turn == found[-1].turn]
    told = same[:_NAMED] if found and found[-1].verdict == "lacking" else same[-1:]
    for line in onward.lines(talk, told):
        talk.note("inbox.before", line=line)


def _about(talk: Talk, one: Standing) -> dict[str, Any]:
    by = one.row["review_by"]
    done, total = advice.progress(one.dossier)
    return {
        "number": one.row["number"],
        "name": one.row["name"],
        "producer": one.producer["name"],
        "when": firings.day_of(one.row["filed_at"]),
        "by": by,
        "left": workdays.between(talk.today, by, talk.calendar.changed) if by else 0,
        "late": bool(by and by < talk.today),
        "done": done,
        "total": total,
        "missing": missing(one),
    }


def missing(one: Standing) -> tuple[Message | str, ...]:
    """The first papers that are lacking, by their everyday names."""
    lines = advice.by_urgency(one.dossier)
    return tuple(lacking.name_of(one, line) for line in lines[:_NAMED])


# -- the four --------------------------------------------------------------------------------------


def begin(talk: Talk, one: Standing) -> None:
    """Ask for the four judgements of a dossier that was handed in; go on where it was left."""
    number = one.row["id"]
    about = {"number": one.row["number"], "name": one.row["name"]}
    if one.row["filed_at"] is None:
        talk.say("calendar.not_filed", **about)
    elif one.row["sent_up_at"]:
        talk.say("calendar.was_sent_up", **about, when=firings.day_of(one.row["sent_up_at"]))
    elif not onward.is_own(talk, _subject(one)):
        half = next((run for run in talk.session.runs if _is_of(run, number)), None)
        if half and half.facts["seen"] == one.row["turns"]:
            talk.leave(half.id)
            talk.resume()
            return
        behind = onward.behind(talk)
        talk.leave()
        if half:
            talk.end(half)  # somebody has said something of it meanwhile
        talk.log("read_dossier", "dossier", number)
        _say_declared(talk, one)
        facts = {"dossier": number, "seen": one.row["turns"], "behind": behind}
        talk.start("judgement", facts)


def _is_of(run: Run, dossier: int) -> bool:
    return run.form == "judgement" and run.facts["dossier"] == dossier


def _say_declared(talk: Talk, one: Standing) -> None:
    """What the producer said of material and labour, against which the officer judges."""
    told = one.idea
    first: dict[str, Any] = next(iter(told.get("materials") or ()), {})
    talk.note(
        "judging.declared",
        name=f"{one.row['number']} · {one.row['name']}",
        material=first.get("name"),
        shares=Shown("shares", first.get("shares")),
        labour=Shown("labour", told.get("labour")),
    )


def begin_of(talk: Talk, which: str) -> None:
    """The same of the dossier of that item."""
    if one := here(talk, which):
        begin(talk, one)


def sent(talk: Talk, run: Run) -> None:
    """Keep the judgements, print Mẫu 03 with them, and lead to the province or to the producer."""
    answers = walk.collected(talk.catalogue.of(run), run)
    one = here(talk, str(run.facts["dossier"]))
    if one is None:
        return
    proposed = answers["conclusion"] == "propose"
    last = Verdict("proposed") if proposed else Verdict("handed_back", answers["why"])
    said = (*(_verdict(name, answers) for name in FOUR), last)
    if not onward.gave(talk, Subject("dossier", one.row["id"], run.facts["seen"]), *said):
        return
    one = standing.of(talk, dossiers.by_id(talk.tx, one.row["id"]))
    about = {"number": one.row["number"], "name": one.row["name"]}
    met = sum(each.verdict == "met" for each in said)
    talk.note("judging.judged", **about, count=met)
    _print(talk, one, "form_03.pdf")
    if proposed:
        items: list[onward.Item] = []
        items.append((f"send_up:{which_of(one)}", Message("judging.item_send_up")))
        items.append(onward.later("review", one.row["id"], one.row["filed_at"]))
        onward.offer(talk, "judging.then", items)
    else:
        dossiers.hand_back(talk.tx, one.row["id"], talk.now)
        talk.tell(one.row["person_id"], "judging.handed_back", **about, reason=answers["why"])
        onward.go_on(talk, run.facts["behind"])


def _verdict(name: str, answers: dict[str, Any]) -> Verdict:
    found = answers[name]
    remark = found["remark"] or answers.get(f"{name}_why", "")
    return Verdict("met" if found["met"] else "not_met", remark, name)


def judged(talk: Talk, one: Standing) -> dict[str, Any]:
    """The four as they were judged last since it was handed in; what was not is left out."""
    since = one.row["filed_at"]
    found = reviews.of(talk.tx, "dossier", one.row["id"])
    mine = [each for each in found if each.about in FOUR and since and each.at >= since]
    return {each.about: Judgement(each.reason or None, each.verdict == "met") for each in mine}


# -- Mẫu 03 ----------------------------------------------------------------------------------------


def form_03(talk: Talk, one: Standing) -> None:
    """Print the commune's report with what was judged; what was not stands open."""
    talk.log("printed_form_03", "dossier", one.row["id"])
    if lacking_ := _not_judged(talk, one):
        talk.note("judging.not_judged", count=lacking_, short=dossiers_.short(talk, one))
    talk.say("officer.printing", seconds=_print(talk, one, "form_03"))


def _print(talk: Talk, one: Standing, kind: str) -> int:
    report = replace(printed.form_03(one), **judged(talk, one))
    talk.print(kind, report)
    return orders.seconds(report)


def _not_judged(talk: Talk, one: Standing) -> int:
    return len(FOUR) - len(judged(talk, one))


# -- up to the province ----------------------------------------------------------------------------


def send_up(talk: Talk, one: Standing) -> None:
    """Send it to the province; what is not judged yet is asked for first, with a way round."""
    row = one.row
    ready = row["filed_at"] and not row["sent_up_at"]
    if ready and onward.is_own(talk, _subject(one)):
        return
    if ready and (count := _not_judged(talk, one)):
        items = [
            (f"judge:{which_of(one)}", Message("judging.item_judge")),
            (f"send_up_paper:{which_of(one)}", Message("judging.item_on_paper")),
            onward.later("review", row["id"], row["filed_at"]),
        ]
        about = {"number": row["number"], "name": row["name"]}
        onward.offer(talk, "judging.ask_first", items, **about, count=count)
    elif not ready or onward.gave(talk, _subject(one), Verdict("sent_up")):
        _go_up(talk, one)


def send_up_of(talk: Talk, which: str) -> None:
    """The same of the dossier of that item, as it was seen."""
    if one := here(talk, which):
        one.row["turns"] = onward.numbers(which)[1]
        send_up(talk, one)


def send_up_on_paper(talk: Talk, which: str) -> None:
    """Send it up where the four were judged on paper; that is noted."""
    one = here(talk, which)
    if one is None:
        return
    ready = one.row["filed_at"] and not one.row["sent_up_at"]
    subject = Subject("dossier", *onward.numbers(which))
    if not ready or onward.gave(talk, subject, Verdict("sent_up_on_paper")):
        _go_up(talk, one)


def _subject(one: Standing) -> Subject:
    return Subject("dossier", one.row["id"], one.row["turns"])


def _go_up(talk: Talk, one: Standing) -> None:
    if cycling.send_up(talk, one):
        onward.go_on(talk)
