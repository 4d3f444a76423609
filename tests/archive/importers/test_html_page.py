"""Web pages: no text node is lost, lines are those a reader sees, the main part is kept whole, markup is evidence."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.edits import apply_edits, tile
from archive.importers import extract
from archive.importers.extracted import Extracted
from archive.importers.html_page import read_html
from archive.importers.html_source import MOST_NESTED, flatten
from archive.importers.html_tree import HtmlTree
from tests.archive.importers.files import SENTENCE, TRADITIONAL_SENTENCE, page
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, refusal


def raw_of(html: str) -> str:
    return HtmlTree(html).page({}).raw


def body_of(found: Extracted) -> str:
    return apply_edits(found.raw, found.edits)


def removed_by(found: Extracted, rule: str) -> list[str]:
    return [found.raw[edit.start : edit.end].strip() for edit in found.edits if edit.rule == rule]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


# ------------------------------------------------------------------------------------------------------ nothing is lost


class Oracle(HTMLParser):
    """Collects character data with Python's own parser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.silent = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def visible(text: str) -> str:
    return re.sub("[ \t\n\r\f]", "", text)


texts = st.text("水渠修好。（掌声）　 \n\t&abc\u00a0一二\U00020bb7", max_size=12).map(lambda text: text.replace("&", "&amp;"))
NESTING = ("div", "span", "b", "section", "a", "center", "font", "ruby", "em", "blockquote", "article")


def elements(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, max_size=4).map("".join)
    return st.one_of(
        st.tuples(st.sampled_from(NESTING), inside).map(lambda each: f"<{each[0]} class=x>{each[1]}</{each[0]}>"),
        texts.map("<p>{}</p>".format),
        texts.map("<ul><li>{}</li></ul>".format),
        st.tuples(texts, texts).map(lambda cells: f"<table><tr><td>{cells[0]}</td><td>{cells[1]}</td></tr></table>"),
        st.sampled_from(("<br>", "<hr>", "<img src=x>", "<!-- 注 -->", "<script>var x = '脚本';</script>", "<style>p{}</style>")),
    )


html_bodies = st.lists(st.recursive(texts, elements, max_leaves=15), max_size=6).map("".join)


@given(html_bodies)
def test_every_text_node_is_raw_text_in_order(body: str) -> None:
    oracle = Oracle()
    oracle.feed(body)
    oracle.close()
    assert visible(raw_of(f"<body>{body}")) == visible("".join(oracle.found))


@given(html_bodies)
def test_edits_tile_and_only_remove(body: str) -> None:
    html = f"<html><body>末{body}".encode()
    found = read_html(html)
    pieces = list(tile(found.raw, found.edits))
    assert "".join(piece.raw for piece in pieces) == found.raw
    assert all(edit.replacement == "" and edit.start < edit.end for edit in found.edits)


@given(st.text("<>/abpdivtr =\"'!-水 &;x1", max_size=200))
def test_tag_soup_is_read(soup: str) -> None:
    found = read_html(f"<p>水渠{soup}".encode())
    assert found.raw.startswith("水渠")
    assert "".join(piece.raw for piece in tile(found.raw, found.edits)) == found.raw


# ------------------------------------------------------------------------------------------------------ lines

