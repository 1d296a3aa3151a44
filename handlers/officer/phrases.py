"""What officers say in words of their own, as the words that say it here."""

import re
from collections.abc import Iterator

from programme.folding import fold

_LOOK = 60  # signs
_BEFORE = frozenset("da a em oi cho anh chi toi minh muon nho giup voi xin".split())  # noqa: SIM905
_AFTER = frozenset("nhe nha a em oi voi giup di roi nua ha vay anh chi toi minh".split())  # noqa: SIM905
_NEW = r"(?:moi|cho xem|cho xet|chua xem|chua xet|chua duyet|can xem|can xet|can duyet)"
# What a whole sentence means, in the words that officers' rooms know; the first that fits.
_MEANT: tuple[tuple[str, str], ...] = (
    (r"(?:hom nay )?(?:co |con )?(?:viec )?gi moi(?: khong| ko| k| hk)?", "viec"),
    (r"(?:hom nay )?(?:co|con)(?: nhung| may)? viec (?:gi|nao)\b.*", "viec"),
    (rf"(?:xem |co |con )*(?:cac |may )?(?:phieu|giay|ho so|viec)(?: nao| gi)? {_NEW}\b.*", "viec"),
    (r"(?:co |con |xem )*(?:ai hoi|cau hoi)(?: (?:gi|nao|moi|chua tra loi|khong|ko))*", "cau hoi"),
    (
        r"(?:gui |dang |soan |lam )*thong bao (?:cho )?(?:ba con|chu the|hop|di|ve|hoi cho).*",
        "thong bao",
    ),
    (r"(?:xuat |in |xem |lay )*danh sach (?:cac )?(?:san pham|chu the)(?: ocop)?", "phu luc"),
    (r"(?:\w+ ){0,3}(?:bao nhieu|may) (?:san pham|chu the)\b.*", "phu luc"),
    (r"(?:xuat |in |xem |lam )*bao cao (?:thang|tuan|quy|ngay)\b.*", "tom tat"),
    (r"(?:ai|chu the nao|nhung ai) (?:chua|cham) nop\b.*", "tom tat"),
    (r"nhac (?:nho )?(?:ba con|chu the)\b.*", "thong bao"),
    (r"con (?:may|bao nhieu) ngay\b.*|(?:bao gio|khi nao) (?:den|toi|het) han\b.*", "lich"),
    (r"(?:toi |em )?(?:nghi viec|chuyen cong tac|doi (?:may|dien thoai))\b.*", "ban giao"),
)
_PATTERNS = tuple((re.compile(pattern), words) for pattern, words in _MEANT)
_BOTH = re.compile(r"(giay (?:so )?\d{1,9}) (?:ok|duoc|tot|dat yeu cau)")


def plainer(text: str) -> Iterator[str]:
    """What the text says without politeness, and what such a sentence means; it may be nothing."""
    typed = text.strip(" .,!?").split()
    said = [fold(word).strip(" .,!?") for word in typed]
    first = next((at for at, word in enumerate(said) if word not in _BEFORE), len(said))
    last = next((at for at in range(len(said), first, -1) if said[at - 1] not in _AFTER), first)
    if first < last and (first, last) != (0, len(said)):
        yield " ".join(typed[first:last])
    whole = " ".join(said[first:])[:_LOOK]
    bare = " ".join(said[first:last])[:_LOOK]
    yield from (words for pattern, words in _PATTERNS if pattern.fullmatch(whole))
    if found := _BOTH.fullmatch(bare):
        yield f"{found[1]} dat"
