"""WhooshEngine: the arrays of `index.concordance` find, count and rank; Whoosh holds the documents and their fields.

What arrays alone cannot answer (letter by letter, with characters that folding drops) they propose, and `index.evaluation` decides
document by document. Whoosh itself is opened only by those who ask it: the folder is a plain Whoosh index. Source: plan.md 8, 10.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from archive.errors import StorageFailed
from archive.text_store import MANIFEST, StoredDocument, TextStore
from index.concordance.answering import answer
from index.concordance.building import VERSION as ARRAYS_VERSION
from index.concordance.building import build_concordance, open_beside
from index.concordance.concordance import Concordance
from index.concordance.evaluation import Evaluator, is_fast, leaves_of, propose
from index.concordance.ranking import Ranker
from index.concordance.words import Known
from index.engine import IndexInfo, Progress, ResultsPage, SearchRequest
from index.errors import IndexDamaged, InvalidRequest
from index.evaluation import Question, facts_of, find_in_document
from index.matching import PassageForms
from index.query import iter_positive_leaves, strings_of
from index.results import MatchedDocument, assemble
from index.workers import Workers

NAME = "whoosh"
VERSION = f"whoosh schema 2, {ARRAYS_VERSION}"
_WRITER = {"limitmb": 64}
_MOST_STRINGS = 5_000
_WHOOSH_FILES = ("_MAIN_*.toc", "MAIN_*.seg")


def _check_size(question: Question) -> None:
    """Refuse a query that would keep the machine busy for long."""
    strings = [text for leaf in leaves_of(question.query) for text in strings_of(leaf)]
    size = len(strings) + sum(map(len, strings)) // 4  # bare text is cut into words of two letters and more
    if size > _MOST_STRINGS:
        raise InvalidRequest(f"the query has more than {_MOST_STRINGS} strings", hint="ask for fewer words at a time")


def write_documents(
    folder: Path, store_folder: Path, added: Sequence[str], removed: Sequence[str], progress: Progress | None = None
) -> None:
    """Write the documents of a text store into a Whoosh index; a function by itself, so that a worker can do it.

    Args:
        folder: Of the index.
        store_folder: Of the text store.
        added: Ids of the documents to write.
        removed: Ids of the documents to take out before.
        progress: Called with a stage, how much of it is done, and how much there is.
    """
    from whoosh import index as whoosh_index

    from index.engines.whoosh.schema import fields_of

    store = TextStore(store_folder)
    writer = whoosh_index.open_dir(str(folder)).writer(**_WRITER)
    try:
        for name in removed:
            writer.delete_by_term("id", name)
        for count, name in enumerate(added, start=1):
            document = store.find(name)
            if document is not None:
                writer.add_document(**fields_of(document))
            if progress:
                progress("index", count, len(added))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


class WhooshEngine:
    """An index in one folder, over one text store; threads may search at the same time."""

    def __init__(self, folder: Path, store: TextStore, words: tuple[str, ...] = (), *, workers: Workers | None = None) -> None:
        """Take the folder of an index; nothing is opened yet.

        Args:
            folder: Where the files lie, or an empty folder to build in.
            store: The text store of the same generation.
            words: The archive's own words, folded.
            workers: Who builds; this process alone if None.
        """
        self._folder = folder
        self._store = store
        self._words = words
        self._workers = workers or Workers()

    # -- writing ---------------------------------------------------------------------------------------------------

    def rebuild(self, documents: Collection[StoredDocument], *, progress: Progress | None = None) -> IndexInfo:
        """Index documents into an empty folder."""
        from whoosh import index as whoosh_index

        from index.engines.whoosh.schema import make_schema

        whoosh_index.create_in(str(self._folder), make_schema(self._words))
        return self.update(documents, (), progress=progress)

    def update(self, added: Collection[StoredDocument], removed: Iterable[str], *, progress: Progress | None = None) -> IndexInfo:
        """Take documents out by id, then index others; what the arrays hold of all others is taken over or made anew.

        Raises:
            StorageFailed: The file system refused, or what should be taken over is damaged.
        """
        self.close()
        names = [document.id for document in added]
        arguments = (self._folder, self._store.folder, names, list(removed))
        known = self._known_words(set(names))
        # With workers Whoosh's part runs beside the rest, and its progress is not seen.
        wait = self._workers.begin(write_documents, *arguments, *(() if not self._workers.alone else (progress,)))
        if self._workers.alone:
            wait()

        def finish() -> list[str]:
            """Wait for Whoosh, and name its files."""
            if not self._workers.alone:
                wait()
                if progress and names:
                    progress("index", len(names), len(names))
            return sorted(file.name for pattern in _WHOOSH_FILES for file in self._folder.glob(pattern))

        build_concordance(self._folder, self._store, self._words, self._workers, known=known, beside=finish)
        return self.info()

    def _known_words(self, added: set[str]) -> Known | None:
        """Find the words that the arrays in the folder hold of documents that are not new."""
        if len(added) == len(self._store) or not (self._folder / MANIFEST).exists():
            return None
        before = open_beside(self._folder).store
        ordinals = [-1 if name in added else before.ordinal_of(name) for name in self._store.ids]
        return Known(self._folder, before.folder, np.array([-1 if ordinal is None else ordinal for ordinal in ordinals]))

    # -- reading ---------------------------------------------------------------------------------------------------

    @cached_property
    def concordance(self) -> Concordance:
        """The arrays.

        Raises:
            IndexDamaged: They cannot be read.
        """
        try:
            return Concordance(self._folder, self._store)
        except StorageFailed as error:
            raise IndexDamaged(error.message, hint=error.hint) from error

    @cached_property
    def _ranker(self) -> Ranker:
        return Ranker(self.concordance, self._words)

    def search(self, request: SearchRequest) -> ResultsPage:
        """Answer a request.

        Raises:
            IndexDamaged: The index or the text store cannot be read.
            InvalidRequest: The query has more strings than can be answered in reasonable time.
        """
        question = replace(request.question, words=self._words)
        request = replace(request, question=question)
        _check_size(question)
        try:
            if is_fast(question):
                return answer(self.concordance, self._ranker, request)
            return self._search_one_by_one(request)
        except StorageFailed as error:
            raise IndexDamaged(error.message, hint=error.hint) from error

    def info(self) -> IndexInfo:
        """Say what the index holds."""
        documents = self.concordance.columns.documents
        return IndexInfo(NAME, documents, sum(file.stat().st_size for file in self._folder.iterdir() if file.is_file()))

    def close(self) -> None:
        """Let go of files."""
        for name in ("concordance", "_ranker"):
            self.__dict__.pop(name, None)

    # -- documents read one by one ---------------------------------------------------------------------------------

    def _search_one_by_one(self, request: SearchRequest) -> ResultsPage:
        question = request.question
        strings = [text for leaf in iter_positive_leaves(question.query) for text in strings_of(leaf)]
        found = dict(self._matched(question))
        scores = self._ranker.scores(strings, np.array(list(found), dtype=np.int64)).tolist()
        matched = [replace(each, score=score) for each, score in zip(found.values(), scores, strict=True)]
        # In scope `removed` the hits themselves are the removed ones.
        others = () if question.scope == "removed" else self._matched(replace(question, scope="removed"))
        removed = sum(len(spans) for _, found in others for spans in found.spans.values())
        return assemble(request, matched, removed=removed)

    def _matched(self, question: Question) -> Iterator[tuple[int, MatchedDocument]]:
        """Yield the documents that match with their ordinals, in order of id."""
        for ordinal in np.flatnonzero(propose(Evaluator(self.concordance, question), question.query)).tolist():
            document = self._store[ordinal]
            texts = (piece.text for piece in document.removed) if question.scope == "removed" else document.passages
            passages, facts = tuple(map(PassageForms, texts)), facts_of(document)
            spans = find_in_document(question, passages, facts)
            if spans is not None:
                yield ordinal, MatchedDocument(document, facts, passages, spans)
