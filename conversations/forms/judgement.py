"""Xét bốn nội dung: what the commune finds of a dossier, as Mẫu số 03 of QĐ 26/2026 has it.

The four are the use of local material, of local labour, where the idea is from, and what of the
place's identity and wit is in it (Phụ lục III, Mẫu số 03, mục II); then the proposal (mục III).
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from conversations.answers import Asked, Kind, Offer, Readable, Text, readable
from conversations.choosing import Choice
from conversations.form import Answers, Facts, Form, Question, Rule, When
from conversations.messages import Message
from conversations.reading import Read
from conversations.readings.choices import Option
from programme.folding import fold

FOUR = ("local_material", "local_labour", "idea_origin", "local_identity")
_EDGES = " .,:;-–"
_MOST = 200  # signs of a remark
# What says alone whether it is met, and what may have a remark behind it.
_ALONE = {
    **dict.fromkeys(("1", "co", "duoc", "ok", "yes", "u", "uh", "vang"), True),
    **dict.fromkeys(("2", "khong", "chua", "no"), False),
}
_BEFORE = {
    ("khong", "dat"): False,
    ("chua", "dat"): False,
    ("not", "met"): False,
    ("dat",): True,
    ("met",): True,
}


@dataclass(frozen=True, slots=True)
class Finding(Kind):
    """Whether one of the four is met, and what was said with it: ``{met, remark}``."""

    name: ClassVar[str] = "finding"

    def read(self, text: str, asked: Asked) -> Readable:
        """Met or not, by number or in words; "đạt, lúa của 34 hộ" has a remark."""
        del asked
        words = readable(text).split()
        folded = tuple(fold(word).strip(_EDGES) for word in words[:2])
        if words and (len(words) == 1 or words[0][-1] in ",:;.") and folded[0] in _ALONE:
            return Read(_found(words[1:], met=_ALONE[folded[0]]))
        for said, met in _BEFORE.items():
            if folded[: len(said)] == said:
                return Read(_found(words[len(said) :], met=met))
        return None

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """Met first."""
        del asked
        return tuple(
            Offer(name, _found((), met=met), Message(f"judgement.{name}"))
            for name, met in (("met", True), ("not_met", False))
        )


def _found(words: Any, *, met: bool) -> dict[str, Any]:
    return {"met": met, "remark": " ".join(words).strip(_EDGES)[:_MOST]}


@dataclass(frozen=True, slots=True)
class Unexplained(When):
    """Whether it is not met, and nobody said why."""

    def holds(self, answers: Answers) -> bool:
        """Whether it is so."""
        return bool(answers.get(self.question) == _found((), met=False))


def _is_proposed_anyway(answers: Answers, _facts: Facts) -> bool:
    found = (answers.get(name) for name in FOUR)
    return answers.get("conclusion") == "propose" and any(one and not one["met"] for one in found)


_PROPOSE = (
    "de nghi",
    "de nghi tinh",
    "de nghi tinh xet",
    "gui tinh",
    "co",
    "propose",
    "propose to the province",
)
_RETURN = (
    "tra lai",
    "tra",
    "chua",
    "tra lai chu the",
    "khong de nghi",
    "return",
    "back to the producer",
)
_CALLED = {
    "local_material": "nguyen lieu|material",
    "local_labour": "lao dong|nguoi lam|labour",
    "idea_origin": "nguon goc|y tuong|origin|idea",
    "local_identity": "ban sac|tri tue|identity",
}

judgement = Form(
    name="judgement",
    version=1,
    review=False,
    questions=(
        *(
            question
            for name in FOUR
            for question in (
                Question(name, Finding(), called=_CALLED[name]),
                Question(
                    f"{name}_why",
                    Text(least=2, most=_MOST),
                    when=Unexplained(name),
                    things=True,
                    words="not_met_why",
                ),
            )
        ),
        Question(
            "conclusion",
            Choice((Option("propose", _PROPOSE), Option("return", _RETURN))),
            called="ket luan|conclusion",
        ),
        Question(
            "why",
            Text(least=2, most=_MOST),
            when=When("conclusion", ("return",)),
            things=True,
            called="ly do|vi sao|reason",
        ),
    ),
    rules=(Rule("anyway", (*FOUR, "conclusion"), _is_proposed_anyway, hard=False),),
)
