"""How figures grow with the text: one table over the results of all sizes that lie in a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.peer import YARDSTICKS
from tests.benchmarks.tables import COST, Rivals, speed, table

SHOWN = ("yinde", *YARDSTICKS)


def sizes_report(folder: Path) -> str:
    """Write the table; sizes rise, and each shows ours and the yardsticks as far as they were measured.

    Args:
        folder: Holds `size-<SIZE>.json` files of `run.py`.
    """
    results = [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("size-*.json")]
    rows: dict[str, Any] = {}
    for result in sorted(results, key=lambda result: result["size"]):
        rivals: Rivals = result["rivals"]
        rows |= {f"{name}, {result['size']:g} M": rivals[name] for name in SHOWN if name in rivals}
    return (
        "# Growth\n\nMillion characters of text; answers in processor ms. Each size was measured in a run of its own.\n\n"
        f"{table(rows, (*COST, *speed('cpu_ms')))}\n"
    )
