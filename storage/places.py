"""Places of an office's file, by their names of then, each with the commune that it is in today."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.engine import Connection

from storage import imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import Place


class PlaceRow(imported.ImportedRow, table=True):
    """A place; ``commune_code`` is empty where the file names no commune, or no sure one."""

    __tablename__ = "places"

    province: str
    district: str | None = None
    commune: str | None = None
    old_code: str | None = None
    commune_code: str = ""


class Today(NamedTuple):
    """What a place is called today; a commune is there only where the file names a sure one."""

    province: str
    commune_code: str = ""
    commune: str = ""
    commune_was: str | None = None


class Home(NamedTuple):
    """A place as the columns of who is there: as it was written, and what it is today."""

    place_id: int
    address: str
    province: str
    commune_code: str
    commune: str
    commune_was: str | None


_PLACES = table_of(PlaceRow)


def keep(tx: Connection, places: Sequence["Place"], today: Mapping[str, Today]) -> imported.Kept:
    """Take in the places of a file; ``today`` has each by its id."""
    rows = [
        imported.values(_PLACES, place, commune_code=today[place.id].commune_code)
        for place in places
    ]
    return imported.keep(tx, _PLACES, rows)


def homes(
    places: Sequence["Place"], ids: Mapping[str, int], today: Mapping[str, Today]
) -> dict[str, Home]:
    """What each place of a file is as somebody's home."""
    return {
        place.id: Home(
            ids[place.id],
            ", ".join(part for part in (place.commune, place.district, place.province) if part),
            *today[place.id],
        )
        for place in places
    }


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All places."""
    return imported.everyone(tx, _PLACES)
