"""Yes and no in all their forms, with the twists that "không sai" is yes and "có đâu" is no."""

import re
from dataclasses import dataclass, field

from conversations.reading import Read, Reading
from conversations.readings.phrases import any_of
from conversations.readings.plain import marked, vietnamese
from conversations.readings.telex import untelex

_THUMBS_UP = re.compile("[👍👌✅✔☑🆗🙆]")
_THUMBS_DOWN = re.compile("[👎❌✖🙅🚫⛔]")
_DRAWN_OUT = re.compile(r"(?<=[a-z])([a-z])\1+\b")
_MOST_STRANGE = 8

# Set phrases and what stands for them: a question or doubt, yes, no, a hedge.
_REWRITES = tuple(
    (re.compile(rf"\b(?:{said})\b"), meant)
    for said, meant in (
        ("(?:khong|ko|k|chua) (?:biet|ro|nho|chac|hieu)|hay (?:khong|chua)|khong sao", " ? "),
        (
            "(?:nhu )?the nao|tai sao|vi sao|la gi|bao gio|not sure|(?:do not|dont|don t) know",
            " ? ",
        ),
        (
            "dong (?:y|i)|nhat tri|chap nhan|chinh xac|hop ly|xac nhan|tiep tuc|o ke|gui di",
            " yes ",
        ),
        (
            "bang long|chac chan|tat nhien|duong nhien|di nhien|khong van de|all right|no problem",
            " yes ",
        ),
        ("thoi (?:thi )?(?:cung )?(?:duoc|ok|oke)|sao cung duoc", " maybe yes "),
        ("lam gi co|con lau|huy bo|bo di|not yet|no thanks", " no "),
        ("cam on|(?:100|mot tram|tram) ?(?:%|phan tram)|100(?! ?k)", " "),
        ("co le|hinh nhu|chac la|co khi", " maybe "),
    )
)

_NOD = any_of(
    "co dung chuan phai duoc ok oke okie okay oki okey okela okla yes yep yeah yup ye y sure"
    " right correct agree agreed accept fine dc dk duyet xong gui luu muon thich"
)
_SOFT = any_of("da vang u um uh uhm uk ukm uki ua o uhuh roi roy oy r vang vag vaq vg vay")
_TURN = any_of("khong ko k kh khg kg khong hong hok hem hk chua chang cha khoi not dont never dau")
_DENIAL = any_of("sai nham no n nope huy wrong thoi")
_HEDGE = any_of("maybe chac tam cung")
_ALONG = any_of(
    "a ah ha oi em e c ac mk anh chi bac chu ong chau toi tui minh nha con la thi ma nhe nhi day do"
    " the i ne nghe luon het ca da i it is that s please thanks j % ho he dau thoi so te hen"
)
_KNOWN = _NOD | _SOFT | _TURN | _DENIAL | _HEDGE | _ALONG


@dataclass(frozen=True, slots=True)
class _Sense:
    """What one clause says, if it says anything, and whether nothing in it is strange."""

    yes: bool | None
    sure: bool
    soft: bool = False


@dataclass(slots=True)
class _Walk:
    """What was heard of a clause, word by word."""

    heard: list[bool] = field(default_factory=list)
    turns: int = 0
    turned: bool = False
    last: str = ""
    kinds: str = ""  # one sign a word that counts: "p" for polarity, "?" for a strange one
    soft: bool = False
    sure: bool = True

    def hear(self, word: str) -> bool:
        """Take in one word; false when with it the clause cannot be an answer."""
        if word == "?" or self.kinds.count("?") > _MOST_STRANGE:
            return False
        if word == "dau" and (self.heard or self.turns):
            self.heard = [self.turned and value for value in self.heard]
        elif word in _TURN or word in _NOD or (word in _DENIAL and not self._closing(word)):
            self._polarity(word)
        elif word in _SOFT:
            self.soft = True
        elif word in _HEDGE:
            self.sure = False
        elif word not in _ALONG and not self._closing(word):
            self.kinds += "?"
        self.last = word
        return word in _KNOWN or vietnamese(word)

    def _closing(self, word: str) -> bool:
        """Whether it is the "thoi" of "duoc thoi", which only rounds off."""
        return word == "thoi" and bool(self.heard or self.turns)

    def _polarity(self, word: str) -> None:
        self.kinds += "p"
        if word in _TURN:
            self.turns += word != self.last
            self.turned = True
            return
        self.heard.append((self.turns % 2 == 0) == (word in _NOD))
        self.turns = 0

    def sense(self) -> _Sense | None:
        """What it all says; a turn at the end makes a nod a question ("có không")."""
        if self.turns and True in self.heard:
            return None
        heard = set(self.heard) | ({False} if self.turns else set())
        strange = "?" in self.kinds
        if len(heard) > 1 or (strange and heard and "p" not in self.kinds[0] + self.kinds[-1]):
            return None
        if heard:
            return _Sense(heard.pop(), self.sure and not strange)
        nods = self.soft and not strange
        return _Sense(True if nods else None, self.sure and not strange, soft=not strange)


def yes_no(text: str) -> Reading[bool]:
    """Whether the person agrees; a question, a contradiction or anything else is not understood."""
    signs = _signs(text)
    said = marked(text)
    spoken = _spoken(said) or _spoken(untelex(said))
    if spoken is None:
        silent = not any(sign.isalnum() for sign in text)
        return Read(signs.pop()) if len(signs) == 1 and silent else None
    return spoken if signs <= {spoken.value} else None


def _signs(text: str) -> set[bool]:
    up, down = _THUMBS_UP.search(text), _THUMBS_DOWN.search(text)
    return {value for value, found in ((True, up), (False, down)) if found}


def _spoken(said: str) -> Read[bool] | None:
    for pattern, meant in _REWRITES:
        said = pattern.sub(meant, said)
    clauses = [clause.split() for clause in re.split(r"[.,:/]+", said)]
    senses = [_clause(clause) for clause in clauses if clause]
    if not senses or None in senses:
        return None
    firm = [sense for sense in senses if sense and not sense.soft] or [s for s in senses if s]
    meanings = {sense.yes for sense in firm if sense.yes is not None}
    if len(meanings) != 1:
        return None
    return Read(meanings.pop(), all(sense.sure for sense in firm))


def _clause(words: list[str]) -> _Sense | None:
    """The sense of one clause; None for a question, or words that nobody says."""
    walk = _Walk()
    for word in words:
        if not walk.hear(word if word in _KNOWN else _DRAWN_OUT.sub(r"\1", word)):
            return None
    return walk.sense()
