"""E-mail addresses, also as they are said: "lan at gmail.com", "lan a cong gmail cham com"."""

import re

from rapidfuzz.distance import OSA

from conversations.reading import Reading
from conversations.readings.around import POLITE, settle
from conversations.readings.phrases import any_of
from conversations.readings.plain import plain

_LOCAL = r"[a-z0-9](?:[a-z0-9_%+-]|\.(?!\.)){0,62}(?<!\.)"
_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,12}"
_ADDRESS = re.compile(rf"(?<![a-z0-9._%+@-])({_LOCAL})@({_DOMAIN})(?![a-z0-9@-])")
_SPOKEN = (
    (re.compile(r" ?(?:\b(?:a cong|acong|at)\b|@) ?"), "@"),
    (re.compile(r" ?\b(?:cham|dot)\b ?| \. ?|\. |(?<=[a-z]),(?=(?:com|vn)\b)"), "."),
    (re.compile(r"(?<=@)(gmail|yahoo|outlook|hotmail|icloud)(?![a-z.])"), r"\1.com"),
)
_NAME = re.compile(r"[a-z0-9]{1,40}")
_LEADING = POLITE | any_of("email e mail gmail chi dia dien thu tu lien he")
_COMMON = ("gmail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com", "icloud.com")
_NEARLY_COMMON = frozenset(("mail.com", "ymail.com", "email.com"))  # a letter off, yet real


def email(text: str) -> Reading[str]:
    """The address in lower case; where a well-known domain is misspelt, the right one first."""
    said = plain(text)
    found = _ADDRESS.findall(said)
    spoken = not found
    if spoken:
        said = _respelled(said)
        found = _ADDRESS.findall(said)
    addresses = [
        f"{name}@{place}"
        for local, domain in found
        for name in (_locals(said, local) if spoken and len(found) == 1 else [local])
        for place in _domains(domain)
    ]
    return settle(addresses, bool(addresses) and addresses[0] in text.lower())


def _respelled(said: str) -> str:
    for pattern, sign in _SPOKEN:
        said = pattern.sub(sign, said)
    return said


def _locals(said: str, local: str) -> list[str]:
    """The name before the sign; words that stand before it may belong to it ("nguyen van lan@")."""
    words = said[: said.index("@")].split()
    while words and words[0].strip(":,") in _LEADING:
        words.pop(0)
    whole = "".join(words)
    return [local] if len(words) == 1 or not _NAME.fullmatch(whole) else [whole, local]


def _domains(domain: str) -> list[str]:
    if domain in _COMMON or domain in _NEARLY_COMMON:
        return [domain]
    return [right for right in _COMMON if OSA.distance(domain, right, score_cutoff=1) <= 1] + [
        domain
    ]
