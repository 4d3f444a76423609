"""Snippets as a thrifty author of a small search page would make them, the same for every rival that brings none.

Folding costs more than searching, so the string is first looked for as it is; only where that fails the passage is folded, piece by
piece, as far as the first place. What is marked is right; a place in other letters beside one that was found may stay unmarked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from archive.folding import fold, folding_table

_LONGEST, _BEFORE = 120, 40
_PIECE, _OVERLAP = 200, 40
"""Characters that are folded at a time, and how many of these again: strings of the log are shorter."""

Places = list[tuple[int, int]]


def mark(text: str, wanted: Sequence[str]) -> tuple[str, Places]:
    """Cut a stretch around the first place and mark places in it.

    Args:
        text: A passage as it stands.
        wanted: Folded strings, none empty.

    Returns:
        At most 120 characters of the passage, and half-open places in these; none if no string stands in the passage.
    """
    snippet = text
    if len(text) > _LONGEST:
        first = max(0, _first_place(text, wanted) - _BEFORE)
        snippet = text[first : first + _LONGEST]
    return snippet, _direct(snippet, wanted) or _folded(snippet, wanted)


def _first_place(text: str, wanted: Sequence[str]) -> int:
    """Find where the first place begins, or about there; 0 if there is none."""
    starts = [at for string in wanted if (at := text.find(string)) >= 0]
    if starts:
        return min(starts)
    for start in range(0, len(text), _PIECE - _OVERLAP):
        if places := _folded(text[start : start + _PIECE], wanted):
            return start + places[0][0]
    return next(iter(_folded(text, wanted)), (0, 0))[0]


def _direct(text: str, wanted: Sequence[str]) -> Places:
    return sorted(place for string in wanted for place in _find(string, text))


def _folded(text: str, wanted: Sequence[str]) -> Places:
    folded = fold(text)
    places = _direct(folded, wanted)
    if places and len(folded) != len(text.rstrip()):
        starts, shifts = shifts_of(text)
        places = [(start + _shift(start, starts, shifts), end + _shift(end - 1, starts, shifts)) for start, end in places]
    return places


def _find(string: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(string)
    while at >= 0:
        yield at, at + len(string)
        at = text.find(string, at + len(string))


def shifts_of(text: str) -> tuple[list[int], list[int]]:
    """Say how far behind its place in the folded text each character stands in the text.

    `fold_with_offsets` keeps a number for each character; here the few places are enough at which something is dropped.

    Returns:
        Places in the folded text, rising, the first 0; and for each the shift that holds from there on.
    """
    starts, shifts, shift = [0], [0], 0
    letters = _letters()
    for run in _dropped().finditer(text):
        start, end = run.span()
        shift += end - start
        if start > 0 and text[start - 1] in letters and text[end : end + 1] in letters:
            space = next((at for at in range(start, end) if text[at].isspace()), end)
            if space < end:
                shift -= 1
                starts.append(end - shift - 1)
                shifts.append(space - starts[-1])
        starts.append(end - shift)
        shifts.append(shift)
    return starts, shifts


def _shift(at: int, starts: Sequence[int], shifts: Sequence[int]) -> int:
    return shifts[bisect_right(starts, at) - 1]


@cache
def _dropped() -> re.Pattern[str]:
    """Runs of what folding drops or may drop; in ranges, since a class of many single characters is slow."""
    gone = sorted(code for code, target in folding_table().items() if not target)
    ranges = (list(group) for _, group in groupby(enumerate(gone), key=lambda entry: entry[1] - entry[0]))
    return re.compile("[\\s" + "".join(f"\\U{run[0][1]:08x}-\\U{run[-1][1]:08x}" for run in ranges) + "]+")


@cache
def _letters() -> frozenset[str]:
    """Characters that fold to an ASCII letter or digit: between two of them a space is kept."""
    plain = {char for char in map(chr, range(128)) if char.isalnum()}
    return frozenset(plain | {chr(code) for code, target in folding_table().items() if target in plain})
