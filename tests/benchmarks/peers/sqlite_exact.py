"""SQLite FTS5 with folded bigrams and folded characters, a line each, as tokens that Python cuts beforehand; strings as phrases."""

from __future__ import annotations

from archive.folding import fold
from tests.benchmarks.peers.sqlite_engine import SqlitePeer, quoted

_TOKENS = "bigrams, characters, content='', tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Z* Cf Cn Co Cs'\""
"""Every character belongs to a token but the control characters, of which line ends part the tokens."""


def _bigrams(folded: str) -> str:
    return "\n".join(map(str.__add__, folded, folded[1:]))


def _indexed(text: str) -> tuple[str, str]:
    folded = fold(text)
    return _bigrams(folded), "\n".join(folded)


def _phrase(text: str) -> str:
    folded = fold(text)
    return f"bigrams : {quoted(_bigrams(folded))}" if len(folded) > 1 else f"characters : {quoted(folded)}"


PEER = SqlitePeer(
    "SQLite FTS5, folded bigrams and characters as pre-cut tokens, phrases",
    kinds=("exact", "words", "filtered"),
    table=_TOKENS,
    indexed=_indexed,
    phrase=_phrase,
    terms=lambda question: [f"bigrams : {quoted(pair)}" for pair in _bigrams(fold(question)).split("\n") if pair],
)
