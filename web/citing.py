"""Pages that cite: one passage with its citations, and old references led to the newest text."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from archive.anchoring import GONE, SAME, Anchor, find_again
from archive.identifiers import Reference, format_reference, parse_reference
from archive.script import LANGUAGE_TAGS, script_of
from web import urls
from web.services import current_services
from web.texts import ShownText, check_passage, check_reference, citations_of, find_text

pages = Blueprint("citing", __name__)


@pages.get("/cite/<name>/<revision>/<int:number>")
def passage(name: str, revision: str, number: int) -> tuple[str, int]:
    """Show a passage with its citations, and where it stands in the newest text."""
    services = current_services()
    text = services.reading(lambda library: find_text(services, library, name, revision))
    check_passage(text, number)
    reference = Reference(name, text.revision, number)
    citations = citations_of(services.archive, text, reference, root=request.url_root.rstrip("/"))
    words = text.passages[number - 1]
    page = render_template(
        "cite.html",
        text=text,
        document=text.document,
        metadata=text.document.metadata,
        number=number,
        words=words,
        lang=LANGUAGE_TAGS[script_of(words) or text.document.script],
        citations=citations,
        reference=format_reference(reference),
        anchor=_anchor(text, number),
    )
    return page, text.status


def _anchor(text: ShownText, number: int) -> Anchor | None:
    """Find a passage in the newest text; None where this is the newest, and gone with the document that is gone."""
    if text.is_current:
        return None
    return Anchor(GONE) if text.gone else find_again(text.passages, number, text.document.passages)


@pages.get("/resolve")
def resolve() -> Response | str:
    """Say where a reference stands in the newest text."""
    services = current_services()
    reference = parse_reference(request.args.get("ref", ""))
    text = services.reading(lambda library: find_text(services, library, reference.document, reference.revision))
    check_reference(text, reference)
    number = reference.first or 1
    anchor = _anchor(text, number) or Anchor(SAME, number, 1.0)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(
            {
                "schema": 1,
                "reference": format_reference(reference),
                "revision": text.document.revision,
                "status": anchor.status,
                "passage": anchor.passage,
                "alike": round(anchor.alike, 4),
                "url": urls.document_url(text.document.id, text.document.revision, passage=anchor.passage),
            }
        )
    return render_template("resolve.html", text=text, document=text.document, number=number, reference=reference, anchor=anchor)
