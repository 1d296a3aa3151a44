"""What a person is looking at while she asks for the officer: a paper, a criterion, a dossier."""

from collections.abc import Mapping
from typing import Any

from conversations.forms.score import key_of
from conversations.papering import rules_of
from conversations.session import Run
from handlers.talk import Talk
from programme.sheets import sheet
from storage import dossiers

# The paper that each of these forms writes.
_WRITES = {
    "story": "story_text",
    "environment_pledge": "environment_papers",
    "self_declaration": "declaration",
    "labour_list": "labour_list",
    "linkage_contract": "linkage_contract",
}
ABOUT = ("paper", "criterion", "topic", "dossier_id")  # as storage.questions calls them
_ABOUT_PAPER = frozenset({"send", "example"})  # items that stand on the page of one paper


def facts(talk: Talk) -> dict[str, Any]:
    """What the question is asked about: those of ``ABOUT`` that are known."""
    found = talk.active()
    told = _of_run(found[1]) if found else _of_list(talk)
    dossier = told.get("dossier_id") or _dossier(talk)
    return {name: value for name, value in {**told, "dossier_id": dossier}.items() if value}


def _of_run(run: Run) -> dict[str, Any]:
    if run.form == "paper":
        whose = run.facts.get("whose") or run.answers.get("whose") or {}
        paper = run.facts.get("paper") or run.answers.get("name")
        return {"paper": paper, "dossier_id": whose.get("value")}
    if run.form == "score":
        return {"dossier_id": run.facts["dossier"], **_criterion(run)}
    return {"paper": _WRITES.get(run.form), "dossier_id": run.facts.get("dossier")}


def _criterion(run: Run) -> Mapping[str, str]:
    lines = sheet(rules_of(run.facts), run.facts["product_set"]).criteria
    line = next((each for each in lines if key_of(each.id) == run.at), None)
    return {"criterion": line.id, "topic": line.topic} if line else {}


def _of_list(talk: Talk) -> dict[str, Any]:
    """The one paper of which the list on the screen speaks."""
    items = (item.partition(":") for item in talk.session.menu)
    papers = {which for name, _, which in items if name in _ABOUT_PAPER and which}
    return {"paper": papers.pop()} if len(papers) == 1 else {}


def _dossier(talk: Talk) -> int | None:
    """The dossier that was spoken of last, or the only one there is."""
    mine = dossiers.of_person(talk.tx, talk.person)
    last = next((row for row in mine if row["id"] == talk.session.dossier), None)
    found = last or (mine[0] if len(mine) == 1 else None)
    return int(found["id"]) if found else None
