"""Reindexing: everything beside, verified, then switched; readers see the old index or the new one.

The cheapest right way is chosen: nothing, if the corpus is what is indexed; an update of the changed documents on a copy; or a full
rebuild. Every text is kept in `_revisions/` before it can be served. Source: plan.md 6 and 10.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.document import Document
from archive.errors import Problem
from archive.files import storage_errors, writer_lock
from archive.generations import current_generation, new_folder, next_generation, remove_generations, switch_generation
from archive.metadata import metadata_to_fields
from archive.revisions import keep_revision
from archive.store import Archive
from archive.text_store import TextStore, write_text_store
from index.engine import Progress
from index.errors import IndexDamaged, IndexMissing, IndexOutdated
from index.opening import fingerprint, make_engine, open_library


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a reindexing did.

    Attributes:
        way: nothing, update or rebuild.
        why: One phrase.
        documents: Documents served now.
        characters: Code points of their passages and removed text.
        added: New or changed documents.
        removed: Documents that are gone or changed.
        problems: Faults in files; fatal ones kept a document out.
        seconds: Wall-clock time.
    """

    way: str
    why: str
    documents: int
    characters: int
    added: int
    removed: int
    problems: tuple[Problem, ...]
    seconds: float


def reindex(archive: Archive, *, full: bool = False, progress: Progress | None = None, wait_s: float = 10.0) -> Reindexed:
    """Bring the index up to the corpus.

    Args:
        archive: What to index.
        full: Rebuild even if less would do.
        progress: Called with stage, done, all.
        wait_s: Seconds to wait for another writer.

    Raises:
        ArchiveBusy: Another process is writing.
        StorageFailed: The file system refused; the old index still serves.
    """
    started = time.monotonic()
    with writer_lock(archive.derived, wait_s=wait_s):
        corpus = archive.load()
        keys = {document.id: _key(document) for document in corpus.documents}
        indexed, why = ({}, "asked for") if full else _indexed_keys(archive)
        changed = [name for name, key in keys.items() if indexed.get(name) != key]
        gone = [name for name, key in indexed.items() if keys.get(name) != key]
        if indexed and not changed and not gone:
            way, why = "nothing", "the corpus is what is indexed"
            characters = open_library(archive).store.characters
        else:
            way = "update" if indexed and len(changed) + len(gone) <= len(keys) / 2 else "rebuild"
            why = f"{len(changed)} new or changed, {len(gone)} gone or replaced" if indexed else why
            for count, document in enumerate(corpus.documents, start=1):
                keep_revision(archive.revisions, document)
                if progress:
                    progress("revisions", count, len(corpus.documents))
            characters = _build(archive, corpus.documents, keys, changed if way == "update" else None, gone, progress)
    seconds = time.monotonic() - started
    return Reindexed(way, why, len(keys), characters, len(changed), len(gone), corpus.problems, seconds)


def _key(document: Document) -> str:
    """Name what the index holds of a document: text, effective metadata, collection, removed text."""
    removed = [(removed.text, removed.source, removed.span) for removed in document.removed]
    parts = [document.revision, document.collection, metadata_to_fields(document.metadata), removed]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8")).hexdigest()[:20]


def _indexed_keys(archive: Archive) -> tuple[dict[str, str], str]:
    """Read the keys of the current generation, or nothing and why it cannot be built upon."""
    try:
        library = open_library(archive)
        keys = json.loads((archive.derived / "index" / library.generation.name / "keys.json").read_bytes())
        return keys, ""
    except IndexMissing:
        return {}, "there was no index"
    except IndexOutdated as error:
        return {}, error.message
    except (IndexDamaged, OSError, ValueError):
        return {}, "the index could not be read"


def _build(
    archive: Archive,
    documents: tuple[Document, ...],
    keys: Mapping[str, str],
    changed: list[str] | None,
    gone: list[str],
    progress: Progress | None,
) -> int:
    """Build a generation beside the current one, verify it, switch to it.

    Args:
        archive: What to index.
        documents: All documents, in order of id.
        keys: Of all documents.
        changed: Ids to index upon a copy of the current index; None to index all anew.
        gone: Ids to take out of the copy.
        progress: Called with stage, done, all.

    Returns:
        Code points in the text store.
    """
    current = current_generation(archive.derived)
    remove_generations(archive.derived, keep={current.name} if current else set())
    name = next_generation(archive.derived)
    texts, folder = new_folder(archive.derived, "text", name), new_folder(archive.derived, "index", name)
    write_text_store(texts, documents)
    store = TextStore(texts)
    engine = make_engine(archive, folder, store)
    with storage_errors(folder):
        if changed is None or current is None:
            engine.rebuild(store, progress=progress)
        else:
            _link_files(archive.derived / "index" / current.name, folder)
            added = [document for name in changed if (document := store.find(name))]
            engine.update(added, gone, progress=progress)
        (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
        if engine.info().documents != len(store):
            raise IndexDamaged(
                f"the new index holds {engine.info().documents} of {len(store)} documents", hint="yinde reindex --full"
            )
        _flush(texts, folder)
    facts = {
        "fingerprint": fingerprint(archive),
        "documents": len(store),
        "characters": store.characters,
        "built": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    switch_generation(archive.derived, name, facts)
    engine.close()
    return store.characters


def _link_files(source: Path, target: Path) -> None:
    """Give a folder the index files of another; they are never changed in place, so links will do."""
    for file in source.iterdir():
        if file.is_file() and not file.name.endswith("LOCK") and file.name != "keys.json":
            try:
                os.link(file, target / file.name)
            except OSError:
                shutil.copyfile(file, target / file.name)


def _flush(*folders: Path) -> None:
    """Force the files of some folders to disk: after the switch they must be whole, whatever happens to the machine."""
    for folder in folders:
        for file in folder.iterdir():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
