"""Plain text, Markdown and editions with marks: what is text stays, what is a mark is an edit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.edits import apply_edits, tile
from archive.encoding import Decoded
from archive.importers import extract
from archive.importers.extracted import Extracted
from archive.importers.markdown import is_markdown, read_markdown
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, nasty_texts


def body_of(found: Extracted) -> str:
    return apply_edits(found.raw, found.edits)


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, f"一\r\n{SIMPLIFIED}\u2028\n", "abc"])
def test_plain_text_is_unchanged(text: str) -> None:
    assert extract(text.encode()) == Extracted(raw=text, format="text", encoding="utf-8")


def test_bad_byte_is_named() -> None:
    data = SIMPLIFIED.encode("gb18030")
    found = extract(data + b"\xff" + data)
    assert (found.format, found.encoding, found.unreadable) == ("text", "gb18030", (len(data),))


PLAIN = [
    pytest.param("第一号 # 的房子\n# 一个井号\n正文。\n", id="one-number-sign"),
    pytest.param("# 甲\n# 乙\n", id="lines-of-number-signs"),
    pytest.param("张**说，李*明和王*华都同意。\n", id="names-left-out"),
    pytest.param("张**、李**和王**都同意。\n# 二\n", id="names-left-out-and-a-number-sign"),
    pytest.param("---\n\n水渠修好了。\n\n---\n", id="lines-drawn-across"),
    pytest.param("---\n不是字段\n---\n水渠\n", id="no-front-matter"),
    pytest.param("---\n甲: 乙\n---\n水渠\n", id="no-field-that-we-know"),
    pytest.param("> 引用\n正文 3*4*5=60\n", id="quotation"),
    pytest.param("a < b 与 <!-- 没有完\n", id="comment-without-end"),
    pytest.param("```\n", id="one-fence"),
]


@pytest.mark.parametrize("text", PLAIN)
def test_stray_signs_make_no_markdown(text: str) -> None:
    assert extract(text.encode(), "村志.txt") == Extracted(raw=text, format="text", encoding="utf-8")


MARKED = [
    pytest.param("# 修渠\n\n## 一、经费\n\n正文。\n", "修渠\n\n一、经费\n\n正文。\n", id="headings"),
    pytest.param("# 修渠 #\n\n## 经费 ##\n", "修渠\n\n经费\n", id="closed-headings"),
    pytest.param("# 修渠\n\n正**文**和*字*。\n", "修渠\n\n正文和*字*。\n", id="emphasis-inside-a-word-is-strong-only"),
    pytest.param("# 修渠\n\n**重点**： _不要_ 忘。\n", "修渠\n\n重点： 不要 忘。\n", id="emphasis"),
    pytest.param('# 修渠\n\n见[附件](http://a.org/b_(c) "题")。\n', "修渠\n\n见附件。\n", id="link"),
    pytest.param("# 修渠\n\n![图](a.png)正文<https://a.org>\n", "修渠\n\n正文https://a.org\n", id="picture-and-address"),
    pytest.param("# 修渠\n\n<!-- 待\n查 -->正文\n", "修渠\n\n正文\n", id="comment"),
    pytest.param("# 修渠\n\n> 引\n>> 用\n\n**完**\n", "修渠\n\n引\n用\n\n完\n", id="quotation"),
    pytest.param("# 修渠\n\n一**字**\n\n* * *\n\n---\n", "修渠\n\n一字\n\n\n\n\n", id="lines-drawn-across"),
    pytest.param("# 修渠\n\n```sh\nmake\n```\n", "修渠\n\n\nmake\n\n", id="fences"),
    pytest.param("# 修渠\n\n\\*不是\\* 强**调**，`字`\n", "修渠\n\n*不是* 强调，字\n", id="escapes-and-code"),
    pytest.param("# 修渠\n\n1. 甲\n- 乙\n\n## 二\n", "修渠\n\n1. 甲\n- 乙\n\n二\n", id="bullets-stay"),
    pytest.param("# 修渠\n\n张**、李**说**好**\n", "修渠\n\n张**、李**说好\n", id="names-left-out"),
    pytest.param("# 修渠\n\n村口\n====\n\n**好**\n", "修渠\n\n村口\n\n\n好\n", id="underlined-heading"),
]


@pytest.mark.parametrize(("text", "body"), MARKED)
def test_marks_of_markdown_are_edits(text: str, body: str) -> None:
    found = extract(text.encode())
    assert (found.format, found.raw, body_of(found)) == ("markdown", text, body)
    assert {edit.rule.partition(".")[0] for edit in found.edits} == {"markdown"}


def test_one_sign_is_enough_if_the_name_says_markdown() -> None:
    text = "正文**重点**。\n"
    assert extract(text.encode(), "a.md").format == "markdown"
    assert extract(text.encode(), "a.txt").format == "text"


FRONT = """---
title: 修渠
speaker: [水生, 春妮]
date: 2020-03-10
published:
  - container: 村口快报
    date: 2020-03-11
  - container: 县报
