"""The review list: what imports left empty because the sources are not sure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.describing import Doubt
from archive.errors import UserError
from archive.evidence import Evidence
from archive.holdings import holdings_of
from archive.reviewing import Review, review
from archive.sources import source_name, write_source
from archive.store import Archive

MakeArchive = Callable[..., Archive]
RAW = "河边村修渠动员会\n（2021年3月5日，一说\n2021年3月6日）\n今天开会，是要把东渠修好。\n"


def evidence(field: str, value: str, confidence: float, text: str = "") -> Evidence:
    start = RAW.index(text) if text else 0
    return Evidence(field, value, start, start + len(text), f"{field}.test", confidence, "canal")


FIRST = evidence("date", "2021-03-05", 0.9, "2021年3月5日")
SECOND = evidence("date", "2021-03-06", 0.9, "2021年3月6日")
PLACE = evidence("place", "河边村", 0.4, "河边村")
URL = evidence("captured.url", "https://www.example.org/", 0.5)
TITLE = evidence("title", "河边村修渠动员会", 0.9, "河边村修渠动员会")


def hold(archive: Archive, *found: Evidence, front: str = "") -> Archive:
    """Write a document `canal` with what its source says of it."""
    digest = source_name(RAW.encode()) + "0" * 48
    folder = archive.sources / digest[:16]
    write_source(folder, data=RAW.encode(), suffix=".txt", raw=RAW, edits=(), evidence=found)
    file = archive.corpus / "main" / "canal.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"---\nid: canal\n{front}captured:\n- sha256: {digest}\n---\n\n{RAW}", encoding="utf-8")
    return archive


def listed(archive: Archive, *documents: str) -> list[Review]:
    return list(review(archive, holdings_of(archive), documents))


def test_what_is_doubtful_is_listed_with_its_candidates(make_archive: MakeArchive) -> None:
    archive = hold(make_archive(), FIRST, SECOND, PLACE, TITLE)
    assert listed(archive) == [
        Review("canal", Doubt("date", "ambiguous", (FIRST, SECOND)), RAW),
        Review("canal", Doubt("place", "low confidence", (PLACE,)), RAW),
    ]
    assert listed(archive, "canal") == listed(archive)


def test_candidate_is_shown_where_it_stands(make_archive: MakeArchive) -> None:
    (date, url) = listed(hold(make_archive(), FIRST, SECOND, URL))
    assert date.quote(FIRST) == "河边村修渠动员会 （2021年3月5日，一说 2021年3月6"
    assert date.quote(SECOND) == "021年3月5日，一说 2021年3月6日） 今天开会，是要把东渠"
    assert url.quote(URL) == ""  # from the markup


@pytest.mark.parametrize("front", ["date: 2021-03-05\n", "date: '2021'\n"])
def test_field_that_a_person_stated_is_not_listed(make_archive: MakeArchive, front: str) -> None:
    assert [each.doubt.field for each in listed(hold(make_archive(), FIRST, SECOND, PLACE, front=front))] == ["place"]


PUBLISHED = [
    pytest.param("", ["published.date"], id="nothing"),
    pytest.param("published:\n- type: newspaper\n  container: 河边日报\n", ["published.date"], id="another-part"),
    pytest.param("published:\n- type: newspaper\n  date: 2021-03-06\n", [], id="the-part"),
]


@pytest.mark.parametrize(("front", "fields"), PUBLISHED)
def test_part_of_a_publication_is_listed_until_it_is_stated(make_archive: MakeArchive, front: str, fields: list[str]) -> None:
    """The import states what it was sure of, which is not to say that a person has looked at the rest."""
    found = evidence("published.date", "2021-03-06", 0.5, "2021年3月6日")
    assert [each.doubt.field for each in listed(hold(make_archive(), found, front=front))] == fields


def test_nothing_doubtful_gives_an_empty_list(make_archive: MakeArchive) -> None:
    assert listed(hold(make_archive(), FIRST, TITLE)) == []
    assert listed(make_archive()) == []


def test_document_without_a_source_is_left_out_and_refused_if_it_is_named(make_archive: MakeArchive) -> None:
    archive = hold(make_archive({"main/byhand.md": "手写"}), PLACE)
    assert [each.document for each in listed(archive)] == ["canal"]
    with pytest.raises(UserError, match="document 'byhand' has no source"):
        listed(archive, "byhand")
    with pytest.raises(UserError, match="no document 'nix'"):
        listed(archive, "canal", "nix")


def test_document_that_cannot_be_read_does_not_stop_the_list(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = hold(make_archive(), PLACE, front="title: 村: 渠\n")
    assert listed(archive) == []
    archive = hold(make_archive(), PLACE)
    next(archive.sources.glob("*/raw.txt")).unlink()
    assert listed(archive) == []
