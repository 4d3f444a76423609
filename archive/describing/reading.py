"""A document of a source as readers of metadata see it: lines that were kept and lines that were removed, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.edits import HIDDEN, Edit, OffsetMap, apply_edits


@dataclass(frozen=True, slots=True)
class Removed:
    """A line, or part of one, that cleaning removed.

    Attributes:
        text: As it stands in the raw text, without white space at its edges.
        start: First code point in the raw text.
        rule: Id of the rule that removed it.
    """

    text: str
    start: int
    rule: str

    @property
    def end(self) -> int:
        """One past the last code point in the raw text."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Reading:
    """One document of a source.

    Attributes:
        raw: Raw text of the whole source.
        edits: The document's own edits, sorted, not overlapping.
    """

    raw: str
    edits: Sequence[Edit]

    @cached_property
    def body(self) -> str:
        """The document's body."""
        return apply_edits(self.raw, self.edits)

    @cached_property
    def passages(self) -> tuple[tuple[int, str], ...]:
        """The passages in order: where each starts in the body, and its text (¶1 first)."""
        found, at = [], 0
        for line in self.body.split("\n"):
            if line.strip():
                found.append((at, line))
            at += len(line) + 1
        return tuple(found)

    @cached_property
    def removed(self) -> tuple[Removed, ...]:
        """What was removed from this document, line by line, in order; white space and other documents left out."""
        found = []
        for edit in self.edits:
            removed = "" if edit.rule == HIDDEN or edit.replacement.strip() else self.raw[edit.start : edit.end]
            if not removed or removed.isspace():  # line ends, nearly all of them
                continue
            at = edit.start
            for line in removed.splitlines(keepends=True):
                if line.strip():
                    indent = len(line) - len(line.lstrip())
                    found.append(Removed(line.strip(), at + indent, edit.rule))
                at += len(line)
        return tuple(found)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of the raw text behind a stretch of the body that is not empty."""
        return self._offsets.raw_span(start, end)

    @cached_property
    def _offsets(self) -> OffsetMap:
        return OffsetMap(self.raw, self.edits)
