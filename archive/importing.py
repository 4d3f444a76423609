"""Taking files in: bytes become a source, an edit log and a corpus file. One bad file never stops a batch.

Same bytes, same document: importing a file again changes nothing. Other bytes under the same name become a new document with `-2`
behind its id. Source: plan.md 4 to 6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.cleaning import clean
from archive.document import split_passages
from archive.edits import apply_edits
from archive.encoding import decode
from archive.errors import Problem, StorageFailed, UnreadableSource, UserError, problem_of
from archive.identifiers import check_document_id
from archive.metadata import Capture, Metadata, metadata_to_fields
from archive.sources import SHORT, finish_source, for_document, write_source
from archive.store import MOST_BYTES, Archive, id_from_stem

TOOL = "yinde 0.1"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file.

    Attributes:
        file: As given.
        document: Id of the document that holds it.
        new: False if the archive held these bytes already.
        encoding: How its bytes were read.
        unreadable: Offsets of bad bytes, first ten at most.
        edits: How many spans of its raw text were removed or repaired.
    """

    file: Path
    document: str
    new: bool
    encoding: str = ""
    unreadable: tuple[int, ...] = ()
    edits: int = 0


def import_files(
    archive: Archive, files: Iterable[Path], *, collection: str = "main", encoding: str | None = None
) -> Iterator[Imported | Problem]:
    """Take files in, one after the other; the writer lock must be held.

    Args:
        archive: Where they go.
        files: Plain-text files.
        collection: Folder of the corpus; made if it is not there.
        encoding: A person's choice for all of them, or None to find out.

    Yields:
        For each file in order what became of it, or the problem that kept it out.

    Raises:
        InvalidIdentifier: The collection's name is not well formed.
    """
    check_document_id(collection, what="collection")
    corpus = archive.load()
    held = {capture.sha256: document.id for document in corpus.documents for capture in document.metadata.captured}
    taken = {document.id for document in corpus.documents} | {file.stem for _, file in archive.iter_files()}
    taken |= {alias for document in corpus.documents for alias in document.metadata.aliases}
    taken |= {served.name for served in archive.revisions.glob("*")}  # an id once served is never used for another text
    for file in files:
        try:
            imported = _import_one(archive, file, collection, encoding, held, taken)
        except UserError as error:
            yield problem_of(error, file)
        else:
            taken.add(imported.document)
            yield imported


def _import_one(
    archive: Archive, file: Path, collection: str, encoding: str | None, held: dict[str, str], taken: set[str]
) -> Imported:
    data = _read(file)
    digest = hashlib.sha256(data).hexdigest()
    if (holder := held.get(digest) or _holder(archive, digest)) is not None:
        return Imported(file, holder, new=False)
    decoded = decode(data, encoding=encoding)
    name = _free_id(_id_of(file, digest), taken)
    edits = for_document(clean(decoded.text)[0], name)
    body = apply_edits(decoded.text, edits)
    folder = archive.sources / digest[:SHORT]
    write_source(folder, data=data, suffix=file.suffix, raw=decoded.text, edits=edits)
    metadata = Metadata(
        id=name,
        title=split_passages(body)[0][:200],
        captured=(Capture(sha256=digest, encoding=decoded.encoding, tool=TOOL),),
    )
    archive.write_document(collection=collection, name=name, fields=metadata_to_fields(metadata), body=body)
    finish_source(folder)
    held[digest] = name
    return Imported(file, name, new=True, encoding=decoded.encoding, unreadable=decoded.unreadable, edits=len(edits))


def _holder(archive: Archive, digest: str) -> str | None:
    """Find the corpus file that names a source, even if its front matter can no longer be read."""
    if not (archive.sources / digest[:SHORT]).is_dir():
        return None
    for _, file in archive.iter_files():
        with suppress(OSError):  # not this file, then; load names it
            if digest.encode() in file.read_bytes():
                return file.stem
    return None


def _read(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise UnreadableSource("it is a folder", hint=f"name its files: {file}/*.txt")
        if file.stat().st_size > MOST_BYTES:
            raise UnreadableSource(f"the file is larger than {MOST_BYTES // 1_000_000} MB", hint="split it into several files")
        return file.read_bytes()
    except OSError as error:
        raise StorageFailed(f"cannot read the file: {error.strerror}", hint="check its name and permissions") from None


def _id_of(file: Path, digest: str) -> str:
    return id_from_stem(file.stem) if file.stem.isascii() else f"d-{digest[:10]}"


def _free_id(wanted: str, taken: set[str]) -> str:
    """Give the id itself or, if it is taken, the first of `-2`, `-3` … that is free."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted[:60]}-{number}"
    return name
