"""An official text as it is pasted: what can be read from it of the event that it tells of."""

import re
from collections.abc import Mapping
from datetime import date

from conversations.reading import Read
from conversations.readings import phone
from conversations.readings.day import Asked, solar
from conversations.readings.spans import Span, inside
from conversations.vietnamese import LAST_DAY, flat, fold

_KIND = (
    r"hoi cho|phien cho|cho phien|le hoi|ngay hoi|trien lam|tuan hang|tuan le|su kien|chuong trinh"
    r"|lop tap huan|tap huan|hoi nghi|hoi thao|khoa dao tao"
)
_END = (
    r'[.;\n"”]|,? (?:tu ngay|tai|duoc to chuc|dien ra|thoi gian|nam trong|voi chu de|vao ngay)\b'
    r"|,? (?:vao |tu |o )?(?:(?:sang|chieu|toi|hom) )?(?:ngay )?\d{1,2} ?(?:[-/.]|thang|den) ?\d"
)
_NAME = re.compile(rf"\b(?:{_KIND})\b(?:(?!{_END}).){{3,110}}")
_BEGINS = re.compile(
    r"\W*(?:(?:thong bao|tb|kinh moi|moi|ba con|di|tham gia|ve)(?: ?:)? ?){0,9}"
    rf"(?:{_KIND}) \S[^?]{{15,}}$"
)
_LETTER = re.compile(r"\bso ?:? ?(\d{1,6}[a-z]?\s?/[\w&.-]*[a-z][\w&.-]*(?:/[\w&.-]+)*)")
_DATED = re.compile(r"\bngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_DAY = r"\d{1,2} ?[/.] ?\d{1,2}(?: ?[/.] ?\d{4})?|\d{1,2} thang \d{1,2}(?: nam \d{4})?"
_ON = re.compile(rf"\b(?:ngay|hom|sang|chieu|toi|thoi gian ?:) ({_DAY})")
_UNTIL = re.compile(
    rf"(?:dang ky|gui|nop)[^.;\n]{{0,90}}?(?:truoc|den het|het|cham nhat|den)(?: ngay)? ({_DAY})"
    rf"|\bhan\b(?: chot| cuoi)?(?: dang ky| nop)?(?:(?!\bhan\b)[^.;\n]){{0,25}}?(?:ngay )?({_DAY})"
)
_WHOLE_DAY = re.compile(r"(\d{1,2})(?: ?[/.] ?| thang )(\d{1,2})(?:(?: ?[/.] ?| nam )(\d{4}))?")
_PHONE = re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)")
_PLACE = re.compile(
    r"(?<!dang ky )(?<!nop )(?<!ho so )\btai (?!so |cong van|van ban|quyet dinh)([^.;\n]{4,120})"
)
_PLACE_ENDS = re.compile(
    r",? (?:tu ngay|trong thoi gian|vao ngay|voi|quy mo|thoi gian|gom|(?:tu |ngay )+\d+|han|dang ky"
    r"|moi)\b|\s\("
)
_SIZE = re.compile(r"(?:quy mo[^.;\n\d]{0,30})?((?:khoang |hon )?\d[\d.]{0,5} gian(?: hang)?)")
_BY = re.compile(r"\bdo ([^.;,\n]{5,80}?) (?:to chuc|chu tri)\b")
_SUPPORT = re.compile(r"(?:duoc )?(?:ho tro|mien phi)[^.;\n]{4,90}")
_CONTACT = re.compile(
    r"(?:lien he|dau moi)[^.;\n:]{0,30}?:? ?((?:ong|ba|anh|chi|dong chi|d/c) [^,.;:\n(\d]{3,50})"
)
_WHO = re.compile(
    r"moi (?:cac )?((?:chu the|doanh nghiep|co so|htx|hop tac xa|don vi|ba con)"
    r"(?:(?! tham )[^.;\n]){6,150}?)"
    r" (?:tham gia|tham du|dang ky|du)\b"
)
# What it is about, by the first of these words that is there.
_KINDS = {
    "tap huan": "training",
    "lop dao tao": "training",
    "hoi cho": "fair",
    "phien cho": "fair",
    "le hoi": "fair",
    "ngay hoi": "fair",
    "trien lam": "fair",
    "tuan hang": "fair",
    "thu mua": "buyer",
    "tim mua": "buyer",
    "can mua": "buyer",
}
_PARTS = (("size", _SIZE), ("organiser", _BY), ("contact", _CONTACT), ("who", _WHO))
# Lines that say themselves what they are.
_LABELS = {
    "name": "ten su kien|ten hoi cho|su kien",
    "theme": "chu de",
    "organiser": "don vi to chuc|ban to chuc|co quan to chuc|to chuc",
    "invited_by": "don vi moi|co quan moi|noi moi",
    "place": "dia diem|noi to chuc",
    "size": "quy mo|quy mo gian hang",
    "who": "doi tuong|doi tuong tham gia|thanh phan|thanh phan tham gia",
    "conditions": "dieu kien|dieu kien san pham|yeu cau san pham|yeu cau",
    "cost": "chi phi|kinh phi|phi gian hang",
    "support": "muc ho tro|ho tro|chinh sach ho tro",
    "where": "noi dang ky|dang ky tai|dia chi dang ky",
    "contact": "nguoi lien he|lien he|dau moi lien he|dau moi",
}
_LINES = {
    name: re.compile(rf"^[ \t\-+*•\d.)]{{0,12}}(?:{labels}) ?: ?(.{{2,200}})$", re.MULTILINE)
    for name, labels in _LABELS.items()
}
_MOST = {"name": 120, "place": 120}
_LONGEST = 200
_HEAD = 600  # signs in which the date of the letter stands
_EDGES = " \t\n.,;:-–“”\"'"


