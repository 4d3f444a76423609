"""The laws of describing: evidence points at raw text, choosing is careful, and what was removed is read too."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning import clean
from archive.describing import SURE, choose, describe
from archive.describing.reading import Reading
from archive.describing.titles import without_site
from archive.edits import Edit
from archive.evidence import Evidence
from archive.folding import fold

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
FRAGMENTS = [
    "在全市工作会议上的讲话", "同志们：", "（2020年3月10日）", "市长 王伟",
    "王伟",
    "——2020年1月2日在某县第一次会议上", "来源：某报  日期：2020-01-02",
    "记者：李娜", "第一条 为了规范，制定本条例。", "一、总体要求",
    "2013111", "国发〔2019〕5号", "某某条例", "当前位置：首页 > 年鉴 > 正文", "\n", "\n\n",
    "　　", " ", "各项工作取得了新的进展，成绩来之不易，值得充分肯定。", "中華民國八十六年四月七日",
    "時　　間　中華民國97年1月2日", "主　　席　林委員大同", "\u200b", "#",
    "# 標題", "本報訊（記者 陳美華）", "，", "：", "（", "）",
]  # fmt: skip


def evidence(value: str, confidence: float, *, field: str = "title", rule: str = "title.front") -> Evidence:
    """Evidence that stands nowhere."""
    return Evidence(field, value, 0, 0, rule, confidence)


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6)), max_size=25))
def test_any_text_is_described_and_spans_lie_in_it(parts: list[str]) -> None:
    raw = "".join(parts)
    for edits in clean(raw):
        found = describe(Reading(raw, edits))
        choose(found)
        for each in found:
            assert 0 <= each.start < each.end <= len(raw)
            assert each.value
            assert 0 < each.confidence <= 1


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20))
def test_titles_and_names_are_letters_of_the_raw_text(parts: list[str]) -> None:
    raw = "".join(parts)
    for each in describe(Reading(raw, ())):
        if each.field in ("title", "speaker", "event") or each.field.startswith("credit."):
            plain = "".join(fold(each.value).split()).replace(" ", "")
            assert plain == "".join(fold(raw[each.start : each.end]).split()).replace(" ", "")


def test_low_confidence_stays_empty_and_is_listed() -> None:
    description = choose([evidence("一", SURE - 0.01)])
    assert description.metadata.title == ""
    assert [(doubt.field, doubt.reason) for doubt in description.doubtful] == [("title", "low confidence")]


def test_equally_sure_values_are_ambiguous() -> None:
    description = choose(
        [evidence("甲方", 0.9, field="organ"), evidence("乙方", 0.9, field="organ"), evidence("丙方", 0.5, field="organ")]
    )
    assert description.metadata.organ == ""
    assert [(doubt.reason, len(doubt.candidates)) for doubt in description.doubtful] == [("ambiguous", 3)]


def test_the_same_value_in_both_scripts_is_one() -> None:
    assert choose([evidence("關於發展", 0.9), evidence("关于发展", 0.9)]).metadata.title == "關於發展"


def test_the_more_exact_of_two_sure_dates_wins() -> None:
    dates = [evidence("2021", 0.8, field="date"), evidence("2021-03-05", 0.75, field="date")]
    assert str(choose(dates).metadata.date) == "2021-03-05"


def test_both_readings_of_lost_signs_are_kept_and_neither_chosen() -> None:
    raw = "在农村工作会议上的讲话\n县长 汤伟\n2013111\n各项工作取得了新的进展。"
    found = describe(Reading(raw, clean(raw)[0]))
    assert {each.value for each in found if each.rule == "date.digits"} == {"2013-01-11", "2013-11-01"}
    assert str(choose(found).metadata.date) == "2013"


def test_removed_lines_are_read() -> None:
    removed = "来源：春江日报  发布时间：2019-07-08 09:10\n记者：李娜  编辑：王强\n"
    raw = removed + "在座谈会上的讲话\n（2019年7月1日）\n同志们：\n各项工作取得了新的进展。\n"
    edits = (Edit("furniture.credit", "", 0.9, 0, len(removed)),)
    found = describe(Reading(raw, edits))
    metadata = choose(found).metadata
    assert str(metadata.date) == "2019-07-01"
    assert (metadata.published[0].container, str(metadata.published[0].date)) == ("春江日报", "2019-07-08")
    credits = {each.field: raw[each.start : each.end] for each in found if each.field.startswith("credit.")}
    assert credits == {"credit.reporter": "李娜", "credit.editor": "王强"}


def test_markup_speaks_of_the_first_document_only() -> None:
    known = [
        evidence("春耕纪事_江河新闻网", 0.75, rule="html.title"),
        evidence("https://example.org/1", 0.9, field="captured.url", rule="html.address"),
    ]
    raw = "各项工作取得了新的进展，成绩来之不易，值得充分肯定。"
    first = choose(describe(Reading(raw, ()), known)).metadata
    second = choose(describe(Reading(raw, ()), known, first=False)).metadata
    assert (first.title, second.title) == ("春耕纪事", "")
    assert first.captured[0].url == second.captured[0].url == "https://example.org/1"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("春耕纪事_江河新闻网", "春耕纪事"),
        ("春耕纪事-要闻-江河门户网站", "春耕纪事-要闻"),
        ("春耕纪事 | 江河日报", "春耕纪事"),
        ("城市—乡村的距离", None),
        ("春耕纪事", None),
    ],
)
def test_names_of_sites_are_taken_off(title: str, expected: str | None) -> None:
    assert without_site(title) == expected


@pytest.mark.parametrize(
    "raw", [" " * 200_000, "，" * 200_000, "年" * 200_000, "一" * 200_000, "在" * 200_000, "（" * 200_000, "1" * 200_000]
)
def test_long_lines_of_one_character_are_described(raw: str) -> None:
    assert choose(describe(Reading(raw, ()))).metadata.speaker == ()


def test_the_middle_of_a_long_document_is_not_read() -> None:
    words = random.Random(7)
    prose = "\n".join("各项工作取得了新的进展，" + "".join(words.choices("春夏秋冬东南西北", k=90)) + "。" for _ in range(400))
    raw = f"在座谈会上的讲话\n同志们：\n{prose}\n李大成\n2001年2月3日\n{prose}"
    assert choose(describe(Reading(raw, ()))).metadata.date is None
