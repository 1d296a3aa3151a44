"""Laying a page flat: from its corners in the photo to a sheet seen from right above."""

import cv2
import numpy as np

from papers import pixels
from papers.pixels import Pixels, Points

CORNERS = 4
_MUCH_SMALLER = 1.5  # times; then a fine line would fall between two points


def quad(outline: Points) -> Points:
    """The four corners of a sheet: those seen, or those of the box around what is left of it."""
    four = outline if len(outline) == CORNERS else cv2.boxPoints(cv2.minAreaRect(outline))
    return _in_order(pixels.points(four))


def whole(picture: Pixels) -> Points:
    """The corners of a page that is the whole picture, as from a scanner."""
    right, bottom = picture.shape[1] - 1, picture.shape[0] - 1
    return pixels.points([[0, 0], [right, 0], [right, bottom], [0, bottom]])


def inset(corners: Points, share: float) -> Points:
    """The corners of what is left when such a share is taken off at each side."""
    middle = corners.mean(axis=0)
    return pixels.points(middle + (corners - middle) * (1 - 2 * share))


def size(corners: Points) -> tuple[float, float]:
    """How wide and how tall a page is in the photo, in pixels; never nothing."""
    sides = np.linalg.norm(np.roll(corners, -1, 0) - corners, axis=1)
    return max(1.0, float(sides[0] + sides[2]) / 2), max(1.0, float(sides[1] + sides[3]) / 2)


def flat(picture: Pixels, corners: Points, longer: int) -> Pixels:
    """The page alone, its longer side so many pixels, its sides as long as they seem."""
    wide, tall = size(corners)
    scale = longer / max(wide, tall)
    return laid(picture, corners, max(1, round(wide * scale)), max(1, round(tall * scale)))


def laid(picture: Pixels, corners: Points, wide: int, tall: int) -> Pixels:
    """The page alone, stretched to that size."""
    shrink = max(size(corners)) / max(wide, tall)
    if shrink > _MUCH_SMALLER:
        picture, corners = _smaller(picture, corners, shrink)
    edges = pixels.points([[0, 0], [wide, 0], [wide, tall], [0, tall]]) - 0.5
    view = cv2.getPerspectiveTransform(corners, edges)
    page = cv2.warpPerspective(
        picture, view, (wide, tall), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return pixels.whole(page)


def _smaller(picture: Pixels, corners: Points, shrink: float) -> tuple[Pixels, Points]:
    height, width = picture.shape[:2]
    to = (max(1, round(width / shrink)), max(1, round(height / shrink)))
    ratio = np.array([to[0] / width, to[1] / height])
    shrunk = cv2.resize(picture, to, interpolation=cv2.INTER_AREA)
    return pixels.whole(shrunk), pixels.points((corners + 0.5) * ratio - 0.5)


def _in_order(four: Points) -> Points:
    middle = four.mean(axis=0)
    around = np.arctan2(four[:, 1] - middle[1], four[:, 0] - middle[0])
    clockwise = four[np.argsort(around)]
    first = int(np.argmin(clockwise.sum(axis=1)))
    return pixels.points(np.roll(clockwise, -first, axis=0))
