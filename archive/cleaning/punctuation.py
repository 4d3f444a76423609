"""Punctuation marks typed twice. A mark keeps its width: `,` is never made `，`.

Three in a row are an ellipsis (。。。), and …… —— ！！ ？？ are marks of their own: all these stay. Source: notes text.md 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.cleaning.rules import edit
from archive.cleaning.text import Text
from archive.edits import Edit

_TWICE = re.compile("，[，,]|,[,，]|。。|、、|；[；;]|;[;；]|：[：:]|:：")
_MARKS = frozenset("，。、；：,;:")
_ROW = 6
"""A line with a comma in every so many characters is a row of values, where nothing stands between two commas."""


def doubled_marks(text: Text) -> Iterator[Edit]:
    """Take away the second of two like marks between words."""
    string = text.string
    for match in _TWICE.finditer(string):
        start, end = match.span()
        before, after = string[start - 1 : start], string[end : end + 1]
        if before in _MARKS or after in _MARKS or not before.strip():
            continue
        if match[0].isascii() and (_wide(before) + _wide(after) == 0 or _is_row(string, start, end)):
            continue
        kept = match[0][0] if match[0][0] > "\x7f" else match[0][1]
        yield edit("repair.doubled-mark", start, end, kept)


def _wide(char: str) -> bool:
    return char > "\x7f"


def _is_row(string: str, start: int, end: int) -> bool:
    line = string[max(string.rfind("\n", 0, start), start - 200) + 1 : end + 200].split("\n")[0]
    return line.count(",") > 2 and line.count(",") * _ROW > len(line)
