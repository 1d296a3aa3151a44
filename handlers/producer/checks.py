"""Soát lỗi: what this dossier would be sent back for, the gravest first, with what to do."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from conversations.forms.label import SUBSTANCES
from conversations.messages import Message
from conversations.papering import named
from handlers.producer import comparing, writing
from handlers.producer.standing import Standing
from handlers.producer.written import text
from handlers.talk import Talk
from programme import checklist, failures
from programme import papers as kinds
from programme.dossier import Dossier
from programme.facts import Facts
from programme.failures import Finding
from programme.papers import State
from storage import writings

# What ends it, what costs points, what is sent back to be mended, what could be better.
_GRAVEST_FIRST = (
    *("F07", "F12", "F21", "F16", "F13", "F06", "F01", "F10", "F09", "F05", "F08"),
    *("F04", "F17", "F23", "F14", "F11", "F19", "F20", "F03", "F18"),
)  # not F02: the book that we print is in order
_MOST = 4
LABEL = "label"  # the wish, the form, what is kept of it, and the topic of the criteria
_STEPS = frozenset({"plan", "carried_out"})  # nobody tells us of them, so they are not held against


def check(talk: Talk, one: Standing, page: int = 0) -> None:
    """Say what was found, some at a time, or that nothing was."""
    found = tuple(_graver(one, failures.findings(_fair(one), _facts(talk, one))))
    talk.leave()
    if found:
        _tell(talk, one, found, page if page * _MOST < len(found) else 0)
        return
    items = [("book", Message("dossier.item_book")), *_label_item(one), _BACK]
    talk.offer("failures.clean", items, **_name(one))


def further(talk: Talk, one: Standing, page: str) -> None:
    """What was found and found no room before."""
    check(talk, one, int(page) if page.isdecimal() else 0)


def _tell(talk: Talk, one: Standing, found: tuple[Finding, ...], page: int) -> None:
    wrote, after = writing.unsigned(talk, one), (page + 1) * _MOST
    lines = tuple(_line(one, each, wrote) for each in found[page * _MOST : after])
    more = max(0, len(found) - after)
    items = [(f"check:{page + 1}", Message("dossier.more"))] if more else []
    items += [(item, Message(f"dossier.item_{item}")) for item in ("missing", "send", "writing")]
    items += [*_label_item(one), _BACK]
    key = "failures.further" if page else "failures.found"
    talk.offer(key, items, **_name(one), lines=lines, more=more)


_BACK = ("dossier", Message("dossier.back"))


def _name(one: Standing) -> dict[str, Any]:
    return {"name": one.row["name"]}


def has_label(one: Standing) -> bool:
    """Whether its sheet looks at a label; a service has none."""
    return any(each.topic == LABEL for each in one.dossier.sheet.criteria)


def _label_item(one: Standing) -> list[tuple[str, Message]]:
    return [(LABEL, Message("dossier.item_label"))] if has_label(one) else []


def _fair(one: Standing) -> Dossier:
    """The dossier in which "HTX" and "hợp tác xã" before a name are the same."""
    own = one.producer["name"]
    given = (
        replace(each, holder=own) if each.holder and _is_own(each.holder, one) else each
        for each in one.dossier.evidence
    )
    return replace(one.dossier, evidence=tuple(given))


def _is_own(holder: str, one: Standing) -> bool:
    own = one.producer
    return comparing.same_name(holder, own["name"]) and not comparing.is_former(holder, own)


def _facts(talk: Talk, one: Standing) -> Facts:
    """What is known around the dossier; of filing nothing, it is not filed yet."""
    season, was = one.idea.get("season"), comparing.former_commune(one.producer)
    holders = {each.holder for each in one.dossier.evidence if each.holder}
    label = _label(talk, one)
    found = [label[id_] for id_ in SUBSTANCES if isinstance(label.get(id_), list)]
    return Facts(
        producer=one.producer["name"],
        former_names=tuple(each for each in holders if comparing.is_former(each, one.producer)),
        former_communes=(was,) if was else (),
        label_items=_listed(label.get("items")),
        slogans=(text(label.get("slogans")) or "",) if label else None,
        substances_found=frozenset(chain.from_iterable(found)) if found else None,
        ingredients=_ingredients(one),
        steps_done=_STEPS | ({"idea"} if one.row["idea_id"] else set()),
        season=_listed(season),
        story_parts=writing.told(talk, one),
        batch_log=writing.has_log(talk, one),
    )


def _label(talk: Talk, one: Standing) -> dict[str, Any]:
    return writings.of(talk.tx, one.row["root"]).get(LABEL, {}) if has_label(one) else {}


def _listed(answer: Any) -> frozenset[Any] | None:
    """The answer as a set; None where it was only told in words, or not at all."""
    return frozenset(answer) if isinstance(answer, list) else None


def _ingredients(one: Standing) -> dict[str, bool] | None:
    """The materials of the idea; no paper shows which it is for, so that one speaks for all."""
    told = (text(each.get("name")) for each in one.idea.get("materials", ()))
    names = [name for name in told if name]
    if not names or not failures.asks(one.dossier, _ORIGIN):
        return None
    return dict.fromkeys(names, checklist.best_state(one.dossier, (_ORIGIN,)).counts)


def _graver(one: Standing, findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """What was found, the gravest first; a paper that is named once is not named again."""
    found = {each.id: each for each in findings if each.outcome == "found"}
    said: set[str] = set()
    for id_ in _GRAVEST_FIRST:
        if id_ not in found or _SAME.get(id_) in said:
            continue
        fresh = tuple(each for each in found[id_].details if each not in said)
        said |= _SAFETY if id_ == "F07" else set(fresh) & kinds.papers(one.rules).keys()
        if fresh:
            yield replace(found[id_], details=fresh)


_ORIGIN = "material_origin"
_SAME = {"F08": _ORIGIN}  # the paper that says the same
_SAFETY = {"food_safety_certificate", "food_safety_equivalent"}


def _line(one: Standing, finding: Finding, wrote: frozenset[str]) -> Message:
    what = tuple(_worded(one, finding.id, each, wrote) for each in finding.details)
    return Message(f"failures.f{finding.id[1:]}", {"what": what})


def _worded(one: Standing, id_: str, detail: str, wrote: frozenset[str]) -> Message | str:
    """A detail in words: the name of a paper, of a step or of an element; else as it is."""
    if id_ == "F07":
        return _safety(one, detail)
    if detail in kinds.papers(one.rules):
        name = named(detail, one.rules)
        return Message("failures.unsigned", {"name": name}) if detail in wrote else name
    if id_ == "F05":
        return Message(f"label.items_{detail}")
    kind = {"F13": "step", "F19": "part"}.get(id_)
    return Message(f"failures.{kind}_{detail}") if kind else detail


def _safety(one: Standing, detail: str) -> Message:
    """What is wrong with the paper on food safety, and what to do: it has a state, or a name."""
    if detail in _SAFETY:
        return Message("failures.safety_name")
    if detail == State.MISSING:
        said = not _SAFETY.isdisjoint(one.said_to_have)
        return Message("failures.safety_said" if said else "failures.safety_missing")
    if detail in (State.EXPIRED, State.EXPIRES_BEFORE_COUNCIL):
        return Message(f"failures.safety_{detail}")
    return Message("failures.safety_wrong", {"state": Message(f"papers.state_{detail}")})
