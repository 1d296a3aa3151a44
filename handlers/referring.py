"""Whom a question goes to: the officers whom it concerns hear of it, one of them is responsible."""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.messages import Message
from conversations.papering import named
from handlers.talk import Talk
from programme import ruleset, units, workdays
from programme.calendar import Home
from programme.roles import Right
from programme.sheets import sheet
from programme.units import About
from storage import answerers, dossiers, officers, planner, producers, questions
from storage.questions import Days

# Working days: till a question that the asker lets lie is told, till whoever is responsible is
# reminded, and till it goes to the level above.
_LYING, _REMIND, _RAISE = 1, 2, 4
_CODES = 2  # signs of a province's code, with which a commune's begins nowhere
Question = Mapping[str, Any]


def send(talk: Talk, question: Question) -> bool:
    """Tell the officers whom the question concerns; False where there is nobody yet.

    Then whoever becomes one is told (see planner.hand_over).
    """
    whom = concerned(talk, question)
    _place(talk, question, whom)
    questions.assign(talk.tx, question["id"], _first(whom), terms(talk, _REMIND), talk.now)
    planner.of_questions(talk.tx, [question["id"]], talk.now)
    for officer in whom:
        _tell(talk, officer, question, mine=officer == whom[0])
    return bool(whom)


def hold(talk: Talk, question: Question) -> None:
    """Let one be responsible while the asker reads a ready answer; silence is told the next day."""
    whom = concerned(talk, question)
    _place(talk, question, whom)
    questions.hold(talk.tx, question["id"], _first(whom), terms(talk, _LYING))
    planner.of_questions(talk.tx, [question["id"]], talk.now)


def pass_on(talk: Talk, question: Question, whom: Sequence[int], note: str) -> None:
    """Let the first of these be responsible, and tell all of them, with what was added."""
    questions.assign(talk.tx, question["id"], whom[0], terms(talk, _REMIND), talk.now)
    about = {"person_id": talk.person, "to_person": whom[0], "text": note}
    questions.remark(talk.tx, question["id"], "passed", talk.now, **about)
    planner.of_questions(talk.tx, [question["id"]], talk.now)
    for officer in whom:
        _tell(talk, officer, question, mine=officer == whom[0], note=note)


def terms(talk: Talk, remind: int) -> Days:
    """The days on which something is done about a question that nobody answers, from today on."""
    today, changed = talk.today, talk.calendar.changed
    return Days(
        workdays.after(today, remind, changed),
        workdays.after(today, _RAISE, changed),
    )


# -- whom ------------------------------------------------------------------------------------------


def concerned(talk: Talk, question: Question) -> list[int]:
    """The officers whom the question concerns, who is responsible first.

    Who goes on asking goes on with the same officer, if that is one there still.
    """
    if same := _same(talk, question):
        return [same]
    if question["topic"] == questions.ANNOUNCED:
        return answerers.whom(talk.tx, question, ())
    return answerers.whom(talk.tx, question, units_of(talk, question))


def units_of(talk: Talk, question: Question) -> tuple[str, ...]:
    """The units of the programme that help with what is asked, the likeliest first."""
    about = About(question["paper"], question["topic"], _product_set(talk, question))
    return units.concerned(question["text"], about)


def _same(talk: Talk, question: Question) -> int | None:
    """Who answered the question that this one follows, or is to answer it."""
    earlier = questions.by_ids(talk.tx, [question["follows"]] if question["follows"] else [])
    by = earlier[0]["answered_by"] or earlier[0]["assigned_to"] if earlier else None
    scope = officers.scope(talk.tx, by) if by and by != question["person_id"] else None
    if scope is None or not scope.may(Right.ANSWER):
        return None
    lies = scope.area in {"", question["commune_code"], question["province_code"]}
    return scope.person if lies else None


def _product_set(talk: Talk, question: Question) -> int:
    number = question["dossier_id"]
    return int(dossiers.by_id(talk.tx, number)["product_set"]) if number else 0


def _first(whom: Sequence[int]) -> int | None:
    return whom[0] if whom else None


def _place(talk: Talk, question: Question, whom: Sequence[int]) -> None:
    """Let a question of no area lie in the province whose officers it went to."""
    if question["province_code"] or not whom:
        return
    area = officers.area_of(talk.tx, whom[0]) or ""
    if len(area) == _CODES:
        questions.see(talk.tx, question["id"], area)


# -- what is told ----------------------------------------------------------------------------------


def about(talk: Talk, question: Question) -> Message | str | None:
    """What the question was asked about: the paper, or what the criterion is called."""
    row = dossiers.by_id(talk.tx, question["dossier_id"]) if question["dossier_id"] else None
    rules = talk.rules
    if row:
        home = producers.by_id(talk.tx, row["producer_id"])["province_code"]
        rules = ruleset.rule_set(row["rules"], *talk.overlays_of(home))
    if question["paper"]:
        return named(question["paper"], rules)
    if not (row and question["criterion"]):
        return None
    line = sheet(rules, row["product_set"]).criterion(question["criterion"])
    return Message(f"criteria.label_{line.say or line.topic}")


def who(talk: Talk, question: Question) -> dict[str, Any]:
    """The names of who asks and of the commune; None for whoever has no producer."""
    number = question["producer_id"]
    row = producers.by_id(talk.tx, number) if number else {}
    return {"who": row.get("name"), "commune": row.get("commune") or None}


def _tell(talk: Talk, officer: int, question: Question, *, mine: bool, note: str = "") -> None:
    talk.tell(
        officer,
        "answering.new_question",
        number=question["number"],
        text=question["text"],
        **who(talk, question),
        about=about(talk, question),
        mine=mine,
        note=note or None,
    )


def home_of(question: Question) -> Home | None:
    """Where the question lies, as the calendar of rounds has it."""
    code = question["commune_code"]
    return Home(code, question["province_code"]) if question["province_code"] else None
