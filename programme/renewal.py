"""Upgrade and re-evaluation: only what changed, what ran out and what the law wants anew."""

from dataclasses import dataclass, replace

from programme import checklist
from programme.checklist import Line
from programme.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Again:
    """What a producer is asked this time.

    ``answer``: criteria without any answer yet. ``changed``: answered otherwise than last time.
    ``confirm``: unchanged, but the case wants a word on them. ``papers``: to be brought.
    """

    answer: tuple[str, ...]
    changed: tuple[str, ...]
    confirm: tuple[str, ...]
    papers: tuple[Line, ...]


def again(dossier: Dossier) -> Again:
    """What must be asked, given what is known from the last time."""
    whole = with_last_claims(dossier)
    known = _known_before(dossier)
    answer = tuple(line.id for line in whole.sheet.criteria if line.id not in whole.claims)
    changed = tuple(
        id_
        for id_, option in whole.claimed.items()
        if dossier.before is not None and known.get(id_) != option.key
    )
    wanted = checklist.cases(whole.rules)[whole.case].confirm
    confirm = tuple(
        line.id
        for line in whole.sheet.criteria
        if line.topic in wanted and line.id not in (*answer, *changed)
    )
    return Again(answer, changed, confirm, checklist.missing(whole))


def with_last_claims(dossier: Dossier) -> Dossier:
    """The dossier with the claims of the last time where nothing new is claimed."""
    if dossier.before is None:
        return dossier
    return replace(dossier, claims={**_known_before(dossier), **dossier.claims})


def _known_before(dossier: Dossier) -> dict[str, str]:
    """The options of the last time; criteria that this sheet does not have are left out."""
    if dossier.before is None:
        return {}
    ids = {line.id for line in dossier.sheet.criteria}
    kept = {id_: claim for id_, claim in dossier.before.claims.items() if id_ in ids}
    return {id_: option.key for id_, option in dossier.sheet.read(kept, dossier.variant).items()}
