"""The command line: data on stdout, talk on stderr, exit codes, every message in full."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import click
import pytest
from click.testing import CliRunner

from archive.errors import UserError
from archive.files import writer_lock
from archive.folding import folding_version
from index.rebuild import reindex
from tests.web.toy import CLEANED_RAW, DITCH_NEW, MIXED, NEWS, REPORT
from web.cli import EXIT_CODES, main
from web.pages import error_codes

EXIT_CODES_DECIDED = {
    "archive-busy": 3,
    "archive-missing": 3,
    "derived-damaged": 3,
    "document-exists": 2,
    "document-gone": 1,
    "engine-unavailable": 3,
    "index-damaged": 3,
    "index-missing": 3,
    "index-outdated": 3,
    "index-writable": 3,
    "invalid-identifier": 2,
    "invalid-metadata": 2,
    "invalid-request": 2,
    "invalid-settings": 3,
    "query-syntax": 2,
    "storage-failed": 3,
    "unknown-document": 1,
    "unknown-passage": 1,
    "unknown-style": 2,
    "unreadable-source": 3,
}
"""Every error code with the exit code that somebody chose for it."""

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(main.commands)


@pytest.fixture
def small(make_archive):
    """An indexed archive of two documents that a test may change."""
    archive = make_archive({"main/jia.md": "---\ntitle: 甲\n---\n河水涨了。\n", "main/yi.md": "---\ntitle: 乙\n---\n河水退了。\n"})
    reindex(archive)
    return archive


def _said(result):
    """Exit code, stdout and stderr of a run."""
    return result.exit_code, result.stdout, result.stderr


# -- exit codes and help ---------------------------------------------------------------------------------------------------


def test_every_user_error_has_a_decided_exit_code():
    ours = {code for code in error_codes() if code.partition("-")[0] != "http"}
    assert {code: EXIT_CODES.get(code, 3) for code in ours} == EXIT_CODES_DECIDED


def test_every_user_error_has_a_code_of_its_own():
    kinds, found = [UserError], []
    while kinds:
        kinds += (kind := kinds.pop()).__subclasses__()
        if kind.__module__.partition(".")[0] in ("archive", "index", "web"):
            found.append(kind.code)
    assert sorted(found) == sorted([*EXIT_CODES_DECIDED, "error"])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_options(command):
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert main.commands[command].get_short_help_str()
    options = [option for option in main.commands[command].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_main_help_gives_examples_before_options():
    shown = CliRunner().invoke(main, ["--help"]).stdout
    examples = [
        "yinde init papers",
        "yinde --archive papers import speeches/*.txt",
        "yinde --archive papers reindex",
        "yinde --archive papers search 改革開放",
    ]
    places = [shown.index(example) for example in examples]
    assert places == sorted(places)
    assert places[-1] < shown.index("Options:") < shown.index("Commands:")


def test_main_help_lists_every_command():
    shown = CliRunner().invoke(main, ["-h"]).stdout.partition("Commands:")[2]
    assert [line.split()[0] for line in shown.strip().splitlines()] == COMMANDS


def test_version_is_that_of_the_package():
    from importlib.metadata import version

    assert CliRunner().invoke(main, ["--version"]).stdout == f"yinde, version {version('yinde')}\n"


def test_unknown_command_is_bad_usage(toy, yinde):
    code, out, err = _said(yinde(toy.archive.folder, "serch", "x"))
    assert (code, out) == (2, "")
    assert "No such command 'serch'" in err


@pytest.mark.parametrize("command", ["import", "reindex"])
def test_interruption_is_exit_code_130(toy, yinde, monkeypatch, command, tmp_path):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("web.intake_runs.import_inputs", interrupt)
    monkeypatch.setattr("web.cli.reindex", interrupt)
    arguments = [tmp_path / "x.txt"] if command == "import" else []
    assert yinde(toy.archive.folder, command, *arguments).exit_code == 130


# -- archive and index that cannot be used ---------------------------------------------------------------------------------

READING = {
    "search": ["河水"],
    "show": ["jia"],
    "cite": ["jia¶1"],
    "info": [],
    "serve": ["--host", "203.0.113.1"],
}  # not ours: where nothing is wrong, it must fail, not serve
NEEDING_AN_ARCHIVE = {**READING, "check": [], "reindex": [], "import": ["x.txt"], "explain": ["河水"]}


@pytest.mark.parametrize("command", NEEDING_AN_ARCHIVE)
def test_folder_without_archive_is_named(tmp_path, yinde, command):
    message = f"yinde: {tmp_path} is no archive: it has no archive.toml\n  make one with: yinde init {tmp_path}\n"
    assert _said(yinde(tmp_path, command, *NEEDING_AN_ARCHIVE[command])) == (3, "", message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", READING)
def test_archive_without_index_says_how_to_build_it(make_archive, yinde, command):
    folder = make_archive({"main/jia.md": "河水涨了。\n"}).folder
    message = f"yinde: {folder} has no index yet\n  build it with: yinde --archive {folder} reindex\n"
    assert _said(yinde(folder, command, *READING[command])) == (3, "", message)


@pytest.mark.parametrize("command", READING)
def test_index_of_another_version_is_named_with_the_cure(small, yinde, command):
    _pretend_folding(small, "00000000")
    message = (
        f"yinde: the index was built by another version: folding 00000000 is now {folding_version()}\n"
        f"  build it again with: yinde --archive {small.folder} reindex\n"
    )
    assert _said(yinde(small.folder, command, *READING[command])) == (3, "", message)


def _pretend_folding(archive, version):
    pointer = archive.derived / "current.json"
    facts = json.loads(pointer.read_text(encoding="utf-8"))
    facts["fingerprint"]["folding"] = version
    pointer.write_text(json.dumps(facts), encoding="utf-8")


def test_reindex_rebuilds_an_index_of_another_version(small, yinde):
    _pretend_folding(small, "00000000")
    report = json.loads(yinde(small.folder, "reindex", "--json").stdout)
    assert (report["way"], report["documents"]) == ("rebuild", 2)
    assert report["why"] == f"the index was built by another version: folding 00000000 is now {folding_version()}"
    assert yinde(small.folder, "search", "河水").exit_code == 0


TEXT_FILES = ("alphabet.bin", "stream.bin", "texts.bin", "documents.bin", "documents.jsonl", "text/*/manifest.json")
INDEX_FILES = ("pairs.first.bin", "pairs.low.bin", "kind.values.json", "index/*/checksums.bin")
UNREAD_FILES = ("*.seg", "*.toc", "words.bin", "ids.txt", "aliases.txt")
"""Files that this search does not read."""


@pytest.fixture
def leaky():
    """Collect what Whoosh and waitress leave open when they fail, where the warning is ignored, not in some later test."""
    yield
    gc.collect()


def leaks(test):
    """Mark a test of a failure in which a library leaves a file or a socket open."""
    ignored = "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"
    return pytest.mark.usefixtures("leaky")(pytest.mark.filterwarnings(ignored)(test))


def _derived_file(archive, pattern):
    (file,) = archive.derived.glob(pattern) if "/" in pattern else archive.derived.rglob(pattern)
    return file


def _damaged(result, archive):
    """Whether a run said, in its two lines, that the index cannot be read and how to build it again."""
    code, out, err = _said(result)
    first, second = err.splitlines()
    assert (code, out) == (3, "")
    assert first.startswith("yinde: generation 000001 of the index cannot be read: ")
    return second == f"  build it again with: yinde --archive {archive.folder} reindex --full"


@leaks
@pytest.mark.parametrize("pattern", TEXT_FILES + INDEX_FILES + ("*.seg", "*.toc"))
def test_cut_off_index_file_is_named_with_the_cure(small, yinde, pattern):
    file = _derived_file(small, pattern)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert _damaged(yinde(small.folder, "search", "河水"), small)


@leaks
@pytest.mark.parametrize("pattern", TEXT_FILES + INDEX_FILES + UNREAD_FILES)
def test_missing_index_file_is_named_with_the_cure(small, yinde, pattern):
    _derived_file(small, pattern).unlink()
    assert _damaged(yinde(small.folder, "search", "河水"), small)


@leaks
@pytest.mark.parametrize("command", READING)
def test_every_reading_command_says_that_the_index_is_damaged(small, yinde, command):
    _derived_file(small, "*.toc").write_bytes(b"")
    assert _damaged(yinde(small.folder, command, *READING[command]), small)


def test_cut_off_text_store_file_is_named_in_full(small, yinde):
    file = _derived_file(small, "stream.bin")
    size = file.stat().st_size
    file.write_bytes(b"")
    assert yinde(small.folder, "search", "河水").stderr == (
        f"yinde: generation 000001 of the index cannot be read: {file} is damaged:"
        f" it has not the {size} bytes it was written with\n"
        f"  build it again with: yinde --archive {small.folder} reindex --full\n"
    )


@leaks
@pytest.mark.parametrize("pattern", TEXT_FILES + INDEX_FILES)
def test_scrambled_index_file_is_an_error_with_the_cure(small, yinde, pattern):
    file = _derived_file(small, pattern)
    file.write_bytes(bytes(37 * at % 251 for at in range(file.stat().st_size)))
    code, out, err = _said(yinde(small.folder, "search", "河水"))
    assert (code, out) == (3, "")
    assert "reindex --full" in err


@leaks
@pytest.mark.parametrize("pattern", TEXT_FILES + INDEX_FILES)
def test_reindex_full_mends_a_scrambled_index_file(small, yinde, pattern):
    file = _derived_file(small, pattern)
    file.write_bytes(bytes(37 * at % 251 for at in range(file.stat().st_size)))
    assert yinde(small.folder, "reindex", "--full").exit_code == 0
    assert yinde(small.folder, "search", "河水").stderr == "2 documents, 2 passages, 2 places\n"


def test_unreadable_pointer_is_like_no_index(small, yinde):
    (small.derived / "current.json").write_bytes(b"\xff{")
    assert yinde(small.folder, "search", "河水").stderr == (
        f"yinde: {small.folder} has no index yet\n  build it with: yinde --archive {small.folder} reindex\n"
    )


@pytest.mark.parametrize(
    ("setting", "message", "hint"),
    [
        ("name = 3", "setting 'name' takes a string", None),
        (
            'colour = "red"',
            "setting 'colour' is unknown",
            "settings are name, release, base_url, engine, languages, words, off, sites",
        ),
    ],
)
def test_bad_setting_is_named(small, yinde, setting, message, hint):
    file = small.folder / "archive.toml"
    file.write_text(setting, encoding="utf-8")
    said = f"yinde: {file}: {message}\n" + (f"  {hint}\n" if hint else "")
    assert _said(yinde(small.folder, "search", "河水")) == (3, "", said)


def test_unknown_engine_is_named(small, yinde):
    (small.folder / "archive.toml").write_text('engine = "ouija"', encoding="utf-8")
    message = "yinde: archive.toml: engine 'ouija' is not there\n  write engine = \"whoosh\"\n"
    assert _said(yinde(small.folder, "reindex")) == (3, "", message)


HOLDER = """
import sys
from pathlib import Path
from archive.files import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("command", ["reindex", "import"])
def test_second_writer_names_the_first(small, yinde, monkeypatch, tmp_path, command):
    monkeypatch.setattr("web.cli.reindex", partial(reindex, wait_s=0.1))
    monkeypatch.setattr("web.intake_runs.writer_lock", partial(writer_lock, wait_s=0.1))
    (tmp_path / "x.txt").write_text("河水又涨了。", encoding="utf-8")
    arguments = [sys.executable, "-c", HOLDER, str(small.derived)]
    with subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        result = yinde(small.folder, command, *([tmp_path / "x.txt"] if command == "import" else []))
        holder.stdin.close()
    assert _said(result) == (
        3,
        "",
        f"yinde: the archive is being written by process {holder.pid}\n  waited 0.1 seconds; try again when it has finished\n",
    )


