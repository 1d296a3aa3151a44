"""What a bot may do in a month, and how much of it is gone: counted here, as Zalo does not say.

Whether what people write counts too is not documented, so both directions are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

WARN_AT = (70, 90, 100)  # per cent
_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
Thing = Literal["users", "messages"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the bot's plan allows; these are the free one's figures of September 2026."""

    users: int = 50
    messages: int = 3000  # in a calendar month


@dataclass(frozen=True, slots=True)
class Used:
    """People who ever wrote to the bot, and this month's messages in both directions."""

    users: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Warned:
    """So many per cent of a thing are gone, which the office must know."""

    thing: Thing
    percent: int
    used: int
    most: int


def month(at: datetime) -> str:
    """The month that a message counts for, in Viet Nam: 2026-11."""
    return f"{at.astimezone(_VIET_NAM):%Y-%m}"


def warnings(plan: Plan, before: Used, after: Used) -> tuple[Warned, ...]:
    """What the office is to be told now that ``before`` has become ``after``; each mark once."""
    return (
        *_crossed("users", plan.users, before.users, after.users),
        *_crossed("messages", plan.messages, before.messages, after.messages),
    )


def left(plan: Plan, used: Used) -> Used:
    """How many more people and messages there is room for."""
    return Used(max(0, plan.users - used.users), max(0, plan.messages - used.messages))


def fits(plan: Plan, used: Used, letters: int, kept_free: int = 0) -> bool:
    """Whether so many letters fit into the month, with some kept free for people who ask."""
    return letters + kept_free <= left(plan, used).messages


def _crossed(thing: Thing, most: int, before: int, after: int) -> Iterator[Warned]:
    passed = [mark for mark in WARN_AT if before * 100 < mark * most <= after * 100]
    if passed:
        yield Warned(thing, passed[-1], after, most)
