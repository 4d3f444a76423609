"""The best row of notes/ranking.md, plainly: BM25 of words + 1.6 of characters + 1.6 of bigrams over whole documents, all folded.

It is not fast and holds everything in memory; it says which nDCG the constants are worth on a set of questions.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby, pairwise
from pathlib import Path

from archive.folding import fold
from index.analysis.segmenter import word_cutter
from tests.benchmarks.benchtext import BenchText, open_text

TERMS: tuple[tuple[Callable[[str], Iterable[str]], float, float, float], ...] = (
    (lambda text: word_cutter()(text), 1.0, 1.2, 0.75),
    (list, 1.6, 1.6, 0.9),
    (lambda text: (a + b for a, b in pairwise(text)), 1.6, 1.2, 0.75),
)
"""For words, characters, bigrams: how they are cut, their weight, k1, b. Source: notes ranking.md."""


class FormulaPeer:
    """A yardstick for ranking alone."""

    what = "best formula of ranking.md, in memory"
    kinds = ()
    checked = False
    most_characters = 10_000_000

    def missing(self) -> str | None:
        return None

    def files(self, folder: Path) -> Path:
        return folder

    def build(self, text: BenchText, folder: Path) -> None:
        (folder / "text").write_text(str(text.folder.resolve()), encoding="utf-8")

    def open(self, folder: Path) -> FormulaServed:
        return FormulaServed(open_text(Path((folder / "text").read_text(encoding="utf-8"))))


class FormulaServed:
    """Every document's terms, counted."""

    def __init__(self, text: BenchText) -> None:
        documents = [
            (name, [fold(passage.text) for passage in passages])
            for name, passages in groupby(text.read(), key=lambda passage: passage.document)
        ]
        self._names = [name for name, _ in documents]
        self._scored = []
        for cut, weight, k1, b in TERMS:
            counted = [Counter(term for passage in passages for term in cut(passage)) for _, passages in documents]
            self._scored.append((cut, weight, _postings(counted, k1, b)))

    def ranked(self, question: str) -> list[str]:
        folded = fold(question)
        scores: dict[int, float] = defaultdict(float)
        for cut, weight, postings in self._scored:
            for term in set(cut(folded)):
                for document, score in postings.get(term, ()):
                    scores[document] += weight * score
        best = sorted(scores, key=lambda document: (-scores[document], self._names[document]))[:10]
        return [self._names[document] for document in best]


def _postings(counted: list[Counter[str]], k1: float, b: float) -> dict[str, list[tuple[int, float]]]:
    """Score every term in every document that holds it."""
    lengths = [sum(counts.values()) for counts in counted]
    mean = sum(lengths) / len(lengths) if any(lengths) else 1.0
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for document, counts in enumerate(counted):
        for term, count in counts.items():
            found[term].append((document, count))
    scored = {}
    for term, places in found.items():
        rarity = math.log(1 + (len(counted) - len(places) + 0.5) / (len(places) + 0.5))
        scored[term] = [
            (document, rarity * count * (k1 + 1) / (count + k1 * (1 - b + b * lengths[document] / mean)))
            for document, count in places
        ]
    return scored


PEER = FormulaPeer()
