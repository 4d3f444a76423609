"""Lines and paragraphs: broken lines joined, one blank line between paragraphs, no white space around the text.

Lines are broken at a fixed width, at links (the text of a link and what follows it stand on lines of their own), or inside a word
by a line that holds nothing but a zero-width space.

Source: notes text.md 5 and 9.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.cleaning.rules import edit
from archive.cleaning.text import INVISIBLE, LINE_BREAKS, Text
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
_BEGINS_NO_LINE = frozenset("，。、；：！？）」』”’》〉】〕…")
_ENDS_LINE = frozenset("。！？；：!?;:…")
_FEWEST_LINES, _NARROWEST, _WIDEST = 6, 24, 160


_WIDE = re.compile(
    "[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00017000-\U0001b2ff\U0001f300-\U0001f64f\U0001f900-\U0001f9ff"
    "\U00020000-\U0003fffd]+"
)
"""Characters that take two columns (East Asian Width W and F, to the block)."""


def _columns(text: str) -> int:
    """Width on a page: two columns for a wide character, one for others."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


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
    split = _split_lines(text)
    if lines[0].start:
        yield edit("layout.edge", 0, lines[0].start)
    for number, (line, following) in enumerate(pairwise(lines)):
        gap = string[line.end : following.start]
        wrapped = (
            width is not None
            and len(LINE_BREAKS.findall(gap)) == 1
            and not following.indented
            and not _ITEM.match(string, following.start)
            and _columns(string[line.indent : line.end]) >= width - 3
            and (indents_tell or string[line.end - 1] not in _FULL_STOPS)
        )
        if wrapped or number in split:
            left, right = string[line.end - 1], string[following.start]
            words = left.isascii() and right.isascii() and right not in _CLOSES and not (left.isdigit() and right.isdigit())
            yield edit("layout.hard-wrap" if wrapped else "layout.split-line", line.end, following.start, " " if words else "")
        elif gap != "\n\n":
            yield edit("layout.paragraph-break", line.end, following.start, "\n\n")
    if string[lines[-1].end :] != "\n":
        yield edit("layout.edge", lines[-1].end, len(string), "\n")


def _split_lines(text: Text) -> frozenset[int]:
    """Give the numbers of the lines, from 0, that go on in the next one though no fixed width broke them."""
    string, lines = text.string, text.lines
    split: set[int] = set()
    block: list[int] = []  # lines with nothing but a line end after each
    blocks = [block]
    for number, (line, following) in enumerate(pairwise(lines)):
        breaks = _breaks(string[line.end : following.start])
        if breaks == 1:
            block.append(number)
            if string[following.start] in _BEGINS_NO_LINE and string[line.end - 1] not in _ENDS_LINE:
                split.add(number)
        else:
            if breaks == 0 and not following.indented and string[line.end - 1] not in _ENDS_LINE:
                split.add(number)
            block = []
            blocks.append(block)
    if any(string[lines[number + 1].start] in _BEGINS_NO_LINE for number in split):
        for block in blocks:
            if block and 2 * len(blocks) > len(lines) and _is_paragraph(text, block):
                split.update(number for number in block if _goes_on(text, number))
    return frozenset(split)


def _breaks(gap: str) -> int:
    """Count the line ends of a gap; 0 where it is a line that holds nothing but characters of no width."""
    before, *inner, after = LINE_BREAKS.split(gap)
    within_a_word = len(inner) == 1 and inner[0] != "" and not inner[0].strip(INVISIBLE) and not before + after
    return 0 if within_a_word else len(inner) + 1


def _is_paragraph(text: Text, block: Sequence[int]) -> bool:
    """Whether lines are one paragraph broken at its links: it begins as prose, not as a heading, and ends with a full stop."""
    first, last = text.of(text.lines[block[0]]), text.lines[block[-1] + 1]
    return not _ITEM.match(first) and _PROSE_MARK.search(first) is not None and text.string[last.end - 1] in _FULL_STOPS


def _goes_on(text: Text, number: int) -> bool:
    line, following = text.lines[number], text.lines[number + 1]
    return text.string[line.end - 1] not in _ENDS_LINE and not following.indented and not _ITEM.match(text.string, following.start)
