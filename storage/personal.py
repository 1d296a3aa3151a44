"""What stands of a person in each column of each table, and what becomes of it on their wish.

One declaration: every column that names a person or holds words is in it (a test sees to that), so
that no table is forgotten when a person's data are given to them or erased.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import String, Table, and_, false, func, or_, select, tuple_
from sqlalchemy.engine import Connection

from storage.persons import Chat


class Fate(StrEnum):
    """What becomes of a column when a person is erased."""

    GONE = "gone"  # the whole row goes
    FILED = "filed"  # it stays with a dossier that was filed, and goes with any other
    EMPTIED = "emptied"  # the row stays, this does not
    LAW = "law"  # numbers and codes that prove what was agreed to, done and erased
    OFFICE = "office"  # an office's own deeds and words, or a public fact
    CODE = "code"  # says nothing of anybody


GONE, FILED, EMPTIED, LAW, OFFICE, CODE = Fate
# Where an office's file said it; of what its products won, and what was spent.
_ORIGIN = "document as_written confidence note"
COLUMNS: dict[str, dict[Fate, str]] = {
    "agenda": {OFFICE: "refused variant to_meeting"},
    "announcements": {
        OFFICE: "number kind commune_code province_code made_by said poster aim status reason"
    },
    "audit": {LAW: "deed kind about hash"},
    "ballots": {OFFICE: "marks remarks barred person_id"},
    "budget_lines": {OFFICE: f"{_ORIGIN} unit under use"},
    "budget_parts": {OFFICE: f"{_ORIGIN} fund"},
    "budgets": {OFFICE: f"{_ORIGIN} key what decision"},
    "certificates": {OFFICE: "name decision source"},
    "chats": {GONE: "channel bot chat person_id"},
    "claims": {FILED: "criterion option person_id", EMPTIED: "hand"},
    "codes": {GONE: "hashed made_by", EMPTIED: "used_by"},
    "consents": {LAW: "person_id purpose"},
    "council_seats": {OFFICE: "position name office person_id hashed"},
    "councils": {OFFICE: "province_code decision made_by"},
    "counted_targets": {OFFICE: "commune_code province_code kind set_by"},
    "counters": {CODE: "name"},
    "cycle_steps": {FILED: "state reason person_id"},
    "days_off": {OFFICE: "reason set_by"},
    "desk_links": {GONE: "hashed person_id channel bot chat"},
    "desk_sessions": {GONE: "hashed person_id channel bot chat"},
    "digests": {GONE: "person_id every said"},
    "dossiers": {
        FILED: "number person_id name variant case rules round_key before status next_paper"
        " filed_by sent_up_by checked_by"
    },
    "erasures": {LAW: "number person_id kept", EMPTIED: "files"},
    "fairs": {OFFICE: f"{_ORIGIN} key name starts ends venue"},
    "files": {FILED: "sha256 mime"},
    "help_units": {OFFICE: f"{_ORIGIN} key unit duties area"},
    "ideas": {
        FILED: "number person_id name stage commune_code round_key answers months status verdict",
        EMPTIED: "hand",
    },
    "imports": {CODE: "sha256"},
    "inbox": {GONE: "channel bot key chat held"},
    "inspection_products": {OFFICE: "name"},
    "inspections": {OFFICE: "status findings photos seen made_by"},
    "intake": {GONE: "channel bot chat key kind source name caption status claimed_by found file"},
    "invitations": {LAW: "hashed role area made_by used_by follows", EMPTIED: "name"},
    "link_misses": {GONE: "channel bot chat"},
    "links": {GONE: "hashed person_id channel bot chat joined_id"},
    "looks": {
        FILED: "sha256 kind refused faults clean number issued expires holder address titles"
    },
    "memberships": {GONE: "person_id role"},
    "milestones": {OFFICE: "round_key step area basis reason set_by"},
    "office_settings": {OFFICE: "area name body file set_by"},
    "officers": {OFFICE: "person_id area role appointed_by", EMPTIED: "name"},
    "outbox": {
        GONE: "channel bot chat person_id text choices attached status claimed_by reason",
    },
    "pairings": {OFFICE: "verdict judged_by", CODE: "moved"},
    "paper_pages": {FILED: "file"},
    "papers": {
        FILED: "paper number holder address copy_kind flaws verdict reason person_id judged_by",
        EMPTIED: "hand",
    },
    "persons": {},
    "phone_lines": {GONE: "phone key who body"},
    "places": {OFFICE: f"{_ORIGIN} key province district commune old_code commune_code"},
    "prints": {GONE: "person_id channel bot chat kind about status claimed_by file"},
    "producers": {
        FILED: "name kind commune_code commune province province_code commune_was representative"
        " gender ethnicity address phone email registration registered_on tax_code made_by source",
        EMPTIED: "hand",
        OFFICE: _ORIGIN,
    },
    "product_places": {},
    "product_results": {OFFICE: f"{_ORIGIN} level found_on decision reason"},
    "products": {OFFICE: f"{_ORIGIN} key name set_confidence months"},
    "questions": {
        GONE: "person_id hand text answer answered_by commune_code province_code paper criterion"
        " topic ready assigned_to"
    },
    "quotas": {CODE: "channel bot month"},
    "recipients": {
        LAW: "person_id status reason answer",
        EMPTIED: "channel bot chat needs results",
    },
    "remarks": {GONE: "person_id to_person kind text"},
    "reminders": {GONE: "person_id kind status"},
    "revocations": {OFFICE: "cause why status decision made_by"},
    "reviews": {FILED: "kind verdict about reason person_id"},
    "rounds": {OFFICE: f"{_ORIGIN} key what level starts intake_before finish_before"},
    "sessions": {GONE: "person_id body"},
    "sitting_seats": {},
    "sittings": {OFFICE: "place status made_by decision"},
    "sources": {OFFICE: f"{_ORIGIN} key title about"},
    "steps": {GONE: "person_id kind path value hand"},
    "tallies": {GONE: "channel bot chat what"},
    "supports": {OFFICE: "commune_code province_code unit fund decision use made_by"},
    "targets": {OFFICE: f"{_ORIGIN} key text"},
    "tasks": {OFFICE: "commune_code province_code unit deed status given_by assigned_to done_by"},
    "text_errors": {OFFICE: f"{_ORIGIN} key correct"},
    "writings": {FILED: "kind answers person_id", EMPTIED: "hand"},
    "yearly_figures": {GONE: "output unit person_id"},
}
# What officers and those who share a producer were told, and have typed: her name is taken out.
SPOKEN = {
    "outbox": "text choices attached",
    "phone_lines": "body",
    "prints": "about",
    "sessions": "body",
    "steps": "value",
}
# What somebody did as an officer: it is the others' dossier, and no data of the officer's.
DEEDS = frozenset(
    {
        "announcements.made_by",
        "ballots.person_id",
        "council_seats.person_id",
        "councils.made_by",
        "counted_targets.set_by",
        "cycle_steps.person_id",
        "days_off.set_by",
        "dossiers.checked_by",
        "dossiers.filed_by",
        "dossiers.sent_up_by",
        "inspections.made_by",
        "invitations.follows",
        "invitations.made_by",
        "milestones.set_by",
        "office_settings.set_by",
        "officers.appointed_by",
        "pairings.judged_by",
        "papers.judged_by",
        "producers.made_by",
        "questions.answered_by",
        "questions.assigned_to",
        "remarks.person_id",
        "remarks.to_person",
        "reviews.person_id",
        "revocations.made_by",
        "sittings.made_by",
        "supports.made_by",
        "tasks.assigned_to",
        "tasks.done_by",
        "tasks.given_by",
    }
)
# A row for a file's content, however many persons sent it, and what no one row of is a person's.
SHARED = frozenset({"counters", "files", "imports", "quotas"})


class Hers(NamedTuple):
    """What is a person's: chats, the producers acted for, and those for which nobody else acts."""

    person: int
    chats: list[Chat]
    producers: list[int]
    alone: list[int]


