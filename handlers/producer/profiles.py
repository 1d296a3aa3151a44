"""Hồ sơ chủ thể: keeping who the producer is, once for all products."""

from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.talk import Talk
from storage import codes, producers

_PLAIN = ("name", "kind", "representative", "gender", "ethnicity", "address", "phone", "email")
_PLAIN_TOO = ("registration", "registered_on")


def begin(talk: Talk) -> None:
    """A first profile; for who has one already: which to change, or a new one."""
    mine = producers.of_person(talk.tx, talk.person)
    if not mine:
        begin_new(talk)
        return
    items = [
        (f"profile_of:{p['id']}", Message("menu.edit_producer", {"name": p["name"]}))
        for p in mine[:5]
    ]
    items.append(("profile_new", Message("menu.new_producer")))
    talk.offer("menu.producers", items)


def begin_new(talk: Talk) -> None:
    """One more producer; one that is half done comes first."""
    half = next((r for r in talk.session.runs if r.form == "profile" and not r.facts), None)
    if half is None:
        talk.start("profile")
    else:
        talk.leave(half.id)
        talk.resume()


def edit(talk: Talk, which: str) -> None:
    """Look at a profile again: all answers are there, any line can be changed."""
    mine = producers.of_person(talk.tx, talk.person)
    found = next((p for p in mine if str(p["id"]) == which), None)
    if found is None:
        begin(talk)
        return
    talk.start("profile", {"producer_id": found["id"], "given": _answers(found)})


def _answers(row: dict[str, Any]) -> dict[str, Any]:
    given = {key: row[key] for key in (*_PLAIN, *_PLAIN_TOO) if row[key]}
    if row["commune_code"]:
        given["commune"] = {
            "code": row["commune_code"],
            "name": row["commune"],
            "province": row["province"],
            "via": row["commune_was"],
        }
    return {"whose": "own" if row["role"] == "own" else "other", "allowed": True, **given}


def sent(talk: Talk, run: Run) -> None:
    """Keep the profile; who typed it for somebody else is a helper of that producer."""
    answers = walk.collected(talk.catalogue.of(run), run)
    if answers["whose"] == "other" and not answers.get("allowed"):
        talk.change(after="")
        talk.say("profile.not_allowed")
        return
    values = _values(answers)
    known = run.facts.get("producer_id")
    if known is not None and not codes.still_acts(talk.tx, talk.person, known):
        talk.say("menu.not_for_them", name=values["name"])
        return
    if known is not None:
        producers.change(talk.tx, known, values, talk.now)
    else:
        values |= {"made_by": talk.person, "hand": talk.session.typist}
        known = producers.add(talk.tx, values, talk.now)
    role = "helper" if answers["whose"] == "other" else "own"
    producers.join(talk.tx, talk.person, known, role, talk.now)
    talk.note("profile.done", name=values["name"])


def _values(answers: dict[str, Any]) -> dict[str, Any]:
    commune = answers["commune"]
    values = {key: _plain(answers.get(key)) for key in (*_PLAIN, *_PLAIN_TOO)}
    return values | {
        "commune_code": commune.get("code", ""),
        "commune": commune.get("name", ""),
        "province": commune.get("province", ""),
        "commune_was": commune.get("via"),
    }


def _plain(value: Any) -> Any:
    """A value that was kept raw for the officer is kept as its text."""
    return value.get("raw") if isinstance(value, dict) else value
