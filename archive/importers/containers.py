"""What a person names, opened up: files, folders, glob patterns, zip files and `-` become inputs, one after the other.

Nothing is read before it is asked for, so memory holds one document at a time. What cannot be read is a problem; the others go on.
Source: plan.md 14.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from archive.errors import Problem, StorageFailed, UnreadableSource, UserError, problem_of
from archive.importers.formats import is_plain_zip
from archive.importers.zips import Member, ZipSource, open_zip

MOST_BYTES = 40_000_000
"""Most bytes of one document."""

STDIN = "-"
_SKIPPED_FOLDERS = frozenset({"__MACOSX"})


@dataclass(frozen=True, slots=True)
class Input:
    """One file to take in.

    Attributes:
        label: What to call it before people: a path as given, `a.zip!/folder/b.txt`, or `-`.
        name: File name without folders, for the suffix and the id; "" for stdin.
        read: Gives its bytes; raises UnreadableSource or StorageFailed.
    """

    label: str
    name: str
    read: Callable[[], bytes]


def iter_inputs(paths: Iterable[str], *, stdin: IO[bytes] | None = None) -> Iterator[Input | Problem]:
    """Open up what a person named.

    Args:
        paths: Files, folders (recursive, sorted, names with a leading dot left out), glob patterns that name nothing as they stand,
            zip files, and `-`.
        stdin: What `-` reads; without it `-` is a problem.

    Yields:
        Inputs in the order given, and problems in the place of what cannot be opened. An input of a zip file must be read before
        the next is asked for.
    """
    for path in paths:
        if path == STDIN:
            yield from _stdin(stdin)
        else:
            yield from _named(path)


def _stdin(stdin: IO[bytes] | None) -> Iterator[Input | Problem]:
    if stdin is None:
        yield _problem(UnreadableSource("there is no standard input here", hint="name a file"), STDIN)
        return
    data = stdin.read(MOST_BYTES + 1)
    if is_plain_zip(data):
        yield from _members(data, STDIN, nested=False)
    else:
        yield Input(STDIN, "", lambda: _bounded(data))


def _named(path: str) -> Iterator[Input | Problem]:
    file = Path(path)
    try:
        if file.is_dir():
            yield from _folder(file)
        elif file.exists():
            yield from _file(file)
        elif found := sorted(map(Path, glob.glob(path, recursive=True))):  # noqa: PTH207 - the pattern may be absolute
            for each in found:
                if not _hidden(each):
                    yield from _folder(each) if each.is_dir() else _file(each)
        else:
            what = "no file matches the pattern" if glob.has_magic(path) else "there is no such file"
            yield _problem(UnreadableSource(what, hint="check its name and the folder that you are in"), path)
    except (OSError, ValueError) as error:  # a name that is too long or holds NUL
        yield _problem(_refused(error), path)


def _folder(folder: Path) -> Iterator[Input | Problem]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _problem(_refused(error), str(folder))
        return
    for entry in entries:
        if _hidden(entry):
            continue
        if entry.is_dir():
            if not entry.is_symlink():  # a link to a folder above would never end
                yield from _folder(entry)
        else:
            yield from _file(entry)


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _SKIPPED_FOLDERS


def _file(file: Path) -> Iterator[Input | Problem]:
    try:
        if not file.is_file():
            raise UnreadableSource("it is no file", hint="devices, pipes and broken links are not read")
        with file.open("rb") as opened:
            is_zip = is_plain_zip(opened)
    except OSError as error:
        yield _problem(_refused(error), str(file))
    except UserError as error:
        yield _problem(error, str(file))
    else:
        if is_zip:
            yield from _members(file, str(file), nested=False)
        else:
            yield Input(str(file), file.name, lambda: read_unchanged(file))


def read_unchanged(file: Path, *, most_bytes: int = MOST_BYTES) -> bytes:
    """Read a file whole, or not at all if it is being written.

    Raises:
        UnreadableSource: It is larger than that, or its size or time of change is another after reading.
        StorageFailed: The file system refused.
    """
    try:
        with file.open("rb") as opened:
            before = file.stat()
            if before.st_size > most_bytes:
                raise UnreadableSource(f"the file is larger than {most_bytes // 1_000_000} MB", hint="split it into several files")
            data = opened.read(most_bytes + 1)
            after = file.stat()
    except OSError as error:
        raise _refused(error) from None
    same = (before.st_size, before.st_mtime_ns, before.st_ino) == (after.st_size, after.st_mtime_ns, after.st_ino)
    if not same or len(data) != after.st_size:
        raise UnreadableSource("the file changed while it was read", hint="import it again when nothing writes to it")
    return data


def _members(source: Path | bytes, label: str, *, nested: bool) -> Iterator[Input | Problem]:
    try:
        with open_zip(source) as opened:
            for member in sorted(opened.members, key=lambda member: member.name):
                yield from _member(opened, member, f"{label}!/{member.name.lstrip('/')}", nested=nested)
    except UserError as error:
        yield _problem(error, label)
    except OSError as error:
        yield _problem(_refused(error), label)


def _member(opened: ZipSource, member: Member, label: str, *, nested: bool) -> Iterator[Input | Problem]:
    if any((part.startswith(".") and part not in (".", "..")) or part in _SKIPPED_FOLDERS for part in member.name.split("/")):
        return
    if not member.safe:
        error = UnreadableSource("its name leads out of the zip file", hint="unpack what you trust by hand")
        yield _problem(error, label)
        return
    name = member.name.rpartition("/")[2]
    if not name.lower().endswith(".zip"):
        yield Input(label, name, lambda: opened.read(member, most_bytes=MOST_BYTES))
        return
    if nested:
        yield _problem(UnreadableSource("a zip file in a zip file in a zip file is not opened", hint="unpack it first"), label)
        return
    try:
        data = opened.read(member, most_bytes=MOST_BYTES)
    except UserError as error:
        yield _problem(error, label)
    else:
        yield from _members(data, label, nested=True)


def _bounded(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise UnreadableSource(f"the file is larger than {MOST_BYTES // 1_000_000} MB", hint="split it into several files")
    return data


def _refused(error: Exception) -> UserError:
    reason = getattr(error, "strerror", None) or str(error)
    return StorageFailed(f"cannot read the file: {reason}", hint="check its name and permissions")


def _problem(error: UserError, label: str) -> Problem:
    return problem_of(error, Path(label))


__all__ = ["MOST_BYTES", "STDIN", "Input", "iter_inputs", "read_unchanged"]
