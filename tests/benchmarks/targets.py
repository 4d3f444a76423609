"""What must be reached (issue 5): each line a figure of ours, a bound, and what it is compared with.

Answers are compared in processor time: it is what the clock shows on a quiet machine, and the same on a busy one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.peers.peer import YARDSTICKS
from tests.benchmarks.tables import NONE, lines_of


@dataclass(frozen=True, slots=True)
class Target:
    """A bound.

    Attributes:
        text: What it is about.
        rival: Which of ours.
        figure: Which figure of it.
        bound: The most it may be (the least, with `least`).
        ratio: Against the better yardstick, not by itself.
        least: The bound is a least one.
    """

    text: str
    rival: str
    figure: str
    bound: float
    ratio: bool = False
    least: bool = False


TARGETS = (
    Target("recall", "yinde", "recall", 1, least=True),
    Target("precision", "yinde", "precision", 1, least=True),
    Target("totals right", "yinde", "occurrences", 1, least=True),
    Target("marks right", "yinde", "spans", 1, least=True),
    Target("build of the exact part, cpu, ×", "yinde_arrays", "build_cpu_s_per_m", 0.5, ratio=True),
    Target("build with words, cpu s/M", "yinde", "build_cpu_s_per_m", 0.60),
    Target("disk of the exact part, text included, ×", "yinde_arrays", "bytes_per_character", 1.1, ratio=True),
    Target("disk with words, text included, ×", "yinde", "bytes_per_character", 1.3, ratio=True),
    Target("exact string p50, ×", "yinde", "exact_p50_cpu_ms", 0.4, ratio=True),
    Target("exact string p95, ×", "yinde", "exact_p95_cpu_ms", 0.6, ratio=True),
    Target("bare words p50, ×", "yinde", "words_p50_cpu_ms", 1.2, ratio=True),
    Target("bare words p95, ×", "yinde", "words_p95_cpu_ms", 1.2, ratio=True),
    Target("words, string, years, facets p95, ms", "yinde", "filtered_p95_cpu_ms", 2),
    Target("process start to first answer, s", "yinde", "start_exact_s", 0.15),
    Target("the same with jieba, s", "yinde", "start_words_s", 0.4),
    Target("memory to build, MB", "yinde", "build_mb", 250),
    Target("memory to serve, MB", "yinde", "serve_mb", 120),
)


def targets_table(rivals: Mapping[str, Mapping[str, Any]]) -> str:
    """Write what must be reached beside what was measured; a figure that was not measured is not reached."""
    rows = [_row(target.text, _measured(target, rivals), target.bound, least=target.least) for target in TARGETS]
    rows.append(_row("two workers, times as fast as one", _two_workers(rivals), 1.6, least=True))
    return lines_of(["at 30 million characters", "bound", "measured", "reached"], rows)


def _row(text: str, value: float | None, bound: float, *, least: bool) -> list[str]:
    reached = value is not None and (value >= bound if least else value <= bound)
    return [text, f"{'≥' if least else '≤'} {bound:g}", NONE if value is None else f"{value:.3g}", "yes" if reached else "**no**"]


def _measured(target: Target, rivals: Mapping[str, Mapping[str, Any]]) -> float | None:
    value: float | None = rivals.get(target.rival, {}).get(target.figure)
    if value is None or not target.ratio:
        return value
    best = min((found for name in YARDSTICKS if (found := rivals.get(name, {}).get(target.figure))), default=None)
    return value / best if best else None


def _two_workers(rivals: Mapping[str, Mapping[str, Any]]) -> float | None:
    one, two = (rivals.get(name, {}).get("build_wall_s_per_m") for name in ("yinde", "yinde_two_workers"))
    return one / two if one and two else None
