"""Every read that officers use gives what lies in their area, all of it and nothing else.

A plain oracle (see world.World.sees) says what that is. What an administrator of everywhere would
get for the same question, but for what the oracle takes away, is what the officer must get.
"""

import os
import pkgutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from random import Random
from typing import Any

import pytest
from sqlalchemy.engine import Connection

import storage
from programme.aims import Aim
from programme.roles import Role
from storage import officers
from storage.database import Database
from storage.officers import Scope
from storage.overview import MATTERS, STEPS, View
from storage.scoped import READS
from tests.storage.world import NOW, PAPERS, TODAY, Key, World, made

for module in pkgutil.iter_modules(storage.__path__, "storage."):
    import_module(module.name)

QUERIES = int(os.environ.get("OCOP_TEST_QUERIES", "2000"))
ALL = 10**6
_SCOPE, _VIEW, _MOST = "the officer's scope", "the officer's view", "how many at most"
_TABLES = {
    "idea": "ideas",
    "paper": "papers",
    "ends": "papers",
    "question": "questions",
    "certificate": "certificates",
    **dict.fromkeys(("dossier", "filing", "review", "check"), "dossiers"),
}


@dataclass(frozen=True)
class Ask:
    """One question to one read. ``of`` is a row that must be the officer's too.

    Of a ``changing`` read a row may stand for others, so that only what it may be is known. What
    is not ``meant`` lists what belongs to the area alone.
    """

    name: str
    args: tuple[Any, ...]
    named: Mapping[str, Any] = field(default_factory=dict)
    of: Key | None = None
    changing: bool = False
    meant: bool = True

    def keys(self, tx: Connection, scope: Scope, most: int) -> list[Key]:
        """Which rows the officer gets."""
        values = {_SCOPE: scope, _VIEW: View(scope, NOW, NOW - timedelta(days=30)), _MOST: most}
        args = [values.get(a, a) if isinstance(a, str) else a for a in self.args]
        named = {n: values.get(a, a) if isinstance(a, str) else a for n, a in self.named.items()}
        found = READS[self.name].function(tx, *args, **named)
        rows = found if isinstance(found, list) else [found] if found is not None else []
        return [self._key(row) for row in rows]

    def _key(self, row: Any) -> Key:
        table = READS[self.name].of
        if hasattr(row, "id"):
            return (table or _TABLES[row.kind], row.id)
        if isinstance(row, tuple):
            return (_TABLES[row[0]], row[1])
        return self.of if row["id"] is None and self.of else (table, row["id"])

    @property
    def limited(self) -> bool:
        """Whether it may be asked for so many at most."""
        return _MOST in self.args or _MOST in self.named.values()


# -- what each read is asked -----------------------------------------------------------------------

Draw = Callable[[World], Any]
Maker = Callable[[str, World], Ask]


def asks(*draws: Draw | str, changing: bool = False, **named: Draw | str) -> Maker:
    """A read of the scope, what is drawn, and what is named."""

    def drawn(draw: Draw | str, world: World) -> Any:
        return draw if isinstance(draw, str) else draw(world)

    def make(name: str, world: World) -> Ask:
        args = (_SCOPE, *(drawn(draw, world) for draw in draws))
        return Ask(name, args, {n: drawn(d, world) for n, d in named.items()}, changing=changing)

    return make


def one(table: str) -> Draw:
    return lambda world: world.any_of(table)


def numbered(table: str, otherwise: Any) -> Draw:
    return lambda world: world.chance.choice([*world.numbers[table], otherwise])


def some(draw: Draw) -> Draw:
    return lambda world: [draw(world) for _ in range(world.chance.randint(1, 8))]


def _subject(world: World) -> tuple[str, int]:
    kind = world.chance.choice(["idea", "paper", "dossier"])
    return kind, world.any_of(f"{kind}s")


def _standing(name: str, world: World) -> Ask:
    return Ask(name, (_SCOPE, *_subject(world)))


def _history(name: str, world: World) -> Ask:
    kind, _ = _subject(world)
    return Ask(name, (_SCOPE, kind, some(one(f"{kind}s"))(world)))


def _aim(world: World) -> Aim:
    chance = world.chance
    return Aim(
        areas=tuple(chance.sample(["15", "68", "02869"], chance.choice([0, 0, 1, 2]))),
        sets=tuple(chance.sample(range(1, 27), chance.choice([0, 0, 8]))),
        stars=tuple(chance.sample([3, 4, 5], chance.choice([0, 0, 2]))),
        months=(11,) if chance.random() < 0.1 else (),
        producers=tuple(chance.sample(world.ids["producers"], chance.choice([0, 0, 12]))),
    )


