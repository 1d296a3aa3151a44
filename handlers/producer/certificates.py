"""Giấy chứng nhận: those that a producer has or tells of, and the days of their re-evaluation."""

from datetime import date
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.producer import dossiers, menu, profiles, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import rounds, ruleset
from programme.folding import fold
from programme.papers import later
from storage import certificates as kept
from storage import codes, producers

_LISTED = 3  # certificates in one letter
_YEAR, _MONTH = 4, 7  # signs of a day that is known to its year or month
_UNKNOWN = 0  # the product set, while there is no idea of the product

# -- those that there are --------------------------------------------------------------------------


def show(talk: Talk) -> None:
    """List what the producer has, what ends first first, with the days of their re-evaluation."""
    every = kept.of_person(talk.tx, talk.person)
    mine = [each for each in every if not _is_followed(each, every)]
    talk.leave()
    if not mine:
        talk.note("renewal.no_certificates")
        menu.show(talk)
        return
    shown = mine[:_LISTED]
    lines = tuple(_line(talk, each) for each in shown)
    talk.say("renewal.certificates", lines=lines, more=len(mine[_LISTED:]))
    items = [("menu", Message("dossier.item_menu"))]
    if any(_is_late(talk, each) for each in shown):
        talk.note("renewal.late_law")
        items.insert(0, ("officer", Message("menu.item_officer")))
    stands = [each for each in mine if not each["revoked_on"]]
    if stands and not dossiers.of_person(talk):
        idea = ("idea", Message("menu.item_idea"))
        talk.offer("certificate.then", [idea, *items], name=stands[0]["name"])
        return
    items.insert(0, ("dossier", Message("dossier.back")))
    if not all(each["renewed_at"] for each in stands):
        items.insert(0, ("reassess", Message("renewal.item_reassess")))
    talk.offer("renewal.which_now", items)


def _line(talk: Talk, one: dict[str, Any]) -> Message:
    about = {name: one[name] for name in ("name", "star", "expires")}
    if one["revoked_on"]:
        del about["expires"]
        return Message("renewal.certificate_revoked", {**about, "day": one["revoked_on"]})
    closes = standing.last_working_day(talk, one["refile_by"])
    if _is_late(talk, one):
        ended = one["expires"] < talk.today
        return Message("renewal.certificate_late", {**about, "closes": closes, "ended": ended})
    if one["renewed_at"]:
        return Message("renewal.certificate_renewed", {**about, "closes": closes})
    return Message("renewal.certificate", {**about, "opens": one["refile_from"], "closes": closes})


def _is_late(talk: Talk, one: dict[str, Any]) -> bool:
    """Whether the days of its re-evaluation have gone by, and it was not handed in."""
    is_over = standing.last_working_day(talk, one["refile_by"]) < talk.today
    return (
        is_over
        and not one["revoked_on"]
        and not any(
            row["filed_at"] and row["follows"] == one["dossier_id"]
            for row in dossiers.of_person(talk)
        )
    )


def _is_followed(one: dict[str, Any], every: list[dict[str, Any]]) -> bool:
    """Whether its re-evaluation is over, and a newer one stands in its place."""
    newer = (each for each in every if each["issued"] > one["issued"])
    return bool(one["renewed_at"]) and any(_same_product(each, one) for each in newer)


def is_known(talk: Talk, one: Standing) -> bool:
    """Whether a certificate of the product is known."""
    return any(
        each["dossier_id"] == one.row["id"] or _same_product(each, one.row)
        for each in kept.of_person(talk.tx, talk.person)
    )


def _same_product(one: dict[str, Any], other: dict[str, Any]) -> bool:
    same_name = fold(one["name"]) == fold(other["name"])
    return same_name and bool(one["producer_id"] == other["producer_id"])


# -- one that somebody tells of --------------------------------------------------------------------


