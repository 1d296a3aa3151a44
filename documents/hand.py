"""One hand: reads tasks from its parent, a line each, and answers each with a line."""

import json
import logging
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from documents.sheets import Grade, Sheet
from documents.shelf import Shelf

_LARGEST_FILE = 1 << 30


def main(megabytes: int) -> None:
    """Bind itself, then do what it is told until nobody asks any more."""
    _bind(megabytes << 20)
    logging.disable()  # what libraries say of broken files concerns nobody
    answers, sys.stdout = sys.stdout, sys.stderr
    serve(sys.stdin, answers)


def serve(tasks: Iterable[str], answers: TextIO) -> None:
    """Answer each task, a line for a line."""
    for task in tasks:
        answers.write(json.dumps(_do(**json.loads(task))) + "\n")
        answers.flush()


def _bind(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _do(do: str, shelf: str, **task: Any) -> dict[str, Any]:
    works: dict[str, Callable[..., dict[str, Any]]] = {
        "open": _open,
        "print": _print,
        "split": _split,
    }
    return works[do](Shelf(Path(shelf)), **task)


def _open(on: Shelf, path: str, digest: str, grade: list[Any]) -> dict[str, Any]:
    from documents import opening  # noqa: PLC0415 - a hand that prints opens nothing

    opened = opening.open_file(Path(path), digest, Grade(*grade), on)
    return {"opened": opened.written().decode()}


def _print(on: Shelf, name: str, manuscript: Any, frames: list[list[Any]]) -> dict[str, Any]:
    from documents import mounting, typesetting  # noqa: PLC0415 - one that opens prints nothing

    bare = typesetting.typeset(manuscript)
    hung = [(it.page, Sheet(*frames[it.frame])) for it in bare.places if it.frame is not None]
    on.put(f"{name}.pdf", mounting.mount(bare.pdf, hung, on))
    on.put(f"{name}.json", json.dumps([(it.paper, it.page) for it in bare.places]).encode())
    return {}


def _split(on: Shelf, book: str, name: str, files: list[Any], day: list[int]) -> dict[str, Any]:
    from documents import splitting  # noqa: PLC0415 - rarely asked for

    year, month, number = day
    on.put(name, splitting.split(on.path(book), files, (year, month, number)))
    return {}


if __name__ == "__main__":
    main(int(sys.argv[1]))
