"""An officer's order in words, where it is none of the words that a form of its own asks for."""

import re
from collections.abc import Iterable

from handlers.talk import Talk
from programme.folding import fold

_LOOK = 200  # signs

Patterns = Iterable[tuple[re.Pattern[str], str]]


def ordered(
    talk: Talk, text: str, patterns: Patterns, form: str
) -> tuple[str, dict[str, str]] | None:
    """Which deed the words order, with what they say of it; None in that form, or for none."""
    found = talk.active()
    if found and found[0].name == form:
        return None
    said = fold(text[:_LOOK]).strip(" .")
    for pattern, deed in patterns:
        if match := pattern.fullmatch(said):
            return deed, {name: value for name, value in match.groupdict().items() if value}
    return None
