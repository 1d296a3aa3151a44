"""The register of an area given out by the command line, in the ministry's field names."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot import clock, offices
from bot.registering import write
from bot.settings import Settings
from bot.terminal import refuse, say, words
from conversations.messages import Message
from documents import national
from documents.national import EVALUATIONS, PRODUCTS, Cell, Table
from programme.quiet import VIETNAM
from storage import audit, migrate, officers, registers, restoring
from storage.audit import Entry
from storage.database import Database
from storage.registers import Line

# The columns of the register as offices keep it, in this order; what import reads again.
COLUMNS = (
    *("number", "code", "name", "product_set", "producer", "kind"),
    *("commune_code", "commune", "province", "address", "representative", "phone", "tax_code"),
    *("star", "decision", "issued", "expires", "level"),
)
_OF_PRODUCER = COLUMNS[COLUMNS.index("commune_code") : COLUMNS.index("star")]
_SCALE = "100"  # points, of every sheet of Phụ lục III


def hand_out(settings: Settings, folder: Path, area: str = "") -> int:
    """Write the register of that area, everywhere if none is named; 1 if it cannot be.

    Raises offices.WrongOffice when there is no such area.
    """
    if not restoring.is_there(settings.database) or not migrate.current(settings.database):
        return refuse(Message("register.nothing"))
    now, code = clock.now(), offices.code_of(area)
    migrate.upgrade(settings.database)
    with closing(Database(settings.database)) as database, database.transaction() as tx:
        lines = registers.lines(tx, officers.over(code))
        about = {"area": code, "count": len(lines)}
        audit.append(tx, Entry(0, "gave_out_register", about=about), now)
    try:
        _lay(folder, tables(lines, _today(now)), _today(now))
    except OSError as error:
        return refuse(Message("register.no_room", {"file": str(folder), "why": str(error)}))
    say(Message("register.exported", {"folder": str(folder), "rows": len(lines)}))
    return 0


def tables(lines: list[Line], today: date) -> list[Table]:
    """The register as two tables of the standards, and as offices keep it."""
    name, *heads = words(
        Message("register.register_name"), *(Message(f"register.field_{it}") for it in COLUMNS)
    )
    said = _Said()
    return [
        Table("PTNT_OCOP", PRODUCTS, tuple(_products(lines, today, said))),
        Table("DanhGiaSanPhamOCOP", EVALUATIONS, tuple(_evaluations(lines, said))),
        Table(name, tuple(heads), tuple(_register(lines, said))),
    ]


class _Said:
    """Words for codes, each rendered once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, message: Message) -> str:
        at = repr(message)
        if at not in self._known:
            (self._known[at],) = words(message)
        return self._known[at]


def _products(lines: list[Line], today: date, said: _Said) -> Iterator[tuple[Cell, ...]]:
    for number, line in enumerate(lines, 1):
        year, rank = line.issued[:4], f"{line.star}*"
        code = line.producer.get("commune_code") or line.producer.get("province_code")
        maker = line.producer.get("name")
        status = said(Message(f"register.status_{_status(line, today)}"))
        yield number, code, year, line.key, line.name, rank, maker, line.sales, status


def _status(line: Line, today: date) -> str:
    if line.revoked and date.fromisoformat(line.revoked) <= today:
        return "revoked"
    if not line.expires:
        return "unknown"
    return "valid" if date.fromisoformat(line.expires) >= today else "over"


def _evaluations(lines: list[Line], said: _Said) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        for nth, result in enumerate(line.results, 1):
            title = said(Message("register.evaluation", {"decision": result["decision"] or ""}))
            by, on = said(_level(result)), result["found_on"]
            yield f"{line.key}-{nth}", line.key, title, _SCALE, by, on, result["star"]


def _register(lines: list[Line], said: _Said) -> Iterator[tuple[Cell, ...]]:
    every = [(line, result) for line in lines for result in line.results]
    for number, (line, result) in enumerate(every, 1):
        maker: dict[str, Any] = line.producer
        told = {
            "number": number,
            "code": line.key,
            "name": line.name,
            "product_set": line.product_set,
            "producer": maker.get("name"),
            "kind": said(Message(f"register.kind_{maker['kind']}")) if maker else None,
            "star": result["star"],
            "decision": result["decision"],
            "issued": _day(result["found_on"]),
            "expires": _day(result["expires"]),
            "level": said(_level(result)),
        }
        told |= {name: maker.get(name) for name in _OF_PRODUCER}
        yield tuple(told[name] for name in COLUMNS)


def _level(result: dict[str, Any]) -> Message:
    return Message(f"register.level_{result['level']}")


def _day(on: str) -> str:
    """A day as offices write it, as exact as it is known: 12/3/2024, 3/2024 or 2024."""
    return "/".join(part.lstrip("0") for part in reversed(on.split("-")))


def _lay(folder: Path, told: list[Table], today: date) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "ocop.xlsx", national.workbook(told, today))
    write(folder / "ocop.json", national.as_json(told))
    for table, name in zip(told, ("PTNT_OCOP", "DanhGiaSanPhamOCOP", "so-san-pham"), strict=True):
        write(folder / f"{name}.csv", national.comma_separated(table))


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
