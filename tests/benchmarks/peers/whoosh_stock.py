"""Whoosh as jieba's manual shows it: one document per passage, jieba's ChineseAnalyzer, Whoosh's parser and highlighter."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.benchmarks.benchtext import BenchText
from tests.benchmarks.peers.peer import TOP, Answer, Shown


class WhooshPeer:
    """A rival that many tutorials end with."""

    what = "Whoosh and jieba's ChineseAnalyzer as in their manuals, nothing folded"
    kinds = ("exact", "words")
    checked = True
    most_characters = 500_000

    def missing(self) -> str | None:
        return None if find_spec("whoosh") and find_spec("jieba") else "Whoosh or jieba is not installed"

    def files(self, folder: Path) -> Path:
        return folder

    def build(self, text: BenchText, folder: Path) -> None:
        import jieba
        from jieba.analyse import ChineseAnalyzer
        from whoosh.fields import ID, TEXT, Schema
        from whoosh.index import create_in

        jieba.setLogLevel(logging.WARNING)
        writer = create_in(str(folder), Schema(key=ID(stored=True), text=TEXT(stored=True, analyzer=ChineseAnalyzer()))).writer()
        for passage in text.read():
            writer.add_document(key=passage.key, text=passage.text)
        writer.commit()

    def open(self, folder: Path) -> WhooshServed:
        import jieba
        from whoosh.index import open_dir

        jieba.setLogLevel(logging.WARNING)
        return WhooshServed(open_dir(str(folder), readonly=True).searcher())


class WhooshServed:
    """The index, opened."""

    def __init__(self, searcher: Any) -> None:
        from whoosh.qparser import OrGroup, QueryParser

        self._searcher = searcher
        self._parser = QueryParser("text", searcher.schema)
        self._any = QueryParser("text", searcher.schema, group=OrGroup)

    def exact(self, text: str) -> Answer:
        return self._answer(self._parser.parse(f'"{text}"'))

    def words(self, words: Sequence[str]) -> Answer:
        return self._answer(self._parser.parse(" ".join(words)))

    def holding(self, text: str) -> tuple[set[str], int | None]:
        found = self._searcher.search(self._parser.parse(f'"{text}"'), limit=None)
        return {hit["key"] for hit in found}, None

    def ranked(self, question: str) -> list[str]:
        found = self._searcher.search(self._any.parse(question), limit=50)
        return list(dict.fromkeys(hit["key"].partition(" ")[0] for hit in found))[:10]

    def _answer(self, query: Any) -> Answer:
        found = self._searcher.search(query, limit=TOP)
        return Answer([Shown(hit["key"], hit.highlights("text"), None) for hit in found], len(found))


PEER = WhooshPeer()
