"""Reports of the sample programme: the figures of the five documents come out again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from docx import Document

from bot import clock, copying, importing, reporting
from bot.reporting import Asked, WrongReport
from bot.settings import ROOT, Settings
from conversations.messages import Attached
from documents.orders import Filled
from documents.reports import ReportPaper
from programme.reports import Report
from storage import office_settings, persons
from storage.database import Database
from storage.files import Files
from storage.office_settings import Setting
from storage.persons import Chat
from tests.documents.test_own_templates import template
from tests.wording import WORDING

GOLDEN = yaml.safe_load((ROOT / "tests/golden/seed_figures.yaml").read_text(encoding="utf-8"))
LEAST = 80  # figures that are to come out again


def with_sample(database: Database) -> None:
    parts: Any = SimpleNamespace(database=database)
    importing.ensure_sample(parts, clock.now())


def report(database: Database, *asked: str) -> Report:
    with database.reading() as tx:
        return reporting.made(tx, Asked(*asked))


def astray(told: dict[str, Any], made: Report) -> Iterator[str]:
    """The figures of a document that came out otherwise, and its errors that nobody pointed out."""
    numbers = made.numbers()
    for each in told["figures"]:
        if numbers.get(each["key"]) != each["value"]:
            yield f"{each['said']}: {each['key']} is {numbers.get(each['key'])}"
    for wrong in told.get("wrong", ()):
        wanted = {key: value for key, value in wrong.items() if key not in {"said", "kind"}}
        doubts = [dict(each.about) for each in made.doubts if each.kind == wrong["kind"]]
        if not any(wanted.items() <= about.items() for about in doubts):
            yield f"{wrong['said']}: nobody points it out"


def test_the_figures_of_the_five_documents_come_out_again(database: Database) -> None:
    with_sample(database)

    wrong = [
        f"{told['seed']} {told['kind']} {line}"
        for told in GOLDEN["reports"]
        for line in astray(told, report(database, told["kind"], str(told["years"]), told["area"]))
    ]

    assert wrong == []


def test_the_table_of_figures_is_long_and_tells_each_figure_once() -> None:
    keys = [
        (told["kind"], told["area"], told["years"], each["key"])
        for told in GOLDEN["reports"]
        for each in told["figures"]
    ]

    assert len(set(keys)) >= LEAST
    assert {told["seed"] for told in GOLDEN["reports"]} == {"000", "001", "002", "003", "004"}
    assert len(keys) - len(set(keys)) <= 2, "a figure that two sentences tell"


def test_a_report_of_another_area_tells_none_of_it(database: Database) -> None:
    with_sample(database)

    made = report(database, "year", "2021", "Quảng Trị")

    assert made.numbers()["results.products"] == 0
    assert made.numbers()["money.planned"] == 0
    assert made.table("fairs").rows == ()
    assert {dict(each.about).get("source") for each in made.doubts} <= {None}


def test_everywhere_is_all_of_it(database: Database) -> None:
    with_sample(database)

    made = report(database, "year", "2021")

    assert made.numbers()["results.tinh.recognised"] == 11
    assert made.area == ""


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("years", "2021"), "none of year, term"),
        (("year", "21"), "is no year"),
        (("term", "2025-2021"), "is no year"),
        (("year", "2021", "Xứ Mường Xa Lắm"), "no commune, district or province"),
    ],
)
def test_what_is_no_report_is_refused_with_what_would_do(
    asked: tuple[str, ...], why: str, migrated_file: Path
) -> None:
    with pytest.raises(WrongReport, match=why):
        report(Database(f"sqlite:///{migrated_file}"), *asked)


@pytest.fixture
def office(tmp_path: Path, migrated_file: Path) -> Settings:
    """An office that took in the sample."""
    settings = Settings(data=tmp_path)
    Path(settings.database.removeprefix("sqlite:///")).write_bytes(migrated_file.read_bytes())
    database = Database(settings.database)
    with_sample(database)
    database.close()
    return settings


def test_the_figures_are_printed_as_json(
    office: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    reporting.run(office, Asked("year", "2021", "11"), as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert told["area"] == "tỉnh Điện Biên"
    assert told["figures"]["results.tinh.recognised"] == 9
    assert len(told["tables"]["results"]) == 11
    texts = [each["text"] for each in told["doubts"]]
    assert (
        "Lồng ghép: lời văn ghi 468,52 triệu đồng, bảng cộng lại được 486,52 triệu đồng." in texts
    )


def test_the_figures_are_printed_in_lines(
    office: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    reporting.run(office, Asked("plan", "2021", "huyện Bắc Hà"))

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "# kế hoạch năm 2021 huyện Bắc Hà, tỉnh Lào Cai"
    assert "plan.products\t9" in lines
    assert any(line.startswith("? “mỗi xã chọn ít nhất 2 sản phẩm”: Nậm Đét") for line in lines)


def test_the_papers_are_written_into_a_folder(
    office: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporting.run(office, Asked("plan", "2021", "huyện Bắc Hà"), out=tmp_path / "out")

    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.suffix for path in written] == [".docx", ".pdf", ".xlsx"]
    word = Document(str(written[0]))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "Tinh dầu quế Nậm Đét" in cells


def set_by_dien_bien(office: Settings, name: str, body: str, file: str | None = None) -> None:
    with closing(Database(office.database)) as database, database.transaction() as tx:
        setting = Setting("11", name, body, file)
        (person,) = persons.meet(tx, [Chat("browser", "demo", "1")], clock.now()).values()
        office_settings.keep(tx, setting, person, clock.now())


def written(office: Settings, area: str, folder: Path) -> list[str]:
    reporting.run(office, Asked("year", "2021", area), out=folder)
    (path,) = folder.glob("*.docx")
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_a_province_that_set_its_own_texts_and_template_has_them_in_what_is_written(
    office: Settings, tmp_path: Path
) -> None:
    texts = json.dumps({"opening": "VĂN PHÒNG OCOP ĐIỆN BIÊN"})
    set_by_dien_bien(office, office_settings.TEXTS, texts)
    before = written(office, "11", tmp_path / "texts")
    own = template(tmp_path, "{{ own.opening }}: {{ n.results_tinh_recognised }} sản phẩm")
    file = Files(office.data / "files").keep(own.read_bytes())
    set_by_dien_bien(office, office_settings.template("year"), "mau.docx", file)

    told = written(office, "Điện Biên", tmp_path / "own")

    assert "VĂN PHÒNG OCOP ĐIỆN BIÊN" in "\n".join(before)
    assert told == ["VĂN PHÒNG OCOP ĐIỆN BIÊN: 9 sản phẩm"]
    assert "VĂN PHÒNG" not in "\n".join(written(office, "15", tmp_path / "others"))


def test_a_template_whose_file_is_gone_does_not_hold_a_report_up(
    office: Settings, tmp_path: Path
) -> None:
    set_by_dien_bien(office, office_settings.template("year"), "mau.docx", "0" * 64)

    assert len(written(office, "11", tmp_path / "out")) > 5


def test_an_office_that_has_nothing_gets_a_report_of_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporting.run(Settings(data=tmp_path), Asked("year", "2026"), as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert set(told["figures"].values()) == {0}
    assert told["doubts"] == []


def test_the_command_line_says_what_would_do(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "bot", "report", "year", "--year", "heute"]
    here = {**os.environ, "OCOP_DATA": str(tmp_path)}
    said = subprocess.run(asked, cwd=ROOT, env=here, capture_output=True, text=True, check=False)

    assert said.returncode == 2
    assert "2021-2025" in said.stderr


def test_what_the_own_template_lacks_is_told_with_the_paper(database: Database) -> None:
    paper = ReportPaper(report(database, "year", "2026"), "/own/year.docx")
    sent = Attached("file", "f" * 64, "OCOP.docx")

    told = list(copying._messages("report_docx", paper, Filled("x", lost=("so_ho",)), sent))

    texts = [WORDING.letters("vi", message)[0].text for message in told]
    assert told[0].attached == sent
    assert "báo cáo năm 2026 cả nước" in texts[0]
    assert "so_ho" in texts[1]


def test_why_the_own_template_is_not_used_is_told_with_the_paper(database: Database) -> None:
    paper = ReportPaper(report(database, "year", "2026"), "/own/year.docx")
    sent = Attached("file", "f" * 64, "OCOP.docx")

    *_, told = copying._messages("report_docx", paper, Filled("x", lost=("acts: ",)), sent)

    (letter,) = WORDING.letters("vi", told)
    assert "theo mẫu chung" in letter.text
    assert "macro" in letter.text
