"""Pages that show documents: the newest text, any text ever served, the list of all, JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from archive.document import Block, Span
from archive.revisions import iter_revisions
from archive.script import LANGUAGE_TAGS, script_of
from archive.sentences import sentences
from index.evaluation import Question, facts_of, find_in_document
from index.matching import MODES, PassageForms
from index.opening import read_words
from index.query_parser import parse_query
from web.answers import document_to_json
from web.language import translate
from web.rendering import mark_sentences, mark_spans
from web.services import current_services
from web.texts import ShownText, find_document, find_text

pages = Blueprint("documents", __name__)

_PER_PAGE = 200
_GIANT = 1_000
"""Code points of a passage from which on its sentences are numbered."""


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
        ShownPassage(n, _html(n, passage, spans.get(n - 1, ())), block, LANGUAGE_TAGS[script_of(passage) or text.document.script])
        for n, (passage, block) in enumerate(rows, start=1)
    ]


def _html(n: int, passage: str, spans: tuple[Span, ...]) -> Markup:
    """Give a passage as HTML; the sentences of a giant one are numbered, by CSS, so that what is copied is the text alone."""
    if len(passage) <= _GIANT:
        return mark_spans(passage, spans)
    anchor = Markup('<a class="sentence" id="p{0}s{1}" href="#p{0}s{1}" data-n="{1}" aria-label="{2}"></a>')
    label = translate("Sentence %(n)s")
    return mark_sentences(passage, spans, sentences(passage), lambda number: anchor.format(n, number, label % {"n": number}))


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
