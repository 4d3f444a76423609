"""What kind of furniture a whole line is: bars of buttons and links, credits, and what the table knows by its pattern.

A person decides by what a line says and by where it stands: some lines are furniture anywhere, some only at the head or tail of
a text, some only beside other furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from archive.cleaning.furniture_credits import Credit, is_bare_byline, is_fitting, is_moment, parse_credits
from archive.cleaning.furniture_notices import is_notice_line, may_belong_to_notice
from archive.cleaning.furniture_page import Page, any_of, pattern, table

_LONGEST = 150
_SHORT = 60
_SEPARATORS = r"[\s|│丨∣/·•、,.>»›→←<\[\]【】()「」…:;*=+↑↓▲▼◆■●_—–\-#!0-9]"
_TURNS = 3
"""A label that stands so often in a text names a speaker's turn."""


class Strength(IntEnum):
    """Where such a line is furniture."""

    BESIDE = 1
    EDGE = 2
    ANYWHERE = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line looks like.

    Attributes:
        rule: Id of the rule, without its family.
        strength: Where it is furniture.
    """

    rule: str
    strength: Strength


def mark_line(page: Page, number: int) -> Mark | None:
    """Say what kind of furniture a line looks like, if any.

    Args:
        page: The text.
        number: 0-based number of a visible line.
    """
    line = page.plain(number).strip()
    if len(line) > _SHORT and number not in page.anchored:
        return None
    if len(line) <= _LONGEST:
        found = _known(line) or _bar(line) or _credit_line(page, number, line) or _bracket_of_bar(line)
        if found is not None:
            return found
    if is_notice_line(line, alone=True):
        return Mark("notice", Strength.ANYWHERE)
    if is_notice_line(line):
        return Mark("notice", Strength.EDGE)
    if may_belong_to_notice(line):
        return Mark("notice", Strength.BESIDE)
    return None


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


def _known(line: str) -> Mark | None:
    return next((mark for mark, known in _patterns() if known.fullmatch(line)), None)


@cache
def _bar_words() -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    weights: dict[str, tuple[str, int]] = {}
    for rule, rows in table("lines")["bars"].items():
        for row, weight in (("hard", 2), ("soft", 1)):
            for word in rows[row].split():
                weights.setdefault(pattern(word), (rule, weight))
    return re.compile(any_of(weights)), weights


@cache
def _bar_line() -> re.Pattern[str]:
    words, _ = _bar_words()
    return re.compile(rf"{_SEPARATORS}*+(?:(?:{words.pattern}){_SEPARATORS}*+)++")


def _bar(line: str) -> Mark | None:
    """A line of nothing but words of bars. Two hard words, or one among three, are furniture anywhere."""
    if not line.strip(" 0123456789") or not re.sub(_SEPARATORS, "", line):
        return Mark("navigation", Strength.BESIDE) if 0 < len(line) <= 12 and not line[0].isdigit() else None
    if _bar_line().fullmatch(line) is None:
        return None
    words, weights = _bar_words()
    found = list(dict.fromkeys(words.findall(line)))
    rules = [weights[word][0] for word in found]
    hard = [word for word in found if weights[word][1] == 2]
    rule = weights[hard[0]][0] if hard else max(rules, key=rules.count)
    apart = len(found) == 1 or re.search(_SEPARATORS, line.strip()) is not None
    if len(hard) >= 2 or (hard and len(found) >= 3 and apart):
        return Mark(rule, Strength.ANYWHERE)
    if (
        hard
        or (len(found) >= 3 and apart and rule != "navigation")
        or (len(found) == 1 and rule == "share-bar" and line.endswith(":"))
    ):
        return Mark(rule, Strength.EDGE)
    return Mark(rule, Strength.BESIDE) if apart else None


def _bracket_of_bar(line: str) -> Mark | None:
    """`【字号:` and other beginnings and ends of a bar that was cut into lines."""
    return Mark("toolbar", Strength.EDGE) if re.fullmatch(r"[【\[(]\s*(?:字号|字体|字级|打印|分享)\s*:?", line) else None


def _credit_line(page: Page, number: int, line: str) -> Mark | None:
    credits = parse_credits(line)
    if not credits:
        if is_bare_byline(line):
            return Mark("credit-line", Strength.EDGE)
        if is_moment(line):
            return Mark("credit-line", Strength.BESIDE)
        return _value_of_label_above(page, number, line)
    if any(_names_turns(page, credit) for credit in credits):
        return None
    valued = [credit for credit in credits if credit.value]
    if not valued:
        return _label_above_value(page, number, credits)
    if all(credit.kind == "count" for credit in credits):
        return Mark("counter", Strength.EDGE)
    firm = [credit for credit in valued if not credit.weak]
    if any(credit.certain and credit.kind in ("person", "date") for credit in firm) or (len(valued) >= 2 and firm):
        return Mark("credit-line", Strength.ANYWHERE if any(credit.certain for credit in firm) else Strength.EDGE)
    people = len(valued) >= 2 and all(credit.kind == "person" for credit in valued)
    return Mark("credit-line", Strength.EDGE if firm or people else Strength.BESIDE)


def _names_turns(page: Page, credit: Credit) -> bool:
    string = page.text.string
    return (
        credit.kind == "person" and not credit.certain and sum(string.count(f"{credit.label}{colon}") for colon in ":：") >= _TURNS
    )


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
