"""The two commands of README on machines that lack something: one line that mends it, and exit code 2."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
"""Without what a `make test` around these tests hands down."""

OLD = 'case "$*" in *version_info*) exit 1;; -V) echo "Python 3.9.2";; esac'
NO_VENV = 'case "$*" in *"-m venv"*) echo "ensurepip is not available"; exit 1;; esac'

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make here")


def make(folder: Path, command: str, python: Path | str) -> tuple[int, str]:
    """Run a command of the Makefile alone in a folder, with a Python of our own making."""
    shutil.copy(ROOT / "Makefile", folder)
    done = subprocess.run(
        ["make", "--no-print-directory", command, f"PYTHON={python}"], cwd=folder, capture_output=True, text=True, env=ENVIRONMENT
    )
    return done.returncode, done.stdout


def fake_python(folder: Path, script: str) -> Path:
    file = folder / "python3"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("command", ["serve", "test"])
def test_python_without_venv_is_told_the_line_that_mends_it(tmp_path: Path, command: str) -> None:
    python = fake_python(tmp_path, NO_VENV)
    cure = "sudo apt-get install python3-venv   (or the package of your system that gives Python's venv)"
    line = f"This Python lacks venv; mend it with: {cure}\n"
    assert make(tmp_path, command, python) == (2, line)
    assert not (tmp_path / ".venv").exists()


def test_old_python_is_told_which_is_needed(tmp_path: Path) -> None:
    python = fake_python(tmp_path, OLD)
    line = f"Yinde needs Python 3.11 or newer, {python} is Python 3.9.2; name another with: make serve PYTHON=python3.11\n"
    assert make(tmp_path, "serve", python) == (2, line)


def test_missing_python_is_told_how_to_name_one(tmp_path: Path) -> None:
    line = "Yinde needs Python 3.11 or newer; name it with: make test PYTHON=/path/to/python3\n"
    assert make(tmp_path, "test", "no-such-python") == (2, line)
