from typing import Any

import pytest

from programme.sample_form import Fair
from storage import fairs
from storage.database import Database


def fair(key: str, **more: Any) -> Fair:
    return Fair(line=1, id=key, name=f"Hội chợ {key}", **more)


def test_the_newest_fairs_come_first_and_those_without_a_day_last(database: Database) -> None:
    told = [
        fair("when", venue="Hạ Long"),
        fair("older", year=2020),
        fair("day", year=2021, starts="2021-05-09", venue="Hà Nội"),
        fair("year", year=2021),
        fair("month", ends="2021-11"),
        fair("off", year=2022, cancelled=True),
    ]
    with database.transaction() as tx:
        fairs.keep(tx, told)
        newest = fairs.newest(tx, 9)

        assert fairs.newest(tx, 2) == newest[:2]
        assert len(fairs.everyone(tx)) == 6

    assert [f["name"].split()[-1] for f in newest] == ["month", "day", "year", "older", "when"]
    assert newest[1] == {"name": "Hội chợ day", "place": "Hà Nội", "held": "9/5/2021"}
    assert newest[4] == {"name": "Hội chợ when", "place": "Hạ Long", "held": None}


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ({"year": 2021}, "2021"),
        ({"year": 2021, "starts": "2021-05"}, "5/2021"),
        ({"starts": "2021-12-09", "ends": "2021-12-09"}, "9/12/2021"),
        ({"starts": "2021-12-24", "ends": "2022-01-02"}, "24/12/2021 – 2/1/2022"),
        ({"ends": "2021-10-20"}, "20/10/2021"),
        ({}, None),
    ],
)
def test_days_are_written_as_exactly_as_they_are_known(
    told: dict[str, Any], held: str | None, file: Database
) -> None:
    with file.transaction() as tx:
        fairs.keep(tx, [fair("one", **told)])

        assert fairs.newest(tx, 1)[0]["held"] == held


def test_nothing_is_told_of_fairs_nobody_knows(database: Database) -> None:
    with database.reading() as tx:
        assert fairs.newest(tx, 3) == []
