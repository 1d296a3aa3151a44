"""What the words do that work at every question."""

from collections.abc import Callable
from typing import Any

from conversations import asking, taking, walk
from conversations.commands import Command, parse
from conversations.hearing import problem, read, settle, skip
from conversations.messages import Choice, Message
from conversations.play import Play
from conversations.reading import Read, Unclear
from conversations.readings import Option, choice, yes_no
from conversations.session import REVIEW


def obey(play: Play, command: Command) -> bool:
    """Do what the command says; False when it makes no sense here, so that it is just a text."""
    return _DEEDS[command.name](play, command)


def sure(play: Play, text: str) -> bool:
    """Whether the text settles "are you sure"; any other text forgets the question."""
    word = play.run.sure
    play.log("unsure", value="")
    said = {"1": True, "2": False}.get(text.strip())
    if said is None and parse(text) is None:  # "gửi" and "xong" nod too, but mean something else
        reading = yes_no(text)
        said = reading.value if isinstance(reading, Read) else None
    if said:
        _do_for_sure(play, word)
    elif said is False:
        asking.show(play)
    return said is not None


def _do_for_sure(play: Play, word: str) -> None:
    if word == "withdraw":
        play.log("withdrawn")
        play.outcome = "withdrawn"
        return
    play.log("restarted", value=walk.prefilled(play.form, play.run.facts))
    play.note("engine.restarted", title=play.title())
    asking.proceed(play)


def _ask_sure(play: Play, command: Command) -> bool:
    taking.keep_parts(play)
    play.log("unsure", value=command.name)
    yes, no = (
        Choice(f"!{w}|{play.run.id}|{play.run.at}", Message(f"engine.{w}")) for w in ("yes", "no")
    )
    play.prompt(Message(f"engine.{command.name}_sure", {"title": play.title()}, (yes, no)))
    return True


def _leave(play: Play, command: Command) -> bool:
    taking.keep_parts(play)
    play.log("left", play.run.at)
    play.outcome = {"later": "parked"}.get(command.name, command.name)
    return True


def _back(play: Play, _command: Command) -> bool:
    taking.keep_parts(play)
    path = walk.before(play.form, play.run, play.run.at)
    if path:
        play.log("back", path)
        asking.ask(play, path)
        return True
    play.missed("engine.first_question")
    asking.show(play)
    return True


def _skip(play: Play, _command: Command) -> bool:
    if play.taken:
        taking.finish_parts(play)
    else:
        skip(play)
    return True


def _review(play: Play, _command: Command) -> bool:
    taking.keep_parts(play)
    asking.review(play) if play.form.review else asking.show(play)
    return True


def _help(play: Play, _command: Command) -> bool:
    play.log("helped", play.run.at)
    play.say("engine.help")
    asking.show(play)
    return True


def _why(play: Play, _command: Command) -> bool:
    play.log("helped", play.run.at)
    if play.run.at == REVIEW:
        play.say("engine.help")
    else:
        play.note(play.form.key("why", play.run.at), **play.question.about)
    asking.show(play)
    return True


def _tell_status(play: Play) -> None:
    done, total = walk.progress(play.form, play.run)
    left = walk.unanswered(play.form, play.run)
    if left:
        labels = tuple(play.label(path) for path in left)
        play.note("engine.status", title=play.title(), done=done, total=total, missing=labels)
    else:
        play.note("engine.status_full", title=play.title(), total=total)


def _status(play: Play, _command: Command) -> bool:
    _tell_status(play)
    asking.show(play)
    return True


def _edit(play: Play, command: Command) -> bool:
    paths = walk.lines(play.form, play.run)
    if command.called:
        return _edit_called(play, command)
    if command.number == 0:
        return _edit_which(play, len(paths))
    if command.number > len(paths):
        play.miss("engine.no_such_line", number=command.number, last=len(paths))
        return True
    return _edit_at(play, paths[command.number - 1], command.value)


def _edit_at(play: Play, path: str, value: str) -> bool:
    taking.keep_parts(play)
    if not value:
        asking.ask(play, path)
        return True
    return _edit_to(play, path, value)


def _edit_called(play: Play, command: Command) -> bool:
    """Edit the line of that name; of several ask which. A name that is none is just a text."""
    paths, into = _called(play, command)
    if not paths:
        return False
    if len(paths) == 1:
        return _edit_at(play, paths[0], into)
    taking.keep_parts(play)
    play.log("asked", REVIEW)
    lines = tuple(line for path, line in asking.lines(play) if path in paths)
    play.prompt(Message("engine.edit_which_of", {"lines": lines}))
    return True