def begin(talk: Talk) -> None:
    """Ask about a certificate of a product that has no dossier; of several producers ask whose."""
    mine = producers.of_person(talk.tx, talk.person)
    talk.leave()
    if not mine:
        talk.change(after="again_other")
        talk.note("menu.need_profile")
        profiles.begin_new(talk)
    elif len(mine) == 1:
        begin_for(talk, str(mine[0]["id"]))
    else:
        items = [(f"again_for:{each['id']}", each["name"]) for each in mine]
        talk.offer("idea.ask_producer", items)


def begin_for(talk: Talk, which: str) -> None:
    """Ask about a certificate of that producer."""
    mine = {str(each["id"]): each for each in producers.of_person(talk.tx, talk.person)}
    if which in mine:
        talk.start("certificate", {"producer": mine[which]["id"], "label": mine[which]["name"]})
    else:
        begin(talk)


def sent(talk: Talk, run: Run) -> None:
    """Keep the certificate; tell when it is to be filed again, and what that needs first."""
    producer = run.facts["producer"]
    if not codes.still_acts(talk.tx, talk.person, producer):
        talk.say("menu.not_for_them", name=run.facts["label"])
        return
    answers = walk.collected(talk.catalogue.of(run), run)
    about = {"producer_id": producer, "name": answers["name"], "product_set": _UNKNOWN}
    values = about | _told(talk, answers)
    if _known(talk, values) is None:
        kept.keep(talk.tx, values, talk.now)
    told = {key: values[key] for key in ("name", "star", "expires")}
    told |= {"opens": values["refile_from"], "closes": values["refile_by"]}
    talk.say("certificate.done", **told)
    items = [("idea", Message("menu.item_idea")), ("menu", Message("dossier.item_menu"))]
    if values["refile_by"] < talk.today:
        talk.note("renewal.late_law")
        items.insert(1, ("officer", Message("menu.item_officer")))
    talk.offer("certificate.then", items, name=values["name"])


def of_dossier(talk: Talk, last: Standing, answers: dict[str, Any]) -> None:
    """Keep the certificate that she told of, once; one that is evaluated again is noted so."""
    values = {name: last.row[name] for name in ("producer_id", "name", "product_set")}
    values |= _told(talk, answers)
    known = _known(talk, values)
    dossier = (known and known["dossier_id"]) or last.row["id"]
    if known is None:
        kept.keep(talk.tx, values | {"dossier_id": dossier}, talk.now)
    elif known["dossier_id"] is None:
        kept.change(talk.tx, known["id"], values | {"dossier_id": dossier})
    if answers["case"] == "reassess":
        kept.renew(talk.tx, dossier, talk.now)


def _told(talk: Talk, answers: dict[str, Any]) -> dict[str, Any]:
    """The star and the days of a certificate, from the star and the day that were told."""
    issued, expires = days(talk, answers)
    window = rounds.window(expires, talk.rules)
    about = {"star": int(answers["star"]), "issued": issued, "expires": expires}
    closes = standing.last_working_day(talk, window.closes)
    return about | {"refile_from": window.opens, "refile_by": closes}


def _known(talk: Talk, values: dict[str, Any]) -> dict[str, Any] | None:
    """The same certificate, kept before: of that product, and of that day."""
    return next(
        (
            each
            for each in kept.of_person(talk.tx, talk.person)
            if _same_product(each, values) and each["issued"] == values["issued"]
        ),
        None,
    )


def days(talk: Talk, answers: dict[str, Any]) -> tuple[date, date]:
    """The day of a certificate and the day on which it ends (Điều 7)."""
    months = int(ruleset.part("deadlines", talk.rules)["certificate"]["valid_months"])
    issued = _whole(answers["recognised"])
    return issued, later(issued, months)


def _whole(told: str) -> date:
    """The day that was told; of a month or a year the first day, so that nothing comes too late."""
    rest = {_YEAR: "-01-01", _MONTH: "-01"}.get(len(told), "")
    return date.fromisoformat(told + rest)
