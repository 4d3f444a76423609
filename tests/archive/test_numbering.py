"""Numbers at the beginning of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.numbering import number_of, number_value

NUMBERS = [
    ("第三编 水利", "part", 3, "第三编"),
    ("第 十 二 章　附則", "chapter", 12, "第 十 二 章"),
    ("第4节 修渠", "section", 4, "第4节"),
    ("第二部分 修路", "division", 2, "第二部分"),
    ("第 12 條之1 修渠", "article", 12, "第 12 條之1"),
    ("第三条修渠", "article", 3, "第三条"),
    ("貳、經費", "formal", 2, "貳、"),
    ("二十三、修渠", "han", 23, "二十三、"),
    ("（十一）修渠", "han-bracket", 11, "（十一）"),
    ("(一 ) 修渠", "han-bracket", 1, "(一 )"),
    ("１２．修渠", "digit", 12, "１２．"),
    ("3)修渠", "digit", 3, "3)"),
    ("（2）修渠", "digit-bracket", 2, "（2）"),
    ("⑫修渠", "circle", 12, "⑫"),
    ("四是修渠", "lead", 4, "四是"),
    ("其次，修渠", "lead", 2, "其次"),
    ("最後，修渠", "lead", 0, "最後"),
    ("第五，修渠", "lead", 5, "第五"),
]


@pytest.mark.parametrize(("line", "style", "value", "written"), NUMBERS)
def test_number_is_read(line: str, style: str, value: int, written: str) -> None:
    number = number_of(line)
    assert number is not None
    assert (number.style, number.value, line[: number.end]) == (style, value, written)


@pytest.mark.parametrize("line", ["十年树木", "第三次会议", "一边修渠", "3.5公里", "2024年", "一", "", "修渠一、", "(王)一"])
def test_other_line_has_none(line: str) -> None:
    assert number_of(line) is None


VALUES = [
    ("十", 10),
    ("二十", 20),
    ("一百零三", 103),
    ("两千", 2000),
    ("二〇二四", 2024),
    ("２０", 20),
    ("三万五千", 35_000),
    ("壹佰", 100),
]


@pytest.mark.parametrize(("digits", "value"), VALUES)
def test_value_of_digits(digits: str, value: int) -> None:
    assert number_value(digits) == value


UNITS = "一二三四五六七八九"


@given(st.integers(1, 99))
def test_value_is_that_of_the_number_as_written(value: int) -> None:
    tens, ones = divmod(value, 10)
    written = ("" if tens < 2 else UNITS[tens - 1]) + ("十" if tens else "") + (UNITS[ones - 1] if ones else "")
    assert number_value(written) == value
    assert number_of(f"{written}、修渠") is not None
