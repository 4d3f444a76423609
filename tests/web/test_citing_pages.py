"""Pages that cite: old texts stay, old references lead to the newest text and say what changed."""

from __future__ import annotations

import pytest

from tests.web.toy import DITCH_NEW, DITCH_OLD

OLD, NEW = ([line for line in text.split("\n") if line] for text in (DITCH_OLD, DITCH_NEW))
STATUSES = [
    (4, "same", 4, "最新文本同一段文字相同。"),
    (5, "moved", 6, "最新文本文字相同，段落位置已变。"),
    (6, "changed", 7, "最新文本此段文字已有改动。"),
    (7, "gone", None, "最新文本已无此段。"),
]
statuses = pytest.mark.parametrize(("number", "status", "found", "said"), STATUSES, ids=[row[1] for row in STATUSES])


def _passages(page):
    return [next(part.raw_text for part in passage.all() if part.tag in ("p", "h2")) for passage in page.all("div", cls="passage")]


def test_document_shows_its_newest_text(page):
    shown = page("/d/qingxi-2020")
    assert _passages(shown) == NEW
    assert shown.all("p", cls="banner") == []


def test_old_revision_shows_the_old_text_with_a_banner(page):
    shown = page("/d/qingxi-2020/{old}")
    assert _passages(shown) == OLD
    banner = shown.one("p", cls="banner")
    assert banner.text == "这是本篇较早的文本，因曾被引用而保存。 阅读最新文本"
    assert banner.one("a")["href"] == "/d/qingxi-2020"


def test_canonical_address_names_the_revision_shown(page, toy):
    for address in ("/d/qingxi-2020", "/d/qingxi-2020/{new}"):
        assert page(address).one("link", rel="canonical")["href"] == f"/d/qingxi-2020/{toy.new}"
    assert page("/d/qingxi-2020/{old}").one("link", rel="canonical")["href"] == f"/d/qingxi-2020/{toy.old}"


def test_history_lists_both_texts_and_marks_the_newest(page, toy):
    items = page("/d/qingxi-2020/history").one("main").all("li")
    assert {item.text for item in items} == {f"qingxi-2020@{toy.old}", f"qingxi-2020@{toy.new} 最新"}


def test_correcting_metadata_makes_no_new_text(make_archive):
    from index.rebuild import reindex
    from web.services import Services
    from web.settings import Settings

    archive = make_archive({"main/jia.md": "---\ntitle: 一\n---\n河水涨了。\n"})
    reindex(archive)
    before = Services(Settings(archive.folder)).library().store.find("jia")
    (archive.corpus / "main" / "jia.md").write_text("---\ntitle: 二\n---\n河水涨了。\n", encoding="utf-8")
    reindex(archive)
    after = Services(Settings(archive.folder)).library().store.find("jia")
    assert (before.metadata.title, after.metadata.title) == ("一", "二")
    assert before.revision == after.revision


def test_passage_is_cited_in_every_style(page, toy):
    shown = page("/cite/qingxi-2020/{new}/4")
    assert shown.one("blockquote").text == NEW[3]
    assert shown.all("p", cls="banner") == []
    link = f"http://localhost/d/qingxi-2020/{toy.new}#p4"
    place = f"（河埠头文库 1, qingxi-2020@{toy.new}¶4）"
    assert shown.one(id="cite-plain").text == f"陈望：《在清溪镇修渠动员会上的讲话》，2020年3月10日，第4段{place} {link}"
    assert shown.one(id="cite-gbt7714-2025").text == (
        f"陈望. 在清溪镇修渠动员会上的讲话[EB/OL]. 河埠头文库（2020-03-10）. {link}. 第4段{place}"
    )
    assert shown.one("p", cls="reference").one("code").text == f"qingxi-2020@{toy.new}¶4"


