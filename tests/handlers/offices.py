"""A commune's and a province's office around one producer, for tests of what officers do."""

from typing import Any

from sqlalchemy import text

from programme.roles import Role
from storage import officers, papers
from tests.handlers.phones import Phones

BAN_LIEN, BAC_HA, LAO_CAI = "02869", "02839", "15"
MAIN, COMMUNE, OTHER, PROVINCE = 1, 2, 3, 4  # persons, in the order in which they met us
AREAS = {"xa": BAN_LIEN, "xa2": BAN_LIEN, "tinh": LAO_CAI}


def opened(phones: Phones) -> Phones:
    """A producer who has handed an idea in, two officers of her commune, one of the province."""
    return phones.reach("offices", lambda: _open(phones))


def _open(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ sản phẩm")
    for phone, area in AREAS.items():
        phones.say("/start CANBO", on=phone)
        appoint(phones, area)
    phones.read()


def appoint(phones: Phones, area: str, role: Role | None = None) -> int:
    """Let whoever became an officer last be one of that area; who that is."""
    with phones.database.transaction() as tx:
        newest = text("SELECT max(person_id) FROM officers")
        person = int(tx.execute(newest).scalar_one())
        officers.appoint(tx, person, area, phones.player.now, role)
    return person


def give(phones: Phones, kind: str = "story_text", **more: Any) -> int:
    """Let the producer have sent a paper; its number."""
    values = {"producer_id": 1, "product": 1, "paper": kind, "person_id": MAIN, **more}
    with phones.database.transaction() as tx:
        return papers.give(tx, values, (), phones.player.now)


def letters(phones: Phones, phone: str) -> list[str]:
    """All that this phone was sent, by letter."""
    return [said for to, said in phones.player.letters if to == phone]


def noted(phones: Phones) -> list[tuple[int, str, str, int]]:
    """What the log says that officers did and looked at: who, what, of which kind, which."""
    with phones.database.reading() as tx:
        rows = tx.execute(text("SELECT person, deed, kind, subject FROM audit ORDER BY seq"))
        return [tuple(row) for row in rows]
