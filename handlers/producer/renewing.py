"""Nâng hạng, đánh giá lại: a new dossier of a product that has its star, built on the last one."""

from datetime import timedelta
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.producer import certificates, dossiers, filing, scores, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import renewal, rounds, ruleset
from programme.ruleset import Case
from storage import dossiers as rows

_LONG = timedelta(days=365)


def begin(talk: Talk, one: Standing, case: Case | None = None) -> None:
    """Ask what the product has now."""
    talk.leave()
    facts: dict[str, Any] = {"dossier": one.row["id"], "product": one.row["name"]}
    talk.start("renewal", {**facts, "case": case} if case else facts)


def upgrade(talk: Talk, one: Standing) -> None:
    """Begin an upgrade."""
    begin(talk, one, "upgrade")


def reassess(talk: Talk, one: Standing) -> None:
    """Begin a re-evaluation; where no certificate is known, ask first whether it is of this one."""
    if one.row["case"] != "first" or certificates.is_known(talk, one):
        again(talk, one)
        return
    talk.leave()
    items = [(f"again_{which}", Message(f"renewal.item_{which}")) for which in ("this", "other")]
    talk.offer("renewal.whose", items, name=one.row["name"])


def again(talk: Talk, one: Standing) -> None:
    """Begin a re-evaluation of this product."""
    begin(talk, one, "reassess")


def of_certificate(talk: Talk) -> None:
    """Begin a re-evaluation of a dossier; who has none tells of the certificate."""
    if dossiers.of_person(talk):
        dossiers.with_one(talk, "reassess", reassess)
    else:
        certificates.begin(talk)


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
    certificates.of_dossier(talk, last, answers)
    _tell(talk, standing.of(talk, rows.by_id(talk.tx, new)))


def _open(talk: Talk, one: Standing, answers: dict[str, Any]) -> int:
    recognised, expires = certificates.days(talk, answers)
    claimed = renewal.with_last_claims(one.dossier).claims
    before = {"star": int(answers["star"]), "claims": claimed}
    days = {"recognised": recognised.isoformat(), "expires": expires.isoformat()}
    rules = ruleset.for_dossier(talk.today, answers["case"], *talk.overlays).on(talk.today)
    window = rounds.window(expires, rules)
    closes = standing.last_working_day(talk, window.closes)
    again = answers["case"] == "reassess" and talk.today <= closes
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


def _tell(talk: Talk, one: Standing) -> None:
    before = one.dossier.before
    assert before is not None  # noqa: S101 - it has just been opened with it
    window = rounds.window(before.expires, one.rules)
    about = {"name": one.row["name"], "expires": before.expires, "star": before.star}
    if one.row["case"] == "reassess":
        key = "opened_late" if one.is_over else "opened_again"
        talk.say(f"renewal.{key}", **about, opens=window.opens, closes=one.refile_by)
        if window.opens - talk.today > _LONG:  # it is too early to ask about what will be
            dossiers.home(talk, one)
            return
    else:
        talk.say("renewal.opened_upgrade", **about)
    scores.begin(talk, one)
