"""Hands that look at each file once however many tests send it; they are real, and shared."""

import atexit
from functools import cache
from pathlib import Path

from bot.examining import BOUNDS
from hands.hiring import Answer, Hands, Task

SENT = Path(__file__).parents[1] / "chats" / "giay"  # the files that transcripts send


class RememberingHands(Hands):
    """Examines a content once, and gives the same answer and page again."""

    def __init__(self) -> None:
        super().__init__(1, BOUNDS, 10)
        self._known: dict[bytes, tuple[Answer | None, bytes | None]] = {}

    def do(self, task: Task) -> Answer | None:
        content, clean = Path(task["path"]).read_bytes(), Path(task["clean"])
        if content not in self._known:
            answer = super().do(task)
            self._known[content] = answer, clean.read_bytes() if clean.exists() else None
        answer, page = self._known[content]
        if page is not None:
            clean.write_bytes(page)
        return answer


@cache
def hands() -> RememberingHands:
    """The hands of this process."""
    made = RememberingHands()
    atexit.register(made.close)
    return made
