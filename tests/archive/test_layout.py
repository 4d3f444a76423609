"""Raw text to body by edits that can be undone; the tiling law on generated and on real texts."""

import json
import random
import re
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.layout import lines_to_paragraphs
from archive.cleaning.text import Text
from archive.cleaning.wrapping import looks_wrapped, wrapped_width
from archive.document import normal_body
from archive.edits import Edit, Piece, apply_edits, edit_from_json, tile
from archive.encoding import decode
from tests.archive.texts import BREAKS, INVISIBLE, SIMPLIFIED, TRADITIONAL, edited_texts, nasty_lines, nasty_texts, refusal

BLANK = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
"""White space, and what counts as such at the edge of a line."""


def clean(raw: str) -> tuple[Edit, ...]:
    """Find the edits of layout alone."""
    return tuple(lines_to_paragraphs(Text(raw)))


def body_of(raw: str) -> str:
    """Clean a raw text and give its body."""
    return apply_edits(raw, clean(raw))


def visible(text: str) -> str:
    """Give what is neither white space nor invisible at the edge of a line: cleaning may not touch it."""
    return BLANK.sub("", text)


# ------------------------------------------------------------------------------------------------------ edits

edits = st.builds(
    lambda rule, reason, confidence, start, length, replacement, document: Edit(
        rule, reason, confidence, start, start + length, replacement, document
    ),
    nasty_texts,
    nasty_texts,
    st.floats(0, 1),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    nasty_texts,
    nasty_lines,
)


@given(edits)
def test_edit_from_json_inverts_to_json(edit: Edit) -> None:
    assert edit_from_json(json.loads(json.dumps(edit.to_json()))) == edit


WELL_FORMED = {"rule": "a.b", "reason": "r", "confidence": 1.0, "start": 3, "end": 5, "replacement": "", "document": "a"}
MALFORMED = [
    pytest.param({"start": 5, "end": 3}, id="backwards"),
    pytest.param({"start": -1}, id="negative"),
    pytest.param({"start": "3"}, id="string-for-a-number"),
    pytest.param({"start": None}, id="null"),
    pytest.param({"start": 3.0, "end": 5.0}, id="fractions"),
    pytest.param({"rule": 7}, id="number-for-a-string"),
    pytest.param({"reason": 7}, id="number-for-a-reason"),
    pytest.param({"replacement": None}, id="no-replacement"),
    pytest.param({"confidence": "high"}, id="confidence-in-words"),
    pytest.param({"colour": "red"}, id="unknown-field"),
]


@pytest.mark.parametrize("change", MALFORMED)
def test_edit_of_another_form_is_refused(change: dict[str, object]) -> None:
    record = {**WELL_FORMED, **change}
    expected = f"edit {str(record)[:80]} is not well formed"
    hint = "restore edits.jsonl or import the source again"
    assert refusal(lambda: edit_from_json(record)) == ("invalid-metadata", expected, hint)


def test_edit_without_a_field_is_refused() -> None:
    hint = "restore edits.jsonl or import the source again"
    expected = ("invalid-metadata", "edit {'rule': 'a.b', 'start': 3} is not well formed", hint)
    assert refusal(lambda: edit_from_json({"rule": "a.b", "start": 3})) == expected


# ------------------------------------------------------------------------------------------------------ tiles


@given(edited_texts())
def test_pieces_tile_the_raw_text(case: tuple[str, tuple[Edit, ...]]) -> None:
    raw, given_edits = case
    pieces = list(tile(raw, given_edits))
    assert "".join(piece.raw for piece in pieces) == raw
    assert tuple(piece.edit for piece in pieces if piece.edit) == given_edits
    assert all(raw[piece.start : piece.start + len(piece.raw)] == piece.raw for piece in pieces)


@given(edited_texts())
def test_body_is_kept_pieces_and_replacements(case: tuple[str, tuple[Edit, ...]]) -> None:
    raw, given_edits = case
    expected = list(raw)
    for edit in reversed(given_edits):
        expected[edit.start : edit.end] = edit.replacement
    assert apply_edits(raw, given_edits) == "".join(expected)


def test_tiles_are_kept_or_edited() -> None:
    edit = Edit("test.rule", "", 1.0, 2, 3, "渠")
    assert list(tile("先修路吧", [edit])) == [Piece("先修", 0, None), Piece("路", 2, edit), Piece("吧", 3, None)]
    assert apply_edits("先修路吧", [edit]) == "先修渠吧"


