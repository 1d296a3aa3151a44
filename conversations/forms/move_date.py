"""Dời ngày: an officer sets or moves the day of one step of a round, and says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from conversations.answers import Asked, Offer, Text
from conversations.choosing import Choice
from conversations.coming import ComingDay, OfficeRound
from conversations.form import Answers, Facts, Form, Question, Rule
from conversations.messages import Message, Shown
from conversations.readings.choices import Option
from programme import workdays

# In the order of the calendar's steps.
STEPS = (
    Option("ideas", ("nhan y tuong", "y tuong", "ideas in", "ideas")),
    Option("plans", ("nhan phuong an", "phuong an", "plans in", "plans")),
    Option("training", ("tap huan", "lop tap huan", "training")),
    Option(
        "file",
        ("nop ho so ve xa", "nop ho so", "han nop", "nop xa", "nop", "dossiers to the commune"),
    ),
    Option(
        "propose",
        ("xa gui tinh", "gui tinh", "de nghi", "nop tinh", "proposals to the province"),
    ),
    Option("council", ("hop hoi dong", "hoi dong", "ngay hop", "ngay cham", "council meets")),
    Option("decide", ("cong bo ket qua", "cong bo", "ket qua", "results")),
    Option(
        "send_on",
        ("tinh gui bo", "gui bo", "gui len bo", "nop bo", "proposals to the ministry"),
    ),
    Option("rank", ("bo cong bo ket qua", "bo cong bo", "ket qua cua bo", "ministry results")),
)
OF_MINISTRY = ("send_on", "rank")
YES = ("ghi va bao moi nguoi", "ghi", "ghi di", "gui", "dong y", "note it and tell everybody")
NO = ("thoi giu nhu cu", "thoi", "huy", "khong ghi", "no leave it as it is")
_ORDERS = (("file", "propose", "council", "decide"), OF_MINISTRY)


@dataclass(frozen=True, slots=True)
class OfficeStep(Choice):
    """A step of the round, of those that are the office's own: ``facts["steps"]``."""

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """The office's own, in order."""
        every = Choice.offers(self, asked)
        mine = asked.facts.get("steps") or [offer.value for offer in every]
        return tuple(offer for offer in every if offer.value in mine)


def _days(answers: Answers, facts: Facts) -> dict[str, str]:
    """The days that stand of the round, as ISO texts by step."""
    key = answers.get("round", {}).get("key", "")
    return dict(facts.get("stands", {}).get(key, {}))


def _is_of_province(answers: Answers, facts: Facts) -> bool:
    step = answers.get("step")
    return step is not None and step not in facts.get("steps", [step])


def _is_out_of_order(answers: Answers, facts: Facts) -> bool:
    return not _of_ministry(answers) and _is_disordered(answers, facts)


def _is_out_of_its_order(answers: Answers, facts: Facts) -> bool:
    return _of_ministry(answers) and _is_disordered(answers, facts)


def _of_ministry(answers: Answers) -> bool:
    return answers.get("step") in OF_MINISTRY


def _is_disordered(answers: Answers, facts: Facts) -> bool:
    if not {"round", "step", "day"} <= answers.keys():
        return False
    days = _days(answers, facts) | {answers["step"]: answers["day"]}
    order = next((each for each in _ORDERS if answers["step"] in each), ())
    told = [days[step] for step in order if step in days]
    return any(one > next_ for one, next_ in pairwise(told))


def is_off(day: str, facts: Facts) -> bool:
    """Whether offices are closed that day, told as ISO text."""
    return workdays.off(date.fromisoformat(day), _changed(facts))


def _changed(facts: Facts) -> dict[date, bool]:
    changed: Mapping[str, bool] = facts.get("changed", {})
    return {date.fromisoformat(day): off for day, off in changed.items()}


def _is_off(answers: Answers, facts: Facts) -> bool:
    return "day" in answers and is_off(answers["day"], facts)


def _is_short(answers: Answers, facts: Facts) -> bool:
    """Whether the commune has not its working days (Điều 5) after the last day of filing."""
    if answers.get("step") != "file" or not {"round", "day"} <= answers.keys():
        return False
    last, term = _days(answers, facts).get("propose"), facts.get("term")
    if not (last and term) or answers["day"] > last:
        return False  # that it comes after the proposals is said by the order
    latest = workdays.before(date.fromisoformat(last), term, _changed(facts))
    return date.fromisoformat(answers["day"]) > latest


def _is_beyond_law(answers: Answers, facts: Facts) -> bool:
    return not _of_ministry(answers) and _is_too_late(answers, facts)


def _is_beyond_its_law(answers: Answers, facts: Facts) -> bool:
    return _of_ministry(answers) and _is_too_late(answers, facts)


def _is_too_late(answers: Answers, facts: Facts) -> bool:
    if not {"round", "step", "day"} <= answers.keys():
        return False
    last = facts.get("law", {}).get(answers["round"]["key"], {}).get(answers["step"])
    return last is not None and answers["day"] > last


def named(round_: Mapping[str, Any]) -> Message | Shown:
    """What the round is called, one of the ministry so."""
    if not round_["key"].startswith("bo-"):
        return Shown("round", round_)
    number, year = round_["number"], round_["year"]
    return Message("move_date.ministry_round", {"number": number, "year": year})


def moves(answers: Answers, facts: Facts) -> Message:
    """What will be done: which step, from which day to which, and how many it concerns."""
    key = answers["round"]["key"]
    count, people = facts.get("concerned", {}).get(key, (0, 0))
    about: dict[str, Any] = {
        "step": Message(f"move_date.step_{answers['step']}"),
        "round": named(answers["round"]),
        "was": _days(answers, facts).get(answers["step"]),
        "day": answers["day"],
    }
    return Message("move_date.moves", {**about, "count": count, "people": people})


def _to_be_moved(_why: Any, answers: Answers, facts: Facts) -> Message:
    return moves(answers, facts)


move_date = Form(
    name="move_date",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question("round", OfficeRound(), prefill="round", called="dot|round"),
        Question("step", OfficeStep(STEPS), prefill="step", called="buoc|viec|step"),
        Question("day", ComingDay(), prefill="day", called="ngay|ngay moi|day"),
        Question(
            "why",
            Text(least=2, most=160),
            prefill="why",
            things=True,
            called="ly do|vi sao|reason",
            follow=_to_be_moved,
        ),
        Question("sure", Choice((Option("yes", YES), Option("no", NO)))),
    ),
    rules=(
        Rule("province", ("step",), _is_of_province),
        Rule("order", ("round", "step", "day"), _is_out_of_order, hard=False),
        Rule("ministry_order", ("round", "step", "day"), _is_out_of_its_order, hard=False),
        Rule("off", ("day",), _is_off, hard=False),
        Rule("short", ("round", "step", "day"), _is_short, hard=False),
        Rule("law", ("round", "step", "day"), _is_beyond_law, hard=False),
        Rule("ministry_law", ("round", "step", "day"), _is_beyond_its_law, hard=False),
    ),
)
