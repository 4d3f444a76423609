"""Measuring: memory behind no file, processor time, percentiles; never how fast anything is."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.measuring import (
    WorkerFailed,
    anonymous_mb,
    medians,
    percentile,
    processor_seconds,
    run_worker,
    size_of,
    typical,
)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.sampled_from([0.05, 0.5, 0.95, 1.0]))
def test_a_percentile_is_the_least_value_that_the_share_does_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


def test_medians_go_question_by_question_as_far_as_all_rounds_went() -> None:
    assert medians([[1, 9, 5], [3, 1, 5], [2, 2]]) == [2, 2]
    assert typical([None, 3, 1, 2]) == 2
    assert typical([None]) is None


def test_memory_behind_files_is_not_counted() -> None:
    if anonymous_mb() is None:
        pytest.skip("the system does not say which memory stands behind files")
    script = "import sys; kept = bytearray(80_000_000); print(flush=True); sys.stdin.readline()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holding:
        assert holding.stdout
        assert holding.stdin
        holding.stdout.readline()
        found = anonymous_mb(holding.pid)
        holding.stdin.write("\n")
    assert found is not None
    assert 80 <= found < 120
    assert anonymous_mb(holding.pid) is None, "it has ended"


def test_processor_time_counts_children_that_have_ended() -> None:
    before = processor_seconds()
    subprocess.run([sys.executable, "-c", "for _ in range(3_000_000): pass"], check=True)
    assert processor_seconds() > before + 0.01


def test_size_is_of_all_files_below(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"123")
    (tmp_path / "c").write_bytes(b"45")
    assert size_of(tmp_path) == 5


def test_a_worker_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed, match=r"(?s)build python_scan: .*facts\.json"):
        run_worker("build", "python_scan", tmp_path, tmp_path)
