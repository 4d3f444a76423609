"""Sorting every pair of letters by its letters, in little memory: chunks of the stream, then buckets of first letters.

Each chunk of the stream is sorted by first letter and written down. Then each bucket, a range of first letters with about as many
pairs as a chunk, is gathered from all chunks, sorted by both letters, coded and written. Chunks are independent of each other, and
so are buckets; both are work for as many processes as there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.text_store import TextStore
from index.concordance import coding
from index.concordance.letters import Letters
from index.concordance.postings import ANCHOR, FILES, LARGE, PARTS
from index.workers import Workers

Numbers = npt.NDArray[np.integer[Any]]


@lru_cache(maxsize=1)
def opened(folder: Path) -> tuple[TextStore, Letters]:
    """Open a store, once in a process."""
    store = TextStore(folder)
    return store, Letters(store)


def cut_evenly(starts: Numbers, size: int) -> list[tuple[int, int]]:
    """Cut a row of things into half-open ranges.

    Args:
        starts: Where each of them begins, rising, and where the last one ends.
        size: How much a range holds, about; one thing that is larger is a range by itself.
    """
    edges = [0]
    while edges[-1] < len(starts) - 1:
        behind = int(np.searchsorted(starts, int(starts[edges[-1]]) + size, side="right")) - 1
        edges.append(min(max(behind, edges[-1] + 1), len(starts) - 1))
    return list(pairwise(edges))


def sort_chunk(store_folder: Path, work: Path, number: int, texts: tuple[int, int]) -> npt.NDArray[np.uint32]:
    """Write the pairs of one chunk, sorted by first letter; the last letter of a text has its end as neighbour.

    Returns:
        How many pairs begin with each letter.
    """
    store, letters = opened(store_folder)
    starts = store.texts.slice(texts[0], texts[1] + 1).astype(np.int64)
    first = letters.paired(letters.of(store.stream.slice(int(starts[0]), int(starts[-1]))))
    second = np.empty(len(first), dtype="<u2")
    second[:-1] = first[1:]
    ends = starts[1:] - starts[0]
    second[ends[ends > 0] - 1] = letters.end
    order = np.argsort(first, kind="stable")
    (order + starts[0]).astype("<u4").tofile(work / f"{number}.places")
    second[order].tofile(work / f"{number}.second")
    return np.bincount(first, minlength=letters.end).astype(np.uint32)


@dataclass(frozen=True)
class Sorted:
    """What is known of a bucket besides its lists, which lie in files.

    Attributes:
        lists: Number of lists of each first letter.
        low, high: Bytes of the coded lists.
    """

    lists: npt.NDArray[np.uint32]
    low: int
    high: int


def sort_bucket(work: Path, number: int, letters: tuple[int, int], universe: int, chunk: int) -> Sorted:
    """Gather, sort and code the pairs of a range of first letters.

    Args:
        work: Where the chunks lie; the bucket is written there.
        number: Of the bucket.
        letters: Half-open range of first letters.
        universe: Length of the stream.
        chunk: How many pairs are sorted at a time.
    """
    first, stop = letters
    counts = np.load(work / "counts.npy", mmap_mode="r")
    before = counts[:, :first].sum(axis=1)
    sizes = counts[:, first:stop].sum(axis=1)
    places, seconds, firsts = [], [], []
    for part, (start, size) in enumerate(zip(before.tolist(), sizes.tolist(), strict=True)):
        if size:
            places.append(np.fromfile(work / f"{part}.places", dtype="<u4", count=size, offset=4 * start))
            seconds.append(np.fromfile(work / f"{part}.second", dtype="<u2", count=size, offset=2 * start))
            firsts.append(np.repeat(np.arange(stop - first, dtype=np.uint16), counts[part, first:stop]))
    lists = np.zeros(stop - first, dtype=np.uint32)
    low_size = high_size = 0
    beside = work / f"bucket-{number}"
    with (
        beside.with_suffix(".low").open("wb") as low_file,
        beside.with_suffix(".high").open("wb") as high_file,
        beside.with_suffix(".list_second").open("wb") as second_file,
        beside.with_suffix(".list_count").open("wb") as count_file,
    ):
        gathered = np.concatenate(firsts), np.concatenate(seconds), np.concatenate(places)
        for head, second, place in _blocks(*gathered, chunk):
            edges = np.append(0, np.flatnonzero((head[1:] != head[:-1]) | (second[1:] != second[:-1])) + 1)
            length = np.diff(edges, append=len(place))
            lows, highs = coding.encode(place, length, universe)
            low_size += low_file.write(lows)
            high_size += high_file.write(highs)
            second_file.write(second[edges].astype("<u2").tobytes())
            count_file.write(length.astype("<u4").tobytes())
            lists += np.bincount(head[edges], minlength=stop - first).astype(np.uint32)
    return Sorted(lists, low_size, high_size)


def _blocks(first: Numbers, second: Numbers, places: Numbers, chunk: int) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Sort pairs by both letters, in blocks of bounded size that no list reaches across."""
    if len(places) <= 2 * chunk or first.min() != first.max():
        yield _sorted(first, second, places)
        return
    # One frequent letter: take the second letters in ranges.
    for start, stop in cut_evenly(np.append(0, np.cumsum(np.bincount(second))), chunk):
        chosen = np.flatnonzero((second >= start) & (second < stop))
        if len(chosen):
            yield _sorted(first[chosen], second[chosen], places[chosen])


