"""Các bảng: rare tables as they are kept, for whoever looks after the system, who may mend some.

starlette-admin asks and answers; no other module knows it. It is loaded when somebody first looks.
All that is read stands in our own templates: they come before the library's. What is written goes
through ``Change``, and to nothing else.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any

from jinja2 import FileSystemLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette_admin import BaseAdmin, BaseField, BaseModelView, CustomView
from starlette_admin.exceptions import FormValidationError

from bot.web.desk.pages import FILTERS, FOLDER
from handlers.officer import mending
from handlers.officer.mending import Cell
from programme.products import product_sets
from storage import rare_rows
from storage.database import Transaction

Reading = Callable[[], AbstractContextManager[Transaction]]
# What was typed into a row that had a mark, by table and key; what is wrong with it, by column.
Change = Callable[[str, str, str, Mapping[str, str]], dict[str, str]]
_A_PAGE = 25
_IN_A_LIST = 6  # columns; a row's own page has all


def application(base: str, reading: Reading) -> Starlette:
    """The pages of all rare tables, below that address.

    A request brings in its state what stands on every page, ``about``, and its ``change``.
    """
    admin = _Admin(base)
    for name in rare_rows.there():
        admin.add_view(_View(name, reading))
    host = Starlette()
    admin.mount_to(host)
    return host


class _Admin(BaseAdmin):
    """The library, with our templates before its own."""

    def __init__(self, base: str) -> None:
        super().__init__(
            "OCOP",
            base,
            templates_dir=str(FOLDER / "tables"),
            additional_loaders=[FileSystemLoader(FOLDER)],
            index_view=CustomView(path="/", route_name="index", add_to_menu=False),
            secret_key=secrets.token_urlsafe(32),
        )
        self.templates.env.filters.update(FILTERS)
        self.templates.env.globals["product_sets"] = product_sets
        self.templates.env.globals["mark"] = lambda row: rare_rows.mark(vars(row))
        self.templates.context_processors.append(lambda request: dict(request.state.about))

    def _init_csrf(self) -> None:
        """Have none of the library's tokens: a form's own is known before it comes here."""


class _View(BaseModelView):
    """One table, of which the columns of mending.CELLS alone may be changed."""

    page_size = _A_PAGE
    exporters = ()
    importers = ()
    actions = ()
    row_actions = ()

    def __init__(self, name: str, reading: Reading) -> None:
        columns = rare_rows.columns(name)
        self.key = self.menu_label = self.label = name
        self.pk_attr = rare_rows.key(name)
        self.cells = mending.CELLS.get(name, {})
        self.fields = [_field(each, at, self.cells) for at, each in enumerate(columns)]
        self.searchable_fields = columns
        self._table, self._reading = name, reading
        super().__init__()

    def can_create(self, request: Request) -> bool:
        return False

    can_delete = can_export = can_import = can_create

    def can_edit(self, request: Request) -> bool:
        return bool(self.cells)

    async def create(self, request: Request, data: dict[str, Any]) -> Any:
        raise HTTPException(405)

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Any:
        mark = str((await request.form()).get("seen", ""))
        typed = {name: str(value or "") for name, value in data.items()}
        wrong = await asyncio.to_thread(request.state.change, self._table, str(pk), mark, typed)
        if wrong:
            raise FormValidationError(wrong)
        return await self.find_by_pk(request, pk)

    async def delete(self, request: Request, pks: list[Any]) -> int | None:
        raise HTTPException(405)

    async def find_all(
        self,
        request: Request,
        skip: int = 0,
        limit: int = 100,
        q: str | None = None,
        sorts: Sequence[tuple[str, str]] | None = None,
        filters: Any = None,
    ) -> Sequence[Any]:
        most = limit if limit > 0 else _A_PAGE
        about = (self._table, (skip, most), sorts or (), q or "")
        return list(map(_as_object, await asyncio.to_thread(self._asked, rare_rows.page, *about)))

    async def count(self, request: Request, q: str | None = None, filters: Any = None) -> int:
        found: int = await asyncio.to_thread(self._asked, rare_rows.count, self._table, q or "")
        return found

    async def find_by_pk(self, request: Request, pk: Any) -> Any:
        row = await asyncio.to_thread(self._asked, rare_rows.one, self._table, str(pk))
        if row is None:
            return None
        about = (mending.why_not, self._table, row)
        request.state.barred = await asyncio.to_thread(self._asked, *about)
        return _as_object(row)

    async def find_by_pks(self, request: Request, pks: list[Any]) -> Sequence[Any]:
        found = [await self.find_by_pk(request, each) for each in pks]
        return [each for each in found if each is not None]

    def _asked(self, ask: Callable[..., Any], *about: Any) -> Any:
        with self._reading() as tx:
            return ask(tx, *about)


def _field(name: str, at: int, cells: Mapping[str, Cell]) -> BaseField:
    kept = name not in cells
    about = {} if kept else {"cell": cells[name]}
    return BaseField(name, exclude_from_list=at >= _IN_A_LIST, exclude_from_edit=kept, extra=about)


def _as_object(row: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(**row)
