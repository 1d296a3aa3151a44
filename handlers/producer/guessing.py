"""What is known already answers the sheet: guesses for what profile and idea tell of.

The guesses are read back and confirmed like any other (see ``Question.suggest``).
"""

from collections.abc import Callable
from typing import Any

from conversations.scoring import called
from handlers.producer.standing import Standing
from programme.folding import fold

Told = dict[str, Any]
_KINDS = {
    "cooperative": ("organisation_cooperative", "organisation_cooperative_other"),
    "team": ("organisation_household",),
    "household": ("organisation_household",),
}
_MOST, _HALF, _QUARTER = 75, 50, 25  # percent


def guesses(one: Standing) -> dict[str, str]:
    """The words of the option that fits, by criterion."""
    found = {}
    for line in one.dossier.sheet.criteria:
        fitting = _FITTING.get(line.topic, _none)(one)
        options = (called(option) for option in line.open_to(one.dossier.variant))
        if said := next((each for each in options if each in fitting), None):
            found[line.id] = said
    return found


def _none(_one: Standing) -> tuple[str, ...]:
    return ()


def _organisation(one: Standing) -> tuple[str, ...]:
    return _KINDS.get(one.producer["kind"], ())


def _representative(one: Standing) -> tuple[str, ...]:
    """A woman, or of an ethnic minority; whether disabled is nobody's guess."""
    minority = one.producer["ethnicity"] and fold(one.producer["ethnicity"]) != "kinh"
    fits = one.producer["gender"] == "female" or minority
    return ("representative_yes",) if fits else ()


def _labour(one: Standing) -> tuple[str, ...]:
    told = one.idea.get("labour")
    if not isinstance(told, dict) or not told.get("total"):
        return ()
    share = 100 * told["local"] / told["total"]
    return _by_share("labour", share, ((_MOST, "most"), (_HALF, "half"), (_QUARTER, "quarter")))


def _share(one: Standing, where: str) -> float | None:
    """The share of the first material that comes from there, in percent."""
    first: Told = next(iter(one.idea.get("materials") or ()), {})
    shares = first.get("shares")
    return shares.get(where) if isinstance(shares, dict) else None


def _origin(one: Standing) -> tuple[str, ...]:
    share = _share(one, "commune")
    steps = ((_MOST, "most"), (_HALF, "half"), (1, "under_half"))
    return () if share is None else _by_share("origin", share, steps)


def _material(one: Standing) -> tuple[str, ...]:
    share = _share(one, "province")
    steps = ((_MOST, "most"), (_HALF, "half"), (1, "under_half"))
    return () if share is None else _by_share("material", share, steps)


def _by_share(topic: str, share: float, steps: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    reached = next((name for least, name in steps if share >= least), None)
    return (f"{topic}_{reached}",) if reached else ()


_FITTING: dict[str, Callable[[Standing], tuple[str, ...]]] = {
    "organisation": _organisation,
    "representative": _representative,
    "labour": _labour,
    "origin": _origin,
    "material": _material,
}
