"""Whether a document matches a query tree, and where: the same for every engine that matches in this process.

Booleans work on the whole document, in scope `passage` on each passage alone, in scope `removed` on what cleaning took out.
Source: plan.md 8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.dates import PartialDate, parse_range
from archive.document import Span
from archive.folding import fold
from archive.text_store import StoredDocument
from index.matching import PassageForms, bare_words, find_spans, needle
from index.query import (
    SUBSTRING_FIELDS,
    AllOf,
    AnyOf,
    Bare,
    DateRange,
    Field,
    Nothing,
    Query,
    TextLeaf,
    Without,
    iter_positive_leaves,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What fields and facets see of a document.

    Attributes:
        values: Field name to its values; a field that is not stated has none.
        date: Date of the document, or None.
    """

    values: Mapping[str, tuple[str, ...]]
    date: PartialDate | None


def facts_of(document: StoredDocument) -> Facts:
    """Read the facts of a document."""
    metadata = document.metadata
    single = {
        "title": metadata.title,
        "organ": metadata.organ,
        "place": metadata.place,
        "event": metadata.event,
        "kind": metadata.kind,
        "collection": document.collection,
        "script": document.script,
        "id": document.id,
        "year": (metadata.date.year or "") if metadata.date else "",
    }
    values = {name: (value,) if value else () for name, value in single.items()}
    return Facts({**values, "speaker": metadata.speaker}, metadata.date)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with all that decides what it finds.

    Attributes:
        query: The tree.
        mode: text, loose or letters.
        scope: document, passage or removed.
        words: The archive's own words, folded.
    """

    query: Query
    mode: str = "text"
    scope: str = "document"
    words: tuple[str, ...] = ()


def find_in_document(question: Question, passages: Sequence[PassageForms], facts: Facts) -> Mapping[int, tuple[Span, ...]] | None:
    """Find where a query stands in a document.

    Args:
        question: The query and how it is meant.
        passages: The document's passages, or its removed pieces for scope `removed`.
        facts: What its fields say.

    Returns:
        0-based index of each passage that holds a span of a positive leaf, in order, to its spans; empty for a document that only
        its fields let match; None if it does not match.
    """
    units = [[index] for index in range(len(passages))] if question.scope == "passage" else [list(range(len(passages)))]
    matching = [
        index for unit in units if _matches(question.query, [passages[index] for index in unit], facts, question) for index in unit
    ]
    if not matching:
        return None
    leaves = tuple(dict.fromkeys(iter_positive_leaves(question.query)))
    found = {index: _spans(leaves, passages[index], question) for index in matching}
    return {index: spans for index, spans in found.items() if spans}


def _spans(leaves: Sequence[TextLeaf], passage: PassageForms, question: Question) -> tuple[Span, ...]:
    if len(leaves) == 1:
        return find_spans(leaves[0], passage, mode=question.mode, words=question.words)
    return tuple(sorted({span for leaf in leaves for span in find_spans(leaf, passage, mode=question.mode, words=question.words)}))


def _matches(query: Query, passages: Sequence[PassageForms], facts: Facts, question: Question) -> bool:
    match query:
        case Nothing():
            return False
        case AllOf(parts):
            return all(_matches(part, passages, facts, question) for part in parts)
        case AnyOf(parts):
            return any(_matches(part, passages, facts, question) for part in parts)
        case Without(wanted, unwanted):
            return (wanted is None or _matches(wanted, passages, facts, question)) and not any(
                _matches(part, passages, facts, question) for part in unwanted
            )
        case Field():
            return _field_matches(query, facts)
        case DateRange(text):
            return facts.date is not None and facts.date.overlaps(*parse_range(text))
        case Bare(text):
            return _bare_matches(text, passages, question)
        case _:
            return any(find_spans(query, passage, mode=question.mode) for passage in passages)


def _field_matches(field: Field, facts: Facts) -> bool:
    wanted = fold(field.text)
    if not wanted:
        return False
    values = [fold(value) for value in facts.values.get(field.name, ())]
    if field.name in SUBSTRING_FIELDS and not field.whole:
        return any(wanted in value for value in values)
    return wanted in values


def _bare_matches(text: str, passages: Sequence[PassageForms], question: Question) -> bool:
    """The whole string stands in a passage, or each of its words in some passage."""
    mode = question.mode

    def stands(string: str) -> bool:
        return bool(string) and any(string in passage.form(mode).folded for passage in passages)

    words = bare_words(text, mode, question.words)
    return stands(needle(text, mode)) or (bool(words) and all(stands(word) for word in words))
