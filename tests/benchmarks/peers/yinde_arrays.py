"""Yinde's exact part alone: text store and concordance arrays, built from the same lines as the rivals'; no words, no Whoosh."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.benchtext import BenchText

if TYPE_CHECKING:
    from archive.document import Document


class ArraysPeer:
    """What the issue calls the exact part: only building and bytes are measured, `yinde` is what searches."""

    what = "Yinde: text store and concordance arrays alone"
    kinds = ()
    checked = False
    most_characters = None

    def missing(self) -> str | None:
        return None if find_spec("index.concordance") else "this checkout has no index.concordance"

    def files(self, folder: Path) -> Path:
        return folder

    def build(self, text: BenchText, folder: Path) -> None:
        from archive.text_store import TextStore, write_text_store
        from index.concordance.building import build_concordance
        from index.workers import working

        texts, arrays = folder / "text", folder / "arrays"
        texts.mkdir()
        arrays.mkdir()
        write_text_store(texts, _documents(text))
        with working(1) as workers:
            build_concordance(arrays, TextStore(texts), None, workers)

    def open(self, folder: Path) -> Any:
        raise TypeError("yinde_arrays is not searched: yinde is")


def _documents(text: BenchText) -> Iterator[Document]:
    """Yield the documents of the lines, in order."""
    from archive.dates import parse_date
    from archive.document import Document
    from archive.metadata import Metadata

    for name, passages in groupby(text.read(), key=lambda passage: passage.document):
        listed = list(passages)
        first, body = listed[0], "".join(f"{passage.text}\n" for passage in listed)
        speaker = (first.speaker,) if first.speaker else ()
        metadata = Metadata(date=parse_date(first.date), speaker=speaker, place=first.place, kind=first.kind)
        yield Document(name, first.collection, metadata, body)


PEER = ArraysPeer()
