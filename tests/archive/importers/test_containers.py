"""Folders, patterns, zip files and standard input: everything is opened, nothing leads out, nothing explodes."""

import io
import os
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Problem, UserError
from archive.importers import containers, zips
from archive.importers.containers import iter_inputs, read_unchanged
from tests.archive.importers.files import docx, paragraph, zipped
from tests.archive.texts import refusal


def opened(*paths: object, stdin: bytes | None = None) -> list[tuple[str, bytes | str]]:
    """Label and bytes of every input; label and message of every problem."""
    found: list[tuple[str, bytes | str]] = []
    for each in iter_inputs(map(str, paths), stdin=io.BytesIO(stdin) if stdin is not None else None):
        if isinstance(each, Problem):
            found.append((str(each.file), each.message))
            continue
        try:
            found.append((each.label, each.read()))
        except UserError as error:
            found.append((each.label, error.message))
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a/二.txt", "a/一.txt", "a/.hidden", ".git/x.txt", "c.html"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(name.encode())
    return tmp_path


def test_folder_is_opened_in_order_without_dot_files(folder: Path) -> None:
    names = [f"{folder}/a/一.txt", f"{folder}/a/二.txt", f"{folder}/b.txt", f"{folder}/c.html"]
    assert [label for label, _ in opened(folder)] == names


def test_pattern_is_expanded(folder: Path) -> None:
    assert [label for label, _ in opened("*.txt")] == ["b.txt"]
    assert [label for label, _ in opened("**/*.txt")] == ["a/一.txt", "a/二.txt", "b.txt"]
    assert opened("*.doc") == [("*.doc", "no file matches the pattern")]


def test_file_whose_name_looks_like_a_pattern_is_a_file(folder: Path) -> None:
    Path("报告[1].txt").write_bytes(b"x")
    assert opened("报告[1].txt") == [("报告[1].txt", b"x")]


def test_what_is_not_there_is_a_problem_and_the_others_go_on(folder: Path) -> None:
    assert opened("none.txt", "b.txt", "a\0b", "x" * 5_000)[:2] == [("none.txt", "there is no such file"), ("b.txt", b"b.txt")]
    assert [type(data) for _, data in opened("a\0b", "x" * 5_000)] == [str, str]


def test_link_to_a_folder_above_does_not_go_round(folder: Path) -> None:
    Path("a/up").symlink_to(folder, target_is_directory=True)
    Path("a/broken").symlink_to("nowhere")
    assert len(opened(folder)) == 5
    assert (f"{folder}/a/broken", "it is no file") in opened(folder)


def test_device_and_pipe_are_not_read(folder: Path) -> None:
    os.mkfifo("pipe")
    assert opened("pipe") == [("pipe", "it is no file")]


def test_standard_input_is_one_input() -> None:
    assert opened("-", stdin="水渠".encode()) == [("-", "水渠".encode())]
    assert opened("-") == [("-", "there is no standard input here")]


def test_standard_input_may_be_a_zip_file() -> None:
    assert opened("-", stdin=zipped([("a.txt", "水")])) == [("-!/a.txt", "水".encode())]


def test_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"first half")
    real = Path.stat
    times = iter(range(1_000))

    def stat(self: Path, **options: bool) -> os.stat_result:
        if next(times) == 1:
            with file.open("ab") as more:
                more.write(b" second half")
        return real(self, **options)

    with patch.object(Path, "stat", stat):
        found = refusal(lambda: read_unchanged(file))
    hint = "import it again when nothing writes to it"
    assert found == ("unreadable-source", "the file changed while it was read", hint)


def test_file_that_is_written_anew_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"first text")
    real = Path.stat
    times = iter(range(1_000))

    def stat(self: Path, **options: bool) -> os.stat_result:
        if next(times) == 1:
            file.write_bytes(b"other text")
            os.utime(file, ns=(1, 1))
        return real(self, **options)

    with patch.object(Path, "stat", stat):
        assert refusal(lambda: read_unchanged(file))[1] == "the file changed while it was read"


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as opened_file:
        opened_file.truncate(50_000_000)
    assert opened(file) == [(str(file), "the file is larger than 40 MB")]


# ------------------------------------------------------------------------------------------------------ zip files


def zip_file(folder: Path, members: Iterable[tuple[str, bytes | str]]) -> Path:
    file = folder / "a.zip"
    file.write_bytes(zipped(members))
    return file


def test_zip_file_is_opened_in_order(tmp_path: Path) -> None:
    file = zip_file(tmp_path, [("b/二.txt", "2"), ("a.txt", "1"), ("__MACOSX/a.txt", "x"), ("b/.x", "x"), ("c/", "")])
    assert opened(file) == [(f"{file}!/a.txt", b"1"), (f"{file}!/b/二.txt", b"2")]


