"""Measuring the light of a flat page: how dark, how even, how sharp, and what shines on it."""

import cv2
import numpy as np

from papers import pixels
from papers.pixels import Grey, Mask, Numbers, Pixels

SIDE = 1000  # pixels of the longer side of a page that is measured, but for its sharpness
WHITE = 250  # of 255
MOST_USUAL = 236  # of 255; on paper as light as that nothing can shine
RIM_OF_GLARE = (1.04, 2.2)  # all that is half as bright as the blaze, of the blaze
_SMALL = 10  # pixels of the squares in which paper is measured
_A4_HIGH = 2000  # pixels of an A4 page that a width of blur is told in
_EDGES = 600  # points at edges that tell how sharp they are; fewer tell nothing
_LEAST_STEP = 20.0  # of 255, for an edge
_OWN_WIDTH = 1.3  # pixels that a step has in the sharpest photo, as measured here
_GAUSSIAN = 0.4  # the steepness of a Gaussian's step of height and width 1


def grey(page: Pixels) -> Grey:
    """The page without its colours."""
    return pixels.whole(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def paper(page: Grey) -> Numbers:
    """How light the paper is in each small square, whatever is written there."""
    closed = cv2.morphologyEx(page, cv2.MORPH_CLOSE, pixels.square(2 * _SMALL + 1))
    height, width = page.shape
    squares = (max(2, width // _SMALL), max(2, height // _SMALL))
    return cv2.resize(closed, squares, interpolation=cv2.INTER_AREA).astype(np.float32)


def unevenness(page: Grey) -> float:
    """How much the paper's lightness changes from one small square to the next: 0 is none."""
    light = paper(page)
    change = cv2.morphologyEx(light, cv2.MORPH_GRADIENT, pixels.square(3))
    return float(np.median(change / np.maximum(light, 20)))


def dark_share(page: Grey, light: float) -> float:
    """The share of the paper that is darker than that."""
    return float((paper(page) < light).mean())


def glare_share(page: Pixels) -> float:
    """The share of the largest blaze: white, unlike the paper around, and soft at its rim.

    What is printed white has a hard rim, and paper in strong light hardly any.
    """
    light = cv2.morphologyEx(page.min(axis=2), cv2.MORPH_CLOSE, pixels.square(15))
    usual = float(np.percentile(light, 30))
    if usual > MOST_USUAL:
        return 0.0
    white, halo = (_largest(light >= level) for level in (WHITE, (usual + WHITE) / 2))
    blazing = RIM_OF_GLARE[0] * white < halo < RIM_OF_GLARE[1] * white
    return white if blazing else 0.0


def _largest(mask: Mask) -> float:
    """The share of the largest patch."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    return float(stats[1:, cv2.CC_STAT_AREA].max(initial=0)) / mask.size


def blur(page: Grey) -> float:
    """How wide the edge of a letter is, in pixels of an A4 page 2,000 high; 0 when nothing tells.

    The height of a step over its steepness is its width, however strong the ink and the light.
    It is the widest of all directions: a hand that shakes blurs one alone.
    """
    smooth = cv2.GaussianBlur(page, (0, 0), 0.8).astype(np.float32)
    brush = pixels.square(13)
    height = (cv2.dilate(smooth, brush) - cv2.erode(smooth, brush)).astype(np.float32)
    edges = height > max(_LEAST_STEP, 0.5 * float(np.percentile(height, 95)))
    if int(edges.sum()) < _EDGES:
        return 0.0
    edges[:, ::2] = False  # half of them tell as much
    across, down = (_slope(smooth, axis)[edges] / height[edges] for axis in (0, 1))
    width = max(_width(across, down, way) for way in np.arange(0, np.pi, np.pi / 8))
    added = float(np.sqrt(max(0.0, width**2 - _OWN_WIDTH**2)))
    return added * _A4_HIGH / float(max(page.shape))


def _slope(smooth: Numbers, axis: int) -> Numbers:
    return np.asarray(cv2.Sobel(smooth, cv2.CV_32F, 1 - axis, axis) / 8, np.float32)


def _width(across: Numbers, down: Numbers, way: float) -> float:
    """The width of a Gaussian's step that is as steep in this direction as the steepest here."""
    steep = np.abs(across * np.cos(way) + down * np.sin(way))
    return float(_GAUSSIAN / max(float(np.percentile(steep, 96)), 1e-3))
