"""Which lines of a PDF's pages are no text of it, and which go on in the next line.

Running heads recur at the edge of pages; page numbers count with them. A line goes on unless the next is indented, or it ends a
sentence short of the margin; the margins are those of its column. Source: notes text.md 9.3.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.importers.pdf_columns import PdfLine

_EDGE = 0.15
"""Share of the page's height, at its top and at its bottom, where heads, feet and numbers stand."""

_FEWEST_PAGES, _LONGEST = 3, 80
_DIGITS = re.compile("[0-9０-９]+")
_NUMBER = re.compile(
    r"(?P<dash>[-–—―－·•~～\s]*)(?:第\s*)?(?P<number>[0-9０-９]{1,4}|[一二三四五六七八九十]{1,3})\s*(?P<page>[页頁]?)"
    r"(?:\s*[/／|，,]?\s*[共总總]?\s*[0-9０-９]{1,4}\s*[页頁]?)?[-–—―－·•~～\s]*"
)
_HAN_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}
_SENTENCE_ENDS = frozenset("。！？!?…：:；;”」』）)")
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
    edges = [
        (page, number, line)
        for page, lines in enumerate(pages)
        for number, line in enumerate(lines)
        if (line.height < _EDGE or line.height > 1 - _EDGE) and len(line.text) <= _LONGEST
    ]
    found = dict.fromkeys(_page_numbers(edges), "pdf.page-number")
    places: dict[tuple[str, bool], list[tuple[int, int, float]]] = defaultdict(list)
    for page, number, line in edges:
        key = _DIGITS.sub("#", re.sub(r"\s", "", line.text))
        places[key, line.height < 0.5].append((page, number, line.height))
    for (key, _), standing in places.items():
        common = Counter(round(height * 100) for _, _, height in standing).most_common(1)[0][0]
        same = [(page, number) for page, number, height in standing if abs(height * 100 - common) <= 1.5]
        if len({page for page, _ in same}) >= _FEWEST_PAGES and key != "#":
            for place in same:
                found.setdefault(place, "pdf.running-head")
    return found


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


def find_margins(lines: Sequence[PdfLine]) -> dict[tuple[int, int], Margins]:
    """Find the margins of each column of each page.

    Args:
        lines: The lines of the text, heads and numbers left out.

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
    return found


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


def goes_on(line: PdfLine, following: PdfLine, margins: dict[tuple[int, int], Margins], *, indents_tell: bool) -> bool:
    """Whether a line goes on in the next one, so that the line end between them is only the margin's.

    Args:
        line: A line of the text.
        following: The next one; perhaps in the next column or on the next page.
        margins: From `find_margins`.
        indents_tell: Whether paragraphs of this file begin with an indent.
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
    if (line.page, line.column) == (following.page, following.column) and not 0 < following.top - line.top < 1.7 * own.leading:
        return False
    ends_sentence = text[-1] in _FULL_STOPS
    short = own.end - line.end
    if following.start - others.start > 0.9 * em:
        return abs((following.start - others.start) - (line.start - own.start)) < 0.3 * em and short < em and not ends_sentence
    if text[-1] in _SENTENCE_ENDS and (short > 1.6 * em or _ITEM.match(ahead)):
        return False
    if ends_sentence and not indents_tell:
        return False
    word = _WORD.match(ahead)
    return short <= max(3.5 * em, len(word[0]) * 0.7 * em if word else 0)


def do_indents_tell(lines: Sequence[PdfLine], margins: dict[tuple[int, int], Margins]) -> bool:
    """Whether paragraphs begin with an indent: two lines or more, and not most."""
    indents = [(line.start - margins[line.page, line.column].start) / line.em for line in lines]
    return sum(0.9 < indent < 5 for indent in indents) >= 2


def joint(left: str, right: str) -> str:
    """Give what stands between two halves of a paragraph: a space between words of the Latin script, else nothing."""
    words = left.isascii() and right.isascii() and right not in _CLOSES and left != "-" and not (left.isdigit() and right.isdigit())
    return " " if words else ""
