"""Auditing a whole corpus."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from archive.checking import check_archive
from archive.edits import Edit
from archive.errors import Problem
from archive.importers.containers import iter_inputs
from archive.importing import import_inputs
from archive.sources import source_name, write_source
from archive.store import Archive, Corpus
from tests.archive.texts import SIMPLIFIED, snapshot

MakeArchive = Callable[..., Archive]
GOOD = "---\nid: a\ntitle: 修渠\ndate: 2024-03\nkind: speech\n---\n\n修渠\n"
FILE = Path("corpus/main/a.md")


def problems(archive: Archive) -> list[str]:
    """Check an archive and give its problems as a person reads them."""
    return [str(problem) for problem in check_archive(archive)]


def test_good_archive_has_no_problems(make_archive: MakeArchive) -> None:
    assert check_archive(make_archive({"main/a.md": GOOD})) == ()
    assert check_archive(make_archive()) == ()


def test_checking_changes_no_file(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": GOOD, "main/b.md": "修路", "main/c.md": b"\xff"})
    before = snapshot(archive.folder)
    check_archive(archive)
    assert snapshot(archive.folder) == before


def test_missing_front_matter_is_told_with_what_to_write(make_archive: MakeArchive) -> None:
    assert problems(make_archive({"main/a.txt": "修渠"})) == [
        "corpus/main/a.txt: the file has no front matter: its id comes from its name, its title from its first line "
        "(begin it with: --- id: a, title: … ---, one field a line)",
        "corpus/main/a.txt: not stated: date, kind (add what is known to the front matter)",
    ]


@pytest.mark.parametrize(("field", "name"), [("date: 2024-03\n", "date"), ("kind: speech\n", "kind")])
def test_missing_field_is_told(make_archive: MakeArchive, field: str, name: str) -> None:
    archive = make_archive({"main/a.md": GOOD.replace(field, "")})
    expected = Problem("metadata-missing", f"not stated: {name}", FILE, None, "add what is known to the front matter")
    assert check_archive(archive) == (expected,)


def test_field_of_the_defaults_is_stated(make_archive: MakeArchive) -> None:
    assert problems(make_archive({"main/_defaults.yaml": "kind: speech\n", "main/a.md": GOOD.replace("kind: speech\n", "")})) == []


def test_file_named_otherwise_than_its_id_is_told(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/xiuqu.md": GOOD})
    expected = Problem(
        "id-differs", "the file is named 'xiuqu', its id is 'a'", Path("corpus/main/xiuqu.md"), None, "the id counts"
    )
    assert check_archive(archive) == (expected,)


def test_wrapped_lines_are_told(make_archive: MakeArchive) -> None:
    text = SIMPLIFIED * 5
    lines = [text[start : start + 18] for start in range(0, len(text), 18)]
    hint = "move the file away and take it in with yinde import"
    expected = Problem("lines-wrapped", "lines look wrapped at a fixed width", FILE, None, hint)
    assert check_archive(make_archive({"main/a.md": GOOD + "\n".join(lines)})) == (expected,)


@pytest.mark.parametrize("separator", ["", " ", "\u3000"], ids=["bare", "space-behind", "wide-space-behind"])
def test_lines_that_end_sentences_are_not_called_wrapped(make_archive: MakeArchive, separator: str) -> None:
    lines = [f"第{number}天，村里人都到河边修渠。{separator}" for number in "一二三四五六七八"]
    assert problems(make_archive({"main/a.md": GOOD + "\n".join(lines)})) == []


def test_problems_that_keep_a_document_out_come_first(make_archive: MakeArchive) -> None:
    files = {"main/a.md": GOOD.replace("kind: speech", "kind: talk"), "main/z.md": b"\xff", "alpha/b.md": "修路", "main/y.md": ""}
    found = check_archive(make_archive(files))
    assert [(problem.fatal, str(problem.file), problem.line) for problem in found] == [
        (True, "corpus/main/y.md", None),
        (True, "corpus/main/z.md", None),
        (False, "corpus/alpha/b.md", None),
        (False, "corpus/alpha/b.md", None),
        (False, "corpus/main/a.md", None),
        (False, "corpus/main/a.md", 5),
    ]


def test_file_that_vanishes_while_it_is_checked_is_a_problem(make_archive: MakeArchive) -> None:
    archive, load = make_archive({"main/a.md": GOOD, "main/b.md": GOOD.replace("id: a", "id: b")}), Archive.load

    def load_and_lose(self: Archive) -> Corpus:
        corpus = load(self)
        (self.corpus / "main" / "a.md").unlink()
        return corpus

    with patch.object(Archive, "load", load_and_lose):
        found = check_archive(archive)
    assert [(problem.code, problem.file) for problem in found] == [("storage-failed", FILE)]


# ----------------------------------------------------------------------------------------------------------- sources


def add_source(archive: Archive, raw: str) -> Path:
    """Write a source with one removal, and give its folder."""
    folder = archive.sources / source_name(raw.encode("utf-8"))
    edit = Edit("site.banner", "banner", 0.9, 2, 6, "", "a")
    write_source(folder, data=raw.encode("utf-8"), suffix=".txt", raw=raw, edits=[edit])
    return folder


def test_imported_files_have_good_sources(make_archive: MakeArchive, tmp_path: Path) -> None:
    archive, file = make_archive(), tmp_path / "a.txt"
    file.write_text("\u3000\u3000修渠\r\n修路", encoding="utf-8", newline="")
    list(import_inputs(archive, iter_inputs([str(file)])))
    assert problems(archive) == ["corpus/main/a.md: not stated: date, kind (add what is known to the front matter)"]


DAMAGES = [
    pytest.param("raw.txt", None, "source {name} has no readable raw.txt", id="no-raw-text"),
    pytest.param("raw.txt", "修渠", "edit 2-6 overlaps the one before it or lies outside a text of 2", id="raw-text-cut"),
    pytest.param("edits.jsonl", None, "source {name} has no readable edits.jsonl", id="no-log"),
    pytest.param("edits.jsonl", "{\n", "line 1 of edits.jsonl of source {name} is no edit", id="log-cut"),
]


@pytest.mark.parametrize(("file", "content", "message"), DAMAGES)
def test_damaged_source_is_told(make_archive: MakeArchive, file: str, content: str | None, message: str) -> None:
    archive = make_archive({"main/a.md": GOOD})
    folder = add_source(archive, "修渠【广告】")
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_text(content, encoding="utf-8")
    place, hint = Path("corpus/_sources") / folder.name, "restore the folder from a backup or from git"
    assert check_archive(archive) == (Problem("source-damaged", message.format(name=folder.name), place, None, hint),)


def test_log_with_fractions_is_told(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": GOOD})
    log = add_source(archive, "修渠【广告】") / "edits.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace('"end": 6', '"end": 6.0'), encoding="utf-8")
    assert [problem.code for problem in check_archive(archive)] == ["source-damaged"]


def test_hidden_file_among_the_sources_is_no_source(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": GOOD, "_sources/.DS_Store": b"\0"})
    assert problems(archive) == []
