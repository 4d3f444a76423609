"""Folding: characters to their search form, so that 發展, 发展 and 發⼴ meet where they mean the same.

One committed table, `data/folding.tsv`, each line with its source. Each character alone goes to one character or to none; then one
rule looks further: a run of white space becomes one space between two ASCII letters or digits, and nothing elsewhere. Texts are
never changed: a folded text keeps the offsets of its characters in the original. Source: plan.md 7; notes text.md 3 and 4.

Always:
    `fold(fold(t)) == fold(t)`; the fold of a slice of a text is a slice of the fold of the text; offsets rise strictly.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WHITE_SPACE = re.compile(r"\s+")
LETTERS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
"""Folded characters between which a run of white space counts."""

_BETWEEN_LETTERS = re.compile(r"(?<=[0-9a-z])\s+(?=[0-9a-z])")


@cache
def _table_bytes() -> bytes:
    return (files("archive") / "data" / "folding.tsv").read_bytes()


@cache
def folding_table() -> dict[int, str]:
    """The table: code point to the one character it folds to, or to "" if it is dropped; others fold to themselves."""
    table = {}
    for line in _table_bytes().decode("utf-8").splitlines():
        if not line.startswith("#"):
            code, _, target, _ = line.split("\t")
            table[int(code[2:], 16)] = target
    return table


@cache
def folding_version() -> str:
    """Eight hexadecimal digits that name the table; part of an index's fingerprint."""
    return hashlib.sha256(_table_bytes()).hexdigest()[:8]


@cache
def _translation(*, dropping: bool) -> list[int | None]:
    """Give the table as a list over all code points up to its last.

    `str.translate` reads it twice as fast as a dictionary, which raises an error for each character that folds to itself.
    """
    table = folding_table()
    translation: list[int | None] = list(range(max(table) + 1))
    for code, target in table.items():
        if target or dropping:
            translation[code] = ord(target) if target else None
    return translation


def fold_letters(text: str, *, dropping: bool = True) -> str:
    """Fold each character of a text alone; white space stays as it is.

    Args:
        text: Any text.
        dropping: Whether characters that fold to none go; else they stay, and the result is as long as the text.
    """
    return text.translate(_translation(dropping=dropping))


def fold(text: str) -> str:
    """Fold a text to its search form; never longer than the text, possibly empty."""
    folded = fold_letters(text)
    parts = folded.split()
    if len(parts) < 2:
        return "".join(parts)
    return " ".join("".join(part.split()) for part in _BETWEEN_LETTERS.split(folded))


def forms_of(chars: str) -> str:
    """Give these characters, folded, and all others that fold to one of them: for a quick look at a text before it is folded."""
    return chars + "".join(chr(code) for code, target in folding_table().items() if target and target in chars)


def _between_letters(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1] in LETTERS and text[end] in LETTERS


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text, its search form, and where each character of the form stands in the text.

    Attributes:
        original: The text as it stands in the source.
        folded: Its search form.
        offsets: For each character of `folded`, its 0-based index in `original`, in code points.
    """

    original: str
    folded: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty half-open range of `folded` to the half-open range of `original` that it stands for."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold_with_offsets(text: str) -> FoldedText:
    """Fold a text and keep where each folded character came from (a kept space: the first of its run)."""
    folded = fold(text)
    if len(folded) == len(text):  # nothing was dropped, so every character gave exactly one
        return FoldedText(text, folded, range(len(text)))
    table = folding_table()
    kept = [(index, table.get(ord(char), char)) for index, char in enumerate(text)]
    kept = [(index, char) for index, char in kept if char]
    plain = "".join(char for _, char in kept)
    offsets: list[int] = []
    end = 0
    for run in _WHITE_SPACE.finditer(plain):
        offsets += (index for index, _ in kept[end : run.start()])
        if _between_letters(plain, run.start(), run.end()):
            offsets.append(kept[run.start()][0])
        end = run.end()
    offsets += (index for index, _ in kept[end:])
    return FoldedText(text, folded, offsets)
