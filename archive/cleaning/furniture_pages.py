"""What the pages of a book or a printout leave in plain text: page marks, page numbers, running heads.

A mark such as 第3页 or - 3 - shows itself. A bare number or a short line is one only if it comes again and again at the distances
of pages and cuts sentences in two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from statistics import fmean, pstdev

from archive.cleaning.furniture_page import Page

_MARK = re.compile(
    r"[\[(【]?\s*第\s*[0-9]{1,4}\s*页\s*[,、/(]?\s*(?:共|总)\s*[0-9]{1,4}\s*页\s*[\])】]?"
    r"|page\s*[0-9]{1,4}\s*(?:of|/)\s*[0-9]{1,4}|页码?\s*[:]?\s*[0-9]{1,4}\s*/\s*[0-9]{1,4}|第\s*[0-9]{1,4}\s*/\s*[0-9]{1,4}\s*页"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}\s*页|<pb:[^<>]{1,40}>¶?"
)
_SIGN = re.compile(
    r"[-—–_~·•.|=<\[(]{1,3}\s*(?:第\s*)?[0-9]{1,4}(?:\s*页)?\s*[-—–_~·•.|=>\])]{1,3}"
    r"|第\s*(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,5})\s*页|[0-9]{1,3}\s*/\s*[0-9]{1,3}|p(?:age)?[. ]*[0-9]{1,4}"
)
_INLINE = re.compile(r"[第][\s]*[0-9０-９]{1,4}[\s]*[页頁]")
_IN_TEXT = re.compile(r"\s*[\[(【]?\s*第\s*([0-9]{1,4})\s*页\s*[,、/]?\s*(?:共|总)\s*[0-9]{1,4}\s*页\s*[\])】]?\s*")
_MAY_BE = re.compile("[0-9０-９]|第.*[页頁]")
_NUMBER = re.compile(r"[0-9]{1,4}")
_NUMBERED = re.compile(r"(?:([0-9]{1,4})\s.*[^0-9])|(?:[^0-9].*\s([0-9]{1,4}))")
_NUMERIC = " \t\u3000\xa00123456789·•-—"
_NO_HEAD = re.compile(r".*[。,;!?:…¶，；！？：]|.*[|│┃、<>].*|[(（【「“#*>].*|(?:(?![一-鿿]{2}).)*")
_OPEN_END = re.compile(r".{10,}[一-鿿a-z0-9,、“「《(]")
_FEWEST_HEADS, _LONGEST_HEAD, _FEWEST_NUMBERS, _LONGEST_MARK = 4, 40, 3, 40
_NO_HEAD_BESIDE = re.compile(r"[。,;!?:…¶|│┃]|^[(（【「“#*>]")
_FEWEST_BESIDE, _LEAST_HEAD = 2, 4
_CHUNK_LEAST, _FEWEST_CHUNKS, _CHUNKED_LEAST = 80, 3, 300
_PAUSES = frozenset("。！？；：，、,;:!?.…”」』）)】")
_LEAST_PAGE = 200
"""Characters, fewer than any page holds."""


def find_page_marks(page: Page) -> Iterator[int]:
    """Find lines that are page marks, page numbers or, beside these, nothing else."""
    signs = []
    for number in _short_lines(page, _LONGEST_MARK):
        string, place = page.text.string, page.lines[number]
        if _MAY_BE.search(string, place.start, place.end) is None:
            continue
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
    return len(signs) >= 2 or "页" in line or _cuts(page, number) or line.strip()[0] in "-—–－~·•"


def _cuts(page: Page, number: int) -> bool:
    """Whether the line before is long and stops inside a sentence."""
    return number > 0 and _OPEN_END.fullmatch(page.plain(number - 1)[-40:]) is not None


def _page_numbers(page: Page) -> Iterator[int]:
    """Bare numbers that count up by one at the distances of pages, some of them in mid-sentence."""
    string = page.text.string
    bare = [
        (number, int(string[line.start : line.end]))
        for number, line in enumerate(page.lines)
        if line.end - line.start <= 4 and _NUMBER.fullmatch(string, line.start, line.end)
    ]
    chain: list[tuple[int, int]] = []
    for each in [*bare, (len(page.lines), -1)]:
        if chain and each[1] == chain[-1][1] + 1 and _distance(page, chain[-1][0], each[0]) >= _LEAST_PAGE:
            chain.append(each)
            continue
        if chain and each[1] >= 0 and _distance(page, chain[-1][0], each[0]) < _LEAST_PAGE and len(chain) >= _FEWEST_NUMBERS:
            continue  # a number between two pages
        if len(chain) >= _FEWEST_NUMBERS and 4 * sum(_cuts(page, _first_of_break(page, number)) for number, _ in chain) >= len(
            chain
        ):
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
    string = page.text.string
    keys = [string[start:end].strip(_NUMERIC) if 4 <= end - start <= _LONGEST_HEAD else "" for _, start, end in page.lines]
    counts = Counter(keys).items()
    places: dict[str, list[int]] = {
        key: [] for key, count in counts if count >= _FEWEST_HEADS and len(key) >= 4 and not _NO_HEAD.fullmatch(key)
    }
    for number, key in enumerate(keys):
        if key in places:
            places[key].append(number)
    for numbers in places.values():
        if _are_pages(page, [(number, _own_number(page.plain(number))) for number in numbers]):
            yield from numbers


def find_heads_beside(page: Page, marks: Collection[int]) -> Iterator[int]:
    """Find short lines, the same twice and more, each of them at a page number or at the beginning of the text."""
    if len(marks) < _FEWEST_BESIDE:
        return
    places: dict[str, list[int]] = {}
    beside = {near for number in marks for near in (number - 1, number + 1)} - set(marks)
    for number in (0, *sorted(beside - {-1, 0, len(page.lines)})):
        line = page.lines[number]
        if number not in marks and _LEAST_HEAD <= line.end - line.start <= _LONGEST_HEAD:
            places.setdefault(page.plain(number), []).append(number)
    for key, numbers in places.items():
        if len(numbers) >= _FEWEST_BESIDE and page.count(key) == len(numbers) and not _NO_HEAD_BESIDE.search(key):
            yield from numbers


def _own_number(line: str) -> int | None:
    """The number before or behind the words of a running head."""
    found = _NUMBERED.fullmatch(line)
    return int(found[1] or found[2]) if found and (found[1] or found[2]) else None


def _are_pages(page: Page, found: Sequence[tuple[int, int | None]]) -> bool:
    """Whether such lines stand where pages break: a page apart, numbered, or else regular and between lines that differ."""
    numbers = [number for number, _ in found]
    gaps = [_distance(page, first, second) for first, second in pairwise(numbers)]
    counts = [count for _, count in found if count is not None]
    if min(gaps) < _LEAST_PAGE // 2 or fmean(gaps) < _LEAST_PAGE or (counts and len(counts) < len(found)):
        return False
    cutting = sum(
        _cuts(page, number) or (number > 0 and page.plain(number - 1).isdigit() and _cuts(page, number - 1)) for number in numbers
    )
    if counts:
        return 5 * cutting >= len(found) and all(1 <= second - first <= 4 for first, second in pairwise(counts))
    if 5 * sum(_has_number_beside(page, number) for number in numbers) >= 4 * len(found):
        return 5 * cutting >= len(found)
    differ = all(
        len({page.plain(number + step) for number in numbers if 0 <= number + step < len(page.lines)}) > 0.8 * len(found)
        for step in (-1, 1)
    )
    return differ and len(found) > _FEWEST_HEADS and 2 * cutting >= len(found) and pstdev(gaps) <= 0.35 * fmean(gaps)


def _has_number_beside(page: Page, number: int) -> bool:
    near = (page.plain(each).strip() for each in (number - 1, number + 1) if 0 <= each < len(page.lines))
    return any(_NUMBER.fullmatch(line) or _SIGN.fullmatch(line) for line in near)


def find_marks_in_text(page: Page) -> Iterator[tuple[int, int]]:
    """Find 第3页 共12页 inside running text, with the spaces around it; ranges of the text."""
    for found in _INLINE.finditer(page.text.string):
        number = page.line_at(found.start())
        line = page.lines[number]
        start = max(line.start, found.start() - 8)
        mark = _IN_TEXT.search(page.plain(number), start - line.start, found.end() - line.start + 24)
        if mark:
            yield line.start + mark.start(), line.start + mark.end()


def find_chunk_numbers(page: Page) -> Iterator[tuple[int, int]]:
    """Find the numbers with which a sharing site begins each piece of a text in one line; ranges of the text.

    They count 1、 2、 3、 from the beginning of the line on, far apart, and most of them cut a word or a clause.
    """
    string = page.text.string
    for line in page.lines:
        if line.end - line.start < _CHUNKED_LEAST or string[line.start] != "1" or string[line.start + 1] not in "、.":
            continue
        sign = string[line.start + 1]
        places = [line.start]
        while (at := string.find(f"{len(places) + 1}{sign}", places[-1] + _CHUNK_LEAST, line.end)) >= 0:
            places.append(at)
        cutting = sum(string[at - 1] not in _PAUSES for at in places[1:])
        if len(places) >= _FEWEST_CHUNKS and 3 * cutting >= 2 * (len(places) - 1):
            yield from ((at, at + len(str(number)) + 1) for number, at in enumerate(places, 1))
