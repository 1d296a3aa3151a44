"""What stands in the papers that are printed of a dossier: book, card, and the forms of the law."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from documents.book import Book, Criterion, Lacking, Paper, Part, Producer, Product, Scan
from documents.card import Bar, Blocked, ScoreCard, Step
from documents.card import Path as WayUp
from documents.forms.form_01 import Registration
from documents.forms.form_02 import Evidence, Held, Right, SelfAssessment
from documents.forms.form_03 import CommuneReport
from documents.forms.idea_sheet import IdeaSheet, Material
from handlers.producer import recalled, stars, written
from handlers.producer.standing import Standing
from programme import advice, betterment, checklist, papers, products, renewal, ruleset, scoring
from programme.dossier import Dossier
from programme.scoring import Score
from programme.sheets import Criterion as Line

_CERTIFIED = 3  # stars
_HELD: dict[str, Held] = {
    "business_registration": "registration",
    "declaration": "declaration",
    "food_safety_certificate": "food_safety",
    "production_licence": "conditions",
    "sector_conditions": "conditions",
    "trademark_certificate": "property",
}
_RIGHTS: dict[str, Right] = {
    "trademark_application": "trademark",
    "trademark_certificate": "trademark",
    "origin_sign_right": "origin_sign",
    "design_or_patent": "design",
}
Answers = dict[str, Any]
Writings = Mapping[str, Answers]  # what was told for the papers that we write together


# -- the book --------------------------------------------------------------------------------------


def book(one: Standing, today: date) -> Book:
    """The whole dossier as it is printed."""
    whole = renewal.with_last_claims(one.dossier)
    star = scoring.score(whole).star_of_sheet
    return Book(
        Producer(
            one.producer["name"],
            one.producer["representative"],
            _address(one.producer),
            one.producer["phone"] or "",
        ),
        Product(one.row["name"], whole.product_set, whole.sheet.name),
        one.row["case"],
        round_of(one),
        ruleset.part("rules", one.rules)["title"],
        today,
        parts(whole),
        tuple(_papers(one, whole)),
        tuple(_lacking(whole)),
        star if star >= _CERTIFIED else None,
    )


def round_of(one: Standing) -> str:
    """The round in figures: the first of 2027 is 1/2027."""
    return f"{one.round.number}/{one.round.year}"


def _address(producer: Answers) -> str:
    return ", ".join(filter(None, (producer["commune"], producer["province"])))


def parts(whole: Dossier) -> tuple[Part, ...]:
    """The sheet part by part, each criterion with what is claimed."""
    return tuple(
        Part(
            part.code,
            part.title,
            tuple(_criterion(whole, line) for group in part.groups for line in group.criteria),
        )
        for part in whole.sheet.parts
    )


def _criterion(whole: Dossier, line: Line) -> Criterion:
    option = whole.claim(line)
    if option is None:
        return Criterion(line.id, line.title, "", 0, line.max)
    needed = bool(checklist.needs_of(whole, line, option))
    return Criterion(line.id, line.title, option.label, option.points, line.max, needed)


def _papers(one: Standing, whole: Dossier) -> Iterator[Paper]:
    kinds = papers.papers(one.rules)
    serves = served(whole)
    for given in one.given:
        kind = kinds[given["paper"]]
        yield Paper(
            kind.name,
            given["copy_kind"],
            tuple(Scan(file, Path()) for file in given["files"]),
            serves.get(kind.id, ()),
            given["number"] or "",
            kind.issuer,
            given["issued"],
            given["expires"],
        )


def served(whole: Dossier) -> dict[str, tuple[str, ...]]:
    """The criteria that each kind of paper serves."""
    lines = checklist.lines(whole)
    return {paper.id: line.criteria for line in lines for paper in line.papers}


def _lacking(whole: Dossier) -> Iterator[Lacking]:
    for line in checklist.missing(whole):
        yield Lacking(line.papers[0].name, str(line.state), line.criteria)


# -- the card --------------------------------------------------------------------------------------


def card(one: Standing, today: date) -> ScoreCard:
    """How the product stands today, and the way to its next star."""
    whole = renewal.with_last_claims(one.dossier)
    found = scoring.score(whole)
    goal = stars.goal_of(one, found)
    return ScoreCard(
        one.row["name"],
        whole.product_set,
        whole.sheet.name,
        found.star if found.star >= _CERTIFIED else 0,
        tuple(
            Bar(part.code, part.title, found.by_part[part.code], part.max)
            for part in whole.sheet.parts
        ),
        len(checklist.missing(whole)),
        today,
        _blocked(whole, scoring.before(whole, found, goal)) if goal else None,
        _way_up(one, whole, found, goal) if goal else None,
    )


def _blocked(whole: Dossier, next_: scoring.Blocked) -> Blocked:
    stops = (stop.text for stop in next_.stops)
    return Blocked(next_.star, (*stops, *_short(whole, next_)), next_.points_lacking)


def _short(whole: Dossier, next_: scoring.Blocked) -> Iterator[str]:
    for short in next_.short:
        line = whole.sheet.criterion(short.criterion)
        yield f"{line.id} {line.title}: {short.counted}/{short.minimum}"


def _way_up(one: Standing, whole: Dossier, found: Score, goal: int) -> WayUp | None:
    way = stars.cheapest(one, whole, goal)
    if not isinstance(way, betterment.Path):
        return None
    steps = sorted(_to_begin(one, whole, found, way), key=lambda each: each[0])
    return WayUp(way.star, tuple(step for _, step in steps), way.ready_on)


def _to_begin(
    one: Standing, whole: Dossier, found: Score, way: betterment.Path
) -> Iterator[tuple[date, Step]]:
    """What there is to do, each with the last day on which it can begin."""
    for line in way.papers:
        yield advice.begin_by(line, one.file_by), Step(line.papers[0].name)
    for step in advice.steps(way, one.file_by):
        what = f"{whole.sheet.criterion(step.criterion).title}: {step.option.label}"
        gained = step.option.points - found.counted.get(step.criterion, 0)
        yield step.begin_by, Step(what, gained)


# -- the forms of the law --------------------------------------------------------------------------


def form_01(one: Standing, before: Writings) -> Registration:
    """Mẫu 01, as far as it is known."""
    kind = products.by_number(one.row["product_set"])
    return Registration(
        province=one.producer["province"] or None,
        year=one.round.year,
        **_who(one.producer, "email", "phone"),
        position=recalled.position(before),
        product=one.row["name"],
        group=kind.group if kind else None,
        subgroup=kind.subgroup if kind else None,
        set_name=kind.name if kind else None,
        set_number=one.row["product_set"],
        case=one.row["case"],
        samples=kind.samples if kind else None,
    )


def _who(producer: Answers, *also: str) -> Answers:
    known = ("representative", *also)
    told = {key: producer[key] or None for key in known}
    return {**told, "producer": producer["name"], "address": _address(producer) or None}


def form_02(one: Standing, before: Writings) -> SelfAssessment:
    """Mẫu 02, as far as it is known; the evidence in the order of the criteria."""
    whole = renewal.with_last_claims(one.dossier)
    given = dict.fromkeys(each["paper"] for each in one.given)
    serves, kinds = served(whole), papers.papers(one.rules)
    who = one.producer
    return SelfAssessment(
        **_who(who, "email", "phone", "gender", "ethnicity"),
        kind=who["kind"],
        residence=who["address"] or None,
        founded=who["registered_on"],
        registration_number=who["registration"],
        product=one.row["name"],
        packing=written.text(one.idea.get("packaging")),
        held=tuple(dict.fromkeys(_HELD[id_] for id_ in given if id_ in _HELD)),
        rights=tuple(dict.fromkeys(_RIGHTS[id_] for id_ in given if id_ in _RIGHTS)),
        history=written.text(before.get("story", {}).get("history")),
        materials=tuple(map(_material, one.idea.get("materials", ()))),
        set_number=whole.product_set,
        set_name=whole.sheet.name,
        parts=parts(whole),
        evidence=tuple(Evidence(kinds[id_].name, serves.get(id_, ())) for id_ in given),
    )


def form_03(one: Standing) -> CommuneReport:
    """Mẫu 03 for the commune's officer: who and what; the judgements are the commune's."""
    who = one.producer
    return CommuneReport(
        commune=who["commune"] or None,
        province=who["province"] or None,
        **_who(who, "gender", "ethnicity"),
        kind=who["kind"],
        residence=who["address"] or None,
        product=one.row["name"],
    )


# -- the idea --------------------------------------------------------------------------------------


def idea_sheet(idea: Answers, producer: Answers) -> IdeaSheet:
    """An idea as it was handed in."""
    told = idea["answers"]
    labour, wished = _record(told, "labour"), _record(told, "round")
    return IdeaSheet(
        number=idea["number"],
        producer=producer["name"],
        kind=producer["kind"],
        representative=producer["representative"] or None,
        phone=producer["phone"],
        commune=_address(producer) or None,
        name=idea["name"],
        set_number=idea["product_set"] or None,
        set_name=_record(told, "set").get("name"),
        stage=cast("Literal['new', 'existing'] | None", idea["stage"] or None),
        materials=tuple(map(_material, told.get("materials", ()))),
        labour=labour.get("total"),
        local_labour=labour.get("local"),
        packaging=written.text(told.get("packaging")),
        special=written.text(told.get("special")),
        papers=tuple(told["papers"]) if isinstance(told.get("papers"), list) else (),
        months=tuple(told["season"]) if isinstance(told.get("season"), list) else (),
        star=idea["star"],
        round=f"{wished['number']}/{wished['year']}" if wished else None,
    )


def _record(told: Answers, key: str) -> Answers:
    """An answer that is a record; empty where it was only told in words, or not at all."""
    value = told.get(key)
    return value if isinstance(value, dict) and "raw" not in value else {}


def _material(told: Answers) -> Material:
    shares = _record(told, "shares")
    return Material(
        written.text(told.get("name")) or "", shares.get("commune"), shares.get("province")
    )
