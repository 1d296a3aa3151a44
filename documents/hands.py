"""Hands: child processes that open strangers' files and print, within bounds of memory and time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# No token and no password goes along to where strangers' files are opened.
SEEN = ("PATH", "LANG", "PYTHONPATH", "LD_LIBRARY_PATH")
CALM = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}  # fewer threads, less memory

Task = dict[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one hand may take: memory for all its life, seconds for one task."""

    megabytes: int
    seconds: float


def do_all(tasks: Sequence[Task], hands: int, bounds: Bounds) -> list[Answer | None]:
    """The answers in the order of the tasks; None where a hand fell over its task.

    A hand that falls takes only that task with it: a new one goes on with the next.
    """
    free: SimpleQueue[_Hand] = SimpleQueue()
    with ThreadPoolExecutor(hands) as threads, _open(min(hands, len(tasks)), bounds) as opened:
        for hand in opened:
            free.put(hand)
        return list(threads.map(lambda task: _do(task, free), tasks))


def environment() -> dict[str, str]:
    """What a hand knows of the world around it."""
    return {name: os.environ[name] for name in SEEN if name in os.environ} | CALM


def _do(task: Task, free: "SimpleQueue[_Hand]") -> Answer | None:
    hand = free.get()
    try:
        return hand.do(task)
    finally:
        free.put(hand)


@contextmanager
def _open(count: int, bounds: Bounds) -> Iterator[list["_Hand"]]:
    hands = [_Hand(bounds) for _ in range(count)]
    try:
        yield hands
    finally:
        for hand in hands:
            hand.close()


class _Hand:
    """One child process, started anew when it has fallen."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None

    def do(self, task: Task) -> Answer | None:
        if self._process and self._process.poll() is not None:
            self.close()
        process = self._process = self._process or self._started()
        watch = threading.Timer(self._bounds.seconds, process.kill)
        watch.start()
        try:
            answer = _ask(process, task)
        finally:
            watch.cancel()
        if answer is None:
            self.close()
        return answer

    def close(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "documents.hand", str(self._bounds.megabytes)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, env=environment())  # noqa: S603 - our own


def _ask(process: subprocess.Popen[bytes], task: Task) -> Answer | None:
    assert process.stdin  # noqa: S101
    assert process.stdout  # noqa: S101
    try:
        process.stdin.write(json.dumps(task).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        return None
    line = process.stdout.readline()
    return json.loads(line) if line.endswith(b"\n") else None
