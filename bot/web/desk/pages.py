"""The desk's pages as HTML: every value in them is escaped, and none may be missing."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot import wording
from bot.web.pages import TEMPLATES

FOLDER = TEMPLATES / "desk"


class Pages:
    """The templates of the desk, compiled when they are first needed."""

    def __init__(self) -> None:
        loader = FileSystemLoader(FOLDER)
        self._environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        self._environment.filters.update(FILTERS)

    def render(self, template: str, about: Mapping[str, Any]) -> str:
        """The page of that template with this on it."""
        return self._environment.get_template(f"{template}.html").render(about)


def _day(value: date | str | None) -> str:
    return wording.day(value) if value else ""


def _moment(value: datetime | None) -> str:
    return wording.moment(value) if value else ""


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


FILTERS: dict[str, Callable[..., str]] = {
    "ngay": _day,
    "gio": _moment,
    "so": _grouped,
    "hoa": wording.capital,
}
