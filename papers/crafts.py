"""What hands do with papers: examine one."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from papers import examining


def _examine(path: str, clean: str) -> dict[str, Any]:
    examined: dict[str, Any] = msgspec.to_builtins(examining.examine(Path(path), Path(clean)))
    return examined


WORKS: Mapping[str, Callable[..., dict[str, Any]]] = {"examine": _examine}
