"""Reindexing: everything beside, verified, then switched; readers see the old index or the new one.

The cheapest right way is chosen and said: nothing, if the corpus is what is indexed; an update, which takes over the texts and
words of all documents that have not changed; or a full rebuild. Every text is kept in `_revisions/` before it can be served. Memory
holds no text: workers read the files and write what is read into files of their own. Source: plan.md 6 and 10.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from archive.errors import DerivedDamaged, Problem
from archive.files import flush, storage_errors, writer_lock
from archive.generations import current_generation, make_private, new_folder, next_generation, remove_generations, switch_generation
from archive.revisions import revision_file
from archive.store import Archive
from archive.text_store import TextStore, merge_text_stores
from index.engine import Progress
from index.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexWritable
from index.opening import Library, fingerprint, make_engine, open_library
from index.reading import Corpus, FileRecord, read_corpus, record_from_json
from index.workers import Workers, processors, working

RECORDS = "files.json"
"""File of an index folder that holds what was known of each corpus file."""

_ALONE_BYTES = 6_000_000
"""Bytes of corpus below which starting workers costs more than they save; measured with two processors."""


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a reindexing did, or would do.

    Attributes:
        way: nothing, update or rebuild.
        why: One phrase.
        documents: Documents served now.
        characters: Code points of their passages and removed text; with `dry_run` those served until now.
        added: New or changed documents.
        removed: Documents that are gone or changed.
        problems: Faults in files; fatal ones kept a document out.
        seconds: Wall-clock time.
        dry_run: Whether nothing was done.
    """

    way: str
    why: str
    documents: int
    characters: int
    added: int
    removed: int
    problems: tuple[Problem, ...]
    seconds: float
    dry_run: bool = False


@dataclass(frozen=True, eq=False)
class _Indexed:
    """What the current generation holds.

    Attributes:
        library: It, or None.
        records: Of the corpus files that it was built from, by file.
        files: For each id, the file that serves it.
        why: Why there is nothing to build upon, or "".
    """

    library: Library | None
    records: Mapping[str, FileRecord]
    files: Mapping[str, str]
    why: str


def reindex(
    archive: Archive,
    *,
    full: bool = False,
    jobs: int | None = None,
    memory_mb: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    wait_s: float = 10.0,
) -> Reindexed:
    """Bring the index up to the corpus.

    Args:
        archive: What to index.
        full: Rebuild even if less would do.
        jobs: Processes that work at the same time; None for as many as there are processors, or one where there is little to do.
        memory_mb: Megabytes that they may take together, mapped files left out; None for what is fastest.
        dry_run: Only say what would be done.
        progress: Called with stage, done, all.
        wait_s: Seconds to wait for another writer.

    Raises:
        ArchiveBusy: Another process is writing.
        StorageFailed: The file system refused; the old index still serves.
    """
    started = time.monotonic()
    with (
        writer_lock(archive.derived, wait_s=wait_s),
        working(jobs or _jobs_for(archive), memory_mb=memory_mb, progress=progress) as workers,
    ):
        run = _Run(archive, workers, dry_run=dry_run, progress=progress)
        indexed = _Indexed(None, {}, {}, "asked for") if full else _indexed(archive)
        try:
            done = run.bring_up(indexed)
        except (DerivedDamaged, IndexDamaged) as error:
            if indexed.library is None or dry_run:
                raise
            done = run.bring_up(_Indexed(None, {}, {}, f"the index could not be read: {error.message}"))
        finally:
            shutil.rmtree(run.work, ignore_errors=True)
    return Reindexed(*done, seconds=time.monotonic() - started, dry_run=dry_run)


def _jobs_for(archive: Archive) -> int:
    size = 0
    for _, file in archive.iter_files():
        size += file.stat().st_size if file.exists() else 0
        if size > _ALONE_BYTES:
            return processors()
    return 1


