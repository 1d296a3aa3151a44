"""Giấy tờ: taking them from the phone, and saying how each stands."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from conversations import engine, readings, walk
from conversations.events import Event, File, Photo, Seen
from conversations.messages import Message, Shown
from conversations.papering import (
    COMPARED,
    Pages,
    day,
    likely,
    named,
    others,
    own,
    read_on,
    spoken,
)
from conversations.reading import Read
from conversations.session import Run
from handlers.producer import comparing, dossiers, lacking, scores, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import checklist, papers, titles
from programme.papers import State
from storage import looks
from storage import papers as given
from storage.looks import Look

Row = dict[str, Any]
_SAMPLES, _OFFERED = 5, 6
# In these states a newer paper comes in the place of the older one; else it stands beside it.
_REPLACED = frozenset(State) - {State.GIVEN, State.ACCEPTED, State.MISSING}


# -- what came -------------------------------------------------------------------------------------


def looked_at(talk: Talk, event: Event) -> Event:
    """The event with what was seen on its picture or document."""
    content = event.content
    look = looks.of(talk.tx, content.file) if isinstance(content, Photo | File) else None
    if look is None:
        return event
    printable = look.kind != "docx"
    seen = Seen(look.faults, look.refused or "", max(look.sheets, 1), printable, _read(talk, look))
    if isinstance(content, Photo):
        content = Photo(content.file, content.caption, content.more, seen)
    elif isinstance(content, File):
        content = File(content.file, content.name, content.caption, seen)
    return Event(event.address, event.key, event.at, content, event.order)


def _read(talk: Talk, look: Look) -> dict[str, Any]:
    found = {
        "number": look.number,
        "issued": look.issued and look.issued.isoformat(),
        "expires": look.expires and look.expires.isoformat(),
        "holder": look.holder,
        "address": look.address,
        "likely": list(titles.likely(look.titles, talk.rules)),
    }
    return {key: value for key, value in found.items() if value}


def came(talk: Talk, event: Event) -> bool:
    """Take a picture that nobody asked for as a paper's first page; False without a dossier."""
    mine = dossiers.of_person(talk)
    if not mine:
        return False
    row = next((one for one in mine if one["id"] == talk.session.dossier), None)
    row = row or (mine[0] if len(mine) == 1 else None)
    if row is not None:
        talk.change(dossier=row["id"])
    talk.start("paper", _facts(talk, mine, row))
    asked = talk.messages.pop()  # in place of the question stands what became of the picture
    turn = engine.step(talk.catalogue["paper"], talk.session, event, talk.now)
    first, *rest = turn.messages or (Message("paper.page_taken", {"count": 1}),)
    first = replace(first, prompt=asked.prompt, lead=asked.lead)
    talk.take(replace(turn, messages=(first, *rest)))
    return True


def named_in(talk: Talk, text: str) -> str | None:
    """The kind of paper that a person with a dossier calls by its name."""
    if not any(sign.isalpha() for sign in text) or not dossiers.of_person(talk):
        return None
    match readings.choice(text, spoken(talk.rules)):
        case Read(found, sure=True):
            return found
        case _:
            return None


def send(talk: Talk, one: Standing, paper: str = "") -> None:
    """Ask for the pages of a paper; of which, if that was said."""
    if paper == "samples":
        lacking.about(talk, one, paper)
        return
    facts = _facts(talk, dossiers.of_person(talk), one.row)
    talk.leave()
    for run in talk.session.runs:
        if run.form == "paper" and not run.parts and "pages" not in run.answers:
            talk.end(run)  # nothing was sent yet
    talk.start("paper", {**facts, "paper": paper} if paper else facts)


def turning_away(talk: Talk, run: Run) -> None:
    """Say that the pages of a paper that is left in the middle are kept."""
    pages = own(Pages().whole(run.parts)) if run.form == "paper" and run.at == "pages" else ()
    if pages:
        talk.note("paper.kept_open", count=sum(page["sheets"] for page in pages))


