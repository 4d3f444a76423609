"""StoredDocument: a document as the store holds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from archive.document import Block, Document, RemovedText
from archive.front_matter import Fields
from archive.metadata import Metadata, metadata_from_fields, metadata_to_fields
from archive.script import script_of
from archive.structure import label_passages


@dataclass(frozen=True)
class StoredDocument:
    """A document as the store holds it; texts are read when asked for.

    Attributes:
        id: Permanent name.
        collection: Its collection.
        revision: Ten hexadecimal digits.
        script: hans, hant, mixed, or "" where no character tells.
        fields: Front matter fields, those shared by the collection included.
    """

    id: str
    collection: str
    revision: str
    script: str
    fields: Fields
    _read_passages: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)
    _read_removed: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)
    _read_blocks: Callable[[], tuple[Block, ...]] = field(compare=False, repr=False)
    _removed: tuple[tuple[str, int, int], ...]

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
        source, start, end = self._removed[number]
        return source, (start, end)


def kept_document(document: Document) -> StoredDocument:
    """Give a document that no store holds, such as a kept text of one that is gone, in the shape of one that a store holds."""
    return StoredDocument(
        document.id,
        document.collection,
        document.revision,
        script_of(document.body),
        metadata_to_fields(document.metadata),
        lambda: document.passages,
        tuple,
        lambda: label_passages(document),
        (),
    )
