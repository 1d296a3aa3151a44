"""What a council's people want done, and the right that it takes."""

from collections.abc import Callable

from conversations import walk
from conversations.answers import Asked
from conversations.reading import Read
from handlers.officer import (
    agenda,
    concluding,
    council_words,
    marking,
    opinions,
    recording,
    seating,
    sittings,
)
from handlers.officer.council_words import Order
from handlers.talk import Talk
from programme.roles import Right

Do = Callable[[Talk], None]
_FORMS = frozenset({"council", "sitting", "opinions", "results", "ministry"})


def wanted(talk: Talk, text: str) -> tuple[Do, Right] | None:
    """What the words want done; None where they are no council's, or answer one of its forms."""
    order = council_words.read(text)
    if order is None or _is_answer(talk, text, order):
        return None
    marks = order.deed in _MARKING  # only who has a seat can: see marking
    do = (_MARKING if marks else _WRITING)[order.deed]
    return lambda talk: do(talk, order), Right.READ if marks else Right.COUNCIL


def _is_answer(talk: Talk, text: str, order: Order) -> bool:
    """Whether a form of the council's asks something just now of which this is an answer.

    The day of a decision may be told with the word for it, which is an order elsewhere.
    """
    form, run = talk.active() or (None, None)
    if form is None or run is None or form.name not in _FORMS:
        return False
    if run.at not in walk.paths(form, run):
        return False  # it is read back
    kind = form.question(run.at).kind
    reading = kind.read(text, Asked(form.name, run.at, talk.today, run.answers, run.facts))
    sure = isinstance(reading, Read) and (reading.sure or order.deed == "decide")
    return kind.free or sure


def _found(talk: Talk, order: Order) -> None:
    seating.begin(talk, order.rest)


def _code(talk: Talk, order: Order) -> None:
    seating.new_code(talk, order.number)


def _attend(talk: Talk, order: Order) -> None:
    sittings.attend(talk, order.rest)


def _attend_all(talk: Talk, order: Order) -> None:
    del order
    sittings.attend(talk, "")


def _refuse(talk: Talk, order: Order) -> None:
    agenda.refuse(talk, order.number, order.rest)


def _bar(talk: Talk, order: Order) -> None:
    marking.bar(talk, order.number, order.rest)


def _until(talk: Talk, order: Order) -> None:
    opinions.move(talk, order.rest)


def _put_off(talk: Talk, order: Order) -> None:
    opinions.put_off(talk, order.rest)


def _decide(talk: Talk, order: Order) -> None:
    concluding.begin(talk, order.rest)


def _alone(do: Do) -> Callable[[Talk, Order], None]:
    def obey(talk: Talk, _order: Order) -> None:
        do(talk)

    return obey


def _numbered(do: Callable[[Talk, int | None], None]) -> Callable[[Talk, Order], None]:
    return lambda talk, order: do(talk, order.number)


_WRITING: dict[str, Callable[[Talk, Order], None]] = {
    "found": _found,
    "council": _alone(seating.tell),
    "code": _code,
    "call": _alone(sittings.begin),
    "ask": _alone(opinions.begin),
    "until": _until,
    "put_off": _put_off,
    "take_back": _numbered(opinions.take_back),
    "sitting": _alone(sittings.tell),
    "attend": _attend,
    "attend_all": _attend_all,
    "again": _numbered(agenda.again),
    "refuse": _refuse,
    "let_in": _numbered(agenda.let_in),
    "drop": _numbered(agenda.drop),
    "remind": _alone(sittings.remind),
    "close": _alone(sittings.close),
    "decide": _decide,
    "ministry": _numbered(concluding.begin_ministry),
    "minutes": _alone(recording.minutes),
    "notice": _alone(recording.notice),
    "register": _alone(recording.scores),
}
_MARKING: dict[str, Callable[[Talk, Order], None]] = {
    "mark": _alone(marking.listing),
    "bar": _bar,
}
# What the items of a list on the screen want, as ``<name>:<which>``.
CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    "end_sitting": (sittings.end, Right.COUNCIL),
    "of_ministry": (concluding.of_ministry, Right.COUNCIL),
    "ballots": (marking.listing, Right.READ),
    "ballot": (marking.show, Right.READ),
    "mark": (marking.begin, Right.READ),
    "evidence": (marking.evidence, Right.READ),
    "aside": (marking.stand_aside, Right.READ),
    "hand_in": (marking.hand_in, Right.READ),
    "revise_mark": (marking.revise, Right.READ),
    "remark": (marking.remark, Right.READ),
}