def _facts(talk: Talk, mine: list[Row], row: Row | None) -> dict[str, Any]:
    """What the form may know: whose paper it is, if that is clear, and what is still wanted."""
    meant = [standing.of(talk, each) for each in ([row] if row else mine)]
    rules = meant[0].rules
    wanted = dict.fromkeys(paper for one in meant for paper in lacking.open_papers(one))
    facts: dict[str, Any] = {
        "dossiers": [_choice(each) for each in mine],
        "rules": rules.name,
        "overlays": [str(folder) for folder in rules.overlays],
        "open": list(wanted),
    }
    return facts | ({"whose": _choice(row), "product": row["name"]} if row else {})


def _choice(row: Row) -> dict[str, Any]:
    return {"value": row["id"], "label": row["name"]}


# -- given -----------------------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Keep the paper, say how it was understood, and what is wrong with it or comes next."""
    answers = walk.collected(talk.catalogue.of(run), run)
    row = dossiers.row_of(talk, answers["whose"]["value"])
    if row is None:
        dossiers.not_theirs(talk)
        return
    talk.change(dossier=row["id"])
    paper, told, pages = answers["name"], _told(answers), own(answers["pages"])
    if run.facts.get("paper") == paper and _looks_otherwise(paper, pages):
        talk.note("paper.looks_otherwise", name=named(paper, talk.rules))
        _go_on_with(talk, row, answers["pages"], dates=answers.get("dates"))
        return
    number = _keep(talk, standing.of(talk, row), paper, pages, told)
    one = standing.of(talk, row)
    scores.learn(talk, one)
    _say_kept(talk, one, answers, told)
    if more := others(answers["pages"]):
        _go_on_with(talk, row, more)
    elif papers.papers(one.rules)[paper].copy == "certified":
        items = [(f"certified:{number}", _CERTIFIED), ("missing", _NOT_CERTIFIED)]
        talk.offer("paper.ask_certified", items, name=named(paper, one.rules))
    else:
        lacking.missing(talk, one)


def _looks_otherwise(paper: str, pages: list[Row]) -> bool:
    """Whether the pages bear the title of something else than what she said she would send."""
    found = likely(pages)
    return bool(found) and paper not in found


def _go_on_with(talk: Talk, row: Row, pages: list[Row], **told: Any) -> None:
    """Ask what paper these pages are; what was told of it already stands."""
    known = {key: value for key, value in told.items() if value}
    facts = _facts(talk, dossiers.of_person(talk), row)
    talk.start("paper", {**facts, **known, "pages": pages})


def _say_kept(talk: Talk, one: Standing, answers: dict[str, Any], told: dict[str, Any]) -> None:
    paper, pages = answers["name"], own(answers["pages"])
    several = len(dossiers.of_person(talk)) > 1
    talk.note(
        "paper.done",
        name=named(paper, one.rules),
        sheets=sum(page["sheets"] for page in pages),
        facts=Shown("paper_facts", told) if any(told.values()) else None,
        product=one.row["name"] if several else None,
    )
    _warn(talk, one, paper, told)
    if not all(page["printable"] for page in pages):
        talk.note("paper.word_unprinted")


_CERTIFIED = Message("paper.certified_yes")
_NOT_CERTIFIED = Message("paper.certified_no")


def certified(talk: Talk, one: Standing, number: str) -> None:
    """The paper of that number is a certified copy."""
    mine = {str(each["id"]): each for each in one.given}
    if number in mine:
        given.mark(talk.tx, mine[number]["id"], "certified")
    lacking.missing(talk, standing.of(talk, one.row))


def ask_drop(talk: Talk, one: Standing, paper: str) -> None:
    """Ask once more before a paper that was given is taken away."""
    if _last_given(one, paper) is None:
        lacking.about(talk, one, paper)
        return
    items = [
        (f"drop_yes:{paper}", Message("paper.drop_yes")),
        (f"paper:{paper}", Message("paper.drop_no")),
    ]
    talk.leave()
    talk.offer("paper.ask_drop", items, name=named(paper, one.rules))


def drop(talk: Talk, one: Standing, paper: str) -> None:
    """Take the paper of that kind away that was given last; it stays kept, and stands no more."""
    last = _last_given(one, paper)
    if last is not None:
        given.replace(talk.tx, [last["id"]], talk.now)
        talk.note("paper.dropped", name=named(paper, one.rules))
    one = standing.of(talk, one.row)
    scores.learn(talk, one)
    lacking.missing(talk, one)


