"""An archive on disk: its settings, its corpus files, its sources and revisions.

Documents lie only in `corpus/<collection>/`; a README.md is never one; folders that begin with `_` hold other things. A file is
never rewritten unasked. Source: plan.md 5 and 6.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from archive.document import Document, RemovedText, normal_body, split_passages
from archive.errors import (
    DocumentExists,
    InvalidIdentifier,
    InvalidMetadata,
    InvalidSettings,
    Problem,
    StorageFailed,
    UserError,
    problem_of,
)
from archive.files import write_atomically
from archive.front_matter import Fields, FrontMatter, format_front_matter, parse_front_matter, split_front_matter
from archive.identifiers import DOCUMENT_ID, check_document_id
from archive.metadata import Metadata, metadata_from_fields
from archive.settings import FILE_NAME, TEMPLATE, ArchiveSettings, read_settings
from archive.sources import SHORT, removed_text

MOST_BYTES = 40_000_000
"""Bytes of one file; the longest documents known have 4 MB (notes text.md 5)."""

DEFAULTS = "_defaults.yaml"
_SUFFIXES = (".md", ".txt")
_TITLE_MOST = 200
_OWN_FIELDS = ("id", "aliases")
"""Fields that no two documents can share."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a reading of the corpus folder gave.

    Attributes:
        documents: Those that can be served, by id.
        problems: Faults in files, in the order of the files.
        files: Where each document lies, by id.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading of one file gave.

    Attributes:
        file: The file.
        document: Its document, or None if it cannot be served.
        stated: Whether its front matter states its id.
        problems: Faults in it and in what its collection shares.
    """

    file: Path
    document: Document | None
    stated: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Archive:
    """An archive folder.

    Attributes:
        folder: The folder that holds archive.toml.
        settings: What archive.toml says.
    """

    folder: Path
    settings: ArchiveSettings

    @property
    def corpus(self) -> Path:
        """Folder of the collections."""
        return self.folder / "corpus"

    @property
    def sources(self) -> Path:
        """Folder of the sources as received."""
        return self.corpus / "_sources"

    @property
    def revisions(self) -> Path:
        """Folder of every text ever served."""
        return self.corpus / "_revisions"

    @property
    def derived(self) -> Path:
        """Folder of what can be made again from the rest."""
        return self.folder / ".yinde"

    def iter_files(self, problems: list[Problem] | None = None) -> Iterator[tuple[str, Path]]:
        """Yield (collection, file) of everything that is meant as a document, sorted by collection and name.

        Args:
            problems: Takes a problem for each folder that cannot be listed.
        """
        for collection in self._listed(self.corpus, problems):
            if collection.is_dir() and not collection.name.startswith(("_", ".")):
                for file in self._listed(collection, problems):
                    if file.suffix.lower() in _SUFFIXES and file.stem != "README" and not file.name.startswith("."):
                        yield collection.name, file

    def _listed(self, folder: Path, problems: list[Problem] | None) -> list[Path]:
        try:
            return sorted(folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            if problems is not None:
                message = f"the folder cannot be listed: {error.strerror}"
                problems.append(Problem("storage-failed", message, self.shown(folder), hint="check its permissions", fatal=True))
            return []

    def load(self) -> Corpus:
        """Read every document; a bad file is a problem and does not stop the others."""
        problems: list[Problem] = []
        readings = [self.read(collection, file) for collection, file in self.iter_files(problems)]
        problems += dict.fromkeys(problem for reading in readings for problem in reading.problems)
        found = {reading.file: reading.document for reading in readings if reading.document is not None}
        named = [(reading.stated, reading.file, reading.document.id) for reading in readings if reading.document is not None]
        chosen, taken = self.choose(named)
        documents = tuple(found[chosen[name]] for name in sorted(chosen))
        return Corpus(documents, (*problems, *taken), chosen)

    def read(self, collection: str, file: Path) -> Reading:
        """Read the document of one file; what is wrong with it is told, not raised."""
        problems: list[Problem] = []
        try:
            stated, document = self._read(collection, file, self._defaults(collection, problems), problems)
            return Reading(file, document, stated, tuple(problems))
        except UserError as error:
            return Reading(file, None, False, (*problems, problem_of(error, self.shown(file))))

    def choose(self, named: Iterable[tuple[bool, Path, str]]) -> tuple[dict[str, Path], list[Problem]]:
        """Decide which file serves each id.

        Args:
            named: For each file, in order, whether its front matter states its id; the file; its id.

        Returns:
            The file of each id, and a problem for every other file of it.
        """
        chosen: dict[str, Path] = {}
        problems: list[Problem] = []
        # An id that front matter states comes before one made of a file name: a file dropped in takes no other's id.
        for _, file, name in sorted(named, key=lambda item: not item[0]):
            if chosen.setdefault(name, file) is not file:
                message = f"id {name!r} is taken by {self.shown(chosen[name])}"
                hint = "give one of them another id in its front matter"
                problems.append(Problem("document-exists", message, self.shown(file), hint=hint, fatal=True))
        return chosen, problems

    def shown(self, path: Path) -> Path:
        """Give a path of the archive as messages name it: relative to the archive."""
        return path.relative_to(self.folder)

    def _defaults(self, collection: str, problems: list[Problem]) -> FrontMatter:
        file = self.corpus / collection / DEFAULTS
        try:
            if not DOCUMENT_ID.fullmatch(collection):
                raise InvalidIdentifier(f"collection {collection!r} is not well formed", hint="1 to 64 of a-z 0-9 _ -")
            front = parse_front_matter(read_text(file), first_line=1) if file.exists() else FrontMatter()
            own = [name for name in _OWN_FIELDS if name in front.fields]
            if own:
                raise InvalidMetadata(f"a collection cannot share {' and '.join(own)}", hint="write it into each document")
            return front
        except UserError as error:
            problems.append(replace(problem_of(error, self.shown(file)), fatal=False))
            return FrontMatter()

    def _read(self, collection: str, file: Path, defaults: FrontMatter, problems: list[Problem]) -> tuple[bool, Document]:
        """Read one document, adding what is wrong with its fields to the problems.

        Returns:
            Whether its front matter states its id; the document.

        Raises:
            UserError: The document cannot be served.
        """
        text = read_text(file)
        source, rest = split_front_matter(text)
        front = FrontMatter() if source is None else parse_front_matter(source)
        metadata, field_problems = metadata_from_fields({**defaults.fields, **front.fields})
        for problem in field_problems:
            place, line = (file, front.lines[problem.field]) if problem.field in front.lines else (file.with_name(DEFAULTS), None)
            found = replace(problem_of(problem.error, self.shown(place), line=line), fatal=False)
            if found not in problems:
                problems.append(found)
        body = normal_body(rest)
        if not body:
            raise InvalidMetadata("the file has no text", hint="write one paragraph per line below the front matter")
        name = metadata.id or id_from_stem(file.stem)
        title = metadata.title or split_passages(body)[0].strip()[:_TITLE_MOST]
        removed = self._removed(name, metadata, file, problems)
        return bool(metadata.id), Document(name, collection, replace(metadata, id=name, title=title), body, removed)

    def _removed(self, name: str, metadata: Metadata, file: Path, problems: list[Problem]) -> tuple[RemovedText, ...]:
        """Read what cleaning took out of the latest of its sources."""
        for capture in metadata.captured:
            folder = self.sources / capture.sha256[:SHORT]
            if capture.sha256 and folder.is_dir():
                try:
                    return removed_text(folder, name)
                except InvalidMetadata as error:
                    problems.append(replace(problem_of(error, self.shown(file)), fatal=False))
        return ()

    def write_document(self, *, collection: str, name: str, fields: Fields, body: str) -> Path:
        """Write a new corpus file.

        Raises:
            DocumentExists: There is a file of that name.
            InvalidIdentifier: The name of the document or of the collection is not well formed.
            StorageFailed: The file system refused.
        """
        file = self.corpus / check_document_id(collection, what="collection") / f"{check_document_id(name)}.md"
        if file.exists():
            raise DocumentExists(f"{self.shown(file)} is there already", hint="choose another id")
        write_atomically(file, f"{format_front_matter(fields)}\n{body}".encode())
        return file


def read_text(file: Path) -> str:
    """Read a corpus file: UTF-8, byte order mark and CRLF tolerated, LF given.

    Raises:
        InvalidMetadata: It is not UTF-8, holds a NUL character, or is larger than MOST_BYTES.
        StorageFailed: It vanished or cannot be read.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise InvalidMetadata(f"the file is larger than {MOST_BYTES // 1_000_000} MB", hint="split it into several documents")
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidMetadata(f"byte {error.start} is not UTF-8", hint=f"take the file in with: yinde import {file.name}") from None
    except OSError as error:
        raise StorageFailed(f"cannot read the file: {error.strerror}", hint="it may have been moved while it was read") from None
    if "\0" in text:
        raise InvalidMetadata(f"NUL character at {text.index(chr(0))}", hint="remove it: a text holds none")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def id_from_stem(stem: str) -> str:
    """Make a document id of a file name without its suffix.

    An ASCII name gives itself in lower case, other signs as hyphens; any other name gives `d-` and ten hexadecimal digits of the
    SHA-256 of the name, which stays the same when the text is corrected.
    """
    slug = re.sub(r"[^a-z0-9_-]+", "-", stem.lower()).strip("-_")[:64] if stem.isascii() else ""
    return slug or "d-" + hashlib.sha256(unicodedata.normalize("NFC", stem).encode("utf-8", "surrogateescape")).hexdigest()[:10]


