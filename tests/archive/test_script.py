"""Which script a text is written in."""

from pathlib import Path

import pytest
from hypothesis import given

from archive.script import LANGUAGE_TAGS, SCRIPTS, script_of
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, nasty_texts

TEXTS = [
    pytest.param(SIMPLIFIED, "hans", id="simplified"),
    pytest.param(TRADITIONAL, "hant", id="traditional"),
    pytest.param(SIMPLIFIED + TRADITIONAL, "mixed", id="both"),
    pytest.param("人民的河", "", id="characters-of-both-scripts"),
    pytest.param("皇后在台上", "", id="characters-that-are-both"),
    pytest.param("GDP 2024 ①⼈\ue000", "", id="no-han"),
    pytest.param("", "", id="empty"),
    pytest.param("车" * 18 + "車" * 2, "mixed", id="a-tenth"),
    pytest.param("车" * 19 + "車" * 2, "hans", id="less-than-a-tenth"),
    pytest.param("車" * 19 + "车" * 2, "hant", id="less-than-a-tenth-the-other-way"),
    pytest.param("车车车車", "hans", id="a-single-slip"),
    pytest.param("车", "hans", id="one-character"),
    pytest.param("規范的關系", "hant", id="mechanical-traditional"),
]


@pytest.mark.parametrize(("text", "script"), TEXTS)
def test_script_is_told_by_characters_of_one_script(text: str, script: str) -> None:
    assert script_of(text) == script


@given(nasty_texts, nasty_texts)
def test_script_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert script_of(one + other) == script_of(other + one)


@given(nasty_texts)
def test_each_script_has_a_language_tag(text: str) -> None:
    assert script_of(text) in ("", *SCRIPTS)
    assert LANGUAGE_TAGS.keys() == {"", *SCRIPTS}


@pytest.mark.parametrize(("folder", "script"), [("cn_laws", "hans"), ("tw_laws", "hant")])
def test_laws_are_in_the_script_of_their_country(shared: Path, folder: str, script: str) -> None:
    files = sorted((shared / "corpora" / folder).glob("*.txt"))[::5]
    assert files
    assert {file.name: script_of(file.read_text(encoding="utf-8")) for file in files} == {file.name: script for file in files}
