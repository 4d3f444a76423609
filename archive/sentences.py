"""Sentences of a passage, so that a citation can say which of a giant paragraph is meant.

Always: the sentences of a passage tile it, and none is longer than `LONGEST`. Time is linear in the length of the passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from archive.document import Span

LONGEST = 400
"""Code points; what goes on longer without the end of a sentence is cut in windows."""

_WINDOW = 120
"""Code points of the longest window; where no comma stands either, a sentence may not be longer."""

_CLOSES = "”’」』）)】》〉\"'"
_END = re.compile(rf"(?:[。！？；]|[!?;](?![0-9A-Za-z&=/]))+[{_CLOSES}]*\s*")
_PAUSE = re.compile("[，、：,:]")
_WINDOW_END = re.compile(rf"[，、：,:{_CLOSES}]+\s*|\s+")
_OPENER = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "("}
_BRACKETS = re.compile("[“”‘’「」『』（）()]")


def sentences(passage: str) -> tuple[Span, ...]:
    """Cut a passage into its sentences.

    A sentence ends with 。！？； or their half-width forms, closing marks and white space behind it included; not inside （） or
    “”, unless these close right behind. Where 400 characters pass without an end, sentences end inside quotations too, and what is
    still longer, or longer than 120 without even a comma, is cut in windows, behind a pause or a space where there is one.

    Returns:
        Half-open ranges of code points that tile the passage; none for an empty one.
    """
    ends = [found.end() for found in _END.finditer(passage)]
    inside = _inside_brackets(passage)
    found: list[Span] = []
    for start, end in _pieces(0, len(passage), (at for at in ends if not _is_within(at, inside))):
        if end - start <= LONGEST and not _is_bare(passage, start, end):
            found.append((start, end))
            continue
        for first, last in _pieces(start, end, ends[bisect_left(ends, start + 1) : bisect_left(ends, end)]):
            is_long = last - first > LONGEST or _is_bare(passage, first, last)
            found += _windows(passage, first, last) if is_long else [(first, last)]
    return tuple(found)


def _pieces(start: int, end: int, borders: Iterable[int]) -> Iterator[Span]:
    """Give what lies between borders, the empty left out."""
    return ((first, last) for first, last in pairwise([start, *borders, end]) if first < last)


def _is_bare(passage: str, start: int, end: int) -> bool:
    """Whether a stretch is longer than a window and holds no comma."""
    return end - start > _WINDOW and _PAUSE.search(passage, start, end) is None


def _windows(passage: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _WINDOW:
        pauses = [found.end() for found in _WINDOW_END.finditer(passage, start + _WINDOW // 4, start + _WINDOW)]
        border = pauses[-1] if pauses else start + _WINDOW
        yield start, border
        start = border
    if start < end:
        yield start, end


def _inside_brackets(passage: str) -> list[Span]:
    """Give the outermost ranges between an opening bracket or quotation mark and its closing one; unpaired marks count for none."""
    waiting: dict[str, list[int]] = {opener: [] for opener in _OPENER.values()}
    pairs = []
    for mark in _BRACKETS.finditer(passage):
        opener = _OPENER.get(mark[0])
        if opener is None:
            waiting[mark[0]].append(mark.start())
        elif waiting[opener]:
            pairs.append((waiting[opener].pop(), mark.end()))
    outermost: list[Span] = []
    for start, end in sorted(pairs):
        if outermost and start < outermost[-1][1]:
            outermost[-1] = (outermost[-1][0], max(end, outermost[-1][1]))
        else:
            outermost.append((start, end))
    return outermost


def _is_within(at: int, ranges: list[Span]) -> bool:
    """Whether a border lies inside one of the ranges, which are sorted and do not overlap."""
    number = bisect_left(ranges, (at, at)) - 1
    return number >= 0 and ranges[number][0] < at < ranges[number][1]
