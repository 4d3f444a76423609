"""Writing a text store: of documents, or of documents that other stores hold.

Memory stays within a few megabytes whatever is written. Many processes write one store together by writing one each of their share,
which are then merged; an update merges the old store with one of the changed documents. So there is one way to write, and every
store is whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from archive.document import Document
from archive.errors import StorageFailed
from archive.files import storage_errors
from archive.metadata import metadata_to_fields
from archive.script import script_of_counts
from archive.structure import label_passages
from archive.text_store.characters import code_points, count_telling, find_dropped
from archive.text_store.checked import seal
from archive.text_store.store import BLOCK_KINDS, FILES, TextStore

_MOST_CHARACTERS = (1 << 32) - 1
_BLOCK = 1 << 20
"""Characters that are copied at a time."""

Codes = npt.NDArray[np.uint32]


class _Alphabet:
    """Gives every code point a number, in the order in which they first come."""

    def __init__(self) -> None:
        self._symbols = np.full(0x110000, -1, dtype=np.int32)
        self._code_points: list[Codes] = []
        self.size = 0

    def encode(self, codes: Codes) -> npt.NDArray[np.int32]:
        symbols: npt.NDArray[np.int32] = self._symbols[codes]
        if symbols.size and symbols.min() < 0:
            new = np.unique(codes[symbols < 0])
            self._symbols[new] = np.arange(self.size, self.size + len(new), dtype=np.int32)
            self._code_points.append(new)
            self.size += len(new)
            symbols = self._symbols[codes]
        return symbols

    def code_points(self) -> Codes:
        return np.concatenate(self._code_points) if self._code_points else np.zeros(0, dtype=np.uint32)


class _Symbols:
    """A file of symbols, as narrow as the alphabet allows so far."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._dtype = "<u2"

    def write(self, symbols: npt.NDArray[np.integer]) -> None:
        self._file.write(symbols.astype(self._dtype).tobytes())

    def widen(self) -> None:
        """Go on with 32 bits a symbol, and bring what is written into that form."""
        if self._dtype == "<u4":
            return
        self._dtype = "<u4"
        path = Path(self._file.name)
        self._file.flush()
        narrow = np.fromfile(path, dtype="<u2")
        self._file.seek(0)
        self._file.write(narrow.astype("<u4").tobytes())


