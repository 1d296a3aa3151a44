"""A small town of producers, each with a phone, for announcements that concern some of them."""

from datetime import date
from typing import Any, NamedTuple

from bot.channels.console.screens import BOT, CHANNEL
from storage import certificates, consents, ideas, producers
from storage.database import Transaction
from storage.persons import Chat, of
from tests.handlers.phones import Phones

OFFICER = "canbo"
BAN_LIEN, BAO_NHAI, BAC_HA, THANH_YEN = "02869", "02890", "02839", "03349"
GOOD, ENDING = date(2027, 6, 30), date(2026, 12, 20)


class House(NamedTuple):
    """A producer: where it is at home, and what it has, as (set, star or months, name)."""

    name: str
    commune: str
    certified: tuple[int, int, str, date] | None = None
    idea: tuple[int, list[int], str] | None = None


HOUSES = {
    "mai": House("HTX Bản Liền", BAN_LIEN, certified=(3, 4, "Gạo Khẩu Mẹo", GOOD)),
    "pao": House("Hộ Lâm A Páo", BAO_NHAI, certified=(8, 3, "Lạp sườn Bảo Nhai", ENDING)),
    "sang": House("HTX Na Hối", BAC_HA, idea=(1, [6, 7], "Mận tam hoa")),
    "lan": House("Hộ Lý Thị Lan", BAN_LIEN, certified=(3, 3, "Gạo nếp nương", GOOD)),
    "khoa": House("Công ty Mường Thanh", THANH_YEN, certified=(4, 5, "Mật ong rừng", GOOD)),
    "nga": House("HTX Du lịch Bắc Hà", BAC_HA, idea=(26, [9, 10], "Du lịch Na Lo")),
}
NO_NEWS = "lan"  # who agreed to no news
ENGLISH = "nga"


def settled(phones: Phones) -> Phones:
    """Everybody is there, and an officer of everywhere."""

    def come() -> None:
        phones.say("/start CANBO", on=OFFICER)
        for name in HOUSES:
            phones.agreed(on=name)
        phones.say("English", on=ENGLISH)
        with phones.database.transaction() as tx:
            for name in HOUSES:
                _settle(tx, phones, name)

    return phones.reach("settled", come)


def person(tx: Transaction, name: str) -> int:
    """Whose phone it is."""
    chat = Chat(CHANNEL, BOT, name)
    return of(tx, [chat])[chat]


def _settle(tx: Transaction, phones: Phones, name: str) -> None:
    house, who, now = HOUSES[name], person(tx, name), phones.player.now
    values = {"name": house.name, "kind": "cooperative", "commune_code": house.commune}
    home = producers.add(tx, {**values, "phone": "0912345678"}, now)
    producers.join(tx, who, home, "own", now)
    if name == NO_NEWS:
        consents.end(tx, who, "news", now)
    if house.certified:
        product_set, star, called, ends = house.certified
        days = {"issued": date(2024, 1, 1), "expires": ends}
        window = {"refile_from": ends, "refile_by": ends, "decision": "157/QĐ-UBND"}
        about = {"producer_id": home, "name": called, "product_set": product_set, "star": star}
        certificates.keep(tx, {**about, **days, **window}, now)
    if house.idea:
        product_set, months, called = house.idea
        ideas.submit(
            tx,
            {**_IDEA, **_of(house, home, who), "name": called, "product_set": product_set},
            {"season": months},
            now,
            now.year,
        )


_IDEA: dict[str, Any] = {
    "run": 1, "hand": "", "stage": "have", "star": 3, "round_key": None, "form_version": 2,
}  # fmt: skip


def _of(house: House, home: int, who: int) -> dict[str, Any]:
    return {"producer_id": home, "person_id": who, "commune_code": house.commune}


def announce(phones: Phones, aim: str, **said: str) -> str:
    """Fill the form of a fair for this aim; what is read at its end."""
    about = {
        "name": "Hội chợ Xuân Lào Cai",
        "days": "24/12/2026 đến 28/12/2026",
        "place": "Lào Cai",
        "register_by": "10/12/2026",
        **said,
    }
    phones.say("thông báo", "hội chợ", *about.values(), aim, on=OFFICER)
    if phones.session(officer(phones)).active() and "Em hiểu là" in phones.read(OFFICER):
        phones.say("đúng", on=OFFICER)
    return phones.say("gửi", on=OFFICER)


def officer(phones: Phones) -> int:
    """Who the officer is."""
    with phones.database.reading() as tx:
        return person(tx, OFFICER)


def told(phones: Phones) -> set[str]:
    """On whose phones something came since the last thing was done."""
    new = phones.player.letters[phones._read :]
    return {phone for phone, _ in new if phone != OFFICER}
