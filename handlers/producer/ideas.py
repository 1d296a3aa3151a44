"""Ý tưởng sản phẩm: beginning one, handing it in, and withdrawing it."""

from collections.abc import Sequence
from typing import Any

from conversations import walk
from conversations.messages import Message, Shown
from conversations.session import Run
from handlers.producer import dossiers, filing, menu, parked, plans, profiles, standing
from handlers.talk import Talk
from programme import calendar
from programme.calendar import Milestone
from programme.rounds import Round
from storage import codes, ideas, officers, papers, producers
from storage import dossiers as rows

_ROUNDS = 4  # some are over before a draft is gone on with


def begin(talk: Talk) -> None:
    """Begin an idea, unless one lies half done: then which of the two is meant."""
    half = parked.newest(talk, "idea")
    if half is None:
        begin_new(talk)
        return
    parked.offer_to_go_on(talk, half, ("idea_new", Message("menu.new_idea")))


def begin_new(talk: Talk) -> None:
    """Begin an idea; who has no profile yet is asked for it first, then comes the idea."""
    mine = producers.of_person(talk.tx, talk.person)
    if not mine:
        talk.change(after="idea")
        talk.note("menu.need_profile")
        profiles.begin_new(talk)
        return
    facts: dict[str, Any] = {"producers": [_fact(p) for p in mine], "rounds": _rounds(talk, mine)}
    if len(mine) == 1:
        facts |= {"producer": _fact(mine[0]), "commune": _commune(mine[0])}
    talk.start("idea", facts)


def begin_for(talk: Talk, which: str) -> None:
    """Begin an idea of that producer."""
    mine = [p for p in producers.of_person(talk.tx, talk.person) if str(p["id"]) == which]
    if not mine:
        begin(talk)
        return
    facts = {
        "producers": [_fact(mine[0])],
        "rounds": _rounds(talk, mine),
        "producer": _fact(mine[0]),
        "commune": _commune(mine[0]),
    }
    talk.start("idea", facts)


def reopen(talk: Talk, idea: dict[str, Any]) -> None:
    """Open the sheet of an idea that came back, with all its answers; sending it makes another."""
    producer = producers.by_id(talk.tx, idea["producer_id"])
    talk.start(
        "idea",
        {
            "producers": [_fact(producer)],
            "rounds": _rounds(talk, [producer]),
            "given": walk.given(talk.catalogue["idea"], idea["answers"]),
            "mends": idea["number"],
        },
    )


