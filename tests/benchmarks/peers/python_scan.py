"""No index at all: the folded text in memory and `str.find`; the original text on disk for the snippets."""

from __future__ import annotations

import json
from bisect import bisect_right
from mmap import ACCESS_READ, mmap
from pathlib import Path

from archive.folding import fold
from tests.benchmarks.benchtext import BenchText
from tests.benchmarks.peers.marking import mark
from tests.benchmarks.peers.peer import TOP, Answer, Shown


class ScanPeer:
    """A rival that keeps what it searches in memory."""

    what = "str.find over the folded text in memory, text order"
    kinds = ("exact",)
    checked = True
    most_characters = None

    def missing(self) -> str | None:
        return None

    def files(self, folder: Path) -> Path:
        return folder

    def build(self, text: BenchText, folder: Path) -> None:
        starts, bytes_at, at, byte = [], [], 0, 0
        with (folder / "folded.txt").open("w", encoding="utf-8") as lines, (folder / "original.txt").open("wb") as originals:
            for passage in text.read():
                folded = fold(passage.text)
                lines.write(folded + "\n")
                starts.append(at)
                bytes_at.append(byte)
                at += len(folded) + 1
                byte += originals.write(f"{passage.key}\t{passage.text}\n".encode())
        (folder / "places.json").write_text(json.dumps([starts, bytes_at]), encoding="utf-8")

    def open(self, folder: Path) -> ScanServed:
        return ScanServed(folder)


class ScanServed:
    """The folded text, read."""

    def __init__(self, folder: Path) -> None:
        self._folded = (folder / "folded.txt").read_text(encoding="utf-8")
        self._starts, self._bytes = json.loads((folder / "places.json").read_text(encoding="utf-8"))
        with (folder / "original.txt").open("rb") as originals:
            self._originals = mmap(originals.fileno(), 0, access=ACCESS_READ)

    def exact(self, text: str) -> Answer:
        wanted = fold(text)
        found, occurrences = self._find(wanted)
        shown = []
        for number in found[:TOP]:
            key, original = self._line(number)
            shown.append(Shown(key, *mark(original, [wanted])))
        return Answer(shown, len(found), occurrences)

    def holding(self, text: str) -> tuple[set[str], int | None]:
        found, occurrences = self._find(fold(text))
        return {self._line(number)[0] for number in found}, occurrences

    def _find(self, wanted: str) -> tuple[list[int], int]:
        """Number the passages that hold a string, and count its places."""
        found: dict[int, None] = {}
        occurrences, at = 0, self._folded.find(wanted)
        while at >= 0:
            found[bisect_right(self._starts, at) - 1] = None
            occurrences += 1
            at = self._folded.find(wanted, at + len(wanted))
        return list(found), occurrences

    def _line(self, number: int) -> tuple[str, str]:
        start = self._bytes[number]
        key, _, text = self._originals[start : self._originals.find(b"\n", start)].decode("utf-8").partition("\t")
        return key, text


PEER = ScanPeer()
