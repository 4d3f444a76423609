"""The committed character tables: each is, byte for byte, what its sources give."""

from pathlib import Path

import pytest

from archive.folding import folding_table
from index.analysis import common_characters, script_characters
from index.analysis import folding_table as builder

DATA = Path(__file__).parents[2] / "archive" / "data"


def test_folding_table_is_what_its_sources_give() -> None:
    assert builder.format_table(builder.close(builder.collect())).encode("utf-8") == (DATA / "folding.tsv").read_bytes()


def test_folding_table_is_read_as_it_was_built() -> None:
    rows = builder.close(builder.collect())
    assert folding_table() == {ord(char): target for char, (target, _) in rows.items()}


TABLES = [
    pytest.param(builder, "TABLE", "folding.tsv", id="folding"),
    pytest.param(common_characters, "TABLE", "common_characters.txt", id="common-characters"),
    pytest.param(script_characters, "SCRIPTS", "scripts.tsv", id="scripts"),
]


@pytest.mark.parametrize(("module", "constant", "name"), TABLES)
def test_maintainer_command_writes_the_committed_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, constant: str, name: str
) -> None:
    assert getattr(module, constant) == DATA / name
    monkeypatch.setattr(module, constant, tmp_path / name)
    module.main()  # type: ignore[attr-defined]  # each of the three modules has it
    assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_first_candidate_of_opencc_is_taken() -> None:
    rows = builder.close(builder.collect())
    assert {char: rows[char][0] for char in "乾夥徵鬱薴"} == {"乾": "干", "夥": "伙", "徵": "征", "鬱": "郁", "薴": "苎"}


def test_variants_that_are_two_words_stay_apart() -> None:
    rows = builder.close(builder.collect())
    assert "幺" not in rows
    assert rows["麼"][0] == rows["麽"][0] == "么"


def test_pairs_are_followed_to_their_end() -> None:
    assert builder.close({"b": ("c", "x"), "a": ("b", "y"), "d": ("", "z")}) == {"a": ("c", "y"), "b": ("c", "x"), "d": ("", "z")}


def test_circle_of_pairs_is_shown() -> None:
    with pytest.raises(ValueError, match=r"^folding pairs form a circle: a → b → a$"):
        builder.close({"a": ("b", "x"), "b": ("a", "y")})


def test_dropped_character_stands_in_the_table_without_itself() -> None:
    lines = builder.format_table({"\u200b": ("", "dropped: zero width"), "車": ("车", "OpenCC")}).splitlines()
    assert lines[3:] == ["U+200B\t\t\tdropped: zero width", "U+8ECA\t車\t车\tOpenCC"]


def test_each_radical_of_the_supplement_has_its_ideograph() -> None:
    rows = builder.close(builder.collect())
    missing = [f"U+{code:04X}" for code in range(0x2F00, 0x2FD6) if chr(code) not in rows]
    assert missing == []
