"""Renamed and removed documents: old addresses lead on, and say honestly what became of the text."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.store import Archive
from index.rebuild import reindex
from web.app import create_app
from web.settings import Settings

TEXT = "修渠的讲话\n\n河边的老水车修好了。\n"


@pytest.fixture
def renamed(make_archive) -> Archive:
    """An archive in which xiuqu was served, then renamed to xiuqu-2020, and kaihui was served, then removed."""
    archive = make_archive({"main/xiuqu.md": TEXT, "main/kaihui.md": "散会以后回家。\n"})
    reindex(archive)
    corpus = archive.corpus / "main"
    (corpus / "kaihui.md").unlink()
    (corpus / "xiuqu.md").rename(corpus / "xiuqu-2020.md")
    (corpus / "xiuqu-2020.md").write_text(f"---\naliases: [xiuqu]\n---\n{TEXT}", encoding="utf-8")
    reindex(archive)
    return archive


@pytest.fixture
def client(renamed: Archive) -> FlaskClient:
    return create_app(Settings(renamed.folder)).test_client()


def revision(archive: Archive, name: str) -> str:
    (kept,) = (archive.revisions / name).glob("*.md")
    return kept.stem


@pytest.mark.parametrize("address", ["/d/xiuqu", "/d/xiuqu.json", "/d/xiuqu/history", "/d/xiuqu?q=水车"])
def test_former_id_leads_to_the_new_one_for_good(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 301
    assert response.headers["Location"].startswith(address.partition("?")[0].replace("xiuqu", "xiuqu-2020"))
    assert client.get(response.headers["Location"]).status_code == 200


def test_citation_of_a_former_id_still_resolves(client: FlaskClient, renamed: Archive) -> None:
    cited = f"/cite/xiuqu/{revision(renamed, 'xiuqu')}/2"
    page = client.get(cited, follow_redirects=True)
    assert page.status_code == 200
    assert "河边的老水车修好了。" in page.text


def test_text_from_before_the_rename_is_still_served(client: FlaskClient, renamed: Archive) -> None:
    old = revision(renamed, "xiuqu")
    file = renamed.corpus / "main" / "xiuqu-2020.md"
    file.write_text(file.read_text(encoding="utf-8").replace("老水车", "水车"), encoding="utf-8")
    reindex(renamed)
    page = client.get(f"/d/xiuqu/{old}", follow_redirects=True)
    assert page.status_code == 200
    assert "河边的老水车修好了。" in page.text


def test_query_of_a_former_address_goes_along_as_typed(client: FlaskClient) -> None:
    response = client.get("/d/xiuqu?endpoint=x&_method=POST&kind=b&kind=c")
    assert response.status_code == 301
    assert response.headers["Location"] == "/d/xiuqu-2020?endpoint=x&_method=POST&kind=b&kind=c"


def test_removed_document_is_gone_and_says_what_is_kept(client: FlaskClient, renamed: Archive) -> None:
    response = client.get("/d/kaihui.json")
    assert response.status_code == 410
    assert response.get_json() == {
        "error": {
            "code": "document-gone",
            "message": "document 'kaihui' is no longer served",
            "hint": f"its texts are kept: kaihui@{revision(renamed, 'kaihui')}",
            "span": None,
        }
    }
    assert Path(renamed.revisions / "kaihui").is_dir()


def test_kept_text_of_a_document_that_is_gone_is_still_read(client: FlaskClient, renamed: Archive) -> None:
    page = client.get(f"/d/kaihui/{revision(renamed, 'kaihui')}", headers={"Accept-Language": "en"})
    assert page.status_code == 410
    assert "散会以后回家。" in page.text
    assert "This document is no longer served; its text is kept because it was cited." in page.text


def test_passage_of_a_document_that_is_gone_is_still_cited(client: FlaskClient, renamed: Archive) -> None:
    old = revision(renamed, "kaihui")
    page = client.get(f"/cite/kaihui/{old}/1", headers={"Accept-Language": "en"})
    assert page.status_code == 410
    assert f"kaihui@{old}¶1" in page.text
    assert "The newest text no longer has this passage." in page.text
    resolved = client.get(f"/resolve?ref=kaihui@{old}¶1", headers={"Accept": "application/json"}).get_json()
    assert (resolved["status"], resolved["passage"]) == ("gone", None)
