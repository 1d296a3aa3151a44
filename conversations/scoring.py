"""The kind of answer that is an option of the criteria sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.labels import labels
from conversations.messages import Message
from conversations.reading import Read, Reading, Unclear
from conversations.readings.choices import Option as Spoken
from programme import sheets

_LABEL = 60


@dataclass(frozen=True, slots=True)
class SheetOption(Kind):
    """One option of a criterion; its value is the name of its words, or its label in the law."""

    name: ClassVar[str] = "choice"
    labels: ClassVar[tuple[str, str]] = ("criteria", "option")
    options_of: tuple[sheets.Option, ...]

    def read(self, text: str, asked: Asked) -> Readable:
        """By number, by the words of its button, or by words of the law's label, as a guess."""
        del asked
        if text.strip().isdecimal():
            place = int(text.strip()) - 1
            inside = 0 <= place < len(self.options_of)
            return Read(called(self.options_of[place])) if inside else None
        match self._heard(text):
            case Read(found, sure):
                return Read(self._at(found), sure)
            case Unclear(several):
                return Unclear(tuple(map(self._at, several)))
            case other:
                return other

    def _heard(self, text: str) -> Reading[str]:
        """The place that the words mean; sure only where they are those of a button."""
        plain = readings.choice(text, self._spoken(_shown))
        if isinstance(plain, Read) and plain.sure:
            return plain
        law = readings.choice(text, self._spoken(_in_law))
        heard = law if plain is None or (isinstance(law, Read) and law.sure) else plain
        return Read(heard.value, sure=False) if isinstance(heard, Read) else heard

    def _spoken(self, words: Callable[[sheets.Option], tuple[str, ...]]) -> tuple[Spoken, ...]:
        return tuple(Spoken(str(at), words(each)) for at, each in enumerate(self.options_of))

    def _at(self, place: str) -> str:
        return called(self.options_of[int(place)])

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """All options in the order of the sheet."""
        del asked
        return tuple(Offer(each.key, called(each), labelled(each)) for each in self.options_of)

    def option(self, value: Any) -> sheets.Option | None:
        """The option of that value; None when the sheet has it no more."""
        return next((each for each in self.options_of if called(each) == value), None)


def called(option: sheets.Option) -> str:
    """What an answer keeps of an option."""
    return option.say or option.label


def _shown(option: sheets.Option) -> tuple[str, ...]:
    return labels(*SheetOption.labels).get(option.say, (option.label[:_LABEL],))


def _in_law(option: sheets.Option) -> tuple[str, ...]:
    return (option.label,)


def labelled(option: sheets.Option) -> Message | str:
    """The option in plain words where it has some, else as the law labels it."""
    return Message(f"criteria.option_{option.say}") if option.say else option.label[:_LABEL]
