"""What is asked: the same questions for every rival.

This module imports little, since every rival starts with it; `drawing.py` draws the questions.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple


class Filtered(NamedTuple):
    """Words, an exact string that stands in the same passage, and a range of years that holds its date."""

    words: list[str]
    exact: str
    first: int
    last: int


class QueryLog(NamedTuple):
    """Questions, no two of a kind alike.

    Attributes:
        exact: Literal strings of two to eight characters that begin and end with a letter or digit.
        words: Two to four words of one passage each.
        filtered: Words, string, years.
        warm: Strings to ask before anything is timed; none of `exact`.
    """

    exact: list[str]
    words: list[list[str]]
    filtered: list[Filtered]
    warm: list[str]

    def asked_for(self, kind: str) -> Sequence[Any]:
        """Give the questions of a kind: of its name, or literal strings for any other."""
        named = {"words": self.words, "words_in_passage": self.words, "filtered": self.filtered}
        return named.get(kind, self.exact)

    def warm_for(self, kind: str) -> Sequence[Any]:
        """Give questions of a kind to warm up with; none of them is timed."""
        pairs = [[first, second] for first, second in pairwise(self.warm)]
        named = {"words": pairs, "words_in_passage": pairs, "filtered": [Filtered(pair[:1], pair[1], 1950, 2025) for pair in pairs]}
        return named.get(kind, self.warm)

    def save(self, file: Path) -> None:
        """Write the log."""
        file.write_text(json.dumps(self._asdict(), ensure_ascii=False), encoding="utf-8")


def load_log(file: Path) -> QueryLog:
    """Read a log that was saved."""
    written = json.loads(file.read_text(encoding="utf-8"))
    return QueryLog(written["exact"], written["words"], [Filtered(*asked) for asked in written["filtered"]], written["warm"])
