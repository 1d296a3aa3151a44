"""What a simulated year came to: what was due against what left, by counting anew."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from bot.simulation.year import Sent, Year
from programme import quiet, workdays
from programme.firings import BEFORE, HOUR, day_of, end_of, next_morning
from storage import reminders
from storage.database import Transaction

_SETTLED = frozenset(
    {reminders.SUPERSEDED, reminders.MOVED, reminders.SILENT}
    | {reminders.STOPPED, reminders.DECLINED}
)
_GRACE = timedelta(hours=2)  # from a firing's time to when it must be told, where all is well


@dataclass(frozen=True, slots=True)
class Row:
    """A firing as it stands at the end, and when its letter left."""

    person: int
    kind: str
    subject: int
    day: date
    before: int
    due_at: datetime
    use_by: datetime
    status: str
    letter: int | None
    sent_at: datetime | None


def figures(year: Year, tx: Transaction) -> dict[str, Any]:
    """What is printed: every figure whose name says so must be zero, or all."""
    rows = [_row(each) for each in reminders.everyone(tx)]
    due = [row for row in rows if row.due_at <= year.end - _GRACE]
    told = [row for row in due if row.sent_at]
    unsaid = [row for row in due if not row.sent_at and row.status not in _SETTLED]
    excused = [row for row in unsaid if not _could_tell(year, row)]
    expected = list(_expected(year))
    known = {(r.person, r.subject, r.day, r.before) for r in rows if r.kind == "file"}
    letters = [one for one in year.sent if one.rank]
    seconds = _second_letters(letters)
    urgent = {r.letter for r in told if r.sent_at and r.use_by <= next_morning(r.sent_at)}
    return {
        "dossiers": len(year.known),
        "outages": len(year.weather.outages),
        "network_outages": len(year.weather.no_network),
        "dates_moved": year.moves,
        "snoozes": year.snoozes,
        "firings_planned": len(rows),
        "firings_due": len(due),
        "delivered": len(told),
        "superseded_on_record": sum(not row.sent_at and row.status in _SETTLED for row in due),
        "dropped_as_an_outage_took_all_their_time": len(excused),
        "lost": len(unsaid) - len(excused),
        "expected_by_the_calendar": len(expected),
        "expected_but_never_planned": sum(one not in known for one in expected),
        "delivered_after_use_by": sum(row.sent_at > row.use_by for row in told if row.sent_at),
        "delivered_twice": _twice(told) + len(letters) - len({one.letter for one in letters}),
        "letters": len(letters),
        "second_letters_that_could_not_wait": len(seconds & urgent),
        "people_with_two_letters_a_day": len(seconds - urgent),
        "most_catch_up_letters_to_one_after_an_outage": _catching_up(year, told),
        "letters_in_quiet_hours_or_tet": sum(quiet.is_quiet(one.at) for one in letters),
        "late_registrants": len(year.late),
        "late_registrants_never_reminded": sum(not _reached(year, told, v) for v in year.late),
    }


def sound(found: dict[str, Any]) -> bool:
    """Whether every promise held."""
    return (
        not any(
            found[name]
            for name in (
                "lost",
                "expected_but_never_planned",
                "delivered_after_use_by",
                "delivered_twice",
                "people_with_two_letters_a_day",
                "letters_in_quiet_hours_or_tet",
                "late_registrants_never_reminded",
            )
        )
        and found["most_catch_up_letters_to_one_after_an_outage"] <= 1
    )


def _row(read: Mapping[str, Any]) -> Row:
    left = read["letter_status"] == "sent" and read["status"] == reminders.TOLD
    names = (each.name for each in fields(Row) if each.name not in {"person", "sent_at"})
    about = {name: read[name] for name in names}
    return Row(read["person_id"], sent_at=read["sent_at"] if left else None, **about)


def _could_tell(year: Year, row: Row) -> bool:
    """Whether it could have been told while it was of use, before the end of all."""
    return year.weather.could_tell(row.due_at, min(row.use_by, year.end))


def _second_letters(letters: Iterable[Sent]) -> set[int]:
    """Letters to persons who had got one on that day."""
    first: dict[tuple[int, date], int] = {}
    return {
        one.letter
        for one in letters
        if first.setdefault((one.person, day_of(one.at)), one.letter) != one.letter
    }


def _twice(told: list[Row]) -> int:
    """Firings of one thing that one person was told of on the same day."""
    same = Counter(
        (row.person, row.kind, row.subject, row.day, day_of(row.sent_at))
        for row in told
        if row.sent_at
    )
    return sum(many - 1 for many in same.values())


def _expected(year: Year) -> Iterator[tuple[int, int, date, int]]:
    """The firings before filing days that are to be, from the days that held and nothing else."""
    whose = {villager.dossier: villager.person for villager in year.villagers.values()}
    for dossier, words in year.known.items():
        ends = [at for at, _ in words[1:]] + [year.end]
        for (begin, day), end in zip(words, ends, strict=True):
            if day is not None:
                for before in BEFORE["file"]:
                    if before >= 0 and begin < _due(day, before) < end - _GRACE:
                        yield whose[dossier], dossier, day, before


def _due(day: date, before: int) -> datetime:
    at = day - timedelta(days=before)
    while at in workdays.tet(at.year):
        at -= timedelta(days=1)
    return datetime.combine(at, HOUR)


def _catching_up(year: Year, told: Iterable[Row]) -> int:
    """The most letters that one person got on the day after an outage that told of things before.

    A letter of firings that all came due once the outage was over catches up with nothing.
    """
    begun: dict[int | None, datetime] = {}
    for row in told:
        begun[row.letter] = min(row.due_at, begun.get(row.letter, row.due_at))
    most = 0
    for _, end in (*year.weather.outages, *year.weather.no_network):
        back = quiet.next_open(year.weather.back(end))
        until = end_of(day_of(back))
        after = (one for one in year.sent if one.rank and back <= one.at < until)
        late = Counter(one.person for one in after if begun.get(one.letter, back) <= back)
        most = max(most, *late.values(), 0)
    return most


def _reached(year: Year, told: list[Row], late: Any) -> bool:
    """Whether who came late was reminded in time, or had done it, or could not be told."""
    held = year.known[late.dossier]
    day = held[0][1]
    if day is None or len(held) > 1:
        return True
    mine = [row for row in told if row.person == late.person and row.kind in {"file", "begin"}]
    in_time = [row for row in mine if row.sent_at and row.sent_at <= end_of(day)]
    return bool(in_time) or not year.weather.could_tell(late.joined, end_of(day))
