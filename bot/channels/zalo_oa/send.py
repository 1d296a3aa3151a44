"""Letters become messages of the account, with buttons where there are few enough choices."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import structlog

from bot.channels import fitting
from bot.channels.calling import Unclear, Unsent
from bot.channels.contract import Ambiguous, Refused, TryLater, Unreachable
from bot.channels.kept import Ahead, Kept, PathOf, read
from bot.channels.lending import Lending, Say, pointed
from bot.channels.zalo_oa import outcomes
from bot.channels.zalo_oa.client import Failed, OaClient
from bot.channels.zalo_oa.laying import Laying
from bot.channels.zalo_oa.tokens import NoToken
from bot.channels.zalo_oa.windows import Acts, Reminder, Template, Window, WindowClosed, window
from conversations.events import Address
from conversations.messages import Letter

LIMIT = 2000  # of a text
BUTTONS = 5
TITLE = 100
PAYLOAD = 1000
LOST = timedelta(minutes=10)  # a token that is lost stays lost until somebody consents anew
_T = TypeVar("_T")
_log = structlog.get_logger()


class Budget(Protocol):
    """How many templates an account may still pay for."""

    async def take(self, oa: str) -> bool:
        """Count one; false when there is none left."""
        ...

    async def give_back(self, oa: str) -> None:
        """One that was counted was not sent."""
        ...


@dataclass(slots=True)
class OaSender:
    """Sends for one account. ``pays`` for letters 48 hours to 7 days after the last act.

    Where no letter may go, the ``reminder`` goes with the letter's words in it, if there is one
    and the ``budget`` bears it. A file that the account cannot send is lent by a link.
    """

    oa: str
    client: OaClient
    clock: Callable[[], datetime]
    acts: Acts = field(default_factory=Acts)
    pays: bool = False
    reminder: Reminder | None = None
    budget: Budget | None = None
    channel: str = "zalo_oa"
    pace: float | None = 30.0  # half of what the app may ask for
    files: PathOf | None = None
    lending: Lending | None = None
    say: Say | None = None
    _laying: Laying = field(init=False)
    _ahead: Ahead = field(default_factory=Ahead)
    _sent: dict[int, int] = field(default_factory=dict)  # messages of a letter that are through
    _told: set[int] = field(default_factory=set)  # errors that the office has been told of

    def __post_init__(self) -> None:
        """Lay files down by the same client."""
        self._laying = Laying(self.client, self.clock)

    def only_answers(self, bot: str) -> bool:
        """Nothing has to be saved here."""
        del bot
        return False

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int | None:
        """Send the letter as one message, or as several; the time of the last in ms.

        Its file goes before the words. Raises WindowClosed, a kind of Refused, where only a
        template may go and none may.
        """
        self._check(address)
        if not _messages(letter):
            raise Refused("an empty text")
        try:
            await self._check_window(address)
            letter = await self._bring(address, letter_id, letter)
            return await self._send(address, letter_id, _messages(letter))
        except WindowClosed as closed:
            if self.reminder is None:
                raise
            return await self._remind(address, self.reminder.filled(letter.text), closed)

    async def _send(
        self, address: Address, letter_id: int, messages: list[dict[str, Any]]
    ) -> int | None:
        place = None
        for number, message in enumerate(messages):
            if number >= self._sent.get(letter_id, 0):
                place = await self._outcome(self.client.send(address.chat, message))
                self._sent[letter_id] = number + 1
        self._sent.pop(letter_id, None)
        self._ahead.forget(letter_id)
        return place

    async def _bring(self, address: Address, letter_id: int, letter: Letter) -> Letter:
        """Send the letter's file, and give what is left to say."""
        if letter.attached is None or self._ahead.over(letter_id):
            return letter
        kept = await read(self.files, letter.attached)
        if kept is None:
            self._ahead.skip(letter_id)
            return letter
        try:
            await self._ahead.send(letter_id, lambda: self._send_file(address, kept))
        except WindowClosed:
            raise
        except Refused as why:
            _log.info("zalo_oa_link_instead", why=str(why))
            return pointed(letter, kept, self.lending, self.say)
        return letter

    async def _send_file(self, address: Address, kept: Kept) -> None:
        try:
            message = await self._outcome(self._laying.message(kept))
        except Ambiguous as unclear:  # nobody has seen anything yet, and a link goes at once
            raise Refused(str(unclear)) from None
        if message is None:
            raise Refused("a kind or a size of file that is not sent")
        try:
            await self._outcome(self.client.send(address.chat, message))
        except Refused:
            self._laying.forget(kept)
            raise

    async def _remind(
        self, address: Address, template: Template, closed: WindowClosed
    ) -> int | None:
        """Send it in approved words. It is counted before: a crash must not spend too much."""
        if self.budget is None:
            return await self.send_template(address, template)
        if not await self.budget.take(self.oa):
            _log.error("zalo_oa_budget_spent", oa=self.oa)
            raise closed
        try:
            return await self.send_template(address, template)
        except Ambiguous:
            raise
        except (TryLater, Refused, Unreachable):
            await self.budget.give_back(self.oa)
            raise

    async def send_template(self, address: Address, template: Template) -> int | None:
        """Send an approved template, in any window; each costs money."""
        self._check(address)
        return await self._outcome(self.client.send_template(address.chat, template))

    def _check(self, address: Address) -> None:
        if address.bot != self.oa:
            raise Unreachable("another account's chat")
        if not address.chat:
            raise Unreachable("no chat")

    async def _check_window(self, address: Address) -> None:
        """Where the service would say no, or take money, it is not even tried."""
        if self._may(self._window(address.chat) or "paid"):
            return
        if (acted := await self._acted(address.chat)) is not None:
            self.acts.noted(address.chat, acted)
        found = self._window(address.chat)
        if found is not None and not self._may(found):
            raise WindowClosed(found)

    def _may(self, found: Window) -> bool:
        return found == "free" or (found == "paid" and self.pays)

    def _window(self, chat: str) -> Window | None:
        """The person's window, as far as we know: another process may have heard of them since."""
        acted = self.acts.last(chat)
        return None if acted is None else window(acted, self.clock())

    async def _acted(self, chat: str) -> datetime | None:
        """When the person last did something, as the service says."""
        try:
            return (await self.client.left(chat)).acted_at
        except (Failed, Unsent, Unclear, NoToken):
            return None

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
