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
    bodies = [split_passages(body) for body in (base, person, new)]
    merged: list[str] = []
    conflicts = []
    for old, mine, theirs in _regions(*bodies):
        if mine in (old, theirs):
            merged += theirs
        else:
            if theirs != old:
                conflicts.append(Conflict(len(merged) + 1, tuple(theirs)))
            merged += mine
    return Merged("\n\n".join(merged) + "\n" if merged else "", tuple(conflicts))


def _regions(base: Sequence[str], person: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut three texts where all three agree; yield (base, person, new) of each stretch, agreeing ones too."""
    to_person, to_new = _equal_lines(base, person), _equal_lines(base, new)
    at = (0, 0, 0)
    for number in range(len(base)):
        if number in to_person and number in to_new:
            here = (number, to_person[number], to_new[number])
            yield list(base[at[0] : here[0]]), list(person[at[1] : here[1]]), list(new[at[2] : here[2]])
            yield [base[number]], [base[number]], [base[number]]
            at = (here[0] + 1, here[1] + 1, here[2] + 1)
    yield list(base[at[0] :]), list(person[at[1] :]), list(new[at[2] :])


def _equal_lines(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """Match equal lines of two texts in order: line number in the left one to that in the right one."""
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return {block.a + at: block.b + at for block in blocks for at in range(block.size)}
