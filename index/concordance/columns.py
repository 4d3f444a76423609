"""What documents state, as columns: values and their numbers for fields and facets, days for dates.

A field is resolved into a mask over the documents: its distinct values are compared once, and the documents follow.

Files: `<field>.values.json`, the distinct values, sorted; `<field>.first.bin` and `<field>.value.bin`, uint32, the numbers of the
values of each document; `dates.bin`, int32, two columns: first and last day that a document's date may mean, 0 for an unknown one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.dates import parse_range
from archive.folding import fold
from archive.text_store import CheckedFolder
from index.engine import FACETS
from index.evaluation import Facts
from index.query import SUBSTRING_FIELDS, DateRange, Field

FIELDS = ("title", "speaker", "organ", "place", "event", "kind", "collection", "script", "id", "year")
FILES = ("dates.bin", *(f"{name}.{part}" for name in FIELDS for part in ("values.json", "first.bin", "value.bin")))

_FACET_MOST = 200

Mask = npt.NDArray[np.bool_]


def write_columns(folder: Path, facts: Iterable[Facts]) -> None:
    """Write the columns of documents, which come in order of id."""
    dates: list[int] = []
    stated: dict[str, list[tuple[str, ...]]] = {name: [] for name in FIELDS}
    for each in facts:
        known = each.date is not None and each.date.earliest is not None and each.date.latest is not None
        dates += [each.date.earliest.toordinal(), each.date.latest.toordinal()] if known else [0, 0]  # type: ignore[union-attr]
        for name in FIELDS:
            stated[name].append(tuple(dict.fromkeys(each.values.get(name, ()))))
    np.array(dates, dtype="<i4").tofile(folder / "dates.bin")
    for name, rows in stated.items():
        values = sorted({value for row in rows for value in row})
        numbers = {value: number for number, value in enumerate(values)}
        firsts = np.cumsum([0, *map(len, rows)])
        (folder / f"{name}.values.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        firsts.astype("<u4").tofile(folder / f"{name}.first.bin")
        np.array([numbers[value] for row in rows for value in row], dtype="<u4").tofile(folder / f"{name}.value.bin")


class Column:
    """One field of all documents."""

    def __init__(self, files: CheckedFolder, name: str) -> None:
        self.values: tuple[str, ...] = tuple(json.loads(files.text(f"{name}.values.json")))
        first = files.array(f"{name}.first.bin", "<u4").whole().astype(np.int64)
        self._number = files.array(f"{name}.value.bin", "<u4").whole()
        self._document = np.repeat(np.arange(len(first) - 1), np.diff(first))
        self._documents = len(first) - 1

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(map(fold, self.values))

    def mask(self, text: str, *, part: bool) -> Mask:
        """Tell which documents state a value that folds to the text, or that holds it if a part is enough."""
        wanted = fold(text)
        mask = np.zeros(self._documents, dtype=bool)
        if wanted:
            chosen = np.array([wanted in value if part else wanted == value for value in self._folded], dtype=bool)
            mask[self._document[chosen[self._number]]] = True
        return mask

    def values_of(self, document: int) -> tuple[str, ...]:
        """List what one document states."""
        first, last = np.searchsorted(self._document, (document, document + 1))
        return tuple(self.values[number] for number in self._number[first:last].tolist())

    def count(self, documents: Mask, *, by_value: bool) -> tuple[tuple[str, int], ...]:
        """Count the chosen documents that state each value: the most frequent first, or the last values first."""
        counts = np.bincount(self._number[documents[self._document]], minlength=len(self.values))
        found = np.flatnonzero(counts)
        found = found[::-1] if by_value else found[np.argsort(-counts[found], kind="stable")]
        found = found[:_FACET_MOST]
        return tuple((self.values[number], count) for number, count in zip(found.tolist(), counts[found].tolist(), strict=True))


class Columns:
    """All fields of all documents; each is read when first asked for.

    Attributes:
        earliest, latest: Days of each document's date, counted from the year 1; 0 if unknown.
    """

    def __init__(self, files: CheckedFolder) -> None:
        self._files = files
        self._column = lru_cache(maxsize=None)(lambda name: Column(files, name))
        self._masks = lru_cache(maxsize=256)(self._mask)

    @cached_property
    def _dates(self) -> npt.NDArray[np.int32]:
        dates: npt.NDArray[np.int32] = self._files.array("dates.bin", "<i4").whole().reshape(-1, 2)
        return dates

    @cached_property
    def latest(self) -> npt.NDArray[np.int32]:
        """Last day that each document's date may mean."""
        return np.ascontiguousarray(self._dates[:, 1])

    @property
    def documents(self) -> int:
        """Number of documents."""
        return int(self._files.facts["documents"])

    def mask(self, leaf: Field | DateRange) -> Mask:
        """Tell which documents a field or a range of dates lets match; not to be changed."""
        return self._masks(leaf)

    def _mask(self, leaf: Field | DateRange) -> Mask:
        if isinstance(leaf, DateRange):
            start, end = parse_range(leaf.text)
            earliest, latest = self._dates[:, 0], self._dates[:, 1]
            mask: Mask = (latest > 0) & (earliest <= end.toordinal()) & (start.toordinal() <= latest)
            return mask
        return self._column(leaf.name).mask(leaf.text, part=leaf.name in SUBSTRING_FIELDS and not leaf.whole)

    def values_of(self, document: int) -> dict[str, tuple[str, ...]]:
        """List what one document states, field by field."""
        return {name: self._column(name).values_of(document) for name in FIELDS}

    def facets(self, documents: Mask) -> dict[str, tuple[tuple[str, int], ...]]:
        """Count documents by the values of each facet: years newest first, others by number."""
        return {name: self._column(name).count(documents, by_value=name == "year") for name in FACETS}
