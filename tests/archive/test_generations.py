"""Generations of derived data: built beside, switched in one step."""

from pathlib import Path

import pytest

from archive.generations import (
    Generation,
    current_generation,
    new_folder,
    next_generation,
    remove_generations,
    switch_generation,
)
from tests.archive.faults import full_disk, read_only
from tests.archive.texts import refusal, snapshot


def build(derived: Path, name: str) -> None:
    """Build both parts of a generation, with a file in each."""
    for part in ("text", "index"):
        (new_folder(derived, part, name) / "data").write_text(name, encoding="ascii")


def names(derived: Path) -> list[str]:
    """Name the generations of which any part is there."""
    return sorted({path.name for part in ("text", "index") for path in (derived / part).glob("*")})


def test_generation_is_current_after_the_switch(tmp_path: Path) -> None:
    build(tmp_path, "000001")
    switch_generation(tmp_path, "000001", {"documents": 3, "at": "2026-01-01T00:00:00Z"})
    facts = {"generation": "000001", "documents": 3, "at": "2026-01-01T00:00:00Z"}
    assert current_generation(tmp_path) == Generation("000001", facts)


@pytest.mark.parametrize("content", [None, "", "{", "[]", "7", '"000001"', "null", '{"documents": 3}', "\udcff"])
def test_pointer_that_cannot_be_read_names_no_generation(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "current.json").write_text(content, encoding="utf-8", errors="surrogateescape")
    assert current_generation(tmp_path) is None


def test_first_generation_is_number_one(tmp_path: Path) -> None:
    assert next_generation(tmp_path) == "000001"


def test_next_generation_is_one_more_than_any_that_left_a_trace(tmp_path: Path) -> None:
    build(tmp_path, "000001")
    switch_generation(tmp_path, "000001", {})
    assert next_generation(tmp_path) == "000002"
    new_folder(tmp_path, "index", "000007")
    assert next_generation(tmp_path) == "000008"


def test_next_generation_counts_a_pointer_whose_folders_are_gone(tmp_path: Path) -> None:
    switch_generation(tmp_path, "000041", {})
    assert next_generation(tmp_path) == "000042"


def test_folders_that_are_no_generations_are_not_counted(tmp_path: Path) -> None:
    (tmp_path / "text" / "0000x9").mkdir(parents=True)
    (tmp_path / "text" / "notes").mkdir()
    assert next_generation(tmp_path) == "000001"


def test_predecessor_is_kept_until_the_next_switch(tmp_path: Path) -> None:
    kept = []
    for name in ("000001", "000002", "000003"):
        build(tmp_path, name)
        switch_generation(tmp_path, name, {})
        kept.append(names(tmp_path))
    assert kept == [["000001"], ["000001", "000002"], ["000002", "000003"]]


def test_generation_of_a_writer_that_died_is_removed(tmp_path: Path) -> None:
    build(tmp_path, "000001")
    switch_generation(tmp_path, "000001", {})
    build(tmp_path, "000002")
    build(tmp_path, "000003")
    switch_generation(tmp_path, "000003", {})
    assert names(tmp_path) == ["000001", "000003"]


def test_generation_switched_to_twice_is_kept(tmp_path: Path) -> None:
    build(tmp_path, "000001")
    switch_generation(tmp_path, "000001", {})
    switch_generation(tmp_path, "000001", {"documents": 4})
    assert names(tmp_path) == ["000001"]


def test_facts_do_not_name_the_generation(tmp_path: Path) -> None:
    switch_generation(tmp_path, "000001", {"documents": 3})
    before = current_generation(tmp_path)
    assert before is not None
    switch_generation(tmp_path, "000002", before.facts)
    assert current_generation(tmp_path) == Generation("000002", {"generation": "000002", "documents": 3})


def test_other_folders_are_never_removed(tmp_path: Path) -> None:
    (tmp_path / "text" / "notes").mkdir(parents=True)
    (tmp_path / "other" / "000001").mkdir(parents=True)
    remove_generations(tmp_path, keep=set())
    assert names(tmp_path) == ["notes"]
    assert (tmp_path / "other" / "000001").is_dir()


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_failed_switch_leaves_the_old_generation(tmp_path: Path, fault: str) -> None:
    build(tmp_path, "000001")
    switch_generation(tmp_path, "000001", {"documents": 3})
    build(tmp_path, "000002")
    before = snapshot(tmp_path)
    with full_disk() if fault == "full" else read_only(tmp_path):
        assert refusal(lambda: switch_generation(tmp_path, "000002", {}))[0] == "storage-failed"
    assert snapshot(tmp_path) == before


def test_new_folder_is_empty(tmp_path: Path) -> None:
    build(tmp_path, "000001")
    folder = new_folder(tmp_path, "text", "000001")
    assert folder == tmp_path / "text" / "000001"
    assert list(folder.iterdir()) == []


def test_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"")
    code, message, _ = refusal(lambda: new_folder(tmp_path, "text", "000001"))
    assert (code, message) == ("storage-failed", f"cannot write {tmp_path / 'text' / '000001'}: Not a directory")
