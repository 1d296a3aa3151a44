"""What hands do with documents: open a file for the book, print the book, split it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from documents.sheets import Grade, Sheet
from documents.shelf import Shelf


def _open(shelf: str, path: str, digest: str, grade: list[Any]) -> dict[str, Any]:
    from documents import opening  # noqa: PLC0415 - a hand that prints opens nothing

    opened = opening.open_file(Path(path), digest, Grade(*grade), Shelf(Path(shelf)))
    return {"opened": opened.written().decode()}


def _print(shelf: str, name: str, manuscript: Any, frames: list[list[Any]]) -> dict[str, Any]:
    from documents import mounting, typesetting  # noqa: PLC0415 - one that opens prints nothing

    on, bare = Shelf(Path(shelf)), typesetting.typeset(manuscript)
    hung = [(it.page, Sheet(*frames[it.frame])) for it in bare.places if it.frame is not None]
    on.put(f"{name}.pdf", mounting.mount(bare.pdf, hung, on))
    on.put(f"{name}.json", json.dumps([(it.paper, it.page) for it in bare.places]).encode())
    return {}


def _split(shelf: str, book: str, name: str, files: list[Any], day: list[int]) -> dict[str, Any]:
    from documents import splitting  # noqa: PLC0415 - rarely asked for

    on, (year, month, number) = Shelf(Path(shelf)), day
    on.put(name, splitting.split(on.path(book), files, (year, month, number)))
    return {}


def _fill(shelf: str, kind: str, about: str, found: Any) -> dict[str, Any]:
    from documents import filling  # noqa: PLC0415 - it needs all that prints

    return asdict(filling.fill(kind, about, found, Shelf(Path(shelf))))


def _sheets(shelf: str, path: str, name: str) -> dict[str, Any]:
    from documents import workbooks  # noqa: PLC0415 - rarely asked for

    try:
        Shelf(Path(shelf)).put(name, workbooks.open_workbook(Path(path)))
    except workbooks.Refused as refusal:
        return {"refused": refusal.reason}
    return {}


def _try(paper: str, template: str) -> dict[str, Any]:
    """What an office's Word template lacks for that report, or why it cannot be filled."""
    from documents import orders, own_templates, reports  # noqa: PLC0415 - rarely asked for

    about = orders.read("report_docx", paper)
    assert isinstance(about, reports.ReportPaper)  # noqa: S101 - as it was ordered
    try:
        return asdict(own_templates.tried(Path(template), about))
    except reports.BrokenTemplate as why:
        return {"broken": str(why)}


WORKS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "open": _open,
    "print": _print,
    "split": _split,
    "fill": _fill,
    "sheets": _sheets,
    "try": _try,
}
