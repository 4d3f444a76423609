"""Atomic writes and the writer lock."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.files import storage_errors, sweep, write_atomically, writer_lock
from tests.archive.faults import full_disk, read_only
from tests.archive.texts import refusal, snapshot

ROOT = Path(__file__).parents[2]
UNTOUCHED = "nothing that was there has changed"


def test_file_is_written_and_folders_are_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "水车.md", "修渠\r\n".encode())
    assert snapshot(tmp_path) == {"a/b/水车.md": "修渠\r\n".encode()}


def test_file_is_replaced(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.md", b"old and long")
    write_atomically(tmp_path / "a.md", b"new")
    assert snapshot(tmp_path) == {"a.md": b"new"}


def test_reader_sees_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    contents = [b"0" * 100_000, b"1" * 100_000]
    write_atomically(file, contents[0])

    def write_often() -> None:
        for turn in range(100):
            write_atomically(file, contents[turn % 2])

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_often)
        seen = {file.read_bytes()}
        while not writing.done():
            seen.add(file.read_bytes())
        writing.result()
    assert seen <= set(contents)


def test_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    with full_disk():
        refused = refusal(lambda: write_atomically(tmp_path / "a.md", b"new"))
    assert refused == ("storage-failed", f"cannot write {tmp_path / 'a.md'}: No space left on device", UNTOUCHED)
    assert snapshot(tmp_path) == {"a.md": b"old"}


def test_read_only_folder_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    with read_only(tmp_path):
        code, message, hint = refusal(lambda: write_atomically(tmp_path / "a.md", b"new"))
    assert (code, hint) == ("storage-failed", UNTOUCHED)
    assert message == f"cannot write {tmp_path}/.a.md.{os.getpid()}.tmp: Permission denied"
    assert snapshot(tmp_path) == {"a.md": b"old"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write in every folder")
def test_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert refusal(lambda: write_atomically(tmp_path / "a.md", b"new"))[0] == "storage-failed"
    finally:
        tmp_path.chmod(0o700)
    assert snapshot(tmp_path) == {}


def test_failed_move_leaves_nothing_beside(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    code, message, _ = refusal(lambda: write_atomically(tmp_path / "a.md", b"new"))
    assert (code, message.endswith(": Is a directory")) == ("storage-failed", True)
    assert snapshot(tmp_path) == {}


def test_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_bytes(b"")
    expected = ("storage-failed", f"cannot write {tmp_path / 'corpus'}: File exists", UNTOUCHED)
    assert refusal(lambda: write_atomically(tmp_path / "corpus" / "a.md", b"new")) == expected


def test_bug_in_a_block_stays_a_bug(tmp_path: Path) -> None:
    with pytest.raises(KeyError), storage_errors(tmp_path):
        raise KeyError("a")


def test_error_without_a_system_message_is_named(tmp_path: Path) -> None:
    def fail() -> None:
        with storage_errors(tmp_path):
            raise OSError("3 requested and 2 written")

    assert refusal(fail) == ("storage-failed", f"cannot write {tmp_path}: 3 requested and 2 written", UNTOUCHED)


# ------------------------------------------------------------------------------------------------ the writer lock

HOLD = """
import sys
from pathlib import Path
from archive.files import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_writer(derived: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run a process that holds the lock until its standard input is closed."""
    command = [sys.executable, "-c", HOLD, str(derived)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def take(derived: Path, *, wait_s: float = 0.05) -> str:
    """Take the lock and give the pid that is noted while it is held."""
    with writer_lock(derived, wait_s=wait_s):
        return (derived / "writer.pid").read_text(encoding="ascii")


def test_lock_notes_its_holder_while_it_is_held(tmp_path: Path) -> None:
    assert take(tmp_path / ".yinde") == str(os.getpid())
    assert not (tmp_path / ".yinde" / "writer.pid").exists()


def test_second_writer_is_told_the_pid_of_the_first(tmp_path: Path) -> None:
    with other_writer(tmp_path) as process:
        refused = refusal(lambda: take(tmp_path))
    hint = "waited 0.05 seconds; try again when it has finished"
    assert refused == ("archive-busy", f"the archive is being written by process {process.pid}", hint)


def test_second_writer_goes_on_when_the_first_has_finished(tmp_path: Path) -> None:
    with other_writer(tmp_path) as process, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(take, tmp_path, wait_s=60)
        process.communicate()
        assert waiting.result() == str(os.getpid())


def test_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    with other_writer(tmp_path) as process:
        process.kill()
    assert (tmp_path / "writer.pid").read_text(encoding="ascii") == str(process.pid)
    assert take(tmp_path) == str(os.getpid())


def test_writer_in_the_same_process_waits_too(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        assert refusal(lambda: take(tmp_path))[1] == f"the archive is being written by process {os.getpid()}"


def test_lock_is_given_back_when_its_block_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), writer_lock(tmp_path):
        raise KeyError("a")
    assert take(tmp_path) == str(os.getpid())


def test_lock_in_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".yinde").write_bytes(b"")
    expected = ("storage-failed", f"cannot write {tmp_path / '.yinde'}: File exists", UNTOUCHED)
    assert refusal(lambda: take(tmp_path / ".yinde")) == expected


def test_lock_that_cannot_note_its_holder_is_given_back(tmp_path: Path) -> None:
    with full_disk():
        code, message, _ = refusal(lambda: take(tmp_path))
    assert (code, message) == ("storage-failed", f"cannot write {tmp_path / 'writer.pid'}: No space left on device")
    assert take(tmp_path) == str(os.getpid())


def test_what_killed_writers_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "_sources" / ".9f2c41ab07000001.77.tmp").mkdir(parents=True)
    (tmp_path / "_sources" / ".9f2c41ab07000001.77.tmp" / "raw.txt").write_text("半")
    (tmp_path / "_sources" / "9f2c41ab07000000").mkdir()
    (tmp_path / "_sources" / "9f2c41ab07000000" / ".raw.txt.77.tmp").write_text("半")
    (tmp_path / "_sources" / "9f2c41ab07000000" / "raw.txt").write_text("全")
    sweep(tmp_path, "*", "_sources/*")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["raw.txt"]
    assert [path.name for path in (tmp_path / "_sources").iterdir()] == ["9f2c41ab07000000"]
