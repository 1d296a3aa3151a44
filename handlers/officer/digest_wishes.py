"""When an officer's summary comes: what is wanted, read back as it is understood."""

from typing import Any

from conversations.messages import Message
from handlers.officer.digest_words import Order
from handlers.talk import Talk
from programme import digest_hours
from programme.digest_hours import Wish
from storage import digests


def begin(talk: Talk) -> None:
    """Let the summary come as the officer wants it, else each working day at eight."""
    row = digests.of(talk.tx, talk.person)
    if row is None or row["next_at"] is None:
        _keep(talk, wish_of(row) if row else Wish())


def wish_of(row: dict[str, Any]) -> Wish:
    """What the officer wants."""
    return Wish(row["every"], row["hour"], row["weekday"])


def keep(talk: Talk, order: Order) -> None:
    """Keep what was said of rhythm, weekday and hour; the rest stays, and all is read back."""
    row = digests.of(talk.tx, talk.person)
    was = wish_of(row) if row else Wish()
    told = was.hour if order.hour is None else order.hour
    every = order.every or ("day" if was.every == "none" else was.every)
    weekday = was.weekday if order.weekday is None else order.weekday
    wish = Wish(every, digest_hours.nearest(told), weekday)
    _keep(talk, wish)
    if wish.hour != told:
        talk.note("digest.at_night")
    if wish.every == "week":
        on = Message(f"digest.weekday_{wish.weekday}")
        talk.say("digest.set_week", hour=wish.hour, weekday=on)
    else:
        talk.say("digest.set_day", hour=wish.hour)


def stop(talk: Talk) -> None:
    """Send none any more."""
    row = digests.of(talk.tx, talk.person)
    was = wish_of(row) if row else Wish()
    _keep(talk, Wish("none", was.hour, was.weekday))
    talk.say("digest.stopped")


def _keep(talk: Talk, wish: Wish) -> None:
    at = digest_hours.next_at(wish, talk.now, talk.calendar.changed)
    kept = {"every": wish.every, "hour": wish.hour, "weekday": wish.weekday, "next_at": at}
    digests.wish(talk.tx, talk.person, kept)
