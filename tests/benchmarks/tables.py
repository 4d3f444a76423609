"""Figures as Markdown tables: one row for each rival, as measured or as ratios to the better yardstick."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.peers.peer import YARDSTICKS

Figures = Mapping[str, Any]
Rivals = Mapping[str, Figures]
NONE = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, the figure it shows, digits behind the point."""

    head: str
    figure: str
    digits: int


COST = (
    Column("build cpu s/M", "build_cpu_s_per_m", 2),
    Column("build clock s/M", "build_wall_s_per_m", 2),
    Column("bytes/character", "bytes_per_character", 2),
    Column("MB build", "build_mb", 0),
    Column("MB serve", "serve_mb", 0),
    Column("start, string, clock s", "start_exact_s", 2),
    Column("cpu s", "start_exact_cpu_s", 2),
    Column("start, words, clock s", "start_words_s", 2),
    Column("cpu s", "start_words_cpu_s", 2),
)
KINDS = {
    "exact": "string",
    "words": "words",
    "words_in_passage": "words in one passage",
    "filtered": "words, string, years, facets",
    "page": "page of documents",
}


def speed(unit: str) -> tuple[Column, ...]:
    """Give the columns of answering, in milliseconds of the clock (`ms`) or of the processors (`cpu_ms`)."""
    return tuple(
        Column(f"{head} {part}" if part == "p50" else part, f"{kind}_{part}_{unit}", 3)
        for kind, head in KINDS.items()
        for part in ("p50", "p95")
    )


TRUTH = (
    Column("strings", "strings", 0),
    Column("recall", "recall", 4),
    Column("precision", "precision", 4),
    Column("totals right", "occurrences", 4),
    Column("marks right", "spans", 4),
)
RANKING = (Column("own script", "own", 3), Column("other script", "other", 3))


def table(rivals: Rivals, columns: Sequence[Column], *, note: Callable[[str, Column], str] = lambda name, column: "") -> str:
    """Write a table with a row for each rival that was measured and shows at least one figure; columns without any are left out.

    Args:
        rivals: Figures by rival.
        columns: What to show.
        note: Gives what follows a figure, such as a mark.
    """
    shown = [column for column in columns if any(figures.get(column.figure) is not None for figures in rivals.values())]
    rows = [
        [f"`{name}`", *(_number(figures.get(column.figure), column.digits) + note(name, column) for column in shown)]
        for name, figures in rivals.items()
        if any(figures.get(column.figure) is not None for column in shown)
    ]
    return lines_of(["", *(column.head for column in shown)], rows)


def lines_of(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as a Markdown table; the first column is text, the others are numbers."""
    written = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in written)


def _number(value: float | None, digits: int) -> str:
    return NONE if value is None else f"{value:,.{digits}f}"


def ratios(rivals: Rivals, columns: Sequence[Column]) -> dict[str, dict[str, float]]:
    """Divide every figure by that of the better yardstick in its column; figures without a yardstick are left out."""
    divided: dict[str, dict[str, float]] = {}
    for name, figures in rivals.items():
        for column in columns:
            best = min((value for rival in YARDSTICKS if (value := rivals.get(rival, {}).get(column.figure))), default=None)
            if best and figures.get(column.figure) is not None:
                divided.setdefault(name, {})[column.figure] = figures[column.figure] / best
    return divided


def in_ratios(columns: Sequence[Column]) -> list[Column]:
    """Give columns for ratios: two digits."""
    return [Column(column.head, column.figure, 2) for column in columns]
