"""One paper from the phone: its pages, which one it is, and what stands on it."""

from typing import Any

from conversations.choosing import FactChoice
from conversations.form import Answers, Facts, Form, Question, When
from conversations.papering import Pages, PaperFacts, PaperKind, likely, read_on
from programme import papers, ruleset

# With these the bot asks until when they are good: those that have a term.
DATED = tuple(
    id_ for id_, paper in papers.papers(ruleset.newest()).items() if paper.months is not None
)


def _which(answers: Answers, facts: Facts) -> tuple[Any, ...]:
    """What the photo shows; where that cannot be told, nothing, and the list is shown."""
    found = likely(answers.get("pages", ()))
    wanted = set(facts.get("open", ()))
    fitting = tuple(id_ for id_ in found if id_ in wanted) or found
    return fitting[:3]


def _read(answers: Answers, _facts: Facts) -> tuple[Any, ...]:
    found = read_on(answers.get("pages", ()))
    return (found,) if found.get("issued") or found.get("expires") else ()


paper = Form(
    name="paper",
    version=1,
    review=False,
    questions=(
        Question("pages", Pages(), prefill="pages", called="anh|trang|pages"),
        Question(
            "name", PaperKind(), suggest=_which, prefill="paper", things=True, called="loai|kind"
        ),
        Question("whose", FactChoice("dossiers"), prefill="whose", called="ho so|san pham|dossier"),
        Question(
            "dates",
            PaperFacts(),
            optional=True,
            suggest=_read,
            prefill="dates",
            when=When("name", DATED),
            called="ngay|han|dates",
        ),
    ),
)
