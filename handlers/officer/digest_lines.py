"""The lines of a summary's lists in words, and what can be typed to go on from them."""

from collections.abc import Iterable
from typing import Any

from conversations.messages import Message
from conversations.papering import named
from handlers.officer.digest_sheet import paper_name
from programme import papers
from programme.ruleset import RuleSet
from storage.overview import Line

_OPENS = {  # what a line of that kind is opened by
    **dict.fromkeys(("dossier", "filing", "review"), "dossier"),
    **dict.fromkeys(("paper", "ends"), "paper"),
    "question": "question",
    "idea": "idea",
}


def told(line: Line, rules: RuleSet) -> Message:
    """One line of a list."""
    args: dict[str, Any] = {"number": line.number, "name": line.name, "who": line.who}
    match line.kind:
        case "question":
            return Message("digest.line_question", {"number": line.number, "text": line.name})
        case "paper":
            args |= {"name": paper(line.name, rules)}
            return Message("digest.line_paper", args)
        case "ends":
            args |= {"name": paper(line.name, rules), "day": line.day}
            return Message("digest.line_ends", args)
        case "certificate":
            args = {"name": line.name, "who": line.who, "day": line.day, "star": int(line.about)}
            return Message("digest.line_certificate", args)
        case "filing":
            lacking = paper(line.about, rules) if line.about else None
            args |= {"day": line.day, "paper": lacking}
            return Message("digest.line_filing", args)
        case "review":
            return Message("digest.line_review", {**args, "day": line.day})
        case _:
            return Message("digest.line_new", {**args, "day": line.day})


def paper(kind: str, rules: RuleSet) -> Message | str:
    """What a kind of paper is called; one of an earlier decision by its name there."""
    return named(kind, rules) if kind in papers.papers(rules) else paper_name(kind, rules)


def openings(lines: Iterable[Line], year: int) -> tuple[Message, ...]:
    """How the first line of each kind is opened: what is typed, with its number."""
    first: dict[str, Line] = {}
    for line in lines:
        if line.kind in _OPENS:
            first.setdefault(_OPENS[line.kind], line)
    return tuple(
        Message(f"digest.open_{kind}", {"number": short(line.number, year)})
        for kind, line in first.items()
    )


def short(number: str, year: int) -> str:
    """A number as it is typed: of this year's only the end."""
    of, _, end = number.partition("-")[2].partition("-")
    return end.lstrip("0") if end and of == str(year) else number
