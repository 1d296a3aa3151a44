"""Ready reasons for which an idea or a paper goes back, as they fit its kind."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from programme.papers import Paper

_DATA = Path(__file__).with_name("reasons.yaml")


@cache
def known() -> frozenset[str]:
    """The name of every ready reason."""
    told = _read()
    every = (*told["papers"], *told["ideas"], *told["inspections"], *told["absent"])
    return frozenset(each["id"] for each in every)


def for_ideas() -> tuple[str, ...]:
    """Those for which an idea goes back, as many as fit on a screen."""
    told = _read()
    return tuple(each["id"] for each in told["ideas"])[: told["most"]]


def for_inspections() -> tuple[str, ...]:
    """What is often found at a site after certification."""
    return tuple(each["id"] for each in _read()["inspections"])


def absent() -> tuple[str, ...]:
    """Those for which a paper is asked for that was never given."""
    return tuple(each["id"] for each in _read()["absent"])


@cache
def for_paper(paper: Paper) -> tuple[str, ...]:
    """Those for such a paper, what is said of it alone before the rest, at most six."""
    told = _read()
    fitting = [each for each in told["papers"] if _fits(each, paper)]
    own_first = sorted(fitting, key=lambda each: "papers" not in each)
    return tuple(each["id"] for each in own_first)[: told["most"]]


def _fits(reason: dict[str, Any], paper: Paper) -> bool:
    return (
        paper.id in reason.get("papers", (paper.id,))
        and paper.id not in reason.get("but", ())
        and not (reason.get("dated") and paper.months is None)
        and not (reason.get("certified") and paper.copy != "certified")
    )


@cache
def _read() -> dict[str, Any]:
    return dict(yaml.safe_load(_DATA.read_bytes()))
