"""How spans are written: equal spellings counted without reading them one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from index.concordance.concordance import Concordance
from index.concordance.spans import Places, Spans

_FORMS_MOST = 50
_MOST_CODES = 1 << 20
"""Codes up to which counting in a table beats sorting."""

Numbers = npt.NDArray[np.integer[Any]]


def _same(concordance: Concordance, spans: Spans) -> Places:
    """Number the spellings of spans: two spans have the same number if they hold the same symbols; white space is one."""
    spaces = concordance.letters.space_symbols
    several = np.count_nonzero(spaces) > 1
    space = int(spaces.argmax())
    numbers = np.zeros(len(spans), dtype=np.int64)
    lengths = spans.ends - spans.starts
    used = 0
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        chosen = np.flatnonzero(lengths == length) if len(spans) and lengths.min() != lengths.max() else np.arange(len(spans))
        code, size = np.zeros(len(chosen), dtype=np.int64), 1
        for at in range(length):
            symbols = concordance.store.stream.take(spans.starts[chosen] + at)
            symbols = np.where(spaces[symbols], space, symbols) if several else symbols
            ranks, kinds = _dense(symbols, len(spaces))
            if kinds > 1:
                code, size = code * kinds + ranks, size * kinds
                if size > _MOST_CODES:
                    code = np.unique(code, return_inverse=True)[1]
                    size = int(code.max()) + 1
        numbers[chosen] = code + used
        used += size
    return numbers


def _dense(values: Numbers, most: int) -> tuple[Numbers, int]:
    """Number the values that occur, in order."""
    present = np.zeros(most, dtype=bool)
    present[values] = True
    kinds = np.flatnonzero(present)
    if len(kinds) == 1:
        return values, 1
    table = np.zeros(most, dtype=np.int64)
    table[kinds] = np.arange(len(kinds))
    return table[values], len(kinds)


def written_forms(concordance: Concordance, spans: Spans) -> tuple[tuple[str, int], ...]:
    """Count the written forms of spans, most frequent first, then by form; dropped characters are left out."""
    if not len(spans):
        return ()
    _, first, counts = np.unique(_same(concordance, spans), return_index=True, return_counts=True)
    if len(counts) > _FORMS_MOST:
        kept = counts >= np.partition(counts, len(counts) - _FORMS_MOST)[len(counts) - _FORMS_MOST]
        first, counts = first[kept], counts[kept]
    forms = [(_written(concordance, spans, at), count) for at, count in zip(first.tolist(), counts.tolist(), strict=True)]
    return tuple(sorted(forms, key=lambda form: (-form[1], form[0]))[:_FORMS_MOST])


def _written(concordance: Concordance, spans: Spans, at: int) -> str:
    symbols = concordance.store.stream.slice(int(spans.starts[at]), int(spans.ends[at]))
    spaces = concordance.letters.space_symbols[symbols]
    codes = np.where(spaces, ord(" "), concordance.store.alphabet[symbols])
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def distinct(concordance: Concordance, spans: Spans, edges: Numbers) -> Places:
    """Count the different spellings in each group of spans, the groups given by their edges."""
    if len(spans) == len(edges) - 1:
        return np.ones(len(spans), dtype=np.int64)
    group = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    codes = _same(concordance, spans)
    both = np.unique(group * (int(codes.max()) + 1) + codes)
    return np.bincount(both // (int(codes.max()) + 1), minlength=len(edges) - 1)