def test_base_url_of_the_archive_is_what_citations_name(make_archive):
    from index.rebuild import reindex
    from tests.web.html_tree import parse_html
    from web.app import create_app
    from web.settings import Settings

    archive = make_archive({"main/jia.md": "河水涨了。\n"})
    (archive.folder / "archive.toml").write_text('name = "甲"\nbase_url = "https://example.org"\n', encoding="utf-8")
    reindex(archive)
    client = create_app(Settings(archive.folder)).test_client()
    revision = client.get("/d/jia.json").json["revision"]
    shown = parse_html(client.get(f"/cite/jia/{revision}/1").text)
    assert shown.one(id="cite-plain").text.endswith(f" https://example.org/d/jia/{revision}#p1")


@statuses
def test_citation_of_an_old_text_says_what_became_of_the_passage(page, toy, number, status, found, said):
    shown = page(f"/cite/qingxi-2020/{{old}}/{number}")
    assert shown.one("blockquote").text == OLD[number - 1]
    banner = shown.one("p", cls="banner")
    assert banner.text == (f"{said} 最新文本第 {found} 段" if found else said)
    assert [link["href"] for link in banner.all("a")] == ([f"/d/qingxi-2020/{toy.new}#p{found}"] if found else [])


@statuses
def test_old_citation_names_the_old_text(page, toy, number, status, found, said):
    shown = page(f"/cite/qingxi-2020/{{old}}/{number}")
    assert shown.one("p", cls="reference").one("code").text == f"qingxi-2020@{toy.old}¶{number}"
    for style in ("plain", "gbt7714-2025"):
        citation = shown.one(id=f"cite-{style}").text
        assert f"http://localhost/d/qingxi-2020/{toy.old}#p{number}" in citation
        assert f"（河埠头文库 1, qingxi-2020@{toy.old}¶{number}）" in citation


@statuses
def test_reference_is_resolved_for_programs(data, toy, number, status, found, said):
    resolved = data(f"/resolve?ref=qingxi-2020@{{old}}¶{number}", headers={"Accept": "application/json"})
    alike = resolved.pop("alike")
    assert resolved == {
        "schema": 1,
        "reference": f"qingxi-2020@{toy.old}¶{number}",
        "revision": toy.new,
        "status": status,
        "passage": found,
        "url": f"/d/qingxi-2020/{toy.new}" + (f"#p{found}" if found else ""),
    }
    assert alike == 1 if status in ("same", "moved") else 0.8 <= alike < 1 if status == "changed" else alike == 0


@statuses
def test_reference_is_resolved_for_readers(page, toy, number, status, found, said):
    shown = page(f"/resolve?ref=qingxi-2020@{{old}} ¶ {number}")
    assert shown.one("p", cls="banner").text == said
    links = [(link.text, link["href"]) for link in shown.one("main").one("ul").all("a")]
    cited = ("被引用的文本", f"/d/qingxi-2020/{toy.old}#p{number}")
    assert links == [cited, (f"最新文本第 {found} 段", f"/d/qingxi-2020/{toy.new}#p{found}")] if found else links == [cited]


def test_reference_to_the_newest_text_is_the_same(data, toy):
    resolved = data("/resolve?ref=qingxi-2020@{new}¶4", headers={"Accept": "application/json"})
    assert (resolved["status"], resolved["passage"], resolved["alike"]) == ("same", 4, 1.0)


def test_reference_without_revision_means_the_newest_text(data, toy):
    resolved = data("/resolve?ref=qingxi-2020¶6", headers={"Accept": "application/json"})
    assert (resolved["revision"], resolved["status"], resolved["passage"]) == (toy.new, "same", 6)


def test_damaged_old_text_is_not_shown_as_if_whole(make_archive):
    from index.rebuild import reindex
    from web.app import create_app
    from web.settings import Settings

    archive = make_archive({"main/jia.md": "河水涨了。\n"})
    reindex(archive)
    (archive.corpus / "main" / "jia.md").write_text("河水退了。\n", encoding="utf-8")
    client = create_app(Settings(archive.folder)).test_client()
    old = client.get("/d/jia.json").json["revision"]
    reindex(archive)
    (archive.revisions / "jia" / f"{old}.md").write_text("河水涨啦。\n", encoding="utf-8")
    response = client.get(f"/d/jia/{old}", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.json["error"]["message"] == f"the kept text of jia@{old} is damaged"
    assert response.json["error"]["hint"] == f"restore {old}.md from a backup or from git"
