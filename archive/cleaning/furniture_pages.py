"""What the pages of a book or a printout leave in plain text: page marks, page numbers, running heads.

A mark such as 第3页 or - 3 - shows itself. A bare number or a short line is one only if it comes again and again at the distances of
pages and cuts sentences in two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean, pstdev

from archive.cleaning.furniture_page import Page

_MARK = re.compile(
    r"[\[(【]?\s*第\s*[0-9]{1,4}\s*页\s*[,、/(]?\s*(?:共|总)\s*[0-9]{1,4}\s*页\s*[\])】]?"
    r"|page\s*[0-9]{1,4}\s*(?:of|/)\s*[0-9]{1,4}|页码?\s*[:]?\s*[0-9]{1,4}\s*/\s*[0-9]{1,4}|第\s*[0-9]{1,4}\s*/\s*[0-9]{1,4}\s*页"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}\s*页"
)
_SIGN = re.compile(r"[-—–_~·•.|=<\[(]{1,3}\s*(?:第\s*)?[0-9]{1,4}(?:\s*页)?\s*[-—–_~·•.|=>\])]{1,3}|第\s*(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,5})\s*页|[0-9]{1,3}\s*/\s*[0-9]{1,3}|p(?:age)?[. ]*[0-9]{1,4}")
_INLINE = re.compile(r"[第][\s]*[0-9０-９]{1,4}[\s]*[页頁]")
_IN_TEXT = re.compile(r"\s*[\[(【]?\s*第\s*([0-9]{1,4})\s*页\s*[,、/]?\s*(?:共|总)\s*[0-9]{1,4}\s*页\s*[\])】]?\s*")
_NUMBER = re.compile(r"[0-9]{1,4}")
_NUMBERED = re.compile(r"(?:([0-9]{1,4})\s+)?(.*?)(?:\s+([0-9]{1,4}))?")
_NO_HEAD = re.compile(r".*[。,;!?:…]|.*[|│┃\t].*|[(（【「“].*|[#*>].*|\W*")
_OPEN_END = re.compile(r"[^。!?;:”」』)…】.]\s*")
_FEWEST_HEADS, _LONGEST_HEAD, _FEWEST_NUMBERS = 4, 40, 3
_LEAST_PAGE = 200
"""Characters, fewer than any page holds."""


def find_page_marks(page: Page) -> Iterator[int]:
    """Find lines that are page marks, page numbers or, beside these, nothing else."""
    signs = []
    for number in _short_lines(page, 24):
        line = page.plain(number).strip()
        if _MARK.fullmatch(line):
            yield number
        elif _SIGN.fullmatch(line):
            signs.append(number)
    yield from (number for number in signs if _is_page_sign(page, number, signs))
    yield from _page_numbers(page)


def _short_lines(page: Page, longest: int) -> Iterator[int]:
    return (number for number, line in enumerate(page.lines) if line.end - line.start <= longest)


def _is_page_sign(page: Page, number: int, signs: Sequence[int]) -> bool:
    """Whether a sign such as - 3 - is a page's: it names itself, cuts a sentence, or has a fellow a page away."""
    line = page.plain(number)
    return len(signs) >= 2 or "页" in line or _cuts(page, number) or line.strip()[0] in "-—·"


def _cuts(page: Page, number: int) -> bool:
    """Whether the line before stops inside a sentence."""
    before = page.plain(number - 1)[-2:] if number else ""
    return len(before) == 2 and _OPEN_END.fullmatch(before[-1]) is not None


def _page_numbers(page: Page) -> Iterator[int]:
    """Bare numbers that count up by one at the distances of pages, some of them in mid-sentence."""
    bare = [(number, int(page.plain(number))) for number in _short_lines(page, 4) if _NUMBER.fullmatch(page.plain(number))]
    chain: list[tuple[int, int]] = []
    for each in [*bare, (len(page.lines), -1)]:
        if chain and each[1] == chain[-1][1] + 1 and _distance(page, chain[-1][0], each[0]) >= _LEAST_PAGE:
            chain.append(each)
            continue
        if chain and each[1] >= 0 and _distance(page, chain[-1][0], each[0]) < _LEAST_PAGE and len(chain) >= _FEWEST_NUMBERS:
            continue  # a number between two pages
        if len(chain) >= _FEWEST_NUMBERS and 4 * sum(_cuts(page, _first_of_break(page, number)) for number, _ in chain) >= len(chain):
            yield from (number for number, _ in chain)
        chain = [each]


def _first_of_break(page: Page, number: int) -> int:
    """The running head may stand before the page number."""
    return number - 1 if number and len(page.plain(number - 1)) <= _LONGEST_HEAD and not _cuts(page, number) else number


def _distance(page: Page, first: int, second: int) -> int:
    end = page.lines[second].start if second < len(page.lines) else len(page.text.string)
    return end - page.lines[first].end


def find_running_heads(page: Page) -> Iterator[int]:
    """Find short lines that come again at near-regular distances, with or without a page number that counts up."""
    places: defaultdict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for number in _short_lines(page, _LONGEST_HEAD):
        line = page.text.string[page.lines[number].start : page.lines[number].end]
        found = _NUMBERED.fullmatch(line)
        key = "".join(found[2].split()) if found else ""
        if len(key) >= 4:
            places[key].append((number, int(found[1] or found[3]) if found and (found[1] or found[3]) else None))
    for key, found in places.items():
        if len(found) >= _FEWEST_HEADS and not _NO_HEAD.fullmatch(key) and _are_pages(page, found):
            yield from (number for number, _ in found)


def _are_pages(page: Page, found: Sequence[tuple[int, int | None]]) -> bool:
    numbers = [number for number, _ in found]
    gaps = [_distance(page, first, second) for first, second in pairwise(numbers)]
    counts = [count for _, count in found if count is not None]
    rising = all(1 <= second - first <= 4 for first, second in pairwise(counts))
    if min(gaps) < _LEAST_PAGE // 2 or fmean(gaps) < _LEAST_PAGE or (counts and (len(counts) < len(found) or not rising)):
        return False
    beside = sum(_has_number_beside(page, number) for number in numbers)
    cutting = sum(_cuts(page, number) or (number > 0 and page.plain(number - 1).strip().isdigit() and _cuts(page, number - 1)) for number in numbers)
    regular = pstdev(gaps) <= 0.35 * fmean(gaps)
    numbered = len(counts) == len(found) or 5 * beside >= 4 * len(found)
    return 3 * cutting >= len(found) and (regular or numbered)


def _has_number_beside(page: Page, number: int) -> bool:
    near = (page.plain(each).strip() for each in (number - 1, number + 1) if 0 <= each < len(page.lines))
    return any(_NUMBER.fullmatch(line) or _SIGN.fullmatch(line) for line in near)


def find_marks_in_text(page: Page) -> Iterator[tuple[int, int]]:
    """Find 第3页 共12页 inside running text, with the spaces around it; ranges of the text."""
    known = {number for number in _short_lines(page, 24)}
    for found in _INLINE.finditer(page.text.string):
        number = _line_at(page, found.start())
        if number is None or number in known:
            continue
        line = page.lines[number]
        start = max(line.start, found.start() - 8)
        mark = _IN_TEXT.search(page.plain(number), start - line.start, found.end() - line.start + 24)
        if mark:
            yield line.start + mark.start(), line.start + mark.end()


def _line_at(page: Page, offset: int) -> int | None:
    low, high = 0, len(page.lines)
    while low < high:
        middle = (low + high) // 2
        if page.lines[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low if low < len(page.lines) and page.lines[low].start <= offset else None
