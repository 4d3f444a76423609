"""Doubled layers, glosses, doubled marks: what is mended, what is right as it stands."""

import pytest
from hypothesis import given

from archive.cleaning import _first_wins
from archive.cleaning.pinyin_gloss import is_reading
from archive.cleaning.repairs import mend_text
from archive.cleaning.text import Text
from archive.edits import apply_edits
from tests.archive.cleaning.damage import OWN
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, nasty_texts


def mended(raw: str) -> str:
    """Mend a text."""
    return apply_edits(raw, _first_wins(mend_text(Text(raw))))


TITLE = "在渠水公约大会上的讲话"

DOUBLED = [
    pytest.param("在在渠水公约渠水公约大会上的大会上的讲话讲话 " + TITLE, TITLE, id="runs-before-the-clean-title"),
    pytest.param(TITLE + " 在在渠水公约渠水公约大会上的大会上的讲话讲话", TITLE, id="runs-behind-the-clean-title"),
    pytest.param("".join(char * 2 for char in TITLE) + "\n" + TITLE, "\n" + TITLE, id="characters"),
    pytest.param("在在 20202020 年“年“渠水渠水”公约公约上讲话上讲话 在2020年“渠水”公约上的讲话 村民们：", None, id="marks-once"),
    pytest.param("各各位位代代表表各位代表：", "各位代表：", id="nothing-between"),
    pytest.param("會會議議結結束束。\n會議結束。", "\n會議結束。", id="short"),
    pytest.param("关于先修渠后修路的通知关于先修渠后修路的通知", "关于先修渠后修路的通知", id="line-twice"),
    pytest.param("关于先修渠后修路的通知 关于先修渠后修路的通知", "关于先修渠后修路的通知", id="line-twice-with-a-space"),
    pytest.param(
        "\n".join(line for line in OWN[:3] for _ in range(2)), "\n\n".join(OWN[:3]) + "\n", id="every-line-of-a-page-twice"
    ),
]


@pytest.mark.parametrize(("raw", "body"), DOUBLED)
def test_doubled_layer_goes_where_the_clean_form_stands_beside_it(raw: str, body: str | None) -> None:
    assert mended(raw) == (body if body is not None else "在2020年“渠水”公约上的讲话 村民们：")


RIGHT = [
    "扎扎实实办事，一是一，二是二，2020年方方面面",
    "高高兴兴上班，平平安安回家",
    "寻寻觅觅，冷冷清清，凄凄惨惨戚戚",
    "各各位位代代表表同同志志们们",
    "归去来兮归去来兮",
    "万岁！万岁！万万岁！",
    "新中国万岁！新中国万岁！",
    "各位代表！\n各位代表！\n（掌声）\n（掌声）",
    "65-69 ≥70 65-69 ≥70 65-69 ≥70 65-69 ≥70",
    "哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈",
    "（刪除）\n（刪除）\n（刪除）\n（刪除）",
]


@pytest.mark.parametrize("text", [*RIGHT, SIMPLIFIED, TRADITIONAL, *OWN])
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == text


# ----------------------------------------------------------------------------------------------------------- glosses

GLOSSED = [
    ("文化學(xué)院", "文化學院"),
    ("發(fā)展", "發展"),
    ("2021年(nian)", "2021年"),
    ("中(zhong)(zhong)共中央", "中共中央"),
    ("女（nǚ3）人，綠(lv4)水，绿（lu:）", "女人，綠水，绿（lu:）"),
    ("发[fa1]展〔zhan〕", "发展"),
    ("汉（ha\u0300n）字", "汉字"),
    ("学( xue )院", "学院"),
    ("发(fa)展(zhan)在亳(bo)州", "发展在亳州"),
]


@pytest.mark.parametrize(("raw", "body"), GLOSSED)
def test_gloss_that_reads_the_character_before_it_goes(raw: str, body: str) -> None:
    assert mended(raw) == body


@pytest.mark.parametrize(
    "text",
    [
        "世贸组织(WTO)",
        "总值(GDP)",
        "世貿組織(wto)",
        "A股(a)",
        "总额(e)",
        "亳（bó）州",
        "北京(Beijing)",
        "图1(zhong)",
        "(zhong)国",
        "重庆(chongqing)",
    ],
)
def test_other_brackets_stay(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("letters", "char", "expected"),
    [
        ("háng", "行", True),
        ("xing2", "行", True),
        ("zhong", "重", True),
        ("chong", "重", True),
        ("wto", "織", False),
        ("lv", "旅", True),
        ("nü", "女", True),
        ("nu", "女", False),
        ("", "女", False),
        ("ɡuó", "国", True),
    ],
)
def test_readings(letters: str, char: str, expected: bool) -> None:
    assert is_reading(letters, char) is expected


# ------------------------------------------------------------------------------------------------------------- marks

MARKS = [
    ("先修渠,,再修路", "先修渠,再修路"),
    ("先修渠。。", "先修渠。"),
    ("渠、、路；；桥：：树，，", "渠、路；桥：树，"),
    ("先修渠，,再修路,，再种树", "先修渠，再修路，再种树"),
    ("增长5%,,比去年", "增长5%,比去年"),
]


@pytest.mark.parametrize(("raw", "body"), MARKS)
def test_doubled_mark_is_typed_once(raw: str, body: str) -> None:
    assert mended(raw) == body


@pytest.mark.parametrize(
    "text",
    ["好……", "渠——路", "好！！", "真的？？", "等等。。。", "甲,,乙,,丙", "a,,b", "他说：“好。”。", "，，，", ";;", "std::map"],
)
def test_marks_of_their_own_stay(text: str) -> None:
    assert mended(text) == text


def test_edit_says_rule_and_confidence() -> None:
    (edit,) = mend_text(Text("發(fā)展"))
    assert (edit.rule, edit.reason, edit.confidence) == ("repair.pinyin-gloss", "reading of the character before it", 0.9)
    assert (edit.start, edit.end, edit.replacement) == (1, 5, "")


@given(nasty_texts)
def test_edits_are_edits_of_the_text(raw: str) -> None:
    for edit in mend_text(Text(raw)):
        assert 0 <= edit.start < edit.end <= len(raw)
        assert len(edit.replacement) < edit.end - edit.start
