"""TextStore: a finished store, opened for reading."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.document import Block
from archive.text_store.checked import CheckedFolder
from archive.text_store.stored import StoredDocument

FORMAT = "text store 2"
"""Part of an index's fingerprint: a store of another format is built again, not read."""

FILES = (
    "alphabet.bin",
    "stream.bin",
    "texts.bin",
    "dropped.bin",
    "dropped_at.bin",
    "dropped_texts.bin",
    "blocks.bin",
    "documents.bin",
    "documents.jsonl",
    "ids.txt",
    "aliases.txt",
)
BLOCK_KINDS = ("paragraph", "front", "heading", "turn")
"""A block is a byte: the number of its kind, and its level times 16."""


@lru_cache(maxsize=256)
def _block(byte: int) -> Block:
    return Block(BLOCK_KINDS[byte & 15], byte >> 4)


class TextStore:
    """A finished store, opened for reading; any number of threads and processes may.

    Attributes:
        folder: Where it lies.
        stream: Symbols of the kept characters of all texts.
        texts: Start of each text in the stream, one more at the end.
        dropped: Symbols of the dropped characters.
        dropped_at: For each of them, the place of the stream before which it stands.
        dropped_texts: First dropped character of each text, one more at the end.

    Always: what is read was verified against its checksum (`checked`); damage raises StorageFailed.
    """

    def __init__(self, folder: Path) -> None:
        """Map a store.

        Raises:
            FileNotFoundError: A file of it is missing.
            StorageFailed: A file is not what was written.
        """
        self.folder = folder
        self._files = files = CheckedFolder(folder, FILES)
        symbols = str(files.facts["symbols"])
        self.stream = files.array("stream.bin", symbols)
        self.texts = files.array("texts.bin", "<u4")
        self.dropped = files.array("dropped.bin", symbols)
        self.dropped_at = files.array("dropped_at.bin", "<u4")
        self.dropped_texts = files.array("dropped_texts.bin", "<u4")
        self._blocks = files.array("blocks.bin", "u1")
        self._rows = files.array("documents.bin", "<u8")
        self._records = files.array("documents.jsonl", "u1")

    def __len__(self) -> int:
        return len(self._rows) // 3 - 1

    def __iter__(self) -> Iterator[StoredDocument]:
        return map(self.__getitem__, range(len(self)))

    def __contains__(self, document: object) -> bool:
        return isinstance(document, StoredDocument) and document.id in self._ordinals

    def __getitem__(self, ordinal: int) -> StoredDocument:
        """Give the document of an ordinal, 0-based; ordinals follow the order of ids."""
        if not 0 <= ordinal < len(self):
            raise IndexError(ordinal)
        return StoredDocument(
            self.ids[ordinal],
            partial(self._record, ordinal),
            partial(self._passages, ordinal),
            partial(self._removed, ordinal),
            partial(self._document_blocks, ordinal),
        )

    def _record(self, ordinal: int) -> Any:
        _, _, start, _, _, end = self._rows.slice(3 * ordinal, 3 * ordinal + 6).tolist()
        return json.loads(self._records.slice(start, end).tobytes())

    def _passages(self, ordinal: int) -> tuple[str, ...]:
        first, removed = self.document_texts[ordinal].tolist()
        return self.read_texts(first, removed)

    def _removed(self, ordinal: int) -> tuple[str, ...]:
        return self.read_texts(int(self.document_texts[ordinal, 1]), int(self.document_texts[ordinal + 1, 0]))

    def _document_blocks(self, ordinal: int) -> tuple[Block, ...]:
        return tuple(_block(byte) for byte in self._blocks.slice(*self.document_texts[ordinal].tolist()).tolist())

    def find(self, name: str) -> StoredDocument | None:
        """Find a document by id, or give None."""
        ordinal = self._ordinals.get(name)
        return None if ordinal is None else self[ordinal]

    def ordinal_of(self, name: str) -> int | None:
        """Give the ordinal of a document, or None."""
        return self._ordinals.get(name)

    def alias_of(self, name: str) -> str | None:
        """Give the id that a former id became, or None; an id in use is no alias."""
        return None if name in self._ordinals else self._aliases.get(name)

    @cached_property
    def alphabet(self) -> npt.NDArray[np.uint32]:
        """Code point of each symbol."""
        return self._files.array("alphabet.bin", "<u4").whole()

    @cached_property
    def document_texts(self) -> npt.NDArray[np.int64]:
        """For each document, in two columns, its first text and its first removed piece; one more row at the end."""
        return np.ascontiguousarray(self._rows.whole().reshape(-1, 3)[:, :2].astype(np.int64))

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return dict(reversed(self._alias_lines))

    @cached_property
    def _alias_lines(self) -> list[tuple[str, str]]:
        lines = self._files.text("aliases.txt", "ascii").splitlines()
        return [(old, new) for old, new in (line.split("\t") for line in lines)]

    @cached_property
    def _ordinals(self) -> dict[str, int]:
        return {name: ordinal for ordinal, name in enumerate(self.ids)}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids, sorted."""
        return tuple(self._files.text("ids.txt", "ascii").split())

    @property
    def characters(self) -> int:
        """Code points of all passages and removed pieces together."""
        return len(self.stream) + len(self.dropped)

    def read_texts(self, first: int, last: int) -> tuple[str, ...]:
        """Read a half-open range of texts."""
        if first >= last:
            return ()
        starts = self.texts.slice(first, last + 1).astype(np.int64)
        begins = self.dropped_texts.slice(first, last + 1).astype(np.int64)
        symbols = self.stream.slice(int(starts[0]), int(starts[-1]))
        if begins[-1] > begins[0]:
            symbols = self._with_dropped(symbols, int(starts[0]), int(begins[0]), int(begins[-1]))
        text = self.alphabet[symbols].tobytes().decode("utf-32-le")
        edges = (starts - starts[0] + begins - begins[0]).tolist()
        return tuple(text[start:end] for start, end in pairwise(edges))

    def read_some(self, texts: Sequence[int]) -> list[str]:
        """Read some texts, in the order given; for many short ones this is faster than one by one."""
        numbers = np.array(texts, dtype=np.int64)
        edges = (
            self.texts.take(numbers),
            self.texts.take(numbers + 1),
            self.dropped_texts.take(numbers),
            self.dropped_texts.take(numbers + 1),
        )
        parts: list[npt.NDArray[np.integer]] = []
        for start, end, first, last in zip(*(row.tolist() for row in edges), strict=True):
            symbols = self.stream.slice(start, end)
            parts.append(symbols if first == last else self._with_dropped(symbols, start, first, last))
        whole = str(self.alphabet[np.concatenate(parts)].tobytes(), "utf-32-le") if parts else ""
        found, at = [], 0
        for part in parts:
            found.append(whole[at : at + len(part)])
            at += len(part)
        return found

    def _with_dropped(self, kept: npt.NDArray[np.integer], start: int, first: int, last: int) -> npt.NDArray[np.integer]:
        """Put dropped characters back among kept ones that begin at a place of the stream."""
        places = self.dropped_at.slice(first, last).astype(np.int64) - start + np.arange(last - first)
        whole = np.empty(len(kept) + last - first, dtype=kept.dtype)
        is_kept = np.ones(len(whole), dtype=bool)
        is_kept[places] = False
        whole[places] = self.dropped.slice(first, last)
        whole[is_kept] = kept
        return whole

    def offsets(self, texts: npt.NDArray[np.integer], places: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Tell at which code point of its text, 0-based, the character at each place of the stream stands.

        Args:
            texts: The text of each place.
            places: Where the characters stand.
        """
        offsets: npt.NDArray[np.int64] = places.astype(np.int64) - self.texts.take(texts)
        first = self.dropped_texts.take(texts)
        if (first != self.dropped_texts.take(texts + 1)).any():
            before = self.dropped_at.whole().searchsorted(places.astype(np.uint32), side="right")
            offsets += before - first.astype(np.int64)
        return offsets

    def places_in_text(self, text: int, offsets: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Tell at which places of the stream the kept characters at some code points of a text, 0-based, stand."""
        start = int(self.texts.slice(text, text + 1)[0])
        first, last = self.dropped_texts.slice(text, text + 2).tolist()
        places = offsets.astype(np.int64) + start
        if last > first:
            dropped = self.dropped_at.slice(first, last).astype(np.int64) - start + np.arange(last - first)
            places -= np.searchsorted(dropped, offsets)
        return places

    def blocks_of(self, texts: Sequence[int]) -> tuple[Block, ...]:
        """Tell what some passages are, given by their numbers among all texts."""
        return tuple(_block(byte) for byte in self._blocks.take(np.array(texts, dtype=np.int64)).tolist())

    # -- for merging -----------------------------------------------------------------------------------------------

    def aliases_of(self, names: Collection[str]) -> list[tuple[str, str]]:
        """List the former ids of some documents, each with the id that it became."""
        wanted = set(names)
        return [(old, new) for old, new in self._alias_lines if new in wanted]

    def record_sizes(self, first: int, last: int) -> npt.NDArray[np.uint64]:
        """Give the number of bytes of each record of a half-open range of documents."""
        return np.diff(self._rows.slice(3 * first, 3 * last + 3)[2::3])

    def read_records(self, first: int, last: int) -> bytes:
        """Read the records of a half-open range of documents."""
        edges = self._rows.slice(3 * first, 3 * last + 3)[2::3]
        return self._records.slice(int(edges[0]), int(edges[-1])).tobytes()

    def read_block_bytes(self, first: int, last: int) -> bytes:
        """Read the blocks of a half-open range of texts as they are stored."""
        return self._blocks.slice(first, last).tobytes()

    def verify(self) -> None:
        """Read everything.

        Raises:
            StorageFailed: Something is not what was written; the file is named.
        """
        self._files.verify()
