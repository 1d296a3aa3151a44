"""Hands open whatever comes within their bounds, and cost no more than what they are asked for."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents import sheets
from documents.sheets import Reason
from documents.shelf import Shelf
from hands import hiring
from hands.hiring import ROOT, Bounds, Hands, Task

ROOMY = Bounds(megabytes=500, seconds=20)
Hire = Callable[..., Hands]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def hire() -> Iterator[Hire]:
    hired: list[Hands] = []

    def new(count: int = 1, bounds: Bounds = ROOMY, idle_seconds: float = 60) -> Hands:
        hired.append(Hands(count, bounds, idle_seconds))
        return hired[-1]

    yield new
    for hands in hired:
        hands.close()


def task(shelf: Shelf, path: Path) -> Task:
    grade: list[Any] = ["fine", 150, 72]
    asked = {"path": str(path), "digest": path.name, "grade": grade}
    return {"do": "documents.crafts:open", "shelf": str(shelf.folder), **asked}


def picture(shelf: Shelf, side: int) -> Task:
    content = io.BytesIO()
    Image.new("RGB", (side, side)).save(content, "PNG")
    return task(shelf, shelf.take_in(content.getvalue()).path)


def endless(shelf: Shelf) -> Task:
    """A file that nobody comes to the end of."""
    shelf.folder.mkdir(exist_ok=True)
    os.mkfifo(shelf.folder / "endless")
    return task(shelf, shelf.folder / "endless")


def processes(hands: Hands) -> list[int]:
    return [each._process.pid for each in hands._hands if each._process]


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


# -- bounds ---------------------------------------------------------------------------------------


def test_a_hand_that_runs_out_of_time_costs_only_its_own_file(shelf: Shelf) -> None:
    tasks = [picture(shelf, 10), endless(shelf), picture(shelf, 20)]

    first, fallen, last = hiring.do_all(tasks, 1, Bounds(megabytes=500, seconds=2))

    assert fallen is None
    assert first is not None
    assert last is not None


def test_a_picture_that_needs_more_memory_than_a_hand_has_is_too_heavy(shelf: Shelf) -> None:
    tasks = [picture(shelf, 10), picture(shelf, 7000)]

    fitting, heavy = hiring.do_all(tasks, 1, Bounds(megabytes=100, seconds=20))

    assert fitting is not None
    assert sheets.read(fitting["opened"]).sheets
    assert heavy is None or sheets.read(heavy["opened"]).refused == Reason.TOO_HEAVY


def test_hands_know_no_secret_of_their_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_TELEGRAM_TOKEN", "secret")

    assert "OCOP_TELEGRAM_TOKEN" not in hiring.environment()
    assert "PATH" in hiring.environment()


@pytest.mark.parametrize("work", ["os:system", "documents.crafts:json", "storage.files:note", ""])
def test_a_hand_does_nothing_but_its_crafts(hire: Hire, work: str) -> None:
    assert hire().do({"do": work}) is None


def test_a_hand_whose_parent_has_died_ends_with_its_task(shelf: Shelf) -> None:
    command = [sys.executable, "-m", "hands.hand", "500", "0.5"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT)
    process.communicate(json.dumps(endless(shelf)).encode() + b"\n", timeout=10)

    assert process.returncode == -signal.SIGALRM


# -- kept hands -----------------------------------------------------------------------------------


def test_no_tasks_need_no_hands() -> None:
    assert hiring.do_all([], 2, ROOMY) == []


def test_a_hand_is_started_when_it_is_needed_and_kept_for_the_next_task(
    shelf: Shelf, hire: Hire
) -> None:
    hands = hire()
    unasked = processes(hands)
    first = hands.do(picture(shelf, 10)), processes(hands)
    second = hands.do(picture(shelf, 20)), processes(hands)

    assert unasked == []
    assert None not in (first[0], second[0])
    assert first[1] == second[1] != []


def test_a_hand_that_was_idle_gives_its_memory_back_and_comes_again(
    shelf: Shelf, hire: Hire
) -> None:
    hands = hire(idle_seconds=0.05)
    hands.do(picture(shelf, 10))

    assert soon(lambda: processes(hands) == [])
    assert hands.do(picture(shelf, 20)) is not None


def test_a_fallen_hand_is_replaced(shelf: Shelf, hire: Hire) -> None:
    hands = hire()
    hands.do(picture(shelf, 10))
    os.kill(processes(hands)[0], signal.SIGKILL)

    assert soon(lambda: hands.do(picture(shelf, 20)) is not None)


def test_many_threads_share_few_hands(shelf: Shelf, hire: Hire) -> None:
    hands = hire(2)
    tasks = [picture(shelf, side) for side in range(10, 30)]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(hands.do, tasks))

    assert len(processes(hands)) == 2
    assert all(answer and sheets.read(answer["opened"]).sheets for answer in answers)


def test_closing_ends_hands_at_work_and_does_nothing_more(shelf: Shelf, hire: Hire) -> None:
    hands = hire()
    with ThreadPoolExecutor(2) as threads:
        working = threads.submit(hands.do, endless(shelf))
        assert soon(lambda: processes(hands) != [])
        waiting = threads.submit(hands.do, picture(shelf, 10))

        hands.close()

        assert [working.result(5), waiting.result(5)] == [None, None]
    assert hands.do(picture(shelf, 20)) is None
    assert processes(hands) == []
