"""Numbers as lists write them: 一 二 三, 甲 乙 丙, a b c, i ii iii, ①.

Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = {"simplified": "零壹贰叁肆伍陆柒捌玖", "traditional": "零壹貳參肆伍陸柒捌玖"}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"))
_ROMAN_ONES = ((5, "v"), (4, "iv"), (1, "i"))


def format_number(number: int, style: str) -> str:
    """Write the number of an item.

    Args:
        number: From 0; one that a style cannot write is written in Arabic digits.
        style: Value of w:numFmt; an unknown one is written in Arabic digits.
    """
    writer = _WRITERS.get(style)
    return (writer(number) if writer and number > 0 else "") or str(number)


def chinese(number: int, *, digits: str = _DIGITS, units: str = "十百千", bare_ten: bool = True) -> str:
    """Write a number below 10,000 in Chinese numerals: 十二, 二十, 一百零五; "" if it is larger."""
    if not 0 < number < 10_000:
        return ""
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += (digits[0] if gap and written else "") + digits[digit] + (units[place - 1] if place else "")
            gap = False
        else:
            gap = True
    return written.removeprefix(digits[1]) if bare_ten and 10 <= number < 20 else written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= 780 else ""


def _roman(number: int) -> str:
    written = ""
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        written += letters * (number // value)
        number %= value
    return written if len(written) < 20 else ""


def _legal(script: str) -> Callable[[int], str]:
    return lambda number: chinese(number, digits=_LEGAL[script], units="拾佰仟", bare_ten=False)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else ""


_CIRCLED = "".join(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))
_WRITERS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), chinese),
    **dict.fromkeys(("taiwaneseCountingThousand", "japaneseCountingThousand"), chinese),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        lambda n: "".join("〇一二三四五六七八九"[int(d)] for d in str(n)),
    ),
    "chineseLegalSimplified": _legal("simplified"),
    "ideographLegalTraditional": _legal("traditional"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"), _of(_CIRCLED)),
    "decimalEnclosedParen": _of("".join(map(chr, range(0x2474, 0x2488)))),
    "decimalEnclosedFullstop": _of("".join(map(chr, range(0x2488, 0x249C)))),
    "decimalFullWidth": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
