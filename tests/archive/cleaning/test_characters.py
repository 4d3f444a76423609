"""Characters that encodings and fonts have changed: what is mended, what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning import clean
from archive.cleaning.characters import mend_characters
from archive.cleaning.private_use import hkscs_character
from archive.cleaning.text import Text
from archive.edits import apply_edits, tile
from tests.archive.cleaning.damage import OWN
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, nasty_texts


def mended(raw: str) -> tuple[str, list[str]]:
    """Mend the characters of a text; give it and the rules that did so."""
    edits = sorted(mend_characters(Text(raw)), key=lambda edit: edit.start)
    return apply_edits(raw, edits), [edit.rule for edit in edits]


# ------------------------------------------------------------------------------------------------------ private use

PRIVATE = [
    pytest.param("公共屋\ue473的\ue40c生", "公共屋邨的衞生", ["characters.hkscs"] * 2, id="hong-kong"),
    pytest.param("深水\ue88c\ueb7b房裡\uec95我", "深水埗劏房裡𧨾我", ["characters.hkscs"] * 3, id="beyond-plane-0"),
    pytest.param("銓\ue8df部", "銓敍部", ["characters.taiwan-private"], id="taiwan"),
    pytest.param("开放的\ue81e", "开放的\u9fb4", ["characters.gb18030-private"], id="mainland"),
    pytest.param("\uf0b7 修渠\n\uf0fc 修路", "• 修渠\n✓ 修路", ["characters.symbol-font"] * 2, id="symbols"),
    pytest.param("渠水\uf8e7\uf8e7公約", "渠水⎯⎯公約", ["characters.symbol-font"] * 2, id="line-of-a-symbol-font"),
]


@pytest.mark.parametrize(("raw", "body", "rules"), PRIVATE)
def test_private_use_is_read_by_the_table_that_a_text_fits(raw: str, body: str, rules: list[str]) -> None:
    assert mended(raw) == (body, rules)


UNKNOWN = [
    pytest.param("昨\ue690天\ue686開會", id="list-numbers-of-another-table"),
    pytest.param("修\U000f0078渠", id="plane-15"),
    pytest.param("村裡的\ue820", id="hkscs-holds-a-rare-character-there"),
]


@pytest.mark.parametrize("raw", UNKNOWN)
def test_unknown_private_use_stays(raw: str) -> None:
    assert mended(raw) == (raw, [])


def test_one_daily_character_among_many_rare_ones_makes_no_hong_kong_text() -> None:
    assert mended("邨\ue473：\ue686、\ue687、\ue688")[0] == "邨\ue473：\ue686、\ue687、\ue688"


@pytest.mark.parametrize(
    ("code", "char"), [(0xE40C, "衞"), (0xE473, "邨"), (0xE2E5, "着"), (0xEB7B, "劏"), (0xE88C, "埗"), (0xECF1, "鱲")]
)
def test_hkscs_code_points_are_as_published(code: int, char: str) -> None:
    assert hkscs_character(chr(code)) == char


def test_hkscs_gives_one_character_or_none_for_the_whole_area() -> None:
    found = {code: hkscs_character(chr(code)) for code in range(0xE000, 0xF900)}
    assert {len(char) for char in found.values()} == {0, 1}
    assert sum(map(bool, found.values())) > 4500
    assert not any("\ue000" <= char <= "\uf8ff" for char in found.values())


# --------------------------------------------------------------------------------------------------------- mojibake

MISREAD = [
    pytest.param("大家都同意？梢哉f，先修渠。", "大家都同意。可以說，先修渠。", "one-byte-out", id="one-byte-out"),
    pytest.param("前面" + "村人商量修渠".encode().decode("gb18030") + "。", "前面村人商量修渠。", "utf8-as-gbk", id="utf-8-as-gbk"),
    pytest.param("修渠" + "，中国人民".encode().decode("cp1252", "ignore"), None, "", id="windows-that-lost-bytes"),
    pytest.param("“" + "修渠修路".encode().decode("latin-1") + "”", "“修渠修路”", "utf8-as-latin", id="utf-8-as-latin-in-quotes"),
    pytest.param("见" + "中国人民".encode("gbk").decode("latin-1"), "见中国人民", "gbk-as-latin", id="gbk-as-latin"),
    pytest.param("錕斤拷锟斤拷烫烫烫", None, "", id="lost-for-good"),
    pytest.param("Übergrößen, naïve, Ærø — “ÄÖÜ” × 3", None, "", id="european"),
    pytest.param("西哈努克·努罗敦 ±5°C ×2", None, "", id="signs"),
]


@pytest.mark.parametrize(("raw", "body", "rule"), MISREAD)
def test_misread_stretches_are_read_again(raw: str, body: str | None, rule: str) -> None:
    found, rules = mended(raw)
    if body is None:
        assert "characters.one-byte-out" not in rules
        assert found == raw or set(rules) == {"characters.utf8-as-latin"}
    else:
        assert (found, rules) == (body, [f"characters.{rule}"])


@given(st.text("中国人民大会工作年发展", min_size=2, max_size=60))
def test_utf8_read_as_gbk_comes_back(said: str) -> None:
    garbled = f"一、{said.encode().decode('gb18030', 'replace')}。"
    if "\ufffd" not in garbled:
        assert mended(garbled)[0] == f"一、{said}。"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, *OWN])
def test_clean_text_is_left_alone(text: str) -> None:
    assert mended(text) == (text, [])


@given(nasty_texts)
def test_edits_are_edits_of_the_text(raw: str) -> None:
    for edit in mend_characters(Text(raw)):
        assert 0 <= edit.start < edit.end <= len(raw)
        assert edit.replacement
        assert edit.replacement != raw[edit.start : edit.end]


@given(nasty_texts)
def test_whole_cleaning_tiles(raw: str) -> None:
    for edits in clean(raw):
        assert "".join(piece.raw for piece in tile(raw, edits)) == raw
