"""Codes that make whoever types one an officer: nine signs that no keyboard turns into others.

No vowel, no D, W or Y is among them, so that a keyboard for Vietnamese makes no mark of the letter
after them; and none of two signs that look alike: what is typed for one that is left out (S for 5,
I for L) is taken for the one that it looks like.
"""

import re
from collections.abc import Callable

SIGNS = "23456789CFHJKLMNPQRTVX"  # 22 of them, nine times: 40 bits
LENGTH = 9
_GROUP = 3
_ALIKE = str.maketrans("1ISZBG", "LL5286")
_LIKE_DIGITS = frozenset("23456789L")  # typed with a 1 for its L such a code would be a number
_SHAPE = re.compile(rf"(?:[{SIGNS}1ISZBG]{{3}}[-. ]?){{2}}[{SIGNS}1ISZBG]{{3}}")


def made(chance: Callable[[int], int]) -> str:
    """A new code of signs that ``chance`` draws, never one that looks like a number."""
    while True:
        code = "".join(SIGNS[chance(len(SIGNS))] for _ in range(LENGTH))
        if not _LIKE_DIGITS.issuperset(code):
            return code


def shown(code: str) -> str:
    """The code as people read it out: "K7P-3MX-9CT"."""
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def read(text: str) -> str | None:
    """The code that was typed, in whatever groups and letters; None for what can be none.

    Numbers are none: people type those of papers and of telephones.
    """
    typed = text.strip().upper()
    code = re.sub(r"[-. ]", "", typed)
    return code.translate(_ALIKE) if _SHAPE.fullmatch(typed) and not code.isdigit() else None