colour: 红
---
正文 # 一 *二*
"""


@pytest.mark.parametrize("text", [FRONT, FRONT.replace("\n", "\r\n")])
def test_front_matter_is_what_a_person_said(text: str) -> None:
    found = extract(text.encode())
    assert body_of(found).strip() == "正文 # 一 *二*"
    assert [(each.field, each.value) for each in found.evidence] == [
        ("title", "修渠"),
        ("speaker", "水生"),
        ("speaker", "春妮"),
        ("date", "2020-03-10"),
        ("published.container", "村口快报"),
        ("published.date", "2020-03-11"),
    ]
    assert {(each.rule, each.confidence) for each in found.evidence} == {("front-matter", 1.0)}
    assert all(found.raw[each.start : each.end] == each.value for each in found.evidence)
    assert found.notices == ("front matter gives several entries for published; only the first was taken",)


EDITION = """# -*- mode: mandoku-view -*-
#+TITLE: 水渠志
#+DATE: 2016-08-10 10:12:23
#+PROPERTY: JUAN 1
<pb:XX1a0001_a_001-1a>¶
** 1 序
　　¶
渠之長，¶
三里有半，¶
<pb:XX1a0001_a_001-1b>¶
民賴以生。¶

　　後記曰：¶
渠成。¶
"""


def test_marks_of_an_edition_are_edits() -> None:
    found = extract(EDITION.encode())
    expected = ["1 序", "　　渠之長，三里有半，民賴以生。", "　　後記曰：渠成。"]
    assert [line for line in body_of(found).split("\n") if line.strip()] == expected
    assert {edit.rule for edit in found.edits} == {"markup.keyword", "markup.page-mark", "markup.heading-mark"}
    (title,) = found.evidence
    assert (title.field, title.value, found.raw[title.start : title.end]) == ("title", "水渠志", "水渠志")


@pytest.mark.parametrize("text", ["正文¶\n又一行¶\n", "#+标题 一\n正文\n", "#+TITLE: 一个\n正文\n"])
def test_stray_marks_make_no_edition(text: str) -> None:
    assert extract(text.encode()).edits == ()


signs = st.sampled_from(
    [
        "# ",
        "## ",
        "**",
        "*",
        "_",
        "[",
        "](http://a)",
        "<!--",
        "-->",
        "---\n",
        "\n",
        "\n\n",
        "> ",
        "```",
        "\\",
        "`",
        "<pb:a>",
        "¶",
        "#+A: ",
    ]
)


@given(st.lists(st.one_of(signs, nasty_texts.map(lambda text: text.replace("\0", ""))), max_size=20).map("".join))
def test_edits_tile_and_only_remove(text: str) -> None:
    for name in ("a.txt", "a.md"):
        found = read_markdown(Decoded(text, "utf-8"), name=name)
        if found:
            assert "".join(piece.raw for piece in tile(found.raw, found.edits)) == text
            assert all(edit.replacement == "" for edit in found.edits)


@pytest.mark.parametrize(
    "unit", ["#", "# ", "*", "**", "_a", "[", "](", "<!--", "`", "\\", "> ", "-", "- ", "\n", "![", "¶", "<pb:", "(", "<http:"]
)
def test_adversary_is_read_in_linear_time(unit: str) -> None:
    text = f"# 修渠\n\n## 二\n\n{unit * (300_000 // len(unit))}"
    assert is_markdown(text)
    found = read_markdown(Decoded(text, "utf-8"))
    assert found is not None
    assert found.raw == text