def tables() -> dict[str, Table]:
    """Every table by its name."""
    from storage.tables import metadata  # noqa: PLC0415 - it knows us

    return dict(metadata.tables)


def words_in(table: Table) -> list[Any]:
    """The columns that hold words of any kind."""
    kinds = ((column, getattr(column.type, "impl", column.type)) for column in table.columns)
    return [column for column, kind in kinds if isinstance(kind, String)]


def fates(table: str) -> dict[str, Fate]:
    """What becomes of each of the columns that say something."""
    return {name: fate for fate, names in COLUMNS[table].items() for name in names.split()}


def hers(tx: Connection, person: int) -> Hers:
    """What is that person's now."""
    every = tables()
    chats, members = every["chats"].c, every["memberships"].c
    mine = select(chats.channel, chats.bot, chats.chat).where(chats.person_id == person)
    acted = select(members.producer_id).where(members.person_id == person)
    crowd = select(members.producer_id).group_by(members.producer_id).having(func.count() > 1)
    producers = list(tx.execute(acted.order_by(members.producer_id)).scalars())
    shared = set(tx.execute(crowd.where(members.producer_id.in_(producers))).scalars())
    alone = [one for one in producers if one not in shared]
    return Hers(person, [Chat(*row) for row in tx.execute(mine)], producers, alone)


