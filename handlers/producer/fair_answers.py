"""Who was told of a fair, a training or a buyer says: joins, does not, asks more; then results."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from conversations import engine, walk
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import announced
from handlers.officer.announced import said, short
from handlers.producer import fair_words
from handlers.talk import Talk
from storage import joining, minders, planner, producers, questions
from storage.joining import ASK, JOIN, NO

_JOINING = "fair_joining"
_PLACES = {1: JOIN, 2: NO, 3: ASK}
ITEMS = {"fair_join": JOIN, "fair_no": NO, "fair_ask": ASK}
_SHOWN = 3
_NEWS = timedelta(days=120)  # that what has no last day can be answered


# -- what is said ----------------------------------------------------------------------------------


def heard(talk: Talk, text: str) -> bool:
    """Take an answer in words anywhere, and by its bare number where nothing else is on the screen.

    Whoever was never told of anything says nothing of the kind.
    """
    found = fair_words.read(text)
    if found is None or not (found.plain or _is_meant(talk)):
        return _to_the_newest(talk, text)
    asked = joining.told(talk.tx, talk.person)
    if not asked and not found.number and found.answer != JOIN:
        return False
    if found.answer == fair_words.RESULTS:
        _results(talk, asked, found.number)
    else:
        _words(talk, asked, found.answer, found.number)
    return True


def _is_meant(talk: Talk) -> bool:
    """Whether words that may answer something else are about a fair: nothing else is asked."""
    found = talk.active()
    return found is None or found[0].name == _JOINING


def _to_the_newest(talk: Talk, text: str) -> bool:
    """Take what answers the newest thing asked, where that is an invitation, by number or words."""
    place, said = engine.digit(text), fair_words.alone(text)
    if talk.active() or not (place in _PLACES or said):
        return False
    one = joining.by_letter(talk.tx, talk.person, talk.chat)
    if one is None or not (place or _waits(talk, one)):
        return False
    _answer(talk, one, _PLACES[place] if place else said or NO)
    return True


def _waits(talk: Talk, one: Mapping[str, Any]) -> bool:
    """Whether it still wants an answer: "không" after that is about something else."""
    answered = one["answer"] not in {None, ASK} and one["answered_at"] >= one["asked_at"]
    return not answered and _is_open(talk, one)


def _words(talk: Talk, asked: list[dict[str, Any]], answer: str, number: int) -> None:
    one = _meant(talk, asked, answer, number)
    if one:
        _answer(talk, one, answer)
    elif open_ := [each for each in asked if _is_open(talk, each)]:
        _list(talk, open_)
        talk.resume(told=True)
    else:
        talk.say("announcing.nothing_asked")
        talk.resume(told=True)


def _meant(
    talk: Talk, asked: list[dict[str, Any]], answer: str, number: int
) -> dict[str, Any] | None:
    """The newest of that number; without one the only one that can be answered so."""
    if number:
        return next((one for one in asked if short(one["number"]) == number), None)
    some = [one for one in asked if _is_open(talk, one)]
    if answer == NO:
        some = [one for one in asked if one["answer"] == JOIN and not _is_over(talk, one)] or some
    return some[0] if len(some) == 1 else None


def tapped(talk: Talk, item: str, which: str) -> None:
    """Take the answer of a button, whenever it is tapped."""
    asked = joining.told(talk.tx, talk.person)
    one = next((each for each in asked if str(each["id"]) == which), None)
    if one is None:
        talk.say("announcing.nothing_asked")
        talk.resume(told=True)
    else:
        _answer(talk, one, ITEMS[item])


# -- what follows ----------------------------------------------------------------------------------


def _answer(talk: Talk, one: Mapping[str, Any], answer: str) -> None:
    """Keep the answer, which may be another one each time while one can register."""
    name, last = said(one)["name"], announced.last_day(said(one))
    if one["off"]:
        talk.say("announcing.answers_off", name=name)
        talk.resume(told=True)
    elif answer == ASK:
        _ask(talk, one)
    elif answer == NO and _has_begun(talk, one):
        talk.say("announcing.has_begun", name=name)
        talk.resume(told=True)
    elif answer == JOIN and last and talk.today > last:
        talk.say("announcing.answers_closed", name=name, day=last)
        talk.resume(told=True)
    else:
        if one["answer"] == JOIN and answer == NO and last and talk.today > last:
            _tell_office(talk, one)
        joining.answer(talk.tx, one["id"], talk.person, answer, talk.now)
        _replan(talk, one)
        (_join if answer == JOIN else _stay_away)(talk, one)


def _has_begun(talk: Talk, one: Mapping[str, Any]) -> bool:
    """Whether it is on already, or over: till then one may stay away."""
    days = said(one).get("days")
    return days is not None and date.fromisoformat(days["from"]) <= talk.today


def _is_over(talk: Talk, one: Mapping[str, Any]) -> bool:
    days = said(one).get("days")
    return days is not None and date.fromisoformat(days["to"]) < talk.today


def _tell_office(talk: Talk, one: Mapping[str, Any]) -> None:
    """Let who looks after it know that somebody who is on the list does not come after all."""
    about = {"name": said(one)["name"], "number": short(one["number"])}
    who = producers.by_id(talk.tx, one["producer_id"])["name"] if one["producer_id"] else None
    for officer in minders.of(talk.tx, one):
        talk.tell(officer, "announcing.does_not_come", **about, who=who)


def _replan(talk: Talk, one: Mapping[str, Any]) -> None:
    if one["fair_id"]:
        planner.of_fair(talk.tx, one["fair_id"], talk.now)


def _join(talk: Talk, one: Mapping[str, Any]) -> None:
    told, number = said(one), short(one["number"])
    key = "announcing.can_sell" if one["kind"] == "buyer" else "announcing.joins"
    talk.note(key, name=told["name"], number=number)
    if one["kind"] == "fair":
        talk.note("announcing.needs_asked")
        talk.start(_JOINING, _known(talk, one))
    else:
        talk.note("announcing.office_calls")
        _go_on(talk)


def _known(talk: Talk, one: Mapping[str, Any]) -> dict[str, Any]:
    """What the form need not ask: the producer's products, and what was answered before."""
    listed = ", ".join(joining.goods(talk.tx, one["producer_id"] or 0))[:200]
    facts: dict[str, Any] = {"announcement": one["id"], "number": short(one["number"])}
    facts["products"] = [listed] if listed else []
    return facts


