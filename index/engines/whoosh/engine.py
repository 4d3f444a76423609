"""WhooshEngine: Whoosh proposes documents and ranks them, `index.matching` over the text store decides.

Exact by construction: the proposal holds every document that matches, and each is verified. Source: plan.md 8 and 10.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh import query as whoosh_query

from archive.text_store import StoredDocument, TextStore
from index.engine import IndexInfo, Progress, ResultsPage, SearchRequest
from index.engines.whoosh.proposals import propose, ranking_words
from index.engines.whoosh.schema import fields_of, make_schema
from index.errors import IndexDamaged
from index.evaluation import Facts, Question, facts_of, find_in_document
from index.matching import PassageForms
from index.results import MatchedDocument, assemble

NAME = "whoosh"
_WRITER = {"limitmb": 256}
_CACHED_CHARACTERS = 8_000_000
"""Characters of documents whose folded forms are kept between searches; about 10 bytes each."""


@dataclass(frozen=True, eq=False)
class _Unfolded:
    """A document ready to be matched; forms are made when first asked for and then kept."""

    document: StoredDocument

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.document)

    @cached_property
    def passages(self) -> tuple[PassageForms, ...]:
        return tuple(map(PassageForms, self.document.passages))

    @cached_property
    def removed(self) -> tuple[PassageForms, ...]:
        return tuple(PassageForms(removed.text) for removed in self.document.removed)

    def texts(self, scope: str) -> tuple[PassageForms, ...]:
        return self.removed if scope == "removed" else self.passages


class WhooshEngine:
    """An index in one folder, over one text store; threads may search at the same time."""

    def __init__(self, folder: Path, store: TextStore, words: tuple[str, ...] = ()) -> None:
        """Take the folder of an index; nothing is opened yet.

        Args:
            folder: Where Whoosh's files lie, or an empty folder to build in.
            store: The text store of the same generation.
            words: The archive's own words, folded.
        """
        self._folder = folder
        self._store = store
        self._words = words
        self._lock = threading.Lock()
        self._opened: Any = None
        self._kept: OrderedDict[str, _Unfolded] = OrderedDict()
        self._kept_characters = 0

    # -- writing ---------------------------------------------------------------------------------------------------

    def rebuild(self, documents: Collection[StoredDocument], *, progress: Progress | None = None) -> IndexInfo:
        """Index documents into an empty folder."""
        whoosh_index.create_in(str(self._folder), make_schema(self._words))
        return self.update(documents, (), progress=progress)

    def update(self, added: Collection[StoredDocument], removed: Iterable[str], *, progress: Progress | None = None) -> IndexInfo:
        """Take documents out by id, then index others."""
        self.close()
        writer = whoosh_index.open_dir(str(self._folder)).writer(**_WRITER)
        try:
            for name in removed:
                writer.delete_by_term("id", name)
            for count, document in enumerate(added, start=1):
                writer.add_document(**fields_of(document))
                if progress:
                    progress("index", count, len(added))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        return self.info()

    # -- reading ---------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> ResultsPage:
        """Answer a request.

        Raises:
            IndexDamaged: The index cannot be read.
        """
        question = replace(request.question, words=self._words)
        scores = self._scores(question) if request.sort == "relevance" else {}
        matched = [replace(found, score=scores.get(found.document.id, 0.0)) for found in self._matched(question)]
        # In scope `removed` the hits themselves are the removed ones.
        removed = 0 if question.scope == "removed" else _count(self._matched(replace(question, scope="removed")))
        return assemble(replace(request, question=question), matched, removed=removed)

    def info(self) -> IndexInfo:
        """Say what the index holds."""
        with self._lock:
            documents = self._searcher().doc_count()
        return IndexInfo(NAME, documents, sum(file.stat().st_size for file in self._folder.iterdir() if file.is_file()))

    def close(self) -> None:
        """Let go of Whoosh's files."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _searcher(self) -> Any:
        """Give the one searcher; the lock must be held, since Whoosh's readers share file positions."""
        if self._opened is None:
            try:
                self._opened = whoosh_index.open_dir(str(self._folder), readonly=True).searcher()
            except FileNotFoundError:
                raise  # switched away under us: opening tries again
            except Exception as error:  # Whoosh unpickles and unpacks: damage can raise anything
                raise IndexDamaged(
                    f"the index in {self._folder.name} cannot be read: {error}", hint="yinde reindex --full"
                ) from error
        return self._opened

    def _matched(self, question: Question) -> Iterator[MatchedDocument]:
        """Yield the documents that match, in order of id."""
        proposal = propose(question)
        with self._lock:
            searcher = self._searcher()
            names = sorted(searcher.stored_fields(number)["id"] for number in searcher.docs_for_query(proposal))
        for name in names:
            candidate = self._document(name)
            passages = candidate.texts(question.scope)
            spans = find_in_document(question, passages, candidate.facts)
            if spans is not None:
                yield MatchedDocument(candidate.document, candidate.facts, passages, spans)

    def _scores(self, question: Question) -> dict[str, float]:
        """Score documents by BM25 over the words of the query; those that hold none are left out."""
        words = ranking_words(question)
        with self._lock:
            searcher = self._searcher()
            found = searcher.search(whoosh_query.Or([whoosh_query.Term("text", word) for word in words]), limit=None)
            return {searcher.stored_fields(number)["id"]: score for score, number in found.top_n}

    def _document(self, name: str) -> _Unfolded:
        """Give a document ready to be matched, from those kept if it is there."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        document = self._store.find(name)
        if document is None:
            raise IndexDamaged(f"the index names {name!r}, which the text store does not hold", hint="yinde reindex --full")
        unfolded = _Unfolded(document)
        with self._lock:
            self._kept[name] = unfolded
            self._kept_characters += sum(map(len, document.passages))
            while self._kept_characters > _CACHED_CHARACTERS and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._kept_characters -= sum(map(len, dropped.document.passages))
        return unfolded


def _count(matched: Iterable[MatchedDocument]) -> int:
    return sum(len(spans) for found in matched for spans in found.spans.values())