def _indexed(archive: Archive) -> _Indexed:
    """Read what the current generation holds, or why it cannot be built upon."""
    try:
        library = open_library(archive)
        data = json.loads((archive.derived / "index" / library.generation.name / RECORDS).read_bytes())
        records = {record.file: record for record in map(record_from_json, data["records"])}
        files = {name: records[file].file for name, file in data["files"].items()}
        return _Indexed(library, records, files, "")
    except IndexMissing:
        return _Indexed(None, {}, {}, "there was no index")
    except IndexOutdated as error:
        return _Indexed(None, {}, {}, error.message)
    except (IndexDamaged, IndexWritable, OSError, ValueError, KeyError, TypeError):
        return _Indexed(None, {}, {}, "the index could not be read")


class _Run:
    """One reindexing."""

    def __init__(self, archive: Archive, workers: Workers, *, dry_run: bool, progress: Progress | None) -> None:
        self.archive = archive
        self.workers = workers
        self.dry_run = dry_run
        self.progress = progress
        self.work = archive.derived / "work"

    def bring_up(self, indexed: _Indexed) -> tuple[str, str, int, int, int, int, tuple[Problem, ...]]:
        """Read, compare, build.

        Returns:
            The first attributes of Reindexed.
        """
        with storage_errors(self.work):
            shutil.rmtree(self.work, ignore_errors=True)
            self.work.mkdir(parents=True)
        kept = {name: record for name, record in indexed.records.items() if self._is_kept(name, record, indexed.files)}
        corpus = read_corpus(self.archive, kept, self.work / "new", self.workers)
        chosen, problems = self._choose(corpus)
        missing = self._without_text(corpus, chosen, indexed)
        if missing:  # known files that come to serve an id only now
            kept = {name: record for name, record in kept.items() if name not in missing}
            shutil.rmtree(self.work / "new", ignore_errors=True)
            corpus = read_corpus(self.archive, kept, self.work / "again", self.workers)
        old = {name: indexed.records[file].key for name, file in indexed.files.items()}
        changed = [name for name, record in chosen.items() if old.get(name) != record.key]
        gone = [name for name in old if name not in chosen or old[name] != chosen[name].key]
        way, why = self._way(indexed, len(chosen), changed, gone)
        characters = indexed.library.store.characters if indexed.library else 0
        if not self.dry_run:
            self._keep_revisions(corpus, chosen)
            if way != "nothing":
                characters = self._build(indexed, corpus, chosen, changed if way == "update" else None, gone)
            elif indexed.library is not None and corpus.records != tuple(indexed.records.values()):
                self._write_records(self.archive.derived / "index" / indexed.library.generation.name, corpus, chosen)
        return way, why, len(chosen), characters, len(changed), len(gone), problems

    def _is_kept(self, name: str, record: FileRecord, files: Mapping[str, str]) -> bool:
        """Whether the revision that a known file serves lies in `_revisions/`, as far as its size tells."""
        if files.get(record.id) != name:
            return True
        try:
            return revision_file(self.archive.revisions, record.id, record.revision).stat().st_size == record.size
        except OSError:
            return False

    def _choose(self, corpus: Corpus) -> tuple[dict[str, FileRecord], tuple[Problem, ...]]:
        """Decide which file serves each id, and collect all problems."""
        records = {self.archive.folder / record.file: record for record in corpus.records}
        named = [(record.stated, file, record.id) for file, record in records.items() if record.id]
        files, taken = self.archive.choose(named)
        found = dict.fromkeys(problem for record in corpus.records for problem in record.problems)
        return {name: records[files[name]] for name in sorted(files)}, (*corpus.problems, *found, *taken)

    @staticmethod
    def _without_text(corpus: Corpus, chosen: Mapping[str, FileRecord], indexed: _Indexed) -> set[str]:
        """List the files that serve an id but whose texts were neither read nor are in the index under it."""
        files = {record.file: name for name, record in chosen.items()}
        return {file for file, name in files.items() if file not in corpus.texts and indexed.files.get(name) != file}

    @staticmethod
    def _way(indexed: _Indexed, documents: int, changed: Sequence[str], gone: Sequence[str]) -> tuple[str, str]:
        if indexed.library is None:
            return "rebuild", indexed.why
        if not changed and not gone:
            return "nothing", "the corpus is what is indexed"
        way = "update" if len({*changed, *gone}) <= documents / 2 else "rebuild"
        return way, f"{len(changed)} new or changed, {len(gone)} gone or replaced"

    def _keep_revisions(self, corpus: Corpus, chosen: Mapping[str, FileRecord]) -> None:
        """Move the bodies that workers laid ready to their places in `_revisions/`."""
        moved: list[Path] = []
        for name, record in chosen.items():
            if record.file in corpus.texts:
                body = corpus.texts[record.file] / "bodies" / f"{name}.md"
                if body.exists():
                    place = revision_file(self.archive.revisions, name, record.revision)
                    with storage_errors(place):
                        place.parent.mkdir(parents=True, exist_ok=True)
                        body.replace(place)
                    moved += [place, place.parent]
        with storage_errors(self.archive.revisions):
            flush(moved)

    def _build(
        self,
        indexed: _Indexed,
        corpus: Corpus,
        chosen: Mapping[str, FileRecord],
        changed: Collection[str] | None,
        gone: Sequence[str],
    ) -> int:
        """Build a generation beside the current one, verify it, switch to it.

        Args:
            indexed: The current one.
            corpus: What was read.
            chosen: The file of each id.
            changed: Ids to index upon a copy of the current index; None to index all anew.
            gone: Ids to take out of the copy.

        Returns:
            Code points in the text store.
        """
        archive = self.archive
        current = current_generation(archive.derived)
        remove_generations(archive.derived, keep={current.name} if current else set())
        name = next_generation(archive.derived)
        texts, folder = new_folder(archive.derived, "text", name), new_folder(archive.derived, "index", name)
        merge_text_stores(texts, _parts(indexed, corpus, chosen))
        store = TextStore(texts)
        engine = make_engine(archive, folder, store, self.workers)
        with storage_errors(folder):
            if changed is None or indexed.library is None:
                engine.rebuild(store, progress=self.progress)
            else:
                _link_files(archive.derived / "index" / indexed.library.generation.name, folder)
                added = [document for name in changed if (document := store.find(name))]
                engine.update(added, gone, progress=self.progress)
            self._write_records(folder, corpus, chosen)
            if engine.info().documents != len(store):
                raise IndexDamaged(
                    f"the new index holds {engine.info().documents} of {len(store)} documents", hint="yinde reindex --full"
                )
            make_private(folder)
            flush((texts, folder, texts.parent, folder.parent))
        facts = {
            "fingerprint": fingerprint(archive),
            "documents": len(store),
            "characters": store.characters,
            "built": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        switch_generation(archive.derived, name, facts)
        engine.close()
        return store.characters

    def _write_records(self, folder: Path, corpus: Corpus, chosen: Mapping[str, FileRecord]) -> None:
        data = {
            "records": [record.to_json() for record in corpus.records],
            "files": {name: record.file for name, record in chosen.items()},
        }
        beside = folder / f".{RECORDS}.tmp"
        beside.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8", errors="surrogateescape")
        beside.replace(folder / RECORDS)


def _parts(indexed: _Indexed, corpus: Corpus, chosen: Mapping[str, FileRecord]) -> Iterator[tuple[TextStore, int]]:
    """Yield, in order of id, the text store that holds each document, and its ordinal there."""
    opened = lru_cache(maxsize=None)(TextStore)
    for name, record in chosen.items():
        if record.file in corpus.texts:
            store = opened(corpus.texts[record.file] / "text")
        elif indexed.library is not None:
            store = indexed.library.store
        else:
            raise AssertionError(f"{record.file} was not read")
        ordinal = store.ordinal_of(name)
        if ordinal is None:
            raise IndexDamaged(f"the index names {name!r}, which the text store does not hold", hint="yinde reindex --full")
        yield store, ordinal


def _link_files(source: Path, target: Path) -> None:
    """Give a folder the index files of another; they are never changed in place, so links will do."""
    for file in source.iterdir():
        if file.is_file() and not file.name.endswith("LOCK") and file.name != RECORDS:
            try:
                os.link(file, target / file.name)
            except OSError:
                shutil.copyfile(file, target / file.name)
