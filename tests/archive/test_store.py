"""The archive folder: what is a document, what is a problem, what is written."""

import errno
import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import parse_date
from archive.document import RemovedText, normal_body, revision_of
from archive.edits import Edit
from archive.errors import Problem, UserError
from archive.identifiers import DOCUMENT_ID
from archive.metadata import Metadata, metadata_to_fields
from archive.settings import ArchiveSettings
from archive.sources import source_name, write_source
from archive.store import Archive, id_from_stem, init_archive, open_archive, read_text
from tests import oracle
from tests.archive.faults import full_disk
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, metadata, nasty_lines, nasty_texts, refusal, snapshot

MakeArchive = Callable[..., Archive]
ID_HINT = "1 to 64 of a-z 0-9 _ -, the first a letter or digit"
UNTOUCHED = "nothing that was there has changed"
MOVED = "it may have been moved while it was read"
ALL_FIELDS = (
    "id, title, speaker, organ, date, event, place, kind, language, published, captured, flags, witness_of, aliases, rights, notes"
)


# -------------------------------------------------------------------------------------------------- opening, making


def test_new_archive_has_settings_and_an_empty_corpus(tmp_path: Path) -> None:
    archive = init_archive(tmp_path / "a" / "b", name="河边的档案")
    assert archive.settings == ArchiveSettings(name="河边的档案")
    assert snapshot(archive.folder).keys() == {"archive.toml", ".gitignore"}
    assert (archive.folder / ".gitignore").read_bytes() == b".yinde/\n"
    assert (archive.folder / "corpus").is_dir()
    assert open_archive(archive.folder) == archive


def test_archive_is_made_only_once(tmp_path: Path) -> None:
    init_archive(tmp_path, name="Toy")
    before = snapshot(tmp_path)
    hint = f"take documents in with: yinde --archive {tmp_path} import FILE…"
    expected = ("document-exists", f"{tmp_path} is an archive already", hint)
    assert refusal(lambda: init_archive(tmp_path, name="Other")) == expected
    assert snapshot(tmp_path) == before


@given(nasty_texts)
def test_archive_keeps_any_name(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    assert init_archive(tmp_path_factory.mktemp("archive"), name=name).settings.name == name


def test_name_that_is_no_text_is_refused_or_kept(tmp_path: Path) -> None:
    name = os.fsdecode("档案".encode("gb18030"))
    try:
        archive = init_archive(tmp_path, name=name)
    except UserError:
        assert snapshot(tmp_path) == {}
    else:
        assert open_archive(tmp_path) == archive


def test_files_of_a_folder_that_becomes_an_archive_stay(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"*.bak\n")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "notes.txt").write_bytes("修渠".encode())
    init_archive(tmp_path, name="Toy")
    assert b"*.bak\n" in (tmp_path / ".gitignore").read_bytes()
    assert (tmp_path / "corpus" / "notes.txt").read_bytes() == "修渠".encode()


def test_archive_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    expected = ("storage-failed", f"cannot write {tmp_path / 'a'}: File exists", UNTOUCHED)
    assert refusal(lambda: init_archive(tmp_path / "a", name="Toy")) == expected


def test_corpus_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_bytes(b"")
    assert refusal(lambda: init_archive(tmp_path, name="Toy")) == (
        "storage-failed",
        f"cannot write {tmp_path / 'corpus'}: File exists",
        None,
    )


def test_archive_on_a_full_disk_is_refused(tmp_path: Path) -> None:
    with full_disk():
        refused = refusal(lambda: init_archive(tmp_path, name="Toy"))
    assert refused == ("storage-failed", f"cannot write {tmp_path / 'archive.toml'}: No space left on device", UNTOUCHED)
    assert snapshot(tmp_path) == {}


# ------------------------------------------------------------------------------------------- which files are documents


def test_documents_lie_only_in_collections(make_archive: MakeArchive) -> None:
    names = ["main/b.md", "main/a.TXT", "main/README.md", "main/README.txt", "main/table.csv", "main/.a.md.7.tmp", "main/.b.md"]
    names += ["main/deeper/c.md", "_sources/d.md", "_revisions/e/f.md", ".hidden/g.md", "_names.yaml", "h.md", "alpha/z.md"]
    archive = make_archive(dict.fromkeys(names, "修渠"))
    found = [(collection, file.name) for collection, file in archive.iter_files()]
    assert found == [("alpha", "z.md"), ("main", "a.TXT"), ("main", "b.md")]


