"""SQLite FTS5 with its trigram tokenizer, nothing folded; strings of one and two characters find nothing."""

from __future__ import annotations

from tests.benchmarks.peers.sqlite_engine import SqlitePeer, quoted

PEER = SqlitePeer(
    "SQLite FTS5, trigram tokenizer, nothing folded",
    kinds=("exact",),
    table="original, content='passages', content_rowid='number', tokenize='trigram'",
    indexed=lambda text: (text,),
    phrase=lambda string: quoted(string) if len(string) > 2 else "",
    terms=lambda question: [quoted(question[at : at + 3]) for at in range(len(question) - 2)],
)
