"""Which channels are on: those whose token is set. Nothing of the others is even imported.

And of Telegram, which costs most, each role imports only the side that it needs.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from bot.channels.arriving import Door, Intake, NotFetched
from bot.channels.contract import Sender
from bot.channels.lending import Lending, Say, key_of
from bot.counting import Counting
from bot.settings import Settings
from conversations.events import Address
from storage.files import Files

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


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that is on, as far as this process has to do with it.

    ``state`` says how it is, ``run`` keeps it going until cancelled, with the ``routes`` open.
    """

    name: str
    state: Callable[[], str]
    run: Callable[[], Coroutine[Any, Any, None]]
    close: Callable[[], Awaitable[None]]
    routes: Sequence[Any] = ()
    sender: Sender | None = None
    download: Download | None = None
    used: Callable[[], Mapping[str, Any]] = dict  # of what a service allows, by bot


@dataclass(frozen=True, slots=True)
class Inside:
    """What channels hand on to, and which side of them this process is for."""

    door: Door
    intake: Intake
    attendance: Attendance
    clock: Callable[[], datetime]
    lease: Lease
    menus: Menus
    desk: Sequence[tuple[str, str]]  # what officers see instead
    officers: Callable[[str, str], Awaitable[Sequence[str]]]  # their chats with a channel's bot
    files: Files
    counting: Counting
    say: Say
    hears: bool = True
    speaks: bool = True


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
    if not inside.hears:
        return _telegram_speaks(line, inside)
    return _telegram_hears(line, inside, _telegram_speaks(line, inside) if inside.speaks else None)


def _telegram_speaks(line: Any, inside: Inside) -> Channel:
    from bot.channels.telegram.send import TelegramSender  # noqa: PLC0415

    sender = TelegramSender(line, files=inside.files.path, say=inside.say)
    return Channel("telegram", lambda: "sending", _nothing, sender.close, sender=sender)


def _telegram_hears(line: Any, inside: Inside, speaking: Channel | None) -> Channel:
    from bot.channels.telegram.calls import Gone  # noqa: PLC0415
    from bot.channels.telegram.files import NotNow, TooBig  # noqa: PLC0415
    from bot.channels.telegram.live import Desk, Telegram  # noqa: PLC0415
    from bot.channels.telegram.receive import Receiver  # noqa: PLC0415

    receiver = Receiver(line.bot, inside.door, inside.intake, inside.attendance, inside.clock)
    telegram = Telegram(line, receiver, inside.menus, lease=inside.lease)
    telegram.desk = Desk(inside.desk, partial(inside.officers, "telegram"))

    async def download(_bot: str, source: str) -> bytes:
        try:
            return await telegram.download(source)
        except (Gone, TooBig) as why:
            raise NotFetched(type(why).__name__, gone=True) from None
        except NotNow as why:
            raise NotFetched(str(why), gone=False) from None

    async def close() -> None:
        await telegram.close()
        if speaking:
            await speaking.close()

    sender = speaking.sender if speaking else None
    about = (lambda: telegram.state, telegram.run, close, telegram.routes())
    return Channel("telegram", *about, sender, download)


def _zalo(settings: Settings, inside: Inside) -> Channel:
    from bot.channels.zalo import line as lines  # noqa: PLC0415
    from bot.channels.zalo.live import Zalo  # noqa: PLC0415
    from bot.channels.zalo.quota import Meter, Plan, Used  # noqa: PLC0415

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

    async def used(bot: str) -> Used:
        return Used(*await inside.counting.used("zalo", bot))

    plan = Plan(settings.zalo_bot_users, settings.zalo_bot_messages)
    zalo.sender.meter = meter = Meter(plan, used)

    def standing() -> Mapping[str, Any]:
        return {
            bot: {one.thing: f"{one.used}/{one.most}" for one in things}
            for bot, things in meter.standings().items()
        }

    zalo.sender.files, zalo.sender.say = inside.files.path, inside.say
    zalo.sender.lending = _lending(settings, inside)
    about = (lambda: zalo.state, partial(zalo.run, hear=inside.hears), zalo.close, zalo.routes())
    return Channel("zalo", *about, zalo.sender, _fetching(settings), standing)


def _zalo_oa(settings: Settings, inside: Inside) -> Channel:
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
        settings.zalo_oa_template,
        settings.zalo_oa_template_field,
        settings.zalo_oa_template_most,
    )
    about = (inside.door, inside.intake, inside.attendance, inside.clock)
    try:
        oa = ZaloOa(line, *about, budget=inside.counting)
    except lines.CannotListen as why:
        raise CannotListen(str(why)) from None
    oa.sender.files, oa.sender.say = inside.files.path, inside.say
    oa.sender.lending = _lending(settings, inside)
    sides = (lambda: oa.state, partial(oa.run, speak=inside.speaks), oa.close, oa.routes())
    return Channel("zalo_oa", *sides, oa.sender, _fetching(settings))


def _lending(settings: Settings, inside: Inside) -> Lending:
    """How files are lent; with one key, as the addresses of all channels are alike."""
    key = key_of(settings.zalo_bot_token + settings.zalo_oa_secret)
    return Lending(settings.public_url, key, inside.files.path, inside.clock)


def _fetching(settings: Settings) -> Download:
    """How files are fetched that lie at an address."""
    from bot.channels.fetching import Fetcher  # noqa: PLC0415

    fetcher = Fetcher(settings.file_hosts)

    async def download(_bot: str, source: str) -> bytes:
        return await fetcher.download(source)

    return download


async def _nothing() -> None:
    """A side that needs no tending."""
