"""Drafting: a form becomes a .docx to be edited and signed, and a PDF to be read and printed."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from documents import photos
from documents.forms import Form, Story
from documents.forms.written import written
from documents.sheets import Grade

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "documents"
BLANK = "…" * 10
_PHOTO = Grade("form", 90, 75)  # of a whole page, which makes 210 dots an inch where four share it
_PHOTO_ROOM = (78, 58)  # millimetres, as in blocks.typ
_SOME_DAY = (2026, 5, 22, 0, 0, 0)  # an archive must bear a date, and the same form the same one


def pdf(form: Form) -> bytes:
    """The form as a PDF; the same form makes the same bytes. Refused when a photo is broken."""
    values = json.dumps(written(_with_small_photos(form)), default=list)
    return draw("forms/form.typ", {"form": form.template, "values": values}, format="pdf")


def docx(form: Form) -> bytes:
    """The form as a .docx, likewise; what is not known is dotted."""
    path = TEMPLATES / "docx" / f"{form.template}.docx"
    return filled(path, lambda template: _context(form, template))


def filled(
    path: Path, context: Callable[[Any], dict[str, Any]], unknown: set[str] | None = None
) -> bytes:
    """The Word template filled with that context, in which nothing is markup.

    A name that the context has not is an error, or a blank where it is noted as ``unknown``.
    """
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415 - it is slow

    template = DocxTemplate(path)
    template.render(context(template), sandbox(unknown), autoescape=True)
    saved = io.BytesIO()
    template.save(saved)
    return undated(saved.getvalue())


def draw(template: str, inputs: dict[str, str], **how: Any) -> bytes:
    """What the Typst template makes of the inputs, with our own fonts alone."""
    import fontpkg_be_vietnam_pro  # type: ignore[import-untyped]  # noqa: PLC0415 - it has none
    import typst  # noqa: PLC0415 - 80 MB that only printing needs

    drawn = typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=[fontpkg_be_vietnam_pro.ROOT],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    ).compile(**how)
    if not isinstance(drawn, bytes):
        raise TypeError("one form is one file")
    return drawn


def undated(saved: bytes) -> bytes:
    """The archive in one order and with one date on all its files, so that it can be compared."""
    anew = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(anew, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, _SOME_DAY)
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return anew.getvalue()


def _with_small_photos(form: Form) -> Form:
    if not isinstance(form, Story):
        return form
    small = (replace(it, content=photos.clean(it.content, _PHOTO)[0]) for it in form.photos)
    return replace(form, photos=tuple(small))


def _context(form: Form, template: Any) -> dict[str, Any]:
    context: dict[str, Any] = written(form)
    if isinstance(form, Story):
        context["photos"] = [
            {"image": _picture(photo.content, template), "caption": shown["caption"]}
            for photo, shown in zip(form.photos, context["photos"], strict=True)
        ]
    return context


def _picture(content: bytes, template: Any) -> Any:
    from docx.shared import Mm  # noqa: PLC0415 - see docx
    from docxtpl import InlineImage  # noqa: PLC0415

    small, (width, height) = photos.clean(content, _PHOTO)
    scale = min(_PHOTO_ROOM[0] / width, _PHOTO_ROOM[1] / height)
    return InlineImage(template, io.BytesIO(small), Mm(width * scale), Mm(height * scale))


def sandbox(unknown: set[str] | None = None) -> Any:
    """Where a template's jinja is run: it reaches nothing but what it is told (see ``filled``)."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - see filled
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    missing = StrictUndefined if unknown is None else _noting(unknown)
    return SandboxedEnvironment(undefined=missing, finalize=lambda it: BLANK if it is None else it)


def _noting(unknown: set[str]) -> Any:
    """What stands for a name that is not known, and notes it: a blank, or a list of nothing."""
    from jinja2 import ChainableUndefined  # noqa: PLC0415 - see filled

    class Noted(ChainableUndefined):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            unknown.add(str(self._undefined_name))

        def __str__(self) -> str:
            return BLANK

        __html__ = __str__

    return Noted
