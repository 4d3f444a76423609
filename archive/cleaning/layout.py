"""Lines and paragraphs: hard-wrapped lines joined, one blank line between paragraphs, no white space around the text.

Source: notes text.md 5 and 9.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.cleaning.rules import edit
from archive.cleaning.text import LINE_BREAKS, Text
from archive.edits import Edit

_SENTENCE_ENDS = frozenset("。！？；：!?;:…”」』）)")
_FULL_STOPS = frozenset("。！？!?")
_PROSE_MARK = re.compile("[，。、；：！？]|[,;.!?](?=\\s|$|[\u4e00-\u9fff])")
_ITEM = re.compile(
    "[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百0-9]+[）)]|[0-9]+(?:[.．](?![0-9])|[、)）])"
    "|第[一二三四五六七八九十百0-9]+[编章节条]|[·•●■◆]|[○*-](?=\\s)"
)
"""How a heading or an item of a list begins: such a line goes on from none."""

_CLOSES = frozenset("-%.,;:!?)]")
_FEWEST_LINES, _NARROWEST, _WIDEST = 6, 24, 160


def _columns(text: str) -> int:
    """Width on a page: two columns for a wide character, one for others."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped_width(lines: Sequence[str]) -> int | None:
    """Find the column at which prose looks hard-wrapped.

    Args:
        lines: Visible lines, with their indents.

    Returns:
        The width in columns, indent included, or None where lines are whole paragraphs, verses or rows of a table. Prose counts as
        wrapped if at least five lines and half of all fill the same width (two columns more or less), most of these end inside a
        sentence, a tenth of all lines hold a mark of punctuation, and there is a full stop.
    """
    if len(lines) < _FEWEST_LINES:
        return None
    texts = [line.rstrip() for line in lines]
    widths = [_columns(text) for text in texts]
    counted = Counter(width for width in widths if _NARROWEST <= width <= _WIDEST)
    if not counted:
        return None
    width = max(counted, key=lambda width: (counted[width], width))
    full = [text for text, columns in zip(texts, widths, strict=True) if abs(columns - width) <= 2]
    open_ended = sum(text[-1] not in _SENTENCE_ENDS for text in full)
    prose = sum(_PROSE_MARK.search(text) is not None for text in texts)
    stops = any(not _FULL_STOPS.isdisjoint(text) or ". " in text for text in texts)
    is_wrapped = stops and len(full) >= max(5, len(lines) / 2) and open_ended > 0.6 * len(full) and prose >= 0.1 * len(lines)
    return width if is_wrapped else None


def looks_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines look broken at a fixed width rather than at paragraphs."""
    return wrapped_width(lines) is not None


def lines_to_paragraphs(text: Text) -> Iterator[Edit]:
    """Join hard-wrapped lines, set one blank line between paragraphs, take white space off both ends."""
    string, lines = text.string, text.lines
    if not lines:
        return
    width = wrapped_width([string[line.indent : line.end] for line in lines])
    # Where paragraphs are indented, the indent tells where one begins; elsewhere only a full stop can.
    indents_tell = sum(line.indented for line in lines) >= 2
    if lines[0].start:
        yield edit("layout.edge", 0, lines[0].start)
    for line, following in pairwise(lines):
        gap = string[line.end : following.start]
        wrapped = (
            width is not None
            and len(LINE_BREAKS.findall(gap)) == 1
            and not following.indented
            and not _ITEM.match(string, following.start)
            and _columns(string[line.indent : line.end]) >= width - 3
            and (indents_tell or string[line.end - 1] not in _FULL_STOPS)
        )
        if wrapped:
            left, right = string[line.end - 1], string[following.start]
            words = left.isascii() and right.isascii() and right not in _CLOSES and not (left.isdigit() and right.isdigit())
            yield edit("layout.hard-wrap", line.end, following.start, " " if words else "")
        elif gap != "\n\n":
            yield edit("layout.paragraph-break", line.end, following.start, "\n\n")
    if string[lines[-1].end :] != "\n":
        yield edit("layout.edge", lines[-1].end, len(string), "\n")
