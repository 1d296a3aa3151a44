"""The figures behind a judgement mean what they say."""

import cv2
import numpy as np
import pytest

from papers import lettering, measuring, pixels
from tests.papers.certificates import certificate

PAGE = np.asarray(cv2.resize(certificate(1).pixels, (707, 1000)), np.uint8)


def test_blur_grows_with_the_blur() -> None:
    page = measuring.grey(certificate(1).pixels)

    widths = [
        measuring.blur(pixels.whole(cv2.GaussianBlur(page, (0, 0), sigma))) for sigma in (0.5, 2, 4)
    ]

    assert widths[0] < 1.5 < widths[1] < 3.2 < widths[2]


@pytest.mark.parametrize("light", [0.4, 1.0])
def test_blur_does_not_depend_on_the_light(light: float) -> None:
    page = (measuring.grey(certificate(1).pixels) * light).astype(np.uint8)

    assert measuring.blur(page) < 1.5


def test_a_text_stands_in_lines_and_specks_do_not() -> None:
    specks = np.full((1000, 707), 220, np.uint8)
    dice = np.random.default_rng(5)
    for row, column in dice.integers(10, 690, (400, 2)):
        specks[row : row + 6, column : column + 5] = 40

    assert lettering.lines(specks) < 2
    assert lettering.lines(measuring.grey(PAGE)) > 5


def test_a_blaze_is_glare_and_a_printed_white_box_is_none() -> None:
    tinted = np.asarray(PAGE * 0.8, np.uint8)
    printed, shining = tinted.copy(), tinted.astype(np.float32)
    printed[400:700, 200:500] = 255
    rows, columns = np.mgrid[0:1000, 0:707]
    away = np.hypot(rows - 550, columns - 350) / 150
    shining += (330 / (1 + np.exp((away - 1) * 8)))[..., None]

    assert measuring.glare_share(tinted) == 0
    assert measuring.glare_share(printed) == 0
    assert measuring.glare_share(np.clip(shining, 0, 255).astype(np.uint8)) > 0.05


def test_the_dark_share_is_of_the_paper_not_of_the_ink() -> None:
    page = measuring.grey(PAGE)

    assert measuring.dark_share(page, 60) < 0.02
    assert measuring.dark_share((page * 0.15).astype(np.uint8), 60) == 1.0
