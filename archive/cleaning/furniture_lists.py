"""Blocks of lines that their first line and their place give away.

Lists of other texts, key words of a sharing site, the end of a wiki page, a breadcrumb cut into lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from archive.cleaning.furniture_page import Page, any_of, pattern, table

_TITLE_LONGEST, _TITLES_MOST, _TAIL_LINES = 60, 40, 60
_MARKED = re.compile(
    r"(?:[·•●■◆▶★※*-]|[0-9]{1,2}[.、,)\s]|\[?[0-9]{1,2}\]).*|.*\(?\s*(?:\d{4}[-./])?\d{1,2}[-./]\d{1,2}\s*(?:\d{1,2}:\d{2})?\)?|《.*》"
)
_NO_TITLE = re.compile(r".*[。;:,]|(?:各位|同志们|附件).*|.*[。].*")
_ARROW = re.compile(r"[>»›→≫》〉/\\]+")
_CRUMB_LONGEST = 20
_FRONT_LINES = 40
_WORD_LONGEST, _WORDS_FEWEST = 8, 3
_WIKI_LONGEST = 3000


@cache
def _words() -> str:
    rows = table("lines")["related"]
    return f"{any_of(rows['headings'].split())}|{pattern(rows['heading'])}"


@cache
def _heading() -> re.Pattern[str]:
    words = _words()
    return re.compile(pattern(rf"[【\[(▌▍■◆●*>-]*\s*(?:{words})[】\])]?\s*:?\s*(?:更多\s*[>»]*)?[>»↓▼]*\s*"))


@cache
def _listing() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"[【\[]?(?:{words})[】\]]?\s*:\s*[^。]{{4,200}}")


def find_related(page: Page, is_furniture: Callable[[int], bool]) -> Iterator[int]:
    """Find headings such as 相关报道 with the titles below them.

    Titles are taken as far as the text or other furniture goes; where prose follows, only those that have a list's marks.
    """
    last = len(page.lines) - 1
    for number in sorted({*page.anchored, *range(max(0, last - _TAIL_LINES), last + 1)}):
        line = page.plain(number).strip()
        if len(line) > 220 or (len(line) > 30 and ":" not in line):
            continue
        if _heading().fullmatch(line):
            titles = _titles(page, number + 1, is_furniture)
            end = titles[-1] if titles else number
            if end == last or is_furniture(end + 1):
                yield from (number, *titles)
            else:
                marked = []
                for each in titles:
                    if not _MARKED.fullmatch(page.plain(each).strip()):
                        break
                    marked.append(each)
                if marked:
                    yield from (number, *marked)
        elif number >= last - 6 and _listing().fullmatch(line):
            yield number


def _titles(page: Page, start: int, is_furniture: Callable[[int], bool]) -> list[int]:
    titles: list[int] = []
    for number in range(start, min(start + _TITLES_MOST, len(page.lines))):
        line = page.plain(number).strip()
        if not 4 <= len(line) <= _TITLE_LONGEST or _NO_TITLE.fullmatch(line) or _heading().fullmatch(line):
            break
        if is_furniture(number):
            break
        titles.append(number)
    return titles


def find_keywords(page: Page, notices: frozenset[int]) -> Iterator[int]:
    """Find the words, one a line, that sharing sites set between their notice and the text: half of them stand in its beginning."""
    ends = [number + 1 for number in notices if number + 1 not in notices and number < 40]
    for start in ends:
        words: list[int] = []
        for number in range(start, len(page.lines)):
            line = page.plain(number).strip()
            if len(line) > _WORD_LONGEST or re.search(r"[,。;:!?()《》]", line):
                break
            words.append(number)
        following = "".join(
            page.plain(number) for number in range(start + len(words), min(start + len(words) + 3, len(page.lines)))
        )[:400]
        found = sum(page.plain(number).strip() in following for number in words)
        if len(words) >= _WORDS_FEWEST and 2 * found >= len(words):
            yield from words


@cache
def _wiki() -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = table("lines")["wiki"]
    return re.compile("|".join(pattern(each) for each in rows["beginnings"])), tuple(pattern(each) for each in rows["words"])


def find_wiki_tail(page: Page) -> Iterator[int]:
    """Find where the licence notice of a wiki page begins near the end of a text; all from there to the end belongs to it."""
    beginning, words = _wiki()
    count = len(page.lines)
    first = None
    length = 0
    for number in range(count - 1, max(count - 80, 0), -1):
        line = page.plain(number).strip()
        length += len(line)
        if length > _WIKI_LONGEST or len(line) > 400:
            break
        if beginning.match(line):
            first = number
    if first is not None:
        tail = "".join(page.plain(number) for number in range(first, count))
        if any(word in tail for word in words):
            yield from range(first, count)


def find_split_breadcrumb(page: Page) -> Iterator[int]:
    """Find a breadcrumb cut into lines: short words and arrows by turns, from a site's first page on."""
    if not any(line.end - line.start <= 2 for line in page.lines[:_FRONT_LINES]):
        return
    number = 0
    while number + 2 < min(len(page.lines), _FRONT_LINES):
        path = [number]
        while (
            path[-1] + 2 < len(page.lines) and _ARROW.fullmatch(page.plain(path[-1] + 1).strip()) and _is_crumb(page, path[-1] + 2)
        ):
            path += [path[-1] + 1, path[-1] + 2]
        if (
            len(path) >= 3
            and _is_crumb(page, number)
            and (len(path) >= 5 or "首页" in page.plain(number) or "位置" in page.plain(number))
        ):
            yield from path
        number = path[-1] + 1


def _is_crumb(page: Page, number: int) -> bool:
    return len(page.plain(number)) <= _CRUMB_LONGEST and not re.search(r"[,。;!?]", page.plain(number))
