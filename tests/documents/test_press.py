"""The printed book, read and looked at: numbers, order, marks, pictures, and its bytes."""

import io
import json
import shutil
import zipfile
from dataclasses import astuple, replace
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from PIL import Image

from documents import crafts, manuscript, press, splitting
from documents.book import Book, Scan
from documents.press import Printed
from documents.sheets import FRAME, Reason
from documents.shelf import Shelf
from tests.documents import reading, samples
from tests.documents.samples import A4, book, document, paper, photo, saved


def drawn(pdf: Path, number: int) -> Image.Image:
    """The page of that number as it is seen, two dots a point."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = opened[number - 1].render(scale=2).to_pil()
        return picture
    finally:
        opened.close()


def page_of(printed: Printed, title: str) -> int:
    return next(pages.first for pages in printed.papers if pages.paper.title.startswith(title))


def dark(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Where anything is drawn on white."""
    return picture.convert("L").point(lambda light: 255 if light < 200 else 0).getbbox()


def test_the_index_says_the_page_on_which_each_paper_stands(
    printed: Printed, pages: list[str]
) -> None:
    standing = reading.standing(pages)

    assert reading.index(pages) == standing
    assert list(standing) == list(range(1, len(printed.papers) + 1))
    assert list(standing.values()) == [(it.first, it.last) for it in printed.papers]


def test_the_table_of_points_leads_to_each_proof_of_each_criterion(
    rice: Book, pages: list[str]
) -> None:
    standing, said = reading.standing(pages), reading.scores(pages)

    assert len(said) == sum(len(each.serves) for each in rice.papers)
    assert all(standing[paper] == span for paper, span in said)


def test_every_page_bears_its_number(pages: list[str]) -> None:
    total = str(len(pages))

    assert reading.numbered(pages) == [(str(each), total) for each in range(1, len(pages) + 1)]


def test_a_click_in_the_index_opens_the_paper(printed: Printed, pages: list[str]) -> None:
    place = next(number for number, text in enumerate(pages) if text.startswith(reading.INDEX))
    with pikepdf.open(printed.path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.Root.Pages.Kids, 1)}
        named = pikepdf.NameTree(pdf.Root.Names.Dests)
        aims = [named[str(note.Dest)] for note in pdf.pages[place].Annots]

    assert [numbers[aim[0].objgen] for aim in aims] == [it.first for it in printed.papers]


def test_bookmarks_name_the_chapters_and_the_papers(printed: Printed) -> None:
    with pikepdf.open(printed.path) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        inside = [child.title for item in outline.root for child in item.children]

    assert "Phần A. Sản phẩm và sức mạnh của cộng đồng" in titles
    assert len(inside) == len(printed.papers)


def test_each_part_begins_with_a_page_that_lists_its_papers(pages: list[str]) -> None:
    part = next(text for text in pages if text.startswith("Phần A. "))

    assert "Tự chấm 9/11 điểm" in part
    assert "Hợp đồng liên kết sản xuất, tiêu thụ 1.5 tr. 12–15" in part


def test_a_part_without_papers_has_no_page_of_its_own(shelf: Shelf) -> None:
    story = paper("Câu chuyện", shelf.take_in(photo("Câu chuyện")), serves=("5.1",))

    printed = press.print_book(book((story,)), shelf)
    pages = reading.texts(printed.path)

    assert [text[:7] for text in pages if text.startswith("Phần ")] == ["Phần B."]
    assert not [text for text in pages if "Phần A" in text and text.startswith("Mục lục")]
    assert reading.index(pages) == reading.standing(pages) == {1: (len(pages), len(pages))}
    assert reading.numbered(pages)[-1] == (str(len(pages)), str(len(pages)))


def test_the_table_of_points_tells_0_from_no_answer_and_asks_proof_only_where_it_is_due(
    pages: list[str],
) -> None:
    table = " ".join(next(text for text in pages if text.startswith(reading.SCORES)).split())

    assert "8.4 Mùi vị Không có mùi lạ 0/3 8.6" in table
    assert "8.6 Hạn sử dụng Ghi đủ trên nhãn 1/1 Chưa có minh chứng 9.1" in table
    assert "9.1 Đảm bảo chất lượng sản phẩm –/5 Tổng cộng" in table


