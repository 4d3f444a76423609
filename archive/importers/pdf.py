"""PDF files: every line that pdfium gives is raw text; heads, feet, page numbers and line ends inside paragraphs are edits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.cleaning.rules import edit
from archive.edits import Edit
from archive.evidence import Evidence
from archive.importers.extracted import Extracted
from archive.importers.pdf_columns import PdfLine, lines_of_page
from archive.importers.pdf_lines import find_habits, find_heads, find_margins, goes_on, joint
from archive.importers.pdf_pages import PdfFile

PAGE_BREAK = "\f"
_MOST_UNREADABLE = 0.3
_FEWEST_CHARS = 5
"""A page with a picture and fewer characters besides heads and numbers is a scan."""


def read_pdf(data: bytes) -> Extracted:
    """Read a PDF file.

    Pages are divided by form feeds, lines by line feeds. A file of scanned pages gives an empty raw text and the flag needs-ocr.

    Args:
        data: Whole file.

    Raises:
        UnreadableSource: It is encrypted, cut off or damaged.
    """
    file = PdfFile(data)
    try:
        pages, pictures, extents = [], [], []
        for number, page in enumerate(file.pages()):
            pages.append(lines_of_page(page.pieces, number))
            pictures.append(page.has_pictures)
            extents.append(page.extent)
        properties = file.properties()
    finally:
        file.close()
    heads = find_heads(pages)
    raw = PAGE_BREAK.join("\n".join(line.text for line in lines) for lines in pages)
    notices = tuple(_notices(pages, heads, pictures, raw))
    said = (("title", properties.title, 0.3), ("credit.author", properties.author, 0.3))
    return Extracted(
        raw=raw if raw.strip() else "",
        format="pdf",
        edits=tuple(_edits(pages, heads, extents)),
        evidence=tuple(Evidence(field, value, 0, 0, "pdf.properties", confidence) for field, value, confidence in said if value),
        flags=("needs-ocr",) if notices else (),
        notices=notices,
    )


def _edits(pages: Sequence[Sequence[PdfLine]], heads: dict[tuple[int, int], str], extents: Sequence[float]) -> Iterator[Edit]:
    """Yield the edits of a file, sorted."""
    placed: list[tuple[PdfLine, int, str]] = []  # line, where its text begins in raw, rule that removes it
    at = 0
    for page, lines in enumerate(pages):
        for number, line in enumerate(lines):
            placed.append((line, at, heads.get((page, number), "")))
            at += len(line.text) + 1
        at += 0 if lines else 1
    text = [number for number, (_, _, rule) in enumerate(placed) if not rule]
    lines_of_text = [placed[number][0] for number in text]
    margins = find_margins(lines_of_text, extents)
    habits = find_habits(lines_of_text, margins)
    joined = {  # numbers of lines behind which the line end goes: of a line that goes on, and of heads up to the next
        between: joint(placed[first][0].text.strip()[-1], placed[second][0].text.strip()[0]) if between == first else ""
        for first, second in pairwise(text)
        if goes_on(placed[first][0], placed[second][0], margins, habits=habits)
        for between in range(first, second)
    }
    for number, (line, start, rule) in enumerate(placed):
        begin, end = start + len(line.text) - len(line.text.lstrip()), start + len(line.text.rstrip())
        if rule:
            yield edit(rule, begin, end)
        if number in joined:
            following, begins, _ = placed[number + 1]
            yield edit("pdf.hard-wrap", end, begins + len(following.text) - len(following.text.lstrip()), joined[number])


def _notices(
    pages: Sequence[Sequence[PdfLine]], heads: dict[tuple[int, int], str], pictures: Sequence[bool], raw: str
) -> Iterator[str]:
    """Yield what a keeper should know of pages whose text is a picture, or is no text."""
    chars = [sum(len(line.text) for n, line in enumerate(lines) if (page, n) not in heads) for page, lines in enumerate(pages)]
    scans = [page + 1 for page, count in enumerate(chars) if count < _FEWEST_CHARS and pictures[page]]
    if not raw.strip():
        yield "needs OCR: no page holds text"
    elif scans:
        shown = ", ".join(map(str, scans[:10])) + (" …" if len(scans) > 10 else "")
        yield f"needs OCR: {len(scans)} of {len(pages)} pages are pictures without text: {shown}"
    lost = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in raw)
    if lost > _MOST_UNREADABLE * max(len(raw), 1):
        yield "needs OCR: the PDF does not say which characters it shows"