def test_reader_does_not_wait_for_the_writer(small, yinde):
    with writer_lock(small.derived):
        assert yinde(small.folder, "search", "河水").exit_code == 0


# -- init ------------------------------------------------------------------------------------------------------------------


def test_init_makes_an_archive_and_says_how_to_go_on(tmp_path):
    folder = tmp_path / "papers"
    result = CliRunner().invoke(main, ["init", str(folder)])
    said = f"{folder} is an archive now; take documents in with: yinde --archive {folder} import FILE…\n"
    assert _said(result) == (0, "", said)
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "archive.toml", "corpus"]


def test_init_twice_is_refused_and_changes_nothing(tmp_path):
    CliRunner().invoke(main, ["init", str(tmp_path), "--name", "河埠头"])
    before = (tmp_path / "archive.toml").read_bytes()
    result = CliRunner().invoke(main, ["init", str(tmp_path), "--name", "别的"])
    said = f"yinde: {tmp_path} is an archive already\n  take documents in with: yinde --archive {tmp_path} import FILE…\n"
    assert _said(result) == (2, "", said)
    assert (tmp_path / "archive.toml").read_bytes() == before


@pytest.mark.parametrize("name", ['他说"好"', "反\\斜", "水利·年報"])
def test_init_takes_any_name(tmp_path, yinde, name):
    CliRunner().invoke(main, ["init", str(tmp_path), "--name", name])
    yinde(tmp_path, "reindex")
    assert json.loads(yinde(tmp_path, "info", "--json").stdout)["name"] == name


