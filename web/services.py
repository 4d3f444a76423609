"""The composition root: opens archive, text store and engine, once, and takes up a new generation when there is one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from archive.generations import current_generation
from archive.store import Archive, open_archive
from index.analysis.segmenter import word_cutter
from index.errors import IndexDamaged
from index.opening import Library, open_library, read_words
from web.settings import Settings

T = TypeVar("T")


def current_services() -> Services:
    """Give the services of the app that answers the current request."""
    from flask import current_app  # the command line does without

    services: Services = current_app.extensions["yinde"]
    return services


class Services:
    """What pages and commands work with; any number of threads may use it.

    Attributes:
        archive: The archive that is served.
    """

    def __init__(self, settings: Settings) -> None:
        """Open an archive; the index is opened when first asked for.

        Raises:
            ArchiveMissing: The folder is no archive.
            InvalidSettings: Its archive.toml cannot be meant so.
        """
        self.archive: Archive = open_archive(settings.archive)
        self._library: Library | None = None
        self._lock = threading.Lock()

    def library(self) -> Library:
        """Give the current generation, opened.

        Raises:
            IndexMissing: The archive has no index yet.
            IndexOutdated: It was built by another version.
            IndexDamaged: It cannot be read.
        """
        with self._lock:
            current = current_generation(self.archive.derived)
            if self._library is None or current is None or current.name != self._library.generation.name:
                self._library = open_library(self.archive)
            return self._library

    def reading(self, work: Callable[[Library], T]) -> T:
        """Do some reading; once more if the generation was switched away under it."""
        library = self.library()
        try:
            return work(library)
        except (IndexDamaged, OSError):
            if self.library() is library:
                raise
            return work(self.library())

    def warm_up(self) -> None:
        """Load what the first search would wait for: the index and the dictionary."""
        self.library()
        word_cutter(read_words(self.archive))("")
