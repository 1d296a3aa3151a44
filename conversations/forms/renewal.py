"""Nâng hạng, đánh giá lại: what stands now, so that only what changed is asked again."""

from conversations.answers import Asked, Readable
from conversations.choosing import Choice
from conversations.form import Answers, Facts, Form, Question, Rule
from conversations.measuring import DateKind, Star
from conversations.reading import Read, Wrong
from conversations.readings.choices import Option

_HIGHEST = 5


class _NowStar(Star):
    """The star of today; the highest cannot rise."""

    def read(self, text: str, asked: Asked) -> Readable:
        """As any star."""
        reading = Star.read(self, text, asked)
        highest = isinstance(reading, Read) and reading.value == _HIGHEST
        return Wrong("highest") if highest and asked.answers.get("case") == "upgrade" else reading


# Star and kind may come in either order, when the kind is edited afterwards.
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
            called="viec|viec muon lam|what for|kind",
        ),
        Question("star", _NowStar(), called="sao|sao bay gio|hang|star|stars now"),
        Question(
            "recognised",
            DateKind(past=True),
            called="ngay|ngay cong nhan|ngay chung nhan|ngay cap|day|day of the certificate",
        ),
    ),
    rules=(Rule("highest", ("case", "star"), _is_highest),),
)
