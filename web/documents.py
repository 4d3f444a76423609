"""Pages that show documents: the newest text, any text ever served, the list of all, JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from archive.document import Block, Document, Span, split_passages
from archive.errors import DocumentGone, UnknownDocument
from archive.identifiers import check_document_id, check_revision
from archive.metadata import Metadata
from archive.revisions import iter_revisions, read_revision
from archive.script import LANGUAGE_TAGS, script_of
from archive.structure import label_passages
from archive.text_store import StoredDocument, kept_document
from index.evaluation import Question, facts_of, find_in_document
from index.matching import MODES, PassageForms
from index.opening import Library, read_words
from index.query_parser import parse_query
from web.answers import document_to_json
from web.rendering import mark_spans
from web.services import Services, current_services

pages = Blueprint("documents", __name__)

_PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as a page shows it.

    Attributes:
        n: 1-based number.
        html: Its text, places of the query marked.
        block: What it is.
        lang: BCP 47 tag of its script.
    """

    n: int
    html: Markup
    block: Block
    lang: str


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


@pages.before_app_request
def follow_alias() -> BaseResponse | None:
    """Lead a former id to the one it became, for good."""
    arguments = request.view_args or {}
    name = arguments.get("name")
    target = current_services().library().store.alias_of(name) if name else None
    if target is None:
        return None
    path = url_for(request.endpoint or "", **{**arguments, "name": target})
    typed = request.query_string.decode("ascii", "replace")
    return redirect(f"{path}?{typed}" if typed else path, code=301)


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


def _shown_passages(text: ShownText, query: str, mode: str) -> list[ShownPassage]:
    spans: Mapping[int, tuple[Span, ...]] = {}
    if query.strip():
        words = read_words(current_services().archive)
        parsed = parse_query(query)
        scope = "passage" if parsed.scope == "passage" else "document"
        question = Question(parsed.tree, mode if mode in MODES else "text", scope, words)
        spans = find_in_document(question, [PassageForms(passage) for passage in text.passages], facts_of(text.document)) or {}
    rows = zip(text.passages, text.blocks, strict=True)
    return [
        ShownPassage(n, mark_spans(passage, spans.get(n - 1, ())), block, LANGUAGE_TAGS[script_of(passage) or text.document.script])
        for n, (passage, block) in enumerate(rows, start=1)
    ]


@pages.get("/d/<name>")
@pages.get("/d/<name>/<revision>")
def document(name: str, revision: str | None = None) -> tuple[str, int]:
    """Show a text with its passages numbered."""
    services = current_services()
    text = services.reading(lambda library: find_text(services, library, name, revision))
    query, mode = request.args.get("q", ""), request.args.get("mode", "text")
    page = render_template(
        "document.html",
        text=text,
        document=text.document,
        metadata=text.document.metadata,
        passages=_shown_passages(text, query, mode),
        lang=LANGUAGE_TAGS[text.document.script],
        query=query,
    )
    return page, text.status


@pages.get("/d/<name>.json")
def document_json(name: str) -> Response:
    """Give a document as JSON schema 1."""
    services = current_services()
    return jsonify(services.reading(lambda library: document_to_json(find_document(services, library, name))))


@pages.get("/d/<name>/history")
def history(name: str) -> str:
    """List every text that a document has had here."""
    services = current_services()
    shown = services.reading(lambda library: find_document(services, library, name))
    return render_template("history.html", document=shown, revisions=iter_revisions(services.archive.revisions, name))


@pages.get("/browse")
def browse() -> str:
    """List all documents by id, page by page."""
    library = current_services().library()
    at = request.args.get("page", "1")
    number = int(at) if at.isdecimal() and 0 < len(at) < 7 else 1
    first = (max(number, 1) - 1) * _PER_PAGE
    shown = [library.store[ordinal] for ordinal in range(first, min(first + _PER_PAGE, len(library.store)))]
    more = number + 1 if first + _PER_PAGE < len(library.store) else None
    return render_template("browse.html", documents=shown, total=len(library.store), number=number, more=more)
