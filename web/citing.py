"""Pages that cite: one passage with its citations, and old references led to the newest text."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, jsonify, render_template, request

from archive.anchoring import GONE, SAME, Anchor, find_again
from archive.citations import STYLES, Cited, cite
from archive.errors import UnknownPassage
from archive.identifiers import Reference, format_reference, parse_reference
from archive.script import LANGUAGE_TAGS, script_of
from archive.store import Archive
from web import urls
from web.documents import ShownText, find_text
from web.services import current_services

pages = Blueprint("citing", __name__)


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
