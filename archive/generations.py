"""Generations of derived data: built beside, switched in one step, the old one kept until the next switch.

`.yinde/current.json` names the generation that readers use; `.yinde/text/<generation>` and `.yinde/index/<generation>` hold it. A
writer that dies leaves a generation that nothing names; the next writer removes it. Source: plan.md 6 and 10.
"""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.files import storage_errors, write_atomically

POINTER = "current.json"
PARTS = ("text", "index")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is named as current.

    Attributes:
        name: Six digits, rising.
        facts: What its writer noted: fingerprint, counts, instant.
    """

    name: str
    facts: Mapping[str, object]


def current_generation(derived: Path) -> Generation | None:
    """Give the generation that readers use, or None if there is none or the pointer is unreadable."""
    try:
        facts = json.loads((derived / POINTER).read_text(encoding="utf-8"))
        return Generation(str(facts["generation"]), facts)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def next_generation(derived: Path) -> str:
    """Name the generation to build: one more than any that has left a trace."""
    names = [path.name for part in PARTS for path in (derived / part).glob("[0-9]*")]
    current = current_generation(derived)
    return f"{max([0, *(int(name) for name in [*names, current.name if current else '0'] if name.isdigit())]) + 1:06d}"


def switch_generation(derived: Path, name: str, facts: Mapping[str, object]) -> None:
    """Make a finished generation the current one, in one step, and remove all but it and its predecessor.

    Raises:
        StorageFailed: The file system refused; the old generation still serves.
    """
    before = current_generation(derived)
    write_atomically(derived / POINTER, json.dumps({**facts, "generation": name}, ensure_ascii=False, indent=1).encode("utf-8"))
    remove_generations(derived, keep={name, before.name if before else name})


def remove_generations(derived: Path, *, keep: set[str]) -> None:
    """Remove every generation but those to keep, and half-written pointers; what cannot be removed is left for next time."""
    for pointer in derived.glob(f".{POINTER}.*.tmp"):
        pointer.unlink(missing_ok=True)
    for part in PARTS:
        for folder in (derived / part).glob("[0-9]*"):
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)


def new_folder(derived: Path, part: str, name: str) -> Path:
    """Make the empty folder of one part of a new generation.

    Raises:
        StorageFailed: The file system refused.
    """
    folder = derived / part / name
    with storage_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make_private(folder)
    return folder


def make_private(folder: Path) -> None:
    """Take from all but the owner the right to write into a folder and its files."""
    for path in (folder, *folder.iterdir()):
        path.chmod(path.stat().st_mode & ~_OTHERS_WRITE)


def find_writable(folder: Path) -> Path | None:
    """Find what others than the owner may write of a folder, the folder itself or a file in it; None if nothing."""
    return next((path for path in (folder, *sorted(folder.iterdir())) if path.stat().st_mode & _OTHERS_WRITE), None)