def _day(_world: World) -> Any:
    return TODAY


def _days(_world: World) -> Any:
    return TODAY - timedelta(days=366), TODAY + timedelta(days=366)


def _moments(_world: World) -> Any:
    return NOW - timedelta(days=366), NOW + timedelta(days=366)


def _year(_world: World) -> Any:
    return TODAY.year


def _recipients(name: str, world: World) -> Ask:
    number = world.chance.choice(world.ids["announcements"])
    status = world.chance.choice(["", "waiting", "sent", "refused"])
    after = world.chance.choice([0, 0, world.any_of("persons")])
    named = {"most": _MOST, "after": after}
    return Ask(name, (_SCOPE, number, status), named, of=("announcements", number))


def _who(name: str, world: World) -> Ask:
    number = world.chance.choice(world.ids["announcements"])
    answers = world.chance.choice([("join",), ("join", "ask", ""), ("",)])
    return Ask(name, (_SCOPE, number, answers, _MOST), of=("announcements", number))


def _after(world: World) -> Any:
    place = import_module("storage.waiting").Place
    return world.chance.choice([None, place(NOW, "paper", world.any_of("papers"))])


def _lines(name: str, world: World) -> Ask:
    matter = world.chance.choice([*MATTERS, *STEPS])
    about = world.chance.choice(["", "", *PAPERS, "4"])
    return Ask(name, (matter, _VIEW, about), {"most": _MOST}, meant=False)


def _keys(name: str, world: World) -> Ask:
    return Ask(name, (world.chance.choice([*MATTERS, *STEPS]), _VIEW), meant=False)


MAKERS: dict[str, Maker] = {
    "storage.papers.numbered": asks(one("papers")),
    "storage.papers.versions": asks(one("papers")),
    "storage.questions.open_here": asks(_MOST),
    "storage.questions.answered_here": asks(_MOST),
    "storage.questions.numbered": asks(numbered("questions", ALL)),
    "storage.announcements.by_id": asks(one("announcements")),
    "storage.announcements.numbered": asks(numbered("announcements", "TB-2026-9999")),
    "storage.announcements.newest": asks(_MOST, lambda w: w.chance.choice(["", "fair"])),
    "storage.announcements.of_fair": asks(one("fairs")),
    "storage.announcements.rows": _recipients,
    "storage.joining.counted": asks(one("announcements")),
    "storage.joining.who": _who,
    "storage.reviews.history": _history,
    "storage.reviews.standing": _standing,
    "storage.ideas.handed_in": asks(_MOST),
    "storage.ideas.here": asks(one("ideas")),
    "storage.ideas.numbered": asks(numbered("ideas", "YT-2026-9999")),
    "storage.audience.people": asks(_aim, _day, changing=True),
    "storage.audience.unasked": asks(_aim, _day, changing=True),
    "storage.audience.away": asks(_aim, _day),
    "storage.waiting.first": asks(_MOST, _after),
    "storage.overview.lines": _lines,
    "storage.overview.keys": _keys,
    "storage.dossiers.open_here": asks(_MOST),
    "storage.dossiers.for_council": asks(_MOST),
    "storage.dossiers.numbered": asks(some(numbered("dossiers", "HS-2026-9999"))),
    "storage.dossiers.here": asks(one("dossiers")),
    "storage.councils.waiting": asks(_MOST),
    "storage.councils.gone_up": asks(),
    "storage.councils.before": asks(one("sittings")),
    "storage.councils.before_these": asks(lambda world: [world.any_of("sittings")]),
    "storage.registers.held": asks(),
    "storage.inspections.numbered": asks(numbered("inspections", ALL)),
    "storage.inspections.of_year": asks(_year, _MOST),
    "storage.inspections.certified_here": asks(),
    "storage.certificates.of_product": asks(one("dossiers")),
    "storage.inspections.during": asks(lambda _: 2025, lambda _: 2027),
    "storage.inspections.of_producer": asks(one("producers")),
    "storage.revocations.numbered": asks(numbered("revocations", ALL)),
    "storage.revocations.during": asks(lambda _: date(2025, 1, 1), lambda _: date(2027, 12, 31)),
    "storage.revocations.standing": asks(_day),
    "storage.revocations.of_certificates": asks(some(one("certificates"))),
    "storage.pairings.offered": asks(),
    "storage.pairings.joined": asks(_MOST),
    "storage.supports.here": asks(_year),
    "storage.supports.during": asks(_year, _year),
    "storage.supports.numbered": asks(numbered("supports", ALL)),
    "storage.tasks.open_here": asks(_MOST),
    "storage.tasks.late_here": asks(_day, _MOST),
    "storage.tasks.during": asks(_moments, _days),
    "storage.tasks.numbered": asks(numbered("tasks", ALL)),
    "storage.targets.wanted_here": asks(_year),
    "storage.report_products.products": asks(),
    "storage.report_products.sat": asks(_day),
    "storage.report_products.certified": asks(_day),
    "storage.report_products.under_way": asks(),
    "storage.report_rows.of_budgets": asks(),
    "storage.report_rows.of_targets": asks(),
    "storage.report_rows.of_units": asks(),
}


