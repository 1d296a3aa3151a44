"""An office's programme made of the entries of its register, as if it had written a file of it.

The ids are made of what the rows say, so that the same row always tells of the same product.
"""

from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from programme.folding import fold
from programme.register.homes import Home
from programme.register.reading import CONTACTS, Entry
from programme.sample_form import Place, Producer, Product, Programme, Result, Source


@dataclass(frozen=True, slots=True)
class Telling:
    """A programme, and what only a register tells: homes, how to reach producers, ends of terms.

    The keys are ids of places, of producers, and of products with the day of recognition.
    """

    programme: Programme
    homes: dict[str, Home]
    contacts: dict[str, dict[str, str]]
    ends: dict[tuple[str, str], str]


def told(entries: Sequence[Entry], document: str, title: str) -> Telling:
    """What these entries tell; ``document`` is the id of the file, ``title`` what it is called."""
    source = Source(line=0, id=document, title=title)
    homes = {_place_id(it.home): it.home for it in reversed(entries)}
    places = {_place_id(it.home): _place(it, document) for it in reversed(entries)}
    producers = {_producer_id(it): _producer(it, document) for it in reversed(entries)}
    of_products: dict[str, list[Entry]] = {}
    for entry in entries:
        of_products.setdefault(_product_id(entry), []).append(entry)
    programme = Programme(
        sources=(source,),
        places=tuple(places.values()),
        producers=tuple(producers.values()),
        products=tuple(_product(key, some, document) for key, some in of_products.items()),
    )
    return Telling(programme, homes, _contacts(entries), _ends(of_products))


def _place(entry: Entry, document: str) -> Place:
    home = entry.home
    return Place(
        line=entry.row,
        id=_place_id(home),
        province=home.province,
        district=home.district or None,
        commune=home.commune or None,
        source=document,
    )


def _producer(entry: Entry, document: str) -> Producer:
    return Producer(
        line=entry.row,
        id=_producer_id(entry),
        name=entry.producer,
        kind=entry.kind,  # type: ignore[arg-type]  # cells.kind gives no other
        place=_place_id(entry.home),
        source=document,
    )


def _product(key: str, entries: Sequence[Entry], document: str) -> Product:
    entries = sorted(entries, key=lambda entry: entry.issued)
    newest = entries[-1]
    return Product(
        line=newest.row,
        id=key,
        name=newest.name,
        set=newest.product_set,
        set_confidence=None if newest.set_is_sure else "low",
        producer=_producer_id(newest),
        places=(_place_id(newest.home),),
        results=tuple(_result(entry, document) for entry in entries),
        source=document,
        as_written=newest.as_written,
    )


def _result(entry: Entry, document: str) -> Result:
    return Result(
        line=entry.row,
        level=entry.level,  # type: ignore[arg-type]  # cells.level gives no other
        when=entry.issued,
        star=entry.star,
        decision=entry.decision or None,
        source=document,
    )


def _contacts(entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        mine = found.setdefault(_producer_id(entry), {})
        for name in CONTACTS:
            if value := getattr(entry, name):
                mine.setdefault(name, value)
    return {key: values for key, values in found.items() if values}


def _ends(of_products: dict[str, list[Entry]]) -> dict[tuple[str, str], str]:
    return {
        (key, entry.issued): entry.expires
        for key, entries in of_products.items()
        for entry in entries
        if len(entry.expires) == len(entry.issued) == len("2026-08-05")
    }


def _place_id(home: Home) -> str:
    return _made("place", home.commune, home.district, home.province)


def _producer_id(entry: Entry) -> str:
    return _made("producer", entry.producer, entry.home.code or entry.home.words)


def _product_id(entry: Entry) -> str:
    return entry.code or _short(entry.name, _producer_id(entry))


def _made(kind: str, *words: str) -> str:
    return f"{kind}-{_hashed(words).hex()}"


def _short(*words: str) -> str:
    """A code of ten signs, as long as Ma_SanPham of QĐ 5277 may be."""
    return f"s{b32encode(_hashed(words)).decode().lower()[:9]}"


def _hashed(words: Sequence[str]) -> bytes:
    return blake2b("\n".join(map(fold, words)).encode(), digest_size=8).digest()
