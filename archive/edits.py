"""Edits: what was removed from a raw text or repaired in it, span by span, so that all of it can be undone.

An edit replaces a span of the raw text; what no edit touches is kept as it stands. Always (the tiling law):
`"".join(piece.raw for piece in tile(raw, edits)) == raw`, and `apply_edits(raw, edits)` is the body. Source: plan.md 5.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from archive.errors import InvalidMetadata

HIDDEN = "split.other-document"
"""Rule of the edits that hide another document of the same source; what they hide was not removed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One removed or repaired span of a raw text.

    Attributes:
        rule: Id of the rule, such as `layout.paragraph-break`.
        reason: Why, for a person.
        confidence: 0 to 1.
        start: First code point in raw.txt.
        end: One past the last.
        replacement: What stands there in the body; "" for a removed span.
        document: Id of the document whose body it shaped; "" until that is known.
    """

    rule: str
    reason: str
    confidence: float
    start: int
    end: int
    replacement: str = ""
    document: str = ""

    def to_json(self) -> dict[str, object]:
        """Give the edit as one line of edits.jsonl holds it."""
        return asdict(self)


def edit_from_json(record: object) -> Edit:
    """Read an edit from one line of edits.jsonl. Inverse of `Edit.to_json`.

    Raises:
        InvalidMetadata: A field is missing, unknown or of another type.
    """
    types = {"confidence": (int, float), "start": (int,), "end": (int,)}
    fields = record if isinstance(record, dict) else {}
    well_formed = all(type(value) in types.get(name, (str,)) for name, value in fields.items())
    try:
        edit = Edit(**fields) if well_formed else None
    except TypeError:  # a field is missing or unknown
        edit = None
    if edit is None or not 0 <= edit.start <= edit.end:
        raise InvalidMetadata(f"edit {str(record)[:80]} is not well formed", hint="restore edits.jsonl or import the source again")
    return edit


class Piece(NamedTuple):
    """A stretch of raw text: kept as it stands (edit is None), or covered by one edit."""

    raw: str
    start: int
    edit: Edit | None

    @property
    def text(self) -> str:
        """What stands there after the edit."""
        return self.raw if self.edit is None else self.edit.replacement


def tile(raw: str, edits: Iterable[Edit]) -> Iterator[Piece]:
    """Cut a raw text into kept and edited pieces, in order.

    Raises:
        ValueError: Edits overlap, are out of order, or lie outside the text.
    """
    at = 0
    for edit in edits:
        if not at <= edit.start <= edit.end <= len(raw):
            raise ValueError(_misfit(edit, raw))
        if at < edit.start:
            yield Piece(raw[at : edit.start], at, None)
        yield Piece(raw[edit.start : edit.end], edit.start, edit)
        at = edit.end
    if at < len(raw):
        yield Piece(raw[at:], at, None)


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """Give the text that kept pieces and replacements make.

    Raises:
        ValueError: As for `tile`.
    """
    parts: list[str] = []
    at = 0
    for edit in edits:  # the same as joining what `tile` gives, three times as fast
        if not at <= edit.start <= edit.end <= len(raw):
            raise ValueError(_misfit(edit, raw))
        parts += (raw[at : edit.start], edit.replacement)
        at = edit.end
    parts.append(raw[at:])
    return "".join(parts)


def _misfit(edit: Edit, raw: str) -> str:
    return f"edit {edit.start}-{edit.end} overlaps the one before it or lies outside a text of {len(raw)}"


class OffsetMap:
    """From offsets in an edited text back to the raw text."""

    def __init__(self, raw: str, edits: Iterable[Edit]) -> None:
        # Stretches of the edited text that are not empty: where each starts there, where in the raw text, and, for a replacement,
        # where in the raw text it ends (else None).
        self._starts: list[int] = []
        self._origins: list[tuple[int, int | None]] = []
        at = raw_at = 0
        for edit in edits:
            if edit.start > raw_at:
                self._starts.append(at)
                self._origins.append((raw_at, None))
                at += edit.start - raw_at
            if edit.replacement:
                self._starts.append(at)
                self._origins.append((edit.start, edit.end))
                at += len(edit.replacement)
            raw_at = edit.end
        if raw_at < len(raw):
            self._starts.append(at)
            self._origins.append((raw_at, None))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of the raw text from which a stretch of the edited text came.

        Args:
            start: First code point in the edited text.
            end: One past the last; greater than start.
        """
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        (raw_start, first_end), (raw_last, raw_end) = self._origins[first], self._origins[last]
        if first_end is None:
            raw_start += start - self._starts[first]
        return raw_start, raw_last + end - self._starts[last] if raw_end is None else raw_end


def compose(raw: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Put edits of an edited text behind those that gave that text: `apply(apply(raw, first), second)` in one go.

    What `first` removed inside an edit of `second` stays its own edit; what it repaired there becomes part of the later one.

    Args:
        raw: The raw text.
        first: Edits of it, sorted, not overlapping.
        second: Edits of `apply_edits(raw, first)`, sorted, not overlapping.
    """
    if not first:
        return tuple(second)
    composed: list[Edit] = []
    growing: Edit | None = None  # the last of `composed`, if the edit of `second` that gave it goes on in the next piece
    waiting = list(reversed(second))
    at = 0  # in the edited text
    for piece in tile(raw, first):
        length = len(piece.text)
        if piece.edit is not None and not length:  # removed: it is nowhere in the edited text
            composed.append(piece.edit)
            growing = None
            continue
        within: list[tuple[Edit, int, int]] = []  # an edit of `second`, and the part of the piece's text that it takes
        goes_on = False
        while waiting and waiting[-1].start <= at + length:
            edit = waiting[-1]
            if edit.start == at + length and edit.end > edit.start:
                break  # it begins with the next piece
            within.append((edit, max(edit.start - at, 0), min(edit.end - at, length)))
            if edit.end > at + length:
                waiting[-1] = replace(edit, start=at + length, replacement="")
                goes_on = True
                break
            waiting.pop()
        if piece.edit is None:
            found = [_moved(edit, piece.start + start, piece.start + end) for edit, start, end in within]
        else:
            found = [_merge(piece, within)] if within else [piece.edit]
        if growing is not None and found[0].end > found[0].start and not found[0].replacement:
            composed[-1] = replace(growing, end=found.pop(0).end)
        composed += found
        growing = composed[-1] if goes_on else None
        at += length
    composed += (replace(edit, start=len(raw), end=len(raw)) for edit in reversed(waiting))
    return tuple(composed)


def _moved(edit: Edit, start: int, end: int) -> Edit:
    # As `replace`, which takes three times as long; there are as many as lines.
    return Edit(edit.rule, edit.reason, edit.confidence, start, end, edit.replacement, edit.document)


def _merge(piece: Piece, within: Sequence[tuple[Edit, int, int]]) -> Edit:
    """Give the one edit that repairs a piece and then edits parts of what the repair wrote."""
    kept, at = [], 0
    for edit, start, end in within:
        kept += [piece.text[at:start], edit.replacement]
        at = end
    latest = within[-1][0]
    return replace(latest, start=piece.start, end=piece.start + len(piece.raw), replacement="".join([*kept, piece.text[at:]]))
