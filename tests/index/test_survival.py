"""What an index survives: a writer that is killed at any moment, readers beside a thousand commits, queries without measure."""

import os
import random
import signal
import threading
import time

import pytest

from archive.store import Archive
from index.checking import check_index
from index.engine import SearchRequest
from index.errors import InvalidRequest
from index.evaluation import Question
from index.opening import Library, open_library
from index.query import AllOf, AnyOf, Bare, Exact, Gap, Query, Without
from index.query_parser import parse_query
from index.rebuild import reindex
from tests.conftest import MakeArchive

ROUNDS = int(os.environ.get("YINDE_ROUNDS", "40"))
"""Kills; 200 with YINDE_ROUNDS=200."""

COMMITS = int(os.environ.get("YINDE_COMMITS", "60"))
"""Commits beside readers; 1,000 with YINDE_COMMITS=1000."""

MARKER = "灯塔"


@pytest.fixture
def archive(make_archive: MakeArchive) -> Archive:
    made = make_archive({f"main/d-{n}.md": f"{MARKER}第{n}座。\n\n海上有船{n}。\n" for n in range(6)})
    reindex(made)
    return made


def count(library: Library, text: str) -> int:
    return library.engine.search(SearchRequest(Question(Exact(text)))).total.occurrences


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_writers_leave_one_index_or_the_other(archive: Archive) -> None:
    chance = random.Random(6)
    started = time.monotonic()
    reindex(archive, full=True)
    usual = time.monotonic() - started
    done = 0
    for round_ in range(ROUNDS):
        (archive.corpus / "main" / "d-0.md").write_text(f"{MARKER}第{round_}回。\n", encoding="utf-8")
        child = os.fork()
        if not child:
            try:
                reindex(archive, full=chance.random() < 0.3, jobs=1)
            finally:
                os._exit(0)
        time.sleep(chance.random() * 1.2 * usual)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        library = open_library(archive)
        new = count(library, f"第{round_}回")
        assert count(library, MARKER) == 6
        assert count(library, "回") == 1 if round_ or new else count(library, "回") == 0
        assert list(check_index(archive)) == []
        done += new
        reindex(archive, jobs=1)
        assert count(open_library(archive), f"第{round_}回") == 1
    print(f"{ROUNDS} kills, {done} after the switch")


def test_readers_see_whole_generations_beside_many_commits(archive: Archive) -> None:
    stop, wrong, seen = threading.Event(), list[str](), list[int]()

    def read() -> None:
        while not stop.is_set():
            library = open_library(archive)
            found = count(library, MARKER), count(library, "一样长")
            seen.append(found[1])
            if found[0] != 6 or found[1] % 2:
                wrong.append(str(found))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, COMMITS + 1):
            for name in ("d-1", "d-2"):
                text = f"{MARKER}。" + "一样长。" * (number % 7)
                (archive.corpus / "main" / f"{name}.md").write_text(text, encoding="utf-8")
            reindex(archive, jobs=1)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert wrong == []
    assert len(set(seen)) > 1
    assert list(check_index(archive)) == []


def test_passage_of_two_million_characters_is_searched(make_archive: MakeArchive) -> None:
    size = 2_000_000
    archive = make_archive({"main/a.md": "海" * 999_999 + MARKER + "浪" * (size - 1_000_001) + "。\n", "main/b.md": "短。\n"})
    reindex(archive)
    page = open_library(archive).engine.search(SearchRequest(Question(Exact(MARKER))))
    assert page.hits[0].spans == ((999_999, 1_000_001),)
    assert count(open_library(archive), "海") == 999_999
    assert count(open_library(archive), "海海") == 499_999
    assert list(check_index(archive)) == []


def deep(levels: int) -> Query:
    query: Query = Exact(MARKER)
    for level in range(levels):
        query = AllOf((query, Exact("船"))) if level % 2 else AnyOf((query, Without(Exact("海"), (Exact("云"),))))
    return query


def test_deep_queries_are_answered(archive: Archive) -> None:
    page = open_library(archive).engine.search(SearchRequest(Question(deep(50))))
    assert page.total.documents == 6


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(AnyOf(tuple(Exact(f"词{n}") for n in range(100_000))), id="any-of"),
        pytest.param(Bare("海上有船" * 25_000), id="bare"),
        pytest.param(Gap(("海",) * 10_000, ((0, 8),) * 9_999), id="gaps"),
    ],
)
def test_queries_of_a_hundred_thousand_terms_are_refused(archive: Archive, query: Query) -> None:
    with pytest.raises(InvalidRequest, match=r"^the query has more than 5000 strings$"):
        open_library(archive).engine.search(SearchRequest(Question(query)))


@pytest.mark.parametrize("typed", ["*", "* * *", "?", "***", "*?*"])
def test_queries_of_gaps_alone_are_plain_text(archive: Archive, typed: str) -> None:
    page = open_library(archive).engine.search(SearchRequest(Question(parse_query(typed).tree)))
    assert page.total.documents == 0
