"""The words that work at every question: with or without marks, politely wrapped, or as digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conversations.vietnamese import (
    BECOMING,
    DOUBTFUL_COMMANDS,
    MARKED_COMMANDS,
    composed,
    flat,
    fold,
)


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the number it speaks of (a line of the review, an item), and a value with it.

    ``called`` holds what a line to edit may have been called instead of by its number, folded,
    each with what it is then to become: only the form knows which of these is a name.
    """

    name: str
    number: int = 0
    value: str = ""
    called: tuple[tuple[str, str], ...] = ()


# Folded words, by command. The two-digit codes are the same on every channel.
_WORDS = {
    "back": "quay lai|lui|lui lai|truoc do|cau truoc|tro lai|back|00",
    "help": "tro giup|giup|giup toi|giup voi|huong dan|help|01",
    "why": "vi sao|vi sao hoi|tai sao|tai sao hoi|sao hoi|hoi lam gi|de lam gi|why|02",
    "skip": "bo qua|qua|bo|khong tra loi|skip|03",
    "review": "xem lai|xem|kiem tra lai|doc lai|review|04",
    "later": "de sau|luc khac|hom khac|mai lam tiep|tam dung|dung lai|nghi|thoi de sau|later|05",
    "restart": "lam lai|lam lai tu dau|bat dau lai|restart|06",
    "officer": "gap can bo|hoi can bo|noi chuyen voi can bo|gap nguoi|can bo|officer|07",
    "status": "con thieu gi|con thieu nhung gi|con gi nua|den dau roi|con may cau|bao nhieu cau nua"
    "|tien do|status|08",
    "menu": "menu|danh muc|muc luc|09",
    "edit": "sua|thay doi|doi|edit|change",
    "keep": "giu|giu nguyen|nhu cu|de nguyen|giu lai|keep",
    "done": "xong|xong roi|het|het roi|the thoi|du roi|done",
    "send": "gui|gui di|gui luon|nop|nop luon|send",
    "add": "them|them nua|con nua|add",
    "withdraw": "rut|rut lai|huy|huy bo|xoa ban nay|withdraw",
}
NAMES = frozenset(_WORDS)
_COMMANDS = {word: name for name, words in _WORDS.items() for word in words.split("|")}
# Polite wrapping that says nothing: dạ …, … ạ, … nhé, em ơi, cho bác …
_BEFORE = re.compile(
    r"^(?:(?:(?:da|em oi|em|oi|cho (?:bac|toi|minh|co|chu|anh|chi)|bac|toi|muon)\b|/)\s*)+"
)
_AFTER = re.compile(r"(?:\s+(?:a|nhe|nha|di|voi|em|em oi|giup|vay|the|ha))+$")
_EDIT = re.compile(
    r"^(?:sua|doi|edit|change)\s+(?:cau|dong|so|muc|line)?\s*(\d{1,2})(?:\s*(?:thanh|la|:|to)\s*(.*))?$"
)
_EDIT_RAW = re.compile(r"^\D*\d{1,2}\s*(?:[^\W\d_]+|:)\s*(.+)$", re.DOTALL)
# "sửa tên", "sửa tên thành …"; pictures are sent or added, and that edits their line.
_VERB = re.compile(r"(?:sua|thay doi|doi|edit|change|gui|them|send|add) ")
_EDIT_CALLED = re.compile(
    r"(sua|thay doi|doi|edit|change|(?:gui|them|send|add)(?= +(?:anh|hinh|photo)))(?: +lai)? +"
    r"(?:(?:cau|muc|phan) +)?(?=\S)"
)
# What parts the name of a line from what it is to become: a colon, or one of these words.
_COLON = re.compile(r"(?: +(?:thanh|la|to))? *:")
_INTO = re.compile(r" +(thanh|la)\b(?: *:)?")
_INTO_ENGLISH = re.compile(r" +(to)\b(?: *:)?")
_ENGLISH = frozenset({"edit", "change", "send", "add"})
_NAME = range(2, 41)  # signs that the name of a line may have
_NAMED = 120  # signs among which it stands, with the verb
_REMOVE = re.compile(r"^(?:bot|xoa|remove)\s+(?:cai|so|dong|muc)?\s*(\d{1,2})$")
_LOOK = 60  # a command is short; an edit with its value may be longer


def parse(text: str, *, free: bool = False) -> Command | None:
    """The command that the whole text is; None when it is something else.

    ``free`` says that things are named here, so that words which are also things are no commands.
    """
    if text.strip() in ("?", "??", "???"):
        return Command("help")
    words, bare = _said(text[:400])
    if _is_thing(bare or words, text, free=free):
        return None
    return _exact(words) or _exact(bare) or _numbered(bare or words, words, text)


@lru_cache(maxsize=1024)
def _said(text: str) -> tuple[str, str]:
    """The folded words, and what they are without politeness."""
    words = fold(text).strip(" .,")
    return words, _unwrapped(words)


def _is_thing(word: str, text: str, *, free: bool) -> bool:
    """Whether it is a cow and no command: the marks decide, else whether things are named here."""
    if word not in DOUBTFUL_COMMANDS:
        return False
    typed = composed(text[:_LOOK]).lower()
    if any(command in typed for command in DOUBTFUL_COMMANDS[word]):
        return False
    return free or not typed.isascii()


def _exact(words: str) -> Command | None:
    name = _COMMANDS.get(words)
    return Command(name) if name else None


def _unwrapped(words: str) -> str:
    if len(words) > _LOOK:
        return ""
    return _AFTER.sub("", _BEFORE.sub("", words))


def _numbered(bare: str, words: str, text: str) -> Command | None:
    if edit := _EDIT.match(bare):
        raw = _EDIT_RAW.match(composed(text))
        return Command("edit", int(edit[1]), raw[1] if edit[2] and raw else "")
    if remove := _REMOVE.match(words):
        return Command("remove", int(remove[1]))
    return None


def called(text: str) -> Command | None:
    """The edit of a line by its name that the text may be; only the form knows its names.

    Milk (sữa) and a hill (đồi) are typed with marks that tell.
    """
    words, bare = _said(text[:400])
    if not _VERB.match(bare or words):
        return None
    typed = composed(text)
    plain = flat(typed[:_NAMED])
    polite = _BEFORE.match(plain)
    found = _EDIT_CALLED.match(plain, polite.end() if polite else 0)
    if found is None:
        return None
    seen = typed[:_LOOK].lower()
    if not (seen.isascii() or _is_verb(found[1], seen)):
        return None
    names = _parted(typed[found.end() :], english=found[1] in _ENGLISH)
    fitting = tuple((name, into) for name, into in names if len(name) in _NAME)
    return Command("edit", called=fitting) if fitting else None


def _parted(typed: str, *, english: bool) -> Iterator[tuple[str, str]]:
    """The ways to part the name of a line from what it is to become, as it was typed."""
    plain = flat(typed[:_NAMED])
    colon = _COLON.search(plain)
    words = (_INTO_ENGLISH if english else _INTO).finditer(plain)
    joining = [word for word in words if typed[slice(*word.span(1))].lower() in BECOMING]
    for found in (*([colon] if colon else ()), *joining):
        yield fold(typed[: found.start()]), typed[found.end() :].strip()
    yield _AFTER.sub("", fold(typed[:_NAMED])).strip(" .,:"), ""


def _is_verb(verb: str, typed: str) -> bool:
    """Whether the verb stands there with its own marks, or without any."""
    spelled = (verb, *DOUBTFUL_COMMANDS.get(verb, ()), *MARKED_COMMANDS.get(verb, ()))
    return any(re.search(rf"\b{word}\b", typed) for word in spelled)
