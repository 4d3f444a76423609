"""Bytes to text: which encoding a file is in, and where it could not be read.

Order: byte order mark, strict UTF-8, then the better of GB18030 and Big5 by the share of common characters, tolerant of a few bad
bytes. Statistical detectors fail on one bad byte or ten characters; this does not (measured: notes text.md 9.1).
"""

from __future__ import annotations

import codecs
import re
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.errors import UnreadableSource
from archive.folding import fold

ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16", "utf-32")
"""What `decode` may choose; a person's choice may be any that Python knows."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 200_000
_PLAUSIBLE = 0.25
"""Least score of a text; Chinese prose scores .8 to 1, random bytes below 0."""

_UNREADABLE = 0.03
"""Greatest share of characters lost to bad bytes."""

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_HALVES = re.compile("[\ud800-\udfff]")
_PUNCTUATION = frozenset("　，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕…—·")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    Attributes:
        text: What the bytes say; U+FFFD where they could not be read.
        encoding: Name of the encoding.
        unreadable: 0-based byte offsets of bad bytes, first ten at most.
    """

    text: str
    encoding: str
    unreadable: tuple[int, ...] = ()


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Decode a file's bytes.

    Args:
        data: Whole file.
        encoding: A person's choice, or None to find out.

    Raises:
        UnreadableSource: The file is empty, holds NUL characters, or reads as text in no encoding that we know.
    """
    if not data:
        raise UnreadableSource("the file is empty", hint="nothing to import")
    decoded = _decode_as(data, encoding) if encoding else _detect(data)
    if not _shows_something(decoded.text):
        raise UnreadableSource("the file holds white space only", hint="nothing to import")
    controls = len(_CONTROLS.findall(decoded.text))
    lost = decoded.text.count("\ufffd")
    if "\0" in decoded.text or max(lost, controls) > _UNREADABLE * len(decoded.text):
        raise UnreadableSource(
            f"the file is no text: as {decoded.encoding}, {lost} characters are unreadable and {controls} are control characters",
            hint="UTF-8, UTF-16, GB18030 and Big5 are recognised; name another with --encoding",
        )
    return decoded


def _shows_something(text: str) -> bool:
    return any(fold(text[at : at + 1_000]) for at in range(0, len(text), 1_000))


def _decode_as(data: bytes, encoding: str) -> Decoded:
    bad: list[int] = []
    _bad_offsets.set(bad)
    try:
        codec = "utf-8" if codecs.lookup(encoding).name == "utf-8-sig" else encoding  # so that offsets count the mark
        text = data.decode(codec, "yinde.note")  # refuses what is no text encoding, such as base64
    except (LookupError, ValueError):
        raise UnreadableSource(f"encoding {encoding!r} is unknown", hint="such as utf-8, gb18030, big5hkscs") from None
    if codec != "utf-8":  # Some codecs give halves of surrogate pairs, which no file of ours can hold.
        text = _HALVES.sub("\ufffd", text)
    return Decoded(text.removeprefix("\ufeff"), encoding, tuple(bad[:10]))


_bad_offsets: ContextVar[list[int]] = ContextVar("bad_offsets")


def _note_bad_byte(error: UnicodeError) -> tuple[str, int]:
    """Stand in for a bad byte, and note where it was."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _bad_offsets.get().append(error.start)
    return "\ufffd", error.end


codecs.register_error("yinde.note", _note_bad_byte)


def _detect(data: bytes) -> Decoded:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name)
    utf8 = _decode_as(data, "utf-8")
    if not utf8.unreadable:
        return utf8
    first = next(at for at, byte in enumerate(data) if byte > 0x7F)  # a long head of ASCII tells nothing
    sample = data[first : first + _SAMPLE_BYTES]
    scores = {name: _score(sample.decode(name, "replace")) for name in ("utf-8", "gb18030", "big5hkscs")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _PLAUSIBLE:
        raise UnreadableSource(
            "the file is no text in UTF-8, GB18030 or Big5", hint="if it is text, name its encoding with --encoding"
        )
    return utf8 if best == "utf-8" else _decode_as(data, best)


@cache
def _common() -> frozenset[str]:
    chars = (files("archive") / "data" / "common_characters.txt").read_text(encoding="utf-8")
    return frozenset(chars) | _PUNCTUATION


def _score(text: str) -> float:
    """Share of common characters among those outside ASCII; a lost or private-use character costs five."""
    others = [char for char in text if char > "\x7f"]
    if not others:
        return 0.0
    bad = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" for char in others)
    bad += len(_CONTROLS.findall(text))
    return (sum(char in _common() for char in others) - 5 * bad) / len(others)
