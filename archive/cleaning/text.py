"""A text between two stages of cleaning, with what several rules want to know of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from archive.edits import Edit

LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters that count as white space at the edge of a line."""

_OTHER_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_BLANK = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + INVISIBLE


class Line(NamedTuple):
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


def _visible_lines(raw: str) -> Iterator[Line]:
    for other in _OTHER_BREAKS:  # each of one character, so that places stay; between \r and \n stands an empty line
        raw = raw.replace(other, "\n")
    at = 0
    for line in raw.split("\n"):
        visible = line.strip(_BLANK)
        if len(visible) == len(line):  # so are nearly all
            if line:
                yield Line(at, at, at + len(line))
        elif visible:
            start = at + len(line) - len(line.lstrip(_BLANK))
            yield Line(at + len(line) - len(line.lstrip(INVISIBLE)), start, start + len(visible))
        at += len(line) + 1
