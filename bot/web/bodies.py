"""Reading what is posted, never more of it than we are ready to keep."""

import asyncio
from urllib.parse import parse_qsl

from python_multipart import create_form_parser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File
from starlette.exceptions import HTTPException
from starlette.requests import Request

from conversations.answers import legible

MOST_JSON = 64 * 1024
MOST_FIELDS = 200
AROUND_A_FILE = 16 * 1024  # the boundaries and the part's own headers
_IN_MEMORY = {"MAX_MEMORY_FILE_SIZE": float("inf")}  # the body is there already


class TooMuch(Exception):
    """More is coming than was agreed."""


async def json_body(request: Request) -> bytes:
    """The whole body, or 413."""
    try:
        return await _body(request, MOST_JSON)
    except TooMuch as much:
        raise HTTPException(413, "more than 64 kB") from much


async def form(request: Request) -> dict[str, str]:
    """The fields of a posted form, the last of each name; 400 for none, 413 for too much."""
    body = await json_body(request)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as wrong:
        raise HTTPException(400, "not a form") from wrong
    return {name: legible(value) for name, value in fields}


def has_parts(request: Request) -> bool:
    """Whether it is a form that may bring a file."""
    return _in_parts(request.headers.get("content-type", ""))


async def form_with_file(request: Request, most: int) -> tuple[dict[str, str], str, bytes]:
    """The fields of a posted form, and the name and content of the file beside them, if any.

    400 for none, 413 for too much. It is read apart from what others are answered in.
    """
    try:
        body = await _body(request, most + MOST_JSON)
        return await asyncio.to_thread(_told, request.headers.get("content-type", ""), body)
    except TooMuch as much:
        raise HTTPException(413, "too large a file") from much
    except (FormParserError, ValueError) as wrong:
        raise HTTPException(400, "not a form") from wrong


def _told(kind: str, body: bytes) -> tuple[dict[str, str], str, bytes]:
    fields, files = _parts(kind, body)
    if sum(len(each.value or b"") for each in fields) > MOST_JSON:
        raise TooMuch
    told = {_text(each.field_name): legible(_text(each.value)) for each in fields}
    return (told, *_opened(files[0])) if files else (told, "", b"")


async def one_file(request: Request, most: int) -> tuple[str, bytes]:
    """The name and the content of the one posted file, or TooMuch when it is over ``most``."""
    body = await _body(request, most + AROUND_A_FILE)
    try:
        return _only_file(request.headers.get("content-type", ""), body)
    except (FormParserError, ValueError) as wrong:
        raise HTTPException(400, "not a form with one file") from wrong


def _only_file(kind: str, body: bytes) -> tuple[str, bytes]:
    fields, files = _parts(kind, body)
    if fields:
        raise ValueError("more than one file")
    (file,) = files  # else ValueError: it never began, or never ended
    return _opened(file)


def _parts(kind: str, body: bytes) -> tuple[list[Field], list[File]]:
    if not _in_parts(kind):
        raise ValueError(kind)
    fields: list[Field] = []
    files: list[File] = []

    def take(part: File | Field) -> None:
        if isinstance(part, File):
            files.append(part)
        else:
            fields.append(part)
        if len(files) > 1 or len(fields) > MOST_FIELDS:
            raise ValueError("more than one file")

    parser = create_form_parser({"Content-Type": kind.encode()}, take, take, _IN_MEMORY)
    parser.write(body)
    parser.finalize()
    return fields, files


def _in_parts(kind: str) -> bool:
    return kind.lower().startswith("multipart/form-data")


def _opened(file: File) -> tuple[str, bytes]:
    file.file_object.seek(0)
    return _text(file.file_name), file.file_object.read()


def _text(said: bytes | None) -> str:
    return (said or b"").decode(errors="replace")


async def _body(request: Request, most: int) -> bytes:
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > most:
            raise TooMuch
    return bytes(taken)
