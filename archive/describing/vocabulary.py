"""The word lists that readers of metadata use, from data/describing: in folded letters, since readers see folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.folding import fold

Row = tuple[str, ...]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Give the rows of a table, comments left out, each as its columns."""
    text = (files("archive") / "data" / "describing" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Give the words of a list, folded."""
    return frozenset(fold(word) for (line,) in rows(name) for word in line.split())


@cache
def one_of(name: str) -> str:
    """Give a regular expression for any word of a list or of the first column of a table, the longest first."""
    found = {fold(word) for row in rows(name) for word in row[0].split()}
    return "(?:" + "|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word)))) + ")"


@dataclass(frozen=True, slots=True)
class Reader:
    """A rule by which metadata is read.

    Attributes:
        id: Family and name, such as `date.occasion`.
        field: The field of its evidence; "" where the rule serves several.
        confidence: 0 to 1.
    """

    id: str
    field: str
    confidence: float


@cache
def reader(rule: str) -> Reader:
    """Give a rule of the table by its id."""
    return {name: Reader(name, field, float(confidence)) for name, field, confidence, _ in rows("rules.tsv")}[rule]