def _last_given(one: Standing, paper: str) -> Row | None:
    """The paper of that kind that came last, unless the officer has found it good."""
    last = next((each for each in reversed(one.given) if each["paper"] == paper), None)
    return last if last and last["verdict"] != "accepted" else None


def choose_drop(talk: Talk, one: Standing) -> None:
    """Ask which of the papers that were given is to be taken away."""
    kinds = dict.fromkeys(each["paper"] for each in reversed(one.given))
    open_ = [kind for kind in kinds if _last_given(one, kind)]
    items = [(f"drop:{kind}", named(kind, one.rules)) for kind in open_[:_OFFERED]]
    talk.leave()
    back = ("dossier", Message("dossier.back"))
    talk.offer("paper.which_drop" if items else "paper.none_to_drop", [*items, back])


def _told(answers: dict[str, Any]) -> dict[str, Any]:
    """What was confirmed; without a question about it, what was read, to be held against others."""
    return {**read_on(answers["pages"], COMPARED), **(answers.get("dates") or {})}


def _keep(
    talk: Talk, one: Standing, paper: str, pages: list[dict[str, Any]], told: dict[str, Any]
) -> int:
    files = {page["file"] for page in pages}
    older = [
        each["id"]
        for each in one.given
        if each["paper"] == paper and (_is_over(one, each) or not files.isdisjoint(each["files"]))
    ]
    given.replace(talk.tx, older, talk.now)
    kind = papers.papers(one.rules)[paper]
    flaws = dict.fromkeys(fault for page in pages for fault in page["faults"])
    values = {
        "producer_id": one.row["producer_id"],
        "product": standing.whose(one.rules, paper, one.row["root"]),
        "paper": paper,
        "number": told.get("number"),
        "issued": day(told.get("issued")),
        "expires": day(told.get("expires")),
        "holder": told.get("holder"),
        "address": told.get("address"),
        # A photo is no certified copy until that is said.
        "copy_kind": "original" if kind.copy == "original" else "plain",
        "sheets": sum(page["sheets"] for page in pages),
        "flaws": ",".join(flaws),
        "person_id": talk.person,
        "hand": talk.session.typist,
    }
    return given.give(talk.tx, values, [page["file"] for page in pages], talk.now)


def _is_over(one: Standing, paper: dict[str, Any]) -> bool:
    kind = papers.papers(one.rules)[paper["paper"]]
    evidence = standing.evidence(paper, one.producer)
    return papers.state(kind, (evidence,), one.dossier.days) in _REPLACED


def samples(talk: Talk, one: Standing) -> None:
    """The samples are ready."""
    older = [each["id"] for each in one.given if each["paper"] == "samples"]
    given.replace(talk.tx, older, talk.now)
    values = {"producer_id": one.row["producer_id"], "product": one.row["root"]}
    about = {"paper": "samples", "count": _SAMPLES, "person_id": talk.person}
    given.give(talk.tx, {**values, **about, "hand": talk.session.typist}, (), talk.now)
    talk.note("paper.samples_noted", count=_SAMPLES)
    lacking.missing(talk, standing.of(talk, one.row))


# -- what does not agree ---------------------------------------------------------------------------


def _warn(talk: Talk, one: Standing, paper: str, told: dict[str, Any]) -> None:
    """Say at once what an officer would send it back for."""
    line = lacking.line_of(one, paper)
    if line is None:
        talk.note("paper.not_needed_now", name=named(paper, one.rules))
    elif line.open and checklist.best_state(one.dossier, (paper,)) in _REPLACED:
        talk.note(f"papers.do_{line.state}", **_about(one, line))
    comparing.warn(talk, one, told)
    expires = day(told.get("expires"))
    if expires and _soon(one, expires):
        talk.note("paper.ends_soon", name=named(paper, one.rules), expires=expires)


def _about(one: Standing, line: checklist.Line) -> dict[str, Any]:
    return dict(lacking.step(one, line).args)


_NEAR = 30  # days after the council in which a paper that ends is worth a word


def _soon(one: Standing, expires: date) -> bool:
    return 0 <= (expires - one.dossier.days.council).days <= _NEAR
