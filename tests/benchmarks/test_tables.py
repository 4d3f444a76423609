"""Figures become tables: ratios to the better yardstick in each column, marks for what is missing, bounds reached or not."""

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.report import report
from tests.benchmarks.sizes import sizes_report
from tests.benchmarks.tables import Column, lines_of, ratios, table
from tests.benchmarks.targets import TARGETS, targets_table

COLUMNS = (Column("cost", "cost", 1), Column("speed", "speed", 3), Column("never", "never", 0))
RIVALS: dict[str, dict[str, Any]] = {
    "ours": {"what": "we", "cost": 1.0, "speed": 0.5},
    "tantivy_exact": {"what": "one", "cost": 4.0, "speed": 0.25},
    "tantivy_native": {"what": "another", "cost": 2.0, "speed": 1.0},
    "half": {"what": "has no speed", "cost": 1234.56, "speed": None},
    "absent": {"what": "not here", "missing": "it is not installed"},
}


def test_table_shows_figures_and_leaves_out_what_nobody_has() -> None:
    assert table(RIVALS, COLUMNS).splitlines() == [
        "|  | cost | speed |",
        "| --- | --: | --: |",
        "| `ours` | 1.0 | 0.500 |",
        "| `tantivy_exact` | 4.0 | 0.250 |",
        "| `tantivy_native` | 2.0 | 1.000 |",
        "| `half` | 1,234.6 | – |",
    ]


def test_notes_follow_their_figure() -> None:
    assert "| `ours` | 1.0 | 0.500† |" in table(RIVALS, COLUMNS, note=lambda name, column: "†" * (column.figure == "speed"))


def test_ratios_are_to_the_better_yardstick_of_each_column() -> None:
    divided = ratios(RIVALS, COLUMNS)
    assert divided["ours"] == {"cost": 0.5, "speed": 2.0}
    assert divided["tantivy_exact"] == {"cost": 2.0, "speed": 1.0}
    assert divided["half"] == {"cost": 617.28}
    assert "absent" not in divided


def test_no_ratios_without_a_yardstick() -> None:
    assert ratios({"ours": {"cost": 1.0}}, COLUMNS) == {}


def test_lines_have_one_head_and_numbers_to_the_right() -> None:
    assert lines_of(["what", "n"], [["a", "1"]]) == "| what | n |\n| --- | --: |\n| a | 1 |"


def test_targets_say_what_is_reached_and_count_the_unmeasured_as_missed() -> None:
    lines = targets_table({
        "yinde": {"recall": 1.0, "exact_p50_cpu_ms": 0.05, "exact_p95_cpu_ms": 0.3, "build_wall_s_per_m": 1.6},
        "yinde_two_workers": {"build_wall_s_per_m": 1.0},
        "tantivy_exact": {"exact_p50_cpu_ms": 0.2, "exact_p95_cpu_ms": 0.9},
        "tantivy_native": {"exact_p50_cpu_ms": 0.3, "exact_p95_cpu_ms": 0.4},
    }).splitlines()  # fmt: skip
    assert "| recall | ≥ 1 | 1 | yes |" in lines
    assert "| exact string p50, × | ≤ 0.4 | 0.25 | yes |" in lines
    assert "| exact string p95, × | ≤ 0.6 | 0.75 | **no** |" in lines
    assert "| precision | ≥ 1 | – | **no** |" in lines
    assert "| two workers, times as fast as one | ≥ 1.6 | 1.6 | yes |" in lines
    assert len(lines) == 2 + len(TARGETS) + 1


def test_report_holds_every_part_and_names_the_missing() -> None:
    about = {
        **{"characters": 3_000_000, "passages": 10, "documents": 2, "seed": 5, "rounds": 3, "queries": 300, "cores": 2},
        **{"load": [0.1, 0.2], "versions": {"Python": "3.11"}},
    }
    rivals = {
        "yinde": {"what": "we", "characters": 3_000_000, "build_cpu_s_per_m": 1.5, "exact_asked": 300, "exact_p50_ms": 0.1},
        "whoosh_stock": {"what": "slow", "characters": 500_000, "build_cpu_s_per_m": 14, "exact_asked": 30, "exact_p50_ms": 9},
        "tantivy_exact": {"what": "fast", "missing": "tantivy is not installed: make bench installs it"},
    }
    ranking = {"judgements": {"yinde": {"what": "we", "own": 0.9, "other": 0.8}}}
    written = report({
        **{"measured": "2026-11-21", "size": 3.0, "about": about, "rivals": rivals},
        **{"ranking": ranking, "questions": {"judgements": 60}},
    })  # fmt: skip
    assert written.startswith("# Benchmark: 3 million characters\n\nMeasured 2026-11-21 on 2 cores, load 0.1 at the start")
    assert "| `whoosh_stock` | 14.00† |" in written
    assert "given less: `whoosh_stock` 500,000 characters." in written
    assert "| `whoosh_stock` | 9.000\\* |" in written
    assert "## Ranking: nDCG@10, judgements, 60 questions" in written
    assert "* `tantivy_exact`: fast. **Not measured: tantivy is not installed: make bench installs it**" in written


def test_sizes_stand_in_order_with_ours_and_the_yardsticks(tmp_path: Path) -> None:
    for size, cost in ((30, 0.25), (3, 0.5)):
        rivals = {
            "yinde": {"build_cpu_s_per_m": cost},
            "tantivy_native": {"build_cpu_s_per_m": 1},
            "ripgrep": {"build_cpu_s_per_m": 2},
        }
        (tmp_path / f"size-{size}.json").write_text(json.dumps({"size": size, "rivals": rivals}), encoding="utf-8")
    assert sizes_report(tmp_path).splitlines()[-4:] == [
        "| `yinde, 3 M` | 0.50 |",
        "| `tantivy_native, 3 M` | 1.00 |",
        "| `yinde, 30 M` | 0.25 |",
        "| `tantivy_native, 30 M` | 1.00 |",
    ]