@pytest.mark.parametrize("name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:\\x.txt", "..\\x.txt", "\\x.txt"])
def test_member_that_leads_out_is_refused_and_the_others_go_on(name: str, tmp_path: Path) -> None:
    found = opened(zip_file(tmp_path, [(name, "外"), ("b.txt", "内")]))
    assert sorted(data if isinstance(data, str) else data.decode() for _, data in found) == [
        "its name leads out of the zip file",
        "内",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def named(name: bytes) -> bytes:
    """Make a zip file whose one member has these bytes for a name, and no word on their encoding."""
    data = zipped([("x" * len(name), "内")], packed=False)
    return data.replace(b"x" * len(name), name)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "gb18030"])
def test_name_of_a_member_is_decoded(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(named("水渠志/第一卷.txt".encode(encoding)))
    assert opened(file) == [(f"{file}!/水渠志/第一卷.txt", "内".encode())]


def test_name_in_the_code_page_of_dos_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(named("é.txt".encode("cp437")))
    assert opened(file) == [(f"{file}!/é.txt", "内".encode())]


def test_zip_file_in_a_zip_file_is_opened_once(tmp_path: Path) -> None:
    inner = zipped([("c.txt", "里"), ("d.zip", zipped([("e.txt", "深")]))])
    file = zip_file(tmp_path, [("b.zip", inner), ("z.txt", "外")])
    assert opened(file) == [
        (f"{file}!/b.zip!/c.txt", "里".encode()),
        (f"{file}!/b.zip!/d.zip", "a zip file in a zip file in a zip file is not opened"),
        (f"{file}!/z.txt", "外".encode()),
    ]


def test_document_that_is_a_zip_file_is_one_input(tmp_path: Path) -> None:
    data = docx(paragraph("水渠"))
    file = tmp_path / "a.docx"
    file.write_bytes(data)
    assert opened(file) == [(str(file), data)]
    assert opened(zip_file(tmp_path, [("b.docx", data)])) == [(f"{tmp_path}/a.zip!/b.docx", data)]


def test_bomb_is_refused_unpacked_and_the_others_go_on(tmp_path: Path) -> None:
    file = zip_file(tmp_path, [("a.txt", bytes(30_000_000)), ("b.txt", "好")])
    with patch.object(zipfile.ZipExtFile, "read", side_effect=AssertionError) as read:
        found = [each for each in iter_inputs([str(file)]) if not isinstance(each, Problem)]
        code, message, hint = refusal(found[0].read)
        assert not read.called
    assert code == "unreadable-source"
    assert message.startswith("the member would unpack to 1")
    assert hint == "a zip bomb looks like this; unpack it into a folder if you trust it"
    assert opened(file)[1] == (f"{file}!/b.txt", "好".encode())


def test_zip_file_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    file = zip_file(tmp_path, [(f"{n}.txt", bytes(1_000)) for n in range(10)])
    with patch.object(zips, "MOST_BYTES", 9_000):
        assert opened(file) == [(str(file), "the zip file would unpack to 0 MB")]
    with patch.object(zips, "MOST_MEMBERS", 9):
        assert opened(file) == [(str(file), "the zip file holds 10 members")]


def test_member_that_lies_about_its_size_is_not_read_on(tmp_path: Path) -> None:
    data = zipped([("a.txt", bytes(3_000_000))])
    at = data.rindex(b"PK\x01\x02")
    lying = bytearray(data)
    lying[at + 24 : at + 28] = struct.pack("<I", 100)
    file = tmp_path / "a.zip"
    file.write_bytes(bytes(lying))
    ((_, found),) = opened(file)
    assert found == "the member is damaged"


def test_encrypted_member_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", "密"), ("b.txt", "明")], packed=False))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    file = tmp_path / "a.zip"
    file.write_bytes(bytes(data))
    assert opened(file) == [(f"{file}!/a.txt", "the member is encrypted"), (f"{file}!/b.txt", "明".encode())]


def test_zip_file_that_is_cut_off_is_given_on_to_be_refused(tmp_path: Path) -> None:
    data = zipped([("a.txt", "水渠" * 100)])[:-30]
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    assert opened(file) == [(str(file), data)]


@given(st.binary(max_size=60), st.integers(0, 400), st.binary(max_size=4))
def test_damaged_zip_file_never_ends_the_batch(tail: bytes, at: int, patch_bytes: bytes) -> None:
    data = zipped([("a.txt", "水渠" * 30), ("b/../c.txt", "x"), ("d.zip", zipped([("e", "f")]))])
    damaged = data[:at] + patch_bytes + data[at + len(patch_bytes) :] + tail
    for label, _ in opened("-", stdin=damaged):
        assert label.startswith("-")


def test_one_document_is_held_at_a_time(tmp_path: Path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.txt").write_bytes(b"x")
    with patch.object(containers, "read_unchanged") as read:
        assert len(list(iter_inputs([str(tmp_path)]))) == 5
        assert not read.called
