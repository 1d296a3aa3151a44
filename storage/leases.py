"""Leases: which of several processes does what only one may do, and the bell between them.

On SQLite there is one process anyway (the data folder's lock), so everything is its own. On
PostgreSQL a lease is an advisory lock of a connection, and so ends with its process at once.
"""

import contextlib
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection, make_url

if TYPE_CHECKING:
    import psycopg

_BELL = "ocop_letters"


class Leases:
    """The leases of one process; may be asked from any thread."""

    def __init__(self, url: str) -> None:
        self._url = None if url.startswith("sqlite") else plain(url)
        self._guard = threading.Lock()
        self._held: set[str] = set()
        self._connection: psycopg.Connection[Any] | None = None

    def hold(self, name: str) -> bool:
        """Whether the lease of that name is ours, now or since longer; others do not wait."""
        if self._url is None:
            return True
        with self._guard:
            try:
                return self._hold(self._url, name)
            except _errors():  # with its connection every lease is gone
                self._let_go()
                return False

    def _hold(self, url: str, name: str) -> bool:
        if self._connection is None:
            self._connection = _connected(url)
        if name in self._held:
            self._connection.execute("SELECT 1")
            return True
        lock = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
        row = self._connection.execute(lock, [f"ocop {name}"]).fetchone()
        if row and row[0]:
            self._held.add(name)
        return name in self._held

    def close(self) -> None:
        """Give all leases back."""
        with self._guard:
            self._let_go()

    def _let_go(self) -> None:
        self._held.clear()
        if self._connection is not None:
            with contextlib.suppress(_errors()):
                self._connection.close()
            self._connection = None


def ring(tx: Connection) -> None:
    """Tell the process that delivers, once this transaction is committed; on PostgreSQL only."""
    if tx.dialect.name != "sqlite":
        tx.exec_driver_sql(f"NOTIFY {_BELL}")


class Bell:
    """What ``ring`` is heard by; for one thread."""

    def __init__(self, url: str) -> None:
        self._url = plain(url)
        self._connection: psycopg.Connection[Any] | None = None

    def heard(self, wait: timedelta) -> bool:
        """Whether it rang within that time; broken connections ring too, and are made anew."""
        try:
            if self._connection is None:
                self._connection = _connected(self._url)
                self._connection.execute(f"LISTEN {_BELL}")
                return True
            rang = self._connection.notifies(timeout=wait.total_seconds(), stop_after=1)
            return any(True for _ in rang)
        except _errors():
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with contextlib.suppress(_errors()):
                self._connection.close()
            self._connection = None


def plain(url: str) -> str:
    """The address as the driver itself takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _connected(url: str) -> "psycopg.Connection[Any]":
    import psycopg  # noqa: PLC0415 - who stays with SQLite needs no 10 MB for it

    return psycopg.connect(url, autocommit=True)


def _errors() -> type[Exception]:
    import psycopg  # noqa: PLC0415 - as above

    return psycopg.Error
