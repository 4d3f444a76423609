"""Errors presented once: for browsers one page, for programs one JSON shape. Source: plan.md 14."""

from __future__ import annotations

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from archive.errors import UserError
from web.answers import error_to_json

STATUS = {
    "unknown-document": 404,
    "unknown-passage": 404,
    "document-gone": 410,
    "invalid-identifier": 404,
    "archive-missing": 503,
    "archive-busy": 503,
    "storage-failed": 503,
    "index-missing": 503,
    "index-outdated": 503,
    "index-damaged": 503,
    "derived-damaged": 503,
    "index-writable": 503,
    "engine-unavailable": 503,
    "invalid-settings": 503,
}
"""HTTP status of each code; 400 for the others."""


def wants_json() -> bool:
    """Whether the request is for a program: by suffix, or by preferring JSON to HTML."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.path.endswith((".json", ".jsonl")) or best == "application/json"


def _present(error: UserError, status: int) -> Response:
    if wants_json():
        return make_response(jsonify(error_to_json(error)), status)
    return make_response(render_template("error.html", error=error, status=status), status)


def init_errors(app: Flask) -> None:
    """Present user errors and HTTP errors of the app."""

    @app.errorhandler(UserError)
    def user_error(error: UserError) -> Response:
        return _present(error, STATUS.get(error.code, 400))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        shown = UserError(error.description or error.name)
        shown.code = f"http-{error.code}"  # type: ignore[misc]  # one instance, one status
        response = _present(shown, error.code or 500)
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
        return response
