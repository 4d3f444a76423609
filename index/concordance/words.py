"""Words as bits over the stream: one for each character, set where jieba begins a word.

A string is a word where it stands with a bit at its beginning, one behind its end, and none between. So the places of any word are
those of the string, filtered, and words need no postings of their own: an eighth of a byte a character.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.text_store import CheckedArray, CheckedFolder, TextStore
from index.analysis.segmenter import word_cutter
from index.concordance.sorting import CHUNK, opened
from index.concordance.workers import Workers

FILES = ("words.bin", "words.lengths.bin", "letters.documents.bin", "letters.words.bin")

Numbers = npt.NDArray[np.integer[Any]]


class WordBounds:
    """Where words begin.

    Attributes:
        lengths: For each document, its number of words; all 0 if the index was built without words.
        letter_documents: For each letter, in how many documents it stands.
        word_documents: For each letter, in how many documents it is a word by itself.
    """

    def __init__(self, files: CheckedFolder) -> None:
        self._bits: CheckedArray = files.array("words.bin", "u1")
        self.lengths = files.array("words.lengths.bin", "<u4").whole()
        self.letter_documents = files.array("letters.documents.bin", "<u4").whole()
        self.word_documents = files.array("letters.words.bin", "<u4").whole()

    def __bool__(self) -> bool:
        return len(self._bits) > 0

    def are_words(self, places: Numbers, length: int) -> npt.NDArray[np.bool_]:
        """Tell at which of some places a string of a length is a word."""
        found = self._at(places) & self._at(places + length)
        for inner in range(1, length):
            found &= ~self._at(places + inner)
        return found

    def single(self, start: int, stop: int) -> npt.NDArray[np.bool_]:
        """Tell which characters of a half-open range of the stream are words by themselves."""
        bits = np.unpackbits(self._bits.slice(start >> 3, (stop >> 3) + 1), bitorder="little")[start & 7 :]
        single: npt.NDArray[np.bool_] = bits[: stop - start] & bits[1 : stop - start + 1] > 0
        return single

    def _at(self, places: Numbers) -> npt.NDArray[np.bool_]:
        bits: npt.NDArray[np.bool_] = (self._bits.take(places >> 3) >> (places & 7).astype(np.uint8)) & 1 > 0
        return bits


def _document_ranges(store: TextStore) -> list[tuple[int, int]]:
    """Cut the documents into half-open ranges of about CHUNK characters."""
    starts = store.texts.whole()[store.document_texts[:, 0]]
    edges = [0]
    while edges[-1] < len(store):
        goal = int(starts[edges[-1]]) + CHUNK
        edges.append(min(max(int(np.searchsorted(starts, goal)), edges[-1] + 1), len(store)))
    return list(pairwise(edges))


def cut_documents(
    store_folder: Path, work: Path, number: int, documents: tuple[int, int], words: tuple[str, ...] | None
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Cut a range of documents into words and write a byte for each character: 1 where a word begins.

    Returns:
        The number of words of each document; for each letter, in how many of them it stands, and in how many it is a word alone.
    """
    store, letters = opened(store_folder)
    lengths = np.zeros(documents[1] - documents[0], dtype=np.uint32)
    letter_documents, word_documents = np.zeros((2, len(letters)), dtype=np.uint32)
    with (work / f"words-{number}").open("wb") as file:
        for at, (first, removed) in enumerate(store.document_texts[documents[0] : documents[1]].tolist()):
            last = int(store.document_texts[documents[0] + at + 1, 0])
            present, alone = np.zeros((2, len(letters)), dtype=bool)
            for start, stop in _pieces(store, first, last):
                edges = store.texts.slice(start, stop + 1).astype(np.int64)
                stream = letters.of(store.stream.slice(int(edges[0]), int(edges[-1])))
                passages = stream[: max(int(edges[min(max(removed - start, 0), stop - start)] - edges[0]), 0)]
                present[passages] = True
                if words is not None:
                    begins = _begins(letters.code_points[stream], edges - edges[0], words)
                    lengths[at] += np.count_nonzero(begins[: len(passages)] & letters.is_word[passages])
                    alone[passages[begins[: len(passages)] & np.append(begins[1:], True)[: len(passages)]]] = True
                    file.write(begins.tobytes())
            letter_documents += present
            word_documents += alone
    return lengths, letter_documents, word_documents


def _pieces(store: TextStore, first: int, last: int) -> list[tuple[int, int]]:
    """Cut a range of texts into half-open ranges of about CHUNK characters."""
    starts = store.texts.slice(first, last + 1)
    edges = [first]
    while edges[-1] < last:
        goal = int(starts[edges[-1] - first]) + CHUNK
        edges.append(min(max(first + int(np.searchsorted(starts, goal)), edges[-1] + 1), last))
    return list(pairwise(edges))


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


def write_words(folder: Path, work: Path, store: TextStore, words: tuple[str, ...] | None, workers: Workers) -> None:
    """Write word bounds and the lengths that ranking needs.

    Args:
        folder: Takes the files.
        work: A folder for what lies between.
        store: The texts.
        words: The archive's own words, folded; None to leave words out.
        workers: Who does it.
    """
    ranges = _document_ranges(store)
    _, letters = opened(store.folder)
    letter_totals, word_totals = np.zeros((2, len(letters)), dtype=np.uint32)
    count = len(ranges)
    with (folder / "words.bin").open("wb") as bits_file, (folder / "words.lengths.bin").open("wb") as lengths_file:
        rest = np.zeros(0, dtype=np.uint8)
        cut = workers.map(cut_documents, [store.folder] * count, [work] * count, range(count), ranges, [words] * count)
        for number, (lengths, letter_documents, word_documents) in enumerate(cut):
            lengths_file.write(lengths.astype("<u4").tobytes())
            letter_totals += letter_documents
            word_totals += word_documents
            begins = np.append(rest, np.fromfile(work / f"words-{number}", dtype=np.uint8))
            whole = len(begins) >> 3 << 3
            bits_file.write(np.packbits(begins[:whole], bitorder="little").tobytes())
            rest = begins[whole:]
            (work / f"words-{number}").unlink()
        if words is not None:  # the end of the stream is the end of a word
            bits_file.write(np.packbits(np.append(rest, 1), bitorder="little").tobytes())
    letter_totals.astype("<u4").tofile(folder / "letters.documents.bin")
    word_totals.astype("<u4").tofile(folder / "letters.words.bin")