class _Writer:
    """Writes the files of one store, document after document in order of id."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        self._folder = folder
        self._files = {name: opened.enter_context((folder / name).open("w+b")) for name in FILES}
        self._alphabet = _Alphabet()
        self._stream, self._dropped = _Symbols(self._files["stream.bin"]), _Symbols(self._files["dropped.bin"])
        self._kept_count = self._dropped_count = self._text_count = self._bytes = 0
        self._last = ""

    def add(self, document: Document) -> None:
        """Write a document."""
        texts = [*document.passages, *(removed.text for removed in document.removed)]
        codes = code_points("".join(texts))
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)), out=starts[1:])
        dropped = find_dropped(codes, starts)
        before = np.searchsorted(dropped, starts)
        kept = np.delete(codes, dropped) if len(dropped) else codes
        hans, hant = count_telling(codes[: starts[len(document.passages)]])
        self.names([document.id], [f"{alias}\t{document.id}\n" for alias in document.metadata.aliases])
        self._row(len(document.passages))
        self.texts(starts[:-1] - before[:-1], before[:-1])
        self.characters(kept, codes[dropped], dropped - np.arange(len(dropped)))
        blocks = [BLOCK_KINDS.index(block.kind) | block.level << 4 for block in label_passages(document)]
        self.records(bytes(blocks) + bytes(len(document.removed)), _record(document, script_of_counts(hans, hant)))

    def copy(self, store: TextStore, first: int, last: int) -> None:
        """Write a half-open range of the documents of another store."""
        rows = store.document_texts[first : last + 1]
        begin, end = int(rows[0, 0]), int(rows[-1, 0])
        starts = store.texts.slice(begin, end + 1).astype(np.int64)
        drops = store.dropped_texts.slice(begin, end + 1).astype(np.int64)
        self.names(store.ids[first:last], [f"{old}\t{new}\n" for old, new in store.aliases_of(store.ids[first:last])])
        sizes = store.record_sizes(first, last)
        table = np.empty((last - first, 3), dtype="<u8")
        table[:, 0] = rows[:-1, 0] - begin + self._text_count
        table[:, 1] = rows[:-1, 1] - begin + self._text_count
        table[:, 2] = np.cumsum(sizes) - sizes + self._bytes
        self._files["documents.bin"].write(table.tobytes())
        self.texts(starts[:-1] - starts[0], drops[:-1] - drops[0])
        at, letters = store.dropped_at.slice(int(drops[0]), int(drops[-1])).astype(np.int64) - starts[0], store.alphabet
        for start in range(int(starts[0]), int(starts[-1]), _BLOCK) or [int(starts[0])]:
            stop = min(start + _BLOCK, int(starts[-1]))
            low, high = np.searchsorted(at, (start - starts[0], stop - starts[0] if stop < starts[-1] else _MOST_CHARACTERS))
            dropped = letters[store.dropped.slice(int(drops[0]) + int(low), int(drops[0]) + int(high))]
            self.characters(letters[store.stream.slice(start, stop)], dropped, at[low:high] - (start - starts[0]))
        self.records(store.read_block_bytes(begin, end), store.read_records(first, last))

    def names(self, ids: Sequence[str], aliases: Sequence[str]) -> None:
        if ids[0] <= self._last:
            raise ValueError(f"document {ids[0]!r} comes after {self._last!r}")
        self._last = ids[-1]
        self._files["ids.txt"].write("".join(f"{name}\n" for name in ids).encode("ascii"))
        self._files["aliases.txt"].write("".join(aliases).encode("ascii"))

    def _row(self, passages: int) -> None:
        """Write the row of the document whose texts come next."""
        row = np.array([self._text_count, self._text_count + passages, self._bytes], dtype="<u8")
        self._files["documents.bin"].write(row.tobytes())

    def texts(self, starts: npt.NDArray[np.integer], dropped: npt.NDArray[np.integer]) -> None:
        """Write where some texts begin, counted from what is written."""
        self._files["texts.bin"].write((starts + self._kept_count).astype("<u4").tobytes())
        self._files["dropped_texts.bin"].write((dropped + self._dropped_count).astype("<u4").tobytes())
        self._text_count += len(starts)

    def characters(self, kept: Codes, dropped: Codes, at: npt.NDArray[np.integer]) -> None:
        """Write characters of texts; `at` counts from the first of the kept ones."""
        if self._kept_count + len(kept) > _MOST_CHARACTERS:
            raise StorageFailed("the archive has more than 4,294,967,295 characters", hint="split it into several archives")
        symbols, others = self._alphabet.encode(kept), self._alphabet.encode(dropped)
        if self._alphabet.size > 1 << 16:
            self._stream.widen()
            self._dropped.widen()
        self._stream.write(symbols)
        self._dropped.write(others)
        self._files["dropped_at.bin"].write((at + self._kept_count).astype("<u4").tobytes())
        self._kept_count += len(kept)
        self._dropped_count += len(dropped)

    def records(self, blocks: bytes, records: bytes) -> None:
        self._files["blocks.bin"].write(blocks)
        self._bytes += self._files["documents.jsonl"].write(records)

    def finish(self) -> None:
        self._row(0)
        self.texts(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))
        self._files["alphabet.bin"].write(self._alphabet.code_points().astype("<u4").tobytes())
        for file in self._files.values():
            file.flush()
        seal(self._folder, FILES, {"symbols": "<u2" if self._alphabet.size <= 1 << 16 else "<u4"})


def write_text_store(folder: Path, documents: Iterable[Document]) -> None:
    """Write a store of documents.

    Args:
        folder: An empty folder.
        documents: In order of id, each id once.

    Raises:
        StorageFailed: The file system refused.
        ValueError: The documents are not in order.
    """
    with storage_errors(folder), ExitStack() as opened:
        writer = _Writer(folder, opened)
        for document in documents:
            writer.add(document)
        writer.finish()


def merge_text_stores(folder: Path, parts: Iterable[tuple[TextStore, int]]) -> None:
    """Write a store of documents that other stores hold.

    Args:
        folder: An empty folder.
        parts: Store and ordinal of each document, in order of id, each id once.

    Raises:
        StorageFailed: The file system refused, or a store is damaged.
        ValueError: The documents are not in order.
    """
    with storage_errors(folder), ExitStack() as opened:
        writer = _Writer(folder, opened)
        for store, first, last in _runs(parts):
            writer.copy(store, first, last)
        writer.finish()


def _runs(parts: Iterable[tuple[TextStore, int]]) -> Iterator[tuple[TextStore, int, int]]:
    """Join documents that follow each other in the same store into half-open ranges."""
    run: tuple[TextStore, int, int] | None = None
    for store, ordinal in parts:
        if run is not None and run[0] is store and run[2] == ordinal:
            run = (store, run[1], ordinal + 1)
        else:
            if run is not None:
                yield run
            run = (store, ordinal, ordinal + 1)
    if run is not None:
        yield run


def _record(document: Document, script: str) -> bytes:
    record = {
        "id": document.id,
        "collection": document.collection,
        "revision": document.revision,
        "script": script,
        "fields": metadata_to_fields(document.metadata),
        "removed": [(removed.source, *removed.span) for removed in document.removed],
    }
    return json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"
