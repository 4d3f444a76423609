"""Numbers as dates write them: in ASCII digits or in Chinese numerals, by places (二〇二〇) or by value (九十二, 一百零九)."""

from __future__ import annotations

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "o": 0,
    "元": 1,
    "壹": 1,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "拾": 10}
_TENS = {"廿": 20, "卅": 30}

NUMERAL = "[0-9〇零一二三四五六七八九十百廿卅元o]"
"""One character of a number in folded text."""


def parse_number(text: str) -> int | None:
    """Read a number of folded text, or give None where the characters make none.

    `2020`, `二〇二〇`, `九十二`, `一百零九`, `廿三` and `元` (the first year of an era) are read.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if not any(char in _UNITS or char in _TENS for char in text):
        digits = [_DIGITS.get(char) for char in text]
        return None if None in digits or not text else int("".join(map(str, digits)))
    total = current = 0
    for char in text:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        elif char in _TENS:
            total += _TENS[char]
        elif char in _DIGITS:
            current = _DIGITS[char]
        else:
            return None
    return total + current
