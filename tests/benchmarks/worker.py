"""A rival in a process of its own: builds, serves, checks or ranks, and writes one line of JSON to stdout.

    python -m tests.benchmarks.worker TASK PEER TEXT FOLDER [ARGUMENT]

Imports little at the top: what a process takes to its first answer is one of the figures.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any


def main(arguments: list[str]) -> None:
    """Do one task and write its result."""
    task, peer, text, folder, *rest = arguments
    result = TASKS[task](peer, Path(text), Path(folder), *rest)
    print(json.dumps(result, ensure_ascii=False), flush=True)


def build(name: str, text: Path, folder: Path) -> dict[str, float]:
    """Build an index; seconds of all processors and of the clock, interpreter start and imports of the harness left out."""
    from tests.benchmarks.benchtext import open_text
    from tests.benchmarks.measuring import processor_seconds
    from tests.benchmarks.peers.peer import load_peer

    peer, source = load_peer(name), open_text(text)
    before, started = processor_seconds(), time.perf_counter()
    peer.build(source, folder)
    return {"cpu_s": processor_seconds() - before, "wall_s": time.perf_counter() - started}


def serve(name: str, text: Path, folder: Path, kind: str, budget_s: str) -> dict[str, Any]:
    """Answer one kind of question, in the order of the log, for as long as the budget lasts.

    `ms` and `cpu_ms` hold milliseconds of the clock and of all processors for each answer.
    """
    from tests.benchmarks.measuring import anonymous_mb
    from tests.benchmarks.peers.peer import load_peer
    from tests.benchmarks.querylog import load_log

    log = load_log(text / "log.json")
    ask = getattr(load_peer(name).open(folder), kind)
    _answer(ask, log.warm_for(kind), float(budget_s) / 4)
    times = _answer(ask, log.asked_for(kind), float(budget_s))
    return {"ms": [clock for clock, _ in times], "cpu_ms": [cpu for _, cpu in times], "anonymous_mb": anonymous_mb()}


def _answer(ask: Any, questions: list[Any], budget_s: float) -> list[tuple[float, float]]:
    """Time each answer; at least one is given."""
    from tests.benchmarks.measuring import processor_seconds

    times: list[tuple[float, float]] = []
    end = time.perf_counter() + budget_s
    for question in questions:
        cpu, clock = processor_seconds(), time.perf_counter()
        ask(question)
        now = time.perf_counter()
        times.append(((now - clock) * 1000, (processor_seconds() - cpu) * 1000))
        if now > end:
            break
    return times


def first(name: str, _text: Path, folder: Path, kind: str, question: str) -> dict[str, int]:
    """Give the first answer of a fresh process; the parent holds the clock."""
    from tests.benchmarks.peers.peer import load_peer

    answer = getattr(load_peer(name).open(folder), kind)(json.loads(question))
    return {"shown": len(answer.shown)}


def check(name: str, text: Path, folder: Path, budget_s: str) -> dict[str, Any]:
    """Compare what a rival finds with what is right, string by string."""
    from tests.benchmarks.benchtext import open_text
    from tests.benchmarks.checking import check_peer
    from tests.benchmarks.expected import load_expected
    from tests.benchmarks.peers.peer import load_peer

    expected = load_expected(text / "expected.json")
    return check_peer(load_peer(name).open(folder), open_text(text), expected, budget_s=float(budget_s))


def rank(name: str, _text: Path, folder: Path, questions: str) -> list[list[str]]:
    """Rank documents for each question of a file."""
    from tests.benchmarks.peers.peer import load_peer

    served = load_peer(name).open(folder)
    return [served.ranked(question) for question in json.loads(Path(questions).read_text(encoding="utf-8"))]


TASKS: dict[str, Any] = {"build": build, "serve": serve, "first": first, "check": check, "rank": rank}

if __name__ == "__main__":
    main(sys.argv[1:])
