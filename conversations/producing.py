"""How much a producer makes in a year: told in its own words, kept as a number of a unit too."""

from dataclasses import dataclass
from typing import NamedTuple

from conversations import readings
from conversations.answers import Asked, Readable, Text
from conversations.reading import Read, Unclear, Wrong
from conversations.readings.amounts import Amount
from conversations.vietnamese import GRAMS, LITRE, MILLILITRES

_KILO = "kg"
_A_YEAR = (None, "year")
_THOUSAND = 1000


class Made(NamedTuple):
    """So many thousandths of a unit: kilos for all that is weighed, litres for what is poured."""

    thousandths: int
    unit: str


@dataclass(frozen=True, slots=True)
class Output(Text):
    """What was made in a year, with a number and its unit, as it was typed."""

    def read(self, text: str, asked: Asked) -> Readable:
        """The words, where they say how much of what unit in a whole year."""
        found = readings.amount(text)
        if isinstance(found, Wrong):
            return found
        return Text.read(self, text, asked) if made(text) else Wrong("output")


def made(text: str) -> Made | None:
    """How much that is; None where it is no amount, or one of another time than a year."""
    match readings.amount(text):
        case Read(value) | Unclear((value, *_)) if value.per in _A_YEAR:
            return _in_base(value)
        case _:
            return None


def _in_base(amount: Amount) -> Made:
    if grams := GRAMS.get(amount.unit):
        return Made(int(amount.quantity * grams), _KILO)
    if millilitres := MILLILITRES.get(amount.unit):
        return Made(int(amount.quantity * millilitres), LITRE)
    return Made(int(amount.quantity * _THOUSAND), amount.unit)
