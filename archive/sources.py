"""Sources as received: `corpus/_sources/<sha256[:16]>/` with original bytes, raw text, edits, evidence, and what a person undid.

A source is written whole or not at all. A new one is made beside its place and moved there; a later reading of the same bytes is
written as `*.new` files, which count from the moment the marker `renewing` stands beside them. Two markers tell what a writer that
was killed left to be done:

* `pending`: documents are being made of the source; the marker names them.
* `renewing`: documents are being brought up to the later reading; the marker names their files as they will be, by SHA-256.

Either goes when its documents are written. Source: plan.md 5.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from archive.document import RemovedText
from archive.edits import HIDDEN, Edit, edit_from_json, tile
from archive.errors import InvalidMetadata
from archive.evidence import Evidence, evidence_from_json
from archive.files import storage_errors, write_atomically, write_folder_atomically
from archive.folding import fold

SHORT = 16
"""Hexadecimal digits of a SHA-256 that name a source."""

_PENDING = "pending"
_RENEWING = "renewing"
_READING = ("raw.txt", "edits.jsonl", "evidence.jsonl")
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Undone:
    """An edit that a person took back; cleaning shall not make it again.

    Attributes:
        document: Id of the document whose body it shaped.
        rule: Id of the rule.
        start: First code point in raw.txt.
        end: One past the last.
        text: What stands there, by which the place is found again if a better importer gives another raw text.
    """

    document: str
    rule: str
    start: int
    end: int
    text: str


def source_name(data: bytes) -> str:
    """Name a source by its bytes."""
    return hashlib.sha256(data).hexdigest()[:SHORT]


def write_source(
    folder: Path,
    *,
    data: bytes,
    suffix: str,
    raw: str,
    edits: Sequence[Edit],
    evidence: Sequence[Evidence] = (),
    documents: Sequence[str] = (),
) -> None:
    """Write what came in and how it was read; if documents are named, `finish_source` follows when they are written.

    Args:
        folder: The source's own folder.
        data: Bytes as received.
        suffix: Suffix of the file as received, with its dot; only letters and digits of it are kept.
        raw: Text before cleaning.
        edits: Of each document in turn, sorted, not overlapping within a document, each with its document.
        evidence: Each with its document.
        documents: Ids of the documents that are about to be made of it, in order.

    Raises:
        StorageFailed: The file system refused; what was there is still there.
    """
    pending = {_PENDING: json.dumps(list(documents)).encode("ascii")} if documents else {}
    if original_of(folder) is not None:  # its documents are gone, or a writer was killed before it had written all of them
        for name, content in pending.items():
            write_atomically(folder / name, content)
        write_reading(folder, raw=raw, edits=edits, evidence=evidence)
        begin_renewal(folder, {})
        finish_renewal(folder)
        return
    kept = "".join(char for char in suffix.lower() if char.isascii() and char.isalnum())[:10]
    shutil.rmtree(folder, ignore_errors=True)  # without an original it was never whole
    contents = _contents(raw, edits, evidence)
    write_folder_atomically(folder, {f"original.{kept or 'bin'}": data, **contents, **pending})


def _contents(raw: str, edits: Sequence[Edit], evidence: Sequence[Evidence]) -> dict[str, bytes]:
    parts = (raw.encode("utf-8"), json_lines(map(Edit.to_json, edits)), json_lines(map(Evidence.to_json, evidence)))
    return dict(zip(_READING, parts, strict=True))


def write_reading(folder: Path, *, raw: str, edits: Sequence[Edit], evidence: Sequence[Evidence]) -> None:
    """Write a later reading of a source beside the one that counts; `begin_renewal` makes it count.

    Raises:
        StorageFailed: The file system refused; what was there still counts.
    """
    finish_renewal(folder)
    for name, content in _contents(raw, edits, evidence).items():
        write_atomically(folder / f"{name}.new", content)


def begin_renewal(folder: Path, files: Mapping[str, str]) -> None:
    """Make the later reading count; the files of its documents follow, then `finish_source`.

    Args:
        folder: The source's own folder.
        files: SHA-256 of each file that is about to be written, by its document's id.

    Raises:
        StorageFailed: The file system refused; what was there still counts.
    """
    write_atomically(folder / _RENEWING, json.dumps(dict(files)).encode("ascii"))


def finish_renewal(folder: Path) -> None:
    """Put the later reading in the place of the one before, if one counts.

    Raises:
        StorageFailed: The file system refused; the later reading counts all the same.
    """
    if not (folder / _RENEWING).exists():
        return
    begin_renewal(folder, {})  # from here on no document is asked what it was before
    with storage_errors(folder):
        for name in _READING:
            newer = folder / f"{name}.new"
            if newer.exists():
                newer.replace(folder / name)
        (folder / _RENEWING).unlink()


def finish_source(folder: Path) -> None:
    """Say that the documents of a source are written.

    Raises:
        StorageFailed: The file system refused; the source stays as it was begun.
    """
    finish_renewal(folder)
    with storage_errors(folder):
        (folder / _PENDING).unlink(missing_ok=True)


def renewal_of(folder: Path) -> dict[str, str] | None:
    """Give the files that a renewal was about to write which was stopped, as `begin_renewal` takes them; None if none was."""
    try:
        return dict(json.loads((folder / _RENEWING).read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        return {}


def pending_documents(folder: Path) -> tuple[str, ...]:
    """Give the ids that an import chose which was stopped before it had written all documents; empty if none was."""
    try:
        return tuple(json.loads((folder / _PENDING).read_bytes()))
    except (OSError, ValueError, TypeError):
        return ()


def original_of(folder: Path) -> Path | None:
    """Give the file with the bytes as received, or None if the folder holds none."""
    return next(iter(sorted(folder.glob("original.*"))), None)


def json_lines(records: Iterable[dict[str, object]]) -> bytes:
    """Write records as one JSON object a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode("utf-8")