def ended(talk: Talk, run: Run) -> bool:
    """End the open form of a fair that was called off meanwhile, and say so."""
    one = _of_run(talk, run) if run.form == _JOINING else None
    if one is None or not one["off"]:
        return False
    talk.end(run)
    talk.note("announcing.answers_off", name=said(one)["name"])
    _go_on(talk)
    return True


def _stay_away(talk: Talk, one: Mapping[str, Any]) -> None:
    for run in [each for each in talk.session.runs if _asks_of(each, one)]:
        talk.end(run)
    name, last = said(one)["name"], announced.last_day(said(one))
    if last and talk.today > last:
        talk.note("announcing.stays_away_late", name=name)
    else:
        talk.note("announcing.stays_away", name=name, number=short(one["number"]))
    _go_on(talk)


def _asks_of(run: Run, one: Mapping[str, Any]) -> bool:
    return run.form == _JOINING and run.facts.get("announcement") == one["id"]


def _ask(talk: Talk, one: Mapping[str, Any]) -> None:
    """Say what is known beside, and take the question to an officer."""
    if one["answer"] is None:
        joining.answer(talk.tx, one["id"], talk.person, ASK, talk.now)
        _replan(talk, one)
    told = said(one)
    lines = announced.details(told)[:_SHOWN]
    talk.note("announcing.asks" if lines else "announcing.asks_only", name=told["name"])
    for line in lines:
        talk.note(line.key, **line.args)
    where = {name: one[name] for name in questions.PLACE}
    talk.start("contact", {"fair": told["name"], "topic": questions.ANNOUNCED, **where})


def _go_on(talk: Talk) -> None:
    if not talk.resume(told=True):
        talk.flush()


def kept(talk: Talk, run: Run) -> None:
    """Keep what whoever joins needs there."""
    one = _of_run(talk, run)
    if one is None:
        talk.say("announcing.nothing_asked")
        return
    needs = walk.collected(talk.catalogue.of(run), run)
    joining.keep_needs(talk.tx, one["id"], talk.person, needs)
    number = short(one["number"])
    talk.say("announcing.needs_kept", name=said(one)["name"], number=number)


def _of_run(talk: Talk, run: Run) -> dict[str, Any] | None:
    asked = joining.told(talk.tx, talk.person)
    return next((one for one in asked if one["id"] == run.facts["announcement"]), None)


# -- what there is to answer -----------------------------------------------------------------------


def _is_open(talk: Talk, one: Mapping[str, Any]) -> bool:
    last = announced.last_day(said(one))
    fresh = last is None or talk.today <= last
    return fresh and not one["off"] and one["made_at"] > talk.now - _NEWS


def coming(talk: Talk) -> bool:
    """List what invites the person; False when there is nothing."""
    open_ = [one for one in joining.told(talk.tx, talk.person) if _is_open(talk, one)]
    if open_:
        _list(talk, open_)
    return bool(open_)


def _list(talk: Talk, some: list[dict[str, Any]]) -> None:
    lines = tuple(_line(one) for one in some[:_SHOWN])
    talk.note("announcing.mine", lines=lines)
    talk.say("announcing.mine_how", number=short(some[0]["number"]))


def _line(one: Mapping[str, Any]) -> Message:
    told = said(one)
    answer = Message(f"announcing.my_answer_{one['answer']}") if one["answer"] else None
    about = {"number": short(one["number"]), "name": told["name"], "answer": answer}
    opens = (told.get("days") or {}).get("from")
    return Message("announcing.my_line", {**about, "opens": opens, "place": told.get("place")})


# -- results ---------------------------------------------------------------------------------------


def _results(talk: Talk, asked: list[dict[str, Any]], number: int) -> None:
    joined = [one for one in asked if _was_there(talk, one)]
    one = next((each for each in joined if number in {0, short(each["number"])}), None)
    if one is None:
        talk.say("announcing.results_not_yours", number=number or 1)
        talk.resume(told=True)
        return
    talk.note("announcing.results_begin", name=said(one)["name"])
    talk.start("fair_results", {"announcement": one["id"]})


def _was_there(talk: Talk, one: Mapping[str, Any]) -> bool:
    if one["answer"] != JOIN or one["off"]:
        return False
    return said(one).get("days") is None or _has_begun(talk, one)


def told(talk: Talk, run: Run) -> None:
    """Keep the results, which nobody asks for again."""
    one = _of_run(talk, run)
    if one is None:
        talk.say("announcing.nothing_asked")
        return
    results = walk.collected(talk.catalogue.of(run), run)
    joining.keep_results(talk.tx, one["id"], talk.person, results)
    _replan(talk, one)
    talk.say("announcing.results_thanks", name=said(one)["name"])
