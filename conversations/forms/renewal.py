"""Nâng hạng, đánh giá lại: what stands now, so that only what changed is asked again."""

from conversations.choosing import Choice
from conversations.form import Answers, Facts, Form, Question, Rule
from conversations.measuring import DateKind, Star
from conversations.readings.choices import Option

_HIGHEST = 5


def _is_highest(answers: Answers, _facts: Facts) -> bool:
    return (answers["case"], answers["star"]) == ("upgrade", _HIGHEST)


renewal = Form(
    name="renewal",
    version=1,
    questions=(
        Question(
            "case",
            Choice(
                (
                    Option("upgrade", ("nang hang", "len sao", "nang sao", "upgrade")),
                    Option("reassess", ("danh gia lai", "gia han", "het han", "reassess")),
                )
            ),
            prefill="case",
            called="viec|kind",
        ),
        Question("star", Star(), called="sao|hang|star"),
        Question("recognised", DateKind(past=True), called="ngay|ngay cong nhan|ngay cap|day"),
    ),
    rules=(Rule("highest", ("case", "star"), _is_highest),),
)
