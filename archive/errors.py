"""Errors that a user can do something about, and problems collected while a batch goes on.

A `UserError` carries what the edge (terminal, page, JSON) needs to present it once; everything else that goes wrong is a bug and
keeps its traceback. Source: plan.md 14.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


class UserError(Exception):
    """Something a user can mend.

    Attributes:
        code: Stable name of the kind, lower case with hyphens; pages translate by it.
        message: What is wrong with which value, one sentence without a full stop.
        hint: What would be right, or None.
        span: Half-open range of code points in the text that the user typed, or None.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str | None = None, span: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.span = span


class ArchiveMissing(UserError):
    """The folder is not an archive."""

    code = "archive-missing"


class InvalidSettings(UserError):
    """archive.toml or an environment variable says something that cannot be meant."""

    code = "invalid-settings"


class ArchiveBusy(UserError):
    """Another process is writing to the archive."""

    code = "archive-busy"


class StorageFailed(UserError):
    """The file system refused: no space, no permission, a read-only folder."""

    code = "storage-failed"


class DerivedDamaged(StorageFailed):
    """Derived data is not what was written; building it anew mends it."""

    code = "derived-damaged"


class UnreadableSource(UserError):
    """A file that is no text, is empty, or is too large."""

    code = "unreadable-source"


class InvalidMetadata(UserError):
    """Front matter that is no YAML, or a field whose value has not the right form."""

    code = "invalid-metadata"


class InvalidIdentifier(UserError):
    """A document id, a collection name or a reference that has not the right form."""

    code = "invalid-identifier"


class DocumentExists(UserError):
    """The id is taken by another document."""

    code = "document-exists"


class UnknownDocument(UserError):
    """No document or revision of that name."""

    code = "unknown-document"


class DocumentGone(UserError):
    """The document was served once and has been removed."""

    code = "document-gone"


class UnknownPassage(UserError):
    """The document has no such passage."""

    code = "unknown-passage"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault found in one file while a batch goes on.

    Attributes:
        code: As in UserError.
        message: One sentence without a full stop.
        file: The file as the user knows it.
        line: 1-based line in the file, or None.
        hint: What would be right, or None.
        fatal: True if the document cannot be served; False if it is served all the same.
    """

    code: str
    message: str
    file: Path
    line: int | None = None
    hint: str | None = None
    fatal: bool = False

    def __str__(self) -> str:
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.message}{hint}"


def problem_of(error: UserError, file: Path, *, line: int | None = None) -> Problem:
    """Turn an error about one file into a fatal problem, so that the batch can go on."""
    return Problem(code=error.code, message=error.message, file=file, line=line, hint=error.hint, fatal=True)
