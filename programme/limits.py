"""How much may be sent to a bot: what lies beyond is not read, and its sender is told so once.

No law sets these figures. An honest day never meets them (forty photos of a thick dossier in ten
minutes, a story told in many pieces, every criterion tapped); a flood meets them within a minute.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

MINUTE, HOUR = 60, 3600  # seconds
Span = Literal["", "minute", "hour", "day"]


class Sifted(NamedTuple):
    """What becomes of those that came now: so many are heard, the first ones.

    So many are too many for the nearer span, and take nothing from the day. ``crossed`` is the span
    whose most was passed by these; empty where it had been passed before. So exactly one crossing a
    span is seen, in however many pieces all came.
    """

    heard: int
    too_near: int
    crossed: Span


@dataclass(frozen=True, slots=True)
class Most:
    """The most within the nearer span, and within a day of Viet Nam."""

    near: int
    day: int
    span: Literal["minute", "hour"]

    def sift(self, near: int, day: int, came: int) -> Sifted:
        """How many are heard of those that came now; the counts of both spans hold them all."""
        before = near - came
        fitting = min(came, max(0, self.near - before))
        before_today = day - came
        heard = min(fitting, max(0, self.day - before_today))
        crossed: Span = ""
        if fitting and before_today <= self.day < before_today + fitting:
            crossed = "day"
        elif before <= self.near < near and before_today <= self.day:
            crossed = self.span
        return Sifted(heard, came - fitting, crossed)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of each: of one chat, and of one bot's chats together."""

    messages_a_minute: int = 60
    messages_a_day: int = 1000
    files_an_hour: int = 120
    files_a_day: int = 300
    megabytes_a_day: int = 1000
    bot_messages_a_minute: int = 12000
    bot_newcomers_a_minute: int = 600

    @property
    def messages(self) -> Most:
        """Of one chat, of whatever is no file."""
        return Most(self.messages_a_minute, self.messages_a_day, "minute")

    @property
    def files(self) -> Most:
        """Of one chat."""
        return Most(self.files_an_hour, self.files_a_day, "hour")

    @property
    def bytes_a_day(self) -> int:
        """Of one chat's files together."""
        return self.megabytes_a_day * 1_000_000