def test_archive_without_a_corpus_folder_has_no_documents(tmp_path: Path) -> None:
    archive = Archive(tmp_path, ArchiveSettings())
    assert (list(archive.iter_files()), archive.load().documents, archive.load().problems) == ([], (), ())


# --------------------------------------------------------------------------------------------------------- reading


def test_document_is_read_with_its_metadata(make_archive: MakeArchive) -> None:
    archive = make_archive(
        {"talks/xiuqu.md": "---\nid: xiuqu\ntitle: 修渠\nspeaker: 张三\ndate: 2024-03\n---\n\n第一段\n\n第二段\n"}
    )
    corpus = archive.load()
    (document,) = corpus.documents
    assert corpus.problems == ()
    assert corpus.files == {"xiuqu": archive.corpus / "talks" / "xiuqu.md"}
    assert (document.id, document.collection, document.body) == ("xiuqu", "talks", "第一段\n\n第二段\n")
    assert document.metadata == Metadata(id="xiuqu", title="修渠", speaker=("张三",), date=parse_date("2024-03"))
    assert document.revision == revision_of("第一段\n\n第二段\n")


def test_file_without_front_matter_is_a_document(make_archive: MakeArchive) -> None:
    (document,) = make_archive({"main/Xiu Qu.txt": "\ufeff\r\n \u3000修渠 \r\n\r\n第二段"}).load().documents
    assert (document.id, document.metadata.title, document.body) == ("xiu-qu", "修渠", " \u3000修渠 \n\n第二段\n")


def test_title_from_the_first_line_is_cut(make_archive: MakeArchive) -> None:
    (document,) = make_archive({"main/a.md": "渠" * 500}).load().documents
    assert document.metadata.title == "渠" * 200


def test_id_of_the_front_matter_wins_over_the_file_name(make_archive: MakeArchive) -> None:
    (document,) = make_archive({"main/水车.md": "---\nid: shuiche\n---\n修渠"}).load().documents
    assert document.id == document.metadata.id == "shuiche"


def test_collection_shares_its_defaults(make_archive: MakeArchive) -> None:
    files = {
        "talks/_defaults.yaml": "organ: 村委会\nplace: 河边\nkind: speech\n",
        "talks/a.md": "---\nplace: 树下\nkind:\n---\n修渠",
        "other/b.md": "修路",
    }
    a, b = make_archive(files).load().documents
    assert (a.metadata.organ, a.metadata.place, a.metadata.kind) == ("村委会", "树下", "")
    assert (b.metadata.organ, b.metadata.place, b.metadata.kind) == ("", "", "")


def test_documents_come_in_order_of_their_ids(make_archive: MakeArchive) -> None:
    archive = make_archive({"z/a.md": "一", "a/c.md": "二", "m/x.md": "---\nid: b\n---\n三"})
    assert [document.id for document in archive.load().documents] == ["a", "b", "c"]


def test_loading_changes_no_file(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "\ufeff修渠\r\n\r\n\r\n", "main/b.txt": b"\xff", "main/c.md": "---\nx: y\n---\n"})
    before = snapshot(archive.folder)
    archive.load()
    assert snapshot(archive.folder) == before


@given(st.lists(st.tuples(st.booleans(), st.booleans(), nasty_texts), max_size=4))
def test_corpus_is_read_as_the_referee_reads_it(make_archive: MakeArchive, texts: list[tuple[bool, bool, str]]) -> None:
    files = {}
    for number, (has_front, has_mark, text) in enumerate(texts):
        front = f"---\nid: id-{number}\ntitle: 题\n---\n" if has_front else ""
        body = text.translate(dict.fromkeys(map(ord, "\0\ufeff\r")))
        files[f"main/file-{number}.md"] = ("\ufeff" if has_mark else "") + front + "正文\r\n" + body
    archive = make_archive(files)
    read = [(document.id, document.collection, document.passages) for document in archive.load().documents]
    expected = [(document.id, document.collection, document.passages) for document in oracle.read_corpus(archive.corpus)]
    assert read == sorted(expected)


# -------------------------------------------------------------------------------------------------------- bad files

