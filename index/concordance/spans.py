"""Spans: many places of the stream, each with the text that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Half-open ranges of the stream.

    Attributes:
        starts: Rising; ranges of the same start rise by their ends.
        ends: Of each.
        texts: The text that holds each.

    Always: each lies in one text and is not empty.
    """

    starts: Places
    ends: Places
    texts: Places

    def __len__(self) -> int:
        return len(self.starts)

    def where(self, chosen: npt.NDArray[Any]) -> Spans:
        """Keep some, given by a mask or by rising indices."""
        return Spans(self.starts[chosen], self.ends[chosen], self.texts[chosen])

    def part(self, first: int, last: int) -> Spans:
        """Give a half-open range of them."""
        return Spans(self.starts[first:last], self.ends[first:last], self.texts[first:last])


_NOTHING: Places = np.zeros(0, dtype=np.int64)
NO_SPANS = Spans(_NOTHING, _NOTHING, _NOTHING)


def join(parts: Sequence[Spans]) -> Spans:
    """Put spans one behind the other."""
    if not parts:
        return NO_SPANS
    return Spans(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("starts", "ends", "texts")))


def apart(starts: Places, ends: Places) -> npt.NDArray[Any]:
    """Take, from the left, ranges that do not overlap.

    Args:
        starts: Where ranges begin, rising.
        ends: Where each ends.

    Returns:
        What chooses those taken.
    """
    touching = starts[1:] < ends[:-1]
    if not touching.any():
        return np.arange(len(starts))
    taken, last = [], -1
    for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if start >= last:
            taken.append(at)
            last = end
    return np.array(taken, dtype=np.int64)


def union(parts: list[Spans]) -> Spans:
    """Join spans; a range that several parts have is taken once."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:
        return parts[0] if parts else NO_SPANS
    joined = join(parts)
    joined = joined.where(np.lexsort((joined.ends, joined.starts)))
    starts, ends, texts = joined.starts, joined.ends, joined.texts
    new = np.append(True, (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1]))
    return Spans(starts[new], ends[new], texts[new])


def free_of(starts: Places, ends: Places, taken: Spans) -> Mask:
    """Tell which ranges overlap none of some that do not overlap each other."""
    before = taken.starts.searchsorted(starts, side="right") - 1
    left = (before < 0) | (taken.ends[before] <= starts) if len(taken) else np.ones(len(starts), dtype=bool)
    after = taken.starts.searchsorted(starts, side="left")
    padded = np.append(taken.starts, np.iinfo(np.int64).max)
    mask: Mask = left & (padded[after] >= ends)
    return mask
