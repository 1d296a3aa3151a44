"""Hiring: hands are started when there is something to do, watched over it, and let go again."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# No token and no password goes along to where strangers' files are opened.
SEEN = ("PATH", "LANG", "PYTHONPATH", "LD_LIBRARY_PATH")
# Fewer threads, less memory.
CALM = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
_A_MOMENT = 10.0  # seconds that hands for one batch may rest between two tasks

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
    hired = Hands(min(hands, len(tasks)), bounds, _A_MOMENT)
    with closing(hired), ThreadPoolExecutor(hands) as threads:
        return list(threads.map(hired.do, tasks))


def environment() -> dict[str, str]:
    """What a hand knows of the world around it."""
    return {name: os.environ[name] for name in SEEN if name in os.environ} | CALM


class Hands:
    """So many hands for any number of threads: started when first needed, closed when idle."""

    def __init__(self, count: int, bounds: Bounds, idle_seconds: float) -> None:
        self._hands = [_Hand(bounds) for _ in range(count)]
        self._free: LifoQueue[_Hand] = LifoQueue()  # the one that worked last is awake
        for hand in self._hands:
            self._free.put(hand)
        self._idle_seconds = idle_seconds
        self._rest: threading.Timer | None = None
        self._resting = threading.Lock()
        self._closed = False

    def do(self, task: Task) -> Answer | None:
        """Wait for a free hand and give its answer; None when it fell, or when all are closed."""
        hand = self._free.get()
        try:
            return None if self._closed else hand.do(task)
        finally:
            self._free.put(hand)
            self._rest_later()

    def close(self) -> None:
        """End all hands, also those at work; what is asked from now on is not done."""
        self._closed = True
        for hand in self._hands:
            hand.kill()
        free = [self._free.get() for _ in self._hands]
        for hand in free:
            hand.close()
            self._free.put(hand)
        self._rest_later()

    def _rest_later(self) -> None:
        """Close what is idle when nothing was asked for a while, beginning with now."""
        with self._resting:
            if self._rest:
                self._rest.cancel()
                self._rest = None
            if not self._closed:
                self._rest = threading.Timer(self._idle_seconds, self._close_idle)
                self._rest.daemon = True
                self._rest.start()

    def _close_idle(self) -> None:
        idle = []
        with suppress(Empty):
            while True:
                idle.append(self._free.get_nowait())
        for hand in idle:
            hand.close()
            self._free.put(hand)


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

    def kill(self) -> None:
        if process := self._process:
            process.kill()

    def close(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        bounds = (str(self._bounds.megabytes), str(self._bounds.seconds))
        return subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-m", "hands.hand", *bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
            process_group=0,  # Ctrl+C is for us, who then close it
        )


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