def _sorted(first: Numbers, second: Numbers, places: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    order = np.argsort(second, kind="stable")
    if first.min() != first.max():
        order = order[np.argsort(first[order], kind="stable")]
    return first[order], second[order], places[order]


def write_postings(folder: Path, work: Path, store: TextStore, workers: Workers) -> None:
    """Write the lists of a concordance.

    Args:
        folder: Takes the files.
        work: A folder for what lies between, which the caller removes.
        store: The texts.
        workers: Who does it.
    """
    _, letters = opened(store.folder)
    chunks = cut_evenly(store.texts.whole(), workers.chunk)
    counted = list(workers.map("pairs", sort_chunk, [(store.folder, work, number, texts) for number, texts in enumerate(chunks)]))
    counts = np.array(counted, dtype=np.uint32).reshape(len(chunks), letters.end)
    np.save(work / "counts.npy", counts)
    totals = np.append(0, np.cumsum(counts.sum(axis=0, dtype=np.int64)))
    buckets = [(start, stop) for start, stop in cut_evenly(totals, workers.chunk) if totals[stop] > totals[start]]
    tasks = [(work, number, bucket, len(store.stream), workers.chunk) for number, bucket in enumerate(buckets)]
    _join(folder, work, letters.end, buckets, list(workers.map("lists", sort_bucket, tasks)), len(store.stream))


def _join(
    folder: Path, work: Path, letters: int, buckets: Sequence[tuple[int, int]], parts: Sequence[Sorted], universe: int
) -> None:
    """Put the buckets one behind the other and write the directory."""
    files = dict(zip(PARTS, FILES, strict=True))
    lists = np.zeros(letters + 1, dtype=np.int64)
    done = low = high = 0
    with (
        (folder / files["low"]).open("wb") as low_file,
        (folder / files["high"]).open("wb") as high_file,
        (folder / files["second"]).open("wb") as second_file,
        (folder / files["count"]).open("wb") as count_file,
        (folder / files["large"]).open("wb") as large_file,
        (folder / files["anchor"]).open("wb") as anchor_file,
    ):
        for number, ((start, stop), part) in enumerate(zip(buckets, parts, strict=True)):
            beside = work / f"bucket-{number}"
            low_file.write(beside.with_suffix(".low").read_bytes())
            high_file.write(beside.with_suffix(".high").read_bytes())
            second_file.write(beside.with_suffix(".list_second").read_bytes())
            counts = np.fromfile(beside.with_suffix(".list_count"), dtype="<u4")
            count_file.write(np.minimum(counts, LARGE).astype("u1").tobytes())
            large = np.flatnonzero(counts >= LARGE)
            large_file.write(np.column_stack((large + done, counts[large])).astype("<u4").tobytes())
            lows, highs = coding.sizes(counts, universe)
            starts = np.column_stack((np.cumsum(lows) - lows + low, np.cumsum(highs) - highs + high))
            own = np.cumsum(part.lists, dtype=np.int64) - part.lists
            rank = np.arange(len(counts)) - np.repeat(own, part.lists)
            anchor_file.write(starts[rank % ANCHOR == 0].astype("<u8").tobytes())
            lists[start:stop] = part.lists
            done, low, high = done + len(counts), low + part.low, high + part.high
    firsts = np.cumsum(lists) - lists
    firsts.astype("<u4").tofile(folder / files["first"])
