"""A question from browser or terminal, and its answer as data: the same for pages, HTTP JSON and command line.

Source: plan.md 8, 11 and 13.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive.dates import parse_range
from archive.errors import UserError
from archive.front_matter import Fields
from archive.metadata import metadata_to_fields
from archive.text_store import StoredDocument
from index.engine import FACETS, Hit, ResultsPage, SearchRequest
from index.errors import InvalidRequest
from index.evaluation import Question
from index.matching import MODES, needle
from index.opening import Library
from index.query import AllOf, AnyOf, Bare, DateRange, Exact, Field, Nothing, Query, iter_positive_leaves
from index.query_format import format_query
from index.query_parser import SCOPES, ParsedQuery, parse_query
from index.query_scanner import Notice
from index.snippets import Snippet, make_snippet
from web import urls

SCHEMA = 1
FILTERS = (*FACETS, "organ", "event", "id")
"""Parameters that filter, each repeatable: any of its values, exactly."""

_TEXT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as it comes in.

    Attributes:
        query: Query text as typed.
        mode: text, loose or letters.
        scope: document, passage or removed; "" leaves it to the query text.
        sort: relevance or date; "" leaves it to the query text.
        group: document or none.
        filters: Filter name to its values; any of the values, all of the filters.
        date: Range of dates, or "".
        limit: Documents on a page.
        per_document: Passages of each.
        cursor: As `next` of the page before gave it, or "".
        strict: Raise for a fault in the query text.
    """

    query: str = ""
    mode: str = "text"
    scope: str = ""
    sort: str = ""
    group: str = "document"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: str = ""
    limit: int = 20
    per_document: int = 3
    cursor: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, how it was understood, what was found.

    Attributes:
        ask: The question.
        parsed: Its query text, parsed.
        request: What the engine was asked.
        page: What the engine answered.
        cursor: For the following page, or None.
    """

    ask: Ask
    parsed: ParsedQuery
    request: SearchRequest
    page: ResultsPage
    cursor: str | None

    @property
    def understood(self) -> str:
        """The query as it was read, in the query language."""
        return format_query(self.parsed.tree)


def answer(library: Library, ask: Ask) -> Answer:
    """Ask the engine.

    Raises:
        QuerySyntaxError: Only if the question is strict.
        InvalidRequest: A parameter cannot be meant so.
        InvalidMetadata: The date range cannot be read.
    """
    if ask.mode not in MODES:
        raise InvalidRequest(f"mode {ask.mode[:40]!r} is unknown", hint=f"one of {', '.join(MODES)}")
    parsed = parse_query(ask.query, strict=ask.strict)
    scope = ask.scope or parsed.scope or "document"
    if scope not in SCOPES:
        raise InvalidRequest(f"scope {scope[:40]!r} is unknown", hint=f"one of {', '.join(SCOPES)}")
    question = Question(_filtered(parsed.tree, ask), ask.mode, scope)
    request = SearchRequest(
        question, ask.sort or parsed.sort or "relevance", ask.group, ask.limit, ask.per_document, _read_cursor(ask.cursor)
    )
    page = library.engine.search(request)
    parsed = replace(parsed, notices=(*parsed.notices, *_empty_strings(parsed, ask.mode)))
    return Answer(ask, parsed, request, page, None if page.next_offset is None else _write_cursor(page.next_offset))


def _empty_strings(parsed: ParsedQuery, mode: str) -> list[Notice]:
    """Say it where a string has nothing to look for in this mode, such as mere punctuation in mode loose."""
    empty = any(isinstance(leaf, Exact | Bare) and not needle(leaf.text, mode) for leaf in iter_positive_leaves(parsed.tree))
    return [Notice("string-empty", "there is nothing to look for", (0, len(parsed.text)))] if empty else []


def _filtered(tree: Query, ask: Ask) -> Query:
    """Join the filters to the tree; filters alone find documents too."""
    parts: list[Query] = []
    for name, values in ask.filters.items():
        fields = tuple(Field(name, value, whole=True) for value in values if value)
        parts += [AnyOf(fields)] if len(fields) > 1 else fields
    if ask.date:
        parse_range(ask.date)
        parts.append(DateRange(ask.date))
    if not isinstance(tree, Nothing) or ask.query.strip():
        parts.insert(0, tree)
    return AllOf(tuple(parts)) if len(parts) > 1 else parts[0] if parts else Nothing()


def _write_cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        if text[:1] == "o" and text[1:].isdecimal() and len(text) < 10:
            return int(text[1:])
    except (binascii.Error, ValueError):
        pass
    raise InvalidRequest(f"cursor {cursor[:40]!r} is not one of ours", hint="take it from `next` of the page before")


def snippet_of(hit: Hit) -> Snippet:
    """Shorten a hit's passage around its spans."""
    return make_snippet(hit.text, hit.spans)


