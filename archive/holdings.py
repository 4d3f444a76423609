"""Which ids an archive has given away, and which sources its documents come from, read from the heads of the corpus files only.

An import needs no text, and an archive may hold far more than fits in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import InvalidMetadata
from archive.front_matter import parse_front_matter
from archive.store import Archive, id_from_stem

_FENCE = b"---"
_HEAD_MOST = 1_000_000
_ID = re.compile(r"^id:[ \t]*([\"']?)([a-z0-9][a-z0-9_-]*)\1[ \t]*$", re.MULTILINE)
_SHA256 = re.compile(r"^[ \t-]*sha256:[ \t]*[\"']?([0-9a-f]{64})", re.MULTILINE)


@dataclass
class Holdings:
    """What is given away and what is held.

    Attributes:
        files: Where each document lies, by id.
        taken: Ids that no new document may get: those in use, former ones, and all that were ever served.
        held: Ids of the documents made of a source, by its full SHA-256, in the order of the files.
        sources: SHA-256 of the latest source of each imported document, by id.
    """

    files: dict[str, Path] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    held: dict[str, list[str]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def free_id(self, wanted: str) -> str:
        """Give the id itself or, if it is taken, the first of `-2`, `-3` … that is free."""
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted[:60]}-{number}"
        return name

    def add(self, name: str, file: Path, digest: str) -> None:
        """Note a document that was written."""
        self.files[name] = file
        self.taken.add(name)
        self.sources[name] = digest
        if name not in self.held.setdefault(digest, []):
            self.held[digest].append(name)


def holdings_of(archive: Archive) -> Holdings:
    """Read what an archive holds; a file whose head cannot be read keeps its name taken."""
    found = Holdings()
    for _, file in archive.iter_files():
        head = _head(file)
        stated = _ID.search(head)
        name = stated[2] if stated else id_from_stem(file.stem)
        found.files.setdefault(name, file)
        found.taken |= {name, file.stem, *_aliases(head)}
        for digest in _SHA256.findall(head):
            found.sources.setdefault(name, digest)  # the latest stands first
            found.held.setdefault(digest, []).append(name)
    found.taken |= {served.name for served in archive.revisions.glob("*")}
    return found


def _head(file: Path) -> str:
    """Read a file up to the end of its front matter; empty if it has none or cannot be read."""
    with suppress(OSError), file.open("rb") as lines:
        first = lines.readline(_HEAD_MOST).removeprefix(b"\xef\xbb\xbf")
        if first.rstrip() == _FENCE:
            return b"".join(_until_fence(lines)).decode("utf-8", "replace").replace("\r\n", "\n")
    return ""


def _until_fence(lines: Iterator[bytes]) -> Iterator[bytes]:
    read = 0
    for line in lines:
        read += len(line)
        if line.rstrip() == _FENCE or read > _HEAD_MOST:
            return
        yield line


def _aliases(head: str) -> Iterator[str]:
    if "aliases" not in head:
        return
    with suppress(InvalidMetadata):
        aliases = parse_front_matter(head).fields.get("aliases", "")
        yield from (str(alias).strip() for alias in (aliases if isinstance(aliases, list) else re.split("[，、；]", str(aliases))))
