"""Processor time, memory, percentiles: what is measured and how.

Processor time counts all threads and all processes that were waited for. Memory is what stands behind no file (Linux: Pss_Anon and
Pss_Shmem of smaps_rollup): mapped pages of an index can be given back at any moment and are not counted.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
_SAMPLED_S = 0.1


class WorkerFailed(Exception):
    """A worker ended with an error; the message holds the end of what it said."""


def processor_seconds() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return time.process_time() + children_seconds()


def children_seconds() -> float:
    """Processor seconds of the children of this process that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def anonymous_mb(pid: int | str = "self") -> float | None:
    """Megabytes of a process that stand behind no file, or None where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    sizes = [int(line.split()[1]) for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:"))]
    return sum(sizes) / 1000 if sizes else None


class Work(NamedTuple):
    """What a worker did.

    Attributes:
        result: What it wrote.
        most_mb: The most anonymous megabytes seen at once, if they were watched.
        seconds: Of the clock, from before its start to its answer.
        cpu_s: Processor seconds from its start to its end.
    """

    result: Any
    most_mb: float | None
    seconds: float
    cpu_s: float


def run_worker(*arguments: str | Path, watch: bool = False) -> Work:
    """Run a worker to its end.

    Args:
        arguments: Task, rival, text, folder, and what the task needs.
        watch: Look at the memory of the worker and of its own workers ten times a second.

    Raises:
        WorkerFailed: It ended with an error.
    """
    command = [sys.executable, "-m", "tests.benchmarks.worker", *map(str, arguments)]
    with TemporaryFile("w+") as complaints:
        started, before = time.perf_counter(), children_seconds()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaints, text=True) as worker:
            watcher = _Watcher(worker.pid) if watch else None
            said = worker.stdout.readline() if worker.stdout else ""
            seconds = time.perf_counter() - started
        most = watcher.stop() if watcher else None
        if worker.returncode:
            complaints.seek(0)
            raise WorkerFailed(f"{' '.join(map(str, arguments[:2]))}: {complaints.read().strip()[-2000:]}")
    return Work(json.loads(said), most, seconds, children_seconds() - before)


class _Watcher:
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid, self._done, self._most = pid, Event(), 0.0
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._done.wait(_SAMPLED_S):
            self._most = max(self._most, sum(anonymous_mb(pid) or 0.0 for pid in _family(self._pid)))

    def stop(self) -> float | None:
        """End it; the most megabytes seen, or None if nothing could be seen."""
        self._done.set()
        self._thread.join()
        return self._most or None


def _family(pid: int) -> list[int]:
    """Ids of a process and of all that descend from it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, task.read_text(encoding="ascii").split())
            except OSError:
                continue  # it has just ended
    return found


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def percentile(values: Sequence[float], share: float) -> float:
    """Give the smallest value that so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Give the median over the rounds of each question that every round has answered."""
    return [median(times) for times in zip(*rounds, strict=False)]


def typical(values: Iterable[float | None]) -> float | None:
    """Give the median of what was measured, or None if nothing was."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


def load_average() -> float | None:
    """Give how busy the machine was in the last minute, or None where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None
