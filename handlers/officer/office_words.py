"""What officers type about each other: inviting, handing over, who is there, who leaves."""

import re
from dataclasses import dataclass, replace

from programme.folding import fold
from programme.roles import Role

_LOOK = 100  # signs
_NUMBER = r"(?: so)? (?P<number>\d{1,9})"
_PAGE = r"(?: (?:trang|page) (?P<number>\d{1,3}))?"
_SAID: tuple[tuple[str, str], ...] = (
    (rf"(?:(?:xem|cac|danh sach|ds) )*can bo{_PAGE}", "people"),
    (rf"(?:list )?officers{_PAGE}", "people"),
    (rf"(?:cho )?(?:thoi|mien)(?: lam)? can bo(?:{_NUMBER})?", "dismiss"),
    (rf"dismiss(?: officer)?(?:{_NUMBER})?", "dismiss"),
    (rf"khoa may(?: can bo)?(?:{_NUMBER})?", "shut_out"),
    (rf"khoa(?: can bo)?{_NUMBER}", "shut_out"),
    (rf"lock phone(?:{_NUMBER})?", "shut_out"),
    (r"ban giao(?: (?:lai|cong viec|viec|cho|nguoi moi|nguoi khac))*|hand ?over", "hand_over"),
    (r"(?:huy|thu hoi|bo)(?: cac)? ma moi|take back(?: my)? codes?", "take_back"),
)
_CALLING = re.compile(
    r"(?:(?:dat |ghi |sua )?ten(?: can bo)?(?: so)?|name(?: officer)?) (?P<number>\d{1,9})\b"
)
_AS = re.compile(
    r"moi (?P<who>(?:\w+ ){1,6}?)(?:lam|vao)(?= (?:can bo|nguoi|tu van|thu ky|thanh vien|quan))"
)
_ADDRESS = frozenset({"anh", "chi", "ong", "ba", "co", "em", "la"})
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_INVITING = re.compile(r"(?:moi|invite)(?: (?:them|an?|the))?\b")
# What each role is called behind "mời"; without one of them it is anybody.
_CALLED: tuple[tuple[str, Role | None], ...] = (
    (r"can bo tu van|nguoi tu van|chuyen gia tu van|tu van vien|tu van|advis[eo]r", Role.ADVISER),
    (r"(?:council )?secretary|thu ky(?: hoi dong)?", Role.SECRETARY),
    (r"(?:thanh|uy) vien(?: hoi dong)?|(?:council )?member", Role.MEMBER),
    (r"(?:nguoi )?quan tri(?: vien)?|administrator|admin", Role.ADMINISTRATOR),
    (r"can bo(?: (?:cap|cua))? (?:tinh|so)\b|province officer", Role.PROVINCE),
    (r"can bo cap xa|commune officer|can bo(?= (?:xa|phuong|dac khu)\b)", Role.COMMUNE),
    (r"can bo|officer", None),
)
_AT = r"(?: (?:cua|of|in|for|o))?\b"
_ROLES = tuple((re.compile(f"(?:{called}){_AT}"), role) for called, role in _CALLED)
_KINDS = frozenset({"xa", "phuong", "tinh"})  # alone they name no place


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: invite, people, dismiss, shut_out, hand_over, take_back, call.

    ``number`` is the officer's, or the page of a list; ``place`` and ``name`` are as typed.
    """

    deed: str
    number: int | None = None
    role: Role | None = None
    place: str = ""
    name: str = ""


def read(text: str) -> Order | None:
    """What the text wants done; None when it is none of these words."""
    said = " ".join(fold(text[:_LOOK]).strip(" .,:").split())
    for pattern, deed in _PATTERNS:
        if found := pattern.fullmatch(said):
            number = found.groupdict().get("number")
            return Order(deed, int(number) if number else None)
    if named := _CALLING.match(said):
        return _calling(text[:_LOOK], named)
    invited, _, name = text[:_LOOK].partition(":")
    order = _invitation(_in_order(invited))
    return replace(order, name=_name(name or _between(invited))) if order else None


def _calling(text: str, named: re.Match[str]) -> Order:
    number = named["number"]
    return Order("call", int(number), name=_name(text.partition(number)[2]))


def _name(text: str) -> str:
    """The name of a person as it was typed, without what says how they are addressed."""
    words = text.strip(" .,:").split()
    return " ".join(words[1:] if len(words) > 1 and fold(words[0]) in _ADDRESS else words)


def _between(text: str) -> str:
    """Whom "mời chị Lý Thị Mai làm cán bộ xã" names."""
    found = _AS.match(" ".join(fold(text).split()))
    return " ".join(text.split()[1 : 1 + len(found["who"].split())]) if found else ""


def _in_order(text: str) -> str:
    """The same without the name: "mời cán bộ xã"."""
    typed, found = text.split(), _AS.match(" ".join(fold(text).split()))
    return " ".join([typed[0], *typed[2 + len(found["who"].split()) :]]) if found else text


def _invitation(text: str) -> Order | None:
    """Word by word, so that the place keeps the marks with which it was typed."""
    typed = text.strip(" .,:").split()
    folded = [fold(word) for word in typed]
    said = " ".join(folded)
    begun = _INVITING.match(said)
    if begun is None:
        return None
    rest = said[begun.end() :].strip()
    for pattern, role in _ROLES:
        if found := pattern.match(rest):
            place = _last(typed, folded, rest[found.end() :].strip(" .,:"))
            return Order("invite", role=role, place=place)
    return None


def _last(typed: list[str], folded: list[str], place: str) -> str:
    """The last words, as many as the folded place has; what only says its kind is none."""
    count = len(place.split())
    if not count or place in _KINDS or folded[-count:] != place.split():
        return "" if place in _KINDS else place
    return " ".join(typed[-count:])
