"""What time it is: the only place where the real clock is read, and where a demo's is turned."""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

LATEST = datetime(2100, 1, 1, tzinfo=UTC)  # later than any deadline; a date must stay countable
_NOT_TURNED = timedelta()
_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
_log = structlog.get_logger()


class WrongTime(ValueError):
    """This is no time, or none that a clock can be turned to; the words say why."""


def now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def month(at: datetime) -> str:
    """The month in Viet Nam that something counts for: 2026-11."""
    return f"{at.astimezone(_VIET_NAM):%Y-%m}"


def in_viet_nam(written: str) -> datetime:
    """The instant of an ISO date and time, Viet Nam's where it names no zone, or WrongTime."""
    try:
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=_VIET_NAM)).astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        raise WrongTime("not a date and a time") from wrong


class TurnedClock:
    """A demo's clock: the real time and how far people have turned it, also after a restart."""

    def __init__(self, path: Path, real: Callable[[], datetime] = now) -> None:
        self._path = path
        self._real = real
        self._turning = threading.Lock()
        self._ahead = _read(path, LATEST - real())

    def __call__(self) -> datetime:
        """The demo's now, in UTC."""
        return self._real() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far it has been turned."""
        return self._ahead

    def check(self, at: datetime) -> None:
        """Raise WrongTime when it cannot be turned there: it is over, or after ``LATEST``."""
        if at < self():
            raise WrongTime("the clock turns only forward")
        if at > LATEST:
            raise WrongTime("the clock does not turn that far")

    def turn_to(self, at: datetime) -> None:
        """Let it be that time now, and run on from there; returns when a restart keeps it.

        Raises WrongTime as ``check`` does.
        """
        with self._turning:
            self.check(at)
            ahead = at - self._real()
            _write(self._path, ahead)
            self._ahead = ahead


def _read(path: Path, most: timedelta) -> timedelta:
    """How far the clock was turned; what cannot be read is as good as not turned."""
    try:
        ahead = timedelta(seconds=float(path.read_text("ascii")))
    except FileNotFoundError:
        return _NOT_TURNED
    except (OSError, ValueError, OverflowError) as trouble:
        _log.warning("clock_not_read", error=type(trouble).__name__)
        return _NOT_TURNED
    if _NOT_TURNED <= ahead <= most:
        return ahead
    _log.warning("clock_not_read", error="out of range")
    return _NOT_TURNED


def _write(path: Path, ahead: timedelta) -> None:
    """Put the file in its place whole: a broken one would turn the clock back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".next")
    with beside.open("w", encoding="ascii") as file:
        file.write(f"{ahead.total_seconds()}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