def answer_to_json(found: Answer) -> dict[str, Any]:
    """Give an answer in JSON schema 1."""
    page = found.page
    return {
        "schema": SCHEMA,
        "query": {
            "text": found.ask.query,
            "mode": found.ask.mode,
            "understood": found.understood,
            "expansions": [],
            "notices": [
                {"code": notice.code, "message": notice.message, "hint": notice.hint, "span": list(notice.span)}
                for notice in found.parsed.notices
            ],
        },
        "total": {
            "documents": page.total.documents,
            "passages": page.total.passages,
            "occurrences": page.total.occurrences,
            "removed": page.total.removed,
        },
        "facets": {name: [list(row) for row in rows] for name, rows in page.facets.items()},
        "forms": [list(row) for row in page.forms],
        "hits": [_hit_to_json(hit) for hit in page.hits],
        "next": found.cursor,
    }


def _hit_to_json(hit: Hit) -> dict[str, Any]:
    document, metadata = hit.document, hit.document.metadata
    snippet = snippet_of(hit)
    start = max(0, min(hit.spans[0][0] - 200, len(hit.text) - _TEXT_MOST)) if hit.spans else 0
    text = hit.text[start : start + _TEXT_MOST]
    record: dict[str, Any] = {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "document": document.id,
        "revision": document.revision,
        "passage": hit.passage,
        "block": hit.block.kind,
        "kind": metadata.kind,
        "title": metadata.title,
        "speaker": list(metadata.speaker),
        "date": str(metadata.date) if metadata.date else None,
        "place": metadata.place,
        "collection": document.collection,
        "text": text,
        "text_start": start,
        "spans": [[left - start, right - start] for left, right in hit.spans if start <= left and right <= start + len(text)],
        "snippet": {"text": snippet.text, "spans": [list(span) for span in snippet.spans]},
        "url": urls.document_url(document.id, document.revision, passage=hit.passage),
    }
    if hit.source is not None:
        record["source"], record["span"] = hit.source[0], list(hit.source[1])
    return record


def document_to_json(document: StoredDocument) -> dict[str, Any]:
    """Give a document in JSON schema 1."""
    fields: Fields = metadata_to_fields(document.metadata)
    return {
        "schema": SCHEMA,
        "document": document.id,
        "revision": document.revision,
        "metadata": fields,
        "passages": passages_to_json(document),
    }


def passages_to_json(document: StoredDocument, numbers: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """Give passages of a document, all of them or those with these 1-based numbers."""
    rows = zip(document.passages, document.blocks, strict=True)
    return [
        {"n": number, "block": block.kind, "level": block.level, "text": text}
        for number, (text, block) in enumerate(rows, start=1)
        if numbers is None or number in numbers
    ]


def error_to_json(error: UserError) -> dict[str, Any]:
    """Give an error in the one JSON shape; for HTTP and command line."""
    span = None if error.span is None else list(error.span)
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint, "span": span}}
