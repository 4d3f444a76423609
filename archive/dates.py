"""Dates that may be known only in part: EDTF level 1 strings, and the calendar days they may mean.

`2020`, `2020-03`, `2020-03-10`, `XXXX-08-01`, `201X`, `1956-XX-12`, each with an optional `?`, `~` or `%` behind it (uncertain,
approximate, both). A date keeps the string that it was written as. Source: plan.md 5; ISO 8601-2:2019 annex A.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from archive.errors import InvalidMetadata

_EDTF = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[?~%])?"
)
HINT = "write 2020, 2020-03, 2020-03-10 or XXXX-08-01"
RANGE_HINT = "write 2019, 2019..2021-06, 2019.. or ..2021"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month, the year or less.

    Attributes:
        text: The EDTF string as written.
        earliest: First day it may mean; None if the year is unknown.
        latest: Last day it may mean, inclusive; None if the year is unknown.

    Always: earliest ≤ latest where known; `str(parse_date(s)) == s`.
    """

    text: str
    earliest: date | None
    latest: date | None

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> str | None:
        """The year as four digits, or None unless all four are known."""
        return self.text[:4] if self.text[:4].isdigit() else None

    def overlaps(self, start: date, end: date) -> bool:
        """Whether some day it may mean lies in [start, end], both inclusive; an unknown year overlaps nothing."""
        return self.earliest is not None and self.latest is not None and self.earliest <= end and start <= self.latest


def parse_date(text: str) -> PartialDate:
    """Parse an EDTF level 1 date.

    Raises:
        InvalidMetadata: The string has another form, or names a day that no calendar has.
    """
    match = _EDTF.fullmatch(text)
    if match is None:
        raise InvalidMetadata(f"date {text[:40]!r} is not well formed", hint=HINT)
    year, month, day = match["year"], match["month"], match["day"]
    try:
        _check_day(year, month, day)
        if year == "XXXX":
            return PartialDate(text, None, None)
        years = [number for number in _years(year) if _has_day(number, month, day)]
        return PartialDate(text, _first_day(years[0], month, day), _last_day(years[-1], month, day))
    except ValueError:
        raise InvalidMetadata(f"date {text[:40]!r} names a day that no calendar has", hint=HINT) from None


def _number(part: str | None) -> int | None:
    return int(part) if part is not None and part.isdigit() else None


def _check_day(year: str, month: str | None, day: str | None) -> None:
    """Raise ValueError if no year that the digits allow has such a day."""
    some_leap_year = int(year) if year.isdigit() else 2000
    date(some_leap_year, _number(month) or 1, _number(day) or 1)
    if (month is not None and month.isdigit() and int(month) == 0) or (day is not None and day.isdigit() and int(day) == 0):
        raise ValueError("month and day count from 1")


def _years(year: str) -> range:
    """Give the years that the digits allow."""
    first = int(year.replace("X", "0"))
    if first == 0:
        raise ValueError("years count from 1")
    return range(first, int(year.replace("X", "9")) + 1)


def _has_day(year: int, month: str | None, day: str | None) -> bool:
    return (_number(day) or 1) <= monthrange(year, _number(month) or 1)[1] if month and month.isdigit() else True


def _first_day(year: int, month: str | None, day: str | None) -> date:
    month_number = _number(month) or 1
    return date(year, month_number, min(_number(day) or 1, monthrange(year, month_number)[1]))


def _last_day(year: int, month: str | None, day: str | None) -> date:
    month_number = _number(month) or 12
    days = monthrange(year, month_number)[1]
    return date(year, month_number, min(_number(day) or days, days))


def parse_range(text: str) -> tuple[date, date]:
    """Parse `2019`, `2019..2021-06`, `2019..` or `..2021` into first and last day, both inclusive.

    Raises:
        InvalidMetadata: A side is no date, has no known year, or the range runs backwards.
    """
    left, dots, right = text.partition("..")
    sides = [parse_date(side) if side else None for side in (left, right if dots else left)]
    if sides == [None, None] or any(side is not None and side.earliest is None for side in sides):
        raise InvalidMetadata(f"date range {text[:40]!r} names no year", hint=RANGE_HINT)
    start = sides[0].earliest if sides[0] else None
    end = sides[1].latest if sides[1] else None
    if start and end and end < start:
        raise InvalidMetadata(f"date range {text[:40]!r} runs backwards", hint="write the earlier date first: 2019..2021-06")
    return start or date.min, end or date.max
