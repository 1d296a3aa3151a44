"""Every form that somebody may be asked: those of the catalogue, and the sheet of each set."""

from typing import Any

from conversations.forms import ballot, catalogue, score
from programme import papers, ruleset, sheets

RULES = ruleset.newest()
PAPERS = tuple(papers.papers(RULES))


def scored(number: int, variant: str | None = None, **more: Any) -> dict[str, Any]:
    """What a run of the criteria sheet of that set knows."""
    about = {"dossier": 1, "rules": RULES.name, "product_set": number, "variant": variant}
    return {**about, "kind": "cooperative", "have": [], "last": {}, **more}


DOSSIERS = ({"value": 1, "label": "Gạo Khẩu Mẹo"}, {"value": 2, "label": "Rượu ngô Bản Phố"})


def paper(*open_: str, **more: Any) -> dict[str, Any]:
    """What a run about one paper knows: whose it is, and which kinds are still needed."""
    about = {"dossiers": list(DOSSIERS), "whose": DOSSIERS[0]}
    return {**about, "rules": RULES.name, "overlays": [], "open": list(open_), **more}


SHEETS = {
    (number, variant): scored(number, variant)
    for number in ruleset.sheet_numbers(RULES)
    for variant in sheets.sheet(RULES, number).variants or (None,)
}
SCORED = {place: score.family(facts) for place, facts in SHEETS.items()}
BALLOT: dict[str, Any] = {**scored(3), "claimed": {"1.1": 3}, "proven": {"1.1": 2}}
FORMS = (*catalogue, *SCORED.values(), ballot.family(BALLOT))
