"""Taking in an office's file: whole or not at all, and the sample that the demo starts with."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import clock, importing
from bot.assembly import Parts
from bot.settings import ROOT, Settings
from programme.sample_form import REASONS, faults, read
from storage import fairs, producers, products
from storage.database import Database
from tests.wording import WORDING

OWN = """form: ocop-1
places:
  - {id: ban-lien, province: "Lào Cai", commune: "Bản Liền"}
producers:
  - {id: p1, name: "HTX Bản Liền", kind: cooperative, place: ban-lien}
products:
  - {id: s1, name: "Gạo Khẩu Mẹo", set: 3, producer: p1}
"""
WRONG = """form: ocop-1
producers:
  - {id: p1, name: "HTX Bản Liền", kind: coop}
  - {id: p2, name: "HTX Nậm Đét", kind: cooperative}
products:
  - {id: s1, name: "Gạo", set: 27}
  - {id: s2, name: "Chè", set: 11, producer: p9}
"""


@dataclass
class Office:
    """Somebody at the command line, and what the tables hold afterwards."""

    parts: Parts
    file: Path

    def takes_in(self, text: str | bytes) -> int:
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return importing.run(self.parts.settings, self.file)

    def starts_the_demo(self) -> None:
        importing.ensure_sample(self.parts, clock.now())

    def producers(self) -> list[dict[str, Any]]:
        with self.parts.database.reading() as tx:
            return producers.everyone(tx)

    def counts(self) -> tuple[int, int, int]:
        with self.parts.database.reading() as tx:
            rooms = (producers, products, fairs)
            first, second, third = (len(room.everyone(tx)) for room in rooms)
        return first, second, third


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    settings = Settings(data=tmp_path / "data", database_url=database.url)
    return Office(Parts(settings, database, WORDING), tmp_path / "tệp của huyện.yaml")


def test_a_file_is_taken_in_and_a_summary_says_what_became_of_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.takes_in(OWN) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("✓")
    assert said[1:] == [
        "Nơi chốn: 1 mới, 0 thay đổi, 0 như cũ",
        "Chủ thể: 1 mới, 0 thay đổi, 0 như cũ",
        "Sản phẩm: 1 mới, 0 thay đổi, 0 như cũ",
    ]
    (kept,) = office.producers()
    assert (kept["commune"], kept["province"]) == ("xã Bản Liền", "tỉnh Lào Cai")


def test_the_same_file_again_changes_nothing_and_a_changed_one_just_that(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.takes_in(OWN)
    office.takes_in(OWN)
    capsys.readouterr()

    assert office.takes_in(OWN.replace("Gạo Khẩu Mẹo", "Gạo nếp")) == 0

    assert capsys.readouterr().out.splitlines()[2:] == [
        "Chủ thể: 0 mới, 0 thay đổi, 1 như cũ",
        "Sản phẩm: 0 mới, 1 thay đổi, 0 như cũ",
    ]
    assert office.counts() == (1, 1, 0)


def test_a_file_with_faults_takes_in_nothing_and_names_every_wrong_line(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.takes_in(WRONG) == 1

    said = capsys.readouterr().out
    assert [int(line) for line in re.findall(r"^Dòng (\d+)", said, re.MULTILINE)] == [3, 6, 7]
    assert "p9" in said
    assert "27" in said
    assert office.counts() == (0, 0, 0)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"form: ocop-1\nfairs: \x00", b"{" * 9])
def test_what_is_no_such_file_is_refused_before_a_database_is_touched(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(content, tmp_path)

    assert re.search(r"^Dòng [12].*: .", capsys.readouterr().out, re.MULTILINE)
    assert not (tmp_path / "data").exists()


def refused(content: bytes, folder: Path) -> bool:
    file = folder / "wrong.yaml"
    file.write_bytes(content)
    return importing.run(Settings(data=folder / "data"), file) == 1


def arguments_of_reasons() -> dict[str, tuple[str, ...]]:
    """What each reason tells besides, as the comments beside the reasons list it."""
    source = Path(str(faults.__file__)).read_text(encoding="utf-8")
    rows = re.findall(r'^    "(\w+)",(?:  # (.+))?$', source, re.MULTILINE)
    return {name: tuple(filter(None, told.split(", "))) for name, told in rows}


@pytest.mark.parametrize("language", WORDING.languages())
def test_every_reason_has_its_words(language: str) -> None:
    listed = arguments_of_reasons()

    assert set(listed) == set(REASONS)
    assert {r: WORDING.arguments(language, f"importing.why_{r}") for r in REASONS} == listed


def test_every_fault_of_every_wrong_file_can_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = (ROOT / "tests/programme/wrong_files.txt").read_text(encoding="utf-8")
    contents = [block.partition("\n")[2] for block in written.split("=== ")[1:]]
    assert len(contents) > 20

    assert all(refused(content.encode(), tmp_path) for content in contents)

    told = [read(content) for content in contents]
    every = sum(len(found) for found in told if isinstance(found, tuple))
    lines = [
        line for line in capsys.readouterr().out.splitlines() if re.match(r"Dòng \d+.*: .", line)
    ]
    assert len(lines) == every


def test_the_demo_starts_with_the_sample_once(office: Office) -> None:
    office.starts_the_demo()
    office.starts_the_demo()

    assert office.counts() == (21, 33, 22)
    known = {producer["source"]: producer for producer in office.producers()}
    assert (known["p06"]["commune"], known["p06"]["province"]) == (
        "xã Vĩnh Hoàng",
        "tỉnh Quảng Trị",
    )
    assert (known["p01"]["commune_code"], known["p01"]["province"]) == ("", "tỉnh Lào Cai")


def test_the_sample_taken_in_by_hand_is_still_the_sample(office: Office) -> None:
    office.starts_the_demo()

    assert office.takes_in(importing.SAMPLE.read_bytes()) == 0

    assert office.counts() == (21, 33, 22)


def test_an_office_with_a_programme_of_its_own_is_not_given_the_sample(office: Office) -> None:
    office.takes_in(OWN)

    office.starts_the_demo()

    assert office.counts() == (1, 1, 0)


def test_a_later_start_does_not_read_the_sample_again(migrated_file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    (tmp_path / "demo.db").write_bytes(migrated_file.read_bytes())
    code = """
import sys
from types import SimpleNamespace
from bot import importing
from bot import clock
from storage.database import Database
importing.ensure_sample(SimpleNamespace(database=Database(sys.argv[1])), clock.now())
print("yaml" in sys.modules, "programme.places" in sys.modules)
"""
    said = [
        subprocess.run(
            [sys.executable, "-c", code, url], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]

    assert said == [["True", "True"], ["False", "False"]]