def test_the_cover_says_whose_what_by_which_rules_and_that_it_is_a_draft(pages: list[str]) -> None:
    for words in (
        "HỢP TÁC XÃ NÔNG NGHIỆP HỮU CƠ BẢN LIỀN",
        "Gạo Khẩu Mẹo Bản Liền",
        "Đánh giá, phân hạng lần đầu",
        "Quyết định số 26/2026/QĐ-TTg ngày 22/5/2026",
        "18/30 điểm, đề nghị hạng 4 sao",
        "Bản nháp: còn thiếu 3 giấy tờ",
        f"6 minh chứng, {len(pages)} trang",
    ):
        assert words in pages[0]


def test_what_is_lacking_or_could_not_be_printed_is_listed(pages: list[str]) -> None:
    listed = next(text for text in pages if text.startswith("Giấy tờ còn thiếu"))

    assert listed.index("Danh sách lao động") < listed.index("Phiếu kiểm nghiệm trong 12 tháng")
    assert "Hết hạn" in listed
    assert "Tệp có mật khẩu" in listed


def test_a_whole_book_is_no_draft_and_lists_nothing_lacking(shelf: Shelf) -> None:
    story = paper("Câu chuyện", shelf.take_in(photo("Câu chuyện")), serves=("5.1",))

    pages = reading.texts(press.print_book(book((story,)), shelf).path)

    assert "Bản nháp" not in pages[0]
    assert not [text for text in pages if "còn thiếu" in text]


def test_a_file_that_cannot_be_opened_is_named_and_leaves_a_page_that_says_so(
    printed: Printed, pages: list[str]
) -> None:
    (fault,) = printed.faults

    assert (fault.paper.title, fault.reason) == ("Bản tự công bố sản phẩm", Reason.LOCKED)
    assert "Tờ này chưa in được" in pages[page_of(printed, "Bản tự công bố") - 1]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Phiếu đăng ký", "BẢN CHÍNH"),
        ("Giấy chứng nhận", "BẢN SAO CÓ CHỨNG THỰC"),
        ("Hợp đồng", "BẢN CHỤP"),
    ],
)
def test_each_page_says_what_kind_of_copy_it_is(
    printed: Printed, pages: list[str], title: str, words: str
) -> None:
    assert words in pages[page_of(printed, title) - 1]


def test_samples_are_no_copy_of_anything(printed: Printed, pages: list[str]) -> None:
    page = pages[page_of(printed, "Sản phẩm mẫu") - 1]

    assert "Nộp kèm hiện vật hoặc bản giấy." in page
    assert "BẢN" not in page.replace("BẢN LIỀN", "")


def test_uploaded_pages_keep_their_text_and_lie_on_their_side_when_they_did(
    printed: Printed, pages: list[str]
) -> None:
    first = page_of(printed, "Hợp đồng")

    assert [
        text[text.index("Contract") :].split("\n")[0] for text in pages[first - 1 : first + 2]
    ] == ["Contract 1", "Contract 2", "Contract 3"]
    with pikepdf.open(printed.path) as pdf:
        boxes = [[round(float(side)) for side in it.mediabox] for it in pdf.pages]
    assert boxes[first - 1] == boxes[0] == [0, 0, 595, 842]
    assert boxes[first + 1] == [0, 0, 842, 595]


@pytest.mark.parametrize("title", ["Giấy chứng nhận", "Hợp đồng", "Câu chuyện", "Phiếu đăng ký"])
def test_a_sheet_fills_its_frame_and_leaves_head_and_foot_free(
    printed: Printed, title: str
) -> None:
    page = drawn(printed.path, page_of(printed, title))
    dots = 144 / 25.4
    left, top = FRAME["left"] * dots, FRAME["top"] * dots
    right, low = page.width - FRAME["right"] * dots, page.height - FRAME["bottom"] * dots
    inside = page.crop((round(left), round(top), round(right), round(low)))
    beside = (
        page.crop((0, 0, round(left) - 2, page.height)),
        page.crop((round(right) + 2, 0, page.width, page.height)),
    )

    box = dark(inside)

    assert box is not None
    assert max((box[2] - box[0]) / inside.width, (box[3] - box[1]) / inside.height) > 0.8
    assert [dark(each) for each in beside] == [None, None]
    assert dark(page.crop((0, 0, page.width, round(top) - 4)))


def test_the_fonts_are_inside_the_book(printed: Printed) -> None:
    with pikepdf.open(printed.path) as pdf:
        described = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]

        assert [str(it.FontName) for it in described if "BeVietnamPro" in str(it.FontName)]
        assert all({"/FontFile2", "/FontFile3"} & set(it.keys()) for it in described)


