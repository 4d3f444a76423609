"""The text that all rivals index: one folder, written once, read by every one of them in its own process.

A folder holds the same passages twice: as an archive (`archive/corpus/…`, what `reindex` reads) and as `passages.tsv`, one passage
a line, which is all that another engine needs. `facts.json` says what is in it.

This module imports little, since every rival starts with it; `writing.py` writes such folders.

Always: the lines of `passages.tsv`, in order, are the passages of the archive in order of document id and ¶.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

FACET_FIELDS = ("year", "speaker", "place", "kind", "collection")


class BenchPassage(NamedTuple):
    """A passage with the metadata of its document; `key` names it: document id, space, ¶."""

    key: str
    date: str
    speaker: str
    place: str
    kind: str
    collection: str
    text: str

    @property
    def document(self) -> str:
        """Id of its document."""
        return self.key.partition(" ")[0]

    @property
    def day(self) -> int:
        """Its date as a number that sorts, 20200310."""
        return int(self.date.replace("-", ""))

    @property
    def facets(self) -> tuple[str, ...]:
        """Values of FACET_FIELDS, in that order; "" where there is none."""
        return (self.date[:4], self.speaker, self.place, self.kind, self.collection)


class BenchText(NamedTuple):
    """A folder with text.

    Attributes:
        folder: Where it lies.
        characters: Code points of all passages.
        passages: Number of passages.
        documents: Number of documents.
    """

    folder: Path
    characters: int
    passages: int
    documents: int

    @property
    def file(self) -> Path:
        """All passages, one a line."""
        return self.folder / "passages.tsv"

    @property
    def archive(self) -> Path:
        """The same as an archive."""
        return self.folder / "archive"

    def read(self) -> Iterator[BenchPassage]:
        """Yield the passages in order."""
        with self.file.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield parse_line(line)


def parse_line(line: str) -> BenchPassage:
    """Read a line of `passages.tsv`."""
    return BenchPassage(*line.rstrip("\n").split("\t", 6))


def open_text(folder: Path) -> BenchText:
    """Open a folder that `write_text` has finished.

    Raises:
        FileNotFoundError: It has not.
    """
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    return BenchText(folder, facts["characters"], facts["passages"], facts["documents"])


def is_made_of(folder: Path, made_of: Mapping[str, object]) -> bool:
    """Whether a folder holds finished text that was made of exactly this."""
    file = folder / "facts.json"
    return file.exists() and json.loads(file.read_text(encoding="utf-8"))["made_of"] == dict(made_of)
