"""What of the archive matches a question, and where: the query tree over all documents at once.

The same rules as `index.evaluation`, which reads one document; a property test holds the two together. A *unit* is what booleans
work on: a document, or in scope `passage` each passage alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise

import numpy as np

from archive.folding import fold
from index.concordance.concordance import Concordance
from index.concordance.leaves import Leaves, is_simple
from index.concordance.spans import NO_SPANS, Mask, Places, Spans, union
from index.evaluation import Question
from index.matching import bare_words, needle
from index.query import (
    AllOf,
    AnyOf,
    Bare,
    DateRange,
    Exact,
    Field,
    Fuzzy,
    Gap,
    Near,
    Nothing,
    Query,
    TextLeaf,
    Without,
    iter_positive_leaves,
)


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """What matches.

    Attributes:
        documents: Mask over the documents that match.
        spans: Places of all positive leaves in what matches.
    """

    documents: Mask
    spans: Spans


def leaves_of(query: Query) -> tuple[TextLeaf, ...]:
    """List all leaves that look for strings, those under a NOT too, each once."""
    match query:
        case AllOf(parts) | AnyOf(parts):
            return tuple(dict.fromkeys(leaf for part in parts for leaf in leaves_of(part)))
        case Without(wanted, unwanted):
            every = (wanted, *unwanted) if wanted is not None else unwanted
            return tuple(dict.fromkeys(leaf for part in every for leaf in leaves_of(part)))
        case Nothing() | Field() | DateRange():
            return ()
        case _:
            return (query,)


def is_fast(question: Question) -> bool:
    """Whether arrays alone can answer a question."""
    return all(is_simple(leaf, question.mode) for leaf in leaves_of(question.query))


class Evaluator:
    """Evaluates one question, in its own scope and in removed text."""

    def __init__(self, concordance: Concordance, question: Question) -> None:
        self.concordance = concordance
        self.question = question
        self.leaves = Leaves(concordance, question.mode, question.words)
        self.positive = tuple(dict.fromkeys(iter_positive_leaves(question.query)))

    def matched(self, scope: str) -> Matched:
        """Find what matches in a scope: document, passage or removed."""
        side = _Side(self, scope)
        units = side.mask(self.question.query) & side.exists
        documents = side.documents(units)
        spans = union([side.within(self.leaves.spans(leaf)) for leaf in self.positive])
        if not units.all():
            spans = spans.where(units[side.unit_of(spans.texts)])
        return Matched(documents, spans)

    def within(self, scope: str, spans: Spans) -> Spans:
        """Keep the spans in texts that a scope looks at."""
        return _Side(self, scope).within(spans)


class _Side:
    """The texts that a scope looks at, and its units."""

    def __init__(self, evaluator: Evaluator, scope: str) -> None:
        self._concordance = evaluator.concordance
        self._leaves = evaluator.leaves
        self._mode, self._words = evaluator.question.mode, evaluator.question.words
        self._removed = scope == "removed"
        self._by_passage = scope == "passage"

    @cached_property
    def exists(self) -> Mask:
        """Tell which units have texts of this side at all."""
        rows = self._concordance.store.document_texts
        if self._by_passage:
            return ~self._concordance.is_removed
        mask: Mask = rows[1:, 0] > rows[:-1, 1] if self._removed else rows[:-1, 1] > rows[:-1, 0]
        return mask

    def unit_of(self, texts: Places) -> Places:
        """Give the unit of each text."""
        return texts if self._by_passage else self._concordance.document_of[texts]

    def documents(self, units: Mask) -> Mask:
        """Tell which documents some units belong to."""
        if not self._by_passage:
            return units
        mask = np.zeros(len(self._concordance.store), dtype=bool)
        mask[self._concordance.document_of[units]] = True
        return mask

    def within(self, spans: Spans) -> Spans:
        """Keep the spans in texts of this side."""
        if not self._concordance.has_removed:
            return NO_SPANS if self._removed else spans
        return spans.where(self._concordance.is_removed[spans.texts] == self._removed)

    def _units_with(self, spans: Spans) -> Mask:
        mask = np.zeros(len(self.exists), dtype=bool)
        mask[self.unit_of(self.within(spans).texts)] = True
        return mask

    def mask(self, query: Query) -> Mask:
        """Tell which units match a query."""
        match query:
            case Nothing():
                return np.zeros(len(self.exists), dtype=bool)
            case AllOf(parts):
                return _all([self.mask(part) for part in parts])
            case AnyOf(parts):
                return _any([self.mask(part) for part in parts])
            case Without(wanted, unwanted):
                mask = self.mask(wanted) if wanted is not None else np.ones(len(self.exists), dtype=bool)
                for part in unwanted:
                    mask = mask & ~self.mask(part)
                return mask
            case Field() | DateRange():
                documents = self._concordance.columns.mask(query)
                return documents[self._concordance.document_of] if self._by_passage else documents
            case Bare(text):
                return self._bare(text)
            case _:
                return self._units_with(self._leaves.spans(query))

    def _bare(self, text: str) -> Mask:
        """The whole string stands in a text, or each of its words in some text."""
        mask = self._units_with(self._leaves.string(text))
        words = bare_words(text, self._mode, self._words)
        if words and words != (needle(text, self._mode),):
            mask |= _all([self._units_with(self._leaves.form(word)) for word in words])
        return mask


def _all(masks: Iterable[Mask]) -> Mask:
    return reduce(np.logical_and, masks)


def _any(masks: Iterable[Mask]) -> Mask:
    return reduce(np.logical_or, masks)


def propose(evaluator: Evaluator, query: Query) -> Mask:
    """Propose documents where arrays alone cannot answer: every one that matches, perhaps others."""
    concordance, mode = evaluator.concordance, evaluator.question.mode
    every = np.ones(len(concordance.store), dtype=bool)

    def holding(string: str) -> Mask:
        """Tell which documents hold the folded form of a string, which stands wherever the string does."""
        if not fold(string):
            return every
        mask = np.zeros(len(every), dtype=bool)
        mask[concordance.document_of[concordance.text_of(concordance.find_form(fold(string), "text")[0])]] = True
        return mask

    match query:
        case Nothing():
            return ~every
        case AllOf(parts):
            return _all(propose(evaluator, part) for part in parts)
        case AnyOf(parts):
            return _any(propose(evaluator, part) for part in parts)
        case Without(wanted, _):
            return every if wanted is None else propose(evaluator, wanted)
        case Field() | DateRange():
            return concordance.columns.mask(query)
        case Exact(text):
            return holding(text) if mode != "loose" or query.letters else every
        case Near(parts):
            return _all(propose(evaluator, part) for part in parts)
        case Gap(pieces):
            return _all(map(holding, pieces))
        case Bare(text):
            return _any((holding(text), _all(map(holding, bare_words(text, mode, evaluator.question.words) or (text,)))))
        case Fuzzy(text, errors):
            edges = [len(text) * piece // (errors + 1) for piece in range(errors + 2)]
            return _any(holding(text[left:right]) for left, right in pairwise(edges))


def wanted_strings(question: Question) -> tuple[str, ...]:
    """List the strings of which a document may hold the whole, as typed."""
    leaves = iter_positive_leaves(question.query)
    return tuple(dict.fromkeys(leaf.text for leaf in leaves if isinstance(leaf, Bare | Exact)))