LINES = [
    pytest.param("<p>水渠<p>村口", "水渠\n\n村口", id="paragraphs"),
    pytest.param("<div>水渠</div><div>村口</div>", "水渠\n村口", id="divs"),
    pytest.param("水渠<br>村口<br><br>学校", "水渠\n村口\n\n学校", id="breaks"),
    pytest.param("<p>水<b>渠</b><span>修</span>好", "水渠修好", id="inline-tags-break-no-word"),
    pytest.param("<h1>标题</h1>正文", "标题\n\n正文", id="heading"),
    pytest.param("<ul><li>一<li>二</ul>", "一\n二", id="items"),
    pytest.param("<p>a\n   b  c</p>", "a b c", id="white-space-of-the-markup"),
    pytest.param("<p>水渠 <b>村口</b></p>", "水渠 村口", id="space-between-inline-tags"),
    pytest.param("<p>　　水渠&nbsp;&nbsp;村口", "　　水渠\u00a0\u00a0村口", id="wide-and-hard-spaces-are-text"),
    pytest.param("<p>&ldquo;水渠&rdquo;&#8212;&#x6751;", "“水渠”—村", id="entities"),
    pytest.param("<pre>一\n  二</pre>", "一\n  二", id="preformatted"),
    pytest.param("<div style='white-space: pre-wrap'>一\n二</div>", "一\n二", id="preformatted-by-style"),
    pytest.param("<table><tr><td>甲<td>乙<tr><th>丙<td>丁</table>", "甲\t乙\n丙\t丁", id="table"),
    pytest.param("<table><tr><td><p>甲</p><td><p>乙</p></table>", "甲\t乙", id="cells-of-one-paragraph"),
    pytest.param("<table><tr><td>甲<td></td><td>丙</table>", "甲\t\t丙", id="empty-cell"),
    pytest.param("<table><tr><td>栏<td><p>一<p>二</table>", "栏\n一\n\n二", id="cell-of-several-lines"),
    pytest.param("<table><tr><td><table><tr><td>甲<td>乙</table><td>丙</table>", "甲\t乙\t丙", id="table-in-a-table"),
    pytest.param("前<script>x='<p>脚本'</script><style>p{}</style><template>样</template>后", "前后", id="no-text"),
    pytest.param("<noscript><p>没有脚本</p></noscript>", "没有脚本", id="noscript"),
    pytest.param("<select><option>甲<option>乙</select>", "甲\n乙", id="options"),
]


@pytest.mark.parametrize(("body", "raw"), LINES)
def test_lines_are_those_that_a_reader_sees(body: str, raw: str) -> None:
    assert raw_of(body) == raw


def test_line_end_of_the_markup_between_wide_characters_is_an_edit() -> None:
    found = read_html(f"<p>{SENTENCE}修好\n        水渠和 GDP\n  and more</p>".encode())
    assert "修好 水渠和 GDP and more" in found.raw
    assert "修好水渠和 GDP and more" in body_of(found)
    assert [edit.rule for edit in found.edits] == ["html.source-line"]


def test_ruby_is_an_edit() -> None:
    found = read_html(f"<p>{SENTENCE}<ruby>水<rp>(</rp><rt>shuǐ</rt><rp>)</rp>渠<rt>qú</rt></ruby>修好".encode())
    assert "水(shuǐ)渠qú修好" in found.raw
    assert "水渠修好" in body_of(found)
    assert removed_by(found, "html.ruby") == ["(", "shuǐ", ")", "qú"]


def test_hidden_element_is_an_edit() -> None:
    found = read_html(
        page(f"<p>{SENTENCE}<span style='display : none'>藏起来</span>接着说</p><p hidden>也藏着</p><p>{SENTENCE}</p>")
    )
    assert "藏" in found.raw
    assert "藏" not in body_of(found)
    assert "贴在墙上。接着说" in body_of(found)


def test_text_that_a_script_will_show_is_no_hidden_text() -> None:
    found = read_html(page(f"<div style='display:none'><p>{SENTENCE}</p><p>{SENTENCE}</p></div><p>请稍候</p>"))
    assert body_of(found).count(SENTENCE) == 2


# ------------------------------------------------------------------------------------------------------ the main part

MENU = "<div class=nav><a href=/>首页</a><a href=/a>要闻</a><a href=/b>政务公开</a></div>"
FOOT = "<div class=footer><p>版权所有 <a href=/c>联系我们</a></p></div>"
SPEECH = (
    "各位代表！",
    SENTENCE,
    "（掌声）",
    f"一是修渠。{SENTENCE}",
    "各位代表！",
    f"二是修路。{SENTENCE}",
    "（掌声）",
    "各位代表！",
    SENTENCE,
    "谢谢大家。",
)
STYLES = [
    pytest.param("<div class=content>{}</div>", "<p>{}</p>", "", id="paragraphs"),
    pytest.param("<div id=zoom>{}</div>", "{}", "<br>", id="breaks"),
    pytest.param("<div id=zoom>{}</div>", "　　{}", "<br><br>", id="breaks-with-indent"),
    pytest.param("<div class=text>{}</div>", "<div>{}</div>", "", id="divs"),
    pytest.param("<table><tr><td class=box>{}</td></tr></table>", "<p>{}</p>", "", id="layout-table"),
    pytest.param("<article>{}</article>", "<p><span>{}</span></p>", "", id="article"),
    pytest.param("<section><section>{}</section></section>", "<section><p>{}</p></section>", "", id="nested-sections"),
    pytest.param("<center><font size=3>{}</font></center>", "<p align=left>{}", "", id="old-tags"),
]


