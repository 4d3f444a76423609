"""Word documents (DOCX): tracked insertions kept, deletions left out, tables, footnotes behind the text, numbers of lists.

Nothing outside the file is ever fetched: mammoth is given a package of XML parts only, none of which may have a document type.
Source: ECMA-376; notes text.md 9.4.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

import mammoth

from archive.errors import UnreadableSource
from archive.evidence import Evidence
from archive.importers.docx_numbering import write_numbers
from archive.importers.extracted import Extracted
from archive.importers.html_tree import HtmlTree
from archive.importers.removals import removals
from archive.importers.zips import open_zip

_MOST_BYTES = 200_000_000
"""Most bytes of all XML parts together; 4 MB of text are about 40 MB of XML."""

_PARTS = (".xml", ".rels")
_DOCTYPES = tuple(mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_BACK = re.compile('(?: )?<a href="#[a-z]+note-ref-[^"]*">↑</a>')
_NOTE = re.compile('(<li id="(?:foot|end)note-[^"]*">(?:<p>)?)')
_MARKS = 'sup > a[id^="footnote-ref"], sup > a[id^="endnote-ref"]'
_DAMAGED, _DAMAGED_HINT = "the DOCX file is damaged", "open it in a word processor and save it again"
_PROPERTIES = (
    ("{http://purl.org/dc/elements/1.1/}title", "title", 0.4),
    ("{http://purl.org/dc/elements/1.1/}creator", "credit.author", 0.3),
)
"""What Word fills in by itself is seldom true: a title of another document, the owner of the machine."""


def read_docx(data: bytes, *, format: str = "docx") -> Extracted:
    """Read a Word document.

    Args:
        data: Whole file.
        format: What to call it; `office` for one that LibreOffice made of another format.

    Raises:
        UnreadableSource: It is damaged, too large, refers to a document type, or holds no text.
    """
    parts = _read_parts(data)
    try:
        document = next((name for name in parts if re.fullmatch(r"word/document[0-9]*\.xml", name)), "")
        if document:
            numbering, styles = parts.get("word/numbering.xml", b""), parts.get("word/styles.xml", b"")
            parts[document] = write_numbers(parts[document], numbering, styles)
        converted = mammoth.convert_to_html(_package(parts), convert_image=mammoth.images.img_element(lambda _: {}))
        properties = tuple(_properties(parts.get("docProps/core.xml", b"")))
    except Exception:  # mammoth and the XML reader raise whatever the damage happens to cause; the file is to blame
        raise UnreadableSource(_DAMAGED, hint=_DAMAGED_HINT) from None
    page = HtmlTree(f'<div style="white-space:pre-wrap">{_with_note_numbers(str(converted.value))}</div>').page({"mark": _MARKS})
    if not page.raw.strip():
        raise UnreadableSource("the document holds no text", hint="if it holds pictures of pages, recognise their text (OCR)")
    marks = [page.span(nodes) for nodes in page.marked.get("mark", ())]
    return Extracted(raw=page.raw, format=format, edits=tuple(removals({"docx.footnote-mark": marks})), evidence=properties)


def _read_parts(data: bytes) -> dict[str, bytes]:
    """Read the XML parts of a package, none of them larger than it says, none with a document type."""
    parts: dict[str, bytes] = {}
    left = _MOST_BYTES
    with open_zip(data) as opened:
        for member in opened.members:
            if member.name.endswith(_PARTS):
                part = opened.read(member, most_bytes=left)
                left -= len(part)
                if any(mark in part for mark in _DOCTYPES):
                    raise UnreadableSource(
                        f"part {member.name} refers to a document type, as no word processor writes it",
                        hint="it could pull in other files; open it in a word processor and save it again if you trust it",
                    )
                parts[member.name] = part
    return parts


def _package(parts: dict[str, bytes]) -> io.BytesIO:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as written:
        for name, part in parts.items():
            written.writestr(name, part)
    package.seek(0)
    return package


def _with_note_numbers(html: str) -> str:
    """Put before each note the number that its mark in the text has, in place of a list's own, and take off the way back."""
    numbers = iter(range(1, html.count("<li id=") + 1))
    return _NOTE.sub(lambda match: f"{match[1]}[{next(numbers)}] ", _BACK.sub("", html))


def _properties(core: bytes) -> Iterator[Evidence]:
    if not core:
        return
    root = ET.fromstring(core)
    for name, field, confidence in _PROPERTIES:
        value = " ".join((root.findtext(name) or "").split())
        if value:
            yield Evidence(field, value, 0, 0, "docx.properties", confidence)
