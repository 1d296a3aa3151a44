"""What a bot may do in a month, and how much of it is gone: counted here, as Zalo does not say.

Whether what people write counts too is not documented, so both directions are counted.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import structlog

WARN_AT = (70, 90, 100)  # per cent
SAVE_AT = 90  # per cent of the messages; what is left is for people who wait for an answer
_log = structlog.get_logger()
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


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a thing is gone; ``warn`` is the highest mark it has passed, 0 for none."""

    thing: Thing
    used: int
    most: int
    warn: int


Count = Callable[[str], Awaitable[Used]]  # what a bot has used up by now


@dataclass(slots=True)
class Meter:
    """How our bots stand, as it was counted last; says in the log what the office must know."""

    plan: Plan
    count: Count
    _used: dict[str, Used] = field(default_factory=dict)

    async def look(self, bot: str) -> None:
        """Count anew, and tell each mark that was passed since."""
        used = await self.count(bot)
        for warned in warnings(self.plan, self._used.get(bot, Used()), used):
            numbers = {"percent": warned.percent, "used": warned.used, "most": warned.most}
            _log.warning("zalo_quota", bot=bot, thing=warned.thing, **numbers)
        self._used[bot] = used

    def standings(self) -> dict[str, tuple[Standing, ...]]:
        """How each bot stands, for whoever asks."""
        return {bot: standing(self.plan, used) for bot, used in self._used.items()}

    def only_answers(self, bot: str) -> bool:
        """Whether what is left of the month must be kept for answers."""
        used = self._used.get(bot, Used())
        return used.messages * 100 >= SAVE_AT * self.plan.messages


def standing(plan: Plan, used: Used) -> tuple[Standing, Standing]:
    """How much of each thing is gone."""
    return (
        _stands("users", used.users, plan.users),
        _stands("messages", used.messages, plan.messages),
    )


def _stands(thing: Thing, used: int, most: int) -> Standing:
    passed = [mark for mark in WARN_AT if used * 100 >= mark * most]
    return Standing(thing, used, most, max(passed, default=0))


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
