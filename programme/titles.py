"""What a paper is called: by people who speak of it, and on its own first lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from programme import ruleset
from programme.folding import fold
from programme.ruleset import NoRules, RuleSet

_ALIKE = 92  # of 100: a title that was read with a few wrong letters
_SHORT = 12  # letters; a shorter title is too easily part of something else
_MOST = 3


@dataclass(frozen=True, slots=True)
class Title:
    """The names of one kind of paper, folded."""

    called: tuple[str, ...]
    printed: tuple[str, ...]


@cache
def titles(rules: RuleSet) -> Mapping[str, Title]:
    """The names of every kind of paper that has some."""
    try:
        raw = ruleset.part("titles", rules)["papers"]
    except NoRules:
        return {}
    return {
        each["id"]: Title(tuple(map(fold, each["called"])), tuple(map(fold, each["printed"])))
        for each in raw
    }


def likely(text: str, rules: RuleSet) -> tuple[str, ...]:
    """The kinds of paper whose title stands in the folded text, the likeliest first."""
    found = {id_: _standing(title.printed, text) for id_, title in titles(rules).items()}
    fitting = sorted((id_ for id_ in found if found[id_]), key=lambda id_: found[id_], reverse=True)
    return tuple(fitting[:_MOST])


def _standing(printed: tuple[str, ...], text: str) -> float:
    """How much of the longest of these titles stands in the text; 0 for too little."""
    best = 0.0
    for title in printed:
        there = title in text if len(title) < _SHORT else fuzz.partial_ratio(title, text) >= _ALIKE
        if there and len(title) <= len(text):
            best = max(best, len(title))
    return best