# -- import ----------------------------------------------------------------------------------------------------------------


def _batch(folder):
    """Files of every kind that a keeper may name at once."""
    (folder / "utf8.txt").write_text(CLEANED_RAW, encoding="utf-8")
    (folder / "gb.txt").write_text(NEWS.split("---\n")[-1], encoding="gb18030")
    (folder / "big5.txt").write_text(REPORT.split("---\n")[-1], encoding="big5hkscs")
    (folder / "noise.txt").write_bytes(random.Random(7).randbytes(3_000))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes("\ufeff \n　\n".encode())
    (folder / "folder.txt").mkdir()
    names = ("utf8", "noise", "gb", "empty", "missing", "big5", "blank", "folder")
    return [folder / f"{name}.txt" for name in names]


def test_bad_files_of_a_batch_are_named_and_the_others_go_in(make_archive, yinde, tmp_path):
    archive = make_archive()
    result = yinde(archive.folder, "import", *_batch(tmp_path))
    assert _said(result) == (
        4,
        "",
        f"[1] {tmp_path}/utf8.txt: new document utf8 (text, utf-8)\n"
        "  kept 60, removed 0, repaired 0 characters\n"
        "  to review: title (low-confidence): 河埠头见闻\n"
        f"yinde: {tmp_path}/noise.txt: the file is no text in UTF-8, GB18030 or Big5"
        " (if it is text, name its encoding with --encoding)\n"
        f"[3] {tmp_path}/gb.txt: new document gb (text, gb18030)\n"
        "  kept 74, removed 0, repaired 0 characters\n"
        f"yinde: {tmp_path}/empty.txt: the file is empty (nothing to import)\n"
        f"yinde: {tmp_path}/missing.txt: there is no such file (check its name and the folder that you are in)\n"
        f"[6] {tmp_path}/big5.txt: new document big5 (text, big5hkscs)\n"
        "  title 臨江縣水利年報 · kind report\n"
        "  kept 69, removed 0, repaired 0 characters\n"
        f"yinde: {tmp_path}/blank.txt: the file holds white space only (nothing to import)\n"
        "3 new, 0 held already, 4 failed\n"
        "make them searchable with: yinde reindex\n",
    )
    assert sorted(file.name for file in (archive.corpus / "main").iterdir()) == ["big5.md", "gb.md", "utf8.md"]


def test_imported_texts_are_what_the_files_say(make_archive, yinde, tmp_path):
    archive = make_archive()
    yinde(archive.folder, "import", *_batch(tmp_path))
    yinde(archive.folder, "reindex")
    for name, text in (("gb", NEWS), ("big5", REPORT), ("utf8", CLEANED_RAW)):
        lines = [line for line in text.split("---\n")[-1].split("\n") if line]
        expected = "".join(f"¶{number}\t{line}\n" for number, line in enumerate(lines, start=1))
        assert yinde(archive.folder, "show", name).stdout == expected


