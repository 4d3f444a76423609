"""Furniture: what a site, a scanner or an uploader put around a text and into it. One finder for all its rules.

Whole lines first, from the outside in: lines that are furniture anywhere, lines that are at the head or tail, then what stands
beside these. Afterwards what stands inside paragraphs. Modules: `furniture_page` (the text as all see it), `furniture_marks`,
`furniture_lines`, `furniture_bars`, `furniture_credits`, `furniture_notices`, `furniture_lists`, `furniture_pages`,
`furniture_wiki`, `furniture_outer`, `furniture_banners`. Source: notes text.md 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.cleaning.furniture_banners import Find, find_at_end, find_at_start, find_inside, find_photo_credit
from archive.cleaning.furniture_lines import Marks
from archive.cleaning.furniture_lists import find_keywords, find_related, find_split_breadcrumb, find_wiki_tail
from archive.cleaning.furniture_marks import Strength
from archive.cleaning.furniture_outer import find_outer_lines, find_page_title, find_site_line
from archive.cleaning.furniture_page import Page
from archive.cleaning.furniture_pages import (
    find_chunk_numbers,
    find_heads_beside,
    find_marks_in_text,
    find_page_marks,
    find_running_heads,
)
from archive.cleaning.furniture_wiki import find_wiki_contents, find_wiki_marks
from archive.cleaning.rules import edit
from archive.cleaning.text import Text
from archive.edits import Edit

_FRONT_LINES = 30
"""So many lines from the first on may say who took the picture."""

_LEAST_LEFT = 12
"""Visible characters that must be left: a text that is nothing but furniture is a text about it."""

_ONE_EDIT_EACH = frozenset({"credit-line"})


def find_furniture(text: Text) -> Iterable[Edit]:
    """Find all furniture of a text; a family of rules as `archive.cleaning.text.Finder`."""
    if not text.lines:
        return []
    page = Page(text)
    lines = _whole_lines(page)
    edits = [*_line_edits(page, lines), *_inner_edits(page, lines)]
    visible = sum(line.end - line.start for line in page.lines)
    removed = sum(len("".join(text.string[each.start : each.end].split())) for each in edits)
    return edits if visible - removed >= _LEAST_LEFT else []


def _whole_lines(page: Page) -> dict[int, str]:
    """Give the lines that go, each with its rule."""
    marks = Marks(page)
    taken: dict[int, str] = {}

    def take(rule: str, numbers: Iterable[int]) -> None:
        for number in numbers:
            taken.setdefault(number, rule)

    take("wiki-tail", find_wiki_tail(page))
    take("wiki-mark", find_wiki_contents(page))
    take("page-title", find_page_title(page))
    take("breadcrumb", find_split_breadcrumb(page))
    take("page-mark", find_page_marks(page))
    take("running-head", (*find_running_heads(page), *find_heads_beside(page, frozenset(taken))))
    for number in page.anchored:
        if marks.strength(number) is Strength.ANYWHERE:
            take(marks.rule(number), [number])
    take("related", find_related(page, lambda number: number in taken or marks.strength(number) > Strength.BESIDE))
    for tail in (False, True):
        for number in page.zone(lambda number: number in taken or marks.strength(number) > Strength.NOWHERE, tail=tail):
            if marks.strength(number) >= Strength.EDGE:
                take(marks.rule(number), [number])
    for run in marks.runs_of_buttons():
        for number in run:
            take(marks.rule(number), [number])
    _grow(marks, taken)
    take("keywords", find_keywords(page, frozenset(number for number, rule in taken.items() if rule == "notice")))
    take("outer-line", (*find_site_line(page, frozenset(taken)), *find_outer_lines(page, frozenset(taken))))
    return taken


def _grow(marks: Marks, taken: dict[int, str]) -> None:
    """Take what stands beside furniture and looks like it, until nothing more does. A notice grows only along notices."""
    waiting = list(taken)
    while waiting:
        number = waiting.pop()
        if taken[number] in ("page-mark", "running-head"):
            continue
        for near in (number - 1, number + 1):
            if near not in taken and marks.strength(near) > Strength.NOWHERE:
                rule = marks.rule(near)
                if rule != "notice" or taken[number] in ("notice", "address-line"):
                    taken[near] = rule
                    waiting.append(near)


def _line_edits(page: Page, lines: dict[int, str]) -> Iterator[Edit]:
    """Make the edits of whole lines; neighbours of one rule go in one edit, credits each in its own."""
    numbers = sorted(lines)
    at = 0
    while at < len(numbers):
        last, rule = at, lines[numbers[at]]
        while (
            rule not in _ONE_EDIT_EACH
            and last + 1 < len(numbers)
            and numbers[last + 1] == numbers[last] + 1
            and lines[numbers[last + 1]] == rule
        ):
            last += 1
        yield edit(f"furniture.{rule}", page.span(numbers[at])[0], page.span(numbers[last])[1])
        at = last + 1


def _inner_edits(page: Page, lines: dict[int, str]) -> Iterator[Edit]:
    """Make the edits inside the lines that stay."""
    staying = [number for number in range(len(page.lines)) if number not in lines]
    if not staying:
        return
    first, last = staying[0], staying[-1]
    for number in dict.fromkeys((last, first, *page.anchored)):
        if number in lines:
            continue
        plain = page.plain(number)
        finds: list[Find] = []
        if number == last:
            finds += find_at_end(plain)
        if number == first:
            finds += find_at_start(plain)
        if number < first + _FRONT_LINES:
            finds += find_photo_credit(plain)
        finds += find_inside(plain)
        start = page.lines[number].start
        for find in finds:
            if find.end - find.start < len(plain):
                yield edit(f"furniture.{find.rule}", start + find.start, start + find.end, confidence=find.confidence)
            else:
                yield edit(f"furniture.{find.rule}", *page.span(number), confidence=find.confidence)
    for begin, end in find_marks_in_text(page):
        yield edit("furniture.page-mark", begin, end)
    for begin, end in find_chunk_numbers(page):
        yield edit("furniture.chunk-number", begin, end)
    for begin, end in find_wiki_marks(page):
        if page.line_at(end - 1) not in lines:
            yield edit("furniture.wiki-mark", begin, end)


FURNITURE = (find_furniture,)
"""The stage of cleaning that removes furniture."""
