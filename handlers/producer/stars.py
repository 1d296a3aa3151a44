"""Mấy sao: what a dossier would get today, what blocks the next star, and the cheapest way."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from conversations.messages import Message
from conversations.papering import named
from handlers.producer import dossiers, lacking, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, betterment, checklist, renewal, scoring
from programme.advice import Step
from programme.betterment import NoPath, Path
from programme.checklist import Line, Stop
from programme.dossier import Dossier
from programme.scoring import Blocked, Score
from programme.sheets import STARS, Criterion, Option

_STEPS = 5
_NAMED = 3


def tell(talk: Talk, one: Standing) -> None:
    """Points per part, star, what does not count yet, and what lies before the next star."""
    whole = renewal.with_last_claims(one.dossier)
    talk.leave()
    if not whole.claims:
        talk.offer("score.none_yet", [("score", Message("dossier.item_score")), BACK])
        return
    found = scoring.score(whole)
    talk.say("score.result", **_result(one, found))
    if any(each.lacking for each in found.uncounted):  # else it only hangs on another criterion
        talk.note("score.uncounted", **_uncounted(one, found))
    left = _left(one, found)
    if left:
        talk.note("score.unanswered", count=left)
    items = [("print:card", Message("score.item_card")), BACK]
    if left:
        items.insert(0, ("score", Message("score.item_go_on")))
    if goal := goal_of(one, found):
        items.insert(0, (f"path:{goal}", Message("score.item_path", {"star": goal})))
        talk.offer("score.blocked", items, **_blocked(scoring.before(whole, found, goal)))
    else:
        talk.offer("score.highest", items)


def _left(one: Standing, found: Score) -> int:
    """How many criteria have not been spoken of."""
    return len(set(found.unanswered) - one.spoken_of)


def goal_of(one: Standing, found: Score) -> int | None:
    """The next star; with a certificate that which it has, and of an upgrade one above it."""
    if found.next is None:
        return None
    before = one.dossier.before
    least = before.star + (one.dossier.case == "upgrade") if before else 0
    return min(max(found.next.star, least), STARS[-1])


BACK = ("dossier", Message("dossier.back"))  # to the dossier


def _result(one: Standing, found: Score) -> dict[str, Any]:
    parts = tuple(
        Message(
            "score.part",
            {"code": part.code, "points": found.by_part[part.code], "most": part.max},
        )
        for part in one.dossier.sheet.parts
    )
    claimed = found.claimed if found.claimed > found.points else None
    about = {"name": one.row["name"], "points": found.points, "parts": parts, "claimed": claimed}
    held = one.dossier.before.star if one.dossier.before else None
    return {**about, "held": held, "star": found.star_of_sheet, "stops": stops_of(found.stops)}


def stops_of(stops: Sequence[Stop]) -> tuple[Message, ...]:
    """What keeps a council from scoring at all."""
    return tuple(Message(f"score.stop_{stop.id}") for stop in stops)


def _uncounted(one: Standing, found: Score) -> dict[str, Any]:
    lost = sum(each.claimed for each in found.uncounted if each.lacking)
    lines = (line for each in found.uncounted for line in each.lacking)
    wanted = checklist.strictest(tuple(paper.id for paper in line.papers) for line in lines)
    names = list(dict.fromkeys(ids[0] for ids in wanted))
    shown = tuple(named(id_, one.rules) for id_ in names[:_NAMED])
    return {"points": lost, "papers": shown, "more": max(0, len(names) - _NAMED)}


def _blocked(next_: Blocked) -> dict[str, Any]:
    return {"star": next_.star, "lacking": next_.points_lacking, "short": len(next_.short)}


# -- the cheapest way ------------------------------------------------------------------------------


def path(talk: Talk, one: Standing, which: str = "") -> None:
    """The smallest set of changes to a star ("4", or a further page of it, "4.1"), or to the next.

    What must be begun first comes first.
    """
    whole = renewal.with_last_claims(one.dossier)
    found = scoring.score(whole)
    asked, _, page = which.partition(".")
    goal = int(asked) if asked.isdecimal() and int(asked) in STARS else goal_of(one, found)
    if not whole.claims or goal is None or goal <= found.star:
        tell(talk, one)
        return
    way = cheapest(one, whole, goal)
    talk.leave()
    if isinstance(way, NoPath):
        _no_way(talk, one, way)
    elif page.isdecimal():
        _list_steps(talk, one, way, int(page))
    else:
        _tell_way(talk, one, way, _left(one, found))


def cheapest(one: Standing, whole: Dossier, star: int) -> Path | NoPath:
    """The cheapest way that is ready in time; where there is none, the cheapest of all."""
    in_time = betterment.cheapest(whole, star, one.file_by)
    return in_time if isinstance(in_time, Path) else betterment.cheapest(whole, star)


def _tell_way(talk: Talk, one: Standing, way: Path, unanswered: int) -> None:
    steps = advice.steps(way, one.file_by)
    in_time = way.ready_on <= one.file_by
    talk.say(
        "score.path",
        star=way.star,
        points=way.points,
        count=len(steps) + len(way.papers),
        ready=way.ready_on,
        round=dossiers.round_of(one),
        by=one.file_by if in_time else None,
        next_round=_round_for(talk, one, way.ready_on),
    )
    if unanswered:
        talk.note("score.unsure_path", count=unanswered)
    _list_steps(talk, one, way, 0)


def _list_steps(talk: Talk, one: Standing, way: Path, page: int) -> None:
    """Some of the steps at a time; each can be asked about."""
    steps = advice.steps(way, one.file_by)
    items = [item for _, item in sorted(_to_begin(one, way, steps), key=lambda each: each[0])]
    after = (page + 1) * _STEPS
    shown, more = items[page * _STEPS : after], max(0, len(items) - after)
    if more:
        shown.append((f"path:{way.star}.{page + 1}", Message("dossier.more")))
    talk.offer("score.path_steps", [*shown, BACK], more=more)


def _to_begin(
    one: Standing, way: Path, steps: Sequence[Step]
) -> Iterator[tuple[date, tuple[str, Message]]]:
    """What there is to do, each with the last day on which it can begin."""
    in_time = way.ready_on <= one.file_by  # else a day would be one of a round that is missed
    for line in way.papers:
        by = advice.begin_by(line, one.file_by)
        yield by, (f"paper:{line.papers[0].id}", _owed(one, line, dated=in_time))
    for step in steps:
        yield step.begin_by, (f"step:{way.star}.{step.criterion}", _step(one, step, dated=in_time))


def _round_for(talk: Talk, one: Standing, ready: date) -> Message:
    """The first round for which one can hand it in when it is ready."""
    home = standing.home_of(one.producer)
    coming = talk.calendar.upcoming(max(ready, one.round.intake_before), home)
    fitting = (each for each in coming if talk.calendar.file_by(each, home) >= ready)
    after = next(fitting, coming[-1])
    return Message("menu.round_tinh", {"number": after.number, "year": after.year})


def _owed(one: Standing, line: Line, *, dated: bool) -> Message:
    by = advice.begin_by(line, one.file_by)
    late = not dated or by < one.dossier.days.today or lacking.said_to_have(one, line)
    label = lacking.name_of(one, line)
    return Message("score.step_line", {"label": label, "by": None if late else by})


def _step(one: Standing, step: Step, *, dated: bool) -> Message:
    told = step.begin_by if dated and step.begin_by >= one.dossier.days.today else None
    line = one.dossier.sheet.criterion(step.criterion)
    return Message("score.step_line", {"label": label_of(line), "by": told})


def _no_way(talk: Talk, one: Standing, way: NoPath) -> None:
    lines = (line for line in one.dossier.sheet.criteria if line.id in way.criteria)
    labels = tuple(map(label_of, lines))[:_NAMED]
    items = [("missing", Message("dossier.item_missing")), BACK]
    about = {"star": way.star, "criteria": labels, "points": way.points}
    talk.offer("score.no_path", items, **about, stops=stops_of(way.stops))


def step(talk: Talk, one: Standing, which: str) -> None:
    """One step of the way to a star ("4.1.3"): to which option, with which papers, and by when."""
    star, _, criterion = which.partition(".")
    whole = renewal.with_last_claims(one.dossier)
    way = cheapest(one, whole, int(star)) if star.isdecimal() and int(star) in STARS else None
    steps = advice.steps(way, one.file_by) if isinstance(way, Path) else ()
    this = next((each for each in steps if each.criterion == criterion), None)
    if this is None:
        path(talk, one)
        return
    in_time = isinstance(way, Path) and way.ready_on <= one.file_by
    line = one.dossier.sheet.criterion(criterion)
    talk.leave()
    names = tuple(lacking.name_of(one, each) for each in this.papers)
    items = [(f"paper:{each.papers[0].id}", lacking.name_of(one, each)) for each in this.papers]
    items += [
        (f"claim:{criterion}", Message("score.item_done")),
        (f"path:{star}", Message("score.item_back")),
    ]
    talk.offer(
        "score.step",
        items,
        label=label_of(line),
        option=option_of(this.option),
        papers=names,
        days=this.days,
        by=this.begin_by if in_time and this.begin_by >= one.dossier.days.today else None,
    )


def label_of(line: Criterion) -> Message | str:
    """The short name of a criterion."""
    return Message(f"criteria.label_{line.say}") if line.say else line.title


def option_of(option: Option) -> Message | str:
    """The plain words of an option."""
    return Message(f"criteria.option_{option.say}") if option.say else option.label
