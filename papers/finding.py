"""Finding the sheets of paper in a photo: even, light, straight-edged, whatever they lie on."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from papers import pixels, sheets
from papers.pixels import Contour, Grey, Mask, Numbers, Pixels, Points
from papers.sheets import Sheet

SIDE = 560  # pixels of the longer side in which sheets are looked for
LEAST_SHARE = 0.012  # of the picture, for a sheet
SAME = 0.7  # of two finds that lie on each other, for them to be one sheet
FEWEST_BAYS = 2  # of several papers in one shape
LEAST_STEP = 18.0  # in lightness, from a table to the page on it
LEAST_OF_PAGE = 0.06  # that another paper shows, of the page
MOST_CUT = 0.25  # of another paper's outline that the border of the picture cuts off
_LEVELS = 9
_FLAT = 6  # of 255, between the darkest and the lightest of an empty picture
_EDGES = (20, 45)  # of 255: faint ones, as of white paper on a white table, and clear ones


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found: single sheets, the likeliest first, and shapes that are several in one."""

    sheets: tuple[Sheet, ...]
    heaps: tuple[Sheet, ...]


def find(picture: Pixels) -> Finds:
    """Look for sheets in a photo."""
    colours, scale = _without_ink(picture)
    shapes = [sheets.shape(each, colours[..., 0]) for each in _contours(colours)]
    single = [each for each in shapes if each.straight]
    heaps = [each for each in shapes if not each.straight and each.bays >= FEWEST_BAYS]
    found, heaped = (
        tuple(sheets.enlarged(each, 1 / scale) for each in _apart(some)) for some in (single, heaps)
    )
    return Finds(found, heaped)


def beside(picture: Pixels, page: Sheet) -> list[Points]:
    """The outlines of other paper that looks out from under a page."""
    colours, scale = _without_ink(picture)
    light = np.ascontiguousarray(colours[..., 0])
    under = np.zeros_like(light)
    cv2.fillPoly(under, [np.round(page.outline * scale).astype(np.int32)], 255)
    rest = _as_light(light, under > 0, cv2.dilate(under, pixels.square(9)) == 0)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))
    least = LEAST_OF_PAGE * int((under > 0).sum())
    found = [
        pixels.points(each[:, 0])
        for each in _edges_of(pixels.whole(cv2.morphologyEx(rest, cv2.MORPH_OPEN, disc)))
        if cv2.contourArea(each) > least
    ]
    return [each / scale for each in found if sheets.at_border(each, light.shape).mean() < MOST_CUT]


def _as_light(light: Grey, page: Mask, around: Mask) -> Grey:
    """What is about as light as a page, of all around it."""
    if not around.any() or not page.any():
        return np.zeros_like(light)
    own, others = float(np.median(light[page])), float(np.median(light[around]))
    if own - others < LEAST_STEP:
        return np.zeros_like(light)
    return np.where((light > others + 0.55 * (own - others)) & around, 255, 0).astype(np.uint8)


def _without_ink(picture: Pixels) -> tuple[Pixels, float]:
    """The paper between and under its letters: lightness and colours, small, and how small."""
    height, width = picture.shape[:2]
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, disc)
    return pixels.whole(cv2.cvtColor(cv2.medianBlur(closed, 5), cv2.COLOR_RGB2LAB)), scale


def _contours(colours: Pixels) -> Iterator[Contour]:
    least = LEAST_SHARE * colours.shape[0] * colours.shape[1]
    for mask in (*_steps(colours), *_rooms(np.ascontiguousarray(colours[..., 0]))):
        yield from (each for each in _edges_of(mask) if cv2.contourArea(each) >= least)


def _edges_of(mask: Grey) -> Iterator[Contour]:
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    yield from (np.asarray(each, np.int32) for each in found)


def _steps(colours: Pixels) -> Iterator[Grey]:
    """What is lighter, or paler, than each of several levels."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    for channel in _channels(colours):
        low, high = np.percentile(channel, (3, 97))
        if high - low < _FLAT:
            continue
        for level in np.linspace(low, high, _LEVELS + 2)[1:-1]:
            mask = np.where(channel > level, 255, 0).astype(np.uint8)
            yield pixels.whole(cv2.morphologyEx(mask, cv2.MORPH_OPEN, disc))


def _channels(colours: Pixels) -> tuple[Numbers, ...]:
    """Lightness, and the want of colour: paper has much of one of them, mostly of both."""
    light = colours[..., 0].astype(np.float32)
    hue = colours[..., 1:].astype(np.float32) - 128
    pale = -np.hypot(hue[..., 0], hue[..., 1])
    return light, pale, light + 2 * pale


def _rooms(light: Grey) -> Iterator[Grey]:
    """Each large room between the edges in the picture."""
    for strength in _EDGES:
        walls = cv2.dilate(cv2.Canny(light, strength, strength * 2.5), pixels.square(3))
        free = cv2.bitwise_not(walls)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
        for label in range(1, count):
            if stats[label, cv2.CC_STAT_AREA] >= LEAST_SHARE * light.size:
                room = np.where(labels == label, 255, 0).astype(np.uint8)
                yield pixels.whole(cv2.dilate(room, pixels.square(5)))


def _apart(found: list[Sheet]) -> list[Sheet]:
    """The likeliest of those that lie on each other."""
    kept: list[Sheet] = []
    for each in sorted(found, key=sheets.likelihood, reverse=True):
        if all(sheets.overlap(each, other) < SAME for other in kept):
            kept.append(each)
    return kept
