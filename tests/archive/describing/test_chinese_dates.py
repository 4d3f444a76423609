"""Dates in all writings, against writings made by code of the test's own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.describing.chinese_dates import common_part, find_dates, readings
from archive.describing.numerals import parse_number
from archive.folding import fold

DIGITS = "〇一二三四五六七八九"


def by_value(number: int) -> str:
    """Write 1 to 199 in Chinese numerals."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = ("一百" if hundreds else "") + (("零" if hundreds and ones else "") if not tens else "")
    text += "" if not tens else "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    return text + (DIGITS[ones] if ones else "")


def writings(day: date) -> list[str]:
    """Write a day in every way."""
    era = day.year - 1911
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    found = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day.year}年{day.month}月{day.day}号",
        f"{day.year}年{day.month}月{day.day}日".translate(full_width),
        "".join(DIGITS[int(digit)] for digit in str(day.year)) + f"年{by_value(day.month)}月{by_value(day.day)}日",
        "".join("○一二三四五六七八九"[int(digit)] for digit in str(day.year)) + f"年{by_value(day.month)}月{by_value(day.day)}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
    ]
    if era > 0:
        found += [
            f"中華民國{by_value(era)}年{by_value(day.month)}月{by_value(day.day)}日",
            f"民國{era}年{day.month}月{day.day}日",
            f"中华民国{era}年{day.month:02}月{day.day:02}日",
        ]
    return found


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.data())
def test_every_writing_of_a_day_is_read(day: date, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(writings(day)))
    assert [found.values for found in find_dates(fold(f"（{written}）"))] == [(day.isoformat(),)]


@given(st.integers(1, 199))
def test_numerals_are_read_by_value(number: int) -> None:
    assert parse_number(by_value(number)) == number


CASES = [
    ("2020年", ["2020"]),
    ("二〇二〇年三月", ["2020-03"]),
    ("民國元年三月廿三日", ["1912-03-23"]),
    ("一九四二年五月", ["1942-05"]),
    ("2019-05", ["2019-05"]),
    ("8月1日", ["XXXX-08-01"]),
    ("十二月二十八日", ["XXXX-12-28"]),
    ("4月16日至18日", ["XXXX-04-16"]),
    ("2004年4月16日至18日", ["2004-04-16"]),
    ("2021年2月30日", []),
    ("13月5日", []),
    ("增长2.5年", []),
    ("二十年来", []),
    ("国发〔2019〕5号", []),
    ("电话13812345678", []),
    ("第2020号", []),
    ("12.5%", []),
    ("五月花", []),
]


@pytest.mark.parametrize(("text", "values"), CASES, ids=[text for text, _ in CASES])
def test_dates_are_found(text: str, values: list[str]) -> None:
    assert [found.value for found in find_dates(fold(text))] == values


@pytest.mark.parametrize(
    ("digits", "expected", "shared"),
    [
        ("2013111", ("2013-01-11", "2013-11-01"), "2013"),
        ("20200310", ("2020-03-10",), "2020-03-10"),
        ("2021131", ("2021-01-31",), "2021-01-31"),
        ("202111", ("2021-01-01", "2021-11"), "2021"),
        ("20209999", (), None),
    ],
)
def test_digits_without_signs_keep_all_readings(digits: str, expected: tuple[str, ...], shared: str | None) -> None:
    assert readings(digits) == expected
    assert shared is None or common_part(expected) == shared


@given(st.text(alphabet="0123456789年月日.-/〇一二三十百民国 　元", max_size=60))
def test_spans_hold_dates_and_do_not_overlap(text: str) -> None:
    folded = fold(text)
    at = 0
    for found in find_dates(folded):
        assert at <= found.start < found.end <= len(folded)
        assert found.values
        at = found.end
