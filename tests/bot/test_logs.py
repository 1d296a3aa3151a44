"""The log: what is in it may be read by anybody."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

WORDS = "chị Lan, 0912345678"


@pytest.fixture(autouse=True)
def gone_afterwards() -> Iterator[None]:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    yield
    root.handlers = before
    structlog.reset_defaults()


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def _broken() -> None:
    raise ValueError(WORDS)


def test_of_what_a_library_logs_there_is_where_and_not_what(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("warning")
    library = logging.getLogger("some.library")
    library.warning("no such thing: %s", WORDS)
    try:
        _broken()
    except ValueError:
        library.exception("it broke")

    first, second = _lines(capsys)
    assert (first["logger"], first["level"]) == ("some.library", "warning")
    assert (second["level"], second["error"]) == ("error", "ValueError")
    assert "test_logs" in str(first["said_at"])
    assert WORDS not in str([first, second])


def test_of_what_broke_us_there_is_where_and_not_what(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning")
    try:
        _broken()
    except ValueError as error:
        structlog.get_logger().error("broken", exc_info=error)

    (line,) = _lines(capsys)
    assert line["error"] == "ValueError"
    assert WORDS not in str(line)


def test_it_is_set_up_twice_and_says_each_thing_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning")
    logs.configure("warning")
    logging.getLogger("some.library").warning("once")

    assert len(_lines(capsys)) == 1
