"""The Whoosh engine keeps the contract of all engines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.document import Document
from archive.text_store import TextStore
from index.engine import Engine
from index.engines.whoosh.engine import WhooshEngine
from tests.engine_contract import Build, EngineContract, NewFolder, write_store


class TestWhooshEngine(EngineContract):
    @pytest.fixture
    def build(self, new_folder: NewFolder) -> Build:
        self.folders: dict[int, Path] = {}

        def build(documents: Sequence[Document]) -> WhooshEngine:
            folder = new_folder()
            store = write_store(new_folder(), documents)
            engine = WhooshEngine(folder, store)
            engine.rebuild(store)
            self.folders[id(engine)] = folder
            return engine

        return build

    def follow(self, engine: Engine, store: TextStore) -> WhooshEngine:
        engine.close()
        return WhooshEngine(self.folders[id(engine)], store)
