"""The lines that readers of metadata look at: head and end of a document, kept and removed, in order, each with its place.

Readers search the folded form of a line, in which white space is gone and both scripts are one, and give values in the letters of
the source. A document's middle is never looked at, so that describing a long one costs no more than describing a short one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from archive.describing.reading import Reading
from archive.describing.vocabulary import pattern, reader
from archive.evidence import Evidence
from archive.folding import FoldedText, fold, fold_with_offsets

HEAD_LINES, HEAD_CHARS, TAIL_LINES, TAIL_CHARS = 120, 9_000, 30, 2_500
"""How much of a document is looked at, in lines and code points; signatures of letters that cover a text may stand far down."""

FRONT_LINES, FRONT_CHARS, LINE_CHARS = 12, 1_500, 160
"""How much of a line: in the first lines much, since a whole history or a whole speech may stand in one; then its beginning."""

_HEADING = pattern(r"#{1,6}[ \t\u3000]+")
_VISIBLE = pattern("[0-9A-Za-z\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or the part of one that is looked at.

    Attributes:
        text: As it stands in the body, or in the raw text if it was removed.
        at: Where it starts there.
        rule: Id of the rule that removed it; "" if it was kept.
        heading: Whether it is marked as a heading.
    """

    text: str
    at: int
    rule: str = ""
    heading: bool = False


@dataclass(frozen=True, eq=False)
class Stretch:
    """One line or several as one text; compared by identity, since a document has each line once.

    Attributes:
        reading: The document.
        pieces: At least one, in order.
    """

    reading: Reading
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The lines, a line break between."""
        return self.pieces[0].text if len(self.pieces) == 1 else "\n".join(piece.text for piece in self.pieces)

    @cached_property
    def form(self) -> FoldedText:
        """The text with its folded form."""
        return fold_with_offsets(self.text)

    @cached_property
    def folded(self) -> str:
        """The folded form, in which readers search."""
        return fold(self.text)

    @property
    def kept(self) -> bool:
        """Whether it stands in the body."""
        return not self.pieces[0].rule

    @property
    def heading(self) -> bool:
        """Whether it is marked as a heading."""
        return self.pieces[0].heading

    def letters(self, start: int, end: int) -> str:
        """Give what stands behind a range of the folded form, in the letters of the source, spaces as they should be."""
        return tidy(self.text[slice(*self.form.span(start, end))]) if start < end else ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of the raw text behind a range of the folded form that is not empty."""
        first, last = self.form.span(start, end)
        return self._raw(first)[0], self._raw(last - 1)[1]

    def found(
        self, rule: str, start: int, end: int, *, value: str | None = None, field: str | None = None, sure: float | None = None
    ) -> Evidence:
        """Make evidence of a range of the folded form.

        Args:
            rule: Id in the table of readers, which gives field and confidence.
            start: First character of the folded form.
            end: One past the last; greater than start.
            value: The value, if not the letters themselves.
            field: The field, where the rule serves several.
            sure: The confidence, if not that of the rule.
        """
        known = reader(rule)
        confidence = known.confidence if sure is None else sure
        text = self.letters(start, end) if value is None else value
        return Evidence(field or known.field, text, *self.span(start, end), rule, confidence)

    def index(self, raw: int) -> int | None:
        """Find the character of the folded form that stands for a code point of the raw text; None if none does."""
        at = bisect_left(range(len(self.folded)), raw, key=lambda at: self.span(at, at + 1)[0])
        return at if at < len(self.folded) and self.span(at, at + 1)[0] == raw else None

    def part(self, start: int, end: int) -> Stretch:
        """Give a range of the folded form of one line as a line of its own."""
        first, last = self.form.span(start, end)
        piece = self.pieces[0]
        return Stretch(self.reading, (replace(piece, text=self.text[first:last], at=piece.at + first),))

    def gaps(self, start: int, end: int) -> tuple[int, ...]:
        """Give where in a range of the folded form white space stands in the text: before which characters."""
        offsets = self.form.offsets
        return tuple(at for at in range(start + 1, end) if self.text[offsets[at - 1] + 1 : offsets[at]].isspace())

    @cached_property
    def _starts(self) -> Sequence[int]:
        starts, at = [], 0
        for piece in self.pieces:
            starts.append(at)
            at += len(piece.text) + 1
        return starts

    def _raw(self, index: int) -> tuple[int, int]:
        """Give the range of the raw text behind one code point of the text."""
        number = bisect_right(self._starts, index) - 1
        piece = self.pieces[number]
        at = piece.at + index - self._starts[number]
        return (at, at + 1) if piece.rule else self.reading.raw_span(at, at + 1)


@dataclass(frozen=True)
class Lines:
    """What is looked at of a document.

    Attributes:
        head: Its first lines, in order; all of a short document.
        tail: Its last lines, in order; they may be lines of the head too.
    """

    head: tuple[Stretch, ...]
    tail: tuple[Stretch, ...]

    @property
    def all(self) -> tuple[Stretch, ...]:
        """Head and tail, every line once."""
        return (*self.head, *self.rest)

    @cached_property
    def rest(self) -> tuple[Stretch, ...]:
        """The lines of the tail that the head does not hold."""
        head = set(self.head)
        return tuple(line for line in self.tail if line not in head)


