"""Scores of documents: one weighted sum of three BM25, over words, single letters and pairs of letters.

Always: equal for a question in either script; a document that holds no term of the question scores 0.
Source: notes ranking.md, best row: tuned on one half of 1,543 lay questions over 31,444 statutes, reported on the other. Folded
text, each term of the question once, no stop words, single characters kept, words cut without the hidden Markov model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.folding import fold
from index.analysis.segmenter import word_cutter
from index.concordance.concordance import Concordance

Numbers = npt.NDArray[np.integer[Any]]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bm25:
    """One part of the sum.

    Attributes:
        weight: Of the part.
        k1: How soon repetition stops to count.
        b: How much long documents are held against them.
    """

    weight: float
    k1: float
    b: float

    def score(self, counts: Numbers, lengths: Scores, mean_length: float, *, documents: int, with_term: Numbers) -> Scores:
        """Score terms in some documents.

        Args:
            counts: How often each term (rows, if several) stands in each document (columns).
            lengths: Of these documents.
            mean_length: Of all documents.
            documents: How many there are in all.
            with_term: How many of all hold each term.
        """
        rarity = np.log(1 + (documents - with_term + 0.5) / (with_term + 0.5))
        norm = self.k1 * (1 - self.b + self.b * lengths / max(mean_length, 1.0))
        scores: Scores = self.weight * rarity * (self.k1 + 1) * counts / (counts + norm)
        return scores


WORDS = Bm25(weight=1.0, k1=1.2, b=0.75)
LETTERS = Bm25(weight=1.6, k1=1.6, b=0.9)
PAIRS = Bm25(weight=1.6, k1=1.2, b=0.75)

MOST_TERMS = 64
"""Terms of each kind that are counted of one question."""

_KEPT_BYTES = 16_000_000
"""Memory for counts of terms that were asked for lately."""


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """How often a term stands in each document, and in how many it does."""

    counts: npt.NDArray[np.uint32]
    documents: int


class Ranker:
    """Scores the documents of one concordance; any number of threads may use it."""

    def __init__(self, concordance: Concordance, words: tuple[str, ...]) -> None:
        self._concordance = concordance
        self._own_words = words
        most = max(256, _KEPT_BYTES // (4 * len(concordance.store) + 1))
        self._term = lru_cache(maxsize=most)(self._count)

    @cached_property
    def _edges(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where the passages of each document begin in the stream, and where they end."""
        edges = self._concordance.starts[self._concordance.store.document_texts[:-1]].astype(np.int64)
        return np.ascontiguousarray(edges[:, 0]), np.ascontiguousarray(edges[:, 1])

    @cached_property
    def _lengths(self) -> Mapping[Bm25, tuple[Scores, float]]:
        """Length of each document as each part counts it, and their mean: words, letters, pairs of letters."""
        store = self._concordance.store
        rows = store.document_texts
        letters = (self._edges[1] - self._edges[0]).astype(np.float64)
        filled = np.append(0, np.cumsum(np.diff(self._concordance.starts.astype(np.int64)) > 0))
        pairs = letters - (filled[rows[:-1, 1]] - filled[rows[:-1, 0]])  # the last letter of a passage begins none
        words = self._concordance.words.lengths.astype(np.float64)
        return {
            part: (row, float(row.mean()) if len(row) else 0.0)
            for part, row in ((WORDS, words), (LETTERS, letters), (PAIRS, pairs))
        }

    def scores(self, texts: Sequence[str], documents: npt.NDArray[np.integer[Any]]) -> Scores:
        """Score some documents for the strings of a question.

        Args:
            texts: What is looked for, as typed.
            documents: Their ordinals.

        Returns:
            A score for each of the documents.
        """
        folded = [fold(text) for text in texts]
        scores = np.zeros(len(documents))
        if self._concordance.words:
            self._add(scores, documents, WORDS, self._words_of(folded))
        self._add(scores, documents, LETTERS, _terms(letter for text in folded for letter in text))
        self._add(scores, documents, PAIRS, _terms(first + second for text in folded for first, second in pairwise(text)))
        return scores

    def scores_of_counts(self, counts: Numbers, documents: npt.NDArray[np.integer[Any]]) -> Scores:
        """Score some documents by how often a quoted string stands in each: as one term of the third part.

        What a quoted string is made of stands wherever it does and tells its documents apart no further.
        """
        lengths, mean = self._lengths[PAIRS]
        size = len(self._concordance.store)
        return PAIRS.score(counts, lengths[documents], mean, documents=size, with_term=np.array(len(documents)))

    def _words_of(self, folded: Sequence[str]) -> tuple[str, ...]:
        cut = word_cutter(self._own_words)
        return _terms(word for text in folded for word in cut(text))

    def _add(self, scores: Scores, documents: npt.NDArray[np.integer[Any]], part: Bm25, terms: Sequence[str]) -> None:
        """Add the scores of the terms of one part."""
        known = [self._term(term, part is WORDS) for term in terms]
        if known and len(documents):
            counts = np.array([term.counts[documents] for term in known])
            held = np.array([[term.documents] for term in known])
            lengths, mean = self._lengths[part]
            scores += part.score(counts, lengths[documents], mean, documents=len(self._concordance.store), with_term=held).sum(
                axis=0
            )

    def _count(self, term: str, as_word: bool) -> _Term:
        """Count a term in all documents, removed text left out."""
        places = self._concordance.places(term)
        if as_word:
            places = places[self._concordance.words.are_words(places, len(term))]
        first, last = self._edges
        if len(places) > len(first):
            counts = places.searchsorted(last) - places.searchsorted(first)
        else:  # the same from the other side
            document = first.searchsorted(places, side="right") - 1
            document = document[places < last[document]]
            counts = np.bincount(document, minlength=len(first))
        return _Term(counts.astype(np.uint32), int(np.count_nonzero(counts)))

    def holding(self, texts: Sequence[str]) -> npt.NDArray[np.intp]:
        """List the documents that hold any word or pair of letters of some strings: those that a question can rank."""
        folded = [fold(text) for text in texts]
        terms = _terms(first + second for text in folded for first, second in pairwise(text)) or _terms("".join(folded))
        held = np.zeros(len(self._concordance.store), dtype=bool)
        for term in terms:
            held |= self._term(term, False).counts > 0
        return np.flatnonzero(held)


def _terms(strings: Iterable[str]) -> tuple[str, ...]:
    """Take the strings that have a letter or digit at both ends, each once."""
    return tuple(dict.fromkeys(string for string in strings if string[:1].isalnum() and string[-1:].isalnum()))[:MOST_TERMS]
