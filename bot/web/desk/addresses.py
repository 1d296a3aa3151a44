"""The desk's addresses: what each shows, and what a form that is posted there does."""

from collections.abc import Callable
from typing import NamedTuple

from bot.web.desk import (
    aftercare,
    announced,
    calendar,
    certified,
    compared,
    composing,
    correcting,
    council,
    dossier,
    exports,
    founding,
    inbox,
    marking,
    meeting,
    office,
    own_papers,
    own_templates,
    own_texts,
    own_units,
    questions,
    targets,
    today,
)
from bot.web.desk.visits import Answer, Visit
from hands.hiring import Task
from programme.roles import Right


class Place(NamedTuple):
    """An address of the desk: what it shows, and what a form that is posted there does.

    What ``looks`` at data of persons is noted, so it is shown in a transaction that writes. With
    the right that ``files`` names one may send a file along: a picture, or what a hand ``tries``.
    What a page asks ``by_itself`` says nothing of whether anybody is there.
    """

    address: str
    show: Callable[[Visit], Answer]
    do: Callable[[Visit], Answer] | None = None
    looks: bool = False
    files: Right | None = None
    tries: Callable[[Visit], Task | None] | None = None
    by_itself: bool = False


PLACES = (
    Place("/desk", today.show),
    Place("/desk/lists/{matter}", today.lines),
    Place("/desk/targets", targets.show, targets.do),
    Place("/desk/inbox", inbox.show),
    Place("/desk/ideas/{number}", inbox.idea, inbox.judge_idea, looks=True),
    Place("/desk/ideas/{number}/photos/{at}", inbox.photo, looks=True),
    Place("/desk/papers/{number}", inbox.paper, inbox.judge_paper, looks=True),
    Place("/desk/papers/{number}/pages/{at}", inbox.sheet, looks=True),
    Place("/desk/dossiers/{number}", dossier.show, dossier.do, looks=True),
    Place(
        "/desk/dossiers/{number}/certified",
        certified.show,
        certified.do,
        looks=True,
        files=Right.PLAN,
    ),
    Place("/desk/questions", questions.listing, looks=True),
    Place("/desk/questions/{number}", questions.show, questions.do, looks=True),
    Place("/desk/inspections/{number}/photos/{at}", aftercare.photo, looks=True),
    Place("/desk/calendar", calendar.show, calendar.move),
    Place("/desk/announcements", announced.listing),
    Place("/desk/announcements/new", composing.show, composing.do, files=Right.ANNOUNCE),
    Place("/desk/announcements/{number}", announced.show, announced.do, looks=True),
    Place("/desk/announcements/{number}/ledger", announced.ledger, by_itself=True),
    Place(
        "/desk/announcements/{number}/mend", correcting.show, correcting.do, files=Right.ANNOUNCE
    ),
    Place("/desk/announcements/{number}/poster", announced.poster),
    Place("/desk/council", council.show, council.do),
    Place("/desk/council/new", founding.show, founding.do),
    Place("/desk/council/{number}", meeting.show, meeting.do),
    Place("/desk/council/{number}/{place}", compared.show, compared.do, looks=True),
    Place("/desk/marking", marking.listing, looks=True),
    Place("/desk/marking/{number}", marking.show, marking.do, looks=True),
    Place("/desk/exports", exports.show, exports.order),
    Place("/desk/office", office.show, office.do),
    Place("/desk/office/papers", own_papers.show, own_papers.do),
    Place("/desk/office/texts", own_texts.show, own_texts.do),
    Place(
        "/desk/office/templates",
        own_templates.show,
        own_templates.do,
        files=Right.OFFICE,
        tries=own_templates.tries,
    ),
    Place("/desk/office/templates/{kind}", own_templates.file),
    Place("/desk/office/units", own_units.show, own_units.do),
)
