"""Draw the papers that transcripts send: photos of certificates, and a PDF, into tests/chats/giay.

.venv/bin/python -m tools.draw_papers
"""

import io
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import typst
from PIL import Image

from tests.papers import photos
from tests.papers.certificates import Certificate, drawn

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "chats" / "giay"
LONGEST = 1500  # pixels
QUALITY = 50  # small files, and not a letter harder to read
HOLDER = "HTX Bản Liền"
DICE = Random(1)  # noqa: S311 - nobody is to be surprised
SAFETY = drawn("safety", DICE, "12/2025/NNPTNT-LC", ("01/03/2025", "01/03/2028"), HOLDER)
REPORT = drawn("report", DICE, "345/2026/KN-TT3", ("12/08/2026", "12/08/2027"), HOLDER)
PHOTOS: dict[str, tuple[str, int, Certificate]] = {
    "attp": ("plain", 1, SAFETY),
    "attp-mo": ("out_of_focus", 1, SAFETY),
    "kiem-nghiem": ("plain", 2, REPORT),
    "cat-goc": ("cut_corner", 1, SAFETY),
}
DECLARATION = """
#set page(paper: "a4", margin: 25mm)
#set text(size: 12pt, lang: "vi")
#align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ _Độc lập – Tự do – Hạnh phúc_]
#v(8mm)
#align(center)[*BẢN TỰ CÔNG BỐ SẢN PHẨM* \\ Số: 01/2026/TCB]
#v(6mm)
Tên đơn vị: HTX BẢN LIỀN \\
Địa chỉ: xã Bản Liền, tỉnh Lào Cai \\
Tên sản phẩm: Gạo Khẩu Mẹo Bản Liền \\
Thành phần: gạo nếp nương. Cách đóng gói: túi 2 kg.

Bản Liền, ngày 05 tháng 06 năm 2026
#pagebreak()
*PHỤ LỤC* \\ Mẫu nhãn sản phẩm và phiếu kết quả thử nghiệm kèm theo.
"""


def photo(kind: str, number: int, shown: Certificate) -> bytes:
    """Take a photo of a certificate, as small as messengers make them."""
    content = io.BytesIO()
    with Image.open(io.BytesIO(photos.photo(kind, number, shown).content)) as taken:
        taken.thumbnail((LONGEST, LONGEST))
        taken.save(content, "JPEG", quality=QUALITY, optimize=True)
    return content.getvalue()


def declaration() -> bytes:
    """Print a declaration of two pages, as from a computer."""
    pdf = typst.compile(DECLARATION.encode(), timestamp=datetime(2026, 6, 5, tzinfo=UTC))
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def main() -> None:
    """Draw all of them anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, about in PHOTOS.items():
        (FOLDER / f"{name}.jpg").write_bytes(photo(*about))
    (FOLDER / "cong-bo.pdf").write_bytes(declaration())


if __name__ == "__main__":
    main()
