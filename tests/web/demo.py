"""The demonstration corpus, copied where a test may index it."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def copy_demonstration(folder: Path) -> Path:
    """Copy archive.toml and corpus/ into a folder."""
    shutil.copy(ROOT / "archive.toml", folder)
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    return folder
