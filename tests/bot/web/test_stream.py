"""The stream of new lines, over a real server: nothing is left out, nothing comes twice."""

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from bot.channels.browser.lines import Lines
from bot.web import stream
from bot.web.serving import Server
from conversations.events import Strange
from conversations.messages import Letter
from storage import phones
from storage.database import Database
from tests.bot.web.conftest import Desk

Serve = Callable[[], tuple[str, Server]]
PHONE = "/phones/phone-of-hoa"
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def post(client: httpx2.Client, number: int) -> int:
    message = {"key": f"key-{number:04}", "seen": 0, "kind": "text", "text": str(number)}
    answer = client.post(f"{PHONE}/messages", json=message)
    assert answer.status_code == 200
    return int(answer.json()["seq"])


def lines_of(client: httpx2.Client, after: int, **headers: str) -> Iterator[dict[str, Any]]:
    """Each line as the browser gets it; the event's id must be the line's number."""
    with client.stream("GET", f"{PHONE}/events?after={after}", headers=headers) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        event: dict[str, str] = {}
        for written in answer.iter_lines():
            if written:
                name, _, value = written.partition(": ")
                event[name] = value
                continue
            if event.get("event") == "line":
                line = json.loads(event["data"])
                assert line["seq"] == int(event["id"])
                yield line
            event = {}


@pytest.fixture
def client(serve: Serve) -> Iterator[httpx2.Client]:
    address, _ = serve()
    with httpx2.Client(base_url=address, timeout=10) as made:
        yield made


def test_a_letter_arrives_on_the_open_stream(client: httpx2.Client, desk: Desk) -> None:
    desk.answers = (Letter("Em nghe ạ", (("1:y", "Vâng"),)),)
    stream_ = lines_of(client, 0)

    posting = threading.Timer(0.2, post, (client, 1))
    posting.start()
    person, bot = itertools.islice(stream_, 2)
    posting.join()

    assert (person["who"], person["text"]) == ("person", "1")
    assert (bot["who"], bot["text"]) == ("bot", "Em nghe ạ")
    assert bot["choices"] == [{"data": "1:y", "label": "Vâng"}]


def test_a_stream_begins_after_the_line_that_is_known(client: httpx2.Client) -> None:
    seqs = [post(client, number) for number in range(4)]

    by_query = list(itertools.islice(lines_of(client, seqs[1]), 2))
    by_header = list(itertools.islice(lines_of(client, 0, **{"Last-Event-ID": str(seqs[1])}), 2))
    odd_header = next(lines_of(client, seqs[2], **{"Last-Event-ID": "x; drop"}))

    assert [line["seq"] for line in by_query] == seqs[2:]
    assert by_header == by_query
    assert odd_header["seq"] == seqs[3]


def test_a_stream_that_breaks_again_and_again_leaves_no_gap_and_nothing_double(
    client: httpx2.Client, desk: Desk
) -> None:
    desk.answers = (Letter("Dạ"), Letter("Rồi sao ạ?"))
    many = 60
    writer = threading.Thread(target=lambda: [post(client, number) for number in range(many)])
    writer.start()
    came: list[dict[str, Any]] = []

    for length in itertools.cycle((1, 3, 0, 7, 2)):
        last = str(came[-1]["seq"]) if came else ""
        came += itertools.islice(lines_of(client, 0, **{"Last-Event-ID": last}), length)
        if len(came) >= 3 * many - 7:
            break
    writer.join()

    kept = client.get(f"{PHONE}/lines", params={"limit": 200}).json()["lines"]
    assert len(kept) == 3 * many
    assert came == kept[: len(came)]


def test_more_lines_than_fit_one_look_all_come(client: httpx2.Client, database: Database) -> None:
    with database.transaction() as tx:
        for number in range(2 * stream.AT_ONCE + 10):
            phones.append(tx, "phone-of-hoa", f"k{number}", "bot", "{}", NOW)

    came = list(itertools.islice(lines_of(client, 0), 2 * stream.AT_ONCE + 10))

    assert len({line["seq"] for line in came}) == 2 * stream.AT_ONCE + 10


def test_a_letter_that_another_process_delivered_arrives_soon(
    client: httpx2.Client, database: Database
) -> None:
    def deliver() -> None:
        with database.transaction() as tx:
            phones.append(tx, "phone-of-hoa", "letter:9", "bot", '{"text": "từ nơi khác"}', NOW)

    came = lines_of(client, 0)
    delivering = threading.Timer(0.3, deliver)
    delivering.start()
    begun = time.monotonic()

    line = next(came)
    delivering.join()

    assert line["text"] == "từ nơi khác"
    assert time.monotonic() - begun < stream.LOOK_AGAIN + 1.5


def test_a_quiet_stream_is_kept_alive(
    client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a comment, that the page never sees, every 15 seconds; here they pass quicker."""
    assert stream.LOOK_AGAIN * stream.LOOKS_A_BEAT == 15
    monkeypatch.setattr(stream, "LOOK_AGAIN", 0.02)

    with client.stream("GET", f"{PHONE}/events") as answer:
        comments = (line for line in answer.iter_lines() if line.startswith(":"))

        assert list(itertools.islice(comments, 2)) == [": still here"] * 2


def test_open_streams_do_not_hold_up_the_end(serve: Serve, lines: Lines) -> None:
    address, server = serve()
    with (
        httpx2.Client(base_url=address, timeout=10) as client,
        client.stream("GET", f"{PHONE}/events") as answer,
    ):
        pieces = answer.iter_bytes()
        next(pieces)
        begun = time.monotonic()
        server.should_exit = True

        rest = b"".join(pieces)

    assert rest == b""
    assert time.monotonic() - begun < 2
    assert lines.closed


def test_a_huge_upload_is_answered_over_a_real_connection(
    client: httpx2.Client, desk: Desk
) -> None:
    """The rest of the body is still on its way when we answer."""
    answer = client.post(
        f"{PHONE}/files?key=key-0001", files={"file": ("phim.mp4", bytes(40 * 1024 * 1024))}
    )

    assert answer.status_code == 200
    assert [event.content for event in desk.events] == [Strange("big_file")]
    assert client.get(f"{PHONE}/lines").json()["lines"][0]["kind"] == "file"
