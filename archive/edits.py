"""Edits: what was removed from a raw text or repaired in it, span by span, so that all of it can be undone.

An edit replaces a span of the raw text; what no edit touches is kept as it stands. Always (the tiling law):
`"".join(piece.raw for piece in tile(raw, edits)) == raw`, and `apply_edits(raw, edits)` is the body. Source: plan.md 5.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Piece:
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
            raise ValueError(f"edit {edit.start}-{edit.end} overlaps the one before it or lies outside a text of {len(raw)}")
        if at < edit.start:
            yield Piece(raw[at : edit.start], at, None)
        yield Piece(raw[edit.start : edit.end], edit.start, edit)
        at = edit.end
    if at < len(raw):
        yield Piece(raw[at:], at, None)


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """Give the text that kept pieces and replacements make."""
    return "".join(piece.text for piece in tile(raw, edits))


class OffsetMap:
    """From offsets in an edited text back to the raw text."""

    def __init__(self, raw: str, edits: Iterable[Edit]) -> None:
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        at = 0
        for piece in tile(raw, edits):
            if piece.text:  # what was removed stands nowhere
                self._pieces.append(piece)
                self._starts.append(at)
                at += len(piece.text)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of the raw text from which a stretch of the edited text came.

        Args:
            start: First code point in the edited text.
            end: One past the last; greater than start.
        """
        first = self._piece(start)
        last = self._piece(end - 1)
        raw_start = first[1].start + (start - first[0] if first[1].edit is None else 0)
        raw_end = last[1].start + (end - last[0] if last[1].edit is None else len(last[1].raw))
        return raw_start, raw_end

    def _piece(self, at: int) -> tuple[int, Piece]:
        """Find the piece that gave a code point, and where in the edited text it starts."""
        number = bisect_right(self._starts, at) - 1
        return self._starts[number], self._pieces[number]


def compose(raw: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Put edits of an edited text behind those that gave that text: `apply(apply(raw, first), second)` in one go.

    What `first` removed inside an edit of `second` stays its own edit; what it repaired there becomes part of the later one.

    Args:
        raw: The raw text.
        first: Edits of it, sorted, not overlapping.
        second: Edits of `apply_edits(raw, first)`, sorted, not overlapping.
    """
    composed: list[Edit] = []
    waiting = list(reversed(second))
    at = 0  # in the edited text
    for piece in tile(raw, first):
        length = len(piece.text)
        removed = piece.edit is not None and not piece.text
        within: list[tuple[Edit, int, int]] = []  # an edit of `second`, and the part of the piece's text that it takes
        while waiting and not removed and waiting[-1].start <= at + length:
            edit = waiting[-1]
            if edit.start == at + length and (edit.end > edit.start or length == 0):
                break  # it begins with the next piece
            within.append((edit, max(edit.start - at, 0), min(edit.end - at, length)))
            if edit.end > at + length:
                waiting[-1] = replace(edit, start=at + length, replacement="")
                break
            waiting.pop()
        if piece.edit is None:
            composed += (replace(edit, start=piece.start + start, end=piece.start + end) for edit, start, end in within)
        elif within:
            composed.append(_merge(piece, within))
        else:
            composed.append(piece.edit)
        at += length
    end = len(raw)
    composed += (replace(edit, start=end, end=end) for edit in reversed(waiting))
    return tuple(_joined(composed))


def _merge(piece: Piece, within: Sequence[tuple[Edit, int, int]]) -> Edit:
    """Give the one edit that repairs a piece and then edits parts of what the repair wrote."""
    kept, at = [], 0
    for edit, start, end in within:
        kept += [piece.text[at:start], edit.replacement]
        at = end
    latest = within[-1][0]
    return replace(latest, start=piece.start, end=piece.start + len(piece.raw), replacement="".join([*kept, piece.text[at:]]))


def _joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Join neighbours that one edit of the edited text gave: same rule, and the later one only removes."""
    last: Edit | None = None
    for edit in edits:
        if last and last.rule == edit.rule and last.end == edit.start < edit.end and not edit.replacement and last.start < last.end:
            last = replace(last, end=edit.end)
        else:
            if last:
                yield last
            last = edit
    if last:
        yield last
