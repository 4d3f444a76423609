"""Zip files that nobody vouches for: members by safe names, bombs refused before they are unpacked.

A member's name is a label and never a path. What a member says of its own size is not believed: reading stops there. Source:
APPNOTE.TXT 4.4.4 (bit 11: the name is UTF-8) and 4.4.17 (names); measured: tests/archive/importers/test_zips.py.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UnreadableSource

MOST_MEMBERS = 100_000
MOST_BYTES = 2_000_000_000
"""Most bytes that all members of one zip file may unpack to."""

MOST_RATIO = 200
"""Most bytes that one packed byte may become; text reaches 10 to 20, deflate can do 1,032."""

_FREE_BYTES = 1_000_000
"""A member that unpacks to so little is never a bomb, whatever its ratio."""

_ENCRYPTED, _UTF8 = 0x1, 0x800
_CUT_OFF = "the zip file is cut off or damaged"
_CUT_OFF_HINT = "copy or fetch it again"


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a zip file.

    Attributes:
        name: Name for people, `/` between folders; a name that would lead out of the folder is shown as it stands.
        size: Bytes that it says it holds.
        safe: False if the name is absolute or leads out of the folder.
        info: What zipfile knows of it.
    """

    name: str
    size: int
    safe: bool
    info: zipfile.ZipInfo


class ZipSource:
    """An open zip file.

    Raises:
        UnreadableSource: It is no zip file, is cut off, holds too many members, or would unpack to too much.
    """

    def __init__(self, source: Path | bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
            raise UnreadableSource(_CUT_OFF, hint=_CUT_OFF_HINT) from None
        infos = self._zip.infolist()
        total = sum(info.file_size for info in infos)
        if len(infos) > MOST_MEMBERS:
            raise UnreadableSource(f"the zip file holds {len(infos)} members", hint="split it, or unpack it into a folder")
        if total > MOST_BYTES:
            raise UnreadableSource(
                f"the zip file would unpack to {total // 1_000_000} MB", hint="unpack it into a folder if you trust it"
            )
        self.members = tuple(_member(info) for info in infos if not info.is_dir())

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def read(self, member: Member, *, most_bytes: int) -> bytes:
        """Read a member.

        Args:
            member: One of `members`.
            most_bytes: Most bytes to accept.

        Raises:
            UnreadableSource: It is encrypted, damaged, packed in a way that we cannot read, larger than that, or a bomb.
        """
        info = member.info
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableSource("the member is encrypted", hint="unpack the zip file with its password and import the folder")
        if info.file_size > most_bytes:
            raise UnreadableSource(f"the member is larger than {most_bytes // 1_000_000} MB", hint="split it into several files")
        if info.file_size > max(_FREE_BYTES, MOST_RATIO * info.compress_size):
            raise UnreadableSource(
                f"the member would unpack to {info.file_size // max(info.compress_size, 1)} times its size",
                hint="a zip bomb looks like this; unpack it into a folder if you trust it",
            )
        try:
            with self._zip.open(info) as file:
                data = file.read(most_bytes + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            raise UnreadableSource("the member is damaged", hint=_CUT_OFF_HINT) from None
        except (NotImplementedError, RuntimeError):
            raise UnreadableSource("the member is packed in a way that is not known", hint="unpack the zip file first") from None
        except Exception as error:  # bzip2 and LZMA have errors of their own
            raise UnreadableSource(f"the member is damaged: {error}", hint=_CUT_OFF_HINT) from None
        if len(data) > most_bytes:
            raise UnreadableSource(f"the member is larger than {most_bytes // 1_000_000} MB", hint="split it into several files")
        return data


@contextmanager
def open_zip(source: Path | bytes) -> Iterator[ZipSource]:
    """Open a zip file, and close it behind the block."""
    opened = ZipSource(source)
    try:
        yield opened
    finally:
        opened.close()


def _member(info: zipfile.ZipInfo) -> Member:
    name = _name(info).replace("\\", "/")
    safe = not name.startswith("/") and not re.match("[A-Za-z]:", name) and ".." not in name.split("/") and "\0" not in name
    return Member(name, info.file_size, safe, info)


def _name(info: zipfile.ZipInfo) -> str:
    """Read a member's name: UTF-8 where the file says so; else whichever it is of UTF-8, GBK and CP437, which zipfile assumes."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        data = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            name = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if name.isprintable():
            return name
    return info.filename
