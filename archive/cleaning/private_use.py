"""Private-use characters: what old encodings of Hong Kong, Taiwan and the mainland, and some fonts, put into code points of nobody.

A code point has one reading in each table, so a text is first asked which table it was written with. What no table tells stays.
Source: notes text.md 4; data/private_use.tsv; measured: tests/archive/cleaning/test_characters.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from archive.cleaning.rules import edit
from archive.cleaning.text import Text
from archive.edits import Edit
from archive.script import script_of

PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_PLANE_0 = re.compile("[\ue000-\uf8ff]")
"""What the tables speak of."""

_HKSCS_ROWS = ((0xE000, 0xE310, 0xFA), (0xE311, 0xEEB7, 0x8E), (0xEEB8, 0xF6B0, 0x81))
"""Where code page 950 put its user-defined rows: first and last code point, first lead byte; 157 characters to a row."""


@cache
def _tables() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for line in (files("archive") / "data" / "private_use.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            table, code, char, _ = line.split("\t")
            tables[table][chr(int(code[2:], 16))] = char
    return tables


def hkscs_character(char: str) -> str:
    """Give the character that the Hong Kong Supplementary Character Set holds at a private-use code point; "" if none."""
    for first, last, lead in _HKSCS_ROWS:
        if first <= ord(char) <= last:
            row, cell = divmod(ord(char) - first, 157)
            code = bytes((lead + row, cell + (0x40 if cell < 63 else 0x62)))
            found = code.decode("big5hkscs", "ignore")
            return found if len(found) == 1 and not PRIVATE_USE.match(found) else ""
    return ""


def private_use(text: Text) -> Iterator[Edit]:
    """Put the character that was meant in the place of a private-use code point, where a table tells it."""
    found = list(PRIVATE_USE.finditer(text.string))
    if not found:
        return
    rule, readings = _readings({match[0] for match in found}, text.string)
    symbols = _tables()["symbol"]
    for match in found:
        if match[0] in symbols:
            yield edit("characters.symbol-font", match.start(), match.end(), symbols[match[0]])
        elif match[0] in readings:
            yield edit(rule, match.start(), match.end(), readings[match[0]])


def _readings(chars: set[str], string: str) -> tuple[str, dict[str, str]]:
    """Choose the table that a text was written with: its rule, and what its code points stand for in this text.

    HKSCS fills nearly all of the area, so that any code point has a reading in it; it is believed where at least half of a text's
    code points give characters in daily use in Hong Kong.
    """
    tables = _tables()
    letters = [char for char in chars if char not in tables["symbol"]]
    hkscs = {char: reading for char in letters if (reading := hkscs_character(char))}
    telling = [char for char in letters if char in tables["hkscs"]]
    if telling and 2 * len(telling) >= len(letters):
        return "characters.hkscs", hkscs
    if script_of(string) == "hans":
        return "characters.gb18030-private", tables["gb18030"]
    return "characters.taiwan-private", tables["taiwan"]
