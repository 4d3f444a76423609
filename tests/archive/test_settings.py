"""archive.toml."""

from pathlib import Path

import pytest

from archive.settings import TEMPLATE, ArchiveSettings, read_settings
from tests.archive.texts import refusal


def write(folder: Path, content: str | bytes) -> Path:
    """Write archive.toml and give its path."""
    file = folder / "archive.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


def test_settings_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        'name = "河边的档案"\nrelease = "2026.2"\nbase_url = "https://example.org"\nengine = "whoosh"\n'
        'languages = ["zh-Hant", "en"]\nwords = ["words.txt"]\n',
    )
    assert read_settings(tmp_path) == ArchiveSettings(
        name="河边的档案",
        release="2026.2",
        base_url="https://example.org",
        engine="whoosh",
        languages=("zh-Hant", "en"),
        words=("words.txt",),
    )


def test_every_setting_may_be_left_out(tmp_path: Path) -> None:
    write(tmp_path, "")
    assert read_settings(tmp_path) == ArchiveSettings("Yinde", "1", "", "whoosh", ("zh-Hans", "zh-Hant", "en"), ())


def test_template_is_read(tmp_path: Path) -> None:
    write(tmp_path, TEMPLATE.format(name='"河边"'))
    assert read_settings(tmp_path) == ArchiveSettings(name="河边", release="1")


def test_folder_without_settings_is_no_archive(tmp_path: Path) -> None:
    expected = ("archive-missing", f"{tmp_path} is no archive: it has no archive.toml", f"make one with: yinde init {tmp_path}")
    assert refusal(lambda: read_settings(tmp_path)) == expected


def test_folder_that_is_not_there_is_no_archive(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    expected = ("archive-missing", f"{folder} is no archive: it has no archive.toml", f"make one with: yinde init {folder}")
    assert refusal(lambda: read_settings(folder)) == expected


def test_file_is_no_archive(tmp_path: Path) -> None:
    file = write(tmp_path, "")
    assert refusal(lambda: read_settings(file))[0] == "archive-missing"


def test_settings_that_are_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").mkdir()
    assert refusal(lambda: read_settings(tmp_path))[0] in ("archive-missing", "invalid-settings", "storage-failed")


BAD = [
    pytest.param(
        "name = ", " is no TOML: Invalid value (at end of document)", 'write lines such as name = "My archive"', id="toml"
    ),
    pytest.param(
        "name = 河边", " is no TOML: Invalid value (at line 1, column 8)", 'write lines such as name = "My archive"', id="no-quotes"
    ),
    pytest.param(
        'name = "河边"'.encode("gb18030"),
        " is no TOML: 'utf-8' codec can't decode byte 0xba in position 8: invalid start byte",
        'write lines such as name = "My archive"',
        id="gb18030",
    ),
    pytest.param(
        'langauges = ["en"]',
        ": setting 'langauges' is unknown",
        "settings are name, release, base_url, engine, languages, words, off, sites",
        id="unknown",
    ),
    pytest.param("release = 2026.2", ": setting 'release' takes a string", None, id="number"),
    pytest.param('name = ["a"]', ": setting 'name' takes a string", None, id="list-for-a-string"),
    pytest.param('words = "words.txt"', ": setting 'words' takes a list of strings", None, id="string-for-a-list"),
    pytest.param("words = [1]", ": setting 'words' takes a list of strings", None, id="list-of-numbers"),
    pytest.param('[name]\na = "b"', ": setting 'name' takes a string", None, id="table"),
]


@pytest.mark.parametrize(("content", "message", "hint"), BAD)
def test_bad_settings_are_refused(tmp_path: Path, content: str | bytes, message: str, hint: str | None) -> None:
    file = write(tmp_path, content)
    assert refusal(lambda: read_settings(tmp_path)) == ("invalid-settings", f"{file}{message}", hint)
