"""Yinde itself through its public functions only: an archive is reindexed, opened and searched as the command line does it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from inspect import signature
from pathlib import Path

from tests.benchmarks.benchtext import BenchText
from tests.benchmarks.peers.peer import TOP, Answer, Shown
from tests.benchmarks.querylog import Filtered


class YindePeer:
    """The product.

    Attributes:
        what: See Peer.
    """

    kinds = ("exact", "page", "words", "words_in_passage", "filtered")
    """`page` is what the search page shows for the exact strings, documents with three passages each; `words_in_passage` asks for
    all words in one passage, as the other rivals do."""
    checked = True
    most_characters = None

    def __init__(self, what: str, *, jobs: int = 1) -> None:
        self.what = what
        self._jobs = jobs

    def missing(self) -> str | None:
        return "reindex takes no jobs yet" if self._jobs > 1 and not _takes_jobs() else None

    def files(self, folder: Path) -> Path:
        return folder / ".yinde"

    def build(self, text: BenchText, folder: Path) -> None:
        from archive.store import open_archive
        from index.rebuild import reindex

        link_archive(text, folder)
        jobs = {"jobs": self._jobs} if _takes_jobs() else {}
        reindex(open_archive(folder), full=True, **jobs)

    def open(self, folder: Path) -> YindeServed:
        return YindeServed(folder)


def _takes_jobs() -> bool:
    from index.rebuild import reindex

    return "jobs" in signature(reindex).parameters


def link_archive(text: BenchText, folder: Path) -> None:
    """Give a folder the archive of a text, file by file: what reindexing writes beside them stays in the folder."""
    for file in text.archive.rglob("*"):
        target = folder / file.relative_to(text.archive)
        if file.is_dir():
            target.mkdir(exist_ok=True)
        else:
            os.link(file, target)


class YindeServed:
    """An archive, opened."""

    def __init__(self, folder: Path) -> None:
        from archive.store import open_archive
        from index.engine import SearchRequest
        from index.evaluation import Question
        from index.opening import open_library
        from index.query import Exact
        from index.query_format import format_query
        from index.query_parser import parse_query
        from index.snippets import make_snippet

        self._engine = open_library(open_archive(folder)).engine
        self._parse, self._snippet, self._request, self._question = parse_query, make_snippet, SearchRequest, Question
        self._typed: Callable[[str], str] = lambda text: format_query(Exact(text))

    def exact(self, text: str) -> Answer:
        return self._answer(self._typed(text), group="none")

    def page(self, text: str) -> Answer:
        return self._answer(self._typed(text), looked_at=("facets", "forms"))

    def words(self, words: Sequence[str]) -> Answer:
        return self._answer(" ".join(words), group="none")

    def words_in_passage(self, words: Sequence[str]) -> Answer:
        return self._answer(" ".join(words), group="none", scope="passage")

    def filtered(self, asked: Filtered) -> Answer:
        typed = f"{' '.join(asked.words)} {self._typed(asked.exact)} date:{asked.first}..{asked.last}"
        return self._answer(typed, group="none", looked_at=("facets",))

    def holding(self, text: str) -> tuple[set[str], int | None]:
        from index.engine import MOST_HITS

        tree = self._parse(self._typed(text)).tree
        keys: set[str] = set()
        offset: int | None = 0
        while offset is not None:
            request = self._request(self._question(tree), group="none", limit=MOST_HITS, offset=offset)
            found = self._engine.search(request)
            keys.update(f"{hit.document.id} {hit.passage}" for hit in found.hits)
            offset = found.next_offset
        return keys, found.total.occurrences

    def ranked(self, question: str) -> list[str]:
        found = self._engine.search(self._request(self._question(self._parse(question).tree), limit=10, per_document=1))
        return [hit.document.id for hit in found.hits]

    def _answer(self, typed: str, *, group: str = "document", scope: str = "document", looked_at: Sequence[str] = ()) -> Answer:
        question = self._question(self._parse(typed).tree, scope=scope)
        found = self._engine.search(self._request(question, group=group, limit=TOP))
        shown = []
        for hit in found.hits:
            snippet = self._snippet(hit.text, hit.spans)
            shown.append(Shown(f"{hit.document.id} {hit.passage}", snippet.text, snippet.spans))
        # The engine may count facets and forms only when they are looked at.
        facets = {name: dict(found.facets[name]) for name in found.facets} if "facets" in looked_at else None
        if "forms" in looked_at:
            tuple(found.forms)
        return Answer(shown, found.total.passages, found.total.occurrences, facets)


PEER = YindePeer("Yinde: reindex with all it does, search through the engine's port")
