"""Furniture: what each rule removes, what joins up again, what must stay, on invented sites and on the samples."""

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import cleaning
from archive.cleaning import Choices, clean
from archive.cleaning.furniture import FURNITURE, find_furniture
from archive.cleaning.rules import all_rules
from archive.cleaning.text import Text
from archive.edits import Edit, apply_edits, tile
from tests.archive.cleaning.furniture_cases import CASES, CLEAN_LINES

BODY = (
    "各乡各村要把水渠修好，依靠群众，保证秋后有个好收成，让大家都过上安稳的日子，再把道路修通，使山里的果子运得出去。\n"
    "水利部门要先易后难，由点到面，一件一件抓到底，总结去年的经验，把今年的工作做在前面，不要等到雨季来了才动手去做。"
)


def furniture(text: str) -> tuple[Edit, ...]:
    """Give the edits of furniture alone, in order."""
    with patch.object(cleaning, "STAGES", (FURNITURE,)), patch.object(cleaning, "LAYOUT", ()):
        return tuple(edit for edits in clean(text, choices=Choices(off=frozenset({"split.other-document"}))) for edit in edits)


def cleaned(text: str) -> str:
    """Clean a text by the rules of furniture alone."""
    return apply_edits(text, furniture(text))


def rules(text: str) -> list[str]:
    """Rules that edit a text, in order of place, without their family."""
    return [edit.rule.partition(".")[2] for edit in furniture(text)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("下载\n打印\n【字号：\n加大\n还原\n】\n", "", id="buttons-one-a-line"),
        pytest.param("當前位置：首頁 > 市政 > 講話\n", "", id="breadcrumb-traditional"),
        pytest.param("", "\n責任編輯：鄭曉禾　校對：呂田", id="credits-traditional"),
        pytest.param("来源：青溪日报\n时间：2021-03-04\n", "", id="date-beside-source"),
        pytest.param("", "（记者 陈砚秋）", id="credit-glued-to-last-paragraph"),
        pytest.param("", "\n相关报道：", id="heading-of-a-list-that-is-not-there"),
        pytest.param("", "\n未完待续……", id="cut-off"),
        pytest.param("", "本文由青麦文库整理，转载请注明出处。", id="notice-glued-to-last-paragraph"),
        pytest.param("", "\n\n', null, '未处理\n", id="remains-of-a-database"),
    ],
)
def test_head_and_tail_go(before: str, after: str) -> None:
    assert cleaned(f"{before}{BODY}{after}").strip() == BODY


@pytest.mark.parametrize(
    "banner",
    [
        "公众号“墨田公文”整理编辑",
        "公號「硯邊筆記」獨家整理",
        "【更多资料请加QQ群558102030】",
        "本文来源于砚边文秘网",
        "版权所有，侵权必究",
        "第 3 页 共 12 页",
        " 第 3 页 共 12 页 ",
    ],
)
def test_words_around_a_banner_join_up(banner: str) -> None:
    assert cleaned(BODY.replace("道路", f"道{banner}路")) == BODY


def test_date_alone_below_a_title_stays() -> None:
    text = f"在水利工作会议上的讲话\n2021年3月4日\n时间：2021年3月4日\n{BODY}"
    assert cleaned(text) == text


def test_turns_of_an_interview_stay() -> None:
    text = "\n".join(["记者：陈砚秋", BODY, "记者：何清野", BODY, "记者：罗小溪"])
    assert cleaned(text) == text


def test_numbered_items_of_the_text_stay_behind_a_notice() -> None:
    text = "温馨提示：\n1. 本文档由会员上传，下载前请预览。\n2. 付费后无法下载请联系客服。\n"
    items = f"1. 各乡各村把水渠修好。\n2. 水利部门先易后难。\n{BODY}"
    assert cleaned(text + items) == items


def test_list_of_titles_ends_where_prose_begins() -> None:
    text = f"{BODY}\n相关阅读\n在农机会上的讲话\n{BODY}"
    assert cleaned(text) == text, "what follows the heading may be the title of the next text"


def test_running_heads_and_page_numbers_go() -> None:
    page = "要把水渠修好依靠群众保证秋后有个好收成让大家都过上安稳的日子\n" * 9
    text = "".join(f"水利会议纪要 第一卷\n{number}\n{page}{number}各乡要做的事情很多要一件一件抓到底\n" for number in range(20, 27))
    assert cleaned(text) == "".join(f"{page}{number}各乡要做的事情很多要一件一件抓到底\n" for number in range(20, 27))


def test_headings_with_rising_numbers_stay() -> None:
    text = "".join(f"典型案例 {number}\n{BODY * 3}\n" for number in range(1, 9))
    assert cleaned(text) == text


def test_text_that_is_nothing_but_furniture_stays() -> None:
    text = "免责声明：本站内容由网友上传，如有侵权请联系我们删除。"
    assert cleaned(text) == text


def test_each_rule_can_be_switched_off() -> None:
    names = {case.rule for case in CASES}
    assert names <= {rule.partition(".")[2] for rule in all_rules() if rule.startswith("furniture.")}
    text = f"当前位置：首页 > 讲话\n{BODY}\n责任编辑：吕田"
    (edits,) = clean(text, choices=Choices(off=frozenset({"furniture.breadcrumb"})))
    assert apply_edits(text, edits).split() == ["当前位置：首页", ">", "讲话", *BODY.split()]


@given(
    st.lists(st.sampled_from([*(case.text for case in CASES), *CLEAN_LINES, *BODY.split("\n"), "", "　", "1", "2"]), max_size=30)
)
def test_kept_and_removed_tile_any_mixture(parts: list[str]) -> None:
    raw = "\n".join(parts)
    for edits in clean(raw):
        assert "".join(piece.raw for piece in tile(raw, edits)) == raw


@pytest.mark.parametrize(
    "unit",
    [" ", ",", "\n", "打印\n", "公众号“", "www.", "【", "首页>", "更多请", ".", "王", "来源：\n", "第3页", "1\n", "本站转载。"],
)
def test_any_input_ends(unit: str) -> None:
    assert find_furniture(Text(unit * 20_000)) is not None


@pytest.mark.parametrize(
    ("sample", "expected", "first", "last"),
    [
        ("000", ["notice"], "朱", "“香草"),
        ("001", ["banner"], "2021", "篇章!"),
        ("002", ["notice", "credit-line", "credit-line", "credit-line"], "8月1日", "工作。"),
        ("003", ["notice", "keywords"], "在在", "贡献!"),
        ("004", ["navigation", "breadcrumb", "credit-line"], "在市委", "飘扬"),
    ],
)
def test_samples(shared: Path, sample: str, expected: list[str], first: str, last: str) -> None:
    (file,) = (shared / "samples").glob(f"{sample}_*.txt")
    text = file.read_text(encoding="utf-8")
    assert rules(text) == expected
    assert cleaned(text).strip().startswith(first)
    if sample == "001":
        assert "閑置地塊開發" in cleaned(text)
    else:
        assert cleaned(text).strip().endswith(last)
