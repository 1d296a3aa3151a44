"""The officer's few words in the chat: becoming one, listing ideas, their photos, answering."""

import re
from typing import Literal

from conversations.messages import Attached, Message
from handlers.officer import dossiers
from handlers.talk import Talk
from programme.folding import fold
from storage import files, ideas, officers, questions

_INVITED = re.compile(r"^/start\s+(\S{4,64})$")
_REPLY = re.compile(r"^(?:tl|tra loi|reply) (\d{1,6})\b")
_PHOTOS = re.compile(r"^(?:xem )?(?:anh|hinh|photos?)(?: phieu| of)? (?:yt \d{4} )?(\d{1,6})$")
_LIST = frozenset({"/danhsach", "y tuong moi", "danh sach", "ideas", "ds"})
_MOST = 8


def heard(talk: Talk, text: str) -> bool:
    """Take what only officers say; everything else is left to others."""
    if invited := _INVITED.match(text.strip()):
        return _invited(talk, invited[1])
    reply = _reply(text)
    listing = fold(text[:40]) in _LIST
    photos = _PHOTOS.match(fold(text[:40]).replace("-", " "))
    about = dossiers.is_one(text)
    if not (reply or listing or photos or about) or not officers.is_officer(talk.tx, talk.person):
        return False
    if about:
        dossiers.heard(talk, text)
    elif reply:
        _answer(talk, *reply)
    elif photos:
        _photos(talk, int(photos[1]))
    else:
        _ideas(talk)
    return True


def _reply(text: str) -> tuple[int, str] | None:
    """The number and the words of "TL 12 …", as they were typed."""
    found = _REPLY.match(fold(text[:60]))
    if found is None:
        return None
    words = text.partition(found[1])[2].lstrip(" :.,\n").rstrip()
    return (int(found[1]), words) if words else None


def _invited(talk: Talk, code: str) -> bool:
    if talk.officer_code is None or code != talk.officer_code:
        return False
    officers.appoint(talk.tx, talk.person, "", talk.now)
    talk.say("officer.welcome", area=None)
    return True


def _answer(talk: Talk, number: int, text: str) -> None:
    person = questions.answer(talk.tx, number, talk.person, text, talk.now)
    if person is None:
        talk.say("officer.no_such_question", number=number)
        return
    talk.tell(person, "officer.reply", text=text)
    talk.say("officer.reply_sent", number=number)


def _photos(talk: Talk, number: int) -> None:
    """Send the photos of this year's idea of that number, one after the other."""
    idea = ideas.by_number(talk.tx, f"YT-{talk.year}-{number:04d}")
    kept = (idea["answers"].get("photos") or []) if idea else []
    if idea is None or not kept:
        talk.say("officer.no_photos" if idea else "officer.no_such_idea", number=number)
        return
    for at, file in enumerate(kept, 1):
        kind: Literal["photo", "file"] = (
            "photo" if (files.mime(talk.tx, file) or "image/").startswith("image/") else "file"
        )
        about = {"number": idea["number"], "name": idea["name"], "at": at, "of": len(kept)}
        talk.show(Attached(kind, file, f"{idea['number']}-{at}"), "officer.photo", **about)


def _ideas(talk: Talk) -> None:
    found = [i for i in ideas.everyone(talk.tx) if i["status"] == "submitted"][-_MOST:]
    lines = tuple(
        Message(
            "officer.idea_line",
            {
                "number": i["number"],
                "name": i["name"],
                "producer": i["answers"]["producer"]["label"],
                "commune": (i["answers"].get("commune") or {}).get("name"),
                "when": i["submitted_at"],
            },
        )
        for i in found
    )
    talk.say("officer.ideas", lines=lines) if lines else talk.say("officer.no_ideas")
