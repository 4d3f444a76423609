"""Labels of passages: front, heading, paragraph, turn."""

import re
from pathlib import Path

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


FRONTS = [
    pytest.param(["河边村修渠的规矩", "二〇二四年三月十日村民大会通过"], id="adopted"),
    pytest.param(["河邊村用水辦法", "1.中華民國一百零二年三月十日村民大會通過全文 9 條；並自公布日施行"], id="history"),
    pytest.param(["关于修渠的通知", "河边村发〔2024〕5号"], id="number-of-a-document"),
    pytest.param(["修渠的事", "——在全村大会上的讲话", "村长　张三", "（摘要）"], id="subtitle-byline-remark"),
    pytest.param(["# 2024-03-10 修渠座谈", "时间：2024-03-10"], id="markdown"),
]


@pytest.mark.parametrize("lines", FRONTS)
def test_lines_between_known_ones_are_front(lines: list[str]) -> None:
    assert labels(*lines, "各位乡亲：", BODY, "一、修渠", BODY)[: len(lines) + 2] == [FRONT] * len(lines) + [PARAGRAPH] * 2


@pytest.mark.parametrize("line", ["2024年的渠修好了。", "一年之计在于春，先修渠", "来源不明的钱，不收。", "张三说，修渠。"])
def test_sentence_at_the_top_is_no_front(line: str) -> None:
    assert labels(line, known=Metadata(speaker=("张三",))) == [PARAGRAPH]


def test_long_line_that_holds_the_title_is_no_front() -> None:
    lines = ["修渠" + "的事" * 39, "修渠" + "的事" * 40]
    assert labels(*lines, known=Metadata(title="修渠")) == [FRONT, PARAGRAPH]


def test_title_that_folds_to_nothing_makes_no_front() -> None:
    assert labels("河边的老水车", "修好了", known=Metadata(title="\u200b")) == [PARAGRAPH, PARAGRAPH]


HEADINGS = [
    pytest.param("第一章 水车", id="chapter"),
    pytest.param("第 十 二 編　水車", id="part-in-traditional-with-spaces"),
    pytest.param("第二节 修渠", id="section"),
    pytest.param("第3部分 修渠", id="division"),
    pytest.param("一、总的打算", id="han-number"),
    pytest.param("一. 总的打算", id="han-number-and-half-width-mark"),
    pytest.param("貳、經費", id="formal-number"),
    pytest.param("（三）修路", id="number-in-brackets"),
    pytest.param("(四 ) 修路", id="number-in-ascii-brackets-with-a-space"),
    pytest.param("(2) 种树", id="digit-in-ascii-brackets"),
    pytest.param("3. 学校", id="digit"),
    pytest.param("１２、账目", id="full-width-digits"),
    pytest.param("4）账目", id="digit-and-bracket"),
    pytest.param("①账目", id="circle"),
    pytest.param("三是管好账目", id="lead"),
    pytest.param("## 各家的意見", id="markdown"),
]
BODY = "今年的水比往年大，渠边的土松了，趁农闲把它补一补，明年春灌就不会再漏水，大家都能按时插秧。"


@pytest.mark.parametrize("line", HEADINGS)
def test_short_line_with_a_number_is_a_heading(line: str) -> None:
    assert labels("今天说修渠。", line) == [PARAGRAPH, Block("heading", 1)]


NO_HEADINGS = [
    pytest.param("一、先修渠。", id="sentence"),
    pytest.param("一、" + "先修渠，再修路，" * 6, id="long"),
    pytest.param("十年树木", id="word"),
    pytest.param("第三次会议", id="count"),
    pytest.param("第三条 修渠", id="article"),
    pytest.param("第 3 條", id="article-in-traditional"),
    pytest.param("2024年", id="year"),
    pytest.param("3.5公里", id="decimal"),
    pytest.param("修渠一、修路二", id="number-inside"),
    pytest.param("一边修渠", id="adverb"),
    pytest.param("二、各家出的钱如下：", id="colon"),
    pytest.param("（二）及（三）", id="numbers-only"),
    pytest.param("首先，我要谢谢大家", id="sentence-that-runs-on"),
    pytest.param("# 估计的数字。", id="footnote"),
]


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_other_line_is_a_paragraph(line: str) -> None:
    assert labels("今天说修渠。", line) == [PARAGRAPH, PARAGRAPH]


def test_levels_count_the_styles_that_the_document_uses() -> None:
    lines = ["第一章 水", BODY, "一、修渠", BODY, "（一）东渠", BODY, "1. 石料", BODY, "二、修路", BODY, "第二章 树", BODY]
    levels = [block.level for block in labels("今天开会。", *lines)]
    assert levels == [0, 1, 0, 2, 0, 3, 0, 3, 0, 2, 0, 1, 0]


def test_heading_with_a_full_stop_stands_above_its_paragraph() -> None:
    lines = ["（一）先修东渠。", BODY, "（二）再修西路。", BODY, "三是管好账目。", BODY]
    assert [block.kind for block in labels("今天开会。", *lines)] == ["paragraph", *["heading", "paragraph"] * 3]


