"""Strokes of a Word document that tools/build_forms.py draws with."""

from collections.abc import Iterator
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SHAPES = {"side", "before", "after", "indent", "first", "kept"}
SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def shape(paragraph: Any, **how: Any) -> None:
    """Set the paragraph to its side, in millimetres and points."""
    form = paragraph.paragraph_format
    form.alignment = SIDES[how.get("side", "left")]
    form.keep_with_next = how.get("kept")
    for name, place, unit in (
        ("before", "space_before", Pt),
        ("after", "space_after", Pt),
        ("indent", "left_indent", Mm),
        ("first", "first_line_indent", Mm),
    ):
        if name in how:
            setattr(form, place, unit(how[name]))


def gap(paragraph: Any, points: float) -> None:
    """Let the paragraph, of which nothing is seen, be exactly so high."""
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), Pt(points)


def write(paragraph: Any, said: str, **look: Any) -> None:
    """Add the words to the paragraph, in that look."""
    run = paragraph.add_run(said)  # which makes breaks of line ends, and tabs of tabs
    run.bold, run.italic = look.get("bold"), look.get("italic")
    run.underline, run.font.all_caps = look.get("underline"), look.get("caps")
    if "size" in look:
        run.font.size = Pt(look["size"])


def field(instruction: str) -> Any:
    """A figure that Word itself keeps: PAGE or NUMPAGES."""
    found, run, figure = (OxmlElement(f"w:{name}") for name in ("fldSimple", "r", "t"))
    found.set(qn("w:instr"), instruction)
    size, look = OxmlElement("w:sz"), OxmlElement("w:rPr")
    size.set(qn("w:val"), "18")
    look.append(size)
    figure.text = "1"
    run.extend((look, figure))
    found.append(run)
    return found


def put(cell: Any, said: str, **look: Any) -> None:
    """Say it in the first paragraph of the cell."""
    shape(cell.paragraphs[0], side=look.pop("side", "left"), after=0)
    write(cell.paragraphs[0], said, size=11, **look)


def drop_first(*cells: Any) -> None:
    """A new cell holds an empty paragraph; what was said stands after it."""
    for cell in cells:
        cell._tc.remove(cell.paragraphs[0]._p)  # noqa: SLF001 - python-docx cannot remove


def set_widths(table: Any, widths: list[float]) -> None:
    """Make the columns so wide, in millimetres, in rows with merged cells too."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, _spanned(row, widths), strict=True):  # noqa: SLF001
            cell.width = Mm(width)


def _spanned(row: Any, widths: list[float]) -> Iterator[float]:
    left = iter(widths)
    for cell in row._tr.tc_lst:  # noqa: SLF001 - row.cells would tell a merged cell many times
        yield sum(next(left) for _ in range(cell.grid_span))


def keep_whole(row: Any) -> None:
    """Let no page cut the row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def repeat(row: Any) -> None:
    """Let the row stand above the table on each of its pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