def test_import_as_json_names_each_file(make_archive, yinde, tmp_path):
    result = yinde(make_archive().folder, "import", "--json", *_batch(tmp_path))
    files = json.loads(result.stdout)["files"]
    assert result.exit_code == 4
    assert [Path(record["file"]).stem for record in files] == [*("utf8", "noise", "gb", "empty", "missing", "big5", "blank")]
    assert [record.get("encoding") for record in files] == ["utf-8", None, "gb18030", None, None, "big5hkscs", None]
    codes = [record["error"]["code"] for record in files if "error" in record]
    assert codes == ["unreadable-source"] * 4


def test_folder_without_files_is_told(make_archive, yinde, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / ".hidden.txt").write_text("河水涨了。", encoding="utf-8")
    said = "yinde: nothing there to import; files whose names begin with a dot are left out\n0 new, 0 held already, 0 failed\n"
    assert _said(yinde(make_archive().folder, "import", tmp_path / "in")) == (0, "", said)


def test_same_bytes_are_the_same_document(make_archive, yinde, tmp_path):
    archive = make_archive()
    first, copy = tmp_path / "first.txt", tmp_path / "copy.txt"
    for file in (first, copy):
        file.write_text("河水涨了。", encoding="utf-8")
    yinde(archive.folder, "import", first)
    before = {path: path.read_bytes() for path in archive.corpus.rglob("*") if path.is_file()}
    result = yinde(archive.folder, "import", first, copy)
    said = f"[1] {first}: held already as first\n[2] {copy}: held already as first\n0 new, 2 held already, 0 failed\n"
    assert _said(result) == (0, "", said)
    assert {path: path.read_bytes() for path in archive.corpus.rglob("*") if path.is_file()} == before


def test_other_bytes_under_the_same_name_are_another_document(make_archive, yinde, tmp_path):
    archive = make_archive()
    file = tmp_path / "letter.txt"
    for text in ("河水涨了。", "河水退了。"):
        file.write_text(text, encoding="utf-8")
        result = yinde(archive.folder, "import", file)
    assert result.stderr == (
        f"[1] {file}: new document letter-2 (text, utf-8)\n  kept 5, removed 0, repaired 0 characters\n"
        "1 new, 0 held already, 0 failed\nmake them searchable with: yinde reindex\n"
    )
    assert sorted(path.name for path in (archive.corpus / "main").iterdir()) == ["letter-2.md", "letter.md"]


def test_bad_bytes_are_named_by_their_offset(make_archive, yinde, tmp_path):
    file = tmp_path / "scratched.txt"
    head = (MIXED.split("---\n")[-1] * 3).encode("utf-8")
    file.write_bytes(head + b"\xff" + head)
    assert yinde(make_archive().folder, "import", file).stderr == (
        f"[1] {file}: new document scratched (text, utf-8)\n  bytes unreadable as utf-8 at offset {len(head)}\n"
        "  kept 386, removed 0, repaired 5 characters\n  lost-characters\n"
        "1 new, 0 held already, 0 failed\nmake them searchable with: yinde reindex\n"
    )


def test_unknown_encoding_is_named(make_archive, yinde, tmp_path):
    file = tmp_path / "jia.txt"
    file.write_text("河水涨了。", encoding="utf-8")
    result = yinde(make_archive().folder, "import", "--encoding", "klingon", file)
    assert result.exit_code == 4
    assert result.stderr == (
        f"yinde: {file}: encoding 'klingon' is unknown (such as utf-8, gb18030, big5hkscs)\n0 new, 0 held already, 1 failed\n"
    )


def test_bad_collection_is_refused_before_anything_is_written(make_archive, yinde, tmp_path):
    archive = make_archive()
    file = tmp_path / "jia.txt"
    file.write_text("河水涨了。", encoding="utf-8")
    result = yinde(archive.folder, "import", "--collection", "../up", file)
    said = "yinde: collection '../up' is not well formed\n  1 to 64 of a-z 0-9 _ -, the first a letter or digit\n"
    assert _said(result) == (2, "", said)
    assert list(archive.corpus.iterdir()) == []


# -- edit-log, undo, import --again, import --replace, review ---------------------------------------------------------------

CREDITED = "在清溪镇修渠动员会上的讲话\n陈望\n乡亲们：\n今天开会，是要把东渠修好。\n谢谢大家！\n责任编辑：李小河\n"


@pytest.fixture
def held(make_archive, yinde, tmp_path):
    """An archive that holds CREDITED as document `talk`."""
    archive = make_archive()
    (tmp_path / "talk.txt").write_text(CREDITED, encoding="utf-8")
    assert yinde(archive.folder, "import", tmp_path / "talk.txt").exit_code == 0
    return archive


def test_edit_log_lists_what_was_removed(held, yinde):
    (edit,) = json.loads(yinde(held.folder, "edit-log", "--json", "talk").stdout)["edits"]
    start = CREDITED.index("责任编辑")
    assert (edit["rule"], edit["span"], edit["replacement"]) == ("furniture.credit-line", [start, len(CREDITED)], "")
    assert _said(yinde(held.folder, "edit-log", "talk")) == (
        0,
        f"{edit['edit']}  furniture.credit-line ({edit['confidence']:g})  {start}-{len(CREDITED)}  {edit['reason']}\n"
        "        - 责任编辑：李小河⏎\n",
        "1 edit; take one back with: yinde undo talk EDIT\n",
    )


def test_edit_log_lists_line_ends_where_all_are_asked_for(held, yinde):
    every = json.loads(yinde(held.folder, "edit-log", "--all", "--json", "talk").stdout)["edits"]
    rows = [(edit["rule"].partition(".")[0], edit["text"], edit["replacement"]) for edit in every]
    assert rows == [("layout", "\n", "\n\n")] * 4 + [("furniture", "责任编辑：李小河\n", "")]


