"""The query tree as a Whoosh query that proposes documents: every one that matches, perhaps others, never too few.

Only Term, And, Or and Every are used: Whoosh's Not, AndNot and span queries give wrong sets (notes text.md 6, no. 4 to 7). What is
excluded is left to `index.evaluation`. The query parser of Whoosh is never called.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from whoosh import query as whoosh_query

from archive.folding import fold
from index.engines.whoosh.schema import EQUAL_FIELDS
from index.evaluation import Question
from index.matching import bare_words, needle
from index.query import AllOf, AnyOf, Bare, DateRange, Exact, Field, Fuzzy, Gap, Near, Nothing, Query, Without, iter_positive_leaves

_MOST_TERMS = 48
"""Terms of one string that are asked for; fewer terms only propose more documents."""

_EVERY = whoosh_query.Every()


def propose(question: Question) -> whoosh_query.Query:
    """Give the Whoosh query for a question."""
    field = "removed" if question.scope == "removed" else "grams"
    return _Proposer(field, question.mode, question.words).propose(question.query)


def ranking_words(question: Question) -> tuple[str, ...]:
    """Give the words by whose frequency documents are ranked: those of all strings that are wanted."""
    strings = [text for leaf in iter_positive_leaves(question.query) for text in _strings(leaf)]
    words = (word for text in strings for word in bare_words(text, "text", question.words) or (fold(text),))
    return tuple(dict.fromkeys(words))[:_MOST_TERMS]


def _strings(leaf: Query) -> tuple[str, ...]:
    match leaf:
        case Exact(text) | Bare(text) | Fuzzy(text):
            return (text,)
        case Near(parts):
            return tuple(part.text for part in parts)
        case Gap(pieces):
            return pieces
        case _:
            return ()


class _Proposer:
    """Walks one query tree."""

    def __init__(self, field: str, mode: str, words: tuple[str, ...]) -> None:
        self.field, self.mode, self.words = field, mode, words

    def propose(self, query: Query) -> whoosh_query.Query:
        match query:
            case Nothing():
                return whoosh_query.NullQuery
            case AllOf(parts):
                return _all(map(self.propose, parts))
            case AnyOf(parts):
                return _any(map(self.propose, parts))
            case Without(wanted):
                return _EVERY if wanted is None else self.propose(wanted)
            case Field(name, text):
                return whoosh_query.Term(name, fold(text)) if name in EQUAL_FIELDS else _EVERY
            case DateRange():
                return _EVERY
            case Bare(text):
                # Where the whole string stands, its words stand too.
                words = bare_words(text, "loose" if self.mode == "loose" else "text", self.words)
                return _all(map(self.string, words or (text,)))
            case Exact(text):
                return self.string(text)
            case Near(parts):
                return _all(self.string(part.text) for part in parts)
            case Gap(pieces):
                return _all(map(self.string, pieces))
            case Fuzzy(text, errors):
                return self.fuzzy(needle(text, self.mode), errors)

    def string(self, text: str) -> whoosh_query.Query:
        """Ask for the terms of a string; those of its folded form, since what is there letter by letter is there folded."""
        folded = needle(text, "loose" if self.mode == "loose" else "text")
        # In loose mode dropped marks may part any two characters of it in the text, so bigrams prove nothing.
        terms = folded if self.mode == "loose" or len(folded) < 2 else map("".join, pairwise(folded))
        return _all(whoosh_query.Term(self.field, term) for term in list(dict.fromkeys(terms))[:_MOST_TERMS])

    def fuzzy(self, text: str, errors: int) -> whoosh_query.Query:
        """Ask for one of `errors + 1` pieces: each error spoils one piece at most."""
        edges = [len(text) * piece // (errors + 1) for piece in range(errors + 2)]
        return _any(self.string(text[left:right]) for left, right in pairwise(edges))


def _all(queries: Iterable[whoosh_query.Query]) -> whoosh_query.Query:
    parts = [query for query in queries if query is not _EVERY]
    return whoosh_query.And(parts) if len(parts) > 1 else parts[0] if parts else _EVERY


def _any(queries: Iterable[whoosh_query.Query]) -> whoosh_query.Query:
    parts = list(queries)
    return _EVERY if any(part is _EVERY for part in parts) else whoosh_query.Or(parts)
