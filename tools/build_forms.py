"""Build the Word templates of templates/documents/docx from the words in templates/documents/forms.

    python tools/build_forms.py

The same words make the same bytes. Whoever edits a template in Word keeps its {{ … }} and {% … %}.
"""

import io
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents.drafting import BLANK, TEMPLATES, undated  # noqa: E402
from tools import forms_in_word as word  # noqa: E402

FORMS = TEMPLATES / "forms"
REPORTS = TEMPLATES / "reports"
OUTPUT = TEMPLATES / "docx"
LAW = datetime(2026, 5, 22, tzinfo=UTC)  # a file must bear a date; this one does not change
LEFT, RIGHT, EDGE = 30, 15, 20  # millimetres, as on official papers
PLACEHOLDER = re.compile(r"\{([\w.]*)(?:([=~])(\w+))?\}")


def main() -> None:
    """Write each template anew; those of reports lie beside their words."""
    for path in forms():
        OUTPUT.joinpath(f"{path.stem}.docx").write_bytes(built(path))
        print(f"templates/documents/docx/{path.stem}.docx")
    for path in reports():
        path.with_suffix(".docx").write_bytes(built(path))
        print(f"templates/documents/reports/{path.stem}.docx")


def forms() -> list[Path]:
    """The files that describe a form."""
    return [path for path in sorted(FORMS.glob("*.yaml")) if path.stem != "words"]


def reports() -> list[Path]:
    """The files that describe a report."""
    return [path for path in sorted(REPORTS.glob("*.yaml")) if path.stem != "words"]


def built(path: Path) -> bytes:
    """The template that the file describes."""
    words, form = _read(FORMS / "words.yaml"), _read(path)
    drawn = _Paper(words, landscape=form.get("landscape", False))
    drawn.head(form)
    for block in form["body"]:
        for kind, said in block.items():
            drawn.kinds[kind](said)
    drawn.finish(form)
    saved = io.BytesIO()
    drawn.document.save(saved)
    return undated(saved.getvalue())


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def filled(said: str, row: str | None = None) -> str:
    """The words with jinja in the place of each {…}; in a row, what is unknown leaves nothing."""

    def put(found: re.Match[str]) -> str:
        path, how, key = found.groups()
        value = f"{row or ''}{path}"
        match how:
            case "=":
                return f'{{% if {value} == "{key}" %}}☒{{% else %}}☐{{% endif %}}\u00a0'
            case "~":
                return f'{{% if "{key}" in {value} %}}☒{{% else %}}☐{{% endif %}}\u00a0'
            case _ if not path:
                return BLANK
            case _:
                return f"{{{{ {value} }}}}" if row is None else f'{{{{ {value} or "" }}}}'

    return PLACEHOLDER.sub(put, said)


