"""How fast plain text is taken in: `make bench-intake`.

Prints megabytes of UTF-8 a processor second for reading bytes, cleaning and describing (`take_apart`), and for the whole import
with its files on disk; the peak of memory; and one document of 4 MB. Text from ../shared/corpora, grown by repeating whole files.
"""

from __future__ import annotations

import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive.importers.containers import iter_inputs
from archive.importing import Imported, import_inputs
from archive.intake import take_apart
from archive.store import init_archive

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
ROUNDS = 3


def texts() -> list[tuple[str, bytes]]:
    """Give the plain-text documents of the corpora."""
    rows = map(json.loads, (CORPORA / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row["id"], (CORPORA / row["file"]).read_bytes()) for row in rows]


def seconds(work: Callable[[], object]) -> float:
    """Median processor time of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def loop() -> int:
    """Add ten million times: how fast this machine is just now."""
    total = 0
    for number in range(10_000_000):
        total += number
    return total


def main() -> None:
    """Measure and print."""
    print(f"machine      ten million additions take {seconds(loop):.2f} s (about .4 s on an idle desktop core)")
    documents = texts()
    size = sum(len(data) for _, data in documents) / 1e6
    take_apart(documents[0][1], "warm-up.txt")
    apart = seconds(lambda: [take_apart(data, f"{name}.txt") for name, data in documents])
    print(f"take apart   {len(documents)} documents, {size:.1f} MB: {size / apart:.2f} MB/s")
    longest = max(documents, key=lambda document: len(document[1]))[1]
    large = longest * max(1, round(4e6 / len(longest)))
    alone = seconds(lambda: take_apart(large, "large.txt"))
    print(f"one document {len(large) / 1e6:.1f} MB: {len(large) / 1e6 / alone:.2f} MB/s")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        for name, data in documents:
            (source / f"{name}.txt").write_bytes(data)
        archive = init_archive(Path(folder) / "archive", name="bench")
        start = time.process_time()
        done = sum(isinstance(outcome, Imported) for outcome in import_inputs(archive, iter_inputs([str(source)])))
        whole = time.process_time() - start
    print(f"import       {done} documents: {size / whole:.2f} MB/s")
    print(
        f"memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, the corpora themselves included"
    )


if __name__ == "__main__":
    main()
