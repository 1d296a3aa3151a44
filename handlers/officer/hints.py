"""What an officer can type, told where nothing else was understood: nothing that is not theirs."""

from handlers.talk import Talk
from programme.roles import Right, Role
from storage import officers

_OF_FEW = frozenset({Role.SECRETARY, Role.MEMBER, Role.ADVISER})


def tell(talk: Talk) -> bool:
    """Say the words of the officer's role; False for whoever is no officer."""
    scope = officers.scope(talk.tx, talk.person)
    if scope is None:
        return False
    if scope.role in _OF_FEW:
        talk.say(f"offices.words_{scope.role}")
        return True
    talk.note("officer.words")
    talk.note("calendar.words")
    if scope.may(Right.ANNOUNCE):
        talk.note("announcing.words")
    if scope.may(Right.APPOINT):
        talk.note("offices.words")
    talk.flush()
    return True
