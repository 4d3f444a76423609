"""What README.md and ARCHITECTURE.md name is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from web.cli import main

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:\$ )?((?:yinde|make) .+|make)")
_PATH = re.compile(r"[A-Za-z0-9_.<>*-]+(?:/[A-Za-z0-9_.<>*-]*)+|[A-Za-z0-9_-]+\.(?:py|md|toml|tsv|txt|html|json|lock|css|js)")


def _text(name: str) -> str:
    file = ROOT / name
    if not file.exists():
        pytest.skip(f"{name} is not written yet")
    return file.read_text(encoding="utf-8")


def find_commands(text: str) -> list[list[str]]:
    """Find the commands of a Markdown text, in blocks and in backticks, as words; comments behind them are left out."""
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", _BLOCK.sub("", text))
    return [
        shlex.split(match[1].replace("…", ""), comments=True)
        for line in [*lines, *spans]
        if (match := _COMMAND.fullmatch(line.strip()))
    ]


def find_fault(words: list[str]) -> str:
    """Say what of a `yinde` command does not exist, or ""."""
    group = {name: option for option in main.params for name in option.opts}
    rest = iter(words[1:])
    for word in rest:
        if word in group:
            next(rest, None)
        elif not word.startswith("-"):
            break
    else:
        return ""
    if word not in main.commands:
        return f"no command {word}"
    known = {name for option in main.commands[word].params if isinstance(option, click.Option) for name in option.opts}
    wrong = [option for option in rest if option.startswith("--") and option.partition("=")[0] not in known]
    return f"{word} takes no {wrong[0]}" if wrong else ""


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("yinde --archive papers search 改革開放", ""),
        ("yinde search --mode=loose x", ""),
        ("yinde --version", ""),
        ("yinde serch x", "no command serch"),
        ("yinde --archive search serch x", "no command serch"),
        ("yinde search --colour x", "search takes no --colour"),
    ],
)
def test_fault_in_a_command_is_found(words, fault):
    assert find_fault(words.split()) == fault


def test_commands_are_found_in_blocks_and_in_backticks():
    text = "Type `yinde init papers` or:\n\n```sh\n$ make serve PORT=8001   # and wait\nls\n```\n"
    assert find_commands(text) == [["make", "serve", "PORT=8001"], ["yinde", "init", "papers"]]


def test_every_command_of_the_readme_exists():
    commands = [words for words in find_commands(_text("README.md")) if words[0] == "yinde"]
    assert commands
    assert {" ".join(words): fault for words in commands if (fault := find_fault(words))} == {}


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md"])
def test_every_make_target_named_exists(name):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = [
        word for words in find_commands(_text(name)) if words[0] == "make" for word in words[1:] if re.fullmatch("[a-z-]+", word)
    ]
    assert set(named) <= targets


def test_readme_gives_the_reason_for_every_dependency():
    text = _text("README.md").lower()
    lines = re.search(r"^dependencies = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M | re.S)[1]
    names = re.findall(r'^\s*"([A-Za-z0-9-]+)', lines, re.MULTILINE)
    assert [name for name in names if name.lower() not in text] == []


ROOMS = ("archive", "index", "web", "tests")


def _is_there(path: str) -> bool:
    """Whether a file or folder is there; a bare file name may lie in any room."""
    return any(ROOT.glob(path.rstrip("/"))) or ("/" not in path and any(any((ROOT / room).rglob(path)) for room in ROOMS))


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md"])
def test_every_path_in_backticks_exists(name):
    spans = re.findall(r"`([^`\n]+)`", _BLOCK.sub("", _text(name)))
    paths = [span for span in spans if _PATH.fullmatch(span) and "<" not in span and not span.startswith((".yinde/", "corpus/_"))]
    assert paths
    assert [path for path in paths if not _is_there(path)] == []
