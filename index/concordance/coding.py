"""Rising lists of numbers in little space: Elias-Fano codes, many lists at a time.

A list of n numbers below a universe u is cut into low and high parts. The low parts have floor(log2(u / n)) bits each and stand one
behind the other; the high parts are written in unary: bit `high + i` is set for the i-th number. That costs about 2 + log2(u / n)
bits a number, near the least possible for random places. Each list begins at a byte, in a stream of low and in one of high parts.
Source: P. Elias, "Efficient storage and retrieval by content and address of static files", 1974; R. Fano, 1971.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]]
Bytes = npt.NDArray[np.uint8]


def low_bits(counts: Numbers, universe: int) -> npt.NDArray[np.int64]:
    """Give the width of the low parts of lists of so many numbers."""
    ratio = np.maximum(universe // np.maximum(counts, 1), 1)
    width: npt.NDArray[np.int64] = np.frexp(ratio.astype(np.float64))[1].astype(np.int64) - 1
    return width


def sizes(counts: Numbers, universe: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give the bytes of the low and of the high parts of lists of so many numbers."""
    counts = counts.astype(np.int64)
    width = low_bits(counts, universe)
    return (counts * width + 7) >> 3, (counts + (max(universe - 1, 0) >> width) + 8) >> 3


def encode(numbers: Numbers, counts: Numbers, universe: int) -> tuple[bytes, bytes]:
    """Code lists.

    Args:
        numbers: The lists one behind the other, each rising.
        counts: Length of each, at least 1.
        universe: All numbers are below it.

    Returns:
        Low and high parts.
    """
    width = low_bits(counts, universe)
    low_size, high_size = sizes(counts, universe)
    low_start, high_start = (np.cumsum(low_size) - low_size) << 3, (np.cumsum(high_size) - high_size) << 3
    counts = counts.astype(np.int64)
    first = np.cumsum(counts) - counts
    rank = np.arange(len(numbers)) - np.repeat(first, counts)
    widths = np.repeat(width, counts)
    values = numbers.astype(np.uint64)
    shifts = widths.astype(np.uint64)
    low = values & ((np.uint64(1) << shifts) - np.uint64(1))
    place = np.repeat(low_start, counts) + rank * widths
    lows = _pack(low, place, widths, int(low_size.sum()))
    bits = np.zeros(int(high_size.sum()) << 3, dtype=np.uint8)
    bits[np.repeat(high_start, counts) + (values >> shifts).astype(np.int64) + rank] = 1
    return lows, np.packbits(bits, bitorder="little").tobytes()


def _pack(values: npt.NDArray[np.uint64], places: npt.NDArray[np.int64], widths: npt.NDArray[np.int64], size: int) -> bytes:
    """Write numbers of some bits each at rising, disjoint bit places into a string of bytes."""
    words = np.zeros((size >> 3) + 2, dtype=np.uint64)
    if len(values):
        word, shift = places >> 6, places & 63
        starts = np.flatnonzero(np.diff(word, prepend=-1))
        words[word[starts]] = np.bitwise_or.reduceat(values << shift.astype(np.uint64), starts)
        over = np.flatnonzero(shift + widths > 64)
        words[word[over] + 1] |= values[over] >> (64 - shift[over]).astype(np.uint64)
    return words.astype("<u8").tobytes()[:size]


def decode(low: Bytes, high: Bytes, count: int, universe: int) -> npt.NDArray[np.int64]:
    """Read one list of `count` numbers."""
    width = (universe // count).bit_length() - 1 if universe > count else 0
    numbers = np.flatnonzero(np.unpackbits(high, bitorder="little")) - np.arange(count)
    if width:
        numbers <<= width
        numbers |= _unpack(low, np.arange(0, count * width, width), (1 << width) - 1)
    return numbers


def decode_many(low: Bytes, high: Bytes, counts: Numbers, universe: int) -> npt.NDArray[np.int64]:
    """Read lists that stand one behind the other; they come in their order, each rising."""
    counts = counts.astype(np.int64)
    width = low_bits(counts, universe)
    low_size, high_size = sizes(counts, universe)
    low_start, high_start = (np.cumsum(low_size) - low_size) << 3, (np.cumsum(high_size) - high_size) << 3
    first = np.cumsum(counts) - counts
    rank = np.arange(int(counts.sum())) - np.repeat(first, counts)
    widths = np.repeat(width, counts)
    numbers = np.flatnonzero(np.unpackbits(high, bitorder="little")) - rank - np.repeat(high_start, counts)
    numbers <<= widths
    numbers |= _unpack(low, np.repeat(low_start, counts) + rank * widths, (np.int64(1) << widths) - 1)
    return numbers


def _unpack(data: Bytes, places: npt.NDArray[np.int64], masks: Any) -> npt.NDArray[np.int64]:
    """Read numbers of at most 56 bits at bit places of a string of bytes."""
    padded = np.zeros(len(data) + 8, dtype=np.uint8)
    padded[: len(data)] = data
    words = np.ndarray((len(data) + 1,), dtype="<i8", buffer=padded.data, strides=(1,))
    found: npt.NDArray[np.int64] = (words[places >> 3] >> (places & 7)) & masks
    return found
