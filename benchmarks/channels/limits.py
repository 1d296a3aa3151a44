"""Telegram's limits, kept by the emulator: 30 messages a second overall, one a second in a chat.

In a chat "short bursts that go over this limit" are allowed, says its FAQ, and not how short.
"""

import time
from collections import deque
from dataclasses import dataclass, field

from tests.emulators.telegram_calls import Call, Refusal

OVERALL = 30  # messages a second
A_CHAT = 1.0  # messages a second, on average
AT_ONCE = 3.0  # messages to one chat in a burst


@dataclass
class Limits:
    """Refuses with 429 what is beyond; notes what came through, and what did not."""

    refused: list[tuple[float, int]] = field(default_factory=list)  # when, and to which chat
    overall: int = 0  # of these, for what the bot sends to everybody together
    passed: list[tuple[float, int]] = field(default_factory=list)
    closed: dict[int, float] = field(default_factory=dict)  # chats that are refused until then
    _recent: deque[float] = field(default_factory=deque)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)  # what was left, and when

    def hear(self, call: Call) -> None:
        """Let the call through, or raise what the service answers."""
        if call.name != "sendMessage":
            return
        now, chat = time.monotonic(), int(call.model.chat_id)
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        wait = self._wait(now, chat)
        if wait:
            self.refused.append((now, chat))
            raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        self._recent.append(now)
        self._chats[chat] = (self._left(now, chat) - 1, now)
        self.passed.append((now, chat))

    def _wait(self, now: float, chat: int) -> int:
        if (until := self.closed.get(chat, 0.0)) > now:
            return int(until - now) + 1
        if len(self._recent) >= OVERALL:
            self.overall += 1
            return 3
        return 1 if self._left(now, chat) < 1 else 0

    def _left(self, now: float, chat: int) -> float:
        left, at = self._chats.get(chat, (AT_ONCE, now))
        return min(AT_ONCE, left + (now - at) * A_CHAT)
