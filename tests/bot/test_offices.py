"""Officers by the command line: the first administrator, a lost phone, and the log of it all."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from bot import assembly, offices
from bot.__main__ import app
from bot.offices import WrongOffice
from bot.settings import Settings
from programme.roles import Role
from storage import invitations, officers, outbox, sessions
from storage.audit import Entry, append
from storage.database import Database
from storage.outbox import Posted
from storage.sessions import Saved
from tests.storage.people import NOW, chat, met

CODE = re.compile(r"^code  (\S+)$", re.MULTILINE)
COMMUNE = (Role.COMMUNE, "02869")
LATE = NOW + timedelta(days=400)


class Terminal:
    """Somebody at the command line of an office; ``database`` is the one that it works on."""

    def __init__(self, database: Database, url: str, folder: Path) -> None:
        self.database = database
        self.environment = {"OCOP_DATA": str(folder), "OCOP_DATABASE_URL": url}

    def types(self, *words: str) -> Result:
        """What comes of ``./run bot`` with these words."""
        return CliRunner(env=self.environment).invoke(app, list(words))

    def code(self, *words: str) -> str:
        """The code that is printed, without its dashes."""
        done = self.types("invite", *words)
        found = CODE.search(done.output)
        assert done.exit_code == 0, done.output
        assert found, done.output
        return found[1].replace("-", "")

    def rows(self, statement: str) -> list[Any]:
        """What stands in the tables."""
        with self.database.reading() as tx:
            return [tuple(row) for row in tx.execute(text(statement))]


@pytest.fixture
def terminal(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.setenv("COLUMNS", "200")
    return Terminal(database, database_url, tmp_path)


def appointed(terminal: Terminal, number: int, area: str) -> int:
    with terminal.database.transaction() as tx:
        person = met(tx, number)
        officers.appoint(tx, person, area, NOW)
    return person


# -- the first one ---------------------------------------------------------------------------------


def test_the_first_administrator_is_made_by_a_command(terminal: Terminal) -> None:
    code = terminal.code("--role", "administrator")

    with terminal.database.transaction() as tx:
        until = tx.execute(text("SELECT until FROM invitations")).scalar_one()
        office = invitations.look(tx, code, NOW)
    assert until
    assert office is not None
    assert (office.role, office.area, office.made_by) == ("administrator", "", None)


@pytest.mark.parametrize(
    ("role", "area", "code"),
    [
        ("commune", "02869", "02869"),
        ("commune", "Bản Liền, Lào Cai", "02869"),
        ("province", "15", "15"),
        ("secretary", "Lào Cai", "15"),
        ("adviser", "02869", "02869"),
        ("adviser", "15", "15"),
        ("administrator", "15", "15"),
    ],
)
def test_an_area_is_told_by_its_code_or_its_name(role: str, area: str, code: str) -> None:
    assert offices._area(Role(role), area) == code


@pytest.mark.parametrize(
    ("role", "area"),
    [("commune", "Lào Cai"), ("commune", ""), ("province", "02869"), ("member", ""),
     ("administrator", "02869"), ("commune", "Nơi Không Có"), ("commune", "99999")],
)  # fmt: skip
def test_an_area_that_the_role_cannot_have_is_refused(role: str, area: str) -> None:
    with pytest.raises(WrongOffice, match=r"^--area: "):
        offices._area(Role(role), area)


def test_what_cannot_be_is_said_in_one_line_and_nothing_is_kept(terminal: Terminal) -> None:
    role = terminal.types("invite", "--role", "mayor")
    area = terminal.types("invite", "--role", "commune", "--area", "15")

    assert (role.exit_code, area.exit_code) == (2, 2)
    assert role.output.startswith("--role: mayor is none of administrator")
    assert area.output == "--area: commune looks after a commune, 15 is none\n"
    assert terminal.rows("SELECT * FROM invitations") == []


def test_where_the_channel_follows_links_there_is_one_and_a_picture_of_it(
    terminal: Terminal,
) -> None:
    terminal.environment |= {"OCOP_TELEGRAM_TOKEN": "1:x", "OCOP_TELEGRAM_NAME": "@OcopBot"}

    done = terminal.types("invite", "--role", "administrator")

    found = CODE.search(done.output)
    assert found
    assert f"link  https://t.me/OcopBot?start={found[1].replace('-', '')}\n" in done.output
    assert "▀" in done.output


def test_the_code_of_the_demo_makes_nobody_an_officer_where_a_channel_is_on(
    tmp_path: Path,
) -> None:
    demo = Settings(data=tmp_path)
    real = Settings(data=tmp_path, telegram_token="1:x")

    assert assembly._demo_code(demo) == assembly.DEMO_OFFICER
    assert assembly._demo_code(real) is None


# -- who is there ----------------------------------------------------------------------------------


def test_officers_are_listed_with_those_within_the_area(terminal: Terminal) -> None:
    everywhere, province, commune = (
        appointed(terminal, number, area) for number, area in ((1, ""), (2, "15"), (3, "02869"))
    )

    every = terminal.types("officers").output.splitlines()
    there = terminal.types("officers", "--area", "15").output.splitlines()

    assert {line.split("\t")[0] for line in every} == {*map(str, (everywhere, province, commune))}
    assert [line.split("\t")[:4] for line in there] == [
        [str(commune), "commune", "02869", "xã Bản Liền, tỉnh Lào Cai"],
        [str(province), "province", "15", "tỉnh Lào Cai"],
    ]


def test_a_lost_phone_is_shut_out_by_its_number(terminal: Terminal) -> None:
    number = appointed(terminal, 1, "02869")
    with terminal.database.transaction() as tx:
        invitations.give(tx, "QQQ222333", invitations.Office(*COMMUNE, made_by=number), LATE)
        outbox.put(tx, [Posted(chat(1), number, "phiếu mới", "[]", None)], NOW)
        body = '{"menu":["digest:new::1"],"token":4}'
        sessions.save(tx, [Saved(number, body, 4, 9, None)], NOW)

    done = terminal.types("shut-out", str(number))

    assert done.exit_code == 0
    assert terminal.rows("SELECT * FROM officers") == []
    assert terminal.rows("SELECT * FROM invitations") == []
    assert terminal.rows("SELECT status, reason FROM outbox") == [("failed", "Recalled")]
    ((kept,),) = terminal.rows("SELECT body FROM sessions")
    assert json.loads(kept).get("menu", []) == []
    assert terminal.rows("SELECT person, deed, subject FROM audit") == [(0, "shut_out", number)]


def test_the_officer_gets_a_code_for_the_new_phone_where_wanted(terminal: Terminal) -> None:
    number = appointed(terminal, 1, "02869")

    done = terminal.types("shut-out", str(number), "--again")

    assert CODE.search(done.output)
    assert terminal.rows("SELECT role, area, follows FROM invitations") == [
        ("commune", "02869", number)
    ]


def test_whoever_is_no_officer_cannot_be_shut_out(terminal: Terminal) -> None:
    done = terminal.types("shut-out", "7")

    assert done.exit_code == 2
    assert "there is no officer 7" in done.output
    assert terminal.rows("SELECT * FROM audit") == []


# -- the log ---------------------------------------------------------------------------------------


@pytest.fixture
def logged(terminal: Terminal) -> Terminal:
    with terminal.database.transaction() as tx:
        for number in range(3):
            append(tx, Entry(7, "look", "dossier", number, {"page": 1}), NOW)
    return terminal


def test_a_whole_log_is_proved_whole(logged: Terminal) -> None:
    done = logged.types("audit", "verify")

    assert done.exit_code == 0
    assert re.fullmatch(r"whole: 3:[0-9a-f]{64}\n", done.output)


def test_each_fault_of_the_log_stands_in_a_line(logged: Terminal) -> None:
    with logged.database.transaction() as tx:
        tx.execute(text("UPDATE audit SET person = 8 WHERE seq = 1"))
        tx.execute(text("DELETE FROM audit WHERE seq = 3"))

    done = logged.types("audit", "verify")
    told = json.loads(logged.types("audit", "verify", "--json").output)

    assert done.exit_code == 1
    assert done.output.splitlines()[:2] == ["1 changed", "3 missing"]
    assert (told["whole"], told["faults"]) == (False, ["1 changed", "3 missing"])


def test_a_log_that_was_made_anew_is_told_by_a_hash_that_was_noted_down(logged: Terminal) -> None:
    noted = logged.types("audit", "verify").output.removeprefix("whole: ").strip()

    same = logged.types("audit", "verify", "--since", noted)
    other = logged.types("audit", "verify", "--since", f"2{noted[1:]}")
    wrong = logged.types("audit", "verify", "--since", "yesterday")

    assert (same.exit_code, other.exit_code, wrong.exit_code) == (0, 1, 2)
    assert other.output.startswith("2 not what was noted down")


def test_what_somebody_did_is_listed(logged: Terminal) -> None:
    shown = logged.types("audit", "show", "--person", "7").output.splitlines()

    assert [line.split("\t")[2:] for line in shown] == [
        ["look", f"dossier {number}", "page=1"] for number in range(3)
    ]
    assert logged.types("audit", "show", "--person", "8").output == ""
