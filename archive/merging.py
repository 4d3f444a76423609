"""Three-way merge by paragraph: what a better reading of a source changed, put into a text that a person has corrected.

Source: plan.md 6. Where both changed the same paragraphs, the person's stay and the conflict is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from archive.document import split_passages


@dataclass(frozen=True, slots=True)
class Conflict:
    """Paragraphs that a person and the new reading both changed, each in another way.

    Attributes:
        kept: 1-based number, in the merged body, of the first of the person's paragraphs; they stay.
        offered: What the new reading has instead.
    """

    kept: int
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged body.

    Attributes:
        body: One paragraph a line, a blank line between.
        conflicts: In the order of the body.
    """

    body: str
    conflicts: tuple[Conflict, ...] = ()


def merge(base: str, person: str, new: str) -> Merged:
    """Merge two changes of a body.

    Args:
        base: What the last import wrote.
        person: What stands in the corpus file now.
        new: What an import would write today.

    Returns:
        `new` if the person changed nothing, `person` if the reading did not change, else both changes.
    """
    if person == base:
        return Merged(new)
    if new in (base, person):
        return Merged(person)
    old, mine, theirs = (list(split_passages(body)) for body in (base, person, new))
    merged: list[str] = []
    conflicts = []
    at = 0
    for start, end, by_person, by_reading in _meetings(_changes(old, mine), _changes(old, theirs)):
        merged += old[at:start]
        kept, offered = _changed(old, start, end, by_person), _changed(old, start, end, by_reading)
        if by_person and by_reading and kept != offered:
            conflicts.append(Conflict(len(merged) + 1, tuple(offered)))
        merged += kept if by_person else offered
        at = end
    merged += old[at:]
    return Merged("\n\n".join(merged) + "\n" if merged else "", tuple(conflicts))


@dataclass(frozen=True, slots=True)
class _Change:
    """Paragraphs [start, end) of the base that became others; an empty stretch where some were put in, no lines where they went."""

    start: int
    end: int
    lines: tuple[str, ...]


def _changes(base: Sequence[str], other: Sequence[str]) -> list[_Change]:
    """Find what became of a base: paragraph by paragraph where as many came as went, else stretch by stretch."""
    found = []
    head = _alike(base, other)
    tail = _alike(base[head:][::-1], other[head:][::-1])
    # What recurs often, such as applause, anchors no match (autojunk): else time grows with the square of how often it does.
    matcher = SequenceMatcher(None, base[head : len(base) - tail], other[head : len(other) - tail])
    for tag, *places in matcher.get_opcodes():
        start, end, first, last = (place + head for place in places)
        if tag == "replace" and end - start == last - first:
            found += [_Change(start + step, start + step + 1, (other[first + step],)) for step in range(end - start)]
        elif tag == "delete":
            found += [_Change(number, number + 1, ()) for number in range(start, end)]
        elif tag != "equal":
            found.append(_Change(start, end, tuple(other[first:last])))
    return found


def _alike(left: Sequence[str], right: Sequence[str]) -> int:
    """Count the lines with which both begin."""
    return next((at for at, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), min(len(left), len(right)))


def _meetings(person: list[_Change], reading: list[_Change]) -> Iterator[tuple[int, int, list[_Change], list[_Change]]]:
    """Group changes of both sides that touch the same paragraphs, or put some in at the same place.

    Yields:
        Stretch of the base, and the changes of either side in it, in order.
    """
    sides = [(change, 0) for change in person] + [(change, 1) for change in reading]
    every = sorted(sides, key=lambda item: (item[0].start, item[0].end))
    group: tuple[list[_Change], list[_Change]] = ([], [])
    start = end = -1
    for change, side in every:
        if change.start < end or (change.start == end == change.end and start == end):
            end = max(end, change.end)
        else:
            if start >= 0:
                yield start, end, *group
            group, start, end = ([], []), change.start, change.end
        group[side].append(change)
    if start >= 0:
        yield start, end, *group


def _changed(base: Sequence[str], start: int, end: int, changes: Sequence[_Change]) -> list[str]:
    """Give a stretch of the base after the changes of one side."""
    lines: list[str] = []
    at = start
    for change in changes:
        lines += [*base[at : change.start], *change.lines]
        at = change.end
    return [*lines, *base[at:end]]
