"""A text between two stages of cleaning, with what several rules want to know of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from archive.edits import Edit

LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters that count as white space at the edge of a line."""

_EDGE = re.compile(f"[\\s{INVISIBLE}]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A visible line: where its characters begin and end without white space, and where its indent begins.

    Attributes:
        indent: Code point at which the indent begins; equal to start where there is none.
        start: First visible code point.
        end: One past the last visible one.
    """

    indent: int
    start: int
    end: int

    @property
    def indented(self) -> bool:
        """Whether white space stands before its first character."""
        return self.start > self.indent


@dataclass(frozen=True)
class Text:
    """A text as a rule is given it.

    Attributes:
        string: The text; offsets of edits count its code points.
    """

    string: str

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that show something, in order."""
        return tuple(_visible_lines(self.string))

    def of(self, line: Line) -> str:
        """Give a line without white space at its edges."""
        return self.string[line.start : line.end]


Finder = Callable[[Text], Iterable[Edit]]
"""A family of rules: finds edits of a text, in any order; where two overlap, the first found wins."""


def _visible_lines(raw: str) -> Iterable[Line]:
    start = 0
    for end, after in [*(match.span() for match in LINE_BREAKS.finditer(raw)), (len(raw), len(raw))]:
        first = _EDGE.match(raw, start, end).end()  # type: ignore[union-attr]  # it matches the empty string too
        last = end
        while last > first and (raw[last - 1].isspace() or raw[last - 1] in INVISIBLE):
            last -= 1
        if first < last:
            indent = start
            while raw[indent] in INVISIBLE:
                indent += 1
            yield Line(indent, first, last)
        start = after
