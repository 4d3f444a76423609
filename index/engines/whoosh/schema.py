"""What Whoosh holds of a document: one Whoosh document per document, its fields, and no text.

Title, names and places are jieba words; the field `text` has no terms of its own: a query on it is answered from the arrays beside
the Whoosh files, so that plain Whoosh (`open_dir`, `QueryParser("text", schema)`) finds what our own search finds. Source: notes
engine.md (why one document per document), text.md 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import fields
from whoosh.analysis import Analyzer, Token
from whoosh.formats import Existence

from archive.folding import fold
from archive.text_store import StoredDocument
from index.analysis.segmenter import word_cutter
from index.engines.whoosh.queries import StringQuery
from index.evaluation import facts_of
from index.query import SUBSTRING_FIELDS

EQUAL_FIELDS = ("kind", "collection", "script", "year")
"""Fields that Whoosh holds as one folded term."""


class WordAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh ships no types
    """Folds a text and cuts it into jieba words; marks and spaces give no token.

    Positions count words from 0; `startchar` and `endchar` are code points in the folded line.
    """

    def __init__(self, words: tuple[str, ...] = ()) -> None:
        self.words = words

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **options: Any) -> Iterator[Token]:
        """Yield tokens; Whoosh wants one mutable token that is filled anew each time (notes text.md 6, no. 10)."""
        token = Token(positions, chars, **options)
        token.boost = 1.0
        token.stopped = False
        cut = word_cutter(self.words)
        position = options.get("start_pos", 0)
        for line in value.split("\n"):
            at = options.get("start_char", 0)
            for word in cut(fold(line)):
                if any(char.isalnum() for char in word):
                    token.text = word
                    token.original = word
                    if positions:
                        token.pos = position
                    if chars:
                        token.startchar, token.endchar = at, at + len(word)
                    position += 1
                    yield token
                at += len(word)

    def __getstate__(self) -> dict[str, Any]:
        return {"words": self.words}


class TextField(fields.FieldType):  # type: ignore[misc]  # Whoosh ships no types
    """The text of the passages: looked for in the arrays, by the words that the analyzer gives, each anywhere in the document."""

    def __init__(self, analyzer: WordAnalyzer) -> None:
        super().__init__(format=Existence(), analyzer=analyzer)

    def self_parsing(self) -> bool:
        """Tell Whoosh's parser to hand its text over as it stands."""
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> StringQuery:
        """Give the query for a piece of text."""
        return StringQuery(fieldname, qstring, self.analyzer.words, boost)


def make_schema(words: tuple[str, ...]) -> fields.Schema:
    """Make the schema for an archive with these words."""
    analyzer = WordAnalyzer(words)
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        text=TextField(analyzer),
        **{name: fields.TEXT(analyzer=analyzer, phrase=False) for name in sorted(SUBSTRING_FIELDS)},
        **{name: fields.ID() for name in EQUAL_FIELDS},
    )


def fields_of(document: StoredDocument) -> dict[str, object]:
    """Give a document as `IndexWriter.add_document` takes it."""
    values = facts_of(document).values
    return {
        "id": document.id,
        **{name: "\n".join(values[name]) for name in SUBSTRING_FIELDS if values[name]},
        **{name: fold(value) for name in EQUAL_FIELDS for value in values[name]},
    }