FILE = Path("corpus/main/a.md")
DATE_HINT = "write 2020, 2020-03, 2020-03-10 or XXXX-08-01"
WRITE_HINT = "write one paragraph per line below the front matter"
FATAL = [
    pytest.param(b"", "invalid-metadata", "the file has no text", WRITE_HINT, id="empty"),
    pytest.param(" \r\n\u3000\t\n".encode(), "invalid-metadata", "the file has no text", WRITE_HINT, id="white-space"),
    pytest.param("---\ntitle: 题\n---\n\n".encode(), "invalid-metadata", "the file has no text", WRITE_HINT, id="no-body"),
    pytest.param("修渠\0修路".encode(), "invalid-metadata", "NUL character at 2", "remove it: a text holds none", id="nul"),
    pytest.param(
        SIMPLIFIED.encode("gb18030"),
        "invalid-metadata",
        "byte 0 is not UTF-8",
        "take the file in with: yinde import a.md",
        id="gb18030",
    ),
    pytest.param(
        TRADITIONAL.encode("big5"),
        "invalid-metadata",
        "byte 0 is not UTF-8",
        "take the file in with: yinde import a.md",
        id="big5",
    ),
    pytest.param(
        SIMPLIFIED.encode("utf-16"),
        "invalid-metadata",
        "byte 0 is not UTF-8",
        "take the file in with: yinde import a.md",
        id="utf-16",
    ),
    pytest.param(
        "修渠".encode() + b"\xff" + "修路".encode(),
        "invalid-metadata",
        "byte 6 is not UTF-8",
        "take the file in with: yinde import a.md",
        id="one-bad-byte",
    ),
    pytest.param(
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "invalid-metadata",
        "byte 0 is not UTF-8",
        "take the file in with: yinde import a.md",
        id="random-bytes",
    ),
    pytest.param(
        "---\ntitle: 题\nnotes: 一: 二\n---\n修渠".encode(),
        "invalid-metadata",
        "line 3 is no YAML: mapping values are not allowed here",
        'put the value in quotes, as in title: "报告: 2024"',
        id="bad-yaml",
    ),
    pytest.param(
        "---\r\ntitle: 题\r\n\r\ntitle: 目\r\n---\r\n修渠".encode(),
        "invalid-metadata",
        "line 4 gives 'title' a second time",
        "it stands on line 2 already",
        id="field-given-twice",
    ),
]


@pytest.mark.parametrize(("content", "code", "message", "hint"), FATAL)
def test_bad_file_is_a_problem_and_the_others_are_read(
    make_archive: MakeArchive, content: bytes, code: str, message: str, hint: str
) -> None:
    corpus = make_archive({"main/a.md": content, "main/b.md": "修路"}).load()
    assert corpus.problems == (Problem(code, message, FILE, None, hint, fatal=True),)
    assert [document.id for document in corpus.documents] == ["b"]


HARMLESS = [
    pytest.param("date: 2020年", "invalid-metadata", "date '2020年' is not well formed", DATE_HINT, id="date"),
    pytest.param("titel: 题", "invalid-metadata", "field 'titel' is unknown", f"fields are {ALL_FIELDS}", id="unknown-field"),
    pytest.param("id: ../b", "invalid-identifier", "document id '../b' is not well formed", ID_HINT, id="path-as-id"),
]


@pytest.mark.parametrize(("line", "code", "message", "hint"), HARMLESS)
def test_bad_field_is_a_problem_with_its_line_and_the_document_is_read(
    make_archive: MakeArchive, line: str, code: str, message: str, hint: str
) -> None:
    corpus = make_archive({"main/a.md": f"---\nrights: 公有\n\n{line}\n---\n修渠"}).load()
    assert corpus.problems == (Problem(code, message, FILE, 4, hint, fatal=False),)
    assert [(document.id, document.metadata) for document in corpus.documents] == [
        ("a", Metadata(id="a", title="修渠", rights="公有"))
    ]


def test_file_that_is_too_large_is_not_read(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "修渠"})
    with (archive.corpus / "main" / "a.md").open("r+b") as file:
        file.truncate(50_000_000)
    hint = "split it into several documents"
    expected = Problem("invalid-metadata", "the file is larger than 40 MB", FILE, None, hint, fatal=True)
    assert archive.load().problems == (expected,)


def test_second_document_of_one_id_is_a_problem(make_archive: MakeArchive) -> None:
    corpus = make_archive({"main/a.md": "修渠", "talks/a.md": "修路"}).load()
    message = "id 'a' is taken by corpus/main/a.md"
    hint = "give one of them another id in its front matter"
    assert corpus.problems == (Problem("document-exists", message, Path("corpus/talks/a.md"), None, hint, fatal=True),)
    assert [(document.id, document.body) for document in corpus.documents] == [("a", "修渠\n")]


