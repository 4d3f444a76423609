"""Lines and paragraphs: broken lines joined, one blank line between paragraphs, no white space around the text.

Lines are broken at a fixed width, at links (the text of a link and what follows it stand on lines of their own), or inside a word
by a line that holds nothing but a zero-width space.

Source: notes text.md 5 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.cleaning.rules import edit
from archive.cleaning.text import INVISIBLE, LINE_BREAKS, Text
from archive.cleaning.wrapping import FULL_STOPS, PROSE_MARK, SENTENCE_ENDS, SLACK, columns, wrapped_width
from archive.edits import Edit

_ITEM = re.compile(
    "[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百0-9]+[）)]|[0-9]+(?:[.．](?![0-9])|[、)）])"
    "|第[一二三四五六七八九十百0-9]+[编章节条]|[·•●■◆]|[○*-](?=\\s)"
)
"""How a heading or an item of a list begins: such a line goes on from none."""

_CLOSES = frozenset("-%.,;:!?)]")
_BEGINS_NO_LINE = frozenset("，。、；：！？）」』”’》〉】〕…")
_ENDS_LINE = frozenset("。！？；：!?;:…")


def lines_to_paragraphs(text: Text) -> Iterator[Edit]:
    """Join hard-wrapped lines, set one blank line between paragraphs, take white space off both ends."""
    string, lines = text.string, text.lines
    if not lines:
        return
    goes_on = _wrapped_lines(text)
    split = _split_lines(text)
    if lines[0].start:
        yield edit("layout.edge", 0, lines[0].start)
    for number, (line, following) in enumerate(pairwise(lines)):
        gap = string[line.end : following.start]
        if number in goes_on or number in split:
            left, right = string[line.end - 1], string[following.start]
            words = left.isascii() and right.isascii() and right not in _CLOSES and not (left.isdigit() and right.isdigit())
            yield edit(
                "layout.hard-wrap" if number in goes_on else "layout.split-line", line.end, following.start, " " if words else ""
            )
        elif gap != "\n\n":
            yield edit("layout.paragraph-break", line.end, following.start, "\n\n")
    if string[lines[-1].end :] != "\n":
        yield edit("layout.edge", lines[-1].end, len(string), "\n")


def _wrapped_lines(text: Text) -> frozenset[int]:
    """Give the numbers of the lines, from 0, that a fixed width broke: each goes on in the next one."""
    string, lines = text.string, text.lines
    shown = [string[line.indent : line.end] for line in lines]
    width = wrapped_width(shown)
    if width is None:
        return frozenset()
    # Where paragraphs are indented, the indent tells where one begins; elsewhere only a full stop can.
    indents_tell = sum(line.indented for line in lines) >= 2
    full = [
        number
        for number, (line, following) in enumerate(pairwise(lines))
        if columns(shown[number]) >= width - SLACK
        and len(LINE_BREAKS.findall(string, line.end, following.start)) == 1
        and not _ITEM.match(string, following.start)
    ]
    indents = [columns(string[line.indent : line.start]) for line in lines]
    open_ended = [number for number in full if string[lines[number].end - 1] not in SENTENCE_ENDS]
    deeper = sum(indents[number + 1] > indents[number] for number in open_ended)
    hangs = deeper >= 2 and deeper > 0.7 * sum(indents[number + 1] != indents[number] for number in open_ended)
    found: set[int] = set()
    for number in full:
        first, following = indents[number], indents[number + 1]
        if hangs and following:
            goes_on = following > first or (following == first and number - 1 in found)
        else:
            goes_on = not following and (indents_tell or string[lines[number].end - 1] not in FULL_STOPS)
        if goes_on:
            found.add(number)
    return frozenset(found)


def _split_lines(text: Text) -> frozenset[int]:
    """Give the numbers of the lines, from 0, that go on in the next one though no fixed width broke them."""
    string, lines = text.string, text.lines
    if not any(char in string for char in INVISIBLE) and not any(string[line.start] in _BEGINS_NO_LINE for line in lines):
        return frozenset()
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
    if gap in ("\n", "\n\n"):  # nearly all
        return len(gap)
    before, *inner, after = LINE_BREAKS.split(gap)
    within_a_word = len(inner) == 1 and inner[0] != "" and not inner[0].strip(INVISIBLE) and not before + after
    return 0 if within_a_word else len(inner) + 1


def _is_paragraph(text: Text, block: Sequence[int]) -> bool:
    """Whether lines are one paragraph broken at its links: it begins as prose, not as a heading, and ends with a full stop."""
    first, last = text.of(text.lines[block[0]]), text.lines[block[-1] + 1]
    return not _ITEM.match(first) and PROSE_MARK.search(first) is not None and text.string[last.end - 1] in FULL_STOPS


def _goes_on(text: Text, number: int) -> bool:
    line, following = text.lines[number], text.lines[number + 1]
    return text.string[line.end - 1] not in _ENDS_LINE and not following.indented and not _ITEM.match(text.string, following.start)
