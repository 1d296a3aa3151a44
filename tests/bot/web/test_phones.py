"""The addresses of a phone: what is posted is heard once, what was said can be read again."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.channels.browser.uploads import MOST_BYTES
from conversations.events import Address, File, Photo, Strange, Tap, Text, Voice
from conversations.messages import Letter
from tests.bot.specimens import DOCX, OGG, PDF, picture
from tests.bot.web.conftest import Desk

PHONE = "/phones/phone-of-hoa"
JPEG = picture("JPEG")


def post(client: TestClient, phone: str = PHONE, **message: Any) -> int:
    answer = client.post(f"{phone}/messages", json={"seen": 0, "kind": "text"} | message)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["seq"])


def upload(client: TestClient, content: bytes, key: str = "file-key-1", **query: Any) -> int:
    name = query.pop("name", "anh.jpg")
    params: dict[str, Any] = {"key": key, "seen": 3, **query}
    answer = client.post(f"{PHONE}/files", params=params, files={"file": (name, content)})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["seq"])


def shown(client: TestClient, phone: str = PHONE, **query: int) -> list[dict[str, Any]]:
    answer = client.get(f"{phone}/lines", params=query)
    assert answer.status_code == 200
    lines: list[dict[str, Any]] = answer.json()["lines"]
    return lines


def kept(desk: Desk) -> str:
    """The hash under which the first event's file is kept."""
    content = desk.events[0].content
    assert isinstance(content, Photo | File | Voice)
    return content.file


def test_a_message_becomes_an_event_and_a_line(client: TestClient, desk: Desk) -> None:
    seq = post(client, key="key-0001", seen=41, text="Gạo nếp")

    (event,) = desk.events
    (line,) = shown(client)
    assert event.address == Address("browser", "demo", "phone-of-hoa")
    assert (event.content, event.order) == (Text("Gạo nếp"), 41)
    assert event.at.tzinfo is not None
    assert {
        "seq": seq,
        "who": "person",
        "text": "Gạo nếp",
        "key": "key-0001",
    }.items() <= line.items()


def test_a_tapped_button_is_the_persons_line_with_its_label(client: TestClient, desk: Desk) -> None:
    post(client, key="key-0001", kind="tap", data="7:yes", text="Đồng ý")

    assert desk.events[0].content == Tap("7:yes")
    assert [(line["kind"], line["text"]) for line in shown(client)] == [("tap", "Đồng ý")]


def test_a_repeated_key_has_the_same_answer_and_no_second_line(
    client: TestClient, desk: Desk
) -> None:
    """A page repeats what it has no answer to; reception is asked again, and knows the event."""
    desk.answers = (Letter("Em nghe ạ"),)

    first = post(client, key="key-0001", text="Xin chào")
    again = post(client, key="key-0001", text="Xin chào")

    assert first == again
    assert [line["who"] for line in shown(client)] == ["person", "bot"]
    assert desk.events[0].key == desk.events[1].key


def test_the_same_key_on_two_phones_is_two_events(client: TestClient, desk: Desk) -> None:
    """Else one phone could swallow another's answers."""
    post(client, key="key-0001", text="a")
    post(client, "/phones/phone-of-lan", key="key-0001", text="b")

    assert len({event.key for event in desk.events}) == 2
    assert [line["text"] for line in shown(client, "/phones/phone-of-lan")] == ["b"]


def test_a_message_that_reception_could_not_keep_is_not_confirmed(
    client: TestClient, desk: Desk
) -> None:
    message: dict[str, Any] = {"key": "key-0001", "seen": 0, "kind": "text", "text": "Gạo"}
    desk.broken = True
    refused = client.post(f"{PHONE}/messages", json=message)
    desk.broken = False

    seq = post(client, **message)

    assert refused.status_code == 500
    assert [line["seq"] for line in shown(client)] == [seq]
    assert [event.content for event in desk.events] == [Text("Gạo")]


def test_history_comes_in_pages_from_the_newest_back(client: TestClient) -> None:
    seqs = [post(client, key=f"key-000{n}", text=str(n)) for n in range(5)]

    newest = client.get(f"{PHONE}/lines", params={"limit": 2}).json()
    older = client.get(f"{PHONE}/lines", params={"limit": 3, "before": seqs[3]}).json()

    assert [line["text"] for line in newest["lines"]] == ["3", "4"]
    assert newest["more"] is True
    assert [line["text"] for line in older["lines"]] == ["0", "1", "2"]
    assert older["more"] is False


def test_a_phone_sees_its_own_lines_only(client: TestClient) -> None:
    post(client, key="key-0001", text="của Hoa")

    assert shown(client, "/phones/phone-of-lan") == []


