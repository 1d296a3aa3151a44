"""Chuyển câu hỏi: to a unit that helps with such things, to a level, or to the one above."""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.messages import Message
from handlers import referring
from handlers.officer.answer_words import ABOVE, Said
from handlers.officer.digest_lists import turn_here
from handlers.talk import Talk
from programme import units
from storage import answerers, help_units

UNIT = "pass_to"  # the item of a list, with ``12.3`` for the question and the office
_MOST = 5
Question = Mapping[str, Any]
Office = Mapping[str, Any]  # with ``whom``, those of it who answer here


def pass_on(talk: Talk, row: Question, said: Said) -> None:
    """Pass the question to whom the words name; where they name nobody, ask, or go up a level."""
    if said.unit:
        _to_called(talk, row, said)
    elif said.level == ABOVE:
        _to(talk, row, _above(talk, row), said.text)
    elif said.level:
        _to(talk, row, answerers.at_level(talk.tx, row, said.level), said.text)
    elif not said.text and (offices := _offices(talk, row)):
        _offer(talk, row, offices)
    else:
        _to(talk, row, _above(talk, row), said.text)


def chosen(talk: Talk, row: Question, office: str) -> None:
    """Pass it to the office of that number, or to the level above."""
    talk.change(menu=())
    found = next((one for one in _offices(talk, row) if str(one["id"]) == office), None)
    if found:
        _to_office(talk, row, found, "")
    else:
        _to(talk, row, _above(talk, row), "")


# -- which offices there are -----------------------------------------------------------------------


def _offices(talk: Talk, row: Question) -> list[Office]:
    """Those of which somebody answers where the question lies; whom it concerns first."""
    whom = answerers.of_units(talk.tx, row)
    near = help_units.serving(talk.tx, referring.units_of(talk, row))
    found = [
        {**one, "whom": others}
        for one in help_units.everyone(talk.tx)
        if (others := [each for each in whom.get(one["id"], ()) if each != talk.person])
    ]
    return sorted(found, key=lambda one: one["id"] not in near)


def _to_called(talk: Talk, row: Question, said: Said) -> None:
    """Pass it to the one office that is called so; of several, or of none, ask which."""
    offices = _offices(talk, row)
    meant = [one for one in offices if units.called(said.unit, one["unit"], one["duties"])]
    if len(meant) == 1:
        _to_office(talk, row, meant[0], said.text)
    elif meant:
        _offer(talk, row, meant)
    else:
        talk.note("answering.nobody_of", name=said.unit)
        _offer(talk, row, offices)


def _offer(talk: Talk, row: Question, offices: Sequence[Office]) -> None:
    number = row["number"]
    items: list[tuple[str, Message | str]] = [
        (f"{UNIT}:{number}.{one['id']}", one["unit"]) for one in offices[:_MOST]
    ]
    if above := _above(talk, row):
        items.append((f"{UNIT}:{number}.", _level(talk, above)))
    if not items:
        talk.say("answering.nobody_there", number=number)
        return
    turn_here(talk)
    talk.offer("answering.which_unit", items, number=number)


# -- passing it ------------------------------------------------------------------------------------


def _above(talk: Talk, row: Question) -> list[int]:
    whom = answerers.above(talk.tx, {**row, "assigned_to": talk.person})
    return [each for each in whom if each != talk.person]


def _level(talk: Talk, whom: Sequence[int]) -> Message:
    return Message(f"answering.to_{answerers.level_of(talk.tx, whom[0])}")


def _to(talk: Talk, row: Question, whom: Sequence[int], note: str) -> None:
    others = [each for each in whom if each != talk.person]
    if others:
        _pass(talk, row, others, note, _level(talk, others))
    else:
        talk.say("answering.nobody_there", number=row["number"])


def _to_office(talk: Talk, row: Question, office: Office, note: str) -> None:
    _pass(talk, row, office["whom"], note, office["unit"])


def _pass(talk: Talk, row: Question, whom: Sequence[int], note: str, where: Message | str) -> None:
    referring.pass_on(talk, row, whom, note)
    talk.log("passed_question", "question", row["id"], to=whom[0])
    talk.say("answering.passed", number=row["number"], where=where)