def test_the_same_book_makes_the_same_bytes_whoever_prints_it(
    rice: Book, printed: Printed, printed_shelf: Shelf
) -> None:
    scans = [scan for paper in rice.papers for scan in paper.scans]
    opened = {scan.digest: press.examine(scan, printed_shelf) for scan in scans}
    written, frames = manuscript.written(rice, opened)
    task = {"manuscript": written, "frames": [astuple(sheet) for sheet in frames]}
    asked = json.loads(json.dumps({"shelf": str(printed_shelf.folder), "name": "by-hand", **task}))

    crafts.WORKS["print"](**asked)

    by_hand = printed_shelf.path("by-hand.pdf").read_bytes()
    assert by_hand == printed.path.read_bytes()


def test_only_the_changed_paper_is_opened_again(shelf: Shelf) -> None:
    first, second = (paper(it, shelf.take_in(photo(it)), serves=("1.1",)) for it in ("Một", "Hai"))
    whole = book((first, second))
    changed = book((first, replace(second, scans=(shelf.take_in(photo("Ba")),))))

    opened = [press.print_book(each, shelf).newly_opened for each in (whole, whole, changed)]

    assert opened == [2, 0, 1]


def test_a_shelf_that_was_emptied_is_filled_again_with_the_same(
    shelf: Shelf, tmp_path: Path
) -> None:
    whole = book((paper("Một", Shelf(tmp_path).take_in(photo("Một"))),))
    before = press.print_book(whole, shelf).path.read_bytes()
    shutil.rmtree(shelf.folder)

    assert press.print_book(whole, shelf).path.read_bytes() == before


def test_a_photo_that_serves_two_papers_is_kept_once(shelf: Shelf) -> None:
    scan = shelf.take_in(photo("Kho lúa"))
    printed = press.print_book(book((paper("Một", scan), paper("Hai", scan))), shelf)

    with pikepdf.open(printed.path) as pdf:
        pictures = [
            it
            for it in pdf.objects
            if isinstance(it, pikepdf.Stream) and it.get("/Subtype") == "/Image"
        ]
    assert (printed.newly_opened, len(pictures)) == (1, 1)


def test_a_file_that_is_gone_does_not_stop_the_book(shelf: Shelf) -> None:
    gone = Scan("0" * 64, shelf.folder / "gone.jpg")

    (fault,) = press.print_book(book((paper("Một", gone),)), shelf).faults

    assert fault.reason == Reason.GONE


def test_words_of_people_are_never_markup(shelf: Shelf) -> None:
    title = "#panic() $x$ *Giấy* _tờ_ <mc-1> \\ `x` \u0000\u200b{{ 7*7 }}"
    printed = press.print_book(book((paper(title, shelf.take_in(photo("Một"))),)), shelf)

    head = reading.texts(printed.path)[printed.papers[0].first - 1]

    assert "#panic() $x$ *Giấy* _tờ_ <mc-1> \\ `x`" in head
    assert "{{ 7*7 }}" in head


def test_a_paper_of_many_words_and_criteria_keeps_its_head_in_its_place(shelf: Shelf) -> None:
    ids = tuple(it.id for part in samples.PARTS for it in part.criteria)
    long = paper("Giấy xác nhận rất dài " * 20, shelf.take_in(saved(document(A4))), serves=ids)
    printed = press.print_book(book((long,)), shelf)

    page = drawn(printed.path, printed.papers[0].first)

    gap = page.crop((0, round(FRAME["top"] * 144 / 25.4) - 4, page.width, 140))
    assert dark(gap) is None
    assert len(reading.standing(reading.texts(printed.path))) == 1


def test_the_book_split_holds_each_paper_under_a_name_that_sorts_as_it_stands(
    rice: Book, printed: Printed, printed_shelf: Shelf
) -> None:
    with zipfile.ZipFile(press.split_book(rice, printed, printed_shelf)) as archive:
        names = archive.namelist()
        contract = archive.read(names[2])

    assert names == sorted(names)
    assert names[0] == "01_phieu-dang-ky-mau-so-01.pdf"
    assert names[2] == "04_1.5_hop-dong-lien-ket-san-xuat-tieu-thu.pdf"
    assert len(names) == sum(bool(each.scans) for each in rice.papers)
    with pikepdf.open(io.BytesIO(contract)) as part:
        assert len(part.pages) == 4
    again = splitting.split(printed.path, [(names[2], 12, 15)], (2026, 11, 23))
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert archive.read(names[2]) == contract
