"""Hồ sơ: which one is meant, and what can be done with it."""

from collections.abc import Callable, Sequence
from typing import Any

from conversations.messages import Message
from handlers import intents
from handlers.producer import menu, parked, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, ruleset
from programme.folding import fold
from storage import codes, dossiers, ideas, producers

Deed = Callable[[Talk, Standing], None]
_WHICH = 5
_FEWEST_WORDS = 2  # of a product's name, for a sentence to speak of it


# -- which dossier ---------------------------------------------------------------------------------


def with_one(talk: Talk, wish: str, deed: Deed) -> None:
    """Do the deed with the dossier that is meant; of several ask which, and then do it."""
    mine = of_person(talk)
    if not mine:
        _none(talk)
        return
    if named := _named_in(talk.text, mine):
        talk.change(dossier=named["id"])
    last = next((row for row in mine if row["id"] == talk.session.dossier), None)
    if len(mine) > 1 and last is None:
        _ask_which(talk, mine, wish)
        return
    row = last or mine[0]
    talk.change(dossier=row["id"])
    deed(talk, standing.of(talk, row))


def _named_in(text: str, mine: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The one dossier of which the text speaks: by most words of its name, or one of its own."""
    said = set(fold(text[:300]).split())
    shared = {row["id"]: said & set(fold(row["name"]).split()) for row in mine}
    most = max(map(len, shared.values()))
    best = [row for row in mine if len(shared[row["id"]]) == most]
    if len(best) != 1:
        return None
    own = shared[best[0]["id"]] - intents.VOCABULARY
    fewest = min(_FEWEST_WORDS, len(fold(best[0]["name"]).split()))
    return best[0] if most >= fewest or own else None


def _none(talk: Talk) -> None:
    """Go on with the idea that lies half done, or say that an idea comes first."""
    half = parked.newest(talk)
    if half:
        parked.offer_to_go_on(talk, half, parked.SOMETHING_ELSE)
        return
    talk.say("dossier.no_dossier")
    if not talk.resume():
        menu.show(talk)


def of_person(talk: Talk) -> list[dict[str, Any]]:
    """The person's open dossiers; each idea that was handed in has one."""
    for idea in ideas.acted_for(talk.tx, talk.person):
        is_new = dossiers.of_idea(talk.tx, idea["id"]) is None
        if idea["status"] == "submitted" and idea["product_set"] and is_new:
            _begin(talk, idea)
    return dossiers.of_person(talk.tx, talk.person)


def _begin(talk: Talk, idea: dict[str, Any]) -> None:
    home = standing.home_of(producers.by_id(talk.tx, idea["producer_id"]))
    wished = talk.calendar.round(idea["round_key"] or "", home)
    round_ = wished if wished and talk.today < wished.intake_before else None
    round_ = round_ or talk.calendar.upcoming(talk.today, home, most=1)[0]
    values = {
        "idea_id": idea["id"],
        "producer_id": idea["producer_id"],
        "person_id": talk.person,
        "name": idea["name"],
        "product_set": idea["product_set"],
        "case": "first",
        "rules": ruleset.for_dossier(talk.today, "first", *talk.overlays).on(talk.today).name,
        "round_key": round_.key,
        "council": talk.calendar.council(round_.key, home),
    }
    dossiers.open_new(talk.tx, values, talk.now, talk.year)


def _ask_which(talk: Talk, mine: list[dict[str, Any]], wish: str) -> None:
    items = [(f"dossier_for:{row['id']}.{wish}", _name(row)) for row in mine[-_WHICH:]]
    talk.leave()
    talk.offer("dossier.which", items)


def _name(row: dict[str, Any]) -> Message:
    return Message("dossier.called", {"name": row["name"], "number": row["number"]})


def chosen(talk: Talk, which: str) -> str:
    """Remember the dossier that was chosen; what was to be done with it."""
    number, _, wish = which.partition(".")
    mine = {str(row["id"]): row for row in of_person(talk)}
    if number in mine:
        talk.change(dossier=mine[number]["id"])
    return wish or "dossier"


def row_of(talk: Talk, dossier: int) -> dict[str, Any] | None:
    """The dossier that a form was begun for; None when the person acts for its producer no more."""
    row = dossiers.by_id(talk.tx, dossier)
    return row if codes.still_acts(talk.tx, talk.person, row["producer_id"]) else None


def not_theirs(talk: Talk) -> None:
    """Say that somebody else's dossier is theirs no more."""
    talk.say("dossier.not_yours")
    menu.show(talk)


def another(talk: Talk) -> None:
    """Ask which dossier is meant, though one was chosen before."""
    mine = of_person(talk)
    if len(mine) > 1:
        _ask_which(talk, mine, "dossier")
        return
    if mine:
        talk.note("dossier.another")
    with_one(talk, "dossier", home)


# -- what there is to do ---------------------------------------------------------------------------

_HOME = ("missing", "send", "score", "stars", "writing", "check", "book", "plan")
_FILED = ("missing", "send", "stars", "check", "book")


def home(talk: Talk, one: Standing, *, filing: bool = False) -> None:
    """How it stands in one line, and what can be done; ``filing`` when she spoke of handing in."""
    talk.leave()
    if one.row["filed_at"]:
        _home_filed(talk, one)
        return
    done, total = advice.progress(one.dossier)
    late = one.file_by < talk.today
    to_file = one.has_something and (filing or late or one.answered)
    items = _items(talk, (*_HOME, "file") if to_file else _HOME)
    about = {"name": one.row["name"], "round": round_of(one), "done": done, "total": total}
    if one.is_over:
        say_over(talk, one)
        talk.offer("dossier.home_over", items, **about)
    elif late:
        days = {"by": one.file_by, "closes": one.round.intake_before}
        talk.offer("dossier.home_late", items, **about, **days, empty=not to_file)
    else:
        talk.offer("dossier.home", items, **about, by=one.file_by)


def say_over(talk: Talk, one: Standing) -> None:
    """Say that the time of a re-evaluation has gone by, and what the law has for that."""
    before = one.dossier.before
    assert before is not None  # noqa: S101 - only what has a certificate is evaluated again
    ended = before.expires < talk.today
    talk.note("renewal.over", by=one.refile_by, expires=before.expires, ended=ended)


def _home_filed(talk: Talk, one: Standing) -> None:
    about = {"name": one.row["name"], "when": one.row["filed_at"]}
    if one.row["sent_up_at"]:
        talk.offer("dossier.home_sent_up", _items(talk, _FILED), **about, round=round_of(one))
    else:
        talk.offer("dossier.home_filed", _items(talk, _FILED), **about, by=one.row["review_by"])


def _items(talk: Talk, names: Sequence[str]) -> list[tuple[str, Message]]:
    more = ("another",) if len(of_person(talk)) > 1 else ()
    return [(item, Message(f"dossier.item_{item}")) for item in (*names, *more)]


def unknown(talk: Talk) -> None:
    """Say that we did not understand; who speaks of a dossier is first led back to that."""
    spoken_of = any(row["id"] == talk.session.dossier for row in of_person(talk))
    if not spoken_of or talk.session.misses:
        menu.unknown(talk)
        return
    talk.note("dossier.unknown")
    with_one(talk, "dossier", home)
    talk.change(misses=1)


def round_of(one: Standing) -> Message:
    """The round that the dossier is for."""
    return Message("menu.round_tinh", {"number": one.round.number, "year": one.round.year})
