"""The door of the importers: chosen by content, clear about what it cannot read, never surprised by any bytes."""

import random
from base64 import encodebytes
from pathlib import Path
from quopri import encodestring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.cleaning import clean
from archive.cleaning.rules import all_rules
from archive.edits import apply_edits, tile
from archive.errors import UserError
from archive.importers import extract
from archive.importers.extracted import Extracted
from archive.metadata import FLAGS
from tests.archive.importers.files import SENTENCE, TRADITIONAL_SENTENCE, column, docx, numbered, page, paragraph, pdf, zipped
from tests.archive.texts import SIMPLIFIED, refusal, refusal_of

MHT = """From: <Saved by a browser>
Snapshot-Content-Location: https://example.org/a
Subject: x
Date: Fri, 1 Jan 2021 08:00:00 +0800
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="B"

--B
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/b

{}
--B
Content-Type: text/html

<p>ad</p>
--B
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBO
--B--
"""


def mht(html: str) -> bytes:
    """Make a saved web page."""
    return MHT.format(encodestring(html.encode()).decode("ascii")).replace("\n", "\r\n").encode()


CHOICES = [
    pytest.param(SIMPLIFIED.encode(), "a.txt", "text", id="text"),
    pytest.param(SIMPLIFIED.encode(), "a.html", "text", id="text-named-html"),
    pytest.param(SIMPLIFIED.encode(), "a.pdf", "text", id="text-named-pdf"),
    pytest.param(b"a < b and b > c", "a.txt", "text", id="signs"),
    pytest.param("MZ是谁？".encode(), "a.txt", "text", id="text-that-begins-like-a-program"),
    pytest.param(page("<p>水渠"), "a.txt", "html", id="html-named-text"),
    pytest.param(page("<p>水渠"), "", "html", id="html-without-a-name"),
    pytest.param(b"\xef\xbb\xbf\r\n <!-- " + b"x" * 5_000 + b" -->\n<HTML><p>x", "", "html", id="mark-and-comment"),
    pytest.param(b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html><p>x</html>", "", "html", id="xhtml"),
    pytest.param("<p>水渠</p>".encode("utf-16"), "", "html", id="html-in-utf-16"),
    pytest.param("Warning: x\n<html><p>水渠".encode(), "", "html", id="words-before-the-page"),
    pytest.param("水渠<br>村口".encode(), "a.htm", "html", id="fragment-named-html"),
    pytest.param("水渠<br>村口".encode(), "a.txt", "text", id="fragment-named-text"),
    pytest.param("<p>水渠</p>".encode("gb18030"), "", "html", id="html-in-gb18030"),
    pytest.param(mht("<p>水渠"), "a.html", "mht", id="mht"),
    pytest.param(pdf([column(["水渠"])]), "a.doc", "pdf", id="pdf"),
    pytest.param(b"\n\n" + pdf([column(["水渠"])]), "", "pdf", id="pdf-behind-blank-lines"),
    pytest.param(docx(paragraph("水渠")), "a.wps", "docx", id="docx"),
    pytest.param("# 修渠\n\n## 一\n".encode(), "a.txt", "markdown", id="markdown"),
]


@pytest.mark.parametrize(("data", "name", "expected"), CHOICES)
def test_importer_is_chosen_by_content(data: bytes, name: str, expected: str) -> None:
    assert extract(data, name).format == expected


REFUSED = [
    pytest.param(b"", "the file is empty", "nothing to import", id="empty"),
    pytest.param(b" \n", "the file holds white space only", "nothing to import", id="white-space"),
    pytest.param(
        b"\x89PNG\r\n\x1a\n\0\0", "the file is a picture (PNG)", "recognise its text (OCR) and import the result", id="png"
    ),
    pytest.param(
        b"\xff\xd8\xff\xe0\0\x10JFIF", "the file is a picture (JPEG)", "recognise its text (OCR) and import the result", id="jpeg"
    ),
    pytest.param(b"GIF89a\1\0\1\0", "the file is a picture (GIF)", "recognise its text (OCR) and import the result", id="gif"),
    pytest.param(b"MZ\x90\0\3\0", "the file is a program", "it holds no text", id="program"),
    pytest.param(b"\x7fELF\2\1\1\0", "the file is a program", "it holds no text", id="elf"),
    pytest.param(b"\x1f\x8b\x08\0\0", "the file is packed (gzip)", "unpack it first", id="gzip"),
    pytest.param(b"7z\xbc\xaf\x27\x1c\0\4", "the file is packed (7z)", "unpack it first", id="7z"),
    pytest.param(
        b"SQLite format 3\0",
        "the file is a database",
        "save its text as DOCX, PDF, HTML or plain text, and import that",
        id="database",
    ),
    pytest.param(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(90) + "Workbook\0".encode("utf-16-le"),
        "the file is a spreadsheet",
        "save its text as DOCX, PDF, HTML or plain text, and import that",
        id="old-spreadsheet",
    ),
    pytest.param(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(90),
        "the file is an OLE file of an unknown kind",
        "save its text as DOCX, PDF, HTML or plain text, and import that",
        id="unknown-ole",
    ),
    pytest.param(
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
        "the file is an MHT file without a page",
        "save the page again",
        id="empty-mht",
    ),
]


@pytest.mark.parametrize(("data", "message", "hint"), REFUSED)
def test_what_holds_no_text_is_refused(data: bytes, message: str, hint: str) -> None:
    assert refusal(lambda: extract(data)) == ("unreadable-source", message, hint)


# ------------------------------------------------------------------------------------------------------ saved pages


def test_saved_page_is_read_with_its_address_and_time() -> None:
    found = extract(mht(f"<html><body><p>{SENTENCE}</p><p>散会=完</p></body></html>"))
    assert found.raw == f"{SENTENCE}\n\n散会=完"
    assert [(each.field, each.value) for each in found.evidence] == [
        ("captured.url", "https://example.org/b"),
        ("captured.at", "2021-01-01T00:00:00Z"),
    ]


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "nonsense", ""])
def test_saved_page_in_any_encoding_is_read(charset: str) -> None:
    head = (
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset="
        + charset.encode()
        + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    html = f"<html><p>{SENTENCE}</p>".encode("utf-8" if charset == "utf-8" else "gb18030")
    assert extract(head + encodebytes(html)).raw == SENTENCE


@pytest.mark.parametrize("depth", [3, 3_000])
def test_saved_page_in_parts_of_parts_is_read_or_refused(depth: int) -> None:
    data = b"MIME-Version: 1.0\n"
    for n in range(depth):
        data += b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n)
    try:
        found = extract(data + b"Content-Type: text/html\n\n<p>abc")
    except UserError as error:
        assert error.message in ("the file is a damaged MHT file", "the file is an MHT file without a page")  # noqa: PT017 - either is right
    else:
        assert found.raw == "abc"


