"""Số liệu năm for officers: the sums of what producers told, of all or by set, star or commune."""

import re
from collections.abc import Callable
from functools import partial

from conversations.messages import Message
from handlers.officer import naming
from handlers.officer.scoping import scope_of
from handlers.producer.yearly import year_of
from handlers.talk import Talk
from programme.folding import fold
from programme.roles import Right
from storage import yearly
from storage.yearly import Sums

_LOOK = 80  # signs
_MOST, _UNITS = 20, 6  # lines, and units
_SAID = re.compile(
    r"(?:xem )?(?:so lieu nam|yearly figures)(?: (?P<year>20\d\d))?"
    r"(?: (?:theo|by) (?P<by>bo|sao|xa|set|star|commune))?"
)
_BY = {"bo": "set", "sao": "star", "xa": "commune"}

Do = Callable[[Talk], None]


def wanted(talk: Talk, text: str) -> tuple[Do, Right] | None:
    """The year whose sums the words want, and by what; None where they want none."""
    if found := _SAID.fullmatch(fold(text[:_LOOK]).strip(" .")):
        year = int(found["year"] or year_of(talk.today))
        by = _BY.get(found["by"] or "", found["by"] or "")
        return partial(_tell, year=year, by=by), Right.READ
    return None


def _tell(talk: Talk, *, year: int, by: str) -> None:
    """Say the sums of all who were asked, then those of each group."""
    scope = scope_of(talk)
    every = yearly.summed(talk.tx, scope, year)
    if not every:
        talk.say("yearly_figures.nobody_asked", year=year)
        return
    (whole,) = every
    talk.say(
        "yearly_figures.sums",
        year=year,
        of_all=whole.asked,
        replied=whole.answered,
        sales=whole.sales,
        workers=whole.workers,
        local_workers=whole.local_workers,
        markets=whole.markets,
    )
    _tell_more(talk, year)
    if by:
        groups = yearly.summed(talk.tx, scope, year, by)
        lines = tuple(_line(by, each) for each in groups[:_MOST])
        talk.say("yearly_figures.by_lines", lines=lines)


def _tell_more(talk: Talk, year: int) -> None:
    """What was made, unit by unit; and how sales and workers stand beside the year before."""
    scope = scope_of(talk)
    made = yearly.made(talk.tx, scope, year)[:_UNITS]
    if made:
        parts = tuple(
            Message(
                "yearly_figures.made",
                {"quantity": one.thousandths / 1000, "unit": one.unit, "count": one.producers},
            )
            for one in made
        )
        talk.say("yearly_figures.made_in_all", parts=parts)
    both = yearly.compared(talk.tx, scope, year)
    if both.producers:
        talk.say(
            "yearly_figures.both",
            year=year - 1,
            count=both.producers,
            sales=both.sales,
            sales_before=both.sales_before,
            workers=both.workers,
            workers_before=both.workers_before,
        )


def _line(by: str, one: Sums) -> Message:
    group = naming.area(one.group) if by == "commune" else one.group
    about = {"group": group, "of_all": one.asked, "replied": one.answered, "sales": one.sales}
    return Message(f"yearly_figures.line_{by}", about)
