"""What folding does to characters, as arrays: which of a text's characters it keeps, and what each becomes.

The law is `archive.folding`; this is the same law for millions of characters at once, and a property test holds the two together.
Always: a kept character folds to exactly one character.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from archive.folding import LETTERS, folding_table
from archive.script import telling_characters

_LETTER, _SPACE, _DROPPED, _HANS, _HANT = 1, 2, 4, 8, 16
_SPECIAL = _SPACE | _DROPPED


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """Give the class of every code point, as bits."""
    classes = np.zeros(0x110000, dtype=np.uint8)
    table = folding_table()
    spaces = [code for code in range(0x3001) if chr(code).isspace()]
    for code in {*table, *spaces, *map(ord, LETTERS)}:
        folded = table.get(code, chr(code))
        if not folded:
            classes[code] |= _DROPPED
        elif folded in LETTERS:
            classes[code] |= _LETTER
        elif folded.isspace():
            classes[code] |= _SPACE
    hans, hant = telling_characters()
    classes[list(map(ord, hans))] |= _HANS
    classes[list(map(ord, hant))] |= _HANT
    return classes


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Give the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def count_telling(codes: npt.NDArray[np.uint32]) -> tuple[int, int]:
    """Count the characters that only Simplified and only Traditional text has."""
    classes = _classes()[codes]
    return int(np.count_nonzero(classes & _HANS)), int(np.count_nonzero(classes & _HANT))


def find_dropped(codes: npt.NDArray[np.uint32], starts: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    """Find the characters that folding drops.

    Args:
        codes: Code points of some texts, one behind the other.
        starts: Where each text begins in them, and where the last one ends.

    Returns:
        Their indices, sorted: those that fold to nothing, and white space, of which the first of a run between two ASCII letters or
        digits is kept.
    """
    classes = _classes()[codes]
    special = np.flatnonzero(classes & _SPECIAL)
    if not len(special):
        return special
    # A run of special characters ends where an ordinary one stands or a text ends.
    text = np.searchsorted(starts, special, side="right") - 1
    first = np.append(0, np.flatnonzero((special[1:] != special[:-1] + 1) | (text[1:] != text[:-1])) + 1)
    last = np.append(first[1:], len(special)) - 1
    before, after = special[first] - 1, special[last] + 1
    inside = (before >= starts[text[first]]) & (after < starts[text[last] + 1])
    letters = inside & (classes[before] & _LETTER > 0) & (classes[np.minimum(after, len(codes) - 1)] & _LETTER > 0)
    places = np.where(classes[special] & _SPACE > 0, special, len(codes))
    kept = np.minimum.reduceat(places, first)[letters]
    dropped = np.ones(len(codes) + 1, dtype=bool)
    dropped[kept] = False
    return special[dropped[special]]


def folded_code_points(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Fold kept characters one by one; one that folding always drops gives 0."""
    table = folding_table()
    folded = (table.get(code, chr(code)) for code in codes.tolist())
    return np.array([ord(" " if char.isspace() else char) if char else 0 for char in folded], dtype=np.uint32)
