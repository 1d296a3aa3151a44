"""A random world of producers and all that is theirs, and in plain words who may see what of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Boolean, Column, Date, Float, Integer, insert, update
from sqlalchemy.engine import Connection
from sqlmodel import Table

from programme.roles import RIGHTS, Right, Role
from storage.database import UtcDateTime
from storage.officers import Scope
from storage.tables import metadata

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PROVINCE_OF = {
    "02869": "15",
    "02839": "15",
    "02728": "15",
    "24778": "68",
    "24781": "68",
    "00004": "01",
    "00008": "01",
}
NAMES = {"15": "Lào Cai", "68": "Lâm Đồng", "01": "Hà Nội"}
HOMES = [*PROVINCE_OF.items(), ("", "15"), ("", "68"), ("", "")]
AREAS = ["", "15", "68", "01", *PROVINCE_OF, "99999"]
STATUSES = ["submitted", "submitted", "mended", "withdrawn"]
PAPERS = ["land_right", "food_safety", "water_test", "label"]
Key = tuple[str, int]


@dataclass
class World:
    """The ids of each table's rows, and of each row the codes of where it belongs."""

    chance: Random
    ids: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, list[Any]] = field(default_factory=dict)
    homes: dict[Key, frozenset[str]] = field(default_factory=dict)
    meant: dict[Key, str] = field(default_factory=dict)  # for which commune, wherever it belongs

    def any_of(self, table: str) -> int:
        """A row's id, or one that no row has."""
        return self.chance.choice([*self.ids.get(table, []), 10**6])

    def sees(self, scope: Scope, key: Key, *, meant: bool = True) -> bool:
        """Whether that row is the officer's to see: as it belongs there, or was meant for there."""
        if Right.READ not in RIGHTS[scope.role]:
            return False
        there = self.homes[key] | ({self.meant.get(key, "")} if meant else set())
        return scope.area == "" or scope.area in there

    def officer(self) -> Scope:
        """Some officer of some area; such areas too as the role has not usually."""
        return Scope(0, self.chance.choice(list(Role)), self.chance.choice(AREAS))


def made(tx: Connection, chance: Random, size: int = 40) -> World:
    """A world of so many producers, written into the database."""
    world = World(chance)
    for _ in range(size):
        _put(tx, world, "persons", (), created_at=NOW)
    for _ in range(size):
        commune, province = chance.choice(HOMES)
        where = {"commune_code": commune, "province_code": province}
        _put(tx, world, "producers", (commune, province), name="HTX", **where)
    _join(tx, world)
    for table in (_idea, _dossier, _paper, _question, _certificate, _product):
        for _ in range(2 * size):
            table(tx, world)
    for number in range(size):
        _of_a_file(tx, world, number)
    for number in range(5):
        _put(tx, world, "fairs", (), key=f"fair-{number}")
    for _ in range(size):
        _announcement(tx, world)
    for _ in range(5 * size):
        _review(tx, world)
    _run(tx, world, size)
    _register(tx, world, size)
    return world


# -- rows ------------------------------------------------------------------------------------------


def _put(tx: Connection, world: World, table: str, home: tuple[str, ...], **values: Any) -> int:
    """A row with something in each column that must have something; its id."""
    of = metadata.tables[table]
    rest = {one.name: _something(one) for one in of.columns if _must(one, values)}
    known = {name: value for name, value in values.items() if name in of.columns}
    (number,) = tx.execute(insert(of).values({**rest, **known}).returning(of.c.id)).one()
    world.ids.setdefault(table, []).append(number)
    world.homes[table, number] = frozenset(code for code in home if code)
    return int(number)


def _must(column: Column[Any], values: Mapping[str, Any]) -> bool:
    given = column.name in values or column.server_default is not None
    return not (given or column.nullable or column.primary_key)


def _something(column: Column[Any]) -> Any:
    match column.type:
        case UtcDateTime():
            return NOW
        case Date():
            return TODAY
        case Boolean():
            return False
        case Integer() | Float():
            return 1
        case _:
            return ""


def _of_producer(world: World) -> tuple[int, tuple[str, ...]]:
    producer = world.chance.choice(world.ids["producers"])
    return producer, tuple(world.homes["producers", producer])


def _person(world: World) -> int:
    return world.chance.choice(world.ids["persons"])


def _days(world: World, most: int = 60) -> timedelta:
    return timedelta(days=world.chance.randint(-most, most))


def _join(tx: Connection, world: World) -> None:
    members = metadata.tables["memberships"]
    for person in world.ids["persons"]:
        for producer in world.chance.sample(world.ids["producers"], world.chance.randint(0, 2)):
            about = {"person_id": person, "producer_id": producer, "role": "own", "since": NOW}
            tx.execute(insert(members).values(about))
        for purpose, share in (("dossier", 0.9), ("news", 0.6)):
            if world.chance.random() < share:
                about = {"person_id": person, "purpose": purpose, "words_version": 1}
                tx.execute(insert(metadata.tables["consents"]).values({**about, "given_at": NOW}))


