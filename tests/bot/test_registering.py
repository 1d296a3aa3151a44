"""An office's Excel goes in once and comes out again: what was taken, what was not, and why."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from bot import clock, handing_out, importing, offices, registering
from bot.settings import Settings
from hands.hiring import Hands
from programme.register import REASONS, cells
from storage import (
    audit,
    certificates,
    consents,
    moving,
    pairings,
    persons,
    producers,
    products,
    yearly,
)
from storage.database import Database, Transaction
from storage.officers import over
from storage.persons import Chat
from storage.tables import metadata
from tests.wording import WORDING

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
HEADS = ["TT", "Tên sản phẩm", "Chủ thể", "Xã", "Hạng sao", "Số QĐ", "Ngày cấp", "Hết hạn", "SĐT"]
ROWS: list[list[Any]] = [
    ["DANH SÁCH SẢN PHẨM OCOP"],
    HEADS,
    [
        1,
        "Gạo Séng Cù",
        "HTX Bản Liền",
        "Bản Liền",
        "3 sao",
        "19/QĐ-UBND",
        "12/3/24",
        None,
        912345678,
    ],
    [
        2,
        "Chè Shan",
        "HTX Bản Liền",
        "Bản Liền",
        4,
        "20/QĐ-UBND",
        date(2024, 3, 12),
        "1/3/2027",
        None,
    ],
    [3, "Tinh dầu quế", "Công ty Quế", "Nậm Đét", "3", "Số 4261/QĐ-UBND", "12/2021", None, None],
    [None, "Tổng cộng", None, None, 3],
]
BAD = [4, "Mật ong", "HTX Mật", "Tân Lập", "khá", None, "31/2/2024", None, None]


@dataclass
class Office:
    """Somebody at the command line, with a folder and a database."""

    settings: Settings
    folder: Path
    database: Database

    def lays_down(self, rows: list[list[Any]], name: str = "sổ.xlsx") -> Path:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(self.folder / name)
        return self.folder / name

    def takes_in(self, file: Path, *, mapped: Path | None = None, dry: bool = False) -> int:
        return registering.take_in(self.settings, file, mapped, dry=dry)

    def gives_out(self, name: str = "ra", area: str = "") -> Path:
        assert handing_out.hand_out(self.settings, self.folder / name, area) == 0
        return self.folder / name

    def rows(self, *tables: str) -> dict[str, moving.Sum]:
        with self.database.reading() as tx:
            return {
                name: it for name, it in moving.sums(tx).items() if not tables or name in tables
            }


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    settings = Settings(data=tmp_path / "data", database_url=database.url)
    return Office(settings, tmp_path, database)


class Lent(NamedTuple):
    """A hand that goes on after whoever hired it has closed it."""

    hand: Hands

    def do(self, task: dict[str, Any]) -> dict[str, Any] | None:
        return self.hand.do(task)

    def close(self) -> None:
        """It is wanted again in a moment."""


@pytest.fixture(scope="module")
def hand() -> Iterator[Hands]:
    with closing(Hands(1, registering.BOUNDS, 600)) as hired:
        yield hired


@pytest.fixture(autouse=True)
def one_hand_for_all(hand: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new one for each file would take a second a test; it is the same real process."""
    monkeypatch.setattr(registering, "Hands", lambda *_: Lent(hand))


@pytest.fixture
def elsewhere(file: Database, tmp_path: Path) -> Office:
    (tmp_path / "elsewhere").mkdir()
    settings = Settings(data=tmp_path / "elsewhere" / "data", database_url=file.url)
    return Office(settings, tmp_path / "elsewhere", file)


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    copied = tmp_path / "elsewhere.db"
    copied.write_bytes(migrated_file.read_bytes())
    with closing(Database(f"sqlite:///{copied}")) as made:
        yield made


# -- in --------------------------------------------------------------------------------------------


