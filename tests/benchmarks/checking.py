"""Whether a rival finds what is there: passages, occurrences, and the places marked in its snippets, against the oracle."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from tests import oracle
from tests.benchmarks.benchtext import BenchText
from tests.benchmarks.expected import Places
from tests.benchmarks.peers.peer import Served, Shown


def check_peer(served: Served, text: BenchText, expected: Mapping[str, Places], *, budget_s: float) -> dict[str, Any]:
    """Ask for every string, until the time is up.

    Args:
        served: The rival, opened.
        text: What it has indexed.
        expected: What is right, for each string.
        budget_s: Seconds after which no further string is asked.

    Returns:
        strings (how many were asked), recall and precision (over all passages of all strings together), occurrences (share of
        the strings whose number of places is right, None if the rival never says), spans (share of the marked places that
        stand in their passage and fold to the string, None if nothing is marked).
    """
    texts: dict[str, str] = {}
    found_right = found_all = right = spans = spans_right = strings = 0
    counts: list[bool] = []
    shown_by_string: list[tuple[str, Shown]] = []
    end = time.perf_counter() + budget_s
    for string, places in expected.items():
        keys, occurrences = served.holding(string)
        strings += 1
        right += len(places)
        found_all += len(keys)
        found_right += len(keys & places.keys())
        if occurrences is not None:
            counts.append(occurrences == sum(places.values()))
        shown_by_string += ((string, shown) for shown in served.exact(string).shown if shown.spans is not None)
        if time.perf_counter() > end:
            break
    wanted = {shown.key for _, shown in shown_by_string}
    texts = {passage.key: passage.text for passage in text.read() if passage.key in wanted}
    for string, shown in shown_by_string:
        for span in shown.spans or [(0, 0)]:
            spans += 1
            spans_right += _is_right(string, shown, span, texts.get(shown.key, ""))
    return {
        "strings": strings,
        "recall": found_right / right if right else None,
        "precision": found_right / found_all if found_all else None,
        "occurrences": sum(counts) / len(counts) if counts else None,
        "spans": spans_right / spans if spans else None,
    }


def _is_right(string: str, shown: Shown, span: tuple[int, int], passage: str) -> bool:
    """Whether a marked place is one of the passage, and folds to the string."""
    start, end = span
    return shown.snippet in passage and oracle.fold(shown.snippet[start:end]) == oracle.fold(string)
