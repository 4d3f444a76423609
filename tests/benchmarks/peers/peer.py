"""The port of a rival: how it is built, opened and asked. One module for each; a module names its rival `PEER`.

Passages are named by their key (document id, space, ¶). Nothing here imports a rival, so that starting one costs what it costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from tests.benchmarks.benchtext import BenchText
    from tests.benchmarks.querylog import Filtered

PEERS = (
    "yinde",
    "yinde_two_workers",
    "yinde_arrays",
    "tantivy_exact",
    "tantivy_native",
    "sqlite_exact",
    "sqlite_trigram",
    "whoosh_stock",
    "python_scan",
    "ripgrep",
)
"""Names of the modules whose speed, size and exactness are measured, in the order of the tables."""

RANKERS = ("yinde", "best_formula", "tantivy_exact", "tantivy_native", "sqlite_exact", "sqlite_trigram", "whoosh_stock")
"""Names of the modules whose ranking of questions is measured."""

YARDSTICKS = ("tantivy_exact", "tantivy_native")
"""Ratios are to the better of these, in each column by itself."""

TOP = 20
"""Passages on a page of results."""


class Shown(NamedTuple):
    """A passage on a page of results: its key, a stretch of its text, places in that stretch (None: not told)."""

    key: str
    snippet: str
    spans: Sequence[tuple[int, int]] | None


class Answer(NamedTuple):
    """An answer to a question.

    Attributes:
        shown: The TOP best passages with marked snippets.
        passages: How many passages match in all, or None if the rival cannot say.
        occurrences: How many places there are in all, or None.
        facets: For each field, values and counts, where asked for.
    """

    shown: Sequence[Shown]
    passages: int | None = None
    occurrences: int | None = None
    facets: Mapping[str, Mapping[str, int]] | None = None


class Served(Protocol):
    """A rival opened for reading. Methods that a rival does not name in `kinds` may be missing."""

    def exact(self, text: str) -> Answer:
        """Find a literal string in any script."""
        ...

    def words(self, words: Sequence[str]) -> Answer:
        """Find texts with all of these words."""
        ...

    def filtered(self, asked: Filtered) -> Answer:
        """Find texts with words and string, of some years, and count the facets."""
        ...

    def holding(self, text: str) -> tuple[set[str], int | None]:
        """Name every passage that holds a string, and say how many places there are; not timed."""
        ...

    def ranked(self, question: str) -> list[str]:
        """Name the ten best documents for a question of any length, best first; not timed."""
        ...


class Peer(Protocol):
    """A rival.

    Attributes:
        what: What it is, in a few words, for the table.
        kinds: Names of the methods and of other timed questions that it answers: exact, words, filtered, …
        checked: Whether `holding` is to be compared with what is right.
        most_characters: The most it is given, if it is too slow for more; else None.
    """

    what: str
    kinds: tuple[str, ...]
    checked: bool
    most_characters: int | None

    def missing(self) -> str | None:
        """Say why it cannot run here, or None."""
        ...

    def build(self, text: BenchText, folder: Path) -> None:
        """Build an index in an empty folder; the processor time of this is measured."""
        ...

    def files(self, folder: Path) -> Path:
        """Name the part of that folder which a search needs, texts included."""
        ...

    def open(self, folder: Path) -> Served:
        """Open what was built."""
        ...


def load_peer(name: str) -> Peer:
    """Give the rival of a name in PEERS or RANKERS."""
    peer: Peer = import_module(f"tests.benchmarks.peers.{name}").PEER
    return peer
