"""Numbers at the beginning of a line: 第一章, 一、, （二）, 3., 四是 and their like, in both scripts and both widths.

The styles are a table, `data/numbering.tsv`, outermost first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_DIGIT_ROWS = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "0123456789", "０１２３４５６７８９")
_DIGITS = {char: value for row in _DIGIT_ROWS for value, char in enumerate(row)}
_DIGITS |= {"○": 0, "两": 2, "兩": 2, "贰": 2, "貳": 2, "參": 3, "陸": 6}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000}
_ORDERS = ("首先", "其次", "再次")

HAN = "[〇○零一二两兩三四五六七八九十百](?:\\s?[〇○零一二两兩三四五六七八九十百]){0,6}"
"""Pattern of a number in Chinese digits as headings and announcements write it."""

DIGITS = "[0-9０-９]"
"""Pattern of one digit of either width."""


@dataclass(frozen=True, slots=True)
class Number:
    """The number that a line begins with.

    Attributes:
        style: Name of the style in the table, such as `han` for 一、.
        depth: 1 for the outermost style of headings; 0 for articles of a law, which are none.
        value: The number; 0 where a word says only that it is the last.
        end: One past the last code point of the number and its mark.
    """

    style: str
    depth: int
    value: int
    end: int


def number_value(digits: str) -> int:
    """Read a number such as 十二, 二百零三, 二〇二〇, 12 or １２; signs that are no digits are passed over."""
    total = section = at = 0
    for char in digits:
        unit = _UNITS.get(char)
        if char in _DIGITS:
            at = at * 10 + _DIGITS[char]
        elif unit is None:
            continue
        elif unit == 10_000:
            total, section, at = (total + section + at) * unit, 0, 0
        else:
            section, at = section + (at or 1) * unit, 0
    return total + section + at


def number_of(line: str) -> Number | None:
    """Read the number that a line without indent begins with."""
    found = _pattern().match(line)
    if found is None:
        return None
    style = found.lastgroup or ""
    written = found[style]
    if found["sign"]:
        value = ord(found["sign"]) - ord("①") + 1
    elif found["order"]:
        value = _ORDERS.index(found["order"]) + 1 if found["order"] in _ORDERS else 0
    else:
        value = number_value(re.split("之|[-－]", written)[0])
    return Number(style.replace("_", "-"), _depths()[style], value, found.end())


@cache
def _rows() -> tuple[tuple[str, int, str], ...]:
    table = (files("archive") / "data" / "numbering.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((style.replace("-", "_"), int(depth), pattern) for style, depth, pattern in rows)


@cache
def _depths() -> dict[str, int]:
    return {style: depth for style, depth, _ in _rows()}


@cache
def _pattern() -> re.Pattern[str]:
    numbers = {"{n}": f"(?:{HAN}|{DIGITS}{{1,4}})", "{h}": HAN, "{d}": DIGITS}
    parts = []
    for style, _, pattern in _rows():
        for name, number in numbers.items():
            pattern = pattern.replace(name, number)
        parts.append(f"(?P<{style}>{pattern})")
    return re.compile("|".join(parts))
