"""Các bảng: rare tables as they are kept, for whoever looks after the system; none is written.

starlette-admin draws them; no other module knows it. It is loaded when somebody first looks.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette_admin import BaseAdmin, BaseModelView, Link, StringField

from bot.web.desk.door import HOME
from storage import rare_rows
from storage.database import Transaction

Reading = Callable[[], AbstractContextManager[Transaction]]
_A_PAGE = 25


def application(base: str, reading: Reading, secret: str) -> Starlette:
    """The pages of all rare tables, below that address."""
    admin = BaseAdmin("OCOP", base, secret_key=secret)
    admin.add_view(Link("← OCOP", url=HOME))
    for name in rare_rows.there():
        admin.add_view(_View(name, reading))
    host = Starlette()
    admin.mount_to(host)
    return host


class _View(BaseModelView):
    """One table, in which nothing can be changed."""

    page_size = _A_PAGE
    exporters = ()
    importers = ()
    actions = ()
    row_actions = ("view",)

    def __init__(self, name: str, reading: Reading) -> None:
        self.key = self.menu_label = self.label = name
        self.pk_attr = rare_rows.key(name)
        self.fields = [StringField(column) for column in rare_rows.columns(name)]
        self.searchable_fields = rare_rows.columns(name)
        self._table, self._reading = name, reading
        super().__init__()

    def can_create(self, request: Request) -> bool:
        return False

    can_edit = can_delete = can_export = can_import = can_create

    async def create(self, request: Request, data: dict[str, Any]) -> Any:
        raise HTTPException(405)

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Any:
        raise HTTPException(405)

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
        return _as_object(row) if row else None

    async def find_by_pks(self, request: Request, pks: list[Any]) -> Sequence[Any]:
        found = [await self.find_by_pk(request, each) for each in pks]
        return [each for each in found if each is not None]

    def _asked(self, ask: Callable[..., Any], *about: Any) -> Any:
        with self._reading() as tx:
            return ask(tx, *about)


def _as_object(row: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(**row)