def test_file_that_is_dropped_in_takes_no_id_that_another_states(make_archive: MakeArchive) -> None:
    corpus = make_archive({"aaa/a.md": "修渠", "talks/b.md": "---\nid: a\n---\n修路"}).load()
    message = "id 'a' is taken by corpus/talks/b.md"
    hint = "give one of them another id in its front matter"
    assert corpus.problems == (Problem("document-exists", message, Path("corpus/aaa/a.md"), None, hint, fatal=True),)
    assert [(document.id, document.body) for document in corpus.documents] == [("a", "修路\n")]


def test_collection_shares_no_id(make_archive: MakeArchive) -> None:
    corpus = make_archive({"main/_defaults.yaml": "id: x\nplace: 清溪\n", "main/a.md": "修渠", "main/b.md": "修路"}).load()
    message, hint = "a collection cannot share id", "write it into each document"
    assert corpus.problems == (Problem("invalid-metadata", message, Path("corpus/main/_defaults.yaml"), None, hint),)
    assert [document.id for document in corpus.documents] == ["a", "b"]


def test_file_that_vanishes_after_it_was_listed_is_a_problem(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "修渠", "main/b.md": "修路"})
    listed = list(archive.iter_files())
    listed[0][1].unlink()
    with patch.object(Archive, "iter_files", lambda self, problems=None: iter(listed)):
        corpus = archive.load()
    message = "cannot read the file: No such file or directory"
    assert corpus.problems == (Problem("storage-failed", message, FILE, None, MOVED, fatal=True),)
    assert [document.id for document in corpus.documents] == ["b"]


UNREADABLE = [("folder", "Is a directory"), ("link", "No such file or directory"), ("loop", "Too many levels of symbolic links")]


@pytest.mark.parametrize(("kind", "reason"), UNREADABLE)
def test_what_is_no_file_is_a_problem(make_archive: MakeArchive, kind: str, reason: str) -> None:
    archive = make_archive({"main/b.md": "修路"})
    path = archive.corpus / "main" / "a.md"
    if kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("a.md" if kind == "loop" else "nowhere")
    expected = Problem("storage-failed", f"cannot read the file: {reason}", FILE, None, MOVED, fatal=True)
    assert archive.load().problems == (expected,)


def refuse(path: Path) -> None:
    """Refuse to read, as where the user has no permission."""
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def test_file_without_permission_is_a_problem(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "修渠"})
    with patch.object(Path, "read_bytes", refuse):
        corpus = archive.load()
    assert [str(problem) for problem in corpus.problems] == [f"{FILE}: cannot read the file: Permission denied ({MOVED})"]


def test_collection_without_permission_is_reported(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "修渠", "talks/b.md": "修路"})
    iterdir = Path.iterdir

    def list_all_but_one(path: Path) -> Iterator[Path]:
        if path.name == "talks":
            refuse(path)
        return iterdir(path)

    with patch.object(Path, "iterdir", list_all_but_one):
        try:
            reported = [str(problem) for problem in archive.load().problems]
        except UserError as error:
            reported = [error.message]
    assert [report for report in reported if "talks" in report and "Permission denied" in report] == reported != []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes file names that are no UTF-8")