def test_undo_takes_an_edit_back_and_says_so(held, yinde):
    before = (held.corpus / "main" / "talk.md").read_bytes()
    dry = yinde(held.folder, "undo", "--dry-run", "talk", "furniture.credit-line")
    assert _said(dry) == (0, "", "talk: text would change\n1 changed, 0 as before, 0 failed\n")
    assert (held.corpus / "main" / "talk.md").read_bytes() == before
    done = yinde(held.folder, "undo", "talk", "furniture.credit-line")
    said = "talk: text changed\n1 changed, 0 as before, 0 failed\nserve the new text with: yinde reindex\n"
    assert _said(done) == (0, "", said)
    assert (held.corpus / "main" / "talk.md").read_text(encoding="utf-8").endswith("\n\n责任编辑：李小河\n")
    assert _said(yinde(held.folder, "edit-log", "talk")) == (0, "", "0 edits; take one back with: yinde undo talk EDIT\n")


def test_rule_that_is_switched_off_later_is_followed_by_again(held, yinde):
    settings = held.folder / "archive.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\noff = ["furniture.credit-line"]\n', encoding="utf-8")
    said = "talk: text changed\n1 changed, 0 as before, 0 failed\nserve the new text with: yinde reindex\n"
    assert _said(yinde(held.folder, "import", "--again")) == (0, "", said)
    assert _said(yinde(held.folder, "import", "--again", "talk")) == (0, "", "0 changed, 1 as before, 0 failed\n")


def test_again_tells_where_a_persons_text_stays(held, yinde):
    file = held.corpus / "main" / "talk.md"
    file.write_text(file.read_text(encoding="utf-8").replace("谢谢大家！", "谢谢各位！\n\n（鼓掌）"), encoding="utf-8")
    better = file.with_name("..better.txt")
    better.write_text(CREDITED.replace("谢谢大家！", "谢谢大家！！"), encoding="utf-8")
    result = yinde(held.folder, "import", "--replace", "talk", better)
    assert result.exit_code == 0
    assert "  your text stays at ¶5; the source gives: 谢谢大家！！\n" in result.stderr
    assert "谢谢各位！\n\n（鼓掌）\n" in file.read_text(encoding="utf-8")


REFUSED = [
    (["undo", "talk", "abcdef"], 1, "document 'talk' has no edit 'abcdef'", "see them with: yinde edit-log talk"),
    (["undo", "nix", "abcdef"], 1, "no document 'nix'", "its id stands in its address and in its front matter"),
    (["edit-log", "nix"], 1, "no document 'nix'", "its id stands in its address and in its front matter"),
    (["review", "nix"], 1, "no document 'nix'", "its id stands in its address and in its front matter"),
    (["import", "--replace", "nix", "{file}"], 1, "no document 'nix'", "its id stands in its address and in its front matter"),
    (["import", "--replace", "talk", "{file}", "{file}"], 2, "2 files are named", "--replace ID takes exactly one file"),
]


@pytest.mark.parametrize(("words", "code", "message", "hint"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_what_a_keeper_cannot_mean_is_named_and_changes_nothing(held, yinde, tmp_path, words, code, message, hint):
    (tmp_path / "other.txt").write_text("河水涨了。", encoding="utf-8")
    before = {path: path.read_bytes() for path in held.corpus.rglob("*") if path.is_file()}
    result = yinde(held.folder, *(word.format(file=tmp_path / "other.txt") for word in words))
    assert _said(result) == (code, "", f"yinde: {message}\n  {hint}\n")
    assert {path: path.read_bytes() for path in held.corpus.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["import"], "name files or folders, or - to read what is piped in"),
        (["import", "--replace", "talk"], "name files or folders, or - to read what is piped in"),
        (["import", "--again", "--replace", "talk"], "--again reads the sources that are held, --replace another file"),
        (["undo", "talk"], "Missing argument 'EDITS...'"),
    ],
)
def test_keepers_command_that_is_not_whole_is_bad_usage(held, yinde, words, message):
    code, out, err = _said(yinde(held.folder, *words))
    assert (code, out) == (2, "")
    assert message in err


def test_again_names_what_is_no_document_and_does_the_others(held, yinde):
    said = (
        "yinde: nix: no document 'nix' (its id stands in its address and in its front matter)\n0 changed, 1 as before, 1 failed\n"
    )
    assert _said(yinde(held.folder, "import", "--again", "nix", "talk")) == (4, "", said)


def test_review_lists_doubtful_fields_until_they_are_filled_in(make_archive, yinde, tmp_path):
    archive = make_archive()
    (tmp_path / "utf8.txt").write_text(CLEANED_RAW, encoding="utf-8")
    yinde(archive.folder, "import", tmp_path / "utf8.txt")
    code, out, err = _said(yinde(archive.folder, "review"))
    name, field, value, rest = out.rstrip("\n").split("\t")
    assert (code, name, field, value) == (1, "utf8", "title", "河埠头见闻")
    assert float(rest.split()[0]) < 0.7
    assert err.startswith("1 fields of 1 documents to review\nwrite the right value into the front matter")
    file = archive.corpus / "main" / "utf8.md"
    file.write_text(file.read_text(encoding="utf-8").replace("id: utf8\n", "id: utf8\ntitle: 河埠头见闻\n"), encoding="utf-8")
    assert _said(yinde(archive.folder, "review")) == (0, "", "0 fields of 0 documents to review\n")


# -- check and reindex -----------------------------------------------------------------------------------------------------


