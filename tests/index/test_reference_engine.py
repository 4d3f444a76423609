"""The referee is an engine itself, and its literal strings are those of the oracle; so is the product without any index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.document import Document
from archive.text_store import StoredDocument
from index.engine import IndexInfo, Progress, ResultsPage, SearchRequest
from index.evaluation import facts_of, find_in_document
from index.matching import PassageForms
from index.query import Exact
from index.results import MatchedDocument, assemble
from tests import oracle
from tests.engine_contract import Build, EngineContract, NewFolder, search, write_store
from tests.reference_engine import ReferenceEngine
from tests.strategies import corpora, joined, modes


class TestReferenceEngine(EngineContract):
    @pytest.fixture
    def build(self, new_folder: NewFolder) -> Build:
        def build(documents: Sequence[Document]) -> ReferenceEngine:
            engine = ReferenceEngine()
            engine.rebuild(write_store(new_folder(), documents))
            return engine

        return build

    @settings(
        max_examples=100,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    @given(corpus=corpora(), strings=st.lists(joined(), min_size=1, max_size=8), mode=modes)
    def test_any_query_finds_what_the_reference_finds(
        self, build: Build, corpus: list[Document], strings: list[str], mode: oracle.Mode
    ) -> None:
        """The reference has no referee but the oracle, which knows literal strings."""
        engine = build(corpus)
        texts = [oracle.Document(document.id, document.collection, document.passages) for document in corpus]
        for string in strings:
            page = search(engine, Exact(string), mode=mode)
            found: oracle.Found = {}
            for hit in page.hits:
                found.setdefault(hit.document.id, {})[hit.passage or 0] = list(hit.spans)
            expected = oracle.search(texts, string, mode)
            assert found == expected
            assert (page.total.documents, page.total.passages, page.total.occurrences) == oracle.totals(expected)


class ScanEngine:
    """The product's matcher, evaluation and assembly over every document: an engine without an index and without scores."""

    def __init__(self) -> None:
        self.documents: dict[str, StoredDocument] = {}

    def rebuild(self, documents: Collection[StoredDocument], *, progress: Progress | None = None) -> IndexInfo:
        return self.update(documents, tuple(self.documents), progress=progress)

    def update(self, added: Collection[StoredDocument], removed: Iterable[str], *, progress: Progress | None = None) -> IndexInfo:
        gone = set(removed)
        new = {document.id: document for document in added}
        self.documents = {name: document for name, document in self.documents.items() if name not in gone} | new
        for count in range(1, len(new) + 1):
            if progress:
                progress("index", count, len(new))
        return self.info()

    def info(self) -> IndexInfo:
        return IndexInfo("scan", len(self.documents), 0)

    def close(self) -> None:
        self.documents = {}

    def search(self, request: SearchRequest) -> ResultsPage:
        matched = self.matched(request, removed=request.question.scope == "removed")
        elsewhere = [] if request.question.scope == "removed" else self.matched(request, removed=True)
        count = sum(len(spans) for found in elsewhere for spans in found.spans.values())
        return assemble(request, matched, removed=count)

    def matched(self, request: SearchRequest, *, removed: bool) -> list[MatchedDocument]:
        found = []
        question = request.question
        if removed:
            question = type(question)(question.query, question.mode, "removed", question.words)
        for _, document in sorted(self.documents.items()):
            texts = [piece.text for piece in document.removed] if removed else document.passages
            forms, facts = [PassageForms(text) for text in texts], facts_of(document)
            spans = find_in_document(question, forms, facts)
            if spans is not None:
                found.append(MatchedDocument(document, facts, forms, spans))
        return found


class TestProductWithoutIndex(EngineContract):
    @pytest.fixture
    def build(self, new_folder: NewFolder) -> Build:
        def build(documents: Sequence[Document]) -> ScanEngine:
            engine = ScanEngine()
            engine.rebuild(write_store(new_folder(), documents))
            return engine

        return build
