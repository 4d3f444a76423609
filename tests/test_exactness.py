"""The first law on real text: what search reports equals brute force, for 1,000 strings, half of them in the other script.

The referee, tests/oracle.py, imports nothing of ours; it reads the corpus files itself and folds by its own table.
"""

import random
from pathlib import Path

import pytest

from archive.folding import fold
from archive.importers.containers import iter_inputs
from archive.importing import Imported, import_inputs
from archive.store import init_archive
from index.engine import MOST_HITS, SearchRequest
from index.evaluation import Question
from index.opening import Library, open_library
from index.query import Exact
from index.query_format import format_query
from index.query_parser import parse_query
from index.rebuild import reindex
from tests import oracle

STRINGS = 1_000
DOCUMENTS = 100


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, list[oracle.Document]]:
    """The five samples and 100 documents of the corpora, imported and indexed; and as the oracle reads them."""
    archive = init_archive(tmp_path_factory.mktemp("real"), name="real")
    files = sorted((shared / "corpora").glob("*/*.txt"))
    chosen = random.Random(20).sample([file for file in files if file.parent.name != "test_data"], DOCUMENTS)
    outcomes = list(import_inputs(archive, iter_inputs(map(str, [*sorted((shared / "samples").glob("*.txt")), *sorted(chosen)]))))
    assert all(isinstance(outcome, Imported) for outcome in outcomes)
    reindex(archive)
    return open_library(archive), oracle.read_corpus(archive.corpus)


def found_by_search(library: Library, text: str) -> oracle.Found:
    """Collect every span that search reports for an exact string, through the query language and all pages."""
    tree = parse_query(format_query(Exact(text))).tree
    found: oracle.Found = {}
    offset: int | None = 0
    while offset is not None:
        page = library.engine.search(SearchRequest(Question(tree), group="none", limit=MOST_HITS, offset=offset))
        for hit in page.hits:
            assert hit.passage is not None
            assert hit.passage not in found.get(hit.document.id, {})
            found.setdefault(hit.document.id, {})[hit.passage] = list(hit.spans)
        offset = page.next_offset
    totals = oracle.totals(found)
    assert page.total.documents == totals.documents
    assert page.total.passages == totals.passages
    assert page.total.occurrences == totals.occurrences
    return found


def test_thousand_strings_equal_brute_force(real: tuple[Library, list[oracle.Document]]) -> None:
    library, corpus = real
    assert len(library.store) == len(corpus) == DOCUMENTS + 6  # one of the five samples holds two speeches
    drawn = oracle.sample_strings([passage for document in corpus for passage in document.passages], 4 * STRINGS, seed=7)
    others = [oracle.other_script(text) for text in drawn]
    # A string such as 2020 is the same in both scripts, so the turned half is taken from those that are not.
    turned = [other for text, other in zip(drawn, others, strict=True) if other != text][: STRINGS // 2]
    strings = drawn[: STRINGS // 2] + turned
    assert len(strings) == STRINGS
    occurrences = 0
    for text in strings:
        expected = oracle.search(corpus, text)
        assert found_by_search(library, text) == expected, text
        occurrences += oracle.totals(expected).occurrences
    print(f"{len(strings)} strings, {len(turned)} turned into the other script, {occurrences} occurrences: all equal")
    assert occurrences > STRINGS


@pytest.mark.parametrize("query", ['"千亿园区"', "招商引資", "镇", '"G240"', "GDP", "gdp", '"全体(扩大)会议"'])
def test_samples_are_found_and_their_spans_fold_to_the_query(real: tuple[Library, list[oracle.Document]], query: str) -> None:
    library, _ = real
    page = library.engine.search(SearchRequest(Question(parse_query(query).tree), group="none", limit=MOST_HITS))
    assert page.total.occurrences > 0
    for hit in page.hits:
        assert {fold(hit.text[start:end]) for start, end in hit.spans} == {fold(query.strip('"'))}
        stored = library.store.find(hit.document.id)
        assert stored is not None
        assert stored.passages[(hit.passage or 0) - 1] == hit.text
