"""Fixtures for all tests: the material shared with the project, and toy archives in folders of their own."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from archive.store import Archive, init_archive

pytest.register_assert_rewrite("tests.engine_contract")

settings.register_profile("yinde", deadline=None)
settings.load_profile("yinde")

MakeArchive = Callable[..., Archive]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts that lies beside the checkout and never in it."""
    folder = Path(__file__).parents[2] / "shared"
    if not (folder / "corpora" / "manifest.jsonl").exists():
        pytest.skip("the texts in ../shared are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def make_archive(tmp_path_factory: pytest.TempPathFactory) -> MakeArchive:
    """Give a function that makes an archive in a new folder; its argument maps paths below corpus/ to contents."""

    def make(files: Mapping[str, str | bytes] | None = None) -> Archive:
        archive = init_archive(tmp_path_factory.mktemp("archive"), name="Toy")
        for name, content in (files or {}).items():
            file = archive.corpus / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return archive

    return make
