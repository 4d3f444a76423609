"""Sets of questions with known answers, and nDCG@10 of each rival on them, asked as written and in the other script.

A set is our own `tests/judgements.toml` over the demonstration corpus, or any folder in the layout of STARD: `corpus.jsonl` with
`id`, `name` and `content` of each statute, one a line, and `queries.json`, a list of objects with `问题` and `match_id`.
"""

from __future__ import annotations

import json
import math
import shutil
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.store import open_archive
from tests import oracle
from tests.benchmarks.contest import Figures, Say
from tests.benchmarks.growth import clean_passages
from tests.benchmarks.measuring import ROOT, WorkerFailed, run_worker
from tests.benchmarks.peers.peer import RANKERS, load_peer
from tests.benchmarks.writing import BenchDocument, write_text

BEST = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of the documents that answer it, all equally well; at least one."""

    text: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class RankingSet:
    """Documents in order of id, and questions over them."""

    name: str
    documents: tuple[BenchDocument, ...]
    questions: tuple[Question, ...]


def own_set() -> RankingSet:
    """Read the judgements over the demonstration corpus; a document answers if one of its passages does."""
    documents = tuple(
        _document(document.id, document.collection, document.metadata.title or document.id, document.passages)
        for document in open_archive(ROOT).load().documents
    )
    listed = tomllib.loads((ROOT / "tests" / "judgements.toml").read_text(encoding="utf-8"))["question"]
    questions = (Question(entry["query"], frozenset(answer.split("¶")[0] for answer in entry["answers"])) for entry in listed)
    return RankingSet("judgements", documents, tuple(questions))


def stard_set(folder: Path) -> RankingSet:
    """Read a set in the layout of STARD.

    Args:
        folder: Holds corpus.jsonl and queries.json, or a folder `data` that does.

    Raises:
        FileNotFoundError: It does not.
        ValueError: No question has an answer in the corpus.
    """
    folder = folder / "data" if (folder / "data").is_dir() else folder
    statutes = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = tuple(
        _document(name, "statutes", statute["name"], passages)
        for name, statute in sorted((_statute_id(statute["id"]), statute) for statute in statutes)
        if (passages := clean_passages(f"{statute['name']}\n{statute['content']}"))
    )
    known = {document.id for document in documents}
    asked = [entry for entry in json.loads((folder / "queries.json").read_text(encoding="utf-8")) if isinstance(entry["问题"], str)]
    answers = [frozenset(map(_statute_id, entry["match_id"])) & known for entry in asked]
    questions = tuple(Question(entry["问题"], found) for entry, found in zip(asked, answers, strict=True) if found)
    if not questions:
        raise ValueError(f"no question of {folder.name} is answered by its corpus")
    return RankingSet(folder.parent.name if folder.name == "data" else folder.name, documents, questions)


def _document(name: str, collection: str, title: str, passages: tuple[str, ...]) -> BenchDocument:
    return BenchDocument(name, collection, title, "2000-01-01", "", "", "other", passages)


def _statute_id(number: object) -> str:
    return f"s{int(str(number)):07d}"


def ndcg(found: Sequence[str], answers: Collection[str]) -> float:
    """Give the discounted gain of the ten best over the best that could be; every answer gains 1."""
    gain = sum(1 / math.log2(place + 1) for place, name in enumerate(found[:BEST], start=1) if name in answers)
    return gain / sum(1 / math.log2(place + 1) for place in range(1, min(len(answers), BEST) + 1))


def rank_all(chosen: RankingSet, folder: Path, *, names: Iterable[str] = RANKERS, say: Say) -> dict[str, Figures]:
    """Let rivals rank the questions of a set.

    Args:
        chosen: The set.
        folder: Where texts and indexes go; its contents are removed.
        names: Of RANKERS.
        say: Told what is going on.

    Returns:
        For each rival nDCG@10 in the `own` script and the `other`, or why it is `missing`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    text = write_text(folder / "text", chosen.documents)
    scripts = {
        "own": [question.text for question in chosen.questions],
        "other": [oracle.other_script(question.text) for question in chosen.questions],
    }
    for script, questions in scripts.items():
        (folder / f"{script}.json").write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
    figures: dict[str, Figures] = {}
    for name in names:
        say(f"{chosen.name}: {name} ranks")
        peer = load_peer(name)
        figures[name] = {"what": peer.what}
        if why := peer.missing():
            figures[name]["missing"] = why
            continue
        (folder / name).mkdir()
        try:
            run_worker("build", name, text.folder, folder / name)
            for script in scripts:
                ranked = run_worker("rank", name, text.folder, folder / name, folder / f"{script}.json").result
                gains = [ndcg(found, question.answers) for found, question in zip(ranked, chosen.questions, strict=True)]
                figures[name][script] = sum(gains) / len(gains)
        except WorkerFailed as error:
            figures[name]["missing"] = f"failed: {error}"
            say(str(error))
    return figures
