"""Scores of documents: one weighted sum of three BM25, over words, single letters and pairs of letters.

Always: equal for a question in either script; a document that holds no term of the question scores 0.
Source: notes ranking.md, best row: tuned on one half of 1,543 lay questions over 31,444 statutes, reported on the other. Folded
text, each term of the question once, no stop words, single characters kept, words cut without the hidden Markov model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
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

    def score(self, counts: Numbers, lengths: Numbers, mean_length: float, *, documents: int, with_term: int) -> Scores:
        """Score one term in some documents by its counts there and their lengths."""
        rarity = math.log(1 + (documents - with_term + 0.5) / (with_term + 0.5))
        norm = self.k1 * (1 - self.b + self.b * lengths / max(mean_length, 1.0))
        scores: Scores = self.weight * rarity * (self.k1 + 1) * counts / (counts + norm)
        return scores


WORDS = Bm25(weight=1.0, k1=1.2, b=0.75)
LETTERS = Bm25(weight=1.6, k1=1.6, b=0.9)
PAIRS = Bm25(weight=1.6, k1=1.2, b=0.75)

MOST_TERMS = 64
"""Terms of each kind that are counted of one question."""

SURE = 256
"""Documents, best by words and pairs, whose single letters are counted; the others follow behind them."""


class Ranker:
    """Scores the documents of one concordance.

    Single letters are counted in the text of the best documents themselves, not in lists: a frequent letter stands in every
    document and decides nothing about the others.
    """

    def __init__(self, concordance: Concordance, words: tuple[str, ...]) -> None:
        self._concordance = concordance
        self._own_words = words

    @cached_property
    def _edges(self) -> npt.NDArray[np.int64]:
        """Where the passages of each document begin and end in the stream, in two columns."""
        rows = self._concordance.store.document_texts
        edges: npt.NDArray[np.int64] = self._concordance.starts[rows[:-1]].astype(np.int64)
        return edges

    @cached_property
    def _letter_counts(self) -> npt.NDArray[np.int64]:
        counts: npt.NDArray[np.int64] = self._edges[:, 1] - self._edges[:, 0]
        return counts

    @cached_property
    def _pair_counts(self) -> npt.NDArray[np.int64]:
        passages = np.diff(self._concordance.store.document_texts[:-1], axis=1)[:, 0]
        return np.maximum(self._letter_counts - passages, 0)

    def scores(self, texts: Sequence[str], documents: npt.NDArray[np.bool_] | None = None) -> tuple[Scores, Scores]:
        """Score documents for the strings of a question.

        Args:
            texts: What is looked for, as typed.
            documents: Mask of the documents to score; None for all that hold a term of the question.

        Returns:
            Two columns over all documents, the first of which decides: 1 for those whose letters were counted; and the score.
        """
        folded = [fold(text) for text in texts]
        scores = np.zeros(len(self._concordance.store))
        if all(len(text) < 2 for text in folded):
            for letter in dict.fromkeys(folded):
                self._add(scores, letter, LETTERS, self._letter_counts)
        else:
            self._add_words(scores, folded)
            for pair in _terms(first + second for text in folded for first, second in pairwise(text)):
                self._add(scores, pair, PAIRS, self._pair_counts)
        if documents is not None:
            scores *= documents
        chosen = np.flatnonzero(scores)
        if len(chosen) > SURE:
            chosen = chosen[np.argsort(-scores[chosen], kind="stable")[:SURE]]
        sure = np.zeros(len(scores))
        sure[chosen] = 1
        if any(len(text) > 1 for text in folded):
            self._add_letters(scores, folded, chosen)
        return sure, scores

    def _words_of(self, folded: Sequence[str]) -> tuple[str, ...]:
        cut = word_cutter(self._own_words)
        return _terms(word for text in folded for word in cut(text))

    def _add_words(self, scores: Scores, folded: Sequence[str]) -> None:
        """Score the words of two letters and more."""
        bounds = self._concordance.words
        if bounds:
            for word in self._words_of(folded):
                if len(word) > 1:
                    self._add(scores, word, WORDS, bounds.lengths, only_words=True)

    def _add(self, scores: Scores, term: str, part: Bm25, lengths: Numbers, *, only_words: bool = False) -> None:
        """Score one term in all documents."""
        concordance = self._concordance
        found = concordance.spans(term, "text")
        texts = found.texts
        if only_words:
            texts = texts[concordance.words.are_words(found.starts, len(term))]
        if concordance.has_removed:
            texts = texts[~concordance.is_removed[texts]]
        if len(texts):
            counts = np.bincount(concordance.document_of[texts], minlength=len(scores))
            held = np.flatnonzero(counts)
            mean = float(lengths.mean())
            scores[held] += part.score(counts[held], lengths[held], mean, documents=len(scores), with_term=len(held))

    def _add_letters(self, scores: Scores, folded: Sequence[str], documents: npt.NDArray[np.intp]) -> None:
        """Score single letters, and those that are words by themselves, in some documents."""
        concordance, bounds = self._concordance, self._concordance.words
        numbers = [found[0] for char in _terms("".join(folded)) if (found := concordance.letters.numbers(char))]
        if not numbers or not len(documents):
            return
        alone = (
            {found[0] for word in self._words_of(folded) if len(word) == 1 and (found := concordance.letters.numbers(word))}
            if bounds
            else ()
        )
        column = np.full(len(concordance.letters), len(numbers), dtype=np.intp)
        column[numbers] = np.arange(len(numbers))
        counts, words = np.zeros((2, len(documents), len(numbers) + 1), dtype=np.int64)
        for row, document in enumerate(documents.tolist()):
            start, stop = self._edges[document].tolist()
            columns = column[concordance.letters.of(concordance.store.stream.slice(start, stop))]
            counts[row] = np.bincount(columns, minlength=len(numbers) + 1)
            if alone:
                words[row] = np.bincount(columns[bounds.single(start, stop)], minlength=len(numbers) + 1)
        size = len(concordance.store)
        for at, number in enumerate(numbers):
            held = int(bounds.letter_documents[number])
            lengths, mean = self._letter_counts, float(self._letter_counts.mean())
            scores[documents] += LETTERS.score(counts[:, at], lengths[documents], mean, documents=size, with_term=held)
            if number in alone:
                held, lengths, mean = int(bounds.word_documents[number]), bounds.lengths, float(bounds.lengths.mean())
                scores[documents] += WORDS.score(words[:, at], lengths[documents], mean, documents=size, with_term=held)


def _terms(strings: Iterable[str]) -> tuple[str, ...]:
    """Take the strings that hold a letter or digit at both ends, each once."""
    return tuple(dict.fromkeys(string for string in strings if string[:1].isalnum() and string[-1:].isalnum()))[:MOST_TERMS]
