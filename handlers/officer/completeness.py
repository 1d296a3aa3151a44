"""Soát thành phần at the province's: whole, and on the council's list; or back with what lacks.

The law gives no days for it (QĐ 26/2026/QĐ-TTg): what goes back lies with the commune anew, which
has its fifteen working days (Điều 5) from then on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.papering import named
from conversations.session import Run
from handlers import reasons
from handlers.officer import calendar, dossiers, judging, onward
from handlers.officer.because import reason
from handlers.officer.scoping import scope_of
from handlers.producer import standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, firings, papers, rounds, workdays
from programme import reasons as ready
from programme.roles import Right
from programme.rounds import Round
from storage import councils, officers, reviews
from storage import dossiers as rows
from storage import papers as given
from storage.reviews import Subject, Verdict

_MOST, _ROUNDS = 8, 4


# -- seeing one ------------------------------------------------------------------------------------


def tell(talk: Talk, subject: int) -> None:
    """How a dossier stands that the commune sent up, and what can be done with it."""
    one = judging.here(talk, str(subject))
    if one is None or not _is_up(talk, one):
        return
    talk.log("read_dossier", "dossier", subject)
    judging.say_before(talk, one)
    which = judging.which_of(one)
    items = [
        (f"whole:{which}", Message("judging.item_whole")),
        (f"lacking:{which}", Message("judging.item_lacking")),
        (f"papers_of:{subject}", Message("judging.item_papers")),
        onward.later("check", subject, one.row["sent_up_at"]),
    ]
    if not scope_of(talk).may(Right.CHECK) or onward.is_own(talk, _subject(one), Right.CHECK):
        items = items[2:]
    onward.offer(talk, "judging.check", items, **_about(talk, one))


def _is_up(talk: Talk, one: Standing) -> bool:
    """Whether it lies with the province unchecked; if not, where it lies is said."""
    row, about = one.row, {"number": one.row["number"], "name": one.row["name"]}
    if row["checked_at"]:
        talk.say("judging.was_whole", **about, when=firings.day_of(row["checked_at"]))
    elif row["sent_up_at"] is None:
        talk.say("judging.not_up", **about)
    return bool(row["sent_up_at"] and not row["checked_at"])


def _about(talk: Talk, one: Standing) -> dict[str, Any]:
    done, total = advice.progress(one.dossier)
    found = judging.judged(talk, one).values()
    return {
        "number": one.row["number"],
        "name": one.row["name"],
        "producer": one.producer["name"],
        "when": firings.day_of(one.row["sent_up_at"]),
        "done": done,
        "total": total,
        "missing": judging.missing(one),
        "met": sum(bool(each.met) for each in found) if found else None,
    }


def for_council(talk: Talk) -> None:
    """The dossiers of the area that were found whole, for the council's next meeting."""
    found = rows.for_council(talk.tx, scope_of(talk), _MOST)
    lines = tuple(
        Message("judging.council_line", {"number": row["number"], "name": row["name"]})
        for row in found
    )
    talk.say("judging.council" if lines else "judging.no_council", lines=lines)


# -- whole, or not ---------------------------------------------------------------------------------


def whole(talk: Talk, one: Standing) -> None:
    """Put it on the council's list, and tell the commune and who made it."""
    if not _is_up(talk, one):
        return
    if onward.gave(talk, _subject(one), Verdict("whole")):
        rows.whole(talk.tx, one.row["id"], talk.person, talk.now)
        about = {"number": one.row["number"], "name": one.row["name"]}
        council = one.row["council"]
        talk.tell(one.row["person_id"], "judging.is_whole", **about, when=council)
        _tell_commune(talk, one, "judging.is_whole_here", **about)
        talk.note("judging.noted_whole", **about, missing=judging.missing(one))
        onward.go_on(talk)


def whole_of(talk: Talk, which: str) -> None:
    """The same of the dossier of that item, as it was seen."""
    if one := _seen(talk, which):
        whole(talk, one)


