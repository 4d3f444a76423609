"""Snippets as the author of a small search page would make them: cheap, and the same for every rival that brings none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from archive.folding import fold, folding_table

_LONGEST, _BEFORE = 120, 40


def mark(text: str, wanted: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Cut a stretch around the first place and mark all places in it.

    Args:
        text: A passage as it stands.
        wanted: Folded strings, none empty.

    Returns:
        At most 120 characters of the passage, and half-open places in these; none if no string stands in the passage.
    """
    folded = fold(text)
    places: list[tuple[int, int]] = []
    for string in wanted:
        at = folded.find(string)
        while at >= 0:
            places.append((at, at + len(string)))
            at = folded.find(string, at + len(string))
    if len(folded) != len(text) and places:
        starts, shifts = shifts_of(text)
        places = [(start + _shift(start, starts, shifts), end + _shift(end - 1, starts, shifts)) for start, end in places]
    places.sort()
    first = max(0, places[0][0] - _BEFORE) if places else 0
    snippet = text[first : first + _LONGEST]
    return snippet, [(start - first, end - first) for start, end in places if end - first <= len(snippet)]


def shifts_of(text: str) -> tuple[list[int], list[int]]:
    """Say how far behind its place in the folded text each character stands in the text.

    `fold_with_offsets` keeps a number for each character; here the few places are enough at which something is dropped.

    Returns:
        Places in the folded text, rising, the first 0; and for each the shift that holds from there on.
    """
    starts, shifts, shift = [0], [0], 0
    for run in _dropped().finditer(text):
        start, end = run.span()
        spaces = [at for at in range(start, end) if text[at].isspace()]
        kept = spaces and start > 0 and end < len(text) and _is_letter(text[start - 1]) and _is_letter(text[end])
        if kept:
            starts.append(start - shift)
            shifts.append(shift + spaces[0] - start)
        starts.append(start - shift + bool(kept))
        shift += end - start - bool(kept)
        shifts.append(shift)
    return starts, shifts


def _shift(at: int, starts: Sequence[int], shifts: Sequence[int]) -> int:
    return shifts[bisect_right(starts, at) - 1]


@cache
def _dropped() -> re.Pattern[str]:
    """Runs of what folding drops or may drop."""
    gone = "".join(chr(code) for code, target in folding_table().items() if not target)
    return re.compile(f"[\\s{re.escape(gone)}]+")


@cache
def _is_letter(char: str) -> bool:
    folded = fold(char)
    return folded.isascii() and folded.isalnum()
