"""Which handler hears an event: the form that is open, else what the sentence is after."""

from msgspec.structs import replace

from conversations import commands, engine, media, walk
from conversations.answers import legible
from conversations.events import Event, File, Photo, Tap, Text, Wake
from conversations.form import Form
from conversations.play import Turn
from conversations.session import NEVER_SHOWN, Run
from handlers import addressing, intents
from handlers.officer import desk, marking
from handlers.producer import (
    consenting,
    dossiers,
    fair_answers,
    helping,
    linking,
    mending,
    menu,
    papers,
    parked,
    questions,
    scores,
    snoozing,
)
from handlers.producer.finished import finish, is_of_officers
from handlers.producer.wishes import wish
from handlers.talk import Talk
from programme.folding import fold
from storage.persons import Chat

_NEVER_ANSWERS = frozenset({"helpcode", "link", "unlink", "ask_more"}) | intents.RIGHTS
_OF_QUESTIONS = frozenset({"contact", "answering"})  # forms that ask what to ask an officer
_OF_DOSSIER = frozenset({"score", "paper"})  # forms that ask about one
_KEPT_AT_ONCE = {"score": scores.keep, "ballot": marking.keep}
_SMALL_TALK = frozenset({"hello", "thanks", "help", "menu"})
# What the words and digits of a form are after while no form is open.
_COMMANDS = {
    "menu": "menu",
    "back": "menu",
    "later": "menu",
    "help": "help",
    "why": "help",
    "officer": "officer",
    "status": "missing",
    "review": "drafts",
    "edit": "drafts",
    "withdraw": "drafts",
}


def hear(talk: Talk, event: Event) -> None:
    """Let the right handler hear the event; what follows is in ``talk``."""
    talk.chat = Chat(event.address.channel, event.address.bot, event.address.chat)
    event = papers.looked_at(talk, event)
    talk.text = event.content.text if isinstance(event.content, Text) else ""
    before = talk.session
    _heard(talk, _here(talk, event))
    talk.flush()
    addressing.address(talk, before)
    if talk.session.token != before.token:
        if talk.session.asked_in != talk.chat:
            talk.change(asked_in=tuple(talk.chat))
    elif talk.session.shown == NEVER_SHOWN:  # it still stands where it stood
        talk.change(shown=before.shown)


def _here(talk: Talk, event: Event) -> Event:
    """A question that stands in another chat of the person is one that nobody has seen here."""
    asked_in = talk.session.asked_in
    if not asked_in or asked_in == talk.chat:
        return event
    talk.change(shown=NEVER_SHOWN, last_text="")
    return Event(event.address, event.key, event.at, event.content, event.order or 0)


def _heard(talk: Talk, event: Event) -> None:
    content = event.content
    if isinstance(content, Text):
        content = Text(legible(content.text))
        event = Event(event.address, event.key, event.at, content, event.order)
    if isinstance(content, Tap) and content.data.startswith("m|"):
        _tapped(talk, content.data[2:])
    elif isinstance(content, Text) and _addressed(talk, content.text):
        pass
    elif found := talk.active():
        _in_form(talk, event, *found)
    elif isinstance(content, Text):
        _free(talk, event, content.text)
    elif isinstance(content, Wake):
        talk.change(wake_at=None)
    else:
        _nowhere(talk, event)


def _tapped(talk: Talk, item: str) -> None:
    if not desk.tapped(talk, item):
        wish(talk, item)


def _addressed(talk: Talk, text: str) -> bool:
    """Texts that mean the same everywhere: officers' words, codes, language, slash commands."""
    return (
        desk.heard(talk, text)
        or helping.heard(talk, text)
        or mending.heard(talk, text)
        or linking.heard(talk, text)
        or menu.language_heard(talk, text)
        or consenting.heard(talk, text)
        or snoozing.heard(talk, text)
        or fair_answers.heard(talk, text)
        or _exactly(talk, text)
        or _slashed(talk, text)
    )


def _exactly(talk: Talk, text: str) -> bool:
    """Words that are never an answer, even where nearly any text is one."""
    item = intents.exact(text)
    if item not in _NEVER_ANSWERS:
        return False
    wish(talk, item)
    return True


def _slashed(talk: Talk, text: str) -> bool:
    item = intents.slash(text)
    if item is None:
        return False
    if item == "menu" and not consenting.given(talk.session):
        return False
    wish(talk, item)
    return True


# -- while a form is open -------------------------------------------------------------------------


def _in_form(talk: Talk, event: Event, form: Form, run: Run) -> None:
    if _is_paper(talk, event, form, run) or fair_answers.ended(talk, run):
        return
    if isinstance(event.content, Text):
        early = engine.too_early(talk.session, event)
        between = _said_before if early and not form.keeps else _between
        if between(talk, form, run, event.content.text):
            return
    turn = engine.step(form, talk.session, event, talk.now)
    if turn.outcome == "unheard" and isinstance(event.content, Text):
        item = intents.find(event.content.text)
        if item and item not in _SMALL_TALK:
            if item in intents.ASIDE | intents.RIGHTS or consenting.given(talk.session):
                if item not in intents.ASIDE:
                    _say_kept(talk, form, run)
                wish(talk, item)
                return
            # Consent comes first, but what she came for is not forgotten.
            turn = replace(turn, session=replace(turn.session, after=item))
    talk.take(turn)
    _after(talk, form, run, turn)


