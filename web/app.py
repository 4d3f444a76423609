"""The factory of the Flask app."""

from __future__ import annotations

from flask import Flask, Response

from web import citing, documents, pages, search
from web.errors import init_errors
from web.language import init_languages
from web.services import Services
from web.settings import Settings, settings_from_environment

_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


def create_app(settings: Settings | None = None) -> Flask:
    """Make the app.

    Args:
        settings: Which archive; None reads the environment.

    Raises:
        ArchiveMissing: The folder is no archive.
        InvalidSettings: Its archive.toml cannot be meant so.
    """
    app = Flask("web")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # an attribute of the default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    services = Services(settings or settings_from_environment())
    app.extensions["yinde"] = services
    app.jinja_env.globals["archive"] = services.archive
    init_languages(app)
    init_errors(app)
    for module in (search, documents, citing, pages):
        app.register_blueprint(module.pages)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return app