def lacking(talk: Talk, one: Standing) -> None:
    """Ask which papers are lacking."""
    if not _is_up(talk, one) or onward.is_own(talk, _subject(one), Right.CHECK):
        return
    behind = onward.behind(talk)
    talk.leave()
    talk.note("judging.lacking_which", number=one.row["number"], name=one.row["name"])
    lines = advice.by_urgency(one.dossier)
    likely = [line.papers[0].id for line in lines]
    likely += [each["paper"] for each in one.given]
    about = {"dossier": one.row["id"], "seen": one.row["turns"], "behind": behind}
    rules = {
        "rules": one.rules.name,
        "overlays": [str(folder) for folder in one.rules.overlays],
        "open": list(dict.fromkeys(likely)),
    }
    talk.start("lacks", {**about, **rules})


def lacking_of(talk: Talk, which: str) -> None:
    """The same of the dossier of that item, as it was seen."""
    if one := _seen(talk, which):
        lacking(talk, one)


def _seen(talk: Talk, which: str) -> Standing | None:
    one = judging.here(talk, which)
    if one:
        one.row["turns"] = onward.numbers(which)[1]
    return one


def _subject(one: Standing) -> Subject:
    return Subject("dossier", one.row["id"], one.row["turns"])


# -- what lacks, and why ---------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Ask of each of these papers why it is lacking."""
    answers = walk.collected(talk.catalogue.of(run), run)
    about = {"kind": "check", "subject": run.facts["dossier"], "seen": run.facts["seen"]}
    _ask_of_next(talk, {**about, "behind": run.facts["behind"]}, answers["papers"], [])


def _ask_of_next(talk: Talk, about: dict[str, Any], left: list[str], told: list[list[str]]) -> None:
    one = judging.here(talk, str(about["subject"]))
    if one is None:
        return
    paper = left[0]
    talk.note("inbox.back_which", name=named(paper, one.rules))
    has = any(each["paper"] == paper for each in one.given)
    fitting = ready.for_paper(papers.papers(one.rules)[paper]) if has else ready.absent()
    facts = {**about, "ready": list(fitting), "left": left, "told": told}
    talk.start("give_back", facts)


def told_why(talk: Talk, facts: Mapping[str, Any], why: str) -> None:
    """Keep why the paper is lacking; after the last one send the dossier back."""
    paper, *left = facts["left"]
    told = [*facts["told"], [paper, why]]
    if left:
        about = {name: facts[name] for name in ("kind", "subject", "seen", "behind")}
        _ask_of_next(talk, about, left, told)
    else:
        send_back(talk, f"{facts['subject']}.{facts['seen']}", told)


def send_back(talk: Talk, which: str, lacking: Sequence[Sequence[str]]) -> None:
    """Send the dossier of that item back for these papers, each with why, as it was seen."""
    one = _seen(talk, which)
    if one is None or not _is_up(talk, one):
        return
    told = [(paper, why if reasons.is_ready(why) else reason(why)) for paper, why in lacking]
    said = [Verdict("lacking", why, paper) for paper, why in told]
    if not onward.gave(talk, _subject(one), *said):
        return
    term = rounds.review_days(talk.rules)
    by = workdays.after(talk.today, term, talk.calendar.changed)
    rows.send_back(talk.tx, one.row["id"], by, talk.now)
    for paper, why in told:
        _return_paper(talk, one, paper, why)
    about = {"number": one.row["number"], "name": one.row["name"], "by": by}
    lines = tuple(_line(one, *each) for each in told)
    talk.tell(one.row["person_id"], "judging.lacks", **about, lines=lines)
    short = dossiers.short(talk, one)
    _tell_commune(talk, one, "judging.lacks_here", **about, short=short, lines=lines)
    talk.note("judging.sent_back", number=one.row["number"], count=len(told), by=by)
    onward.go_on(talk)


def _line(one: Standing, paper: str, why: str) -> Message:
    return Message("judging.lack", {"name": named(paper, one.rules), "reason": reasons.told(why)})


