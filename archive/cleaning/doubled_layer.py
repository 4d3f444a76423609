"""Text that a PDF page holds in two layers: each run of a title twice (渠水渠水公约公约), or each character, or a whole line.

Doubling alone proves nothing: 扎扎实实 and 2020 are doubled and right. Runs are taken away only where they make up a whole stretch
and the same words stand beside it once. Source: notes text.md 5; measured: tests/archive/cleaning/test_repairs.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from archive.cleaning.rules import edit
from archive.cleaning.text import Line, Text
from archive.edits import Edit
from archive.folding import fold

_LONGEST_RUN, _LONGEST_STRETCH = 60, 300
_FEWEST, _FEW = 4, 8
"""Characters that a stretch must say, doubled runs counted once; below the second number all of them must stand beside it."""

_SAME = 0.9
"""Share of these characters that must stand beside the stretch in the same order."""

_BEGINS = re.compile(f"[\\s。！？；：“《（(]([^\\W_]{{1,{_LONGEST_RUN}}})\\1")
"""A doubled run at the beginning of a line, a word group or a sentence."""

_NAME = re.compile(r"(?m)^[ \u3000]*([\u3400-\u9fff]{2,8})\1(?=[ \u3000]+\1[ \u3000]*$)")
"""A line that is a name twice and, behind spaces, once."""

_TWICE = re.compile(f"(.{{1,{_LONGEST_RUN}}})\\1", re.DOTALL)
_OPENS = "（(《〈“‘「『【〔["
_SINGLE = re.compile("[^\\w\n]{1,3}")
"""What may stand once between doubled runs: spaces and marks."""

_REST = re.compile("(?:[^\\w\\s]{1,2}(?=\\s))?[^\\S\n]*")
"""The marks that end a doubled stretch, and the space before the clean one."""

_SPACE = re.compile("[ \u3000]*")
_HAN = re.compile("[\u4e00-\u9fff]")
_TITLE = re.compile("[^\n。！？!?；;]{8,}")
_HALF_LEAST, _PARAGRAPH = 8, 30
_LAYERED_LINES, _LAYERED_CHARS = 3, 40


def doubled_layers(text: Text) -> Iterator[Edit]:
    """Remove the doubled one of two layers."""
    yield from _doubled_runs(text.string)
    for name in _NAME.finditer(text.string):
        yield edit("repair.doubled-layer", name.start(1), _SPACE.match(text.string, name.end()).end())  # type: ignore[union-attr]
    yield from _doubled_lines(text)


def _doubled_runs(string: str) -> Iterator[Edit]:
    at = 0
    padded = f"\n{string}"  # so that the first line has a beginning too
    while match := _BEGINS.search(padded, at):
        start = match.start(1) - 1
        end, once = _stretch(string, start)
        at = max(match.end() - 1, end)
        if start >= 2 and string[start - 2] == string[start - 1] and string[start - 1] in _OPENS:
            start -= 2
        if _FEWEST <= len(once) <= _LONGEST_STRETCH and (doubled := _beside(string, start, end, once)):
            yield edit("repair.doubled-layer", *doubled)


def _stretch(string: str, start: int) -> tuple[int, str]:
    """Go on while runs are doubled: where that ends, and the words and marks that they say once, folded."""
    at = end = start
    once: list[str] = []
    while at < len(string):
        twice = _TWICE.match(string, at)
        run = twice[1] if twice else ""
        if run.strip() and "\n" not in run:
            once.append(run)
            at = end = at + 2 * len(run)
        elif (single := _SINGLE.match(string, at)) and at > start:
            once.append(single[0])
            at = single.end()
        else:
            break
    return end, _bare("".join(once))


def _bare(string: str) -> str:
    """Give the letters and characters of a string, folded."""
    return re.sub("\\W", "", fold(string))


def _beside(string: str, start: int, end: int, once: str) -> tuple[int, int] | None:
    """Find the same words behind or before a stretch; give the span to remove, or None where they are not."""
    reach = 2 * len(once) + 20
    behind = string[end : end + reach]
    if _same(once, _bare(behind)[: len(once) + max(2, len(once) // 8)]):
        return start, end + len(_REST.match(behind)[0])  # type: ignore[index]  # it matches the empty string too
    before = string[max(0, start - reach) : start]
    if _same(once, _bare(before)[-len(once) - max(2, len(once) // 8) :]):
        return start - (len(before) - len(before.rstrip(" \u3000\t"))), end
    return None


def _same(once: str, other: str) -> bool:
    if len(other) < _SAME * len(once):
        return False
    blocks = SequenceMatcher(None, once, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= (_SAME if len(once) >= _FEW else 1) * len(once)


def _doubled_lines(text: Text) -> Iterator[Edit]:
    """Remove the second half of a line that says everything twice, and every second line where all lines are doubled."""
    layered: list[Line] = []
    lines = text.lines
    at = 0
    while at < len(lines):
        line = lines[at]
        if at + 1 < len(lines) and _alike(text, line, lines[at + 1]):
            layered.append(lines[at + 1])
            at += 2
            continue
        if layered:
            yield from _second_lines(text, layered)
            layered = []
        if line.end - line.start >= 2 * _HALF_LEAST:
            yield from _second_half(text.string, line)
        at += 1
    yield from _second_lines(text, layered)


def _alike(text: Text, line: Line, following: Line) -> bool:
    return line.end - line.start == following.end - following.start and text.of(line) == text.of(following)


def _second_lines(text: Text, layered: list[Line]) -> Iterator[Edit]:
    said = {text.of(line) for line in layered}
    if len(said) >= _LAYERED_LINES and len(said) == len(layered) and sum(map(len, said)) >= _LAYERED_CHARS:
        for line in layered:
            yield edit("repair.doubled-line", line.start, line.end)


def _second_half(string: str, line: Line) -> Iterator[Edit]:
    length = line.end - line.start
    for gap in range(length % 2, 3, 2):
        half = (length - gap) // 2
        middle = line.start + half
        if half < _HALF_LEAST or string[middle + gap] != string[line.start] or string[middle : middle + gap].strip():
            continue
        once = string[line.start : middle]
        if once != string[middle + gap : line.end] or once in (once + once)[1:-1] or len(_HAN.findall(once)) < 8:
            continue
        if len(once) >= _PARAGRAPH or _TITLE.fullmatch(once):
            yield edit("repair.doubled-line", middle, line.end)
