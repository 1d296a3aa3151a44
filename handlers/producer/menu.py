"""The menu, greetings, language, and kind words for what we did not understand."""

from conversations import media
from conversations.events import Contact, Content, File, Location, Photo, Strange, Tap, Voice
from conversations.messages import Message
from handlers.officer import calendar
from handlers.producer import fair_answers
from handlers.talk import Talk
from programme.calendar import Home
from programme.folding import fold
from storage import fairs, producers

_ITEMS = ("idea", "profile", "drafts", "dossier", "rounds", "fairs", "officer", "language")
_LANGUAGES = {"english": "en", "tieng anh": "en", "tieng viet": "vi", "vietnamese": "vi"}
_HERE: dict[type, str] = {
    Photo: "photo_here",
    File: "file_here",
    Voice: "voice_here",
    Contact: "contact_here",
    Location: "location_here",
    Tap: "settled",
}
_FAIRS = 3


def show(talk: Talk) -> None:
    """The menu, by numbers."""
    talk.offer("menu.menu", _items(), turn=talk.session.misses + 1)


def _items() -> list[tuple[str, Message]]:
    return [(item, Message(f"menu.item_{item}")) for item in _ITEMS]


def hello(talk: Talk) -> None:
    """Greet back, with the menu."""
    talk.note("menu.hello")
    show(talk)


def unknown(talk: Talk) -> None:
    """Say that we did not understand, never in the same words twice; then offer a person."""
    misses = talk.session.misses
    talk.change(misses=misses + 1)
    if misses < 2:  # noqa: PLR2004 - after the second time a person is offered
        talk.offer("menu.unknown", _items(), turn=misses + 1)
        return
    items = [(item, Message(f"menu.item_{item}")) for item in ("officer", "idea", "help")]
    talk.offer("menu.unknown_person", items, turn=misses - 1)


def not_now(talk: Talk, content: Content) -> None:
    """Something that is no text came while nothing was asked."""
    misses = talk.session.misses
    talk.change(misses=misses + 1)
    key = _HERE.get(type(content), "strange_here")
    if isinstance(content, Strange):
        key = media.NAMED.get(content.kind, key)
    talk.note(f"engine.{key}", turn=misses + 1)
    unknown(talk) if misses > 1 else show(talk)


def early(talk: Talk, text: str) -> None:
    """A number typed before the list that it now stands under was there is no choice from it."""
    talk.say("engine.early", text=text[:60], turn=talk.session.misses + 1)
    talk.change(misses=talk.session.misses + 1)


def language_heard(talk: Talk, text: str) -> bool:
    """Switch the language when the text names one and nothing else."""
    language = _LANGUAGES.get(fold(text[:40]))
    if language is None:
        return False
    set_language(talk, language)
    return True


def set_language(talk: Talk, language: str | None = None) -> None:
    """Speak that language from now on; the other one when none is named."""
    chosen = language or ("vi" if talk.session.language == "en" else "en")
    talk.change(language=chosen)
    talk.say("menu.language_set")
    if not talk.resume(told=True):
        show(talk)


def coming_rounds(talk: Talk) -> None:
    """The next rounds, and how many days are left."""
    mine = producers.of_person(talk.tx, talk.person)
    home = Home(mine[0]["commune_code"], mine[0]["province_code"]) if mine else None
    lines = tuple(
        Message(
            "menu.round_line",
            {
                "name": Message("menu.round_tinh", {"number": r.number, "year": r.year}),
                "intake": r.intake_before,
                "finish": r.finish_before,
                "days": (r.intake_before - talk.today).days,
                "parts": tuple(calendar.set_days(talk, r, home)),
            },
        )
        for r in talk.calendar.upcoming(talk.today, home, most=2)
    )
    talk.say("menu.rounds", lines=lines)


def coming_fairs(talk: Talk) -> None:
    """What invites the person, else the fairs we know of, the newest first."""
    if fair_answers.coming(talk):
        return
    lines = tuple(
        Message("menu.fair_line", {"name": f["name"], "place": f["place"], "when": f["held"]})
        for f in fairs.newest(talk.tx, _FAIRS)
    )
    talk.say("menu.fairs", lines=lines) if lines else talk.say("menu.no_fairs")
