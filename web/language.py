"""The language of the pages: gettext catalogues, and which of them a request gets.

zh-Hans and en are written, zh-Hant is generated from zh-Hans (`python -m web.translate`) with an override file. Messages are keyed
by their English text; errors and notices by their code. Source: plan.md 13; notes citing.md 6.
"""

from __future__ import annotations

import gettext as stdlib_gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, g, request
from werkzeug.datastructures import LanguageAccept

from web.services import current_services

LANGUAGES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
"""Languages of the pages, each by its own name."""

FOLDER = Path(__file__).parent / "translations"
_COOKIE = "lang"
_TRADITIONAL_REGIONS = ("tw", "hk", "mo", "hant")


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return FOLDER / language.replace("-", "_") / "LC_MESSAGES" / "messages.po"


@cache
def translations(language: str) -> stdlib_gettext.NullTranslations:
    """Load a catalogue; a language without one gets the English texts themselves."""
    file = catalogue_file(language)
    if not file.exists():
        return stdlib_gettext.NullTranslations()
    with file.open("rb") as source:
        catalogue = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return stdlib_gettext.GNUTranslations(compiled)


def offered_languages(offered: tuple[str, ...]) -> list[str]:
    """Give the languages that an archive offers, best first; all of them if it names none that we have."""
    return [language for language in offered if language in LANGUAGES] or list(LANGUAGES)


def choose_language(wanted: str | None, cookie: str | None, accepted: LanguageAccept, offered: tuple[str, ...]) -> str:
    """Choose the language of a page: asked for, remembered, accepted by the browser, else the archive's first."""
    known = offered_languages(offered)
    for choice in (wanted, cookie):
        if choice in known:
            return choice
    for tag in accepted.values():
        parts = tag.lower().replace("_", "-").split("-")
        traditional = "hans" not in parts and any(region in parts for region in _TRADITIONAL_REGIONS)
        script = "zh-Hant" if traditional else "zh-Hans"
        candidate = script if parts[0] == "zh" else parts[0]
        if candidate in known:
            return candidate
    return known[0]


def language() -> str:
    """Give the language of the current request."""
    if "language" not in g:
        offered = current_services().archive.settings.languages
        g.language = choose_language(request.args.get("lang"), request.cookies.get(_COOKIE), request.accept_languages, offered)
    chosen: str = g.language
    return chosen


def translate(message: str) -> str:
    """Translate a message into the language of the current request."""
    return translations(language()).gettext(message)


def translate_plural(singular: str, plural: str, number: int) -> str:
    """Translate a message that depends on a number."""
    return translations(language()).ngettext(singular, plural, number)


def translate_code(kind: str, code: str, fallback: str) -> str:
    """Translate an error or a notice by its code; where the catalogue lacks it, the fallback is shown."""
    key = f"{kind}:{code}"
    translated = translate(key)
    return fallback if translated == key else translated


def _request_with_lang(wanted: str) -> str:
    """Address of the same page in another language."""
    parameters = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode([*parameters, ('lang', wanted)])}"


def init_languages(app: Flask) -> None:
    """Give templates their catalogues, and remember a language that was asked for."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(translate, translate_plural, newstyle=True)  # type: ignore[attr-defined]
    offered = offered_languages(app.extensions["yinde"].archive.settings.languages)
    app.jinja_env.globals.update(
        language=language,
        languages={name: own for name, own in LANGUAGES.items() if name in offered},
        translate_code=translate_code,
        request_with_lang=_request_with_lang,
    )

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get("lang") in LANGUAGES:
            response.set_cookie(_COOKIE, request.args["lang"], max_age=31_536_000, samesite="Lax")
        response.vary.add("Accept-Language")
        response.vary.add("Cookie")
        return response
