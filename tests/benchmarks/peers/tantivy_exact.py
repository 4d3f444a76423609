"""tantivy with folded bigrams, positions kept, and folded characters, as tokens that Python cuts beforehand.

Measured before this was chosen (3 M characters, one run): tokens joined by blanks for tantivy's white-space tokenizer cost 1.6
processor seconds per million characters, `PreTokenizedString` 3.4, bigrams by tantivy's regular expressions 2.2; its n-gram
tokenizer gives every token position 0. A phrase of every second bigram answers in 0.06 ms where all bigrams take 0.07.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.peers.tantivy_engine import TantivyPeer

if TYPE_CHECKING:
    import tantivy

_BLANK = "\ue000"
"""Stands for the space that folding keeps between letters: the tokenizer splits at spaces."""


def _tokenizer() -> tantivy.Tokenizer:
    import tantivy

    return tantivy.Tokenizer.whitespace()


def _bigrams(folded: str) -> list[str]:
    text = folded.replace(" ", _BLANK)
    return list(map(str.__add__, text, text[1:]))


def _indexed(folded: str) -> dict[str, str]:
    return {"bigrams": " ".join(_bigrams(folded)), "characters": " ".join(folded.replace(" ", _BLANK))}


def _query(schema: tantivy.Schema, wanted: str) -> tantivy.Query:
    import tantivy

    if len(wanted) == 1:
        return tantivy.Query.term_query(schema, "characters", wanted)
    grams = _bigrams(wanted)
    if len(grams) == 1:
        return tantivy.Query.term_query(schema, "bigrams", grams[0])
    places = dict.fromkeys([*range(0, len(grams), 2), len(grams) - 1])
    return tantivy.Query.phrase_query(schema, "bigrams", [(at, grams[at]) for at in places])


def _terms(folded: str) -> tuple[str, list[str]]:
    return "bigrams", list(dict.fromkeys(_bigrams(folded)))


PEER = TantivyPeer(
    "tantivy, folded bigrams and characters as pre-cut tokens, phrases",
    fields={"bigrams": "position", "characters": "freq"},
    tokenizer=_tokenizer,
    indexed=_indexed,
    query=_query,
    terms=_terms,
)
