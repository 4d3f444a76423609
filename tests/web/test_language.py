"""The language of a page, and whether every catalogue has all that code and templates can say."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import index.query_parser
import index.query_scanner
from archive.anchoring import CHANGED, GONE, MOVED, SAME
from archive.citations import STYLES
from archive.metadata import FLAGS, KINDS
from archive.script import SCRIPTS
from index.engine import FACETS
from index.query_parser import SCOPES
from tests.web.html_tree import parse_html
from tests.web.test_cli import EXIT_CODES_DECIDED
from web.answers import FILTERS
from web.app import create_app
from web.language import LANGUAGES, catalogue_file
from web.settings import Settings
from web.translate import HELP, traditional_catalogue, traditional_help

WEB = Path(__file__).parents[2] / "web"

# -- which language --------------------------------------------------------------------------------------------------------

ACCEPTED = [
    ("zh-CN,zh;q=0.9", "zh-Hans"),
    ("zh", "zh-Hans"),
    ("zh-SG", "zh-Hans"),
    ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
    ("zh-HK", "zh-Hant"),
    ("zh-MO", "zh-Hant"),
    ("zh-Hant", "zh-Hant"),
    ("zh-Hant-CN", "zh-Hant"),
    ("zh-Hans-HK", "zh-Hans"),
    ("zh-Hans-TW", "zh-Hans"),
    ("en", "en"),
    ("en-US,en;q=0.9,zh;q=0.1", "en"),
    ("fr", "zh-Hans"),
    ("fr,en;q=0.5", "en"),
    ("fr;q=0.9, zh-TW;q=0.8, en;q=0.7", "zh-Hant"),
    ("*", "zh-Hans"),
    ("", "zh-Hans"),
]


def _language(client, address="/help", **headers):
    return parse_html(client.get(address, headers=headers).text).one("html")["lang"]


@pytest.mark.parametrize(("accepted", "language"), ACCEPTED)
def test_browser_gets_the_language_that_it_accepts(client, accepted, language):
    assert _language(client, **{"Accept-Language": accepted}) == language


def test_language_asked_for_wins_over_the_browser(client):
    assert _language(client, "/help?lang=zh-Hant", **{"Accept-Language": "en"}) == "zh-Hant"


def test_language_asked_for_is_remembered(client):
    client.get("/help?lang=zh-Hant")
    assert _language(client, **{"Accept-Language": "en"}) == "zh-Hant"


def test_language_asked_for_wins_over_the_one_remembered(client):
    client.get("/help?lang=zh-Hant")
    assert _language(client, "/help?lang=en") == "en"


def test_unknown_language_is_neither_shown_nor_remembered(client):
    response = client.get("/help?lang=tlh", headers={"Accept-Language": "en"})
    assert "Set-Cookie" not in response.headers
    assert _language(client, "/help?lang=tlh", **{"Accept-Language": "en"}) == "en"


def test_answer_says_that_it_depends_on_language_and_cookie(client):
    assert {part.strip() for part in client.get("/").headers["Vary"].split(",")} >= {"Accept-Language", "Cookie"}


def test_page_offers_the_other_languages_and_keeps_the_search(page):
    footer = page("/search?q=发展&kind=news&lang=en").one("footer", cls="site")
    assert footer.one("span", lang="en").text == "English"
    assert {link["lang"]: link["href"] for link in footer.all("a")} == {
        "zh-Hans": "/search?q=%E5%8F%91%E5%B1%95&kind=news&lang=zh-Hans",
        "zh-Hant": "/search?q=%E5%8F%91%E5%B1%95&kind=news&lang=zh-Hant",
    }


def test_archive_chooses_the_languages_that_it_offers(make_archive):
    archive = make_archive()
    (archive.folder / "archive.toml").write_text('languages = ["en", "zh-Hant"]', encoding="utf-8")
    client = create_app(Settings(archive.folder)).test_client()
    assert _language(client, **{"Accept-Language": "fr"}) == "en"
    assert _language(client, **{"Accept-Language": "zh-TW"}) == "zh-Hant"
    footer = parse_html(client.get("/help").text).one("footer", cls="site").one("nav")
    assert [part["lang"] for part in footer.all() if "lang" in part.attributes] == ["zh-Hant", "en"]


@pytest.mark.parametrize(("language", "title"), [("zh-Hans", "帮助"), ("zh-Hant", "幫助"), ("en", "Help")])
def test_help_is_shown_in_the_language_of_the_page(page, language, title):
    assert page(f"/help?lang={language}").one("h1").text == title


# -- catalogues ------------------------------------------------------------------------------------------------------------

CHINESE = ("zh-Hans", "zh-Hant")
every_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def _catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as source:
        return read_po(source)


def _translation(language: str, message: str) -> str:
    """Give the translation of a message, its plural forms joined; "" if the catalogue lacks it or marks it as a guess."""
    found = _catalogue(language).get(message)
    if found is None or found.fuzzy:
        return ""
    forms = found.string if isinstance(found.string, tuple) else (found.string,)
    return "\n".join(forms) if all(forms) else ""


@cache
def _template_messages() -> tuple[str | tuple[str, ...], ...]:
    """Extract what the templates say: single messages, and pairs of singular and plural."""
    found = extract_from_dir(
        WEB, [("templates/**.html", "jinja2"), ("help/**.html", "jinja2"), ("templates/**.xml", "jinja2")], keywords=_KEYWORDS
    )
    return tuple(dict.fromkeys(message for _, _, message, _, _ in found))


_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def test_templates_are_read_for_their_messages():
    messages = _template_messages()
    assert "Nothing found." in messages
    assert "letters exactly as typed" in messages
    assert ("%(num)s document", "%(num)s documents") in messages
    assert len(messages) > 40


@pytest.mark.parametrize("language", CHINESE)
def test_catalogue_translates_every_message_of_the_templates(language):
    firsts = [message if isinstance(message, str) else message[0] for message in _template_messages()]
    assert [message for message in firsts if not _translation(language, message)] == []


@every_language
def test_translations_use_the_same_placeholders(language):
    for message in _catalogue(language):
        if message.id:
            singular = message.id[0] if isinstance(message.id, tuple) else message.id
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            for form in forms:
                assert sorted(re.findall(r"%\(\w+\)s|%", form)) == sorted(re.findall(r"%\(\w+\)s|%", singular)), message.id


def _notice_codes() -> set[str]:
    """Read off the query parser's code what notices it can give."""
    modules = (index.query_parser, index.query_scanner)
    trees = [ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8")) for module in modules]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("fault", "Notice")]
    return {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}


def _codes() -> list[str]:
    shown_fields = {*FACETS, *FILTERS, "in", "date", "kind", "place", "rights", "notes"}
    return [
        *(f"error:{code}" for code in EXIT_CODES_DECIDED),
        *("error:http-404", "error:http-405", "error:http-500"),
        *(f"notice:{code}" for code in sorted(_notice_codes())),
        *(f"kind:{kind}" for kind in KINDS),
        *(f"flag:{flag}" for flag in FLAGS),
        *(f"field:{name}" for name in sorted(shown_fields)),
        *(f"script:{script}" for script in SCRIPTS),
        *(f"in:{scope}" for scope in SCOPES),
        *(f"style:{style}" for style in STYLES),
        *(f"anchor:{status}" for status in (SAME, MOVED, CHANGED, GONE)),
        "comma",
    ]


def test_codes_of_notices_are_read_off_the_parser():
    assert {"quote-unclosed", "too-long", "date-unreadable", "near-operand"} <= _notice_codes()


@every_language
def test_catalogue_translates_every_code_that_code_can_give(language):
    assert [code for code in _codes() if not _translation(language, code)] == []


@every_language
def test_catalogue_has_no_code_that_nothing_gives(language):
    prefixes = {code.partition(":")[0] for code in _codes() if ":" in code}
    listed = [str(message.id) for message in _catalogue(language) if str(message.id).partition(":")[0] in prefixes]
    assert sorted(set(listed) - set(_codes())) == []


@every_language
def test_no_page_shows_a_code_instead_of_words(page, language):
    shown = page(f"/search?q=发展 date:昨天&in=passage&lang={language}").text + page(f"/d/jiaxin?lang={language}").text
    assert re.findall(r"\b(?:error|notice|kind|flag|field|script|in|style|anchor):[a-z-]+", shown) == []


def test_traditional_catalogue_is_what_the_generator_gives():
    assert catalogue_file("zh-Hant").read_bytes() == traditional_catalogue()


def test_traditional_help_is_what_the_generator_gives():
    assert (HELP / "zh-Hant.html").read_text(encoding="utf-8") == traditional_help()


def test_traditional_help_keeps_examples_and_template_code():
    kept = re.compile(r"<code>.*?</code>|\{[{%].*?[%}]\}")
    simplified, traditional = ((HELP / f"{name}.html").read_text(encoding="utf-8") for name in CHINESE)
    assert kept.findall(simplified) == kept.findall(traditional) != []