def _rounds(talk: Talk, mine: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rounds ahead as they are where the producer is at home: with the months of councils."""
    home, dates = standing.home_of(mine[0]) if len(mine) == 1 else None, talk.calendar
    return [
        {
            "key": each.key,
            "number": each.number,
            "year": each.year,
            "before": each.intake_before.isoformat(),
            "meets": _meets(each, dates.of(each.key, home).get("council")),
        }
        for each in dates.upcoming(talk.today, home, most=_ROUNDS)
    ]


def _meets(round_: Round, council: Milestone | None) -> list[int]:
    day = council.day if council else None
    return list(calendar.season((), round_, fresh=False, council=day).council_months)


def _fact(producer: dict[str, Any]) -> dict[str, Any]:
    return {"value": producer["id"], "label": producer["name"], "commune": _commune(producer)}


def _commune(producer: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": producer["commune_code"],
        "name": producer["commune"],
        "province": producer["province"],
        "via": producer["commune_was"],
    }


def sent(talk: Talk, run: Run) -> None:
    """Keep the idea, give its receipt, and tell the officers of its commune."""
    answers = walk.collected(talk.catalogue.of(run), run)
    producer = _read(answers, "producer") or run.facts["producers"][0]
    if not codes.still_acts(talk.tx, talk.person, producer["value"]):
        talk.say("menu.not_for_them", name=producer["label"])
        return
    commune = _read(answers, "commune") or producer["commune"]
    values = {
        "producer_id": producer["value"],
        "person_id": talk.person,
        "run": run.id,
        "hand": talk.session.typist,
        "name": answers["name"],
        "product_set": (_read(answers, "set") or {"number": 0})["number"],
        "stage": _read(answers, "stage") or "",
        "commune_code": commune["code"],
        "star": _read(answers, "star"),
        "round_key": (_read(answers, "round") or {}).get("key"),
        "form_version": run.version,
    }
    old = _mended(talk, run)
    values["follows"] = old["id"] if old else None
    number = ideas.submit(talk.tx, values, answers, talk.now, talk.year)
    if old:
        _carry_on(talk, old, number)
        talk.note("inbox.mended", number=old["number"])
    talk.say(
        "idea.done",
        number=number,
        name=answers["name"],
        producer=producer["label"],
        round=Shown("round", answers["round"]) if answers.get("round") else None,
        step=_begun(talk, number),
    )
    for officer in officers.of_commune(talk.tx, commune["code"]):
        talk.tell(
            officer,
            "officer.new_idea",
            number=number,
            name=answers["name"],
            set=Shown("product_set", answers["set"]),
            producer=producer["label"],
            commune=Shown("commune", commune),
            typist=talk.session.typist or None,
        )


def _mended(talk: Talk, run: Run) -> dict[str, Any] | None:
    """The idea that came back and that this one mends, which it does but once."""
    number = run.facts.get("mends")
    if number is None or not ideas.mended(talk.tx, talk.person, number):
        return None
    return ideas.by_number(talk.tx, number)


def _carry_on(talk: Talk, old: dict[str, Any], number: str) -> None:
    """Let the dossier of the old idea be the new one's; of another product set a new one begins."""
    new, dossier = ideas.by_number(talk.tx, number), rows.of_idea(talk.tx, old["id"])
    if new is None or dossier is None or dossier["status"] != "open":
        return
    if new["product_set"] == dossier["product_set"]:
        rows.change(talk.tx, dossier["id"], idea_id=new["id"], name=new["name"])
        rows.touch(talk.tx, talk.now, dossier["id"])
    else:
        rows.close(talk.tx, dossier["id"], talk.now)


def _begun(talk: Talk, number: str) -> Message | None:
    """Open the dossier of the idea, which the officer may look at at once; what to begin with."""
    idea = ideas.by_number(talk.tx, number)
    row = _dossier(talk, idea) if idea else None
    if row is None:
        return None
    filing.begun(talk, row["id"])
    return plans.first_of(talk, standing.of(talk, row))


def _read(answers: dict[str, Any], key: str) -> Any:
    """The answer; None where there is none, or only the words that an officer has to read."""
    value = answers.get(key)
    return None if isinstance(value, dict) and "raw" in value else value


def pick(talk: Talk, number: str) -> None:
    """Ask what is to become of an idea that was handed in."""
    found = _own(talk, number)
    if found is None:
        parked.show_all(talk)
        return
    items = [(f"idea_end:{number}", Message("menu.withdraw")), parked.SOMETHING_ELSE]
    if dossier := _dossier(talk, found):
        items.insert(0, (f"dossier_for:{dossier['id']}.dossier", Message("idea.see_dossier")))
    if found["verdict"] == "returned":
        items.insert(0, (f"mend:{number}", Message("inbox.item_mend")))
    talk.offer("menu.pick_draft", items, title=_title(found))


def _own(talk: Talk, number: str) -> dict[str, Any] | None:
    """The idea of that number, if the person handed it in and has not withdrawn it."""
    found = ideas.by_number(talk.tx, number)
    mine = found and found["person_id"] == talk.person and found["status"] == "submitted"
    return found if mine else None


def _dossier(talk: Talk, idea: dict[str, Any]) -> dict[str, Any] | None:
    """The open dossier of an idea; there is none while nobody knows its product set."""
    mine = dossiers.of_person(talk)
    return next((row for row in mine if row["idea_id"] == idea["id"]), None)


def _title(idea: dict[str, Any]) -> str:
    return f"{idea['number']} · {idea['name']}"


def ask_sure(talk: Talk, number: str) -> None:
    """Say what goes with an idea that is withdrawn, and ask whether that is meant."""
    found = _own(talk, number)
    if found is None:
        _settled(talk)
        return
    items = [
        (f"idea_gone:{number}", Message("menu.withdraw")),
        (f"idea_kept:{number}", Message("idea.keep_it")),
    ]
    talk.offer("idea.withdraw_sure", items, title=_title(found), count=_papers_lost(talk, found))


def _settled(talk: Talk) -> None:
    talk.note("engine.settled", turn=talk.session.misses + 1)
    menu.show(talk)


def _papers_lost(talk: Talk, idea: dict[str, Any]) -> int:
    """How many papers stand for nothing any more; its producer's may serve other products."""
    row = _dossier(talk, idea)
    if row is None:
        return 0
    producer = row["producer_id"]
    others = [each for each in dossiers.of_person(talk) if each["producer_id"] == producer]
    given = papers.standing(talk.tx, producer, row["root"])
    return sum(len(others) == 1 or paper["product"] is not None for paper in given)


def keep(talk: Talk, number: str) -> None:
    """Leave an idea as it was handed in."""
    talk.note("idea.kept", number=number)
    menu.show(talk)


def withdraw(talk: Talk, number: str) -> None:
    """Withdraw an idea that was handed in, and its dossier; the officers hear of both."""
    found = ideas.by_number(talk.tx, number)
    if found is None or not ideas.withdraw(talk.tx, talk.person, number, talk.now):
        _settled(talk)
        return
    dossier = rows.of_idea(talk.tx, found["id"])
    if dossier:
        rows.close(talk.tx, dossier["id"], talk.now)
    talk.say("engine.withdrawn", title=_title(found))
    talk.change(menu=())
    about = {"number": number, "dossier": dossier and dossier["number"], "name": found["name"]}
    for officer in officers.of_commune(talk.tx, found["commune_code"]):
        talk.tell(officer, "officer.idea_withdrawn", **about)
