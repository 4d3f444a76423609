"""Sentences of a passage: they tile it, and end where sentences do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.sentences import LONGEST, sentences
from tests.archive.texts import nasty_lines

CASES = [
    pytest.param(["今天修渠。", "明天修路！", "后天呢？", "歇着；", "再说"], id="marks"),
    pytest.param(["今天修渠! ", "明天修路? ", "歇着;", "再说"], id="half-width"),
    pytest.param(["他說：「先修渠。」", "大家都同意了……好！！", "走"], id="closing-mark-goes-with-its-sentence"),
    pytest.param(["他说：“先修渠。再修路。”", "大家同意。"], id="quotation-stays-whole"),
    pytest.param(["渠长三里（东边两里；西边一里。）", "路长五里。"], id="brackets-stay-whole"),
    pytest.param(["“他说：‘修渠。’", "大家笑了。"], id="unpaired-mark-counts-for-none"),
    pytest.param(["见 http://a.example/?b=c;d=1 一页。", "完"], id="address"),
    pytest.param(["没有标点的一行"], id="no-mark"),
    pytest.param([], id="empty"),
]


@pytest.mark.parametrize("expected", CASES)
def test_sentences_end_where_they_should(expected: list[str]) -> None:
    passage = "".join(expected)
    assert [passage[start:end] for start, end in sentences(passage)] == expected


def test_text_without_any_mark_is_cut_in_windows_of_at_most_120_characters() -> None:
    passage = "修渠" * 80 + " " + "修路" * 170 + "”" + "种树" * 20
    found = sentences(passage)
    assert max(end - start for start, end in found) <= 120
    assert [passage[end - 1] for _, end in found[:2]] == ["渠", " "]
    assert "”" in {passage[end - 1] for _, end in found}


def test_sentence_with_commas_is_left_whole_up_to_a_length() -> None:
    assert len(sentences("先修渠，再修路，" * 40 + "。")) == 1
    assert max(end - start for start, end in sentences("先修渠，再修路，" * 400 + "。")) <= 120


def test_long_quotation_is_cut_at_its_own_sentences() -> None:
    passage = "他说：“" + "今年先把东边的渠修好，再说别的。" * 40 + "”"
    assert [end for _, end in sentences(passage)][:2] == [20, 36]


@given(st.one_of(nasty_lines, st.text("甲乙，。！？；!?;“”‘’（）「」() a0", max_size=900)))
def test_sentences_tile_the_passage(passage: str) -> None:
    found = sentences(passage)
    assert "".join(passage[start:end] for start, end in found) == passage
    assert all(start < end <= start + LONGEST for start, end in found)


@given(st.lists(st.sampled_from(["先修渠。", "再修路！", "（种树；养鱼。）", "“好？”", "不说了，"]), max_size=60))
def test_no_sentence_begins_inside_brackets(pieces: list[str]) -> None:
    passage = "".join(pieces)
    for start, _ in sentences(passage):
        assert passage[:start].count("（") == passage[:start].count("）")
        assert passage[:start].count("“") == passage[:start].count("”")


@pytest.mark.parametrize("unit", ["。", "“", "（", "“”", "a。", "好", " ", "，", "”"])
def test_giant_line_of_one_mark_is_cut_too(unit: str) -> None:
    passage = unit * (300_000 // len(unit))
    found = sentences(passage)
    assert (found[0][0], found[-1][1]) == (0, len(passage))
    assert max(end - start for start, end in found) <= LONGEST
