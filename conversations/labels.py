"""What options are called on their buttons, in every language: who types that means the option."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_TEMPLATES = Path(__file__).parent.parent / "templates"
_TEXT = re.compile(r"{% macro (\w+)\(\) %}(.*?){% endmacro %}", re.DOTALL)


@cache
def labels(file: str, beginning: str) -> Mapping[str, tuple[str, ...]]:
    """The words of the texts of that file whose names begin so, by the rest of their names."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(_TEMPLATES.glob(f"*/{file}.j2")):
        for name, text in _TEXT.findall(path.read_text(encoding="utf-8")):
            head, _, rest = name.partition("_")
            if head == beginning:
                found[rest] = (*found.get(rest, ()), text.strip())
    return found
