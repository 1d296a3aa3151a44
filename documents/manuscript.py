"""The manuscript: a book and what its files became, as plain values for the templates."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from documents.book import Book, Criterion, Lacking, Paper, Part
from documents.sheets import FRAME, Opened, Sheet

Manuscript = dict[str, Any]


def written(book: Book, opened: Mapping[str, Opened]) -> tuple[Manuscript, list[Sheet]]:
    """The manuscript, and the sheets that go into its frames by their numbers."""
    desk = _Desk(book, opened)
    chapters = [desk.chapter(part, papers) for part, papers in book.chapters]
    manuscript = {
        "frame": FRAME,
        "producer": _plain_fields(book.producer, "name", "representative", "address", "phone"),
        "product": _plain_fields(book.product, "name", "set_number", "set_name"),
        "case": book.case,
        "round": plain(book.round),
        "rules": plain(book.rules),
        "printed_on": _day(book.printed_on),
        "star": book.star,
        "chapters": chapters,
        "parts": [desk.part(part) for part in book.parts],
        "lacking": [desk.lacking(each) for each in book.sorted_lacking()],
    }
    return manuscript, desk.frames


def plain(text: str) -> str:
    """The text as it can be printed: composed, and without signs that draw nothing."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign if sign.isprintable() else " " for sign in composed).strip()


class _Desk:
    """Numbers the papers and frames as they are written down."""

    def __init__(self, book: Book, opened: Mapping[str, Opened]) -> None:
        self.frames: list[Sheet] = []
        self._book = book
        self._opened = opened
        self._criteria = {each.id: each for part in book.parts for each in part.criteria}
        self._proofs: dict[str, list[int]] = {id_: [] for id_ in self._criteria}
        self._numbers = iter(range(1, len(book.papers) + 1))

    def chapter(self, part: Part | None, papers: tuple[Paper, ...]) -> Manuscript:
        written = [self._paper(paper) for paper in papers]
        if part is None:
            return {"code": None, "papers": written}
        return {**self._heading(part), "papers": written}

    def part(self, part: Part) -> Manuscript:
        return {**self._heading(part), "criteria": [self._criterion(it) for it in part.criteria]}

    def lacking(self, lacking: Lacking) -> Manuscript:
        serves = self._book.in_order(lacking.serves)
        return {"title": plain(lacking.title), "state": lacking.state, "serves": serves}

    def _paper(self, paper: Paper) -> Manuscript:
        number = next(self._numbers)
        serves = self._book.in_order(paper.serves)
        for id_ in serves:
            self._proofs[id_].append(number)
        return {
            "order": number,
            "copy": paper.copy,
            "issued": _day(paper.issued),
            "expires": _day(paper.expires),
            "serves": [{"id": id_, "points": self._criteria[id_].points} for id_ in serves],
            "sheets": list(self._sheets(paper)),
            **_plain_fields(paper, "title", "number", "issuer"),
        }

    def _sheets(self, paper: Paper) -> Iterator[Manuscript]:
        if not paper.scans:
            yield {"lies": False, "frame": None, "refused": None}
        for scan in paper.scans:
            opened = self._opened[scan.digest]
            if opened.refused:
                yield {"lies": False, "frame": None, "refused": opened.refused}
            for sheet in opened.sheets:
                self.frames.append(sheet)
                yield {"lies": sheet.lies, "frame": len(self.frames) - 1, "refused": None}

    def _criterion(self, criterion: Criterion) -> Manuscript:
        told = ("id", "title", "option", "points", "most", "claimed", "wants_proof")
        return {**_plain_fields(criterion, *told), "proofs": self._proofs[criterion.id]}

    def _heading(self, part: Part) -> Manuscript:
        return {**_plain_fields(part, "code", "title"), "points": part.points, "most": part.most}


def _plain_fields(thing: object, *names: str) -> Manuscript:
    values = {name: getattr(thing, name) for name in names}
    return {name: plain(it) if isinstance(it, str) else it for name, it in values.items()}


def _day(day: date | None) -> tuple[int, int, int] | None:
    return (day.year, day.month, day.day) if day else None
