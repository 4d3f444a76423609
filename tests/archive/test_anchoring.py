"""A cited passage is found again in a newer text, or said to be gone; never taken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.anchoring import Anchor, find_again

OLD = (
    "关于修渠的讲话",
    "同志们：",
    "河边的老水车修好以后，村里人每天傍晚都要去看一看。",
    "账目贴在祠堂的墙上，谁都可以去看，看不懂的可以问。",
    "同志们：",
    "散会以后，大家沿着新渠走回家去。",
)

FOUND = [
    pytest.param(OLD, 3, Anchor("same", 3, 1.0), id="nothing-changed"),
    pytest.param(("新加的一行", *OLD), 3, Anchor("moved", 4, 1.0), id="line-added-before"),
    pytest.param(tuple(line.replace("，", ",") for line in OLD), 3, Anchor("same", 3, 1.0), id="half-width-marks"),
    pytest.param(
        ("關於修渠的講話", "同志們：", "河邊的老水車修好以後，村裡人每天傍晚都要去看一看。"), 3, Anchor("same", 3, 1.0), id="script"
    ),
    pytest.param((*OLD[:2], OLD[2] + OLD[3], *OLD[4:]), 4, Anchor("moved", 3, 1.0), id="merged"),
    pytest.param(OLD[:2], 3, Anchor("gone"), id="passage-gone"),
    pytest.param(OLD[:4], 5, Anchor("moved", 2, 1.0), id="second-of-two-equal"),
    pytest.param((*OLD[:4], "各位朋友：", OLD[5]), 5, Anchor("moved", 2, 1.0), id="short-line-equal-elsewhere"),
    pytest.param(("各位：", "散会以后"), 2, Anchor("gone"), id="short-lines-are-never-near"),
]


@pytest.mark.parametrize(("new", "number", "anchor"), FOUND)
def test_passage_is_found_again(new: tuple[str, ...], number: int, anchor: Anchor) -> None:
    assert find_again(OLD, number, new) == anchor


def test_changed_words_are_said_to_be_changed() -> None:
    corrected = OLD[3].replace("祠堂的墙上", "祠堂墙上")
    anchor = find_again(OLD, 4, (*OLD[:3], corrected, *OLD[4:]))
    assert (anchor.status, anchor.passage) == ("changed", 4)
    assert 0.9 < anchor.alike < 1


@pytest.mark.parametrize(
    ("was", "now"),
    [("新增就业3.5万人，比上年多", "新增就业35万人，比上年多"), ("夜里零下-15度以下的天气", "夜里零下15度以下的天气")],
)
def test_words_that_differ_in_a_mark_are_changed(was: str, now: str) -> None:
    anchor = find_again(("题目", was), 2, ("题目", now))
    assert (anchor.status, anchor.passage) == ("changed", 2)
    assert 0.5 < anchor.alike < 1


def test_first_of_two_equal_passages_stays_the_first() -> None:
    assert find_again(OLD, 2, ("题目", *OLD)) == Anchor("moved", 3, 1.0)
    assert find_again(OLD, 5, ("题目", *OLD)) == Anchor("moved", 6, 1.0)


@pytest.mark.parametrize("number", [0, 7])
def test_passage_that_never_was_is_a_fault_of_the_caller(number: int) -> None:
    with pytest.raises(IndexError):
        find_again(OLD, number, OLD)


lines = st.lists(st.text("河边老水车修好以后大家看账目，。：ab1", min_size=1, max_size=20), min_size=1, max_size=8)


@given(lines, st.data())
def test_every_passage_of_the_same_text_is_the_same(text: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(text)))
    assert find_again(text, number, text) == Anchor("same", number, 1.0)


@given(lines, lines, st.data())
def test_what_is_called_same_or_moved_has_the_same_letters(old: list[str], new: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(old)))
    anchor = find_again(old, number, new)
    wanted = "".join(char for char in old[number - 1] if char.isalnum())
    if anchor.status in ("same", "moved"):
        assert wanted in "".join(char for char in new[anchor.passage - 1] if char.isalnum())  # type: ignore[operator]
    else:
        assert not wanted or wanted not in {"".join(char for char in line if char.isalnum()) for line in new}
