"""Completeness: announced lengths, abridgements, ends in mid-sentence; and whole texts that show none of these."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning import clean
from archive.completeness import Completeness, count_characters, measure
from archive.describing.reading import Reading
from archive.edits import Edit
from archive.encoding import decode
from tests.archive.texts import edited_texts

TITLE = "在河边村修渠动员大会上的讲话"
BODY = [
    "乡亲们，今天把大家请到老槐树下来，是想商量今年冬天修渠的事情，请大家都说说自己的想法，说完再定。",
    "东渠是老渠，年年漏水，去年春灌时有三十亩地没浇上，今年入冬以前一定要把漏水的地方全部补好！",
    "西路一下雨就泥泞，孩子们上学要绕两里地；石料已经备好，农闲时节各家出一个劳力，十天就能铺完。",
]
TRADITIONAL = [
    "鄉親們，今天把大家請到老槐樹下來，是想商量今年冬天修渠的事情，請大家都說說自己的想法，說完再定。",
    "東渠是老渠，年年漏水，去年春灌時有三十畝地沒澆上，今年入冬以前一定要把漏水的地方全部補好！",
]


def measured(*lines: str, edits: tuple[Edit, ...] = ()) -> Completeness:
    """Measure a text of these lines."""
    return measure(Reading("\n\n".join(lines) + "\n", edits))


def shown(raw: str, found: Completeness, field: str) -> list[tuple[str, str]]:
    """Give value and span of the evidence of a field."""
    return [(each.value, raw[each.start : each.end]) for each in found.evidence if each.field == field]


ANNOUNCED = [
    (f"{TITLE}(全文9500字)", "全文9500字", 9500),
    (f"{TITLE}（全文共約１.２萬字）", "全文共約１.２萬字", 12_000),
    (f"{TITLE}（约3000字）", "（约3000字）", 3000),
    ("字数：9,500", "字数：9,500", 9500),
    ("總字數約 3 千字", "總字數約 3 千字", 3000),
    ("本文共计三千二百字", "本文共计三千二百字", 3200),
    ("（全文完，全文约5000余字）", "全文约5000余字", 5000),
]


@pytest.mark.parametrize(("line", "span", "length"), ANNOUNCED)
@pytest.mark.parametrize("at_end", [False, True])
def test_announced_length_is_measured(line: str, span: str, length: int, at_end: bool) -> None:
    lines = [TITLE, *BODY, line] if at_end else [line, *BODY]
    found = measured(*lines)
    assert found.announced == length
    assert shown("\n\n".join(lines), found, "announced-length") == [(str(length), span)]
    assert found.present == sum(len("".join(text.split())) for text in lines)
    assert found.share == found.present / length
    assert "cut-off" in found.flags


def test_text_as_long_as_announced_is_whole() -> None:
    found = measured(f"{TITLE}（约500字）", *BODY * 3)
    assert found.announced == 500
    assert found.share is not None
    assert found.share > 0.8
    assert found.flags == ()


def test_length_in_a_removed_line_counts() -> None:
    raw = f"字数：3000  共 12 页\n{TITLE}\n" + "\n".join(BODY)
    end = raw.index("\n")
    found = measure(Reading(raw, (Edit("furniture.test", "", 1.0, 0, end),)))
    assert found.announced == 3000
    assert shown(raw, found, "announced-length") == [("3000", "字数：3000"), ("12 pages", "共 12 页")]


NO_LENGTH = [
    "会上还学习了《修渠办法》，全文9500字。",
    "他写了三千字的信",
    "作文不超过800字",
    "《修渠办法》全文如下",
    "共3项",
    "2024年字",
    "全文50字",
]


@pytest.mark.parametrize("line", NO_LENGTH)
def test_other_figures_announce_nothing(line: str) -> None:
    assert measured(TITLE, line, *BODY).announced is None


ABRIDGED = [
    (f"{TITLE}（摘要）", "（摘要）"),
    (f"{TITLE}(節選)", "(節選)"),
    (f"{TITLE}【摘登】", "【摘登】"),
    (f"{TITLE}摘编", "讲话摘编"),
    ("（本文有删减）", "（本文有删减）"),
    ("（發表時有刪節）", "（發表時有刪節）"),
    ("（未完待续）", "（未完待续）"),
    ("（下略）", "（下略）"),
    ("本文为节选，略有删改", "本文为节选，略有删改"),
]


@pytest.mark.parametrize(("line", "span"), ABRIDGED)
def test_abridgement_is_found(line: str, span: str) -> None:
    lines = [line, *BODY] if TITLE in line else [TITLE, *BODY, line]
    found = measured(*lines)
    assert [raw for _, raw in shown("\n\n".join(lines), found, "abridgement")] == [span]
    assert found.flags == ("abridged",)


WHOLE = [
    pytest.param([TITLE, "摘要：本文说修渠。", *BODY], id="abstract"),
    pytest.param([TITLE, *BODY, "要点：修渠、修路"], id="points"),
    pytest.param([TITLE, *BODY, "附件：各家出工名单", "（略）"], id="attachment-left-out"),
    pytest.param([TITLE, *BODY, "河边村委会", "二〇二四年三月十日"], id="signature"),
    pytest.param(
        [TITLE, *BODY, "出席：张三、李四、王五、赵六、钱七、孙八、周九、吴十、郑十一、王十二、冯十三、陈十四、褚十五、卫十六"],
        id="names",
    ),
    pytest.param([TITLE, *BODY, "序号　姓名　工日", "1　张三　十二", "2　李四　十"], id="table"),
    pytest.param([TITLE, *BODY, "春日修渠", "渠水清清流过村，老树新芽又一春", "（张三）"], id="verse"),
    pytest.param([TITLE, *BODY, "抄送：各村民小组"], id="copy"),
    pytest.param([TITLE, *BODY, "谢谢大家"], id="thanks"),
    pytest.param([TITLE, *BODY, "本规定自二〇二四年三月十日起施行，以前与此不合的规定自同日起一律廢止"], id="full-stop-forgotten"),
    pytest.param([TITLE, *BODY, "责任编辑：张三"], id="credit"),
    pytest.param([TITLE, *BODY, "他说：“明年春灌不愁了。”"], id="quotation"),
    pytest.param([TITLE, *BODY, "此事以后再说……"], id="ellipsis"),
    pytest.param([TITLE, *(line.translate(dict.fromkeys(map(ord, "，。！；"))) for line in BODY)], id="no-punctuation-at-all"),
    pytest.param(["渠水清清流过村，", "老树新芽又一春。", "去年漏水今年补，", "明年"] * 9, id="poem"),
    pytest.param([], id="empty"),
]


@pytest.mark.parametrize("lines", WHOLE)
def test_whole_text_is_not_flagged(lines: list[str]) -> None:
    assert measured(*lines).flags == ()


CUT = [
    pytest.param([*BODY, BODY[0][:-7]], "mid-sentence", id="plain"),
    pytest.param([*TRADITIONAL * 2, TRADITIONAL[0][:-7]], "mid-sentence", id="traditional"),
    pytest.param([*BODY, BODY[0][:-7], "本文来自网络，版权归作者所有，如有侵权请联系删除。"], "mid-sentence", id="before-a-notice"),
    pytest.param([*BODY, "他在会上又说起那年冬天的事情，大家一起唱着“老槐树"], "open-bracket", id="open-quotation"),
    pytest.param([*BODY, "明年春灌以前，东渠（从老槐树到石桥的一段，"], "open-bracket", id="comma"),
    pytest.param([line.replace("，", ",").replace("！", "!") for line in [*BODY, BODY[1][:-5]]], "mid-sentence", id="half-width"),
    pytest.param(["".join(BODY * 3) + BODY[2][:-5]], "mid-sentence", id="one-line"),
]


@pytest.mark.parametrize(("lines", "reason"), CUT)
def test_end_in_mid_sentence_is_found(lines: list[str], reason: str) -> None:
    found = measured(TITLE, *lines)
    raw = "\n\n".join([TITLE, *lines])
    ((value, span),) = shown(raw, found, "cut-off")
    assert value == reason
    assert any(line.endswith(span) for line in lines[-2:])
    assert found.flags == ("cut-off",)


def test_fewer_points_than_announced_are_evidence_but_no_flag_alone() -> None:
    points = [f"{number}、修{what}\n\n{BODY[1]}" for number, what in zip("一二三", "渠路桥", strict=True)]
    found = measured(TITLE, "下面，我先讲六个方面的意见。", *points)
    assert [each.value for each in found.evidence] == ["points-missing"]
    assert found.flags == ()
    assert measured(TITLE, "下面，我先讲六个方面的意见。", *points, "四、修好石桥").flags == ("cut-off",)
    assert measured(TITLE, "下面，我先讲三点意见。", *points).evidence == ()


def test_removed_link_to_the_rest_is_a_cut() -> None:
    raw = "\n".join([TITLE, *BODY, "阅读全文"])
    found = measure(Reading(raw, (Edit("furniture.cut-off", "", 0.9, raw.index("阅读全文"), len(raw)),)))
    assert shown(raw, found, "cut-off") == [("link-to-the-rest", "阅读全文")]
    assert found.flags == ("cut-off",)


@given(edited_texts())
def test_evidence_lies_in_the_raw_text(edited: tuple[str, tuple[Edit, ...]]) -> None:
    raw, edits = edited
    found = measure(Reading(raw, edits))
    assert all(0 <= each.start <= each.end <= len(raw) and 0 < each.confidence <= 1 for each in found.evidence)
    assert {each.field for each in found.evidence} <= {"announced-length", "abridgement", "cut-off"}


@given(st.text("甲a ，\n\u3000\u200b", max_size=60))
def test_characters_are_counted_one_by_one(text: str) -> None:
    assert count_characters(text) == sum(char in "甲a，" for char in text)


@given(st.integers(45, 150), st.sampled_from(["", "责任编辑：张三", "扫一扫在手机打开当前页"]))
def test_cut_within_a_sentence_is_flagged_wherever_it_falls(length: int, notice: str) -> None:
    sentence = "今年先把东边的渠修好再把西边的路铺平，" * 8
    flags = measured(TITLE, *BODY, sentence[:length].rstrip("，") + "种", notice).flags
    assert flags == ("cut-off",)


# ------------------------------------------------------------------------------------------------------- real texts


def measured_file(file: Path) -> list[Completeness]:
    """Measure each document of a file."""
    raw = decode(file.read_bytes()).text
    return [measure(Reading(raw, edits)) for edits in clean(raw)]


def test_samples_say_what_people_saw(shared: Path) -> None:
    found = {file.name[:3]: measured_file(file) for file in sorted((shared / "samples").glob("*.txt"))}
    assert {name: [each.flags for each in each_file] for name, each_file in found.items()} == {
        "000": [("cut-off",)],
        "001": [(), ()],
        "002": [()],
        "003": [()],
        "004": [("abridged",)],
    }
    assert found["000"][0].announced == 9500
    assert found["000"][0].share == pytest.approx(0.42, abs=0.03)


def test_no_document_of_the_corpora_is_called_cut_off(shared: Path) -> None:
    files = [file for file in sorted((shared / "corpora").glob("*/*.txt")) if file.parent.name != "test_data"]
    flags = {file.name: {flag for each in measured_file(file) for flag in each.flags} for file in files}
    assert len(flags) > 700
    assert [name for name, found in flags.items() if "cut-off" in found] == []
    assert {name[:4] for name, found in flags.items() if "abridged" in found} == {"gov-"}  # these say 本文有删减
