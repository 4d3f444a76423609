"""Writing files so that a reader sees the old or the new one, never half of one; and the lock of the one writer.

Source: plan.md 6 (one writer lock; the second waits, then names the holder).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveBusy, StorageFailed

_MOST_FLUSHED = 500
"""Files above which flushing all of the machine's files takes less time than each by itself."""


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the file system refuses inside the block into StorageFailed, naming the path."""
    try:
        yield
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else path
        raise StorageFailed(f"cannot write {name}: {error.strerror or error}", hint="nothing that was there has changed") from error


def _sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk: a file that was moved there must not be lost before what is written after it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file beside its place, force it to disk, and move it there; parent folders are made.

    Raises:
        StorageFailed: The file system refused; what was there is still there.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            _sync_folder(path.parent)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def write_folder_atomically(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files of a new folder beside its place, force them to disk, and move the folder there.

    Raises:
        StorageFailed: The file system refused; there is no such folder then.
    """
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    with storage_errors(folder):
        try:
            beside.mkdir(parents=True)
            for name, data in contents.items():
                with (beside / name).open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            beside.replace(folder)
            _sync_folder(folder.parent)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def sweep(folder: Path, *patterns: str) -> None:
    """Remove what writers that were killed left beside the files and folders they were writing; the writer lock must be held.

    Args:
        folder: Where to look.
        patterns: Folders below it as for `Path.glob`, "." for itself.
    """
    for pattern in patterns:
        for left in folder.glob(f"{pattern}/.*.tmp"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def flush(paths: Collection[Path]) -> None:
    """Force files and folders to disk, and what lies in the folders: what names them must not come before them.

    Raises:
        OSError: The file system refused.
    """
    if len(paths) > _MOST_FLUSHED and hasattr(os, "sync"):
        os.sync()  # one call for any number of files
        return
    for path in paths:
        for each in (path, *path.iterdir()) if path.is_dir() else (path,):
            descriptor = os.open(each, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


@contextmanager
def writer_lock(derived: Path, *, wait_s: float = 10.0) -> Iterator[None]:
    """Hold the archive's one writer lock; readers never take it.

    Args:
        derived: The archive's `.yinde` folder.
        wait_s: Seconds to wait for another writer.

    Raises:
        ArchiveBusy: Another process kept it for longer; the message names its pid.
    """
    from filelock import FileLock, Timeout  # readers never need it

    with storage_errors(derived):
        derived.mkdir(parents=True, exist_ok=True)
        lock = FileLock(derived / "writer.lock", timeout=wait_s)
        holder = derived / "writer.pid"
        try:
            lock.acquire()
        except Timeout:
            pid = holder.read_text(encoding="ascii") if holder.exists() else "unknown"
            raise ArchiveBusy(
                f"the archive is being written by process {pid}", hint=f"waited {wait_s:g} seconds; try again when it has finished"
            ) from None
    try:
        with storage_errors(holder):
            holder.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