def rows_of(she: Hers) -> Iterator[tuple[Table, Any]]:
    """Every table that may hold something of her, with the condition for the rows that are hers.

    Of a producer for which others act too they are those that came from herself.
    """
    every = tables()
    for name, condition in _conditions(she).items():
        yield every[name], condition


def _conditions(she: Hers) -> dict[str, Any]:
    c = {name: table.c for name, table in tables().items()}
    own = {
        name: c[name].person_id == she.person
        for name in (
            *("chats", "consents", "digests", "erasures", "memberships", "officers", "prints"),
            *("recipients", "reminders", "sessions", "steps", "desk_links", "desk_sessions"),
        )
    }
    own["persons"] = c["persons"].id == she.person
    own["links"] = or_(c["links"].person_id == she.person, c["links"].joined_id == she.person)
    own["codes"] = or_(c["codes"].made_by == she.person, c["codes"].used_by == she.person)
    own["invitations"] = c["invitations"].used_by == she.person
    for name in ("inbox", "intake", "link_misses", "tallies"):
        own[name] = of_chats(c[name], she)
    own["outbox"] = or_(c["outbox"].person_id == she.person, of_chats(c["outbox"], she))
    own["phone_lines"] = c["phone_lines"].phone.in_(_phones(she))
    return own | _of_questions(c, she) | _of_producers(c, she)


def of_chats(columns: Any, she: Hers) -> Any:
    """The condition for rows that say in which of her chats they came."""
    if not she.chats:
        return false()
    return tuple_(columns.channel, columns.bot, columns.chat).in_([tuple(one) for one in she.chats])


def _phones(she: Hers) -> list[str]:
    return [chat.chat for chat in she.chats if chat.channel == "browser"]


def _of_questions(c: dict[str, Any], she: Hers) -> dict[str, Any]:
    asked = c["questions"].person_id == she.person
    return {
        "questions": asked,
        "remarks": c["remarks"].question_id.in_(select(c["questions"].id).where(asked)),
    }


def _of_producers(c: dict[str, Any], she: Hers) -> dict[str, Any]:
    own = {
        name: or_(c[name].person_id == she.person, c[name].producer_id.in_(she.alone))
        for name in ("ideas", "dossiers", "papers")
    }
    of = {name: select(c[name].id).where(condition) for name, condition in own.items()}
    dossiers = select(c["dossiers"].id).where(c["dossiers"].producer_id.in_(she.alone))
    pages = select(c["paper_pages"].file).where(c["paper_pages"].paper_id.in_(of["papers"]))
    products = select(c["products"].id).where(c["products"].producer_id.in_(she.producers))
    hers = c["certificates"].producer_id.in_(she.producers)
    certified = select(c["certificates"].id).where(hers)
    return own | {
        "producers": c["producers"].id.in_(she.producers),
        "certificates": c["certificates"].producer_id.in_(she.producers),
        "revocations": c["revocations"].certificate_id.in_(certified),
        "inspections": c["inspections"].producer_id.in_(she.producers),
        "yearly_figures": or_(
            c["yearly_figures"].person_id == she.person,
            c["yearly_figures"].producer_id.in_(she.alone),
        ),
        "supports": c["supports"].producer_id.in_(she.producers),
        "budget_lines": c["budget_lines"].producer_id.in_(she.producers),
        "products": c["products"].id.in_(products),
        "product_places": c["product_places"].product_id.in_(products),
        "product_results": c["product_results"].product_id.in_(products),
        "claims": or_(c["claims"].person_id == she.person, c["claims"].dossier_id.in_(dossiers)),
        "writings": or_(c["writings"].person_id == she.person, c["writings"].product.in_(dossiers)),
        "cycle_steps": c["cycle_steps"].dossier_id.in_(dossiers),
        "paper_pages": c["paper_pages"].paper_id.in_(of["papers"]),
        "looks": c["looks"].sha256.in_(pages),
        "reviews": _of_subjects(c["reviews"], of),
    }


def _of_subjects(reviews: Any, of: dict[str, Any]) -> Any:
    kinds = {"idea": "ideas", "dossier": "dossiers", "paper": "papers"}
    return or_(
        *(and_(reviews.kind == kind, reviews.subject.in_(of[name])) for kind, name in kinds.items())
    )
