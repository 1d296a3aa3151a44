"""A product's page: its idea, papers, verdicts and council, and what can be done with it now."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import aftercare, history, inbox, queue
from bot.web.desk.visits import Answer, Go, Page, Visit
from conversations.forms.judgement import FOUR, judgement
from conversations.messages import Message
from handlers.officer import completeness, counting, digest_lines, judging
from handlers.producer import standing, stars
from handlers.producer.standing import Standing
from programme import advice, papers, scoring
from programme.roles import Right
from storage import councils, ideas, reviews
from storage import dossiers as rows
from storage import papers as given

_LONGEST = 200  # signs of a remark or a reason
_TYPED = frozenset({"judge", "lacking"})  # the deeds with much to type

Said = tuple[str, ...]
Wrong = list[str]  # the fields that lack something


def found(visit: Visit) -> dict[str, Any]:
    """The dossier of the address, if it is of the area."""
    row = rows.here(visit.talk.tx, visit.scope, visit.number("number"))
    if row is None:
        raise HTTPException(404)
    return row


def show(visit: Visit) -> Page:
    """All that is known of a dossier, and what this officer can do with it now."""
    row = found(visit)
    visit.talk.log("read_dossier", "dossier", row["id"])
    return _page(visit, row)


def _page(visit: Visit, row: dict[str, Any], *wrong: str, said: Said = ()) -> Page:
    """The page of a dossier; what was typed into a form that was not taken stands there still."""
    one = standing.of(visit.talk, row)
    score = scoring.score(one.dossier)
    done, total = advice.progress(one.dossier)
    about = {
        "dossier": row,
        "producer": one.producer,
        "round": one.round,
        "file_by": one.file_by,
        "done": done,
        "total": total,
        "points": score.points,
        "claimed": score.claimed,
        "star": score.star_of_sheet if one.dossier.claims else None,
        "stops": [visit.words(each) for each in stars.stops_of(score.stops)],
        "missing": [visit.words(each) for each in _missing(one)],
        **_past(visit, one),
        **aftercare.of(visit, one),
        "plans": visit.scope.may(Right.PLAN),
        **_next(visit, one),
        "typed": dict(visit.form),
        "wrong": frozenset(wrong),
        **({"said": said} if said else {}),
    }
    return Page("dossier", about)


def _missing(one: Standing) -> tuple[Message | str, ...]:
    lines = advice.by_urgency(one.dossier)
    return tuple(digest_lines.paper(line.papers[0].id, one.rules) for line in lines)


# -- its history -----------------------------------------------------------------------------------


def _past(visit: Visit, one: Standing) -> dict[str, Any]:
    tx, scope = visit.talk.tx, visit.scope
    idea = ideas.here(tx, scope, one.row["idea_id"]) if one.row["idea_id"] else None
    numbers = [each["id"] for each in one.given]
    on_papers = reviews.history(tx, scope, "paper", numbers)
    return {
        "idea": idea,
        "told": inbox.told_of(visit, idea) if idea else {},
        "papers": _papers(visit, one),
        "verdicts": inbox.told(visit, reviews.history(tx, scope, "dossier", [one.row["id"]])),
        "on_papers": inbox.told(visit, on_papers),
        "on_idea": _on_idea(visit, idea),
        "meetings": [_meeting(each) for each in councils.history(tx, one.row["id"])],
        "moments": history.of(visit, one),
    }


def _on_idea(visit: Visit, idea: Mapping[str, Any] | None) -> list[str]:
    if idea is None:
        return []
    both = [each for each in (idea["follows"], idea["id"]) if each]
    return inbox.told(visit, reviews.history(visit.talk.tx, visit.scope, "idea", both))


def _papers(visit: Visit, one: Standing) -> list[dict[str, Any]]:
    numbers = [each["id"] for each in one.given]
    versions = given.count_versions(visit.talk.tx, visit.scope, numbers)
    return [_paper(visit, one, each) | {"versions": versions[each["id"]]} for each in one.given]


def _paper(visit: Visit, one: Standing, row: dict[str, Any]) -> dict[str, Any]:
    kind = papers.papers(one.rules)[row["paper"]]
    evidence = (standing.evidence(row, one.producer),)
    state = papers.state(kind, evidence, one.dossier.days)
    return {
        "id": row["id"],
        "name": visit.words(digest_lines.paper(row["paper"], one.rules)),
        "state": visit.words(Message(f"papers.state_{state}")),
        "verdict": row["verdict"],
        "at": row["given_at"],
        "sheets": row["sheets"],
    }


def _meeting(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "points": counting.points_of(row) or ""}


# -- what is next ----------------------------------------------------------------------------------


def _next(visit: Visit, one: Standing) -> dict[str, Any]:
    row, scope = one.row, visit.scope
    is_open = row["status"] == "open"
    filed = is_open and row["filed_at"] and not row["sent_up_at"]
    up = is_open and row["sent_up_at"] and not row["checked_at"]
    judged = judging.judged(visit.talk, one)
    return {
        "turn": queue.turn(visit),
        "judges": bool(filed and scope.may(Right.PROPOSE)),
        "checks": bool(up and scope.may(Right.CHECK)),
        "four": [
            {"name": name, "label": visit.words(Message(f"judgement.label_{name}"))}
            for name in FOUR
        ],
        "judged": len(judged),
        "kinds": _kinds(visit, one),
    }


def _kinds(visit: Visit, one: Standing) -> list[dict[str, Any]]:
    """The papers that may be lacking, those that are not there first."""
    given_ = {each["paper"] for each in one.given}
    likely = [line.papers[0].id for line in advice.by_urgency(one.dossier)]
    return [
        {
            "id": each,
            "name": visit.words(digest_lines.paper(each, one.rules)),
            "given": each in given_,
        }
        for each in dict.fromkeys([*likely, *(each["paper"] for each in one.given)])
    ]


# -- deeds -----------------------------------------------------------------------------------------


def do(visit: Visit) -> Answer:
    """Do what the form wants with the dossier as it was seen; then on to what comes next."""
    row = found(visit)
    deed = _DEEDS.get(visit.form.get("do", ""))
    if deed is None:
        raise HTTPException(400)
    right, does = deed
    visit.need(right)
    if not _lies(visit.form["do"], row):
        return Go(visit.address, (visit.words(Message("inbox.gone")),))
    next_ = queue.onward(visit)
    match does(visit, row):
        case list(wrong):
            return _page(visit, row, *wrong)
        case said if visit.form["do"] in _TYPED and not _is_judged(visit, row):
            return _page(visit, rows.by_id(visit.talk.tx, row["id"]), said=said)
        case said:
            return Go(next_ if _is_done(visit, row) else visit.address, said)


def _lies(deed: str, row: Mapping[str, Any]) -> bool:
    """Whether the dossier lies where the deed is done: a page may have been open for long."""
    if deed in {"form_03", "requeue"}:
        return True
    is_up = row["sent_up_at"] is not None
    here = not row["checked_at"] if deed in {"whole", "lacking"} else bool(row["filed_at"])
    return row["status"] == "open" and here and is_up == (deed in {"whole", "lacking"})


def _is_done(visit: Visit, row: Mapping[str, Any]) -> bool:
    """Whether it lies with somebody else now."""
    now = rows.by_id(visit.talk.tx, row["id"])
    return any(now[name] != row[name] for name in ("filed_at", "sent_up_at", "checked_at"))


def _is_judged(visit: Visit, row: Mapping[str, Any]) -> bool:
    """Whether what was said of it was kept: nobody said anything before."""
    return bool(rows.by_id(visit.talk.tx, row["id"])["turns"] != row["turns"])


def _judge(visit: Visit, row: dict[str, Any]) -> Said | Wrong:
    """Keep the four judgements and the conclusion, as Mẫu 03 has them."""
    answers = {name: _finding(visit, name) for name in FOUR}
    proposes = visit.form.get("conclusion") == "propose"
    why = visit.form.get("why", "").strip()[:_LONGEST]
    unexplained = [name for name, it in answers.items() if not it["met"] and not it["remark"]]
    if wrong := [*unexplained, *(() if proposes or why else ("why",))]:
        return wrong
    told: dict[str, Any] = {**answers, "conclusion": "propose" if proposes else "return"}
    facts = {"dossier": row["id"], "seen": visit.asked("seen", 0), "behind": ""}
    if not proposes:
        told["why"] = why
    return visit.does(judging.sent, visit.filled(judgement, facts, told))


def _finding(visit: Visit, name: str) -> dict[str, Any]:
    remark = visit.form.get(f"{name}_remark", "").strip()[:_LONGEST]
    return {"met": visit.form.get(name) == "met", "remark": remark}


def _which(visit: Visit, row: Mapping[str, Any]) -> str:
    return f"{row['id']}.{visit.asked('seen', 0)}"


def _send_up(visit: Visit, row: dict[str, Any]) -> Said:
    return visit.does(judging.send_up_of, _which(visit, row))


def _send_up_on_paper(visit: Visit, row: dict[str, Any]) -> Said:
    return visit.does(judging.send_up_on_paper, _which(visit, row))


def _whole(visit: Visit, row: dict[str, Any]) -> Said:
    return visit.does(completeness.whole_of, _which(visit, row))


def _lacking(visit: Visit, row: dict[str, Any]) -> Said | Wrong:
    """Send it back for the papers beside which a reason was written."""
    every = [each["id"] for each in _kinds(visit, standing.of(visit.talk, row))]
    whys = [(each, visit.form.get(f"lacks-{each}", "").strip()[:_LONGEST]) for each in every]
    told = [(paper, why) for paper, why in whys if why]
    return visit.does(completeness.send_back, _which(visit, row), told) if told else ["lacks"]


def _form_03(visit: Visit, row: dict[str, Any]) -> Said:
    return visit.does(judging.form_03, standing.of(visit.talk, row))


def _requeue(visit: Visit, row: dict[str, Any]) -> Said:
    return visit.does(completeness.requeue, _which(visit, row))


_DEEDS: dict[str, tuple[Right, Callable[[Visit, dict[str, Any]], Said | Wrong]]] = {
    "judge": (Right.PROPOSE, _judge),
    "send_up": (Right.PROPOSE, _send_up),
    "send_up_on_paper": (Right.PROPOSE, _send_up_on_paper),
    "form_03": (Right.READ, _form_03),
    "whole": (Right.CHECK, _whole),
    "lacking": (Right.CHECK, _lacking),
    "requeue": (Right.READ, _requeue),
}
