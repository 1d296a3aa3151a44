"""A typed answer made plain: bounded, folded, cut into words and figures."""

import re

from conversations.vietnamese import composed, fold, telling

# Longer texts are stories, not answers to a question for a number; marks apart count as signs too.
_MOST_TYPED = 800
_MOST = 200

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−→", "-"),
        **dict.fromkeys("~≈∼≃", " khoang "),
        **dict.fromkeys(";\n\r", ","),
        "½": " 1/2 ",
        "¼": " 1/4 ",
        "¾": " 3/4 ",
        "&": " va ",
        "₫": " dong ",
    },
)
_CODE = re.compile(r"[{}\\^|=]|<[a-z/!]", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f]")  # no Vietnamese letter is left once it is folded
_BULLET = re.compile(r"^(?:[.,:+]+|-+ )+")
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|\S")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|uay|uoi|uou|ieu|yeu|oai|oao|oay|oeo|"
    r"ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|ye|a|e|i|o|u|y)"
    r"(?:ch|ng|nh|[cmnpt])?",
)
_SHORT = frozenset(
    ("ng", "ld", "sp", "htx", "tht", "hkd", "k", "tr", "kg", "g", "ml", "nl", "sl", "dt")
)


def plain(text: str) -> str:
    """The text folded, or nothing where it is too long or too much like code to be an answer."""
    if len(text) > _MOST_TYPED or _CODE.search(text):
        return ""
    folded = _FOREIGN.sub("?", fold(text.translate(_SIGNS)))
    return "" if len(folded) > _MOST else _BULLET.sub("", folded).rstrip(" .,:-+/")


def marked(text: str) -> str:
    """The plain text in which marks, where they were typed, have told like words apart."""
    return plain(telling(text[: _MOST_TYPED + 1]))


def typed(text: str) -> list[str]:
    """The tokens with the marks that they were typed with, in lower case."""
    return tokens(composed(text).lower().translate(_SIGNS)) if len(text) <= _MOST_TYPED else []


def tokens(folded: str) -> list[str]:
    """Figures, words and signs in order: "2tr5" is 2, tr, 5."""
    return _TOKEN.findall(folded)


def syllable(word: str) -> bool:
    """Whether the folded word is built like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None


def vietnamese(word: str) -> bool:
    """Whether the folded word could be a Vietnamese syllable or everyday shorthand."""
    return syllable(word) or word in _SHORT