@pytest.mark.parametrize("traditional", [False, True])
@pytest.mark.parametrize(("frame", "paragraph", "between"), STYLES)
def test_short_repeated_paragraphs_survive(frame: str, paragraph: str, between: str, traditional: bool) -> None:
    speech = [line.replace(SENTENCE, TRADITIONAL_SENTENCE).replace("谢谢", "謝謝") if traditional else line for line in SPEECH]
    text = frame.format(between.join(paragraph.format(line) for line in speech))
    found = read_html(page(f"{MENU}{text}{FOOT}", head="<title>修渠修路的安排</title>"))
    kept = lines(body_of(found))
    first = kept.index(speech[0])
    assert kept[first : first + len(speech)] == speech


@pytest.mark.parametrize(("frame", "paragraph", "between"), STYLES)
def test_menu_and_foot_are_edits(frame: str, paragraph: str, between: str) -> None:
    text = frame.format(between.join(paragraph.format(line) for line in SPEECH))
    found = read_html(page(f"{MENU}{text}{FOOT}"))
    assert "政务公开" in found.raw
    assert "政务公开" not in body_of(found)
    assert "版权所有" not in body_of(found)
    assert removed_by(found, "html.outside-main")


def test_part_of_a_line_is_never_lost() -> None:
    found = read_html(
        page(f"<div><p>{SENTENCE}</p><p>要看<b>重点</b>在哪里</p><p>看<a href=/x>附件</a>好</p><p>{SENTENCE}</p></div>")
    )
    assert "要看重点在哪里" in lines(body_of(found))
    assert "看附件好" in lines(body_of(found))


def test_densest_block_is_kept_whole_and_said_when_much_of_it_would_be_lost() -> None:
    aside = f"<div class='sidebar share related'><p>{SENTENCE}</p></div>"
    found = read_html(page(f"{MENU}<div class=main><p>{SENTENCE}修渠</p><p>{SENTENCE}修路</p>{aside}<p>{SENTENCE}学校</p></div>"))
    assert body_of(found).count(SENTENCE) == 4
    assert len(found.notices) == 1
    assert re.fullmatch(
        r"[\d.]+% of the page's densest block would have been lost; it was kept whole, please look at it", found.notices[0]
    )


def test_heading_outside_the_main_part_is_kept_if_the_title_says_it() -> None:
    head = "<title>修渠修路的安排_村务公开</title>"
    found = read_html(
        page(f"{MENU}<div class=header><h1>修渠修路的安排</h1></div><div>{f'<p>{SENTENCE}</p>' * 5}</div>", head=head)
    )
    assert lines(body_of(found))[0] == "修渠修路的安排"


def test_page_of_one_short_paragraph_is_kept() -> None:
    assert body_of(read_html(b"<p>" + "散会".encode())) == "散会"


def test_page_without_text_is_refused() -> None:
    expected = (
        "unreadable-source",
        "the page shows no text",
        "a page made by scripts must be saved from a browser, or printed to PDF",
    )
    assert refusal(lambda: read_html(b"<html><body><div id=app></div><script>run()</script></body></html>")) == expected


# ------------------------------------------------------------------------------------------------------ sites


