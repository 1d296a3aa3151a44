"""What is asked next, and how it stands on the screen: a question, a guess, the review."""

from functools import partial
from typing import Any

from conversations import walk
from conversations.answers import Kind
from conversations.form import Rule
from conversations.messages import Choice, Message, Shown
from conversations.play import Play
from conversations.session import REVIEW


def proceed(play: Play) -> None:
    """Ask the next open question, or come to the review."""
    path = walk.following(play.form, play.run)
    if play.form.ends is not None and play.form.ends.holds(play.run.answers):
        _hand_in(play)
    elif path != REVIEW:
        ask(play, path)
    elif play.form.review:
        review(play, again=True)
    else:
        send(play)


def ask(play: Play, path: str) -> None:
    """Ask the question at ``path``, with its suggestions if it has any."""
    play.change(misses=0, wake_at=None)
    question = play.form.question(path)
    play.log("asked", path)
    _tell_item(play, path)
    if question.suggest and path not in play.run.answers:
        none: tuple[Any, ...] = ()
        suggest = partial(question.suggest, play.run.answers, play.run.facts)
        if values := play.tried(f"suggest {path}", suggest, none):
            play.log("guessed", path, {"values": list(values)})
    show(play)


def _tell_item(play: Play, path: str) -> None:
    """Say which of several like things comes now, where it is not the first."""
    head, _, rest = path.partition(".")
    number = int(rest.partition(".")[0]) + 1 if rest else 0
    if number > 1 and walk.is_new(play.run, f"{head}.{number - 1}."):
        item = Message(f"{play.form.name}.item_{head}")
        play.note("engine.item_added", title=item, number=number)


def go_on(play: Play) -> None:
    """After a change elsewhere: back to where the person was, if that still counts."""
    if play.run.at in walk.paths(play.form, play.run):
        show(play)
    else:
        proceed(play)


def show(play: Play) -> None:
    """Put the open question on the screen (again), as it stands."""
    if play.run.at == REVIEW:
        review(play)
        return
    if play.run.pending:
        play.prompt(_pending_prompt(play))
        return
    path, choices = play.run.at, play.offers()
    given = path in play.run.answers
    if given:
        play.note("engine.given", value=play.shown(path, play.run.answers[path]))
    if play.question.kind.numeric:  # there a digit is an answer and never a choice
        pass
    elif given:
        choices = (*choices, play.command("keep"))
    elif play.question.optional and not choices:
        choices = (play.command("skip"),)
    play.prompt(play.form.said("ask", path, choices))


def _pending_prompt(play: Play) -> Message:
    pending = play.run.pending
    assert pending is not None  # noqa: S101 - the caller has looked
    if len(pending.values) == 1:
        if play.form.words:  # of many questions alike nobody knows which is meant
            play.note(play.form.key("ask", pending.path), **play.form.question(pending.path).about)
        value = play.shown(pending.path, pending.values[0])
        return Message("engine.confirm", {"value": value}, _picks(play, (value,)))
    values = tuple(play.shown(pending.path, value) for value in pending.values)
    if play.form.question(pending.path).suggest:
        return play.form.said("ask", pending.path, _picks(play, values))
    if pending.fits > len(values):
        args = {"count": pending.fits}
        return Message("engine.which_of_many", args, choices=_picks(play, values))
    return Message("engine.which", choices=_picks(play, values))


def _picks(play: Play, values: tuple[Shown, ...]) -> tuple[Choice, ...]:
    tap = f"p|{play.run.id}|{play.session.token + 1}"
    if len(values) == 1:
        yes, no = Message("engine.yes"), Message("engine.no")
        return (Choice(f"{tap}|0", yes), Choice(f"{tap}|n", no))
    picks = tuple(
        Choice(f"{tap}|{i}", Message("engine.candidate", {"value": value}))
        for i, value in enumerate(values)
    )
    return (*picks, Choice(f"{tap}|n", Message("engine.none_of_these")))


def review(play: Play, *, again: bool = False) -> None:
    """Read everything back, and ask whether it may go; what no longer holds is asked again.

    ``again`` says that something has changed: who has heard all these lines before is not read
    them again, the change has been said.
    """
    if _asked_again(play):
        return
    play.log("asked", REVIEW)
    play.change(misses=0)
    if not (again and was_read(play)):
        read_out = tuple(line for _, line in lines(play))
        office = play.form.of_office
        key = "engine.office_review" if office else "engine.review"
        play.note(key, title=play.title(), lines=read_out)
        _note_read(play)
    key = "engine.office_review_ask" if play.form.of_office else "engine.review_ask"
    play.prompt(Message(key, choices=play.review_choices()))


def was_read(play: Play) -> bool:
    """Whether the person has been read all the lines that there are now."""
    return f"{REVIEW} {len(walk.lines(play.form, play.run))}" in play.run.told


def _note_read(play: Play) -> None:
    if walk.following(play.form, play.run) == REVIEW and not was_read(play):
        play.log("told", value=f"{REVIEW} {len(walk.lines(play.form, play.run))}")


def _asked_again(play: Play) -> bool:
    """Whether something given earlier no longer holds, and so is asked again."""
    for path, question in walk.active(play.form, play.run):
        given = play.run.answers.get(path) if question.kind.ages else None
        if given is not None and _is_stale(play, path, question.kind, given):
            play.log("stale", path)
            play.note("engine.stale", label=play.label(path), value=play.shown(path, given))
            ask(play, path)
            return True
    if rule := next((r for r in play.form.rules if r.hard and _breaks(play, r)), None):
        play.note(f"{play.form.name}.rule_{rule.name}")
        ask(play, rule.questions[-1])
        return True
    return False


def _is_stale(play: Play, path: str, kind: Kind, given: Any) -> bool:
    return play.tried(f"stale {path}", lambda: kind.stale(given, play.asked(path)), False)


def lines(play: Play) -> tuple[tuple[str, Message], ...]:
    """What a review reads out, a line a path."""
    found = []
    for number, path in enumerate(walk.lines(play.form, play.run), 1):
        args: dict[str, Any] = {"number": number, "label": play.label(path)}
        if path in play.run.answers:
            args["value"] = play.shown(path, play.run.answers[path])
        key = "engine.line" if "value" in args else "engine.empty_line"
        found.append((path, Message(key, args)))
    return tuple(found)


def send(play: Play) -> None:
    """Hand the form in, if nothing required is missing."""
    missing = walk.missing(play.form, play.run)
    if missing:
        labels = tuple(play.label(path) for path in missing)
        play.note("engine.still_missing", labels=labels, turn=play.session.misses + 1)
        ask(play, missing[0])
    elif not _asked_again(play):
        _hand_in(play)


def _hand_in(play: Play) -> None:
    play.log("sent")
    play.outcome = "sent"


def tell_rules(play: Play, path: str) -> None:
    """Say a soft rule that this answer breaks, once."""
    head = path.partition(".")[0]
    for rule in play.form.rules:
        concerned = any(question.partition(".")[0] == head for question in rule.questions)
        if rule.hard or not concerned or rule.name in play.run.told:
            continue
        if _breaks(play, rule):
            play.log("told", value=rule.name)
            play.note(f"{play.form.name}.rule_{rule.name}")


def _breaks(play: Play, rule: Rule) -> bool:
    broken = partial(rule.broken, play.run.answers, play.run.facts)
    return play.tried(f"rule {rule.name}", broken, False)
