"""Set phrases of several words, found where they begin in a list of words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


def any_of(words: str) -> frozenset[str]:
    """The words of the text, as a set to look them up in."""
    return frozenset(words.split())


class Phrases(Generic[T]):
    """What each phrase means; of several that begin alike the longest is heard."""

    def __init__(self, table: Mapping[T, Iterable[str]]) -> None:
        self._begin: dict[str, list[tuple[list[str], T]]] = {}
        for meaning, said in table.items():
            for phrase in said:
                words = phrase.split()
                self._begin.setdefault(words[0], []).append((words, meaning))
        for phrases in self._begin.values():
            phrases.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], at: int) -> tuple[T, int] | None:
        """The meaning of the phrase that begins at ``at``, and where it ends."""
        if at >= len(words):
            return None
        for phrase, meaning in self._begin.get(words[at], ()):
            if list(words[at : at + len(phrase)]) == phrase:
                return meaning, at + len(phrase)
        return None