def test_rule_of_the_archive_goes_first() -> None:
    sites = {"site": {"example.org": {"body": ".text", "drop": ".note", "title": "h2", "date": ".time", "author": ".by"}}}
    body = f"<h2>修渠的事</h2><i class=time>2020年3月10日 09:30</i><i class=by>村委会</i><p>菜单{SENTENCE}</p>"
    html = page(f"{body}<div class=text><p>{SENTENCE}</p><p class=note>编注</p><p>完</p></div>")
    found = read_html(html, address="https://www.example.org/a/b.html", sites=sites)
    assert lines(body_of(found)) == ["修渠的事", SENTENCE, "完"]
    assert removed_by(found, "html.site-drop") == ["编注"]
    said = {
        each.field: (each.value, found.raw[each.start : each.end]) for each in found.evidence if each.rule.startswith("html.site.")
    }
    assert said == {
        "title": ("修渠的事", "修渠的事"),
        "published.date": ("2020-03-10", "2020年3月10日 09:30"),
        "credit.author": ("村委会", "村委会"),
    }


def test_rule_that_finds_nothing_is_passed_over() -> None:
    sites = {"site": {"example.org": {"body": "#moved"}}}
    found = read_html(page(f"<p>{SENTENCE}</p><p>{SENTENCE}</p>"), address="https://example.org/", sites=sites)
    assert body_of(found).count(SENTENCE) == 2


def test_software_that_made_the_page_has_a_rule_too() -> None:
    head = '<meta name="generator" content="MediaWiki 1.41.0">'
    body = (
        "<h1 id=firstHeading>水渠</h1><div class=mw-parser-output><p>水渠<span class=mw-editsection>[编辑]</span>很长。</p></div>"
    )
    found = read_html(page(f"{body}<p>{SENTENCE * 3}</p>", head=head))
    assert lines(body_of(found)) == ["水渠", "水渠很长。"]


WRONG_SITES = [
    pytest.param({"site": {"a.org": {"body": "p[["}}}, "the table of sites holds 'p[[', which is no CSS selector", id="selector"),
    pytest.param({"site": {"a.org": {"bodi": "p"}}}, "the rule for site 'a.org' is not well formed", id="key"),
    pytest.param({"site": {"a.org": "p"}}, "the rule for site 'a.org' is not well formed", id="no-table"),
    pytest.param({"site": "p"}, "site is no table", id="site"),
    pytest.param({"meta": {"x": {"field": "title"}}}, "the rule for meta element 'x' is not well formed", id="meta"),
]


@pytest.mark.parametrize(("sites", "message"), WRONG_SITES)
def test_wrong_table_of_sites_is_refused(sites: dict[str, object], message: str) -> None:
    code, said, _ = refusal(lambda: read_html(page("<p>水渠"), address="https://a.org/", sites=sites))
    assert (code, said) == ("invalid-settings", message)


# ------------------------------------------------------------------------------------------------------ evidence

HEADS = [
    pytest.param('<meta name="ArticleTitle" content="修渠的事">', "title", "修渠的事", id="government-title"),
    pytest.param('<meta name="PubDate" content="2020-03-10 09:30">', "published.date", "2020-03-10", id="government-date"),
    pytest.param('<meta name="ContentSource" content="村口快报">', "published.publisher", "村口快报", id="government-source"),
    pytest.param('<meta property="og:title" content="修渠 的事">', "title", "修渠 的事", id="open-graph"),
    pytest.param('<meta property="og:site_name" content="村网">', "published.container", "村网", id="site-name"),
    pytest.param(
        '<meta property="article:published_time" content="2020-03-10T09:30:00+08:00">', "published.date", "2020-03-10", id="time"
    ),
    pytest.param('<meta name="citation_author" content="水生">', "credit.author", "水生", id="citation"),
    pytest.param('<meta name="DC.Date" content="20200310">', "published.date", "2020-03-10", id="compact-date"),
    pytest.param('<meta name="pubdate" content="2020年3月">', "published.date", "2020-03", id="month"),
    pytest.param('<link rel="canonical" href="https://example.org/a">', "captured.url", "https://example.org/a", id="canonical"),
    pytest.param("<!-- saved from url=(0021)https://example.org/b -->", "captured.url", "https://example.org/b", id="saved-from"),
]


@pytest.mark.parametrize(("head", "field", "value"), HEADS)
def test_head_is_evidence(head: str, field: str, value: str) -> None:
    found = read_html(page(f"<p>{SENTENCE}</p>", head=head))
    assert [(each.value, each.start, each.end) for each in found.evidence if each.field == field] == [(value, 0, 0)]


