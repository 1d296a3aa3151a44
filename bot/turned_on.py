"""Which channels are on: those whose token is set. Nothing of the others is even imported."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.channels.arriving import Door, Intake
from bot.channels.contract import Sender
from bot.settings import Settings
from conversations.events import Address

Download = Callable[[str, str], Awaitable[bytes]]
Lease = Callable[[str], Awaitable[bool]]
Menus = Mapping[str, Sequence[tuple[str, str]]]


class CannotListen(Exception):
    """A channel's setting keeps it from being turned on; the message begins with its name."""


class Attendance(Protocol):
    """Where it is noted who can be reached."""

    async def noted(self, event_key: str, address: Address, *, here: bool) -> None:
        """Note that the person has blocked us, or let us in again; returns after the commit."""
        ...


class Hearing(Protocol):
    """The hearing side of a channel."""

    @property
    def state(self) -> str:
        """How it is, in a few words for whoever asks."""
        ...

    def routes(self) -> Sequence[Any]:
        """Where the service posts what people do."""
        ...

    async def run(self) -> None:
        """Listen until cancelled. The routes must be open by now."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that is on: both of its sides, and how its files are fetched."""

    name: str
    hearing: Hearing
    sender: Sender
    download: Download | None = None
    closing: Callable[[], Awaitable[None]] | None = None  # of what the hearing side does not hold

    async def close(self) -> None:
        """Close the connections of both sides."""
        await self.hearing.close()
        if self.closing:
            await self.closing()


@dataclass(frozen=True, slots=True)
class Inside:
    """What channels hand on to."""

    door: Door
    intake: Intake
    attendance: Attendance
    clock: Callable[[], datetime]
    lease: Lease
    menus: Menus


def channels(settings: Settings, inside: Inside) -> list[Channel]:
    """All channels that are on. Raises CannotListen for a setting that cannot be."""
    builders = (
        (settings.telegram_token, _telegram),
        (settings.zalo_bot_token, _zalo),
        (settings.zalo_oa_id, _zalo_oa),
    )
    return [build(settings, inside) for wanted, build in builders if wanted]


def _telegram(settings: Settings, inside: Inside) -> Channel:
    from bot.channels.telegram import line as lines  # noqa: PLC0415 - see the module's promise

    try:
        line = lines.Line(
            settings.telegram_token,
            settings.telegram_api_base,
            settings.telegram_mode,
            settings.public_url,
            settings.telegram_secret,
            settings.telegram_proxy,
        )
    except lines.CannotListen as why:
        raise CannotListen(str(why)) from None
    # Only now, as they take seconds: what is wrong with a setting is said at once.
    from bot.channels.telegram.live import Telegram  # noqa: PLC0415
    from bot.channels.telegram.receive import Receiver  # noqa: PLC0415
    from bot.channels.telegram.send import TelegramSender  # noqa: PLC0415

    sender = TelegramSender(line)
    receiver = Receiver(line.bot, inside.door, inside.intake, inside.attendance, inside.clock)
    telegram = Telegram(line, receiver, inside.menus, lease=inside.lease)

    async def download(_bot: str, source: str) -> bytes:
        return await telegram.download(source)

    return Channel("telegram", telegram, sender, download, sender.close)


def _zalo(settings: Settings, inside: Inside) -> Channel:
    from bot.channels.fetching import Fetcher  # noqa: PLC0415
    from bot.channels.zalo import line as lines  # noqa: PLC0415
    from bot.channels.zalo.live import Zalo  # noqa: PLC0415

    line = lines.Line(
        settings.zalo_bot_tokens,
        settings.zalo_bot_api_base,
        settings.zalo_bot_mode,
        settings.public_url,
        settings.zalo_bot_secret,
    )
    try:
        zalo = Zalo(line, inside.door, inside.intake, inside.clock, lease=inside.lease)
    except lines.CannotListen as why:
        raise CannotListen(str(why)) from None
    fetcher = Fetcher(settings.file_hosts)

    async def download(_bot: str, source: str) -> bytes:
        return await fetcher.download(source)

    return Channel("zalo", zalo, zalo.sender, download)


def _zalo_oa(settings: Settings, inside: Inside) -> Channel:
    from bot.channels.fetching import Fetcher  # noqa: PLC0415
    from bot.channels.zalo_oa import line as lines  # noqa: PLC0415
    from bot.channels.zalo_oa.live import ZaloOa  # noqa: PLC0415

    line = lines.Line(
        settings.zalo_oa_id,
        settings.zalo_oa_app_id,
        settings.zalo_oa_app_secret,
        settings.zalo_oa_secret,
        settings.zalo_oa_refresh_token,
        settings.data / "zalo-oa-token.json",
        settings.zalo_oa_signature,
        settings.zalo_oa_pays,
    )
    try:
        oa = ZaloOa(line, inside.door, inside.intake, inside.attendance, inside.clock)
    except lines.CannotListen as why:
        raise CannotListen(str(why)) from None
    fetcher = Fetcher(settings.file_hosts)

    async def download(_bot: str, source: str) -> bytes:
        return await fetcher.download(source)

    return Channel("zalo_oa", oa, oa.sender, download)
