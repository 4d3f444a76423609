"""The text that rivals index and the questions they are asked: the same for the same seed, and what their docstrings promise."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.folding import fold, fold_with_offsets
from archive.store import open_archive
from tests import oracle
from tests.benchmarks.benchtext import BenchText, is_made_of, open_text
from tests.benchmarks.drawing import LONGEST, SHORTEST, draw_log
from tests.benchmarks.expected import expect
from tests.benchmarks.growth import SENTENCE, Source, clean_passages, grow, read_sources
from tests.benchmarks.peers.marking import mark, shifts_of
from tests.benchmarks.querylog import load_log
from tests.benchmarks.toy import SOURCES
from tests.benchmarks.writing import write_text
from tests.strategies import NASTY


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> BenchText:
    return write_text(tmp_path_factory.mktemp("bench") / "text", grow(SOURCES, characters=2_000))


def test_grown_text_has_the_size_asked_for_and_depends_on_the_seed_alone() -> None:
    grown = list(grow(SOURCES, characters=1_000, seed=1))
    longest = max(len(passage) for document in grown for passage in document.passages)
    assert 1_000 <= sum(len(passage) for document in grown for passage in document.passages) < 1_000 + longest
    assert [document.id for document in grown] == sorted({document.id for document in grown})
    assert grown == list(grow(SOURCES, characters=1_000, seed=1))
    assert grown != list(grow(SOURCES, characters=1_000, seed=2))


def test_first_pass_gives_the_sources_and_later_ones_deal_their_sentences_anew() -> None:
    size = sum(len(passage) for source in SOURCES for passage in source.passages)
    grown = list(grow(SOURCES, characters=2 * size))
    first, second = grown[: len(SOURCES)], grown[len(SOURCES) : 2 * len(SOURCES)]
    assert Counter(_letters(document.passages) for document in first) == Counter(_letters(source.passages) for source in SOURCES)
    for name in ("meetings", "laws"):
        dealt, given = ([_sentences(d.passages) for d in documents if d.collection == name] for documents in (second, SOURCES))
        assert sum(dealt, Counter()) <= sum(given, Counter()), "no sentence comes from elsewhere, none twice"


def _letters(passages: tuple[str, ...]) -> str:
    return oracle.fold("".join(passages))


def _sentences(passages: tuple[str, ...]) -> Counter[str]:
    return Counter(oracle.fold(sentence) for passage in passages for sentence in SENTENCE.findall(passage))


@given(st.text(alphabet="中文。！？；，a", max_size=30))
def test_sentences_tile_a_text(passage: str) -> None:
    assert "".join(SENTENCE.findall(passage)) == passage


def test_nothing_to_grow_from_is_said() -> None:
    with pytest.raises(ValueError, match="nothing to grow from: no source holds a passage"):
        list(grow([Source("empty", "", "", "", ())], characters=10))


def test_control_characters_and_byte_order_marks_are_cleaned_away() -> None:
    assert clean_passages("\ufeff一\t二\r\n \n三\u2028四") == ("一 二 ", "三 四")


def test_lines_are_the_passages_of_the_archive(text: BenchText) -> None:
    documents = open_archive(text.archive).load().documents
    of_archive = [
        (f"{document.id} {number}", passage) for document in documents for number, passage in enumerate(document.passages, 1)
    ]
    assert [(passage.key, passage.text) for passage in text.read()] == of_archive
    assert (text.passages, text.documents) == (len(of_archive), len(documents))
    assert text.characters == sum(len(passage) for _, passage in of_archive)


def test_a_text_is_known_by_what_it_is_made_of(tmp_path: Path) -> None:
    written = write_text(tmp_path / "text", grow(SOURCES, characters=100), made_of={"seed": 1})
    assert open_text(tmp_path / "text") == written
    assert is_made_of(tmp_path / "text", {"seed": 1})
    assert not is_made_of(tmp_path / "text", {"seed": 2})
    assert not is_made_of(tmp_path / "elsewhere", {"seed": 1})


def test_questions_stand_in_the_text_and_half_of_the_strings_are_turned(text: BenchText, tmp_path: Path) -> None:
    log = draw_log(text, queries=30, warm=4, seed=3)
    log.save(tmp_path / "log.json")
    assert load_log(tmp_path / "log.json") == log == draw_log(text, queries=30, warm=4, seed=3)
    assert (len(log.exact), len(log.words), len(log.filtered), len(log.warm)) == (30, 30, 30, 4)
    assert len({*log.exact, *log.warm}) == 34
    originals = [passage.text for passage in text.read()]
    folded = [oracle.fold(original) for original in originals]
    assert all(any(oracle.fold(string) in passage for passage in folded) for string in log.exact)
    assert all(SHORTEST <= len(string) <= LONGEST for string in log.exact)
    assert sum(not any(string in original for original in originals) for string in log.exact) >= 10
    for words in log.words:
        assert 2 <= len(words) <= 4
        assert any(all(oracle.fold(word) in passage for word in words) for passage in folded)


def test_a_poor_text_is_refused(tmp_path: Path) -> None:
    poor = write_text(tmp_path / "text", grow([Source("one", "", "", "", ("中文文字",))], characters=50))
    with pytest.raises(ValueError, match=r"the text gives only \d+ different questions of 54"):
        draw_log(poor, queries=50, warm=4)


def test_right_answers_equal_the_oracle_passage_by_passage(text: BenchText) -> None:
    strings = ["发展", "發展", "，", "gdp", "本法自", "没有的"]
    counted = {
        string: {passage.key: n for passage in text.read() if (n := len(oracle.occurrences(passage.text, string)))}
        for string in strings
    }
    assert expect(text, strings) == counted
    assert counted["發展"]
    assert not counted["没有的"]


@given(st.text(alphabet=NASTY, max_size=30))
def test_shifts_are_the_offsets_of_folding(original: str) -> None:
    starts, shifts = shifts_of(original)
    places = range(len(fold(original)))
    shift = [shifts[max(at for at, start in enumerate(starts) if start <= place)] for place in places]
    assert [place + moved for place, moved in zip(places, shift, strict=True)] == list(fold_with_offsets(original).offsets)


def test_marks_are_places_in_the_snippet_that_fold_to_the_string() -> None:
    original = "甲" * 90 + "發\u200b展，发  展" + "乙" * 90
    snippet, spans = mark(original, ["发展"])
    assert snippet in original
    assert len(snippet) == 120
    assert [snippet[start:end] for start, end in spans] == ["發\u200b展", "发  展"]
    assert mark("没有", ["发展"]) == ("没有", [])


@given(st.text(alphabet="发發展a B\u200b\u3000，", max_size=500), st.sampled_from(["发展", "a", "展，发", "a b", "发"]))
def test_marks_are_right_wherever_the_string_stands(original: str, wanted: str) -> None:
    snippet, spans = mark(original, [wanted])
    assert snippet in original
    assert bool(spans) == (wanted in fold(original))
    assert all(fold(snippet[start:end]) == wanted for start, end in spans)


def test_real_texts_can_be_grown_from(shared: Path) -> None:
    sources = read_sources(shared / "corpora")
    assert len(sources) > 700
    assert not any(re.search(r"[\t\n\r]", passage) for source in sources for passage in source.passages)
