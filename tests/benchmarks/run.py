"""`make bench`: grow the text, draw the questions, let the rivals contend, write JSON and a Markdown table.

    python -m tests.benchmarks.run --size 3 --rounds 3

Everything that can be made again goes to `build/bench`. `tests/benchmarks/results/size-<SIZE>.json` and `.md` hold the figures of
the last run of that size and the day they were measured, no text and no path, so git shows what changed; `sizes.md` puts the sizes
beside each other.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.benchmarks.benchtext import is_made_of, open_text
from tests.benchmarks.contest import Contest
from tests.benchmarks.drawing import draw_log
from tests.benchmarks.expected import expect, save_expected
from tests.benchmarks.growth import VERSION, Source, grow, read_sources
from tests.benchmarks.measuring import ROOT, load_average
from tests.benchmarks.peers.peer import PEERS
from tests.benchmarks.ranking import own_set, rank_all, stard_set
from tests.benchmarks.report import report
from tests.benchmarks.sizes import sizes_report
from tests.benchmarks.writing import write_text

CORPORA = ROOT.parent / "shared" / "corpora"
WORK = ROOT / "build" / "bench"
RESULTS = ROOT / "tests" / "benchmarks" / "results"
_PACKAGES = ("tantivy", "Whoosh-Reloaded", "jieba", "rjieba", "numpy")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit code."""
    asked = _parser().parse_args(arguments)
    if not (asked.corpora / "manifest.jsonl").exists() and asked.peers:
        print("There is no text to grow: ../shared/corpora is not beside this checkout; name it with --corpora.", file=sys.stderr)
        return 2
    result = run(asked, say=lambda line: print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True))
    written = report(result)
    name = f"size-{asked.size:g}" if asked.peers else "ranking"
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (asked.results / f"{name}.md").write_text(written, encoding="utf-8")
    (asked.results / "sizes.md").write_text(sizes_report(asked.results), encoding="utf-8")
    print(written)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the index and its rivals on the same text.")
    parser.add_argument("--size", type=float, default=3.0, help="million characters (3)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which figures are medians (3)")
    parser.add_argument("--queries", type=int, default=300, help="questions of each kind (300)")
    parser.add_argument(
        "--budget", type=float, default=20.0, help="seconds a rival may spend on a kind of question in a round (20)"
    )
    parser.add_argument("--seed", type=int, default=5, help="of text and questions (5)")
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS, metavar="PEER", help=f"of {', '.join(PEERS)} (all)")
    parser.add_argument("--stard", type=Path, action="append", default=[], help="a set of questions in the layout of STARD")
    parser.add_argument("--no-ranking", action="store_true", help="leave the ranking of questions out")
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="texts to grow from (../shared/corpora)")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for texts and indexes (build/bench)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder for the tables (tests/benchmarks/results)")
    return parser


def run(asked: argparse.Namespace, *, say: Callable[[str], None]) -> dict[str, Any]:
    """Do all that was asked for; gives what the JSON file holds."""
    load = load_average()
    result: dict[str, Any] = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d}",
        "size": asked.size,
        "rivals": {},
        "ranking": {},
        "questions": {},
    }
    facts: dict[str, Any] = {"characters": 0, "passages": 0, "documents": 0}
    if asked.peers:
        sources = read_sources(asked.corpora)
        texts = partial(_text, asked, sources, say)
        text = open_text(texts(None))
        facts = {"characters": text.characters, "passages": text.passages, "documents": text.documents}
        contest = Contest(asked.peers, texts, asked.work / f"size-{asked.size:g}" / "indexes", budget_s=asked.budget, say=say)
        result["rivals"] = contest.run(rounds=asked.rounds)
    for chosen in [] if asked.no_ranking else [own_set(), *map(stard_set, asked.stard)]:
        result["ranking"][chosen.name] = rank_all(chosen, asked.work / f"ranking-{chosen.name}", say=say)
        result["questions"][chosen.name] = len(chosen.questions)
    result["about"] = {
        **facts,
        "seed": asked.seed,
        "rounds": asked.rounds,
        "queries": asked.queries,
        "cores": os.cpu_count(),
        "load": [load, load_average()],
        "versions": _versions(),
    }
    return result


def _text(asked: argparse.Namespace, sources: Sequence[Source], say: Callable[[str], None], most: int | None) -> Path:
    """Give the folder with text, log and right answers for so many characters, made now if it is not there."""
    wanted = round(asked.size * 1e6)
    characters = wanted if most is None else min(wanted, most)
    made_of = {"characters": characters, "seed": asked.seed, "queries": asked.queries, "version": VERSION}
    folder: Path = asked.work / f"text-{characters}"
    if not is_made_of(folder, made_of) or not (folder / "expected.json").exists():
        say(f"growing {characters:,} characters, drawing questions, finding what is right")
        shutil.rmtree(folder, ignore_errors=True)
        text = write_text(folder, grow(sources, characters=characters, seed=asked.seed), made_of=made_of)
        log = draw_log(text, queries=asked.queries, seed=asked.seed)
        log.save(folder / "log.json")
        save_expected(folder / "expected.json", expect(text, log.exact))
    return folder


def _versions() -> dict[str, str]:
    found = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    sys.exit(main())
