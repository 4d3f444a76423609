"""The index folder is a plain Whoosh index, and its parser finds what our own search finds."""

from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh.qparser import QueryParser

from archive.store import Archive
from index.engine import SearchRequest
from index.evaluation import Question
from index.opening import open_library
from index.query_parser import parse_query
from index.rebuild import reindex
from tests.conftest import MakeArchive

TEXTS = {
    "jia": "---\ntitle: 乡村振兴的报告\nkind: report\n---\n乡村要振兴。\n产业也要发展。\n",
    "yi": "---\ntitle: 讲话\nkind: speech\nplace: 北京\n---\n全面推進鄉村振興。\n",
    "bing": "南京市长江大桥通车了。\n",
    "ding": "只有乡村，没有别的。\n",
}


@pytest.fixture
def archive(make_archive: MakeArchive) -> Archive:
    made = make_archive({f"main/{name}.md": text for name, text in TEXTS.items()})
    reindex(made)
    (made.corpus / "main" / "ding.md").write_text("只有乡村，没有振兴。\n", encoding="utf-8")
    assert reindex(made).way == "update"
    return made


def plain(archive: Archive, typed: str, field: str = "text") -> list[str]:
    folder: Path = archive.derived / "index" / open_library(archive).generation.name
    opened = whoosh_index.open_dir(str(folder))
    with opened.searcher() as searcher:
        found = searcher.search(QueryParser(field, opened.schema).parse(typed), limit=None)
        return [hit["id"] for hit in found]


def ours(archive: Archive, typed: str) -> list[str]:
    page = open_library(archive).engine.search(SearchRequest(Question(parse_query(typed).tree), per_document=1))
    return [hit.document.id for hit in page.hits]


@pytest.mark.parametrize("typed", ["乡村振兴", "鄉村振興", "乡村 产业", "市长", "发展", "振兴", "没有这个", "的", "乡村 OR 大桥"])
def test_plain_whoosh_finds_what_our_search_finds(archive: Archive, typed: str) -> None:
    assert sorted(plain(archive, typed)) == sorted(ours(archive, typed))


def test_plain_whoosh_joins_text_and_fields(archive: Archive) -> None:
    assert plain(archive, "乡村振兴 kind:speech") == ["yi"]
    assert plain(archive, "乡村 title:报告") == ["jia"]
    assert sorted(plain(archive, "乡村 NOT kind:report")) == ["ding", "yi"]


def test_whole_string_does_not_outweigh_in_plain_whoosh_what_scores_higher(archive: Archive) -> None:
    assert set(plain(archive, "振兴")) == {"jia", "yi", "ding"}
