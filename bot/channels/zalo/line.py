"""How our bots on the Zalo Bot Platform are reached: what is set by whoever runs them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import httpx

from bot.channels.zalo.client import API_BASE, SHORT
from bot.channels.zalo.hook import SECRET

FILE_HOSTS = ("*.zdn.vn",)  # where people's pictures have been seen to lie
Mode = Literal["polling", "webhook"]


class CannotListen(Exception):
    """Something that is set, or is not, keeps us from hearing; the message names it."""


@dataclass(frozen=True, slots=True)
class Line:
    """``secret`` and ``public_url`` are needed for the webhook only; ``patience`` is in seconds."""

    tokens: Sequence[str] = field(repr=False)
    base: str = API_BASE
    mode: Mode = "polling"
    public_url: str = ""
    secret: str = field(default="", repr=False)
    patience: float = SHORT

    def check(self) -> None:
        """Raise CannotListen when nothing can be heard this way."""
        if not self.tokens:
            raise CannotListen("OCOP_ZALO_BOT_TOKEN: there is none")
        if not _is_address(self.base):
            raise CannotListen("OCOP_ZALO_BOT_API_BASE: not an address")
        if self.mode == "polling":
            return
        if len(self.secret) not in SECRET:
            raise CannotListen("OCOP_ZALO_BOT_SECRET: 8 to 256 characters are needed")
        if not self.public_url.startswith("https://"):
            raise CannotListen("OCOP_PUBLIC_URL: Zalo posts to https:// alone")


def _is_address(url: str) -> bool:
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return found.scheme in {"http", "https"} and bool(found.host)
