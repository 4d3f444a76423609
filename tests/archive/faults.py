"""Faults of the file system, simulated: a disk that fills up, a folder that may not be written."""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

_open = Path.open


class _FullDisk(io.BufferedWriter):
    """A file that takes half of what is written to it, then fails."""

    def write(self, data: Any) -> int:
        super().write(bytes(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def full_disk(after: int = 0) -> Iterator[None]:
    """Let writes to files that `Path.open` opens fail half way, as on a full disk; the first `after` files still find room."""
    room = iter(range(after))

    def open_on_full_disk(path: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
        if ("w" not in mode and "a" not in mode) or next(room, None) is not None:
            return _open(path, mode, *args, **options)
        file = _FullDisk(io.FileIO(path, mode.replace("b", "").replace("t", "")))
        return file if "b" in mode else io.TextIOWrapper(file, encoding="utf-8", write_through=True)

    with patch.object(Path, "open", open_on_full_disk):
        yield


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let opening for writing and moving of files below a folder fail, as where the user may only read."""

    def refuse(path: Path) -> None:
        if path.is_relative_to(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def open_for_reading(path: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
        if set(mode) & set("wax+"):
            refuse(path)
        return _open(path, mode, *args, **options)

    with patch.object(Path, "open", open_for_reading), patch.object(Path, "replace", lambda path, _: refuse(path)):
        yield
