"""What the page is told of a file that the bot sends to a phone."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from bot import judging
from conversations.messages import Attached, Letter
from storage import files
from storage.database import Database
from tests.bot.specimens import DOCX, ICS, PDF, XLSX, office, picture
from tests.bot.web.conftest import Desk


async def test_a_file_of_the_bot_opens_on_the_phone_that_it_was_sent_to_alone(
    client: TestClient, desk: Desk, database: Database
) -> None:
    kept = noted(desk, database, PDF)

    await desk.say("phone-of-may", Letter("Mẫu của bác", attached=Attached("file", kept, "a.pdf")))

    shown = client.get("/phones/phone-of-may/lines").json()["lines"]
    mine = client.get(f"/phones/phone-of-may/files/{kept}")
    others = client.get(f"/phones/phone-of-lan/files/{kept}")
    assert [(line["kind"], line.get("name")) for line in shown] == [
        ("file", "a.pdf"),
        ("text", None),
    ]
    assert (mine.status_code, mine.content) == (200, PDF)
    assert others.status_code == 404


@pytest.mark.parametrize(
    ("content", "ending", "shown"),
    [
        (PDF, ".pdf", "inline"),
        (picture("JPEG"), ".jpg", "inline"),
        (DOCX, ".docx", "attachment"),
        (XLSX, ".xlsx", "attachment"),
        (ICS, ".ics", "attachment"),
        (office("01_mau.pdf"), ".zip", "attachment"),
    ],
)
async def test_a_paper_has_a_name_and_a_weight_and_opens_by_itself_where_phones_can(
    client: TestClient, desk: Desk, database: Database, content: bytes, ending: str, shown: str
) -> None:
    kept = noted(desk, database, content)

    await desk.say("phone-of-may", Letter("Đây ạ", attached=Attached("file", kept, "Mẫu số 01")))

    (line, _) = client.get("/phones/phone-of-may/lines").json()["lines"]
    opened = client.get(f"/phones/phone-of-may/files/{kept}")
    assert (line["name"], line["size"]) == (f"Mẫu số 01{ending}", len(content))
    named = quote(f"Mẫu số 01{ending}")
    assert opened.headers["Content-Disposition"] == f"{shown}; filename*=utf-8''{named}"


async def test_a_paper_that_is_not_there_has_no_line(client: TestClient, desk: Desk) -> None:
    with capture_logs() as logged:
        await desk.say("phone-of-may", Letter("Đây ạ", attached=Attached("file", "f" * 64)))

    (line,) = client.get("/phones/phone-of-may/lines").json()["lines"]
    assert line["kind"] == "text"
    assert [entry["event"] for entry in logged] == ["file_missing"]


def noted(desk: Desk, database: Database, content: bytes) -> str:
    """Keep a file as everything is kept that letters bring."""
    kept = desk.files.keep(content)
    with database.transaction() as tx:
        files.note(tx, kept, judging.served_type(content), len(content), datetime.now(UTC))
    return kept
