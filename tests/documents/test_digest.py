"""The officer's summary: each number is that of its list, and the board is read on a phone."""

import json
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from documents import digest, drafting, pictures
from documents.digest import Cell, Day, Digest, Section
from tests.documents.filled import HOSTILE, pdf_text
from tests.documents.test_card import opened

DUE = Day(date(2027, 4, 22))
COLUMNS = ("Sản phẩm", "Chủ thể", "Hạn", "Giấy")


def waiting(count: int) -> Section:
    rows = tuple((f"Gạo nếp {n:02}", "HTX Bản Liền", DUE, n) for n in range(1, count + 1))
    return Section("Chờ anh chị xem", count, COLUMNS, rows)


STUCK = Section("Kẹt ở giấy", 2, ("Giấy", "Hồ sơ"), (("Kiểm nghiệm", 17), ("Nhãn", None)))
TOLD = Digest("Xã Bản Liền, tỉnh Lào Cai", date(2027, 4, 7), (waiting(5), STUCK))


def said(told: Digest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The words on the picture."""
    seen: list[bytes] = []

    def as_pdf(template: str, **inputs: Any) -> bytes:
        given = {name: json.dumps(value) for name, value in inputs.items()}
        seen.append(drafting.draw(template, given, format="pdf"))
        return seen[-1]

    monkeypatch.setattr(pictures, "draw", as_pdf)
    return pdf_text(digest.digest(told))


@pytest.mark.parametrize("sections", [(), (waiting(0),) * 6, (waiting(30), STUCK)], ids=len)
def test_the_picture_is_as_wide_as_a_phone_and_light_enough_for_a_weak_network(
    sections: tuple[Section, ...],
) -> None:
    drawn = digest.digest(replace(TOLD, sections=sections))

    assert opened(drawn).format == "PNG"
    assert opened(drawn).width == 1080
    assert len(drawn) < 120_000


def test_a_tile_has_its_number_and_the_first_three_of_its_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = said(TOLD, monkeypatch)

    assert "XãBảnLiền,tỉnhLàoCai,ngày7/4/2027" in shown
    assert "5Chờanhchịxem" in shown
    assert "Gạonếp03HTXBảnLiền·Hạn:22/4/2027·Giấy:3" in shown
    assert "Gạonếp04" not in shown
    assert "và2mụcnữa" in shown


def test_a_tile_keeps_the_number_that_it_has_in_the_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    numbered = replace(TOLD, sections=(replace(STUCK, place=3),))

    assert "3.Kẹtởgiấy" in said(numbered, monkeypatch)


def test_a_list_that_is_shown_whole_has_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = said(replace(TOLD, sections=(STUCK,)), monkeypatch)

    assert "mụcnữa" not in shown
    assert "Kiểmnghiệm17" in shown


def test_a_day_on_which_nothing_waits_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "khôngcóviệcnàođangchờ" in said(replace(TOLD, sections=()), monkeypatch)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_number_that_is_not_that_of_its_list_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="counted"):
        replace(STUCK, count=count)


def test_a_list_may_hold_the_first_of_those_counted_if_it_says_so() -> None:
    assert replace(STUCK, count=40, note="Kể 2 giấy đầu.").count == 40
    with pytest.raises(ValueError, match="counted"):
        replace(STUCK, count=1, note="Kể 2 giấy đầu.")


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="columns"):
        replace(STUCK, columns=("Giấy",))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    rows: tuple[tuple[Cell, ...], ...] = ((text, text, text), (None, None, None))
    section = Section(text, 9, (text, text, text), rows, text)

    assert opened(digest.digest(Digest(text, date(2027, 4, 7), (section,)))).width == 1080


def test_the_same_summary_makes_the_same_bytes_however_its_marks_are_written() -> None:
    apart = replace(TOLD, area=unicodedata.normalize("NFD", TOLD.area))

    assert digest.digest(apart) == digest.digest(TOLD)
