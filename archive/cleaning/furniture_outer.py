"""Short lines that only their place gives away: what else stands among the furniture before and behind a text.

No words tell such lines; what tells them is that the text is over, that furniture stands before them, and that nothing among them
looks like a signature, a date, an attachment or a sentence. Words of these: data/furniture_lines.toml.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from archive.cleaning.furniture_page import Page, pattern, table

_LONGEST, _MOST = 40, 8
"""Characters of a line among furniture, and how many such lines there may be."""

_FIRST_LINES = 4
_SITE_LONGEST, _CHANNEL_LONGEST = 10, 6
_JOINED = re.compile(r"\s*[-_|—–·丨│]+\s*")
_SENTENCE = re.compile("[。;!]")


@cache
def _outer() -> dict[str, re.Pattern[str]]:
    rows = table("lines")["outer"]
    return {name: re.compile("|".join(pattern(each) for each in rows[name])) for name in ("text", "site")}


def find_page_title(page: Page) -> Iterator[int]:
    """Find, before the title, the same title with the name of the site behind it: 某文_新闻_某某网."""
    for number in range(min(_FIRST_LINES, len(page.lines) - 1)):
        title, *rest = _JOINED.split(page.plain(number).strip())
        following = {page.plain(each).strip() for each in range(number + 1, min(number + 4, len(page.lines)))}
        if rest and len(title) >= 4 and title in following and _outer()["site"].search(rest[-1]) and max(map(len, rest)) <= 20:
            yield number


def find_site_line(page: Page, taken: Collection[int]) -> Iterator[int]:
    """Find, before the title, the name of a site with that of a channel, if furniture elsewhere names the site."""
    for number in range(min(_FIRST_LINES, len(page.lines) - 1)):
        if number in taken:
            continue
        words = page.plain(number).split()
        if not 1 <= len(words) <= 2 or not _outer()["site"].fullmatch(words[0]) or len(words[0]) > _SITE_LONGEST:
            return
        if len(words[-1]) <= max(_CHANNEL_LONGEST, len(words[0])) and any(words[0] in page.plain(each) for each in taken):
            yield number


def find_outer_lines(page: Page, taken: Collection[int]) -> Iterator[int]:
    """Find the short lines behind the first furniture of a tail, if all that stands there is short or furniture."""
    count = len(page.lines)
    last = count
    others: list[int] = []
    while last and (last - 1 in taken or _is_outer(page, last - 1)):
        last -= 1
        if last not in taken:
            others.append(last)
            if len(others) > _MOST:
                return
    first = next((number for number in range(last, count) if number in taken), count)
    behind = [number for number in others if number > first]
    if behind and last and 2 * len(behind) <= count - first and any(map(page.is_prose, range(last))):
        yield from behind


def _is_outer(page: Page, number: int) -> bool:
    line = page.plain(number).strip()
    is_short = len(line) <= _LONGEST and _SENTENCE.search(line) is None and re.search("[一-鿿]", line) is not None
    return is_short and _outer()["text"].match(line) is None
