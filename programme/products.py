"""The 26 product sets, and which of them a person means by the name of a product."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from programme import ruleset
from programme.naming import Hit, Names

_LATER_NAME = 0.6  # Vietnamese names the thing first: in "mứt gừng" the ginger counts less
_ALSO = 0.6
_OTHER_READING = 0.7
_COMBINED = 1.2
_TOO_WEAK = 0.47  # one syllable that only its bare letters match
_NOT_WORTH_SHOWING = 0.2


@dataclass(frozen=True, slots=True)
class ProductSet:
    """One of the sets 1–26 of Phụ lục I; its number is that of its criteria sheet."""

    number: int
    name: str
    group: str
    subgroup: str
    ministry: tuple[str, ...]
    local_origin: str
    samples: int


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A "nhóm" with its sets."""

    name: str
    sets: tuple[ProductSet, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An "ngành" with its subgroups, so that a person can narrow by choosing."""

    code: str
    name: str
    subgroups: tuple[Subgroup, ...]

    @property
    def sets(self) -> tuple[ProductSet, ...]:
        """All sets of the group, in order."""
        return tuple(each for subgroup in self.subgroups for each in subgroup.sets)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A set that may be meant, how strongly, and the words that say so."""

    set: ProductSet
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Meaning:
    set: int
    also: tuple[int, ...] = ()
    processed: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Together:
    head: frozenset[str]
    found: frozenset[int]
    set: int
    also: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    names: Names
    meanings: dict[str, _Meaning]
    preparing: frozenset[str]
    together: tuple[_Together, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A product that the text names, and how strongly."""

    written: str
    meaning: _Meaning
    fit: float

    @property
    def strength(self) -> float:
        """How well the typed words fit, less for words that mean other things too."""
        return self.fit * self.meaning.weight


@cache
def groups() -> tuple[Group, ...]:
    """The six groups with their subgroups and sets, as Phụ lục I orders them."""
    return tuple(_group(raw) for raw in ruleset.part("groups")["groups"])


@cache
def product_sets() -> tuple[ProductSet, ...]:
    """All sets by number."""
    return tuple(each for group in groups() for each in group.sets)


def by_number(number: int) -> ProductSet | None:
    """The set of that number, if there is one."""
    return product_sets()[number - 1] if 1 <= number <= len(product_sets()) else None


def propose(text: str, most: int = 3) -> tuple[Proposal, ...]:
    """The sets that the text may name, the likeliest first; none when nothing in it is known."""
    words = _words()
    mentions, prepared = _read(words, words.names.find(text))
    scores: dict[int, tuple[float, str]] = {}
    for number, score, why in _scored(words, mentions, prepared):
        scores[number] = max(scores.get(number, (0.0, "")), (round(score, 3), why))
    ranked = sorted(scores.items(), key=lambda scored: -scored[1][0])
    return tuple(
        Proposal(product_sets()[number - 1], score, why)
        for number, (score, why) in ranked[:most]
        if score >= ranked[0][1][0] * _NOT_WORTH_SHOWING
    )


def _read(words: _Words, hits: tuple[Hit, ...]) -> tuple[list[list[_Mention]], str]:
    """What each hit may name, and the word that says the product is a processed one."""
    mentions: list[list[_Mention]] = []
    prepared = ""
    for hit in hits:
        best, fit = hit.readings[0]
        raw_before = any(each[0].meaning.processed for each in mentions)
        if best in words.preparing and (raw_before or best not in words.meanings):
            prepared = prepared or (best if fit > _TOO_WEAK else "")
        elif len(hits) > 1 and _may_be_nothing(words, hit):
            continue
        elif best in words.meanings and (named := _named(words, hit, alone=len(hits) == 1)):
            mentions.append(named)
    return mentions, prepared


def _may_be_nothing(words: _Words, hit: Hit) -> bool:
    """Whether a place is written just so: beside the plum, "bac ha" is Bắc Hà and no mint."""
    best = hit.readings[0][1]
    equal = (written for written, fit in hit.readings if fit == best)
    return any(
        written not in words.meanings and written not in words.preparing for written in equal
    )


def _named(words: _Words, hit: Hit, *, alone: bool) -> list[_Mention]:
    named = [
        _Mention(written, meaning, fit)
        for written, fit in hit.readings
        if (meaning := words.meanings.get(written)) is not None
    ]
    strong = [mention for mention in named if alone or mention.strength > _TOO_WEAK]
    return sorted(strong, key=lambda mention: (-mention.fit, -mention.strength))


def _scored(
    words: _Words, mentions: list[list[_Mention]], prepared: str
) -> Iterator[tuple[int, float, str]]:
    for at, readings in enumerate(mentions):
        later = [each[0] for each in mentions[at + 1 :]]
        for rank, mention in enumerate(readings):
            meaning, why = _in_company(words, mention, later, prepared)
            score = mention.fit * meaning.weight * _LATER_NAME**at * (_OTHER_READING if rank else 1)
            yield meaning.set, score, why
            for behind, number in enumerate(meaning.also):
                yield number, score * (_ALSO - behind * 0.01), why


def _in_company(
    words: _Words, mention: _Mention, later: list[_Mention], prepared: str
) -> tuple[_Meaning, str]:
    """What the mention means beside what stands after it and how it was prepared."""
    for rule in words.together:
        partner = next((each for each in later if each.meaning.set in rule.found), None)
        if mention.written in rule.head and partner is not None:
            meaning = _Meaning(rule.set, rule.also, weight=_COMBINED)
            return meaning, f"{mention.written} + {partner.written}"
    meaning = mention.meaning
    if prepared and meaning.processed:
        rest = tuple(number for number in meaning.also if number != meaning.processed)
        became = _Meaning(meaning.processed, (meaning.set, *rest), weight=meaning.weight)
        return became, f"{mention.written} + {prepared}"
    return meaning, mention.written


def _group(raw: dict[str, Any]) -> Group:
    subgroups = tuple(
        Subgroup(each["name"], tuple(_set(one, raw["name"], each["name"]) for one in each["sets"]))
        for each in raw["subgroups"]
    )
    return Group(raw["code"], raw["name"], subgroups)


def _set(raw: dict[str, Any], group: str, subgroup: str) -> ProductSet:
    return ProductSet(
        raw["set"],
        raw["name"],
        group,
        subgroup,
        tuple(raw["ministry"]),
        raw["local_origin"],
        raw["samples"],
    )


@cache
def _words() -> _Words:
    raw = ruleset.part("words")
    meanings = {word: _meaning(block) for block in raw["words"] for word in block["words"]}
    names = Names(dict.fromkeys((*meanings, *raw["preparing"], *raw["nothing"])))
    together = tuple(
        _Together(
            frozenset(rule["head"]), frozenset(rule["found"]), rule["set"], tuple(rule["also"])
        )
        for rule in raw["together"]
    )
    return _Words(names, meanings, frozenset(raw["preparing"]), together)


def _meaning(block: dict[str, Any]) -> _Meaning:
    return _Meaning(
        block["set"],
        tuple(block.get("also", ())),
        block.get("processed", 0),
        block.get("weight", 1.0),
    )
