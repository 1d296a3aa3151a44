"""Ready answers: which rule text, and which earlier question, fits what somebody asks.

Words weigh by how rare they are. What asks for something else too fits less, so that rather
nothing is offered than nonsense.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import log, sqrt
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from programme import ruleset, titles
from programme.folding import fold

OFFERED = 0.72  # of what the words weigh must be explained before the asker is offered a text
PROPOSED = 0.3  # the same for an officer, who reads it before it goes
ALIKE = 0.42  # of 1: earlier questions that are as good as the same
_SECOND = 0.92  # of the best: a second text is as likely
_MOST_WORDS = 40  # whoever tells a story wants a person
READ = 400  # signs of a long text that are looked at
_CLOSE, _LONG = 84, 5  # words this alike are one with a slip of the finger; short ones never are
_SPREAD = 2  # foreign words that may stand within a phrase
_SENTENCES = ".?!;\n"
_DATA = Path(__file__).with_name("answers.yaml")
PAPER = "paper:"


@dataclass(frozen=True, slots=True)
class Text:
    """A rule text by its key: what it is called, and whether one must ask something of that."""

    key: str
    asks: tuple[tuple[tuple[str, ...], ...], ...]  # ways, each of phrases that must all stand there
    aspects: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A text or an earlier question that fits, and how well, of 1."""

    key: str
    score: float


# -- words -----------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The folded words, shorthand spelled out."""
    plain = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    return tuple(part for word in plain.split() for part in _short().get(word, (word,)))


@cache
def _raw() -> dict[str, Any]:
    return dict(yaml.safe_load(_DATA.read_bytes()))


@cache
def _short() -> dict[str, tuple[str, ...]]:
    return {fold(key): tuple(fold(value).split()) for key, value in _raw()["short"].items()}


@cache
def _idle() -> frozenset[str]:
    return frozenset(fold(_raw()["idle"]).split())


