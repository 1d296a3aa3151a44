"""Tự chấm điểm: answering the criteria sheet, a question a criterion."""

from collections.abc import Iterable
from typing import Any

from conversations.forms import score as form
from conversations.messages import Message
from conversations.scoring import called
from conversations.session import Run
from handlers.producer import dossiers, guessing, standing, stars
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import papers, renewal
from storage import claims
from storage import dossiers as rows


def begin(talk: Talk, one: Standing, only: Iterable[str] = ()) -> None:
    """Begin to answer the sheet, or go on with it: all that is open, or these criteria again."""
    if one.dossier.sheet.variants and one.row["variant"] is None:
        _ask_variant(talk, one)
        return
    again, half = tuple(only), _half_done(talk, one)
    asked = again or to_answer(one)
    talk.leave()
    if half and not again:
        talk.leave(half.id)
        talk.resume()
    elif asked:
        talk.note("score.intro", count=len(asked)) if len(asked) > 1 else None
        talk.start(form.NAME, _facts(one, asked))
    else:
        talk.note("score.all_answered")
        stars.tell(talk, one)


def to_answer(one: Standing) -> tuple[str, ...]:
    """The criteria that are to be asked: what has no answer yet, and what the case wants again."""
    again = renewal.again(one.dossier)
    said = one.answered | one.passed_over
    return tuple(each for each in (*again.answer, *again.confirm) if each not in said)


def _ask_variant(talk: Talk, one: Standing) -> None:
    """Set 26 has two tables: that of a community and that of a business."""
    talk.leave()
    variants = one.dossier.sheet.variants
    items = [(f"variant:{each}", Message(f"score.variant_{each}")) for each in variants]
    talk.offer("score.ask_variant", items)


def choose_variant(talk: Talk, one: Standing, variant: str) -> None:
    """Remember which of the two tables is answered, and begin."""
    if variant in one.dossier.sheet.variants:
        rows.change(talk.tx, one.row["id"], variant=variant)
        one.row["variant"] = variant
    begin(talk, standing.of(talk, one.row))


def again(talk: Talk, one: Standing, criterion: str) -> None:
    """Answer one criterion anew."""
    known = {line.id for line in one.dossier.sheet.criteria}
    begin(talk, one, {criterion} & known)


def _half_done(talk: Talk, one: Standing) -> Run | None:
    mine = (run for run in talk.session.runs if run.form == form.NAME)
    return next((run for run in mine if run.facts["dossier"] == one.row["id"]), None)


def learn(talk: Talk, one: Standing) -> None:
    """Let the half-done sheet of the dossier know the papers that are there by now."""
    if half := _half_done(talk, one):
        talk.learn(half, {"have": _have(one)})


def _have(one: Standing) -> list[str]:
    """The kinds of paper that count."""
    whole, kinds = one.dossier, papers.papers(one.rules).values()
    return [each.id for each in kinds if papers.state(each, whole.evidence, whole.days).counts]


def _facts(one: Standing, only: tuple[str, ...]) -> dict[str, Any]:
    whole = one.dossier
    claimed = renewal.with_last_claims(whole).claimed
    last = guessing.guesses(one) | {id_: called(option) for id_, option in claimed.items()}
    return {
        "dossier": one.row["id"],
        "rules": one.rules.name,
        "overlays": [str(folder) for folder in one.rules.overlays],
        "product_set": whole.product_set,
        "variant": whole.variant,
        "kind": whole.kind,
        "have": _have(one),
        "only": list(only),
        "last": {id_: said for id_, said in last.items() if id_ in only},
    }


def keep(talk: Talk, run: Run) -> None:
    """Claim what is answered by now, so that nothing waits for the last question."""
    if dossiers.row_of(talk, run.facts["dossier"]) is None:
        return
    given = form.claims(run.facts, run.answers)
    given |= dict.fromkeys(form.passed_over(run.facts, run.skipped), "")
    by = (talk.person, talk.session.typist)
    claims.claim(talk.tx, run.facts["dossier"], given, by, talk.now)


def sent(talk: Talk, run: Run) -> None:
    """Say what it comes to."""
    row = dossiers.row_of(talk, run.facts["dossier"])
    if row is None:
        dossiers.not_theirs(talk)
        return
    keep(talk, run)
    stars.tell(talk, standing.of(talk, row))
