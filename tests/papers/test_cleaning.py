"""A photo becomes a page for the printed book."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from papers import cleaning, judging, opening
from papers.pixels import Pixels
from tests.papers import photos
from tests.papers.photos import Photo

MOST_BYTES = 300_000


def page_of(photo: Photo) -> Image.Image:
    picture = opening.opened(photo.content)
    straight = cleaning.straightened(picture, judging.judge(picture).corners)
    content = cleaning.printed(straight)
    assert len(content) < MOST_BYTES
    return Image.open(io.BytesIO(content))


def likeness(page: Image.Image, wanted: Pixels) -> float:
    """How alike two pages look from afar: 1 for the same."""
    small = (124, 175) if page.height > page.width else (175, 124)
    one, other = (
        cv2.GaussianBlur(cv2.resize(each, small, interpolation=cv2.INTER_AREA), (0, 0), 1.5).ravel()
        for each in (np.asarray(page.convert("L")), np.asarray(wanted.min(axis=2)))
    )
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.parametrize("kind", ["upside_down", "sideways"])
def test_a_page_is_upright_straight_and_of_the_size_of_a4(kind: str) -> None:
    photo = photos.photo(kind, 0)
    assert photo.shown is not None

    page = page_of(photo)

    assert sorted(page.size) == sorted(cleaning.A4)
    assert likeness(page, photo.shown.pixels) > 0.7


def test_paper_is_white_though_a_shadow_lay_on_it() -> None:
    page = np.asarray(page_of(photos.photo("shadow", 0)))
    margin = page[60:120, 100:-100]

    assert float(np.median(margin)) > 235
    assert float(np.percentile(page, 0.5)) < 90


def test_a_red_stamp_stays_red() -> None:
    page = np.asarray(page_of(photos.photo("warm", 0))).astype(int)

    assert int(((page[..., 0] - page[..., 2]) > 80).sum()) > 2000


def test_what_is_no_a4_page_keeps_its_shape_on_a_white_sheet() -> None:
    strip = np.full((300, 1200, 3), 120, np.uint8)

    page = np.asarray(Image.open(io.BytesIO(cleaning.printed(strip))))

    assert page.shape[:2] == cleaning.A4
    assert int(page[:400].min()) > 240
