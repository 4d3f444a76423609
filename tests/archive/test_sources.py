"""Sources as received: bytes, raw text, edit log."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.document import RemovedText
from archive.edits import Edit
from archive.errors import StorageFailed
from archive.evidence import Evidence
from archive.folding import fold
from archive.sources import (
    Undone,
    begin_renewal,
    finish_source,
    for_document,
    pending_documents,
    read_edits,
    read_evidence,
    read_raw,
    read_undone,
    removed_text,
    renewal_of,
    source_name,
    write_reading,
    write_source,
    write_undone,
)
from tests.archive.faults import full_disk
from tests.archive.texts import edited_texts, nasty_texts, refusal, snapshot

LOG_HINT = "restore the folder or import again"
REMOVAL = Edit("test.rule", "why", 0.5, 2, 4, "", "a")


def write(folder: Path, raw: str, *edits: Edit, data: bytes = b"bytes", suffix: str = ".txt") -> Path:
    """Write a source and give its folder."""
    write_source(folder, data=data, suffix=suffix, raw=raw, edits=edits)
    finish_source(folder)
    return folder


def test_source_is_named_by_its_bytes() -> None:
    assert source_name(b"") == "e3b0c44298fc1c14"
    assert source_name("修渠".encode()) == hashlib.sha256("修渠".encode()).hexdigest()[:16]


def test_source_holds_bytes_raw_text_and_edits(tmp_path: Path) -> None:
    write(tmp_path, "修渠\r\n修路", REMOVAL, data="修渠\r\n修路".encode("gb18030"))
    assert snapshot(tmp_path) == {
        "original.txt": "修渠\r\n修路".encode("gb18030"),
        "raw.txt": "修渠\r\n修路".encode(),
        "edits.jsonl": b'{"rule": "test.rule", "reason": "why", "confidence": 0.5, "start": 2, "end": 4, '
        b'"replacement": "", "document": "a"}\n',
        "evidence.jsonl": b"",
    }


SUFFIXES = [(".txt", "txt"), (".HTML", "html"), ("", "bin"), (".", "bin"), (".文本", "bin"), (".../../x", "x"), (".a\0b", "ab")]


@pytest.mark.parametrize(("suffix", "kept"), [*SUFFIXES, (".averylongsuffix", "averylongs"), (".tar.gz", "targz")])
def test_only_letters_and_digits_of_a_suffix_are_kept(tmp_path: Path, suffix: str, kept: str) -> None:
    write(tmp_path / "source", "修渠", suffix=suffix)
    assert [path for path in snapshot(tmp_path) if "original" in path] == [f"source/original.{kept}"]


@given(edited_texts(), st.binary())
def test_source_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[str, tuple[Edit, ...]], data: bytes
) -> None:
    raw, edits = case
    folder = write(tmp_path_factory.getbasetemp() / "sources" / source_name(data), raw, *edits, data=data)
    assert read_raw(folder) == raw
    assert read_edits(folder) == edits
    assert (folder / "original.txt").read_bytes() == data


def test_edits_of_one_document_are_read(tmp_path: Path) -> None:
    other = replace(REMOVAL, start=5, end=6, document="b")
    folder = write(tmp_path, "修渠和修路的事", REMOVAL, other)
    assert read_edits(folder, document="b") == (other,)
    assert read_edits(folder, document="c") == ()


def test_edits_are_given_a_document() -> None:
    assert for_document([replace(REMOVAL, document="")], "a") == (REMOVAL,)


def test_missing_raw_text_is_reported(tmp_path: Path) -> None:
    folder = write(tmp_path / "9f2c41ab07000000", "修渠")
    (folder / "raw.txt").unlink()
    assert refusal(lambda: read_raw(folder)) == ("invalid-metadata", "source 9f2c41ab07000000 has no readable raw.txt", LOG_HINT)


def test_raw_text_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    folder = write(tmp_path / "9f2c41ab07000000", "修渠")
    (folder / "raw.txt").write_bytes("修渠".encode("gb18030"))
    assert refusal(lambda: read_raw(folder)) == ("invalid-metadata", "source 9f2c41ab07000000 has no readable raw.txt", LOG_HINT)


@pytest.mark.parametrize("content", [None, b"\xff"], ids=["missing", "not-utf-8"])
def test_edit_log_that_cannot_be_read_is_reported(tmp_path: Path, content: bytes | None) -> None:
    folder = write(tmp_path / "9f2c41ab07000000", "修渠")
    (folder / "edits.jsonl").unlink()
    if content is not None:
        (folder / "edits.jsonl").write_bytes(content)
    expected = ("invalid-metadata", "source 9f2c41ab07000000 has no readable edits.jsonl", LOG_HINT)
    assert refusal(lambda: read_edits(folder)) == expected


BAD_LINES = ["", "{", "7", "[]", '"edit"', "null", '{"rule": "a"}', json.dumps({**REMOVAL.to_json(), "start": 2.5})]


@pytest.mark.parametrize("line", BAD_LINES)
def test_bad_line_of_an_edit_log_is_named(tmp_path: Path, line: str) -> None:
    folder = write(tmp_path / "9f2c41ab07000000", "修渠和修路", REMOVAL)
    with (folder / "edits.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    expected = ("invalid-metadata", "line 2 of edits.jsonl of source 9f2c41ab07000000 is no edit", "restore the file")
    assert refusal(lambda: read_edits(folder)) == expected


def test_removed_text_is_one_entry_a_line(tmp_path: Path) -> None:
    raw = "修渠【广告】\n下载\u3000打印\n修路 \n"
    edits = [Edit("a", "b", 1.0, 2, raw.index("修路"), "\n\n", "a"), Edit("a", "b", 1.0, raw.index(" \n"), len(raw), "", "a")]
    folder = write(tmp_path / "9f2c41ab07000000", raw, *edits)
    assert removed_text(folder, "a") == (
        RemovedText("【广告】\n", "9f2c41ab07000000", (2, 7)),
        RemovedText("下载\u3000打印\n", "9f2c41ab07000000", (7, 13)),
    )


def test_repaired_text_counts_as_removed(tmp_path: Path) -> None:
    folder = write(tmp_path / "source", "修渠,,修路", Edit("a", "b", 1.0, 2, 4, "，", "a"))
    assert [piece.text for piece in removed_text(folder, "a")] == [",,"]


def test_text_removed_for_another_document_is_not_given(tmp_path: Path) -> None:
    assert removed_text(write(tmp_path, "修渠和修路", REMOVAL), "b") == ()


@given(edited_texts())
def test_removed_text_is_a_slice_of_the_raw_text(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[str, tuple[Edit, ...]]
) -> None:
    raw, edits = case
    plain = tuple(replace(edit, replacement="") for edit in edits)
    folder = write(tmp_path_factory.getbasetemp() / "sources" / "two", raw, *plain)
    removed = removed_text(folder, "a")
    assert [raw[start:end] for start, end in (piece.span for piece in removed)] == [piece.text for piece in removed]
    assert all(fold(piece.text) for piece in removed)
    kept = {offset for piece in removed for offset in range(*piece.span)}
    assert all(fold(raw[offset]) == "" for edit in edits for offset in range(edit.start, edit.end) if offset not in kept)


def test_edits_that_do_not_fit_the_raw_text_are_reported(tmp_path: Path) -> None:
    folder = write(tmp_path / "9f2c41ab07000000", "修", REMOVAL)
    expected = ("invalid-metadata", "edits of source 9f2c41ab07000000 do not fit its raw text", "restore the folder")
    assert refusal(lambda: removed_text(folder, "a")) == expected


def test_full_disk_leaves_a_source_as_it_was(tmp_path: Path) -> None:
    folder = write(tmp_path / "source", "修渠", REMOVAL)
    before = snapshot(tmp_path)
    with full_disk():
        assert refusal(lambda: write(folder, "修路"))[0] == "storage-failed"
    assert snapshot(tmp_path) == before


@given(nasty_texts)
def test_no_source_leaves_its_folder(tmp_path_factory: pytest.TempPathFactory, suffix: str) -> None:
    folder = tmp_path_factory.mktemp("source")
    write(folder / "one", "修渠", suffix=suffix)
    assert all(path.startswith("one/") for path in snapshot(folder))


# ------------------------------------------------------------------------------------------- whole or not at all


def test_source_is_pending_until_its_documents_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "9f2c41ab07000000"
    for _ in range(2):  # a new one, and one that is there
        write_source(folder, data=b"bytes", suffix=".txt", raw="修渠", edits=(), documents=("a", "a-2"))
        assert pending_documents(folder) == ("a", "a-2")
        finish_source(folder)
        assert pending_documents(folder) == ()


def test_later_reading_counts_from_the_marker_on(tmp_path: Path) -> None:
    folder, later = write(tmp_path / "9f2c41ab07000000", "修渠", REMOVAL), replace(REMOVAL, start=0, end=1)
    write_reading(folder, raw="修渠修路", edits=(later,), evidence=())
    assert (read_raw(folder), read_edits(folder)) == ("修渠", (REMOVAL,))
    assert renewal_of(folder) is None
    begin_renewal(folder, {"a": "0" * 64})
    assert (read_raw(folder), read_edits(folder)) == ("修渠修路", (later,))
    assert (read_raw(folder, finished=True), read_edits(folder, finished=True)) == ("修渠", (REMOVAL,))
    assert renewal_of(folder) == {"a": "0" * 64}
    finish_source(folder)
    assert (read_raw(folder), read_edits(folder)) == ("修渠修路", (later,))
    assert renewal_of(folder) is None
    assert sorted(path.name for path in folder.iterdir()) == ["edits.jsonl", "evidence.jsonl", "original.txt", "raw.txt"]


def test_full_disk_leaves_no_part_of_a_source(tmp_path: Path) -> None:
    with full_disk(after=2), pytest.raises(StorageFailed):
        write(tmp_path / "9f2c41ab07000000", "修渠")
    assert snapshot(tmp_path) == {}


def test_evidence_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = Evidence("date", "2020-03-10", 4, 14, "date.line", 0.9, "a")
    write_source(tmp_path / "source", data=b"x", suffix=".txt", raw="修渠", edits=(), evidence=(found,))
    assert read_evidence(tmp_path / "source") == (found,)
    assert read_evidence(tmp_path / "source", document="b") == ()


def test_edits_taken_back_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert read_undone(tmp_path) == ()
    undone = Undone("a", "furniture.notice", 3, 5, "广告")
    write_undone(tmp_path, [undone])
    assert read_undone(tmp_path) == (undone,)
