"""Building a concordance over a text store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from archive.text_store import CheckedFolder, TextStore, seal
from index.concordance.columns import write_columns
from index.concordance.concordance import FILES, Concordance
from index.concordance.sorting import write_postings
from index.concordance.words import Known, write_words
from index.evaluation import facts_of
from index.workers import Workers

VERSION = "concordance 1"


def build_concordance(
    folder: Path,
    store: TextStore,
    words: tuple[str, ...] | None,
    workers: Workers,
    *,
    known: Known | None = None,
    beside: Callable[[], Iterable[str]] = tuple,
) -> None:
    """Write a concordance into a folder, which may hold other files; an older one there is replaced when the new one is whole.

    Args:
        folder: Takes the files.
        store: The texts.
        words: The archive's own words, folded; None to leave words out, which then do not count in ranking.
        workers: Who does it.
        known: Words that an older concordance of the same dictionary holds already.
        beside: Called at the end; names the other files of the folder that are to be sealed with those of the concordance.
    """
    made, work = folder / "made", folder / "work"
    for empty in (made, work):
        shutil.rmtree(empty, ignore_errors=True)
        empty.mkdir()
    write_words(made, work, store, words, workers, known)
    write_postings(made, work, store, workers)
    shutil.rmtree(work)
    write_columns(made, map(facts_of, store))
    names = (*FILES, *beside())
    for file in made.iterdir():
        file.replace(folder / file.name)  # the old file may be that of another generation: it is not written into
    made.rmdir()
    seal(folder, names, {"version": VERSION, "documents": len(store), "text": os.path.relpath(store.folder, folder)})


def open_beside(folder: Path) -> Concordance:
    """Open the concordance of a folder with the text store that it was built over.

    Raises:
        FileNotFoundError: A file of them is missing.
        StorageFailed: A file is not what was written.
    """
    files = CheckedFolder(folder, FILES)
    return Concordance(folder, TextStore(folder / str(files.facts["text"])))
