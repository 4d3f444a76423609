"""What the two rivals on SQLite FTS5 share: a table of passages beside the full-text table, writing, asking."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from archive.folding import fold
from tests.benchmarks.benchtext import FACET_FIELDS, BenchText
from tests.benchmarks.peers.marking import mark
from tests.benchmarks.peers.peer import TOP, Answer, Shown
from tests.benchmarks.querylog import Filtered

_COLUMNS = ("key", "day", *FACET_FIELDS, "original")
_KEPT = 50


class SqlitePeer:
    """A rival on FTS5: one row per passage."""

    checked = True
    most_characters = None

    def __init__(
        self,
        what: str,
        *,
        kinds: tuple[str, ...],
        table: str,
        indexed: Callable[[str], Sequence[str]],
        phrase: Callable[[str], str],
        terms: Callable[[str], Iterable[str]],
    ) -> None:
        """Describe a rival.

        Args:
            what: For the table.
            kinds: See Peer.
            table: Columns and options of the full-text table.
            indexed: Original text to the values of its columns.
            phrase: Original string to a MATCH expression for it; "" if none can find it.
            terms: Original question to MATCH expressions, any of which may match.
        """
        self.what, self.kinds = what, kinds
        self._table, self._indexed, self._phrase, self._terms = table, indexed, phrase, terms

    def missing(self) -> str | None:
        try:
            sqlite3.connect(":memory:").execute(f"CREATE VIRTUAL TABLE words USING fts5({self._table})")
        except sqlite3.OperationalError as error:
            return f"SQLite {sqlite3.sqlite_version}: {error}"
        return None

    def files(self, folder: Path) -> Path:
        return folder

    def build(self, text: BenchText, folder: Path) -> None:
        database = sqlite3.connect(folder / "index.db")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute(f"CREATE TABLE passages (number INTEGER PRIMARY KEY, {', '.join(_COLUMNS)})")
        database.execute(f"CREATE VIRTUAL TABLE words USING fts5({self._table})")
        for number, passage in enumerate(text.read(), start=1):
            row = (number, passage.key, passage.day, *passage.facets, passage.text)
            database.execute(f"INSERT INTO passages VALUES ({','.join('?' * len(row))})", row)
            values = (number, *self._indexed(passage.text))
            names = ", ".join(["rowid", *self._names()])
            database.execute(f"INSERT INTO words({names}) VALUES ({','.join('?' * len(values))})", values)
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
        database.commit()
        database.close()

    def _names(self) -> list[str]:
        return [name for name in map(str.strip, self._table.split(",")) if "=" not in name]

    def open(self, folder: Path) -> SqliteServed:
        return SqliteServed(sqlite3.connect(f"file:{folder / 'index.db'}?mode=ro", uri=True), self._phrase, self._terms)


class SqliteServed:
    """A rival on FTS5, opened."""

    def __init__(self, database: sqlite3.Connection, phrase: Callable[[str], str], terms: Callable[[str], Iterable[str]]) -> None:
        self._database, self._phrase, self._terms = database, phrase, terms

    def exact(self, text: str) -> Answer:
        return self._answer([text])

    def words(self, words: Sequence[str]) -> Answer:
        return self._answer(words)

    def filtered(self, asked: Filtered) -> Answer:
        days = f"AND day BETWEEN {asked.first * 10_000} AND {asked.last * 10_000 + 9_999}"
        expression = self._expression([*asked.words, asked.exact])
        answer = self._answer([*asked.words, asked.exact], days)
        if not expression:
            return answer._replace(facets={})
        rows = self._database.execute(
            f"SELECT {', '.join(FACET_FIELDS)} FROM words JOIN passages ON number = words.rowid WHERE words MATCH ? {days}",
            (expression,),
        ).fetchall()
        columns = zip(*rows, strict=True) if rows else [()] * len(FACET_FIELDS)
        facets = {name: Counter(filter(None, column)) for name, column in zip(FACET_FIELDS, columns, strict=True)}
        return answer._replace(facets=facets)

    def holding(self, text: str) -> tuple[set[str], int | None]:
        expression = self._expression([text])
        if not expression:
            return set(), None
        rows = self._database.execute(
            "SELECT key FROM words JOIN passages ON number = words.rowid WHERE words MATCH ?", (expression,)
        )
        return {key for (key,) in rows}, None

    def ranked(self, question: str) -> list[str]:
        expression = " OR ".join(dict.fromkeys(self._terms(question)))
        if not expression:
            return []
        rows = self._database.execute(
            "SELECT key FROM words JOIN passages ON number = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT ?",
            (expression, _KEPT),
        )
        return list(dict.fromkeys(key.partition(" ")[0] for (key,) in rows))[:10]

    def _expression(self, strings: Sequence[str]) -> str:
        phrases = [self._phrase(string) for string in strings]
        return " AND ".join(phrases) if all(phrases) else ""

    def _answer(self, strings: Sequence[str], condition: str = "") -> Answer:
        expression = self._expression(strings)
        if not expression:
            return Answer((), 0)
        found = "FROM words JOIN passages ON number = words.rowid WHERE words MATCH ?"
        (count,) = self._database.execute(
            f"SELECT count(*) {found} {condition}" if condition else "SELECT count(*) FROM words WHERE words MATCH ?", (expression,)
        ).fetchone()
        rows = self._database.execute(f"SELECT key, passages.original {found} {condition} ORDER BY rank LIMIT {TOP}", (expression,))
        wanted = [fold(string) for string in strings]
        return Answer([Shown(key, *mark(original, wanted)) for key, original in rows], count)


def quoted(string: str) -> str:
    """Write a string as a phrase of FTS5's query language."""
    return '"' + string.replace('"', '""') + '"'
