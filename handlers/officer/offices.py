"""What officers do about each other, by the words and the numbers that ask for it."""

from collections.abc import Callable
from functools import partial

from conversations.forms.invite import invite
from handlers.officer import handing_over, inviting, office_words, people
from handlers.talk import Talk
from programme.roles import Right

# What a number of a list wants, and the right that it takes.
CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    inviting.UNIT: (inviting.of_unit, Right.APPOINT),
    people.DISMISS: (people.dismiss, Right.APPOINT),
    people.SHUT_OUT: (people.shut_out, Right.ERASE),
}

_LEAVING = {
    "dismiss": (people.ask_dismiss, Right.APPOINT),
    "shut_out": (people.ask_shut_out, Right.ERASE),
}


def wanted(talk: Talk, text: str) -> tuple[Callable[[Talk], None], Right] | None:
    """What the text wants done and the right that it takes; None when it is none of these words."""
    order = office_words.read(text)
    if order is None:
        return None
    match order.deed:
        case "invite":
            return partial(inviting.begin, order=order), Right.APPOINT
        case "people" if _is_inviting(talk):
            return None  # there it is what somebody is to be
        case "people":
            return partial(people.show, page=order.number), Right.APPOINT
        case "dismiss" | "shut_out":
            do, right = _LEAVING[order.deed]
            return partial(do, number=order.number), right
        case "call":
            return partial(people.call, number=order.number or 0, name=order.name), Right.APPOINT
        case "take_back":
            return inviting.take_back, Right.APPOINT
        case _:
            return handing_over.begin, Right.READ


def _is_inviting(talk: Talk) -> bool:
    found = talk.active()
    return found is not None and found[0].name == invite.name