def _read(folder: Path, name: str, *, finished: bool) -> str:
    """Read a part of the reading that counts, or of the last one whose documents are all written."""
    later = [] if finished or not (folder / _RENEWING).exists() else [folder / f"{name}.new"]
    for file in (*later, folder / name):
        with suppress(FileNotFoundError):  # a writer may just have put the later one in its place
            return file.read_bytes().decode("utf-8")
    raise FileNotFoundError(name)


def read_raw(folder: Path, *, finished: bool = False) -> str:
    """Read the raw text of a source.

    Args:
        folder: The source's own folder.
        finished: Leave out a later reading whose documents are not all written.

    Raises:
        InvalidMetadata: It is missing or is not UTF-8.
    """
    try:
        return _read(folder, "raw.txt", finished=finished)
    except (OSError, UnicodeDecodeError):
        raise InvalidMetadata(f"source {folder.name} has no readable raw.txt", hint="restore the folder or import again") from None


def read_edits(folder: Path, *, document: str | None = None, finished: bool = False) -> tuple[Edit, ...]:
    """Read the edits of a source, document by document, each in the order of the raw text.

    Args:
        folder: The source's own folder.
        document: Only those that shaped this document; None for all.
        finished: As for `read_raw`.

    Raises:
        InvalidMetadata: The log is missing, or a line of it is not well formed; the message names the line.
    """
    edits = _read_lines(folder, "edits.jsonl", edit_from_json, "edit", finished=finished)
    return tuple(edit for edit in edits if document is None or edit.document == document)


def read_evidence(folder: Path, *, document: str | None = None, finished: bool = False) -> tuple[Evidence, ...]:
    """Read what a source says about its documents, or about one of them; arguments as for `read_edits`.

    Raises:
        InvalidMetadata: The file is missing, or a line of it is not well formed; the message names the line.
    """
    evidence = _read_lines(folder, "evidence.jsonl", evidence_from_json, "evidence", finished=finished)
    return tuple(found for found in evidence if document is None or found.document == document)


def _read_lines(folder: Path, name: str, parse: Callable[[object], _Record], what: str, *, finished: bool) -> list[_Record]:
    try:
        lines = _read(folder, name, finished=finished).split("\n")
    except (OSError, UnicodeDecodeError):
        raise InvalidMetadata(f"source {folder.name} has no readable {name}", hint="restore the folder or import again") from None
    records = []
    for number, line in enumerate(lines[: -1 if lines[-1] == "" else None], start=1):
        try:
            records.append(parse(json.loads(line)))
        except (ValueError, TypeError, InvalidMetadata):
            raise InvalidMetadata(
                f"line {number} of {name} of source {folder.name} is no {what}", hint="restore the file"
            ) from None
    return records


def read_undone(folder: Path) -> tuple[Undone, ...]:
    """Read which edits of a source a person took back; empty if none."""
    try:
        lines = (folder / "undone.jsonl").read_text(encoding="utf-8").splitlines()
        return tuple(Undone(**json.loads(line)) for line in lines)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError):
        raise InvalidMetadata(f"undone.jsonl of source {folder.name} cannot be read", hint="restore the file") from None


def write_undone(folder: Path, undone: Iterable[Undone]) -> None:
    """Write which edits of a source a person took back.

    Raises:
        StorageFailed: The file system refused.
    """
    write_atomically(folder / "undone.jsonl", json_lines(asdict(each) for each in undone))


def find_undone(undone: Iterable[Undone], raw: str) -> tuple[frozenset[tuple[str, int, int]], tuple[str, ...]]:
    """Find the places of edits that a person took back in a raw text that may be another now.

    Returns:
        (rule, start, end) of each; and a notice for each that was not found.
    """
    places, lost = set(), []
    for each in undone:
        if raw[each.start : each.end] == each.text:
            places.add((each.rule, each.start, each.end))
            continue
        starts = [match.start() for match in re.finditer(re.escape(each.text), raw)] if each.text else []
        if starts:
            start = min(starts, key=lambda at: abs(at - each.start))
            places.add((each.rule, start, start + len(each.text)))
        else:
            lost.append(f"an edit of {each.rule} that was taken back is not found again: {each.text[:40]!r}")
    return frozenset(places), tuple(lost)


def removed_text(folder: Path, document: str) -> tuple[RemovedText, ...]:
    """Give what cleaning took out of a document, one entry a line, without what is white space only.

    Raises:
        InvalidMetadata: The log or the raw text cannot be read, or they do not fit together.
    """
    try:
        pieces = [piece for piece in tile(read_raw(folder), read_edits(folder, document=document)) if piece.edit is not None]
    except ValueError:
        raise InvalidMetadata(f"edits of source {folder.name} do not fit its raw text", hint="restore the folder") from None
    lines = (
        line for piece in pieces if piece.edit and piece.edit.rule != HIDDEN for line in _lines(piece.raw, piece.start, folder)
    )
    return tuple(line for line in lines if fold(line.text))


def _lines(text: str, start: int, folder: Path) -> Iterator[RemovedText]:
    for line in re.findall("[^\n]*\n|[^\n]+", text):
        yield RemovedText(line, folder.name, (start, start + len(line)))
        start += len(line)


def for_document(edits: Iterable[Edit], document: str) -> tuple[Edit, ...]:
    """Put the id of the document that they shaped on edits."""
    return tuple(replace(edit, document=document) for edit in edits)
