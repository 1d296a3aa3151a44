"""The kinds of answers: how each is read from what was typed, offered as choices, and collected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from conversations.events import File, Photo
from conversations.messages import Message
from conversations.reading import Read, Reading, Wrong
from programme.folding import composed

Readable = Reading[Any] | Wrong


@dataclass(frozen=True, slots=True)
class Asked:
    """What a kind may know when it reads an answer."""

    form: str
    key: str
    today: date
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice of a question: what its button brings back, what it stores, and its label."""

    tap: str
    value: Any
    label: Message | str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of answer; its class names the words of its values and what it takes.

    ``media`` are the contents it takes beside text. ``collects`` means that several messages make
    one answer, ``free`` that nearly any text is one, ``numeric`` that a bare 0 is one, ``recalls``
    that a text which was not enough is looked at again together with the next one, ``ages`` that
    what was an answer once may be none later, ``grows`` that no pause ends it and what was given
    stays when more comes, ``denies`` that "không …" is no refusal. ``labels`` is where the words
    of its options stand (file and beginning of the name), where that is not the question.
    """

    name: ClassVar[str] = "text"
    media: ClassVar[frozenset[str]] = frozenset()
    collects: ClassVar[bool] = False
    free: ClassVar[bool] = False
    numeric: ClassVar[bool] = False
    recalls: ClassVar[bool] = False
    ages: ClassVar[bool] = False
    grows: ClassVar[bool] = False
    denies: ClassVar[bool] = False
    labels: ClassVar[tuple[str, str] | None] = None

    def read(self, text: str, asked: Asked) -> Readable:
        """What the text means as an answer of this kind; None when it means nothing."""
        raise NotImplementedError(type(self).__name__)  # each kind below has its own

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """The choices to show with the question; empty for an open question."""
        del asked
        return ()

    def pick(self, value: Any, asked: Asked) -> Readable:
        """What a picked candidate leads to: itself, or narrower candidates."""
        del asked
        return Read(value)

    def otherwise(self, refused: Sequence[Any], asked: Asked) -> Readable:
        """What to offer after "none of these"; None to ask openly again."""
        del refused, asked
        return None

    def stale(self, value: Any, asked: Asked) -> bool:
        """Whether an answer given earlier no longer holds and has to be asked again."""
        del value, asked
        return False

    def brought(self, content: Photo | File) -> Any:
        """What is kept of a picture or document that comes as a part of the answer."""
        return content.file

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """The new part to keep, what is wrong with it, or None when it is there already."""
        del parts
        return new

    def taken(self, parts: Sequence[Any]) -> int:
        """How many of the parts count."""
        return len(parts)

    def remark(self, parts: Sequence[Any]) -> Message | None:
        """What there is to say of the part that came last, instead of the usual."""
        del parts
        return None

    def whole(self, parts: Sequence[Any]) -> Any:
        """The answer that the collected parts make."""
        return list(parts)


def readable(text: str) -> str:
    """Text fit to be kept: composed, without control or direction signs, its lines kept."""
    lines = composed(text).replace("\r\n", "\n").split("\n")
    return "\n".join(" ".join("".join(filter(_kept, line)).split()) for line in lines).strip()


def legible(text: str) -> str:
    """The same, quick for the many texts that are fit as they stand."""
    return text if text.isprintable() else readable(text)


def _kept(sign: str) -> bool:
    return sign.isprintable() or sign.isspace()


def fitting(text: str, least: int, most: int) -> Readable:
    """The text, if it says something and is neither too short nor too long."""
    if not any(sign.isalnum() for sign in text):
        return Wrong("nothing")
    if len(text) < least:
        return Wrong("text_short", {"least": least})
    return Wrong("text_long", {"most": most}) if len(text) > most else Read(text)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """A short text of ``least`` to ``most`` characters, with at least one letter or digit."""

    free: ClassVar[bool] = True
    least: int = 1
    most: int = 200

    def read(self, text: str, asked: Asked) -> Readable:
        """The text on one line."""
        del asked
        return fitting(" ".join(readable(text).split()), self.least, self.most)


@dataclass(frozen=True, slots=True)
class LongText(Kind):
    """A text in one or several messages, whole up to ``most`` characters; voice where wanted."""

    name: ClassVar[str] = "long_text"
    collects: ClassVar[bool] = True
    free: ClassVar[bool] = True
    media: ClassVar[frozenset[str]] = frozenset({"voice"})
    most: int = 20_000
    voice: bool = False

    def read(self, text: str, asked: Asked) -> Readable:
        """The text as one part, its lines kept."""
        del asked
        return fitting(readable(text), 1, self.most)

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """The part, unless all together grow too long or voice is not wanted here."""
        if isinstance(new, dict):
            return new if self.voice else Wrong("nothing")
        length = sum(len(part) for part in (*parts, new) if isinstance(part, str))
        return Wrong("text_long", {"most": self.most}) if length > self.most else new

    def whole(self, parts: Sequence[Any]) -> Any:
        """The texts joined by line ends; with voice notes, a record of both."""
        text = "\n".join(part for part in parts if isinstance(part, str))
        voices = [part["file"] for part in parts if isinstance(part, dict)]
        return {"text": text, "voices": voices} if voices else text

    def joined(self, given: Any, text: str, asked: Asked) -> Any | None:
        """The answer with the text as its last lines, unless it is in there already."""
        before = given.get("text", "") if isinstance(given, dict) else given
        match self.read(text, asked):
            case Read(value) if value not in before and len(before) + len(value) < self.most:
                longer = f"{before}\n{value}".strip()
                return {**given, "text": longer} if isinstance(given, dict) else longer
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Photos(Kind):
    """Pictures or documents, at most ``most``, each kept under the hash of its content."""

    name: ClassVar[str] = "photos"
    collects: ClassVar[bool] = True
    media: ClassVar[frozenset[str]] = frozenset({"photo", "file"})
    most: int = 6

    def read(self, text: str, asked: Asked) -> Readable:
        """Text is never a picture."""
        del text, asked
        return Wrong("photos")

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """The picture, unless it is there already or there are enough."""
        if new in parts:
            return None
        return Wrong("photos_full", {"most": self.most}) if len(parts) >= self.most else new
