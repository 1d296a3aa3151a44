"""Starting: who the bots are, webhook or polling, and one clear line for what is wrong."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from bot import clock
from bot.channels.contract import TryLater, Unreachable
from bot.channels.zalo import live
from bot.channels.zalo.line import CannotListen, Line
from bot.channels.zalo.live import Zalo
from bot.channels.zalo.quota import Meter, Plan, Used
from conversations.events import Address
from conversations.messages import Letter
from tests.channels.doubles import ListDoor
from tests.channels.zalo_rig import PUBLIC, SECRET, Fetching, until
from tests.emulators.faults import Fault
from tests.emulators.serving import serving
from tests.emulators.zalo import ZaloEmulator, started

LINE = Line(("1:x",), mode="webhook", public_url=f"https://{PUBLIC}", secret=SECRET)
WRONG = {
    "OCOP_ZALO_BOT_TOKEN": replace(LINE, tokens=()),
    "OCOP_ZALO_BOT_API_BASE": replace(LINE, base="bot-api.zaloplatforms.com"),
    "OCOP_ZALO_BOT_SECRET": replace(LINE, secret="1234567"),
    "OCOP_PUBLIC_URL": replace(LINE, public_url="http://bot.example.vn"),
}


@asynccontextmanager
async def begun(
    service: ZaloEmulator, door: ListDoor, *, reachable: bool = True, tokens: Sequence[str] = ()
) -> AsyncIterator[Zalo]:
    """Our bots, told by webhook where Zalo can come through."""
    line = replace(LINE, tokens=tokens or tuple(service.bots), base=service.base)
    zalo = Zalo(line, door, Fetching(None), clock.now, breath=0.01)  # type: ignore[arg-type]
    async with serving(Starlette(routes=zalo.routes())) as hooks:
        if reachable:
            service.hosts[PUBLIC] = hooks.address
        running = asyncio.create_task(zalo.run())
        yield zalo
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    await zalo.close()


async def ready(zalo: Zalo, count: int = 1) -> list[str]:
    await until(lambda: len(zalo.modes()) == count)
    return list(zalo.modes().values())


def lines(logged: list[Any], name: str) -> list[Any]:
    return [line for line in logged if line["event"] == name]


@pytest.mark.parametrize("setting", WRONG)
def test_a_wrong_setting_is_named_at_once(setting: str, door: ListDoor) -> None:
    with pytest.raises(CannotListen, match=setting):
        Zalo(WRONG[setting], door, Fetching(None), clock.now)  # type: ignore[arg-type]


def test_a_line_does_not_show_its_secrets() -> None:
    line = replace(LINE, tokens=("123:bi-mat",))

    assert "bi-mat" not in f"{line!r}"


async def test_a_webhook_that_zalo_reaches_is_used(door: ListDoor) -> None:
    async with started() as service, begun(service, door) as zalo:
        lan = service.user("Chị Lan")

        modes = await ready(zalo)
        lan.says("một")
        await service.post(lan.bot)

    assert modes == ["webhook"]
    assert zalo.state == f"webhook {lan.bot.id}"
    assert lan.bot.hook == (f"https://{PUBLIC}/hooks/zalo/{lan.bot.id}", SECRET)
    assert service.polled == []
    assert door.texts() == ["một"]


async def test_a_webhook_that_zalo_cannot_reach_is_deleted_and_polling_takes_its_place(
    door: ListDoor,
) -> None:
    """Zalo keeps the address although its own try has failed, and then hands out nothing."""
    with capture_logs() as logged:
        async with started() as service, begun(service, door, reachable=False) as zalo:
            lan = service.user("Chị Lan")
            modes = await ready(zalo)
            lan.says("một")
            await until(lambda: bool(door.heard))

    (said,) = lines(logged, "zalo_webhook_fails")
    assert modes == ["polling"]
    assert lan.bot.hook is None
    assert (said["why"].split()[0], said["instead"]) == ("webhook.err.dns", "polling")


async def test_a_webhook_that_zalo_refuses_is_not_insisted_on(door: ListDoor) -> None:
    async with started() as service:
        service.faults.add(Fault("setWebhook", error=(400, "Bad Request: url")))
        async with begun(service, door) as zalo:
            assert await ready(zalo) == ["polling"]


async def test_a_service_that_is_down_for_a_moment_is_asked_again(door: ListDoor) -> None:
    async with started() as service:
        service.faults.add(
            Fault("getMe", error=(500, "Internal Server Error")),
            Fault("setWebhook", status=502, body=b"<html>"),
        )
        async with begun(service, door) as zalo:
            assert await ready(zalo) == ["webhook"]


async def test_a_token_that_does_not_count_is_said_in_one_line(door: ListDoor) -> None:
    with capture_logs() as logged:
        async with started() as service, begun(service, door, tokens=["1:sai"]) as zalo:
            await until(lambda: len(service.faults.calls) > 1)
            modes, state = dict(zalo.modes()), zalo.state

    (said,) = logged
    assert "OCOP_ZALO_BOT_TOKEN" in said["why"]
    assert "1:sai" not in str(logged)
    assert modes == {}
    assert "OCOP_ZALO_BOT_TOKEN" in state


async def test_until_a_bot_has_said_who_it_is_its_letters_wait(door: ListDoor) -> None:
    async with started() as service, begun(service, door, tokens=["1:sai"]) as zalo:
        zalo.sender.patience = 0.05
        with pytest.raises(TryLater):
            await zalo.sender.send(Address("zalo", "145", "6ede"), 1, Letter("a"))


async def test_several_bots_hear_and_speak_each_for_itself(door: ListDoor) -> None:
    async with started() as service:
        other = service.bot("Bot Bắc Hà")
        async with begun(service, door) as zalo:
            lan, may = service.user("Chị Lan"), service.user("Cô Mây", other)
            await ready(zalo, 2)
            for person in (lan, may):
                person.says(person.name)
                await service.post(person.bot)
                await zalo.sender.send(
                    Address("zalo", person.bot.id, person.id), 1, Letter(person.name)
                )
            with pytest.raises(Unreachable):
                await zalo.sender.send(Address("zalo", other.id, lan.id), 2, Letter("lạc"))
            with pytest.raises(Unreachable):
                await zalo.sender.send(Address("zalo", "999", lan.id), 3, Letter("lạc"))

    assert [event.address for event in door.heard] == [
        Address("zalo", lan.bot.id, lan.id),
        Address("zalo", other.id, may.id),
    ]
    assert (lan.sees(), may.sees()) == (["Chị Lan"], ["Cô Mây"])


async def test_one_token_written_twice_is_one_bot(door: ListDoor) -> None:
    async with started() as service:
        token = next(iter(service.bots))
        async with begun(service, door, tokens=[token, token]) as zalo:
            await ready(zalo)

    assert len(service.faults.named("setWebhook")) == 1


async def test_a_process_that_only_sends_knows_its_bots_and_fetches_nothing(door: ListDoor) -> None:
    async with started() as service:
        lan = service.user("Chị Lan")
        line = Line(tuple(service.bots), service.base)
        zalo = Zalo(line, door, Fetching(None), clock.now, breath=0.01)  # type: ignore[arg-type]
        running = asyncio.create_task(zalo.run(hear=False))
        await until(lambda: zalo.state == f"sending {lan.bot.id}")

        lan.says("chào")
        await zalo.sender.send(Address("zalo", lan.bot.id, lan.id), 1, Letter("Em chào bác"))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await zalo.close()

    assert lan.sees() == ["Em chào bác"]
    assert {name for name, _ in service.faults.calls} == {"getMe", "sendMessage"}


async def test_how_much_of_the_month_is_gone_is_looked_at_while_it_runs(door: ListDoor) -> None:
    async def count(bot: str) -> Used:
        return Used(45, 12) if bot else Used()

    async with started() as service:
        zalo = Zalo(Line(tuple(service.bots), service.base), door, None, clock.now, breath=0.01)  # type: ignore[arg-type]
        meter = zalo.sender.meter = Meter(Plan(), count)
        with capture_logs() as logged:
            running = asyncio.create_task(zalo.run(hear=False))
            await until(lambda: bool(meter.standings()))
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        await zalo.close()

    (said,) = lines(logged, "zalo_quota")
    assert (said["thing"], said["percent"], said["used"], said["most"]) == ("users", 90, 45, 50)


async def test_a_count_that_fails_is_said_and_ends_nothing(
    door: ListDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK", 0.001)
    counted: list[str] = []

    async def count(bot: str) -> Used:
        counted.append(bot)
        if len(counted) == 1:
            raise OSError("the disk is full")
        return Used(1, 1)

    async with started() as service:
        zalo = Zalo(Line(tuple(service.bots), service.base), door, None, clock.now, breath=0.01)  # type: ignore[arg-type]
        meter = zalo.sender.meter = Meter(Plan(), count)
        with capture_logs() as logged:
            running = asyncio.create_task(zalo.run(hear=False))
            await until(lambda: bool(meter.standings()))
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        await zalo.close()

    assert len(lines(logged, "zalo_quota_not_counted")) == 1