def test_check_of_a_clean_corpus_says_so(make_archive, yinde):
    archive = make_archive({"main/jia.md": "---\ntitle: 甲\ndate: 2020\nkind: news\n---\n河水涨了。\n"})
    assert _said(yinde(archive.folder, "check")) == (0, "", "0 problems, 0 keep a document out of the index\n")


def test_check_names_every_problem_fatal_ones_first(make_archive, yinde):
    archive = make_archive(
        {
            "main/jia.txt": "河水涨了。\n",
            "main/yi.md": "---\ntitle: 乙\ndate: 昨天\nkind: news\n---\n河水退了。\n",
            "main/zi.md": "---\ntitle: [\n---\n河水退了。\n",
            "main/wu.md": b"\xff\xfe\x00",
        }
    )
    result = yinde(archive.folder, "check")
    assert result.exit_code == 1
    assert result.stdout == (
        "corpus/main/wu.md: byte 0 is not UTF-8 (take the file in with: yinde import wu.md)\n"
        "corpus/main/zi.md: line 2 is no YAML: expected the node content, but found '<stream end>'"
        ' (put the value in quotes, as in title: "报告: 2024")\n'
        "corpus/main/jia.txt: the file has no front matter: its id comes from its name, its title from its first line"
        " (begin it with: --- id: jia, title: … ---, one field a line)\n"
        "corpus/main/jia.txt: not stated: date, kind (add what is known to the front matter)\n"
        "corpus/main/yi.md: not stated: date (add what is known to the front matter)\n"
        "corpus/main/yi.md:3: date '昨天' is not well formed (write 2020, 2020-03, 2020-03-10 or XXXX-08-01)\n"
    )
    assert result.stderr == "6 problems, 2 keep a document out of the index\n"


def test_reindex_says_what_it_did(make_archive, yinde):
    archive = make_archive(
        {"main/jia.md": "河水涨了。\n", "main/yi.md": "河水退了。\n", "main/bing.md": "又涨了。\n", "main/ding.md": "停了。\n"}
    )
    first = json.loads(yinde(archive.folder, "reindex", "--json").stdout)
    second = json.loads(yinde(archive.folder, "reindex", "--json").stdout)
    (archive.corpus / "main" / "jia.md").write_text("河水涨得很高。\n", encoding="utf-8")
    third = json.loads(yinde(archive.folder, "reindex", "--json").stdout)
    rows = [
        (report["way"], report["why"], report["added"], report["removed"], report["characters"])
        for report in (first, second, third)
    ]
    assert rows == [
        ("rebuild", "there was no index", 4, 0, 17),
        ("nothing", "the corpus is what is indexed", 0, 0, 17),
        ("update", "1 new or changed, 1 gone or replaced", 1, 1, 19),
    ]


def test_reindex_talks_on_stderr_only(make_archive, yinde):
    code, out, err = _said(yinde(make_archive({"main/jia.md": "河水涨了。\n"}).folder, "reindex"))
    assert (code, out) == (0, "")
    assert err.startswith("rebuilt: there was no index; 1 documents, 5 characters, ")


def test_reindex_leaves_bad_files_out_and_names_them(make_archive, yinde):
    archive = make_archive({"main/jia.md": "河水涨了。\n", "main/wu.md": b"\xff\xfe\x00"})
    result = yinde(archive.folder, "reindex", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["documents"]) == (4, 1)
    assert [problem["file"] for problem in report["problems"]] == ["corpus/main/wu.md"]
    assert result.stderr.splitlines()[0] == (
        "yinde: corpus/main/wu.md: byte 0 is not UTF-8 (take the file in with: yinde import wu.md)"
    )
    assert yinde(archive.folder, "search", "河水").exit_code == 0


# -- search ----------------------------------------------------------------------------------------------------------------


def test_search_prints_hits_on_stdout_and_totals_on_stderr(toy, yinde):
    assert _said(yinde(toy.archive.folder, "search", '"發展農業"')) == (
        0,
        "在清溪镇修渠动员会上的讲话  陈望 · 2020-03-10 · 清溪\n"
        f"  qingxi-2020@{toy.new}¶4  乡亲们：发展农业，先要有水。去年大旱，东村三百亩稻田绝收。\n",
        "1 documents, 1 passages, 1 places\n",
    )


def test_nothing_found_is_exit_code_1(toy, yinde):
    result = yinde(toy.archive.folder, "search", "没有这几个字")
    assert _said(result) == (1, "", "0 documents, 0 passages, 0 places\n")


def test_removed_places_are_counted(toy, yinde):
    result = yinde(toy.archive.folder, "search", "扫码有礼")
    assert _said(result) == (1, "", "0 documents, 0 passages, 0 places; 1 more places in removed text\n")


def test_removed_text_can_be_searched(toy, yinde):
    code, out, err = _said(yinde(toy.archive.folder, "search", "--in", "removed", "扫码有礼"))
    assert (code, err) == (0, "1 documents, 1 passages, 1 places\n")
    assert out.splitlines()[0] == "河埠头见闻  2022-02-02"
    assert "removed " in out.splitlines()[1]
    assert out.splitlines()[1].endswith("  【广告】发展网店，发展人脉，扫码有礼。")


@pytest.mark.parametrize("query", ["", "   ", "　"])
def test_empty_query_finds_nothing(toy, yinde, query):
    assert _said(yinde(toy.archive.folder, "search", query)) == (1, "", "0 documents, 0 passages, 0 places\n")


def test_search_without_a_query_is_bad_usage(toy, yinde):
    code, out, err = _said(yinde(toy.archive.folder, "search"))
    assert (code, out) == (2, "")
    assert "Missing argument 'QUERY...'" in err


