"""The story of a product, in the words of those who make it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

import yaml

_WORDS = Path(__file__).resolve().parents[2] / "templates/documents/forms/words.yaml"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it was given, JPEG, PNG or WEBP, and what it shows."""

    content: bytes
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The eight elements of a story (``story_parts`` of the rules) and at most four photos."""

    template: ClassVar[str] = "story"

    title: str | None = None
    product: str | None = None
    producer: str | None = None
    commune: str | None = None
    name: str | None = None
    market: str | None = None
    reason_to_believe: str | None = None
    character: str | None = None
    channels: str | None = None
    uniqueness: str | None = None
    benefit: str | None = None
    history: str | None = None
    photos: tuple[Photo, ...] = ()
    representative: str | None = None

    def __post_init__(self) -> None:
        if len(self.photos) > 4:  # noqa: PLR2004 - they fill one page
            raise ValueError("a story has room for four photos")

    @property
    def past(self) -> tuple[str, ...]:
        """Whence it comes and why it is called so, in paragraphs."""
        own_name = None if self.name == self.product else self.name
        return _paragraphs(self.history, own_name)

    @property
    def worth(self) -> tuple[str, ...]:
        """Why one may trust it, what it is like, and what no other place has."""
        return _paragraphs(self.reason_to_believe, self.character, self.uniqueness)

    @property
    def good(self) -> tuple[str, ...]:
        """What good it does."""
        return _paragraphs(self.benefit)

    @property
    def buyers(self) -> tuple[str, ...]:
        """Who buys it, and where."""
        return _paragraphs(self.market, self.channels)


def _paragraphs(*told: str | None) -> tuple[str, ...]:
    """What was told of these, each beginning and ending as a sentence does."""
    texts = ((text or "").strip() for text in told)
    return tuple(_sentence(text) for text in texts if text)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}{'.' if text[-1].isalnum() else ''}"


def aloud(text: str | None) -> str:
    """An element that was told aloud: what was typed of it, and that there is a recording."""
    return f"{text or ''} {_recorded()}".strip()


@cache
def _recorded() -> str:
    return str(yaml.safe_load(_WORDS.read_text(encoding="utf-8"))["recorded"])
