"""What kind of furniture a whole line is: bars of buttons and links, credits, and what the table knows by its pattern.

A person decides by what a line says and by where it stands: some lines are furniture anywhere, some only at the head or tail of
a text, some only beside other furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from archive.cleaning.furniture_banners import cuts_a_sentence
from archive.cleaning.furniture_bars import mark_bar
from archive.cleaning.furniture_credits import Credit, is_bare_byline, is_fitting, is_moment, parse_credits
from archive.cleaning.furniture_marks import Mark, Strength
from archive.cleaning.furniture_notices import is_notice_line, may_belong_to_notice
from archive.cleaning.furniture_page import Page, pattern, table

_LONGEST = 150
_REMEMBERED = 4096
"""Texts repeat their short lines."""

_SHORT = 60
_BUTTONS = ("toolbar", "share-bar", "navigation")
_FEWEST_BUTTONS = 3
_TURNS = 3
"""A label that stands so often in a text names a speaker's turn."""


def mark_line(page: Page, number: int) -> Mark | None:
    """Say what kind of furniture a line looks like, if any.

    Args:
        page: The text.
        number: 0-based number of a visible line.
    """
    line = page.plain(number).strip()
    anchored = number in page.anchored
    if len(line) > _SHORT and not anchored:
        return None
    if len(line) <= _LONGEST:
        found = _known(line) or mark_bar(line) or _credit_line(page, number, line)
        if found is not None:
            return found
    strength = _notice_strength(line) if anchored else Strength.NOWHERE
    return Mark("notice", strength) if strength and not cuts_a_sentence(line) else None


def _notice_strength(line: str) -> Strength:
    if is_notice_line(line, alone=True):
        return Strength.ANYWHERE
    if is_notice_line(line):
        return Strength.EDGE
    return Strength.BESIDE if may_belong_to_notice(line) else Strength.NOWHERE


class Marks:
    """What the lines of a text look like, each looked at once and only when asked for."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._marks: dict[int, Mark | None] = {}

    def strength(self, number: int) -> Strength:
        """Say where a line is furniture; nowhere, if it looks like none or there is no such line."""
        if not 0 <= number < len(self._page.lines):
            return Strength.NOWHERE
        if number not in self._marks:
            self._marks[number] = mark_line(self._page, number)
        mark = self._marks[number]
        return Strength.NOWHERE if mark is None else mark.strength

    def rule(self, number: int) -> str:
        """Give the rule of a line that looks like furniture."""
        mark = self._marks[number]
        assert mark is not None
        return mark.rule

    def runs_of_buttons(self) -> Iterator[list[int]]:
        """Give three and more lines in a row that each look like a button or link, such as 下载, 打印, 收藏 one below the other."""
        last = -1
        for number in sorted(self._marks):
            if number > last and self._is_button(number):
                first = last = number
                while self._is_button(first - 1):
                    first -= 1
                while self._is_button(last + 1):
                    last += 1
                if last - first + 1 >= _FEWEST_BUTTONS:
                    yield list(range(first, last + 1))

    def _is_button(self, number: int) -> bool:
        return self.strength(number) > Strength.NOWHERE and self.rule(number) in _BUTTONS


@cache
def _patterns() -> tuple[tuple[Mark, re.Pattern[str]], ...]:
    rows = table("lines")["lines"]
    order = sorted(rows, key=lambda row: -Strength[row["strength"].upper()])
    return tuple(
        (
            Mark(row["rule"], Strength[row["strength"].upper()]),
            re.compile("|".join(f"(?:{pattern(each)})" for each in row["patterns"])),
        )
        for row in order
    )


@lru_cache(_REMEMBERED)
def _known(line: str) -> Mark | None:
    return next((mark for mark, known in _patterns() if known.fullmatch(line)), None)


def _credit_line(page: Page, number: int, line: str) -> Mark | None:
    credits = parse_credits(line)
    if not credits:
        if is_bare_byline(line):
            return Mark("credit-line", Strength.EDGE)
        if is_moment(line):  # 2021-03-04 18:20 is how sites write; 2021年3月4日18:20 may be when it was said
            return Mark("credit-line", Strength.BESIDE if "年" in line or "月" in line else Strength.EDGE)
        return _value_of_label_above(page, number, line)
    valued = [credit for credit in credits if credit.value]
    if len(valued) < _TURNS and any(_names_turns(page, credit) for credit in credits):
        return None
    if any(credit.loose for credit in credits):
        return Mark("credit-line", Strength.BESIDE) if credits[0].kind == "person" and not credits[0].weak else None
    if not valued:
        return _label_above_value(page, number, credits)
    if all(credit.kind == "count" for credit in credits):
        return Mark("counter", Strength.EDGE)
    firm = [credit for credit in valued if not credit.weak]
    if any(credit.certain and credit.kind in ("person", "date") for credit in firm) or (len(valued) >= 2 and firm):
        return Mark("credit-line", Strength.ANYWHERE if any(credit.certain for credit in firm) else Strength.EDGE)
    people = len(valued) >= 2 and (
        all(credit.kind == "person" for credit in valued) or len({credit.kind for credit in valued}) >= 2
    )
    return Mark("credit-line", Strength.EDGE if firm or people else Strength.BESIDE)


def _names_turns(page: Page, credit: Credit) -> bool:
    return credit.kind == "person" and not credit.certain and page.count(f"{credit.label}:") >= _TURNS


def _label_above_value(page: Page, number: int, credits: tuple[Credit, ...]) -> Mark | None:
    """A label alone on a line whose value stands on the next."""
    if len(credits) == 1 and number + 1 < len(page.lines):
        label = credits[0]
        value = page.plain(number + 1).strip()
        told = Credit("person" if label.kind == "source" else label.kind, label.label, value, label.weak, certain=False)
        if is_fitting(told) and (label.kind != "date" or not label.weak or ":" in value):
            return Mark("counter" if label.kind == "count" else "credit-line", Strength.EDGE)
    return None


def _value_of_label_above(page: Page, number: int, line: str) -> Mark | None:
    if number == 0 or not line:
        return None
    above = parse_credits(page.plain(number - 1).strip())
    if len(above) == 1 and not above[0].value and _label_above_value(page, number - 1, above):
        return Mark("counter" if above[0].kind == "count" else "credit-line", Strength.BESIDE)
    return None