def _return_paper(talk: Talk, one: Standing, paper: str, why: str) -> None:
    """Give back the papers of that kind that stand, so that they are to be mended."""
    for each in one.given:
        subject = Subject("paper", each["id"], each["turns"])
        said = [Verdict("returned", why)]
        if each["paper"] == paper and reviews.give(talk.tx, subject, said, talk.person, talk.now):
            given.judge(talk.tx, each["id"], "returned", why, talk.person, talk.now)
            talk.log("returned_paper", "paper", each["id"])


def _tell_commune(talk: Talk, one: Standing, key: str, **about: Any) -> None:
    for officer in officers.of(talk.tx, one.producer["commune_code"] or ""):
        if officer.person != talk.person:
            talk.tell(officer.person, key, **about)


# -- another round ---------------------------------------------------------------------------------


def ask_requeue(talk: Talk, one: Standing) -> None:
    """Ask whether it is to go on to the next round, and say what that means."""
    scope, found = scope_of(talk), _next_round(talk, one)
    if not (scope.may(Right.CHECK) or scope.may(Right.PROPOSE)):
        talk.say("officer.not_yours", role=Message(f"officer.role_{scope.role}"))
    elif councils.holds(talk.tx, one.row["id"]):
        talk.say("judging.with_council", number=one.row["number"], name=one.row["name"])
    elif one.row["status"] != "open" or found is None:
        talk.say("judging.no_round", number=one.row["number"], name=one.row["name"])
    else:
        items: list[onward.Item] = [
            (f"requeue:{judging.which_of(one)}", Message("judging.item_requeue")),
            (onward.LIST, Message("judging.item_stay")),
        ]
        about = {"number": one.row["number"], "name": one.row["name"]}
        onward.offer(talk, "judging.requeue", items, **about, **_days(talk, one, found))


def _next_round(talk: Talk, one: Standing) -> Round | None:
    """The first round after its own that the commune's proposal can still reach."""
    home = standing.home_of(one.producer)
    coming = talk.calendar.upcoming(talk.today, home, most=_ROUNDS)
    last = one.round.intake_before
    return next((each for each in coming if each.intake_before > last), None)


def _days(talk: Talk, one: Standing, found: Round) -> dict[str, Any]:
    by = talk.calendar.file_by(found, standing.home_of(one.producer))
    return {"round": calendar.named(found), "by": by}


def requeue(talk: Talk, which: str) -> None:
    """Let it go on to the next round with all its papers; who made it hears the new days."""
    one = _seen(talk, which)
    scope = scope_of(talk)
    if one is None or not (scope.may(Right.CHECK) or scope.may(Right.PROPOSE)):
        return
    found = _next_round(talk, one)
    if councils.holds(talk.tx, one.row["id"]):
        talk.say("judging.with_council", number=one.row["number"], name=one.row["name"])
    elif found is None:
        talk.say("judging.no_round", number=one.row["number"], name=one.row["name"])
    elif onward.gave(talk, _subject(one), Verdict("requeued", about=found.key)):
        council = talk.calendar.council(found.key, standing.home_of(one.producer))
        rows.requeue(talk.tx, one.row["id"], found.key, council, talk.now)
        about = {"number": one.row["number"], "name": one.row["name"]}
        told = {**about, **_days(talk, one, found)}
        talk.tell(one.row["person_id"], "judging.is_requeued", **told)
        talk.note("judging.noted_requeue", **told)
        onward.go_on(talk)


# -- what was found --------------------------------------------------------------------------------


def history(talk: Talk, one: Standing) -> None:
    """Every verdict on the dossier."""
    talk.log("read_dossier", "dossier", one.row["id"])
    found = reviews.history(talk.tx, scope_of(talk), "dossier", [one.row["id"]])
    lines = onward.lines(talk, found)
    name = f"{one.row['number']} · {one.row['name']}"
    talk.say("inbox.history" if lines else "inbox.no_history", name=name, lines=lines)
