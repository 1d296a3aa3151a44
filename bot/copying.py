"""Copying: one order filled by a hand, the paper kept, and the messages that bring it."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from bot import judging
from conversations.messages import Attached, Message
from documents import naming, orders
from documents.orders import Filled, Model
from documents.shelf import Shelf
from handlers.officer import own_templates
from hands.hiring import Hands
from storage import looks
from storage.database import Database
from storage.files import Files

_NAMED = 3  # papers that a letter names, so that it stays short


class Fell(RuntimeError):
    """A hand fell over the order, or took too long for it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A printed paper as it is kept, and the messages that bring it."""

    file: str
    kind: str
    size: int
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Copying:
    """Makes papers with these hands, from the files in that folder; ``shelf`` may be emptied."""

    database: Database
    folder: Files
    shelf: Shelf
    hands: Hands

    def copy(self, kind: str, text: str, say: Callable[[str], str]) -> Copy:
        """Print and keep what was ordered; ``say`` gives the words for its name. It takes long."""
        about = orders.read(kind, text)
        filled = self._filled(kind, text, orders.files(about))
        content = self.shelf.path(filled.part).read_bytes()
        file, (paper, ending) = self.folder.keep(content), orders.parts(kind)
        name = naming.titled(say(f"printing.title_{paper}"), orders.subject(about), ending)
        attached = Attached("photo" if ending == "png" else "file", file, name)
        messages = tuple(_messages(kind, about, filled, attached))
        return Copy(file, judging.served_type(content), len(content), messages)

    def _filled(self, kind: str, text: str, files: Sequence[str]) -> Filled:
        found = self._found(files)
        task = {"do": "documents.crafts:fill", "kind": kind, "about": text, "found": found}
        answer = self.hands.do({**task, "shelf": str(self.shelf.folder)})
        if answer is None:
            raise Fell(kind)
        return Filled(**answer)

    def _found(self, files: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """For each file what there is of it, its clean page first."""
        with self.database.reading() as tx:
            seen = looks.many(tx, files)
        clean = {file: look.clean for file, look in seen.items() if look.clean}
        return {file: list(self._paths(clean.get(file), file)) for file in files}

    def _paths(self, *hashes: str | None) -> Iterator[tuple[str, str]]:
        for each in filter(None, hashes):
            with contextlib.suppress(ValueError):  # no hash: it is gone, as far as print goes
                yield each, str(self.folder.path(each))


def _messages(kind: str, about: Model, filled: Filled, attached: Attached) -> Iterator[Message]:
    yield structs.replace(_here(kind, orders.subject(about), filled), attached=attached)
    if filled.lost and kind.startswith("story"):
        yield Message("printing.lost_photos", {"count": len(filled.lost)})
    elif filled.lost and kind.startswith("report"):
        yield _of_template(filled.lost)
    elif filled.lost:
        more = max(0, len(filled.lost) - _NAMED)
        yield Message("printing.lost", {"papers": filled.lost[:_NAMED], "more": more})


def _of_template(lost: Sequence[str]) -> Message:
    if ":" in lost[0]:
        return Message("own_template.broken", {"why": own_templates.why(lost[0])})
    return Message("printing.own_template", {"names": ", ".join(lost[:_NAMED])})


def _here(kind: str, name: str, filled: Filled) -> Message:
    paper, ending = orders.parts(kind)
    match paper:
        case "book":
            return Message("printing.book", {"name": name, "pages": filled.pages})
        case "book_zip":
            return Message("printing.book_zip", {"name": name, "count": filled.papers})
        case "own_data":
            return Message("printing.own_data")
        case (
            "card"
            | "plan"
            | "timeline"
            | "calendar"
            | "digest"
            | "digest_xlsx"
            | "office_code"
            | "fair_list"
            | "report_docx"
            | "report_pdf"
            | "report_xlsx"
        ):
            return Message(f"printing.{paper}", {"name": name})
        case _:
            return Message(f"printing.paper_{paper}", {"name": name, "ending": ending})
