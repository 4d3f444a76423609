"""What holds for every page: one landmark, no inline code, nothing of a text becomes markup, links lead somewhere; and errors."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urldefrag, urljoin

import pytest

from index.rebuild import reindex
from tests.web.html_tree import Element, parse_html
from tests.web.toy import BREAKOUT, N_DOCUMENTS, NASTY
from web.app import create_app
from web.settings import Settings

PAGES = (
    "/",
    "/search",
    "/search?q=发展",
    "/search?q=发展&mode=letters&sort=date&place=清溪&date=2020..2021",
    "/search?q=发展&in=removed",
    "/search?q=发展&group=none&limit=3",
    "/search?q=发展&limit=2",
    '/search?q="发展',
    "/search?q=没有这几个字",
    f"/search?q={quote(NASTY)}&place={quote(NASTY)}&date=2018",
    f"/search?q={quote(BREAKOUT)}&speaker={quote(BREAKOUT)}",
    "/browse",
    "/browse?page=2",
    "/d/qingxi-2020",
    "/d/qingxi-2020/{old}",
    "/d/qingxi-2020?q=发展",
    "/d/linjiang-2019",
    "/d/jiaxin",
    "/d/liuyan",
    f"/d/liuyan?q={quote(BREAKOUT)}",
    "/d/qingxi-2020/history",
    "/cite/qingxi-2020/{new}/4",
    "/cite/qingxi-2020/{old}/6",
    "/resolve?ref=qingxi-2020@{old}¶7",
    "/help",
    "/help?lang=en",
    "/help?lang=zh-Hant",
)
ERROR_PAGES = ("/nowhere", f"/d/{quote(NASTY)}", f"/search?q=x&mode={quote(NASTY)}", f"/resolve?ref={quote(BREAKOUT)}")
every_page = pytest.mark.parametrize("address", PAGES + ERROR_PAGES)


@pytest.mark.parametrize("address", PAGES)
def test_page_opens(client, toy, address):
    response = client.get(toy.fill(address))
    assert (response.status_code, response.mimetype) == (200, "text/html")


@every_page
def test_page_has_one_main_landmark_and_one_heading(client, toy, address):
    page = parse_html(client.get(toy.fill(address)).text)
    main = page.one("main")
    assert main["id"] == "main"
    assert len(main.all("h1")) == len(page.all("h1")) == 1
    assert page.one("a", cls="skip")["href"] == "#main"


@every_page
def test_page_names_every_navigation_and_field(client, toy, address):
    page = parse_html(client.get(toy.fill(address)).text)
    for landmark in page.all("nav") + page.all("aside"):
        assert landmark["aria-label"]
    labelled = {label.get("for") for label in page.all("label")} | {
        id(field) for label in page.all("label") for field in label.all("select")
    }
    for field in page.all("input") + page.all("select"):
        assert field.get("type") == "hidden" or field.get("id") in labelled or id(field) in labelled


@every_page
def test_page_uses_each_id_once(client, toy, address):
    page = parse_html(client.get(toy.fill(address)).text)
    ids = [element["id"] for element in page.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))


@every_page
def test_page_holds_no_inline_code(client, toy, address):
    page = parse_html(client.get(toy.fill(address)).text)
    assert [script.get("src") for script in page.all("script")] == ["/static/yinde.js"]
    assert page.one("script").raw_text == ""
    assert page.all("style") == []
    inline = [name for element in page.walk() for name in element.attributes if name == "style" or name.startswith("on")]
    assert inline == []


@every_page
def test_page_makes_no_markup_of_a_text(client, toy, address):
    page = parse_html(client.get(toy.fill(address)).text)
    assert page.all("img") == []
    assert all("alert(1)" not in script.raw_text for script in page.all("script"))


@pytest.mark.parametrize("address", [*PAGES, *ERROR_PAGES, "/search.json?q=发展", "/static/yinde.css", "/robots.txt", "/healthz"])
def test_response_carries_the_policies(client, toy, address):
    headers = client.get(toy.fill(address), buffered=True).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_hostile_document_is_shown_as_written(page):
    shown = page("/d/liuyan")
    assert shown.one("title").text == f"{NASTY} – 河埠头文库"
    assert shown.one("h1").text == NASTY
    assert shown.one("p", cls="byline").text == f"{NASTY} · {BREAKOUT} · 2018 · {NASTY}"
    assert shown.one("div", id="p1").one("p").raw_text == NASTY
    assert shown.one("div", id="p2").one("p").raw_text == f"有人在留言簿里写了{NASTY}，又写了{BREAKOUT}，说这也是发展。"


@pytest.mark.parametrize(("query", "found"), [(NASTY, NASTY), (BREAKOUT, BREAKOUT.removeprefix('"'))])  # an open quotation mark
def test_hostile_query_stays_in_the_search_box(page, query, found):
    shown = page(f"/search?q={quote(query)}")
    assert shown.one("input", id="q")["value"] == query
    assert shown.one("title").text == f"{query} – 河埠头文库"
    assert {mark.raw_text for mark in shown.all("mark")} == {found}


def test_hostile_facet_value_filters_like_any_other(page, data):
    shown = page("/search?q=留言簿")
    assert shown.one("p", cls="byline").text == f"{NASTY} · {BREAKOUT} · 2018 · {NASTY}"
    filtered = data(f"/search.json?q=留言簿&speaker={quote(NASTY)}&place={quote(NASTY)}")
    assert [hit["document"] for hit in filtered["hits"]] == ["liuyan"]
    assert filtered["facets"]["speaker"] == [[NASTY, 1]]


def _targets(page: Element, address: str) -> set[str]:
    links = [link["href"] for link in page.all("a") + page.all("link")]
    return {target for link in links if (target := urljoin(f"http://localhost{address}", link)).startswith("http://localhost")}


def test_every_link_leads_to_a_page_that_has_the_place(client, toy):
    links = {
        link: address for address in PAGES for link in _targets(parse_html(client.get(toy.fill(address)).text), toy.fill(address))
    }
    by_page: dict[str, set[str]] = {}
    for link in links:
        target, fragment = urldefrag(link)
        by_page.setdefault(target, set()).add(fragment)
    assert len(by_page) > 60
    for target, fragments in by_page.items():
        response = client.get(target, buffered=True)
        assert response.status_code == 200, f"{target} from {links.get(target)}"
        if response.mimetype == "text/html":
            ids = {element.get("id") for element in parse_html(response.text).walk()}
            assert fragments - {""} <= ids, target


def test_browse_lists_every_document_once(page):
    shown = page("/browse").one("main")
    assert shown.one("span", cls="count").text == str(N_DOCUMENTS)
    links = [item.all("a")[0]["href"] for item in shown.all("li")]
    assert links == [
        "/d/biji",
        "/d/changhua",
        "/d/duizhao",
        "/d/hebutou",
        "/d/jiaxin",
        "/d/kaihui",
        "/d/linjiang-2019",
        "/d/liuyan",
        "/d/qingxi-2020",
    ]


@pytest.mark.parametrize(
    ("address", "languages"),
    [
        ("/d/qingxi-2020", {"zh-Hans"}),
        ("/d/linjiang-2019", {"zh-Hant"}),
        ("/d/duizhao", {"zh-Hans", "zh-Hant"}),
    ],
)
def test_passages_carry_the_language_tag_of_their_script(page, address, languages):
    article = page(address).one("article", cls="reader")
    passages = [passage for number in article.all("div", cls="passage") for passage in number.all() if passage.tag in ("p", "h2")]
    assert {passage.get("lang", article["lang"]) for passage in passages} == languages


def test_hits_carry_the_language_tag_of_their_script(page):
    hits = page('/search?q="就是大家的日子"').all("div", cls="hit")
    assert [hit.one("p")["lang"] for hit in hits] == ["zh-Hans", "zh-Hant"]


def test_document_shows_what_is_known_about_it(page):
    shown = page("/d/jiaxin")
    assert shown.one("p", cls="caveat").text == "文本不完整 · 待文字识别"
    rows = shown.one("dl", cls="metadata")
    names, values = [name.text for name in rows.all("dt")], [value.text for value in rows.all("dd")]
    assert dict(zip(names, values, strict=True)) == {
        "体裁": "信函",
        "文集": "letters",
        "附注": "信封已失。",
        "另一版本见": "qingxi-2020",
        "引用编号": "jiaxin@{}".format(shown.one("code").text.partition("@")[2]),
        "文本": "本篇的全部文本",
    }


def test_publication_link_keeps_its_parameters(page):
    link = page("/d/linjiang-2019").one("a", rel="noreferrer")
    assert link["href"] == "https://example.org/gazette?a=1&b=2"


def test_help_lists_every_construct_of_the_language(page):
    from index.query_language import ROWS

    shown = {code.raw_text for code in page("/help?lang=en").all("code")}
    assert {example for row in ROWS for example in row.examples} <= shown


@pytest.mark.parametrize(("language", "key"), [("en", "en"), ("zh-Hans", "zh")])
def test_help_explains_every_construct_of_the_language(page, language, key):
    from index.query_language import ROWS

    cells = {cell.raw_text for cell in page(f"/help?lang={language}").all("td")}
    assert {row.meaning[key] for row in ROWS} <= cells


def test_help_lists_every_error_code(page):
    from tests.web.test_cli import EXIT_CODES_DECIDED

    shown = {code.raw_text for code in page("/help?lang=en").all("code")}
    assert set(EXIT_CODES_DECIDED) <= shown


def test_search_description_names_the_archive_and_its_address(client):
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    assert "<ShortName>河埠头文库</ShortName>" in response.text
    assert '<Url type="text/html" template="http://localhost/search?q={searchTerms}"/>' in response.text


def test_health_says_which_generation_is_served(data):
    assert data("/healthz") == {"status": "ok", "generation": "000002", "documents": N_DOCUMENTS}


def test_robots_are_kept_out(client):
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


# -- errors ----------------------------------------------------------------------------------------------------------------

BAD_ID = "1 to 64 of a-z 0-9 _ -, the first a letter or digit"
BAD_REVISION = "ten hexadecimal digits, such as 9f2c41ab07"
BAD_REFERENCE = "write id@revision¶12, ¶12-14 or ¶12:34-58"
DAY = "write 2020, 2020-03, 2020-03-10 or XXXX-08-01"
NUMBER = "is no number from 1 to 1000"

ERRORS = [
    ("/d/nix", 404, "unknown-document", "there is no document 'nix'", "see the list of documents"),
    ("/d/nix.json", 404, "unknown-document", "there is no document 'nix'", "see the list of documents"),
    ("/d/nix/history", 404, "unknown-document", "there is no document 'nix'", "see the list of documents"),
    ("/cite/nix/0123456789/1", 404, "unknown-document", "there is no document 'nix'", "see the list of documents"),
    ("/resolve?ref=nix@0123456789¶1", 404, "unknown-document", "there is no document 'nix'", "see the list of documents"),
    (
        "/d/qingxi-2020/0123456789",
        404,
        "unknown-document",
        "document 'qingxi-2020' has no revision 0123456789",
        "see its history",
    ),
    ("/d/Qingxi", 404, "invalid-identifier", "document id 'Qingxi' is not well formed", BAD_ID),
    ("/d/清溪", 404, "invalid-identifier", "document id '清溪' is not well formed", BAD_ID),
    ("/d/..%2e", 404, "invalid-identifier", "document id '...' is not well formed", BAD_ID),
    ("/d/qingxi-2020/012345678", 404, "invalid-identifier", "revision '012345678' is not well formed", BAD_REVISION),
    ("/d/qingxi-2020/0123456789.json", 404, "invalid-identifier", "revision '0123456789.json' is not well formed", BAD_REVISION),
    ("/resolve?ref=", 404, "invalid-identifier", "reference '' is not well formed", BAD_REFERENCE),
    ("/resolve?ref=qingxi-2020¶", 404, "invalid-identifier", "reference 'qingxi-2020¶' is not well formed", BAD_REFERENCE),
    (
        "/cite/qingxi-2020/{new}/8",
        404,
        "unknown-passage",
        "qingxi-2020@{new} has no passage 8",
        "its passages are ¶1 to ¶7",
    ),
    ("/cite/jiaxin/{jiaxin}/0", 404, "unknown-passage", "jiaxin@{jiaxin} has no passage 0", "its passages are ¶1 to ¶2"),
    (
        "/resolve?ref=qingxi-2020@{old}¶9",
        404,
        "unknown-passage",
        "qingxi-2020@{old} has no passage 9",
        "its passages are ¶1 to ¶7",
    ),
    ("/search?q=x&mode=loud", 400, "invalid-request", "mode 'loud' is unknown", "one of text, loose, letters"),
    ("/search?q=x&sort=size", 400, "invalid-request", "sort 'size' is unknown", "one of relevance, date"),
    ("/search?q=x&group=year", 400, "invalid-request", "group 'year' is unknown", "one of document, none"),
    ("/search?q=x&in=title", 400, "invalid-request", "scope 'title' is unknown", "one of document, passage, removed"),
    ("/search?q=x&limit=0", 400, "invalid-request", f"limit '0' {NUMBER}", "write limit=20"),
    ("/search?q=x&limit=1001", 400, "invalid-request", f"limit '1001' {NUMBER}", "write limit=20"),
    ("/search?q=x&limit=-3", 400, "invalid-request", f"limit '-3' {NUMBER}", "write limit=20"),
    ("/search?q=x&limit=ten", 400, "invalid-request", f"limit 'ten' {NUMBER}", "write limit=20"),
    ("/search?q=x&per_document=0", 400, "invalid-request", f"per_document '0' {NUMBER}", "write per_document=3"),
    ("/search?q=x&cursor=2", 400, "invalid-request", "cursor '2' is not one of ours", "take it from `next` of the page before"),
    ("/search?q=x&cursor=二", 400, "invalid-request", "cursor '二' is not one of ours", "take it from `next` of the page before"),
    ("/search?q=x&date=lately", 400, "invalid-metadata", "date 'lately' is not well formed", DAY),
    (
        "/search?q=x&date=2021..2019",
        400,
        "invalid-metadata",
        "date range '2021..2019' runs backwards",
        "write the earlier date first: 2019..2021-06",
    ),
    ('/search?q="x&strict=1', 400, "query-syntax", "the quotation is not closed", 'close it with "'),
]
_ids = [row[0] for row in ERRORS]


def _fill(toy, text):
    from archive.document import normal_body, revision_of
    from tests.web.toy import LETTER

    return toy.fill(text).replace("{jiaxin}", revision_of(normal_body(LETTER.split("---\n")[-1])))


@pytest.mark.parametrize(("address", "status", "code", "message", "hint"), ERRORS, ids=_ids)
def test_error_says_in_json_what_is_wrong_and_what_would_be_right(client, toy, address, status, code, message, hint):
    response = client.get(_fill(toy, address), headers={"Accept": "application/json"})
    assert response.status_code == status
    error = json.loads(response.text)["error"]
    assert (error["code"], error["message"], error["hint"]) == (code, _fill(toy, message), hint)


@pytest.mark.parametrize(("address", "status", "code", "message", "hint"), ERRORS, ids=_ids)
def test_error_says_on_a_page_what_is_wrong_and_what_would_be_right(client, toy, address, status, code, message, hint):
    if ".json" in address:
        pytest.skip("this address is for programs")
    response = client.get(_fill(toy, address), headers={"Accept": "text/html"})
    assert response.status_code == status
    shown = parse_html(response.text).one("article", cls="error")
    assert [line.text for line in shown.all("p", lang="en")] == [_fill(toy, message), hint]


def test_error_of_a_query_names_the_place_of_the_fault(client):
    response = client.get('/search.json?q=修渠 "发展&strict=1')
    assert response.status_code == 400
    assert json.loads(response.text) == {
        "error": {"code": "query-syntax", "message": "the quotation is not closed", "hint": 'close it with "', "span": [3, 4]}
    }


def test_unknown_address_is_a_page_of_ours(client):
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert parse_html(response.text).one("h1").text == "没有这个页面"


def test_other_methods_are_refused_on_a_page_of_ours(client):
    response = client.post("/search")
    assert response.status_code == 405
    assert parse_html(response.text).one("h1").text == "这个页面不接受此类请求"
    assert set(re.findall(r"[A-Z]+", response.headers.get("Allow", ""))) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    "address", ["/", "/search?q=x", "/browse", "/d/x", "/d/x/history", "/cite/x/0123456789/1", "/resolve?ref=x", "/healthz"]
)
def test_archive_without_index_says_how_to_build_it(make_archive, address):
    archive = make_archive()
    response = create_app(Settings(archive.folder)).test_client().get(address)
    assert response.status_code == 503
    shown = parse_html(response.text).one("article", cls="error")
    assert shown.one("h1").text == "文库还没有索引"
    assert [line.text for line in shown.all("p", lang="en")] == [
        f"{archive.folder} has no index yet",
        f"build it with: yinde --archive {archive.folder} reindex",
    ]


def test_archive_without_index_still_shows_the_help(make_archive):
    response = create_app(Settings(make_archive().folder)).test_client().get("/help")
    assert response.status_code == 200


def test_page_opens_once_the_index_is_built(make_archive):
    archive = make_archive({"main/jia.md": "河水涨了。\n"})
    client = create_app(Settings(archive.folder)).test_client()
    assert client.get("/d/jia").status_code == 503
    reindex(archive)
    assert client.get("/d/jia").status_code == 200


def test_index_of_another_version_is_unavailable(make_archive):
    archive = make_archive({"main/jia.md": "河水涨了。\n"})
    reindex(archive)
    pointer = archive.derived / "current.json"
    facts = json.loads(pointer.read_text(encoding="utf-8"))
    facts["fingerprint"]["schema"] = "whoosh schema 0"
    pointer.write_text(json.dumps(facts), encoding="utf-8")
    response = create_app(Settings(archive.folder)).test_client().get("/search.json?q=x")
    assert response.status_code == 503
    assert json.loads(response.text)["error"] == {
        "code": "index-outdated",
        "message": "the index was built by another version: schema whoosh schema 0 is now whoosh schema 2, concordance 1",
        "hint": f"build it again with: yinde --archive {archive.folder} reindex",
        "span": None,
    }


def test_bug_is_a_page_of_ours_with_status_500(toy, monkeypatch):
    app = create_app(Settings(toy.archive.folder))
    monkeypatch.setattr("web.search.answer", lambda *_: 1 // 0)
    response = app.test_client().get("/search?q=x")
    assert response.status_code == 500
    shown = parse_html(response.text).one("article", cls="error")
    assert shown.one("h1").text == "本站出了差错"
    assert "ZeroDivisionError" not in response.text
