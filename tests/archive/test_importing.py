"""Taking files in: bytes become a source, an edit log and a corpus file."""

import errno
import hashlib
import json
import os
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given

from archive.cleaning import Choices, clean
from archive.document import normal_body
from archive.edits import Edit, apply_edits, edit_from_json, tile
from archive.encoding import decode
from archive.errors import Problem, UnreadableSource
from archive.folding import fold
from archive.holdings import holdings_of
from archive.importers.containers import Input, iter_inputs
from archive.importing import Imported, Plan, import_inputs, plan_of
from archive.reimporting import Renewed, read_again, source_of, undo
from archive.sources import read_edits, read_evidence, read_raw, source_name
from archive.store import Archive, open_archive
from tests.archive.faults import full_disk
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, WITH_EXTENSIONS, nasty_texts, refusal, snapshot

MakeArchive = Callable[..., Archive]
NO_TEXT = "UTF-8, UTF-16, GB18030 and Big5 are recognised; name another with --encoding"


PARAGRAPHS = (
    "今天把大家请到老槐树下来，是想商量今年冬天修渠的事情，请大家都说说自己的想法，说完再定。",
    "一、先修东渠",
    "东渠是老渠，年年漏水，去年春灌时有三十亩地没浇上，今年入冬以前一定要把漏水的地方全部补好。",
    "同志们，路修好了，渠通了水，让我们一起把村里的日子过好，为河边村的明天共同努力！",
)
TWO = "\n\n".join("\n".join([f"在{place}修渠动员大会上的讲话", "同志们：", *PARAGRAPHS]) for place in ("河东村", "河西村")) + "\n"
"""A file of two speeches."""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file to import, outside any archive."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


def take_in(archive: Archive, *files: Path, **plan: Any) -> list[Imported | Problem]:
    """Import files and give what became of each; keywords as for Plan."""
    return list(import_inputs(archive, iter_inputs(map(str, files)), Plan(**plan)))


def taken(result: Imported | Problem) -> Imported:
    """Give what became of a file that went in."""
    assert isinstance(result, Imported), result
    return result


def names(results: list[Imported | Problem]) -> list[str]:
    """Give the ids of each imported file's documents, and the code of each problem."""
    return [name for result in results for name in (result.documents if isinstance(result, Imported) else (result.code,))]


# ----------------------------------------------------------------------------------------------------- one good file


