"""Labelled values: 来源：…, 日期：…, 讲话人：…, 记者：…, 時　　間　…, in lines kept or removed, several in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from archive.describing.front import PROCEEDINGS_LABEL
from archive.describing.lines import Lines, Stretch
from archive.describing.names import is_name
from archive.describing.page_lines import CREDIT, CREDITED, ONE_CREDITED, TABBED
from archive.describing.vocabulary import pattern, rows
from archive.folding import fold

_LABEL = pattern(r"<labels.tsv>(?=[:：])")
_BEFORE = frozenset(" \t\n\r\u3000\xa0|丨/,，;；。.)）]】(（[【:：'\"\u200b")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and its value.

    Attributes:
        label: The label, folded.
        states: What the table says it states.
        line: Where the value stands.
        start: First character of the value in the folded form.
        end: One past the last; greater than start.
    """

    label: str
    states: str
    line: Stretch
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The value, folded."""
        return self.line.folded[self.start : self.end]

    @property
    def value(self) -> str:
        """The value in the letters of the text."""
        return self.line.letters(self.start, self.end)


@cache
def _states() -> dict[str, str]:
    return {fold(label): states for label, states in rows("labels.tsv")}


def find_labelled(lines: Lines) -> tuple[Labelled, ...]:
    """Find the labelled values of a document's head and tail, in order; a label at the end of a line is followed by its value."""
    found: list[Labelled] = []
    for part in (lines.head, lines.rest):
        for number, line in enumerate(part):
            found += _in_line(line, part[number + 1 : number + 2])
    return tuple(found)


def _in_line(line: Stretch, following: Sequence[Stretch]) -> Iterator[Labelled]:
    folded = line.folded
    labels = [match for match in _LABEL.finditer(folded) if _begins_here(line, match.start())] if ":" in folded else []
    if labels and (labels[0].start() < 40 or not line.kept):
        for number, match in enumerate(labels):
            start = match.end() + 1
            end = labels[number + 1].start() if number + 1 < len(labels) else len(folded)
            end = _value_end(line, start, end)
            if start < end:
                yield Labelled(match[0], _states()[match[0]], line, start, end)
            elif (
                following and number + 1 == len(labels) and len(following[0].folded) <= 60 and not _LABEL.match(following[0].folded)
            ):
                yield Labelled(match[0], _states()[match[0]], following[0], 0, len(following[0].folded))
    elif not labels and "\t" in line.text and (cells := TABBED.match(line.text)) and fold(cells["label"]) in _states():
        label = fold(cells["label"])
        yield Labelled(label, _states()[label], line, line.folded.index(fold(cells["value"])), len(line.folded))
    elif not labels:
        yield from _in_proceedings(line)
        yield from _in_credits(line)


def _begins_here(line: Stretch, at: int) -> bool:
    """Whether a label begins a line or stands behind white space or a mark."""
    offset = line.form.offsets[at]
    return at == 0 or line.text[offset - 1] in _BEFORE or line.text[offset - 1] in "(["


def _value_end(line: Stretch, start: int, end: int) -> int:
    """End a value at two spaces, at a bracket that closes before it opens, or at a mark that ends a sentence."""
    folded = line.folded
    while end > start and folded[end - 1] in ")）]】|丨/;；,，。 (【[":
        end -= 1
    depth = 0
    for at in range(start, end):
        depth += (folded[at] in "(（【《") - (folded[at] in ")）】》")
        gap = line.text[line.form.offsets[at - 1] + 1 : line.form.offsets[at]] if at > start else ""
        if (
            depth < 0
            or folded[at] in "。;；|丨"
            or (len(gap) >= 2 and gap.strip(" \u3000\xa0\t") == "" and "\u3000" not in gap[:1])
        ):
            return at
    return end


def _in_proceedings(line: Stretch) -> Iterator[Labelled]:
    """Read 時　　間　中華民國…, a label set apart by white space, as in the head of proceedings."""
    match = PROCEEDINGS_LABEL.match(line.text)
    if match:
        label = fold(match["label"])
        yield Labelled(label, _states()[label], line, len(label), len(line.folded))


def _in_credits(line: Stretch) -> Iterator[Labelled]:
    """Read 本报记者 某某 通讯员 某某, names set apart by white space, in a short line of its own."""
    if len(line.folded) <= 60 and ("/" in line.folded or "|" in line.folded) and CREDITED.match(line.folded):
        for credit in ONE_CREDITED.finditer(line.folded):
            yield Labelled(credit["role"], _states()[credit["role"]], line, *credit.span("name"))
        return
    match = CREDIT.match(line.folded) if len(line.folded) <= 40 else None
    if match is None or re.search("[。;]", line.folded):
        return
    role = match["role"]
    for start, end in pairwise([match.end(), *line.gaps(match.end(), len(line.folded)), len(line.folded)]):
        part = line.folded[start:end]
        named = next((each for each in _states() if part.startswith(each) and _states()[each].startswith("credit.")), None)
        if named:
            role, start = named, start + len(named)
        if is_name(line.folded[start:end].rstrip(")、")):
            yield Labelled(
                role, _states().get(role, "credit.writer"), line, start, start + len(line.folded[start:end].rstrip(")、"))
            )
