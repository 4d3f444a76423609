"""Which lines of a PDF's pages are no text of it, and which go on in the next line.

Running heads recur at the edge of pages; page numbers count with them. A line goes on unless the next is indented, or it ends a
sentence short of the margin; the margins are those of its column. Source: notes text.md 9.3.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.importers.pdf_columns import PdfLine

_EDGE = 0.15
"""Share of the page's height, at its top and at its bottom, where heads, feet and numbers stand."""

_FEWEST_PAGES, _LONGEST = 3, 80
_MOST_UNLIKE = 4
"""Lines by which the margins of a page may differ; where more is free behind all lines, none of them is full."""

_DIGITS = re.compile("[0-9０-９]+")
_NUMBER = re.compile(
    r"(?P<dash>[-–—―－·•~～\s]*)(?:第\s*)?(?P<number>[0-9０-９]{1,4}|[一二三四五六七八九十]{1,3})\s*(?P<page>[页頁]?)"
    r"(?:\s*[/／|，,]?\s*[共总總]?\s*[0-9０-９]{1,4}\s*[页頁]?)?[-–—―－·•~～\s]*"
)
_HAN_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}
_SENTENCE_ENDS = frozenset("。！？!?…：:；;”」』）)")
_MARKS = _SENTENCE_ENDS | frozenset("，,、—")
_FULL_STOPS = frozenset("。！？!?…")
_CLOSES = frozenset("-%.,;:!?)]")
_ITEM = re.compile(
    "[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十百0-9]+[编編章节節条條]"
    "|[0-9]+[、.．](?![0-9])"
)
_LEADER = re.compile(r"[.．…·]{3,}\s*[0-9]+\s*$")
_WORD = re.compile("[A-Za-z0-9]+")


