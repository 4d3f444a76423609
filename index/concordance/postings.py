"""Where each pair of letters stands: a directory of pairs, and for each the rising list of its places.

A pair is a letter and the one behind it, or the end of the text; so every place of the stream is in one list. Files:

* `pairs.first.bin`: uint32 for each letter, the first of its lists, one more at the end; lists are sorted by both letters;
* `pairs.second.bin`: uint16 second letter of each list; `count.bin`: its length in one byte, 255 for "see large";
* `pairs.large.bin`: uint32 number and length of the lists that are longer than a byte can say;
* `pairs.anchor.bin`: uint64 byte in the two following files of every ANCHOR-th list of each first letter;
* `pairs.low.bin`, `pairs.high.bin`: the lists (`coding`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from archive.text_store import CheckedFolder
from index.concordance import coding

PARTS = ("first", "second", "count", "large", "anchor", "low", "high")
FILES = tuple(f"pairs.{part}.bin" for part in PARTS)
ANCHOR = 64
LARGE = 255

Places = npt.NDArray[np.int64]


class Postings:
    """The lists, opened."""

    def __init__(self, files: CheckedFolder, universe: int) -> None:
        """Map the lists; nothing is read yet but their directory.

        Args:
            files: The folder.
            universe: Length of the stream.
        """
        self._universe = universe
        first, second, count, large, anchor, low, high = FILES
        self._first = files.array(first, "<u4").whole()
        self._second = files.array(second, "<u2").whole()
        self._count = files.array(count, "u1").whole()
        long_lists = files.array(large, "<u4").whole().reshape(-1, 2)
        self._large, self._large_counts = np.ascontiguousarray(long_lists[:, 0]), long_lists[:, 1]
        self._anchors = files.array(anchor, "<u8").whole().reshape(-1, 2)
        self._low, self._high = files.array(low, "u1"), files.array(high, "u1")
        groups = -(-np.diff(self._first.astype(np.int64)) // ANCHOR)
        self._anchor_of = np.cumsum(groups) - groups

    def find(self, first: int, second: int) -> int:
        """Give the number of the list of a pair, or -1."""
        start, stop = int(self._first[first]), int(self._first[first + 1])
        at = start + int(self._second[start:stop].searchsorted(second))
        return at if at < stop and self._second[at] == second else -1

    def count(self, number: int) -> int:
        """Give the length of a list."""
        if number < 0:
            return 0
        count = int(self._count[number])
        return count if count < LARGE else int(self._large_counts[self._large.searchsorted(number)])

    def _counts(self, start: int, stop: int) -> Places:
        counts = self._count[start:stop].astype(np.int64)
        for at in np.flatnonzero(counts == LARGE).tolist():
            counts[at] = self._large_counts[self._large.searchsorted(start + at)]
        return counts

    def read(self, first: int, number: int) -> Places:
        """Read the list of a number, which is one of a first letter; empty for -1."""
        if number < 0:
            return np.zeros(0, dtype=np.int64)
        low, high = self._bytes_before(first, number)
        count = self.count(number)
        (low_size,), (high_size,) = coding.sizes(np.array([count]), self._universe)
        return coding.decode(
            self._low.slice(low, low + int(low_size)), self._high.slice(high, high + int(high_size)), count, self._universe
        )

    def _bytes_before(self, first: int, number: int) -> tuple[int, int]:
        start = int(self._first[first])
        group, rest = divmod(number - start, ANCHOR)
        low, high = self._anchors[int(self._anchor_of[first]) + group].tolist()
        if rest:
            lows, highs = coding.sizes(self._counts(number - rest, number), self._universe)
            low, high = low + int(lows.sum()), high + int(highs.sum())
        return low, high

    def count_first(self, first: int) -> int:
        """Give how often a letter is the first of a pair."""
        return int(self._counts(int(self._first[first]), int(self._first[first + 1])).sum())

    def read_first(self, first: int) -> Places:
        """Read all places where a letter is the first of a pair, rising."""
        _, _, found = self.read_lists(first)
        found.sort()
        return found

    def read_lists(self, first: int) -> tuple[npt.NDArray[np.integer[Any]], Places, Places]:
        """Read all lists of a first letter.

        Returns:
            The second letter of each, the length of each, and the lists one behind the other.
        """
        seconds, counts = self.seconds(first)
        if not len(counts):
            return seconds, counts, np.zeros(0, dtype=np.int64)
        low, high = self._bytes_before(first, int(self._first[first]))
        lows, highs = coding.sizes(counts, self._universe)
        found = coding.decode_many(
            self._low.slice(low, low + int(lows.sum())), self._high.slice(high, high + int(highs.sum())), counts, self._universe
        )
        return seconds, counts, found

    def seconds(self, first: int) -> tuple[npt.NDArray[np.integer[Any]], Places]:
        """Give the letters that follow a letter, rising, and how often each does."""
        start, stop = int(self._first[first]), int(self._first[first + 1])
        return self._second[start:stop], self._counts(start, stop)
