"""Who was told of a fair, a training or a buyer says: joins, does not, asks more; then results."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from conversations import engine, walk
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import announced
from handlers.officer.announced import said, short
from handlers.talk import Talk
from programme.folding import fold
from storage import joining, planner
from storage.joining import ASK, JOIN, NO

_THING = r"(?: (?:hoi cho|phien cho|lop|tap huan|fair|training))?(?: (?:so )?(\d{1,5}))?"
_WORDS = (
    (
        NO,
        re.compile(rf"(?:toi )?(?:khong (?:tham gia|di)(?: nua)?|thoi khong di|not join){_THING}"),
    ),
    (JOIN, re.compile(rf"(?:toi )?(?:co )?(?:muon )?(?:tham gia|join){_THING}")),
    (ASK, re.compile(rf"(?:hoi them|ask more)(?: ve)?{_THING}")),
)
_ALONE = frozenset({"khong di", "thoi khong di"})  # may be an answer to something else
_RESULTS = re.compile(r"(?:bao )?(?:ket qua|results)(?: hoi cho| fair)?(?: (?:so )?(\d{1,5}))?")
_PLACES = {1: JOIN, 2: NO, 3: ASK}
ITEMS = {"fair_join": JOIN, "fair_no": NO, "fair_ask": ASK}
_SHOWN = 3
_NEWS = timedelta(days=120)  # that what has no last day can be answered


# -- what is said ----------------------------------------------------------------------------------


def read(text: str) -> tuple[str, int] | None:
    """The answer, or ``results``, and the number of the announcement that the words name, if any.

    0 is the one that is open.
    """
    words = fold(text[:60]).strip(" .,!")
    if found := _RESULTS.fullmatch(words):
        return ("results", int(found[1] or 0))
    for answer, pattern in _WORDS:
        if found := pattern.fullmatch(words):
            return (answer, int(found[1] or 0))
    return None


def heard(talk: Talk, text: str) -> bool:
    """Take an answer in words anywhere, and by its bare number where nothing else is on the screen.

    Whoever was never told of anything says nothing of the kind.
    """
    found = read(text)
    if found is None:
        return _by_number(talk, engine.digit(text))
    if fold(text).strip(" .,!") in _ALONE and talk.active():
        return False
    asked = joining.told(talk.tx, talk.person)
    if not asked and not found[1] and found[0] != JOIN:
        return False
    if found[0] == "results":
        _results(talk, asked, found[1])
    else:
        _words(talk, asked, *found)
    return True


def _by_number(talk: Talk, place: int) -> bool:
    if place not in _PLACES or talk.active():
        return False
    one = joining.by_letter(talk.tx, talk.person, talk.chat)
    if one is None:
        return False
    _answer(talk, one, _PLACES[place])
    return True


def _words(talk: Talk, asked: list[dict[str, Any]], answer: str, number: int) -> None:
    one = _meant(talk, asked, number)
    if one:
        _answer(talk, one, answer)
    elif open_ := [each for each in asked if _is_open(talk, each)]:
        _list(talk, open_)
        talk.resume(told=True)
    else:
        talk.say("announcing.nothing_asked")
        talk.resume(told=True)


def _meant(talk: Talk, asked: list[dict[str, Any]], number: int) -> dict[str, Any] | None:
    """The newest of that number; without one the only one that can be answered."""
    if number:
        return next((one for one in asked if short(one["number"]) == number), None)
    open_ = [one for one in asked if _is_open(talk, one)]
    return open_[0] if len(open_) == 1 else None


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
    elif last and talk.today > last:
        talk.say("announcing.answers_closed", name=name, day=last)
        talk.resume(told=True)
    else:
        joining.answer(talk.tx, one["id"], talk.person, answer, talk.now)
        _replan(talk, one)
        (_join if answer == JOIN else _stay_away)(talk, one)


def _replan(talk: Talk, one: Mapping[str, Any]) -> None:
    if one["fair_id"]:
        planner.of_fair(talk.tx, one["fair_id"], talk.now)


def _join(talk: Talk, one: Mapping[str, Any]) -> None:
    told, number = said(one), short(one["number"])
    if one["kind"] == "buyer":
        talk.note("announcing.can_sell", name=told["name"], number=number)
    elif by := told.get("register_by"):
        talk.note("announcing.joins", name=told["name"], by=by, number=number)
    else:
        talk.note("announcing.joins_any_time", name=told["name"], number=number)
    if one["kind"] == "fair":
        talk.note("announcing.needs_asked")
        talk.start("fair_joining", _known(talk, one))
    else:
        talk.note("announcing.office_calls")
        _go_on(talk)


def _known(talk: Talk, one: Mapping[str, Any]) -> dict[str, Any]:
    """What the form need not ask: the producer's products, and what was answered before."""
    listed = ", ".join(joining.goods(talk.tx, one["producer_id"] or 0))[:200]
    facts: dict[str, Any] = {"announcement": one["id"], "number": short(one["number"])}
    facts["products"] = [listed] if listed else []
    return facts


def _stay_away(talk: Talk, one: Mapping[str, Any]) -> None:
    for run in [each for each in talk.session.runs if _asks_of(each, one)]:
        talk.end(run)
    talk.note("announcing.stays_away", name=said(one)["name"], number=short(one["number"]))
    _go_on(talk)


def _asks_of(run: Run, one: Mapping[str, Any]) -> bool:
    return run.form == "fair_joining" and run.facts.get("announcement") == one["id"]


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
    talk.start("contact", {"fair": told["name"]})


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
    days = said(one).get("days")
    return days is None or date.fromisoformat(days["from"]) <= talk.today


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
