"""The derived text store: the passages of the indexed revisions as one memory-mapped stream of symbols over an alphabet.

Search, reader and snippets read texts here and nowhere else. A store is one folder:

* `alphabet.bin`: uint32 code point of each symbol;
* `stream.bin`: symbols, uint16, or uint32 where a corpus has more than 65,536 distinct characters;
* `passages.bin`: uint64 start of each passage in the stream, one more at the end;
* `documents.bin`: for each document its first passage, first removed piece and the byte of its record; one more row at the end;
* `documents.jsonl`: one record for each document, in order of id;
* `ids.txt`: the ids, one a line, in the same order;
* `aliases.txt`: former ids, one a line, each with a tab and the id that it became;
* `manifest.json`: sizes and hashes.

Removed text lies in the same stream, behind the passages of its document. Source: plan.md 4; notes engine.md, design 2.

Always: what is read is, character by character, what was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.document import Block, Document, RemovedText
from archive.errors import StorageFailed
from archive.files import storage_errors
from archive.front_matter import Fields
from archive.metadata import Metadata, metadata_from_fields, metadata_to_fields
from archive.script import script_of
from archive.structure import label_passages

FORMAT = "text store 1"
"""Part of an index's fingerprint: a store of another format is built again, not read."""

_ARRAYS = ("alphabet.bin", "stream.bin", "passages.bin", "documents.bin", "documents.jsonl", "ids.txt", "aliases.txt")


@dataclass(frozen=True)
class StoredDocument:
    """A document as the store holds it; texts are read when asked for.

    Attributes:
        id: Permanent name.
        collection: Its collection.
        revision: Ten hexadecimal digits.
        script: hans, hant, mixed, or "" where no character tells.
        fields: Front matter fields, those shared by the collection included.
        blocks: What each passage is, ¶1 first.
    """

    id: str
    collection: str
    revision: str
    script: str
    fields: Fields
    blocks: tuple[Block, ...]
    _read_passages: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)
    _read_removed: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)
    _removed: tuple[tuple[str, int, int], ...]

    @cached_property
    def metadata(self) -> Metadata:
        """The fields, read."""
        return metadata_from_fields(self.fields)[0]

    @cached_property
    def passages(self) -> tuple[str, ...]:
        """Texts of the passages, ¶1 first."""
        return self._read_passages()

    @cached_property
    def removed(self) -> tuple[RemovedText, ...]:
        """What cleaning took out of it."""
        texts = self._read_removed()
        return tuple(
            RemovedText(text, source, (start, end)) for text, (source, start, end) in zip(texts, self._removed, strict=True)
        )


def kept_document(document: Document) -> StoredDocument:
    """Give a document that no store holds, such as a kept text of one that is gone, in the shape of one that a store holds."""
    return StoredDocument(
        document.id,
        document.collection,
        document.revision,
        script_of(document.body),
        metadata_to_fields(document.metadata),
        label_passages(document),
        lambda: document.passages,
        tuple,
        (),
    )


class TextStore:
    """A finished store, opened for reading; any number of threads and processes may.

    Attributes:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        """Map a store.

        Raises:
            FileNotFoundError: A file of it is missing.
            StorageFailed: A file is not what was written.
        """
        self.folder = folder
        manifest = _read_manifest(folder)
        for name, (size, digest) in manifest.files.items():
            # Everything is read once: a flipped bit must be an error here, not a wrong answer later.
            if (folder / name).stat().st_size != size:
                raise _damaged(folder / name, f"it has not the {size} bytes it was written with")
            if _digest(folder / name) != digest:
                raise _damaged(folder / name, "its bytes are not those that were written")
        self._alphabet = np.fromfile(folder / "alphabet.bin", dtype="<u4")
        self._stream = _map(folder / "stream.bin", manifest.symbols)
        self._starts = _map(folder / "passages.bin", "<u8")
        self._rows = _map(folder / "documents.bin", "<u8").reshape(-1, 3)
        self._records = _map(folder / "documents.jsonl", "u1")

    def __len__(self) -> int:
        return len(self._rows) - 1

    def __iter__(self) -> Iterator[StoredDocument]:
        return map(self.__getitem__, range(len(self)))

    def __contains__(self, document: object) -> bool:
        return isinstance(document, StoredDocument) and document.id in self._ordinals

    def __getitem__(self, ordinal: int) -> StoredDocument:
        """Give the document of an ordinal, 0-based; ordinals follow the order of ids."""
        record = json.loads(self._record(ordinal))
        return StoredDocument(
            record["id"],
            record["collection"],
            record["revision"],
            record["script"],
            record["fields"],
            tuple(Block(kind, level) for kind, level in record["blocks"]),
            partial(self._passages, ordinal),
            partial(self._removed_texts, ordinal),
            tuple((source, start, end) for source, start, end in record["removed"]),
        )

    def find(self, name: str) -> StoredDocument | None:
        """Find a document by id, or give None."""
        ordinal = self._ordinals.get(name)
        return None if ordinal is None else self[ordinal]

    def alias_of(self, name: str) -> str | None:
        """Give the id that a former id became, or None; an id in use is no alias."""
        return None if name in self._ordinals else self._aliases.get(name)

    @cached_property
    def _aliases(self) -> dict[str, str]:
        lines = (self.folder / "aliases.txt").read_text(encoding="ascii").splitlines()
        return dict(reversed([line.split("\t") for line in lines]))

    @cached_property
    def _ordinals(self) -> dict[str, int]:
        names = (self.folder / "ids.txt").read_text(encoding="ascii").split()
        return {name: ordinal for ordinal, name in enumerate(names)}

    @property
    def characters(self) -> int:
        """Code points of all passages and removed pieces together."""
        return len(self._stream)

    def _record(self, ordinal: int) -> bytes:
        if not 0 <= ordinal < len(self):
            raise IndexError(ordinal)
        return self._records[int(self._rows[ordinal, 2]) : int(self._rows[ordinal + 1, 2])].tobytes()

    def _passages(self, ordinal: int) -> tuple[str, ...]:
        return self._texts(int(self._rows[ordinal, 0]), int(self._rows[ordinal, 1]))

    def _removed_texts(self, ordinal: int) -> tuple[str, ...]:
        return self._texts(int(self._rows[ordinal, 1]), int(self._rows[ordinal + 1, 0]))

    def _texts(self, first: int, last: int) -> tuple[str, ...]:
        starts = self._starts[first : last + 1].tolist()
        if len(starts) < 2:
            return ()
        text = self._alphabet[self._stream[starts[0] : starts[-1]]].tobytes().decode("utf-32-le")
        return tuple(text[start - starts[0] : end - starts[0]] for start, end in pairwise(starts))


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What a store was written with: type of its symbols; size in bytes and SHA-256 of each file."""

    symbols: str
    files: dict[str, tuple[int, str]]


