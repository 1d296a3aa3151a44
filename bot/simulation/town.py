"""The people of a simulated year: producers with dossiers and papers, and their officers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import msgspec

from conversations.forms.consent import WORDS_VERSION
from conversations.session import Session
from programme import products, ruleset
from programme.calendar import Home
from storage import consents, dossiers, officers, papers, persons, producers, sessions
from storage.database import Transaction
from storage.persons import Chat

CHANNEL, BOT = "console", "simulation"
PROVINCE = "15"
COMMUNES = ("02869", "02647", "02671", "02680", "02683", "02686", "02695", "02701")
PURPOSES = ("dossier", "reminders", "news")
_PAPERS = ("food_safety_certificate", "test_report", "declaration", "trademark_certificate")
_LASTING = 540  # days that a paper may still be good for
_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Villager:
    """A producer's person, with the one dossier that is told of."""

    person: int
    producer: int
    dossier: int
    home: Home
    round_key: str
    joined: datetime


def settle(tx: Transaction, count: int, chance: Random, year: int, now: datetime) -> list[Villager]:
    """So many producers, half of them in each round of the year, and an officer a commune."""
    met = persons.meet(tx, [chat(number) for number in range(count)], now)
    villagers = [
        join(tx, met[chat(number)], chance, f"tinh-{1 + number % 2}-{year}", now)
        for number in range(count)
    ]
    desks = [chat(count + number) for number in range(len(COMMUNES) + 1)]
    staff = persons.meet(tx, desks, now)
    for desk, area in zip(desks, (*COMMUNES, PROVINCE), strict=True):
        officers.appoint(tx, staff[desk], area, now)
    return villagers


def chat(number: int) -> Chat:
    """The chat of that number."""
    return Chat(CHANNEL, BOT, f"{number:06}")


def join(tx: Transaction, person: int, chance: Random, key: str, now: datetime) -> Villager:
    """Somebody who agrees to be reminded, with a dossier in that round."""
    commune = chance.choice(COMMUNES)
    consents.give(tx, person, PURPOSES, WORDS_VERSION, now)
    body = _encode(Session(consent=dict.fromkeys(PURPOSES, WORDS_VERSION))).decode()
    sessions.save(tx, [sessions.Saved(person, body, 0, None, None)], now)
    about = {"name": f"HTX {person}", "kind": "cooperative", "commune_code": commune}
    producer = producers.add(tx, about, now)
    producers.join(tx, person, producer, "own", now)
    number = chance.choice([each.number for each in products.product_sets() if each.samples])
    values = {
        "producer_id": producer,
        "person_id": person,
        "name": f"Gao {person}",
        "product_set": number,
        "case": "first",
        "rules": ruleset.in_force(now.date()).name,
        "round_key": key,
        "council": date(now.year, 12, 31),
    }
    dossier = dossiers.open_new(tx, values, now, now.year)
    _bring(tx, producer, person, chance, now)
    return Villager(person, producer, dossier, Home(commune, PROVINCE), key, now)


def _bring(tx: Transaction, producer: int, person: int, chance: Random, now: datetime) -> None:
    about = {"producer_id": producer, "person_id": person}
    for kind in chance.sample(_PAPERS, chance.randrange(len(_PAPERS))):
        ends = now.date() + timedelta(days=chance.randrange(1, _LASTING))
        papers.give(tx, {**about, "paper": kind, "expires": ends}, (), now)


def give(tx: Transaction, villager: Villager, chance: Random, now: datetime) -> None:
    """Let the villager bring a paper that is good for some time."""
    ends = now.date() + timedelta(days=chance.randrange(90, _LASTING))
    about = {"producer_id": villager.producer, "person_id": villager.person, "expires": ends}
    papers.give(tx, {**about, "paper": chance.choice(_PAPERS)}, (), now)
