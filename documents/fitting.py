"""How wide the columns and how high the rows of a workbook are, so that nothing in them is cut.

Excel makes a row as high as its wrapped texts when it opens a file; other office programs do not.
"""

import textwrap
from collections.abc import Iterable

_A_LINE = 15.0  # points, of the letters that a new workbook has
_WIDER = (
    0.9  # of a column's signs are filled by as many of our letters, which are wider than figures
)
_HIGHEST = 409.0  # points that Excel lets a row have


def height(cells: Iterable[tuple[str, int]]) -> float | None:
    """Points in which each text stands whole in a column of so many signs; None for one line."""
    most = max((_lines(text, width) for text, width in cells), default=1)
    return min(most * _A_LINE, _HIGHEST) if most > 1 else None


def _lines(text: str, width: int) -> int:
    room = max(1, int(width * _WIDER))
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, len(textwrap.wrap(part, room))) for part in text.split("\n"))
