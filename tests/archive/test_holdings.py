"""What an archive holds, read from the heads of its files; the referee is a full reading of the corpus."""

from collections.abc import Callable

from archive.holdings import Holdings, holdings_of
from archive.store import Archive

MakeArchive = Callable[..., Archive]
DIGEST = "0123456789abcdef" * 4


def test_holdings_are_those_of_a_full_reading(make_archive: MakeArchive) -> None:
    archive = make_archive(
        {
            "main/a.md": f"---\nid: a\naliases: old-a，older-a\ncaptured:\n- sha256: {DIGEST}\n---\n\n修渠\n",
            "main/b-file.md": "---\r\nid: 'b'\r\n---\r\n\r\n修路\r\n",
            "main/plain.txt": "id: nothing\n修桥",
        }
    )
    found, corpus = holdings_of(archive), archive.load()
    assert found.files == dict(corpus.files)
    assert found.taken == {"a", "b", "b-file", "plain", "old-a", "older-a"}
    assert found.held == {DIGEST: ["a"]}
    assert found.sources == {"a": DIGEST}


def test_ids_that_were_served_stay_taken(make_archive: MakeArchive) -> None:
    archive = make_archive()
    (archive.revisions / "gone").mkdir(parents=True)
    assert holdings_of(archive).free_id("gone") == "gone-2"


def test_free_id_counts_on() -> None:
    holdings = Holdings(taken={"a", "a-2", "b" * 64})
    assert holdings.free_id("a") == "a-3"
    assert holdings.free_id("b" * 64) == "b" * 60 + "-2"
    assert holdings.free_id("c") == "c"
