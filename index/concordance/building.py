"""Building a concordance over a text store."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from archive.text_store import CheckedFolder, TextStore, seal
from index.concordance.columns import write_columns
from index.concordance.concordance import FILES, Concordance
from index.concordance.sorting import write_postings
from index.concordance.words import write_words
from index.concordance.workers import Workers
from index.evaluation import facts_of

VERSION = "concordance 1"


def build_concordance(folder: Path, store: TextStore, words: tuple[str, ...] | None, workers: Workers) -> None:
    """Write a concordance into a folder, which may hold other files.

    Args:
        folder: Takes the files.
        store: The texts.
        words: The archive's own words, folded; None to leave words out, which then do not count in ranking.
        workers: Who does it.
    """
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    for name in FILES:  # a file may be a link to that of another generation: never write into it
        (folder / name).unlink(missing_ok=True)
    write_words(folder, work, store, words, workers)
    write_postings(folder, work, store, workers)
    write_columns(folder, map(facts_of, store))
    shutil.rmtree(work)
    seal(folder, FILES, {"version": VERSION, "documents": len(store), "text": os.path.relpath(store.folder, folder)})


def open_beside(folder: Path) -> Concordance:
    """Open the concordance of a folder with the text store that it was built over.

    Raises:
        FileNotFoundError: A file of them is missing.
        StorageFailed: A file is not what was written.
    """
    files = CheckedFolder(folder, FILES)
    return Concordance(folder, TextStore(folder / str(files.facts["text"])))
