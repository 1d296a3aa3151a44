"""The eleven methods against the service on loopback, and what comes of strange answers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from structlog.testing import capture_logs

from bot.channels.calling import Caller, Unclear, Unsent
from bot.channels.zalo.client import Failed, Me, Verified, ZaloClient
from tests.channels.doubles import chain
from tests.emulators.faults import PAGE, Fault
from tests.emulators.zalo import METHODS, Knobs, ZaloEmulator, started
from tests.emulators.zalo_people import User

PATIENCE = 0.3


@dataclass
class Line:
    service: ZaloEmulator
    client: ZaloClient
    lan: User

    @property
    def token(self) -> str:
        return self.lan.bot.token


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with started() as service:
        caller = Caller()
        lan = service.user("Chị Lan")
        yield Line(service, ZaloClient(lan.bot.token, caller, service.base, PATIENCE), lan)
        await caller.close()


async def test_a_bot_says_who_it_is(line: Line) -> None:
    assert await line.client.me() == Me(line.lan.bot.id, "Bot OCOP")


async def test_a_bot_without_an_id_is_not_believed(line: Line) -> None:
    line.service.faults.add(Fault("getMe", status=200, body=b'{"ok":true,"result":{}}'))

    with pytest.raises(Unclear):
        await line.client.me()


async def test_what_is_sent_appears_and_is_dated_later_than_what_was_said(line: Line) -> None:
    line.lan.says("chào")
    said = line.lan.bot.told[0]["message"]["date"]

    dates = [
        await line.client.send_text(line.lan.id, "Em chào bác"),
        await line.client.send_photo(line.lan.id, "https://example.vn/1.jpg", "Phiếu điểm"),
        await line.client.send_sticker(line.lan.id, "d063f44dc80821567819"),
        await line.client.send_voice(line.lan.id, "https://example.vn/1.aac"),
    ]
    await line.client.typing(line.lan.id)

    assert line.lan.messages == [
        ("text", "Em chào bác"),
        ("photo", "https://example.vn/1.jpg"),
        ("sticker", "d063f44dc80821567819"),
        ("voice", "https://example.vn/1.aac"),
    ]
    numbers = [date for date in dates if date is not None]
    assert len(numbers) == 4
    assert numbers == sorted({said, *numbers})[1:]


async def test_updates_are_fetched_and_nothing_new_is_no_error(line: Line) -> None:
    line.lan.says("chào")

    first, second = await line.client.updates(1), await line.client.updates(0)

    assert first["message"]["text"] == "chào"
    assert second is None


async def test_nothing_new_may_be_said_with_http_408(line: Line) -> None:
    line.service.knobs.idle_status = 408

    assert await line.client.updates(0) is None


async def test_a_webhook_is_set_tried_shown_and_deleted(line: Line) -> None:
    before = await line.client.webhook()
    tried = await line.client.set_webhook("https://nowhere.vn/x", "bi-mat-dai")
    shown = await line.client.webhook()
    again = await line.client.try_webhook()
    await line.client.delete_webhook()
    await line.client.delete_webhook()

    assert (before, shown, await line.client.webhook()) == ("", "https://nowhere.vn/x", "")
    assert tried.outcome == again.outcome == "webhook.err.dns"
    assert tried.hint
    assert not tried.ok


async def test_the_error_of_a_try_too_many_has_its_code_though_its_name_differs(line: Line) -> None:
    line.service.knobs.tests_a_day = 0

    with pytest.raises(Failed) as raised:
        await line.client.try_webhook()

    assert raised.value.code == 426


def test_the_emulator_knows_all_eleven_methods() -> None:
    assert len(METHODS) == 11


async def test_every_method_has_been_called_by_these_names(line: Line) -> None:
    client, chat = line.client, line.lan.id
    line.lan.says("chào")
    await client.me()
    await client.updates(0)
    await client.set_webhook("https://nowhere.vn/x", "bi-mat-dai")
    await client.try_webhook()
    await client.webhook()
    await client.delete_webhook()
    await client.send_text(chat, "a")
    await client.send_photo(chat, "https://a.vn/1.jpg")
    await client.send_sticker(chat, "1")
    await client.send_voice(chat, "https://a.vn/1.aac")
    await client.typing(chat)

    assert {name for name, _ in line.service.faults.calls} == METHODS.keys()


@pytest.mark.parametrize("error_status", [True, False])
@pytest.mark.parametrize("code", [400, 401, 403, 404, 429, 500])
async def test_an_error_has_its_code_whatever_the_http_status(
    line: Line, code: int, error_status: bool
) -> None:
    line.service.knobs.error_status = error_status
    line.service.faults.add(Fault("sendMessage", error=(code, "no")))

    with pytest.raises(Failed) as raised:
        await line.client.send_text(line.lan.id, "a")

    assert raised.value.code == code


HTML = Fault("sendMessage", body=PAGE)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (replace(HTML, status=200), Unclear),
        (replace(HTML, status=504), Unclear),
        (Fault("sendMessage", status=200, body=b"[]"), Unclear),
        (Fault("sendMessage", status=200, body=b'{"ok":"yes"}'), Unclear),
        (Fault("sendMessage", status=200, body=b'{"ok":tr'), Unclear),
        (Fault("sendMessage", status=200, body=b""), Unclear),
        (Fault("sendMessage", applied=True, cut=True), Unclear),
        (Fault("sendMessage", applied=True, drop=True), Unclear),
        (Fault("sendMessage", applied=True, silence=9 * PATIENCE), Unclear),
        (replace(HTML, status=502), Failed),
        (replace(HTML, status=404), Failed),
        (replace(HTML, status=429), Failed),
    ],
)
async def test_an_answer_that_is_none_may_hide_that_it_was_done(
    line: Line, fault: Fault, expected: type[Exception]
) -> None:
    line.service.faults.add(fault)

    with pytest.raises(expected):
        await line.client.send_text(line.lan.id, "a")


async def test_a_page_of_something_between_never_means_that_a_chat_is_gone(line: Line) -> None:
    line.service.faults.add(replace(HTML, status=404))

    with pytest.raises(Failed) as raised:
        await line.client.send_text(line.lan.id, "a")

    assert raised.value.code == 502


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b'{"ok":false,"error_code":"429"}', 429),
        (b'{"ok":false,"errorCode":429}', 429),
        (b'{"ok":false}', 0),
        (b'{"ok":false,"error_code":null,"description":null}', 0),
        (b'{"ok":false,"error_code":{}}', 0),
    ],
)
async def test_a_code_is_read_however_it_is_written(line: Line, answer: bytes, code: int) -> None:
    line.service.faults.add(Fault("sendMessage", status=200, body=answer))

    with pytest.raises(Failed) as raised:
        await line.client.send_text(line.lan.id, "a")

    assert raised.value.code == code


async def test_who_was_never_reached_was_not_told(line: Line) -> None:
    await line.service.site.shut()

    with pytest.raises(Unsent):
        await line.client.send_text(line.lan.id, "a")


@pytest.mark.parametrize("answer", [b'{"ok":true}', b'{"ok":true,"result":{"date":"x"}}'])
async def test_a_letter_without_a_receipt_was_sent_all_the_same(line: Line, answer: bytes) -> None:
    line.service.faults.add(Fault("sendMessage", status=200, body=answer))

    assert await line.client.send_text(line.lan.id, "a") is None


async def test_an_answer_without_end_is_cut_off(line: Line) -> None:
    line.service.faults.add(Fault("sendMessage", status=200, body=b" " * 3_000_000))

    with pytest.raises(Unclear):
        await line.client.send_text(line.lan.id, "a")


async def test_a_token_that_the_service_repeats_is_not_repeated_by_us(line: Line) -> None:
    words = f"no bot {line.token} at /bot{line.token}/sendMessage"
    line.service.faults.add(Fault("sendMessage", error=(401, words)))

    with pytest.raises(Failed) as raised:
        await line.client.send_text(line.lan.id, "a")

    assert line.token not in f"{raised.value!r} {vars(raised.value)}"
    assert "***" in raised.value.said


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "http://no.such.host.invalid", "ftp://x"])
async def test_whatever_goes_wrong_no_error_knows_the_address(base: str) -> None:
    token = "12345:bi-mat"
    caller = Caller()

    with capture_logs() as logged, pytest.raises(Unsent) as raised:
        await ZaloClient(token, caller, base, PATIENCE).me()
    await caller.close()

    told = [f"{one!r} {vars(one)}" for one in chain(raised.value)] + [str(logged)]
    assert not any(token in each for each in told)


async def test_the_client_does_not_show_its_token(line: Line) -> None:
    assert line.token not in f"{line.client!r} {line.client}"


@pytest.mark.parametrize("knob", [True, False])
async def test_a_list_of_updates_is_brought_as_it_is(knob: bool) -> None:
    async with started(Knobs(listed=knob)) as service:
        caller, lan = Caller(), service.user("Chị Lan")
        lan.says("một")

        brought = await ZaloClient(lan.bot.token, caller, service.base).updates(1)
        await caller.close()

    assert isinstance(brought, list if knob else dict)


async def test_what_verified_means_when_nothing_is_said_of_it(line: Line) -> None:
    answer = b'{"ok":true,"result":{"url":"https://nowhere.vn/x"}}'
    line.service.faults.add(Fault("setWebhook", status=200, body=answer))

    assert await line.client.set_webhook("https://nowhere.vn/x", "bi-mat-dai") == Verified(ok=True)
