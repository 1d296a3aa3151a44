"""Mẫu Word: the Word templates in which an office has its reports printed, each tried before."""

from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk.visits import Answer, Content, Go, Page, Upload, Visit
from conversations.messages import Message
from documents import orders, reports
from documents.report_words import REPORTS
from handlers.officer import own_office
from handlers.officer import reports as told
from handlers.officer.own_templates import why
from handlers.officer.report_orders import Order
from hands.hiring import Task
from programme.roles import Right
from storage import files, office_settings

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_NAME = 80


def show(visit: Visit) -> Page:
    """Each kind of report, and the template in which it is printed."""
    return _page(visit)


def _page(visit: Visit, kind: str = "", wrong: str = "") -> Page:
    """The page; with what is ``wrong`` with the template that came for that kind, in words."""
    visit.need(Right.OFFICE)
    about = {
        "kinds": [_told(visit, each) for each in reports.LAYOUTS],
        "kind": kind,
        "wrong": wrong,
    }
    return Page("own_templates", about)


def _told(visit: Visit, kind: str) -> dict[str, Any]:
    area, name = own_office.area(visit.talk), office_settings.template(kind)
    rows = office_settings.history(visit.talk.tx, area, name, 1)
    title = visit.words(own_office.title(kind))
    return {"kind": kind, "title": title, "row": rows[0] if rows else None}


def file(visit: Visit) -> Content:
    """The template itself: the office's own, else ours, from which one of its own is made."""
    visit.need(Right.OFFICE)
    kind = _kind(visit.path["kind"])
    own = own_office.template(visit.talk, kind)
    path = visit.files.path(own) if own and "ours" not in visit.query else None
    return Content(path or REPORTS / f"{reports.layout(kind)}.docx", _DOCX, f"{kind}.docx")


def _kind(said: str) -> str:
    if said not in reports.LAYOUTS:
        raise HTTPException(404)
    return said


# -- deeds -----------------------------------------------------------------------------------------


def tries(visit: Visit) -> Task | None:
    """Try the template that came with the report of this year; None for what is none."""
    upload, kind = visit.upload, visit.form.get("kind", "")
    if not visit.scope.may(Right.OFFICE) or kind not in reports.LAYOUTS:
        return None
    report = told.made(visit.talk, Order(kind, visit.talk.year, visit.talk.year))
    if report is None or upload is None or not upload.content:
        return None
    paper = orders.written("report_docx", own_office.paper(visit.talk, report))
    kept = visit.files.path(visit.files.keep(upload.content)).absolute()
    return {"do": "documents.crafts:try", "paper": paper, "template": str(kept)}


def do(visit: Visit) -> Answer:
    """Print reports of that kind in this template from now on, or in ours again."""
    visit.need(Right.OFFICE)
    kind, seen = _kind(visit.form.get("kind", "")), visit.asked("seen", 0)
    if visit.form.get("do") == "none":
        done = own_office.lay_none(visit.talk, kind, seen)
    elif visit.form.get("do") != "lay":
        raise HTTPException(400)
    elif wrong := _wrong(visit.upload):
        return _page(visit, kind, visit.words(wrong))
    else:
        done = _lay(visit, kind, seen)
    return Go(visit.address, visit.said()) if done else _page(visit, kind, "meanwhile")


def _wrong(upload: Upload | None) -> Message | None:
    """Why the template cannot be used; None where it can."""
    if upload is None or not upload.content:
        return Message("own_office.no_file")
    if upload.tried is None:
        return Message("own_office.not_tried")
    broken = upload.tried.get("broken")
    return why(broken) if broken else None


def _lay(visit: Visit, kind: str, seen: int) -> bool:
    upload, talk = visit.upload, visit.talk
    assert upload is not None  # noqa: S101 - else it was wrong
    assert upload.tried is not None  # noqa: S101 - likewise
    kept = visit.files.keep(upload.content)
    files.note(talk.tx, kept, _DOCX, len(upload.content), talk.now)
    name = upload.name.replace("\\", "/").rpartition("/")[2][-_MOST_NAME:] or f"{kind}.docx"
    return own_office.lay(talk, kind, (name, kept), seen, upload.tried)
