"""Ranges that rules remove, put in order: no two overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archive.cleaning.rules import edit
from archive.edits import Edit


def removals(ranges: Mapping[str, Iterable[tuple[int, int]]]) -> Iterator[Edit]:
    """Make removing edits of ranges, sorted; where two overlap, the one that begins first, then the longer, has the place.

    Args:
        ranges: Half-open ranges of raw by rule, in any order; empty ones are left out.
    """
    at = 0
    found = ((start, -end, rule) for rule, spans in ranges.items() for start, end in spans if start < end)
    for start, negative_end, rule in sorted(found):
        if max(start, at) < -negative_end:
            yield edit(rule, max(start, at), -negative_end)
            at = -negative_end
