"""Titles that stand in one line with the text: before a salutation, set off by white space, or among bars of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from archive.describing.front import OPENING, SALUTATION, Front, is_byline_and_day
from archive.describing.lines import Stretch
from archive.describing.title_lines import GENRE
from archive.describing.vocabulary import pattern

_BEFORE_SALUTATION = pattern(
    rf"(?P<title>[^。;?!]{{4,90}}?(?:<kinds.tsv>)(?:[(][^()0-9]{{1,12}}[)])?)(?P<between>[^。;:,!?]{{0,50}}?)(?={OPENING})"
)

_NUMBERED = pattern(r"[0-9]{1,2}[.、](?![0-9])")


def titles_in_text(front: Front) -> Iterator[Stretch]:
    """Find titles that stand in one line with the text: before a salutation, or set off by white space."""
    for line in front.lines[:15]:
        if len(line.folded) <= 60:
            continue
        numbered = _NUMBERED.match(line.folded)
        start = numbered.end() if numbered else 0
        match = _BEFORE_SALUTATION.match(line.folded, start)
        if match and (not match["between"] or is_byline_and_day(match["between"])):
            copy = _last_copy(match["title"])
            yield line.part(start + copy[0], start + copy[1])
        elif (gap := next(iter(line.gaps(start, min(len(line.folded), 80))), 0)) and GENRE.search(line.folded[start:gap]):
            yield line.part(start, gap)
        elif part := _among_bars(line):
            yield line.part(*part)


def _among_bars(line: Stretch) -> tuple[int, int] | None:
    """Find a title that stands in one line with bars of a page before it and a salutation behind it: the last set off by space."""
    salutation = SALUTATION.search(line.folded[:250])
    if salutation is None:
        return None
    parts = pairwise([0, *line.gaps(0, salutation.start()), salutation.start()])
    titles = [(start, end) for start, end in parts if 6 <= end - start <= 60 and GENRE.search(line.folded[start:end])]
    return titles[-1] if titles else None


def between_title_and_salutation(line: Stretch) -> tuple[int, int] | None:
    """Give where name and day stand between the title and the salutation of a text that is all one line; None if they do not."""
    numbered = _NUMBERED.match(line.folded)
    match = _BEFORE_SALUTATION.match(line.folded, numbered.end() if numbered else 0) if len(line.folded) > 60 else None
    return match.span("between") if match and match["between"] and is_byline_and_day(match["between"]) else None


def _last_copy(folded: str) -> tuple[int, int]:
    """Give the last of several copies that stand one behind the other; the whole where there is one."""
    for start in range(len(folded) // 2, 3, -1):
        rest = folded[start:]
        if folded[:start].endswith(rest):
            return start, len(folded)
    return 0, len(folded)
