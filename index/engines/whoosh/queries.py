"""StringQuery: a query of Whoosh that the arrays beside its files answer."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query

from index.concordance.building import open_beside
from index.concordance.concordance import Concordance
from index.concordance.evaluation import Evaluator
from index.concordance.ranking import Ranker
from index.evaluation import Question
from index.query import Bare

_ordinals: WeakKeyDictionary[Any, npt.NDArray[np.int64]] = WeakKeyDictionary()


@lru_cache(maxsize=4)
def _opened(folder: Path) -> Concordance:
    return open_beside(folder)


def _ordinals_of(reader: Any, concordance: Concordance) -> npt.NDArray[np.int64]:
    """Give the ordinal of each Whoosh document of a segment; -1 for those that are deleted."""
    if reader not in _ordinals:
        ordinals = np.full(reader.doc_count_all(), -1, dtype=np.int64)
        for number, stored in reader.iter_docs():
            ordinals[number] = concordance.store.ordinal_of(stored["id"])
        _ordinals[reader] = ordinals
    return _ordinals[reader]


class StringQuery(Query):  # type: ignore[misc]  # Whoosh ships no types
    """Finds the documents that bare text finds, and ranks them as our own search does.

    Attributes:
        fieldname: Name of the field of the schema.
        text: As typed.
        words: The archive's own words.
        boost: Factor of the scores.
    """

    def __init__(self, fieldname: str, text: str, words: tuple[str, ...] = (), boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.text = text
        self.words = words
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StringQuery) and (self.fieldname, self.text, self.boost) == (
            other.fieldname,
            other.text,
            other.boost,
        )

    def __hash__(self) -> int:
        return hash((self.fieldname, self.text, self.boost))

    def __repr__(self) -> str:
        return f"StringQuery({self.fieldname!r}, {self.text!r}, boost={self.boost})"

    def __unicode__(self) -> str:
        return f"{self.fieldname}:{self.text}"

    __str__ = __unicode__

    def is_leaf(self) -> bool:
        """Tell that no query lies below."""
        return True

    def with_boost(self, boost: float) -> StringQuery:
        """Give the same query with another boost."""
        return StringQuery(self.fieldname, self.text, self.words, boost)

    def field(self) -> str:
        """Give the name of the field."""
        return self.fieldname

    def estimate_size(self, ixreader: Any) -> int:
        """Give an upper bound of the number of documents."""
        return int(ixreader.doc_count())

    def estimate_min_size(self, ixreader: Any) -> int:  # noqa: ARG002  # Whoosh gives it
        """Give a lower bound of the number of documents."""
        return 0

    def matcher(self, searcher: Any, context: Any = None) -> Any:  # noqa: ARG002  # Whoosh gives it
        """Give the matching documents of one segment."""
        reader = searcher.reader()
        storage = reader.storage()
        concordance = _opened(Path(getattr(storage, "b", storage).folder))  # a packed segment lies over the folder's storage
        ordinals = _ordinals_of(reader, concordance)
        evaluator = Evaluator(concordance, Question(Bare(self.text), words=self.words))
        matched = evaluator.matched("document").documents
        numbers = np.flatnonzero((ordinals >= 0) & matched[np.maximum(ordinals, 0)])
        if not len(numbers):
            return NullMatcher()
        scores = Ranker(concordance, self.words).scores([self.text], ordinals[numbers]) * self.boost
        return ListMatcher(numbers.tolist(), weights=scores.tolist())
