"""Who does what in the programme: the roles of its officers, and what each may do in its area.

QĐ 26/2026/QĐ-TTg knows the commune, which judges and proposes (Điều 5), the province with its
council and the council's secretary (Điều 6, 7), and those who advise producers. The administrator
looks after the installation: who is an officer, and nothing of anybody's dossier is closed to them.
"""

from enum import StrEnum


class Role(StrEnum):
    """What an officer is."""

    ADMINISTRATOR = "administrator"
    PROVINCE = "province"
    COMMUNE = "commune"
    SECRETARY = "secretary"  # of the province's council
    MEMBER = "member"  # of the province's council
    ADVISER = "adviser"  # who helps producers, often for one unit


class Right(StrEnum):
    """What an officer may do with what lies in the area."""

    READ = "read"  # dossiers, papers, ideas and their people
    JUDGE = "judge"  # ideas and papers: good, or given back
    PROPOSE = "propose"  # the commune's judgement, and sending dossiers up
    CHECK = "check"  # the province's look at whether a dossier is whole
    DATES = "dates"
    ANSWER = "answer"  # producers' questions
    ANNOUNCE = "announce"
    APPOINT = "appoint"
    COUNCIL = "council"  # what a secretary prepares and writes down
    SCORE = "score"
    PLAN = "plan"  # targets, tasks, inspections, money
    OFFICE = "office"  # its own papers, texts, units and Word templates
    ERASE = "erase"  # fulfil what a person asks of their data, shut a lost phone out


_OFFICE = frozenset(
    {Right.READ, Right.JUDGE, Right.DATES, Right.ANSWER, Right.ANNOUNCE, Right.PLAN}
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.PROVINCE: _OFFICE
    | {Right.CHECK, Right.PROPOSE, Right.APPOINT, Right.ERASE, Right.COUNCIL, Right.OFFICE},
    Role.COMMUNE: _OFFICE | {Right.PROPOSE, Right.APPOINT},
    Role.SECRETARY: frozenset({Right.READ, Right.CHECK, Right.COUNCIL, Right.DATES}),
    Role.MEMBER: frozenset({Right.READ, Right.SCORE}),
    Role.ADVISER: frozenset({Right.READ, Right.ANSWER}),
}
# Whom each may invite, into its own area or one within it.
INVITES: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.PROVINCE: frozenset({Role.PROVINCE, Role.COMMUNE, Role.SECRETARY, Role.MEMBER})
    | {Role.ADVISER},
    Role.COMMUNE: frozenset({Role.COMMUNE, Role.ADVISER}),
}

_LEVELS = {
    Role.ADMINISTRATOR: "everywhere",
    Role.PROVINCE: "province",
    Role.SECRETARY: "province",
    Role.MEMBER: "province",
    Role.COMMUNE: "commune",
    Role.ADVISER: "any",
}


def may(role: Role, right: Right) -> bool:
    """Whether that role has the right in its area."""
    return right in RIGHTS[role]


def invites(role: Role, other: Role) -> bool:
    """Whether an officer of that role may invite one of the other."""
    return other in INVITES.get(role, frozenset())


def over(role: Role, other: Role) -> bool:
    """Whether an officer of that role may dismiss one of the other: whom it invites, but no equal.

    Administrators alone stand over their equals, as nobody else does.
    """
    return invites(role, other) and (role != other or role == Role.ADMINISTRATOR)


def level(role: Role) -> str:
    """What kind of area the role looks after: "everywhere", "province", "commune" or "any"."""
    return _LEVELS[role]