def open_archive(folder: Path) -> Archive:
    """Open the archive in a folder.

    Raises:
        ArchiveMissing: The folder holds no archive.toml.
        InvalidSettings: archive.toml cannot be meant so.
    """
    return Archive(folder, read_settings(folder))


def init_archive(folder: Path, *, name: str) -> Archive:
    """Make a new archive: archive.toml and an empty corpus folder.

    Raises:
        DocumentExists: There is an archive already.
        InvalidSettings: The name cannot be written.
        StorageFailed: The file system refused.
    """
    file = folder / FILE_NAME
    if file.exists():
        raise DocumentExists(
            f"{folder} is an archive already", hint=f"take documents in with: yinde --archive {folder} import FILE…"
        )
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidSettings(f"name {name!r} is no text", hint="give another with --name") from None
    quoted = json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")  # a TOML string, too
    write_atomically(file, TEMPLATE.format(name=quoted).encode("utf-8"))
    ignored = folder / ".gitignore"
    if not ignored.exists():
        write_atomically(ignored, b".yinde/\n")
    try:
        (folder / "corpus").mkdir(exist_ok=True)
    except OSError as error:
        raise StorageFailed(f"cannot write {folder / 'corpus'}: {error.strerror}", hint=None) from None
    return open_archive(folder)
