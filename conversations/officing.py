"""Kinds of answers about an office: the role that somebody gets, and the area that is theirs."""

from dataclasses import dataclass
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.choosing import Choice
from conversations.reading import Read, Unclear, Wrong
from programme import roles
from programme.folding import fold
from programme.places import Match, Province, places
from programme.roles import Role

_PROVINCE = 2  # signs of a province's code


@dataclass(frozen=True, slots=True)
class OfficeRole(Choice):
    """A role, of those that whoever asks may give: ``facts["roles"]``."""

    def read(self, text: str, asked: Asked) -> Readable:
        """By number in the list that is shown, by word, with a typo."""
        mine = asked.facts.get("roles")
        there = tuple(each for each in self.options if mine is None or each.value in mine)
        return readings.choice(text, there)

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """Those that may be given, in order."""
        mine = asked.facts.get("roles")
        every = Choice.offers(self, asked)
        return tuple(each for each in every if mine is None or each.value in mine)


@dataclass(frozen=True, slots=True)
class AreaKind(Kind):
    """The area of an office, ``{code, name}``: what the role looks after, in ``facts["within"]``.

    That is the code of a commune or of a province, or empty for everywhere.
    """

    name: ClassVar[str] = "office_area"

    def read(self, text: str, asked: Asked) -> Readable:
        """A commune, a province, or where both will do whichever is named."""
        level = roles.level(Role(asked.answers.get("role", Role.ADVISER)))
        within = str(asked.facts.get("within", ""))
        found = places().look(text, near_province=within[:_PROVINCE] or None)
        communes = found.matches if level != "province" else ()
        named = places().province_of(text) if level != "commune" and not communes else None
        if named is not None:
            return _of_province(named, within)
        if not communes:
            return Wrong(f"office_area_{level}" if found.areas else "office_area")
        return _of_communes(communes, within, text)


def _of_province(named: Province, within: str) -> Readable:
    value = {"code": named.code, "name": named.shown}
    return Read(value) if within in {"", named.code} else Wrong("office_area_outside")


def _of_communes(matches: tuple[Match, ...], within: str, text: str) -> Readable:
    """One that is told by its whole name is meant, though old parts of others had that name."""
    there = [each for each in matches if _lies(each, within)]
    whole = [each for each in there if fold(each.commune.shown) == fold(text).strip(" .")]
    match whole if len(whole) == 1 else there:
        case []:
            return Wrong("office_area_outside")
        case [one]:
            return Read(_commune(one), sure=one.exact)
        case _:
            return Unclear(tuple(_commune(each) for each in there))


def _lies(match: Match, within: str) -> bool:
    return within in {"", match.commune.code, match.commune.province_code}


def _commune(match: Match) -> dict[str, Any]:
    return {"code": match.commune.code, "name": match.commune.shown}