BAD_EDITS = [
    pytest.param([(0, 3), (2, 4)], "edit 2-4 overlaps the one before it or lies outside a text of 4", id="overlap"),
    pytest.param([(2, 3), (0, 1)], "edit 0-1 overlaps the one before it or lies outside a text of 4", id="out-of-order"),
    pytest.param([(3, 5)], "edit 3-5 overlaps the one before it or lies outside a text of 4", id="outside"),
    pytest.param([(3, 2)], "edit 3-2 overlaps the one before it or lies outside a text of 4", id="backwards"),
]


@pytest.mark.parametrize(("spans", "message"), BAD_EDITS)
def test_edits_that_do_not_fit_are_refused(spans: list[tuple[int, int]], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        list(tile("先修路吧", [Edit("test.rule", "", 1.0, start, end) for start, end in spans]))


# -------------------------------------------------------------------------------------------- lines to paragraphs

BODIES = [
    pytest.param("第一段\n第二段\n", "第一段\n\n第二段\n", id="a-paragraph-a-line"),
    pytest.param("第一段\n\n第二段\n", "第一段\n\n第二段\n", id="clean-already"),
    pytest.param("第一段\r\n\r\n第二段\r\n", "第一段\n\n第二段\n", id="crlf"),
    pytest.param("一\r二\x0b三\x0c四\x85五\u2028六\u2029七", "一\n\n二\n\n三\n\n四\n\n五\n\n六\n\n七\n", id="every-line-end"),
    pytest.param("\u3000\u3000第一段\n\u3000\u3000第二段", "第一段\n\n第二段\n", id="indents"),
    pytest.param("\n \n第一段 \t\n\n\n\u3000\n第二段\n\n", "第一段\n\n第二段\n", id="blank-lines-and-edges"),
    pytest.param("\ufeff第一段\u200b\n\u200b\n\u2060第二段\u00ad", "第一段\n\n第二段\n", id="invisible-edges"),
    pytest.param("第\u200b一 段\u3000了\n", "第\u200b一 段\u3000了\n", id="inside-a-line-all-stays"),
    pytest.param("第一段", "第一段\n", id="no-line-end"),
]


@pytest.mark.parametrize(("raw", "body"), BODIES)
def test_lines_become_paragraphs(raw: str, body: str) -> None:
    assert body_of(raw) == body


SPLIT = [
    pytest.param("先修好水\n\u200b\n车，再修路。", "先修好水车，再修路。\n", id="zero-width-line-in-a-word"),
    pytest.param("先修好水车。\n\u200b\n再修路。", "先修好水车。\n\n再修路。\n", id="zero-width-line-behind-a-stop"),
    pytest.param("大家按\n渠水公约\n，轮流放水。", "大家按\n\n渠水公约，轮流放水。\n", id="mark-begins-a-line"),
    pytest.param("大家，按\n渠水公约\n，轮流放水。\n\n修路\n\n种树", "大家，按渠水公约，轮流放水。\n\n修路\n\n种树\n", id="link"),
    pytest.param(
        "大家，按\n渠水公约\n的话，放水\n。\n\n一、修路\n先修东头，再修西头。\n\n种树\n\n放水\n\n收工",
        "大家，按渠水公约的话，放水。\n\n一、修路\n\n先修东头，再修西头。\n\n种树\n\n放水\n\n收工\n",
        id="heading-before-its-paragraph",
    ),
    pytest.param("大家，按\n渠水公约\n轮流放水。", "大家，按\n\n渠水公约\n\n轮流放水。\n", id="nothing-tells"),
]


@pytest.mark.parametrize(("raw", "body"), SPLIT)
def test_lines_split_at_links_and_inside_words_are_joined(raw: str, body: str) -> None:
    assert body_of(raw) == body


def test_each_edit_says_rule_and_reason() -> None:
    assert clean("\n第一段\n第二段") == (
        Edit("layout.edge", "white space around the text", 1.0, 0, 1),
        Edit("layout.paragraph-break", "one blank line between paragraphs", 1.0, 4, 5, "\n\n"),
        Edit("layout.edge", "white space around the text", 1.0, 8, 8, "\n"),
    )


PARAGRAPHS = (
    "河边的老水车修好以后，村里人每天傍晚都要去看一看，孩子们在渠边跑来跑去，老人坐在石头上说从前的事，说到天黑才肯回家。",
    "会上商量的是明年的事，先修哪一段渠，后修哪一条路，钱从哪里来，工从哪里出，大家你一句我一句，争了三个晚上才有结果。",
    "账目贴在祠堂的墙上，谁都可以去看，看不懂的可以问，问了还不明白就到会上说，这样办了两年，村里再没有人为钱的事吵架了。",
)


def wrap(paragraph: str, width: int) -> list[str]:
    """Break a paragraph after every so many characters."""
    return [paragraph[start : start + width] for start in range(0, len(paragraph), width)]


@pytest.mark.parametrize("indent", ["", "\u3000\u3000"], ids=["flush", "indented"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("width", [13, 16, 18])
def test_hard_wrapped_lines_are_joined(width: int, line_end: str, indent: str) -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrap(indent + paragraph, width)]
    assert body_of(line_end.join(lines)) == "\n\n".join(PARAGRAPHS) + "\n"


def test_indent_parts_paragraphs_though_the_line_before_is_full() -> None:
    full = [f"{(paragraph * 2)[:77]}。" for paragraph in PARAGRAPHS]
    lines = [line for paragraph in full for line in wrap("\u3000\u3000" + paragraph, 16)]
    assert {len(line) for line in lines} == {16}
    assert body_of("\n".join(lines)) == "\n\n".join(full) + "\n"


def test_joining_is_written_down() -> None:
    lines = [line for paragraph in PARAGRAPHS for line in wrap(paragraph, 16)]
    joins = [edit for edit in clean("\n".join(lines)) if edit.rule == "layout.hard-wrap"]
    assert len(joins) == len(lines) - len(PARAGRAPHS)
    assert {(edit.reason, edit.confidence, edit.replacement) for edit in joins} == {("line broken inside a paragraph", 0.9, "")}


@st.composite
def wrapped_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Texts broken after every so many characters, and the paragraphs that they were made of."""
    width = draw(st.integers(13, 40))
    shuffled = random.Random(draw(st.integers(0, 2**32)))
    indent = draw(st.sampled_from(("", "\u3000\u3000", "    ")))
    first = width - 2 if indent else width
    paragraphs, lines = list[str](), list[str]()
    for _ in range(draw(st.integers(3, 5))):
        length = first + draw(st.integers(2, 4)) * width + draw(st.integers(2, width - 6))
        paragraphs.append("".join(shuffled.choices(PARAGRAPHS[0][:8], k=length - 1)) + "。")
        lines += [indent + paragraphs[-1][:first], *wrap(paragraphs[-1][first:], width)]
    return draw(st.sampled_from(BREAKS[:3])).join(lines), paragraphs


@given(wrapped_texts())
def test_any_hard_wrapped_text_is_joined(case: tuple[str, list[str]]) -> None:
    raw, paragraphs = case
    assert body_of(raw).removesuffix("\n").split("\n\n") == paragraphs


BROKEN = [
    pytest.param("20", "12年", id="number"),
    pytest.param("增长", "3.5%", id="before-a-fraction"),
    pytest.param("二", "○一二年", id="circle-for-zero"),
    pytest.param("1998", "-2003年", id="years"),
]


def wrap_columns(text: str, width: int) -> list[str]:
    """Break a text where a line would be wider than so many columns; ASCII takes one, everything else two."""
    lines = [""]
    for char in text:
        if sum(1 + (not one.isascii()) for one in lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines


@pytest.mark.parametrize(("left", "right"), BROKEN)
def test_what_a_line_end_broke_is_joined_without_a_space(left: str, right: str) -> None:
    before = 16 - sum(1 + (not char.isascii()) for char in left) // 2
    text = PARAGRAPHS[0][:before] + left + right + PARAGRAPHS[0][before:]
    lines = [line for paragraph in (text, *PARAGRAPHS[1:]) for line in wrap_columns(paragraph, 32)]
    assert (lines[0].endswith(left), lines[1].startswith(right)) == (True, True)
    assert body_of("\n".join(lines)) == "\n\n".join((text, *PARAGRAPHS[1:])) + "\n"


def test_words_are_joined_with_a_space() -> None:
    words = "The old water wheel at the river turns again and all of us went to see it. " * 9
    lines = [line.strip() for line in wrap(words, 40)]
    joined = [edit for edit in clean("\n".join(lines)) if edit.rule == "layout.hard-wrap"]
    assert {edit.replacement for edit in joined} == {" "}


ORDINARY = [
    pytest.param(PARAGRAPHS, id="paragraphs"),
    pytest.param(
        [
            f"{number}、{thing}"
            for number, thing in zip("一二三四五六七", ("修渠", "修桥的事", "账目", "水车", "种树", "学校", "路"), strict=True)
        ],
        id="short-list",
    ),
    pytest.param([f"（{number}）{PARAGRAPHS[number % 3][: 14 + 5 * number]}；" for number in range(1, 9)], id="list-of-clauses"),
    pytest.param(
        ["渠水绕村流", "车声到夜休", "老人说旧事", "孩子数星斗", "明日还修路", "今宵且看秋", "墙边账一纸", "树下话千头"], id="verse"
    ),
    pytest.param([f"{line[:7]}，{line[7:14]}。" for line in wrap(visible(PARAGRAPHS[0]), 14)[:4] * 2], id="couplets"),
    pytest.param([f"{month}月\t{month * 3 % 7}.5\t{month * 40}" for month in range(1, 13)], id="narrow-table"),
    pytest.param(
        [f"| {month}月 | 平均气温{3 * month}度 | 降水{month * 977}毫米 |" for month in range(1, 10)], id="table-of-one-width"
    ),
    pytest.param(
        [f"{month}月    平均气温 {10 + month} 度    降水 {100 + month} 毫米" for month in range(1, 10)], id="padded-columns"
    ),
    pytest.param([f"U+{code:X}\tkRadicalStroke\tU+{code + 5:X}" for code in range(0x4E00, 0x4E10)], id="columns-of-codes"),
    pytest.param(["\u3000".join((name + "王建国", name + "李小梅", name + "陈河生")) for name in "甲乙丙丁戊己庚"], id="roster"),
    pytest.param(list("河边的老水车修好了"), id="a-character-a-line"),
    pytest.param(
        [
            f"{number}、先把渠修到{village}村的东头再修路"
            for number, village in zip("一二三四五六七", "张王李赵陈孙周", strict=True)
        ],
        id="outline",
    ),
    pytest.param(
        [f"{place}的水车转了一年，{place}的树下坐满了人" for place in ("东边", "西边", "南边", "北边")] * 2, id="verse-of-one-width"
    ),
    pytest.param(["问：水车修好了吗？", "答：修好了。", "问：花了多少钱？", "答：账在墙上。"] * 3, id="questions-and-answers"),
]


@pytest.mark.parametrize("lines", ORDINARY)
def test_lines_that_are_not_wrapped_are_left_alone(lines: list[str]) -> None:
    assert body_of("\n".join(lines)) == "\n\n".join(lines) + "\n"
    assert not looks_wrapped(lines)


def test_width_is_counted_in_columns() -> None:
    assert wrapped_width([line for paragraph in PARAGRAPHS for line in wrap(paragraph, 16)]) == 32
    assert wrapped_width([line for paragraph in PARAGRAPHS for line in wrap(paragraph, 18)]) == 36


def test_few_lines_are_never_wrapped() -> None:
    assert wrapped_width(wrap(PARAGRAPHS[0], 12)[:5]) is None
    assert wrapped_width([]) is None


def test_narrow_lines_are_never_wrapped() -> None:
    assert wrapped_width(["一", "二", "三", "四", "五", "六", "七"]) is None


# ------------------------------------------------------------------------------------------------- laws of cleaning

damaged_texts = st.one_of(
    nasty_texts,
    st.lists(
        st.one_of(
            st.sampled_from((SIMPLIFIED, TRADITIONAL, *PARAGRAPHS)),
            st.sampled_from(PARAGRAPHS).flatmap(lambda text: st.integers(1, 40).map(lambda width: "\n".join(wrap(text, width)))),
            st.sampled_from(
                (*BREAKS, *INVISIBLE, " ", "\u3000\u3000", "2012 年 11 月", ",,", "下载 打印 收藏", "[1]", "\ufffd", "保?")
            ),
            nasty_lines,
        ),
        max_size=12,
    ).map("".join),
)


@given(damaged_texts)
def test_kept_and_edited_spans_tile_a_damaged_text(raw: str) -> None:
    found = clean(raw)
    assert "".join(piece.raw for piece in tile(raw, found)) == raw
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(damaged_texts)
def test_only_white_space_is_changed(raw: str) -> None:
    assert visible(body_of(raw)) == visible(raw)
    assert all(visible(raw[edit.start : edit.end]) == "" for edit in clean(raw))


@given(damaged_texts)
def test_cleaning_a_body_changes_nothing(raw: str) -> None:
    body = body_of(raw)
    assert body_of(body) == body


@given(damaged_texts)
def test_body_has_the_form_that_is_hashed(raw: str) -> None:
    body = body_of(raw)
    if visible(body):
        assert normal_body(body) == body


@given(damaged_texts)
def test_edit_tells_how_sure_it_is(raw: str) -> None:
    for edit in clean(raw):
        assert edit.rule
        assert edit.reason
        assert 0 <= edit.confidence <= 1
        assert edit.document == ""
        assert raw[edit.start : edit.end] != edit.replacement


def count_calls(function: Callable[[], object]) -> int:
    """Count the calls of Python functions that a call makes, a measure of work that no clock disturbs."""
    calls = 0

    def tick(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        function()
    finally:
        sys.setprofile(before)
    return calls


def test_work_grows_with_the_lines_and_not_with_their_square() -> None:
    few, many = (count_calls(lambda raw="短句\n" * lines: clean(raw)) for lines in (300, 600))
    assert many < 3 * few


# ------------------------------------------------------------------------------------------------------ real texts


def real_texts(shared: Path) -> list[Path]:
    """Every sample, and every fifth file of the corpora, so that the tests stay quick."""
    return sorted((shared / "samples").glob("*.txt")) + sorted((shared / "corpora").rglob("*.txt"))[::5]


def test_real_texts_are_tiled_and_lose_only_white_space(shared: Path) -> None:
    files = real_texts(shared)
    assert len(files) > 100
    for file in files:
        raw = decode(file.read_bytes()).text
        found = clean(raw)
        assert "".join(piece.raw for piece in tile(raw, found)) == raw, file
        assert visible(apply_edits(raw, found)) == visible(raw), file
        assert normal_body(apply_edits(raw, found)) == apply_edits(raw, found), file


# ------------------------------------------------------------------------------------- widths that few lines fill


HANGING = (
    "第 一 條  船舶應停泊於本府公告指定之碼頭區域，不得占用漁船卸魚、\n"
    "          加油、加冰之碼頭，亦不得妨礙其他船舶進出港口及航道；\n"
    "          違者依法處理。\n"
    "第 二 條  船舶所有人應於每年十二月底以前檢具申請書、執照影本及保\n"
    "          險證明文件，向本府申請次年度之船席。\n"
    "第 三 條  颱風警報發布後，船舶應依本府指示移泊，並加強纜繩之繫固\n"
    "          ；未依指示辦理者，本府得代為移泊。\n"
    "第 四 條  本辦法自發布日施行。\n"
)


def test_lines_that_hang_under_their_first_are_joined() -> None:
    paragraphs = body_of(HANGING).split("\n\n")
    assert [paragraph[:5] for paragraph in paragraphs] == ["第 一 條", "第 二 條", "第 三 條", "第 四 條"]
    assert paragraphs[0].endswith("不得占用漁船卸魚、加油、加冰之碼頭，亦不得妨礙其他船舶進出港口及航道；違者依法處理。")


def test_wrap_among_many_short_lines_is_found() -> None:
    wrapped = [line for paragraph in PARAGRAPHS for line in wrap(f"　　{paragraph}", 28)]
    short = [f"{name}：{name}同志。" for name in ("出席", "列席", "主持", "记录", "地点", "时间")]
    paragraphs = body_of("\n".join([*short, *wrapped, *short])).rstrip("\n").split("\n\n")
    assert paragraphs == [*short, *PARAGRAPHS, *short]


def test_verses_of_equal_length_are_never_joined() -> None:
    verses = ["山下水边人来往，早晚船声不断绝，", "老树新花年年好，东风西雨各有时。"] * 6
    assert body_of("\n".join(verses)).rstrip("\n").split("\n\n") == verses
