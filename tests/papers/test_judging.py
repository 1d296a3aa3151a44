"""Photos of pages are judged as an officer would judge them; benchmarks.papers plays many more."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from papers import judging, opening
from papers.judging import Judgement
from tests.papers import photos
from tests.papers.photos import BAD, GOOD, Photo

NUMBERS = (0, 12)  # of each kind, all but the large ones
MOST_FALSE_ALARMS = 0.05
LEAST_RECALL = 0.95

Judged = list[tuple[Photo, Judgement]]


@pytest.fixture(scope="module")
def judged() -> Judged:
    kinds = [kind for kind in (*GOOD, *BAD) if kind != "large"]
    asked = [(kind, number) for number in NUMBERS for kind in kinds]
    with ThreadPoolExecutor(2) as hands:
        return list(hands.map(lambda each: taken_and_judged(*each), asked))


def taken_and_judged(kind: str, number: int) -> tuple[Photo, Judgement]:
    photo = photos.photo(kind, number)
    return photo, judging.judge(opening.opened(photo.content))


def test_good_pages_are_taken_however_they_lie(judged: Judged) -> None:
    good = [(photo.name, found.faults) for photo, found in judged if not photo.fault]
    refused = [each for each in good if each[1]]

    assert len(good) >= 20
    assert len(refused) <= MOST_FALSE_ALARMS * len(good), refused


def test_bad_pages_are_seen_and_their_fault_is_named(judged: Judged) -> None:
    bad = [(photo, found.faults) for photo, found in judged if photo.fault]
    missed = [(photo.name, faults) for photo, faults in bad if photo.fault not in faults]

    assert {photo.fault for photo, _ in bad} == set(BAD.values())
    assert len(missed) <= (1 - LEAST_RECALL) * len(bad), missed


def test_a_page_is_found_where_it_lies(judged: Judged) -> None:
    found = [
        _distance(photo, judgement)
        for photo, judgement in judged
        if not photo.fault and judgement.corners is not None
    ]

    assert len(found) >= 20
    assert sorted(found)[int(0.95 * len(found))] < 0.02


def test_the_figures_tell_why(judged: Judged) -> None:
    by_name = {photo.name: judgement.figures for photo, judgement in judged}

    assert by_name["plain-0"].blur < judging.MOST_BLUR < by_name["out_of_focus-0"].blur
    assert by_name["plain-0"].glare_share < judging.MOST_GLARE < by_name["glare-0"].glare_share
    assert by_name["far-0"].longer_side < judging.LEAST_LONG < by_name["plain-0"].longer_side
    assert by_name["plain-0"].cut_share < judging.MOST_CUT < by_name["cut_edge-0"].cut_share


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_picture_of_nothing_is_no_page(shade: int) -> None:
    empty = np.full((900, 1200, 3), shade, np.uint8)

    assert judging.judge(empty).faults in {("no_page",), ("dark",)}


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (20, 20)])
def test_a_sliver_is_judged_without_a_crash(shape: tuple[int, int]) -> None:
    sliver = np.random.default_rng(3).integers(0, 255, (*shape, 3), np.uint8)

    assert judging.judge(sliver).faults


def _distance(photo: Photo, judgement: Judgement) -> float:
    """How far the farthest corner is from where it should be, of the page's diagonal."""
    assert photo.corners is not None
    assert judgement.corners is not None
    apart = np.linalg.norm(judgement.corners[:, None] - photo.corners[None], axis=2)
    diagonal = float(np.linalg.norm(photo.corners[2] - photo.corners[0]))
    return float(apart.min(axis=1).max()) / diagonal
