"""The people and the bots of the emulated Zalo Bot Platform."""

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.emulators.zalo import ZaloEmulator


@dataclass
class Bot:
    """One bot, and what waits for it."""

    id: str
    token: str
    name: str = "Bot OCOP"
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    handed: list[dict[str, Any]] = field(default_factory=list)  # not known to be safe
    told: list[dict[str, Any]] = field(default_factory=list)  # everything that ever happened
    hook: tuple[str, str] | None = None
    tests: int = 0

    def unheard(self) -> int:
        return len(self.waiting) + len(self.handed)


@dataclass
class User:
    """Somebody with Zalo on their phone, in a chat with one bot."""

    zalo: "ZaloEmulator"
    bot: Bot
    id: str
    name: str
    blocked: bool = False
    messages: list[tuple[str, str]] = field(default_factory=list)  # what the bot sent: kind, words
    captions: dict[int, str] = field(default_factory=dict)  # by the place of their picture there
    pictures: list[bytes] = field(default_factory=list)  # as far as the service could fetch them

    def says(self, text: str) -> None:
        self.does("message.text.received", text=text)

    def sends_photo(self, content: bytes, caption: str = "") -> None:
        url = self.zalo.serve(content, "jpg")
        more = {"caption": caption} if caption else {}
        self.does("message.image.received", **{self.zalo.knobs.photo_key: url}, **more)

    def sends_voice(self, content: bytes) -> None:
        self.does("message.voice.received", voice_url=self.zalo.serve(content, "aac"))

    def sends_sticker(self) -> None:
        url = "https://stickers.zaloapp.com/1.png"
        self.does("message.sticker.received", sticker="d063f44dc80821567819", url=url)

    def sends_something_else(self) -> None:
        self.does("message.unsupported.received")

    def does(self, event: str, **content: Any) -> None:
        self.zalo.happened(self, event, content)

    def sees(self) -> list[str]:
        """The words of the bot on the phone, oldest first."""
        shown = [
            words if kind == "text" else self.captions.get(place, "")
            for place, (kind, words) in enumerate(self.messages)
        ]
        return [words for words in shown if words]
