"""The bot in processes of its own, killed as the power fails and begun again on the same data."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
_MOST = ("MESSAGES_A_MINUTE", "MESSAGES_A_DAY", "FILES_AN_HOUR", "FILES_A_DAY", "MEGABYTES_A_DAY")
_OF_BOTS = ("BOT_MESSAGES_A_MINUTE", "BOT_NEWCOMERS_A_MINUTE")
AMPLE = {f"OCOP_{name}": "1000000000" for name in (*_MOST, *_OF_BOTS)}  # who types is no person


class Mother:
    """Bears houses in no time; see ``benchmarks.channels.mother``."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.channels.mother"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, text=True)
        self._hear()

    def bears(self, environment: dict[str, str]) -> int:
        """The number of a new process."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(environment) + "\n")
        self._process.stdin.flush()
        return int(self._hear())

    def ends(self) -> None:
        """Wait until she has ended."""
        self._process.communicate()

    def _hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


class Starts:
    """Starts the real command line each time, imports and all."""

    def bears(self, environment: dict[str, str]) -> int:
        """The number of a new process."""
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody else here waits for processes
        with Path(environment["OCOP_DATA"], "server.log").open("ab") as log:
            command = [sys.executable, "-m", "bot", "run"]
            begun = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log
            )
        begun.returncode = 0  # it outlives this object, which nobody asks any more
        return begun.pid

    def ends(self) -> None:
        """Nothing is left."""


@dataclass
class House:
    """``bot run`` with one data folder and one port, as often as it is needed."""

    mother: Mother | Starts
    data: Path
    channel: dict[str, str] = field(default_factory=dict)  # the settings of what is tried
    port: int = 0
    process: int = 0

    def __post_init__(self) -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self.port = int(held.getsockname()[1])

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"sqlite:///{self.data / 'ocop.db'}"

    def begin(self) -> None:
        """Start a process."""
        own = {
            "OCOP_DATA": str(self.data),
            "OCOP_PORT": str(self.port),
            "OCOP_LOG_LEVEL": "warning",
        }
        self.process = self.mother.bears(AMPLE | own | self.channel)

    async def kill(self) -> None:
        """End it as the power fails: no handler runs, nothing is flushed."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """End it politely."""
        await self._end(signal.SIGINT)

    def complaints(self) -> list[str]:
        """The lines of its log that tell of an error."""
        log = (self.data / "server.log").read_text(encoding="utf-8", errors="replace")
        return [line for line in log.splitlines() if "error" in line.lower()]

    async def _end(self, how: signal.Signals) -> None:
        number, self.process = self.process, 0
        if not number:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, how)
            async with asyncio.timeout(20):
                while True:
                    os.kill(number, 0)
                    await asyncio.sleep(0.002)