def read(text: str, today: date) -> dict[str, object]:
    """The fields that the text tells: those of forms.announcement, as it stores them."""
    plain = flat(text)
    found: dict[str, object] = {}
    for name, pattern in _LINES.items():
        if line := pattern.search(plain):
            found[name] = _cut(text, line.span(1), _MOST.get(name, _LONGEST))
    for name, span in _told(plain).items():
        found.setdefault(name, _cut(text, span, _MOST.get(name, _LONGEST)))
    found |= _days(plain, _until(text, plain), today)
    if kind := next((kind for word, kind in _KINDS.items() if word in plain[:_HEAD]), None):
        found["kind"] = kind
    if called := _PHONE.search(plain):
        match phone(called[0]):
            case Read(number, _):
                found["phone"] = number
    return {name: value for name, value in found.items() if value}


def is_brief(text: str) -> bool:
    """Whether it may be a whole notice in few words: it begins with what it invites to."""
    return _BEGINS.match(flat(text)) is not None


def _cut(text: str, span: tuple[int, int], most: int) -> str:
    told = " ".join(text[slice(*span)].split()).strip(_EDGES)
    return told if len(told) <= most else told[:most].rpartition(" ")[0].rstrip(_EDGES)


def _told(plain: str) -> Mapping[str, tuple[int, int]]:
    """Where running words say it."""
    found: dict[str, tuple[int, int]] = {}
    names = [each.span() for each in _NAME.finditer(plain) if " " in each[0].strip(_EDGES)]
    if names:
        found["name"] = max(names[:4], key=lambda span: span[1] - span[0])
    if letter := _LETTER.search(plain):
        found["letter"] = letter.span(1)
    if place := _PLACE.search(plain, found.get("name", (0, 0))[1]):
        begin, end = place.span(1)
        stops = _PLACE_ENDS.search(plain, begin, end)
        found["place"] = (begin, stops.start() if stops else end)
    for name, pattern in _PARTS:
        if one := pattern.search(plain):
            found[name] = one.span(1)
    if support := _SUPPORT.search(plain):
        found["support"] = support.span()
    return found


def _until(text: str, plain: str) -> re.Match[str] | None:
    """Until when one registers; words that only fold into the one for a last day tell none."""
    found = _UNTIL.finditer(plain)
    return next((each for each in found if not each[2] or _is_last_day(text, each.start())), None)


def _is_last_day(text: str, at: int) -> bool:
    return text[at : at + len(LAST_DAY)].lower() in (LAST_DAY, fold(LAST_DAY))


def _days(plain: str, until: re.Match[str] | None, today: date) -> dict[str, object]:
    """When it is, until when one registers, and the day of the letter."""
    found: dict[str, object] = {}
    dated = _DATED.search(plain, 0, _HEAD)
    letter = solar(*map(int, dated.groups())) if dated else None
    if letter and letter <= today:
        found["letter_date"] = letter.isoformat()
    span = inside(plain, today) or _one_day(plain, today, until)
    if span:
        found["days"] = {"from": span.first.isoformat(), "to": span.last.isoformat()}
    day = _day(until[1] or until[2], today) if until else None
    if day and (span is None or day <= span.last):
        found["register_by"] = day.isoformat()
    return found


def _one_day(plain: str, today: date, until: re.Match[str] | None) -> Span | None:
    """The first day to come that is not the one until which one registers."""
    others = (each for each in _ON.finditer(plain) if not until or each.end() != until.end())
    days = (_day(each[1], today) for each in others)
    first = next((day for day in days if day and day >= today), None)
    return Span(first, first) if first else None


def _day(said: str, today: date) -> date | None:
    told = _WHOLE_DAY.fullmatch(said)
    if told is None:
        return None
    day, month = int(told[1]), int(told[2])
    if told[3]:
        return solar(day, month, int(told[3]))
    return Asked(today, "future").choose(lambda year: solar(day, month, year))