class _Paper:
    """A document that grows block by block; the kinds of blocks are those of blocks.typ."""

    def __init__(self, words: dict[str, Any], *, landscape: bool) -> None:
        self.words = words
        self.document = Document()
        long, short = (297, 210) if landscape else (210, 297)
        self.width = long - LEFT - RIGHT
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(long), Mm(short)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.top_margin = section.bottom_margin = Mm(EDGE)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(13)
        normal.paragraph_format.space_after = Pt(5)
        self.kinds: dict[str, Callable[[Any], None]] = {
            "part": lambda said: self._say(said, side="center", bold=True, before=14, kept=True),
            "heading": lambda said: self._say(said, bold=True, before=5, kept=True),
            "subtitle": lambda said: self._say(said, italic=True, before=8, kept=True),
            "line": self._say,
            "sub": lambda said: self._say(said, indent=7),
            "point": self._point,
            "prose": lambda said: self._say(said, side="both", first=8),
            "note": lambda said: self._say(said, italic=True, size=11),
            "text": self._answer,
            "paragraphs": self._paragraphs,
            "table": self._table,
            "photos": self._photos,
            "chart": lambda field: self._say(f"{{{{ {field} }}}}", side="center"),
            "if": self._if,
            "sign": self._sign,
            "newpage": lambda _: self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE),
        }

    def head(self, form: dict[str, Any]) -> None:
        """The mark, the heading of the state or of the office, and the title."""
        if mark := form.get("mark"):
            self._say(mark, side="right", italic=True, size=11)
        if form["head"] == "nation":
            self._nation(self.document)
        if form["head"] == "office":
            self._office(form)
        self._say(form["title"], side="center", bold=True, size=15, before=12)
        if subtitle := form.get("subtitle"):
            self._say(subtitle, side="center", bold=True)

    def finish(self, form: dict[str, Any]) -> None:
        """The foot of each page, and what the file says of itself."""
        foot = self.document.sections[0].footer.paragraphs[0]
        foot.style = "Normal"  # that of a footer has stops of its own
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        word.write(foot, f"{form['footer']}\t{self.words['page']} ", size=9)
        for between, figure in (("", "PAGE"), ("/", "NUMPAGES")):
            word.write(foot, between, size=9)
            foot._p.append(word.field(figure))  # noqa: SLF001 - python-docx has no fields
        about = self.document.core_properties
        about.title, about.author, about.comments = form["title"].replace("\n", " "), "", ""
        about.created = about.modified = LAW

    def _say(self, said: str, room: Any = None, **look: Any) -> None:
        paragraph = (room or self.document).add_paragraph()
        word.shape(paragraph, **{name: look.pop(name) for name in word.SHAPES & look.keys()})
        word.write(paragraph, filled(said), **look)

    def _point(self, said: Sequence[str]) -> None:
        paragraph = self.document.add_paragraph()
        word.write(paragraph, f"{said[0]} ", bold=True)
        word.write(paragraph, filled(said[1]))

    def _answer(self, asked: dict[str, Any]) -> None:
        self._say(f"{{%p if {asked['field']} %}}")
        self._say(f"{{{{ {asked['field']} }}}}", side="both")
        self._say("{%p else %}")
        self._dots(asked["lines"])
        self._say("{%p endif %}")

    def _paragraphs(self, asked: dict[str, Any]) -> None:
        self._say(f"{{%p for it in {asked['field']} %}}")
        self._say("{{ it }}", side="both")
        self._say("{%p else %}")
        self._dots(asked["lines"])
        self._say("{%p endfor %}")

    def _if(self, asked: dict[str, Any]) -> None:
        """Blocks that stand there only when something is known."""
        for tag, blocks in ((f"if {asked['field']}", "body"), ("else", "else")):
            self._say(f"{{%p {tag} %}}")
            for block in asked.get(blocks, ()):
                for kind, said in block.items():
                    self.kinds[kind](said)
        self._say("{%p endif %}")

    def _dots(self, lines: int) -> None:
        for _ in range(lines):
            paragraph = self.document.add_paragraph("\t")
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def _nation(self, room: Any) -> None:
        first, second = self.words["nation"]
        self._say(first, room, side="center", bold=True, size=12, after=0)
        self._say(second, room, side="center", bold=True, underline=True)

    def _office(self, form: dict[str, Any]) -> None:
        left, right = self._borderless((2, 3))
        first, second = form.get("office", self.words["office"])
        self._say(first, left, side="center", bold=True, size=12, after=0)
        self._say(second, left, side="center", bold=True, size=12, underline=True, caps=True)
        number = form.get("office-number", self.words["office-number"])
        self._say(number, left, side="center", size=12)
        self._nation(right)
        self._say(self.words["dated"], right, side="center", italic=True, size=12)
        word.drop_first(left, right)

    def _sign(self, signers: list[dict[str, Any]]) -> None:
        self._keep_last_section()
        one = len(signers) == 1
        cells = self._borderless((1, 1.4) if one else (1,) * len(signers))
        for cell, signer in zip(cells[1:] if one else cells, signers, strict=True):
            dated = self.words["dated"] if signer.get("dated") else ""
            self._say(dated, cell, side="center", italic=True, before=12, after=0)
            self._say(signer["who"], cell, side="center", bold=True, after=0)
            self._say(signer["how"], cell, side="center", italic=True, after=48)
            name = f"{{{{ {signer['name']} or '' }}}}" if "name" in signer else ""
            self._say(name, cell, side="center", bold=True, after=0)
            word.drop_first(cell)
        word.gap(self.document.add_paragraph(), 1)  # a table is never last; a line may need a page

    def _keep_last_section(self) -> None:
        """Let what stands after the last heading go with the signature, which is never alone."""
        for paragraph in reversed(self.document.paragraphs):
            if paragraph.paragraph_format.keep_with_next:
                return
            paragraph.paragraph_format.keep_with_next = True

    def _borderless(self, shares: Sequence[float]) -> Sequence[Any]:
        table = self.document.add_table(rows=1, cols=len(shares))
        word.set_widths(table, [self.width * share / sum(shares) for share in shares])
        word.keep_whole(table.rows[0])
        cells: Sequence[Any] = table.rows[0].cells
        return cells

    def _photos(self, field: str) -> None:
        self._say(f"{{%p if {field} %}}")
        table = self.document.add_table(rows=0, cols=2)
        _add_tag(table, f"for pair in {field} | batch(2, false)")
        for place, cell in enumerate(table.add_row().cells):
            for what in ("image", "caption"):
                said = f"{{% if pair[{place}] %}}{{{{ pair[{place}].{what} or '' }}}}{{% endif %}}"
                self._say(said, cell, side="center", italic=True, size=11)
            word.drop_first(cell)
        _add_tag(table, "endfor")
        self._say("{%p endif %}")

    def _table(self, spec: dict[str, Any]) -> None:
        columns = spec["columns"]
        table = self.document.add_table(rows=1, cols=len(columns))
        table.style = "Table Grid"
        word.repeat(table.rows[0])
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            word.put(cell, column["name"], side="center", bold=True)
        if "rows" in spec:
            _add_rows(table, spec)
        _add_blanks(table, spec)
        if "total" in spec:
            _add_wide(table, [filled(said, "") for said in spec["total"]])
        whole = sum(column["width"] for column in columns)
        word.set_widths(table, [self.width * column["width"] / whole for column in columns])
        self._say("", size=6)


