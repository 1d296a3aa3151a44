"""Nâng hạng, đánh giá lại: a new dossier of a product that has its star, built on the last one."""

from datetime import date, timedelta
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.producer import dossiers, filing, menu, scores, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import renewal, rounds, ruleset
from programme.folding import fold
from programme.papers import later
from programme.ruleset import Case
from storage import certificates as kept
from storage import dossiers as rows

_LONG = timedelta(days=365)
_LISTED = 3  # certificates in one letter
_YEAR, _MONTH = 4, 7  # signs of a day that is known to its year or month


def begin(talk: Talk, one: Standing, case: Case | None = None) -> None:
    """Ask what the product has now."""
    talk.leave()
    facts: dict[str, Any] = {"dossier": one.row["id"], "product": one.row["name"]}
    talk.start("renewal", {**facts, "case": case} if case else facts)


def upgrade(talk: Talk, one: Standing) -> None:
    """Begin an upgrade."""
    begin(talk, one, "upgrade")


def reassess(talk: Talk, one: Standing) -> None:
    """Begin a re-evaluation."""
    begin(talk, one, "reassess")


def sent(talk: Talk, run: Run) -> None:
    """Close the last dossier, open the next, say when it can be filed and ask what is new."""
    answers = walk.collected(talk.catalogue.of(run), run)
    row = dossiers.row_of(talk, run.facts["dossier"])
    if row is None:
        dossiers.not_theirs(talk)
        return
    last = standing.of(talk, row)
    new = _open(talk, last, answers)
    rows.close(talk.tx, row["id"], talk.now)
    talk.change(dossier=new)
    filing.begun(talk, new)
    _keep(talk, last, answers)
    _tell(talk, standing.of(talk, rows.by_id(talk.tx, new)))


def _open(talk: Talk, one: Standing, answers: dict[str, Any]) -> int:
    recognised = whole_day(answers["recognised"])
    expires = later(recognised, _months(talk))
    claimed = renewal.with_last_claims(one.dossier).claims
    before = {"star": int(answers["star"]), "claims": claimed}
    days = {"recognised": recognised.isoformat(), "expires": expires.isoformat()}
    rules = ruleset.for_dossier(talk.today, answers["case"], *talk.overlays).on(talk.today)
    window = rounds.window(expires, rules)
    again = answers["case"] == "reassess" and talk.today <= window.closes
    day = max(talk.today, window.opens) if again else talk.today
    home = standing.home_of(one.producer)
    round_ = talk.calendar.upcoming(day, home, most=1)[0]
    kept = ("root", "idea_id", "producer_id", "name", "product_set", "variant")
    values = {
        **{key: one.row[key] for key in kept},
        "follows": one.row["id"],
        "person_id": talk.person,
        "case": answers["case"],
        "rules": rules.name,
        "round_key": round_.key,
        "council": talk.calendar.council(round_.key, home),
        "before": before | days,
    }
    return rows.open_new(talk.tx, values, talk.now, talk.year)


def _keep(talk: Talk, last: Standing, answers: dict[str, Any]) -> None:
    """Keep the certificate that she told of, once; one that is evaluated again is noted so."""
    issued = whole_day(answers["recognised"])
    expires = later(issued, _months(talk))
    window = rounds.window(expires, last.rules)
    names = ("producer_id", "name", "product_set")
    values = {name: last.row[name] for name in names} | {"star": int(answers["star"])}
    values |= {"issued": issued, "expires": expires}
    values |= {"refile_from": window.opens, "refile_by": window.closes}
    known = _known(talk, values)
    dossier = known["dossier_id"] if known else None
    if dossier is None:
        dossier = last.row["id"]
        source = known["source"] if known else None
        kept.keep(talk.tx, values | {"dossier_id": dossier, "source": source}, talk.now)
    if answers["case"] == "reassess":
        kept.renew(talk.tx, dossier, talk.now)


def _known(talk: Talk, values: dict[str, Any]) -> dict[str, Any] | None:
    """The same certificate, kept before: of that product, and of that day."""
    same = {name: values[name] for name in ("producer_id", "issued")}
    return next(
        (
            each
            for each in kept.of_person(talk.tx, talk.person)
            if fold(each["name"]) == fold(values["name"]) and same.items() <= each.items()
        ),
        None,
    )


def _months(talk: Talk) -> int:
    return int(ruleset.part("deadlines", talk.rules)["certificate"]["valid_months"])


def whole_day(told: str) -> date:
    """The day that was told; of a month or a year the first day, so that nothing comes too late."""
    rest = {_YEAR: "-01-01", _MONTH: "-01"}.get(len(told), "")
    return date.fromisoformat(told + rest)


def _tell(talk: Talk, one: Standing) -> None:
    before = one.dossier.before
    assert before is not None  # noqa: S101 - it has just been opened with it
    window = rounds.window(before.expires, one.rules)
    about = {"name": one.row["name"], "expires": before.expires, "star": before.star}
    if one.row["case"] == "reassess":
        key = "opened_again" if talk.today <= window.closes else "opened_late"
        talk.say(f"renewal.{key}", **about, opens=window.opens, closes=window.closes)
        if window.opens - talk.today > _LONG:  # it is too early to ask about what will be
            dossiers.home(talk, one)
            return
    else:
        talk.say("renewal.opened_upgrade", **about)
    scores.begin(talk, one)


# -- the certificates that there are ---------------------------------------------------------------


def certificates(talk: Talk) -> None:
    """List what the producer has, what ends first first, with the days of their re-evaluation."""
    mine = kept.of_person(talk.tx, talk.person)
    talk.leave()
    if not mine:
        talk.note("renewal.no_certificates")
        menu.show(talk)
        return
    lines = tuple(_certificate(talk, each) for each in mine[:_LISTED])
    talk.say("renewal.certificates", lines=lines, more=len(mine[_LISTED:]))
    items = [("menu", Message("dossier.item_menu"))]
    if dossiers.of_person(talk):
        items.insert(0, ("dossier", Message("dossier.back")))
        if not all(each["renewed_at"] for each in mine):
            items.insert(0, ("reassess", Message("renewal.item_reassess")))
    talk.offer("renewal.which_now", items)


def _certificate(talk: Talk, one: dict[str, Any]) -> Message:
    about = {name: one[name] for name in ("name", "star", "expires")}
    if one["expires"] < talk.today:
        return Message("renewal.certificate_over", {**about})
    if one["renewed_at"]:
        closes = one["refile_by"]
        return Message("renewal.certificate_renewed", {**about, "closes": closes})
    days = {"opens": one["refile_from"], "closes": one["refile_by"]}
    return Message("renewal.certificate", {**about, **days})
