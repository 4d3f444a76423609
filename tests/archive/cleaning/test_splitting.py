"""Several texts in one file: which files are cut where, and which never."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.splitting import find_parts
from archive.cleaning.text import Text
from archive.encoding import decode
from tests.archive.texts import nasty_texts

CLOSING = "同志们，路修好了，渠通了水，让我们一起把村里的日子过好，为河边村的明天共同努力！"
BODY = [
    "今天把大家请到老槐树下来，是想商量今年冬天修渠的事情，请大家都说说自己的想法，说完再定。",
    "一、先修东渠",
    "东渠是老渠，年年漏水，去年春灌时有三十亩地没浇上，今年入冬以前一定要把漏水的地方全部补好。",
    "二、再修西路",
    "西路一下雨就泥泞，孩子们上学要绕两里地，石料已经备好，农闲时节各家出一个劳力，十天就能铺完。",
]
TEXT = "\n".join(BODY)


def speech(place: str, salutation: str = "同志们：", closing: str = CLOSING) -> str:
    """A speech as a site shows it, with its title."""
    return "\n".join([f"在{place}修渠动员大会上的讲话", salutation, *BODY, closing])


def law(name: str, articles: int = 4) -> str:
    """A small set of rules, with its title."""
    numbers = "一二三四五六七八九"
    return "\n".join([name, *(f"第{numbers[n]}条 {BODY[0]}{BODY[2]}" for n in range(articles))])


def parts(text: str) -> list[str]:
    """Cut a text."""
    return [text[start:end] for start, end in find_parts(Text(text))]


SPLIT = [
    pytest.param(["乡里修渠的讲话（两篇）\n" + speech("河东村"), speech("河西村")], id="announced"),
    pytest.param([speech("河东村"), speech("河西村"), speech("河南村")], id="title-and-salutation"),
    pytest.param([speech("河東村", "各位鄉親：").replace("会", "會"), speech("河西村", "各位鄉親，朋友們：")], id="traditional"),
    pytest.param([speech("河东村", closing="谢谢大家！"), speech("河西村", "老师们、同学们:")], id="half-width"),
    pytest.param([law("河边村用水管理办法"), law("河边村养路规定")], id="rules"),
    pytest.param([law("河邊村用水辦法").replace("条", "條"), law("河邊村養路規則").replace("条", "條")], id="traditional-rules"),
    pytest.param([speech("河东村"), law("河边村用水管理办法"), speech("河西村")], id="mixed"),
    pytest.param([speech("河东村")[:-30], speech("河西村")], id="first-is-cut-off"),
    pytest.param([f"今年修渠的总结\n{TEXT}\n谢谢大家。", f"各位乡亲：\n{TEXT}{CLOSING}"], id="without-title"),
]


@pytest.mark.parametrize("texts", SPLIT)
def test_texts_one_after_the_other_are_several_documents(texts: list[str]) -> None:
    found = parts("\n\n".join(texts))
    assert [part.strip().split("\n")[-1] for part in found] == [text.split("\n")[-1] for text in texts]
    assert [part.strip() for part in found] == texts


@pytest.mark.parametrize("between", ["\n==========\n", "\n——全文完——\n\n", "\n* * *\n", "\n（完）\n"])
def test_separator_goes_with_the_text_behind_it(between: str) -> None:
    first, second = parts(speech("河东村") + between + speech("河西村"))
    assert first.strip() == speech("河东村")
    assert second == between.lstrip() + speech("河西村")


MARKERS = [
    ("【篇一】", "【篇二】", "【篇三】"),
    ("范文一：", "范文二：", "范文三："),
    ("修渠讲话稿篇1", "修渠讲话稿篇2", "修渠讲话稿篇3"),
    ("修渠動員講話稿（一）", "修渠動員講話稿（二）", "修渠動員講話稿（三）"),
    ("篇一：修渠", "篇二：修渠", "篇三：修渠"),
]


@pytest.mark.parametrize("markers", MARKERS)
def test_numbered_texts_of_a_collection_are_cut_and_its_title_stays_with_the_first(markers: tuple[str, ...]) -> None:
    collection = "修渠动员讲话精选3篇\n修渠是村里的大事，下面是整理好的三篇讲话，供各位写作时参考。\n"
    texts = [f"{marker}\n各位乡亲：\n" + TEXT + CLOSING for marker in markers]
    assert [part.strip() for part in parts(collection + "\n".join(texts))] == [collection + texts[0], *texts[1:]]


REPORT = ["河边村工作报告", "各位代表：", *BODY, "各位代表！", *BODY[3:], CLOSING]
ONE = [
    pytest.param(speech("河东村"), id="a-speech"),
    pytest.param("\n".join(REPORT), id="a-report-with-salutations"),
    pytest.param("\n".join(f"第{n}编 水利\n第一章 总则\n" + law("通则", 5) for n in "一二三"), id="a-law-in-parts"),
    pytest.param("\n".join(f"第{n}篇 修渠的道理\n" + TEXT for n in "一二三"), id="a-book-in-chapters"),
    pytest.param("\n".join(["河边村二〇二四年工作总结", *BODY, "二〇二五年工作方案", *BODY]), id="summary-and-plan"),
    pytest.param("\n".join([*BODY, "他在信里写道：", "“同志们：", *BODY, "就写到这里。”"]), id="quoted-letter"),
    pytest.param("河边村消息\n" + BODY[2] * 4 + "\n会上，村长作了讲话，全文如下：\n" + speech("河东村"), id="news-with-the-speech"),
    pytest.param(
        "关于印发用水规定的通知\n" + TEXT + "\n现将《河边村用水规定》印发给你们。\n" + law("河边村用水规定"),
        id="rules-named-before",
    ),
    pytest.param("\n".join(BODY * 2) + "\n附件：\n" + law("河边村用水规定"), id="attachment"),
    pytest.param("在河东村修渠动员大会上的讲话\n摘要：" + BODY[2] * 6 + "\n" + speech("河东村"), id="title-again"),
    pytest.param("".join(f"主席：{line}\n张村长：{line}\n" for line in BODY * 3) + law("用水条例"), id="transcript"),
    pytest.param("\n\n".join(f"春日修渠\n张三\n{'渠水清清流过村，' * 4}\n{'老树新芽又一春。' * 4}" for _ in range(9)), id="poems"),
    pytest.param("目录\n" + "".join(f"在河{n}村大会上的讲话\n" for n in "东西南北" * 20) + BODY[0] * 9, id="list-of-titles"),
    pytest.param("修渠讲话（两篇）\n" + speech("河东村"), id="announced-but-only-one"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("text", ONE)
def test_one_text_stays_one(text: str) -> None:
    assert parts(text) == [text]


@given(nasty_texts)
def test_parts_tile_the_text(text: str) -> None:
    found = find_parts(Text(text))
    assert (found[0][0], found[-1][1]) == (0, len(text))
    assert all(before[1] == after[0] for before, after in pairwise(found))


@given(
    st.lists(
        st.sampled_from([*BODY, CLOSING, "同志们：", "在河东村大会上的讲话", "=====", "第一条 水", "【篇二】", "（两篇）"]),
        max_size=40,
    )
)
def test_parts_tile_and_each_is_long_enough(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = find_parts(Text(text))
    assert "".join(text[start:end] for start, end in found) == text
    assert len(found) == 1 or all(end - start >= 100 for start, end in found)


# ------------------------------------------------------------------------------------------------------- real texts

SAMPLES = {"000": 1, "001": 2, "002": 1, "003": 1, "004": 1}


def test_samples_hold_as_many_texts_as_people_counted(shared: Path) -> None:
    files = sorted((shared / "samples").glob("*.txt"))
    found = {file.name[:3]: len(find_parts(Text(decode(file.read_bytes()).text))) for file in files}
    assert found == SAMPLES


def test_no_document_of_the_corpora_is_cut(shared: Path) -> None:
    files = [file for file in sorted((shared / "corpora").glob("*/*.txt")) if file.parent.name != "test_data"]
    cut = [file.name for file in files if len(find_parts(Text(file.read_text(encoding="utf-8")))) > 1]
    assert len(files) > 700
    assert cut == []


def test_joined_rules_of_the_corpora_are_cut_where_they_were_joined(shared: Path) -> None:
    texts = []
    for file in sorted((shared / "corpora" / "tw_laws").glob("*.txt")):
        title, _, rest = file.read_text(encoding="utf-8").partition("\n")
        articles = rest.find("第 1 條")
        if articles >= 0 and len(rest) - articles > 400:
            texts.append(f"{title}\n{rest[articles:].strip()}")
    chance, wanted, right, found = random.Random(4), 0, 0, 0
    for _ in range(60):
        chosen = chance.sample(texts, 3)
        joints = {len(chosen[0]) + 1, len(chosen[0]) + len(chosen[1]) + 2}
        borders = {start for start, _ in find_parts(Text("\n".join(chosen)))[1:]}
        wanted, right, found = wanted + 2, right + len(joints & borders), found + len(borders)
    assert right >= 0.99 * found
    assert right >= 0.85 * wanted
