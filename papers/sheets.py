"""Shapes in a photo, and how much speaks for each being a sheet of paper."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from papers import pixels
from papers.pixels import Contour, Grey, Mask, Points

CORNERS = 4
MOST_SIDES = 6  # of a sheet that the picture cuts off at two corners
LEAST_FILLED = 0.955  # of its hull that a sheet fills: it has no bays
LEAST_STRAIGHT = 0.94  # of a shape that its few straight sides hold
MOST_SHARE = 0.96  # of the picture; more is no sheet on a table
ANGLES = (50.0, 130.0)  # degrees at a corner of a sheet seen askew
NEAR_BORDER = 0.008  # of the longer side
BAY = (0.12, 0.03)  # wide and deep, of a shape's diagonal
_RIM = 11  # pixels across the edge of a shape


@dataclass(frozen=True, slots=True)
class Sheet:
    """A shape that may be a sheet, or several of them in one."""

    outline: Points  # as many corners as are seen
    straight: bool  # as a single sheet is
    share: float  # of the picture
    filled: float  # of its hull: 1 has no bays
    bays: int  # wide and deep, in its outline
    rim: float  # how much lighter it is than what is around it, from -255 to 255
    cut: float  # the share of its outline that is the border of the picture


def shape(contour: Contour, light: Grey) -> Sheet:
    """Measure a shape."""
    hull = np.asarray(cv2.convexHull(contour), np.int32)
    area = max(cv2.contourArea(hull), 1.0)
    filled = cv2.contourArea(contour) / area
    few = _outline(hull, 0.018)
    straight = (
        area <= MOST_SHARE * light.size
        and filled >= LEAST_FILLED
        and cv2.contourArea(few) >= LEAST_STRAIGHT * area
        and _square(few, light.shape)
    )
    outline = few if straight else _outline(contour, 0.006)
    cut = cut_share(outline, light.shape)
    share, rim = area / light.size, _rim(contour, light)
    return Sheet(outline, straight, share, filled, _bays(contour), rim, cut)


def enlarged(sheet: Sheet, scale: float) -> Sheet:
    """The same shape in a picture so many times as large."""
    return replace(sheet, outline=pixels.points((sheet.outline + 0.5) * scale - 0.5))


def likelihood(sheet: Sheet) -> float:
    """How much speaks for a shape being the sheet that was meant."""
    corners = 1.0 if len(sheet.outline) == CORNERS else 0.9
    contrast = min(1.0, 0.3 + max(sheet.rim, 0) / 40)
    return corners * contrast * (1 - sheet.cut) * float(sheet.filled**4 * sheet.share**0.4)


def overlap(one: Sheet, other: Sheet) -> float:
    """What two shapes share, of the smaller one."""
    hulls = [cv2.convexHull(each.outline) for each in (one, other)]
    shared, _ = cv2.intersectConvexConvex(hulls[0], hulls[1])
    return float(shared) / max(min(cv2.contourArea(each) for each in hulls), 1.0)


def at_border(points: Points, size: tuple[int, ...]) -> Mask:
    """Which of the points lie at the border of a picture of that height and width."""
    limit = NEAR_BORDER * max(size[:2]) + 2
    far = np.array([size[1], size[0]]) - 1 - limit
    return np.asarray(((points <= limit) | (points >= far)).any(axis=1))


def cut_share(outline: Points, size: tuple[int, ...]) -> float:
    """The share of an outline that is the border of the picture."""
    way = np.roll(outline, -1, 0) - outline
    steps = np.linspace(0, 1, 60, endpoint=False)[:, None, None]
    along = pixels.points((outline + way * steps).reshape(-1, 2))
    cut = at_border(along, size).reshape(len(steps), -1).mean(axis=0)
    lengths = np.linalg.norm(way, axis=1)
    return float((cut * lengths).sum() / max(lengths.sum(), 1e-6))


def _outline(contour: Contour, rough: float) -> Points:
    """Its corners, all the others left out that matter less than such a part of its length."""
    around = cv2.arcLength(contour, closed=True)
    return pixels.points(cv2.approxPolyDP(contour, rough * around, closed=True)[:, 0])


def _square(outline: Points, size: tuple[int, ...]) -> bool:
    """Whether the corners that lie inside the picture can be those of one sheet."""
    if not CORNERS <= len(outline) <= MOST_SIDES:
        return False
    inside = ~at_border(outline, size)
    before, after = np.roll(outline, 1, 0) - outline, np.roll(outline, -1, 0) - outline
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    angles = np.degrees(np.arccos((before * after).sum(1) / np.maximum(lengths, 1e-6)))
    good = (angles >= ANGLES[0]) & (angles <= ANGLES[1])
    return bool(np.all(good | ~inside)) and int(inside.sum()) <= CORNERS


def _rim(contour: Contour, light: Grey) -> float:
    """The step in lightness from just outside to just inside."""
    left, top, wide, tall = cv2.boundingRect(contour)
    above, before = max(0, top - _RIM), max(0, left - _RIM)
    near = np.ascontiguousarray(light[above : top + tall + _RIM, before : left + wide + _RIM])
    inside = np.zeros_like(near)
    cv2.drawContours(inside, [contour], -1, 255, cv2.FILLED, offset=(-before, -above))
    brush = pixels.square(_RIM)
    ring = cv2.subtract(cv2.dilate(inside, brush), inside)
    within = cv2.subtract(inside, cv2.erode(inside, brush, borderValue=255))
    if not ring.any() or not within.any():
        return 0.0
    return float(cv2.mean(near, within)[0] - cv2.mean(near, ring)[0])


def _bays(contour: Contour) -> int:
    """How many wide and deep bays a shape has; a thumb on a page makes a narrow one."""
    around = cv2.arcLength(contour, closed=True)
    smooth = np.asarray(cv2.approxPolyDP(contour, 0.006 * around, closed=True), np.int32)
    hull = np.sort(cv2.convexHull(smooth, returnPoints=False), axis=0)[::-1]
    found = cv2.convexityDefects(smooth, hull) if len(hull) < len(smooth) else None
    if found is None or len(hull) < CORNERS:
        return 0
    _, _, wide, tall = cv2.boundingRect(contour)
    first, last, _, depth = found[:, 0].T
    mouth = np.linalg.norm((smooth[first] - smooth[last])[:, 0], axis=1)
    size = float(np.hypot(wide, tall))
    return int(((mouth > BAY[0] * size) & (depth / 256 > BAY[1] * size)).sum())
