"""What an address may say: phones, numbers and keys, each in its own narrow form."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.channels.browser.posted import NAME

_NAME = re.compile(NAME)
_NUMBER = re.compile(r"\A[0-9]{1,15}\Z")
_HASH = re.compile(r"\A[0-9a-f]{64}\Z")


def phone(request: Request) -> str:
    """Which phone the address names; one that cannot be a phone's is not found."""
    return _in_path(request, "phone", _NAME)


def file(request: Request) -> str:
    """Which file the address names."""
    return _in_path(request, "file", _HASH)


def number(request: Request, name: str, otherwise: int = 0) -> int:
    """A whole number of the query."""
    written = request.query_params.get(name)
    if written is None:
        return otherwise
    if not _NUMBER.match(written):
        raise HTTPException(400, f"{name} is not a number")
    return int(written)


def last_event(request: Request) -> int:
    """The last line that a broken stream has brought, as the browser remembers it."""
    written = request.headers.get("last-event-id", "")
    return int(written) if _NUMBER.match(written) else 0


def key(request: Request) -> str:
    """The name under which a message is posted, the same each time it is repeated."""
    written = request.query_params.get("key", "")
    if not _NAME.match(written):
        raise HTTPException(400, "key is not a name")
    return written


def _in_path(request: Request, name: str, form: re.Pattern[str]) -> str:
    written = str(request.path_params[name])
    if not form.match(written):
        raise HTTPException(404, f"no such {name}")
    return written
