"""The port: what a search engine must do for the archive, and what it is asked and answers.

An engine proposes documents and ranks them; texts, snippets and citations never come from it. Source: plan.md 10.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from archive.document import Block, Span
from archive.text_store import StoredDocument
from index.errors import InvalidRequest
from index.evaluation import Question

SORTS = ("relevance", "date")
GROUPS = ("document", "none")
FACETS = ("year", "speaker", "place", "kind", "collection", "script")
MOST_HITS = 1_000
"""Greatest `limit` of one results page."""

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked of an engine.

    Attributes:
        question: Query tree, mode, scope, the archive's words.
        sort: relevance or date (newest first, undated last).
        group: `document` gives each document with its best passages, `none` every passage by itself.
        limit: Documents (or passages, ungrouped) on a results page, 1 to MOST_HITS.
        per_document: Passages shown of a document.
        offset: Documents (or passages) before this results page.
    """

    question: Question
    sort: str = "relevance"
    group: str = "document"
    limit: int = 20
    per_document: int = 3
    offset: int = 0

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise InvalidRequest(f"sort {self.sort!r} is unknown", hint=f"one of {', '.join(SORTS)}")
        if self.group not in GROUPS:
            raise InvalidRequest(f"group {self.group!r} is unknown", hint=f"one of {', '.join(GROUPS)}")
        if not 1 <= self.limit <= MOST_HITS:
            raise InvalidRequest(f"limit {self.limit} is out of range", hint=f"1 to {MOST_HITS}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matched.

    Attributes:
        rank: 1-based place of its document (ungrouped: of the passage) in the whole result.
        score: The engine's lexical score; compare within one results page only.
        document: The document that holds it.
        passage: 1-based number, or None for a removed piece or a document that only its fields let match.
        block: What the passage is.
        text: The passage as it stands in the source.
        spans: Occurrences in `text`, code points, sorted, never merged; may be empty.
        source: For a removed piece, the source and the half-open range in its raw text; else None.
    """

    rank: int
    score: float
    document: StoredDocument
    passage: int | None
    block: Block
    text: str
    spans: tuple[Span, ...]
    source: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """What a query finds in all.

    Attributes:
        documents: Documents that match.
        passages: Passages of these that hold a span.
        occurrences: Spans in these.
        removed: Spans of the same query in removed text.
    """

    documents: int = 0
    passages: int = 0
    occurrences: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A slice of a result. Facets and forms may be counted when they are first looked at.

    Attributes:
        total: Counts of the whole result, exact.
        hits: Passages of this page in order.
        facets: For each of FACETS its values with the number of matching documents: years newest first, others by number.
        forms: Written forms found with their number, most frequent first; dropped characters left out.
        next_offset: Offset of the following page, or None.
    """

    total: Total = Total()
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    forms: Sequence[tuple[str, int]] = ()
    next_offset: int | None = None


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index holds.

    Attributes:
        engine: Name of the engine.
        documents: Documents in it.
        bytes: Size of its files.
    """

    engine: str
    documents: int
    bytes: int


class Engine(Protocol):
    """A search engine over one generation of the text store."""

    def rebuild(self, documents: Collection[StoredDocument], *, progress: Progress | None = None) -> IndexInfo:
        """Index documents into an empty folder."""
        ...

    def update(self, added: Collection[StoredDocument], removed: Iterable[str], *, progress: Progress | None = None) -> IndexInfo:
        """Take the documents with the ids in `removed` out, then index those in `added`."""
        ...

    def search(self, request: SearchRequest) -> ResultsPage:
        """Answer a request.

        Raises:
            IndexDamaged: The index cannot be read.
        """
        ...

    def info(self) -> IndexInfo:
        """Say what the index holds."""
        ...

    def close(self) -> None:
        """Let go of files; the engine is not used afterwards."""
        ...
