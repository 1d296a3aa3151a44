"""The calendar file: what phones make of it, checked against RFC 5545 and another reading of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from documents import ics
from documents.timeline import Item, Timeline
from tests.documents.filled import HOSTILE
from tests.documents.test_timeline import PLANNED, TODAY

INJECTED = 'Gạo\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x, y; "z" \\n'
OCTETS = 75


def opened(content: bytes) -> Any:
    return Calendar.from_ical(content)


def events(planned: Timeline) -> list[Any]:
    return list(opened(ics.calendar(planned)).walk("VEVENT"))


def by_summary(planned: Timeline) -> dict[str, Any]:
    return {str(event["SUMMARY"]): event for event in events(planned)}


def test_the_file_is_a_published_calendar() -> None:
    calendar = opened(ics.calendar(PLANNED))

    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["PRODID"]
    assert calendar["X-WR-TIMEZONE"] == "Asia/Ho_Chi_Minh"
    assert PLANNED.product in calendar["X-WR-CALNAME"]


def test_each_thing_to_do_and_each_day_of_the_round_is_a_whole_day() -> None:
    days = [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in events(PLANNED)]

    wanted = [date(2026, 12, 7), date(2027, 1, 11)]
    wanted += [date(2027, 4, 7), date(2027, 6, 10), date(2027, 6, 29)]
    assert days == [(day, day + timedelta(days=1)) for day in wanted]
    assert all(type(start) is date for start, _ in days), "a day that no zone of time moves"


def test_what_is_done_and_what_nobody_has_set_is_not_in_it() -> None:
    summaries = " ".join(by_summary(replace(PLANNED, council=None)))

    assert "kiểm nghiệm" not in summaries
    assert "Hội đồng" not in summaries


def test_an_event_says_what_to_do_for_which_product_and_until_when_it_would_take() -> None:
    event = by_summary(PLANNED)["Bắt đầu: Xin giấy an toàn thực phẩm (Gạo nếp nương Bản Liền)"]

    assert "18/01/2027" in event["DESCRIPTION"]
    assert PLANNED.round in event["DESCRIPTION"]
    assert event.decoded("DTSTAMP") == datetime(2026, 12, 7, tzinfo=UTC)


def test_the_phone_rings_at_half_past_seven_on_the_morning_before() -> None:
    """Relative to midnight where the phone is."""
    for event in events(PLANNED):
        (alarm,) = event.walk("VALARM")
        midnight = datetime.combine(event.decoded("DTSTART"), datetime.min.time(), UTC)
        rings = midnight + alarm.decoded("TRIGGER")
        assert (midnight.date() - rings.date(), rings.hour, rings.minute) == (
            timedelta(days=1),
            7,
            30,
        )
        assert alarm["ACTION"] == "DISPLAY"
        assert str(event["SUMMARY"]) in alarm["DESCRIPTION"]


def uids(planned: Timeline) -> list[str]:
    return [str(event["UID"]) for event in events(planned)]


def test_the_same_things_move_when_the_plan_is_made_anew() -> None:
    later = replace(
        PLANNED,
        on=TODAY + timedelta(days=30),
        file_by=date(2027, 4, 14),
        round="Đợt 2",
        items=tuple(replace(it, begin=it.begin + timedelta(days=9)) for it in PLANNED.items),
    )

    assert uids(later) == uids(PLANNED)
    before, after = events(PLANNED)[0], events(later)[0]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after.decoded("DTSTAMP") > before.decoded("DTSTAMP")


def test_no_two_events_are_taken_for_one() -> None:
    twice = replace(PLANNED, items=(Item("Nộp", TODAY), Item("Nộp", TODAY), Item("file", TODAY)))

    assert len(set(uids(twice))) == 6
    assert not set(uids(twice)) & set(uids(replace(twice, number="HS-2026-0002")))


def test_what_was_done_meanwhile_does_not_change_who_the_others_are() -> None:
    items = (Item("Nộp", TODAY), Item("Nộp", TODAY))
    one_done = (replace(items[0], state="done"), items[1])

    assert uids(replace(PLANNED, items=one_done)) == uids(replace(PLANNED, items=items))[1:]


def test_the_same_plan_makes_the_same_bytes() -> None:
    assert ics.calendar(PLANNED) == ics.calendar(PLANNED)


@pytest.mark.parametrize("text", [INJECTED, *HOSTILE.values(), "", "{product}", "ế" * 300])
def test_hostile_text_stays_text_in_lines_as_the_standard_has_them(text: str) -> None:
    hostile = replace(
        PLANNED, product=text, round=text, number=text, items=(Item(text, TODAY), *PLANNED.items)
    )

    content = ics.calendar(hostile)

    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= OCTETS
    found = events(hostile)
    assert len(found) == 6
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert "\n" not in event["SUMMARY"]


def test_what_is_written_is_read_back_sign_by_sign() -> None:
    (first, *_) = events(replace(PLANNED, items=(Item('a, b; "c" \\n: d', TODAY),), product="P"))

    assert first["SUMMARY"] == 'Bắt đầu: a, b; "c" \\n: d (P)'
