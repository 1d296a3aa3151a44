"""Typesetting: the book's words, tables and empty frames become pages, and Typst counts them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "documents"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a paper came to stand; ``frame`` is the sheet it waits for, if any."""

    paper: int
    page: int
    frame: int | None


@dataclass(frozen=True, slots=True)
class TypesetBook:
    """The pages, their frames still empty."""

    pdf: bytes
    places: tuple[Place, ...]


def typeset(manuscript: Mapping[str, Any]) -> TypesetBook:
    """Lay out the book; the same manuscript makes the same bytes."""
    import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]  # noqa: PLC0415 - it has none
    import typst  # noqa: PLC0415 - 80 MB that only printing needs

    compiler = typst.Compiler(
        TEMPLATES / "book.typ",
        root=TEMPLATES,
        font_paths=[fontpkg_be_vietnam_pro.ROOT],
        ignore_system_fonts=True,
        sys_inputs={"book": json.dumps(manuscript)},
    )
    year, month, day = manuscript["printed_on"]
    printed_on = datetime(year, month, day, tzinfo=UTC)
    pdf = compiler.compile(format="pdf", timestamp=printed_on, pdf_tags=False)
    found = json.loads(compiler.query("<sheet>", field="value"))
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return TypesetBook(pdf, tuple(Place(**place) for place in found))
