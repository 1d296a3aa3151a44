"""Hostile PDFs: refused or cleaned, always with a name for it."""

import io
import random
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from documents import uploads
from documents.sheets import FINE, Reason, Refused, Removed
from tests.documents.samples import A4, LYING, document, saved


def with_script() -> bytes:
    pdf = document(A4)
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.OpenAction = action
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), action])))
    pdf.pages[0].obj.AA = Dictionary(O=action)
    return saved(pdf)


def with_attachment() -> bytes:
    pdf = document(A4)
    pdf.attachments["virus.exe"] = b"MZ\x90\x00"
    return saved(pdf)


def with_link() -> bytes:
    pdf = document(A4)
    action = Dictionary(S=Name.URI, URI=String("https://example.com/tracker"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].obj.Annots = Array([link])
    return saved(pdf)


def with_launch() -> bytes:
    pdf = document(A4)
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].obj.Annots = Array([link])
    return saved(pdf)


def owner_locked() -> bytes:
    return saved(document(A4), encryption=pikepdf.Encryption(owner="secret", user=""))


def user_locked() -> bytes:
    return saved(document(A4), encryption=pikepdf.Encryption(owner="secret", user="secret"))


def swollen() -> bytes:
    pdf = document(A4)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0 " * (uploads.MOST_DRAWING // 2 + 1))
    return saved(pdf)


def with_a_picture_beyond_bounds() -> bytes:
    pdf = document(A4)
    picture = pdf.make_stream(
        b"\0", Type=Name.XObject, Subtype=Name.Image, Width=40000, Height=40000
    )
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=picture)
    return saved(pdf)


def looping() -> bytes:
    pdf = document(A4)
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    return saved(pdf)


def of_size(width: float, height: float) -> bytes:
    pdf = document(A4)
    pdf.pages[0].obj.MediaBox = Array([0, 0, width, height])
    return saved(pdf)


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (user_locked, Reason.LOCKED),
        (lambda: saved(document(*[A4] * 1000)), Reason.TOO_LONG),
        (lambda: saved(Pdf.new()), Reason.EMPTY),
        (swollen, Reason.TOO_HEAVY),
        (with_a_picture_beyond_bounds, Reason.TOO_HEAVY),
        (lambda: b"%PDF-1.7\nnothing of the kind", Reason.BROKEN),
        (lambda: b"%PDF-1.7", Reason.BROKEN),
        (lambda: of_size(0, 842), Reason.BROKEN),
        (lambda: of_size(1e9, 842), Reason.BROKEN),
    ],
)
def test_what_cannot_be_printed_is_refused_by_name(
    hostile: Callable[[], bytes], reason: Reason
) -> None:
    with pytest.raises(Refused) as refused:
        uploads.clean(hostile())

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("hostile", "removed"),
    [
        (with_script, Removed.SCRIPTS),
        (with_launch, Removed.SCRIPTS),
        (with_attachment, Removed.ATTACHMENTS),
        (with_link, Removed.LINKS),
        (owner_locked, Removed.LOCK),
    ],
)
def test_what_acts_is_taken_out_and_named(hostile: Callable[[], bytes], removed: Removed) -> None:
    bare, found = uploads.clean(hostile())

    with Pdf.open(io.BytesIO(bare)) as pdf:
        entries = {entry for it in pdf.objects if isinstance(it, Dictionary) for entry in it}
        assert found == (removed,)
        assert not pdf.is_encrypted
        assert not entries & {"/JS", "/JavaScript", "/AA", "/OpenAction", "/A", "/EmbeddedFiles"}
        assert len(pdf.pages) == 1


def test_a_harmless_pdf_loses_nothing() -> None:
    bare, removed = uploads.clean(saved(document(A4, LYING)))

    assert removed == ()
    assert uploads.sizes(bare) == [A4, LYING]


def test_a_tree_of_pages_that_bites_its_tail_does_no_harm() -> None:
    with pytest.raises(Refused):
        uploads.clean(looping())


def test_what_was_filled_into_a_form_stays_on_the_page() -> None:
    pdf = document(A4)
    stamp = pdf.make_stream(
        b"1 0 0 rg 0 0 50 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 20])
    )
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("name"),
        F=4,
        Rect=Array([100, 100, 150, 120]),
        AP=Dictionary(N=stamp),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]))

    bare, _ = uploads.clean(saved(pdf))

    ((content, size),) = uploads.pictures(bare, FINE)

    spot = (125 * size[0] // A4[0], size[1] - 110 * size[1] // A4[1])
    red, green, blue = Image.open(io.BytesIO(content)).getpixel(spot)  # type: ignore[misc]  # RGB
    assert (red > 200, max(green, blue) < 60) == (True, True)


def test_a_page_turned_in_its_pdf_is_measured_as_it_is_seen() -> None:
    pdf = document(A4)
    pdf.pages[0].rotate(90, relative=False)

    assert uploads.sizes(uploads.clean(saved(pdf))[0]) == [LYING]


def test_a_pdf_with_bytes_changed_anywhere_is_opened_or_refused_and_nothing_else() -> None:
    whole, chance = with_script(), random.Random(3)
    outcomes: set[bool | Reason] = set()
    for _ in range(150):
        bitten = bytearray(whole)
        for _ in range(12):
            bitten[chance.randrange(len(bitten))] = chance.randrange(256)
        try:
            outcomes.add(bool(uploads.clean(bytes(bitten))))
        except Refused as refused:
            outcomes.add(refused.reason)

    assert {True, Reason.BROKEN} <= outcomes
