"""An office's own Word template of a report, tried before it is used.

A hand tries it (documents.crafts), since it is somebody's file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from documents import drafting, reports
from documents.report_words import REPORTS, words
from documents.reports import BrokenTemplate, ReportPaper, Values

_LISTS = {"task_units": "tasks", "units": "helpers"}  # lists of which a template has the units


@dataclass(frozen=True, slots=True)
class Tried:
    """What a template lacks, though it can be filled.

    ``lost`` are the names that no report knows, those that nearly are one as "nmae → name";
    ``left_out`` are the titles of the lists that ours prints and this one does not.
    """

    lost: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def tried(template: Path, paper: ReportPaper) -> Tried:
    """Fill the template with that report, and once more as if each list had a row.

    Raises BrokenTemplate, with the reason and what stands near it, for a file that is no plain
    .docx (see word_files), whose marks are wrong, or that has none at all.
    """
    _, lost = reports.docx(replace(paper, template=str(template)))
    told, unknown = _full(paper), set(lost)
    try:
        drafting.filled(template, lambda _: told, unknown)
    except Exception as why:
        raise reports.broken(why) from why
    named = _named(template)
    if not named:
        raise BrokenTemplate("no_marks: ")
    unknown |= named - told.keys()
    known = sorted(_names(told))
    asked = _named(REPORTS / f"{reports.layout(paper.report.kind)}.docx") - named
    return Tried(tuple(_hint(name, known) for name in sorted(unknown)), tuple(_titles(asked)))


def _full(paper: ReportPaper) -> Values:
    """All that a template may name, with an empty row in each list that has none."""
    told = reports.values(paper.report, paper.texts)
    for table in paper.report.tables:
        told[table.key] = told[table.key] or [reports.empty_row(table)]
    return told | {"charts": dict.fromkeys(words()["charts"], drafting.BLANK)}


def _named(template: Path) -> set[str]:
    """The names that a template asks for, in whatever branch."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415 - it is slow

    found: set[str] = DocxTemplate(template).get_undeclared_template_variables(
        drafting.sandbox(set())
    )
    return found


def _names(told: Any) -> Iterator[str]:
    match told:
        case dict():
            yield from told
            for each in told.values():
                yield from _names(each)
        case [first, *_]:
            yield from _names(first)


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f"{name} → {near[0]}" if near else name


def _titles(names: set[str]) -> Iterator[str]:
    sheets: dict[str, Any] = words()["sheets"]
    keys = {_LISTS.get(name, name) for name in names}
    return (about["title"] for key, about in sheets.items() if key in keys)
