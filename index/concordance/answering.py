"""A results page, made of arrays: totals, order, the best passages of the documents shown, facets, written forms.

Order of relevance: documents with the whole string first, then letters as typed, then the score; ties by document id, then ¶. Only
what is shown is read. Source: plan.md 8 and 11.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from archive.document import Block
from archive.folding import fold_with_offsets
from archive.text_store import StoredDocument
from index.concordance.concordance import Concordance
from index.concordance.evaluation import Evaluator, Matched, wanted_strings
from index.concordance.forms import distinct, written_forms
from index.concordance.ranking import Ranker
from index.concordance.spans import Places, Spans
from index.engine import Hit, ResultsPage, SearchRequest, Total
from index.query import strings_of


def answer(concordance: Concordance, ranker: Ranker, request: SearchRequest) -> ResultsPage:
    """Answer a request that arrays alone can answer (`evaluation.is_fast`)."""
    return _Page(concordance, ranker, request).make()


class _Page:
    """One request being answered."""

    def __init__(self, concordance: Concordance, ranker: Ranker, request: SearchRequest) -> None:
        self.concordance = concordance
        self.ranker = ranker
        self.request = request
        self.question = request.question
        self.evaluator = Evaluator(concordance, request.question)
        self.matched: Matched = self.evaluator.matched(self.question.scope)
        self.strings = wanted_strings(self.question)

    def make(self) -> ResultsPage:
        spans, request = self.matched.spans, self.request
        documents = np.flatnonzero(self.matched.documents)
        new_text = np.flatnonzero(np.diff(spans.texts, prepend=-1))
        # In scope `removed` the hits themselves are the removed ones.
        others = self.question.scope != "removed" and self.concordance.has_removed
        removed = len(self.evaluator.matched("removed").spans) if others else 0
        total = Total(len(documents), len(new_text), len(spans), removed)
        holders = self.concordance.document_of[spans.texts[new_text]]
        ordered = documents[self._best(documents)]
        if request.group == "document":
            shown = ordered[request.offset : request.offset + request.limit].tolist()
            more = len(documents) > request.offset + request.limit
            hits = [hit for rank, each in enumerate(shown, request.offset + 1) for hit in self._best_hits(each, rank)]
        else:
            flat = len(new_text) + len(documents) - len(np.unique(holders))
            more = flat > request.offset + request.limit
            hits = list(self._flat_hits(ordered))
        return ResultsPage(
            total=total,
            hits=tuple(hits),
            facets=self.concordance.columns.facets(self.matched.documents),
            forms=written_forms(self.concordance, spans),
            next_offset=request.offset + request.limit if more else None,
        )

    # -- order -----------------------------------------------------------------------------------------------------

    def _best(self, documents: Places) -> npt.NDArray[np.intp]:
        """Order the first documents that this page needs, as indices into all that match."""
        needed = self.request.offset + self.request.limit
        if self.request.sort == "date":
            latest = self.concordance.columns.latest[documents]
            return np.argsort(-latest, kind="stable")[:needed]
        sure, scores = self._scores()
        self._document_scores = scores
        key = self._closeness()[documents] * 2 + sure[documents]
        if len(documents) > 2 * needed:  # a key too low for the page is not worth sorting
            least = np.partition(key, len(key) - needed)[-needed]
            at = np.flatnonzero(key == least)
            above = int(np.count_nonzero(key > least))
            tied = scores[documents[at]]
            bar = np.partition(tied, len(tied) - (needed - above))[len(tied) - (needed - above)] if above < needed else np.inf
            chosen = np.union1d(np.flatnonzero(key > least), at[tied >= bar])
        else:
            chosen = np.arange(len(documents))
        order = np.lexsort((-scores[documents[chosen]], -key[chosen]))
        return chosen[order][:needed]

    def _scores(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        texts = [text for leaf in self.evaluator.positive for text in strings_of(leaf)]
        return self.ranker.scores(texts, self.matched.documents)

    def _closeness(self) -> npt.NDArray[np.float64]:
        """For each document, count the strings that stand whole in it, and then those that stand there letter by letter."""
        size = len(self.concordance.store)
        whole, letters = np.zeros((2, size))
        held = np.zeros(len(self.concordance.starts) - 1, dtype=bool)
        held[self.matched.spans.texts] = True
        for string in self.strings:
            for counts, found in ((whole, self.evaluator.leaves.string(string)), (letters, self._typed(string))):
                present = np.zeros(size, dtype=bool)
                present[self.concordance.document_of[found.texts[held[found.texts]]]] = True
                counts += present
        return whole * (len(self.strings) + 1) + letters

    def _typed(self, string: str) -> Spans:
        """Find a string letter by letter, but for characters that folding drops."""
        kept = "".join(string[offset] for offset in fold_with_offsets(string).offsets)
        return self.evaluator.leaves.string(kept, "letters")

    # -- hits ------------------------------------------------------------------------------------------------------

    def _spans_of(self, document: int) -> Spans:
        """Give the spans in one document."""
        rows = self.concordance.store.document_texts
        first, last = np.searchsorted(self.matched.spans.texts, (rows[document, 0], rows[document + 1, 0])).tolist()
        return self.matched.spans.where(np.arange(first, last))

    def _best_hits(self, document: int, rank: int) -> Iterator[Hit]:
        """Give the best passages of a document: most strings whole, then most different spans, then most spans, then ¶."""
        stored, spans = self.concordance.store[document], self._spans_of(document)
        if not len(spans):
            yield self._hit(stored, document, rank, None, spans)
            return
        edges = np.append(np.flatnonzero(np.diff(spans.texts, prepend=-1)), len(spans))
        texts, counts = spans.texts[edges[:-1]], np.diff(edges)
        whole = np.zeros(len(texts), dtype=np.int64)
        for string in self.strings:
            found = self.evaluator.leaves.string(string).texts
            at = np.minimum(np.searchsorted(found, texts), max(len(found) - 1, 0))
            whole += found[at] == texts if len(found) else 0
        order = np.lexsort((-counts, -distinct(self.concordance, spans, edges), -whole))
        for at in order[: self.request.per_document].tolist():
            yield self._hit(stored, document, rank, int(texts[at]), spans.where(np.arange(edges[at], edges[at + 1])))

    def _flat_hits(self, ordered: Places) -> Iterator[Hit]:
        """Give the passages of this page, document by document, in the order of the text."""
        first, last = self.request.offset, self.request.offset + self.request.limit
        rank = 0
        for document in ordered.tolist():
            spans = self._spans_of(document)
            edges = np.append(np.flatnonzero(np.diff(spans.texts, prepend=-1)), len(spans))
            texts: Sequence[int | None] = spans.texts[edges[:-1]].tolist() or [None]
            if rank + len(texts) > first:
                stored = self.concordance.store[document]
                for at, text in enumerate(texts):
                    if first <= rank + at < last:
                        chosen = np.arange(edges[at], edges[at + 1]) if text is not None else np.arange(0)
                        yield self._hit(stored, document, rank + at + 1, text, spans.where(chosen))
            rank += len(texts)
            if rank >= last:
                return

    def _hit(self, stored: StoredDocument, document: int, rank: int, text: int | None, spans: Spans) -> Hit:
        score = float(self._document_scores[document]) if self.request.sort == "relevance" else 0.0
        if text is None:
            return Hit(rank, score, stored, None, Block(), "", ())
        store = self.concordance.store
        starts, ends = store.offsets_in_text(text, spans.starts), store.offsets_in_text(text, spans.ends - 1) + 1
        places = tuple(zip(starts.tolist(), ends.tolist(), strict=True))
        (original,) = store.read_texts(text, text + 1)
        first, removed = store.document_texts[document].tolist()
        if self.question.scope == "removed":
            return Hit(rank, score, stored, None, Block(), original, places, source=stored.source_of(text - removed))
        return Hit(rank, score, stored, text - first + 1, store.block(text), original, places)
