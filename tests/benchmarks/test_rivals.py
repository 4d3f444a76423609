"""Rivals that call themselves exact equal brute force; all answer what they say they answer."""

import importlib
import warnings
from pathlib import Path

import pytest

from tests import oracle
from tests.benchmarks.benchtext import BenchText
from tests.benchmarks.checking import check_peer
from tests.benchmarks.drawing import draw_log
from tests.benchmarks.expected import Places, expect
from tests.benchmarks.growth import grow
from tests.benchmarks.peers.peer import PEERS, RANKERS, TOP, Answer, Peer, Served, Shown, load_peer
from tests.benchmarks.querylog import Filtered, QueryLog
from tests.benchmarks.toy import SOURCES
from tests.benchmarks.writing import write_text

EXACT = ("yinde", "tantivy_exact", "tantivy_native", "sqlite_exact", "python_scan", "ripgrep")
INEXACT = ("sqlite_trigram", "whoosh_stock")
Rival = tuple[str, Peer, Served]
COUNTING = ("yinde", "python_scan", "ripgrep")


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> BenchText:
    return write_text(tmp_path_factory.mktemp("rivals") / "text", grow(SOURCES, characters=3_000))


@pytest.fixture(scope="module")
def log(text: BenchText) -> QueryLog:
    return draw_log(text, queries=60, warm=4)


@pytest.fixture(scope="module")
def expected(text: BenchText, log: QueryLog) -> dict[str, Places]:
    return expect(text, [*log.exact, "a", "，", "5 成", "没有的字"])


@pytest.fixture(scope="module", params=[*EXACT, *INEXACT])
def rival(request: pytest.FixtureRequest, text: BenchText, tmp_path_factory: pytest.TempPathFactory) -> Rival:
    peer = load_peer(request.param)
    if why := peer.missing():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "whoosh_stock":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # jieba.analyse leaves a file open when it is imported
            importlib.import_module("jieba.analyse")
    peer.build(text, folder)
    assert peer.files(folder).is_dir()
    return request.param, peer, peer.open(folder)


def test_rivals_find_what_they_promise(rival: Rival, text: BenchText, expected: dict[str, Places]) -> None:
    name, _, served = rival
    found = check_peer(served, text, expected, budget_s=60)
    assert found["strings"] == len(expected)
    assert found["precision"] == 1
    assert found["recall"] == 1 if name in EXACT else found["recall"] < 1
    assert found["occurrences"] == (1 if name in COUNTING else None)
    assert found["spans"] in (1, None)


def test_answers_show_the_best_and_count_all(rival: Rival, log: QueryLog, expected: dict[str, Places]) -> None:
    name, _, served = rival
    if name not in EXACT:
        return
    for string in log.exact:
        answer, right = served.exact(string), expected[string]
        if name != "ripgrep":
            assert answer.passages == len(right)
            assert len({shown.key for shown in answer.shown}) == min(TOP, len(right))
        assert answer.occurrences == (sum(right.values()) if name in COUNTING else None)


def test_words_and_filters_find_the_passages_that_hold_all(rival: Rival, text: BenchText, log: QueryLog) -> None:
    name, peer, served = rival
    if "filtered" not in peer.kinds:
        return
    ask = served.words_in_passage if name == "yinde" else served.words
    passages = list(text.read())
    for words in log.words[:20]:
        holding = {p.key for p in passages if all(oracle.occurrences(p.text, word) for word in words)}
        found = {shown.key for shown in ask(words).shown}
        assert found <= holding
        assert len(found) == min(TOP, len(holding))
    if name != "yinde":
        asked = Filtered(["发展"], "农业", 1960, 2000)
        kept = [
            p for p in passages if all(oracle.occurrences(p.text, s) for s in ("发展", "农业")) and "1960" <= p.date[:4] <= "2000"
        ]
        answer = served.filtered(asked)
        assert kept
        assert answer.passages == len(kept)
        assert answer.facets is not None
        assert sum(answer.facets["collection"].values()) == len(kept)
        assert sum(answer.facets["year"].values()) == len(kept)


@pytest.mark.parametrize("name", [name for name in RANKERS if name != "sqlite_trigram"])
def test_rankers_put_the_document_with_the_words_first(name: str, text: BenchText, tmp_path: Path) -> None:
    peer = load_peer(name)
    if why := peer.missing():
        pytest.skip(why)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        peer.build(text, tmp_path)
    best = peer.open(tmp_path).ranked("公布之日起施行")
    assert 1 <= len(best) <= 10
    assert len(set(best)) == len(best)
    assert best[0] in {p.document for p in text.read() if "公布之日起施行" in oracle.fold(p.text)}


@pytest.mark.parametrize("name", sorted({*PEERS, *RANKERS}))
def test_every_rival_says_what_it_is_and_whether_it_can_run(name: str) -> None:
    peer = load_peer(name)
    assert peer.what
    assert peer.missing() != ""


def test_arrays_are_built_beside_the_text(text: BenchText, tmp_path: Path) -> None:
    peer = load_peer("yinde_arrays")
    if why := peer.missing():
        pytest.skip(why)
    peer.build(text, tmp_path)
    assert {folder.name for folder in tmp_path.iterdir()} == {"text", "arrays"}


class Liar:
    """Finds one passage for every string, marks its first two characters, and says there are seven places."""

    def holding(self, text: str) -> tuple[set[str], int | None]:
        return {"d0000001 1"}, 7

    def exact(self, text: str) -> Answer:
        return Answer([Shown("d0000001 1", "不在那里", [(0, 2)])])


def test_wrong_answers_are_counted_as_wrong(text: BenchText, expected: dict[str, Places]) -> None:
    found = check_peer(Liar(), text, expected, budget_s=60)  # type: ignore[arg-type]
    right = sum(map(len, expected.values()))
    hit = sum("d0000001 1" in places for places in expected.values())
    assert found["recall"] == hit / right < 0.5
    assert found["precision"] == hit / len(expected) < 1
    assert found["occurrences"] == sum(sum(places.values()) == 7 for places in expected.values()) / len(expected)
    assert found["spans"] == 0
