"""A call to the Bot API as it came over HTTP, held against aiogram's model of the method."""

import json
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

METHODS: Mapping[str, type[TelegramMethod[Any]]] = {
    method.__api_method__.lower(): method
    for method in vars(aiogram.methods).values()
    if isinstance(method, type)
    and issubclass(method, TelegramMethod)
    and method is not TelegramMethod
}
MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_DATA = 64
MOST_IN_A_ROW = 8
MOST_BUTTONS = 100


class Refusal(Exception):
    """The API says no."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters
        self.code = code


@dataclass(frozen=True)
class Call:
    """A method with what was given to it, and the files that came along."""

    name: str
    model: Any  # one of METHODS
    given: dict[str, Any]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def read(request: Request) -> Call:
    """The call, or a Refusal for what is none: unknown methods and parameters, wrong types."""
    name = request.path_params["method"]
    model = METHODS.get(name.lower())
    if model is None:
        raise Refusal(404, "Not Found: method not found")
    given = await _given(request, model)
    unknown = given.keys() - model.model_fields.keys()
    if unknown:
        raise Refusal(400, f"Bad Request: unknown parameters {sorted(unknown)}")
    try:
        call = Call(model.__api_method__, model.model_validate(given), given)
    except ValidationError as wrong:
        places = [".".join(map(str, one["loc"])) for one in wrong.errors()]
        raise Refusal(400, f"Bad Request: wrong parameters {places}") from None
    check(call)
    return call


async def _given(request: Request, model: type[TelegramMethod[Any]]) -> dict[str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind == "application/json":
        return dict(json.loads(await request.body()))
    found: dict[str, Any] = dict(request.query_params)
    if kind in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        async with request.form() as form:
            for name, value in form.multi_items():
                found[name] = await _uploaded(value) if isinstance(value, UploadFile) else value
    return {name: _typed(value, model, name) for name, value in found.items()}


async def _uploaded(file: UploadFile) -> BufferedInputFile:
    return BufferedInputFile(await file.read(), filename=file.filename or "")


def _typed(value: Any, model: type[TelegramMethod[Any]], name: str) -> Any:
    """A form knows only texts; what is to be something else is JSON in it."""
    field = model.model_fields.get(name)
    if field is None or not isinstance(value, str) or _is_text(field.annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _is_text(annotation: Any) -> bool:
    parts = get_args(annotation) if _is_union(annotation) else (annotation,)
    return str in parts and int not in parts


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


# -- limits that the types do not show ------------------------------------------------------------


def check(call: Call) -> None:
    """Refuse what the real service refuses."""
    given = call.given
    if call.name in {"sendMessage", "editMessageText"}:
        _check_text(given["text"])
    if units(given.get("caption") or "") > MOST_CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    if given.get("parse_mode"):
        raise Refusal(400, "Bad Request: can't parse entities")
    markup = getattr(call.model, "reply_markup", None)
    if isinstance(markup, InlineKeyboardMarkup):
        _check_buttons(markup)
    if call.name == "setMyCommands":
        _check_commands(call)


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if units(text) > MOST_TEXT:
        raise Refusal(400, "Bad Request: message is too long")


def _check_buttons(markup: InlineKeyboardMarkup) -> None:
    rows = markup.inline_keyboard
    if not rows or any(not 0 < len(row) <= MOST_IN_A_ROW for row in rows):
        raise Refusal(400, "Bad Request: BUTTON_COUNT_INVALID")
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise Refusal(400, "Bad Request: reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button.text.strip():
            raise Refusal(400, "Bad Request: inline keyboard button text must be non-empty")
        if not 0 < len((button.callback_data or "").encode()) <= MOST_DATA:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")


def _check_commands(call: Call) -> None:
    commands = call.given["commands"]
    for command in commands:
        name, words = command["command"], command["description"]
        plain = name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()
        if not (plain and 0 < len(name) <= 32 and 0 < len(words) <= 256):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
    if len(commands) > 100:
        raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