def test_it_is_known_how_to_ask_every_read() -> None:
    """Whoever adds a read says here how it is asked, else it is not held against the oracle."""
    assert len(READS) > 20
    assert sorted(READS.keys() - MAKERS.keys()) == []


# -- the property ----------------------------------------------------------------------------------


@dataclass
class Tally:
    """What was asked, and what came of it."""

    asked: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    kept_back: Counter[str] = field(default_factory=Counter)
    outside: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    known: dict[str, list[Key]] = field(default_factory=dict)

    def everywhere(self, tx: Connection, ask: Ask, scope: Scope) -> list[Key]:
        """What an officer of that role gets who looks after everywhere."""
        asked_so = f"{scope.role} {ask.name} {ask.args!r} {ask.named!r}"
        if asked_so not in self.known:
            self.known[asked_so] = ask.keys(tx, scope._replace(area=""), ALL)
        return self.known[asked_so]


def asked(tx: Connection, world: World, ask: Ask, tally: Tally) -> None:
    """Ask once, and hold what comes against what the oracle says."""
    scope = world.officer()
    most = world.chance.choice([0, 1, 3, ALL]) if ask.limited else ALL
    got = ask.keys(tx, scope, most)
    there = tally.everywhere(tx, ask, scope)
    seen = ask.of is None or world.sees(scope, ask.of)
    right = [key for key in there if seen and world.sees(scope, key, meant=ask.meant)]
    tally.asked[ask.name] += 1
    tally.given[ask.name] += len(got)
    tally.kept_back[ask.name] += len(there) - len(right)
    where = f"{ask.name} by {scope.role} of {scope.area or 'everywhere'}"
    if any(not (seen and world.sees(scope, key)) for key in got):
        tally.outside.append(f"{where}: {[k for k in got if not world.sees(scope, k)]}")
    elif not ask.changing and not _is_as_it_should(got, right, most):
        tally.wrong.append(f"{where}: {len(got)} rows of {len(right)}, {most} at most")


def _is_as_it_should(got: list[Key], right: list[Key], most: int) -> bool:
    surplus, lacking = Counter(got) - Counter(right), Counter(right) - Counter(got)
    return not surplus and lacking.total() == max(0, len(right) - most)


@pytest.mark.parametrize("seed", [1])
def test_random_questions_of_random_officers_never_leave_their_area(
    database: Database, seed: int
) -> None:
    chance, tally = Random(seed), Tally()
    with database.transaction() as tx:
        world = made(tx, chance)
        names = [name for name in MAKERS if name in READS]
        for at in range(QUERIES):
            name = names[at % len(names)]
            asked(tx, world, MAKERS[name](name, world), tally)

    assert tally.outside == []
    assert tally.wrong[:5] == []
    assert tally.asked.total() == QUERIES
    if QUERIES >= 1500:  # else it is chance whether each was told, and denied, anything
        assert [name for name in names if not tally.given[name]] == []
        assert [name for name in names if not tally.kept_back[name]] == []


def test_the_oracle_finds_a_read_that_forgets_the_area(database: Database) -> None:
    """So that a green property means something."""
    tally = Tally()
    with database.transaction() as tx:
        world = made(tx, Random(2), 10)
        ask = MAKERS["storage.ideas.handed_in"]("storage.ideas.handed_in", world)
        commune = Scope(0, Role.COMMUNE, "02869")
        got = ask.keys(tx, commune._replace(area=""), ALL)

    assert any(not world.sees(commune, key) for key in got)
    assert not _is_as_it_should(got, [key for key in got if world.sees(commune, key)], ALL)
    assert tally.outside == []


def test_an_officers_area_is_what_the_law_of_places_says(database: Database) -> None:
    """The same scope that ``officers.scope`` gives is what the reads take."""
    with database.transaction() as tx:
        world = made(tx, Random(3), 5)
        person = world.ids["persons"][0]
        officers.appoint(tx, person, "02869", NOW)

        assert officers.scope(tx, person) == Scope(person, Role.COMMUNE, "02869")
        assert Scope(person, Role.COMMUNE, "02869").holds("02869")
        assert not Scope(person, Role.COMMUNE, "02869").holds("02839")
