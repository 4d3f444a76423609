"""What kind of file some bytes are: told by the bytes; the name only helps where they say nothing.

Source: the formats' own signatures; for HTML the first tags, as in the WHATWG MIME Sniffing Standard 7.1, but also behind comments,
byte order marks and in UTF-16.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from typing import IO

from archive.errors import UnreadableSource

PDF, DOCX, OFFICE, HTML, MHT, TEXT = "pdf", "docx", "office", "html", "mht", "text"

_HEAD_BYTES = 64_000
_FAR = 1_024
"""A page's own first tag may stand so far behind words that a server or a program put before it."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMPORT_TEXT = "save its text as DOCX, PDF, HTML or plain text, and import that"
_OCR = "recognise its text (OCR) and import the result"

_NO_TEXT = (
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", _OCR),
    (b"\xff\xd8\xff", "a picture (JPEG)", _OCR),
    (b"GIF87a", "a picture (GIF)", _OCR),
    (b"GIF89a", "a picture (GIF)", _OCR),
    (b"II*\0", "a picture (TIFF)", _OCR),
    (b"MM\0*", "a picture (TIFF)", _OCR),
    (b"BM", "a picture (BMP)", _OCR),
    (b"AT&TFORM", "a scanned book (DjVu)", _OCR),
    (b"RIFF", "a picture, a sound or a film", _IMPORT_TEXT),
    (b"ID3", "a sound (MP3)", _IMPORT_TEXT),
    (b"OggS", "a sound (Ogg)", _IMPORT_TEXT),
    (b"\x1f\x8b", "packed (gzip)", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "packed (7z)", "unpack it first"),
    (b"Rar!\x1a\x07", "packed (RAR)", "unpack it first"),
    (b"BZh", "packed (bzip2)", "unpack it first"),
    (b"\xfd7zXZ\0", "packed (xz)", "unpack it first"),
    (b"MZ", "a program", "it holds no text"),
    (b"\x7fELF", "a program", "it holds no text"),
    (b"\xca\xfe\xba\xbe", "a program", "it holds no text"),
    (b"\xcf\xfa\xed\xfe", "a program", "it holds no text"),
    (b"SQLite format 3\0", "a database", _IMPORT_TEXT),
    (b"CAJ\0", "a file of one reader program (CAJ)", "print it to PDF in that program"),
    (b"HN\xc8\0", "a file of one reader program (CAJ)", "print it to PDF in that program"),
    (b"KDH ", "a file of one reader program (KDH)", "print it to PDF in that program"),
)
"""What begins so and holds NUL bytes is no text that we could read."""

_OFFICE_ZIPS = (
    ("xl/workbook.xml", "a spreadsheet"),
    ("xl/workbook.bin", "a spreadsheet"),
    ("ppt/presentation.xml", "a presentation"),
    ("OFD.xml", "a page description (OFD)"),
)
_MAIN_PART = re.compile(r"word/document[0-9]*\.xml")
_MIMETYPES = (
    ("application/vnd.oasis.opendocument.text", OFFICE),
    ("application/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"),
    ("application/vnd.oasis.opendocument.presentation", "a presentation"),
    ("application/epub+zip", "an electronic book (EPUB)"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", OFFICE),
    ("Workbook", "a spreadsheet"),
    ("Book", "a spreadsheet"),
    ("PowerPoint Document", "a presentation"),
    ("__properties_version1.0", "a message of Outlook"),
    ("CONTENTS", OFFICE),  # Microsoft Works
)
"""Names of streams in an OLE file, in the order of what they decide (MS-OFFCRYPTO 2.3.4.4; MS-DOC 2.1)."""

_JUNK = re.compile(r"(?:\s|\ufeff|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_TAG = (
    "!doctype html|html|head|body|title|meta|link|base|script|style|div|p|table|center|font|h[1-6]|span|br|ul|ol|a|b|img|pre"
    "|section|article|main|iframe|form"
)
_FIRST_TAG = re.compile(f"<(?:{_TAG})(?=[\\s/>])", re.IGNORECASE)
_PAGE_TAG = re.compile(r"<(?:!doctype\s+html|html)(?=[\s>])", re.IGNORECASE)
_PAGE_NAMES = (".htm", ".html", ".shtml", ".xhtml", ".php", ".asp", ".aspx", ".jsp")
_MAIL_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_MIME_TYPE = re.compile(
    rb"^content-type:\s*(multipart/related|multipart/alternative|multipart/mixed|text/html)", re.IGNORECASE | re.MULTILINE
)
_MIME_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)