def _read_manifest(folder: Path) -> _Manifest:
    data = (folder / "manifest.json").read_bytes()
    try:
        manifest = json.loads(data)
        files = {name: (int(manifest["files"][name][0]), str(manifest["files"][name][1])) for name in _ARRAYS}
        return _Manifest(str(manifest["symbols"]), files)
    except (ValueError, KeyError, TypeError, IndexError):
        raise _damaged(folder / "manifest.json", "it is no manifest") from None


def _damaged(file: Path, why: str) -> StorageFailed:
    return StorageFailed(f"{file} is damaged: {why}", hint="yinde reindex --full")


def _map(file: Path, dtype: str) -> npt.NDArray[np.integer]:
    if file.stat().st_size == 0:
        return np.zeros(0, dtype=dtype)
    return np.memmap(file, dtype=dtype, mode="r")


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


class _Alphabet:
    """Gives every code point a number, in the order in which they first come."""

    def __init__(self) -> None:
        self._symbols = np.full(0x110000, -1, dtype=np.int32)
        self._code_points: list[npt.NDArray[np.uint32]] = []
        self._size = 0

    def encode(self, text: str) -> npt.NDArray[np.int32]:
        codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
        new = np.unique(codes[self._symbols[codes] < 0])
        self._symbols[new] = np.arange(self._size, self._size + len(new), dtype=np.int32)
        self._code_points.append(new)
        self._size += len(new)
        symbols: npt.NDArray[np.int32] = self._symbols[codes]
        return symbols

    def code_points(self) -> npt.NDArray[np.uint32]:
        return np.concatenate(self._code_points) if self._code_points else np.zeros(0, dtype=np.uint32)


def write_text_store(folder: Path, documents: Iterable[Document]) -> None:
    """Write a store.

    Args:
        folder: An empty folder.
        documents: In order of id, each id once.

    Raises:
        StorageFailed: The file system refused.
        ValueError: The documents are not in order.
    """
    alphabet = _Alphabet()
    starts, rows, names, aliases, at, byte = [0], list[int](), list[str](), list[str](), 0, 0
    with storage_errors(folder), (folder / "wide.tmp").open("wb") as stream, (folder / "documents.jsonl").open("wb") as records:
        for document in documents:
            if names and document.id <= names[-1]:
                raise ValueError(f"document {document.id!r} comes after {names[-1]!r}")
            names.append(document.id)
            aliases += [f"{alias}\t{document.id}\n" for alias in document.metadata.aliases]
            rows += [len(starts) - 1, len(starts) - 1 + len(document.passages), byte]
            for text in [*document.passages, *(removed.text for removed in document.removed)]:
                stream.write(alphabet.encode(text).astype("<u4").tobytes())
                at += len(text)
                starts.append(at)
            byte += records.write(_record(document))
        rows += [len(starts) - 1, len(starts) - 1, byte]
    with storage_errors(folder):
        np.array(starts, dtype="<u8").tofile(folder / "passages.bin")
        np.array(rows, dtype="<u8").tofile(folder / "documents.bin")
        (folder / "ids.txt").write_text("\n".join(names), encoding="ascii")
        (folder / "aliases.txt").write_text("".join(aliases), encoding="ascii")
        points = alphabet.code_points().astype("<u4")
        points.tofile(folder / "alphabet.bin")
        symbols = "<u2" if len(points) <= 1 << 16 else "<u4"
        _narrow(folder / "wide.tmp", folder / "stream.bin", symbols)
        sizes = {name: [(folder / name).stat().st_size, _digest(folder / name)] for name in _ARRAYS}
        (folder / "manifest.json").write_text(json.dumps({"symbols": symbols, "files": sizes}), encoding="utf-8")


def _narrow(wide: Path, file: Path, dtype: str) -> None:
    """Write the stream in its final width: it is known only when all characters have been seen."""
    with wide.open("rb") as source, file.open("wb") as target:
        while block := source.read(1 << 22):
            target.write(np.frombuffer(block, dtype="<u4").astype(dtype).tobytes())
    wide.unlink()


def _record(document: Document) -> bytes:
    record = {
        "id": document.id,
        "collection": document.collection,
        "revision": document.revision,
        "script": script_of(document.body),
        "fields": metadata_to_fields(document.metadata),
        "blocks": [(block.kind, block.level) for block in label_passages(document)],
        "removed": [(removed.source, *removed.span) for removed in document.removed],
    }
    return json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"
