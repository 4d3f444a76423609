"""Text that was read in a wrong encoding or one byte out of step, where the bytes can be had back exactly.

Three kinds: GBK that lost the first byte of a punctuation mark, so that every pair after it is out of step until a character with
an ASCII second byte; UTF-8 read as GBK; UTF-8 or GBK read as Latin-1 or Windows-1252. A stretch is mended only if it is strange as
it stands and its bytes say ordinary Chinese. Source: notes text.md 5; measured: tests/archive/cleaning/test_characters.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from archive.cleaning.rules import edit
from archive.cleaning.text import Text
from archive.common import PUNCTUATION, common_characters, is_ordinary, plausibility
from archive.edits import Edit

_HAN = re.compile("[\u4e00-\u9fff]")
_LONGEST = 400
"""Code points of a stretch that are looked at in one go."""

_FEWEST, _LEAST_GAIN = 3, 3.0
"""More code points, and more plausible by so much a code point, must be read out of step than a table's odd signs would give."""


def mojibake(text: Text) -> Iterator[Edit]:
    """Read stretches again in the encoding that they were written in."""
    yield from _one_byte_out(text.string)
    yield from _utf8_as_gbk(text.string)
    yield from _as_latin(text.string)


def _strange(before: str, after: str) -> bool:
    """Whether a stretch makes no sense as it stands and much sense as it would be read."""
    common = common_characters()
    wide = [char for char in before if char > "\x7f"]
    return _makes_sense(after) and sum(char in common or char in PUNCTUATION for char in wide) <= 0.6 * len(wide)


def _makes_sense(said: str) -> bool:
    wide = [char for char in said if char > "\x7f"]
    return sum(is_ordinary(char) or char in PUNCTUATION for char in wide) >= 0.85 * len(wide) > 0


# ------------------------------------------------------------------------------------------- one byte out of step

_SECOND = re.compile("[@-~]+")
"""Behind the end of a stretch: the second byte of its last character stands alone, as an ASCII character."""

_SYSTEMATIC = 2
_MARKS = frozenset("。，、；：？！“”‘’（）《》")


def _one_byte_out(string: str) -> Iterator[Edit]:
    """Find stretches out of step; where two are sure, so are a shorter one and one behind a rare character."""
    at, sure = 0, 0
    found: list[tuple[bool, Edit]] = []
    for match in _SECOND.finditer(string, 1):
        last, end = match.start() - 1, match.start() + 1
        start = _start_of_shift(string, last, max(at, end - _LONGEST)) if string[last] > "\x7f" else None
        if start is not None:
            before = string[start:end]
            after = _shifted_mark(before[0]) + _in_step(before)
            if len(before) >= _FEWEST and _gains(before, after) and _strange(before, after):
                at = end
                is_sure = len(before) > _FEWEST and _may_precede(string[start - 1 : start])
                sure += is_sure
                found.append((is_sure, edit("characters.one-byte-out", start, at, after)))
    yield from (each for is_sure, each in found if is_sure or sure >= _SYSTEMATIC)


def _may_precede(char: str) -> bool:
    return char < "\u3400" or char > "\ufaff" or is_ordinary(char)


def _gains(before: str, after: str) -> bool:
    return sum(map(plausibility, after)) - sum(map(plausibility, before)) >= _LEAST_GAIN * len(before)


def _start_of_shift(string: str, last: int, lowest: int) -> int | None:
    """Go back from the last character while pairs of bytes out of step make sense; give where the stretch begins, if it does.

    It begins with what the second byte of a mark gave. Many characters look like that, so the beginning is where reading out of
    step gains most over reading as it stands.
    """
    gained = best = 0.0
    found, at = None, last
    while at >= lowest and string[at] > "\x7f" and gained > best - 40:
        gain = _gain(string[at : at + 2])
        if gain is None:
            break
        gained += gain
        mark = _shifted_mark(string[at])
        if mark and gained + plausibility(mark) > best:
            found, best = at, gained + plausibility(mark)
        at -= 1
    return found


@lru_cache(1 << 16)
def _gain(two: str) -> float | None:
    """How much more sense a character makes one byte later, reaching into the next; None if it then makes none."""
    pair = _read(two, 1, 3)
    if not pair or not ("\u3000" <= pair <= "\u9fff" or "\uff01" <= pair <= "\uff5e" or pair in PUNCTUATION):
        return None
    return plausibility(pair) - plausibility(two[0])


