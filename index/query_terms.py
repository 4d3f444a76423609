"""Strings of a query that hold more than text: excluded neighbours in a quotation, gaps in bare text."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from archive.folding import fold
from index.query import Exact, Gap
from index.query_scanner import QUOTES

GAP_SIGNS = {"*": (0, 8), "?": (1, 1)}
"""Sign of a gap, and its least and greatest width in folded characters."""

_SIGNS = frozenset("-－=＝~～")
_MARKS = frozenset("()（）").union(QUOTES, QUOTES.values())
_EXCLUDED = re.compile(r"[(（][-－]([^()（）]+)[)）]")


def read_exact(text: str, letters: bool) -> Exact:
    """Read the excluded continuations off both ends of a quoted string."""
    before: list[str] = []
    after: list[str] = []
    rest = text
    while (match := _EXCLUDED.match(rest)) and fold(rest[match.end() :]):
        before.append(match[1])
        rest = rest[match.end() :]
    while match := _EXCLUDED.fullmatch(rest, max(rest.rfind("("), rest.rfind("（"), 0)):
        if not fold(rest[: match.start()]):
            break
        after.insert(0, match[1])
        rest = rest[: match.start()]
    return Exact(rest, letters, not_before=tuple(after), not_after=tuple(before))


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def read_gap(text: str) -> Gap | None:
    """Read `*` and `?` between two letters as gaps."""
    if text[0] in _SIGNS or any(char in _MARKS for char in text):
        return None
    signs = [
        at for at in range(1, len(text) - 1) if text[at] in GAP_SIGNS and _is_letter(text[at - 1]) and _is_letter(text[at + 1])
    ]
    if not signs:
        return None
    edges = [-1, *signs, len(text)]
    pieces = tuple(text[start + 1 : end] for start, end in pairwise(edges))
    return Gap(pieces, tuple(GAP_SIGNS[text[at]] for at in signs))
