"""tantivy with its own tokenizer for regular expressions: every folded character a token, strings as phrases, no words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.peers.tantivy_engine import TantivyPeer

if TYPE_CHECKING:
    import tantivy


def _tokenizer() -> tantivy.Tokenizer:
    import tantivy

    return tantivy.Tokenizer.regex("(?s).")


def _query(schema: tantivy.Schema, wanted: str) -> tantivy.Query:
    import tantivy

    if len(wanted) == 1:
        return tantivy.Query.term_query(schema, "text", wanted)
    return tantivy.Query.phrase_query(schema, "text", list(wanted))


PEER = TantivyPeer(
    "tantivy, folded text, one token a character by regular expression, phrases",
    fields={"text": "position"},
    tokenizer=_tokenizer,
    indexed=lambda folded: {"text": folded},
    query=_query,
    terms=lambda folded: ("text", list(dict.fromkeys(folded))),
)