# ------------------------------------------------------------------------------------------------------ any bytes


def read_or_refused(data: bytes, name: str) -> Extracted | None:
    """Read bytes, or see them refused in order; check what must always be so."""
    try:
        found = extract(data, name)
    except UserError as error:
        assert all(refusal_of(error))  # noqa: PT017 - most bytes are refused
        return None
    assert "".join(piece.raw for piece in tile(found.raw, found.edits)) == found.raw
    assert all(edit.rule in all_rules() for edit in found.edits)
    assert all(0 <= each.start <= each.end <= len(found.raw) and 0 <= each.confidence <= 1 for each in found.evidence)
    assert set(found.flags) <= set(FLAGS)
    assert "\0" not in found.raw
    found.raw.encode("utf-8")
    return found


NAMES = st.sampled_from(["", "a.txt", "a.html", "a.md", "a.pdf", "a.docx", "a.zip", "a.doc"])
MAGIC = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"<p>", b"---\n", b"# \n", b"MIME-Version: 1.0\n", b"\xff\xfe"]
)


@settings(max_examples=300, deadline=None)
@given(MAGIC, st.binary(max_size=300), NAMES)
def test_any_bytes_are_read_or_refused(head: bytes, data: bytes, name: str) -> None:
    read_or_refused(head + data, name)


@pytest.mark.parametrize("seed", range(10))
def test_random_bytes_are_refused(seed: int) -> None:
    assert read_or_refused(b"%" + random.Random(seed).randbytes(3_000), "a.txt") is None


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
GOOD = {
    "html": page(f"<div><h1>修渠</h1><p>{SENTENCE}</p><table><tr><td>甲<td>乙</table><ruby>水<rt>shui</rt></ruby></div>"),
    "gbk-html": f"<html><meta charset=gbk><p>{SENTENCE}<p hidden>藏".encode("gbk"),
    "mht": mht(f"<html><p>{SENTENCE}"),
    "docx": docx(paragraph(SENTENCE), numbered("经费"), parts={"word/numbering.xml": NUMBERING}),
    "stored-docx": zipped([("word/document.xml", "<x/>"), ("_rels/.rels", "<x/>")], packed=False),
    "pdf": pdf([column([SENTENCE[:20], SENTENCE[20:]])]),
    "markdown": f"---\ntitle: 修渠\n---\n# 一\n\n**{SENTENCE}** [甲](http://a) <!-- 注 -->\n".encode(),
    "big5": TRADITIONAL_SENTENCE.encode("big5"),
}


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.floats(0, 1), st.binary(max_size=6), st.integers(0, 12), NAMES)
def test_damaged_files_are_read_or_refused(kind: str, share: float, written: bytes, lost: int, name: str) -> None:
    data = GOOD[kind]
    at = int(share * len(data))
    read_or_refused(data[:at] + written + data[at + lost :], name)


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_files_cut_off_anywhere_are_read_or_refused(kind: str) -> None:
    data = GOOD[kind]
    for at in range(0, len(data), max(len(data) // 40, 1)):
        read_or_refused(data[:at], "")


# ------------------------------------------------------------------------------------------------------ real texts

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"
FILES = sorted(CORPORA.glob("*/*.txt"))


@pytest.mark.skipif(not FILES, reason="shared/corpora is not here")
def test_every_file_of_the_corpora_is_read_and_tiles() -> None:
    for file in FILES:
        data = file.read_bytes()
        found = extract(data, file.name)
        assert found.raw == data.decode("utf-8").removeprefix("\ufeff"), file
        assert "".join(piece.raw for piece in tile(found.raw, found.edits)) == found.raw, file
        assert all(edit.replacement == "" for edit in found.edits), file
        if found.format == "text" and "<pb:" not in found.raw:
            assert found.edits == (), file


@pytest.mark.parametrize(
    "data", [GOOD[kind] for kind in ("html", "pdf", "docx", "markdown")], ids=["html", "pdf", "docx", "markdown"]
)
def test_cleaning_takes_what_importers_know(data: bytes) -> None:
    found = extract(data)
    (edits,) = clean(found.raw, known=found.edits)
    assert SENTENCE in apply_edits(found.raw, edits)
    assert "".join(piece.raw for piece in tile(found.raw, edits)) == found.raw
