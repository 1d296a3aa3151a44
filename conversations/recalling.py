"""Short texts that were said before: offered again, so that nobody types the same thing twice."""

from dataclasses import dataclass

from conversations.answers import Asked, Offer, Readable, Text
from conversations.reading import Read

_MOST = 3


@dataclass(frozen=True, slots=True)
class Recalled(Text):
    """A short text; those of ``facts[fact]`` are offered by number."""

    fact: str = ""

    def read(self, text: str, asked: Asked) -> Readable:
        """One of those offered by its number, or the text itself."""
        known, said = self._known(asked), text.strip()
        if said.isdecimal() and 0 < int(said) <= len(known):
            return Read(known[int(said) - 1])
        return Text.read(self, text, asked)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """What was said before."""
        return tuple(Offer(str(i), each, each) for i, each in enumerate(self._known(asked)))

    def _known(self, asked: Asked) -> tuple[str, ...]:
        return tuple(dict.fromkeys(asked.facts.get(self.fact, ())))[:_MOST]
