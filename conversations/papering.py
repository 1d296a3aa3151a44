"""Kinds of answers about papers: their pages, which paper it is, and what stands on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.events import File, Photo
from conversations.labels import labels
from conversations.messages import Message
from conversations.reading import Read, Wrong
from conversations.readings.choices import Option
from conversations.readings.validity import identity, validity
from programme import papers, ruleset, titles
from programme.ruleset import RuleSet

_REFUSALS = 2  # of photos in a row; the next is taken as it is, and marked
_OFFERED = 5
READ = ("number", "issued", "expires", "holder")
COMPARED = ("number", "holder", "address")  # is held against the profile, read back or not


@dataclass(frozen=True, slots=True)
class Pages(Kind):
    """The pages of one paper, each a photo or a document; a bad photo is asked for again, twice."""

    name: ClassVar[str] = "pages"
    collects: ClassVar[bool] = True
    media: ClassVar[frozenset[str]] = frozenset({"photo", "file"})
    most: int = 30

    def read(self, text: str, asked: Asked) -> Readable:
        """Text is never a page."""
        del text, asked
        return Wrong("pages")

    def brought(self, content: Photo | File) -> Any:
        """The file, and what was seen on it."""
        seen = content.seen
        kept = {"file": content.file, "faults": list(seen.faults), "sheets": seen.sheets}
        told = {"read": dict(seen.read), "refused": seen.refused, "printable": seen.printable}
        return kept | told

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """The page, once; what cannot be used stays among the parts, marked as refused."""
        if any(each["file"] == new["file"] and not each["refused"] for each in parts):
            return None
        if new["faults"] and not new["refused"] and _refused_last(parts) < _REFUSALS:
            return {**new, "refused": new["faults"][0]}
        return {**new, "other": _is_another(parts, new)}

    def taken(self, parts: Sequence[Any]) -> int:
        """How many can be used."""
        return len(self.whole(parts))

    def remark(self, parts: Sequence[Any]) -> Message | None:
        """What is to be done better; or that it was taken as it is."""
        last = parts[-1] if parts else None
        if last is None:
            return None
        if last["refused"] in last["faults"]:
            return Message(f"papers.fault_{last['refused']}")
        if last["refused"]:
            return Message(f"papers.refused_{last['refused']}")
        if last["faults"]:
            fault = Message(f"papers.flag_{last['faults'][0]}")
            return Message("papers.taken_anyway", {"fault": fault})
        if last["other"]:
            name = Message(f"papers.name_{last['read']['likely'][0]}")
            return Message("paper.another_paper", {"name": name})
        sheets = sum(page["sheets"] for page in own(self.whole(parts)))
        return Message("paper.page_taken", {"count": sheets})

    def whole(self, parts: Sequence[Any]) -> Any:
        """The pages that can be used, those of another paper among them."""
        return [each for each in parts if not each["refused"]]


def own(pages: Iterable[Any]) -> list[Any]:
    """The pages without those that were seen to be of another paper."""
    return [page for page in pages if not page.get("other")]


def others(pages: Iterable[Any]) -> list[Any]:
    """The pages of another paper, as the first ones of that."""
    return [{**page, "other": False} for page in pages if page.get("other")]


def _is_another(parts: Sequence[Any], new: Any) -> bool:
    """Whether the page bears the title of one kind of paper, and those before it of another."""
    kinds = {id_ for page in parts if not page["refused"] for id_ in _likely(page)}
    found = _likely(new)
    return len(found) == 1 and bool(kinds) and kinds.isdisjoint(found)


def _likely(page: Any) -> tuple[str, ...]:
    return tuple(page["read"].get("likely", ()))


def _refused_last(parts: Sequence[Any]) -> int:
    """How many photos were refused for what they look like, since the last one was taken."""
    count = 0
    for each in reversed(parts):
        if not each["refused"]:
            break
        count += each["refused"] in each["faults"]
    return count


@dataclass(frozen=True, slots=True)
class PaperKind(Kind):
    """Which kind of paper it is, by its everyday name; ``facts["open"]`` are those still needed."""

    name: ClassVar[str] = "choice"
    labels: ClassVar[tuple[str, str]] = ("papers", "name")

    def read(self, text: str, asked: Asked) -> Readable:
        """By the number in the list, or by what people call it."""
        offered = _offered(asked.facts)
        if text.strip().isdecimal():
            place = int(text.strip())
            return Read(offered[place - 1]) if 0 < place <= len(offered) else None
        known = spoken(rules_of(asked.facts))
        order = sorted(known, key=lambda each: each.value not in offered)  # the likelier first
        return readings.choice(text, order)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """The papers that are still needed, the most urgent first."""
        rules = rules_of(asked.facts)
        return tuple(Offer(id_, id_, named(id_, rules)) for id_ in _offered(asked.facts))


def named(paper: str, rules: RuleSet) -> Message | str:
    """The everyday name of a kind of paper; one that a province adds has the name in its data."""
    if paper in papers.papers(ruleset.rule_set(rules.name)):
        return Message(f"papers.name_{paper}")
    return papers.papers(rules)[paper].name


def rules_of(facts: Mapping[str, Any]) -> RuleSet:
    """The rule set that the facts of a run name, with what lies over it."""
    return ruleset.rule_set(facts["rules"], *map(ruleset.overlay, facts.get("overlays", ())))


@cache
def spoken(rules: RuleSet) -> tuple[Option, ...]:
    """What people call each kind of paper, what its button says among it."""
    shown, names = labels(*PaperKind.labels), titles.titles(rules)
    return tuple(
        Option(id_, (*_called(names.get(id_)), *shown.get(id_, (paper.name,))))
        for id_, paper in papers.papers(rules).items()
    )


def _called(title: titles.Title | None) -> tuple[str, ...]:
    return title.called if title else ()


def _offered(facts: Any) -> tuple[str, ...]:
    return tuple(facts.get("open", ())[:_OFFERED])


def likely(pages: Iterable[Any]) -> tuple[str, ...]:
    """The kinds of paper that the pages may be, by what could be read."""
    return tuple(dict.fromkeys(id_ for page in own(pages) for id_ in _likely(page)))


@dataclass(frozen=True, slots=True)
class PaperFacts(Kind):
    """What stands on a paper: ``number``, ``issued``, ``expires`` (ISO days), ``holder``."""

    name: ClassVar[str] = "paper_facts"

    def read(self, text: str, asked: Asked) -> Readable:
        """What a text tells of it, and what was read and not denied."""
        told, rest = identity(text)
        match validity(rest, asked.today):
            case Read(days) if days.get("issued", "") > asked.today.isoformat():
                return Wrong("date_future")
            case Read(days):
                told = {**told, **days}
            case _ if not told:
                return None
            case _:
                pass  # only its number or its holder was told
        return Read({**read_on(asked.answers.get("pages", ())), **told}, sure=False)


def read_on(pages: Iterable[Any], wanted: Sequence[str] = READ) -> dict[str, Any]:
    """What could be read on the pages together; the first page that says it counts."""
    found: dict[str, Any] = {}
    for page in own(pages):
        for key in wanted:
            if page["read"].get(key) and key not in found:
                found[key] = page["read"][key]
    return found


def day(value: Any) -> date | None:
    """A day that stands in an answer in ISO form, if one does."""
    return date.fromisoformat(value) if value else None
