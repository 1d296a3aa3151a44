"""Certificates and letters as offices print them; the same number is always the same page."""

import functools
import io
import random
from dataclasses import dataclass

import numpy as np
import typst
from PIL import Image

from papers.pixels import Pixels

DOTS = 150  # an inch; an A4 page is 1,240 × 1,754 then
KINDS = ("award", "safety", "business", "report", "pledge", "short")

_HOLDERS = (
    "HỢP TÁC XÃ NÔNG NGHIỆP BẢN LIỀN",
    "HỢP TÁC XÃ CHÈ SHAN TUYẾT HOÀNG THU PHỐ",
    "CÔNG TY TNHH MẬT ONG TÂY BẮC",
    "HỘ KINH DOANH VÀNG THỊ MAI",
    "TỔ HỢP TÁC RƯỢU NGÔ CỐC LẦU",
    "HỢP TÁC XÃ DƯỢC LIỆU NẬM LÚC",
)
_PAPERS = ("#ffffff", "#ffffff", "#fdfbf4", "#fff6e0", "#fdeff0", "#eef7ee")
_PRODUCTS = ("Gạo Khẩu Mẹo", "Chè Shan tuyết", "Mật ong bạc hà", "Rượu ngô men lá", "Thịt lợn sấy")
_TEXT = (
    "cơ sở sản xuất bảo đảm đủ điều kiện an toàn thực phẩm theo quy định của pháp luật hiện hành "
    "chúng tôi cam kết thu gom xử lý chất thải không xả nước bẩn ra suối và giữ sạch nguồn nước "
    "nguyên liệu được trồng tại địa phương do bà con trong xã chăm sóc và thu hái bằng tay"
)
_WORDS = tuple(_TEXT.split())
_HEADS = {
    "award": "GIẤY CHỨNG NHẬN SẢN PHẨM OCOP",
    "safety": "GIẤY CHỨNG NHẬN CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM",
    "business": "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ",
    "report": "PHIẾU KẾT QUẢ THỬ NGHIỆM",
    "pledge": "BẢN CAM KẾT BẢO VỆ MÔI TRƯỜNG",
    "short": "GIẤY XÁC NHẬN",
}
_CODES = {
    "award": "QĐ-UBND",
    "safety": "NNPTNT-LC",
    "business": "ĐKHTX",
    "report": "KN-TT3",
    "pledge": "CK-BVMT",
    "short": "XN-UBND",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a page says, and the page."""

    kind: str
    number: str
    issued: str
    expires: str
    holder: str
    pixels: Pixels


@functools.lru_cache(maxsize=64)
def certificate(seed: int) -> Certificate:
    """The page of that number; neighbouring numbers are of different kinds."""
    dice = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    year, month, day = dice.randint(2021, 2026), dice.randint(1, 12), dice.randint(1, 28)
    number = f"{dice.randint(1, 999):02d}/{year}/{_CODES[kind]}"
    holder = dice.choice(_HOLDERS)
    issued, expires = f"{day:02d}/{month:02d}/{year}", f"{day:02d}/{month:02d}/{year + 3}"
    return drawn(kind, dice, number, (issued, expires), holder)


def drawn(
    kind: str, dice: random.Random, number: str, dates: tuple[str, str], holder: str
) -> Certificate:
    """The page of that kind that says this; all else on it is the dice's."""
    source = _page(kind, dice, number, dates, holder)
    png = typst.compile(source.encode(), format="png", ppi=DOTS)
    assert isinstance(png, bytes)
    with Image.open(io.BytesIO(png)) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    return Certificate(kind, number, *dates, holder, pixels)


def _page(kind: str, dice: random.Random, number: str, dates: tuple[str, str], holder: str) -> str:
    issued, expires = dates
    day, month, year = issued.split("/")
    return "\n".join(
        [
            _sheet(kind, dice.choice(_PAPERS)),
            _opening(dice, number, f"ngày {day} tháng {month} năm {year}"),
            _heading(kind),
            f"#v(4mm) Cấp cho: *{holder}* \\ Địa chỉ: thôn {dice.randint(1, 9)},",
            f"xã Bản Liền, tỉnh Lào Cai \\ Sản phẩm: {dice.choice(_PRODUCTS)} \\ ",
            _middle(kind, dice),
            "" if kind == "pledge" else f"\n\nCó giá trị đến ngày {expires}.",
            _ending(dice),
        ]
    )


def _heading(kind: str) -> str:
    size = 20 if kind == "award" else 16
    colour = "rgb(190, 20, 20)" if kind in {"award", "safety"} else "black"
    words = f'text({size}pt, weight: "bold", fill: {colour})[{_HEADS[kind]}]'
    return f"#align(center, {words})"


def _sheet(kind: str, paper: str) -> str:
    frame = {
        "award": "rect(width: 94%, height: 92%, stroke: 5pt + rgb(200, 150, 30), "
        "inset: 4pt, rect(width: 100%, height: 100%, stroke: 1pt + rgb(190, 20, 20)))",
        "safety": "rect(width: 92%, height: 94%, stroke: 2pt + rgb(20, 60, 150))",
    }.get(kind, "none")
    background = f"background: {frame}, " if frame != "none" else ""
    return (
        f'#set page(paper: "a4", flipped: {str(kind == "award").lower()}, {background}'
        f'fill: rgb("{paper}"), margin: 20mm)\n#set text(size: 12pt, lang: "vi")\n'
        "#set par(leading: 0.9em)"
    )


def _opening(dice: random.Random, number: str, day: str) -> str:
    return (
        "#grid(columns: (1fr, 1.4fr), align: center, [ỦY BAN NHÂN DÂN \\ *TỈNH LÀO CAI* \\ "
        f"Số: {number}], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ _Độc lập – Tự do – Hạnh phúc_ \\ "
        f"Lào Cai, {day}])\n#v({dice.randint(5, 12)}mm)"
    )


def _middle(kind: str, dice: random.Random) -> str:
    if kind == "report":
        cells = ", ".join(
            f"[{row}], [{dice.choice(_WORDS).capitalize()} {dice.choice(_WORDS)}], "
            f"[{dice.random() * 9:.2f}], [mg/kg], [TCVN {dice.randint(4000, 9999)}:2012]"
            for row in range(1, dice.randint(9, 17))
        )
        return (
            "#set text(size: 10pt)\n#table(columns: 5, inset: 5pt, [STT], [Chỉ tiêu], "
            f"[Kết quả], [Đơn vị], [Phương pháp], {cells})"
        )
    paragraphs = {"award": 1, "safety": 3, "business": 4, "pledge": 5, "short": 1}[kind]
    return "\n\n".join(_paragraph(dice) for _ in range(paragraphs))


def _paragraph(dice: random.Random) -> str:
    return " ".join(dice.choice(_WORDS) for _ in range(dice.randint(25, 60))).capitalize() + "."


def _ending(dice: random.Random) -> str:
    turn = dice.randint(-14, 14)
    return (
        "\n#v(4mm)\n#align(right, box(width: 60mm, align(center)[*KT. CHỦ TỊCH* \\ "
        f"PHÓ CHỦ TỊCH \\ #v(1mm) #rotate({turn}deg, circle(radius: 15mm, stroke: 1.6pt + "
        "rgb(215, 30, 40, 210), inset: 3mm)[#set text(size: 8pt, fill: rgb(215, 30, 40, 210))\n"
        "#align(center + horizon)[ỦY BAN \\ NHÂN DÂN \\ ★]]) \\ Nguyễn Văn An]))"
    )