def test_file_name_that_is_no_utf_8_does_not_stop_the_others(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/b.md": "修路"})
    (archive.corpus / "main" / os.fsdecode("修渠.md".encode("gb18030"))).write_text("修渠", encoding="utf-8")
    assert "b" in [document.id for document in archive.load().documents]


def test_collection_with_a_bad_name_is_a_problem(make_archive: MakeArchive) -> None:
    corpus = make_archive({"My Talks/a.md": "修渠"}).load()
    message = "collection 'My Talks' is not well formed"
    file = Path("corpus/My Talks/_defaults.yaml")
    expected = Problem("invalid-identifier", message, file, None, "1 to 64 of a-z 0-9 _ -", fatal=False)
    assert corpus.problems == (expected,)


def test_bad_defaults_are_a_problem_and_the_documents_are_read(make_archive: MakeArchive) -> None:
    corpus = make_archive({"main/_defaults.yaml": "organ: 村委会\nplace: [河边\n", "main/a.md": "修渠"}).load()
    message = "line 3 is no YAML: expected ',' or ']', but got '<stream end>'"
    hint = 'put the value in quotes, as in title: "报告: 2024"'
    expected = Problem("invalid-metadata", message, Path("corpus/main/_defaults.yaml"), None, hint, fatal=False)
    assert corpus.problems == (expected,)
    assert [document.id for document in corpus.documents] == ["a"]


def test_bad_field_of_the_defaults_is_one_problem(make_archive: MakeArchive) -> None:
    corpus = make_archive({"main/_defaults.yaml": "kind: talk\n", "main/a.md": "修渠", "main/b.md": "修路"}).load()
    kinds = "one of speech, report, meeting, news, yearbook, law, letter, interview, other"
    expected = Problem("invalid-metadata", "kind 'talk' is unknown", Path("corpus/main/_defaults.yaml"), None, kinds, fatal=False)
    assert corpus.problems == (expected,)


HOSTILE = ["notes: &x [*x]", "notes: " + "[" * 1000, 'title: "\\UFFFFFFFF"', "notes: !!python/object:os.system x", "? [a]\n: b"]


@pytest.mark.parametrize("line", HOSTILE, ids=["recursion", "depth", "code-point", "tag", "key"])
def test_hostile_front_matter_does_not_stop_the_others(make_archive: MakeArchive, line: str) -> None:
    corpus = make_archive({"main/a.md": f"---\n{line}\n---\n修渠", "main/b.md": "修路"}).load()
    assert "b" in [document.id for document in corpus.documents]


@given(st.binary(max_size=60) | nasty_texts.map(lambda text: f"---\n{text}\n---\n修渠".encode()))
def test_any_file_is_a_document_or_a_problem(make_archive: MakeArchive, content: bytes) -> None:
    corpus = make_archive({"main/a.md": content}).load()
    assert len(corpus.documents) + sum(problem.fatal for problem in corpus.problems) == 1


# ----------------------------------------------------------------------------------------------------- removed text


def add_source(archive: Archive, raw: str, *edits: Edit) -> str:
    """Write a source and give the front matter that names it."""
    folder = archive.sources / source_name(raw.encode("utf-8"))
    write_source(folder, data=raw.encode("utf-8"), suffix=".txt", raw=raw, edits=edits)
    return f"captured:\n- sha256: {source_name(raw.encode('utf-8')).ljust(64, '0')}\n"


def test_removed_text_of_a_source_is_read(make_archive: MakeArchive) -> None:
    archive = make_archive()
    front = add_source(archive, "修渠【广告】", Edit("site.banner", "banner", 0.9, 2, 6, "", "a"))
    archive.write_document(collection="main", name="a", fields={}, body="修渠\n")
    (archive.corpus / "main" / "a.md").write_text(f"---\n{front}---\n修渠\n", encoding="utf-8")
    (document,) = archive.load().documents
    assert document.removed == (RemovedText("【广告】", source_name("修渠【广告】".encode()), (2, 6)),)


@pytest.mark.parametrize("damage", ["missing", "garbage", "outside", "fractions"])
def test_damaged_source_is_a_problem_and_the_document_is_read(make_archive: MakeArchive, damage: str) -> None:
    archive = make_archive()
    front = add_source(archive, "修渠【广告】", Edit("site.banner", "banner", 0.9, 2, 6, "", "a"))
    (archive.corpus / "main").mkdir()
    (archive.corpus / "main" / "a.md").write_text(f"---\n{front}---\n修渠\n", encoding="utf-8")
    log = archive.sources / source_name("修渠【广告】".encode()) / "edits.jsonl"
    changed = {
        "garbage": "{",
        "outside": log.read_text(encoding="utf-8").replace('"end": 6', '"end": 60'),
        "fractions": log.read_text(encoding="utf-8").replace('"end": 6', '"end": 6.0'),
    }
    log.unlink()
    if damage in changed:
        log.write_text(changed[damage], encoding="utf-8")
    corpus = archive.load()
    assert [(problem.file, problem.fatal) for problem in corpus.problems] == [(FILE, False)]
    assert [(document.id, document.removed) for document in corpus.documents] == [("a", ())]


def test_hash_in_the_front_matter_leads_to_no_other_folder(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "---\ncaptured:\n- sha256: ../../private\n---\n修渠", "_sources/README.md": ""})
    edit = Edit("a", "b", 1.0, 0, 2, "", "a")
    write_source(archive.folder / "private", data=b"", suffix="", raw="机密", edits=[edit])
    assert [document.removed for document in archive.load().documents] == [()]


