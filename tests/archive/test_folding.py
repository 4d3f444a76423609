"""Folding: the table, the one rule that looks further, offsets; compared with the referee's own table."""

import hashlib
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.folding import fold, fold_with_offsets, folding_table, folding_version
from tests import oracle
from tests.archive.texts import nasty_texts

EXAMPLES = [
    pytest.param("村裡修水車", "村里修水车", id="traditional"),
    pytest.param("村里修水车", "村里修水车", id="simplified-stays"),
    pytest.param("著手 着手", "着手着手", id="taiwan-spelling"),
    pytest.param("衞生 裏面 羣衆", "卫生里面群众", id="hong-kong-and-old-forms"),
    pytest.param("什么 什麼 老幺", "什么什么老幺", id="me-and-yao-stay-apart"),
    pytest.param("二○一二 二〇一二", "二〇一二二〇一二", id="circle-for-zero"),
    pytest.param("Ｙｉｎｄｅ　２．０（试用）！", "yinde 2.0(试用)!", id="full-width"),
    pytest.param("YINDE Ärger İ", "yindeärgerİ", id="lower-case-of-one-character-only"),
    pytest.param("⼈⺠ \ufa19 \uf98e", "人民神年", id="radicals-and-compatibility-ideographs"),
    pytest.param("① ㈠ ㎏ …", "①㈠㎏…", id="no-nfkc"),
    pytest.param("𠮷㐂\ue000", "𠮷㐂\ue000", id="extensions-and-private-use-stay"),
    pytest.param("水\u200b车\ufeff\u00ad\u202e\u2066\ufe0f", "水车", id="invisible-characters-go"),
    pytest.param("“「『《，。、；：", "“「『《,。、;:", id="quotation-marks-stay"),
    pytest.param("", "", id="empty"),
    pytest.param(" \u3000\n\u200b\t", "", id="nothing-left"),
]


@pytest.mark.parametrize(("text", "folded"), EXAMPLES)
def test_text_folds_to_its_search_form(text: str, folded: str) -> None:
    assert fold(text) == folded


SPACES = [
    pytest.param("a b", "a b", id="between-letters"),
    pytest.param("a \u3000\t\n\u2028 1", "a 1", id="run-of-many-kinds"),
    pytest.param("A\u200b \u200bＢ", "a b", id="dropped-characters-do-not-part-a-run"),
    pytest.param("2012 年 11 月", "2012年11月", id="beside-han"),
    pytest.param("a, b", "a,b", id="behind-a-mark"),
    pytest.param("é b", "éb", id="beside-a-letter-that-is-not-ascii"),
    pytest.param(" a b ", "a b", id="at-the-edges"),
    pytest.param(" ab", "ab", id="before-the-first-letter"),
    pytest.param("ab ", "ab", id="behind-the-last-letter"),
]


@pytest.mark.parametrize(("text", "folded"), SPACES)
def test_white_space_stays_only_between_ascii_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


PAIRS_OF_THE_PLAN = "画划○〇牠它砲炮帳账帐账牴抵姪侄呉吴様样著着瞭了藉借覆复幷并衞卫敍叙枱台揹背痺痹徵征乾干"


@pytest.mark.parametrize("pair", [PAIRS_OF_THE_PLAN[at : at + 2] for at in range(0, len(PAIRS_OF_THE_PLAN), 2)])
def test_pair_of_the_plan_folds_together(pair: str) -> None:
    assert fold(pair) == pair[1] * 2


def test_every_code_point_folds_as_the_referee_folds_it() -> None:
    table = folding_table()
    differing = [code for code in range(0x110000) if table.get(code, chr(code)) != oracle.fold_character(chr(code))]
    assert [f"U+{code:04X}" for code in differing] == []


@given(nasty_texts)
def test_text_folds_as_the_referee_folds_it(text: str) -> None:
    folded = fold_with_offsets(text)
    assert (folded.folded, list(folded.offsets)) == oracle.fold_with_offsets(text)


def test_each_character_goes_to_one_that_stays_or_to_none() -> None:
    table = folding_table()
    assert [target for target in table.values() if len(target) > 1 or target.isspace()] == []
    assert [target for target in table.values() if target and ord(target) in table] == []


