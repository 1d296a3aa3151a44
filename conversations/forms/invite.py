"""Mời cán bộ: an officer says which role somebody gets, and where; then there is a code."""

from typing import Any

from conversations.choosing import Choice
from conversations.form import Answers, Facts, Form, Question, Rule, Unless
from conversations.messages import Message
from conversations.officing import AreaKind, OfficeRole
from conversations.readings.choices import Option
from programme import roles
from programme.roles import Role

_PROVINCE, _COMMUNE = 2, 5  # signs of a code
# Whom it may be, with what they are called.
ROLES = (
    Option(Role.COMMUNE, ("can bo xa", "can bo phuong", "xa", "phuong", "commune officer")),
    Option(Role.PROVINCE, ("can bo tinh", "can bo so", "tinh", "province officer")),
    Option(Role.SECRETARY, ("thu ky hoi dong", "thu ky", "council secretary", "secretary")),
    Option(
        Role.MEMBER,
        ("thanh vien hoi dong", "uy vien hoi dong", "thanh vien", "council member", "member"),
    ),
    Option(Role.ADVISER, ("nguoi tu van", "can bo tu van", "tu van vien", "tu van", "adviser")),
    Option(Role.ADMINISTRATOR, ("nguoi quan tri", "quan tri vien", "quan tri", "administrator")),
)
YES = ("lay ma moi", "lay ma", "moi", "cho ma", "give me the code")
NO = ("thoi khong moi", "thoi", "huy", "khong moi", "no do not invite")


def own_area(answers: Answers, facts: Facts) -> tuple[Any, ...]:
    """The inviter's own area, where the role can have it."""
    own = facts.get("own")
    level = roles.level(Role(answers.get("role", Role.ADVISER)))
    return (own,) if own and level in {"any", own["level"]} else ()


def invited(answers: Answers) -> Message:
    """What somebody will be, before there is a code for it."""
    role, area = answers["role"], answers.get("area") or {}
    office = Message(f"offices.office_{role}", {"area": area.get("name"), "unit": None})
    return Message("invite.will_be", {"office": office})


def fits(role: str, area: str) -> bool:
    """Whether an office of that role can have the area of that code."""
    level = roles.level(Role(role))
    signs = {"province": (_PROVINCE,), "commune": (_COMMUNE,), "any": (_PROVINCE, _COMMUNE)}
    return len(area) in signs.get(level, (0, _PROVINCE))


def _all_known(role: Any, answers: Answers, _facts: Facts) -> Message | None:
    """What somebody will be, where the role says it or the area was known before."""
    told = {**answers, "role": role} if role != Role.ADMINISTRATOR else {"role": role}
    there = "area" in answers and fits(role, answers["area"]["code"])
    return invited(told) if there or role == Role.ADMINISTRATOR else None


def _there(area: Any, answers: Answers, _facts: Facts) -> Message | None:
    told = {**answers, "area": area}
    return invited(told) if fits(answers["role"], area["code"]) else None


def _is_elsewhere(answers: Answers, _facts: Facts) -> bool:
    """Whether role and area, one of which was changed, are no office together."""
    if answers.get("role", Role.ADMINISTRATOR) == Role.ADMINISTRATOR or "area" not in answers:
        return False
    return not fits(answers["role"], answers["area"]["code"])


invite = Form(
    name="invite",
    version=1,
    review=False,
    keeps=False,
    questions=(
        Question(
            "role", OfficeRole(ROLES), prefill="role", called="vai|viec|role", follow=_all_known
        ),
        Question(
            "area",
            AreaKind(),
            when=Unless("role", (Role.ADMINISTRATOR,)),
            suggest=own_area,
            prefill="area",
            things=True,
            called="noi|xa|tinh|dia ban|area",
            follow=_there,
        ),
        Question("sure", Choice((Option("yes", YES), Option("no", NO)))),
    ),
    rules=(Rule("level", ("role", "area"), _is_elsewhere),),
)
