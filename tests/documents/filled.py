"""Forms with something in each field, made from the types of their fields."""

import io
import re
import typing
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import count
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from docx import Document
from docx.document import Document as Opened
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # it has no types

from documents import drafting
from documents.book import Criterion, Part
from documents.drafting import TEMPLATES
from documents.forms import Form, SelfAssessment
from documents.forms.form_02 import Evidence
from tests.documents import samples

PHOTO = samples.photo("Bản", (400, 300))
KINDS: tuple[type[Form], ...] = get_args(Form)
PARTS = (
    Part(
        "A",
        "Sản phẩm và sức mạnh của cộng đồng",
        (
            Criterion("1.1", "Nguồn nguyên liệu", "Từ 75% đến 100% trong tỉnh", 3, 3),
            Criterion("1.10", "Liên kết chuỗi", "Có hợp đồng trên 75%", 2, 3),
            Criterion("2.1", "Nguồn gốc ý tưởng", "", 0, 3),
        ),
    ),
    Part("B", "Khả năng tiếp thị", (Criterion("5.1", "Câu chuyện", "Có tờ rơi", 4, 5),)),
    Part(
        "C",
        "Chất lượng sản phẩm",
        (
            Criterion("8.1", "Màu sắc", "Màu tự nhiên", 4, 5, proof_needed=False),
            Criterion("8.2", "Mùi vị", "Không đặc trưng", 0, 5, proof_needed=False),
        ),
    ),
)
EVIDENCE = (
    Evidence("Tờ rơi câu chuyện", ("5.1",), (31, 31)),
    Evidence("Bảng kê mua thóc", ("1.1",), (12, 14)),
    Evidence("Giấy đăng ký hợp tác xã"),
)

HOSTILE = {
    "jinja": "{{ 7*7 }} {% for a in b %} {# c #}",
    "typst": '#panic("a") $x^2$ *đậm* _nghiêng_ `mã` = Đề mục @nhãn <nhãn> \\ //',
    "markup": "<b>&amp; \"A\" 'B' </w:t></w:r>",
    "word": "Khôngcókhoảngtrắng" * 5,
    "lines": "Dòng một\nDòng hai\r\n\r\nDòng ba\tcột\x00\x07\x0c",
    "marks": unicodedata.normalize("NFD", "Nếp nương Bản Liền ướp hương quế"),
    "emoji": "Gạo 🌾 ngon 👍🏽 lắm ❤️",
}
EMOJI = re.compile("[\U0001f000-\U0001faff\ufe0f]")
FOOT = 20 / 25.4 * 72  # points

Write = Callable[[str], str]


def filled(kind: type[Form], write: Write = lambda name: f"Điều ghi ở {name}") -> Form:
    """The form with each text written so, a number after it to tell it from all others."""
    desk = _Desk(write)
    if kind is SelfAssessment:
        given = desk.values(kind) | {"parts": PARTS, "evidence": EVIDENCE}
        return SelfAssessment(**given)
    return kind(**desk.values(kind))


class _Desk:
    """Writes something into each field, by its type."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._numbers = count(101)

    def values(self, kind: Any) -> dict[str, Any]:
        hints = typing.get_type_hints(kind)
        return {field.name: self._value(hints[field.name], field.name) for field in fields(kind)}

    def _value(self, kind: Any, name: str) -> Any:
        if get_origin(kind) in (Union, UnionType):
            kind = next(each for each in get_args(kind) if each is not NoneType)
        if get_origin(kind) is Literal:
            return get_args(kind)[0]
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind)[0], name)
        if kind is str:
            return f"{self._write(name)} {next(self._numbers)}"
        if is_dataclass(kind) and isinstance(kind, type):
            return kind(**self.values(kind))
        return {int: next(self._numbers), bool: True, bytes: PHOTO}[kind]

    def _tuple(self, kind: Any, name: str) -> tuple[Any, ...]:
        if get_origin(kind) is Literal:
            return get_args(kind)
        return (3, 12) if kind is int else (self._value(kind, name), self._value(kind, name))


def leaves(value: Any) -> Iterator[str]:
    """The texts in the values of a form."""
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from leaves(each)
        case dict():
            yield from leaves(list(value.values()))


def squeezed(text: str) -> str:
    """Without the spaces, which break lines in one output where they do not in the other."""
    return "".join(text.split()).replace("\u200b", "").replace("\ufffe", "")


@cache
def both(form: Form) -> tuple[str, str]:
    """What the file to edit says, and what the pages to print say."""
    return docx_text(drafting.docx(form)), pdf_text(drafting.pdf(form))


def chosen(kind: type[Form]) -> set[str]:
    """What stands for a tick, and is not itself printed."""
    text = (TEMPLATES / f"forms/{kind.template}.yaml").read_text(encoding="utf-8")
    return {"yes", "no", *re.findall(r"[=~](\w+)\}", text)}


def docx_text(content: bytes) -> str:
    """All that stands in the file, its foot too, without spaces."""
    document: Opened = Document(io.BytesIO(content))
    foot = document.sections[0].footer
    texts = [
        each.text or ""
        for each in (*document.element.iter(), *foot._element.iter())
        if each.tag.endswith("}t")
    ]
    return squeezed("".join(texts))


def pdf_text(content: bytes) -> str:
    """All that stands on the pages and then at their feet, without spaces."""
    document = PdfDocument(content)
    try:
        pages = [page.get_textpage() for page in document]
        texts = [page.get_text_bounded(bottom=FOOT) for page in pages]
        texts += [page.get_text_bounded(top=FOOT) for page in pages]
    finally:
        document.close()
    return squeezed("".join(texts))
