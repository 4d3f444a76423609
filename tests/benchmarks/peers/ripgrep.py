"""ripgrep over a file of folded text, one passage a line; it counts places and shows nothing."""

from __future__ import annotations

import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from archive.folding import fold
from tests.benchmarks.benchtext import BenchText
from tests.benchmarks.peers.peer import Answer


class RipgrepPeer:
    """A rival in another process for every question."""

    what = "ripgrep over the folded text, count only, a process for each question"
    kinds = ("exact",)
    checked = True
    most_characters = None

    def missing(self) -> str | None:
        return None if shutil.which("rg") else "rg is not installed"

    def files(self, folder: Path) -> Path:
        return folder

    def build(self, text: BenchText, folder: Path) -> None:
        with (folder / "folded.txt").open("w", encoding="utf-8") as lines, (folder / "passages.txt").open("wb") as originals:
            for passage in text.read():
                lines.write(fold(passage.text) + "\n")
                originals.write(f"{passage.key}\t{passage.text}\n".encode())

    def open(self, folder: Path) -> RipgrepServed:
        return RipgrepServed(folder)


class RipgrepServed:
    """The file of folded text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def exact(self, text: str) -> Answer:
        return Answer((), None, int(self._run("--count-matches", text) or 0))

    def holding(self, text: str) -> tuple[set[str], int | None]:
        numbers = [int(line.partition(":")[0]) for line in self._run("--line-number", "--only-matching", text).splitlines()]
        return {self._keys[number - 1] for number in numbers}, len(numbers)

    @cached_property
    def _keys(self) -> list[str]:
        with (self._folder / "passages.txt").open(encoding="utf-8", newline="\n") as lines:
            return [line.partition("\t")[0] for line in lines]

    def _run(self, *arguments: str) -> str:
        command = ["rg", "--no-config", "--no-mmap", "--fixed-strings", "--no-filename", "--text", *arguments[:-1]]
        done = subprocess.run(
            [*command, "-e", fold(arguments[-1]), "folded.txt"], cwd=self._folder, capture_output=True, text=True, check=False
        )
        if done.returncode > 1:
            raise RuntimeError(done.stderr.strip())
        return done.stdout


PEER = RipgrepPeer()