def test_last_item_of_a_list_is_no_heading() -> None:
    lines = ["（一）修渠；", "（二）修路；", "（三）种树。", BODY]
    assert set(labels("今天开会。", *lines)) == {PARAGRAPH}


def test_list_of_contents_holds_no_headings() -> None:
    lines = ["一、修渠", "二、修路", "三、种树", BODY, "一、修渠", BODY, "二、修路", BODY]
    assert [block.kind for block in labels("今天开会。", *lines)] == ["paragraph"] * 5 + ["heading", "paragraph"] * 2


def test_line_of_a_hard_wrapped_paragraph_is_no_heading() -> None:
    lines = ["三、 今年的水比往年大，渠边的土松了，趁农闲把它补", "一补，明年春灌就不会再漏水，大家都能按时插秧，秋", "后再算账。"]
    assert set(labels("今天开会。", *lines)) == {PARAGRAPH}


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


SPEAKERS = [
    pytest.param(["主席：", "張委員三：（10時32分）", "* 李次長四："], id="legislature"),
    pytest.param(["主席（王委員五）：", "河邊議員：", "水利局局長："], id="council"),
    pytest.param(["### 張三：", "### 水利組：", "### A："], id="headings"),
    pytest.param(["问：", "答:"], id="question-and-answer"),
    pytest.param(["**记者**：", "【王　五】：", "[10:32] 主持人 赵六："], id="marks"),
    pytest.param(["记者甲:", "网友2：", "约翰·史密斯："], id="numbered"),
]


@pytest.mark.parametrize("speakers", SPEAKERS)
@pytest.mark.parametrize("words", ["先修渠。", ""])
def test_turns_as_transcripts_write_them(speakers: list[str], words: str) -> None:
    lines = [f"{speaker}{words}" for speaker in speakers * 3]
    assert [block.kind for block in labels("今天说修渠。", *lines)] == ["paragraph", *["turn"] * len(lines)]


NO_TURNS = [
    pytest.param(TRANSCRIPT[:3], id="too-few"),
    pytest.param(["时间：早上。", "地点：树下。", "议题：修渠。", "到会：全村。"], id="no-name-comes-back"),
    pytest.param(["他说，张三：修渠。"] * 5, id="comma-before-the-colon"),
    pytest.param(["各位代表：", "同志们：", "各位代表："] * 2, id="salutations"),
    pytest.param(["说明：修渠。", "提案人：张三", "案由：修渠。", "說明：修路。"] * 3, id="labels"),
    pytest.param(["水泥：三十袋", "水泥：四十袋", *[BODY] * 100], id="few-among-many"),
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


# ------------------------------------------------------------------------------------------------------- real texts

CHAIR_OR_MEMBER = re.compile(r"[\s*]*(?:主席|[^\s：本]委員[^\s：書補提]{2}|[^\s：]{2,5}議員|[^\s：]{2,12}局局長)(?:（[^）]*）)?：")
REAL = [
    pytest.param("tw_transcripts", re.compile("### .*：$"), "turn", 0.99, id="talks"),
    pytest.param("tw_ly_gazette", CHAIR_OR_MEMBER, "turn", 0.99, id="gazette"),
    pytest.param("hk_legco_hansard", CHAIR_OR_MEMBER, "turn", 0.99, id="hansard"),
    pytest.param("cn_laws", re.compile("第[一二三四五六七八九十]+[编章节] "), "heading", 0.99, id="mainland-laws"),
    pytest.param("tw_laws", re.compile(" *第 [一二三四五六七八九十]+ [編章節] "), "heading", 0.99, id="taiwan-laws"),
]


@pytest.mark.parametrize(("folder", "sign", "kind", "least"), REAL)
def test_turns_and_chapters_of_real_texts(shared: Path, folder: str, sign: re.Pattern[str], kind: str, least: float) -> None:
    found = wanted = 0
    for file in sorted((shared / "corpora" / folder).glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        text = re.sub("(?m)^#+ (?=第)", "", text)  # marks of Markdown at chapters
        document = Document("a", "main", Metadata(), normal_body(text))
        for passage, block in zip(document.passages, label_passages(document), strict=True):
            if sign.match(passage) and len(passage) < (60 if kind == "heading" else 10_000) and not passage.startswith("出席"):
                wanted, found = wanted + 1, found + (block.kind == kind)
    assert wanted > 100
    assert found >= least * wanted


@pytest.mark.parametrize("folder", ["cn_gwr_provincial_2026", "cn_laws", "tw_laws", "classical_yuding_quantangshi"])
def test_texts_in_which_nobody_speaks_hold_no_turns(shared: Path, folder: str) -> None:
    for file in sorted((shared / "corpora" / folder).glob("*.txt")):
        document = Document("a", "main", Metadata(), normal_body(file.read_text(encoding="utf-8")))
        assert "turn" not in {block.kind for block in label_passages(document)}, file.name
