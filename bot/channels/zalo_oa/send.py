"""Letters become messages of the account, with buttons where there are few enough choices."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from bot.channels import fitting
from bot.channels.calling import Unclear, Unsent
from bot.channels.contract import Ambiguous, Refused, TryLater, Unreachable
from bot.channels.zalo_oa import outcomes
from bot.channels.zalo_oa.client import Failed, OaClient
from bot.channels.zalo_oa.tokens import NoToken
from bot.channels.zalo_oa.windows import Template, WindowClosed, window
from conversations.events import Address
from conversations.messages import Letter

LIMIT = 2000  # of a text
BUTTONS = 5
TITLE = 100
PAYLOAD = 1000
IMAGE = 1024 * 1024
FILE = 5 * 1024 * 1024
LOST = timedelta(minutes=10)  # a token that is lost stays lost until somebody consents anew
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG")
_FILES = (".pdf", ".doc", ".docx", ".csv")
_T = TypeVar("_T")
_log = structlog.get_logger()

LastAct = Callable[[Address], datetime | None]


def nobody_knows(_address: Address) -> datetime | None:
    """When somebody acted last, where nobody keeps it: the service will tell."""
    return None


@dataclass(slots=True)
class OaSender:
    """Sends for one account. ``pays`` for letters 48 hours to 7 days after the last act."""

    oa: str
    client: OaClient
    clock: Callable[[], datetime]
    last_act: LastAct = nobody_knows
    pays: bool = False
    channel: str = "zalo_oa"
    pace: float | None = 30.0  # half of what the app may ask for
    _sent: dict[int, int] = field(default_factory=dict)  # messages of a letter that are through
    _told: set[int] = field(default_factory=set)  # errors that the office has been told of

    def only_answers(self, bot: str) -> bool:
        """Nothing has to be saved here."""
        del bot
        return False

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int | None:
        """Send the letter as one message, or as several; the time of the last in ms.

        Raises WindowClosed, a kind of Refused, where only a template may go.
        """
        self._check(address)
        self._check_window(address)
        messages = _messages(letter)
        if not messages:
            raise Refused("an empty text")
        place = None
        for number, message in enumerate(messages):
            if number >= self._sent.get(letter_id, 0):
                place = await self._outcome(self.client.send(address.chat, message))
                self._sent[letter_id] = number + 1
        self._sent.pop(letter_id, None)
        return place

    async def send_template(self, address: Address, template: Template) -> int | None:
        """Send an approved template, in any window; each costs money."""
        self._check(address)
        return await self._outcome(self.client.send_template(address.chat, template))

    async def send_image(self, address: Address, content: bytes) -> int | None:
        """Send a JPEG or PNG of at most one megabyte."""
        self._check(address)
        if len(content) > IMAGE or not content.startswith(_IMAGES):
            raise Refused("only JPEG and PNG, at most 1 MB")
        laid = await self._outcome(self.client.upload("image", "picture", content))
        element = {"media_type": "image", "attachment_id": laid}
        payload = {"template_type": "media", "elements": [element]}
        attachment = {"type": "template", "payload": payload}
        return await self._outcome(self.client.send(address.chat, {"attachment": attachment}))

    async def send_file(self, address: Address, name: str, content: bytes) -> int | None:
        """Send a PDF, Word or CSV file of at most five megabytes."""
        self._check(address)
        if len(content) > FILE or not name.lower().endswith(_FILES):
            raise Refused("only PDF, DOC, DOCX and CSV, at most 5 MB")
        laid = await self._outcome(self.client.upload("file", name, content))
        attachment = {"type": "file", "payload": {"token": laid}}
        return await self._outcome(self.client.send(address.chat, {"attachment": attachment}))

    def _check(self, address: Address) -> None:
        if address.bot != self.oa:
            raise Unreachable("another account's chat")
        if not address.chat:
            raise Unreachable("no chat")

    def _check_window(self, address: Address) -> None:
        """Ask nothing of the service where we know that it says no, or takes money."""
        acted = self.last_act(address)
        found = "free" if acted is None else window(acted, self.clock())
        if found == "closed" or (found == "paid" and not self.pays):
            raise WindowClosed(found)

    async def _outcome(self, call: Awaitable[_T]) -> _T:
        """What the call gives, or what delivery is to do."""
        try:
            return await call
        except Unsent as failure:
            outcome: Exception = TryLater(str(failure))
        except Unclear as failure:
            outcome = Ambiguous(str(failure))
        except NoToken as failure:
            outcome = TryLater(f"no token: {failure}", LOST if failure.lost else failure.wait)
        except Failed as failed:
            self._tell_office(failed)
            outcome = outcomes.of(failed, self.clock())
        raise outcome

    def _tell_office(self, failed: Failed) -> None:
        if outcomes.needs_office(failed) and failed.code not in self._told:
            self._told.add(failed.code)
            _log.error("zalo_oa_needs_office", code=failed.code, said=failed.said)


def _messages(letter: Letter) -> list[dict[str, Any]]:
    """The letter's messages; the last one bears the choices."""
    buttons = 0 < len(letter.choices) <= BUTTONS
    text = letter.text if buttons else fitting.numbered(letter)
    found: list[dict[str, Any]] = [{"text": piece} for piece in fitting.pieces(text, LIMIT)]
    if buttons and found:
        payload = {"buttons": [_button(n, label) for n, (_, label) in enumerate(letter.choices, 1)]}
        found[-1]["attachment"] = {"type": "template", "payload": payload}
    return found


def _button(number: int, label: str) -> dict[str, str]:
    """A button; what it bears comes back as if it had been typed, so it bears its own words."""
    title = f"{number} · {label}"[:TITLE]
    return {"title": title, "type": "oa.query.show", "payload": label[:PAYLOAD]}
