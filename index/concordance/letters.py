"""The letters of a text store: its symbols folded, numbered, and classed.

A *letter* is a folded character that some symbol of the store folds to; letters are numbered in order of their code points. So the
folded archive is `letters.of(stream)`, and a string is found by comparing small numbers.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.text_store import TextStore, folded_code_points
from index.matching import SENTENCE_ENDS

Numbers = npt.NDArray[np.integer[Any]]

MOST_PAIRED = 65_535
"""Letters that pairs can tell apart (a pair is two 16-bit numbers, one of which means the end of a text); others share a number."""


class Letters:
    """The folded alphabet of one store.

    Attributes:
        code_points: Code point of each letter, rising.
        folded: Letter of each symbol.
        end: The number that stands, in pairs, for the end of a text.
    """

    def __init__(self, store: TextStore) -> None:
        self._alphabet = store.alphabet
        self.code_points, numbers = np.unique(folded_code_points(store.alphabet), return_inverse=True)
        self.end = min(len(self.code_points), MOST_PAIRED)
        self.folded: Numbers = numbers.astype(np.uint16 if len(self.code_points) <= MOST_PAIRED else np.uint32)

    def __len__(self) -> int:
        return len(self.code_points)

    def of(self, symbols: Numbers) -> Numbers:
        """Fold symbols to letters."""
        folded: Numbers = self.folded[symbols]
        return folded

    def paired(self, letters: Numbers) -> Numbers:
        """Give letters as pairs hold them: those beyond what pairs can tell apart are one."""
        return letters if len(self) <= MOST_PAIRED else np.minimum(letters, MOST_PAIRED - 1).astype(np.uint16)

    def numbers(self, folded: str) -> tuple[int, ...] | None:
        """Give the letters of a folded string, or None if the store lacks one of them."""
        wanted = [ord(char) for char in folded]
        found = np.searchsorted(self.code_points, wanted)
        if any(at == len(self) or self.code_points[at] != code for at, code in zip(found, wanted, strict=True)):
            return None
        return tuple(found.tolist())

    def symbols(self, text: str) -> tuple[int, ...] | None:
        """Give the symbols of a string as it is written, or None if the store lacks one of them."""
        numbers = [self._symbol_numbers.get(ord(char)) for char in text]
        return None if None in numbers else tuple(number for number in numbers if number is not None)

    @cached_property
    def _symbol_numbers(self) -> dict[int, int]:
        return {code: number for number, code in enumerate(self._alphabet.tolist())}

    @cached_property
    def is_barrier(self) -> npt.NDArray[np.bool_]:
        """Whether each letter ends a sentence, which mode `loose` never crosses."""
        return np.array([chr(code) in SENTENCE_ENDS for code in self.code_points], dtype=bool)

    @cached_property
    def is_mark(self) -> npt.NDArray[np.bool_]:
        """Whether each letter is one that mode `loose` drops: punctuation or a symbol, no sentence end."""
        marks = [unicodedata.category(chr(code))[0] in "PS" for code in self.code_points.tolist()]
        return np.array(marks, dtype=bool) & ~self.is_barrier

    @cached_property
    def may_be_mark(self) -> npt.NDArray[np.bool_]:
        """Whether each number that pairs hold can stand for a mark; the end of a text does not."""
        marks = np.append(self.is_mark[: self.end], False)
        if len(self) > MOST_PAIRED:
            marks[MOST_PAIRED - 1] = True  # shared by all letters from there on
        return marks

    @cached_property
    def is_word(self) -> npt.NDArray[np.bool_]:
        """Whether each letter can begin a word that ranks: letters and digits of any script."""
        return np.array([chr(code).isalnum() for code in self.code_points], dtype=bool)

    @cached_property
    def space_symbols(self) -> npt.NDArray[np.bool_]:
        """Whether each symbol is white space that folding keeps as one space."""
        space = np.searchsorted(self.code_points, ord(" "))
        found: npt.NDArray[np.bool_] = self.folded == space
        return found if space < len(self) and self.code_points[space] == ord(" ") else np.zeros(len(found), dtype=bool)
