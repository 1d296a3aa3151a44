"""Talks recorded under every version of every form go on for ever, after years, without a reset.

A new version is recorded once, by ``pytest --update``; what is recorded is never rewritten.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conversations.form import Form
from conversations.forms import catalogue
from conversations.session import Session, Step, fold_log
from tests.conversations.samples import POSITIONS, filled, standing_at, typed
from tests.conversations.talking import NOON, Chat

FOLDER = Path(__file__).parent.parent / "golden"
YEARS = timedelta(days=800)
# What the passing of years itself makes void.
VOID = {"round"}


class Recorded(msgspec.Struct):
    """A talk that stood at a question: as it was kept, and its whole log."""

    at: str
    session: Session
    log: list[Step]


RECORDINGS = sorted(FOLDER.glob("*.json"))


def recorded(path: Path) -> list[Recorded]:
    return msgspec.json.decode(path.read_bytes(), type=list[Recorded])


def recording(form: Form) -> list[Recorded]:
    """Talks of today, one at each question, and one with everything filled in."""
    chats = [standing_at(form, path) for other, path in POSITIONS if other is form]
    if form.review:
        chats.append(filled(form))
    return [Recorded(chat.run.at, chat.session, chat.log) for chat in chats]


@pytest.mark.parametrize("form", list(catalogue), ids=lambda form: form.name)
def test_every_version_of_every_form_is_recorded(
    form: Form, request: pytest.FixtureRequest
) -> None:
    path = FOLDER / f"{form.name}-{form.version}.json"

    if request.config.getoption("--update") and not path.exists():
        path.write_bytes(msgspec.json.format(msgspec.json.encode(recording(form)), indent=1))

    assert path.is_file()
    assert len(recorded(path)) == len(recording(form))


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_a_recorded_talk_is_the_fold_of_its_log(path: Path) -> None:
    for talk in recorded(path):
        assert fold_log(talk.log) == talk.session.active()


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_a_recorded_talk_goes_on_after_years(path: Path) -> None:
    for talk in recorded(path):
        chat = taken_up(talk)
        before = chat.answers

        chat.resume()
        finish(chat)

        assert chat.turns[-1].outcome == "sent"
        assert lost(before, chat.answers) <= VOID


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_a_recorded_talk_goes_on_by_just_answering(path: Path) -> None:
    """She reads the question that still stands on her screen, and answers it."""
    for talk in recorded(path):
        chat = taken_up(talk)

        finish(chat)

        assert chat.turns[-1].outcome == "sent"


def taken_up(talk: Recorded) -> Chat:
    """The same phone, years later, under the forms of today."""
    run = talk.session.active()
    assert run is not None
    chat = Chat(catalogue.of(run), session=talk.session, log=list(talk.log), now=NOON + YEARS)
    chat.place = 10_000
    return chat


def finish(chat: Chat) -> None:
    """Answer whatever is asked, then hand in."""
    for _ in range(40):
        run = chat.session.active()
        if run is None:
            return
        chat.say(*(("gửi",) if run.at == "review" else typed(chat.form, run.at)))
    raise AssertionError(f"it never ends, at {chat.run.at}")


def lost(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {path for path, value in before.items() if after.get(path) != value}