def _in_step(shifted: str) -> str:
    """Read all but the first byte of a stretch; "" if it is no text."""
    return _read(shifted, 1, None)


def _read(shifted: str, first: int, last: int | None) -> str:
    try:
        return shifted.encode("gbk")[first:last].decode("gbk")
    except UnicodeError:
        return ""


@lru_cache(1 << 16)
def _shifted_mark(char: str) -> str:
    """Give the mark whose second byte begins a character; "" if it is none."""
    try:
        first = char.encode("gbk")[:1]
        marks = {lead: (lead + first).decode("gbk") for lead in (b"\xa1", b"\xa3")}
    except UnicodeError:
        return ""
    return next((mark for mark in marks.values() if mark in _MARKS), "")


# ---------------------------------------------------------------------------------------------- UTF-8 read as GBK


@cache
def _utf8_as_gbk_pattern() -> re.Pattern[str]:
    """Two characters that the first three bytes of a Chinese character or mark in UTF-8 give in GBK."""
    starts = [(0xE2, 0x80), (0xE3, 0x80), (0xEF, 0xBC), *((lead, tail) for lead in range(0xE4, 0xEA) for tail in range(0x80, 0xC0))]
    follows = [(lead, tail) for lead in range(0x81, 0xC0) for tail in (*range(0x40, 0x7F), *range(0x80, 0xFF))]
    first, second = (re.escape("".join(bytes(pair).decode("gb18030") for pair in pairs)) for pairs in (starts, follows))
    return re.compile(f"[{first}][{second}]")


def _utf8_as_gbk(string: str) -> Iterator[Edit]:
    at, pattern = 0, _utf8_as_gbk_pattern()
    while match := pattern.search(string, at):
        at = match.start() + 1
        if _whole_utf8(string[match.start() : match.start() + 6])[0] >= 3:
            length, after = _whole_utf8(string[match.start() : match.start() + _LONGEST])
            if _strange(string[match.start() : match.start() + length], after):
                at = match.start() + length
                yield edit("characters.utf8-as-gbk", match.start(), at, after)


_OTHER_LETTER = re.compile("[\x80-\u1fff]")


@lru_cache(1 << 12)
def _whole_utf8(garbled: str) -> tuple[int, str]:
    """Read as much of a stretch as is UTF-8 that was read as GBK: its length in code points, and what it says."""
    try:
        data = garbled.encode("gb18030")
    except UnicodeEncodeError as error:
        data = garbled[: error.start].encode("gb18030")
    # Letters of two bytes are none of ours: what decodes to one is not UTF-8 any more.
    readable = len(_OTHER_LETTER.split(_readable(data, "utf-8"), maxsplit=1)[0].encode("utf-8"))
    length = read = size = 0
    for count, char in enumerate(garbled, 1):
        size += len(char.encode("gb18030"))
        if size > readable:
            break
        # A border of both readings, behind a character that was misread.
        if char > "\x7f" and (size == readable or data[size] & 0xC0 != 0x80):
            length, read = count, size
    return length, data[:read].decode("utf-8")


# --------------------------------------------------------------------------------- UTF-8 or GBK read as Latin letters

_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_BYTES = {ord(char): ord(char.encode("cp1252")) for char in _WINDOWS}
_LATIN = re.compile(f"[\xa1-\xff][\x80-\xff{_WINDOWS}]{{2}}(?:[\x00-\x7f]{{0,3}}[\x80-\xff{_WINDOWS}])*")


def _as_latin(string: str) -> Iterator[Edit]:
    for match in _LATIN.finditer(string):
        data = match[0].translate(_BYTES).encode("latin-1")
        for encoding in ("utf-8", "gbk"):
            said = _readable(data, encoding)
            if len(_HAN.findall(said)) >= 2 and _makes_sense(said):
                end = match.start() + len(said.encode(encoding))
                yield edit(f"characters.{encoding.replace('-', '')}-as-latin", match.start(), end, said)
                break


def _readable(data: bytes, encoding: str) -> str:
    """Read bytes up to the first that are no text; a quotation mark behind a stretch looks like one of its bytes."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        return data[: error.start].decode(encoding)
