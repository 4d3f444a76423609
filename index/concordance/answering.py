"""A results page, made of arrays: totals, order, the best passages of the documents shown.

Order of relevance: documents with the whole string first, then letters as typed, then the score; ties by document id, then ¶. Only
what is shown is read, and facets and written forms are counted when somebody looks at them. Source: plan.md 8 and 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from archive.document import Block
from archive.folding import fold_with_offsets
from index.concordance.concordance import Concordance
from index.concordance.evaluation import Evaluator, Matched, wanted_strings
from index.concordance.forms import distinct, written_forms
from index.concordance.ranking import Ranker
from index.concordance.spans import Places, Spans, join
from index.engine import FACETS, Hit, ResultsPage, SearchRequest, Total
from index.query import Exact, strings_of

Indices = npt.NDArray[np.integer[Any]]


def answer(concordance: Concordance, ranker: Ranker, request: SearchRequest) -> ResultsPage:
    """Answer a request that arrays alone can answer (`evaluation.is_fast`)."""
    return _Page(concordance, ranker, request).make()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A passage that is shown: its rank, its document, its number among all texts if it holds spans, and these."""

    rank: int
    document: int
    text: int | None
    spans: Spans


class _Page:
    """One request being answered."""

    def __init__(self, concordance: Concordance, ranker: Ranker, request: SearchRequest) -> None:
        self.concordance = concordance
        self.ranker = ranker
        self.request = request
        self.question = request.question
        self.evaluator = Evaluator(concordance, request.question)
        self.matched: Matched = self.evaluator.matched(self.question.scope)
        self.documents = np.flatnonzero(self.matched.documents)
        self.scores: Mapping[int, float] = {}

    def make(self) -> ResultsPage:
        spans, request = self.matched.spans, self.request
        first = _first_of_each(spans.texts)
        # In scope `removed` the hits themselves are the removed ones.
        others = self.question.scope != "removed" and self.concordance.has_removed
        removed = len(self.evaluator.matched("removed").spans) if others else 0
        ordered = self.documents[self._best()].tolist()
        if request.group == "document":
            shown = ordered[request.offset : request.offset + request.limit]
            more = len(self.documents) > request.offset + request.limit
            chosen = [
                each for rank, document in enumerate(shown, request.offset + 1) for each in self._best_passages(document, rank)
            ]
        else:
            holders = _first_of_each(self.concordance.document_of[spans.texts[first]])
            more = len(first) + len(self.documents) - len(holders) > request.offset + request.limit
            chosen = list(self._flat_passages(ordered))
        return ResultsPage(
            total=Total(len(self.documents), len(first), len(spans), removed),
            hits=self._hits(chosen),
            facets=_Facets(lambda: self.concordance.columns.facets(self.matched.documents)),
            forms=_Forms(lambda: written_forms(self.concordance, spans)),
            next_offset=request.offset + request.limit if more else None,
        )

    # -- order -----------------------------------------------------------------------------------------------------

    def _best(self) -> Indices:
        """Order the first documents that this page needs, as indices into all that match."""
        needed = self.request.offset + self.request.limit
        if self.request.sort == "date":
            return np.argsort(-self.concordance.columns.latest[self.documents], kind="stable")[:needed]
        scores, closeness = self._document_scores(), self._closeness()
        chosen = np.arange(len(self.documents))
        if len(chosen) > 2 * needed:  # what lies too low for the page is not worth sorting
            bar = np.partition(closeness, len(closeness) - needed)[-needed]
            above, level = np.flatnonzero(closeness > bar), np.flatnonzero(closeness == bar)
            least = np.partition(scores[level], len(level) - (needed - len(above)))[len(level) - (needed - len(above))]
            chosen = np.sort(np.concatenate((above, level[scores[level] >= least])))
        best = chosen[np.lexsort((-scores[chosen], -closeness[chosen]))][:needed]
        self.scores = dict(zip(self.documents[best].tolist(), scores[best].tolist(), strict=True))
        return best

    def _document_scores(self) -> npt.NDArray[np.float64]:
        """Score all that matches."""
        if len(self.evaluator.positive) == 1 and isinstance(self.evaluator.positive[0], Exact):
            holders = self.concordance.document_of[self.matched.spans.texts]
            counts = np.bincount(holders, minlength=len(self.matched.documents))[self.documents]
            return self.ranker.scores_of_counts(counts, self.documents)
        texts = [text for leaf in self.evaluator.positive for text in strings_of(leaf)]
        return self.ranker.scores(texts, self.documents)

    def _closeness(self) -> npt.NDArray[np.int64]:
        """Count, for each document, the strings that stand whole in a passage with spans; then those there letter by letter."""
        strings = wanted_strings(self.question)
        found = [self.evaluator.leaves.string(string) for string in strings]
        whole = np.zeros(len(self.documents), dtype=np.int64)
        if not strings:
            return whole
        if len(strings) > 1 or not isinstance(self.evaluator.positive[0], Exact):  # one exact string stands whole in all
            whole = self._count_holders(found)
        return whole * (len(strings) + 1) + self._count_holders([self._typed(string) for string in strings])

    def _count_holders(self, found: Sequence[Spans]) -> npt.NDArray[np.int64]:
        """Count, for each matching document, of how many strings a place lies in a passage with spans."""
        counts = np.zeros(len(self.matched.documents), dtype=np.int64)
        held = None
        if len(found) > 1 or len(self.evaluator.positive) > 1:
            held = np.zeros(len(self.concordance.starts) - 1, dtype=bool)
            held[self.matched.spans.texts] = True
        for spans in found:
            texts = self.evaluator.within(self.question.scope, spans).texts
            present = np.zeros(len(counts), dtype=bool)
            present[self.concordance.document_of[texts if held is None else texts[held[texts]]]] = True
            counts += present
        return counts[self.documents]

    def _typed(self, string: str) -> Spans:
        """Find a string letter by letter, but for characters that folding drops."""
        kept = "".join(string[offset] for offset in fold_with_offsets(string).offsets)
        return self.evaluator.leaves.string(kept, "letters")

    # -- hits ------------------------------------------------------------------------------------------------------

    def _spans_of(self, document: int) -> tuple[Spans, list[int]]:
        """Give the spans in one document, and where those of each text begin, and the end."""
        rows = self.concordance.store.document_texts
        first, last = self.matched.spans.texts.searchsorted((rows[document, 0], rows[document + 1, 0])).tolist()
        spans = self.matched.spans.part(first, last)
        return spans, [*_first_of_each(spans.texts).tolist(), len(spans)]

    def _best_passages(self, document: int, rank: int) -> Iterator[_Chosen]:
        """Choose the best passages of a document: most strings whole, then most different spans, then most spans, then ¶."""
        spans, edges = self._spans_of(document)
        if not len(spans):
            yield _Chosen(rank, document, None, spans)
            return
        order = range(len(edges) - 1)
        if len(order) > 1:
            order = self._order_of(spans, np.array(edges)).tolist()
        for at in order[: self.request.per_document]:
            yield _Chosen(rank, document, int(spans.texts[edges[at]]), spans.part(edges[at], edges[at + 1]))

    def _order_of(self, spans: Spans, edges: Indices) -> Indices:
        texts = spans.texts[edges[:-1]]
        whole = np.zeros(len(texts), dtype=np.int64)
        for string in wanted_strings(self.question):
            found = self.evaluator.leaves.string(string).texts
            whole += found.searchsorted(texts, side="right") > found.searchsorted(texts, side="left")
        return np.lexsort((-np.diff(edges), -distinct(self.concordance, spans, edges), -whole))

    def _flat_passages(self, ordered: Sequence[int]) -> Iterator[_Chosen]:
        """Choose the passages of this page, document by document, in the order of the text."""
        first, last = self.request.offset, self.request.offset + self.request.limit
        rank = 0
        for document in ordered:
            spans, edges = self._spans_of(document)
            if not len(spans):
                if first <= rank < last:
                    yield _Chosen(rank + 1, document, None, spans)
                rank += 1
            for at in range(max(first - rank, 0), min(last - rank, len(edges) - 1)):
                yield _Chosen(rank + at + 1, document, int(spans.texts[edges[at]]), spans.part(edges[at], edges[at + 1]))
            rank += len(edges) - 1
            if rank >= last:
                return

    def _hits(self, chosen: Sequence[_Chosen]) -> tuple[Hit, ...]:
        """Read the passages that are shown, all in one go."""
        store = self.concordance.store
        texts = [each.text for each in chosen if each.text is not None]
        spans = join([each.spans for each in chosen])
        starts, ends, numbers = spans.starts, spans.ends, spans.texts
        places = zip(store.offsets(numbers, starts).tolist(), (store.offsets(numbers, ends - 1) + 1).tolist(), strict=True)
        read, blocks = iter(store.read_some(texts)), iter(store.blocks_of(texts))
        stored = {each.document: store[each.document] for each in chosen}
        hits = []
        for each in chosen:
            document, score = stored[each.document], self.scores.get(each.document, 0.0)
            if each.text is None:
                hits.append(Hit(each.rank, score, document, None, Block(), "", ()))
                continue
            own, text, block = tuple(islice(places, len(each.spans))), next(read), next(blocks)
            first, removed = store.document_texts[each.document].tolist()
            if self.question.scope == "removed":
                source = document.source_of(each.text - removed)
                hits.append(Hit(each.rank, score, document, None, Block(), text, own, source))
            else:
                hits.append(Hit(each.rank, score, document, each.text - first + 1, block, text, own))
        return tuple(hits)


