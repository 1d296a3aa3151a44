"""Whom an aim fits: every condition that is there, by any of its values."""

from datetime import date

import pytest

from programme import aims
from programme.aims import Aim, Known, Thing

DAY = date(2026, 12, 24)
RICE, SPIRIT = 3, 14
CERTIFIED = Thing(RICE, star=4, issued=date(2024, 1, 10), expires=date(2027, 1, 10))
GROWN = Thing(SPIRIT, months=(9, 10))
STARTED = Thing(RICE, round="tinh-1-2027")
ONE = Known(7, "02869", "15", (CERTIFIED, GROWN, STARTED))


@pytest.mark.parametrize(
    "aim",
    [
        Aim(),
        Aim(areas=("02869",)),
        Aim(areas=("15",)),
        Aim(areas=("99999", "02869")),
        Aim(sets=(SPIRIT,)),
        Aim(sets=(1, RICE)),
        Aim(stars=(4,)),
        Aim(sets=(RICE,), stars=(3, 4)),
        Aim(months=(10, 11)),
        Aim(sets=(SPIRIT,), months=(9,)),
        Aim(rounds=("tinh-1-2027",)),
        Aim(producers=(3, 7)),
        Aim(areas=("15",), sets=(RICE, SPIRIT), stars=(4,), months=(9,), producers=(7,)),
    ],
)
def test_it_fits_where_each_condition_does(aim: Aim) -> None:
    assert aims.fits(aim, ONE, DAY)


@pytest.mark.parametrize(
    "aim",
    [
        Aim(areas=("02839",)),
        Aim(sets=(1, 2)),
        Aim(stars=(5,)),
        Aim(sets=(SPIRIT,), stars=(4,)),  # the star is of the rice
        Aim(sets=(RICE,), months=(9,)),  # the season is of the spirit
        Aim(sets=(SPIRIT,), rounds=("tinh-1-2027",)),
        Aim(months=(1,)),
        Aim(rounds=("tinh-2-2027",)),
        Aim(producers=(3,)),
        Aim(areas=("02869",), stars=(5,)),
    ],
)
def test_it_does_not_where_one_condition_fails(aim: Aim) -> None:
    assert not aims.fits(aim, ONE, DAY)


@pytest.mark.parametrize(
    ("day", "good"),
    [
        (date(2024, 1, 9), False),
        (date(2024, 1, 10), True),
        (date(2027, 1, 10), True),
        (date(2027, 1, 11), False),
    ],
)
def test_a_star_must_be_good_on_the_day_itself(day: date, good: bool) -> None:
    assert aims.fits(Aim(stars=(4,)), ONE, day) is good


def test_an_answer_with_names_is_the_aim_of_its_codes() -> None:
    said = {
        "areas": [
            {"codes": ["02869", "02839"], "name": "huyện Bắc Hà"},
            {"codes": ["02869"], "name": "xã Bản Liền"},
        ],
        "sets": [{"number": 3, "name": "Gạo"}],
        "stars": [4, 3],
        "rounds": [{"key": "tinh-1-2027", "number": 1, "year": 2027}],
        "languages": ["en"],
        "producers": [5, 5],
    }

    assert aims.of(said) == Aim(
        areas=("02839", "02869"),
        sets=(3,),
        stars=(3, 4),
        rounds=("tinh-1-2027",),
        languages=("en",),
        producers=(5,),
    )
    assert aims.of({}) == Aim()
