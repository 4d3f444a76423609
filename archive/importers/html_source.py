"""The bytes of a web page as a string that a parser can read in linear time.

Encoding: byte order mark; UTF-8 if it decodes strictly and is more than ASCII (pages labelled otherwise are common); what the page
declares, if that decodes strictly; else as for plain text. Source: notes text.md 9.1; HTML Standard 13.2.3.2 for where it declares.
"""

from __future__ import annotations

import codecs
import re

from archive.encoding import Decoded, decode
from archive.errors import UnreadableSource

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 16_000
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
"""Labels that name less than what pages hold."""

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_page(data: bytes, *, encoding: str | None = None, declared: str = "") -> Decoded:
    """Decode a web page.

    Args:
        data: Whole page.
        encoding: A person's choice, or None to find out.
        declared: What stands outside the page, such as in the head of a mail part.

    Raises:
        UnreadableSource: The page is empty or reads as text in no encoding that we know.
    """
    if encoding or data.startswith(_MARKS):
        return decode(data, encoding=encoding)
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return decode(data, encoding="utf-8")
    names = [declared, *(match[1].decode("ascii") for match in _DECLARED.finditer(data[:_HEAD_BYTES]))]
    for name in filter(None, names):
        try:
            decoded = decode(data, encoding=_WIDER.get(name.lower(), name))
        except UnreadableSource:
            continue
        if not decoded.unreadable and not decoded.encoding.lower().startswith(("utf-16", "utf-32", "utf-7")):
            return decoded
    return decode(data)


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)[^<>]*>")
_CLOSED_BY_OTHERS = frozenset(
    str.split("html head body p li dt dd td th tr thead tbody tfoot option optgroup rt rp rb rtc colgroup caption")
)
_VOID = frozenset(str.split("area base br col embed frame hr img input link meta param source track wbr"))
_FORMATTING = frozenset(str.split("a b big code em font i nobr s small strike strong tt u"))
MOST_NESTED, _MOST_FORMATTING = 100, 32


def flatten(html: str) -> str:
    """Take out tags that stand deeper than any page is meant to be.

    A parser looks through all open elements for many a tag, and copies open formatting elements into every paragraph, so that deep
    nesting costs the square of the page. Browsers cap it too (512 in Blink); pages of tables in tables reach 40. Text stays; a
    block's tag becomes `<br>`.
    """
    depth = formatting = 0
    pieces, at = [], 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _VOID or name in _CLOSED_BY_OTHERS:
            continue
        step = -1 if match[1] else 1
        if name in _FORMATTING:
            formatting = max(formatting + step, 0)
            too_deep = max(formatting, formatting - step) > _MOST_FORMATTING
        else:
            depth = max(depth + step, 0)
            too_deep = max(depth, depth - step) > MOST_NESTED
        if too_deep:
            pieces += [html[at : match.start()], "" if name in _FORMATTING else "<br>"]
            at = match.end()
    return "".join([*pieces, html[at:]]) if pieces else html
