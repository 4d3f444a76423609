"""The whole run at a tiny size, ranking sets, and what the files of results hold."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.store import open_archive
from tests.benchmarks import run
from tests.benchmarks.measuring import ROOT
from tests.benchmarks.ranking import BEST, ndcg, own_set, rank_all, stard_set

Stard = Callable[..., Path]


def test_ndcg_by_hand() -> None:
    assert ndcg(["a", "b"], {"a", "b"}) == 1
    assert ndcg(["x", "a"], {"a"}) == pytest.approx(1 / 1.584963)
    assert ndcg(["a", "x", "b"], {"a", "b"}) == pytest.approx((1 + 1 / 2) / (1 + 1 / 1.584963))
    assert ndcg(["x"], {"a"}) == 0
    assert ndcg(["x"] * BEST + ["a"], {"a"}) == 0, "only the ten best count"


def test_own_set_is_the_judgements_over_the_demonstration_corpus() -> None:
    chosen = own_set()
    documents = {document.id: document.passages for document in open_archive(ROOT).load().documents}
    assert {document.id: document.passages for document in chosen.documents} == documents
    assert len(chosen.questions) == 60
    assert all(question.answers <= documents.keys() for question in chosen.questions)


@pytest.fixture
def stard(tmp_path: Path) -> Stard:
    """Give a function that writes a set in the layout of STARD, here with statutes that nobody passed."""

    def write(folder: str) -> Path:
        data = tmp_path / folder
        data.mkdir(parents=True)
        statutes = [
            {"id": 7, "name": "养猫法第一条", "content": "养猫的人应当每天喂猫。\\n"},
            {"id": 10, "name": "养猫法第二条", "content": "猫抓坏邻居的沙发，由养猫的人赔偿。\n\n邻居挑逗猫的除外。"},
            {"id": 3, "name": "养鱼法第一条", "content": "鱼缸的水每周换一次。"},
        ]
        lines = (json.dumps(statute, ensure_ascii=False) for statute in statutes)
        (data / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
        questions = [
            {"query_id": 0, "问题": "我家的猫抓坏了沙发谁赔偿", "match_id": [10], "match_name": ["养猫法第二条"]},
            {"query_id": 1, "问题": "鱼缸的水多久换一次", "match_id": [3, 99]},
            {"query_id": 2, "问题": float("nan"), "match_id": [7]},
            {"query_id": 3, "问题": "没有法律的问题", "match_id": [99]},
        ]
        (data / "queries.json").write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
        return data

    return write


def test_a_set_in_the_layout_of_stard_is_read(stard: Stard) -> None:
    chosen = stard_set(stard("cats/data").parent)
    assert chosen.name == "cats"
    assert [document.id for document in chosen.documents] == ["s0000003", "s0000007", "s0000010"]
    assert chosen.documents[2].passages == ("养猫法第二条", "猫抓坏邻居的沙发，由养猫的人赔偿。", "邻居挑逗猫的除外。")
    assert [(question.text[:3], set(question.answers)) for question in chosen.questions] == [
        ("我家的", {"s0000010"}),
        ("鱼缸的", {"s0000003"}),
    ]


def test_questions_are_ranked_in_both_scripts(stard: Stard, tmp_path: Path) -> None:
    figures = rank_all(stard_set(stard("cats")), tmp_path / "work", names=["best_formula", "sqlite_exact"], say=lambda line: None)
    assert figures["best_formula"]["own"] == figures["best_formula"]["other"] == 1
    assert figures["sqlite_exact"]["own"] == figures["sqlite_exact"]["other"] > 0.5


def test_a_set_without_answers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"id": 1, "name": "一", "content": "二"}', encoding="utf-8")
    (tmp_path / "queries.json").write_text('[{"问题": "三", "match_id": [2]}]', encoding="utf-8")
    with pytest.raises(ValueError, match="is answered by its corpus"):
        stard_set(tmp_path)


def test_missing_texts_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--corpora", str(tmp_path)]) == 2
    assert "There is no text to grow" in capsys.readouterr().err


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder like ../shared/corpora with two texts of our own demonstration corpus."""
    folder = tmp_path / "corpora"
    (folder / "demo").mkdir(parents=True)
    entries = []
    for document in sorted(open_archive(ROOT).load().documents, key=lambda document: -len(document.body))[:2]:
        (folder / "demo" / f"{document.id}.txt").write_text(document.body, encoding="utf-8")
        entries.append({"corpus": "demo", "id": document.id, "file": f"demo/{document.id}.txt"})
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    return folder


def test_a_tiny_run_measures_checks_and_writes_no_path_and_no_text(corpora: Path, tmp_path: Path) -> None:
    asked = [
        "--size",
        "0.02",
        "--rounds",
        "1",
        "--queries",
        "20",
        "--budget",
        "3",
        "--no-ranking",
        "--peers",
        "yinde",
        "python_scan",
    ]
    folders = ["--corpora", str(corpora), "--work", str(tmp_path / "work"), "--results", str(tmp_path / "results")]
    assert run.main([*asked, *folders]) == 0
    written = (tmp_path / "results" / "size-0.02.json").read_text(encoding="utf-8")
    figures = json.loads(written)["rivals"]
    for rival in ("yinde", "python_scan"):
        assert (
            figures[rival]["recall"] == figures[rival]["precision"] == figures[rival]["occurrences"] == figures[rival]["spans"] == 1
        )
        assert figures[rival]["exact_asked"] == 20
        assert figures[rival]["build_cpu_s_per_m"] > 0
    table = (tmp_path / "results" / "size-0.02.md").read_text(encoding="utf-8")
    assert "| `python_scan` | 20 | 1.0000 | 1.0000 | 1.0000 | 1.0000 |" in table
    log = json.loads((tmp_path / "work" / "text-20000" / "log.json").read_text(encoding="utf-8"))
    for content in (written, table):
        assert str(tmp_path) not in content
        assert not any(string in content for string in log["exact"] if len(string) > 3)
