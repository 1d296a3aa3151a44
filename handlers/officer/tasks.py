"""Nhiệm vụ: a meeting's conclusions become tasks, with a day and somebody who answers for each."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from conversations import conclusions, walk
from conversations.answers import Asked
from conversations.conclusions import Conclusion
from conversations.messages import Message
from conversations.officing import AreaKind
from conversations.reading import Read
from conversations.session import Run
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme.folding import fold
from programme.roles import Right
from storage import officers, planner, tasks
from storage.officers import Scope

_LOOK = 200  # signs
_MOST = 12  # in a list
_COMMUNE = 5  # signs of a code
_NUMBER = r"(?: so)? (?P<number>\d{1,6})"
_TASK = r"(?:nhiem vu|viec duoc giao|task)"
_SAID: tuple[tuple[str, str], ...] = (
    (r"(?:giao|nhap) (?:nhiem vu|viec)(?: moi)?|ket luan(?: hop| cuoc hop)?|give tasks", "begin"),
    (rf"(?:xem |cac |danh sach )*{_TASK}s?", "list"),
    (rf"{_TASK}s? (?:qua han|tre|cham|tre han)|(?:late|overdue) tasks", "late"),
    (rf"(?:xong|hoan thanh|da xong) {_TASK}{_NUMBER}", "done"),
    (rf"{_TASK}{_NUMBER} (?:xong|da xong|hoan thanh|done)", "done"),
    (rf"(?:bo|huy|drop) {_TASK}{_NUMBER}", "drop"),
    (rf"{_TASK}{_NUMBER} (?:han|doi han|lui han|due)(?P<rest> .+)?", "move"),
    (rf"(?:xem )?{_TASK}{_NUMBER}", "tell"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_OF_COMMUNES = re.compile(r"\b(?:xa|phuong|thi tran|dac khu|ubnd|commune|ward)\b")
_PLANNING = frozenset({"begin", "drop", "move"})
_FORM = "task"

Do = Callable[[Talk], None]


def wanted(talk: Talk, text: str) -> tuple[Do, Right] | None:
    """What the words want done; None where they are of nothing here, or answer the form."""
    found = talk.active()
    if found and found[0].name == _FORM:
        return None
    said = fold(text[:_LOOK].partition("\n")[0]).strip(" .:")
    for pattern, deed in _PATTERNS:
        if match := pattern.fullmatch(said):
            groups = match.groupdict()
            number = int(groups.get("number") or 0)
            do = partial(_DEEDS[deed], number=number, rest=_rest(text, groups))
            return do, Right.PLAN if deed in _PLANNING else Right.READ
    return None


def _rest(text: str, groups: dict[str, Any]) -> str:
    """What stands below the first line, or behind the words."""
    return text.partition("\n")[2].strip() or (groups.get("rest") or "").strip()


# -- giving ----------------------------------------------------------------------------------------


def _begin(talk: Talk, *, number: int, rest: str) -> None:
    """Read what was pasted below the words, or ask for it."""
    del number
    talk.leave()
    if rest:
        _read_out(talk, rest)
    else:
        talk.start(_FORM, {})


def sent(talk: Talk, run: Run) -> None:
    """Read out how the conclusions are understood, to be confirmed."""
    _read_out(talk, walk.collected(talk.catalogue.of(run), run)["lines"])


def _read_out(talk: Talk, text: str) -> None:
    found, scope = conclusions.read(text, talk.today), scope_of(talk)
    if not found.deeds:
        talk.say("tasks.none_read")
        return
    rows = [_row(talk, each, scope) for each in found.deeds]
    batch, numbers = tasks.propose(talk.tx, talk.person, rows, talk.now)
    lines = tuple(
        _line({**row, "number": number}, talk) for row, number in zip(rows, numbers, strict=True)
    )
    talk.say("tasks.read", count=len(lines), passed_over=found.passed_over, lines=lines)
    items = [
        (f"give_tasks:{batch}", Message("tasks.item_give")),
        (f"drop_tasks:{batch}", Message("tasks.item_drop")),
    ]
    talk.offer("tasks.right", items)


def _row(talk: Talk, one: Conclusion, scope: Scope) -> dict[str, Any]:
    """The task, where it lies, and the officer of the commune that the unit is of."""
    code = _commune(talk, one.unit, scope)
    area = code or scope.area
    known = officers.around(area)[-1] if area else ""
    commune = area if len(area) == _COMMUNE else ""
    whom = next((each.person for each in officers.of(talk.tx, code)), None) if code else None
    return {
        "unit": one.unit,
        "deed": one.deed,
        "due": one.due,
        "commune_code": commune,
        "province_code": known if commune else area,
        "assigned_to": whom,
    }


def _commune(talk: Talk, unit: str, scope: Scope) -> str:
    """The commune that a unit names, if it lies in the area; else nothing."""
    if not _OF_COMMUNES.search(fold(unit)):
        return ""
    asked = Asked(_FORM, "unit", talk.today, {"role": "commune"}, {"within": scope.area})
    read = AreaKind().read(unit, asked)
    return str(read.value["code"]) if isinstance(read, Read) and read.sure else ""


def give(talk: Talk, which: str) -> None:
    """Give what was read out; whoever answers for one is told."""
    talk.change(menu=())
    rows = tasks.give(talk.tx, int(which), talk.person, talk.now)
    if not rows:
        _list(talk)
        return
    talk.log("gave_tasks", "task", rows[0]["id"], count=len(rows))
    planner.of_tasks(talk.tx, [row["id"] for row in rows], talk.now)
    for row in rows:
        if row["assigned_to"] not in (None, talk.person):
            about = {name: row[name] for name in ("number", "deed", "due")}
            talk.tell(row["assigned_to"], "tasks.yours", **about)
    told = sum(row["assigned_to"] not in (None, talk.person) for row in rows)
    talk.say("tasks.given", count=len(rows), told=told)


def add(talk: Talk, one: Conclusion) -> None:
    """Give one task at once; whoever answers for it is told."""
    batch, _ = tasks.propose(talk.tx, talk.person, [_row(talk, one, scope_of(talk))], talk.now)
    give(talk, str(batch))


def take_back(talk: Talk, which: str) -> None:
    """Let nothing come of what was read out."""
    talk.change(menu=())
    tasks.take_back(talk.tx, int(which), talk.person)
    talk.say("tasks.not_given")


# -- looking ---------------------------------------------------------------------------------------


def _list(talk: Talk, *, number: int = 0, rest: str = "") -> None:
    """What is still to be done in the area, and how many are done and late."""
    del number, rest
    scope = scope_of(talk)
    stand = tasks.counted(talk.tx, scope, talk.today)
    rows = tasks.open_here(talk.tx, scope, _MOST)
    if not stand.total:
        talk.say("tasks.no_tasks")
        return
    open_ = stand.total - stand.done
    talk.say("tasks.stand", total=stand.total, done=stand.done, late=stand.late, open=open_)
    _lines(talk, rows, open_ - len(rows))


def _late(talk: Talk, *, number: int, rest: str) -> None:
    del number, rest
    scope = scope_of(talk)
    rows = tasks.late_here(talk.tx, scope, talk.today, _MOST)
    if not rows:
        talk.say("tasks.none_late")
        return
    _lines(talk, rows, tasks.counted(talk.tx, scope, talk.today).late - len(rows))


def _lines(talk: Talk, rows: Iterable[dict[str, Any]], more: int) -> None:
    lines = tuple(_line(row, talk) for row in rows)
    if lines:
        number = next(row["number"] for row in rows)
        talk.say("tasks.list", lines=lines, more=more, number=number)


def _line(row: dict[str, Any], talk: Talk) -> Message:
    late = row["due"] is not None and row["due"] < talk.today
    about = {name: row[name] for name in ("number", "unit", "deed", "due")}
    return Message("tasks.line", {**about, "late": late})


# -- one of them -----------------------------------------------------------------------------------


def _found(talk: Talk, number: int) -> dict[str, Any] | None:
    row = tasks.numbered(talk.tx, scope_of(talk), number)
    if row is None:
        talk.say("tasks.no_such", number=number)
    return row


def _tell(talk: Talk, *, number: int, rest: str) -> None:
    del rest
    if row := _found(talk, number):
        about = {name: row[name] for name in ("number", "unit", "deed", "due")}
        talk.say("tasks.one", **about, done=row["status"] == tasks.DONE)


def _done(talk: Talk, *, number: int, rest: str) -> None:
    """Note that it is done; who gave it hears of that."""
    del rest
    if (row := _found(talk, number)) is None:
        return
    if not _may_finish(talk, row):
        talk.say("tasks.not_yours", number=number)
    elif tasks.finish(talk.tx, row["id"], talk.person, talk.now):
        talk.log("finished_task", "task", row["id"])
        planner.of_tasks(talk.tx, [row["id"]], talk.now)
        if row["given_by"] != talk.person:
            about = {name: row[name] for name in ("number", "unit", "deed")}
            talk.tell(row["given_by"], "tasks.was_done", **about)
        talk.say("tasks.done", number=number)
    else:
        talk.say("tasks.done_before", number=number)


def finish(talk: Talk, number: int) -> None:
    """Note that the task of that number is done."""
    _done(talk, number=number, rest="")


def _may_finish(talk: Talk, row: dict[str, Any]) -> bool:
    """Whether the officer answers for it, gave it, or plans in its area."""
    return talk.person in {row["assigned_to"], row["given_by"]} or scope_of(talk).may(Right.PLAN)


def _drop(talk: Talk, *, number: int, rest: str) -> None:
    del rest
    if row := _found(talk, number):
        if not _gave(talk, row):
            talk.say("tasks.not_yours", number=number)
        elif tasks.drop(talk.tx, row["id"]):
            talk.log("dropped_task", "task", row["id"])
            planner.of_tasks(talk.tx, [row["id"]], talk.now)
            talk.say("tasks.dropped", number=number)
        else:
            talk.say("tasks.done_before", number=number)


def _move(talk: Talk, *, number: int, rest: str) -> None:
    """Give it another day."""
    row = _found(talk, number)
    day = conclusions.due(f"by {rest}", talk.today)
    if row is None:
        return
    if not _gave(talk, row):
        talk.say("tasks.not_yours", number=number)
    elif day is None:
        talk.say("tasks.which_day", number=number)
    elif tasks.move(talk.tx, row["id"], day):
        talk.log("moved_task", "task", row["id"], day=day.isoformat())
        planner.of_tasks(talk.tx, [row["id"]], talk.now)
        talk.say("tasks.moved", number=number, day=day)
    else:
        talk.say("tasks.done_before", number=number)


def _gave(talk: Talk, row: dict[str, Any]) -> bool:
    """Whether the task is the officer's own to change, or lies below the officer."""
    scope = scope_of(talk)
    return talk.person == row["given_by"] or len(scope.area) < _COMMUNE


_DEEDS: dict[str, Callable[..., None]] = {
    "begin": _begin,
    "list": _list,
    "late": _late,
    "done": _done,
    "drop": _drop,
    "move": _move,
    "tell": _tell,
}
# What the items of a list on the screen want, as ``<name>:<which>``.
CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    "give_tasks": (give, Right.PLAN),
    "drop_tasks": (take_back, Right.PLAN),
}
