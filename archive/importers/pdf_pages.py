"""The pages of a PDF file as pieces of lines with their places, in the order in which pdfium gives them.

Coordinates follow the reader: `start` and `end` along the line, `top` and `bottom` across lines, growing in reading direction, in
points. On a page set vertically a line runs down the page and lines follow each other from right to left. Source: notes text.md
9.3.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from archive.errors import UnreadableSource

_HYPHENS = (0x2, 0xFFFE)
"""What pdfium gives for a hyphen at the end of a line, where it swallows the line end."""

_WIDE_SPACE = 0x3000
_SPACES = (0x20, 0xA0, 0x9, 0xD, 0xA)
_FEWEST_STEPS = 4
"""Characters that stand across the direction of a page count as a line of their own from one more than this on."""

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
        line: Number of the line on the page, from 0.
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
    """A page.

    Attributes:
        pieces: In the order of the file.
        extent: How far a line could run: the width of the page, or its height if it is set vertically.
        has_pictures: Whether it shows any.
    """

    pieces: tuple[Piece, ...]
    extent: float
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
                size, rotation = page.get_size(), page.get_rotation()
                chars = [_turned(char, rotation, *size) if rotation else char for char in _chars(text)]
                vertical, directions = _directions(chars)
                pieces = tuple(_pieces(chars, directions, size, vertical=vertical))
                pictures = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
                text.close()
                page.close()
            except pypdfium2.PdfiumError:
                raise UnreadableSource(f"page {number + 1} of the PDF is damaged", hint=_DAMAGED_HINT) from None
            yield PdfPage(pieces, size[vertical], pictures)


@dataclass(frozen=True, slots=True)
class _Char:
    """A character: UTF-16 unit, its box in the page's own coordinates (upwards from below), and what stands before it."""

    unit: int
    left: float
    right: float
    bottom: float
    top: float
    before: str  # white space that pdfium sees before it; wide spaces all, others as one
    broken: bool  # a hyphen that ended a line stands before it


def _chars(text: pypdfium2.PdfTextPage) -> Iterator[_Char]:
    """Yield the characters that a page shows, without pdfium's line ends: it sees vertical lines where there are none."""
    rectangle = pdfium.FS_RECTF()
    place = ctypes.byref(rectangle)
    before, broken = "", False
    for index in range(text.count_chars()):
        unit = pdfium.FPDFText_GetUnicode(text, index)
        known = pdfium.FPDFText_GetLooseCharBox(text, index, place) and rectangle.top > rectangle.bottom
        if (
            unit in _SPACES
            or unit == _WIDE_SPACE
            or (pdfium.FPDFText_IsGenerated(text, index) == 1 and unit not in _HYPHENS)
            or not known
        ):
            before = f"{before.rstrip(' ')}\u3000" if unit == _WIDE_SPACE else before or " "
            continue
        shown = 0x2D if unit in _HYPHENS else unit if unit > 0x8 else 0xFFFD
        yield _Char(shown, rectangle.left, rectangle.right, rectangle.bottom, rectangle.top, before, broken)
        before, broken = "", unit in _HYPHENS


def _turned(char: _Char, rotation: int, width: float, height: float) -> _Char:
    """Turn a character's box as the page is turned when it is shown; width and height are those of the page as shown."""
    left, right, bottom, top = char.left, char.right, char.bottom, char.top
    if rotation == 90:
        left, right, bottom, top = bottom, top, height - right, height - left
    elif rotation == 180:
        left, right, bottom, top = width - right, width - left, height - top, height - bottom
    elif rotation == 270:
        left, right, bottom, top = width - top, width - bottom, left, right
    return replace(char, left=left, right=right, bottom=bottom, top=top)


def _directions(chars: list[_Char]) -> tuple[bool, list[bool]]:
    """Tell whether a page is set vertically, and for each character whether it is.

    What most characters do, all do, but for runs of some that follow each other otherwise: a line of one character is no change.
    """
    steps = [_step(char, following) for char, following in pairwise(chars)]
    vertical = steps.count("below") > steps.count("beside")
    found = [vertical] * len(chars)
    at = 0
    for step, group in groupby(steps):
        length = sum(1 for _ in group)
        if step == ("beside" if vertical else "below") and length >= _FEWEST_STEPS:
            found[at : at + length + 1] = [not vertical] * (length + 1)
        at += length
    return vertical, found


