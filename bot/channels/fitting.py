"""Letters for channels without buttons and with a limit: numbered choices, pieces that fit."""

from unicodedata import combining, normalize

from conversations.messages import Letter


def numbered(letter: Letter) -> str:
    """The letter with its choices as lines that begin with their number."""
    lines = [f"{number}. {label}" for number, (_, label) in enumerate(letter.choices, 1)]
    return "\n".join([letter.text, *lines])


def units(text: str) -> int:
    """How long a text is for those who count UTF-16 units, as Java and JavaScript do."""
    return len(text.encode("utf-16-le", "replace")) // 2


def pieces(text: str, most: int) -> list[str]:
    """The text in NFC, in pieces of at most so many UTF-16 units, cut at line ends where it can."""
    left = normalize("NFC", text).strip()
    found = []
    while units(left) > most:
        at = _end(left, most)
        found.append(left[:at].rstrip())
        left = left[at:].lstrip()
    return [*found, left] if left else found


def _end(text: str, most: int) -> int:
    """Where to cut: at the last line end that fits, else at a space, else between two letters."""
    reach = _reach(text, most)
    for sign in "\n ":
        at = text.rfind(sign, 1, reach + 1)
        if at > 0:
            return at
    at = reach
    while at and combining(text[at]):
        at -= 1
    return at or reach


def _reach(text: str, most: int) -> int:
    """How many signs fit into so many units."""
    start = text[:most].encode("utf-16-le", "replace")[: 2 * most]
    return len(start.decode("utf-16-le", "ignore"))
