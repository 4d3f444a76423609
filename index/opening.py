"""Opening the current generation: text store and engine together, and the fingerprint that says whether they may be used.

A writer may switch generations at any moment, so opening tries again with the new one. Source: plan.md 6 and 10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import InvalidSettings, StorageFailed
from archive.folding import fold, folding_version
from archive.generations import Generation, current_generation, find_writable
from archive.store import Archive
from archive.text_store import FORMAT, TextStore
from index.analysis.segmenter import dictionary_version
from index.engine import Engine
from index.errors import EngineUnavailable, IndexDamaged, IndexMissing, IndexOutdated, IndexWritable
from index.workers import Workers

_TRIES = 20


@dataclass(frozen=True, eq=False)
class Library:
    """An archive's current generation, open for reading.

    Attributes:
        generation: Its name and the facts its writer noted.
        store: Its texts.
        engine: What searches it.
    """

    generation: Generation
    store: TextStore
    engine: Engine


def read_words(archive: Archive) -> tuple[str, ...]:
    """Read the archive's own word lists, folded, in order, each word once.

    Raises:
        InvalidSettings: A list that archive.toml names cannot be read.
    """
    words: dict[str, None] = {}
    for name in archive.settings.words:
        try:
            lines = (archive.folder / name).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidSettings(
                f"archive.toml: word list {name!r} cannot be read: {error}", hint="one word a line, UTF-8"
            ) from None
        words.update(dict.fromkeys(filter(None, map(fold, lines))))
    return tuple(words)


def fingerprint(archive: Archive) -> dict[str, str]:
    """Say what an index of this archive depends on besides the corpus."""
    engine = archive.settings.engine
    return {
        "engine": engine,
        "schema": _schema_version(engine),
        "text": FORMAT,
        "folding": folding_version(),
        "dictionary": dictionary_version(read_words(archive)),
    }


def _schema_version(engine: str) -> str:
    if engine != "whoosh":
        raise EngineUnavailable(f"archive.toml: engine {engine!r} is not there", hint='write engine = "whoosh"')
    from index.engines.whoosh.engine import VERSION

    return VERSION


def make_engine(archive: Archive, folder: Path, store: TextStore, workers: Workers | None = None) -> Engine:
    """Give the engine that archive.toml names, over a folder and a text store.

    Raises:
        EngineUnavailable: There is no engine of that name.
    """
    _schema_version(archive.settings.engine)
    from index.engines.whoosh.engine import WhooshEngine

    return WhooshEngine(folder, store, read_words(archive), workers=workers)


def open_library(archive: Archive) -> Library:
    """Open the current generation for reading.

    Raises:
        IndexMissing: There is none yet.
        IndexOutdated: It was built by other versions; the message says which.
        IndexDamaged: Its files cannot be read.
        IndexWritable: Others than its owner may write into it.
    """
    for _ in range(_TRIES):
        generation = current_generation(archive.derived)
        if generation is None:
            raise IndexMissing(
                f"{archive.folder} has no index yet", hint=f"build it with: yinde --archive {archive.folder} reindex"
            )
        check_fingerprint(generation.facts, fingerprint(archive), archive.folder)
        try:
            folder = archive.derived / "index" / generation.name
            check_private(folder)
            store = TextStore(archive.derived / "text" / generation.name)
            engine = make_engine(archive, folder, store)
            engine.info()
            return Library(generation, store, engine)
        except (FileNotFoundError, StorageFailed, IndexDamaged) as error:
            if current_generation(archive.derived) == generation:
                raise IndexDamaged(
                    f"generation {generation.name} of the index cannot be read: {error}",
                    hint=f"build it again with: yinde --archive {archive.folder} reindex --full",
                ) from error
    raise IndexDamaged(f"the index of {archive.folder} changed {_TRIES} times while it was opened", hint="try again")


def check_private(folder: Path) -> None:
    """Refuse an index that others can write: Whoosh keeps its table of contents as a pickle, which runs code when it is read.

    Raises:
        FileNotFoundError: The folder is not there.
        IndexWritable: They can; the hint says how to mend it.
    """
    writable = find_writable(folder)
    if writable is not None:
        raise IndexWritable(f"others than its owner can write {writable}", hint=f"take that from them with: chmod -R go-w {folder}")


def check_fingerprint(facts: Mapping[str, object], wanted: Mapping[str, str], folder: Path) -> None:
    """Compare what an index was built with and what would build it now.

    Raises:
        IndexOutdated: They differ; the message names what does.
    """
    built = facts.get("fingerprint")
    if built != wanted:
        known = built if isinstance(built, dict) else {}
        differing = [f"{name} {known.get(name)} is now {value}" for name, value in wanted.items() if known.get(name) != value]
        raise IndexOutdated(
            f"the index was built by another version: {'; '.join(differing) or 'its fingerprint is unreadable'}",
            hint=f"build it again with: yinde --archive {folder} reindex",
        )
