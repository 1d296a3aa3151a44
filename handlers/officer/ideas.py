"""Ý tưởng at the officer's: seeing one, taking it, giving it back, asking about it."""

from collections.abc import Mapping
from typing import Any, Literal

from conversations import walk
from conversations.messages import Attached, Message, Shown
from conversations.session import Run
from handlers import reasons
from handlers.officer import dossiers, onward
from handlers.officer.because import reason
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme import reasons as ready
from programme.roles import Right
from storage import files, ideas, reviews
from storage.reviews import Subject, Verdict

_MOST = 8
_GONE = frozenset({"withdrawn", "mended"})


# -- which -----------------------------------------------------------------------------------------


def of_number(talk: Talk, number: int, year: int | str | None) -> dict[str, Any] | None:
    """The idea of that number in the officer's area; without a year this year's."""
    found = ideas.numbered(talk.tx, scope_of(talk), f"YT-{year or talk.year}-{number:04d}")
    if found is None:
        talk.say("officer.no_such_idea", number=number)
    return found


def _here(talk: Talk, subject: int) -> dict[str, Any] | None:
    found = ideas.here(talk.tx, scope_of(talk), subject)
    if found is None or found["status"] in _GONE:
        talk.note("inbox.gone")
        onward.go_on(talk)
        return None
    return found


def listing(talk: Talk) -> None:
    """The newest ideas of the officer's area, and its open dossiers."""
    lines = tuple(
        Message(
            "officer.idea_line",
            {
                "number": i["number"],
                "name": i["name"],
                "producer": i["answers"]["producer"]["label"],
                "commune": (i["answers"].get("commune") or {}).get("name"),
                "when": i["submitted_at"],
            },
        )
        for i in ideas.handed_in(talk.tx, scope_of(talk), _MOST)
    )
    talk.say("officer.ideas", lines=lines) if lines else talk.say("officer.no_ideas")
    dossiers.listing(talk)


def photos(talk: Talk, number: int, year: str | None) -> None:
    """Send the photos of the idea of that number, one after the other."""
    idea = of_number(talk, number, year)
    if idea is None:
        return
    talk.log("read_idea", "idea", idea["id"])
    kept = idea["answers"].get("photos") or []
    if not kept:
        talk.say("officer.no_photos", number=number)
    mimes = files.mimes(talk.tx, kept)
    for at, file in enumerate(kept, 1):
        image = mimes.get(file, "image/").startswith("image/")
        kind: Literal["photo", "file"] = "photo" if image else "file"
        about = {"number": idea["number"], "name": idea["name"], "at": at, "of": len(kept)}
        talk.show(Attached(kind, file, f"{idea['number']}-{at}"), "officer.photo", **about)


# -- seeing one ------------------------------------------------------------------------------------


def tell(talk: Talk, subject: int) -> None:
    """What the idea is, what was said of it before, and what can be done with it."""
    if idea := _here(talk, subject):
        tell_of(talk, idea)


def tell_of(talk: Talk, idea: Mapping[str, Any]) -> None:
    """The same of one that was looked up."""
    talk.log("read_idea", "idea", idea["id"])
    _say_before(talk, idea)
    which = f"{idea['id']}.{idea['turns']}"
    items = [
        (f"idea_accept:{which}", Message("inbox.accept_idea")),
        (f"idea_back:{which}", Message("inbox.back")),
        (f"idea_ask:{which}", Message("inbox.ask")),
        onward.later("idea", idea["id"], idea["moved_at"] or idea["submitted_at"]),
    ]
    if not scope_of(talk).may(Right.JUDGE) or onward.is_own(talk, Subject("idea", idea["id"])):
        items = items[3:]
    onward.offer(talk, "inbox.idea", items, **_about(idea))


def _about(idea: Mapping[str, Any]) -> dict[str, Any]:
    told = idea["answers"]
    first: Mapping[str, Any] = next(iter(told.get("materials") or ()), {})
    special = told.get("special")
    return {
        "number": idea["number"],
        "name": idea["name"],
        "producer": told["producer"]["label"],
        "set": Shown("product_set", told.get("set")),
        "material": first.get("name"),
        "shares": Shown("shares", first.get("shares")),
        "labour": Shown("labour", told.get("labour")),
        "special": special.get("text") if isinstance(special, dict) else special,
        "photos": len(told.get("photos") or ()),
        "short": idea["number"].rpartition("-")[2].lstrip("0"),
    }


def _say_before(talk: Talk, idea: Mapping[str, Any]) -> None:
    """What was asked and answered last; what one that was mended went back for."""
    found = reviews.history(talk.tx, scope_of(talk), "idea", [idea["id"]])
    old = ideas.here(talk.tx, scope_of(talk), idea["follows"]) if idea["follows"] else None
    if old and not found:
        last = reviews.standing(talk.tx, scope_of(talk), "idea", old["id"])
        why = reasons.told(last.reason) if last else None
        talk.note("inbox.idea_again", number=old["number"], reason=why)
    if found:
        talk.say("inbox.earlier", lines=onward.lines(talk, found[-2:]))