def _called(play: Play, command: Command) -> tuple[tuple[str, ...], str]:
    """The paths of the questions called so, or nearly so where no thing may be meant; the value."""
    there = walk.paths(play.form, play.run)
    for name, into in command.called:
        if exact := tuple(path for path in there if name in play.form.question(path).names):
            return exact, into
    question = play.question_or_none()
    if question is not None and question.kind.free:
        return (), ""
    options = tuple(Option(path, play.form.question(path).names) for path in there)
    for name, into in command.called:
        match choice(name, options):
            case Read(path):
                return (path,), into
            case Unclear(found):
                return found, into
    return (), ""


def _edit_which(play: Play, last: int) -> bool:
    if play.run.at != REVIEW:
        _review(play, Command("review"))
    if play.run.at == REVIEW:
        play.say("engine.edit_which", last=last)
        play.change(menu=())  # from now on a number is a line
    return True


def _edit_to(play: Play, path: str, value: str) -> bool:
    kind, reading = play.form.question(path).kind, read(play, path, value)
    if isinstance(reading, Read) and reading.sure and not kind.grows:
        play.log("edited", path, reading.value)
        play.note("engine.edited", label=play.label(path), value=play.shown(path, reading.value))
        asking.tell_rules(play, path)
        asking.go_on(play)
        return True
    play.log("asked", path)
    if isinstance(reading, Read) and kind.grows:
        return _grow(play, reading.value)
    settle(play, path, reading, value)
    return True


def _grow(play: Play, new: Any) -> bool:
    """Take what is to be added, and nothing more."""
    path, kind = play.run.at, play.question.kind
    if wrong := taking.part(play, kind, new):
        problem(play, wrong.reason, **wrong.args)
        return True
    changed = kind.whole([new]) or kind.whole(play.run.parts)
    play.note("engine.edited", label=play.label(path), value=play.shown(path, changed))
    taking.finish_parts(play)
    return True


def _keep(play: Play, _command: Command) -> bool:
    path = play.run.at
    if play.run.pending or path not in play.run.answers:
        return False
    asking.proceed(play)
    return True


def _done(play: Play, _command: Command) -> bool:
    if play.run.at == REVIEW:
        return _send(play, _command)
    if not play.question.kind.collects:  # nothing to be done with: it is no answer either
        asking.show(play)
        return True
    if play.taken:
        taking.finish_parts(play)
    elif play.run.at in play.run.answers:
        asking.proceed(play)
    else:
        problem(play, "nothing")
    return True


def _send(play: Play, _command: Command) -> bool:
    if not play.form.review:
        return False
    taking.keep_parts(play)
    if walk.following(play.form, play.run) == REVIEW:
        asking.send(play)
        return True
    _tell_status(play)
    asking.proceed(play) if play.run.at == REVIEW else asking.show(play)
    return True


def _add(play: Play, _command: Command) -> bool:
    group = walk.group(play.form, play.run)
    if group is None:
        return False
    count = play.run.items.get(group.key, 1)
    taking.keep_parts(play)
    if count >= group.most:
        play.missed("engine.no_more_items", most=group.most)
        asking.show(play)
        return True
    if not walk.is_new(play.run, f"{group.key}.{count - 1}."):
        play.log("item_added", group.key)
    asking.proceed(play)
    return True


def _remove(play: Play, command: Command) -> bool:
    group = walk.group(play.form, play.run)
    if group is None:
        return False
    count = play.run.items.get(group.key, 1)
    if count < 2 or not 1 <= command.number <= count:  # noqa: PLR2004 - one always stays
        play.missed("engine.nothing_to_remove")
        asking.show(play)
        return True
    taking.keep_parts(play)
    play.log("item_removed", group.key, command.number - 1)
    item = Message(f"{play.form.name}.item_{group.key}")
    play.note("engine.item_removed", title=item, number=command.number)
    asking.proceed(play)
    return True


_DEEDS: dict[str, Callable[[Play, Command], bool]] = {
    "later": _leave,
    "officer": _leave,
    "menu": _leave,
    "restart": _ask_sure,
    "withdraw": _ask_sure,
    "back": _back,
    "skip": _skip,
    "review": _review,
    "help": _help,
    "why": _why,
    "status": _status,
    "edit": _edit,
    "keep": _keep,
    "done": _done,
    "send": _send,
    "add": _add,
    "remove": _remove,
}
