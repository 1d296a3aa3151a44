"""What an officer sees before an announcement goes out: the head count, samples, what to choose."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from conversations.messages import Message, Shown
from handlers.officer import announced, announcement_numbers, sampling
from handlers.officer.announced import said
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme import aims
from storage import announcements, audience

NOW, LATER, EDIT, DROP = "announce_now", "announce_later", "announce_edit", "announce_drop"


def show(talk: Talk, made: int) -> None:
    """Show how many are reached, whom not, and samples; then ask whether it goes."""
    row = announcement_numbers.of_id(talk, str(made))
    if row is None or refused(talk, row):
        return
    talk.messages += [counted(talk, row), *sampling.samples(talk, row)]
    keys = (NOW, LATER, DROP) if said(row).get("called_off") else (NOW, LATER, EDIT, DROP)
    items = [(f"{key}:{made}", Message(f"announcing.{key}")) for key in keys]
    talk.offer("announcing.ask_send", items)


def refused(talk: Talk, row: dict[str, Any]) -> bool:
    """Drop it, and say why, where this month has no room for it; whether that is so."""
    fits = announcements.fits(talk.tx, row["id"], talk.allowed, f"{talk.today:%Y-%m}")
    unfit = [fit for fit in fits if not fit.fits]
    if unfit:
        _refuse(talk, row, unfit)
    return bool(unfit)


def counted(talk: Talk, row: dict[str, Any]) -> Message:
    """Whom it is for, how many that are, and who is not told."""
    ledger = announcements.ledger(talk.tx, row["id"])
    aim = None if row["corrects"] else Shown("aim", said(row)["aim"])
    counts = {"total": ledger.previewed, "short": ledger.refused}
    about = {**announced.named(row), "aim": aim, **counts, "parts": _unreached(talk, row)}
    return Message("announcing.preview", {**about})


def _unreached(talk: Talk, row: dict[str, Any]) -> tuple[Message, ...]:
    """Whom it concerns too, and why they are not told."""
    if row["corrects"]:
        return ()
    told, scope = said(row), scope_of(talk)
    about = (talk.tx, scope, aims.of(told["aim"]), day(talk, told))
    found = (("unasked", len(audience.unasked(*about))), ("away", len(audience.away(*about))))
    return tuple(Message(f"announcing.{name}", {"count": count}) for name, count in found if count)


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
