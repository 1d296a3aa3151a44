"""How our bot on Telegram is reached: what is set by whoever runs it."""

import re
from dataclasses import dataclass, field
from typing import Literal

API_BASE = "https://api.telegram.org"
Mode = Literal["polling", "webhook"]
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{10,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram's signs; fewer could be guessed
_ADDRESS = re.compile(r"https?://[^/\s]+\S*")


class CannotListen(Exception):
    """Something that is set, or is not, keeps us from hearing; the message names it."""


@dataclass(frozen=True, slots=True)
class Line:
    """``secret`` and ``public_url`` are needed for the webhook only."""

    token: str = field(repr=False)
    base: str = API_BASE
    mode: Mode = "polling"
    public_url: str = ""
    secret: str = field(default="", repr=False)
    proxy: str = field(default="", repr=False)  # http://… ; it may hold a password

    def __post_init__(self) -> None:
        """Raise CannotListen when nothing can be heard this way."""
        if not _TOKEN.fullmatch(self.token):
            raise CannotListen("OCOP_TELEGRAM_TOKEN: not a token as BotFather gives them")
        if not _ADDRESS.fullmatch(self.base):
            raise CannotListen("OCOP_TELEGRAM_API_BASE: not an address of http or https")
        if self.proxy and not _ADDRESS.fullmatch(self.proxy):
            raise CannotListen("OCOP_TELEGRAM_PROXY: not an address of http or https")
        if self.mode == "webhook" and not _SECRET.fullmatch(self.secret):
            raise CannotListen("OCOP_TELEGRAM_SECRET: 16 to 256 of A-Z a-z 0-9 _ - are needed")
        if self.mode == "webhook" and not _ADDRESS.fullmatch(self.public_url):
            raise CannotListen("OCOP_PUBLIC_URL: needed where Telegram posts to us")

    @property
    def bot(self) -> str:
        """The id of the bot, which every token begins with."""
        return self.token.partition(":")[0]
