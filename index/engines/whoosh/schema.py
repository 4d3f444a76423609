"""What Whoosh holds of a document: one Whoosh document per document, no text, only terms.

`grams` and `removed` are the distinct folded characters and bigrams of its passages and of what cleaning took out: they propose
documents for any string. `text` and `title` are jieba words: they rank. Source: notes engine.md (why one per document), text.md 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from whoosh import fields
from whoosh.analysis import Analyzer, IDAnalyzer, Token
from whoosh.formats import Existence

from archive.folding import fold
from archive.text_store import StoredDocument
from index.analysis.segmenter import word_cutter
from index.evaluation import facts_of

EQUAL_FIELDS = ("kind", "collection", "script", "year")
"""Fields that Whoosh holds as one folded term, so that it can propose documents by them."""

VERSION = "whoosh schema 1"


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


class GramField(fields.FieldType):  # type: ignore[misc]  # Whoosh ships no types
    """A set of terms given as a list; holds no frequencies, no positions, no text."""

    def __init__(self) -> None:
        self.analyzer = IDAnalyzer()
        self.format = Existence()
        # Never scored; but without a column of lengths Whoosh asks the disk for one at every posting (a third of indexing).
        self.scorable = True
        self.stored = False
        self.unique = False


def make_schema(words: tuple[str, ...]) -> fields.Schema:
    """Make the schema for an archive with these words."""
    analyzer = WordAnalyzer(words)
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        grams=GramField(),
        removed=GramField(),
        title=fields.TEXT(analyzer=analyzer, phrase=False),
        text=fields.TEXT(analyzer=analyzer, phrase=False),
        **{name: fields.ID() for name in EQUAL_FIELDS},
    )


def grams_of(texts: Iterable[str]) -> list[str]:
    """Collect the distinct folded characters and bigrams of some texts; none crosses from one text into the next."""
    grams: set[str] = set()
    for text in texts:
        folded = fold(text)
        grams.update(folded)
        grams.update(map("".join, pairwise(folded)))
    return sorted(grams)


def fields_of(document: StoredDocument) -> dict[str, object]:
    """Give a document as `IndexWriter.add_document` takes it."""
    values = facts_of(document).values
    return {
        "id": document.id,
        "grams": grams_of(document.passages),
        "removed": grams_of(removed.text for removed in document.removed),
        "title": document.metadata.title,
        "text": "\n".join(document.passages),
        **{name: fold(value) for name in EQUAL_FIELDS for value in values[name]},
    }
