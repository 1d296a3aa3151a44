"""Judging the photo of a paper: can an officer read it, and if not, what should be done better."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from papers import finding, lettering, measuring, pixels, sheets, straightening
from papers.finding import Finds
from papers.pixels import Grey, Pixels, Points
from papers.sheets import Sheet

Fault = Literal["no_page", "two_papers", "dark", "cut", "small", "glare", "blurred"]

# What is a page at all.
LEAST_SIDE = 48  # pixels of a photo
LEAST_LINES = 2.6
MOST_INK = 0.3  # of the page
MOST_UNEVEN = 0.029
MOST_CRUMPLED = 0.04  # unevenness of a sheet that stands out from its table
LEAST_RIM = 15.0  # in lightness, for standing out
SURE = 0.35  # of a sheet's outline at the border of the photo; more may be the table as well
MOST_TRIED = 3  # of the likeliest shapes

# What is a second paper.
APART = 0.15  # of the smaller one, that two papers beside each other share at most
LEAST_OTHER = 0.25  # of the page
LEAST_HEAP = 0.15  # of the photo, for papers one on the other
MOST_OF_HEAP = 0.6  # that a single sheet may fill
LEAST_LINES_OF_A_HEAP = 2.3  # they run in two directions

# What is a good page.
DARKEST = 60.0  # of 255; darker paper has drowned in the noise of the phone
MOST_DARK = 0.25  # of the page
LEAST_LONG = 700  # pixels of its longer side; below, a letter has less than five
MOST_CUT = 0.04  # of its outline
MOST_BORDER_INK = 0.35  # of the ink within
MOST_GLARE = 0.012  # of the page: the size of a stamp
MOST_BLUR = 2.8  # pixels of an A4 page 2,000 high

_LONGEST = 2000  # pixels of a page, for its sharpness
_MARGIN = 0.012  # of a sheet, so that nothing of the table is measured


@dataclass(frozen=True, slots=True)
class Figures:
    """What the judgement rests on."""

    lines: float = 0.0  # above 3: a text
    unevenness: float = 0.0
    dark_share: float = 0.0
    glare_share: float = 0.0
    longer_side: int = 0  # pixels
    cut_share: float = 0.0  # of the outline
    border_ink: float = 0.0  # of the ink within
    blur: float = 0.0  # pixels of an A4 page 2,000 high


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of a photo: its faults, the gravest first; none is a good page."""

    faults: tuple[Fault, ...]
    corners: Points | None  # of the page in the photo, if one was found
    figures: Figures


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was found, flat."""

    sheet: Sheet | None  # none: the whole picture is the page
    corners: Points
    flat: Pixels
    grey: Grey


def judge(picture: Pixels) -> Judgement:
    """Tell what keeps a photo from being a good page of a dossier."""
    if min(picture.shape[:2]) < LEAST_SIDE:
        return Judgement(("no_page",), None, Figures())
    if _is_night(picture):
        return Judgement(("dark",), None, Figures(dark_share=1.0))
    finds = finding.find(picture)
    page = _page(picture, finds)
    if not isinstance(page, _Page):
        return Judgement((page,), None, Figures())
    figures = _figures(picture, page)
    several = page.sheet is not None and _has_another(picture, finds, page.sheet)
    return Judgement(_faults(figures, several=several), page.corners, figures)


def _is_night(picture: Pixels) -> bool:
    lightest = picture[::8, ::8].max(axis=2)
    return float(np.percentile(lightest, 95)) < DARKEST


# -- the page --------------------------------------------------------------------------------------


def _page(picture: Pixels, finds: Finds) -> _Page | Fault:
    """The likeliest sheet with a text on it; or the whole picture, if it is a page."""
    pages = [_flat(picture, each) for each in finds.sheets[:MOST_TRIED]]
    written = [each for each in pages if _is_written(each)]
    sure = [each for each in written if each.sheet and each.sheet.cut <= SURE]
    if sure:
        return sure[0]
    if any(_is_heap(picture, each, finds) for each in finds.heaps[:MOST_TRIED]):
        return "two_papers"
    unsure = written or [each for each in pages if _is_smeared(picture, each)]
    if unsure:
        return unsure[0]
    alone = _flat(picture, None)
    return alone if _is_written(alone) else "no_page"


def _flat(picture: Pixels, sheet: Sheet | None) -> _Page:
    corners = straightening.quad(sheet.outline) if sheet else straightening.whole(picture)
    inner = straightening.inset(corners, _MARGIN) if sheet else corners
    flat = straightening.flat(picture, inner, measuring.SIDE)
    return _Page(sheet, corners, flat, measuring.grey(flat))


def _is_written(page: _Page, lines: float = LEAST_LINES) -> bool:
    return _is_paper(page) and lettering.lines(page.grey) >= lines


def _is_smeared(picture: Pixels, page: _Page) -> bool:
    """Whether it is a sheet all right, but nobody can tell what is on it."""
    outstanding = page.sheet is not None and page.sheet.rim >= LEAST_RIM
    return outstanding and _is_paper(page) and _blur(picture, page) > MOST_BLUR


def _is_paper(page: _Page) -> bool:
    sheet = page.sheet
    outstanding = sheet is not None and sheet.cut <= MOST_CUT and sheet.rim >= LEAST_RIM
    most = MOST_CRUMPLED if outstanding else MOST_UNEVEN
    return measuring.unevenness(page.grey) <= most and lettering.ink_share(page.grey) <= MOST_INK


# -- other papers ----------------------------------------------------------------------------------


def _has_another(picture: Pixels, finds: Finds, page: Sheet) -> bool:
    """Whether a second paper lies beside the page, or looks out from under it."""
    apart = [
        each
        for each in finds.sheets
        if sheets.overlap(each, page) < APART
        and each.share >= LEAST_OTHER * page.share
        and each.rim >= LEAST_RIM
    ]
    if any(_is_written(_flat(picture, each)) for each in apart):
        return True
    return any(_is_written(_alone(picture, each)) for each in finding.beside(picture, page))


def _is_heap(picture: Pixels, heap: Sheet, finds: Finds) -> bool:
    """Whether a shape with bays is several papers, one on the other."""
    most = MOST_OF_HEAP * heap.share
    return (
        heap.share >= LEAST_HEAP
        and heap.rim >= LEAST_RIM
        and heap.cut <= SURE / 2
        and not any(each.share > most and each.cut <= SURE for each in finds.sheets)
        and _is_written(_alone(picture, heap.outline), LEAST_LINES_OF_A_HEAP)
    )


def _alone(picture: Pixels, outline: Points) -> _Page:
    """What lies within an outline, with all else painted over."""
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 255)
    painted = picture.copy()
    painted[mask == 0] = np.median(picture[mask > 0], axis=0)
    corners = straightening.quad(pixels.points(cv2.boxPoints(cv2.minAreaRect(outline))))
    flat = straightening.flat(painted, corners, measuring.SIDE)
    return _Page(None, corners, flat, measuring.grey(flat))


# -- its faults ------------------------------------------------------------------------------------


def _figures(picture: Pixels, page: _Page) -> Figures:
    return Figures(
        lines=lettering.lines(page.grey),
        unevenness=measuring.unevenness(page.grey),
        dark_share=measuring.dark_share(page.grey, DARKEST),
        glare_share=measuring.glare_share(page.flat),
        longer_side=round(max(straightening.size(page.corners))),
        cut_share=page.sheet.cut if page.sheet else 0.0,
        border_ink=0.0 if page.sheet else lettering.border_ink(page.grey, _MARGIN),
        blur=_blur(picture, page),
    )


def _blur(picture: Pixels, page: _Page) -> float:
    inner = straightening.inset(page.corners, _MARGIN) if page.sheet else page.corners
    longer = min(_LONGEST, round(max(straightening.size(inner))))
    return measuring.blur(measuring.grey(straightening.flat(picture, inner, longer)))


def _faults(figures: Figures, *, several: bool) -> tuple[Fault, ...]:
    small = figures.longer_side < LEAST_LONG
    found: dict[Fault, bool] = {
        "two_papers": several,
        "dark": figures.dark_share > MOST_DARK,
        "cut": figures.cut_share > MOST_CUT or figures.border_ink > MOST_BORDER_INK,
        "small": small,
        "glare": figures.glare_share > MOST_GLARE,
        # A letter of four pixels has no sharp edge either; nearer is what helps then.
        "blurred": figures.blur > MOST_BLUR and not small,
    }
    return tuple(fault for fault, is_so in found.items() if is_so)
