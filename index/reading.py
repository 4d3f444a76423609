"""Reading the corpus for an index: which files have changed, and the texts of those, written down by the workers that read them.

A file is read if any byte that its document depends on is not what it was: the file, what its collection shares, the sources that
it was taken from. All bytes are hashed each time, at about a gigabyte in two seconds; a clock is not believed. Memory holds one
record for each file and no text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from archive.document import Document
from archive.errors import Problem
from archive.files import storage_errors
from archive.metadata import metadata_to_fields
from archive.revisions import revision_file
from archive.sources import SHORT
from archive.store import DEFAULTS, Archive, open_archive
from archive.text_store import write_text_store
from index.workers import Workers

_GROUP_BYTES = 4 << 20
"""Bytes of files that one piece of work reads."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is known of one corpus file.

    Attributes:
        file: Path below the archive.
        state: Names all bytes that the document depends on.
        sources: Names of the sources that it was taken from.
        id: Of its document, "" if it has none that can be served.
        stated: Whether its front matter states the id.
        key: Names what an index holds of the document: text, effective metadata, collection, removed text.
        revision: Of the document.
        size: Bytes of its body.
        problems: Faults in it.
    """

    file: str
    state: str
    sources: tuple[str, ...] = ()
    id: str = ""
    stated: bool = False
    key: str = ""
    revision: str = ""
    size: int = 0
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the record as JSON can hold it."""
        problems = [{**asdict(problem), "file": str(problem.file)} for problem in self.problems]
        return {**{name: getattr(self, name) for name in self.__slots__}, "problems": problems}


def record_from_json(data: Mapping[str, Any]) -> FileRecord:
    """Read a record that `FileRecord.to_json` gave.

    Raises:
        KeyError, TypeError: It is none.
    """
    problems = tuple(Problem(**{**problem, "file": Path(problem["file"])}) for problem in data["problems"])
    return FileRecord(**{**data, "sources": tuple(data["sources"]), "problems": problems})


def document_key(document: Document) -> str:
    """Name what the index holds of a document: text, effective metadata, collection, removed text."""
    removed = [(removed.text, removed.source, removed.span) for removed in document.removed]
    parts = [document.revision, document.collection, metadata_to_fields(document.metadata), removed]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a reading of the corpus gave.

    Attributes:
        records: One for each file, in order.
        texts: For each file that was read and has a document, the folder of the text store that holds it.
        problems: Folders that cannot be listed.
    """

    records: tuple[FileRecord, ...]
    texts: Mapping[str, Path]
    problems: tuple[Problem, ...]


def read_corpus(archive: Archive, known: Mapping[str, FileRecord], work: Path, workers: Workers) -> Corpus:
    """Read what is new or changed in the corpus.

    Args:
        archive: Whose corpus.
        known: Records of an earlier reading, by file.
        work: Takes the texts, and the bodies that `_revisions/` does not hold yet.
        workers: Who reads.
    """
    problems: list[Problem] = []
    files = list(archive.iter_files(problems))
    records: list[FileRecord] = []
    texts: dict[str, Path] = {}
    tasks = []
    for number, group in enumerate(_groups(files)):
        names = [archive.shown(file).as_posix() for _, file in group]
        tasks.append((archive.folder, group, {name: known[name] for name in names if name in known}, work / f"{number:06d}"))
    for (_, _, _, folder), found in zip(tasks, workers.map("reading", read_group, tasks), strict=True):
        records += found
        texts |= {record.file: folder for record in found if record.id and known.get(record.file) != record}
    return Corpus(tuple(records), texts, tuple(problems))


def _groups(files: Sequence[tuple[str, Path]]) -> list[list[tuple[str, Path]]]:
    groups: list[list[tuple[str, Path]]] = []
    room = 0
    for collection, file in files:
        try:
            size = file.stat().st_size
        except OSError:
            size = 0  # whoever reads it will say what is wrong
        if not groups or size > room:
            groups.append([])
            room = _GROUP_BYTES
        groups[-1].append((collection, file))
        room -= size
    return groups


def read_group(
    archive_folder: Path, files: Sequence[tuple[str, Path]], known: Mapping[str, FileRecord], folder: Path
) -> list[FileRecord]:
    """Read some files; a piece of work.

    Args:
        archive_folder: Of the archive.
        files: Collection and path of each.
        known: Records of an earlier reading.
        folder: Takes a text store of what is new (`text`), and its bodies (`bodies`), if there is any.

    Returns:
        A record for each file, in order; the known one where nothing has changed.
    """
    archive = open_archive(archive_folder)
    records: list[FileRecord] = []
    documents: dict[str, tuple[bool, Document]] = {}
    for collection, file in files:
        name = archive.shown(file).as_posix()
        before = known.get(name)
        if before is not None and before.state and before.state == state_of(archive, collection, file, before.sources):
            records.append(before)
            continue
        reading = archive.read(collection, file)
        document = reading.document
        if document is None:
            state = "" if reading.problems and not file.exists() else state_of(archive, collection, file, ())
            records.append(FileRecord(name, state, problems=reading.problems))
            continue
        sources = tuple(capture.sha256[:SHORT] for capture in document.metadata.captured if capture.sha256)
        state = state_of(archive, collection, file, sources)
        size = len(document.body.encode("utf-8"))
        key = document_key(document)
        records.append(
            FileRecord(name, state, sources, document.id, reading.stated, key, document.revision, size, reading.problems)
        )
        taken = documents.get(document.id)
        if taken is None or (reading.stated and not taken[0]):
            documents[document.id] = reading.stated, document
    if documents:
        _write(archive, folder, [document for _, (_, document) in sorted(documents.items())])
    return records


def _write(archive: Archive, folder: Path, documents: Sequence[Document]) -> None:
    """Write texts, and the bodies of revisions that are not kept yet."""
    texts, bodies = folder / "text", folder / "bodies"
    with storage_errors(folder):
        texts.mkdir(parents=True)
        bodies.mkdir()
        write_text_store(texts, documents)
        for document in documents:
            kept, body = revision_file(archive.revisions, document.id, document.revision), document.body.encode("utf-8")
            if not kept.exists() or kept.read_bytes() != body:
                (bodies / f"{document.id}.md").write_bytes(body)


def state_of(archive: Archive, collection: str, file: Path, sources: Sequence[str]) -> str:
    """Name all bytes that the document of a file depends on; "" if the file cannot be read."""
    state = hashlib.sha256(archive.shown(file).as_posix().encode("utf-8", "surrogateescape"))
    try:
        state.update(hashlib.sha256(file.read_bytes()).digest())
    except OSError:
        return ""
    depended = [archive.corpus / collection / DEFAULTS]
    depended += [archive.sources / source / name for source in sources for name in ("edits.jsonl", "raw.txt")]
    for other in depended:
        state.update(_digest(other))
    return state.hexdigest()[:32]


def _digest(file: Path) -> bytes:
    try:
        found = file.stat()
        return _digest_of(file, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    except OSError:
        return b"-"


@lru_cache(maxsize=4096)
def _digest_of(file: Path, size: int, modified: int, changed: int) -> bytes:  # noqa: ARG001  # they say when to hash again
    """Hash a file that several documents may depend on; within one process its times tell whether it is still the same."""
    return hashlib.sha256(file.read_bytes()).digest()