def _idea(tx: Connection, world: World) -> None:
    producer, home = _of_producer(world)
    meant, _ = world.chance.choice(HOMES)
    number = f"YT-2026-{len(world.ids.get('ideas', ())):04d}"
    world.numbers.setdefault("ideas", []).append(number)
    about = {"producer_id": producer, "person_id": _person(world), "number": number}
    about |= {"product_set": world.chance.randint(1, 26), "answers": "{}", "commune_code": meant}
    status = world.chance.choice(STATUSES)
    verdict = world.chance.choice([None, "returned"])
    at = {"submitted_at": NOW + _days(world), "status": status, "verdict": verdict}
    made_ = _put(tx, world, "ideas", home, **about, **at)
    world.meant["ideas", made_] = meant


def _dossier(tx: Connection, world: World) -> None:
    producer, home = _of_producer(world)
    number = f"HS-2026-{len(world.ids.get('dossiers', ())):04d}"
    world.numbers.setdefault("dossiers", []).append(number)
    step = world.chance.randint(0, 3)
    at = NOW + _days(world)
    steps = {"filed_at": at, "sent_up_at": at, "checked_at": at}
    gone = {name: when for n, (name, when) in enumerate(steps.items()) if n < step}
    about = {"producer_id": producer, "person_id": _person(world), "number": number}
    about |= {"status": world.chance.choice(["open", "open", "closed"]), "made_at": at}
    about |= {"file_by": TODAY + _days(world), "review_by": TODAY + _days(world)}
    about |= {"next_paper": world.chance.choice([None, *PAPERS])}
    _put(tx, world, "dossiers", home, **about, **gone)


def _paper(tx: Connection, world: World) -> None:
    producer, home = _of_producer(world)
    about = {"producer_id": producer, "paper": world.chance.choice(PAPERS)}
    at = {"given_at": NOW + _days(world), "ends": TODAY + _days(world)}
    replaced = world.chance.choice([None, NOW + _days(world)])
    verdict = world.chance.choice([None, "accepted", "returned"])
    _put(tx, world, "papers", home, **about, **at, replaced_at=replaced, verdict=verdict)


def _question(tx: Connection, world: World) -> None:
    """One that is about a producer has the codes of that one, else those of who asks."""
    producer, home = _of_producer(world)
    commune = next((code for code in home if code in PROVINCE_OF), "")
    province = next((code for code in home if code not in PROVINCE_OF), "")
    number = len(world.ids.get("questions", ())) + 1
    world.numbers.setdefault("questions", []).append(number)
    about = {"number": number, "person_id": _person(world), "text": "?", "asked_at": NOW}
    about |= {"producer_id": world.chance.choice([None, producer]), "told_at": NOW}
    about |= {"commune_code": commune, "province_code": province}
    answered = world.chance.choice([None, NOW])
    answer = {"answered_at": answered, "answer": "!" if answered else None}
    _put(tx, world, "questions", home, **about, **answer)


def _certificate(tx: Connection, world: World) -> None:
    producer, home = _of_producer(world)
    if world.chance.random() < 0.1:
        producer, home = None, ()  # type: ignore[assignment]  # whose it is nobody knows
    issued = TODAY + _days(world, 400)
    about = {"producer_id": producer, "star": world.chance.randint(3, 5), "issued": issued}
    about |= {"product_set": world.chance.randint(1, 26), "refile_from": issued}
    _put(tx, world, "certificates", home, **about, expires=issued + timedelta(days=1095))


def _product(tx: Connection, world: World) -> None:
    producer, home = _of_producer(world)
    number = len(world.ids.get("products", ()))
    months = world.chance.choice(["", "11,12", "1"])
    about = {"key": f"sp{number}", "producer_id": producer, "months": months}
    _put(tx, world, "products", home, product_set=world.chance.randint(1, 26), **about)


def _of_a_file(tx: Connection, world: World, number: int) -> None:
    """What an office's file tells of a commune, or of a whole province."""
    commune, province = world.chance.choice([home for home in HOMES if home[1]])
    home, key = (commune, province), f"row-{number}"
    about = {"key": key, "province": NAMES[province], "commune_code": commune}
    place = _put(tx, world, "places", home, **about)
    for table in ("targets", "budgets", "help_units"):
        _put(tx, world, table, home, key=key, place_id=place, year=2026, duties="[]")


