"""The word lists that readers of metadata use, from data/describing: in folded letters, since readers see folded text.

Nothing is read or compiled before it is first needed, so that importing a reader costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from archive.folding import fold

Row = tuple[str, ...]
_LIST = re.compile(r"<([a-z_]+\.(?:txt|tsv))(?:=([a-z]+))?>")


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Give the rows of a table, comments left out, each as its columns."""
    text = (files("archive") / "data" / "describing" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Give the words of a list, folded."""
    return frozenset(fold(word) for (line,) in rows(name) for word in line.split())


def pattern(template: str) -> re.Pattern[str]:
    """Give a regular expression that is compiled when it is first used.

    Args:
        template: The expression; `<labels.tsv>` in it stands for any word of that list, `<kinds.tsv=yes>` for any whose last
            column begins with `yes`.
    """
    return cast("re.Pattern[str]", _Pattern(template))


class _Pattern:
    """Stands for a regular expression: takes over its methods when one of them is first asked for."""

    def __init__(self, template: str) -> None:
        self._template = template

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(_LIST.sub(lambda found: one_of(found[1], found[2] or ""), self._template))
        for method in ("match", "fullmatch", "search", "finditer", "findall", "split", "sub"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


@cache
def one_of(name: str, last: str = "") -> str:
    """Give a regular expression for any word of a list or of the first column of a table, the longest first.

    Args:
        name: Name of the list.
        last: How the last column of the row must begin; "" for any.
    """
    return _any({fold(word) for row in rows(name) if row[-1].startswith(last) for word in row[0].split()})


def _any(found: Iterable[str]) -> str:
    """Give a regular expression for any of these words, the longest first: a tree of their letters, so that few are tried."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(found):
        by_first.setdefault(word[:1], []).append(word[1:])
    ends = by_first.pop("", None) is not None
    letters = [re.escape(letter) for letter, rest in by_first.items() if rest == [""]]
    branches = [re.escape(letter) + _any(rest) for letter, rest in by_first.items() if rest != [""]]
    if letters:
        branches.append(f"[{''.join(letters)}]" if len(letters) > 1 else letters[0])
    if not branches:
        return ""
    single = len(branches) == 1 and not ends
    return branches[0] if single else f"(?:{'|'.join([*branches, *([''] if ends else [])])})"


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
def _readers() -> dict[str, Reader]:
    return {name: Reader(name, field, float(confidence)) for name, field, confidence, _ in rows("rules.tsv")}


def reader(rule: str) -> Reader:
    """Give a rule of the table by its id."""
    return _readers()[rule]
