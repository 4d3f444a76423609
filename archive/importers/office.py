"""Documents of older and other word processors (.doc, .wps, .rtf, .odt): LibreOffice, where it is installed, makes DOCX of them.

It runs with a profile and a folder of its own, so that a LibreOffice that is open on the same desk does not matter, and is ended
with all its children when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from archive.errors import UnreadableSource
from archive.importers.docx import read_docx
from archive.importers.extracted import Extracted

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT_S = 180.0
_INSTALL = "install LibreOffice (Debian: apt-get install libreoffice-writer-nogui), or save the file as DOCX"


def read_office(data: bytes, *, program: str | None = None, timeout_s: float = TIMEOUT_S) -> Extracted:
    """Read a document by way of LibreOffice.

    Args:
        data: Whole file.
        program: Path of the program; None to look for it.
        timeout_s: Seconds after which it is ended.

    Raises:
        UnreadableSource: LibreOffice is not installed, takes too long, or makes nothing of the file.
    """
    found = program or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise UnreadableSource("the file needs LibreOffice, which is not installed", hint=_INSTALL)
    with tempfile.TemporaryDirectory(prefix="yinde-office-", ignore_cleanup_errors=True) as folder:
        return read_docx(_converted(data, found, Path(folder), timeout_s), format="office")


def _converted(data: bytes, program: str, folder: Path, timeout_s: float) -> bytes:
    source = folder / f"source{_suffix(data)}"
    source.write_bytes(data)
    made = folder / "made"
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "docx", "--outdir", str(made), str(source)]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadableSource(f"LibreOffice does not start: {error.strerror}", hint=_INSTALL) from None
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        raise UnreadableSource(
            f"LibreOffice took longer than {timeout_s:g} seconds", hint="open the file yourself and save it as DOCX"
        ) from None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    try:
        return (made / "source.docx").read_bytes()
    except OSError:
        raise UnreadableSource(
            "LibreOffice could not read the file", hint="it may be damaged or encrypted; open it yourself and save it as DOCX"
        ) from None


def _suffix(data: bytes) -> str:
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    return ".odt" if data.startswith(b"PK") else ".doc"
