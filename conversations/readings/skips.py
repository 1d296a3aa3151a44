"""Answers that say there is no answer yet: "chua biet", "khong ro", "de trong"."""

import re

from conversations.readings.phrases import any_of
from conversations.readings.plain import plain, tokens
from conversations.vietnamese import words

_NO_ANSWER = re.compile(
    r"(?:khong|chua|chang|cha)(?: he| thay| the| dam)?"
    r" (?:biet|ro|nho|co|xac dinh|chac|tinh|nghi ra|nghi|hieu|kip|lam|quyet dinh)"
    r"(?: (?:gi|ro|chac|duoc|dau|nua|toi|den|san|the nao|sao|nao|that|ca))*"
    r"|(?:de|bo) trong|de sau|tinh sau|quen(?: mat)?|chiu(?: chet)?|tuy|"
    r"none|unknown|idk|(?:i )?(?:don t|dont|do not) know|not sure|no idea",
)
_POLITE = any_of(
    "da vang a em anh chi bac chu chau toi tui minh thi thua nha nhe ben oi u uh hien nay gio van"
    " cung la htx roi cai nay , ."
)


def unknown(text: str) -> bool:
    """Whether the person says not to know, not to have it, or to leave it open."""
    folded = words(plain(text))
    said = (word for word in tokens(folded) if word not in _POLITE)
    return folded == "n/a" or _NO_ANSWER.fullmatch(" ".join(said)) is not None
