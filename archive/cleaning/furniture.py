"""Furniture: what a site, a scanner or an uploader put around a text and into it. One finder for all its rules.

Whole lines first, from the outside in: lines that are furniture anywhere, lines that are at the head or tail, then what stands
beside these. Afterwards what stands inside paragraphs. Modules: `furniture_page` (the text as all of them see it),
`furniture_lines`, `furniture_credits`, `furniture_notices`, `furniture_lists`, `furniture_pages`, `furniture_banners`. Source: notes text.md 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.cleaning.furniture_banners import Find, find_at_end, find_at_start, find_banners, find_notices, find_photo_credit
from archive.cleaning.furniture_lines import Mark, Strength, mark_line
from archive.cleaning.furniture_lists import find_keywords, find_related, find_split_breadcrumb, find_wiki_tail
from archive.cleaning.furniture_page import Page
from archive.cleaning.furniture_pages import find_marks_in_text, find_page_marks, find_running_heads
from archive.cleaning.rules import edit
from archive.cleaning.text import Text
from archive.edits import Edit

_OUTER_LINES = 60
"""So many lines at either end are looked at one by one; between them only those that hold an anchor."""

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
    count = len(page.lines)
    outer = {*range(min(_OUTER_LINES, count)), *range(max(count - _OUTER_LINES, 0), count)}
    marks: dict[int, Mark | None] = {number: mark_line(page, number) for number in sorted(outer.union(page.anchored))}
    taken: dict[int, str] = {}

    def take(rule: str, numbers: Iterable[int]) -> None:
        for number in numbers:
            taken.setdefault(number, rule)

    take("wiki-tail", find_wiki_tail(page))
    take("breadcrumb", find_split_breadcrumb(page))
    take("page-mark", find_page_marks(page))
    take("running-head", find_running_heads(page))
    for number, mark in marks.items():
        if mark is not None and mark.strength is Strength.ANYWHERE:
            take(mark.rule, [number])
    take(
        "related",
        find_related(
            page, frozenset(taken).union(number for number, mark in marks.items() if mark and mark.strength > Strength.BESIDE)
        ),
    )
    firm = {number for number, mark in marks.items() if mark is not None and mark.strength is not Strength.BESIDE}.union(taken)
    for tail in (False, True):
        for number in page.zone(firm, tail=tail):
            mark = marks.get(number)
            if mark is not None and mark.strength is Strength.EDGE:
                take(mark.rule, [number])
    _take_runs(marks, taken)
    _grow(page, marks, taken)
    take("keywords", find_keywords(page, [number for number, rule in taken.items() if rule == "notice"]))
    return taken


def _take_runs(marks: dict[int, Mark | None], taken: dict[int, str]) -> None:
    """Take three and more lines in a row that each look like furniture a little, such as 下载, 打印, 收藏 one below the other."""
    run: list[int] = []
    for number in [*sorted(marks), -1]:
        mark = marks.get(number)
        if mark is not None and mark.rule in ("toolbar", "share-bar", "navigation") and (not run or number == run[-1] + 1):
            run.append(number)
            continue
        if len(run) >= 3:
            for each in run:
                taken.setdefault(each, marks[each].rule)  # type: ignore[union-attr]
        run = [number] if mark is not None and mark.rule in ("toolbar", "share-bar", "navigation") else []


def _grow(page: Page, marks: dict[int, Mark | None], taken: dict[int, str]) -> None:
    """Take what stands beside furniture and looks like it, until nothing more does."""
    waiting = list(taken)
    while waiting:
        number = waiting.pop()
        if taken[number] in ("page-mark", "running-head"):
            continue
        for near in (number - 1, number + 1):
            if near in taken or not 0 <= near < len(page.lines):
                continue
            if near not in marks:
                marks[near] = mark_line(page, near)
            mark = marks[near]
            if mark is not None and (
                mark.rule == taken[number] or mark.rule != "notice" or taken[number] in ("address-line", "keywords")
            ):
                taken[near] = mark.rule
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
        if number < first + _OUTER_LINES // 2:
            finds += find_photo_credit(plain)
        finds += find_banners(plain)
        finds += find_notices(plain)
        start = page.lines[number].start
        for find in finds:
            if find.end - find.start < len(plain):
                yield edit(f"furniture.{find.rule}", start + find.start, start + find.end, confidence=find.confidence)
            else:
                yield edit(f"furniture.{find.rule}", *page.span(number), confidence=find.confidence)
    for begin, end in find_marks_in_text(page):
        yield edit("furniture.page-mark", begin, end)


FURNITURE = (find_furniture,)
"""The stage of cleaning that removes furniture."""
