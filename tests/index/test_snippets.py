"""Snippets: slices of a passage around its spans, never longer than they may be, from sentence to sentence where that fits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.document import Span
from index.matching import PassageForms, find_spans
from index.query import Exact
from index.snippets import MOST_CHARACTERS, Snippet, make_snippet
from tests.strategies import nasty_texts

often = settings(max_examples=250, deadline=None)

sentences = st.text(st.sampled_from("改革开放发展，。；！？、”」\n a1"), max_size=400)
texts = st.one_of(sentences, st.lists(nasty_texts, max_size=12).map("".join))


@st.composite
def passages_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A passage and sorted spans in it, some long, some overlapping, some one character wide."""
    text = draw(texts)
    starts = st.integers(0, max(0, len(text) - 1))
    lengths = st.integers(1, 6) | st.integers(1, 200)
    pairs = draw(st.lists(st.tuples(starts, lengths), max_size=8)) if text else []
    return text, sorted({(start, min(len(text), start + length)) for start, length in pairs})


def around(text: str, string: str, *, limit: int = MOST_CHARACTERS) -> Snippet:
    """Make the snippet of a passage around every place of a string."""
    return make_snippet(text, find_spans(Exact(string), PassageForms(text)), max_chars=limit)


limits = st.just(MOST_CHARACTERS) | st.integers(1, 60)


# -- properties ----------------------------------------------------------------------------------------------------


@often
@given(passages_with_spans(), limits)
def test_snippet_is_a_slice_of_the_passage(case: tuple[str, list[Span]], limit: int) -> None:
    text, spans = case
    snippet = make_snippet(text, spans, max_chars=limit)
    assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
    assert len(snippet.text) <= limit
    assert bool(snippet.text) == bool(text)


@often
@given(passages_with_spans(), limits)
def test_spans_cover_what_they_cover_in_the_passage(case: tuple[str, list[Span]], limit: int) -> None:
    text, spans = case
    snippet = make_snippet(text, spans, max_chars=limit)
    end = snippet.start + len(snippet.text)
    inside = [(max(left, snippet.start), min(right, end)) for left, right in spans if left < end and right > snippet.start]
    assert [(left + snippet.start, right + snippet.start) for left, right in snippet.spans] == inside
    assert all(snippet.text[left:right] for left, right in snippet.spans)


@often
@given(passages_with_spans(), limits)
def test_snippet_shows_a_span_if_there_is_one(case: tuple[str, list[Span]], limit: int) -> None:
    text, spans = case
    assert bool(make_snippet(text, spans, max_chars=limit).spans) == bool(spans)


@often
@given(passages_with_spans(), limits)
def test_span_that_fits_is_shown_whole(case: tuple[str, list[Span]], limit: int) -> None:
    text, spans = case
    snippet = make_snippet(text, spans, max_chars=limit)
    shown = {text[left + snippet.start : right + snippet.start] for left, right in snippet.spans}
    fitting = {text[left:right] for left, right in spans if right - left <= limit}
    assert not fitting or shown & fitting


@often
@given(passages_with_spans())
def test_no_stretch_as_long_holds_more_spans(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    snippet = make_snippet(text, spans, max_chars=40)
    whole = [span for span in spans if snippet.start <= span[0] and span[1] <= snippet.start + len(snippet.text)]
    stretches = [sum(start <= left and right <= start + 40 for left, right in spans) for start, _ in spans]
    assert len(whole) >= max(stretches, default=0)


@often
@given(st.text(st.sampled_from("改革开放发展，。"), max_size=MOST_CHARACTERS))
def test_passage_that_fits_is_shown_to_its_end(text: str) -> None:
    assert make_snippet(text, ()) == Snippet(text, 0, ())
    snippet = around(text, "改革")
    assert snippet.start + len(snippet.text) == len(text)
    assert len(snippet.spans) == text.count("改革")


# -- single behaviours ---------------------------------------------------------------------------------------------


def test_empty_text_gives_an_empty_snippet() -> None:
    assert make_snippet("", ()) == Snippet("", 0, ())


def test_no_spans_give_the_beginning_up_to_a_sentence_end() -> None:
    text = "一" * 50 + "。" + "二" * 50 + "。" + "三" * 50 + "。"
    assert make_snippet(text, ()) == Snippet("一" * 50 + "。" + "二" * 50 + "。", 0, ())


def test_snippet_begins_behind_a_sentence_end_and_ends_with_one() -> None:
    text = "一" * 100 + "。" + "我们要深化改革！" + "二" * 200 + "。"
    snippet = around(text, "改革", limit=60)
    assert snippet.text.startswith("我们要深化改革！")
    assert around("一" * 100 + "。我们要深化改革。" + "二" * 100, "改革", limit=40).text == "我们要深化改革。"


@pytest.mark.parametrize("closer", ["”", "’", "」", "』", "）", ")", "》"])
def test_closing_mark_belongs_to_its_sentence(closer: str) -> None:
    text = "一" * 100 + f"。{closer}我们要深化改革。{closer}" + "二" * 100
    assert around(text, "改革", limit=40).text == f"我们要深化改革。{closer}"


def test_snippet_falls_back_to_a_comma() -> None:
    text = "一" * 100 + "，" + "二" * 30 + "改革，" + "三" * 100
    assert around(text, "改革", limit=60).text == "二" * 30 + "改革，"


def test_text_without_marks_is_cut_at_the_limit() -> None:
    text = "一" * 300 + "改革" + "二" * 300
    snippet = around(text, "改革")
    assert len(snippet.text) == 120
    assert snippet.text == "一" * 30 + "改革" + "二" * 88
    assert snippet.spans == ((30, 32),)


def test_span_at_the_very_end_has_text_before_it() -> None:
    snippet = around("一" * 300 + "改革", "改革")
    assert snippet.text == "一" * 30 + "改革"


def test_span_longer_than_the_snippet_is_cut_at_its_end() -> None:
    text = "前。" + "长" * 300 + "。后"
    snippet = make_snippet(text, [(2, 302)])
    assert snippet == Snippet("长" * 120, 2, ((0, 120),))


def test_snippet_goes_where_most_spans_are() -> None:
    text = "改革。" + "一" * 200 + "。改革，改革，改革。" + "二" * 200
    snippet = around(text, "改革")
    assert snippet.text == "改革，改革，改革。"
    assert snippet.spans == ((0, 2), (3, 5), (6, 8))


def test_of_equal_stretches_the_first_is_shown() -> None:
    text = "甲改革。" + "一" * 200 + "。乙改革。" + "二" * 200
    assert around(text, "改革").text.startswith("甲改革。")


def test_overlapping_spans_stay_apart() -> None:
    assert make_snippet("改革开放", [(0, 2), (0, 4), (1, 3)]).spans == ((0, 2), (0, 4), (1, 3))


def test_long_document_makes_a_snippet_at_once() -> None:
    text = "改革，" * 300_000
    spans = [(start, start + 2) for start in range(0, 3_000, 3)]
    assert make_snippet(text, spans).text == "改革，" * 40
