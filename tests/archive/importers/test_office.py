"""Documents of other word processors: LibreOffice is used where it is, bounded in time, and said to be missing where it is not."""

import os
import shutil
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from archive.importers import extract, office
from archive.importers.office import PROGRAMS, read_office
from tests.archive.importers.files import docx, paragraph
from tests.archive.texts import refusal

RTF = (
    rb"{\rtf1\ansi\ansicpg936 {\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    rb"\f0 \'cb\'ae\'c7\'fe\'d0\'de\'ba\'c3\par \'b4\'e5\'bf\'da\par}"
)
INSTALLED = next(filter(None, map(shutil.which, PROGRAMS)), None)


def program(folder: Path, script: str) -> str:
    """Write a program that stands in for LibreOffice."""
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def test_missing_program_is_named() -> None:
    with patch.object(shutil, "which", lambda name: None):
        found = refusal(lambda: extract(RTF))
    hint = "install LibreOffice (Debian: apt-get install libreoffice-writer-nogui), or save the file as DOCX"
    assert found == ("unreadable-source", "the file needs LibreOffice, which is not installed", hint)


def test_what_the_program_makes_is_read(tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(docx(paragraph("水渠")))
    script = (
        f'for last; do :; done\ncase "$last" in *.rtf) ;; *) exit 1;; esac\nmkdir made && cp {tmp_path}/made.docx made/source.docx'
    )
    found = read_office(RTF, program=program(tmp_path, script))
    assert (found.raw, found.format) == ("水渠", "office")


def test_program_works_in_a_folder_of_its_own_that_goes_with_it(tmp_path: Path) -> None:
    refusal(lambda: read_office(RTF, program=program(tmp_path, f'pwd > {tmp_path}/where; echo "$@" > {tmp_path}/how')))
    where = (tmp_path / "where").read_text().strip()
    assert not Path(where).exists()
    assert f"-env:UserInstallation=file://{where}/profile" in (tmp_path / "how").read_text()


def test_program_that_makes_nothing_is_said(tmp_path: Path) -> None:
    found = refusal(lambda: read_office(RTF, program=program(tmp_path, "exit 1")))
    hint = "it may be damaged or encrypted; open it yourself and save it as DOCX"
    assert found == ("unreadable-source", "LibreOffice could not read the file", hint)


def test_program_that_does_not_start_is_said(tmp_path: Path) -> None:
    message = refusal(lambda: read_office(RTF, program=str(tmp_path / "none")))[1]
    assert message == "LibreOffice does not start: No such file or directory"


def test_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    hanging = program(tmp_path, f"sleep 1000 & echo $! > {tmp_path}/child; wait")
    found = refusal(lambda: read_office(RTF, program=hanging, timeout_s=1))
    assert found == ("unreadable-source", "LibreOffice took longer than 1 seconds", "open the file yourself and save it as DOCX")
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not is_running(child):
            break
        time.sleep(0.05)
    assert not is_running(child)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.skipif(INSTALLED is None, reason="LibreOffice is not installed")
def test_rich_text_is_read() -> None:
    found = extract(RTF, "a.rtf")
    assert (found.raw, found.format) == ("水渠修好\n\n村口", "office")


@pytest.mark.skipif(INSTALLED is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_old_formats_are_read(suffix: str, tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(docx(paragraph("水渠修好"), paragraph("鄉親們")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office.subprocess.run(
        [str(INSTALLED), profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = extract((tmp_path / f"a.{suffix}").read_bytes())
    assert (found.raw, found.format) == ("水渠修好\n\n鄉親們", "office")