def history(talk: Talk, idea: Mapping[str, Any]) -> None:
    """Every verdict on the idea, and on the one that it mends."""
    talk.log("read_idea", "idea", idea["id"])
    both = [each for each in (idea["follows"], idea["id"]) if each]
    found = reviews.history(talk.tx, scope_of(talk), "idea", both)
    lines = onward.lines(talk, found)
    name = f"{idea['number']} · {idea['name']}"
    talk.say("inbox.history" if lines else "inbox.no_history", name=name, lines=lines)


# -- verdicts --------------------------------------------------------------------------------------


def accept(talk: Talk, which: str) -> None:
    """Take the idea, and tell its sender what comes next."""
    idea = _gave(talk, which, Verdict("accepted"))
    if idea:
        about = {"number": idea["number"], "name": idea["name"]}
        talk.tell(idea["person_id"], "inbox.idea_accepted", **about)
        talk.note("inbox.accepted_idea", **about)
        onward.go_on(talk)


def ask_why(talk: Talk, which: str) -> None:
    """Ask why the idea goes back."""
    subject, seen = onward.numbers(which)
    idea = _here(talk, subject)
    if idea and not onward.is_own(talk, Subject("idea", subject)):
        behind = onward.behind(talk)
        talk.leave()
        talk.note("inbox.back_which", name=f"{idea['number']} · {idea['name']}")
        about = {"kind": "idea", "subject": subject, "seen": seen, "behind": behind}
        talk.start("give_back", {**about, "ready": list(ready.for_ideas())})


def ask_what(talk: Talk, which: str) -> None:
    """Ask what the officer would know of the idea."""
    subject, seen = onward.numbers(which)
    if _here(talk, subject) and not onward.is_own(talk, Subject("idea", subject)):
        behind = onward.behind(talk)
        talk.leave()
        talk.start("ask_back", {"subject": subject, "seen": seen, "behind": behind})


def returned(talk: Talk, facts: Mapping[str, Any], why: str) -> None:
    """Give the idea back with that reason; its sender may mend it and send it again."""
    which = f"{facts['subject']}.{facts['seen']}"
    said = why if reasons.is_ready(why) else reason(why)
    idea = _gave(talk, which, Verdict("returned", said))
    if idea:
        about = {"number": idea["number"], "name": idea["name"], "reason": reasons.told(said)}
        talk.tell(idea["person_id"], "inbox.idea_returned", **about)
        talk.note("inbox.returned_idea", number=idea["number"])
        onward.go_on(talk, facts.get("behind", ""))


def asked(talk: Talk, run: Run) -> None:
    """Send the question of the form to who sent the idea."""
    answers = walk.collected(talk.catalogue.of(run), run)
    ask(talk, run.facts, answers["question"])


def ask(talk: Talk, facts: Mapping[str, Any], question: str) -> None:
    """Ask who sent the idea; the answer puts it into the inbox again."""
    idea = _gave(talk, f"{facts['subject']}.{facts['seen']}", Verdict("asked", question))
    if idea:
        about = {"number": idea["number"], "name": idea["name"], "question": question}
        talk.tell(idea["person_id"], "inbox.idea_asked", **about)
        talk.note("inbox.asked_idea", number=idea["number"])
        onward.go_on(talk, facts.get("behind", ""))


def _gave(talk: Talk, which: str, said: Verdict) -> dict[str, Any] | None:
    """Note the verdict on the idea as it was seen; None where there is nothing to do any more."""
    subject, seen = onward.numbers(which)
    idea = _here(talk, subject)
    if idea is None or not onward.gave(talk, Subject("idea", subject, seen), said):
        return None
    ideas.judge(talk.tx, subject, said.verdict, talk.now)
    return idea


# -- typed -----------------------------------------------------------------------------------------


def accept_typed(talk: Talk, idea: Mapping[str, Any], _words: str) -> None:
    """Take an idea that was named by its number."""
    if _is_free(talk, idea):
        accept(talk, f"{idea['id']}.{idea['turns']}")


def back_typed(talk: Talk, idea: Mapping[str, Any], words: str) -> None:
    """Give it back with these words; without any, ask why."""
    if not _is_free(talk, idea):
        return
    if words:
        returned(talk, {"subject": idea["id"], "seen": idea["turns"]}, words)
    else:
        ask_why(talk, f"{idea['id']}.{idea['turns']}")


def ask_typed(talk: Talk, idea: Mapping[str, Any], words: str) -> None:
    """Ask about it with these words; without any, ask what."""
    if words:
        ask(talk, {"subject": idea["id"], "seen": idea["turns"]}, words)
    else:
        ask_what(talk, f"{idea['id']}.{idea['turns']}")


def _is_free(talk: Talk, idea: Mapping[str, Any]) -> bool:
    """Whether nobody else has found anything of it; if somebody has, what that was is said."""
    last = reviews.standing(talk.tx, scope_of(talk), "idea", idea["id"])
    free = idea["verdict"] is None or last is None or last.person == talk.person
    if not free:
        onward.overtaken(talk, Subject("idea", idea["id"]))
    return free
