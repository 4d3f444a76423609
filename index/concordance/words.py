"""Words as bits over the stream: one for each character, set where jieba begins a word.

A string is a word where it stands with a bit at its beginning, one behind its end, and none between. So the places of any word are
those of the string, filtered, and words need no postings of their own: an eighth of a byte a character.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.text_store import CheckedArray, CheckedFolder, TextStore
from index.analysis.segmenter import word_cutter
from index.concordance.sorting import cut_evenly, opened
from index.workers import Workers

FILES = ("words.bin", "words.lengths.bin")

Numbers = npt.NDArray[np.integer[Any]]


class WordBounds:
    """Where words begin.

    Attributes:
        lengths: For each document, its number of words; all 0 if the index was built without words.
    """

    def __init__(self, files: CheckedFolder) -> None:
        self._bits: CheckedArray = files.array("words.bin", "u1")
        self.lengths = files.array("words.lengths.bin", "<u4").whole()

    def __bool__(self) -> bool:
        return len(self._bits) > 0

    def are_words(self, places: Numbers, length: int) -> npt.NDArray[np.bool_]:
        """Tell at which of some places a string of a length is a word."""
        found = self._at(places) & self._at(places + length)
        for inner in range(1, length):
            found &= ~self._at(places + inner)
        return found

    def _at(self, places: Numbers) -> npt.NDArray[np.bool_]:
        bits: npt.NDArray[np.bool_] = (self._bits.take(places >> 3) >> (places & 7).astype(np.uint8)) & 1 > 0
        return bits


@dataclass(frozen=True)
class Known:
    """Words that an older index holds already.

    Attributes:
        index: Its folder.
        text: Folder of its text store.
        ordinals: For each document of the new store, its ordinal in the old one, or -1.
    """

    index: Path
    text: Path
    ordinals: npt.NDArray[np.int64]


def cut_documents(
    store_folder: Path,
    work: Path,
    number: int,
    documents: tuple[int, int],
    words: tuple[str, ...],
    chunk: int,
    known: Known | None,
) -> npt.NDArray[np.uint32]:
    """Cut a range of documents into words and write a byte for each character: 1 where a word begins.

    Args:
        store_folder: Of the texts.
        work: Takes the bytes.
        number: Of the piece of work.
        documents: Half-open range.
        words: The archive's own words.
        chunk: Characters that are cut at a time.
        known: Where the words of some of these documents are known, its ordinals those of the range.

    Returns:
        The number of words of each document, removed text left out.
    """
    store, letters = opened(store_folder)
    lengths = np.zeros(documents[1] - documents[0], dtype=np.uint32)
    old = _Old(known) if known is not None and (known.ordinals >= 0).any() else None
    rows = store.document_texts[documents[0] : documents[1] + 1]
    with (work / f"words-{number}").open("wb") as file:
        for at, (first, removed) in enumerate(rows[:-1].tolist()):
            last = int(rows[at + 1, 0])
            done = 0
            for start, stop in cut_evenly(store.texts.slice(first, last + 1), chunk):
                edges = store.texts.slice(first + start, first + stop + 1).astype(np.int64)
                stream = letters.of(store.stream.slice(int(edges[0]), int(edges[-1])))
                passages = stream[: int(edges[min(max(removed - first - start, 0), stop - start)] - edges[0])]
                begins = old.read(at, done, len(stream)) if old is not None else None
                if begins is None:
                    begins = _begins(letters.code_points[stream], edges - edges[0], words)
                lengths[at] += np.count_nonzero(begins[: len(passages)] & letters.is_word[passages])
                file.write(begins.tobytes())
                done += len(stream)
    return lengths


class _Old:
    """Reads known words."""

    def __init__(self, known: Known) -> None:
        store = TextStore(known.text)
        self._starts = store.texts.whole()[store.document_texts[:, 0]].astype(np.int64)
        self._bits = CheckedFolder(known.index, ["words.bin"]).array("words.bin", "u1")
        self._ordinals = known.ordinals

    def read(self, document: int, done: int, size: int) -> npt.NDArray[np.bool_] | None:
        """Read a stretch of a document, or give None if its words are not known."""
        ordinal = int(self._ordinals[document])
        if ordinal < 0:
            return None
        start = int(self._starts[ordinal]) + done
        bits = np.unpackbits(self._bits.slice(start >> 3, (start + size + 7) >> 3), bitorder="little")[start & 7 :][:size]
        return bits.astype(bool)


def _begins(code_points: npt.NDArray[np.uint32], edges: Numbers, words: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Tell which characters of some folded texts begin a word.

    The texts are cut in one go with a line end behind each, which no word reaches across.
    """
    lines = np.insert(code_points, edges[1:], ord("\n"))
    sizes = np.fromiter(map(len, word_cutter(words)(lines.astype("<u4").tobytes().decode("utf-32-le"))), dtype=np.int64)
    begins = np.zeros(len(lines), dtype=bool)
    begins[np.cumsum(sizes) - sizes] = True
    # A piece of several line ends, where texts are empty, is one piece; what follows it begins one.
    kept = np.ones(len(lines), dtype=bool)
    kept[edges[1:] + np.arange(len(edges) - 1)] = False
    return begins[kept]


def write_words(
    folder: Path, work: Path, store: TextStore, words: tuple[str, ...] | None, workers: Workers, known: Known | None = None
) -> None:
    """Write word bounds and the lengths that ranking needs.

    Args:
        folder: Takes the files.
        work: A folder for what lies between.
        store: The texts.
        words: The archive's own words, folded; None to leave words out.
        workers: Who does it.
        known: Words that an older index of the same dictionary holds already.
    """
    with (folder / "words.bin").open("wb") as bits_file, (folder / "words.lengths.bin").open("wb") as lengths_file:
        if words is None:
            lengths_file.write(np.zeros(len(store), dtype="<u4").tobytes())
            return
        starts = store.texts.whole()[store.document_texts[:, 0]]
        tasks = [
            (
                store.folder,
                work,
                number,
                some,
                words,
                workers.chunk,
                known and replace(known, ordinals=known.ordinals[slice(*some)]),
            )
            for number, some in enumerate(cut_evenly(starts, workers.chunk))
        ]
        rest = np.zeros(0, dtype=np.uint8)
        for number, lengths in enumerate(workers.map("words", cut_documents, tasks)):
            lengths_file.write(lengths.astype("<u4").tobytes())
            begins = np.append(rest, np.fromfile(work / f"words-{number}", dtype=np.uint8))
            whole = len(begins) >> 3 << 3
            bits_file.write(np.packbits(begins[:whole], bitorder="little").tobytes())
            rest = begins[whole:]
            (work / f"words-{number}").unlink()
        # The end of the stream is the end of a word.
        bits_file.write(np.packbits(np.append(rest, 1), bitorder="little").tobytes())