def _is_paper(talk: Talk, event: Event, form: Form, run: Run) -> bool:
    """A picture that this form has no use for is a paper; afterwards the form goes on."""
    content = event.content
    if not isinstance(content, Photo | File) or media.has_place(form, run, content):
        return False
    return consenting.given(talk.session) and papers.came(talk, event)


def _said_before(talk: Talk, _form: Form, _run: Run, text: str) -> bool:
    """Remember what she came for, said in one breath with her greeting, before we had asked."""
    item = intents.find(text)
    if item in _SMALL_TALK or item is None:
        return False
    talk.change(after=item)
    return True


def _between(talk: Talk, form: Form, run: Run, text: str) -> bool:
    """Take a greeting, or a question where nearly any text would be an answer; then go on."""
    if intents.greets(text):
        parked.greeted(talk, run)
        return True
    if intents.exact(text) == "go_on":
        return talk.resume(told=True)
    if questions.asks(text) and form.name not in _OF_QUESTIONS and not is_of_officers(form.name):
        return _asked(talk)
    item = _about_dossier(form, text)
    if item is None and form.review and not _tells(form, run):
        item = intents.aside(text)
    if item is None:
        return False
    if item not in intents.ASIDE:
        if not consenting.given(talk.session):
            return False
        _say_kept(talk, form, run)
    wish(talk, item)
    return True


def _asked(talk: Talk) -> bool:
    """Ask an officer what is asked in the middle of a form, which stands there again afterwards."""
    if consenting.given(talk.session):
        wish(talk, "officer")
        return True
    return False


def _about_dossier(form: Form, text: str) -> str | None:
    """What the text is after where a form asks about a dossier, and she about all of it."""
    item = intents.exact(text) if form.name in _OF_DOSSIER else None
    return item if item in intents.TURNING | {"missing"} else None


def _say_kept(talk: Talk, form: Form, run: Run) -> None:
    """Say that a form which is left in the middle is kept."""
    papers.turning_away(talk, run)
    if form.review and run.answers:
        talk.note("menu.kept", title=parked.title(run))


def _tells(form: Form, run: Run) -> bool:
    """Whether a long answer is being given, in which anything may be asked."""
    return run.at in walk.paths(form, run) and form.question(run.at).kind.collects


def _after(talk: Talk, form: Form, run: Run, turn: Turn) -> None:
    if form.name in _KEPT_AT_ONCE and turn.outcome != "sent":
        _KEPT_AT_ONCE[form.name](talk, talk.session.run(run.id) or run)
    match turn.outcome:
        case "sent":
            finish(talk, turn)
        case "withdrawn" | "parked" | "menu":
            parked.left(talk, turn)
        case "officer":
            wish(talk, "officer")


# -- while none is --------------------------------------------------------------------------------


def _free(talk: Talk, event: Event, text: str) -> None:
    session = talk.session
    given, place = consenting.given(session), engine.digit(text)
    early, again = engine.too_early(session, event), fold(text[:400]) == session.last_text
    if given:
        talk.change(last_text=fold(text[:400]), last_path="", last_at=talk.now)
    if place and session.shown == NEVER_SHOWN:
        _list_again(talk)
        return
    if early and (again or place):
        if not again:
            menu.early(talk, text)
        return
    item = intents.find(text) or intents.alone(text) or _commanded(text)
    if chosen := _from_list(talk, text, place):
        wish(talk, chosen)
    elif item and (given or item in intents.ASIDE | intents.RIGHTS):
        wish(talk, item)
    elif given:
        _by_itself(talk, text)
    else:
        _stranger(talk, text, item)


def _by_itself(talk: Talk, text: str) -> None:
    """Words that say nothing that one does: a paper's name, or what we do not understand."""
    if paper := papers.named_in(talk, text):
        wish(talk, f"paper:{paper}")
    elif not desk.at_a_loss(talk):
        dossiers.unknown(talk)


def _list_again(talk: Talk) -> None:
    """A number for a list that was never shown here chooses nothing: show what there is."""
    if not consenting.given(talk.session):
        _stranger(talk, "", None)
    elif not parked.welcome_back(talk):
        menu.show(talk)


def _from_list(talk: Talk, text: str, place: int) -> str | None:
    """The item of the list on the screen that the number or the words mean."""
    shown = talk.session.menu
    if 1 <= place <= len(shown):
        return shown[place - 1]
    return intents.listed(text, shown) or parked.named(talk, text)


def _stranger(talk: Talk, text: str, item: str | None) -> None:
    """Ask for consent, but an officer; who has read our words and said no may just say yes."""
    if talk.session.next_run > 1 and intents.agrees(text):
        consenting.agree(talk)
    elif not desk.at_a_loss(talk, item):
        consenting.ask(talk, "" if item is None or item in _SMALL_TALK else item)


def _commanded(text: str) -> str | None:
    command = commands.parse(text)
    return _COMMANDS.get(command.name) if command else None


def _nowhere(talk: Talk, event: Event) -> None:
    """A picture or a sticker while nothing was asked."""
    if not consenting.given(talk.session):
        _stranger(talk, "", None)
        return
    if isinstance(event.content, Photo | File) and papers.came(talk, event):
        return
    menu.not_now(talk, event.content)