def test_each_line_of_the_table_has_its_source() -> None:
    lines = (files("archive") / "data" / "folding.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert [row for row in rows if len(row) != 4 or not row[3].strip()] == []
    assert [row for row in rows if row[1] not in ("", chr(int(row[0][2:], 16)))] == []
    assert [int(row[0][2:], 16) for row in rows] == sorted(folding_table())


def test_version_names_the_bytes_of_the_table() -> None:
    data = (files("archive") / "data" / "folding.tsv").read_bytes()
    assert folding_version() == hashlib.sha256(data).hexdigest()[:8]


# Classes in which folding merges characters that GB 2312 holds side by side (plan.md 7: each is a decision).
MERGED = {
    "着": ("着著", "着力 and 著力 are one word; 著作 cannot be told apart by its character"),
    "划": ("划画", "計畫 of Taiwan is 计划"),
    "账": ("账帐", "账户 and 帐户 are one word, OpenCC folds 帳 to 帐"),
    "仿": ("仿彷", "彷彿 is 仿佛"),
    "借": ("借藉", "藉口 is 借口"),
    "复": ("复覆", "答覆 is 答复"),
    "征": ("征徵", "徵收 is 征收; 魏徵 and 宫商角徵羽 fold with it"),
    "干": ("干乾", "乾部 is what converters make of 干部; 乾隆 folds with it"),
    "于": ("于於", "Traditional form that GB 2312 holds for names"),
    "后": ("后後", "Traditional form that GB 2312 holds for names"),
    "么": ("么麽", "Traditional form"),
    "伙": ("伙夥", "Traditional form; 获益甚夥 folds with it"),
    "宁": ("宁甯", "Traditional form, a surname"),
    "苔": ("苔薹", "Traditional form; the vegetable 菜薹 folds with it"),
    "曲": ("曲麴", "Traditional form of the yeast 麴"),
    "咤": ("咤吒", "OpenCC's Traditional form; 哪吒 folds with it"),
    "挨": ("挨捱", "Traditional form"),
    "折": ("折摺", "Traditional form of 折叠"),
    "矩": ("矩榘", "old form"),
    "烟": ("烟菸", "Traditional form"),
    "糖": ("糖醣", "Traditional form; 醣类 are 糖类"),
}


def gb2312() -> list[str]:
    """The 6,763 characters of the national set of Simplified, in its order; the five empty cells are left out."""
    cells = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    return [cell.decode("gb2312") for cell in cells if not b"\xd7\xfa" <= cell <= b"\xd7\xfe"]


def test_common_simplified_characters_merge_only_by_decision() -> None:
    classes: dict[str, set[str]] = {}
    for character in gb2312():
        classes.setdefault(fold(character), set()).add(character)
    merged = {target: members for target, members in classes.items() if len(members) > 1}
    print("\n".join(f"{target}: {''.join(sorted(members))}" for target, members in merged.items()))
    assert len(gb2312()) == 6763
    assert merged == {target: set(members) for target, (members, _) in MERGED.items()}


def test_common_simplified_characters_fold_to_one_of_themselves() -> None:
    assert {fold(character) for character in gb2312()} <= set(gb2312())


def test_merged_characters_are_counted_in_real_texts(shared: Path) -> None:
    texts = sorted((shared / "corpora").glob("cn_*/*.txt"))[::5]
    counts = Counter("".join(text.read_text(encoding="utf-8") for text in texts))
    table = {target: [(member, counts[member]) for member in members] for target, (members, _) in MERGED.items()}
    print("\n".join(f"{target}: {row}" for target, row in table.items()))
    rarer = {target: row[1] for target, row in table.items() if row[1][1] > row[0][1]}
    assert rarer == {}, "in Simplified texts a character folds to one that is rarer than itself"


@given(nasty_texts)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(nasty_texts, st.data())
def test_fold_of_a_slice_is_a_slice_of_the_fold(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert fold(text[start:end]) in fold(text)


@given(nasty_texts)
def test_offsets_rise_strictly_within_the_text(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.original == text
    assert folded.folded == fold(text)
    assert len(folded.offsets) == len(folded.folded) <= len(text)
    assert all(left < right for left, right in pairwise([-1, *folded.offsets, len(text)]))


@given(nasty_texts, st.data())
def test_span_of_a_folded_slice_folds_back_to_it(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.folded)))
    end = data.draw(st.integers(start, len(folded.folded)))
    piece = folded.folded[start:end]
    if piece and piece == piece.strip():
        first, last = folded.span(start, end)
        assert fold(text[first:last]) == piece


def test_span_is_in_the_original_text() -> None:
    text = "村\u200b裡 的水\u3000車"
    folded = fold_with_offsets(text)
    at = folded.folded.index("水车")
    first, last = folded.span(at, at + 2)
    assert text[first:last] == "水\u3000車"


def test_kept_space_stands_for_the_first_of_its_run() -> None:
    assert list(fold_with_offsets("x\u200b \u3000\u200b y").offsets) == [0, 2, 6]
