"""Sources as received: `corpus/_sources/<sha256[:16]>/` with original bytes, raw text, edits and evidence.

A source is written once and never changed; importing it again adds nothing. Source: plan.md 5.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from archive.document import RemovedText
from archive.edits import Edit, edit_from_json, tile
from archive.errors import InvalidMetadata
from archive.files import write_atomically
from archive.folding import fold

SHORT = 16
"""Hexadecimal digits of a SHA-256 that name a source."""


def source_name(data: bytes) -> str:
    """Name a source by its bytes."""
    return hashlib.sha256(data).hexdigest()[:SHORT]


def write_source(folder: Path, *, data: bytes, suffix: str, raw: str, edits: Sequence[Edit]) -> None:
    """Write what came in and what was done to it.

    Args:
        folder: The source's own folder.
        data: Bytes as received.
        suffix: Suffix of the file as received, with its dot; only letters and digits of it are kept.
        raw: Text before cleaning.
        edits: Sorted, not overlapping, each with its document.

    Raises:
        StorageFailed: The file system refused.
    """
    kept = "".join(char for char in suffix.lower() if char.isascii() and char.isalnum())[:10]
    write_atomically(folder / f"original.{kept or 'bin'}", data)
    write_atomically(folder / "raw.txt", raw.encode("utf-8"))
    write_atomically(folder / "edits.jsonl", _json_lines(edit.to_json() for edit in edits))
    write_atomically(folder / "evidence.jsonl", b"")


def _json_lines(records: Iterable[dict[str, object]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode("utf-8")


def read_raw(folder: Path) -> str:
    """Read the raw text of a source.

    Raises:
        InvalidMetadata: It is missing or is not UTF-8.
    """
    try:
        return (folder / "raw.txt").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise InvalidMetadata(f"source {folder.name} has no readable raw.txt", hint="restore the folder or import again") from None


def read_edits(folder: Path, *, document: str | None = None) -> tuple[Edit, ...]:
    """Read the edits of a source, in the order of the raw text.

    Args:
        folder: The source's own folder.
        document: Only those that shaped this document; None for all.

    Raises:
        InvalidMetadata: The log is missing, or a line of it is not well formed; the message names the line.
    """
    try:
        lines = (folder / "edits.jsonl").read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise InvalidMetadata(
            f"source {folder.name} has no readable edits.jsonl", hint="restore the folder or import again"
        ) from None
    edits = []
    for number, line in enumerate(lines[: -1 if lines[-1] == "" else None], start=1):
        try:
            edits.append(edit_from_json(json.loads(line)))
        except (ValueError, TypeError, InvalidMetadata):
            raise InvalidMetadata(
                f"line {number} of edits.jsonl of source {folder.name} is no edit", hint="restore the file"
            ) from None
    return tuple(edit for edit in edits if document is None or edit.document == document)


def removed_text(folder: Path, document: str) -> tuple[RemovedText, ...]:
    """Give what cleaning took out of a document, one entry a line, without what is white space only.

    Raises:
        InvalidMetadata: The log or the raw text cannot be read, or they do not fit together.
    """
    try:
        pieces = [piece for piece in tile(read_raw(folder), read_edits(folder, document=document)) if piece.edit is not None]
    except ValueError:
        raise InvalidMetadata(f"edits of source {folder.name} do not fit its raw text", hint="restore the folder") from None
    return tuple(line for piece in pieces for line in _lines(piece.raw, piece.start, folder.name) if fold(line.text))


def _lines(text: str, start: int, source: str) -> Iterator[RemovedText]:
    for line in re.findall("[^\n]*\n|[^\n]+", text):
        yield RemovedText(line, source, (start, start + len(line)))
        start += len(line)


def for_document(edits: Iterable[Edit], document: str) -> tuple[Edit, ...]:
    """Put the id of the document that they shaped on edits."""
    return tuple(replace(edit, document=document) for edit in edits)
