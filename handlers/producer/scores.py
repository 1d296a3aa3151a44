"""Tự chấm điểm: answering the criteria sheet, a question a criterion."""

from collections.abc import Iterable, Iterator
from typing import Any

from conversations import readings
from conversations.forms import score as form
from conversations.labels import labels
from conversations.messages import Message
from conversations.reading import Read, Unclear
from conversations.readings.choices import Option
from conversations.scoring import called
from conversations.session import Run
from handlers.producer import dossiers, guessing, standing, stars
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import papers, renewal
from programme.folding import fold
from programme.sheets import Criterion
from storage import claims
from storage import dossiers as rows

_A_PAGE = 6
_ABOUT_SCORING = frozenset(
    "cham lai sua diem muc doi lai cho toi em a nhe score again change my the".split()  # noqa: SIM905
)


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
        talk.start(form.NAME, _facts(one, asked, anew=bool(again)))
    else:
        talk.note("score.all_answered")
        stars.tell(talk, one)


def to_answer(one: Standing) -> tuple[str, ...]:
    """The criteria that are to be asked: what has no answer yet, and what the case wants again."""
    again = renewal.again(one.dossier)
    return tuple(each for each in (*again.answer, *again.confirm) if each not in one.spoken_of)


def _ask_variant(talk: Talk, one: Standing) -> None:
    """Set 26 has two tables: that of a community and that of a business."""
    talk.leave()
    variants = one.dossier.sheet.variants
    items = [(f"variant:{each}", Message(f"score.variant_{each}")) for each in variants]
    talk.offer("score.ask_variant", items)


def choose_variant(talk: Talk, one: Standing, variant: str) -> None:
    """Remember which of the two tables is answered, and begin."""
    if variant in one.dossier.sheet.variants:
        rows.change(talk.tx, one.row["id"], variant=variant, planned_at=None)
        one.row["variant"] = variant
    begin(talk, standing.of(talk, one.row))


def again(talk: Talk, one: Standing, criterion: str) -> None:
    """Answer one criterion anew."""
    line = next((each for each in one.dossier.sheet.criteria if each.id == criterion), None)
    if line is None:
        begin(talk, one)
        return
    if before := one.dossier.claimed.get(criterion):
        talk.note("score.was", option=stars.option_of(before), points=before.points, most=line.max)
    begin(talk, one, (criterion,))


def revise(talk: Talk, one: Standing) -> None:
    """Answer anew the criterion that is named; of several, or where none is, ask which."""
    named = _named(talk.text, one)
    if len(named) == 1:
        again(talk, one, named[0])
    elif named:
        _ask_which(talk, one, [one.dossier.sheet.criterion(id_) for id_ in named])
    elif one.dossier.claims:
        revise_page(talk, one, "0")
    else:
        begin(talk, one)


def revise_page(talk: Talk, one: Standing, number: str) -> None:
    """What is answered, some criteria at a time, to choose one that is to be answered anew."""
    answered = [line for line in one.dossier.sheet.criteria if line.id in one.dossier.claims]
    _ask_which(talk, one, answered, int(number) if number.isdecimal() else 0)


def _ask_which(talk: Talk, one: Standing, lines: list[Criterion], page: int = 0) -> None:
    shown, claimed = lines[page * _A_PAGE : (page + 1) * _A_PAGE], one.dossier.claimed
    items: list[tuple[str, Message | str]] = []
    for line in shown:
        option = claimed.get(line.id)
        about = {"label": stars.label_of(line), "points": option and option.points}
        items.append((f"claim:{line.id}", Message("score.claim_line", {**about, "most": line.max})))
    if len(lines) > (page + 1) * _A_PAGE:
        items.append((f"revise:{page + 1}", Message("dossier.more")))
    talk.leave()
    talk.offer("score.which_again", [*items, stars.BACK])


def _named(text: str, one: Standing) -> tuple[str, ...]:
    """The criteria that the words name."""
    said = " ".join(word for word in text.split() if fold(word) not in _ABOUT_SCORING)
    names = labels("criteria", "label")
    known = tuple(
        Option(line.id, tuple(_parts(names.get(line.say, (line.title,)))))
        for line in one.dossier.sheet.criteria
        if line.open_to(one.dossier.variant)
    )
    match readings.choice(said, known):
        case Read(found):
            return (found,)
        case Unclear(several):
            return tuple(several)
        case _:
            return ()


def _parts(names: tuple[str, ...]) -> Iterator[str]:
    """The names, and what stands in them between commas."""
    for name in names:
        yield name
        yield from name.split(", ") if "," in name else ()


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


def _facts(one: Standing, only: tuple[str, ...], *, anew: bool) -> dict[str, Any]:
    """What the form may know; what is to be answered anew is not guessed from the last answer."""
    whole = one.dossier
    claimed = {} if anew else renewal.with_last_claims(whole).claimed
    guessed = {} if anew else guessing.guesses(one)
    last = guessed | {id_: called(option) for id_, option in claimed.items()}
    return {
        "dossier": one.row["id"],
        "product": one.row["name"],
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
