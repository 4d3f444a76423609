"""Cleaning: a source's raw text becomes a body by edits that are all written down and can all be undone.

An edit replaces a span of the raw text; what no edit touches is kept as it stands. Rules propose edits; where two overlap, the rule
that stands first in `RULES` wins. Always (the tiling law): `"".join(piece.raw for piece in tile(raw, edits)) == raw`, and
`apply_edits(raw, edits)` is the body. Source: plan.md 5; notes text.md 5.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from archive.errors import InvalidMetadata


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


def tile(raw: str, edits: Sequence[Edit]) -> Iterator[Piece]:
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


def apply_edits(raw: str, edits: Sequence[Edit]) -> str:
    """Give the text that kept pieces and replacements make."""
    return "".join(piece.raw if piece.edit is None else piece.edit.replacement for piece in tile(raw, edits))


@dataclass(frozen=True, slots=True)
class _Line:
    """A visible line of a raw text: where its characters begin and end without white space, and where its indent begins."""

    indent: int
    start: int
    end: int

    @property
    def indented(self) -> bool:
        return self.start > self.indent


_LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_EDGE = re.compile(f"[\\s{_INVISIBLE}]*")
_SENTENCE_ENDS = frozenset("。！？；：!?;:…”」』）)")
_FULL_STOPS = frozenset("。！？!?")
_PROSE_MARK = re.compile("[，。、；：！？]|[,;.!?](?=\\s|$|[\u4e00-\u9fff])")
_ITEM = re.compile(
    "[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百0-9]+[）)]|[0-9]+(?:[.．](?![0-9])|[、)）])"
    "|第[一二三四五六七八九十百0-9]+[编章节条]|[·•●■◆]|[○*-](?=\\s)"
)
"""How a heading or an item of a list begins: such a line goes on from none."""

_CLOSES = frozenset("-%.,;:!?)]")
_FEWEST_LINES, _NARROWEST, _WIDEST = 6, 24, 160


def _visible_lines(raw: str) -> list[_Line]:
    """Find the lines that show something; zero-width characters at the edge of a line count as white space."""
    lines, start = [], 0
    for end, after in [*(match.span() for match in _LINE_BREAKS.finditer(raw)), (len(raw), len(raw))]:
        first = _EDGE.match(raw, start, end).end()  # type: ignore[union-attr]  # it matches the empty string too
        last = end
        while last > first and (raw[last - 1].isspace() or raw[last - 1] in _INVISIBLE):
            last -= 1
        if first < last:
            indent = start
            while raw[indent] in _INVISIBLE:
                indent += 1
            lines.append(_Line(indent, first, last))
        start = after
    return lines


def _columns(text: str) -> int:
    """Width on a page: two columns for a wide character, one for others."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped_width(lines: Sequence[str]) -> int | None:
    """Find the column at which prose looks hard-wrapped.

    Args:
        lines: Visible lines, with their indents.

    Returns:
        The width in columns, indent included, or None where lines are whole paragraphs, verses or rows of a table. Prose counts as
        wrapped if at least five lines and half of all fill the same width (two columns more or less), most of these end inside a
        sentence, a tenth of all lines hold a mark of punctuation, and there is a full stop.
    """
    if len(lines) < _FEWEST_LINES:
        return None
    texts = [line.rstrip() for line in lines]
    widths = [_columns(text) for text in texts]
    counted = Counter(width for width in widths if _NARROWEST <= width <= _WIDEST)
    if not counted:
        return None
    width = max(counted, key=lambda width: (counted[width], width))
    full = [text for text, columns in zip(texts, widths, strict=True) if abs(columns - width) <= 2]
    open_ended = sum(text[-1] not in _SENTENCE_ENDS for text in full)
    prose = sum(_PROSE_MARK.search(text) is not None for text in texts)
    stops = any(not _FULL_STOPS.isdisjoint(text) or ". " in text for text in texts)
    is_wrapped = stops and len(full) >= max(5, len(lines) / 2) and open_ended > 0.6 * len(full) and prose >= 0.1 * len(lines)
    return width if is_wrapped else None


def looks_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines look broken at a fixed width rather than at paragraphs."""
    return wrapped_width(lines) is not None


def _lines_to_paragraphs(raw: str) -> Iterator[Edit]:
    """Join hard-wrapped lines, set one blank line between paragraphs, take white space off both ends."""
    lines = _visible_lines(raw)
    if not lines:
        return
    width = wrapped_width([raw[line.indent : line.end] for line in lines])
    # Where paragraphs are indented, the indent tells where one begins; elsewhere only a full stop can.
    indents_tell = sum(line.indented for line in lines) >= 2
    if lines[0].start:
        yield Edit("layout.edge", "white space before the text", 1.0, 0, lines[0].start)
    for line, following in pairwise(lines):
        gap = raw[line.end : following.start]
        wrapped = (
            width is not None
            and len(_LINE_BREAKS.findall(gap)) == 1
            and not following.indented
            and not _ITEM.match(raw, following.start)
            and _columns(raw[line.indent : line.end]) >= width - 3
            and (indents_tell or raw[line.end - 1] not in _FULL_STOPS)
        )
        if wrapped:
            left, right = raw[line.end - 1], raw[following.start]
            words = left.isascii() and right.isascii() and right not in _CLOSES and not (left.isdigit() and right.isdigit())
            space = " " if words else ""
            yield Edit("layout.hard-wrap", "line broken inside a paragraph", 0.9, line.end, following.start, space)
        elif gap != "\n\n":
            yield Edit("layout.paragraph-break", "one blank line between paragraphs", 1.0, line.end, following.start, "\n\n")
    if raw[lines[-1].end :] != "\n":
        yield Edit("layout.edge", "one line end after the text", 1.0, lines[-1].end, len(raw), "\n")


RULES: tuple[Callable[[str], Iterable[Edit]], ...] = (_lines_to_paragraphs,)
"""Rules in the order in which they win."""


def clean(raw: str) -> tuple[Edit, ...]:
    """Find the edits that turn a raw text into a body: sorted, not overlapping, `document` still empty."""
    accepted: list[Edit] = []
    for rule in RULES:
        for edit in rule(raw):
            at = bisect_right(accepted, (edit.start, edit.end), key=lambda other: (other.start, other.end))
            follows = at == 0 or accepted[at - 1].end <= edit.start
            precedes = at == len(accepted) or edit.end <= accepted[at].start
            if follows and precedes:
                accepted.insert(at, edit)
    return tuple(accepted)
