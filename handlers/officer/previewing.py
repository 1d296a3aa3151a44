"""What an officer sees before an announcement goes out: the head count, samples, what to choose."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from conversations.messages import Message, Shown
from handlers.officer import announced, announcement_numbers
from handlers.officer.announced import said
from handlers.officer.scoping import scope_of
from handlers.reminded import language_of
from handlers.talk import Talk
from programme import aims
from storage import announcements, audience, sessions

NOW, LATER, EDIT, DROP = "announce_now", "announce_later", "announce_edit", "announce_drop"
_SAMPLES = 3


def show(talk: Talk, made: int) -> None:
    """Show how many are reached, whom not, and samples; then ask whether it goes."""
    row = announcement_numbers.of_id(talk, str(made))
    if row is None:
        return
    fits = announcements.fits(talk.tx, made, talk.allowed, f"{talk.today:%Y-%m}")
    unfit = [fit for fit in fits if not fit.fits]
    if unfit:
        _refuse(talk, row, unfit)
        return
    ledger = announcements.ledger(talk.tx, made)
    aim = None if row["corrects"] else Shown("aim", said(row)["aim"])
    counts = {"total": ledger.previewed, "short": ledger.refused}
    about = {**announced.named(row), "aim": aim, **counts, "parts": _unreached(talk, row)}
    talk.messages.append(Message("announcing.preview", {**about}))
    _samples(talk, row)
    keys = (NOW, LATER, DROP) if said(row).get("called_off") else (NOW, LATER, EDIT, DROP)
    items = [(f"{key}:{made}", Message(f"announcing.{key}")) for key in keys]
    talk.offer("announcing.ask_send", items)


def _unreached(talk: Talk, row: dict[str, Any]) -> tuple[Message, ...]:
    """Whom it concerns too, and why they are not told."""
    if row["corrects"]:
        return ()
    told, scope = said(row), scope_of(talk)
    about = (talk.tx, scope, aims.of(told["aim"]), day(talk, told))
    found = (("unasked", len(audience.unasked(*about))), ("away", len(audience.away(*about))))
    return tuple(Message(f"announcing.{name}", {"count": count}) for name, count in found if count)


def _samples(talk: Talk, row: dict[str, Any]) -> None:
    """Up to three letters as they are read, another language before the same once more."""
    rows = announcements.rows(talk.tx, scope_of(talk), row["id"], "waiting", most=200)
    kept = sessions.read(talk.tx, [one["person_id"] for one in rows])
    reads = {one: language_of(each.body) for one, each in kept.items()}
    seen: dict[str, list[str]] = {}
    for one in rows:
        seen.setdefault(reads.get(one["person_id"], "vi"), []).append(one["producer"] or "")
    first = [(language, names.pop(0)) for language, names in seen.items()]
    more = [(language, name) for language, names in seen.items() for name in names]
    some = [*first, *more][:_SAMPLES]
    words = announced.letter(row)
    for at, (language, name) in enumerate(some, 1):
        head = Message("announcing.sample", {"at": at, "of": len(some), "producer": name})
        attached = words.attached if at == 1 else None
        shown = replace(words, language=language, lead=(head,), choices=(), attached=attached)
        talk.messages.append(shown)


def _refuse(talk: Talk, row: dict[str, Any], unfit: Sequence[Any]) -> None:
    drop(talk, row)
    parts = tuple(
        Message(
            "announcing.unfit", {"code": fit.channel, "count": fit.needed, "left": fit.left or 0}
        )
        for fit in unfit
    )
    talk.say("announcing.does_not_fit", parts=parts)


def drop(talk: Talk, row: dict[str, Any]) -> None:
    """Forget what was never sent."""
    announcements.cancel(talk.tx, row["id"], talk.now)
    talk.log("dropped_announcement", "announcement", row["id"])


def day(talk: Talk, told: dict[str, Any]) -> date:
    """The day on which a star must be good: the last of the event, else today."""
    days = told.get("days")
    return date.fromisoformat(days["to"]) if days else talk.today
