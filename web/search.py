"""Pages that search: home, results as HTML and JSON, the description for browsers' search boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from archive.script import LANGUAGE_TAGS, script_of
from archive.text_store import StoredDocument
from index.engine import FACETS, MOST_HITS, Hit
from index.errors import InvalidRequest
from index.query import Exact
from index.query_format import format_query
from web import urls
from web.answers import FILTERS, Ask, answer, answer_to_json, snippet_of
from web.rendering import mark_spans
from web.services import current_services

pages = Blueprint("search", __name__)

_STATE = ("q", "mode", "in", "sort", "date", *FILTERS, "group", "limit", "per_document", "strict")
"""Parameters that make up the state of a search, in the order in which addresses give them."""


def ask_from(args: MultiDict[str, str]) -> Ask:
    """Read a question from the parameters of an address.

    Raises:
        InvalidRequest: A number is none or out of range.
    """
    return Ask(
        query=args.get("q", ""),
        mode=args.get("mode") or "text",
        scope=args.get("in", ""),
        sort=args.get("sort", ""),
        group=args.get("group") or "document",
        filters={name: tuple(args.getlist(name)) for name in FILTERS if name in args},
        date=args.get("date", ""),
        limit=_number(args, "limit", 20, MOST_HITS),
        per_document=_number(args, "per_document", 3, MOST_HITS),
        cursor=args.get("cursor", ""),
        strict=args.get("strict") == "1",
    )


def _number(args: MultiDict[str, str], name: str, default: int, most: int) -> int:
    text = args.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or not 1 <= int(text[:9]) <= most:
        raise InvalidRequest(f"{name} {text[:40]!r} is no number from 1 to {most}", hint=f"write {name}={default}")
    return int(text)


def state_of(args: MultiDict[str, str]) -> dict[str, list[str]]:
    """Give the state of a search as parameters, without paging."""
    return {name: [value for value in args.getlist(name) if value] for name in _STATE if name in args}


def with_value(state: Mapping[str, Sequence[str]], name: str, value: str) -> str:
    """Address of the same search with one filter value more, or with a parameter set."""
    kept = list(state.get(name, ())) if name in FILTERS else []
    return urls.search_url({**state, name: [*(other for other in kept if other != value), value]})


def without_value(state: Mapping[str, Sequence[str]], name: str, value: str) -> str:
    """Address of the same search without one filter value."""
    return urls.search_url({**state, name: [other for other in state.get(name, ()) if other != value]})


@pages.get("/")
def home() -> BaseResponse | str:
    """Show the search box and what the archive holds."""
    if request.args.get("q"):
        return redirect(urls.search_url(state_of(request.args)))
    library = current_services().library()
    return render_template("home.html", state=state_of(request.args), facts=library.generation.facts, documents=len(library.store))


@pages.get("/search")
def results() -> str:
    """Show results as a page."""
    found = current_services().reading(lambda library: answer(library, ask_from(request.args)))
    state = state_of(request.args)
    groups = [(rank, list(hits)) for rank, hits in groupby(found.page.hits, key=lambda hit: hit.rank)]
    return render_template(
        "search.html",
        found=found,
        groups=groups,
        state=state,
        facets=FACETS,
        next_url=found.cursor and urls.search_url({**state, "cursor": [found.cursor]}),
        json_url=urls.search_url(state, suffix=".json"),
    )


@pages.get("/search.json")
def results_json() -> Response:
    """Give results as JSON schema 1."""
    found = current_services().reading(lambda library: answer(library, ask_from(request.args)))
    response = jsonify(answer_to_json(found))
    if found.cursor:
        following = urls.search_url({**state_of(request.args), "cursor": [found.cursor]}, suffix=".json")
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


@pages.get("/opensearch.xml")
def description() -> Response:
    """Describe the search to browsers' search boxes."""
    body = render_template("opensearch.xml", name=current_services().archive.settings.name, root=request.url_root.rstrip("/"))
    return Response(body, mimetype="application/opensearchdescription+xml")


def marked_snippet(hit: Hit) -> dict[str, object]:
    """Give a hit's snippet for a template: HTML, and whether the passage goes on before and after it."""
    snippet = snippet_of(hit)
    end = snippet.start + len(snippet.text)
    return {"html": mark_spans(snippet.text, snippet.spans), "before": snippet.start > 0, "after": end < len(hit.text)}


def form_url(state: Mapping[str, Sequence[str]], form: str) -> str:
    """Address of the same search for one written form, letter by letter."""
    return urls.search_url({**state, "q": [format_query(Exact(form, letters=True))]})


def lang_of(text: str, document: StoredDocument) -> str:
    """Give the language tag of a passage: its own script, else its document's."""
    return LANGUAGE_TAGS[script_of(text) or document.script]


@pages.app_context_processor
def helpers() -> dict[str, object]:
    """Give templates what they need to write addresses and snippets."""
    return {
        "urls": urls,
        "with_value": with_value,
        "without_value": without_value,
        "marked_snippet": marked_snippet,
        "lang_of": lang_of,
        "form_url": form_url,
    }
