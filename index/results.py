"""From matched documents to a results page: order, grouping, facets, written forms. Shared by engines that match in this process.

Order of relevance: documents with the whole string first, then letters as typed, then the engine's score; ties by document id,
then ¶. Source: plan.md 8 and 11.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from archive.document import Block, Span
from archive.folding import fold_with_offsets
from archive.text_store import StoredDocument
from index.engine import FACETS, Hit, ResultsPage, SearchRequest, Total
from index.evaluation import Facts, Question
from index.matching import PassageForms, needle
from index.query import Bare, Exact, iter_positive_leaves

_FORMS_MOST = 50
_FACET_MOST = 200


@dataclass(frozen=True, slots=True)
class MatchedDocument:
    """A document that matches.

    Attributes:
        document: As stored.
        facts: What facets see of it.
        passages: Its passages, or its removed pieces for scope `removed`.
        spans: 0-based index of each passage with spans to these.
        score: The engine's lexical score.
    """

    document: StoredDocument
    facts: Facts
    passages: Sequence[PassageForms]
    spans: Mapping[int, tuple[Span, ...]]
    score: float = 0.0


def assemble(request: SearchRequest, matched: Sequence[MatchedDocument], *, removed: int = 0) -> ResultsPage:
    """Make the results page that a request asks for.

    Args:
        request: What is asked.
        matched: All matching documents, in order of id.
        removed: Occurrences in removed text.
    """
    total = Total(
        documents=len(matched),
        passages=sum(len(found.spans) for found in matched),
        occurrences=sum(len(spans) for found in matched for spans in found.spans.values()),
        removed=removed,
    )
    ordered = sorted(matched, key=_order(request))
    if request.group == "document":
        page = ordered[request.offset : request.offset + request.limit]
        more = len(ordered) > request.offset + request.limit
        hits = [hit for rank, found in enumerate(page, request.offset + 1) for hit in _best_hits(request, found, rank)]
    else:
        flat = [(found, index) for found in ordered for index in _indexes(found)]
        shown = flat[request.offset : request.offset + request.limit]
        more = len(flat) > request.offset + request.limit
        hits = [_hit(request.question, found, index, rank) for rank, (found, index) in enumerate(shown, request.offset + 1)]
    return ResultsPage(
        total=total,
        hits=tuple(hits),
        facets={name: _facet(name, matched) for name in FACETS},
        forms=_forms(matched),
        next_offset=request.offset + request.limit if more else None,
    )


def _order(request: SearchRequest) -> Callable[[MatchedDocument], tuple[Any, ...]]:
    """Give the sort key of documents."""
    strings = _wanted_strings(request.question)

    def by_date(found: MatchedDocument) -> tuple[bool, int, str]:
        newest = found.facts.date.latest if found.facts.date else None
        return (newest is None, -(newest or date.min).toordinal(), found.document.id)

    def by_relevance(found: MatchedDocument) -> tuple[int, int, float, str]:
        whole, letters = _closeness(strings, found, request.question.mode)
        return (-whole, -letters, -found.score, found.document.id)

    return by_date if request.sort == "date" else by_relevance


def _wanted_strings(question: Question) -> tuple[str, ...]:
    leaves = iter_positive_leaves(question.query)
    return tuple(dict.fromkeys(leaf.text for leaf in leaves if isinstance(leaf, Bare | Exact)))


def _closeness(strings: Sequence[str], found: MatchedDocument, mode: str) -> tuple[int, int]:
    """Count the strings that stand whole in a document, and those that stand there letter by letter."""
    hit = [found.passages[index] for index in found.spans]
    whole = sum(any(needle(string, mode) in passage.form(mode).folded for passage in hit) for string in strings)
    letters = sum(any(string in passage.original for passage in hit) for string in strings)
    return whole, letters


def _indexes(found: MatchedDocument) -> Sequence[int | None]:
    """Indexes of the passages with spans; [None] for a document that only its fields let match."""
    return list(found.spans) or [None]


def _best_hits(request: SearchRequest, found: MatchedDocument, rank: int) -> Iterator[Hit]:
    """Give the best passages of a document: most different strings first, then most spans, then text order."""
    strings = _wanted_strings(request.question)
    mode = request.question.mode

    def order(index: int | None) -> tuple[int, int, int, int]:
        if index is None:
            return (0, 0, 0, 0)
        passage, spans = found.passages[index], found.spans[index]
        folded = passage.form(mode)
        whole = sum(needle(string, mode) in folded.folded for string in strings)
        different = len({passage.original[start:end] for start, end in spans})
        return (-whole, -different, -len(spans), index)

    for index in sorted(_indexes(found), key=order)[: request.per_document]:
        yield _hit(request.question, found, index, rank)


def _hit(question: Question, found: MatchedDocument, index: int | None, rank: int) -> Hit:
    document = found.document
    if index is None:
        return Hit(rank, found.score, document, None, Block(), "", ())
    text, spans = found.passages[index].original, found.spans[index]
    if question.scope == "removed":
        piece = document.removed[index]
        return Hit(rank, found.score, document, None, Block(), text, spans, source=(piece.source, piece.span))
    return Hit(rank, found.score, document, index + 1, document.blocks[index], text, spans)


def _facet(name: str, matched: Sequence[MatchedDocument]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for found in matched for value in dict.fromkeys(found.facts.values.get(name, ())))
    if name == "year":
        return tuple(sorted(counts.items(), reverse=True)[:_FACET_MOST])
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_FACET_MOST])


def _forms(matched: Sequence[MatchedDocument]) -> tuple[tuple[str, int], ...]:
    written = Counter(
        _written(found.passages[index].original[start:end])
        for found in matched
        for index, spans in found.spans.items()
        for start, end in spans
    )
    return tuple(sorted(written.items(), key=lambda item: (-item[1], item[0]))[:_FORMS_MOST])


@lru_cache(maxsize=4096)
def _written(text: str) -> str:
    """Leave out of a slice what folding drops; white space that it keeps is one space."""
    return "".join(" " if text[at].isspace() else text[at] for at in fold_with_offsets(text).offsets)
