"""What the two rivals on tantivy share: fields for metadata, writing, asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from archive.folding import fold
from tests.benchmarks.benchtext import FACET_FIELDS, BenchText
from tests.benchmarks.peers.marking import mark
from tests.benchmarks.peers.peer import TOP, Answer, Shown
from tests.benchmarks.querylog import Filtered

if TYPE_CHECKING:
    import tantivy

HEAP_BYTES = 128_000_000
"""tantivy's own default."""

_KEPT = 50
"""Passages looked at to find ten documents."""


def missing_tantivy() -> str | None:
    """Say that tantivy is not installed, or None."""
    return None if find_spec("tantivy") else "tantivy is not installed: make bench installs it"


class TantivyPeer:
    """A rival on tantivy: one tantivy document per passage, the original text stored, the folded text indexed.

    Attributes:
        what: See Peer.
    """

    kinds = ("exact", "words", "filtered")
    checked = True
    most_characters = None

    def __init__(
        self,
        what: str,
        *,
        fields: dict[str, str],
        tokenizer: Callable[[], tantivy.Tokenizer],
        indexed: Callable[[str], dict[str, str]],
        query: Callable[[tantivy.Schema, str], tantivy.Query],
        terms: Callable[[str], tuple[str, list[str]]],
    ) -> None:
        """Describe a rival.

        Args:
            what: For the table.
            fields: Name of each indexed field with tantivy's index option.
            tokenizer: Makes the tokenizer of these fields.
            indexed: Folded text to the value of each field.
            query: Folded string to a query for exactly that string.
            terms: Folded question to a field and its terms, for ranking.
        """
        self.what = what
        self._fields, self._tokenizer, self._indexed, self._query, self._terms = fields, tokenizer, indexed, query, terms

    def missing(self) -> str | None:
        return missing_tantivy()

    def files(self, folder: Path) -> Path:
        return folder

    def _index(self, folder: Path) -> tuple[tantivy.Index, tantivy.Schema]:
        import tantivy

        builder = tantivy.SchemaBuilder()
        for name, option in self._fields.items():
            builder.add_text_field(name, tokenizer_name="cut", index_option=option)
        builder.add_bytes_field("key", stored=True)
        builder.add_bytes_field("original", stored=True)
        builder.add_integer_field("day", indexed=True, fast=True)
        for name in FACET_FIELDS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        schema = builder.build()
        index = tantivy.Index(schema, path=str(folder))
        index.register_tokenizer("cut", tantivy.TextAnalyzerBuilder(self._tokenizer()).build())
        return index, schema

    def build(self, text: BenchText, folder: Path) -> None:
        import tantivy

        index, _ = self._index(folder)
        writer = index.writer(HEAP_BYTES, 1)
        for passage in text.read():
            facets = {name: value for name, value in zip(FACET_FIELDS, passage.facets, strict=True) if value}
            fields = {"key": passage.key.encode(), "original": passage.text.encode(), "day": passage.day, **facets}
            writer.add_document(tantivy.Document(**fields, **self._indexed(fold(passage.text))))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> TantivyServed:
        index, schema = self._index(folder)
        return TantivyServed(index.searcher(), schema, self._query, self._terms)


class TantivyServed:
    """A rival on tantivy, opened."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        query: Callable[[tantivy.Schema, str], tantivy.Query],
        terms: Callable[[str], tuple[str, list[str]]],
    ) -> None:
        self._searcher, self._schema, self._query, self._terms = searcher, schema, query, terms

    def exact(self, text: str) -> Answer:
        wanted = fold(text)
        return self._answer(self._query(self._schema, wanted), [wanted])

    def words(self, words: Sequence[str]) -> Answer:
        wanted = [fold(word) for word in words]
        return self._answer(self._all(wanted), wanted)

    def filtered(self, asked: Filtered) -> Answer:
        import tantivy

        wanted = [fold(string) for string in (*asked.words, asked.exact)]
        first, last = asked.first * 10_000, asked.last * 10_000 + 9_999
        days = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, first, last)
        query = self._all(wanted).and_must_match(days)
        counted = self._searcher.aggregate(query, {name: {"terms": {"field": name, "size": 200}} for name in FACET_FIELDS})
        facets = {name: {row["key"]: row["doc_count"] for row in counted[name]["buckets"]} for name in FACET_FIELDS}
        return self._answer(query, wanted)._replace(facets=facets)

    def holding(self, text: str) -> tuple[set[str], int | None]:
        found = self._searcher.search(self._query(self._schema, fold(text)), max(1, self._searcher.num_docs))
        return {self._searcher.doc(address).get_first("key").decode() for _, address in found.hits}, None

    def ranked(self, question: str) -> list[str]:
        import tantivy

        field, terms = self._terms(fold(question))
        if not terms:
            return []
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term)) for term in terms]
        )
        hits = self._searcher.search(query, _KEPT).hits
        keys = [self._searcher.doc(address).get_first("key").decode() for _, address in hits]
        return list(dict.fromkeys(key.partition(" ")[0] for key in keys))[:10]

    def _all(self, wanted: Sequence[str]) -> tantivy.Query:
        import tantivy

        return tantivy.Query.boolean_query([(tantivy.Occur.Must, self._query(self._schema, string)) for string in wanted])

    def _answer(self, query: tantivy.Query, wanted: Sequence[str]) -> Answer:
        found = self._searcher.search(query, TOP)
        shown = []
        for _, address in found.hits:
            document = self._searcher.doc(address)
            shown.append(Shown(document.get_first("key").decode(), *mark(document.get_first("original").decode(), wanted)))
        return Answer(shown, found.count)