# --------------------------------------------------------------------------------------------------------- writing


def test_document_is_written_with_front_matter_and_body(make_archive: MakeArchive) -> None:
    archive = make_archive()
    file = archive.write_document(collection="talks", name="xiuqu", fields={"id": "xiuqu", "title": "007"}, body="修渠\n\n修路\n")
    assert file == archive.corpus / "talks" / "xiuqu.md"
    assert file.read_bytes() == "---\nid: xiuqu\ntitle: 007\n---\n\n修渠\n\n修路\n".encode()


bodies = st.lists(nasty_lines, min_size=1, max_size=4).map("\n".join).map(lambda text: normal_body(text.lstrip("\ufeff")))


@given(metadata, bodies.filter(lambda body: body != "" and not body.startswith("\ufeff")))
def test_document_is_read_as_it_was_written(make_archive: MakeArchive, known: Metadata, body: str) -> None:
    archive = make_archive()
    archive.write_document(collection="main", name="file", fields=metadata_to_fields(known), body=body)
    corpus = archive.load()
    (document,) = corpus.documents
    title = known.title or document.passages[0].strip()
    assert corpus.problems == ()
    assert document.body == body
    assert document.id == (known.id or "file")
    assert document.metadata == replace(known, id=document.id, title=title)


def test_document_that_is_there_is_not_overwritten(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "修渠"})
    expected = ("document-exists", "corpus/main/a.md is there already", "choose another id")
    assert refusal(lambda: archive.write_document(collection="main", name="a", fields={}, body="修路\n")) == expected
    assert (archive.corpus / "main" / "a.md").read_bytes() == "修渠".encode()


@pytest.mark.parametrize(
    ("collection", "name"), [("..", "a"), ("../x", "a"), ("main", "../a"), ("main", "../../a"), ("_sources", "a")]
)
def test_document_is_written_nowhere_but_in_a_collection(make_archive: MakeArchive, collection: str, name: str) -> None:
    archive = make_archive()
    before = snapshot(archive.folder)
    refused = refusal(lambda: archive.write_document(collection=collection, name=name, fields={}, body="修路\n"))
    assert refused[0] == "invalid-identifier"
    assert snapshot(archive.folder) == before


def test_document_on_a_full_disk_is_refused(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": "修渠"})
    before = snapshot(archive.folder)
    with full_disk():
        refused = refusal(lambda: archive.write_document(collection="main", name="b", fields={}, body="修路\n"))
    file = archive.corpus / "main" / "b.md"
    assert refused == ("storage-failed", f"cannot write {file}: No space left on device", UNTOUCHED)
    assert snapshot(archive.folder) == before


# ----------------------------------------------------------------------------------------------------- small things


def test_text_is_read_with_lf_and_without_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeff一\r\n二\r三\n四\u2028五\n".encode())
    assert read_text(tmp_path / "a.md") == "一\n二\n三\n四\u2028五\n"


STEMS = [
    pytest.param("xiuqu", "xiuqu", id="plain"),
    pytest.param("Xiu Qu (2)", "xiu-qu-2", id="signs"),
    pytest.param("2024.03.10_talk", "2024-03-10_talk", id="dots"),
    pytest.param("--a__", "a", id="edges"),
    pytest.param("a" * 80, "a" * 64, id="long"),
    pytest.param("../../etc/passwd", "etc-passwd", id="path"),
    pytest.param("a\0b\n", "a-b", id="control-characters"),
    pytest.param("...", "d-" + hashlib.sha256(b"...").hexdigest()[:10], id="signs-alone"),
    pytest.param("", "d-e3b0c44298", id="empty"),
    pytest.param("修渠", "d-" + hashlib.sha256("修渠".encode()).hexdigest()[:10], id="han"),
]


@pytest.mark.parametrize(("stem", "name"), STEMS)
def test_id_is_made_of_the_file_name(stem: str, name: str) -> None:
    assert id_from_stem(stem) == name


@given(nasty_lines | st.text())
def test_id_made_of_any_name_is_well_formed(stem: str) -> None:
    assert re.fullmatch(DOCUMENT_ID, id_from_stem(stem))
    assert id_from_stem(id_from_stem(stem)) == id_from_stem(stem)


@given(nasty_lines)
def test_id_is_the_same_on_every_file_system(stem: str) -> None:
    forms = {id_from_stem(unicodedata.normalize(form, stem)) for form in ("NFC", "NFD")}
    assert len(forms) == 1
