"""Texts that somebody asks for: found, checked against a reference, cited; for pages and terminal alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.citations import STYLES, Cited, cite
from archive.document import Block, Document, split_passages
from archive.errors import DocumentGone, UnknownDocument, UnknownPassage
from archive.identifiers import Reference, check_document_id, check_revision
from archive.metadata import Metadata
from archive.revisions import iter_revisions, read_revision
from archive.store import Archive
from archive.structure import label_passages
from archive.text_store import StoredDocument, kept_document
from index.opening import Library
from web import urls
from web.services import Services


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text of a document: the one that is indexed or an older one.

    Attributes:
        document: The document as it is indexed now.
        revision: The revision of this text.
        passages: Its passages.
        blocks: What each is.
        gone: Whether the document is no longer served; then only the text is known of it.
    """

    document: StoredDocument
    revision: str
    passages: tuple[str, ...]
    blocks: tuple[Block, ...]
    gone: bool = False

    @property
    def is_current(self) -> bool:
        """Whether this is the text that search serves."""
        return not self.gone and self.revision == self.document.revision

    @property
    def status(self) -> int:
        """HTTP status of its page: 410 says that the document is gone, though its text is shown."""
        return 410 if self.gone else 200


def find_document(services: Services, library: Library, name: str) -> StoredDocument:
    """Find a document that is served, by its id or a former one.

    Raises:
        InvalidIdentifier: The id is not well formed.
        DocumentGone: It was served once; its texts are kept.
        UnknownDocument: There never was one of that id.
    """
    document = library.store.find(library.store.alias_of(check_document_id(name)) or name)
    if document is not None:
        return document
    if iter_revisions(services.archive.revisions, name):
        kept = ", ".join(f"{name}@{revision}" for revision in iter_revisions(services.archive.revisions, name))
        raise DocumentGone(f"document {name!r} is no longer served", hint=f"its texts are kept: {kept}")
    raise UnknownDocument(f"there is no document {name!r}", hint="see the list of documents")


def find_text(services: Services, library: Library, name: str, revision: str | None) -> ShownText:
    """Find a text of a document: the newest if no revision is given.

    Raises:
        InvalidIdentifier: Id or revision is not well formed.
        UnknownDocument: There is no such document, or it never had such a text.
    """
    try:
        document = find_document(services, library, name)
    except DocumentGone:
        if revision is None:
            raise
        return _gone_text(name, read_revision(services.archive.revisions, name, revision))
    if revision is None or check_revision(revision) == document.revision:
        return ShownText(document, document.revision, document.passages, document.blocks)
    body = _read_kept(services, document, revision)
    old = Document(document.id, document.collection, document.metadata, body)
    return ShownText(document, revision, old.passages, label_passages(old))


def _gone_text(name: str, body: str) -> ShownText:
    """Show a kept text of a document that is gone; its title is its first line."""
    title = split_passages(body)[0]
    document = kept_document(Document(name, "", Metadata(id=name, title=title), body))
    return ShownText(document, document.revision, document.passages, document.blocks, gone=True)


def _read_kept(services: Services, document: StoredDocument, revision: str) -> str:
    """Read an older text, kept under the document's id or, from before a rename, under a former one."""
    for name in document.metadata.aliases:
        if revision in iter_revisions(services.archive.revisions, name):
            return read_revision(services.archive.revisions, name, revision)
    return read_revision(services.archive.revisions, document.id, revision)


def citations_of(archive: Archive, text: ShownText, wanted: Reference, *, root: str) -> dict[str, str]:
    """Cite a text, or passages of it, in every style.

    Args:
        archive: Whose name and release are printed.
        text: The text that is cited.
        wanted: Which passages; its revision is taken from the text.
        root: Address of the site without a slash at its end; archive.toml's base_url wins over it.

    Raises:
        UnknownPassage: The text has no such passage.
    """
    check_reference(text, wanted)
    document = text.document
    address = urls.document_url(document.id, text.revision, passage=wanted.first)
    cited = Cited(
        metadata=document.metadata,
        reference=replace(wanted, document=document.id, revision=text.revision),
        archive_name=archive.settings.name,
        release=archive.settings.release,
        permalink=(archive.settings.base_url or root) + address if archive.settings.base_url or root else "",
    )
    return {style: cite(cited, style) for style in STYLES}


def check_reference(text: ShownText, wanted: Reference) -> None:
    """Raise UnknownPassage unless a text has the passages and words of a reference."""
    for passage in filter(None, (wanted.first, wanted.last)):
        check_passage(text, passage)
    if wanted.first is not None and wanted.span is not None and wanted.span[1] > len(text.passages[wanted.first - 1]):
        size = len(text.passages[wanted.first - 1])
        raise UnknownPassage(
            f"{text.document.id}@{text.revision}¶{wanted.first} has no words {wanted.span[0]}-{wanted.span[1]}",
            hint=f"it has {size} characters",
        )


def check_passage(text: ShownText, passage: int) -> None:
    """Raise UnknownPassage unless a text has a passage."""
    if not 1 <= passage <= len(text.passages):
        raise UnknownPassage(
            f"{text.document.id}@{text.revision} has no passage {passage}", hint=f"its passages are ¶1 to ¶{len(text.passages)}"
        )