def lines_of(reading: Reading) -> Lines:
    """Take the lines of a document that readers look at."""
    passages = reading.passages
    head = list(_until(passages, HEAD_LINES, HEAD_CHARS))
    tail = list(_until(reversed(passages), TAIL_LINES, TAIL_CHARS))[::-1]
    limits = [FRONT_CHARS] * FRONT_LINES + [LINE_CHARS] * HEAD_LINES
    head_pieces = list(_kept(reading, ((at, text[:limit]) for (at, text), limit in zip(head, limits, strict=False))))
    tail_pieces = list(_kept(reading, ((at + max(0, len(text) - LINE_CHARS), text[-LINE_CHARS:]) for at, text in tail)))
    head_end = _raw_end(reading, head_pieces)
    tail_start = reading.raw_span(tail_pieces[0].at, tail_pieces[0].at + 1)[0] if tail_pieces else 0
    removed = [
        Piece(line.text[:LINE_CHARS], line.start, line.rule) for line in reading.removed if _VISIBLE.search(line.text) is not None
    ]
    everything = len(head) == len(passages)
    head_removed = [piece for piece in removed if everything or piece.at < head_end][:HEAD_LINES]
    tail_removed = [piece for piece in removed if piece.at > tail_start][-TAIL_LINES:]
    made: dict[Piece, Stretch] = {}
    return Lines(
        _merged(reading, head_pieces, head_removed, made),
        _merged(reading, tail_pieces, tail_removed, made),
    )


def _until(passages: Iterable[tuple[int, str]], max_lines: int, max_chars: int) -> Iterator[tuple[int, str]]:
    """Yield passages until there are enough."""
    chars = 0
    for number, (at, text) in enumerate(passages):
        if number == max_lines or chars > max_chars:
            return
        chars += min(len(text), LINE_CHARS)
        yield at, text


def _kept(reading: Reading, lines: Iterable[tuple[int, str]]) -> Iterator[Piece]:
    """Yield lines of the body without their indent and their marks as headings; what has no letter is left out."""
    has_marks = "#" in reading.raw
    for at, text in lines:
        if _VISIBLE.search(text) is None:
            continue
        inner = text.strip()
        start = at + text.index(inner[0])
        mark = _HEADING.match(inner) if has_marks else None
        if mark:
            yield Piece(inner[mark.end() :], start + mark.end(), heading=True)
        else:
            yield Piece(inner, start, heading=has_marks and _was_marked(reading, start))


def _was_marked(reading: Reading, start: int) -> bool:
    """Whether a mark as a heading was removed before this character of the body."""
    raw_start = reading.raw_span(start, start + 1)[0]
    if reading.raw[raw_start - 1 : raw_start] not in (" ", "\t", "\u3000"):
        return False
    return _HEADING.fullmatch(reading.raw[max(0, raw_start - 8) : raw_start].rpartition("\n")[2]) is not None


def _raw_end(reading: Reading, pieces: Sequence[Piece]) -> int:
    return reading.raw_span(pieces[-1].at, pieces[-1].at + 1)[1] if pieces else len(reading.raw)


def _merged(reading: Reading, kept: Sequence[Piece], removed: Sequence[Piece], made: dict[Piece, Stretch]) -> tuple[Stretch, ...]:
    """Put kept and removed lines into the order of the raw text; a line made before is taken again."""
    ordered = kept
    if removed:
        placed = [(reading.raw_span(piece.at, piece.at + 1)[0], piece) for piece in kept]
        placed += ((piece.at, piece) for piece in removed)
        ordered = [piece for _, piece in sorted(placed, key=lambda item: item[0])]
    return tuple(made.setdefault(piece, Stretch(reading, (piece,))) for piece in ordered)


def joined(lines: Sequence[Stretch]) -> Stretch:
    """Take neighbouring lines as one text."""
    return Stretch(lines[0].reading, tuple(piece for line in lines for piece in line.pieces))


_SPACED = pattern(r"(?<!\S)(?:[\u3400-\u9fff]\s+){2,}[\u3400-\u9fff](?!\S)")
_NUMBER = pattern(r"(?<=[\u3400-\u9fff])\s+(?=[0-9０-９]+\s*[年月日届屆次号號个個])|(?<=[0-9０-９])\s+(?=[年月日届屆次号號个個])")
_BESIDE_MARK = pattern(r"\s+(?=[（(）)《》〈〉“”「」『』、，。：；！？])|(?<=[（(）)《》〈〉“”「」『』、，。：；！？])\s+")
_BROKEN = pattern(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*|\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_RUN = pattern(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(text: str) -> str:
    """Give words in one line, without spaces that only set them: beside marks and numbers, in spaced-out words, at breaks."""
    text = _BROKEN.sub("", text.translate(_INVISIBLE).strip())
    text = _SPACED.sub(lambda run: _RUN.sub("", run[0]), text)
    text = _BESIDE_MARK.sub("", _NUMBER.sub("", text))
    return _RUN.sub(" ", text)
