"""Completeness: whether a text is all there, by what it says of its own length and by how it ends.

Three things are looked for, each by rules of `data/completeness.toml`: a length that the text announces, words that call it an
abridgement, and an end in mid-sentence. A list, a poem, a table or a signature at the end is no cut. Source: notes text.md 5.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files

from archive.describing.reading import Reading
from archive.ending import find_cuts
from archive.evidence import Evidence
from archive.folding import fold, fold_with_offsets
from archive.numbering import number_value

FLAG_FROM = 0.7
"""Confidence from which on evidence sets a flag; two weaker signs of a cut do so together."""

_FRONT, _BACK = 10, 5
"""Passages from the top and from the end in which a text speaks of itself."""

_LINE_MOST = 80
"""Characters of such a line."""

_REST_RULE = "furniture.cut-off"
"""The rule that removes a link to the rest of a text."""

_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a text is there.

    Attributes:
        announced: Length that it announces, in characters; None if it announces none.
        present: Visible characters of its body, marks included, white space left out.
        flags: `cut-off`, `abridged`, both or neither.
        evidence: What that rests on: fields `announced-length`, `abridgement`, `cut-off`, spans in the raw text.
    """

    announced: int | None
    present: int
    flags: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def share(self) -> float | None:
        """Share of the announced length that is there; may be above 1."""
        return self.present / self.announced if self.announced else None


def measure(reading: Reading) -> Completeness:
    """Measure a document against what it says of itself."""
    lines = [*_own_lines(reading)]
    lengths, abridged, cuts = [*_announced_lengths(lines)], [*_abridgements(reading, lines)], [*_cuts(reading)]
    announced = next((int(found.value) for found in lengths if found.value.isdigit()), None)
    present = count_characters(reading.body)
    if announced and present < _table().share * announced:
        cuts.append(_evidence("cut-off", "short-of-announced-length", lengths[0].start, lengths[0].end))
    is_cut = len(cuts) > 1 or any(found.confidence >= FLAG_FROM for found in cuts)
    is_abridged = any(found.confidence >= FLAG_FROM for found in abridged)
    flags = [flag for flag, is_set in (("cut-off", is_cut), ("abridged", is_abridged)) if is_set]
    return Completeness(announced, present, tuple(flags), (*lengths, *abridged, *cuts))


def count_characters(text: str) -> int:
    """Count the visible characters of a text: each code point that is neither white space nor invisible, marks included."""
    return len(_INVISIBLE.sub("", text))


# ------------------------------------------------------------------------------------------------------------ table


@dataclass(frozen=True, slots=True)
class _Table:
    quick: re.Pattern[str]
    announced: tuple[re.Pattern[str], ...]
    pages: re.Pattern[str]
    lengths: range
    share: float
    abridged_title: re.Pattern[str]
    abridged_note: re.Pattern[str]
    note_most: int
    left_out: re.Pattern[str]
    tail: re.Pattern[str]
    ended: re.Pattern[str]
    confidence: dict[str, float]


@cache
def _table() -> _Table:
    table = tomllib.loads((files("archive") / "data" / "completeness.toml").read_text(encoding="utf-8"))
    return _Table(
        re.compile(table["quick"]),
        tuple(re.compile(pattern.replace("{n}", table["number"])) for pattern in table["announced"]),
        re.compile(table["pages"]),
        range(table["shortest"], table["longest"]),
        table["share"],
        re.compile(table["abridged_title"]),
        re.compile(table["abridged_note"]),
        table["note_most"],
        re.compile(table["left_out"]),
        re.compile(table["tail"]),
        re.compile(table["ended"]),
        table["confidence"],
    )


# ---------------------------------------------------------------------------------------------- what the text says


