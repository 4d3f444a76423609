"""The one function that decides where a leaf stands, against plain loops, against the oracle, and against its own words."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.document import Span
from archive.folding import fold
from index.matching import PassageForms, bare_words, find_spans, needle
from index.query import Bare, Exact, Fuzzy, Gap, Link, Near, TextLeaf
from tests import oracle
from tests.reference_engine import find
from tests.strategies import bares, exacts, fuzzies, gaps, han_text, joined, modes, nasty_texts, nears, passages, text_leaves

often = settings(max_examples=200, deadline=None)
seldom = settings(max_examples=120, deadline=None)


def spans_in(leaf: TextLeaf, passage: str, mode: str = "text", words: tuple[str, ...] = ()) -> tuple[Span, ...]:
    return find_spans(leaf, PassageForms(passage), mode=mode, words=words)


def slices(leaf: TextLeaf, passage: str, mode: str = "text", words: tuple[str, ...] = ()) -> list[str]:
    return [passage[start:end] for start, end in spans_in(leaf, passage, mode, words)]


@st.composite
def leaves_and_passages(draw: st.DrawFn, leaves: st.SearchStrategy[TextLeaf]) -> tuple[TextLeaf, str]:
    """A leaf, and a passage in which its strings are likely."""
    leaf = draw(leaves)
    match leaf:
        case Near(parts):
            strings = [part.text for part in parts]
        case Gap(pieces):
            strings = list(pieces)
        case Exact(text, _, not_before, not_after):
            strings = [text, *not_before, *not_after]
        case Bare(text) | Fuzzy(text):
            strings = [text, text[1:], text[:-1]]
    return leaf, draw(passages(st.sampled_from(strings) | joined(max_size=1), max_pieces=8))


# -- against the reference and the oracle --------------------------------------------------------------------------


LEAVES = {"exact": exacts(), "bare": bares(), "near": nears(), "gap": gaps(), "fuzzy": fuzzies()}


@pytest.mark.parametrize("kind", LEAVES)
@seldom
@given(data=st.data(), mode=modes)
def test_spans_are_those_of_plain_loops(kind: str, data: st.DataObject, mode: str) -> None:
    leaf, passage = data.draw(leaves_and_passages(LEAVES[kind]))
    assert list(spans_in(leaf, passage, mode)) == find(leaf, passage, mode)


@often
@given(text=joined(), passage=passages(), mode=modes)
def test_exact_spans_are_those_of_the_oracle(text: str, passage: str, mode: oracle.Mode) -> None:
    assert list(spans_in(Exact(text), passage, mode)) == oracle.occurrences(passage, text, mode)


@often
@given(data=st.data(), passage=nasty_texts, mode=modes)
def test_slices_of_nasty_texts_are_found_as_the_oracle_finds_them(data: st.DataObject, passage: str, mode: oracle.Mode) -> None:
    start = data.draw(st.integers(0, len(passage)))
    text = passage[start : start + data.draw(st.integers(0, 4))]
    assert list(spans_in(Exact(text), passage, mode)) == oracle.occurrences(passage, text, mode)


# -- properties ----------------------------------------------------------------------------------------------------


@often
@given(case=leaves_and_passages(text_leaves()), mode=modes)
def test_spans_are_sorted_distinct_and_inside_the_passage(case: tuple[TextLeaf, str], mode: str) -> None:
    leaf, passage = case
    spans = spans_in(leaf, passage, mode)
    assert list(spans) == sorted(set(spans))
    assert all(0 <= start < end <= len(passage) for start, end in spans)


@often
@given(case=leaves_and_passages(st.one_of(exacts(), bares(), gaps(), fuzzies())), mode=modes)
def test_spans_of_one_string_do_not_overlap(case: tuple[TextLeaf, str], mode: str) -> None:
    assert all(left[1] <= right[0] for left, right in pairwise(spans_in(*case, mode)))


@often
@given(case=leaves_and_passages(st.builds(Exact, joined())))
def test_fold_of_a_slice_is_the_fold_of_the_exact_string(case: tuple[Exact, str]) -> None:
    leaf, passage = case
    assert {fold(part) for part in slices(leaf, passage)} <= {fold(leaf.text)}


@often
@given(before=passages(), text=joined(), behind=passages())
def test_exact_string_is_found_wherever_it_is_put(before: str, text: str, behind: str) -> None:
    passage = f"{before}。{text}。{behind}"
    assert bool(spans_in(Exact(text), passage)) == bool(fold(text))


@often
@given(text=han_text(min_size=1, max_size=3), behind=han_text())
def test_spelling_of_the_query_does_not_matter(text: str, behind: str) -> None:
    passage = behind + text + behind
    expected = spans_in(Exact(text), passage)
    assert expected
    assert spans_in(Exact(oracle.other_script(text)), passage) == expected
    assert spans_in(Exact("\u200b".join(text) + " "), passage) == expected


@often
@given(case=leaves_and_passages(exacts()), mode=modes)
def test_letters_are_the_letters_of_the_slice(case: tuple[Exact, str], mode: str) -> None:
    leaf, passage = case
    asked = Exact(leaf.text, letters=True)
    assert set(slices(asked, passage, mode)) <= {leaf.text}
    assert spans_in(asked, passage, mode) == spans_in(Exact(leaf.text), passage, "letters")


@often
@given(case=leaves_and_passages(exacts()), mode=modes)
def test_exclusions_only_take_places_away(case: tuple[Exact, str], mode: str) -> None:
    leaf, passage = case
    every = set(oracle.every_start(passage, leaf.text, "letters" if leaf.letters else mode))  # type: ignore[arg-type]
    assert set(spans_in(leaf, passage, mode)) <= every


@often
@given(case=leaves_and_passages(nears()), mode=modes)
def test_spans_of_near_are_places_of_its_parts(case: tuple[Near, str], mode: str) -> None:
    leaf, passage = case
    places = set()
    for part in leaf.parts:
        places.update(oracle.every_start(passage, part.text, "letters" if part.letters else mode))  # type: ignore[arg-type]
    assert set(spans_in(leaf, passage, mode)) <= places


@often
@given(case=leaves_and_passages(gaps()), mode=modes)
def test_gap_begins_and_ends_with_its_outer_pieces(case: tuple[Gap, str], mode: str) -> None:
    leaf, passage = case
    for start, end in spans_in(leaf, passage, mode):
        seen = oracle.view(passage[start:end], mode).characters  # type: ignore[arg-type]
        assert seen.startswith(needle(leaf.pieces[0], mode))
        assert seen.endswith(needle(leaf.pieces[-1], mode))


@often
@given(case=leaves_and_passages(fuzzies()))
def test_fuzzy_finds_the_exact_places_first(case: tuple[Fuzzy, str]) -> None:
    leaf, passage = case
    if len(fold(leaf.text)) > leaf.errors:
        assert set(spans_in(Exact(leaf.text), passage)) <= set(spans_in(leaf, passage))


# -- single behaviours ---------------------------------------------------------------------------------------------

EXACT_TABLE = [
    pytest.param("发展", "發展，发展，髮展", "text", ["發展", "发展", "髮展"], id="written-forms"),
    pytest.param("人民", "⼈⺠与\U0002f806\uf9f5人\u200b民", "text", ["⼈⺠", "人\u200b民"], id="radicals-and-zero-width"),
    pytest.param("〇", "二○一二、二〇一二", "text", ["○", "〇"], id="circle"),
    pytest.param("gdp 1", "ＧＤＰ　１和GDP1", "text", ["ＧＤＰ　１"], id="space-between-letters-counts"),
    pytest.param("第 1 次", "第1次，第　1 次", "text", ["第1次", "第　1 次"], id="space-beside-han-does-not"),
    pytest.param("改革开放", "改革、开放", "loose", ["改革、开放"], id="loose-mark-inside"),
    pytest.param("改革", "“改革”", "loose", ["改革"], id="loose-mark-outside"),
    pytest.param("改革开放", "改革。开放", "loose", [], id="loose-sentence-end"),
    pytest.param("改革。开放", "改革。开放", "text", ["改革。开放"], id="text-sentence-end"),
    pytest.param("發展", "发展發展", "letters", ["發展"], id="letters"),
    pytest.param("哈哈", "哈哈哈哈哈", "text", ["哈哈", "哈哈"], id="from-the-left"),
    pytest.param("𠮷", "𠮷野家，吉野家", "text", ["𠮷"], id="beyond-the-plane"),
]


@pytest.mark.parametrize(("text", "passage", "mode", "expected"), EXACT_TABLE)
def test_exact_covers(text: str, passage: str, mode: str, expected: list[str]) -> None:
    assert slices(Exact(text), passage, mode) == expected


@pytest.mark.parametrize("mode", ["text", "loose"])
def test_string_that_folds_to_nothing_stands_nowhere(mode: str) -> None:
    for leaf in (Exact("\u200b"), Exact(""), Bare(" "), Fuzzy("\ufeff", 1), Gap(("改", "\u200b"), ((0, 8),))):
        assert spans_in(leaf, "改\u200b \ufeff放", mode) == ()


def test_nul_in_a_query_is_no_sentence_end() -> None:
    assert slices(Exact("改\0革"), "改。革", "loose") == []


def test_excluded_place_does_not_hide_the_next_one() -> None:
    assert spans_in(Exact("哈哈", not_after=("哈",)), "哈哈哈哈") == ((0, 2),)
    assert spans_in(Exact("哈哈", not_before=("哈",)), "哈哈哈") == ((1, 3),)


def test_exclusions_work_in_the_mode_of_the_string() -> None:
    assert slices(Exact("舍利", not_before=("弗",)), "舍利，弗") == ["舍利"]
    assert slices(Exact("舍利", not_before=("弗",)), "舍利，弗", "loose") == []
    assert slices(Exact("学习", letters=True, not_after=("大",)), "⼤学习") == ["学习"]


def test_bare_text_gives_longer_words_the_place() -> None:
    assert slices(Bare("人民代表和全国人民代表大会"), "全国人民代表大会，人民代表", words=("全国人民代表大会",)) == [
        "全国人民代表大会",
        "人民代表",
    ]


def test_words_of_the_archive_stay_whole() -> None:
    assert bare_words("发展好新质生产力", "text", ("新质生产力",)) == ("新质生产力", "发展")
    assert slices(Bare("发展好新质生产力"), "新质的生产力", words=("新质生产力",)) == []


def test_words_of_bare_text_are_longest_first_and_once() -> None:
    assert bare_words("发展改革，發展中华人民共和国", "text") == ("中华人民共和国", "发展", "改革")


def test_words_in_letters_mode_are_as_typed() -> None:
    assert bare_words("發展和改\u200b革", "letters") == ("改\u200b革", "發展")


def test_near_distance_counts_folded_characters() -> None:
    near = Near((Exact("改革"), Exact("开放")), (Link(1, False),))
    assert slices(near, "改革\u200b 与\ufeff　开放") == ["改革", "开放"]
    assert slices(near, "改革，与开放") == []
    assert slices(near, "改革，与开放", "loose") == ["改革", "开放"]


def test_near_parts_must_not_overlap() -> None:
    assert slices(Near((Exact("改革开"), Exact("开放")), (Link(9, False),)), "改革开放") == []
    assert slices(Near((Exact("哈哈"), Exact("哈哈")), (Link(0, False),)), "哈哈哈哈") == ["哈哈", "哈哈"]


@pytest.mark.parametrize(
    ("part", "passage", "mode"),
    [
        pytest.param(Exact("發展", letters=True), "發展与开放", "text", id="other-script"),
        pytest.param(Exact("\u200b发", letters=True), "\u200b发与开放", "text", id="invisible"),
        pytest.param(Exact("，", letters=True), "，与开放", "loose", id="mark-in-loose-mode"),
        pytest.param(Exact("发展", letters=True, not_before=("開",)), "发展开放", "text", id="exclusion-by-letters"),
    ],
)
def test_letters_in_near_stand_where_they_stand_alone(part: Exact, passage: str, mode: str) -> None:
    alone = slices(part, passage, mode)
    assert len(alone) == 1
    assert slices(Near((part, Exact("开放")), (Link(5, False),)), passage, mode) == [*alone, "开放"]


def test_near_of_frequent_characters_is_found_in_bounded_time() -> None:
    passage = "的一是一" * 2_000
    near = Near((Exact("的"), Exact("是")), (Link(1, True),))
    started = time.process_time()
    assert spans_in(near, passage) == tuple((at, at + 1) for at in range(0, 8_000, 2))
    assert time.process_time() - started < 1


GAP_TABLE = [
    pytest.param(((0, 8),), "改放，改开放", ["改放", "改开放"], id="from-none"),
    pytest.param(((0, 8),), "改一二三四五六七八放", ["改一二三四五六七八放"], id="to-eight"),
    pytest.param(((0, 8),), "改一二三四五六七八九放", [], id="not-nine"),
    pytest.param(((1, 1),), "改放，改开放，改开开放", ["改开放"], id="exactly-one"),
    pytest.param(((1, 1),), "改\u200b 开　放", ["改\u200b 开　放"], id="one-folded-character"),
    pytest.param(((0, 8),), "改改放", ["改改放"], id="from-the-left"),
    pytest.param(((0, 8),), "改放放", ["改放"], id="as-short-as-can-be"),
]


@pytest.mark.parametrize(("widths", "passage", "expected"), GAP_TABLE)
def test_gap_covers(widths: tuple[Span, ...], passage: str, expected: list[str]) -> None:
    assert slices(Gap(("改", "放"), widths), passage) == expected


def test_gap_in_loose_mode_never_crosses_a_sentence_end() -> None:
    gap = Gap(("改", "放"), ((0, 8),))
    assert slices(gap, "改，放") == ["改，放"]
    assert slices(gap, "改。放") == ["改。放"]
    assert slices(gap, "改。放", "loose") == []


FUZZY_TABLE = [
    pytest.param(1, "改革幵放", ["改革幵放"], id="wrong"),
    pytest.param(1, "说改开放了", ["改开放"], id="missing"),
    pytest.param(1, "改革的开放", ["改革的开放"], id="extra"),
    pytest.param(1, "改草幵放", [], id="two-wrong-are-too-many"),
    pytest.param(2, "改草幵放", ["改草幵放"], id="two-wrong-are-allowed"),
    pytest.param(1, "改革開放改革開方", ["改革開放", "改革開方"], id="exact-first"),
]


@pytest.mark.parametrize(("errors", "passage", "expected"), FUZZY_TABLE)
def test_fuzzy_covers(errors: int, passage: str, expected: list[str]) -> None:
    assert slices(Fuzzy("改革开放", errors), passage) == expected


def test_fuzzy_in_loose_mode_never_crosses_a_sentence_end() -> None:
    assert slices(Fuzzy("改革开放", 1), "改革。开放") == ["改革。开放"]
    assert slices(Fuzzy("改革开放", 1), "改革，开放", "loose") == ["改革，开放"]
    assert slices(Fuzzy("改革开放", 1), "改革。开放", "loose") == []


@pytest.mark.parametrize("pieces", [5, 12, 60])
def test_gaps_over_a_run_of_one_character_are_found_in_bounded_time(pieces: int) -> None:
    passage = "零" * 600 + "，" * 10 + "完"
    leaf = Gap(("零",) * pieces + ("完",), ((0, 8),) * pieces)
    started = time.process_time()
    assert spans_in(leaf, passage) == ()
    assert time.process_time() - started < 1


@pytest.mark.parametrize("leaf", [Bare("经济发展"), Fuzzy("经济建设", 1)], ids=["bare", "fuzzy"])
def test_words_of_a_long_passage_are_placed_in_bounded_time(leaf: Bare | Fuzzy) -> None:
    passage = "经济要发展，经济要建设。" * 3_000
    started = time.process_time()
    assert len(spans_in(leaf, passage)) >= 3_000
    assert time.process_time() - started < 4
