"""The words: a Message becomes a Letter here; nothing else for chats knows jinja2."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, StrictUndefined
from jinja2.runtime import Macro

from conversations.messages import Letter, Message, Shown

# A letter that a person of fifty-eight reads on a small screen, its numbered choices counted too.
LIMIT = 300
SHORT = 120
LABEL = 60
_YEAR = 12
_GROUPED = 8

_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]",
)
_SENTENCE_END = re.compile(r"[.?!…]\s+(?=\S)")


class Wording:
    """All languages that have a folder of macros; each file is compiled when it is first needed.

    With ``cache``, compiled files are kept in that folder for the next start.
    """

    def __init__(self, folder: Path, cache: Path | None = None) -> None:
        found = sorted(path.parent for path in folder.glob("*/figures.j2"))
        self._languages = {path.name: _Language(path, cache) for path in found}

    def letters(self, language: str, message: Message) -> tuple[Letter, ...]:
        """The exact words of the message, in as many letters as it takes; the last one asks."""
        words = self._words(message, message.language or language)
        text = words.text(message)
        if message.lead:
            text = "\n".join([*(self._words(m, language).text(m) for m in message.lead), text])
        choices = tuple([(choice.data, words.label(choice.label)) for choice in message.choices])
        taken = sum([len(label) + 4 for _, label in choices])
        if len(text) + taken <= LIMIT:
            return (Letter(text, choices, message.prompt, message.attached),)
        *before, last = _pieces(text, LIMIT - taken)
        return (*map(Letter, before), Letter(last, choices, message.prompt, message.attached))

    def _words(self, message: Message, language: str) -> "_Language":
        words = self._languages[language]
        return words.at_work if message.at_work else words

    def read_out(self, language: str, shown: Shown) -> str:
        """An answer in its normal form, by the words of its kind; empty where there is none."""
        return str(self._languages[language].resolved(shown) or "")

    def languages(self) -> tuple[str, ...]:
        """The languages that there are, by their folder."""
        return tuple(self._languages)

    def keys(self, language: str) -> tuple[str, ...]:
        """Every text of the language, as ``file.macro``."""
        return tuple(sorted(self._languages[language].all()))

    def has(self, language: str, key: str) -> bool:
        """Whether there is such a text in the language."""
        return self._languages[language].find(key) is not None

    def arguments(self, language: str, key: str) -> tuple[str, ...]:
        """What the text needs to be told."""
        return tuple(self._languages[language].macro(key).arguments)


@cache
def ours() -> Wording:
    """The words of this project, for whoever keeps nothing for the next start."""
    return Wording(Path(__file__).parents[1] / "templates")


class _Language:
    """The macros of one language by key, and how its answers are read out."""

    def __init__(
        self, folder: Path, cache: Path | None, read: Callable[[str], str] | None = None
    ) -> None:
        self._folder, self._cache = folder, cache
        self._environment = _environment(folder, cache, read or str)
        self._environment.filters.update(_Figures(self).filters())
        self._macros: dict[str, Macro] = {}
        self._loaded: set[str] = set()
        self._constant: dict[str, str] = {}

    @cached_property
    def at_work(self) -> "_Language":
        """The same as an officer at work is told it: addressed as one is who is no producer."""
        one, other = self.constant("figures.to_producer"), self.constant("figures.to_officer")
        address = {one: other, capital(one): capital(other)}
        said = re.compile(rf"\b(?:{'|'.join(address)})\b")
        cache = self._cache / "at_work" if self._cache else None
        return _Language(self._folder, cache, lambda text: said.sub(lambda m: address[m[0]], text))

    def text(self, message: Message) -> str:
        """The message in words, without its choices."""
        if not message.args:
            return self.constant(message.key)
        resolved = self.resolved
        return self.say(message.key, **{n: resolved(value) for n, value in message.args.items()})

    def label(self, label: Message | str) -> str:
        """The words of a choice; a name that somebody typed is cut to what a button can show."""
        if isinstance(label, Message):
            return capital(self.text(label))
        return cut(_tidy(label), LABEL)

    def say(self, key: str, **args: Any) -> str:
        """The text with these arguments put in, each as it is."""
        return _tidy(self.macro(key)(**args))

    def constant(self, key: str) -> str:
        """A text that needs nothing, rendered once."""
        text = self._constant.get(key)
        if text is None:
            text = self._constant[key] = self.say(key)
        return text

    def resolved(self, value: Any) -> Any:
        """The value with every message and answer in it made text."""
        if isinstance(value, Message):
            return self.text(value)
        if isinstance(value, Shown):
            return self._answer(value)
        if isinstance(value, list | tuple):
            return [self.resolved(one) for one in value]
        return value

    def macro(self, key: str) -> Macro:
        """The macro of that key; KeyError when there is none."""
        macro = self.find(key)
        if macro is None:
            raise KeyError(key)
        return macro

    def find(self, key: str) -> Macro | None:
        """The macro of that key, if there is one."""
        macro = self._macros.get(key)
        if macro is None:
            self._load(key.partition(".")[0])
            macro = self._macros.get(key)
        return macro

    def all(self) -> Iterator[str]:
        """The keys of all files."""
        for path in self._folder.glob("*.j2"):
            self._load(path.stem)
        return iter(self._macros)

    def _load(self, file: str) -> None:
        if file in self._loaded or not (self._folder / f"{file}.j2").is_file():
            return
        module = self._environment.get_template(f"{file}.j2").module
        macros = {n: macro for n, macro in vars(module).items() if isinstance(macro, Macro)}
        self._macros.update({f"{file}.{name}": macro for name, macro in macros.items()})
        self._loaded.add(file)  # last: another thread may be asking for the same file

    def _answer(self, shown: Shown) -> Any:
        value = shown.value
        if value is None:
            return None
        if isinstance(value, Mapping) and "raw" in value:
            return self.say("values.raw", value=value["raw"])
        if shown.kind == "choice":
            return self._option(shown, value)
        if shown.kind == "choices":
            value = [self._option(shown, one) for one in value]
        return self.say(f"values.{shown.kind}", value=value)

    def _option(self, shown: Shown, option: str) -> str:
        question = "_".join(part for part in shown.question.split(".") if not part.isdigit())
        key = f"{shown.form}.{question}_{option}"
        # An option of an older form version may have lost its label; the answer is still an answer.
        return self.constant(key) if self.find(key) else option


class _Figures:
    """Numbers, money, days and telephones as the language writes them, by its ``figures`` texts."""

    def __init__(self, language: _Language) -> None:
        self._language = language
        self._signs: dict[int, str] = {}

    def filters(self) -> dict[str, Callable[..., str]]:
        """What templates call them."""
        return {
            "so": self.number,
            "phan_tram": lambda value: self.number(value) + "%",
            "tien": lambda value: self._language.say("figures.money", amount=self.number(value)),
            "ngay": day,
            "ngay_gio": moment,
            "thang": self.months,
            "dien_thoai": phone,
            "gon": self.shortened,
            "cat": cut,
            "hoa": capital,
        }

    def number(self, value: float) -> str:
        """1.234 and 2,5 in Vietnamese, 1,234 and 2.5 in English."""
        if not self._signs:
            signs = self._language.constant("figures.signs")
            self._signs = {ord(","): signs[0], ord("."): signs[1]}
        rounded = round(value, 4)
        written = f"{int(rounded) if rounded == int(rounded) else rounded:,}"
        return written.translate(self._signs)

    def months(self, value: list[int]) -> str:
        """The months one by one, or that it is all of them."""
        if len(value) >= _YEAR:
            return self._language.constant("figures.all_year")
        return self._language.say("figures.months", months=", ".join(map(str, value)))

    def shortened(self, text: str, most: int = SHORT) -> str:
        """The text on one line, and when it is long its beginning and how many words it has."""
        line = " ".join(text.split())
        if len(line) <= most:
            return line
        start = line[:most].rpartition(" ")[0] or line[:most]
        count = self.number(len(line.split()))
        return f"{start.rstrip(' .,;:')}… ({self._language.say('figures.words', count=count)})"


def _environment(folder: Path, cache: Path | None, read: Callable[[str], str]) -> Environment:
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)

    def load(name: str) -> tuple[str, str, None]:
        path = folder / name
        return read(path.read_text("utf-8")), str(path), None

    environment = Environment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - chats show plain text, and pages escape what they show
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
    )
    environment.globals["by_turn"] = by_turn
    return environment


def by_turn(turn: int, *variants: str) -> str:
    """One of several ways to say the same, the plainest first, never one twice in a row."""
    return variants[(turn - 1) % len(variants)]


def day(value: date | str) -> str:
    """30/9/2026, in Viet Nam; an ISO text may also be a year or a month of a year."""
    if isinstance(value, datetime):
        value = value.astimezone(_VIET_NAM).date()
    parts = str(value)[:10].split("-")
    return "/".join(part.lstrip("0") for part in reversed(parts))


def moment(value: datetime) -> str:
    """The clock and the day in Viet Nam."""
    return f"{value.astimezone(_VIET_NAM):%H:%M} {day(value)}"


def phone(value: str) -> str:
    """0912 345 678: in groups that can be read aloud."""
    digits = "0" + value[3:] if value.startswith("+84") else value
    return f"{digits[:-6]} {digits[-6:-3]} {digits[-3:]}" if len(digits) > _GROUPED else digits


def capital(text: str) -> str:
    """The text with a large first letter, and nothing else changed."""
    return text[:1].upper() + text[1:]


def cut(text: str, most: int) -> str:
    """The text, or as much of it as ``most`` signs hold."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,')}…"


def _tidy(text: str) -> str:
    return _UNWANTED.sub("", normalize("NFC", text)).strip()


def _pieces(text: str, room: int) -> list[str]:
    """The text in pieces of at most LIMIT, the last within ``room`` where it has a fit end."""
    pieces = []
    while len(text) > LIMIT:
        at = _last_end(text, LIMIT) or text.rfind(" ", 1, LIMIT + 1)
        at = at if at > 0 else LIMIT
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    at = _last_end(text, len(text) - 1) if len(text) > room else 0
    return [*pieces, text[:at].rstrip(), text[at:].lstrip()] if at else [*pieces, text]


def _last_end(text: str, most: int) -> int:
    """Where the last line, or sentence, ends within the first ``most`` signs; 0 for nowhere."""
    line = text.rfind("\n", 1, most + 1)
    if line > most // 3:
        return line
    return max((end.end() for end in _SENTENCE_END.finditer(text, 0, most + 1)), default=0)
