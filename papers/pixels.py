"""The words for pictures and places in them, as arrays."""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # height × width × red, green, blue
Grey = NDArray[np.uint8]  # height × width
Numbers = NDArray[np.float32]
Points = NDArray[np.float32]  # across and down, in pixels, one a row
Contour = NDArray[np.int32]  # points along the edge of a shape
Mask = NDArray[np.bool_]


def whole(values: object) -> NDArray[np.uint8]:
    """An array of whole numbers up to 255, which OpenCV's stubs only hope for."""
    return np.asarray(values, np.uint8)


def points(values: object) -> Points:
    """An array of points with fractions."""
    return np.asarray(values, np.float32)


def square(side: int) -> NDArray[np.uint8]:
    """A square brush."""
    return np.ones((side, side), np.uint8)
