"""Books, photos and PDFs to print, drawn here."""

import io
from collections.abc import Mapping
from datetime import date
from functools import cache

import pikepdf
from fontpkg_be_vietnam_pro import ROOT as FONTS  # type: ignore[import-untyped]  # it has none
from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageDraw, ImageFont

from documents.book import (
    Book,
    Copy,
    Criterion,
    Lacking,
    Paper,
    Part,
    Producer,
    Product,
    Scan,
)
from documents.shelf import Shelf

A4 = (595, 842)
LYING = (842, 595)


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "files" / "BeVietnamPro-Regular.ttf", size)


def photo(
    text: str, size: tuple[int, int] = (600, 850), kind: str = "JPEG", **how: object
) -> bytes:
    """A page with that text large on it and some lines below."""
    picture = Image.new("RGB", size, (250, 249, 246))
    draw = ImageDraw.Draw(picture)
    step = min(size) // 16
    draw.text((step, step), text, font=letters(step), fill=(25, 25, 30))
    for line in range(8):
        below = step * (4 + line)
        draw.text((step, below), "Hợp tác xã nông nghiệp cam kết", font=letters(step // 2), fill=0)
    draw.ellipse(
        [size[0] - 5 * step, size[1] - 5 * step, size[0] - step, size[1] - step],
        outline=(190, 30, 40),
        width=max(2, step // 8),
    )
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def document(*pages: tuple[int, int], text: str = "Uploaded page") -> Pdf:
    """A PDF with pages of those sizes, each with the text and its number."""
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for number, (width, height) in enumerate(pages, 1):
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        words = f"BT /F1 24 Tf 60 {height - 90} Td ({text} {number}) Tj ET"
        drawn = f"{words} 1 0 0 RG 40 40 {width - 80} {height - 80} re S"
        page.obj.Contents = pdf.make_stream(drawn.encode())
    return pdf


def saved(pdf: Pdf, **how: object) -> bytes:
    written = io.BytesIO()
    pdf.save(written, static_id=True, **how)  # type: ignore[arg-type]  # whatever save knows
    return written.getvalue()


def paper(
    title: str, *scans: Scan, copy: Copy = "plain", serves: tuple[str, ...] = (), **more: object
) -> Paper:
    return Paper(title, copy, scans, serves, **more)  # type: ignore[arg-type]  # its other fields


PARTS = (
    Part(
        "A",
        "Sản phẩm và sức mạnh của cộng đồng",
        (
            Criterion(
                "1.1", "Nguồn gốc sản phẩm", "Trồng trên địa bàn cấp xã từ 75% đến 100%", 3, 3
            ),
            Criterion(
                "1.5",
                "Liên kết chuỗi trong sản xuất",
                "Có hợp đồng liên kết trên 75% sản lượng tiêu thụ",
                2,
                3,
            ),
            Criterion(
                "3.1", "Sử dụng lao động địa phương", "Trên 80% lao động là người trong xã", 4, 5
            ),
        ),
    ),
    Part(
        "B",
        "Khả năng tiếp thị",
        (
            Criterion(
                "5.1", "Câu chuyện sản phẩm", "Có câu chuyện được viết và công bố trên bao bì", 4, 5
            ),
        ),
    ),
    Part(
        "C",
        "Chất lượng sản phẩm",
        (
            Criterion(
                "8.1",
                "Công bố chất lượng sản phẩm",
                "Bản tự công bố và phiếu kiểm nghiệm đạt",
                4,
                5,
            ),
            Criterion("8.4", "Mùi vị", "Không có mùi lạ", 0, 3, proof_needed=False),
            Criterion("8.6", "Hạn sử dụng", "Ghi đủ trên nhãn", 1, 1),
            Criterion("9.1", "Đảm bảo chất lượng sản phẩm", "", 0, 5),
        ),
    ),
)


def book(papers: tuple[Paper, ...], **changes: object) -> Book:
    """The dossier of the rice of Bản Liền with those papers."""
    whole: Mapping[str, object] = {
        "producer": Producer(
            "Hợp tác xã Nông nghiệp hữu cơ Bản Liền",
            "Vàng A Bình",
            "Thôn Đội 2, xã Bản Liền, tỉnh Lào Cai",
            "0912 345 678",
        ),
        "product": Product("Gạo Khẩu Mẹo Bản Liền", 3, "Gạo, ngũ cốc, hạt sơ chế"),
        "case": "first",
        "round": "Đợt 1 năm 2027, tỉnh Lào Cai",
        "rules": "Quyết định số 26/2026/QĐ-TTg ngày 22/5/2026",
        "printed_on": date(2026, 11, 23),
        "parts": PARTS,
        "papers": papers,
        "star": 4,
    }
    return Book(**{**whole, **changes})  # type: ignore[arg-type]  # the fields of a book


def rice(shelf: Shelf) -> Book:
    """A small dossier with photos, PDFs, a page on its side, and papers that are lacking."""
    certificate, contract, store, story = (
        shelf.take_in(photo("Giấy chứng nhận ATTP")),
        shelf.take_in(saved(document(A4, A4, LYING, text="Contract"))),
        shelf.take_in(photo("Kho lúa", (1600, 1200))),
        shelf.take_in(photo("Câu chuyện", (900, 1600), "PNG")),
    )
    locked = pikepdf.Encryption(owner="a", user="b")
    closed = shelf.take_in(saved(document(A4), encryption=locked))
    return book(
        (
            paper("Bản tự công bố sản phẩm", closed, serves=("8.1",), copy="original"),
            paper("Câu chuyện sản phẩm Gạo Khẩu Mẹo", story, serves=("5.1",), copy="original"),
            paper(
                "Hợp đồng liên kết sản xuất, tiêu thụ",
                contract,
                store,
                serves=("1.5",),
                number="02/2026/HĐLK",
                issued=date(2026, 3, 1),
            ),
            paper(
                "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
                certificate,
                certificate,
                serves=("8.1", "1.1"),
                copy="certified",
                number="125/2025/NNPTNT-LCA",
                issuer="Sở Nông nghiệp và Môi trường tỉnh Lào Cai",
                issued=date(2025, 6, 12),
                expires=date(2028, 6, 12),
            ),
            paper("Phiếu đăng ký (Mẫu số 01)", store, copy="original"),
            paper("Sản phẩm mẫu (5 mẫu)", copy="original"),
        ),
        lacking=(
            Lacking("Phiếu kiểm nghiệm trong 12 tháng", "expired", ("8.1",)),
            Lacking("Danh sách lao động đóng bảo hiểm, có nơi thường trú", "missing", ("3.1",)),
        ),
    )