def _announcement(tx: Connection, world: World) -> None:
    commune, province = world.chance.choice(HOMES)
    number = f"TB-2026-{len(world.ids.get('announcements', ())):04d}"
    world.numbers.setdefault("announcements", []).append(number)
    where = {"commune_code": commune, "province_code": province, "number": number}
    about = {"made_by": _person(world), "said": "{}", "aim": "{}", "kind": "fair"}
    about |= {"fair_id": world.chance.choice(world.ids["fairs"])}
    made_ = _put(tx, world, "announcements", (commune, province), **where, **about)
    for person in world.chance.sample(world.ids["persons"], len(world.ids["persons"]) // 6):
        producer = world.chance.choice([None, *world.ids["producers"]])
        row: dict[str, Any] = {
            "announcement_id": made_,
            "person_id": person,
            "producer_id": producer,
        }
        row |= {"at": NOW}
        row |= {"status": world.chance.choice(["queued", "sent", "refused"])}
        row |= dict.fromkeys(("channel", "bot", "chat"), "")
        tx.execute(insert(metadata.tables["recipients"]).values(row))


def _review(tx: Connection, world: World) -> None:
    kind = world.chance.choice(["idea", "paper", "dossier"])
    subject = world.chance.choice(world.ids[f"{kind}s"])
    about = {"kind": kind, "subject": subject, "turn": world.chance.randint(0, 3)}
    on, by = (f"{kind}s", subject), _person(world)
    home = tuple(world.homes[on])
    made_ = _put(tx, world, "reviews", home, verdict="accepted", person_id=by, **about)
    world.meant["reviews", made_] = world.meant.get(on, "")


def _run(tx: Connection, world: World, size: int) -> None:
    """What an office does: inspections, tasks and targets, and a council's meeting."""
    for number in range(size):
        _inspection(tx, world, number)
        _revocation(tx, world, number)
        _plan(tx, world, number)
    _sit(tx, world)


def _register(tx: Connection, world: World, size: int) -> None:
    """Producers of a register, some of whom an officer said to be one of the others."""
    for number in range(size):
        commune, province = world.chance.choice([home for home in HOMES if home[0]])
        where = {"commune_code": commune, "province_code": province, "source": f"reg-{number}"}
        register = _put(tx, world, "producers", (commune, province), name="HTX", **where)
        if world.chance.random() < 0.3:
            about: dict[str, Any] = {"register_id": register}
            about |= {"producer_id": world.ids["producers"][number]}
            about |= {"verdict": "same", "moved": "{}", "judged_at": NOW}
            tx.execute(insert(metadata.tables["pairings"]).values(about))


def _inspection(tx: Connection, world: World, number: int) -> None:
    producer, home = _of_producer(world)
    world.numbers.setdefault("inspections", []).append(number + 1)
    about = {"number": number + 1, "producer_id": producer, "made_by": _person(world)}
    _put(tx, world, "inspections", home, **about, day=TODAY, status="found")


def _revocation(tx: Connection, world: World, number: int) -> None:
    certificate = world.chance.choice(world.ids["certificates"])
    given: Table = metadata.tables["certificates"]
    dossier = {"dossier_id": world.ids["dossiers"][number % len(world.ids["dossiers"])]}
    tx.execute(update(given).where(given.c.id == certificate).values(dossier))
    world.numbers.setdefault("revocations", []).append(number + 1)
    about = {"number": number + 1, "certificate_id": certificate, "made_by": _person(world)}
    home = tuple(world.homes["certificates", certificate])
    _put(tx, world, "revocations", home, **about, status="open", until=TODAY)


def _plan(tx: Connection, world: World, number: int) -> None:
    """A task, a support, and a target in numbers, of a commune or of a whole province."""
    commune, province = world.chance.choice([home for home in HOMES if home[1]])
    where = {"commune_code": commune, "province_code": province}
    world.numbers.setdefault("tasks", []).append(number + 1)
    about = {"number": number + 1, "batch": 1, "given_by": _person(world), **where}
    due, status = TODAY + _days(world), world.chance.choice(["given", "given", "done"])
    _put(tx, world, "tasks", (commune, province), **about, due=due, status=status)
    world.numbers.setdefault("supports", []).append(number + 1)
    about = {"number": number + 1, "year": TODAY.year, "made_by": _person(world), **where}
    _put(tx, world, "supports", (commune, province), **about)
    about = {"year": TODAY.year, "kind": f"k{number}", "set_by": _person(world), **where}
    _put(tx, world, "counted_targets", (commune, province), **about)


def _sit(tx: Connection, world: World) -> None:
    agenda: Table = metadata.tables["agenda"]
    for province in ("15", "68"):
        council = _put(tx, world, "councils", (), province_code=province, made_by=_person(world))
        sitting = _put(
            tx, world, "sittings", (), council_id=council, made_by=_person(world), status="decided"
        )
        for place, dossier in enumerate(
            world.chance.sample(world.ids["dossiers"], len(world.ids["dossiers"]) // 6)
        ):
            row = {"sitting_id": sitting, "dossier_id": dossier, "place": place, "turn": 1}
            star = world.chance.choice([3, 5])
            tx.execute(insert(agenda).values(row | {"refused": "", "star": star}))
