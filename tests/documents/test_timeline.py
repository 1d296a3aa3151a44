"""The dated plan: what a producer has to begin when, as a picture on a cheap phone."""

import json
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest

from documents import drafting, timeline
from documents.forms.written import written
from documents.timeline import Item, Pace, State, Timeline
from tests.documents.filled import HOSTILE, pdf_text
from tests.documents.test_card import near, opened

RED, AMBER = (168, 36, 28), (138, 90, 0)
TODAY = date(2026, 12, 7)
PLANNED = Timeline(
    product="Gạo nếp nương Bản Liền",
    round="1/2027",
    on=TODAY,
    items=(
        Item("Gửi mẫu đi kiểm nghiệm", date(2026, 11, 23), date(2026, 12, 14), "done"),
        Item("Xin giấy an toàn thực phẩm", date(2026, 12, 7), date(2027, 1, 18), "now"),
        Item("Viết câu chuyện", date(2027, 1, 11)),
    ),
    file_by=date(2027, 4, 7),
    propose_by=date(2027, 4, 29),
    council=date(2027, 6, 10),
    decide_by=date(2027, 6, 29),
    pace="calm",
    number="HS-2026-0001",
)


def many(count: int, state: State = "todo") -> tuple[Item, ...]:
    return tuple(
        Item(f"Việc số {place:02}", TODAY + timedelta(days=place), state=state)
        for place in range(1, count + 1)
    )


def said(planned: Timeline) -> str:
    """The words on the picture."""
    values = json.dumps(written(planned))
    return pdf_text(drafting.draw("timeline.typ", {"plan": values}, format="pdf"))


@pytest.mark.parametrize("items", [(), PLANNED.items, many(8), many(30)], ids=len)
def test_the_picture_is_as_wide_as_a_phone_and_light_enough_for_a_weak_network(
    items: tuple[Item, ...],
) -> None:
    drawn = timeline.timeline(replace(PLANNED, items=items))

    assert opened(drawn).format == "PNG"
    assert opened(drawn).width == 1080
    assert len(drawn) < 120_000


def test_the_picture_says_what_to_begin_when_and_when_the_round_goes_on() -> None:
    shown = said(PLANNED)

    assert shown.startswith("GạonếpnươngBảnLiềnĐợt1/2027(cấptỉnh)")
    order = ["23/11", "07/12", "11/012027", "07/04", "29/04", "10/06", "29/06"]
    places = [shown.index(day, 40) for day in order]
    assert places == sorted(places)
    assert "Hômnayxongkhoảng18/01/2027" in shown
    assert "xongkhoảng14/12/2026" not in shown, "it is done"


def test_what_was_begun_before_today_is_under_way() -> None:
    assert "Đanglàm" in said(replace(PLANNED, on=date(2026, 12, 20)))


def test_beyond_eight_things_to_do_the_picture_says_how_many_more() -> None:
    shown = said(replace(PLANNED, items=many(30)))

    assert "Việcsố08" in shown
    assert "Việcsố09" not in shown
    assert "và22việcnữa" in shown
    assert "việcnữa" not in said(replace(PLANNED, items=many(8)))


def test_what_is_done_makes_room_for_what_is_not() -> None:
    done = tuple(replace(item, state="done") for item in many(10)[:6])
    planned = replace(PLANNED, items=done + many(10)[6:])

    assert [item.what[-2:] for item in planned.shown] == [
        f"{n:02}" for n in (1, 2, 3, 4, 7, 8, 9, 10)
    ]
    assert (planned.more, planned.done_before) == (0, 2)
    assert "đãxong2việc" in said(planned)


def test_things_stand_by_the_day_on_which_they_begin() -> None:
    turned = replace(PLANNED, items=PLANNED.items[::-1])

    assert timeline.timeline(turned) == timeline.timeline(PLANNED)


def test_a_plan_without_things_to_do_shows_the_days_of_the_round() -> None:
    shown = said(replace(PLANNED, items=(), council=None))

    assert "Khôngcònviệcgìphảilàm" in shown
    assert "Hộiđồnghọp" not in shown


@pytest.mark.parametrize(
    ("pace", "words"),
    [("calm", "Cònkịp"), ("tight", "Vừakịp"), ("late", "Khôngkịpđợtnày")],
)
def test_the_pace_is_said_honestly(pace: Pace, words: str) -> None:
    assert words in said(replace(PLANNED, pace=pace))


def test_who_comes_too_late_is_told_the_next_round() -> None:
    shown = said(replace(PLANNED, pace="late", next="2/2027"))

    assert "Khôngkịpđợtnày" + "Nênnhắmđợt2/2027." in shown
    assert "Nênnhắm" not in said(replace(PLANNED, pace="calm", next="2/2027"))


def test_what_is_late_is_red_and_what_is_due_today_is_not() -> None:
    def inked(state: State, ink: tuple[int, int, int]) -> int:
        item = Item("Việc", TODAY, state=state)
        return near(opened(timeline.timeline(replace(PLANNED, items=(item,)))), ink)

    assert inked("todo", RED) == inked("now", RED) == 0
    assert inked("late", RED) > 1000
    assert inked("todo", AMBER) == 0
    assert inked("now", AMBER) > 1000


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    items = (Item(text, TODAY),)
    hostile = replace(
        PLANNED, product=text, round=text, items=items, pace="late", next=text, number=text
    )

    assert opened(timeline.timeline(hostile)).width == 1080


def test_a_product_without_a_name_has_a_plan_too() -> None:
    assert opened(timeline.timeline(replace(PLANNED, product="", round=""))).width == 1080


def test_both_ways_of_writing_a_mark_draw_the_same() -> None:
    apart = replace(PLANNED, product=unicodedata.normalize("NFD", PLANNED.product))

    assert timeline.timeline(apart) == timeline.timeline(PLANNED)
