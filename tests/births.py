"""The bot in a process of its own that begins at once: forked from one that has imported it all.

For tests that kill it again and again. As whoever runs it starts it, ``bot.test_roles`` does.
"""

import multiprocessing
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 60.0  # seconds in which it ends on a busy machine
_MOTHER = multiprocessing.get_context("forkserver")
_MOTHER.set_forkserver_preload(["bot.__main__", "bot.assembly"])


class Born:
    """``python -m bot`` with these arguments, these settings and no others."""

    def __init__(self, arguments: tuple[str, ...], settings: Mapping[str, str], log: Path) -> None:
        """Begin; all that it says goes into the log."""
        self._process = _MOTHER.Process(target=_live, args=(arguments, dict(settings), log))
        self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """See that nothing of it is left."""
        self._process.kill()
        self._process.join()

    @property
    def lives(self) -> bool:
        return self._process.is_alive()

    def ends(self, wish: signal.Signals) -> int | None:
        """Tell it to end, or kill it, and wait; its exit code, None when it does not end."""
        if self._process.pid is not None and self.lives:
            os.kill(self._process.pid, wish)
        return self.ended()

    def ended(self) -> int | None:
        """Wait for it; its exit code, None when it does not end."""
        self._process.join(PATIENCE)
        return self._process.exitcode


def _live(arguments: tuple[str, ...], settings: dict[str, str], log: Path) -> None:
    from bot.__main__ import app  # noqa: PLC0415 - it is imported in the new process alone

    for name in [name for name in os.environ if name.startswith("OCOP_")]:
        del os.environ[name]
    os.environ.update(settings)
    said = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.close(said)
    app(list(arguments))
