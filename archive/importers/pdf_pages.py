"""The pages of a PDF file as pieces of lines with their places, in the order in which pdfium gives them.

Coordinates follow the reader: `start` and `end` along the line, `top` and `bottom` across lines, growing in reading direction, in
points. On a page set vertically a line runs down the page and lines follow each other from right to left. Source: notes text.md
9.3.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from archive.errors import UnreadableSource

_HYPHENS = (0x2, 0xFFFE)
"""What pdfium gives for a hyphen at the end of a line, where it swallows the line end."""

_BREAKS = (0xD, 0xA)
_DAMAGED_HINT = "fetch or print the file again"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line without a wide gap between them.

    Attributes:
        text: What stands there, with the space behind it where pdfium sees one.
        start: Where the first character begins.
        end: Where the last one ends.
        top: Upper edge of the tallest character.
        bottom: Lower edge of the lowest.
        line: Number of the line on the page, from 0, as pdfium counts lines.
        height: How far down the page its middle is, 0 to 1, whatever the direction of writing.
    """

    text: str
    start: float
    end: float
    top: float
    bottom: float
    line: int
    height: float

    @property
    def em(self) -> float:
        """About the size of its characters."""
        return max(self.bottom - self.top, 0.1)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its pieces in the order of the file, and whether it shows pictures."""

    pieces: tuple[Piece, ...]
    has_pictures: bool


@dataclass(frozen=True, slots=True)
class PdfProperties:
    """What the file says of itself."""

    title: str
    author: str


class PdfFile:
    """An open PDF file.

    Raises:
        UnreadableSource: It is encrypted, cut off or damaged.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise UnreadableSource("the PDF is encrypted", hint="open it with its password and print it to a new PDF") from None
            cut_off = b"%%EOF" not in data[-2_048:]
            raise UnreadableSource(f"the PDF is {'cut off' if cut_off else 'damaged'}", hint=_DAMAGED_HINT) from None
        if b"%%EOF" not in data[-2_048:] and b"startxref" not in data[-2_048:]:
            self._document.close()
            raise UnreadableSource("the PDF is cut off", hint=_DAMAGED_HINT)

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def properties(self) -> PdfProperties:
        """Give what the file says of itself."""
        said = self._document.get_metadata_dict(skip_empty=True)
        return PdfProperties(*(" ".join(said.get(name, "").replace("\0", "").split()) for name in ("Title", "Author")))

    def pages(self) -> Iterator[PdfPage]:
        """Yield the pages in order; one at a time is held.

        Raises:
            UnreadableSource: A page is damaged.
        """
        for number in range(len(self._document)):
            try:
                page = self._document[number]
                text = page.get_textpage()
                pieces = tuple(_oriented(list(_pieces(text)), *page.get_size()))
                pictures = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
                text.close()
                page.close()
            except pypdfium2.PdfiumError:
                raise UnreadableSource(f"page {number + 1} of the PDF is damaged", hint=_DAMAGED_HINT) from None
            yield PdfPage(pieces, pictures)


@dataclass(slots=True)
class _Box:
    """A growing rectangle in the page's own coordinates, with the UTF-16 units of the text in it."""

    units: list[int]
    left: float
    right: float
    bottom: float
    top: float

    def add(self, unit: int, left: float, right: float, bottom: float, top: float) -> None:
        self.units.append(unit)
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.bottom, self.top = min(self.bottom, bottom), max(self.top, top)


def _pieces(text: pypdfium2.PdfTextPage) -> Iterator[Piece]:
    """Yield the pieces of a page with the page's own coordinates: start left, end right, top and bottom upwards from below."""
    rectangle = pdfium.FS_RECTF()
    place = ctypes.byref(rectangle)
    line, box = 0, None
    for index in range(text.count_chars()):
        unit = pdfium.FPDFText_GetUnicode(text, index)
        if unit in _BREAKS:
            if box:
                yield _piece(box, line)
            line, box = line + 1, None
            continue
        known = pdfium.FPDFText_GetLooseCharBox(text, index, place) and rectangle.top > rectangle.bottom
        if not known or pdfium.FPDFText_IsGenerated(text, index) == 1:
            if box:
                box.units.append(0x2D if unit in _HYPHENS else unit)
        elif box and not _is_far(box, rectangle):
            box.add(0x2D if unit in _HYPHENS else unit, rectangle.left, rectangle.right, rectangle.bottom, rectangle.top)
        else:
            if box:
                yield _piece(box, line)
            unit = 0x2D if unit in _HYPHENS else unit
            box = _Box([unit], rectangle.left, rectangle.right, rectangle.bottom, rectangle.top)
        if unit in _HYPHENS and box:
            yield _piece(box, line)
            line, box = line + 1, None
    if box:
        yield _piece(box, line)


def _is_far(box: _Box, rectangle: pdfium.FS_RECTF) -> bool:
    """Whether a wide gap lies before a character, sideways or downwards."""
    em = min(max(rectangle.top - rectangle.bottom, rectangle.right - rectangle.left), 40.0)
    sideways = max(rectangle.left - box.right, box.left - rectangle.right)
    upright = max(rectangle.bottom - box.top, box.bottom - rectangle.top)
    return bool(max(sideways, upright) > 1.1 * em)


def _piece(box: _Box, line: int) -> Piece:
    units = [unit if unit and not 0x0 < unit < 0x9 else 0xFFFD for unit in box.units]
    data = b"".join((unit & 0xFFFF).to_bytes(2, "little") for unit in units)
    text = data.decode("utf-16-le", "replace")
    return Piece(text, box.left, box.right, box.top, box.bottom, line, 0.0)


def _oriented(pieces: list[Piece], width: float, height: float) -> Iterator[Piece]:
    """Turn the page's own coordinates into those of the reader."""
    upright = sum(len(piece.text) for piece in pieces if piece.top - piece.bottom > 2 * (piece.end - piece.start))
    vertical = upright > sum(len(piece.text) for piece in pieces) / 2
    for piece in pieces:
        middle = 1 - (piece.top + piece.bottom) / 2 / max(height, 1.0)
        if vertical:
            start, end, top, bottom = height - piece.top, height - piece.bottom, width - piece.end, width - piece.start
        else:
            start, end, top, bottom = piece.start, piece.end, height - piece.top, height - piece.bottom
        yield replace(piece, start=start, end=end, top=top, bottom=bottom, height=middle)