def _first_of_each(numbers: Places) -> Indices:
    """Give where each run of equal numbers begins."""
    if not len(numbers):
        return np.zeros(0, dtype=np.intp)
    return np.concatenate(([0], (numbers[1:] != numbers[:-1]).nonzero()[0] + 1))


class _Facets(Mapping[str, tuple[tuple[str, int], ...]]):
    """Facets that are counted when first looked at."""

    def __init__(self, count: Callable[[], Mapping[str, tuple[tuple[str, int], ...]]]) -> None:
        self._count = count

    @cached_property
    def _counted(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        return self._count()

    def __getitem__(self, name: str) -> tuple[tuple[str, int], ...]:
        return self._counted[name]

    def __iter__(self) -> Iterator[str]:
        return iter(FACETS)

    def __len__(self) -> int:
        return len(FACETS)


class _Forms(Sequence[tuple[str, int]]):
    """Written forms that are counted when first looked at."""

    def __init__(self, count: Callable[[], tuple[tuple[str, int], ...]]) -> None:
        self._count = count

    @cached_property
    def _counted(self) -> tuple[tuple[str, int], ...]:
        return self._count()

    @overload
    def __getitem__(self, at: int) -> tuple[str, int]: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, int], ...]: ...

    def __getitem__(self, at: int | slice) -> tuple[str, int] | tuple[tuple[str, int], ...]:
        return self._counted[at]

    def __len__(self) -> int:
        return len(self._counted)

    def __eq__(self, other: object) -> bool:
        return self._counted == (other._counted if isinstance(other, _Forms) else other)

    def __hash__(self) -> int:
        return hash(self._counted)

    def __repr__(self) -> str:
        return repr(self._counted)
