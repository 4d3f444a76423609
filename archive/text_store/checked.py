"""Folders of arrays that are written once: every page has a checksum and is verified when it is first read.

Opening such a folder costs the sizes of its files and the checksums themselves (a thousandth of the data), so it takes as long for
300 million characters as for three. A page that nobody reads is never verified, and a page that somebody reads always is: a flipped
bit is an error at the first answer that would depend on it, never a wrong answer. `check` verifies all pages at once.

Rejected: hashing whole files at opening (start-up grows with the archive), and verifying in the background (answers given meanwhile
may be wrong). A page is 4,096 bytes, what the system reads at least; its CRC-32 takes two microseconds, once.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.errors import DerivedDamaged

PAGE = 4096
"""Bytes that share one checksum."""

MANIFEST, CHECKSUMS = "manifest.json", "checksums.bin"
HINT = "yinde reindex --full"

Array = npt.NDArray[Any]


def damaged(file: Path, why: str) -> DerivedDamaged:
    """Make the error that names a damaged file."""
    return DerivedDamaged(f"{file} is damaged: {why}", hint=HINT)


def seal(folder: Path, names: Sequence[str], facts: Mapping[str, object]) -> None:
    """Write manifest and checksums of the finished files of a folder.

    Args:
        folder: The folder.
        names: Its files, all of them.
        facts: What readers need to know besides, as JSON can hold it.
    """
    sums = [_page_sums(folder / name) for name in names]
    data = np.concatenate(sums).astype("<u4").tobytes() if sums else b""
    content = {
        "facts": dict(facts),
        "files": {name: (folder / name).stat().st_size for name in names},
        "checksums": hashlib.sha256(data).hexdigest(),
    }
    manifest = json.dumps({**content, "sha256": _digest(content)}).encode("utf-8")
    for name, written in ((CHECKSUMS, data), (MANIFEST, manifest)):
        beside = folder / f".{name}.tmp"
        beside.write_bytes(written)
        beside.replace(folder / name)  # an older one may be shared with another generation: it is not written into


def _digest(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()


def _page_sums(file: Path) -> npt.NDArray[np.uint32]:
    sums = []
    with file.open("rb") as data:
        while block := data.read(PAGE << 8):
            sums += [zlib.crc32(block[at : at + PAGE]) for at in range(0, len(block), PAGE)]
    return np.array(sums, dtype=np.uint32)


class CheckedArray:
    """One file of a checked folder as an array; any number of threads may read it.

    Always: what is given was verified; damage raises StorageFailed.
    """

    def __init__(self, file: Path, data: mmap.mmap | bytes, dtype: str, sums: npt.NDArray[np.uint32]) -> None:
        self._file = file
        self._map = data
        self._sums = sums
        self._verified = np.zeros(len(sums), dtype=bool)
        self._pending = len(sums) > 0
        self._items: Array = np.frombuffer(self._map, dtype=dtype)
        self._per_page = PAGE // self._items.itemsize

    def __len__(self) -> int:
        return len(self._items)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the items."""
        return self._items.dtype

    def slice(self, start: int, stop: int) -> Array:
        """Give a view of a half-open range of items."""
        if self._pending and stop > start:
            first, last = start // self._per_page, (stop - 1) // self._per_page
            if first == last:
                if not self._verified[first]:
                    self._verify_page(first)
            else:
                self._verify(np.arange(first, last + 1))
        return self._items[start:stop]

    def take(self, indices: npt.NDArray[np.integer[Any]]) -> Array:
        """Give the items at some indices, which must lie inside."""
        if self._pending and indices.size:
            self._verify((indices // self._per_page).ravel())
        items: Array = self._items[indices]
        return items

    def whole(self) -> Array:
        """Give a view of everything."""
        return self.slice(0, len(self))

    def _verify(self, pages: npt.NDArray[np.integer[Any]]) -> None:
        fresh = pages[~self._verified[pages]]
        if not len(fresh):
            return
        for page in np.unique(fresh).tolist():
            self._verify_page(page)
        self._pending = not self._verified.all()

    def _verify_page(self, page: int) -> None:
        if zlib.crc32(self._map[page * PAGE : (page + 1) * PAGE]) != self._sums[page]:
            raise damaged(self._file, "its bytes are not those that were written")
        self._verified[page] = True


class CheckedFolder:
    """A sealed folder, opened.

    Attributes:
        folder: The folder.
        facts: What its writer noted.
    """

    def __init__(self, folder: Path, names: Sequence[str] | None = None) -> None:
        """Read manifest and checksums, compare sizes, and map the files.

        Args:
            folder: The folder.
            names: The files to open; None for all that the manifest names.

        Raises:
            FileNotFoundError: A file is missing.
            StorageFailed: A file is not what was written.
        """
        self.folder = folder
        data = (folder / MANIFEST).read_bytes()
        try:
            manifest = json.loads(data)
            digest = manifest.pop("sha256")
            sizes = {name: int(manifest["files"][name]) for name in manifest["files"]}
            self.facts: Mapping[str, Any] = manifest["facts"]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise damaged(folder / MANIFEST, "it is no manifest") from None
        if digest != _digest(manifest) or not set(sizes).issuperset(names or ()):
            raise damaged(folder / MANIFEST, "its bytes are not those that were written")
        sums = (folder / CHECKSUMS).read_bytes()
        if hashlib.sha256(sums).hexdigest() != manifest["checksums"]:
            raise damaged(folder / CHECKSUMS, "its bytes are not those that were written")
        self._sums: dict[str, npt.NDArray[np.uint32]] = {}
        self._maps: dict[str, mmap.mmap | bytes] = {}
        at = 0
        for name, size in sizes.items():
            if names is None or name in names:
                self._maps[name] = _map(folder / name, size)
            pages = -(-size // PAGE)
            self._sums[name] = np.frombuffer(sums, dtype="<u4", count=pages, offset=4 * at)
            at += pages

    def array(self, name: str, dtype: str) -> CheckedArray:
        """Map one file."""
        return CheckedArray(self.folder / name, self._maps[name], dtype, self._sums[name])

    def text(self, name: str, encoding: str = "utf-8") -> str:
        """Read one file as text."""
        return self.array(name, "u1").whole().tobytes().decode(encoding)

    def verify(self) -> None:
        """Read everything.

        Raises:
            StorageFailed: A page of a file is not what was written; the file is named.
        """
        for name in self._maps:
            self.array(name, "u1").whole()


def _map(file: Path, size: int) -> mmap.mmap | bytes:
    """Map a file at once: it stays readable when a writer removes it."""
    with file.open("rb") as opened:
        if os.fstat(opened.fileno()).st_size != size:
            raise damaged(file, f"it has not the {size} bytes it was written with")
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