def find_heads(pages: Sequence[Sequence[PdfLine]]) -> dict[tuple[int, int], str]:
    """Find running heads, running feet and page numbers.

    Args:
        pages: The lines of each page.

    Returns:
        Rule by page and number of the line on it.
    """
    edges = [(page, number, lines[number]) for page, lines in enumerate(pages) for number in _outermost(lines)]
    found = dict.fromkeys(_page_numbers(edges), "pdf.page-number")
    everywhere = Counter(_pattern(line) for lines in pages for line in lines)
    places: dict[tuple[str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for page, number, line in edges:
        for height, start in _neighbourhood(line, moves="#" in _pattern(line)):
            places[_pattern(line), height, start].append((page, number))
    for (pattern, _, _), standing in places.items():
        if pattern != "#" and _recurs({page for page, _ in standing}) and len(standing) > 0.6 * everywhere[pattern]:
            for place in standing:
                found.setdefault(place, "pdf.running-head")
    return found


def _outermost(lines: Sequence[PdfLine]) -> list[int]:
    """Give the numbers of short lines at the upper and lower edge of a page, at most two on each."""
    outer = []
    for order in (1, -1):
        ranked = sorted(range(len(lines)), key=lambda number: order * lines[number].height)
        heights = sorted({round(order * lines[number].height, 2) for number in ranked})[:2]
        outer += [number for number in ranked if round(order * lines[number].height, 2) in heights]
    at_edge = (number for number in outer if not _EDGE <= lines[number].height <= 1 - _EDGE)
    return [number for number in dict.fromkeys(at_edge) if len(lines[number].text) <= _LONGEST]


def _pattern(line: PdfLine) -> str:
    """Give a line's text without white space, every number as `#`."""
    return _DIGITS.sub("#", re.sub(r"\s", "", line.text))


def _recurs(pages: set[int]) -> bool:
    """Whether a line stands on three pages or more, and on 40 % of all between: every page or every other, not here and there."""
    return len(pages) >= _FEWEST_PAGES and len(pages) >= 0.4 * (max(pages) - min(pages) + 1)


def _neighbourhood(line: PdfLine, *, moves: bool) -> list[tuple[int, int]]:
    """Give the places, in steps of some points, that count as the place of a line; one whose number changes moves sideways."""
    height, start = round(line.height * 200), 0 if moves else round(line.start / 4)
    return [(height + down, start + aside) for down in (-1, 0, 1) for aside in ((0,) if moves else (-1, 0, 1))]


def _page_numbers(edges: Sequence[tuple[int, int, PdfLine]]) -> list[tuple[int, int]]:
    """Find lines that are numbers of pages: they count with the pages, or say that they are."""
    candidates = []
    for page, number, line in edges:
        match = _NUMBER.fullmatch(line.text.strip())
        if match:
            decorated = bool(match["page"]) or (bool(match["dash"].strip()) and line.text.strip()[-1] in "-–—―－·•~～")
            candidates.append((page, number, _value(match["number"]) - page, decorated))
    offsets = Counter(offset for _, _, offset, _ in candidates)
    if not offsets:
        return []
    common, count = offsets.most_common(1)[0]
    return [(page, number) for page, number, offset, decorated in candidates if decorated or (offset == common and count >= 2)]


def _value(number: str) -> int:
    if number[0] not in "一二三四五六七八九十":
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end, and how far one is from the next."""

    start: float
    end: float
    leading: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file sets its paragraphs: with an indent, with more space between them, with both or neither."""

    indents: bool
    gaps: bool


def find_margins(lines: Sequence[PdfLine], extents: Sequence[float]) -> dict[tuple[int, int], Margins]:
    """Find the margins of each column of each page.

    Args:
        lines: The lines of the text, heads and numbers left out.
        extents: How far a line could run on each page.

    Returns:
        Margins by page and column; a column of few lines has those of most columns of its number.
    """
    columns: dict[tuple[int, int], list[PdfLine]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column].append(line)
    found = {place: _margins(own) for place, own in columns.items()}
    rich = {place: margins for place, margins in found.items() if len(columns[place]) >= 6}
    usual: dict[int, Margins] = {}
    for column in {column for _, column in rich}:
        those = sorted((margins for (_, other), margins in rich.items() if other == column), key=lambda each: each.end - each.start)
        usual[column] = those[len(those) // 2]
    for place, margins in found.items():
        if place not in rich and place[1] in usual:
            like = usual[place[1]]
            start = min(margins.start, like.start) if abs(margins.start - like.start) < 60 else margins.start
            found[place] = Margins(start, max(margins.end, start + like.end - like.start), like.leading)
    last = {page: max(column for other, column in found if other == page) for page, _ in found}
    for (page, column), margins in found.items():
        free = extents[page] - margins.end - margins.start
        if column == last[page] and free > _MOST_UNLIKE * margins.leading and _are_whole(columns[page, column], margins):
            found[page, column] = replace(margins, end=extents[page] - margins.start)  # no line reaches the margin, as in verse
    return found


def _are_whole(lines: Sequence[PdfLine], margins: Margins) -> bool:
    """Whether the longest lines end with a mark of punctuation, as verses do and broken lines seldom."""
    longest = [line for line in lines if margins.end - line.end < 1.6 * line.em]
    return sum(line.text[-1] in _MARKS for line in longest) > 0.6 * len(longest)


def _margins(lines: Sequence[PdfLine]) -> Margins:
    em = sorted(line.em for line in lines)[len(lines) // 2]
    starts = Counter(round(line.start / (em / 2)) for line in lines)
    support = max(2, 0.15 * len(lines)) if len(lines) > 3 else 1
    often = [place for place, count in starts.items() if count >= support] or list(starts)
    start = min(line.start for line in lines if round(line.start / (em / 2)) == min(often))
    ends = sorted(line.end for line in lines)
    end = ends[-1] if len(ends) < 4 or ends[-1] - ends[-2] < 2 * em else ends[-2]
    steps = sorted(below.top - above.top for above, below in pairwise(lines) if below.top > above.top + em / 2)
    return Margins(start, end, steps[len(steps) // 2] if steps else 2 * em)


def goes_on(line: PdfLine, following: PdfLine, margins: dict[tuple[int, int], Margins], *, habits: Habits) -> bool:
    """Whether a line goes on in the next one, so that the line end between them is only the margin's.

    Args:
        line: A line of the text.
        following: The next one; perhaps in the next column or on the next page.
        margins: From `find_margins`.
        habits: From `find_habits`.
    """
    own, others = margins[line.page, line.column], margins[following.page, following.column]
    em = min(line.em, following.em)
    text, ahead = line.text.strip(), following.text.strip()
    if max(line.n_pieces, following.n_pieces) >= 3 or _LEADER.search(text) or _LEADER.search(ahead):
        return False  # rows of a table, entries of a table of contents
    if (line.column < 0) != (following.column < 0):
        return False
    if min(len(text), len(ahead)) >= 4 and max(line.em, following.em) > 1.2 * em:
        return False
    same_column = (line.page, line.column) == (following.page, following.column)
    if same_column and not 0 < following.top - line.top < (1.25 if habits.gaps else 1.7) * own.leading:
        return False
    ends_sentence = text[-1] in _FULL_STOPS
    short = own.end - line.end
    if following.start - others.start > 0.9 * em:
        return abs((following.start - others.start) - (line.start - own.start)) < 0.3 * em and short < em and not ends_sentence
    if text[-1] in _SENTENCE_ENDS and (short > 1.6 * em or _ITEM.match(ahead)):
        return False
    if ends_sentence and not (habits.indents or (habits.gaps and same_column)):
        return False
    word = _WORD.match(ahead)
    return short <= max(3.5 * em, len(word[0]) * 0.7 * em if word else 0)


def find_habits(lines: Sequence[PdfLine], margins: dict[tuple[int, int], Margins]) -> Habits:
    """Find how paragraphs are told: an indent or a wider gap must be seen twice, and on fewer than half of all lines."""
    indents = [(line.start - margins[line.page, line.column].start) / line.em for line in lines]
    steps = [
        (below.top - above.top) / margins[above.page, above.column].leading
        for above, below in pairwise(lines)
        if (above.page, above.column) == (below.page, below.column)
    ]
    wider = sum(1.25 <= step < 3 for step in steps)
    return Habits(sum(0.9 < indent < 5 for indent in indents) >= 2, 2 <= wider < len(steps) / 2)


def joint(left: str, right: str) -> str:
    """Give what stands between two halves of a paragraph: a space between words of the Latin script, else nothing."""
    words = left.isascii() and right.isascii() and right not in _CLOSES and left != "-" and not (left.isdigit() and right.isdigit())
    return " " if words else ""
