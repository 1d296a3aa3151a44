"""Reads that officers use: each gives rows of the officer's area alone (see officers.Scope).

``READS`` has them all, so that each can be held against who may see what.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Read(NamedTuple):
    """A read, and the table that the ids of its rows are of; empty where each row says so."""

    function: Callable[..., Any]
    of: str


READS: dict[str, Read] = {}


def scoped(of: str) -> Callable[[_Function], _Function]:
    """Mark a read ``(tx, scope, …)`` whose rows lie in the area of the scope.

    It gives a row, None, or several rows; a row says by ``id`` which of the table ``of`` it is.
    """

    def mark(function: _Function) -> _Function:
        READS[f"{function.__module__}.{function.__name__}"] = Read(function, of)
        return function

    return mark
