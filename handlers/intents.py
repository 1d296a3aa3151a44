"""What a free sentence is after, found by the words in it; no commands have to be learnt."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from conversations.vietnamese import GREETINGS, composed, fold, words

# Folded phrases, by what they are after. All words of a phrase must be there, in any order.
_PHRASES = {
    "forget": "rut dong y|huy dong y|thoi dong y|rut het dong y|withdraw consent",
    "privacy": "quyen rieng tu|dong y cua toi|loi dong y cua toi|toi da dong y gi|my consent"
    "|privacy",
    "own_data": "lay du lieu cua toi|lay du lieu|xem du lieu cua toi|tai du lieu cua toi"
    "|giu gi cua toi|get my data|my data",
    "erase": "xoa du lieu|xoa du lieu cua toi|xoa het du lieu|xoa thong tin cua toi|quen toi di"
    "|erase my data|delete my data",
    "missing": "con thieu|con thieu gi|con thieu giay gi|thieu gi|thieu giay|can giay gi"
    "|ho so can gi|can nhung giay"
    "|con giay gi|giay gi nua|what is missing|papers are missing|missing papers",
    "rounds": "het han|han nop|bao gio nop|khi nao nop|han chot|dot danh gia|bao gio cham"
    "|dot nay|dot toi|deadline",
    "fairs": "hoi cho|trung bay|trien lam|fair",
    "dossier": "ho so san pham|lam ho so|ho so cua san pham|product dossier|my dossier",
    "hand_in": "nop ho so",
    "file": "nop xa|nop cho xa|nop len xa|gui ho so cho xa|hand in to the commune|hand in dossier",
    "plan": "ke hoach cua toi|xem ke hoach|lap ke hoach|ke hoach ho so|lich cua toi|lich viec"
    "|bao gio lam gi|khi nao lam gi|phai lam gi truoc|can lam gi truoc|viec can lam"
    "|my plan|my schedule|what to do when|what should i do first",
    "plan_stay": "van nop dot nay|stay with this round",
    "print:timeline": "anh ke hoach|tranh ke hoach|plan picture|picture of the plan",
    "print:calendar": "lich cho dien thoai|lich dien thoai|tai lich|luu lich|calendar for my phone",
    "move_round": "doi dot|chuyen dot|sang dot sau|de dot sau|change the round|change round",
    "certificates": "giay chung nhan ocop|giay chung nhan cua toi|het han chung nhan"
    "|han giay chung nhan|my certificates",
    "another": "ho so khac|san pham khac|other dossier",
    "papers": "danh sach giay|ca danh sach|xem giay to|giay to|list of papers",
    "paper:business_registration": "dang ky kinh doanh|giay phep kinh doanh|business licence",
    "drop": "bo giay|bo giay da gui|bo to da gui|xoa giay|gui nham|gui lon"
    "|remove paper|take away paper",
    "send": "gui giay|chup giay|nop giay|gui anh giay|chup anh giay|send paper|send photo",
    "score": "cham diem|tu cham|tu danh gia|score|self assessment",
    "revise": "cham lai|sua diem|sua muc|doi diem|score again|change my score|change score",
    "stars": "may sao|duoc bao nhieu diem|bao nhieu diem|diem cua toi|how many stars",
    "path": "len sao|them sao|tang sao|duong de nhat|next star",
    "path:4": "len 4 sao|len bon sao|duoc 4 sao|get 4 stars|4 stars",
    "path:5": "len 5 sao|len nam sao|duoc 5 sao|get 5 stars|5 stars",
    "book": "in ho so|in quyen|quyen ho so|dong quyen|in cho toi|in ra|print the book|print",
    "print:book_zip": "ho so dien tu|tung giay|nop phan mem|tach giay|electronic copy",
    "print:form_01": "mau 01|mau so 01|in phieu dang ky",
    "print:form_02": "mau 02|mau so 02|bao cao tu danh gia",
    "print:idea_sheet": "in phieu y tuong|in y tuong",
    "print:card": "bang diem|anh diem|the diem|score card",
    "print:plan": "anh duong len sao|tranh duong len sao",
    "writing": "viet giup|viet giay|viet giup giay|write my papers|write papers|help me write",
    "write:story": "viet cau chuyen|ke cau chuyen|cau chuyen san pham|write the story",
    "write:environment_pledge": "cam ket moi truong|cam ket bao ve moi truong|environment pledge",
    "write:self_declaration": "tu cong bo|viet ban cong bo|viet cong bo|self declaration",
    "write:labour_list": "danh sach lao dong|danh sach nguoi lam|list of workers",
    "write:linkage_contract": "hop dong lien ket|viet hop dong|lam hop dong|supply contract",
    "write:batch_log": "so ghi lo|so theo doi lo|so theo doi me|so me hang|batch log",
    "check": "kiem tra ho so|soat ho so|soat loi|xem loi|ho so co loi|check my dossier"
    "|check for mistakes",
    "label": "soat nhan|check the label|check my label",
    "upgrade": "nang hang|nang sao|upgrade",
    "reassess": "danh gia lai|gia han giay chung nhan|giay chung nhan sap het han"
    "|ocop sap het han|ocop cua toi het han|sap het 36 thang|reassess|re-evaluation|reevaluation",
    "drafts": "ban nhap|dang do|lam do|ho so cua toi|phieu cua toi|da gui|y tuong cua toi|draft",
    "go_on": "lam tiep|tiep tuc|continue|go on",
    "profile": "ho so chu the|thong tin htx|khai chu the|thong tin chu the|sua thong tin|profile",
    "helpcode": "nho nguoi giup|nho con giup|nho chau|cho nguoi khac khai|ma giup|my helper",
    "link": "noi kenh|noi zalo|noi telegram|lien ket zalo|lien ket telegram|lien ket kenh"
    "|dung ca zalo|dung ca telegram|link channels|link telegram|link zalo",
    "idea": "dang ky|y tuong|san pham moi|tham gia ocop|lam ocop|vao ocop|them san pham"
    "|ban san pham|dang ky san pham kinh doanh|register",
    "mended": "da sua xong|sua xong roi|da sua|it is mended",
    "yearly": "so lieu nam|bao so lieu|so lieu ca nam|yearly figures",
    "mend": "sua phieu|sua lai phieu|gui lai phieu|lam lai phieu|mend my idea|mend the idea",
    "officer": "gap can bo|hoi can bo|can bo|noi chuyen voi nguoi|gap nguoi|goi cho ai|officer",
    "language": "english|tieng anh|tieng viet|vietnamese|doi tieng",
    "help": "giup|huong dan|tro giup|lam the nao|lam sao|khong biet lam|help",
    "menu": "menu|danh muc|bat dau|start",
    "hello": "chao|xin chao|alo|hello|hi|em oi|da chao",
    "thanks": "cam on|cam on em|thank",
}
# What is meant only where it is all that was said.
_WHOLE = {
    "missing": "missing",
    "plan": "ke hoach|ke hoach di|lich|plan|can lam gi|toi can lam gi|phai lam gi|toi phai lam gi",
    "certificates": "giay chung nhan|certificates|certificate",
    "ask_more": "hoi tiep|hoi tiep can bo|hoi them can bo|van hoi can bo|ask on",
    "more": "xem tiep|tiep theo|trang sau|more|next",
    "unlink": "bo noi|thoi noi|ngat noi|huy noi|bo lien ket|unlink",
    "write:batch_log": "so lo|so me|in so lo|in so me|lam so lo",
    "check": "check",
    "label": "kiem tra nhan|kiem tra nhan hang|xem nhan|nhan hang",
}
# What is meant so only while no form is open; a form has photos of its own.
_ALONE = {"gui anh": "send", "chup anh": "send", "send photos": "send"}
_SLASH = {
    "/start": "menu", "/menu": "menu", "/dangky": "idea", "/hoso": "profile", "/nhap": "drafts",
    "/thieu": "missing", "/sanpham": "dossier", "/sao": "stars",
    "/han": "rounds", "/hoicho": "fairs", "/canbo": "officer", "/help": "help",
    "/trogiup": "help", "/ngonngu": "language", "/noi": "link", "/bonoi": "unlink",
}  # fmt: skip
# The words of which a greeting is made.
_GREETING = frozenset(
    "xin chao alo hello hi da em oi a bac chau co chu anh chi toi nhe ban ad ocop".split()  # noqa: SIM905
)
# Words for the items of a list that is on the screen, which mean something there alone.
_LISTED = {
    "draft_go": "lam tiep|tiep tuc|go on|continue",
    "draft_end": "rut phieu|rut|huy|withdraw",
    "idea_end": "rut phieu|rut|huy|withdraw",
    "idea_gone": "rut phieu|rut|rut di|chac|chac chan|co|vang|da|u|uh|dung|ok|withdraw|yes",
    "idea_kept": "giu|giu lai|giu phieu|khong|khong rut|thoi|no|keep it",
    "idea_new": "lam phieu moi|phieu moi|begin a new one|new",
    "else": "viec khac|something else",
    "profile_new": "them chu the moi|chu the moi|them chu the|new producer",
    "link_yes": "noi|noi di|co|vang|da|u|uh|dung|dung roi|ok|dong y|link them|yes",
    "link_no": "khong noi|khong|thoi|do not link|no",
    "link_both": "duoc|co|vang|da|u|uh|dung|dung roi|ok|dong y|yes",
    "link_one": "khong can|khong|thoi|no need|no",
    "next_round": "chuyen|chuyen di|dot sau|sang dot sau|doi|co|vang|da|u|uh|ok|move|yes",
    "plan_stay": "van nop|o lai|giu nguyen|dot nay|khong|thoi|stay|no",
    "again_this": "dung|dung roi|phai|phai roi|co|vang|da|u|uh|ok|san pham nay|yes",
    "again_other": "khong|khong phai|san pham khac|cai khac|no|another product",
    "file_yes": "nop|nop di|nop luon|gui|gui di|co|vang|da|u|uh|dung|ok|dong y|yes|send",
    "file_not": "chua|de sau|khong|thoi|no|not yet",
    "erase_yes": "xoa|xoa di|xoa het|xoa luon|chac chan|co|vang|yes|erase",
    "erase_no": "khong|khong xoa|thoi|giu lai|dung xoa|no|keep it",
    "erase_off": "thoi|thoi dung xoa|dung xoa|khong xoa nua|stop|do not erase",
    "consent": "dong y lai|agree again",
    "unlink_none": "de nguyen|thoi|khong|leave it as it is|no",
}
# What may be asked in the middle of anything, and the words of a question.
ASIDE = frozenset({"rounds", "fairs"})
# What is everybody's right, whatever they agreed to.
RIGHTS = frozenset({"privacy", "own_data", "erase"})
# What turns her from a form to the dossier; the form is kept.
TURNING = frozenset(
    {
        "stars",
        "path",
        "path:4",
        "path:5",
        "score",
        "revise",
        "send",
        "drop",
        "papers",
        "dossier",
        "another",
        "hand_in",
        "file",
        "plan",
        "plan_stay",
        "move_round",
        "certificates",
        "check",
        "writing",
        "book",
    }
)
_ASKING = (
    "bao gio",
    "khi nao",
    "may gio",
    "o dau",
    "co khong",
    "nao khong",
    "the nao",
    "ngay nao",
    "when",
    "may sao",
    "lam sao",
    "how many",
)
_WORDS = {
    item: tuple(tuple(phrase.split()) for phrase in phrases.split("|"))
    for item, phrases in _PHRASES.items()
}
VOCABULARY = frozenset(word for phrases in _WORDS.values() for phrase in phrases for word in phrase)
_EXACT = {
    phrase: item
    for item, phrases in (*_PHRASES.items(), *_WHOLE.items())
    for phrase in phrases.split("|")
}
_CLOSE = 80  # two words this alike are one word with a slip of the finger
_SHORT = 80  # a question in between is short; a story is not
_LONG = 6  # shorter words are too easily another word


def slash(text: str) -> str | None:
    """What a slash command is after."""
    head = text.strip().partition(" ")[0].partition("@")[0].lower()
    return _SLASH.get(head)


def exact(text: str) -> str | None:
    """What the text is after when it is one of the phrases and nothing else."""
    return _EXACT.get(fold(text[:100]).strip(" .,"))


def alone(text: str) -> str | None:
    """What the text is after when it is all that was said and no form is open."""
    return _ALONE.get(fold(text[:40]).strip(" .,"))


def listed(text: str, items: Sequence[str]) -> str | None:
    """The item of the list on the screen that these words name."""
    said = fold(text[:60]).strip(" .,")
    for item in items:
        if said in _LISTED.get(item.partition(":")[0], "").split("|"):
            return item
    return _round_in(said, items)


def _round_in(said: str, items: Sequence[str]) -> str | None:
    """The round of the list that is called by its number: "đợt 2", "đợt 2 năm 2027"."""
    for item in items:
        name, _, key = item.partition(":")
        _, _, number = key.partition("-")
        which, _, year = number.partition("-")
        if name == "to_round" and said.replace("nam ", "").replace("/", " ") in (
            f"dot {which}",
            f"dot {which} {year}",
            f"round {which}",
        ):
            return item
    return None


def greets(text: str) -> bool:
    """Whether the text is a greeting and nothing else."""
    words = fold(text[:60]).replace(",", " ").replace(".", " ").split()
    if not words or not _GREETING.issuperset(words):
        return False
    typed = composed(text[:60]).lower().split()
    return not GREETINGS.isdisjoint(typed) or (
        len(words) > 1 and ("chao" in words or "oi" in words)
    )


def agrees(text: str) -> bool:
    """Whether the text is the word of consent and nothing else."""
    return fold(text[:40]).strip(" .,") in {"dong y", "toi dong y", "agree", "i agree"}


def aside(text: str) -> str | None:
    """What a question is after that stands where an answer should: "hạn nộp bao giờ vậy em"."""
    item = exact(text)
    folded = fold(text[:_SHORT])
    asks = text.strip().endswith("?") or any(words in folded for words in _ASKING)
    if item is None and asks and len(text) <= _SHORT:
        item = find(text)
    return item if item in ASIDE | TURNING else None


@lru_cache(maxsize=4096)
def find(text: str) -> str | None:
    """What the sentence is after; the longest phrase in it decides. None when nothing is known."""
    if whole := exact(text):
        return whole
    said = tuple(words(text[:300]).replace(",", " ").replace(".", " ").split())
    best, length = None, 0
    for item, phrases in _WORDS.items():
        for phrase in phrases:
            size = sum(map(len, phrase))
            if size > length and all(_said(word, said) for word in phrase):
                best, length = item, size
    return best


def _said(word: str, words: tuple[str, ...]) -> bool:
    if word in words:
        return True
    return len(word) >= _LONG and any(fuzz.ratio(word, other) >= _CLOSE for other in words)
