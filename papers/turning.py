"""Turning a flat page the right way up: its letters tell."""

import cv2
import numpy as np

from papers import lettering, measuring, pixels, recognising
from papers.pixels import Grey, Pixels

_SIDE = 1300  # pixels of the page's longer side
_PART = 0.4  # of the page that is read
_SURE = 28.0  # a text read the right way up has above 40, a table above 12,
_LIKELY = 11.0  # and what stands on its head less than ten


def upright(page: Pixels) -> Pixels:
    """The page the right way up."""
    return np.ascontiguousarray(np.rot90(page, turns(page)))


def turns(page: Pixels) -> int:
    """How many quarters a flat page must be turned, anticlockwise, to be read; 0 when none can."""
    if not recognising.is_there():
        return 0
    part = _inkiest(_readable(measuring.grey(page)))
    across, down = (0, 2), (1, 3)
    first, second = (across, down) if lettering.runs_across(part) else (down, across)
    legible = _legible(part, first)
    if max(legible.values()) < _LIKELY:
        legible |= _legible(part, second)
    best = max(legible, key=lambda quarters: legible[quarters])
    return best if legible[best] >= _LIKELY else 0


def _legible(part: Grey, ways: tuple[int, ...]) -> dict[int, float]:
    """How well it is read turned so and so; the others are not tried once one is sure."""
    found: dict[int, float] = {}
    for quarters in ways:
        turned = np.ascontiguousarray(np.rot90(part, quarters))
        found[quarters] = recognising.legibility(turned)
        if found[quarters] >= _SURE:
            break
    return found


def _readable(page: Grey) -> Grey:
    scale = _SIDE / max(page.shape)
    if scale >= 1:
        return page
    size = (max(1, round(page.shape[1] * scale)), max(1, round(page.shape[0] * scale)))
    return pixels.whole(cv2.resize(page, size, interpolation=cv2.INTER_AREA))


def _inkiest(page: Grey) -> Grey:
    """The part with most letters: reading all of it four times would take four times as long."""
    inked = lettering.ink(page).astype(np.float32)
    height, width = (max(1, round(side * _PART)) for side in page.shape)
    density = cv2.boxFilter(inked, -1, (width, height), borderType=cv2.BORDER_CONSTANT)
    row, column = divmod(int(density.argmax()), page.shape[1])
    top = min(max(row - height // 2, 0), page.shape[0] - height)
    left = min(max(column - width // 2, 0), page.shape[1] - width)
    return page[top : top + height, left : left + width]
