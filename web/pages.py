"""Pages that neither search nor show a document: help, and whether the site is well."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, render_template, render_template_string

from archive.errors import UserError
from index.query_language import ROWS
from web.language import language
from web.services import current_services

pages = Blueprint("pages", __name__)
HELP = Path(__file__).parent / "help"


def error_codes() -> list[str]:
    """List the codes of all user errors."""
    kinds, codes = [UserError], set()
    while kinds:
        kinds += (kind := kinds.pop()).__subclasses__()
        codes.add(kind.code)
    return sorted(codes - {UserError.code})


@pages.get("/help")
def help_page() -> str:
    """Show the help in the language of the page."""
    source = (HELP / f"{language()}.html").read_text(encoding="utf-8")
    text = render_template_string(source, rows=ROWS, codes=error_codes())
    return render_template("help.html", text=text)


@pages.get("/healthz")
def health() -> Response:
    """Say that the index can be read, and which it is."""
    library = current_services().library()
    return jsonify({"status": "ok", "generation": library.generation.name, "documents": len(library.store)})


@pages.get("/robots.txt")
def robots() -> Response:
    """Keep crawlers out: an archive at home is not for them."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
