"""Runs that lie open: leaving them, listing them, taking them up again, withdrawing them."""

from datetime import timedelta

from conversations import walk
from conversations.messages import Message
from conversations.play import Turn
from conversations.session import Run, Session
from handlers.producer import menu
from handlers.producer.written import PAPERS
from handlers.talk import Talk
from programme.folding import fold
from storage import dossiers, ideas, producers

SOMETHING_ELSE = ("else", Message("menu.something_else"))
_NAMED = ("idea", "profile")  # whose own name stands for them in a list
_LISTED = (
    *("idea", "profile", "contact", "score", "paper", "renewal", "certificate", *PAPERS),
    *("yearly_figures", "fair_results", "announcement", "council", "judgement", "ballot"),
)
_AWAY = timedelta(hours=6)  # after this a greeting is asked what it wants to go on with
_MOST = 4


def left(talk: Talk, turn: Turn) -> None:
    """Say that a form that was left is kept; go back to what was open before, or the menu."""
    if turn.outcome == "menu":
        to_menu(talk)
        return
    if turn.run:
        talk.say("engine.withdrawn", title=title(turn.run))
    else:
        _say_parked(talk, turn.steps[-1].run)
    talk.resume()


def _say_parked(talk: Talk, number: int) -> None:
    left = talk.session.run(number)
    talk.leave(*talk.session.stack)
    run = talk.session.run(number)
    if run is None:
        _say_dropped(talk, left)
        return
    done, total = walk.progress(talk.catalogue.of(run), run)
    talk.say("engine.parked", title=title(run), done=done, total=total)


def _say_dropped(talk: Talk, left: Run | None) -> None:
    """Say that it is over; what was answered before it, or in it, stays."""
    form = left.form if left else ""
    if left and form == "fair_joining":
        talk.say("announcing.needs_later", number=left.facts["number"])
    else:
        talk.say("score.left" if form == "score" else "engine.dropped")


def to_menu(talk: Talk) -> None:
    """Leave everything as it lies, and show the menu."""
    talk.leave()
    menu.show(talk)


def greeted(talk: Talk, run: Run) -> None:
    """Greet back in the middle of a form; who was long away is asked what to go on with."""
    if run.form in _LISTED and talk.now - run.touched_at > _AWAY:
        welcome_back(talk)
        return
    talk.note("menu.hello")
    talk.resume(told=True)


def welcome_back(talk: Talk) -> bool:
    """Ask who left something open whether to go on with it; False if nothing lies open."""
    run = talk.session.active() or newest(talk)
    if run is None:
        return False
    offer_to_go_on(talk, run, SOMETHING_ELSE)
    return True


def offer_to_go_on(talk: Talk, run: Run, other: tuple[str, Message]) -> None:
    """Ask whether to go on with that run or to do the other thing."""
    away = talk.now - run.touched_at > _AWAY
    talk.leave()
    done, total = walk.progress(talk.catalogue.of(run), run)
    items = [(f"draft_go:{run.id}", Message("menu.go_on")), other]
    if away:
        talk.offer("menu.welcome_back", items, title=title(run), done=done, total=total)
    else:
        talk.offer("menu.open_draft", items, title=title(run), done=done, total=total)


def newest(talk: Talk, form: str = "") -> Run | None:
    """The draft that was touched last, of that form if one is named."""
    return newest_of(talk.session, form)


def newest_of(session: Session, form: str = "") -> Run | None:
    """The same of somebody's session."""
    drafts = [r for r in session.runs if (r.form == form if form else r.form in _LISTED)]
    return max(drafts, key=lambda run: run.touched_at, default=None)


def go_on(talk: Talk) -> None:
    """Go on with what is open; with the one draft there is; of several, ask which."""
    drafts = [run for run in talk.session.runs if run.form in _LISTED]
    if talk.resume():
        return
    if len(drafts) == 1:
        take_up(talk, str(drafts[0].id))
    else:
        show_all(talk)


def show_all(talk: Talk) -> None:
    """All drafts and all that was handed in, by number."""
    talk.leave()
    drafts = [run for run in talk.session.runs if run.form in _LISTED][-_MOST:]
    handed = [i for i in ideas.of_person(talk.tx, talk.person) if i["status"] == "submitted"]
    if not drafts and not handed:
        talk.note("menu.no_drafts")
        menu.show(talk)
        return
    items = [(f"draft:{run.id}", _draft_label(talk, run)) for run in drafts]
    room = _MOST - len(drafts)
    items += [(f"idea:{i['number']}", _idea_label(i)) for i in handed[-room:] if room]
    talk.offer("menu.drafts", items)


def _draft_label(talk: Talk, run: Run) -> Message:
    done, total = walk.progress(talk.catalogue.of(run), run)
    name = str(run.answers.get("name", "")) if run.form in _NAMED else ""
    args = {"title": title(run), "name": name, "done": done, "total": total}
    return Message("menu.draft_line", args)


def _idea_label(idea: dict[str, str]) -> Message:
    status = Message(f"menu.status_{idea['status']}")
    return Message(
        "menu.sent_line", {"number": idea["number"], "name": idea["name"], "status": status}
    )


def named(talk: Talk, text: str) -> str | None:
    """The item of the list on the screen whose name this is: a draft's, or a producer's."""
    said = fold(text[:120])
    names = {
        f"draft:{run.id}": str(run.answers.get("name", ""))
        for run in talk.session.runs
        if run.form in _NAMED
    }
    if any(item.startswith("profile_of:") for item in talk.session.menu):
        mine = producers.of_person(talk.tx, talk.person)
        names |= {f"profile_of:{producer['id']}": producer["name"] for producer in mine}
    if any(item.startswith("dossier_for:") for item in talk.session.menu):
        return _dossier_named(talk, said)
    return next((i for i in talk.session.menu if said and fold(names.get(i, "")) == said), None)


def _dossier_named(talk: Talk, said: str) -> str | None:
    """The dossier in the list whose product these words name."""
    mine = {str(row["id"]): fold(row["name"]) for row in dossiers.of_person(talk.tx, talk.person)}
    fitting = [
        item
        for item in talk.session.menu
        if said and said in mine.get(item.partition(":")[2].partition(".")[0], "")
    ]
    return fitting[0] if len(fitting) == 1 else None


def pick(talk: Talk, which: str) -> None:
    """Ask what is to become of a chosen draft: go on with it, or withdraw it."""
    run = _run(talk, which)
    if run is None:
        show_all(talk)
        return
    items = [
        (f"draft_go:{run.id}", Message("menu.resume")),
        (f"draft_end:{run.id}", Message("menu.withdraw")),
    ]
    talk.offer("menu.pick_draft", items, title=title(run))


def take_up(talk: Talk, which: str) -> None:
    """Go on with that draft."""
    run = _run(talk, which)
    if run is None:
        talk.note("engine.settled", turn=talk.session.misses + 1)
        show_all(talk)
        return
    talk.leave(run.id)
    talk.resume()


def withdraw(talk: Talk, which: str) -> None:
    """Withdraw that draft; its log stays."""
    run = _run(talk, which)
    if run is None:
        show_all(talk)
        return
    talk.end(run)
    talk.say("engine.withdrawn", title=title(run))
    talk.change(menu=())


def _run(talk: Talk, which: str) -> Run | None:
    return next((run for run in talk.session.runs if str(run.id) == which), None)


def title(run: Run) -> Message:
    """What the form of the run is called, with the name that it was given."""
    own = run.answers.get("name") if run.form in _NAMED else None
    form, name = Message(f"{run.form}.title"), run.facts.get("product") or own
    return Message("menu.titled", {"title": form, "name": name}) if name else form
