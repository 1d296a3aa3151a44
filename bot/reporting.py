"""Reports by the command line: the figures of an area and of years, and the papers of a meeting."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from bot import clock
from bot.settings import Settings
from documents import annex, naming, report_words, reports
from documents.reports import ReportPaper
from handlers.officer import naming as places_named
from handlers.officer import own_office
from programme import reports as made_of
from programme.firings import day_of
from programme.places import places
from programme.reports import Report, Wanted
from storage import migrate, officers, report_rows
from storage.database import Database, Transaction
from storage.files import Files
from storage.report_area import Part
from storage.report_rows import Reach

KINDS = made_of.KINDS
_YEARS = re.compile(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?")
_CODE = re.compile(r"\d{2}|\d{5}")


class WrongReport(Exception):
    """There is no such report; the message says what would do."""


class Asked(NamedTuple):
    """A report as it is asked for: its kind, a year or two with a line between, an area's name."""

    kind: str
    years: str
    area: str = ""


def run(settings: Settings, asked: Asked, *, as_json: bool = False, out: Path | None = None) -> int:
    """Print the figures of a report; or write its papers into a folder. Raises WrongReport."""
    migrate.upgrade(settings.database)
    with closing(Database(settings.database)) as database, database.reading() as tx:
        report = made(tx, asked)
        paper = _paper(settings, tx, asked, report)
    if out:
        for path in _written(paper, out):
            sys.stdout.write(f"{path}\n")
    else:
        sys.stdout.write(_as_json(report) if as_json else _told(report))
    return 0


def made(tx: Transaction, asked: Asked) -> Report:
    """The report. Raises WrongReport for a kind, years or an area that are none."""
    if asked.kind not in KINDS:
        raise WrongReport(f"{asked.kind} is none of {', '.join(KINDS)}")
    (first, last), (code, shown, part) = _years(asked.years), _area(asked.area)
    years = (first, last, day_of(clock.now()))
    reach = Reach(officers.over(code), *years, part, plan=asked.kind == "plan")
    found = report_rows.rows(tx, reach)
    return made_of.make(Wanted(asked.kind, shown, first, last), found)


# -- which -----------------------------------------------------------------------------------------


def _years(said: str) -> tuple[int, int]:
    found = _YEARS.fullmatch(said)
    if found is None or (found[2] and found[2] < found[1]):
        raise WrongReport(f"--year: {said} is no year, as 2026, and no years, as 2021-2025")
    return int(found[1]), int(found[2] or found[1])


def _area(said: str) -> tuple[str, str, Part | None]:
    """The code and name of an area, and what it was before 1/7/2025 where only that is meant."""
    if not said:
        return "", "", None
    if _CODE.fullmatch(said) and (name := places_named.area(said)):
        return said, name, None
    named = places().areas(said)
    if named:
        area = named[0]
        today = places().province(area.province_code)
        if today and area.shown == today.shown:
            return area.province_code, area.shown, None
        return area.province_code, area.shown, Part(area.shown, area.communes)
    communes = [match.commune for match in places().find(said) if match.exact]
    if len(communes) == 1:
        return communes[0].code, communes[0].shown, None
    raise WrongReport(f"--area: {said} is no commune, district or province, or not the only one")


# -- told ------------------------------------------------------------------------------------------


def _told(report: Report) -> str:
    lines = [f"# {report_words.name(report)}", *_figures(report), *_doubts(report)]
    return "".join(f"{line}\n" for line in lines)


def _figures(report: Report) -> Iterator[str]:
    for key, value in report.numbers().items():
        yield f"{key}\t{value}"


def _doubts(report: Report) -> Iterator[str]:
    for each in _said(report):
        yield f"? {each['text']}" + (f" ({each['note']})" if each["note"] else "")


def _as_json(report: Report) -> str:
    told: dict[str, Any] = {
        "kind": report.kind,
        "area": report.area,
        "years": [report.first, report.last],
        "figures": report.numbers(),
        "doubts": [
            {"kind": each.kind, **dict(each.about), "text": said["text"]}
            for each, said in zip(report.doubts, _said(report), strict=True)
        ],
        "tables": {
            table.key: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            for table in report.tables
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _said(report: Report) -> list[dict[str, str | None]]:
    titles = reports.titles(report)
    return [report_words.doubt(each, titles) for each in report.doubts]


def _paper(settings: Settings, tx: Transaction, asked: Asked, report: Report) -> ReportPaper:
    """The report as the office of the area prints it, in its own template where that is there."""
    code, _, _ = _area(asked.area)
    paper = own_office.paper_of(tx, code, report, settings.overlays)
    own = Files(settings.data / "files").path(paper.file) if paper.file else None
    return replace(paper, template=str(own)) if own and own.is_file() else paper


def _written(paper: ReportPaper, out: Path) -> Iterator[Path]:
    """The papers of the report, each in its file."""
    out.mkdir(parents=True, exist_ok=True)
    for ending, content in _papers(paper):
        path = out / naming.titled("OCOP", report_words.name(paper.report), ending)
        path.write_bytes(content)
        yield path


def _papers(paper: ReportPaper) -> Iterator[tuple[str, bytes]]:
    if paper.report.kind in reports.LAYOUTS:
        content, lost = reports.printed("report_docx", paper)
        if lost:
            sys.stderr.write(f"{paper.template}: {', '.join(lost)}\n")
        yield "docx", content
        yield "pdf", reports.pdf(paper)
    yield "xlsx", annex.workbook(paper.report)
