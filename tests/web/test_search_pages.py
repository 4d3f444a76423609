"""The results page and its JSON: totals, facets, filters, paging, notices, removed text."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.web.html_tree import Element, parse_html
from tests.web.toy import CLEANED_ADVERTISEMENT, CLEANED_RAW, LONG, count_in_bodies


def _total(page: Element) -> str:
    return page.one("p", cls="totals").text


def _json_of(page: Element) -> str:
    return page.one("link", rel="alternate")["href"]


def _facets(page: Element) -> dict[str, list[tuple[str, str, int]]]:
    """Read the facets of a page: name to rows of value, link and number."""
    return {
        block.one("summary").text: [(row.one("a").text, row.one("a")["href"], int(row.one("span").text)) for row in block.all("li")]
        for block in page.one("aside").all("details")
    }


# -- totals ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["发展", "發展", "发展　", "発展", "发​展"])
def test_totals_are_the_same_in_every_script(page, query):
    assert _total(page(f"/search?q={query}")) == "7 篇，13 段，共 15 处 · 另有 2 处在清理掉的文字里"


def test_places_found_are_those_that_a_plain_count_gives(data):
    total = data("/search.json?q=发展")["total"]
    assert total["occurrences"] == count_in_bodies("发展", "發展") == 15


def test_one_document_is_said_in_the_singular(page):
    assert _total(page('/search?q="商量发展"&lang=en')) == "1 document, 1 passage, 1 place"


def test_several_documents_are_said_in_the_plural(page):
    shown = _total(page("/search?q=发展&lang=en"))
    assert shown == "7 documents, 13 passages, 15 places · 2 more places in text that cleaning removed"


def test_nothing_found_is_said(page):
    shown = page("/search?q=没有这几个字")
    assert _total(shown) == "0 篇"
    assert shown.one("p", cls="nothing").text == "没有找到。"


def test_empty_query_asks_for_words(page):
    assert page("/search").one("p", cls="nothing").text == "请输入要查找的字句。"


def test_marks_cover_the_query_in_the_letters_of_the_source(page):
    shown = page("/search?q=发展&per_document=100")
    marks = [mark.raw_text for mark in shown.all("mark")]
    assert (marks.count("发展"), marks.count("發展"), len(marks)) == (11, 4, 15)


def test_overlapping_places_leave_the_text_as_it_is(page):
    hits = [hit.one("p") for hit in page('/search?q="发展要" "展要靠人" "要靠人，发"').all("div", cls="hit")]
    (hit,) = [hit for hit in hits if hit.raw_text == "还有人说，发展要靠人，发展不能等。"]
    assert [mark.raw_text for mark in hit.all("mark")] == ["发展要", "靠人", "，发"]


@pytest.mark.parametrize(("mode", "total"), [("text", 15), ("letters", 11), ("loose", 15)])
def test_mode_decides_which_letters_count(data, mode, total):
    assert data(f"/search.json?q=发展&mode={mode}")["total"]["occurrences"] == total


def test_chosen_mode_and_order_stay_chosen(page):
    shown = page("/search?q=发展&mode=loose&sort=date")
    chosen = [option["value"] for option in shown.all("option") if "selected" in option.attributes]
    assert chosen == ["loose", "date"]


def test_order_by_date_is_newest_first_and_undated_last(data):
    hits = data("/search.json?q=发展&sort=date&per_document=1")["hits"]
    assert [hit["date"] for hit in hits] == ["2021", "2021-06-01", "2020-03-10", "2019-05", "2018", "2017-01-02", None]


def test_home_page_leads_a_query_to_its_results(client):
    response = client.get("/?q=发展&mode=letters")
    assert (response.status_code, response.headers["Location"]) == (302, "/search?q=%E5%8F%91%E5%B1%95&mode=letters")


# -- facets and filters ----------------------------------------------------------------------------------------------------


def test_facets_are_those_of_the_port_in_its_order(page):
    assert list(_facets(page("/search?q=发展"))) == ["写作", "年份", "讲话人", "地点", "体裁", "文集", "文字"]


def test_facet_link_finds_as_many_documents_as_it_says(page, data):
    facets = _facets(page("/search?q=发展"))
    rows = [row for name, rows in facets.items() if name != "写作" for row in rows]
    assert len(rows) > 20
    for value, link, number in rows:
        assert data(_json_of(page(link)))["total"]["documents"] == number, value


def test_written_form_link_finds_as_many_places_as_it_says(page, data):
    rows = _facets(page("/search?q=发展"))["写作"]
    assert [(form, number) for form, _, number in rows] == [("发展", 11), ("發展", 4)]
    assert [data(_json_of(page(link)))["total"]["occurrences"] for _, link, _ in rows] == [11, 4]


def test_facet_link_keeps_the_rest_of_the_search(page):
    rows = _facets(page("/search?q=发展&mode=loose&sort=date&date=2019..2021&place=清溪"))["年份"]
    assert sorted(parse_qsl(urlsplit(rows[0][1]).query)) == [
        ("date", "2019..2021"),
        ("mode", "loose"),
        ("place", "清溪"),
        ("q", "发展"),
        ("sort", "date"),
        ("year", "2021"),
    ]


def _values_of_link(page, address, facet, value, name):
    (link,) = [link for shown, link, _ in _facets(page(address))[facet] if shown == value]
    return [given for parameter, given in parse_qsl(urlsplit(link).query) if parameter == name]


def test_facet_link_adds_to_the_values_of_its_filter(page):
    assert _values_of_link(page, "/search?q=发展&speaker=陈望", "讲话人", "林海", "speaker") == ["陈望", "林海"]


def test_facet_link_of_a_chosen_value_does_not_add_it_again(page):
    assert _values_of_link(page, "/search?q=发展&speaker=陈望", "讲话人", "陈望", "speaker") == ["陈望"]


def test_filter_is_shown_as_a_chip_that_takes_it_off(page):
    shown = page("/search?q=发展&kind=news&date=2020..2022&in=passage")
    chips = shown.one("ul", cls="chips").all("a")
    assert [chip.text for chip in chips] == ["范围: 同一段 ×", "日期: 2020..2022 ×", "体裁: 新闻 ×"]
    assert [chip["href"] for chip in chips] == [
        "/search?q=%E5%8F%91%E5%B1%95&date=2020..2022&kind=news",
        "/search?q=%E5%8F%91%E5%B1%95&in=passage&kind=news",
        "/search?q=%E5%8F%91%E5%B1%95&in=passage&date=2020..2022",
    ]


def test_search_form_keeps_the_filters(page):
    form = page("/search?q=发展&kind=news&place=清溪&date=2020..2022").one("form")
    hidden = {field["name"]: field["value"] for field in form.all("input", type="hidden")}
    assert hidden == {"kind": "news", "place": "清溪", "date": "2020..2022"}


def test_values_of_one_filter_are_alternatives(data):
    found = data("/search.json?q=发展&place=清溪&place=臨江")
    assert {hit["document"] for hit in found["hits"]} == {"kaihui", "qingxi-2020", "linjiang-2019"}


def test_different_filters_must_all_hold(data):
    found = data("/search.json?q=发展&place=清溪&kind=news")
    assert {hit["document"] for hit in found["hits"]} == {"kaihui"}


def test_filter_takes_the_whole_value(data):
    assert data("/search.json?q=发展&speaker=陈")["total"]["documents"] == 0


def test_filters_alone_find_documents(page):
    shown = page("/search?kind=letter")
    assert _total(shown) == "1 篇"
    assert [title.text for title in shown.all("h2")] == ["一封没有年份的家信"]


# -- paging ----------------------------------------------------------------------------------------------------------------


def _all_pages(data, first: str, follow) -> list[tuple[str, int | None]]:
    """Read page after page until the last, and give document and passage of every hit."""
    hits, address = [], first
    for _ in range(50):
        found = data(address)
        hits += [(hit["document"], hit["passage"]) for hit in found["hits"]]
        if found["next"] is None:
            return hits
        address = follow(first, found["next"])
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize("group", ["document", "none"])
@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_cursor_covers_every_hit_once(data, group, limit):
    first = f"/search.json?q=发展&per_document=100&group={group}"
    paged = _all_pages(data, f"{first}&limit={limit}", lambda address, cursor: f"{address}&cursor={cursor}")
    assert paged == _all_pages(data, f"{first}&limit=1000", lambda *_: "")
    assert len(set(paged)) == len(paged) == 13


@pytest.mark.parametrize("group", ["document", "none"])
def test_link_header_covers_every_hit_once(client, group):
    address: str | None = f"/search.json?q=发展&per_document=100&limit=2&group={group}"
    hits = []
    while address:
        response = client.get(address)
        hits += [(hit["document"], hit["passage"]) for hit in json.loads(response.text)["hits"]]
        following = re.fullmatch('<(.+)>; rel="next"', response.headers.get("Link", ""))
        address = following[1] if following else None
    assert len(hits) == 13
    assert len(set(hits)) == 13


@pytest.mark.parametrize("group", ["document", "none"])
def test_more_results_link_covers_every_hit_once(client, group):
    address: str | None = f"/search?q=发展&per_document=100&limit=2&group={group}"
    hits: list[str] = []
    while address:
        shown = parse_html(client.get(address).text)
        hits += [link["href"] for hit in shown.all("div", cls="hit") for link in hit.all("a", cls="number")]
        following = shown.all("a", rel="next")
        address = following[0]["href"] if following else None
    assert len(hits) == 13
    assert len(set(hits)) == 13


@pytest.mark.parametrize(("group", "n_hits"), [("document", 7), ("none", 13)])
def test_full_last_page_has_no_next(data, page, group, n_hits):
    assert data(f"/search.json?q=发展&group={group}&limit={n_hits - 1}")["next"] is not None
    assert data(f"/search.json?q=发展&group={group}&limit={n_hits}")["next"] is None
    assert page(f"/search?q=发展&group={group}&limit={n_hits}").all("a", rel="next") == []


def test_ranks_go_on_from_page_to_page(data):
    first = data("/search.json?q=发展&limit=3&per_document=1")
    second = data(f"/search.json?q=发展&limit=3&per_document=1&cursor={first['next']}")
    assert [hit["rank"] for hit in first["hits"] + second["hits"]] == [1, 2, 3, 4, 5, 6]


def test_totals_and_facets_are_the_same_on_every_page(data):
    first = data("/search.json?q=发展&limit=3")
    second = data(f"/search.json?q=发展&limit=3&cursor={first['next']}")
    assert (first["total"], first["facets"], first["forms"]) == (second["total"], second["facets"], second["forms"])


# -- notices ---------------------------------------------------------------------------------------------------------------

NOTICES = [
    ('"发展', "The quotation is not closed; it is read to the end.", '"'),
    ("(发展", "The bracket is not closed.", "("),
    ("发展 date:昨天", "The date cannot be read; write 2019, 2019..2021-06, 2019.. or ..2021.", "昨天"),
    ("发展 sort:大小", "The option has no such value and is ignored.", "sort:大小"),
    ("title: 发展", "The field has no value and is read as text.", "title:"),
    ('~1 "发"', "The string is too short to be searched with errors; it is searched exactly.", '~1 "发"'),
    ("发展 OR", "An operator has nothing to work on and is ignored.", "OR"),
]


@pytest.mark.parametrize(("query", "said", "piece"), NOTICES, ids=[row[0] for row in NOTICES])
def test_notice_says_how_the_query_was_read(page, query, said, piece):
    notice = page(f"/search?lang=en&q={query}").one("ul", cls="notices").one("li")
    assert notice.text == f"{said} {piece}"


@pytest.mark.parametrize("query", [row[0] for row in NOTICES if row[0] != "title: 发展"])
def test_query_with_a_notice_still_finds(data, query):
    found = data(f"/search.json?q={query}")
    assert len(found["query"]["notices"]) == 1
    assert found["total"]["documents"] > 0


@pytest.mark.parametrize(("query", "mode"), [("\u200b", "text"), ("，。", "loose"), ("“”", "text")])
def test_query_that_folds_to_nothing_has_a_notice_and_no_hits(data, query, mode):
    found = data("/search.json", query_string={"q": query, "mode": mode})
    assert found["total"] == {"documents": 0, "passages": 0, "occurrences": 0, "removed": 0}
    assert [notice["code"] for notice in found["query"]["notices"]] == ["string-empty"]


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("「发展」", '"发展"'),
        ("标题：商量", 'title:"商量"'),
        ("发展 NOT 广告", "发展 -广告"),
        ("（发展 OR 修渠） 水", "(发展 OR 修渠) 水"),
    ],
)
def test_query_is_shown_as_it_was_read(page, query, understood):
    assert page(f"/search?q={query}").one("p", cls="understood").one("code").text == understood


# -- hits ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["发展", '"发展"', "水车", "修?的钱 OR 发*要靠", "修渠 NEAR/30 分摊", '~1 "账目张榜公布"', "title:手册 日子"]
)
def test_hit_url_opens_the_passage_that_it_names(client, query):
    found = json.loads(client.get("/search.json", query_string={"q": query, "per_document": "100"}).text)
    assert found["hits"]
    for hit in found["hits"]:
        page = parse_html(client.get(hit["url"]).text)
        shown = page.one("div", id=hit["url"].partition("#")[2])
        text = next(part.raw_text for part in shown.all() if part.tag in ("p", "h2", "h3", "h4"))
        assert hit["url"].endswith(f"{hit['document']}/{hit['revision']}#p{hit['passage']}")
        assert text[hit["text_start"] :].startswith(hit["text"])


def test_spans_cover_the_query_in_text_and_snippet(data):
    for hit in data('/search.json?q="发展"&per_document=100')["hits"]:
        for shown in (hit, hit["snippet"]):
            assert shown["spans"]
            assert {shown["text"][start:end] for start, end in shown["spans"]} <= {"发展", "發展"}


def test_snippet_is_a_slice_of_at_most_120_characters(data):
    for hit in data("/search.json?q=发展&per_document=100")["hits"]:
        assert hit["snippet"]["text"] in hit["text"]
        assert 0 < len(hit["snippet"]["text"]) <= 120


def test_long_passage_is_given_around_its_first_place(data):
    hit = data("/search.json?q=谁都愿意多坐一会儿")["hits"][0]
    place = LONG.index("谁都愿意多坐一会儿")
    assert len(LONG) > 20_000
    assert len(hit["text"]) == 10_000
    assert LONG[hit["text_start"] :].startswith(hit["text"])
    assert [[start + hit["text_start"], end + hit["text_start"]] for start, end in hit["spans"]] == [[place, place + 9]]


def test_results_link_leads_to_the_passage_with_its_places_marked(page):
    link = page("/search?q=发展&kind=report").all("div", cls="hit")[0].one("a", cls="number")["href"]
    assert [mark.text for mark in page(link).all("mark")] == ["發展", "發展", "發展"]


def test_document_opened_from_results_leads_back_to_them(page):
    assert page("/d/linjiang-2019?q=发展").one("p", cls="back").one("a")["href"] == "/search?q=%E5%8F%91%E5%B1%95"


# -- removed text ----------------------------------------------------------------------------------------------------------


def test_removed_count_leads_to_that_many_removed_places(page, data):
    shown = page("/search?q=发展")
    link = shown.one("span", cls="removed-count").one("a")
    assert link.text == "另有 2 处在清理掉的文字里"
    removed = page(link["href"])
    assert _total(removed) == "1 篇，1 段，共 2 处"
    assert [hit.one("p").text for hit in removed.all("div", cls="hit")] == ["【广告】发展网店，发展人脉，扫码有礼。"]
    assert data(_json_of(removed))["total"]["occurrences"] == 2


def test_removed_hit_names_its_source_and_place(data):
    hit = data("/search.json?q=扫码有礼&in=removed")["hits"][0]
    start, end = hit["span"]
    assert (hit["document"], hit["passage"]) == ("hebutou", None)
    assert CLEANED_RAW[start:end] == hit["text"]
    assert hit["text"].strip() == CLEANED_ADVERTISEMENT.strip()
    assert hit["url"] == f"/d/hebutou/{hit['revision']}"


def test_removed_hit_cannot_be_cited(page):
    hit = page("/search?q=扫码有礼&in=removed").one("div", cls="hit")
    assert hit.all("a") == []
    assert hit.one("span", cls="number")["title"] == "清理时去掉的文字"


def test_removed_text_is_not_part_of_the_document(page):
    assert "扫码有礼" not in page("/d/hebutou").text
