"""Cleaning a flat page for print: white paper, black letters, red stamps, on an A4 sheet."""

import io

import cv2
import numpy as np
from PIL import Image

from papers import straightening, turning
from papers.pixels import Pixels, Points

DOTS = 150  # an inch
A4 = (1240, 1754)  # pixels
LIKE_A4 = (1.22, 1.62)  # longer over shorter side: an A4 page seen by a phone held askew
QUALITY = 72
_WHITE, _BLACK = 248, 22  # of 255: where paper and ink are brought
_COARSE = 8


def straightened(picture: Pixels, corners: Points | None) -> Pixels:
    """The page of a photo, flat and the right way up; without corners the photo is the page."""
    around = straightening.whole(picture) if corners is None else corners
    return turning.upright(flat(picture, around))


def printed(page: Pixels) -> bytes:
    """A straightened page as a small JPEG on a white A4 sheet, clean."""
    return mounted(cleaned(page))


def mounted(picture: Pixels) -> bytes:
    """A picture as it is, as a small JPEG on a white A4 sheet."""
    content = io.BytesIO()
    sheet = Image.fromarray(_on_a4(picture))
    sheet.save(content, "JPEG", quality=QUALITY, optimize=True, dpi=(DOTS, DOTS))
    return content.getvalue()


def cleaned(page: Pixels) -> Pixels:
    """The page without the shadows on its paper, whatever the light was."""
    light = np.maximum(_light(page).astype(np.float32), 24)
    even = page.astype(np.float32) / light
    ink = float(np.percentile(even[::4, ::4].min(axis=2), 1))
    low = min(ink, 0.5)
    even -= low
    even *= (_WHITE - _BLACK) / (0.97 - low)
    even += _BLACK
    return np.clip(even, 0, 255).astype(np.uint8)


def _light(page: Pixels) -> Pixels:
    """The paper as it would look with nothing on it."""
    height, width = page.shape[:2]
    small = (max(8, width // _COARSE), max(8, height // _COARSE))
    coarse = cv2.resize(page, small, interpolation=cv2.INTER_AREA)
    bare = cv2.dilate(coarse, np.ones((7, 7), np.uint8))
    smooth = cv2.GaussianBlur(cv2.medianBlur(bare, 15), (0, 0), 3)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))


def flat(picture: Pixels, corners: Points) -> Pixels:
    """The page stretched to A4, if that is what it was; still the way up that it lies."""
    wide, tall = straightening.size(corners)
    ratio = max(wide, tall) / max(min(wide, tall), 1)
    if not LIKE_A4[0] <= ratio <= LIKE_A4[1]:
        return straightening.flat(picture, corners, A4[1])
    return straightening.laid(picture, corners, *(A4 if tall >= wide else A4[::-1]))


def _on_a4(page: Pixels) -> Pixels:
    """The page in the middle of a sheet, as large as it will be."""
    height, width = page.shape[:2]
    sheet_wide, sheet_tall = A4 if height >= width else A4[::-1]
    scale = min(sheet_wide / width, sheet_tall / height)
    size = (round(width * scale), round(height * scale))
    fitting = cv2.resize(page, size, interpolation=cv2.INTER_AREA) if scale < 1 else page
    sheet = np.full((sheet_tall, sheet_wide, 3), 255, np.uint8)
    top, left = (sheet_tall - fitting.shape[0]) // 2, (sheet_wide - fitting.shape[1]) // 2
    sheet[top : top + fitting.shape[0], left : left + fitting.shape[1]] = fitting
    return sheet
