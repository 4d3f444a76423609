"""What every importer gives: the raw text of a source, and what the importer alone can know of it."""

from __future__ import annotations

from dataclasses import dataclass

from archive.edits import Edit
from archive.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Extracted:
    """The raw text of a source.

    Attributes:
        raw: All text in reading order, nothing left out; LF line ends or those of the source.
        format: text, markdown, html, mht, docx, office or pdf.
        encoding: How bytes were read as text; "" where the format says it itself.
        unreadable: 0-based byte offsets of bad bytes, first ten at most.
        edits: What only the importer knows to be no text of the document (running heads, page numbers, text outside the main part
            of a web page, marks of Markdown) or to be broken (hard wraps of a page); sorted, not overlapping, rules of the table.
        evidence: What markup says: title, date, author, address.
        flags: Of `archive.metadata.FLAGS`, such as needs-ocr.
        notices: What a keeper should know or look at, each one English sentence.
    """

    raw: str
    format: str
    encoding: str = ""
    unreadable: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
