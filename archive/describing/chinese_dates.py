"""Dates in all the writings of Chinese texts, as EDTF strings.

2020年3月10日, 二〇二〇年三月十日, 中華民國八十六年四月七日, 民國97年, 2020-03-10, 2020.3.10, 20200310, in years of the Republic
105-04-16 and 105年4月16日, 8月1日 without a year (`XXXX-08-01`), and digits whose signs are lost (`2013111`). A range gives its
first day. Years by regnal eras and days of the lunar calendar are not read. All offsets count folded text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from archive.dates import parse_date
from archive.describing.numerals import NUMERAL, parse_number
from archive.describing.vocabulary import pattern
from archive.errors import InvalidMetadata

_ROC = 1911
_REPUBLIC_NOW = range(100, 140)
"""Three digits before 年 that are a year of the Republic."""
_EARLIEST, _LATEST = 1600, 2099
"""Years beyond which four digits are hardly a year."""

_DATE_SIGN = pattern("[0-9年月]")
_SEPARATED = pattern(
    rf"(?P<era>中华民国|民国)?(?<![0-9.])(?P<year>{NUMERAL}{{1,5}})年(?:(?P<month>{NUMERAL}{{1,3}})月(?:份|(?P<day>{NUMERAL}{{1,3}})[日号]?)?)?"
)
_DIGITS = pattern(
    r"(?P<era>中华民国|民国)?(?<![0-9./-])(?P<year>(?:1[6-9]|20)[0-9]{2}|(?<=民国)[0-9]{2,3})"
    r"(?P<sign>[-./])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<day>[0-9]{1,2}))?(?![0-9%])"
)
_COMPACT = pattern(r"(?<![0-9a-z.])(?P<digits>(?:19|20)[0-9]{4,6})(?![0-9a-z%.])")
_REPUBLIC = pattern(
    r"(?<![0-9./-])(?P<year>1[0-3][0-9])(?:(?P<sign>[-./])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?![0-9%./-]))"
)
"""Years of the Republic without its name: 105-04-16. No other day is written with a year of three digits."""
_WITHOUT_YEAR = pattern(rf"(?<![年0-9一二三四五六七八九十])(?P<month>{NUMERAL}{{1,2}})月(?P<day>{NUMERAL}{{1,3}})[日号]")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, and where it stands in folded text.

    Attributes:
        start: First character.
        end: One past the last.
        values: Its readings as EDTF strings, at least one; several where signs are lost.
    """

    start: int
    end: int
    values: tuple[str, ...]

    @property
    def value(self) -> str:
        """The only reading, or the first."""
        return self.values[0]

    @property
    def is_day(self) -> bool:
        """Whether it names one day of a known year."""
        return len(self.values) == 1 and len(self.value) == len("2020-03-10") and self.value[0] != "X"


@lru_cache(1 << 10)
def find_dates(folded: str) -> tuple[FoundDate, ...]:
    """Find the dates of a folded text, in order, not overlapping."""
    if _DATE_SIGN.search(folded) is None:
        return ()
    found = sorted(_all_dates(folded), key=lambda date: (date.start, -date.end))
    kept: list[FoundDate] = []
    for date in found:
        if not kept or kept[-1].end <= date.start:
            kept.append(date)
    return tuple(kept)


def _all_dates(folded: str) -> Iterator[FoundDate]:
    for written in (_SEPARATED, _DIGITS):
        for match in written.finditer(folded):
            if len(match["year"]) == 3 and not match["era"] and not match["day"]:
                continue  # a span of years
            value = _edtf(_year(match["year"], bool(match["era"])), match["month"], match["day"])
            if value is not None:
                yield FoundDate(*match.span(), (value,))
    for match in _WITHOUT_YEAR.finditer(folded):
        value = _edtf("XXXX", match["month"], match["day"])
        if value is not None:
            yield FoundDate(*match.span(), (value,))
    for match in _REPUBLIC.finditer(folded):
        value = _edtf(_year(match["year"], True), match["month"], match["day"])
        if value is not None:
            yield FoundDate(*match.span(), (value,))
    for match in _COMPACT.finditer(folded):
        values = readings(match["digits"])
        if values:
            yield FoundDate(*match.span(), values)


def _year(text: str, of_republic: bool) -> str | None:
    number = parse_number(text)
    if number is None:
        return None
    if of_republic:
        return str(number + _ROC) if 0 < number < 200 else None
    if len(text) == 3 and text.isdecimal() and number in _REPUBLIC_NOW:
        return str(number + _ROC)
    by_places = len(text) == 4 and not set(text) & set("十百廿卅元")
    return str(number) if by_places and _EARLIEST <= number <= _LATEST else None


def _edtf(year: str | None, month: str | None, day: str | None) -> str | None:
    """Give an EDTF string if the calendar has such a day; a day that it lacks makes no date at all."""
    if year is None:
        return None
    numbers = [parse_number(part) for part in (month, day) if part is not None]
    if None in numbers:
        return None
    value = "-".join([year, *(f"{number:02}" for number in numbers)])
    try:
        parse_date(value)
    except InvalidMetadata:
        return None
    return value


def readings(digits: str) -> tuple[str, ...]:
    """Give every reading of six to eight digits as year, month and day, or as year and month; the fullest first.

    `20200310` has one reading as a day, `2013111` has two.
    """
    year, rest = digits[:4], digits[4:]
    if not _EARLIEST <= int(year) <= _LATEST:
        return ()
    cuts = [(rest[:at], rest[at:]) for at in (1, 2) if 0 < len(rest) - at <= 2]
    days = [_edtf(year, month, day) for month, day in cuts if not (len(digits) < 8 and day.startswith("0"))]
    months = [_edtf(year, rest, None)] if len(rest) == 2 else []
    return tuple(dict.fromkeys(value for value in [*days, *months] if value is not None))


def common_part(values: tuple[str, ...]) -> str:
    """Give the year, or year and month, that all readings share."""
    parts = [value.split("-") for value in values]
    shared = 0
    while shared < min(map(len, parts)) and all(left[shared] == right[shared] for left, right in pairwise(parts)):
        shared += 1
    return "-".join(parts[0][:shared])