def stands(phrase: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the words of the phrase stand there in their order, close together."""
    return bool(_where(phrase, said))


def _where(phrase: Sequence[str], said: Sequence[str]) -> tuple[int, ...]:
    """The places of the words of the phrase, where it stands there."""
    for begin, word in enumerate(said):
        if not _same(phrase[0], word):
            continue
        found, last = [begin], begin
        for wanted in phrase[1:]:
            room = range(last + 1, min(len(said), begin + len(phrase) + _SPREAD))
            at = next((each for each in room if _same(wanted, said[each])), None)
            if at is None:
                break
            found.append(at)
            last = at
        else:
            return tuple(found)
    return ()


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _LONG and fuzz.ratio(one, other) >= _CLOSE


# -- rule texts ------------------------------------------------------------------------------------


@cache
def texts() -> tuple[Text, ...]:
    """All rule texts that can be an answer: of papers, and of what is asked most."""
    asked = [
        Text(each["id"], tuple(_way(way) for way in each["asks"])) for each in _raw()["answers"]
    ]
    return (*asked, *(_of_paper(id_) for id_ in titles.titles(ruleset.newest())))


def _way(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(words(phrase) for phrase in text.split("|"))


def _of_paper(paper: str) -> Text:
    """The text of a paper, by what people call it; some of its names mean too much."""
    own = titles.titles(ruleset.newest())[paper].called
    named = [*_raw()["called"].get(paper, ()), *own]
    vague = {words(each) for each in _raw()["not_called"]}
    ways = dict.fromkeys(words(each) for each in named)
    return Text(PAPER + paper, tuple((way,) for way in ways if way not in vague), aspects=True)


@cache
def _aspects() -> tuple[tuple[str, ...], ...]:
    every = (each for phrases in _raw()["aspects"].values() for each in phrases)
    return tuple(words(each) for each in every)


@cache
def _weights() -> dict[str, float]:
    """How much each word weighs that stands in the texts: the rarer, the more."""
    every = texts()
    counted = Counter(
        word
        for text in every
        for word in {w for way in text.asks for phrase in way for w in phrase}
    )
    return {word: log(1 + len(every) / count) for word, count in counted.items()}


def _weight(word: str) -> float:
    return 0.0 if word in _idle() else _weights().get(word, log(1 + len(texts())))


def offered(text: str, paper: str = "") -> tuple[str, ...]:
    """The keys of the one or two rule texts that very likely answer the question; mostly none.

    ``paper`` is the kind of paper that is being talked about.
    """
    if len(words(text)) > _MOST_WORDS:
        return ()
    found = [each for each in _ranked(text, paper, strict=True) if each.score >= OFFERED]
    return tuple(each.key for each in found[:2] if each.score >= found[0].score * _SECOND)


def proposed(text: str, paper: str = "") -> tuple[Found, ...]:
    """The rule texts that may answer the question, the likeliest first, for who knows better."""
    return tuple(each for each in _ranked(text, paper, strict=False) if each.score >= PROPOSED)


def subject(text: str) -> str:
    """The kind of paper that the question is about; empty where none is named."""
    best = max(proposed(text), key=lambda each: (each.score, each.key), default=None)
    return best.key.removeprefix(PAPER) if best and best.key.startswith(PAPER) else ""


def _ranked(text: str, paper: str, *, strict: bool) -> list[Found]:
    sentences = [words(each) for each in _split(text[:READ])]
    found = [
        Found(each.key, max(_score(each, said, paper, strict=strict) for said in sentences))
        for each in texts()
        if sentences
    ]
    return sorted((each for each in found if each.score), key=lambda each: (-each.score, each.key))


def _split(text: str) -> list[str]:
    for sign in _SENTENCES:
        text = text.replace(sign, "\n")
    return [part for part in text.split("\n") if words(part)]


def _score(text: Text, said: Sequence[str], paper: str, *, strict: bool) -> float:
    """How much of the sentence the text explains; 0 where it asks nothing of the kind."""
    mine = text.key == PAPER + paper
    places: set[int] = set()
    for way in text.asks:
        found = [_where(phrase, said) for phrase in way]
        if all(found):
            places |= {at for each in found for at in each}
    if not (places or mine):
        return 0.0
    named = len(places)
    asked = {at for each in _aspects() for at in _where(each, said)} if text.aspects else set()
    if text.aspects and strict and not asked:
        return 0.0
    places |= asked
    whole = sum(_floor(said[at], named=at in places) for at in range(len(said)))
    explained = sum(_floor(said[at], named=True) for at in places)
    return explained / whole * (1 + named / 1000) if whole else float(mine)


def _floor(word: str, *, named: bool) -> float:
    """What a word weighs; one that says nothing by itself weighs a little within a phrase."""
    return max(_weight(word), 0.3 if named else 0.0)


# -- earlier questions -----------------------------------------------------------------------------


def alike(text: str, earlier: Sequence[tuple[str, str]]) -> tuple[Found, ...]:
    """Those of the earlier questions, as (key, text), that ask nearly the same, the nearest first.

    Words and pairs of words weigh by how rare they are among all of these.
    """
    every = [_parts(each) for _, each in earlier]
    counted = Counter(part for parts in every for part in parts)
    size = len(every) + 1

    def length(parts: Iterable[Any]) -> float:
        return sqrt(sum(log(1 + size / (1 + counted[part])) ** 2 for part in parts))

    mine = _parts(text)
    found = (
        Found(key, length(mine & parts) ** 2 / (length(mine) * length(parts)))
        for (key, _), parts in zip(earlier, every, strict=True)
        if mine & parts
    )
    near = (each for each in found if each.score >= ALIKE)
    return tuple(sorted(near, key=lambda each: (-each.score, each.key)))


@lru_cache(maxsize=4096)
def _parts(text: str) -> frozenset[Any]:
    said = [word for word in words(text[:READ]) if word not in _idle()]
    return frozenset(said) | frozenset(pairwise(said))


def matching(wanted: str, earlier: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The keys of the texts in which all words that are looked for stand, in their order there."""
    looked_for = [word for word in words(wanted) if word not in _idle()] or words(wanted)
    return tuple(
        key
        for key, text in earlier
        if all(any(_same(word, other) for other in words(text)) for word in looked_for)
    )
