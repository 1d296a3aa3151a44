"""Officers of several roles, each on a phone: invited by a code, as in real life."""

import re
from typing import Any

from sqlalchemy import text

from storage import audit
from tests.handlers.phones import Phones

_CODE = re.compile(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}\b")
WORDS = {
    "commune": "mời cán bộ xã Bản Liền, Lào Cai",
    "province": "mời cán bộ tỉnh Lào Cai",
    "secretary": "mời thư ký hội đồng tỉnh Lào Cai",
    "member": "mời thành viên hội đồng tỉnh Lào Cai",
    "adviser": "mời tư vấn xã Bản Liền, Lào Cai",
    "administrator": "mời quản trị",
}


def code_in(said: str) -> str:
    """The code that somebody was told."""
    found = _CODE.search(said)
    assert found, said
    return found[0]


def invited(phones: Phones, words: str, by: str = "canbo") -> str:
    """The code that an officer gets who asks for one in these words."""
    said = phones.say(words, "lấy mã", on=by)
    if "đơn vị nào" in said:  # of an adviser; the last one is none
        said = phones.say(said.split("\n")[-1].partition(".")[0].strip(), on=by)
    return code_in(said)


def officer(phones: Phones, role: str, on: str, by: str = "canbo") -> str:
    """Make an officer of that phone; what they read."""
    return phones.say(f"mã mời {invited(phones, WORDS[role], by)}", on=on)


def rows(phones: Phones, statement: str) -> list[Any]:
    """What stands in the tables."""
    with phones.database.reading() as tx:
        return [tuple(row) for row in tx.execute(text(statement))]


def person(phones: Phones, on: str) -> int:
    """The number of whoever has that phone."""
    return int(rows(phones, f"SELECT person_id FROM chats WHERE chat = '{on}'")[0][0])


def offices(phones: Phones) -> dict[int, tuple[str, str]]:
    """Role and area of each officer, by number."""
    found = rows(phones, "SELECT person_id, role, area FROM officers")
    return {number: (role, area) for number, role, area in found}


def deeds(phones: Phones, on: str) -> list[str]:
    """What the log says that somebody did."""
    number = person(phones, on)
    with phones.database.reading() as tx:
        assert list(audit.faults(tx)) == []
        return [row["deed"] for row in audit.of_person(tx, number)]