@dataclass(frozen=True, slots=True)
class _Line:
    """A short line in which a text may speak of itself.

    Attributes:
        text: As it stands.
        number: Index of the passage; None for a removed line.
        raw_span: Gives the range of the raw text behind a range of the line.
    """

    text: str
    number: int | None
    raw_span: Callable[[int, int], tuple[int, int]]

    def search(self, pattern: re.Pattern[str]) -> tuple[re.Match[str], int, int] | None:
        """Search the folded line; give the match and its span in the raw text."""
        folded = fold_with_offsets(self.text)
        found = pattern.search(folded.folded)
        return (found, *self.raw_span(*folded.span(*found.span()))) if found else None


def _own_lines(reading: Reading) -> Iterator[_Line]:
    """Give the short passages near both ends, and the short lines that were removed, if they may say anything."""
    passages, quick = reading.passages, _table().quick
    for number, (start, text) in enumerate(passages):
        if (number < _FRONT or number >= len(passages) - _BACK) and len(text) <= _LINE_MOST and quick.search(text):
            yield _Line(text, number, partial(_span_of_kept, reading, start))
    for line in reading.removed:
        if len(line.text) <= _LINE_MOST and quick.search(line.text):
            yield _Line(line.text, None, partial(_span_of_removed, line.start))


def _span_of_kept(reading: Reading, at: int, first: int, last: int) -> tuple[int, int]:
    return reading.raw_span(at + first, at + last)


def _span_of_removed(at: int, first: int, last: int) -> tuple[int, int]:
    return at + first, at + last


def _evidence(field: str, value: str, start: int, end: int, confidence: float | None = None) -> Evidence:
    sure = _table().confidence[value] if confidence is None else confidence
    return Evidence(field, value, start, end, f"completeness.{field}", sure)


def _announced_lengths(lines: Sequence[_Line]) -> Iterator[Evidence]:
    """Find lengths that the text announces: characters as a number, pages as "12 pages"."""
    table = _table()
    for line in lines:
        if "。" in line.text:
            continue  # a sentence, which may speak of another text
        for pattern in table.announced:
            if found := line.search(pattern):
                match, start, end = found
                length = _length(match)
                if length in table.lengths:
                    yield _evidence("announced-length", str(length), start, end, 0.9)
                    break
        if pages := line.search(table.pages):
            yield _evidence("announced-length", f"{pages[0]['n']} pages", pages[1], pages[2], 0.8)


def _length(match: re.Match[str]) -> int:
    digits, unit = match["n"].replace(",", ""), {"万": 10_000, "千": 1_000}.get(match["unit"] or "", 1)
    return round(float(digits) * unit) if digits[0].isdecimal() else number_value(digits) * unit


def _abridgements(reading: Reading, lines: Sequence[_Line]) -> Iterator[Evidence]:
    """Find words that call the text an abridgement: in its title, or in a note."""
    table = _table()
    for line in lines:
        is_near_title = line.number is not None and line.number < _FRONT and "。" not in line.text
        if is_near_title and (found := line.search(table.abridged_title)):
            yield _evidence("abridgement", found[0][0], found[1], found[2], 0.9)
    for number, (start, text) in enumerate(reading.passages):
        if len(text) <= table.note_most and table.quick.search(text) and table.abridged_note.fullmatch(fold(text).strip()):
            before = fold("".join(passage for _, passage in reading.passages[max(0, number - 2) : number])[-60:])
            sure = 0.5 if "略" in text and table.left_out.fullmatch(before) else 0.9
            yield _evidence("abridgement", text.strip(), *reading.raw_span(start, start + len(text)), sure)


def _cuts(reading: Reading) -> Iterator[Evidence]:
    passages = reading.passages
    for cut in find_cuts([text for _, text in passages], _table().tail, _table().ended):
        start = passages[cut.passage][0]
        yield _evidence("cut-off", cut.reason, *reading.raw_span(start + cut.start, start + cut.end))
    for line in reading.removed:
        if line.rule == _REST_RULE:
            yield _evidence("cut-off", "link-to-the-rest", line.start, line.end)