def test_several_words_are_one_query(toy, yinde):
    split = yinde(toy.archive.folder, "search", "发展", "kind:news")
    assert split.stdout == yinde(toy.archive.folder, "search", "发展 kind:news").stdout
    assert split.stderr == "1 documents, 4 passages, 5 places; 2 more places in removed text\n"


def test_word_with_a_minus_is_part_of_the_query(toy, yinde):
    result = yinde(toy.archive.folder, "search", "发展", "-水利", "kind:report")
    assert _said(result) == (1, "", "0 documents, 0 passages, 0 places\n")


def test_misspelt_option_is_bad_usage_and_no_query(toy, yinde):
    code, out, err = _said(yinde(toy.archive.folder, "search", "--limt", "5", "发展"))
    assert (code, out) == (2, "")
    assert "No such option '--limt'" in err


def test_unclosed_quotation_is_read_and_noted(toy, yinde):
    result = yinde(toy.archive.folder, "search", '"發展農業')
    assert result.exit_code == 0
    assert result.stderr == "1 documents, 1 passages, 1 places\nnote: the quotation is not closed\n"


FAULTS = [
    ('修渠 "发展', '  修渠 "发展\n       ^\nyinde: the quotation is not closed\n  close it with "\n'),
    ("发展 (修渠", "  发展 (修渠\n       ^\nyinde: the bracket is not closed\n  close it with )\n"),
    (
        "发展 date:昨天",
        "  发展 date:昨天\n            ^^^^\nyinde: date '昨天' is not well formed\n"
        "  write 2020, 2020-03, 2020-03-10 or XXXX-08-01\n",
    ),
    (
        "標題： 发展",
        "  標題： 发展\n  ^^^^^^\nyinde: field title has no value\n  write title:value without a space\n",
    ),
    ("𠮷 sort:大小", "  𠮷 sort:大小\n     ^^^^^^^^^\nyinde: sort: takes relevance, date\n"),
]


@pytest.mark.parametrize(("query", "said"), FAULTS, ids=[row[0] for row in FAULTS])
def test_strict_search_draws_a_caret_under_the_fault(toy, yinde, query, said):
    assert _said(yinde(toy.archive.folder, "search", "--strict", query)) == (2, "", said)


def test_options_that_cannot_be_meant_are_bad_usage(toy, yinde):
    for arguments in (["--mode", "loud"], ["--limit", "0"], ["--limit", "1001"], ["--in", "title"], ["--sort", "size"]):
        code, out, err = _said(yinde(toy.archive.folder, "search", *arguments, "x"))
        assert (code, out) == (2, ""), arguments
        assert arguments[0] in err


def test_bad_cursor_is_named(toy, yinde):
    said = "yinde: cursor 'zz' is not one of ours\n  take it from `next` of the page before\n"
    assert _said(yinde(toy.archive.folder, "search", "--cursor", "zz", "发展")) == (2, "", said)


def test_search_as_json_is_what_http_gives(toy, yinde, data):
    printed = json.loads(yinde(toy.archive.folder, "search", "--json", "--limit", "2", "发展").stdout)
    assert printed == data("/search.json?q=发展&limit=2")


def test_search_as_json_lines_gives_the_hits_of_the_json(toy, yinde):
    lines = yinde(toy.archive.folder, "search", "--jsonl", "发展").stdout.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(yinde(toy.archive.folder, "search", "--json", "发展").stdout)["hits"]


def test_output_that_is_no_terminal_has_no_colours(toy, yinde):
    result = yinde(toy.archive.folder, "search", "发展")
    assert "\x1b" not in result.stdout + result.stderr


# -- show, cite, info, explain ---------------------------------------------------------------------------------------------


def test_show_prints_passages_with_their_numbers(toy, yinde):
    lines = [line for line in DITCH_NEW.split("\n") if line]
    expected = "".join(f"¶{number}\t{line}\n" for number, line in enumerate(lines, start=1))
    assert _said(yinde(toy.archive.folder, "show", "qingxi-2020")) == (0, expected, "")


def test_show_prints_a_range_of_an_old_text(toy, yinde):
    result = yinde(toy.archive.folder, "show", f"qingxi-2020@{toy.old} ¶ 6-7")
    assert result.stdout == (
        "¶6\t每户出一个劳力，农闲时开工，入冬前把主渠挖通，不误来年春灌。\n¶7\t会后请大家到河边看一看，那里的水车已经停了三年。\n"
    )


def test_show_as_json_is_what_http_gives(toy, yinde, data):
    assert json.loads(yinde(toy.archive.folder, "show", "--json", "jiaxin").stdout) == data("/d/jiaxin.json")


def test_show_of_an_old_text_as_json_names_its_revision(toy, yinde):
    shown = json.loads(yinde(toy.archive.folder, "show", "--json", f"qingxi-2020@{toy.old}¶6").stdout)
    assert (shown["document"], shown["revision"]) == ("qingxi-2020", toy.old)
    assert shown["passages"] == [
        {"n": 6, "block": "paragraph", "level": 0, "text": "每户出一个劳力，农闲时开工，入冬前把主渠挖通，不误来年春灌。"}
    ]


