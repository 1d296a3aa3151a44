"""Letters become plain texts; what the service says to them becomes what delivery is to do."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.channels import fitting
from bot.channels.calling import Unclear, Unsent
from bot.channels.contract import Ambiguous, Refused, TryLater, Unreachable
from bot.channels.kept import Ahead, Kept, PathOf, read
from bot.channels.lending import Lending, Say, pointed
from bot.channels.zalo.client import Failed, ZaloClient
from bot.channels.zalo.quota import Meter
from bot.channels.zalo.throttle import Throttle
from conversations.events import Address
from conversations.messages import Letter

LIMIT = 2000  # of a text; the docs do not say which signs they count, so the strictest way
TOKEN_AWAY = timedelta(minutes=10)  # a token that is wrong stays wrong until somebody mends it
PATIENCE = 10.0  # seconds that a letter waits for its bot to be known; its claim lasts 30
BREATH = 0.05
PICTURES = {"image/jpeg", "image/png"}  # others may be fetched too; nothing says so
_T = TypeVar("_T")
_log = structlog.get_logger()


@dataclass(slots=True)
class Voice:
    """One bot's way to speak: its client, and how long it was asked to be silent."""

    client: ZaloClient
    throttle: Throttle = field(default_factory=Throttle)
    revoked: bool = False


@dataclass(slots=True)
class ZaloSender:
    """Sends for all our bots; ``voices`` are those that have said who they are, by their id.

    ``complete`` tells whether there are more to come. Pictures are lent to the service, all other
    files to people, by a link.
    """

    voices: Mapping[str, Voice]
    complete: Callable[[], bool] = lambda: True
    channel: str = "zalo"
    pace: float | None = 5.0  # the docs do not say; answers go beside it
    meter: Meter | None = None
    files: PathOf | None = None
    lending: Lending | None = None
    say: Say | None = None
    patience: float = PATIENCE
    _ahead: Ahead = field(default_factory=Ahead)
    _sent: dict[int, int] = field(default_factory=dict)  # texts of a letter that are through

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int | None:
        """Send the letter as one message, or as several; the time of the last in ms.

        A picture bears the words below it, unless they are too long.
        """
        kept = await self._file(letter_id, letter)
        if kept is None:
            return await self._say(address, letter_id, letter)
        words = fitting.pieces(fitting.numbered(letter), LIMIT)
        try:
            if len(words) == 1:
                return await self.send_picture(address, kept, words[0])
            await self._ahead.send(letter_id, lambda: self.send_picture(address, kept))
        except Refused as why:
            _log.info("zalo_link_instead", bot=address.bot, why=str(why))
            letter = pointed(letter, kept, self.lending, self.say)
        return await self._say(address, letter_id, letter)

    async def _file(self, letter_id: int, letter: Letter) -> Kept | None:
        """The letter's file, if it has one that is still to be sent."""
        if letter.attached is None or self._ahead.over(letter_id):
            return None
        kept = await read(self.files, letter.attached)
        if kept is None:
            self._ahead.skip(letter_id)
        return kept

    async def _say(self, address: Address, letter_id: int, letter: Letter) -> int | None:
        voice, chat = await self._voice(address), address.chat
        texts = fitting.pieces(fitting.numbered(letter), LIMIT)
        if not texts:
            raise Refused("an empty text")
        place = None
        for number, text in enumerate(texts):
            if number >= self._sent.get(letter_id, 0):
                place = await _done(voice, address, partial(voice.client.send_text, chat, text))
                self._sent[letter_id] = number + 1
        self._sent.pop(letter_id, None)
        self._ahead.forget(letter_id)
        return place

    async def send_photo(self, address: Address, url: str, caption: str = "") -> int | None:
        """Send the picture that lies at a public address, which may take a minute and a half."""
        voice = await self._voice(address)
        words = fitting.pieces(caption, LIMIT)[:1]
        send = partial(voice.client.send_photo, address.chat, url, *words)
        return await _done(voice, address, send)

    async def send_picture(self, address: Address, kept: Kept, caption: str = "") -> int | None:
        """Send a picture that we keep, by lending it out for some minutes."""
        lending = self.lending
        if kept.kind not in PICTURES:
            raise Refused("Zalo shows JPEG and PNG alone")
        if lending is None or not lending.public_url.startswith("https://"):
            raise Refused("OCOP_PUBLIC_URL: Zalo fetches pictures from https:// alone")
        return await self.send_photo(address, lending.link(kept.file, kept.name), caption)

    def only_answers(self, bot: str) -> bool:
        """Whether the bot was refused so often, or has so little left, that answers must do."""
        if self.meter is not None and self.meter.only_answers(bot):
            return True
        voice = self.voices.get(bot)
        return voice is not None and voice.throttle.urgent_only

    async def _voice(self, address: Address) -> Voice:
        if not address.chat:
            raise Unreachable("no chat")
        voice = await self._met(address.bot)
        if voice is None and not self.complete():
            raise TryLater("the bot has not said who it is yet")
        if voice is None:
            raise Unreachable("no token is set for this bot")
        return voice

    async def _met(self, bot: str) -> Voice | None:
        """The bot's voice. A start takes a moment, and counted as tries each would cost more."""
        left = self.patience
        while bot not in self.voices and not self.complete() and left > 0:
            await asyncio.sleep(BREATH)
            left -= BREATH
        return self.voices.get(bot)


async def _done(voice: Voice, address: Address, call: Callable[[], Awaitable[_T]]) -> _T:
    """What the call gives, or what delivery is to do."""
    throttle = voice.throttle
    if (wait := throttle.wait()) is not None:
        raise TryLater("429 before", wait)
    began = throttle.clock()
    try:
        given = await call()
    except Unsent as failure:
        outcome: Exception = TryLater(str(failure))
    except Unclear as failure:
        outcome = Ambiguous(str(failure))
    except Failed as failed:
        outcome = _outcome(voice, address, failed, began)
    else:
        throttle.accepted()
        voice.revoked = False
        return given
    raise outcome


def _outcome(voice: Voice, address: Address, failed: Failed, began: float) -> Exception:
    """What a refusal of the service means for the letter. Its words are not to be relied on."""
    match failed.code:
        case 401:
            return _revoked(voice, address)
        case 429:
            return TryLater(str(failed), voice.throttle.refused(began))
        case 403 if "internal" in failed.said.lower():  # as the docs call it, against all custom
            return TryLater(str(failed))
        case 403 | 404:
            return Unreachable(str(failed))
        case 408:
            return TryLater(str(failed))
        case code if 400 <= code < 500:  # noqa: PLR2004 - HTTP's "it is your fault"
            return Refused(str(failed))
        case _:
            return TryLater(str(failed))


def _revoked(voice: Voice, address: Address) -> Exception:
    if not voice.revoked:
        _log.error("zalo_token_refused", bot=address.bot, do="set OCOP_ZALO_BOT_TOKEN anew")
    voice.revoked = True
    return TryLater("401: the token does not count", TOKEN_AWAY)