def format_of(data: bytes, name: str = "") -> str:
    """Say how bytes are to be read.

    Args:
        data: Whole file.
        name: Its name; used only for web pages that begin with words.

    Returns:
        pdf, docx, office (LibreOffice reads it), html, mht or text.

    Raises:
        UnreadableSource: The file is empty, encrypted, or of a kind that holds no text for us; the message says which.
    """
    if not data:
        raise UnreadableSource("the file is empty", hint="nothing to import")
    head = data[:_HEAD_BYTES]
    if b"%PDF-" in head[:1_024]:
        return PDF
    if head.startswith(_ZIP):
        return _zip_format(data)
    if head.startswith(_OLE):
        return _ole_format(data)
    if head.startswith(b"{\\rtf"):
        return OFFICE
    for signature, what, hint in _NO_TEXT:
        if head.startswith(signature) and b"\0" in head:
            raise UnreadableSource(f"the file is {what}", hint=hint)
    if _is_mht(head):
        return MHT
    return HTML if _is_html(head, name) else TEXT


def is_plain_zip(source: bytes | IO[bytes]) -> bool:
    """Whether a file is a zip file of documents rather than a document in a zip file.

    Args:
        source: Whole file, or the file open for reading; one that cannot be opened as a zip file is none.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    if not file.read(4).startswith(_ZIP):
        return False
    try:
        return _kind_of_zip(file) is None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError):
        return False


def _zip_format(data: bytes) -> str:
    try:
        kind = _kind_of_zip(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError):
        raise UnreadableSource(
            "the file is cut off or damaged: it begins as a DOCX or zip file and has no end", hint="copy or fetch it again"
        ) from None
    if kind is None:
        raise UnreadableSource("the file is a zip file without a document of its own", hint="unpack it first")
    if kind in (DOCX, OFFICE):
        return kind
    raise UnreadableSource(f"the file is {kind}", hint=_IMPORT_TEXT)


def _kind_of_zip(file: IO[bytes]) -> str | None:
    """Give the format of a document in a zip file, or what else it is; None for a mere zip file."""
    with zipfile.ZipFile(file) as opened:
        names = set(opened.namelist())
        for name, kind in _OFFICE_ZIPS:
            if name in names:
                return kind
        if any(_MAIN_PART.fullmatch(name) for name in names):
            return DOCX
        if "mimetype" in names and opened.getinfo("mimetype").file_size < 100:
            try:
                mimetype = opened.read("mimetype").decode("ascii", "replace").strip()
            except Exception:  # damaged, encrypted, or packed in a way of its own: no document of ours
                return None
            return next((kind for prefix, kind in _MIMETYPES if mimetype.startswith(prefix)), None)
    return None


def _ole_format(data: bytes) -> str:
    kind = next((kind for name, kind in _OLE_STREAMS if f"{name}\0".encode("utf-16-le") in data), "an OLE file of an unknown kind")
    if kind == OFFICE:
        return OFFICE
    if kind == "encrypted":
        raise UnreadableSource("the file is encrypted", hint="open it with its password and save it without one")
    raise UnreadableSource(f"the file is {kind}", hint=_IMPORT_TEXT)


def _is_mht(head: bytes) -> bool:
    """Whether bytes begin with fields of a mail's head that announce a web page."""
    at = len(head) - len(head.lstrip(b"\xef\xbb\xbf\r\n\t "))
    start = at
    while match := _MAIL_FIELD.match(head, at):
        at = match.end()
    fields = head[start:at]
    return bool(_MIME_TYPE.search(fields) and _MIME_VERSION.search(fields))


def _is_html(head: bytes, name: str) -> bool:
    text = _ascii(head)
    if _FIRST_TAG.match(text, _JUNK.match(text).end()):  # type: ignore[union-attr]  # it matches the empty string too
        return True
    if _PAGE_TAG.search(text[:_FAR]):
        return True
    return name.lower().endswith(_PAGE_NAMES) and _FIRST_TAG.search(text) is not None


def _ascii(head: bytes) -> str:
    """Decode a head so that its tags can be seen, whatever else it is."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
