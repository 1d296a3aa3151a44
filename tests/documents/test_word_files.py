"""A Word file of an office's own: a plain one is taken, whatever acts or reaches out is refused."""

import zipfile
from pathlib import Path

import pytest
from docx import Document

from documents import word_files
from documents.word_files import Reason, Refused

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED = OLD + "EncryptedPackage".encode("utf-16-le")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "word/_rels/document.xml.rels"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("plain") / "plain.docx"
    document = Document()
    document.add_paragraph("Kính gửi {{ area }}")
    document.save(str(path))
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> Reason:
    with pytest.raises(Refused) as refused:
        word_files.look(path)
    return refused.value.reason


def related(parts: dict[str, bytes], relation: str) -> dict[str, bytes]:
    there = parts[RELS].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    return parts | {RELS: there}


def written(parts: dict[str, bytes], field: str) -> dict[str, bytes]:
    body = parts["word/document.xml"].replace(b"<w:sectPr", f"{field}<w:sectPr".encode(), 1)
    assert body != parts["word/document.xml"]
    return parts | {"word/document.xml": body}


def test_a_plain_file_and_a_link_to_click_on_are_taken(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    link = f'<Relationship Id="r99" Type="{OFFICE}/hyperlink" TargetMode="External" Target="%s"/>'
    field = "<w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p>"

    word_files.look(packed(tmp_path / "a.docx", written(parts, field)))
    word_files.look(packed(tmp_path / "b.docx", related(parts, link % "mailto:xa@laocai.gov.vn")))

    assert refusal(packed(tmp_path / "c.docx", related(parts, link % "file:///etc/passwd"))) == (
        Reason.REACHES
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.NOT_DOCX),
        (b"%PDF-1.7", Reason.NOT_DOCX),
        (b"PK\x03\x04" + bytes(100), Reason.BROKEN),
        (OLD, Reason.OLD_DOC),
        (LOCKED, Reason.LOCKED),
        (bytes(word_files.MOST_BYTES + 1), Reason.TOO_BIG),
    ],
    ids=["empty", "pdf", "cut", "doc", "locked", "big"],
)
def test_what_is_no_docx_is_refused_by_its_content(
    tmp_path: Path, content: bytes, reason: Reason
) -> None:
    path = tmp_path / "mẫu.docx"
    path.write_bytes(content)

    assert refusal(path) == reason


def test_a_file_that_is_gone_and_a_zip_of_another_kind_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.docx") == Reason.GONE
    assert refusal(packed(tmp_path / "a.docx", {"xl/workbook.xml": b"<x/>"})) == Reason.NOT_DOCX


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    bomb = parts | {"word/media/image1.png": bytes(70_000_000)}
    many = parts | {f"word/media/{at}.png": b"" for at in range(600)}

    assert refusal(packed(tmp_path / "a.docx", bomb)) == Reason.TOO_BIG
    assert refusal(packed(tmp_path / "b.docx", many)) == Reason.TOO_BIG


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (f'Type="{OFFICE}/attachedTemplate" TargetMode="External" Target="//x/t.dotm"', "reaches"),
        (f'Type="{OFFICE}/image" TargetMode="External" Target="http://x.vn/a.png"', "reaches"),
        (f'Type="{OFFICE}/oleObject" Target="embeddings/o.bin"', "acts"),
        (f'Type="{OFFICE}/aFChunk" Target="a.html"', "acts"),
        ('Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="v"',
         "acts"),
    ],
)  # fmt: skip
def test_what_is_taken_from_elsewhere_or_runs_is_refused(
    parts: dict[str, bytes], tmp_path: Path, relation: str, reason: str
) -> None:
    hostile = related(parts, f'<Relationship Id="r99" {relation}/>')

    assert refusal(packed(tmp_path / "a.docx", hostile)) == reason


def test_a_file_that_may_hold_macros_is_refused_whatever_it_is_called(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    types = parts["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"ms-word.document.macroEnabled.main+xml",
    )

    assert refusal(packed(tmp_path / "a.docx", parts | {"[Content_Types].xml": types})) == "acts"


@pytest.mark.parametrize(
    "field",
    [
        '<w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe &quot;/k&quot;"/>',
        "<w:r><w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE x</w:instrText></w:r>",
        "<w:r><w:instrText>&#68;DE x</w:instrText></w:r>",
    ],
    ids=["simple", "cut", "written as numbers"],
)
def test_a_field_that_runs_or_fetches_is_refused(
    parts: dict[str, bytes], tmp_path: Path, field: str
) -> None:
    assert refusal(packed(tmp_path / "a.docx", written(parts, f"<w:p>{field}</w:p>"))) == "acts"


@pytest.mark.parametrize(
    "body", [b"<w:document", b"", '<!DOCTYPE x [<!ENTITY a "ha">]><x/>'.encode("utf-16")]
)
def test_a_part_that_is_no_plain_xml_is_refused(
    parts: dict[str, bytes], tmp_path: Path, body: bytes
) -> None:
    assert refusal(packed(tmp_path / "a.docx", parts | {"word/footer1.xml": body})) == "broken"


def test_two_parts_of_one_name_are_refused(parts: dict[str, bytes], tmp_path: Path) -> None:
    path = packed(tmp_path / "a.docx", parts)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", b"<x/>")

    assert refusal(path) == Reason.BROKEN


def test_what_acts_is_seen_whatever_its_part_is_called(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    field = f"<w:hdr {W}><w:p><w:r><w:instrText>DDEAUTO c</w:instrText></w:r></w:p></w:hdr>"
    header = {"word/header1.XML": field.encode()}
    kind = b'<Override PartName="/word/header1.dat" ContentType="application/header+xml"/></Types>'
    types = {"[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", kind)}

    assert refusal(packed(tmp_path / "a.docx", parts | header)) == Reason.ACTS
    assert refusal(packed(tmp_path / "b.docx", parts | types)) == Reason.ACTS


def test_a_field_that_another_field_composes_is_refused(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end"))
    inner = f"{begin}<w:r><w:instrText> QUOTE DDE </w:instrText></w:r>{end}"
    field = f"<w:p>{begin}<w:r><w:instrText> IF </w:instrText></w:r>{inner}{end}</w:p>"

    assert refusal(packed(tmp_path / "a.docx", written(parts, field))) == Reason.ACTS
