"""The value types: a document, its passages, and spans in them.

A body is plain text; a passage is a non-blank line of it, numbered from 1 whatever it is. Labels come from `archive.structure` and
never change a number. Source: plan.md 5 and 6.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from archive.metadata import Metadata

Span = tuple[int, int]
"""Half-open range of code points in the original text of a passage."""


def normal_body(text: str) -> str:
    """Bring what follows the front matter into the form that is hashed.

    Line ends become LF, blank lines at both ends go, and exactly one line end closes a body that is not empty. So the SHA-256 of
    the file `_revisions/<id>/<revision>.md` begins with its own name.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    visible = [number for number, line in enumerate(lines) if line.strip("\ufeff").strip()]
    if visible:
        lines[visible[0]] = lines[visible[0]].lstrip("\ufeff")
    return "\n".join(lines[visible[0] : visible[-1] + 1]) + "\n" if visible else ""


def revision_of(body: str) -> str:
    """Name a body: the first ten hexadecimal digits of the SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(body.encode("utf-8")).hexdigest()[:10]


def split_passages(body: str) -> tuple[str, ...]:
    """Split a body into its passages: the non-blank lines in order, ¶1 first."""
    return tuple(line for line in body.split("\n") if line.strip())


@dataclass(frozen=True, slots=True)
class Block:
    """What a passage is.

    Attributes:
        kind: front, heading, paragraph or turn (of a speaker).
        level: 1 to 3 for a heading, else 0.
    """

    kind: str = "paragraph"
    level: int = 0


@dataclass(frozen=True)
class Document:
    """One text with its metadata.

    Attributes:
        id: Permanent name, unique in the archive.
        collection: Folder of the corpus that holds it.
        metadata: Own fields over those that the collection shares.
        body: The citable text as `normal_body` gives it.
        removed: What cleaning took out of its source, in order of the source; stays searchable, is never cited.

    Always: passages and the blank lines between them tile the body.
    """

    id: str
    collection: str
    metadata: Metadata
    body: str
    removed: tuple[RemovedText, ...] = ()

    @cached_property
    def revision(self) -> str:
        """Name of the body."""
        return revision_of(self.body)

    @cached_property
    def passages(self) -> tuple[str, ...]:
        """Texts of the passages, ¶1 first."""
        return split_passages(self.body)


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A piece that cleaning took out.

    Attributes:
        text: The piece.
        source: First 16 hexadecimal digits of the source's SHA-256.
        span: Half-open range of code points in the source's raw text.
    """

    text: str
    source: str
    span: Span
