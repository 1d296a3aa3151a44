"""What the page is told of a file that the bot sends to a phone."""

from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from conversations.messages import Attached, Letter
from storage import files
from storage.database import Database
from storage.files import Files
from tests.bot.specimens import PDF
from tests.bot.web.conftest import Desk


async def test_a_file_of_the_bot_opens_on_the_phone_that_it_was_sent_to_alone(
    client: TestClient, desk: Desk, database: Database, tmp_path: Path
) -> None:
    kept = Files(tmp_path / "files").keep(PDF)
    with database.transaction() as tx:
        files.note(tx, kept, "application/pdf", len(PDF), datetime.now(UTC))

    await desk.say("phone-of-may", Letter("Mẫu của bác", attached=Attached("file", kept, "a.pdf")))

    shown = client.get("/phones/phone-of-may/lines").json()["lines"]
    mine = client.get(f"/phones/phone-of-may/files/{kept}")
    others = client.get(f"/phones/phone-of-lan/files/{kept}")
    assert [(line["kind"], line.get("name")) for line in shown] == [
        ("file", "a.pdf"),
        ("text", None),
    ]
    assert (mine.status_code, mine.content) == (200, PDF)
    assert mine.headers["Content-Disposition"] == "attachment"
    assert others.status_code == 404
