"""What is wrong is refused in a few words, never with a 500, and never heard."""

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Message

from tests.bot.specimens import picture
from tests.bot.web.conftest import Desk

PHONE = "/phones/phone-of-hoa"
GOOD = {"key": "key-0001", "seen": 0, "kind": "text", "text": "a"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"[" * 60_000,
        json.dumps(GOOD | {"kind": "wake"}).encode(),
        json.dumps(GOOD | {"text": {"$ne": None}}).encode(),
        json.dumps(GOOD | {"key": "../../etc"}).encode(),
        json.dumps(GOOD | {"seen": 10**30}).encode(),
        b'{"kind":"text","key":"key-0001","seen":0,"text":"\\udc00"}',
    ],
)
def test_a_body_that_is_no_message_is_refused(client: TestClient, desk: Desk, body: bytes) -> None:
    answer = client.post(f"{PHONE}/messages", content=body)

    assert answer.status_code == 400
    assert 0 < len(answer.json()["error"]) < 300
    assert desk.events == []


def test_a_body_over_64_kilobytes_is_refused_and_ten_thousand_letters_are_not(
    client: TestClient, desk: Desk
) -> None:
    long = client.post(f"{PHONE}/messages", json=GOOD | {"text": "ậ" * 10_000})
    much = client.post(f"{PHONE}/messages", json=GOOD | {"text": "a" * 70_000, "key": "key-0002"})

    assert (long.status_code, much.status_code) == (200, 413)
    assert len(desk.events) == 1


@pytest.mark.parametrize(
    "phone",
    ["short", "x" * 65, "phone_of_hoa", "phone%00of-hoa", "ph%C3%B4ne-of-hoa", "a%2Fb-c-d-e-f"],
)
@pytest.mark.parametrize("what", ["lines", "events", "messages", "files", "files/" + "0" * 64])
def test_a_phone_that_cannot_be_is_not_found(client: TestClient, phone: str, what: str) -> None:
    if what in {"messages", "files"}:
        answer = client.post(f"/phones/{phone}/{what}?key=key-0001", json=GOOD)
    else:
        answer = client.get(f"/phones/{phone}/{what}")

    assert answer.status_code == 404
    assert "error" in answer.json()


@pytest.mark.parametrize("number", ["", "-1", "x", "1e3", "٣", "9" * 16, "1 ", "0x10", "1%00"])
@pytest.mark.parametrize("query", ["lines?before=", "lines?limit=", "events?after="])
def test_a_number_that_is_none_is_refused(client: TestClient, query: str, number: str) -> None:
    answer = client.get(f"{PHONE}/{query}{number}")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=0", 200),
        ("limit=999999999", 200),
        ("before=0", 200),
        ("before=999999999999999", 200),
    ],
)
def test_odd_numbers_are_answered(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"{PHONE}/lines?{query}").status_code == status


@pytest.mark.parametrize(
    "file", ["0" * 63, "G" * 64, "..%2F..%2Fetc%2Fpasswd", "0" * 64 + "%00", "٣" * 64]
)
def test_a_file_that_cannot_be_is_not_found(client: TestClient, file: str) -> None:
    assert client.get(f"{PHONE}/files/{file}").status_code == 404


def part(
    disposition: str = 'form-data; name="file"; filename="a.jpg"', body: bytes = b"x"
) -> bytes:
    return b"--line\r\nContent-Disposition: " + disposition.encode() + b"\r\n\r\n" + body + b"\r\n"


FORM = "multipart/form-data; boundary=line"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"not a form", FORM),
        (part(), FORM),  # it never ends
        (part()[:60], FORM),
        (part() + part() + b"--line--\r\n", FORM),
        (part('form-data; name="file"') + b"--line--\r\n", FORM),
        (part('form-data; filename="a.jpg"') + b"--line--\r\n", FORM),
        (part("nothing") + b"--line--\r\n", FORM),
        (part() + b"--line--\r\n", "multipart/form-data"),
        (part() + b"--line--\r\n", "multipart/form-data; boundary=" + "x" * 5000),
        (part() + b"--line--\r\n", "multipart/form-data; charset=utf-16; boundary=other"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
def test_a_form_that_is_none_is_refused(
    client: TestClient, desk: Desk, body: bytes, kind: str
) -> None:
    answer = client.post(
        f"{PHONE}/files?key=key-0001", content=body, headers={"Content-Type": kind}
    )

    assert answer.status_code == 400, answer.text
    assert "error" in answer.json()
    assert desk.events == []


@pytest.mark.parametrize(
    "query", ["", "key=", "key=a", "key=key-0001&seen=x", "key=key-0001&size=-5"]
)
def test_an_upload_without_a_good_head_is_refused(
    client: TestClient, desk: Desk, query: str
) -> None:
    answer = client.post(f"{PHONE}/files?{query}", files={"file": ("a.jpg", picture("JPEG"))})

    assert answer.status_code == 400
    assert desk.events == []


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE inbox; --", "\u202eabc", "\x1b[31m"],
)
def test_any_words_are_only_words(client: TestClient, text: str) -> None:
    answer = client.post(f"{PHONE}/messages", json=GOOD | {"text": text})
    (line,) = client.get(f"{PHONE}/lines").json()["lines"]

    assert answer.status_code == 200
    assert line["text"] == text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", f"{PHONE}/lines"),
        ("PUT", f"{PHONE}/messages"),
        ("GET", f"{PHONE}/messages"),
        ("POST", "/"),
    ],
)
def test_other_methods_are_refused(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 405


@pytest.mark.parametrize("path", [f"{PHONE}/messages", f"{PHONE}/files"])
async def test_a_caller_who_goes_away_in_the_middle_breaks_nothing(
    app: Starlette, desk: Desk, path: str
) -> None:
    """Weak networks do this all day; it must not fill the log with errors."""
    coming: Iterator[Message] = iter(
        (
            {"type": "http.request", "body": part()[:40], "more_body": True},
            {"type": "http.disconnect"},
        )
    )
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"key=key-0001",
        "headers": [(b"content-type", FORM.encode())],
    }

    async def receive() -> Message:
        return next(coming)

    async def send(_message: Message) -> None:
        return

    await app(scope, receive, send)

    assert desk.events == []


def test_the_static_folder_gives_nothing_beside_it(client: TestClient) -> None:
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/",
    ):
        assert client.get(path).status_code == 404
