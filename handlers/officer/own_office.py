"""What an office sets of its own: the papers it asks for, its texts, its Word templates."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from conversations.messages import Message
from documents import reports
from documents.reports import ReportPaper
from handlers import own_texts
from handlers.officer.digest_lines import paper as called
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme import office, ruleset
from programme.office import OwnPaper, OwnPapers
from programme.reports import Report
from storage import dossiers, office_settings
from storage.database import Transaction
from storage.office_settings import PAPERS, TEXTS, Setting


def area(talk: Talk) -> str:
    """The area for which this officer sets things: a province, or everywhere."""
    return scope_of(talk).area


def papers(talk: Talk) -> OwnPapers:
    """What the office asks for beside the law."""
    return office.read(office_settings.body(talk.tx, area(talk), PAPERS))


def texts(talk: Talk) -> dict[str, str]:
    """The texts of the office, by what they are for."""
    return own_texts.of(talk.tx, area(talk))


def paper(talk: Talk, report: Report) -> ReportPaper:
    """The report as this office prints it: with its own texts, in its own Word template."""
    return paper_of(talk.tx, area(talk), report, talk.overlays)


def paper_of(tx: Transaction, area: str, report: Report, overlays: Sequence[Path]) -> ReportPaper:
    """The same, as the office of just that area prints it."""
    laid = reports.own_template(overlays, report.kind)
    template = office_settings.file(tx, area, office_settings.template(report.kind))
    return ReportPaper(report, laid, own_texts.of(tx, area), template)


def template(talk: Talk, kind: str) -> str:
    """The hash of the office's Word template for that kind of report; empty for none."""
    return office_settings.file(talk.tx, area(talk), office_settings.template(kind))


# -- papers ----------------------------------------------------------------------------------------


def ask_for(talk: Talk, paper: OwnPaper, seen: int) -> bool:
    """Ask for one paper more from now on; False where somebody changed them meanwhile."""
    own = papers(talk)
    new = replace(paper, id=office.next_id(area(talk), own))
    if not _keep_papers(talk, replace(own, papers=(*own.papers, new)), seen):
        return False
    talk.say("own_office.asks", name=new.name)
    return True


def change(talk: Talk, paper: OwnPaper, seen: int) -> bool:
    """Let the paper of that id be so from now on, or be asked for no more; False likewise."""
    own = papers(talk)
    some = tuple(paper if each.id == paper.id else each for each in own.papers)
    if not _keep_papers(talk, replace(own, papers=some), seen):
        return False
    talk.say("own_office.asks_so" if paper.asked else "own_office.asks_not", name=paper.name)
    return True


def wait(talk: Talk, kind: str, days: int | None, seen: int) -> bool:
    """Reckon with so many days for a paper of the law, or as we do; False likewise."""
    own = papers(talk)
    others = {name: told for name, told in (own.waits or {}).items() if name != kind}
    waits = others if days is None else {**others, kind: days}
    if not _keep_papers(talk, replace(own, waits=waits), seen):
        return False
    name = called(kind, ruleset.rule_set(talk.rules.name))
    talk.say("own_office.waits", name=name, days=days)
    return True


def _keep_papers(talk: Talk, own: OwnPapers, seen: int) -> bool:
    kept = _keep(talk, Setting(area(talk), PAPERS, office.written(own), None), seen)
    if kept:
        talk.settings_changed()
        dossiers.plan_anew(talk.tx)
    return kept


# -- texts and templates ---------------------------------------------------------------------------


def say_so(talk: Talk, told: Mapping[str, str], seen: int) -> bool:
    """Let the office's texts be these; False where somebody changed them meanwhile."""
    said = {name: told[name] for name in office.TEXTS if told.get(name)}
    body = json.dumps(said, ensure_ascii=False) if said else ""
    if not _keep(talk, Setting(area(talk), TEXTS, body, None), seen):
        return False
    talk.say("own_office.texts_kept")
    return True


def lay(talk: Talk, kind: str, named: tuple[str, str], seen: int, lacks: Mapping[str, Any]) -> bool:
    """Let reports of that kind be printed in the Word template of that name and hash.

    False likewise. ``lacks`` is what it lacks, as documents.own_templates.Tried.
    """
    if not _keep(talk, Setting(area(talk), office_settings.template(kind), *named), seen):
        return False
    talk.say("own_office.laid", title=title(kind), **lacks)
    return True


def lay_none(talk: Talk, kind: str, seen: int) -> bool:
    """Let them be printed as ours again; False likewise."""
    if not _keep(talk, Setting(area(talk), office_settings.template(kind), "", None), seen):
        return False
    talk.say("own_office.laid_none", title=title(kind))
    return True


def title(kind: str) -> Message:
    """What a kind of report is called."""
    return Message(f"own_office.title_{kind}")


def _keep(talk: Talk, setting: Setting, seen: int) -> bool:
    number = office_settings.keep(talk.tx, setting, talk.person, talk.now, instead_of=seen)
    if number is None:
        return False
    about: dict[str, Any] = {"what": setting.name.replace(":", "."), "area": setting.area}
    talk.log("set_office", "office", number, **about)
    return True