def _add_tag(table: Any, tag: str) -> None:
    table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {tag} %}}")


def _add_rows(table: Any, spec: dict[str, Any]) -> None:
    if "inner" not in spec:
        _add_loop(table, spec["rows"], spec["columns"])
        return
    _add_tag(table, f"for whole in {spec['rows']}")
    _add_wide(table, [filled(said, "whole.") for said in spec["heading"]])
    _add_loop(table, f"whole.{spec['inner']}", spec["columns"])
    _add_tag(table, "endfor")


def _add_loop(table: Any, rows: str, columns: list[dict[str, Any]]) -> None:
    _add_tag(table, f"for it in {rows}")
    row = table.add_row()
    word.keep_whole(row)
    for cell, column in zip(row.cells, columns, strict=True):
        word.put(cell, _cell_text(column), side=column.get("align", "left"))
        if more := column.get("small"):
            for said in (f"{{%p if it.{more} %}}", f"{{{{ it.{more} }}}}", "{%p endif %}"):
                word.write(cell.add_paragraph(), said, italic=True, size=10)
    _add_tag(table, "endfor")


def _cell_text(column: dict[str, Any]) -> str:
    if "cases" not in column:
        return filled(column["text"], "it.")
    return "".join(_cases(column["cases"])) + "{% endif %}"


def _cases(cases: list[dict[str, str]]) -> Iterator[str]:
    for start, case in zip(["if"] + ["elif"] * len(cases), cases, strict=False):
        yield f"{{% {start} it.{case['when']} %}}{filled(case['text'], 'it.')}"


def _add_blanks(table: Any, spec: dict[str, Any]) -> None:
    if "rows" in spec:
        _add_tag(table, f"if not {spec['rows']}")
    for _ in range(spec["blank"]):
        word.keep_whole(table.add_row())
    if "rows" in spec:
        _add_tag(table, "endif")


def _add_wide(table: Any, cells: list[str]) -> None:
    """A row whose first cell spans the columns that the others leave."""
    row = table.add_row().cells
    spanned = len(row) - len(cells)
    first = row[0].merge(row[spanned])
    word.put(first, cells[0], bold=True)
    first.paragraphs[0].paragraph_format.keep_with_next = True
    for cell, said in zip(row[spanned + 1 :], cells[1:], strict=True):
        word.put(cell, said, side="right", bold=True)


if __name__ == "__main__":
    main()
