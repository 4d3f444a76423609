"""Faults of the file system, simulated: a disk that fills up, a folder that may not be written, a process that is killed."""

import errno
import io
import os
import sys
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


class Killed(BaseException):
    """The end of a process that was killed; nothing in it runs any more that changes a file."""


class _Death:
    """Counts what changes files below a folder; from one step on, nothing is changed any more.

    An audit hook sees every way in which Python changes files, so no writing function can be forgotten. It cannot be taken out
    again, so there is one for all tests, which sleeps between them.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.left = 0
        self.steps: list[tuple[str, str]] = []
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None or not _changes(event, arguments):
            return
        path = os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else ""
        if not os.path.isabs(path) or Path(path).is_relative_to(self.folder):  # noqa: PTH117 - relative to a folder that is open
            if not self.left:
                raise Killed
            self.left -= 1
            self.steps.append((event, path))


def _changes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "open":
        return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
    return event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate")


_death: list[_Death] = []


@contextmanager
def killed_after(steps: int, folder: Path) -> Iterator[list[tuple[str, str]]]:
    """Let the process die after so many changes to what lies below a folder: what the block does to tidy up is not done either.

    Yields:
        What was changed: the audit event and the path.
    """
    if not _death:
        _death.append(_Death())
    (death,) = _death
    death.folder, death.left, death.steps = folder, steps, []
    try:
        yield death.steps
    finally:
        death.folder = None
