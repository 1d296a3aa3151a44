"""What can keep a process from starting, each said in one sentence that says what to do."""

import contextlib
import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot.settings import Settings
from bot.wording import Wording, ours
from conversations.messages import Message


class CannotStart(Exception):
    """Something else has what we need, or is missing; the message says what to do."""


def cannot_start(key: str, **args: object) -> CannotStart:
    """The exception with these words."""
    return CannotStart(words(ours(), key, **args))


def words(wording: Wording, key: str, **args: object) -> str:
    """What the terminal says."""
    return " ".join(letter.text for letter in wording.letters("vi", Message(key, args)))


def need_port(settings: Settings) -> None:
    """Raise CannotStart when the port is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise cannot_start("serving.port_taken", port=settings.port) from None


def need_postgresql(settings: Settings, role: str) -> None:
    """Raise CannotStart when processes could not share the database."""
    if settings.database.startswith("sqlite"):
        raise cannot_start("serving.one_process_only", role=role)


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the lock of the data folder; the system lets go of it however the process ends."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with Path(settings.data / "running").open("a") as file:
        if not _locked(file):
            raise cannot_start("serving.already_running", folder=str(settings.data))
        yield


def _locked(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
