"""How offices are told: the role, where it is, and for whom an adviser works."""

from conversations.messages import Message
from programme.places import places
from programme.roles import Role
from storage import help_units
from storage.database import Transaction


def area(code: str) -> str | None:
    """The commune or the province of that code by its name; None for everywhere."""
    found = places().by_code(code) or places().province(code) if code else None
    return found.shown if found else None


def office(tx: Transaction, role: Role, where: str, unit: int | None = None) -> Message:
    """The office in a sentence."""
    known = help_units.everyone(tx) if unit else []
    named = next((one["unit"] for one in known if one["id"] == unit), None)
    return Message(f"offices.office_{role}", {"area": area(where), "unit": named})
