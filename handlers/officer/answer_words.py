"""What officers type about questions: which are open, one of them, its answer, passing it on."""

import re
from dataclasses import dataclass

from programme import units
from programme.folding import fold

ABOVE = "above"  # the next level that has anybody
_WORDS = 24  # words of a text in which all but an answer stands
_ONE = r"(?:(?:cau hoi|cau|so|question) )*(\d{1,6})"
_REPLY = re.compile(r"^(?:tl|trl|tra loi|reply)(?: (?:cau hoi|cau|so))* ?(\d{1,6})\b")
_REPLIES = frozenset({"tl", "tra loi", "reply"})
_LIST = re.compile(r"(?:xem |cac |danh sach )*cau hoi(?: moi| dang cho)?|(?:open )?questions")
_SHOW = re.compile(rf"(?:xem )?(?=cau|question){_ONE}")
_SEARCH = re.compile(r"(?:tim |xem )?(?:cau hoi|questions)(?: ve| about)? (.+)")
_PASS = re.compile(
    rf"^(?:chuyen|pass) {_ONE}"
    r"(?: (cho|len|sang|to)(?: the| can bo)?"
    r" (tinh|xa|quan tri|(?:cap )?tren|province|commune))?(?= |$)"
)
_TO_UNIT = re.compile(rf"^(?:chuyen|pass) {_ONE} (cho|sang|toi|qua|to)(?: (?:the|ben))? (?=\S)")
_LEVELS = {"tinh": "province", "xa": "commune", "quan tri": "administrator"}
_LEVELS |= {"tren": ABOVE, "cap tren": ABOVE}
_TO = frozenset({"cho", "to"})


@dataclass(frozen=True, slots=True)
class Said:
    """What is wanted: ``list``, ``show``, ``search``, ``reply`` or ``pass``.

    ``text`` is what is looked for, the answer, or what is added; ``level`` or ``unit`` whom it is
    passed to, a unit as it was typed.
    """

    deed: str
    number: int = 0
    text: str = ""
    level: str = ""
    unit: str = ""


def read(text: str) -> Said | None:
    """What the text wants done with questions; None when it is about something else."""
    words = text.split()
    said = " ".join(fold(word).strip(".,:;?!-") for word in words[:_WORDS])
    if found := _REPLY.match(said):
        return Said("reply", int(found[1]), _behind(text, found[1]))
    if said in _REPLIES:
        return Said("reply")
    if _LIST.fullmatch(said):
        return Said("list")
    if found := _SHOW.fullmatch(said):
        return Said("show", int(found[1]))
    if to_unit := _to_unit(said, words):
        return to_unit
    if found := _PASS.match(said):
        return _passed(found, words)
    found = _SEARCH.fullmatch(said)
    return Said("search", text=found[1]) if found else None


def _behind(text: str, number: str) -> str:
    """The words behind the number, as they were typed."""
    return text.partition(number)[2].lstrip(" :.,\n").rstrip()


def _to_unit(said: str, words: list[str]) -> Said | None:
    """A question that is passed to a unit; of a dossier it is said how far it goes on."""
    found, level = _TO_UNIT.match(said), _PASS.match(said)
    if found is None or (level and level[3]):
        return None
    behind = " ".join(words[len(found[0].split()) :])
    unit, _, note = (part.strip(" .,") for part in behind.partition(":"))
    if not (unit and ("cau" in found[0] or found[2] in _TO or units.named(unit))):
        return None
    return Said("pass", int(found[1]), note, unit=unit)


def _passed(found: re.Match[str], words: list[str]) -> Said | None:
    """A question that is passed on; "chuyển 12 lên tỉnh" is said of a dossier."""
    taken = len(found[0].split())
    rest = " ".join(words[taken:]).lstrip(" :.,-")
    clear = "cau" in found[0] or found[2] in _TO or words[taken - 1].endswith((":", ","))
    if not clear and (rest or found[2]):
        return None
    return Said("pass", int(found[1]), rest, _LEVELS.get(found[3], found[3] or ""))
