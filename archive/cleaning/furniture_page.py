"""A text as the rules of furniture look at it: lines in one script and one width, and where its head and its tail are.

A line's plain form is as long as the line, so that offsets are those of the text; words of the tables stand as they fold.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from archive.cleaning.text import Line, Text
from archive.folding import fold_letters

_HEAD_LINES, _TAIL_LINES = 15, 8
"""So many lines that are neither furniture nor prose belong to the head or the tail: title, speaker, date, signature."""

_LONG, _SHORT = 60, 18
_GREETING = re.compile("(?:各位|同志|尊敬|女士|先生|朋友|代表|委员|主席).{0,40}[:!]")
_SENTENCE = re.compile("[。;!?]")

_ADDRESS = "[a-z0-9./?&=%#:~+_@-]"
_MACROS = {
    "colon": "[:丨|│∶]",
    "url": rf"(?:(?:https?://|www\.)[a-z0-9-]{{1,60}}(?:\.[a-z0-9-]{{1,60}}){{0,5}}\.[a-z]{{2,10}}(?::[0-9]{{2,5}})?(?:[/?#]{_ADDRESS}{{0,200}})?|https?://{_ADDRESS}{{3,200}}|[a-z0-9-]{{2,30}}(?:\.[a-z0-9-]{{2,30}})?\.(?:com|cn|net|org|cc|top|vip|example|info|xyz|wang|site|online|club)(?![a-z0-9])(?:\.[a-z]{{2}}|/{_ADDRESS}{{0,120}})?)",
    "quoted": "(?:[“\"‘'「『《【(<﹝〔][^”\"’'」』》】)>﹞〕\n]{1,20}[”\"’'」』》】)>﹞〕])",
    "count": r"[【\[(]?\s*[0-9][0-9,.]*\s*(?:万|w|k|千|亿)?\s*\+?\s*(?:次|人|人次|条)?\s*[】\])]?\s*(?:次|人次|人)?",
    "moment": (
        r"(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s*(?:星期|周)[一二三四五六日])?\s*(?:上午|下午)?\s*\d{1,2}:\d{2}(?::\d{2})?"
    ),
    "who": "[一-鿿]{2,14}(?:网|报|社|台|发布|中心|客户端|日报|晚报|在线|政府|新闻|传媒)",
    "crumb": r"[^\s,。;!?:>»›→≫》〉/\\|▶▸·—–-]{1,20}(?:\s{1,2}[^\s,。;!?:>»›→≫》〉/\\|▶▸·—–-]{1,12}){0,2}",
    "arrow": r"\s*[>»›→≫》〉/\\|▶▸·:—–-]{1,4}\s*",
    "pointer": r"\s*[>»›→≫》〉▶▸]{1,4}\s*",
}


def level(text: str) -> str:
    """Give a text in one script, one width and lower case; as long as the text."""
    return fold_letters(text, dropping=False)


def pattern(source: str, macros: dict[str, str] | None = None) -> str:
    """Write a pattern of the tables out: macros in, letters as they fold (signs of the pattern itself are ASCII and stay)."""
    known = {**_MACROS, **(macros or {})}
    for _ in range(2):  # a macro may hold a macro
        source = re.sub(r"<([a-z]+)>", lambda found: f"(?:{known[found[1]]})" if found[1] in known else found[0], source)
    return "".join(char if char.isascii() else level(char) for char in source)


@cache
def table(name: str) -> dict[str, Any]:
    """Read one of the tables of furniture."""
    return tomllib.loads((files("archive") / "data" / f"furniture_{name}.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Make a pattern of words, the longest first."""
    return "|".join(re.escape(level(word)) for word in sorted(set(words), key=len, reverse=True))


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(any_of(table("lines")["anchors"]["words"].split()))


class Page:
    """A text with what all rules of furniture want to know of it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.lines = text.lines
        self._level = level(text.string)
        self._counts: dict[str, int] = {}

    def plain(self, number: int) -> str:
        """Give a line in its plain form, as long as the line."""
        line = self.lines[number]
        return self._level[line.start : line.end]

    @cached_property
    def anchored(self) -> dict[int, None]:
        """Numbers of the lines that hold an anchor, in order."""
        return dict.fromkeys(self.line_at(hit.start()) for hit in _anchors().finditer(self._level))

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """Give the number of the line that holds a visible code point of the text."""
        return bisect_right(self._starts, offset) - 1

    def count(self, words: str) -> int:
        """Say how often words stand in the plain text."""
        if words not in self._counts:
            self._counts[words] = self._level.count(words)
        return self._counts[words]

    def span(self, number: int) -> tuple[int, int]:
        """Give the range that removes a line whole: from its indent to the indent of the line that follows."""
        following = number + 1
        end = self.lines[following].indent if following < len(self.lines) else len(self.text.string)
        return self.lines[number].indent, end

    def is_prose(self, number: int) -> bool:
        """Whether a line is running text or the greeting of a speech, before and after which no head or tail reaches."""
        line: Line = self.lines[number]
        length = line.end - line.start
        if length >= _LONG:
            return True
        plain = self.plain(number)
        return _GREETING.fullmatch(plain) is not None or (length >= _SHORT and _SENTENCE.search(plain) is not None)

    def zone(self, is_furniture: Callable[[int], bool], *, tail: bool) -> Iterator[int]:
        """Give the numbers of the lines of the head or the tail, from the outside in.

        Args:
            is_furniture: Whether a line looks like furniture; such lines do not count and do not end the zone.
            tail: The tail rather than the head.
        """
        others = 0
        for number in range(len(self.lines) - 1, -1, -1) if tail else range(len(self.lines)):
            if not is_furniture(number):
                others += 1
                if others > (_TAIL_LINES if tail else _HEAD_LINES) or self.is_prose(number):
                    return
            yield number
