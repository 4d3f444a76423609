"""Where the archive lies and how it is served: flag, then environment, then the working folder. Nothing else is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a process that serves or searches an archive.

    Attributes:
        archive: Folder of the archive.
    """

    archive: Path


def settings_from_environment(archive: Path | None = None) -> Settings:
    """Read settings: the folder given, else `YINDE_ARCHIVE`, else the working folder."""
    return Settings(archive or Path(os.environ.get("YINDE_ARCHIVE") or "."))
