"""Hộp thư: what waits, and papers and ideas beside what one finds of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import queue
from bot.web.desk.visits import Content, Go, Page, Visit
from conversations.messages import Shown
from handlers import reasons
from handlers.officer import digest_lines, ideas, onward, papers
from programme import papers as kinds
from programme import reasons as ready
from programme import ruleset
from programme.roles import Right
from storage import dossiers as dossier_rows
from storage import files as kept
from storage import ideas as idea_rows
from storage import papers as paper_rows
from storage import producers, reviews, waiting
from storage.reviews import Review

_PLAIN = ("number", "issued", "expires", "holder", "address", "count", "sheets", "copy_kind")


def show(visit: Visit) -> Page:
    """All that waits, counted by kind."""
    counts = waiting.counts(visit.talk.tx, visit.scope)
    return Page("inbox", {"items": queue.items(visit), "counts": counts})


# -- papers ----------------------------------------------------------------------------------------


def _paper(visit: Visit) -> tuple[dict[str, Any], dict[str, Any]]:
    """The paper, and the newest dossier that it is for."""
    row = paper_rows.numbered(visit.talk.tx, visit.scope, visit.number("number"))
    for_ = dossier_rows.for_paper(visit.talk.tx, row) if row else None
    if row is None or for_ is None:
        raise HTTPException(404)
    return row, for_


def paper(visit: Visit) -> Page:
    """The pages of a paper, what was read on it, what was found, and what can be said of it."""
    row, for_ = _paper(visit)
    visit.talk.log("read_paper", "paper", row["id"])
    tx, scope = visit.talk.tx, visit.scope
    versions = paper_rows.versions(tx, scope, row["id"])
    found = reviews.history(tx, scope, "paper", [each["id"] for each in versions])
    about = {
        "paper": {
            name: row[name]
            for name in ("id", "turns", "verdict", "replaced_at", "given_at", *_PLAIN)
        },
        "name": visit.words(digest_lines.paper(row["paper"], visit.talk.rules)),
        "dossier": for_,
        "producer": producers.by_id(tx, row["producer_id"])["name"],
        "pages": sheets(visit, row["files"]),
        "history": told(visit, found),
        "reasons": offered(visit, ready_for(visit, row["paper"], for_["rules"])),
        "flaws": bool(row["flaws"]),
        "turn": queue.turn(visit),
        "may": scope.may(Right.JUDGE),
    }
    return Page("paper", about)


def ready_for(visit: Visit, paper: str, rules: str) -> Sequence[str]:
    """The ready reasons for which such a paper goes back."""
    known = kinds.papers(ruleset.rule_set(rules, *visit.talk.rules.overlays))
    return ready.for_paper(known[paper]) if paper in known else ()


def sheets(visit: Visit, some: Sequence[str]) -> list[dict[str, Any]]:
    """The pages of a paper or the photos of an idea, by place."""
    return sheets_of(visit, {0: some})[0]


def sheets_of(visit: Visit, every: Mapping[int, Sequence[str]]) -> dict[int, list[dict[str, Any]]]:
    """The same of several papers, by their numbers."""
    mimes = kept.mimes(visit.talk.tx, [file for some in every.values() for file in some])
    return {
        number: [
            {"at": at, "image": mimes.get(file, "").startswith("image/")}
            for at, file in enumerate(some, 1)
        ]
        for number, some in every.items()
    }


def sheet(visit: Visit) -> Content:
    """A page of a paper of the area."""
    row, _ = _paper(visit)
    visit.talk.log("read_paper", "paper", row["id"])
    return content(visit, row["files"], f"giay-{row['id']}")


def content(visit: Visit, some: Sequence[str], name: str) -> Content:
    """One of these files, by the place that the address names."""
    at = visit.number("at")
    if not 1 <= at <= len(some):
        raise HTTPException(404)
    file = some[at - 1]
    path = visit.files.path(file)
    if not path.exists():
        raise HTTPException(404)
    media = kept.mime(visit.talk.tx, file) or "application/octet-stream"
    return Content(path, media, f"{name}-{at}")


def judge_paper(visit: Visit) -> Go:
    """Say that the paper is good, or give it back; then on to what comes next."""
    visit.need(Right.JUDGE)
    row, for_ = _paper(visit)
    seen, next_ = visit.asked("seen", 0), queue.onward(visit)
    if visit.form.get("do") == "accept":
        return _went(visit, next_, visit.does(papers.accept, f"{row['id']}.{seen}"))
    why = reason(visit, ready_for(visit, row["paper"], for_["rules"]))
    if not why:
        return Go(f"{visit.address}?lacks=reason")
    facts = {"subject": row["id"], "seen": seen}
    return _went(visit, next_, visit.does(papers.returned, facts, why))


def reason(visit: Visit, offered: Sequence[str]) -> str:
    """The reason of the form: what was typed, else one of those offered; empty for none."""
    typed = visit.form.get("words", "").strip()[:300]
    chosen = visit.form.get("reason", "")
    return typed or (reasons.kept(chosen) if chosen in offered else "")


def _went(visit: Visit, next_: str, said: tuple[str, ...]) -> Go:
    """On to the next thing where there is one; whoever was too late sees the same page anew."""
    return Go(next_ if visit.talk.others else visit.address, said)


# -- ideas -----------------------------------------------------------------------------------------


def _idea(visit: Visit) -> dict[str, Any]:
    row = idea_rows.here(visit.talk.tx, visit.scope, visit.number("number"))
    if row is None:
        raise HTTPException(404)
    return row


def idea(visit: Visit) -> Page:
    """An idea as it was told, its photos, what was found of it, and what can be said."""
    row = _idea(visit)
    visit.talk.log("read_idea", "idea", row["id"])
    both = [each for each in (row["follows"], row["id"]) if each]
    found = reviews.history(visit.talk.tx, visit.scope, "idea", both)
    about = {
        "idea": row,
        "told": told_of(visit, row),
        "photos": sheets(visit, row["answers"].get("photos") or ()),
        "history": told(visit, found),
        "reasons": offered(visit, ready.for_ideas()),
        "turn": queue.turn(visit),
        "may": visit.scope.may(Right.JUDGE) and row["status"] == "submitted",
    }
    return Page("idea", about)


def told_of(visit: Visit, row: Mapping[str, Any]) -> dict[str, str]:
    """What was told of the idea, by what was asked."""
    answers = row["answers"]
    first: Mapping[str, Any] = next(iter(answers.get("materials") or ()), {})
    special = answers.get("special")
    some: dict[str, Any] = {
        "producer": answers["producer"]["label"],
        "set": Shown("product_set", answers.get("set")),
        "material": first.get("name"),
        "shares": Shown("shares", first.get("shares")),
        "labour": Shown("labour", answers.get("labour")),
        "special": special.get("text") if isinstance(special, dict) else special,
    }
    read = {name: visit.value(value) for name, value in some.items()}
    return {name: value for name, value in read.items() if value}


def photo(visit: Visit) -> Content:
    """A photo of an idea of the area."""
    row = _idea(visit)
    visit.talk.log("read_idea", "idea", row["id"])
    return content(visit, row["answers"].get("photos") or (), row["number"])


def judge_idea(visit: Visit) -> Go:
    """Take the idea, give it back or ask about it; then on to what comes next."""
    visit.need(Right.JUDGE)
    row = _idea(visit)
    seen, next_ = visit.asked("seen", 0), queue.onward(visit)
    facts = {"subject": row["id"], "seen": seen}
    if visit.form.get("do") == "accept":
        return _went(visit, next_, visit.does(ideas.accept, f"{row['id']}.{seen}"))
    why = reason(visit, ready.for_ideas())
    if not why:
        return Go(f"{visit.address}?lacks=reason")
    if visit.form.get("do") == "ask":
        typed = visit.form.get("words", "").strip()[:300]
        if not typed:
            return Go(f"{visit.address}?lacks=reason")
        return _went(visit, next_, visit.does(ideas.ask, facts, typed))
    return _went(visit, next_, visit.does(ideas.returned, facts, why))


# -- in words --------------------------------------------------------------------------------------


def told(visit: Visit, found: Sequence[Review]) -> list[str]:
    """Each verdict in a line, the newest first."""
    return [visit.words(line) for line in reversed(onward.lines(visit.talk, found))]


def offered(visit: Visit, some: Sequence[str]) -> list[tuple[str, str]]:
    """Ready reasons to choose from, each with its words."""
    return [(each, visit.words(reasons.told(reasons.kept(each)))) for each in some]
