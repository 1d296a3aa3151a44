"""A question to the officer: what it is about goes along, a ready answer is offered first."""

from collections.abc import Mapping
from typing import Any

from conversations.ready import OFFICER, Coming
from conversations.session import Run
from handlers import own_texts, referring
from handlers.producer import menu, on_screen
from handlers.producer.on_screen import ABOUT
from handlers.producer.written import text as typed
from handlers.talk import Talk
from programme import answers
from programme.calendar import Home
from programme.folding import fold
from storage import dossiers, planner, producers, questions

_CALLS = frozenset(
    {("hoi", "can", "bo"), ("gap", "can", "bo"), ("nho", "can", "bo"), ("ask", "the", "officer")}
)
_ASKING = frozenset({"hoi", "ask"})  # who was met, and thanks to whom, is told in stories too
_BEFORE = frozenset(
    {"da", "a", "em", "oi", "cho", "toi", "bac", "minh", "co", "chu", "muon", "xin"}
)
_EDGES = " :.,;-"
_LOOK, _SIGNS = 12, 20  # words among which the call stands, and signs of each
_FEWEST = 3  # words after the call for an officer that are a question of their own
_AHEAD = 3  # rounds among which there is one that can still be reached


def begin(talk: Talk) -> None:
    """Ask what the officer is to be asked; who said it in the same breath is not asked again."""
    if _sends_what_lies(talk):
        return
    about = on_screen.facts(talk)
    if text := _said_at_once(talk.text):
        _receive(talk, text, about)
        return
    _ask(talk, about)


def more(talk: Talk) -> None:
    """Go on with the question that was answered last; where a ready answer was, send that one."""
    if _sends_what_lies(talk):
        return
    last = questions.last_of(talk.tx, talk.person)
    if last is None:
        begin(talk)
    elif questions.reopen(talk.tx, last["id"]):
        _send(talk, last["id"])
        _go_on(talk)
    else:
        of_office = questions.PLACE if last["topic"] == questions.ANNOUNCED else ()
        about = {name: last[name] for name in (*ABOUT, *of_office) if last[name]}
        talk.note("answering.follows", number=last["number"], text=last["text"])
        _start(talk, {**about, "follows": last["id"]})


def sent(talk: Talk, run: Run) -> None:
    """Keep the question and pass it on, or offer what is ready for it first."""
    text = typed(run.answers["question"]) or ""
    text = _said_at_once(text) or text
    fair = run.facts.get("fair")
    _receive(talk, f"{fair}: {text}" if fair else text, run.facts)


def settled(talk: Talk, run: Run) -> None:
    """What a ready answer led to: it was enough, or the officer is asked all the same."""
    number, key = run.facts["question"], run.answers["which"]
    if key != OFFICER:
        questions.shown(talk.tx, number, key)
    if run.answers.get("enough") == "yes" and questions.settle(talk.tx, number, key, talk.now):
        planner.of_questions(talk.tx, [number], talk.now)
        talk.say("answering.enough")
    else:
        _send(talk, number)
    _go_on(talk)


def coming(talk: Talk, home: Home | None) -> Coming:
    """The next round whose day of handing in is still ahead there, for the ready answers."""
    found = talk.calendar.upcoming(talk.today, home, most=_AHEAD)
    days = [(each, talk.calendar.file_by(each, home)) for each in found]
    next_, by = next((one for one in days if one[1] >= talk.today), days[-1])
    ends = {"by": by.isoformat(), "finish": next_.finish_before.isoformat()}
    return {"number": next_.number, "year": next_.year, **ends}


# -- asking ----------------------------------------------------------------------------------------


def _ask(talk: Talk, about: Mapping[str, Any]) -> None:
    if name := referring.about(talk, {**dict.fromkeys(ABOUT), **about}):
        talk.note("answering.goes_along", name=name)
    _start(talk, about)


def _start(talk: Talk, about: Mapping[str, Any]) -> None:
    """Ask for the question; one that is being written is about this from now on."""
    found = talk.active()
    if about and found and found[0].name == "contact":
        talk.learn(found[1], dict(about))
    talk.start("contact", dict(about))


def asks(text: str) -> bool:
    """Whether the text asks an officer something, also where nearly any text is an answer."""
    verb, rest = _called(text)
    return verb in _ASKING and bool(rest)


def _said_at_once(text: str) -> str:
    """The question itself, of who says it together with the call for an officer."""
    _, rest = _called(text)
    return " ".join(rest).lstrip(_EDGES) if len(rest) >= _FEWEST else ""


def _called(text: str) -> tuple[str, list[str]]:
    """The verb of the call for an officer that opens the text, and the words behind it."""
    words = text.split()
    said = [fold(word[:_SIGNS]).strip(_EDGES) for word in words[:_LOOK]]
    polite = next((at for at, word in enumerate(said) if word not in _BEFORE), 0)
    call = tuple(said[polite : polite + 3])
    return (call[0], words[polite + 3 :]) if call in _CALLS else ("", [])


def _receive(talk: Talk, text: str, about: Mapping[str, Any]) -> None:
    question = _keep(talk, text, about)
    keys = () if question["follows"] else answers.offered(text, question["paper"])
    if keys:
        referring.hold(talk, question)
        _offer(talk, question, keys)
    else:
        _send(talk, question["id"])
        _go_on(talk)


def _keep(talk: Talk, text: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """Keep it where the producer is at home of whose dossier it is, else the person's first.

    What is asked of an announcement is for the office that made it.
    """
    dossier, mine = about.get("dossier_id"), producers.of_person(talk.tx, talk.person)
    owner = dossiers.by_id(talk.tx, dossier)["producer_id"] if dossier else None
    of = next((each for each in mine if each["id"] == owner), mine[0] if mine else None)
    home = about if about.get("topic") == questions.ANNOUNCED else of or {}
    place = {name: home.get(name, "") for name in questions.PLACE}
    columns = {name: about.get(name, "") for name in ("paper", "criterion", "topic")}
    of_these = {"producer_id": of["id"] if of else None, "follows": about.get("follows")}
    columns |= {**of_these, "dossier_id": dossier if of and of["id"] == owner else None, **place}
    number = questions.ask(talk.tx, talk.person, text, talk.session.typist, talk.now, **columns)
    kept = questions.of_number(talk.tx, number)
    assert kept is not None  # noqa: S101 - it was kept just now
    return kept


def _offer(talk: Talk, question: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    rules = talk.rules
    talk.start(
        "answering",
        {
            "question": question["id"],
            "keys": list(keys),
            "rules": rules.name,
            "overlays": [str(folder) for folder in rules.overlays],
            "coming": dict(coming(talk, referring.home_of(question))),
        },
    )


# -- passing on ------------------------------------------------------------------------------------


def _send(talk: Talk, number: int) -> None:
    (question,) = questions.by_ids(talk.tx, [number])
    if question["answer"] is not None:  # while she was reading
        return
    done = referring.send(talk, question)
    reach = own_texts.of(talk.tx, question["province_code"]).get("contact")
    key = "contact.done" if done else "contact.kept"
    talk.say(key, number=question["number"], reach=reach)


def _sends_what_lies(talk: Talk) -> bool:
    """Whoever asks for the officer while a ready answer is offered wants that question sent."""
    found = talk.active()
    if found is None or found[0].name != "answering":
        return False
    talk.end(found[1])
    _send(talk, found[1].facts["question"])
    _go_on(talk)
    return True


def _go_on(talk: Talk) -> None:
    if not talk.resume():
        menu.show(talk)