def test_file_becomes_a_document_a_source_and_an_edit_log(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, data = make_archive(), "\u3000\u3000修渠的事\r\n先修东边\r\n".encode("gb18030")
    file, digest = put(tmp_path, "Xiu Qu.TXT", data), hashlib.sha256(data).hexdigest()
    imported = taken(*take_in(archive, file, encoding="gb18030"))
    assert (imported.label, imported.documents, imported.new) == (str(file), ("xiu-qu",), True)
    assert imported.intake is not None
    assert (imported.intake.extracted.encoding, imported.intake.extracted.unreadable) == ("gb18030", ())
    assert snapshot(archive.corpus).keys() == {
        "main/xiu-qu.md",
        *(f"_sources/{digest[:16]}/{name}" for name in ("original.txt", "raw.txt", "edits.jsonl", "evidence.jsonl")),
    }
    assert (archive.corpus / "main" / "xiu-qu.md").read_text(encoding="utf-8") == (
        f"---\nid: xiu-qu\nlanguage: zh-Hans\ncaptured:\n- sha256: {digest}\n  encoding: gb18030\n  tool: yinde 0.1\n---\n"
        "\n修渠的事\n\n先修东边\n"
    )
    assert (archive.sources / digest[:16] / "original.txt").read_bytes() == data
    assert read_raw(archive.sources / digest[:16]) == "\u3000\u3000修渠的事\r\n先修东边\r\n"
    edits = read_edits(archive.sources / digest[:16])
    assert [(edit.start, edit.end, edit.document) for edit in edits] == [(0, 2, "xiu-qu"), (6, 8, "xiu-qu"), (12, 14, "xiu-qu")]


SPEECH = "在全市水利工作会议上的讲话\n张守渠\n（2021年3月5日）\n同志们：\n今天开会，主要任务是部署今年的工作。\n谢谢大家！\n"


def test_what_the_text_states_becomes_metadata_with_its_evidence(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    take_in(archive, put(tmp_path, "a.txt", SPEECH))
    (document,) = archive.load().documents
    metadata = document.metadata
    assert (metadata.title, metadata.speaker, str(metadata.date)) == ("在全市水利工作会议上的讲话", ("张守渠",), "2021-03-05")
    folder = archive.sources / source_name(SPEECH.encode())
    raw, evidence = read_raw(folder), read_evidence(folder, document="a")
    stated = {found.field: raw[found.start : found.end] for found in evidence if found.start < found.end}
    assert (stated["title"], stated["speaker"]) == ("在全市水利工作会议上的讲话", "张守渠")
    assert "2021年3月5日" in stated["date"]


def test_file_of_two_texts_becomes_two_documents_of_one_source(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    imported = taken(*take_in(archive, put(tmp_path, "a.txt", TWO)))
    assert imported.documents == ("a", "a-2")
    first, second = archive.load().documents
    assert (first.passages[0], second.passages[0]) == ("在河东村修渠动员大会上的讲话", "在河西村修渠动员大会上的讲话")
    assert {capture.sha256 for each in (first, second) for capture in each.metadata.captured} == {
        hashlib.sha256(TWO.encode()).hexdigest()
    }
    (folder,) = archive.sources.iterdir()
    assert [apply_edits(TWO, read_edits(folder, document=each.id)) for each in (first, second)] == [first.body, second.body]
    assert first.removed == second.removed == ()  # what is hidden for the other was not removed
    assert taken(*take_in(archive, tmp_path / "a.txt")) == Imported(str(tmp_path / "a.txt"), ("a", "a-2"), new=False)


def test_dry_run_tells_the_same_and_writes_nothing(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    files = [
        put(tmp_path, "a.txt", SPEECH),
        put(tmp_path, "b.txt", TWO),
        put(tmp_path, "c.txt", SPEECH),
        put(tmp_path, "d.txt", ""),
    ]
    before = snapshot(archive.folder)
    told = take_in(archive, *files, dry_run=True)
    assert snapshot(archive.folder) == before
    assert names(told) == ["a", "b", "b-2", "a", "unreadable-source"]
    assert told == take_in(archive, *files)


def test_plan_follows_the_settings(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    (archive.folder / "archive.toml").write_text('off = ["furniture.credit-line"]\nsites = ["sites.toml"]\n', encoding="utf-8")
    sites = '[site."www.example.org"]\nbody = "#text"\n'
    (archive.folder / "sites.toml").write_text(sites, encoding="utf-8")
    plan = plan_of(open_archive(archive.folder), collection="talks", encoding="big5", dry_run=True)
    assert plan == Plan(
        "talks", "big5", Choices(off=frozenset({"furniture.credit-line"})), {"site": {"www.example.org": {"body": "#text"}}}, True
    )


BAD_SITES = [
    pytest.param(None, "cannot be read: ", id="missing"),
    pytest.param("[site", "cannot be read: ", id="no-toml"),
    pytest.param("site = 3\n", "site is no table", id="no-table"),
]


@pytest.mark.parametrize(("content", "message"), BAD_SITES)
def test_bad_table_of_sites_is_named(make_archive: MakeArchive, content: str | None, message: str) -> None:
    archive = make_archive()
    (archive.folder / "archive.toml").write_text('sites = ["sites.toml"]\n', encoding="utf-8")
    if content is not None:
        (archive.folder / "sites.toml").write_text(content, encoding="utf-8")
    code, said, hint = refusal(lambda: plan_of(open_archive(archive.folder)))
    assert (code, hint) == ("invalid-settings", 'write [site."www.example.org"] body = "#text"')
    assert str(archive.folder / "sites.toml") in said
    assert message in said


ENCODED = [
    pytest.param(SIMPLIFIED, "utf-8", "utf-8", id="utf-8"),
    pytest.param(SIMPLIFIED, "gb18030", "gb18030", id="gb18030"),
    pytest.param(TRADITIONAL, "gb18030", "gb18030", id="traditional-in-gb18030"),
    pytest.param(WITH_EXTENSIONS, "gb18030", "gb18030", id="extensions-in-gb18030"),
    pytest.param(TRADITIONAL, "big5", "big5hkscs", id="big5"),
    pytest.param(SIMPLIFIED, "utf-16", "utf-16", id="utf-16"),
    pytest.param(TRADITIONAL, "utf-32", "utf-32", id="utf-32"),
]


@pytest.mark.parametrize(("text", "written", "recognised"), ENCODED)
def test_text_in_any_encoding_is_taken_in(
    make_archive: MakeArchive, tmp_path: Path, text: str, written: str, recognised: str
) -> None:
    archive = make_archive()
    imported = taken(*take_in(archive, put(tmp_path, "a.txt", f"{text}\r\n{text}".encode(written))))
    assert imported.intake is not None
    assert (imported.documents, imported.new, imported.intake.extracted.encoding) == (("a",), True, recognised)
    (document,) = archive.load().documents
    assert document.passages == (text, text)
    assert [capture.encoding for capture in document.metadata.captured] == [recognised]


@pytest.mark.parametrize(("text", "written"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-8")])
def test_bad_byte_in_the_middle_is_named(make_archive: MakeArchive, tmp_path: Path, text: str, written: str) -> None:
    archive, before = make_archive(), text.encode(written)
    imported = taken(*take_in(archive, put(tmp_path, "a.txt", before + b"\xff" + before)))
    assert imported.intake is not None
    assert imported.intake.extracted.unreadable == (len(before),)
    assert [document.passages for document in archive.load().documents] == [(f"{text}\ufffd{text}",)]


def test_title_that_the_text_does_not_state_is_not_written_and_shown_as_the_first_line_cut(
    make_archive: MakeArchive, tmp_path: Path
) -> None:
    archive = make_archive()
    take_in(archive, put(tmp_path, "a.txt", "\n\n\u3000" + "渠" * 300 + "\n修路"))
    assert "title" not in (archive.corpus / "main" / "a.md").read_text(encoding="utf-8")
    assert [document.metadata.title for document in archive.load().documents] == ["渠" * 200]


def test_collection_is_made(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    take_in(archive, put(tmp_path, "a.txt", "修渠"), collection="talks-2024")
    assert [document.collection for document in archive.load().documents] == ["talks-2024"]


NAMES = [
    pytest.param("修渠.txt", "d-{digest}", id="han"),
    pytest.param("réunion.txt", "d-{digest}", id="accent"),
    pytest.param("README.txt", "readme", id="readme"),
    pytest.param("..%2f..%2fetc.txt", "2f-2fetc", id="escaped-path"),
    pytest.param("-rf.txt", "rf", id="hyphen"),
    pytest.param("CON.txt", "con", id="device"),
    pytest.param("no-suffix", "no-suffix", id="no-suffix"),
    pytest.param(".hidden", "hidden", id="hidden"),
    pytest.param("a" * 90 + ".txt", "a" * 64, id="long"),
    pytest.param("_.txt", "d-" + hashlib.sha256(b"_").hexdigest()[:10], id="sign"),
]


@pytest.mark.parametrize(("file_name", "name"), NAMES)
def test_id_comes_from_the_file_name(make_archive: MakeArchive, tmp_path: Path, file_name: str, name: str) -> None:
    archive = make_archive()
    results = take_in(archive, put(tmp_path, file_name, "修渠"))
    assert names(results) == [name.format(digest=hashlib.sha256("修渠".encode()).hexdigest()[:10])]
    assert [document.id for document in archive.load().documents] == names(results)


def test_path_with_dots_stays_in_the_collection(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    put(tmp_path, "a.txt", "修渠")
    (tmp_path / "b").mkdir()
    take_in(archive, tmp_path / "b" / ".." / "a.txt")
    assert [str(file.relative_to(archive.corpus)) for _, file in archive.iter_files()] == ["main/a.md"]


@pytest.mark.parametrize("collection", ["../x", "", "Main", "_sources", "a/b", ".", "修渠", "a\0"])
def test_bad_collection_is_refused_before_anything_is_read(make_archive: MakeArchive, tmp_path: Path, collection: str) -> None:
    archive = make_archive()
    before = snapshot(archive.folder)
    message = f"collection {collection!r} is not well formed"
    hint = "1 to 64 of a-z 0-9 _ -, the first a letter or digit"
    refused = refusal(lambda: take_in(archive, put(tmp_path, "a.txt", "修渠"), collection=collection))
    assert refused == ("invalid-identifier", message, hint)
    assert snapshot(archive.folder) == before


# ------------------------------------------------------------------------------------------ the same again, a clash


def test_same_bytes_again_change_nothing(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠\n修路")
    take_in(archive, file)
    before = snapshot(archive.folder)
    assert take_in(archive, file) == [Imported(str(file), ("a",), new=False)]
    assert snapshot(archive.folder) == before


def test_same_bytes_under_another_name_are_the_same_document(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    results = take_in(archive, put(tmp_path, "a.txt", "修渠"), put(tmp_path, "b.txt", "修渠"))
    assert results[1] == Imported(str(tmp_path / "b.txt"), ("a",), new=False)
    assert [document.id for document in archive.load().documents] == ["a"]


def test_same_bytes_are_the_same_document_though_it_was_renamed(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠")
    take_in(archive, file)
    written = archive.corpus / "main" / "a.md"
    written.write_text(written.read_text(encoding="utf-8").replace("id: a\n", "id: xiuqu\n"), encoding="utf-8")
    written.rename(written.with_name("renamed.md"))
    assert take_in(archive, file) == [Imported(str(file), ("xiuqu",), new=False)]


@pytest.mark.parametrize("content", ["修渠\n修路", "修渠\n\n修路\n"], ids=["with-edits", "without-edits"])
def test_same_bytes_are_the_same_document_though_its_front_matter_is_broken(
    make_archive: MakeArchive, tmp_path: Path, content: str
) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", content)
    take_in(archive, file)
    written = archive.corpus / "main" / "a.md"
    written.write_text(written.read_text(encoding="utf-8").replace("id: a\n", "id: a\ntitle: 村: 渠\n"), encoding="utf-8")
    assert [problem.fatal for problem in archive.load().problems] == [True]
    before = snapshot(archive.corpus)
    take_in(archive, file)
    assert snapshot(archive.corpus) == before


def test_bytes_whose_document_is_gone_are_taken_in_again(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠\n修路")
    take_in(archive, file)
    (archive.corpus / "main" / "a.md").unlink()
    assert names(take_in(archive, file)) == ["a"]
    assert [document.passages for document in archive.load().documents] == [("修渠", "修路")]


def test_bytes_whose_document_is_gone_are_taken_in_though_its_id_was_given_away(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠\n修路")
    take_in(archive, file)
    (archive.corpus / "main" / "a.md").unlink()
    take_in(archive, put(tmp_path / "other", "a.txt", "种树\n养鱼"))
    assert names(take_in(archive, file)) == ["a-2"]
    assert [document.passages for document in archive.load().documents] == [("种树", "养鱼"), ("修渠", "修路")]


def test_corpus_file_that_cannot_be_read_does_not_stop_the_batch(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠\n修路")
    take_in(archive, file)
    (archive.corpus / "main" / "a.md").unlink()
    (archive.corpus / "main" / "b.md").symlink_to("nowhere")
    (archive.corpus / "main" / "c.md").mkdir()
    assert names(take_in(archive, file, put(tmp_path, "d.txt", "种树"))) == ["a", "d"]


def test_other_bytes_under_the_same_name_are_another_document(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    files = [put(tmp_path / str(number), "a.txt", f"修渠{number}") for number in range(3)]
    assert names(take_in(archive, *files)) == ["a", "a-2", "a-3"]
    assert [document.body for document in archive.load().documents] == ["修渠0\n", "修渠1\n", "修渠2\n"]


def test_long_name_is_cut_to_make_room_for_the_number(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive()
    files = [put(tmp_path / str(number), "a" * 64 + ".txt", f"修渠{number}") for number in range(2)]
    assert names(take_in(archive, *files)) == ["a" * 64, "a" * 60 + "-2"]


TAKEN = [
    pytest.param({"main/a.md": "别的"}, id="by-a-file"),
    pytest.param({"talks/b.md": "---\nid: a\n---\n别的"}, id="by-front-matter-in-another-collection"),
    pytest.param({"main/a.md": b"\xff\xfe"}, id="by-a-file-that-cannot-be-read"),
    pytest.param({"main/a.md": "---\nid: b\n---\n别的"}, id="by-a-file-of-another-id"),
]


@pytest.mark.parametrize("files", TAKEN)
def test_taken_id_is_not_taken_again(make_archive: MakeArchive, tmp_path: Path, files: dict[str, str | bytes]) -> None:
    archive = make_archive(files)
    before = snapshot(archive.corpus)
    assert names(take_in(archive, put(tmp_path, "a.txt", "修渠"))) == ["a-2"]
    assert before.items() <= snapshot(archive.corpus).items()


# --------------------------------------------------------------------------------------------------------- bad files

BAD_FILES = [
    pytest.param(b"", "the file is empty", "nothing to import", id="empty"),
    pytest.param(" \r\n\u3000".encode(), "the file holds white space only", "nothing to import", id="white-space"),
    pytest.param("\u200b\n\ufeff\u00ad".encode(), "the file holds white space only", "nothing to import", id="invisible"),
    pytest.param(
        "修\0渠".encode(),
        "the file is no text: as utf-8, 0 characters are unreadable and 1 are control characters",
        NO_TEXT,
        id="nul",
    ),
    pytest.param(
        b"%" + random.Random(7).randbytes(5000),
        "the file is no text in UTF-8, GB18030 or Big5",
        "if it is text, name its encoding with --encoding",
        id="random-bytes",
    ),
]


@pytest.mark.parametrize(("data", "message", "hint"), BAD_FILES)
def test_bad_file_is_a_problem_and_the_others_go_in(
    make_archive: MakeArchive, tmp_path: Path, data: bytes, message: str, hint: str
) -> None:
    archive = make_archive()
    good, bad = put(tmp_path, "a.txt", "修渠"), put(tmp_path, "bad.txt", data)
    results = take_in(archive, bad, good)
    assert results[0] == Problem("unreadable-source", message, bad, None, hint, fatal=True)
    assert names(results) == ["unreadable-source", "a"]
    assert len(list(archive.sources.iterdir())) == 1


def test_file_that_is_too_large_is_a_problem(make_archive: MakeArchive, tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", "修渠")
    with file.open("r+b") as data:
        data.truncate(50_000_000)
    expected = Problem("unreadable-source", "the file is larger than 40 MB", file, None, "split it into several files", fatal=True)
    assert take_in(make_archive(), file) == [expected]


def test_folder_gives_its_files(make_archive: MakeArchive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, "b.txt", "修渠")
    put(folder / "sub", "a.txt", "修路")
    put(folder, ".hidden.txt", "修桥")
    assert names(take_in(make_archive(), folder)) == ["b", "a"]


@pytest.mark.parametrize("name", ["none.txt", "a.txt/b.txt"], ids=["missing", "below-a-file"])
def test_file_that_is_not_there_is_a_problem(make_archive: MakeArchive, tmp_path: Path, name: str) -> None:
    put(tmp_path, "a.txt", "修渠")
    hint = "check its name and the folder that you are in"
    expected = Problem("unreadable-source", "there is no such file", tmp_path / name, None, hint, fatal=True)
    assert take_in(make_archive(), tmp_path / name) == [expected]


def test_file_whose_name_is_too_long_is_a_problem(make_archive: MakeArchive, tmp_path: Path) -> None:
    file = tmp_path / ("a" * 300)
    message, hint = "cannot read the file: File name too long", "check its name and permissions"
    assert take_in(make_archive(), file) == [Problem("storage-failed", message, file, None, hint, fatal=True)]


def test_file_without_permission_is_a_problem(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠")
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with patch.object(Path, "open", side_effect=denied):
        results = take_in(archive, file)
    message, hint = "cannot read the file: Permission denied", "check its name and permissions"
    assert results == [Problem("storage-failed", message, file, None, hint, fatal=True)]


def test_unknown_encoding_is_a_problem_of_each_file(make_archive: MakeArchive, tmp_path: Path) -> None:
    files = [put(tmp_path, name, f"修渠{name}") for name in ("a.txt", "b.txt")]
    results = take_in(make_archive(), *files, encoding="utf-9")
    problem = "encoding 'utf-9' is unknown (such as utf-8, gb18030, big5hkscs)"
    assert [str(result) for result in results] == [f"{file}: {problem}" for file in files]


@pytest.mark.parametrize("encoding", ["hex", "utf-7", "unicode_escape"])
def test_encoding_that_gives_no_text_does_not_stop_the_batch(make_archive: MakeArchive, tmp_path: Path, encoding: str) -> None:
    files = [put(tmp_path, name, rb"plain words \ud800 +2AA- " * 9 + name.encode()) for name in ("a.txt", "b.txt")]
    assert len(take_in(make_archive(), *files, encoding=encoding)) == 2


# ---------------------------------------------------------------------------------------------------- faults of the disk


def test_full_disk_leaves_what_was_there(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive({"main/b.md": "修路"}), put(tmp_path, "a.txt", "修渠")
    before = snapshot(archive.folder)
    with full_disk():
        (problem,) = take_in(archive, file)
    source = archive.sources / source_name("修渠".encode())
    hint = "nothing that was there has changed"
    expected = Problem("storage-failed", f"cannot write {source}: No space left on device", file, None, hint, fatal=True)
    assert problem == expected
    assert snapshot(archive.folder) == before


def test_import_after_a_failed_one_takes_the_same_id(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠")
    with patch.object(Archive, "write_document", side_effect=UnreadableSource("simulated")):
        assert names(take_in(archive, file)) == ["unreadable-source"]
    assert archive.load().documents == ()
    assert names(take_in(archive, file)) == ["a"]
    assert [document.body for document in archive.load().documents] == ["修渠\n"]


# ------------------------------------------------------------------------------------------------------- nothing lost


@given(nasty_texts)
def test_any_text_survives_import_store_and_read(make_archive: MakeArchive, text: str) -> None:
    archive = make_archive()
    file = put(archive.folder, "a.txt", text)
    (result,) = take_in(archive, file)
    if isinstance(result, Problem):
        assert result.code == "unreadable-source"
        return
    raw, corpus = decode(file.read_bytes()).text, archive.load()
    (document,) = corpus.documents
    assert corpus.problems == ()
    (edits,) = clean(raw)
    assert document.body == apply_edits(raw, edits) == normal_body(document.body)
    assert [raw[start:end] for start, end in (piece.span for piece in document.removed)] == [
        piece.text for piece in document.removed
    ]
    edited = {offset for edit in edits for offset in range(edit.start, edit.end)}
    removed = {offset for piece in document.removed for offset in range(*piece.span)}
    assert removed <= edited
    assert all(fold(raw[offset]) == "" for offset in edited - removed)


@given(nasty_texts)
def test_kept_and_edited_spans_of_the_source_tile_its_raw_text(make_archive: MakeArchive, text: str) -> None:
    archive = make_archive()
    file = put(archive.folder, "a.txt", text)
    take_in(archive, file)
    for folder in archive.sources.glob("*"):
        raw = (folder / "raw.txt").read_bytes().decode("utf-8")
        log = (folder / "edits.jsonl").read_bytes().decode("utf-8").split("\n")
        edits: list[Edit] = [edit_from_json(json.loads(line)) for line in log if line]
        assert (folder / "original.txt").read_bytes() == file.read_bytes()
        assert "".join(piece.raw for piece in tile(raw, edits)) == raw
        assert [document.body for document in archive.load().documents] == [apply_edits(raw, edits)]


def test_samples_are_taken_in_whole(shared: Path, make_archive: MakeArchive) -> None:
    archive, files = make_archive(), sorted((shared / "samples").glob("*.txt"))
    results = take_in(archive, *files)
    corpus = archive.load()
    assert len(files) == 5
    assert [result.new for result in results if isinstance(result, Imported)] == [True] * 5
    assert corpus.problems == ()
    for document in corpus.documents:
        folder = archive.sources / document.metadata.captured[0].sha256[:16]
        assert apply_edits(read_raw(folder), read_edits(folder, document=document.id)) == document.body


def test_id_that_was_served_once_is_never_given_to_another_text(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive = make_archive({})
    served = archive.revisions / "report"
    served.mkdir(parents=True)
    (served / "0123456789.md").write_text("旧的报告。\n", encoding="utf-8")
    file = tmp_path / "report.txt"
    file.write_text("完全不同的报告。\n", encoding="utf-8")
    assert names(take_in(archive, file)) == ["report-2"]


# ----------------------------------------------------------------------------------------------- imports that were killed


def begin(archive: Archive, *files: Path, after: int) -> None:
    """Import files, and be killed when so many documents are written."""
    write = Archive.write_document
    done: list[Path] = []

    def write_or_die(self: Archive, **document: Any) -> Path:
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(write(self, **document))
        return done[-1]

    with patch.object(Archive, "write_document", write_or_die), pytest.raises(KeyboardInterrupt):
        take_in(archive, *files)


@pytest.mark.parametrize("after", [0, 1])
def test_killed_import_is_ended_with_the_ids_that_it_chose(make_archive: MakeArchive, tmp_path: Path, after: int) -> None:
    archive, undisturbed, file = make_archive(), make_archive(), put(tmp_path, "a.txt", TWO)
    begin(archive, file, after=after)
    assert taken(*take_in(archive, file)).new
    take_in(undisturbed, file)
    assert snapshot(archive.corpus) == snapshot(undisturbed.corpus)


def test_id_that_a_killed_import_chose_and_another_file_got_is_chosen_anew(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", "修渠\n修路")
    begin(archive, file, after=0)
    assert names(take_in(archive, put(tmp_path / "other", "a.txt", "种树\n养鱼"))) == ["a"]
    assert names(take_in(archive, file)) == ["a-2"]
    assert [document.passages for document in archive.load().documents] == [("种树", "养鱼"), ("修渠", "修路")]


def test_second_document_of_a_killed_import_gets_another_id_if_its_own_is_taken(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", TWO)
    begin(archive, file, after=1)
    put(archive.corpus / "main", "a-2.md", "种树")
    assert taken(*take_in(archive, file)).documents == ("a", "a-3")
    assert [document.passages[0] for document in archive.load().documents] == [
        "在河东村修渠动员大会上的讲话",
        "种树",
        "在河西村修渠动员大会上的讲话",
    ]


# ------------------------------------------------------------------------------------------------------ names, choices


def test_piped_text_is_named_by_its_bytes(make_archive: MakeArchive) -> None:
    archive = make_archive()
    piped = [Input("-", "", partial(str.encode, text)) for text in ("修渠", "修路")]
    results = list(import_inputs(archive, piped))
    assert names(results) == [f"d-{hashlib.sha256(text.encode()).hexdigest()[:10]}" for text in ("修渠", "修路")]


def test_edits_taken_back_stay_so_when_bytes_are_taken_in_again(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), put(tmp_path, "a.txt", SPEECH + "责任编辑：李小河\n")
    take_in(archive, file)
    undo(archive, holdings_of(archive), "a", ["furniture.credit-line"], Plan())
    before = archive.load().documents
    assert before[0].passages[-1] == "责任编辑：李小河"
    (archive.corpus / "main" / "a.md").unlink()
    take_in(archive, file)
    assert archive.load().documents == before
    holdings = holdings_of(archive)
    assert read_again(holdings, source_of(archive, holdings, "a"), Plan()) == (Renewed("a", changed=False),)
