"""Letters on a flat page, long before they are read: is there a text, and which way does it run."""

import cv2
import numpy as np

from papers import pixels
from papers.pixels import Grey, Points

FEWEST = 30  # letters of a text
TILTS = range(-9, 10)  # degrees, for a page whose edges were not found
_LEAST_DEPTH = 0.1  # of the paper's lightness, for ink
_STROKE = 17  # pixels; what is wider is no letter
_SIZES = (2, 4, 90)  # pixels: at least so thin, at least and at most so long
_ROW = 5  # pixels


def ink(page: Grey) -> Grey:
    """255 where something darker stands on the paper, as narrow as a letter."""
    soft = cv2.GaussianBlur(page, (3, 3), 0)
    closed = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, pixels.square(_STROKE))
    around = closed.astype(np.float32)
    depth = (around - soft) / np.maximum(around, 20)
    least = max(_LEAST_DEPTH, 0.4 * float(np.percentile(depth, 97)))
    return np.where(depth > least, 255, 0).astype(np.uint8)


def ink_share(page: Grey) -> float:
    """The share of a page that is covered with ink."""
    return float((ink(page) > 0).mean())


def border_ink(page: Grey, rim: float) -> float:
    """How inky the inkiest rim of a page is, so wide of its longer side, beside what is within."""
    inked = ink(page) > 0
    wide = max(2, round(rim * max(page.shape)))
    strips = inked[:wide], inked[-wide:], inked[:, :wide], inked[:, -wide:]
    return max(float(strip.mean()) for strip in strips) / max(float(inked.mean()), 1e-3)


def lines(page: Grey) -> float:
    """How much the ink stands in lines: about 1 for specks strewn about, above 3 for a text."""
    letters = _letters(page)
    if len(letters) < FEWEST:
        return 0.0
    tilted = [_tilted(letters, degrees) for degrees in TILTS]
    return max(_gathered(each, axis) for each in tilted for axis in (0, 1))


def runs_across(page: Grey) -> bool:
    """Whether the lines run from side to side, rather than up and down."""
    letters = _letters(page)
    return not len(letters) or _gathered(letters, 1) >= _gathered(letters, 0)


def _letters(page: Grey) -> Points:
    """The middles of what has the size of letters, or of words that have run together."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink(page), connectivity=8)
    sizes = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    thin, short, long = _SIZES
    longer = sizes.max(axis=1)
    fit = (sizes.min(axis=1) >= thin) & (longer >= short) & (longer <= long)
    return pixels.points(middles[1:][fit])


def _tilted(points: Points, degrees: float) -> Points:
    sine, cosine = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    return pixels.points(points @ np.array([[cosine, sine], [-sine, cosine]]))


def _gathered(points: Points, axis: int) -> float:
    """How unevenly they lie along an axis: variance over mean of their counts, 1 for chance."""
    places = points[:, axis]
    counts = np.bincount(((places - places.min()) / _ROW).astype(int))
    return float(counts.var() / counts.mean())
