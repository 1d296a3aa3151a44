"""Reading what is posted, never more of it than we are ready to keep."""

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


async def one_file(request: Request, most: int) -> tuple[str, bytes]:
    """The name and the content of the one posted file, or TooMuch when it is over ``most``."""
    body = await _body(request, most + AROUND_A_FILE)
    try:
        return _only_file(request.headers.get("content-type", ""), body)
    except (FormParserError, ValueError) as wrong:
        raise HTTPException(400, "not a form with one file") from wrong


def _only_file(kind: str, body: bytes) -> tuple[str, bytes]:
    if not kind.lower().startswith("multipart/form-data"):
        raise ValueError(kind)
    found: list[File] = []

    def take(part: File | Field) -> None:
        if found or isinstance(part, Field):
            raise ValueError("more than one file")
        found.append(part)

    parser = create_form_parser({"Content-Type": kind.encode()}, take, take, _IN_MEMORY)
    parser.write(body)
    parser.finalize()
    (file,) = found  # else ValueError: it never began, or never ended
    file.file_object.seek(0)
    return (file.file_name or b"").decode(errors="replace"), file.file_object.read()


async def _body(request: Request, most: int) -> bytes:
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > most:
            raise TooMuch
    return bytes(taken)
