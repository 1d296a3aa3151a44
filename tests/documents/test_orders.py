"""Papers are ordered as JSON and filled from it: what stands in them is what was said then."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from documents import crafts, drafting, filling, naming, orders, press
from documents.book import Scan
from documents.card import Bar, ScoreCard
from documents.card import Path as Way
from documents.digest import Cell, Day, Digest, Section
from documents.forms import Form
from documents.forms.form_01 import Registration
from documents.forms.story import Story
from documents.orders import Filled, Model
from documents.shelf import Shelf
from tests.documents import reading, samples
from tests.documents.filled import filled
from tests.documents.test_digest import TOLD
from tests.documents.test_timeline import PLANNED

PHOTO = samples.photo("Nương lúa", (640, 480))
CARD = ScoreCard(
    product="Gạo Khẩu Mẹo",
    set_number=3,
    set_name="Gạo, ngũ cốc",
    star=3,
    parts=(
        Bar("A", "Sản phẩm", 28, 40),
        Bar("B", "Tiếp thị", 12, 25),
        Bar("C", "Chất lượng", 20, 35),
    ),
    missing=4,
    on=date(2026, 11, 23),
    path=Way(4, ()),
)
FILE = "f" * 64


@pytest.mark.parametrize("form", get_args(Form), ids=lambda form: str(form.template))
def test_a_form_is_the_same_after_it_was_written_down_in_all_that_it_holds(
    form: type[Form],
) -> None:
    given = filled(form)

    kinds = orders.kinds(form.template)

    assert kinds == (f"{form.template}.docx", f"{form.template}.pdf")
    assert [orders.read(kind, orders.written(kind, given)) for kind in kinds] == [given, given]


@pytest.mark.parametrize("kind", ["book", "book_zip"])
def test_a_book_is_the_same_after_it_was_written_down(kind: str, shelf: Shelf) -> None:
    book = samples.rice(shelf)

    assert orders.kinds(kind) == (kind,)
    assert orders.read(kind, orders.written(kind, book)) == book


@pytest.mark.parametrize("kind", ["card", "plan"])
def test_a_card_is_the_same_after_it_was_written_down(kind: str) -> None:
    assert orders.kinds(kind) == (kind,)
    assert orders.read(kind, orders.written(kind, CARD)) == CARD


@pytest.mark.parametrize("kind", ["timeline", "calendar"])
def test_a_plan_is_the_same_after_it_was_written_down(kind: str) -> None:
    assert orders.kinds(kind) == (kind,)
    assert orders.read(kind, orders.written(kind, PLANNED)) == PLANNED


@pytest.mark.parametrize("kind", ["digest", "digest_xlsx"])
def test_a_summary_is_the_same_after_it_was_written_down_its_days_too(kind: str) -> None:
    assert orders.kinds(kind) == (kind,)
    assert orders.read(kind, orders.written(kind, TOLD)) == TOLD


def test_a_text_that_looks_like_a_day_stays_a_text() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (("2027-04-07",), (Day(date(2027, 4, 7)),), (7,), (None,))
    told = replace(TOLD, sections=(Section("Hạn", 4, ("Ngày",), rows),))

    read = orders.read("digest", orders.written("digest", told))

    assert isinstance(read, Digest)
    assert read.sections[0].rows == rows


def test_a_summary_whose_numbers_are_not_those_of_its_lists_is_refused() -> None:
    told = orders.written("digest", TOLD).replace('"count":2', '"count":3')

    with pytest.raises(ValueError, match="counted"):
        orders.read("digest", told)


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("timeline", "png"), ("calendar", "ics"), ("digest", "png"), ("digest_xlsx", "xlsx")],
)
def test_a_paper_that_is_no_form_has_one_ending(kind: str, ending: str) -> None:
    assert orders.parts(kind) == (kind, ending)


def test_what_is_no_such_paper_is_not_ordered() -> None:
    """Whoever orders it is told at once, not the person after some minutes."""
    with pytest.raises(TypeError):
        orders.written("form_02.pdf", Registration())
    with pytest.raises(LookupError):
        orders.written("form_01", Registration())
    with pytest.raises(LookupError):
        orders.written("horoscope", Registration())


def test_what_another_version_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="product"):
        orders.read("form_01.pdf", '{"product": 7}')


@pytest.mark.parametrize(
    ("about", "subject"),
    [
        (samples.book(()), "Gạo Khẩu Mẹo Bản Liền"),
        (CARD, "Gạo Khẩu Mẹo"),
        (PLANNED, PLANNED.product),
        (TOLD, TOLD.area),
        (Registration(product="Cốm", producer="HTX Na Lo"), "Cốm"),
        (Registration(producer="HTX Na Lo"), "HTX Na Lo"),
        (Registration(), ""),
    ],
)
def test_what_a_paper_is_about_is_the_product_or_whose_it_is(about: Model, subject: str) -> None:
    assert orders.subject(about) == subject


@pytest.mark.parametrize("form", get_args(Form), ids=lambda form: str(form.template))
def test_every_form_is_about_something(form: type[Form]) -> None:
    assert orders.subject(filled(form)).startswith("Điều ghi ở ")
    assert orders.subject(form()) == ""


def test_a_thick_book_takes_longer_than_a_form(shelf: Shelf) -> None:
    assert 0 < orders.seconds(Registration()) < orders.seconds(samples.rice(shelf))


@pytest.mark.parametrize(
    ("title", "subject", "name"),
    [
        ("quyển hồ sơ", "Gạo Khẩu Mẹo", "Quyen-ho-so-Gao-Khau-Meo.pdf"),
        ("quyển hồ sơ", "ye\u0302n ma\u0323ch", "Quyen-ho-so-yen-mach.pdf"),
        ("phiếu điểm", "", "Phieu-diem.pdf"),
        ("phiếu điểm", "../../<b>🌾</b>", "Phieu-diem-b-b.pdf"),
        ("sổ", "dài " * 90, f"So{'-dai' * 14}-d.pdf"),
    ],
)
def test_a_file_is_called_what_it_is_in_letters_that_every_office_has(
    title: str, subject: str, name: str
) -> None:
    assert naming.titled(title, subject, "pdf") == name


# -- filled ---------------------------------------------------------------------------------------


def fill(kind: str, about: Model, on: Shelf, found: filling.Found | None = None) -> Filled:
    return filling.fill(kind, orders.written(kind, about), found or {}, on)


def lying(scans: Sequence[Scan]) -> dict[str, list[tuple[str, str]]]:
    return {scan.digest: [(scan.digest, str(scan.path))] for scan in scans}


def scans_of(about: Model) -> list[Scan]:
    book = about
    return [scan for paper in getattr(book, "papers", ()) for scan in paper.scans]


def test_a_form_is_filled_as_it_would_be_at_once(shelf: Shelf) -> None:
    form = Registration(product="Gạo Khẩu Mẹo", producer="HTX Bản Liền")

    pdf, docx = (fill(f"form_01.{ending}", form, shelf) for ending in ("pdf", "docx"))

    assert shelf.path(pdf.part).read_bytes() == drafting.pdf(form)
    assert shelf.path(docx.part).read_bytes() == drafting.docx(form)


@pytest.mark.parametrize("kind", ["card", "plan"])
def test_a_card_is_drawn(kind: str, shelf: Shelf) -> None:
    drawn = fill(kind, CARD, shelf)

    assert shelf.path(drawn.part).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("kind", "about", "beginning"),
    [
        ("timeline", PLANNED, b"\x89PNG"),
        ("calendar", PLANNED, b"BEGIN:VCALENDAR\r\n"),
        ("digest", TOLD, b"\x89PNG"),
        ("digest_xlsx", TOLD, b"PK\x03\x04"),
    ],
)
def test_plans_and_summaries_lie_on_the_shelf_as_what_they_are(
    kind: str, about: Model, beginning: bytes, shelf: Shelf
) -> None:
    done = fill(kind, about, shelf)

    assert done.part.endswith(f".{orders.parts(kind)[1]}")
    assert shelf.path(done.part).read_bytes().startswith(beginning)


def test_a_book_is_filled_with_the_files_that_lie_under_its_hashes(
    printed_shelf: Shelf, shelf: Shelf
) -> None:
    book = samples.rice(printed_shelf)
    bare = tuple(
        replace(it, scans=tuple(Scan(scan.digest, Path()) for scan in it.scans))
        for it in book.papers
    )

    done = fill("book", replace(book, papers=bare), shelf, lying(scans_of(book)))

    as_ever = press.print_book(book, printed_shelf)
    assert shelf.path(done.part).read_bytes() == as_ever.path.read_bytes()
    assert done.pages == len(reading.texts(as_ever.path))
    assert done.lost == ("Bản tự công bố sản phẩm",), "it is locked"


def test_a_book_is_bound_paper_by_paper_as_well(printed_shelf: Shelf) -> None:
    book = samples.rice(printed_shelf)

    done = fill("book_zip", book, printed_shelf, lying(scans_of(book)))

    with zipfile.ZipFile(printed_shelf.path(done.part)) as archive:
        assert len(archive.namelist()) == done.papers == 5


def test_the_clean_page_is_printed_before_the_photo_it_was_made_of(shelf: Shelf) -> None:
    photo, clean = shelf.take_in(b"\xff\xd8\xff broken"), shelf.take_in(samples.photo("Sạch"))
    book = samples.book((samples.paper("Giấy phép", photo, copy="original"),))
    both = [(one.digest, str(one.path)) for one in (clean, photo)]

    with_clean = fill("book", book, shelf, {photo.digest: both})
    without = fill("book", book, shelf, {photo.digest: both[1:]})
    clean_gone = fill("book", book, shelf, {photo.digest: [("0" * 64, "gone"), both[1]]})

    assert with_clean.lost == ()
    assert without.lost == clean_gone.lost == ("Giấy phép",)


@pytest.mark.parametrize("digest", [FILE, "../../etc/passwd", ""])
def test_a_paper_whose_file_is_gone_is_told_of(shelf: Shelf, digest: str) -> None:
    book = samples.book((samples.paper("Giấy phép", Scan(digest, Path())),))

    assert fill("book", book, shelf, {digest: []}).lost == ("Giấy phép",)


def test_a_story_is_printed_with_the_photos_that_are_there(shelf: Shelf) -> None:
    kept, page = shelf.take_in(PHOTO), shelf.take_in(samples.photo("Sạch"))
    broken = shelf.take_in(b"\xff\xd8\xff broken")
    story = Story(
        title="Hạt gạo của cụ",
        photos=(orders.photo(kept.digest, "Nương"), orders.photo(broken.digest, "Bếp")),
    )
    found = lying([page, kept, broken]) | {
        kept.digest: [*lying([page])[page.digest], (kept.digest, str(kept.path))]
    }

    done = fill("story.pdf", story, shelf, found)

    assert orders.files(story) == [kept.digest, broken.digest]
    assert done.lost == ("Bếp",)
    text = "".join(reading.texts(shelf.path(done.part)))
    assert "Nương" in text
    assert "Bếp" not in text


def test_a_hand_fills_orders_too(shelf: Shelf) -> None:
    text = orders.written("form_01.docx", Registration(product="Cốm"))

    answer = crafts.WORKS["fill"](str(shelf.folder), "form_01.docx", text, {})

    assert shelf.has(Filled(**answer).part)
