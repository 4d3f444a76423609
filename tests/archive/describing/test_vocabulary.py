"""Word lists as patterns: a tree of letters finds what a plain list of words would; nothing is compiled on import."""

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from archive.describing.vocabulary import _any, one_of, pattern, rows
from archive.folding import fold

WORDS = st.lists(st.text("ab-]^.会", min_size=1, max_size=4), min_size=1, max_size=12)


@given(WORDS, st.text("ab-]^.会", max_size=30))
def test_tree_of_letters_matches_as_the_longest_word_first(words: list[str], text: str) -> None:
    longest_first = "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
    assert re.findall(_any(set(words)), text) == re.findall(longest_first, text)


@given(WORDS, st.text("ab-]^.会", max_size=30))
def test_tree_backtracks_to_shorter_words(words: list[str], text: str) -> None:
    longest_first = "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
    assert bool(re.fullmatch(f"(?:{_any(set(words))})会", text)) == bool(re.fullmatch(f"(?:{longest_first})会", text))


def test_a_list_can_be_narrowed_by_its_last_column() -> None:
    alone = {fold(ending) for ending, _, mark in rows("kinds.tsv") if mark == "yes"}
    others = {fold(ending) for ending, _, mark in rows("kinds.tsv") if mark != "yes"} - alone
    endings = re.compile(one_of("kinds.tsv", "yes"))
    assert all(endings.fullmatch(ending) for ending in alone)
    assert not any(endings.fullmatch(ending) for ending in others)


def test_pattern_holds_the_words_of_its_list() -> None:
    assert pattern("^<meetings.txt>$").match("座谈会")
    assert not pattern("^<meetings.txt>$").match("座谈会上")


def test_importing_the_readers_compiles_no_word_list() -> None:
    code = (
        "import archive.describing.describing as d, archive.describing.vocabulary as v\n"
        "print(v.rows.cache_info().currsize, v.one_of.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["0", "0"]


def test_names_are_imported_without_the_readers() -> None:
    code = "import sys, archive.describing.names\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "archive.describing.names" in loaded
    assert not {"archive.describing.lines", "archive.describing.describing"} & set(loaded)
