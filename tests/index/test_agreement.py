"""The Whoosh engine and the referee give the same answer for 2,000 random query trees on 200 random corpora."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.document import Document
from archive.text_store import TextStore, write_text_store
from index.engine import MOST_HITS, SearchRequest
from index.engines.whoosh.engine import WhooshEngine
from index.evaluation import Question
from index.query import Query
from tests.reference_engine import ReferenceEngine
from tests.strategies import corpora, modes, queries, scopes, strings_of

CORPORA, TREES = 200, 10

Asked = list[tuple[Query, str, str]]
tried: list[int] = []


@st.composite
def trials(draw: st.DrawFn) -> tuple[list[Document], Asked]:
    """A corpus, and TREES trees with mode and scope, most of which find something in it."""
    asked = draw(st.lists(st.tuples(queries, modes, scopes), min_size=TREES, max_size=TREES))
    strings = [string for query, _, _ in asked for string in strings_of(query)]
    return draw(corpora(strings=strings, min_size=1)), asked


@settings(max_examples=CORPORA, deadline=None, suppress_health_check=list(HealthCheck))
@given(trials())
def compare(trial: tuple[list[Document], Asked]) -> None:
    documents, asked = trial
    folder = Path(tempfile.mkdtemp())
    try:
        for part in ("text", "index"):
            (folder / part).mkdir()
        write_text_store(folder / "text", documents)
        store = TextStore(folder / "text")
        engine, referee = WhooshEngine(folder / "index", store), ReferenceEngine()
        engine.rebuild(store)
        referee.rebuild(store)
        for query, mode, scope in asked:
            request = SearchRequest(Question(query, mode, scope), group="none", limit=MOST_HITS)
            found, expected = engine.search(request), referee.search(request)
            hits = {(hit.document.id, hit.passage, hit.source, hit.spans) for hit in found.hits}
            assert hits == {(hit.document.id, hit.passage, hit.source, hit.spans) for hit in expected.hits}
            assert found.total == expected.total
            assert dict(found.facets) == dict(expected.facets)
            assert found.forms == expected.forms
        tried.append(len(asked))
        engine.close()
    finally:
        shutil.rmtree(folder)


def test_engines_agree_on_two_thousand_random_trees() -> None:
    tried.clear()
    compare()
    print(f"{sum(tried)} random trees on {len(tried)} corpora: whoosh = reference")
    assert sum(tried) >= CORPORA * TREES