def test_rows_become_products_with_their_makers_places_and_certificates(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.takes_in(office.lays_down(ROWS)) == 0

    assert "3 sản phẩm mới" in capsys.readouterr().out
    with office.database.reading() as tx:
        kept = {row["name"]: row for row in products.everyone(tx)}
        makers = {row["name"]: row for row in producers.everyone(tx)}
        ends = {row["name"]: row for row in certificates.everyone(tx)}
    assert {name: row["product_set"] for name, row in kept.items()} == {
        "Gạo Séng Cù": 3, "Chè Shan": 11, "Tinh dầu quế": 20,
    }  # fmt: skip
    assert "912345678" in kept["Gạo Séng Cù"]["as_written"]
    assert makers["HTX Bản Liền"]["phone"] == "0912345678"
    assert makers["Công ty Quế"]["commune"] == "xã Bảo Nhai"
    assert makers["Công ty Quế"]["commune_was"] == "xã Nậm Đét, huyện Bắc Hà"
    assert ends["Gạo Séng Cù"]["expires"] == date(2027, 3, 12)
    assert ends["Chè Shan"]["expires"] == date(2027, 3, 1)
    assert "Tinh dầu quế" not in ends, "only its month is known"


def test_the_tax_code_of_a_maker_is_taken_in_kept_and_given_out(
    office: Office, elsewhere: Office
) -> None:
    heads = [*HEADS, "Mã số thuế"]
    codes = (None, 101234567, "5300123456-001")
    told = [[*row, code] for row, code in zip(ROWS[2:5], codes, strict=True)]
    person = [6, "Mật ong", "Hộ ông Sùng", "Bản Liền", 3, "9/QĐ", "5/5/2025", None, None]

    office.takes_in(office.lays_down([heads, *told, [*person, "001085012345"]]))

    with office.database.reading() as tx:
        kept = {row["name"]: row["tax_code"] for row in producers.everyone(tx)}
    assert kept == {"HTX Bản Liền": "0101234567", "Công ty Quế": "5300123456-001"}
    out = office.gives_out()
    assert "0101234567" in (out / "so-san-pham.csv").read_text(encoding="utf-8-sig")
    elsewhere.takes_in(out / "ocop.xlsx")
    with elsewhere.database.reading() as tx:
        assert kept == {row["name"]: row["tax_code"] for row in producers.everyone(tx)}


def test_the_same_file_again_adds_and_changes_nothing(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    file = office.lays_down(ROWS)
    office.takes_in(file)
    before = office.rows()
    capsys.readouterr()

    assert office.takes_in(file) == 0

    after = office.rows()
    noted = {"audit", "counters", "imports", "producers"}
    assert {name for name in before if before[name] != after[name]} <= noted
    assert "0 sản phẩm mới, 0 thay đổi, 3 như cũ" in capsys.readouterr().out


def test_a_later_register_adds_its_stars_to_those_of_the_earlier_one(office: Office) -> None:
    office.takes_in(office.lays_down(ROWS))
    later: list[list[Any]] = [
        HEADS,
        [1, "Gạo Séng Cù", "HTX Bản Liền", "Bản Liền", 4, "7/QĐ", "5/5/2026", None, None],
    ]

    office.takes_in(office.lays_down(later, "sổ mới.xlsx"))

    with office.database.reading() as tx:
        (rice,) = (row for row in products.everyone(tx) if row["name"] == "Gạo Séng Cù")
        assert len(products.everyone(tx)) == 3
    assert [(it["found_on"], it["star"]) for it in rice["results"]] == [
        ("2024-03-12", 3), ("2026-05-05", 4),
    ]  # fmt: skip


def test_a_dry_run_says_everything_and_writes_nothing(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    before = office.rows()

    assert office.takes_in(office.lays_down([*ROWS, BAD]), dry=True) == 0

    said = capsys.readouterr().out
    assert office.rows() == before
    assert "3 sản phẩm mới" in said
    assert "F  Số QĐ → Số quyết định" in said
    assert [line.partition(":")[0] for line in said.splitlines() if line.startswith("Dòng")] == [
        "Dòng 7, cột Hạng sao", "Dòng 7, cột Ngày cấp", "Dòng 7, cột Xã",
    ]  # fmt: skip


def test_rows_that_were_not_taken_lie_beside_with_their_reasons_and_can_be_mended(
    office: Office,
) -> None:
    office.takes_in(office.lays_down([*ROWS, BAD]))

    beside = office.folder / "sổ-chua-nhan.xlsx"
    sheet = load_workbook(beside).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert beside.stat().st_mode & 0o777 == 0o600
    assert rows[0] == ["Dòng", *HEADS, "Vì sao chưa nhận"]
    assert rows[1][:4] == [7, 4, "Mật ong", "HTX Mật"]
    assert "31/2/2024" in rows[1][-1]

    for at, value in ((4, "Bản Liền"), (5, 4), (7, "1/3/2024")):
        sheet.cell(2, at + 1).value = value
    sheet.parent.save(office.folder / "đã sửa.xlsx")
    assert office.takes_in(office.folder / "đã sửa.xlsx") == 0
    with office.database.reading() as tx:
        assert "Mật ong" in {row["name"] for row in products.everyone(tx)}


def test_the_map_of_the_office_is_obeyed(office: Office) -> None:
    rows: list[list[Any]] = [
        ["Mặt hàng", "Ai làm", "Loại", "Cấp ngày"],
        ["Gạo", "HTX A", 3, "1/3/2024"],
    ]
    mapped = office.folder / "map.yaml"
    told = {"columns": {"name": "Mặt hàng", "producer": "B", "star": "Loại", "issued": "D"}}
    mapped.write_text(json.dumps({**told, "commune": "Bản Liền", "title": "Sổ cũ"}))

    assert office.takes_in(office.lays_down(rows), mapped=mapped) == 0

    with office.database.reading() as tx:
        (only,) = products.everyone(tx)
        sources = metadata.tables["sources"]
        assert tx.execute(select(sources.c.title)).scalars().all() == ["Sổ cũ"]
    assert only["name"] == "Gạo"


@pytest.mark.parametrize(
    "told", ["columns: {sao: B}", "- x", "{{", "head: 0", "!!python/name:os.x"]
)
def test_a_wrong_map_is_refused(
    office: Office, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (office.folder / "map.yaml").write_text(told)

    assert office.takes_in(office.lays_down(ROWS), mapped=office.folder / "map.yaml") == 1

    assert "map.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["a", "b"], [1, 2]], "đầu cột"),
        ([["TT", "Tên sản phẩm", "Xã"], [1, "Gạo", "Bản Liền"]], "Chủ thể, Hạng sao"),
        ([HEADS, BAD], "Không có dòng nào"),
    ],
)
def test_a_sheet_that_tells_no_products_is_refused_and_says_what_is_needed(
    office: Office, rows: list[list[Any]], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.takes_in(office.lays_down(rows)) == 1

    assert said in capsys.readouterr().err
    with office.database.reading() as tx:
        assert products.everyone(tx) == []


@pytest.mark.parametrize(
    "content", [None, b"", b"%PDF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"]
)
def test_a_strange_file_is_refused_in_one_sentence(
    office: Office, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = office.folder / "lạ.xlsx"
    if content is not None:
        file.write_bytes(content)

    assert office.takes_in(file) == 1

    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)


def test_what_a_person_says_of_a_producer_is_not_overwritten(office: Office) -> None:
    file = office.lays_down(ROWS)
    office.takes_in(file)
    with office.database.transaction() as tx:
        made = metadata.tables["persons"].insert().values(id=7, created_at=clock.now())
        tx.execute(made)
        for row in producers.everyone(tx):
            producers.change(
                tx, row["id"], {"made_by": 7, "phone": "0999999999"}, row["updated_at"]
            )

    office.takes_in(file)

    with office.database.reading() as tx:
        assert {row["phone"] for row in producers.everyone(tx)} == {"0999999999"}


@pytest.mark.parametrize("language", WORDING.languages())
def test_every_reason_has_its_words_with_what_it_tells(language: str) -> None:
    source = Path(cells.__file__).read_text(encoding="utf-8")
    listed = dict(_reasons(source))

    assert tuple(listed) == REASONS
    assert {it: WORDING.arguments(language, f"register.why_{it}") for it in REASONS} == listed


def _reasons(source: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each reason with what it tells besides, as the comment beside it lists it."""
    block = source.partition("Reason = Literal[\n")[2].partition("\n]")[0]
    rows = [line.strip().partition("  # ") for line in block.splitlines()]
    return [(name.strip('",'), tuple(filter(None, told.split(", ")))) for name, _, told in rows]


# -- out -------------------------------------------------------------------------------------------


def told_by(folder: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads((folder / "ocop.json").read_bytes())
    return found


def test_the_field_names_are_those_of_the_standards(office: Office) -> None:
    office.takes_in(office.lays_down(ROWS))

    told = told_by(office.gives_out())

    rice, tea, _ = told["PTNT_OCOP"]
    assert list(rice) == [
        "MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "Ma_SanPham", "TenSanPham", "XepHang",
        "ChuTheSXKD", "DoanhThuNam", "TrangThai",
    ]  # fmt: skip
    assert (rice["Ma_DonViHanhChinh"], rice["XepHang"]) == ("02869", "3*")
    assert (tea["TenSanPham"], tea["ChuTheSXKD"], tea["MA_OCOP"]) == ("Chè Shan", "HTX Bản Liền", 2)
    assert all(len(row["Ma_SanPham"]) <= 10 for row in told["PTNT_OCOP"])
    judged = told["DanhGiaSanPhamOCOP"][0]
    assert (judged["maSanPham"], judged["thoigGianDanhGia"]) == (rice["Ma_SanPham"], "2024-03-12")
    assert judged["ketQuaXepLoai"] == 3


def test_sales_are_given_out_of_who_lets_them_and_has_one_product(office: Office) -> None:
    office.takes_in(office.lays_down(ROWS))
    with office.database.transaction() as tx:
        (who,) = persons.meet(tx, [Chat("browser", "demo", "1")], NOW).values()
        consents.give(tx, who, (consents.DOSSIER,), 1, NOW)
        for row in producers.everyone(tx):
            yearly.keep(tx, row["id"], 2025, {"sales": 300_000_000, "shared": True}, who, NOW)

    told = {
        row["TenSanPham"]: row["DoanhThuNam"] for row in told_by(office.gives_out())["PTNT_OCOP"]
    }

    assert told == {"Gạo Séng Cù": None, "Chè Shan": None, "Tinh dầu quế": 300_000_000}


def test_the_workbook_and_the_tables_between_commas_tell_the_same(office: Office) -> None:
    office.takes_in(office.lays_down(ROWS))

    folder = office.gives_out()

    book = load_workbook(folder / "ocop.xlsx")
    assert book.sheetnames == ["PTNT_OCOP", "DanhGiaSanPhamOCOP", "Sổ sản phẩm"]
    for name in book.sheetnames[:2]:
        text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
        rows = [
            ["" if c.value is None else str(c.value) for c in r] for r in book[name].iter_rows()
        ]
        assert list(csv.reader(io.StringIO(text))) == rows
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_what_was_given_out_is_taken_in_elsewhere_as_the_same_register(
    office: Office, elsewhere: Office
) -> None:
    rows = [*ROWS, [9, "Chè Shan", "HTX Bản Liền", "Bản Liền", 5, "8/QĐ", "5/5/2027", None, None]]
    office.takes_in(office.lays_down(rows))
    out = office.gives_out()

    assert elsewhere.takes_in(out / "ocop.xlsx") == 0

    again = elsewhere.gives_out()
    assert told_by(again) == told_by(out)
    assert (again / "so-san-pham.csv").read_bytes() == (out / "so-san-pham.csv").read_bytes()
    assert len(told_by(out)["DanhGiaSanPhamOCOP"]) == 4


def test_the_sample_programme_goes_round_too(office: Office, elsewhere: Office) -> None:
    """Places that are only districts, years without a day, products of no known maker."""
    assert importing.run(office.settings, importing.SAMPLE) == 0
    out = office.gives_out()
    told = told_by(out)["PTNT_OCOP"]
    assert len(told) > 10

    elsewhere.takes_in(out / "ocop.xlsx")

    back = {row["Ma_SanPham"]: row for row in told_by(elsewhere.gives_out())["PTNT_OCOP"]}
    whole = [row for row in told if row["ChuTheSXKD"]]
    assert len(whole) > 5
    names = ("TenSanPham", "XepHang", "ChuTheSXKD", "Ma_ThoiGian", "Ma_DonViHanhChinh")
    assert [[back[row["Ma_SanPham"]][n] for n in names] for row in whole] == [
        [row[n] for n in names] for row in whole
    ]


def test_a_register_of_an_area_has_nothing_of_another(office: Office) -> None:
    quang_tri = [9, "Cao Cà gai leo", "HTX Cùa", "Vĩnh Hoàng", 3, "9/QĐ", "5/5/2025", None, None]
    office.takes_in(office.lays_down([*ROWS, quang_tri]))

    names = {
        area: {row["TenSanPham"] for row in told_by(office.gives_out(area, area))["PTNT_OCOP"]}
        for area in ("02869", "Quảng Trị", "15")
    }

    assert names["02869"] == {"Gạo Séng Cù", "Chè Shan"}
    assert names["Quảng Trị"] == {"Cao Cà gai leo"}
    assert names["15"] == {"Gạo Séng Cù", "Chè Shan", "Tinh dầu quế"}
    with pytest.raises(offices.WrongOffice):
        handing_out.hand_out(office.settings, office.folder / "x", "Nơi nào đó")


def test_whoever_takes_in_or_gives_out_is_in_the_log_without_any_words(office: Office) -> None:
    office.takes_in(office.lays_down(ROWS))
    office.gives_out(area="15")

    with office.database.reading() as tx:
        told = {row["deed"]: json.loads(row["about"]) for row in audit.of_person(tx, 0)}
    assert told == {
        "took_in_register": {"new": 3, "changed": 0},
        "gave_out_register": {"area": "15", "count": 3},
    }


def test_names_that_excel_would_compute_stay_names(office: Office, elsewhere: Office) -> None:
    evil = [1, "=Gạo|'/c calc'!A0", "@HTX Bản Liền", "Bản Liền", 3, "-1+1", "12/3/24", None, None]
    book = Workbook()
    for row in (HEADS, evil):
        book.active.append(row)
    for cell in book.active[2]:
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(office.folder / "evil.xlsx")

    assert office.takes_in(office.folder / "evil.xlsx") == 0

    out = office.gives_out()
    sheet = load_workbook(out / "ocop.xlsx")["PTNT_OCOP"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    text = (out / "PTNT_OCOP.csv").read_bytes().decode("utf-8-sig")
    assert "'=Gạo|" in text
    assert ",@" not in text
    assert elsewhere.takes_in(out / "ocop.xlsx") == 0


def test_who_may_be_in_the_chat_too_is_counted_and_once_joined_has_what_the_next_year_brings(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.takes_in(office.lays_down(ROWS))
    assert "ghép chủ thể" not in capsys.readouterr().out
    with office.database.transaction() as tx:
        who, mine = in_the_chat(tx, "HTX Bản Liền")

    office.takes_in(office.lays_down(ROWS))

    assert "1 chủ thể trong sổ giống" in capsys.readouterr().out
    with office.database.transaction() as tx:
        (row,) = pairings.offered(tx, over(""))
        pairings.judge(tx, row["pair"][:2], pairings.SAME, who, NOW)
    honey = [5, "Mật ong", "HTX Bản Liền", "Bản Liền", 3, "9/QĐ", "5/5/2025", None, None]
    office.takes_in(office.lays_down([*ROWS, honey]))
    with office.database.reading() as tx:
        assert pairings.products(tx, mine) == ["Gạo Séng Cù", "Chè Shan", "Mật ong"]
        assert len(certificates.of_person(tx, who)) == 3


def in_the_chat(tx: Transaction, name: str) -> tuple[int, int]:
    """Somebody whose producer is called as that one, and lives there."""
    (who,) = persons.meet(tx, [Chat("browser", "demo", "1")], NOW).values()
    told = next(row for row in producers.everyone(tx) if row["name"] == name)
    about = {name: told[name] for name in ("name", "kind", "commune_code", "province")}
    mine = producers.add(tx, about | {"made_by": who}, NOW)
    producers.join(tx, who, mine, "own", NOW)
    return who, mine
