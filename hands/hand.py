"""One hand: reads tasks from its parent, a line each, and answers each with a line."""

import importlib
import json
import logging
import math
import resource
import signal
import sys
from collections.abc import Iterable
from typing import Any, TextIO

CRAFTS = ("documents.crafts", "papers.crafts")  # what a hand can do, and nothing else
_LARGEST_FILE = 1 << 30


def main(megabytes: int, seconds: float) -> None:
    """Bind itself, then do what it is told until nobody asks any more."""
    _bind(megabytes << 20)
    logging.disable()  # what libraries say of broken files concerns nobody
    answers, sys.stdout = sys.stdout, sys.stderr
    serve(sys.stdin, answers, seconds)


def serve(tasks: Iterable[str], answers: TextIO, seconds: float) -> None:
    """Answer each task, a line for a line; one that takes longer is the end of the process."""
    for task in tasks:
        signal.alarm(math.ceil(seconds) + 1)  # its parent is quicker, if there still is one
        answers.write(json.dumps(_do(**json.loads(task))) + "\n")
        answers.flush()
        signal.alarm(0)


def _bind(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _do(do: str, **task: Any) -> dict[str, Any]:
    """Do a work that is named as "documents.crafts:open"."""
    craft, _, work = do.partition(":")
    if craft not in CRAFTS:
        raise LookupError("no craft of ours")
    done: dict[str, Any] = importlib.import_module(craft).WORKS[work](**task)
    return done


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
