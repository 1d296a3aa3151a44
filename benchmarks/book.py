"""Print a dossier of 300 photos: seconds, memory of all processes together, page numbers, bytes.

python -m benchmarks.book [--pages 300] [--keep book.pdf]
"""

import argparse
import io
import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from PIL import Image, ImageDraw, ImageFilter

from documents import press
from documents.book import Book, Paper, Scan
from documents.shelf import Shelf
from tests.documents import reading, samples

PAGES = 300
PAPERS = 40
PHONE = (3000, 4000)  # twelve million pixels, as phones take them
MOST_SECONDS = 60
MOST_MEGABYTES = 1024


def main() -> None:
    """Print it anew, again, and with one page changed; say what each took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=PAGES)
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shelf, camera = Shelf(Path(folder) / "shelf"), Camera(Shelf(Path(folder) / "photos"))
        book = dossier(camera, given.pages)
        printed = run("anew", book, shelf)
        if given.keep:
            shutil.copy(printed, given.keep)
        run("the same again", book, shelf)
        first, *rest = book.papers
        changed = replace(first, scans=(camera.taken(given.pages), *first.scans[1:]))
        run("one page changed", replace(book, papers=(changed, *rest)), shelf)


def run(what: str, book: Book, shelf: Shelf) -> Path:
    """Print it once, and hold what it says of its pages against where they are."""
    with Watch() as watch:
        printed = press.print_book(book, shelf)
    pages = reading.texts(printed.path)
    right, lines = agreeing(pages)
    print(
        f"{what}: {len(pages)} pages, {watch.seconds:.1f} s, peak {watch.peak:.0f} MB, "
        f"{printed.newly_opened} files opened, {printed.path.stat().st_size / 1e6:.1f} MB; "
        f"page numbers right on {right} of {lines} lines"
    )
    if right < lines or watch.seconds > MOST_SECONDS or watch.peak > MOST_MEGABYTES:
        raise SystemExit("not as promised")
    return printed.path


def agreeing(pages: list[str]) -> tuple[int, int]:
    """How many lines of the index, the table of points and the feet say what is so."""
    standing = reading.standing(pages)
    said = [*reading.index(pages).items(), *reading.scores(pages)]
    feet = list(zip(reading.numbered(pages), enumerate(pages, 1), strict=True))
    total = str(len(pages))
    right = sum(standing.get(paper) == span for paper, span in said)
    right += sum(foot == (str(number), total) for foot, (number, _) in feet)
    return right, len(said) + len(feet) + abs(len(standing) - len(reading.index(pages)))


def dossier(camera: "Camera", pages: int) -> Book:
    """A dossier of forty papers, each of several photos, most serving one or two criteria."""
    chance = random.Random(7)
    ids = [criterion.id for part in samples.PARTS for criterion in part.criteria]
    papers = [
        Paper(
            f"Giấy tờ minh chứng thứ {number + 1} của hợp tác xã",
            chance.choice(("original", "certified", "plain")),
            tuple(camera.taken(page) for page in range(number, pages, PAPERS)),
            tuple(chance.sample(ids, chance.choice((0, 1, 1, 2)))),
        )
        for number in range(PAPERS)
    ]
    return samples.book(tuple(papers))


class Camera:
    """Takes noisy photos of pages, no two alike."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        noise = Image.effect_noise((750, 1000), 22).resize(PHONE).filter(ImageFilter.BoxBlur(1))
        page = Image.open(io.BytesIO(samples.photo("Giấy tờ", PHONE))).convert("RGB")
        grain = Image.merge("RGB", [noise] * 3)
        self._page = Image.blend(page, grain, 0.12)

    def taken(self, number: int) -> Scan:
        """The photo of that number."""
        photo = self._page.copy()
        ImageDraw.Draw(photo).text((200, 3000), str(number), font=samples.letters(300), fill=0)
        written = io.BytesIO()
        photo.save(written, "JPEG", quality=88)
        return self._shelf.take_in(written.getvalue())


class Watch:
    """Seconds, and the most memory that this process and its children held together."""

    def __enter__(self) -> Self:
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look)
        self.peak, self._begun = 0.0, time.perf_counter()
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._begun
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            self.peak = max(self.peak, sum(map(resident, family(os.getpid()))))


def family(process: int) -> Iterator[int]:
    """The process and all its children, as far as they live."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def resident(process: int) -> float:
    """Its memory in megabytes; none when it has just ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return sum(map(int, kilobytes)) / 1024


if __name__ == "__main__":
    main()
