"""What the officer who talks may see and do."""

from handlers.talk import Talk
from storage import officers
from storage.officers import Scope


def scope_of(talk: Talk) -> Scope:
    """It as it is now. LookupError for who is no officer, or no more."""
    found = officers.scope(talk.tx, talk.person)
    if found is None:
        raise LookupError(talk.person)
    return found