def _step(char: _Char, following: _Char) -> str:
    """Say where a character stands after another one: beside it, below it, or elsewhere ("")."""
    em = max(char.right - char.left, char.top - char.bottom, following.top - following.bottom)
    level = min(char.top, following.top) - max(char.bottom, following.bottom)
    if level > 0 and -0.6 * em < following.left - char.right < 1.5 * em:
        return "beside"
    upright = min(char.right, following.right) - max(char.left, following.left)
    return "below" if upright > 0 and -0.6 * em < char.bottom - following.top < 1.5 * em else ""


def _pieces(chars: list[_Char], directions: list[bool], size: tuple[float, float], *, vertical: bool) -> Iterator[Piece]:
    """Put characters together to pieces of lines, in the coordinates of a reader of the page."""
    line, run = -1, None
    for char, goes_down in zip(chars, directions, strict=True):
        place = _place(char, size, vertical=goes_down)
        half = 0xDC00 <= char.unit <= 0xDFFF  # of a surrogate pair
        beside = run is not None and run.vertical == goes_down and not char.broken and run.is_beside(place)
        if run is not None and (half or (beside and run.is_near(place))):
            run.units += [*map(ord, char.before.strip(" ") if goes_down or half else char.before), char.unit]
            run.box = _around(run.box, char)
            run.place = _place(run.box, size, vertical=goes_down)
            continue
        if run is not None:
            yield run.piece(line, size, vertical=vertical, spaced=beside)
        line += not beside
        run = _Run([*map(ord, char.before.strip(" ")), char.unit], char, place, goes_down)
    if run is not None:
        yield run.piece(line, size, vertical=vertical, spaced=False)


_Place = tuple[float, float, float, float]
"""Start and end along the line, top and bottom across it, as in Piece."""


def _place(box: _Char, size: tuple[float, float], *, vertical: bool) -> _Place:
    width, height = size
    if vertical:
        return height - box.top, height - box.bottom, width - box.right, width - box.left
    return box.left, box.right, height - box.top, height - box.bottom


def _around(box: _Char, char: _Char) -> _Char:
    """Give a box that holds both."""
    left, right = min(box.left, char.left), max(box.right, char.right)
    return replace(box, left=left, right=right, bottom=min(box.bottom, char.bottom), top=max(box.top, char.top))


@dataclass(slots=True)
class _Run:
    """Characters that follow each other without a wide gap, in their own direction."""

    units: list[int]
    box: _Char
    place: _Place
    vertical: bool

    def is_beside(self, place: _Place) -> bool:
        """Whether a character at this place stands on the line and not before its end."""
        _, own_end, own_top, own_bottom = self.place
        start, end, top, bottom = place
        overlap = min(own_bottom, bottom) - max(own_top, top)
        em = max(own_bottom - own_top, bottom - top, end - start)
        return overlap > 0.4 * min(own_bottom - own_top, bottom - top) and start > own_end - 1.2 * em

    def is_near(self, place: _Place) -> bool:
        """Whether no wide gap lies before a character that is beside."""
        _, own_end, own_top, own_bottom = self.place
        start, end, _, _ = place
        return start - own_end <= 1.1 * max(own_bottom - own_top, end - start)

    def piece(self, line: int, size: tuple[float, float], *, vertical: bool, spaced: bool) -> Piece:
        """Give the piece in the page's direction; `spaced` if another follows on its line."""
        data = b"".join(min(unit, 0xFFFF).to_bytes(2, "little") for unit in self.units)
        text = data.decode("utf-16-le", "replace") + (" " if spaced else "")
        middle = 1 - (self.box.top + self.box.bottom) / 2 / max(size[1], 1.0)
        return Piece(text, *_place(self.box, size, vertical=vertical), line, middle)
