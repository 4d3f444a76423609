"""Pieces of a page put together to lines, in reading order: columns one after the other, lines across them between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.importers.pdf_pages import Piece

_FEWEST, _NARROWEST = 5, 8
"""Lines that a column has at least, and characters that its lines have on average."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page.

    Attributes:
        text: What stands there.
        start: Where it begins; as in Piece.
        end: Where it ends.
        top: Its upper edge.
        bottom: Its lower edge.
        height: How far down the page its middle is, 0 to 1.
        page: Number of the page, from 0.
        column: Number of the column on the page, from 0; -1 for a line across columns.
        n_pieces: How many pieces with wide gaps between them it is made of.
    """

    text: str
    start: float
    end: float
    top: float
    bottom: float
    height: float
    page: int
    column: int
    n_pieces: int

    @property
    def em(self) -> float:
        """About the size of its characters."""
        return max(self.bottom - self.top, 0.1)


def lines_of_page(pieces: Sequence[Piece], page: int) -> list[PdfLine]:
    """Put pieces together to lines in reading order.

    Args:
        pieces: In the order of the file.
        page: Number of the page, from 0.
    """
    gutters = sorted(_gutters([piece for piece in pieces if piece.text.strip()]))
    lines = []
    for _, group in groupby(pieces, key=lambda piece: piece.line):
        for column, parts in groupby(group, key=lambda piece: _column(piece, gutters)):
            line = _line(list(parts), page, column)
            if line.text.strip():
                lines.append(line)
    if not gutters:
        return lines
    across = sorted(line.top for line in lines if line.column < 0)
    # A stable sort: within a column the order of the file stays.
    return sorted(lines, key=lambda line: (sum(top < line.top for top in across) * 2 - (line.column < 0), line.column))


def _line(parts: list[Piece], page: int, column: int) -> PdfLine:
    return PdfLine(
        text="".join(part.text for part in parts).rstrip(),
        start=min(part.start for part in parts),
        end=max(part.end for part in parts),
        top=min(part.top for part in parts),
        bottom=max(part.bottom for part in parts),
        height=parts[0].height,
        page=page,
        column=column,
        n_pieces=len(parts),
    )


def _column(piece: Piece, gutters: Sequence[float]) -> int:
    """Number the column of a piece; -1 if it crosses a gutter."""
    before = sum(gutter <= piece.start + piece.em / 2 for gutter in gutters)
    behind = sum(gutter <= piece.end - piece.em / 2 for gutter in gutters)
    return before if before == behind else -1


def _gutters(pieces: Sequence[Piece]) -> list[float]:
    """Find where columns of prose begin, but for the first: many pieces begin there, and as many end before it at one margin.

    A table has such places too, but its cells are short, or do not all end at one margin.
    """
    if len(pieces) < 2 * _FEWEST:
        return []
    starts = Counter(round(piece.start / 3) for piece in pieces)
    found: list[float] = []
    for place, count in starts.most_common(6):
        gutter = place * 3 - 2.0
        if count >= _FEWEST and all(abs(gutter - other) > 60 for other in found) and _parts_columns(pieces, gutter):
            found.append(gutter)
    return found


def _parts_columns(pieces: Sequence[Piece], gutter: float) -> bool:
    em = sorted(piece.em for piece in pieces)[len(pieces) // 2]
    left = [piece for piece in pieces if piece.end <= gutter + em / 4]
    right = [piece for piece in pieces if gutter - em / 4 <= piece.start]
    crossing = len(pieces) - len(left) - len(right)
    if min(len(left), len(right)) < _FEWEST or crossing > 0.25 * len(pieces):
        return False
    side_by_side = min(max(p.bottom for p in left), max(p.bottom for p in right)) - max(
        min(p.top for p in left), min(p.top for p in right)
    )
    extent = max(p.bottom for p in right) - min(p.top for p in right)
    near = [piece for piece in right if piece.start <= gutter + 3 * em]
    full = Counter(round(piece.end / (2 * em)) for piece in left).most_common(1)[0][1]
    long_enough = all(sum(len(p.text) for p in side) >= _NARROWEST * len(side) for side in (left, right))
    return side_by_side > 0.5 * extent and len(near) >= _FEWEST and full >= 0.4 * len(left) and long_enough
