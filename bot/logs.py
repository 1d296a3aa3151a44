"""Logs: one line of JSON an event on standard error; never a person's words, name or token."""

import logging
import sys
import traceback
from pathlib import Path

import structlog

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def configure(level: str) -> None:
    """Write what is at least of that level."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where_only,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS.get(level, logging.ERROR)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    root = logging.getLogger()
    if not any(isinstance(each, _Others) for each in root.handlers):
        root.addHandler(_Others(logging.WARNING))


class _Others(logging.Handler):
    """What a library logs becomes a line of ours: where it says it, and not what it says."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say it in our log."""
        error = record.exc_info[1] if record.exc_info else None
        where = f"{record.module}:{record.lineno} {record.funcName}"
        log = structlog.get_logger()
        log.log(record.levelno, "library", logger=record.name, said_at=where, exc_info=error)


def _where_only(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Of an exception keep where it arose; its message may hold what somebody wrote."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event.setdefault("error", type(error).__name__)
        frames = traceback.extract_tb(error.__traceback__)
        event["where"] = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[-4:]]
    return event
