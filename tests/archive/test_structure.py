"""Labels of passages: front, heading, paragraph, turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.document import Block, Document, normal_body
from archive.metadata import Metadata
from archive.structure import label_passages
from tests.archive.texts import metadata, nasty_texts

FRONT, PARAGRAPH, TURN = Block("front"), Block("paragraph"), Block("turn")


def labels(*passages: str, known: Metadata | None = None) -> list[Block]:
    """Label the passages of a document."""
    return list(label_passages(Document("a", "main", known or Metadata(), "\n\n".join(passages) + "\n")))


def test_title_speaker_and_date_at_the_top_are_front() -> None:
    known = Metadata(title="修渠的事", speaker=("张三",), organ="河边村委会")
    passages = ["修渠的事", "張三", "（2024年3月10日）", "来源：河边村", "各位乡亲，今天说修渠。", "张三"]
    assert labels(*passages, known=known) == [FRONT, FRONT, FRONT, FRONT, PARAGRAPH, PARAGRAPH]


FRONT_LINES = [
    "（2024年3月10日）",
    "二〇二四年三月",
    "民國一百一十三年三月十日",
    "２０２４年",
    "來源: 河邊村",
    "记者：李四",
    "编辑 ： 王五",
]


@pytest.mark.parametrize("line", FRONT_LINES)
def test_date_line_or_credit_is_front(line: str) -> None:
    assert labels(line, "今天说修渠。") == [FRONT, PARAGRAPH]


@pytest.mark.parametrize("line", ["2024年的渠修好了。", "一年之计在于春，先修渠", "来源不明的钱，不收。", "张三说，修渠。"])
def test_sentence_at_the_top_is_no_front(line: str) -> None:
    assert labels(line, known=Metadata(speaker=("张三",))) == [PARAGRAPH]


def test_long_line_that_holds_the_title_is_no_front() -> None:
    lines = ["修渠" + "的事" * 39, "修渠" + "的事" * 40]
    assert labels(*lines, known=Metadata(title="修渠")) == [FRONT, PARAGRAPH]


def test_title_that_folds_to_nothing_makes_no_front() -> None:
    assert labels("河边的老水车", "修好了", known=Metadata(title="\u200b")) == [PARAGRAPH, PARAGRAPH]


HEADINGS = [
    pytest.param("第一章 水车", 1, id="chapter"),
    pytest.param("第十二編 水車", 1, id="part-in-traditional"),
    pytest.param("第二节 修渠", 2, id="section"),
    pytest.param("一、总的打算", 1, id="han-number"),
    pytest.param("（三）修路", 2, id="number-in-brackets"),
    pytest.param("(2) 种树", 2, id="number-in-ascii-brackets"),
    pytest.param("3. 学校", 3, id="arabic-number"),
    pytest.param("１２、账目", 3, id="full-width-number"),
]


@pytest.mark.parametrize(("line", "level"), HEADINGS)
def test_short_line_with_a_number_is_a_heading(line: str, level: int) -> None:
    assert labels("今天说修渠。", line) == [PARAGRAPH, Block("heading", level)]


NO_HEADINGS = ["一、先修渠。", "一、" + "先修渠，再修路，" * 6, "十年树木", "第三次会议", "2024年", "修渠一、修路二", "一边修渠"]


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_other_line_is_a_paragraph(line: str) -> None:
    assert labels("今天说修渠。", line) == [PARAGRAPH, PARAGRAPH]


TRANSCRIPT = [
    "主持人：今天说修渠。",
    "张三：先修东边。",
    "主持人：西边呢？",
    "李四（村会计）：钱不够。",
    "大家笑了。",
    "张三：慢慢来。",
]


def test_names_before_colons_that_come_back_are_turns() -> None:
    assert labels("今天说修渠。", *TRANSCRIPT) == [PARAGRAPH, TURN, TURN, TURN, TURN, PARAGRAPH, TURN]


NO_TURNS = [
    pytest.param(TRANSCRIPT[:3], id="too-few"),
    pytest.param(["时间：早上。", "地点：树下。", "议题：修渠。", "到会：全村。"], id="no-name-comes-back"),
    pytest.param(["他说，张三：修渠。"] * 5, id="comma-before-the-colon"),
]


@pytest.mark.parametrize("lines", NO_TURNS)
def test_other_colons_make_no_turns(lines: list[str]) -> None:
    assert set(labels("今天说修渠。", *lines)) == {PARAGRAPH}


@given(nasty_texts, metadata)
def test_each_passage_has_one_label(text: str, known: Metadata) -> None:
    document = Document("a", "main", known, normal_body(text))
    blocks = label_passages(document)
    assert len(blocks) == len(document.passages)
    assert {block.kind for block in blocks} <= {"front", "heading", "paragraph", "turn"}
    assert all((1 <= block.level <= 3) == (block.kind == "heading") for block in blocks)


@given(st.lists(st.sampled_from([*TRANSCRIPT, *FRONT_LINES, "一、修渠", "修渠的事"]), min_size=1, max_size=12))
def test_front_stands_before_everything_else(lines: list[str]) -> None:
    kinds = [block.kind for block in labels(*lines, known=Metadata(title="修渠的事"))]
    assert "front" not in kinds[kinds.count("front") :]
