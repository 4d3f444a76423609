"""Every text ever served: `corpus/_revisions/<id>/<revision>.md`, append only. Source: plan.md 6.

Each file holds one body and nothing else, so its SHA-256 begins with its own name, and anybody can check it.
"""

from __future__ import annotations

from pathlib import Path

from archive.document import Document, revision_of
from archive.errors import UnknownDocument
from archive.files import write_atomically
from archive.identifiers import check_document_id, check_revision


def revision_file(folder: Path, document: str, revision: str) -> Path:
    """Name the file that keeps a revision."""
    return folder / document / f"{revision}.md"


def keep_revision(folder: Path, document: Document) -> bool:
    """Write the text of a document into the revisions folder unless it is there, whole.

    Returns:
        Whether it was new, or damaged and is mended now.

    Raises:
        StorageFailed: The file system refused.
    """
    file = revision_file(folder, document.id, document.revision)
    body = document.body.encode("utf-8")
    if file.exists() and file.read_bytes() == body:
        return False
    write_atomically(file, body)
    return True


def read_revision(folder: Path, document: str, revision: str) -> str:
    """Read a body that was served once.

    Raises:
        InvalidIdentifier: The id or the revision is not well formed.
        UnknownDocument: No such revision was served, or its file no longer holds what its name says.
    """
    file = revision_file(folder, check_document_id(document), check_revision(revision))
    try:
        body = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise UnknownDocument(f"document {document!r} has no revision {revision}", hint="see its history") from None
    except UnicodeDecodeError:
        body = ""
    if revision_of(body) != revision:
        raise UnknownDocument(
            f"the kept text of {document}@{revision} is damaged", hint=f"restore {file.name} from a backup or from git"
        )
    return body


def iter_revisions(folder: Path, document: str) -> tuple[str, ...]:
    """List the revisions kept of a document, sorted by name; empty if it was never served."""
    return tuple(sorted(file.stem for file in (folder / check_document_id(document)).glob("*.md")))
