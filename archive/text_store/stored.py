"""StoredDocument: a document as the store holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archive.document import Block, Document, RemovedText
from archive.front_matter import Fields
from archive.metadata import Metadata, metadata_from_fields, metadata_to_fields
from archive.script import script_of
from archive.structure import label_passages


@dataclass(frozen=True, eq=False)
class StoredDocument:
    """A document as the store holds it; all but its id is read when asked for.

    Attributes:
        id: Permanent name.
    """

    id: str
    _read_record: Callable[[], Mapping[str, Any]]
    _read_passages: Callable[[], tuple[str, ...]]
    _read_removed: Callable[[], tuple[str, ...]]
    _read_blocks: Callable[[], tuple[Block, ...]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoredDocument) and self.id == other.id and self._record == other._record

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def _record(self) -> Mapping[str, Any]:
        return self._read_record()

    @property
    def collection(self) -> str:
        """Its collection."""
        return str(self._record["collection"])

    @property
    def revision(self) -> str:
        """Ten hexadecimal digits."""
        return str(self._record["revision"])

    @property
    def script(self) -> str:
        """Its script: hans, hant, mixed, or "" where no character tells."""
        return str(self._record["script"])

    @property
    def fields(self) -> Fields:
        """Front matter fields, those shared by the collection included."""
        fields: Fields = self._record["fields"]
        return fields

    @cached_property
    def metadata(self) -> Metadata:
        """The fields, read."""
        return metadata_from_fields(self.fields)[0]

    @cached_property
    def passages(self) -> tuple[str, ...]:
        """Texts of the passages, ¶1 first."""
        return self._read_passages()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What each passage is, ¶1 first."""
        return self._read_blocks()

    @cached_property
    def removed(self) -> tuple[RemovedText, ...]:
        """What cleaning took out of it."""
        return tuple(RemovedText(text, *self.source_of(number)) for number, text in enumerate(self._read_removed()))

    def source_of(self, number: int) -> tuple[str, tuple[int, int]]:
        """Give source and half-open range of a removed piece, 0-based, without reading its text."""
        source, start, end = self._record["removed"][number]
        return source, (start, end)


def kept_document(document: Document) -> StoredDocument:
    """Give a document that no store holds, such as a kept text of one that is gone, in the shape of one that a store holds."""
    record = {
        "collection": document.collection,
        "revision": document.revision,
        "script": script_of(document.body),
        "fields": metadata_to_fields(document.metadata),
        "removed": [],
    }
    return StoredDocument(document.id, lambda: record, lambda: document.passages, tuple, lambda: label_passages(document))
