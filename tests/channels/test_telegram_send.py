"""Sending on Telegram, beyond what every channel promises: buttons, errors, pace."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from aiogram.methods import SendDocument, SendMessage, SendPhoto
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.contract import Ambiguous, Moved, Refused, TryLater, Unreachable
from bot.channels.telegram import keyboard
from bot.channels.telegram.line import Line
from bot.channels.telegram.send import TelegramSender
from conversations.events import Address
from conversations.messages import Attached, Letter
from storage.files import Files
from tests.bot.specimens import PDF, picture
from tests.emulators.serving import serving
from tests.emulators.telegram import TOKEN, TelegramEmulator, Trouble, refused
from tests.emulators.telegram_people import Person

BOT = TOKEN.partition(":")[0]


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator().running() as running:
        yield running


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
async def sender(emulator: TelegramEmulator, files: Files) -> AsyncIterator[TelegramSender]:
    line = Line(TOKEN, emulator.served.address)
    made = TelegramSender(line, files=files.path, a_second=1000, wait=0.3)
    yield made
    await made.close()


@pytest.fixture
def lan(emulator: TelegramEmulator) -> Person:
    return emulator.person("Lan")


def to(person: Person) -> Address:
    return Address("telegram", BOT, str(person.id))


async def outcome(
    emulator: TelegramEmulator, sender: TelegramSender, answer: Response
) -> Exception:
    """What the sender makes of that answer."""
    emulator.troubles.append(Trouble("sendMessage", does=False, answer=answer))
    with pytest.raises((TryLater, Refused, Unreachable)) as raised:
        await sender.send(to(emulator.person("Lan")), 1, Letter("Chào bác"))
    return raised.value


# -- buttons --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Đúng"], [1]),
        (["Đúng", "Sai"], [2]),
        (["Đúng", "Sai", "Bỏ qua"], [2, 1]),
        (["Đăng ký ý tưởng sản phẩm", "Sai", "Bỏ qua"], [1, 2]),
        (["Đúng", "Hợp tác xã nông nghiệp", "Bỏ qua"], [1, 1, 1]),
        (["Tháng một"] * 12, [2] * 6),
    ],
)
async def test_short_buttons_share_a_row_and_long_ones_have_their_own(
    sender: TelegramSender, lan: Person, labels: list[str], rows: list[int]
) -> None:
    choices = tuple((f"d{number}", label) for number, label in enumerate(labels))

    await sender.send(to(lan), 1, Letter("Bác chọn ạ", choices))

    (seen,) = lan.screen
    assert list(seen.rows) == rows
    assert seen.buttons == tuple(
        (f"{number} · {label}", data) for number, (data, label) in enumerate(choices, 1)
    )


@pytest.mark.parametrize(
    "choices",
    [
        (("đ" * 33, "Đúng"), ("n", "Sai")),
        (("", "Đúng"), ("n", "Sai")),
        tuple((f"d{number}", "Thôn") for number in range(keyboard.MOST_BUTTONS + 1)),
    ],
)
async def test_choices_that_cannot_be_buttons_are_numbered_lines(
    sender: TelegramSender, lan: Person, choices: tuple[tuple[str, str], ...]
) -> None:
    await sender.send(to(lan), 1, Letter("Bác chọn ạ", choices))

    (seen,) = lan.screen
    assert seen.buttons == ()
    assert seen.text.splitlines()[1:3] == [f"1. {choices[0][1]}", f"2. {choices[1][1]}"]


async def test_a_letter_is_plain_and_shows_no_preview_of_a_link(
    emulator: TelegramEmulator, sender: TelegramSender, lan: Person
) -> None:
    await sender.send(to(lan), 1, Letter("Xem https://example.vn ạ"))

    (given,) = emulator.given("sendMessage")
    assert given == {
        "chat_id": lan.id,
        "text": "Xem https://example.vn ạ",
        "link_preview_options": {"is_disabled": True},
    }


# -- errors ---------------------------------------------------------------------------------------

OUTCOMES = [
    (refused(403, "Forbidden: user is deactivated"), Unreachable),
    (refused(403, "Forbidden: bot can't initiate conversation with a user"), Unreachable),
    (refused(400, "Bad Request: PEER_ID_INVALID"), Unreachable),
    (refused(400, "Bad Request: BUTTON_DATA_INVALID"), Refused),
    (refused(400, "Bad Request: can't parse entities: unsupported start tag"), Refused),
    (refused(413, "Request Entity Too Large"), Refused),
    (refused(404, "Not Found: method not found"), TryLater),
    (refused(409, "Conflict"), TryLater),
    (refused(418, "I'm a teapot"), TryLater),
    (refused(503, "Service Unavailable"), TryLater),
    (JSONResponse({"ok": False, "error_code": 500}, 500), TryLater),
    (RedirectResponse("http://127.0.0.1:9/"), TryLater),
    (PlainTextResponse("Gateway Timeout", 504), Ambiguous),
    (JSONResponse({"ok": True}, 200), Ambiguous),
    (JSONResponse([], 200), Ambiguous),
    (PlainTextResponse("", 200), Ambiguous),
]


@pytest.mark.parametrize(("answer", "means"), OUTCOMES)
async def test_each_answer_means_one_thing_for_the_letter(
    emulator: TelegramEmulator, sender: TelegramSender, answer: Response, means: type[Exception]
) -> None:
    assert type(await outcome(emulator, sender, answer)) is means


async def test_a_letter_that_stands_there_gets_other_words_in_its_place(
    sender: TelegramSender, lan: Person
) -> None:
    place = await sender.send(to(lan), 1, Letter("xong 10/100"))
    after = await sender.send(to(lan), 2, Letter("Chào bác"))

    again = [await sender.send(to(lan), 1, Letter("xong 40/100", stands=place)) for _ in range(2)]

    assert [(one.id, one.text) for one in lan.screen] == [
        (place, "xong 40/100"),
        (after, "Chào bác"),
    ]
    assert again == [place, place]


async def test_a_letter_that_is_gone_from_the_screen_is_refused(
    sender: TelegramSender, lan: Person
) -> None:
    with pytest.raises(Refused):
        await sender.send(to(lan), 1, Letter("xong 40/100", stands=77))


async def test_a_chat_that_moved_says_where_to(
    emulator: TelegramEmulator, sender: TelegramSender
) -> None:
    moved = refused(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=-1001234567890,
    )

    error = await outcome(emulator, sender, moved)

    assert isinstance(error, Moved)
    assert error.chat == "-1001234567890"


async def test_a_wrong_token_is_logged_once_and_left_alone_for_a_while(
    emulator: TelegramEmulator, sender: TelegramSender
) -> None:
    with structlog.testing.capture_logs() as logged:
        errors = [await outcome(emulator, sender, refused(401, "Unauthorized")) for _ in range(3)]

    assert [error.wait for error in errors if isinstance(error, TryLater)] == [
        timedelta(minutes=10)
    ] * 3
    assert [entry["event"] for entry in logged] == ["telegram_token_refused"]
    assert TOKEN.partition(":")[2] not in str(logged)


async def test_what_was_sent_of_a_long_letter_is_not_sent_again(
    emulator: TelegramEmulator, sender: TelegramSender, lan: Person
) -> None:
    letter = Letter("\n".join(f"dòng {number}" for number in range(1200)), (("a", "Có"),))
    await sender.send(to(lan), 1, letter)
    whole = [seen.text for seen in lan.screen]
    lan.screen.clear()
    emulator.troubles.append(Trouble("never", does=False))
    busy = refused(429, "Too Many Requests: retry after 1", retry_after=1)
    emulator.asked = lambda _call: (
        emulator.troubles.append(Trouble("sendMessage", does=False, answer=busy))
        if len(lan.screen) == 1 and len(emulator.troubles) == 1
        else None
    )

    with pytest.raises(TryLater):
        await sender.send(to(lan), 2, letter)
    emulator.asked = lambda _call: None
    await sender.send(to(lan), 2, letter)

    assert len(whole) > 2
    assert [seen.text for seen in lan.screen] == whole


async def test_all_that_we_write_is_what_the_other_library_would_read(
    emulator: TelegramEmulator, sender: TelegramSender, lan: Person, files: Files
) -> None:
    """The emulator takes a call only when it loads as aiogram's model of the method."""
    await sender.send(to(lan), 1, Letter("Bác chọn ạ", (("a|1", "Có"),)))
    for content in (picture("PNG"), PDF):
        file = Attached("photo", files.keep(content), "ảnh")
        await sender.send(to(lan), 2, Letter("Mời bác xem", attached=file))

    read = {type(call.model): call.model for call in emulator.calls}
    assert list(read) == [SendMessage, SendPhoto, SendDocument]
    assert read[SendMessage].reply_markup.inline_keyboard[0][0].callback_data == "a|1"
    assert read[SendPhoto].caption == "Mời bác xem"


