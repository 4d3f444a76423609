"""Scores are the formula, term by term, as a plain loop over the documents gives them."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.document import Document
from archive.folding import fold
from index.analysis.segmenter import word_cutter
from index.concordance.ranking import Ranker
from tests.index.concordance.test_concordance import build
from tests.strategies import corpora, make_document

PARTS = {"words": (1.0, 1.2, 0.75), "letters": (1.6, 1.6, 0.9), "pairs": (1.6, 1.2, 0.75)}
"""Weight, k1 and b of notes ranking.md's best row."""


def is_term(string: str) -> bool:
    return string[0].isalnum() and string[-1].isalnum()


def terms_of(text: str, part: str) -> list[str]:
    """Cut one passage or question into the terms of a part, and whatever else counts in its length."""
    folded = fold(text)
    if part == "words":
        return [word for word in word_cutter()(folded) if word[0].isalnum()]
    return list(folded) if part == "letters" else list(map("".join, pairwise(folded)))


def naive_scores(documents: Sequence[Document], texts: Sequence[str]) -> list[float]:
    scores = [0.0] * len(documents)
    for part, (weight, k1, b) in PARTS.items():
        held = [[term for passage in document.passages for term in terms_of(passage, part)] for document in documents]
        mean = max(sum(map(len, held)) / len(held), 1.0)
        for term in dict.fromkeys(term for text in texts for term in terms_of(text, part) if is_term(term)):
            counts = [terms.count(term) for terms in held]
            with_term = sum(count > 0 for count in counts)
            rarity = math.log(1 + (len(held) - with_term + 0.5) / (with_term + 0.5))
            for at, count in enumerate(counts):
                scores[at] += weight * rarity * (k1 + 1) * count / (count + k1 * (1 - b + b * len(held[at]) / mean))
    return scores


STRINGS = ("改革", "發展", "乡村振兴", "的", "人民大会堂", "ＧＤＰ", "着力，推动", "改")
questions = st.lists(st.sampled_from(STRINGS), min_size=1, max_size=3)


@settings(max_examples=60)
@given(corpora(min_size=1, strings=("改革", "发展", "乡村振兴", "的", "人民大会堂", "gdp")), questions)
def test_scores_are_those_of_the_formula(documents: list[Document], texts: list[str]) -> None:
    ranker = Ranker(build(documents), ())
    scores = ranker.scores(texts, np.arange(len(documents)))
    assert scores.tolist() == pytest.approx(naive_scores(documents, texts))
    some = ranker.scores(texts, np.arange(0, len(documents), 2))
    assert some.tolist() == scores.tolist()[::2]


def test_many_places_in_few_documents_are_counted_alike() -> None:
    much = make_document("a", "改革的" * 50, "的" * 9, removed=["改革的"])
    documents = [much, make_document("b", "的"), make_document("c", "開放")]
    scores = Ranker(build(documents), ()).scores(["改革的"], np.arange(3))
    assert scores.tolist() == pytest.approx(naive_scores(documents, ["改革的"]))


def test_scores_are_equal_in_both_scripts() -> None:
    documents = [make_document("a", "改革与发展的关系"), make_document("b", "改革與發展"), make_document("c", "乡村振兴")]
    ranker = Ranker(build(documents), ())
    hans, hant = (ranker.scores([text], np.arange(3)).tolist() for text in ("改革与发展的关系", "改革與發展的關係"))
    assert hans == hant


def test_documents_that_a_question_can_rank_hold_a_pair_of_it() -> None:
    documents = [make_document("a", "改革与发展"), make_document("b", "改造"), make_document("c", "發展")]
    ranker = Ranker(build(documents), ())
    assert ranker.holding(["改革发展"]).tolist() == [0, 2]
    assert ranker.holding(["改"]).tolist() == [0, 1]
