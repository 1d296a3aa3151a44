"""Where a run stands in its form: which questions count, which is next, what is still missing."""

from collections.abc import Iterator
from typing import Any

from conversations.form import Answers, Facts, Form, Question, Repeat, When
from conversations.session import REVIEW, Run


def paths(form: Form, run: Run) -> tuple[str, ...]:
    """The path of every question that counts for these answers, in the form's order."""
    return tuple([path for path, _ in active(form, run)])


def lines(form: Form, run: Run) -> tuple[str, ...]:
    """The paths that a review reads out, by line: what was asked, and what came by itself."""
    return tuple([path for path, q in active(form, run) if q.asked or path in run.answers])


def active(form: Form, run: Run) -> list[tuple[str, Question]]:
    """Every question that counts for these answers, with its path."""
    found: list[tuple[str, Question]] = []
    counted: set[str] = set()
    for entry in form.questions:
        if entry.when is not None and not _holds(entry.when, run.answers, counted):
            continue
        if isinstance(entry, Repeat):
            found += _items(entry, run)
        else:
            counted.add(entry.key)
            found.append((entry.key, entry))
    return found


def _holds(when: When, answers: Answers, counted: set[str]) -> bool:
    """Whether the condition is true, and the question that it speaks of counts itself."""
    return when.question in counted and when.holds(answers)


def _items(group: Repeat, run: Run) -> Iterator[tuple[str, Question]]:
    for index in range(run.items.get(group.key, 1)):
        prefix = f"{group.key}.{index}."
        counted: set[str] = set()
        for question in group.questions:
            if question.when is None or _holds(question.when, _given(run, prefix), counted):
                counted.add(question.key)
                yield prefix + question.key, question


def _given(run: Run, prefix: str) -> Answers:
    return {path.removeprefix(prefix): value for path, value in run.answers.items()}


def following(form: Form, run: Run) -> str:
    """The path to ask next, neither answered nor skipped; ``review`` when none is left."""
    for path, question in active(form, run):
        if question.asked and path not in run.answers and path not in run.skipped:
            return path
    return REVIEW


def before(form: Form, run: Run, path: str) -> str:
    """The question asked before ``path``; the last one before the review; empty at the first.

    What the facts have answered was never asked, so nobody wants back to it.
    """
    asked = [p for p, q in active(form, run) if q.asked and q.prefill not in run.facts]
    if path not in asked:
        return asked[-1] if asked else ""
    place = asked.index(path)
    return asked[place - 1] if place else ""


def missing(form: Form, run: Run) -> tuple[str, ...]:
    """The required questions that have no answer yet."""
    return tuple(
        path
        for path, question in active(form, run)
        if question.asked and not question.optional and path not in run.answers
    )


def unanswered(form: Form, run: Run) -> tuple[str, ...]:
    """The questions that still wait for an answer, skipped ones among them if required."""
    return tuple(
        path
        for path, question in active(form, run)
        if question.asked
        and path not in run.answers
        and not (question.optional and path in run.skipped)
    )


def prefilled(form: Form, facts: Facts) -> dict[str, Any]:
    """The answers that the facts give beforehand."""
    return {
        question.key: facts[question.prefill]
        for question in form.questions
        if isinstance(question, Question) and question.prefill and question.prefill in facts
    }


def begun(form: Form, facts: Facts) -> dict[str, Any]:
    """What a run begins with: answers from the facts; those ``given`` make it a second look."""
    given = facts.get("given", {})
    left = [
        question.key
        for question in form.questions
        if given and isinstance(question, Question) and question.optional
    ]
    begun = {"answers": {**given, **prefilled(form, facts)}, "skipped": left}
    return begun | ({"items": items} if (items := _counted(given)) else {})


def given(form: Form, collected: Answers) -> dict[str, Any]:
    """The answers by path that ``collected`` has made of them, for a run that looks again."""
    told: dict[str, Any] = {}
    for entry in form.questions:
        if isinstance(entry, Repeat):
            for index, record in enumerate(collected.get(entry.key) or ()):
                told |= {f"{entry.key}.{index}.{key}": value for key, value in record.items()}
        elif entry.key in collected:
            told[entry.key] = collected[entry.key]
    return told


def _counted(given: Answers) -> dict[str, int]:
    """How many of each group the given answers speak of."""
    counts: dict[str, int] = {}
    for path in given:
        head, _, rest = path.partition(".")
        if rest:
            counts[head] = max(counts.get(head, 0), int(rest.partition(".")[0]) + 1)
    return counts


def progress(form: Form, run: Run) -> tuple[int, int]:
    """How many of the asked questions are answered or skipped for good, and how many there are."""
    total = sum(question.asked for _, question in active(form, run))
    return total - len(unanswered(form, run)), total


def collected(form: Form, run: Run) -> dict[str, Any]:
    """The answers that count, groups as lists of records; what no longer applies is left out."""
    result: dict[str, Any] = {}
    for path, _ in active(form, run):
        if path not in run.answers:
            continue
        head, _, rest = path.partition(".")
        if rest:
            index, _, key = rest.partition(".")
            records = result.setdefault(head, [])
            records.extend({} for _ in range(int(index) + 1 - len(records)))
            records[int(index)][key] = run.answers[path]
        else:
            result[path] = run.answers[path]
    return result


def group(form: Form, run: Run) -> Repeat | None:
    """The repeat group that *thêm* and *bớt* speak of: the last one reached that counts."""
    counting = {path.partition(".")[0] for path in paths(form, run)}
    groups = [g for g in form.questions if isinstance(g, Repeat) and g.key in counting]
    return next((g for g in reversed(groups) if not is_new(run, f"{g.key}.")), None)


def is_new(run: Run, prefix: str) -> bool:
    """Whether nothing is answered yet of the questions whose paths begin so."""
    return not any(path.startswith(prefix) for path in run.answers)