# -- pace, proxy ----------------------------------------------------------------------------------


async def test_letters_to_many_are_paced_and_none_is_too_many(
    emulator: TelegramEmulator,
) -> None:
    emulator.most_a_second = 50
    paced = TelegramSender(Line(TOKEN, emulator.served.address), a_second=50)
    people = [emulator.person(f"Người {number}") for number in range(60)]
    began = asyncio.get_running_loop().time()

    await asyncio.gather(*(paced.send(to(one), 1, Letter("Chào")) for one in people))

    took = asyncio.get_running_loop().time() - began
    await paced.close()
    assert took >= 1
    assert all(len(one.screen) == 1 for one in people)


async def test_everything_goes_through_the_proxy_that_is_set(emulator: TelegramEmulator) -> None:
    asked: list[str] = []

    async def proxied(request: Request) -> Response:
        asked.append(request.scope["raw_path"].decode())
        return JSONResponse({"ok": False, "error_code": 403, "description": "Forbidden"}, 403)

    async with serving(Starlette(routes=[Route("/{path:path}", proxied, methods=["POST"])])) as on:
        line = Line(TOKEN, "http://telegram.invalid", proxy=on.address)
        sender = TelegramSender(line)
        with pytest.raises(Unreachable):
            await sender.send(to(emulator.person("Lan")), 1, Letter("Chào"))
        await sender.close()

    assert len(asked) == 1
    assert asked[0].endswith("/sendMessage")


async def test_a_proxy_that_is_away_means_that_nothing_was_sent(lan: Person) -> None:
    sender = TelegramSender(Line(TOKEN, "http://telegram.invalid", proxy="http://127.0.0.1:9"))

    with pytest.raises(TryLater) as raised:
        await sender.send(to(lan), 1, Letter("Chào"))
    await sender.close()

    assert not isinstance(raised.value, Ambiguous)