@pytest.mark.parametrize(
    ("content", "kind", "event"),
    [
        (JPEG, "photo", Photo),
        (PDF, "file", File),
        (DOCX, "file", File),
        (OGG, "voice", Voice),
    ],
)
def test_a_file_is_kept_heard_and_shown(
    client: TestClient, desk: Desk, content: bytes, kind: str, event: type[Photo | File | Voice]
) -> None:
    seq = upload(client, content, kind=kind, name="giấy.x")

    (line,) = shown(client)
    heard = desk.events[0].content
    assert isinstance(heard, event)
    assert (line["seq"], line["kind"], line["file"]) == (seq, kind, heard.file)
    assert line["name"] == "giấy.x"
    assert desk.events[0].order == 3


def test_a_repeated_upload_is_one_line(client: TestClient, desk: Desk) -> None:
    assert upload(client, JPEG, key="key-0001") == upload(client, JPEG, key="key-0001")
    assert len(shown(client)) == 1
    assert desk.events[0].key == desk.events[1].key


@pytest.mark.parametrize(
    ("content", "size", "name"),
    [
        (b"", 0, "empty_file"),
        (b"<script>alert(1)</script>", 25, "bad_file"),
        (JPEG[:-100], 0, "bad_file"),
        (b"", MOST_BYTES + 1, "big_file"),
        (bytes(MOST_BYTES + 1), 0, "big_file"),
        (bytes(MOST_BYTES + 100_000), 0, "big_file"),
    ],
)
def test_a_file_that_cannot_be_taken_is_heard_as_such(
    client: TestClient, desk: Desk, content: bytes, size: int, name: str
) -> None:
    """So that the person gets a kind sentence in the chat, not a red mark."""
    upload(client, content, size=size)

    (line,) = shown(client)
    assert desk.events[0].content == Strange(name)
    assert line["kind"] == "file"
    assert "file" not in line


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "../../etc/passwd"),  # only ever shown, never a path
        ("a\x00b\x1b[31m\r\n.jpg", "ab[31m.jpg"),
        ("giay\u202egpj.exe", "giaygpj.exe"),
        ("dài" * 100 + ".jpg", ("dài" * 100 + ".jpg")[-120:]),
    ],
)
def test_a_files_name_is_kept_as_one_short_line(client: TestClient, name: str, kept: str) -> None:
    quoted = name.encode().replace(b"\r", b"").replace(b"\n", b"")
    body = (
        b'--line\r\nContent-Disposition: form-data; name="file"; filename="'
        + quoted
        + b'"\r\n\r\n'
        + JPEG
        + b"\r\n--line--\r\n"
    )

    answer = client.post(
        f"{PHONE}/files?key=key-0001",
        content=body,
        headers={"Content-Type": "multipart/form-data; boundary=line"},
    )

    assert answer.status_code == 200
    assert shown(client)[0]["name"] == kept


def test_a_picture_comes_back_to_its_phone_alone(client: TestClient, desk: Desk) -> None:
    upload(client, JPEG)

    mine = client.get(f"{PHONE}/files/{kept(desk)}")
    others = client.get(f"/phones/phone-of-lan/files/{kept(desk)}")
    unknown = client.get(f"{PHONE}/files/{'0' * 64}")

    assert (mine.content, mine.headers["Content-Type"]) == (JPEG, "image/jpeg")
    assert mine.headers["Content-Disposition"].startswith("inline; filename")
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    assert (others.status_code, unknown.status_code) == (404, 404)


@pytest.mark.parametrize(
    ("content", "media", "shown"),
    [(PDF, "application/pdf", "inline"), (OGG, "audio/ogg", "attachment")],
)
def test_what_phones_do_not_show_by_themselves_comes_back_as_a_download(
    client: TestClient, desk: Desk, content: bytes, media: str, shown: str
) -> None:
    upload(client, content)

    answer = client.get(f"{PHONE}/files/{kept(desk)}", headers={"Range": "bytes=0-3"})

    assert answer.headers["Content-Type"] == media
    assert answer.headers["Content-Disposition"].startswith(f"{shown}; filename")
    assert (answer.status_code, answer.content) == (206, content[:4])  # Safari's player asks so


def test_a_words_line_that_names_a_file_gives_no_right_to_it(
    client: TestClient, desk: Desk
) -> None:
    """Only what was uploaded from a phone is its own, whatever it has typed."""
    upload(client, JPEG)
    post(client, "/phones/phone-of-lan", key="key-0001", text=kept(desk))

    answer = client.get(f"/phones/phone-of-lan/files/{kept(desk)}")

    assert answer.status_code == 404