@pytest.mark.parametrize("content", ["", " ", "昨天", "2020-13-40", "99999999"])
def test_head_that_says_no_day_is_no_evidence(content: str) -> None:
    found = read_html(page("<p>水渠", head=f'<meta name="PubDate" content="{content}">'))
    assert [each for each in found.evidence if each.field == "published.date"] == []


def test_part_of_the_title_that_stands_in_the_text_is_surer() -> None:
    head = "<title>修渠修路的安排_村务公开-村网</title>"
    found = read_html(page(f"<h1>修渠修路的安排</h1><p>{SENTENCE}</p>", head=head))
    titles = [(each.value, each.rule, found.raw[each.start : each.end]) for each in found.evidence if each.field == "title"]
    assert titles == [
        ("修渠修路的安排_村务公开-村网", "html.title", "修渠修路的安排_村务公开-村网"),
        ("修渠修路的安排", "html.title-in-text", "修渠修路的安排"),
    ]


# ------------------------------------------------------------------------------------------------------ encodings

ENCODED = [
    pytest.param("gb2312", SIMPLIFIED, "gb2312", id="gb2312"),
    pytest.param("gbk", TRADITIONAL, "gb2312", id="more-than-the-label-holds"),
    pytest.param("big5", TRADITIONAL, "big5", id="big5"),
    pytest.param("utf-8", SIMPLIFIED, "gb2312", id="utf-8-under-a-wrong-label"),
    pytest.param("gb18030", SIMPLIFIED, "utf-8", id="gb18030-under-a-wrong-label"),
    pytest.param("gb18030", SIMPLIFIED, "x-nonsense", id="unknown-label"),
    pytest.param("hz", "水渠修好了", "hz-gb-2312", id="seven-bits"),
    pytest.param("utf-16", SIMPLIFIED, "utf-8", id="utf-16-with-a-mark"),
    pytest.param("utf-8-sig", SIMPLIFIED, "gbk", id="utf-8-with-a-mark"),
]


@pytest.mark.parametrize(("written", "text", "label"), ENCODED)
def test_declared_encoding_counts_only_if_it_holds(written: str, text: str, label: str) -> None:
    data = f"<html><head><meta charset='{label}'></head><body><p>{text}</p></body></html>".encode(written)
    assert extract(data).raw == text


def test_bad_bytes_are_named() -> None:
    data = f"<html><meta charset=gbk><p>{SIMPLIFIED * 5}".encode("gbk")
    found = extract(data + b"\xff" + b"<p>abc")
    assert (found.unreadable, found.encoding) == ((len(data),), "gb18030")


def test_choice_of_a_person_is_taken() -> None:
    data = "<html><meta charset=utf-8><p>Żaba".encode("cp1250")
    assert extract(data, encoding="cp1250").raw == "Żaba"


# ------------------------------------------------------------------------------------------------------ bad pages


def test_huge_page_of_deep_nesting_is_read_whole() -> None:
    sentence = "<p>水渠修好了，路也修好了。</p>"
    times = 20_000_000 // len(sentence.encode())
    data = page(f"{'<div>' * 10_000}{sentence * times}{'</div>' * 10_000}")
    found = extract(data)
    assert len(data) >= 20_000_000
    assert found.raw.count("水渠修好了，路也修好了。") == times
    assert found.notices == ("the page is too large or too deep to find its main part; all of it was kept",)


@pytest.mark.parametrize("tag", ["div", "b", "font", "x", "table><tr><td", "ul><li", "a", "section", "blockquote", "svg><g"])
def test_deep_nesting_of_any_tag_loses_nothing(tag: str) -> None:
    found = read_html(f"<body>前{f'<{tag}>水' * 20_000}后".encode())
    assert found.raw.count("水") == 20_000
    assert visible(found.raw)[-1] == "后" or tag.startswith("table")


@given(html_bodies)
def test_page_that_is_not_deep_is_not_flattened(body: str) -> None:
    assert flatten(body) == body


def test_flattened_page_has_as_many_levels_as_allowed() -> None:
    html = flatten("<div>" * 1_000 + "水" + "</div>" * 1_000)
    assert html.count("<div>") == MOST_NESTED
    assert html.count("</div>") == MOST_NESTED
