"""Every address of the site, as functions. Source: plan.md 13."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode


def document_url(
    document: str, revision: str | None = None, *, passage: int | None = None, query: str = "", mode: str = "text"
) -> str:
    """Address of a document: newest text, or one revision; at a passage; with the places of a query marked."""
    path = f"/d/{quote(document)}" + (f"/{quote(revision)}" if revision else "")
    parameters = {"q": query, **({"mode": mode} if mode != "text" else {})} if query else {}
    return path + (f"?{urlencode(parameters)}" if parameters else "") + (f"#p{passage}" if passage else "")


def cite_url(document: str, revision: str, passage: int) -> str:
    """Address of a passage with its citations."""
    return f"/cite/{quote(document)}/{quote(revision)}/{passage}"


def history_url(document: str) -> str:
    """Address of the texts that a document has had."""
    return f"/d/{quote(document)}/history"


def search_url(parameters: Mapping[str, Sequence[str]], *, suffix: str = "") -> str:
    """Address of a search: parameter names to their values, empty ones left out, in the order given."""
    pairs = [(name, value) for name, values in parameters.items() for value in values if value]
    return f"/search{suffix}" + (f"?{urlencode(pairs)}" if pairs else "")
