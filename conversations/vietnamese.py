"""Vietnamese as it is written: where marks decide, how units are spelled, what shorthand means."""

import re

from programme.folding import composed, flat, fold

__all__ = ["GRAMS", "UNITS", "composed", "flat", "fold", "telling", "unit", "words"]

# Words that fold into another word which the readers know: when the marks are typed, they count.
TELLING = {
    "tầm": "khoang",
    "cỡ": "khoang",
    "độ": "khoang",
    "tối đa": "khoang",
    "tối thiểu": "khoang",
    "trung bình": "khoang",
    "sáu": "6",
    "bảy": "7",
    "bẩy": "7",
    "tám": "8",
    "bà": "ong",
    "làng": "thon",
    "đừng": "khong",
    "ngày kìa": "3 ngay nua",
}

# Commands whose folded spelling is also that of a thing or a name (bò, quà, sữa, dồi, gùi, Nghị,
# Huy), and how each is spelled when it is the command.
DOUBTFUL_COMMANDS = {
    "bo": ("bỏ",),
    "qua": (),
    "sua": ("sửa",),
    "doi": ("đổi",),
    "gui": ("gửi",),
    "nghi": ("nghỉ",),
    "huy": ("hủy", "huỷ"),
}
# Commands that are no other word, as they are typed with their marks.
MARKED_COMMANDS = {"thay doi": ("thay đổi",), "them": ("thêm",)}
# Words between what is changed and what it becomes, however they are typed; but not lá, tổ.
BECOMING = frozenset({"thành", "thanh", "là", "la", "to"})
SELLING = "bán"  # folded it is also to be busy (bận) and a village (bản)
BUSY = "bận"
LAST_DAY = "hạn"  # folded it is also Korea (Hàn)
# Words that alone are a greeting; without its mark the first is a food too.
GREETINGS = frozenset({"chào", "alo", "hello", "hi"})

# What each folded spelling of a unit stands for.
UNITS = {
    **dict.fromkeys(("kg", "kgs", "ky", "ki", "kilo", "kilogam", "can", "kilogram"), "kg"),
    **dict.fromkeys(("g", "gr", "gam", "gram"), "g"),
    **dict.fromkeys(("l", "lit", "litre", "liter"), "lít"),
    **dict.fromkeys(("sp", "product", "products"), "sản phẩm"),
    **dict.fromkeys(("m", "met", "metre", "meter"), "m"),
    **dict.fromkeys(("ton", "tons", "tonne", "tonnes"), "tấn"),
    **dict.fromkeys(("bottle", "bottles"), "chai"),
    **dict.fromkeys(("box", "boxes"), "hộp"),
}
_SPELLED_AS_READ = """
tấn tạ yến lạng ml ha bó lọ con hộp chai hũ gói túi cái bịch thùng bao két vỉ chiếc đôi cặp quả trái
cây bình viên miếng thanh cuộn tấm buồng nải cành chậu giỏ khay lon thỏi bánh củ cục lượt khách suất
khối túm rổ xâu mẻ đàn tổ cốc ly ống phong bắp sọt khúc sào mẫu
"""
UNITS |= {fold(unit): unit for unit in _SPELLED_AS_READ.split()}
# Folded spellings of several units, and the marked ones that are not the first of them.
DOUBTFUL_UNITS = frozenset(("can", "bo"))
MARKED_UNITS = {"cân": "kg", "ký": "kg", "kí": "kg", "tá": "tá", "bó": "bó", "bộ": "bộ", "lô": "lô"}
LITRE = "lít"
MILLILITRES = {"ml": 1, LITRE: 1000, "khối": 10**6}
GRAMS = {"tấn": 10**6, "tạ": 10**5, "yến": 10**4, "kg": 1000, "lạng": 100, "g": 1}

_SHORTHAND = {
    "htx": "hop tac xa",
    "tht": "to hop tac",
    "lhhtx": "lien hiep hop tac xa",
    "hkd": "ho kinh doanh",
    "dn": "doanh nghiep",
    "dntn": "doanh nghiep tu nhan",
    "cty": "cong ty",
    "ct": "cong ty",
    "tnhh": "trach nhiem huu han",
    "mtv": "mot thanh vien",
    "cp": "co phan",
    "gcn": "giay chung nhan",
    "gp": "giay phep",
    "dkkd": "dang ky kinh doanh",
    "attp": "an toan thuc pham",
    "vsattp": "ve sinh an toan thuc pham",
    "atvstp": "an toan ve sinh thuc pham",
    "shtt": "so huu tri tue",
    "txng": "truy xuat nguon goc",
    "dk": "dang ky",
    "kd": "kinh doanh",
    "sxkd": "san xuat kinh doanh",
    "sx": "san xuat",
    "sp": "san pham",
    "nl": "nguyen lieu",
    "ld": "lao dong",
    "ng": "nguoi",
    "nvl": "nguyen vat lieu",
    "sdt": "so dien thoai",
    "dt": "dien thoai",
    "dc": "duoc",
    "dx": "duoc",
    "ubnd": "uy ban nhan dan",
    "cb": "can bo",
    "hd": "hoi dong",
    "hs": "ho so",
    "tt": "thi tran",
    "tx": "thi xa",
    "tp": "thanh pho",
    "x": "xa",
    "h": "huyen",
    "p": "phuong",
    "t": "tinh",
    "ko": "khong",
    "kh": "khong",
    "k": "khong",
    "hok": "khong",
    "hong": "khong",
    "bik": "biet",
    "bit": "biet",
}
# Shorthand only with its point ("x. Bản Liền"), and shorthand behind a figure ("2tr", "2 củ").
_POINTED = frozenset({"tt", "tx", "tp", "x", "h", "p", "t"})
_COUNTED = {"tr": "trieu", "cu": "trieu", "k": "nghin"}
_WORD = re.compile(r"((?<![0-9.,])[0-9][0-9.,]*\s*)?([a-z]+)(\.)?")
_TELLING = re.compile(r"\b(?:" + "|".join(sorted(TELLING, key=len, reverse=True)) + r")\b")


def telling(text: str) -> str:
    """The text with the words that folding would blur written so that it does not."""
    if text.isascii():
        return text
    return _TELLING.sub(lambda found: TELLING[found[0]], composed(text).lower())


def unit(folded: str, typed: str) -> tuple[str, bool] | None:
    """The unit that a word names, and whether it names no other; typed marks decide."""
    if typed in MARKED_UNITS:
        return MARKED_UNITS[typed], True
    known = UNITS.get(folded)
    return (known, folded not in DOUBTFUL_UNITS) if known else None


def words(text: str) -> str:
    """The folded text, its shorthand spelled out: "HTX Ban Lien" is "hop tac xa ban lien"."""
    return " ".join(_WORD.sub(_spelled, fold(text)).split())


def _spelled(found: re.Match[str]) -> str:
    figure, word, point = found.groups()
    full = (_COUNTED.get(word) if figure else None) or _SHORTHAND.get(word)
    if full is None or (word in _POINTED and not point):
        return found[0]
    return f"{figure or ''} {full}"
