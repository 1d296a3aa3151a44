"""Reasons as officers type them, to be put behind a "because" of our own."""

from unicodedata import normalize

from programme.folding import fold

_EDGES = " .,:;-–\n"
_LONGER: tuple[tuple[str, ...], ...] = (
    *(("ly", "do", "la"), ("ly", "do"), ("boi", "vi"), ("tai", "vi"), ("do", "vi")),
    *(("because", "of"), ("because",), ("due", "to")),
)
# Alone they are because with this mark, or with none at all, for others begin so too.
_GRAVE, _HEAVY = chr(0x300), chr(0x323)
_ALONE = {"vi": {"", _GRAVE}, "do": {""}, "tai": {_HEAVY}}


def reason(typed: str) -> str:
    """The reason without a leading "because", which stays where nothing else was typed."""
    told = typed.strip(_EDGES)
    words = told.split()
    left = " ".join(words[leading(words) :]).strip(_EDGES)
    return left or told


def leading(words: list[str]) -> int:
    """How many of the words, from the first one, say "because"."""
    folded = tuple(fold(word).strip(_EDGES) for word in words[:3])
    longer = next((each for each in _LONGER if folded[: len(each)] == each), ())
    return len(longer) or int(bool(words) and _is_because(words[0], folded[0]))


def _is_because(word: str, folded: str) -> bool:
    plain = normalize("NFD", word.lower()).strip(_EDGES)
    return "".join(sign for sign in plain if sign not in folded) in _ALONE.get(folded, ())