REFERENCES = [
    ("nix", 1, "there is no document 'nix'", "see the list of documents"),
    ("qingxi-2020@0123456789", 1, "document 'qingxi-2020' has no revision 0123456789", "see its history"),
    ("qingxi-2020@{new}¶9", 1, "qingxi-2020@{new} has no passage 9", "its passages are ¶1 to ¶7"),
    ("qingxi-2020¶", 2, "reference 'qingxi-2020¶' is not well formed", "write id@revision¶12, ¶12-14 or ¶12:34-58"),
    ("qingxi-2020¶0", 2, "there is no passage 0", "passages count from 1, as in ¶12-14"),
    ("Qingxi", 2, "document id 'Qingxi' is not well formed", "1 to 64 of a-z 0-9 _ -, the first a letter or digit"),
    ("qingxi-2020@xyz", 2, "revision 'xyz' is not well formed", "ten hexadecimal digits, such as 9f2c41ab07"),
    ("qingxi-2020¶4-2", 2, "passages 4-2 are no range", "passages count from 1, as in ¶12-14"),
]


@pytest.mark.parametrize("command", ["show", "cite"])
@pytest.mark.parametrize(("reference", "code", "message", "hint"), REFERENCES, ids=[row[0] for row in REFERENCES])
def test_bad_reference_is_named(toy, yinde, command, reference, code, message, hint):
    result = yinde(toy.archive.folder, command, toy.fill(reference))
    assert _said(result) == (code, "", f"yinde: {toy.fill(message)}\n  {hint}\n")


def test_cite_prints_every_style(toy, yinde):
    place = f"（河埠头文库 1, qingxi-2020@{toy.new}¶4）"
    assert _said(yinde(toy.archive.folder, "cite", "qingxi-2020¶4")) == (
        0,
        f"陈望：《在清溪镇修渠动员会上的讲话》，2020年3月10日，第4段{place}\n"
        f"陈望. 在清溪镇修渠动员会上的讲话[EB/OL]. 河埠头文库（2020-03-10）. 第4段{place}\n",
        "",
    )


def test_cite_prints_one_style(toy, yinde):
    result = yinde(toy.archive.folder, "cite", "--style", "plain", "--json", "qingxi-2020¶4")
    place = f"（河埠头文库 1, qingxi-2020@{toy.new}¶4）"
    plain = f"陈望：《在清溪镇修渠动员会上的讲话》，2020年3月10日，第4段{place}"
    assert json.loads(result.stdout) == {"schema": 1, "citations": {"plain": plain}}


def test_cite_without_a_passage_names_none(toy, yinde):
    result = yinde(toy.archive.folder, "cite", "--style", "plain", "qingxi-2020")
    title = "陈望：《在清溪镇修渠动员会上的讲话》，2020年3月10日"
    assert result.stdout == f"{title}（河埠头文库 1, qingxi-2020@{toy.new}）\n"


def test_cite_names_all_passages_of_a_range(toy, yinde):
    result = yinde(toy.archive.folder, "cite", "--style", "plain", "qingxi-2020¶4-6")
    assert result.stdout.endswith(f"第4—6段（河埠头文库 1, qingxi-2020@{toy.new}¶4-6）\n")


def test_unknown_style_is_bad_usage(toy, yinde):
    code, out, err = _said(yinde(toy.archive.folder, "cite", "--style", "chicago", "qingxi-2020¶4"))
    assert (code, out) == (2, "")
    assert "'chicago' is not one of 'plain', 'gbt7714-2025'" in err


def test_info_prints_what_is_held(toy, yinde):
    lines = dict(line.split(": ", 1) for line in yinde(toy.archive.folder, "info").stdout.splitlines())
    facts = json.loads(yinde(toy.archive.folder, "info", "--json").stdout)
    assert {name: str(value) for name, value in facts.items() if name != "schema"} == lines
    assert (lines["name"], lines["documents"], lines["generation"], lines["engine"]) == ("河埠头文库", "9", "000002", "whoosh")


def test_explain_shows_how_a_query_is_read(toy, yinde):
    result = yinde(toy.archive.folder, "explain", '「发展」 -广告 "水')
    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[:2] == ['typed:      「发展」 -广告 "水', 'understood: "发展" "水" -广告']
    assert lines[-1] == "note:       the quotation is not closed"


# -- serve -----------------------------------------------------------------------------------------------------------------


@leaks
def test_taken_port_is_named_with_the_next_one(toy, yinde):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = yinde(toy.archive.folder, "serve", "--port", port)
    assert _said(result) == (
        2,
        "",
        f"yinde: cannot listen on 127.0.0.1 port {port}: Address already in use\n"
        f"  choose another port: make serve PORT={port + 1}, or yinde serve --port {port + 1}\n",
    )


def test_serve_answers_until_it_is_interrupted(toy):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "web.cli", "--archive", str(toy.archive.folder), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr.readline() == f"Yinde serves http://127.0.0.1:{port}/ (stop with Ctrl-C)\n"
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as response:
                assert json.load(response)["status"] == "ok"
        finally:
            os.kill(server.pid, signal.SIGINT)
        assert server.wait(timeout=10) == 130


# -- a process of its own --------------------------------------------------------------------------------------------------


def _process(*arguments, **environment):
    command = [sys.executable, "-m", "web.cli", *map(str, arguments)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=variables, check=False)


def test_error_of_a_command_asked_for_json_is_json_on_stdout(toy):
    run = _process("--archive", toy.archive.folder, "search", "--json", "--strict", '修渠 "发展')
    assert run.returncode == 2
    assert json.loads(run.stdout) == {
        "error": {"code": "query-syntax", "message": "the quotation is not closed", "hint": 'close it with "', "span": [3, 4]}
    }
    assert run.stderr == '  修渠 "发展\n       ^\nyinde: the quotation is not closed\n  close it with "\n'


def test_environment_names_the_archive(toy):
    run = _process("search", "--jsonl", "扫码有礼", "--in", "removed", YINDE_ARCHIVE=str(toy.archive.folder))
    assert (run.returncode, json.loads(run.stdout)["document"]) == (0, "hebutou")
