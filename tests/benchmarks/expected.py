"""What is right: every passage that holds a string, and how often, by brute force.

Nothing of the project decides here: the oracle folds, `str.find` finds.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests import oracle
from tests.benchmarks.benchtext import BenchText

Places = dict[str, int]
"""Key of each passage that holds a string, with the number of its non-overlapping places from the left."""


def expect(text: BenchText, strings: Sequence[str]) -> dict[str, Places]:
    """Find strings by brute force.

    Args:
        text: Where.
        strings: Literal strings that fold to something.
    """
    keys, starts, folded, at = [], [], [], 0
    for passage in text.read():
        keys.append(passage.key)
        starts.append(at)
        folded.append(oracle.fold(passage.text))
        at += len(folded[-1]) + 1
    joined = "\n".join(folded)
    return {string: _places(oracle.fold(string), joined, starts, keys) for string in strings}


def _places(wanted: str, joined: str, starts: Sequence[int], keys: Sequence[str]) -> Places:
    found: Counter[str] = Counter()
    at = joined.find(wanted)
    while at >= 0:
        found[keys[bisect_right(starts, at) - 1]] += 1
        at = joined.find(wanted, at + len(wanted))
    return dict(found)


def save_expected(file: Path, expected: dict[str, Places]) -> None:
    """Write what is right beside the text."""
    file.write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")


def load_expected(file: Path) -> dict[str, Places]:
    """Read what was saved."""
    expected: dict[str, Places] = json.loads(file.read_text(encoding="utf-8"))
    return expected
