"""Dates known in part, and the days they may mean."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import PartialDate, parse_date, parse_range
from archive.errors import InvalidMetadata
from tests.archive.texts import edtf_dates, nasty_lines, refusal

HINT = "write 2020, 2020-03, 2020-03-10 or XXXX-08-01"
RANGE_HINT = "write 2019, 2019..2021-06, 2019.. or ..2021"

DATES = [
    pytest.param("2020", date(2020, 1, 1), date(2020, 12, 31), "2020", id="year"),
    pytest.param("2020-03", date(2020, 3, 1), date(2020, 3, 31), "2020", id="month"),
    pytest.param("2020-03-10", date(2020, 3, 10), date(2020, 3, 10), "2020", id="day"),
    pytest.param("2020-02", date(2020, 2, 1), date(2020, 2, 29), "2020", id="february-of-a-leap-year"),
    pytest.param("2021-02", date(2021, 2, 1), date(2021, 2, 28), "2021", id="february"),
    pytest.param("XXXX-08-01", None, None, None, id="unknown-year"),
    pytest.param("XXXX-02-29", None, None, None, id="leap-day-of-an-unknown-year"),
    pytest.param("201X", date(2010, 1, 1), date(2019, 12, 31), None, id="decade"),
    pytest.param("19XX", date(1900, 1, 1), date(1999, 12, 31), None, id="century"),
    pytest.param("1956-XX-12", date(1956, 1, 12), date(1956, 12, 12), "1956", id="unknown-month"),
    pytest.param("1956-XX-31", date(1956, 1, 31), date(1956, 12, 31), "1956", id="thirty-first-of-an-unknown-month"),
    pytest.param("1956-09-XX", date(1956, 9, 1), date(1956, 9, 30), "1956", id="unknown-day"),
    pytest.param("1956-XX-XX", date(1956, 1, 1), date(1956, 12, 31), "1956", id="unknown-month-and-day"),
    pytest.param("2020?", date(2020, 1, 1), date(2020, 12, 31), "2020", id="uncertain"),
    pytest.param("2020-03~", date(2020, 3, 1), date(2020, 3, 31), "2020", id="approximate"),
    pytest.param("2020-03-10%", date(2020, 3, 10), date(2020, 3, 10), "2020", id="both"),
    pytest.param("0001", date(1, 1, 1), date(1, 12, 31), "0001", id="first-year"),
    pytest.param("9999", date(9999, 1, 1), date(9999, 12, 31), "9999", id="last-year"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "year"), DATES)
def test_date_means_its_days(text: str, earliest: date | None, latest: date | None, year: str | None) -> None:
    parsed = parse_date(text)
    assert parsed == PartialDate(text, earliest, latest)
    assert parsed.year == year


@given(edtf_dates())
def test_str_of_a_date_is_the_string_it_was_parsed_from(text: str) -> None:
    assert str(parse_date(text)) == text


@given(edtf_dates())
def test_earliest_day_is_not_after_the_latest(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.earliest is None) == (parsed.latest is None) == text.startswith("XXXX")
    if parsed.earliest and parsed.latest:
        assert parsed.earliest <= parsed.latest


FORMS = [f"{year}{rest}" for year in ("2019", "202X") for rest in ("", "-02", "-XX-31", "-02-29", "-XX-XX", "-11-XX", "-12-31")]


@pytest.mark.parametrize("text", [form for form in FORMS if form != "2019-02-29"])
def test_earliest_and_latest_day_are_those_of_the_calendar(text: str) -> None:
    year, month, day = [*text.split("-"), "XX", "XX"][:3]
    form = re.compile("-".join(part.replace("X", r"\d") for part in (year, month, day)))
    calendar = [date(2019, 1, 1) + timedelta(days) for days in range(12 * 366)]
    fitting = [one for one in calendar if form.fullmatch(one.isoformat())]
    assert (parse_date(text).earliest, parse_date(text).latest) == (fitting[0], fitting[-1])


MALFORMED = [
    "",
    "2020-3",
    "20-03-10",
    "2020/03/10",
    "2020-03-10T08:00",
    "2020年",
    "20200310",
    "2020-03-1X",
    "X020",
    " 2020",
    "2020\n",
]


@pytest.mark.parametrize("text", [*MALFORMED, "2020-", "２０２０", "٢٠٢٠", "2020-03-10??", "0-99-99", "-2020"])
def test_date_of_another_form_is_refused(text: str) -> None:
    assert refusal(lambda: parse_date(text)) == ("invalid-metadata", f"date {text!r} is not well formed", HINT)


IMPOSSIBLE = [
    "2021-02-29",
    "2020-02-30",
    "2020-13",
    "2020-00",
    "2020-01-00",
    "2020-XX-32",
    "XXXX-04-31",
    "201X-02-30",
    "0000",
    "000X",
]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_date_in_no_calendar_is_refused(text: str) -> None:
    assert refusal(lambda: parse_date(text)) == ("invalid-metadata", f"date {text!r} names a day that no calendar has", HINT)


def test_long_date_is_cut_in_the_message() -> None:
    assert refusal(lambda: parse_date("2" * 500))[1] == f"date {'2' * 40!r} is not well formed"


@given(st.one_of(nasty_lines, st.text("0123X-?~%", max_size=11)))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        parsed = parse_date(text)
    except InvalidMetadata:
        return
    assert str(parsed) == text


RANGES = [
    pytest.param("2019", date(2019, 1, 1), date(2019, 12, 31), id="year"),
    pytest.param("2019-05", date(2019, 5, 1), date(2019, 5, 31), id="month"),
    pytest.param("2019..2021-06", date(2019, 1, 1), date(2021, 6, 30), id="both-sides"),
    pytest.param("2019-05-06..2019-05-06", date(2019, 5, 6), date(2019, 5, 6), id="one-day"),
    pytest.param("2019..", date(2019, 1, 1), date.max, id="open-end"),
    pytest.param("..2021", date.min, date(2021, 12, 31), id="open-start"),
    pytest.param("201X..2021", date(2010, 1, 1), date(2021, 12, 31), id="decade"),
    pytest.param("2021-06..2021", date(2021, 6, 1), date(2021, 12, 31), id="end-less-exact-than-start"),
]


@pytest.mark.parametrize(("text", "start", "end"), RANGES)
def test_range_means_its_days(text: str, start: date, end: date) -> None:
    assert parse_range(text) == (start, end)


BAD_RANGES = [
    pytest.param("", "date range '' names no year", RANGE_HINT, id="empty"),
    pytest.param("..", "date range '..' names no year", RANGE_HINT, id="no-sides"),
    pytest.param("XXXX-08-01", "date range 'XXXX-08-01' names no year", RANGE_HINT, id="unknown-year"),
    pytest.param("2019..XXXX-08-01", "date range '2019..XXXX-08-01' names no year", RANGE_HINT, id="end-of-unknown-year"),
    pytest.param(
        "2021..2019",
        "date range '2021..2019' runs backwards",
        "write the earlier date first: 2019..2021-06",
        id="backwards",
    ),
    pytest.param("2019...2021", "date '.2021' is not well formed", HINT, id="three-dots"),
    pytest.param("2019-13..", "date '2019-13' names a day that no calendar has", HINT, id="impossible-side"),
]


@pytest.mark.parametrize(("text", "message", "hint"), BAD_RANGES)
def test_bad_range_is_refused(text: str, message: str, hint: str) -> None:
    assert refusal(lambda: parse_range(text)) == ("invalid-metadata", message, hint)


@given(edtf_dates(), edtf_dates())
def test_range_runs_from_the_first_day_of_one_date_to_the_last_of_the_other(left: str, right: str) -> None:
    first, last = parse_date(left).earliest, parse_date(right).latest
    try:
        given_range = parse_range(f"{left}..{right}")
    except InvalidMetadata:
        assert first is None or last is None or last < first
    else:
        assert given_range == (first, last)


OVERLAPS = [
    pytest.param("2020", "2020-12-31", "2021-05-01", True, id="last-day"),
    pytest.param("2020", "2019-05-01", "2020-01-01", True, id="first-day"),
    pytest.param("2020", "2021-01-01", "2021-05-01", False, id="day-behind"),
    pytest.param("2020", "2019-05-01", "2019-12-31", False, id="day-before"),
    pytest.param("2020-03-10", "2020-03-10", "2020-03-10", True, id="one-day"),
    pytest.param("201X", "2015-01-01", "2015-01-02", True, id="inside-a-decade"),
    pytest.param("XXXX-08-01", "0001-01-01", "9999-12-31", False, id="unknown-year"),
]


@pytest.mark.parametrize(("text", "start", "end", "overlaps"), OVERLAPS)
def test_date_overlaps_days_both_ends_included(text: str, start: str, end: str, overlaps: bool) -> None:
    assert parse_date(text).overlaps(date.fromisoformat(start), date.fromisoformat(end)) is overlaps


@given(edtf_dates(), st.dates(), st.dates())
def test_date_overlaps_a_range_that_shares_a_day_with_it(text: str, one: date, other: date) -> None:
    start, end = sorted((one, other))
    parsed = parse_date(text)
    if parsed.earliest is None or parsed.latest is None:
        assert not parsed.overlaps(start, end)
    else:
        assert parsed.overlaps(start, end) == (max(parsed.earliest, start) <= min(parsed.latest, end))
