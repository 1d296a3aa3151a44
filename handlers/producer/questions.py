"""A question to the officer."""

from conversations.session import Run
from handlers.talk import Talk
from storage import officers, producers, questions


def sent(talk: Talk, run: Run) -> None:
    """Keep the question and pass it to the officers whom it concerns."""
    given = run.answers["question"]
    text = given if isinstance(given, str) else given.get("text") or given.get("raw", "")
    number = questions.ask(talk.tx, talk.person, text, talk.session.typist, talk.now)
    talk.say("contact.done", number=number)
    mine = producers.of_person(talk.tx, talk.person)
    who = mine[0]["name"] if mine else None
    for officer in officers.of_commune(talk.tx, mine[0]["commune_code"] if mine else ""):
        talk.tell(officer, "officer.new_question", number=number, text=text, who=who)
