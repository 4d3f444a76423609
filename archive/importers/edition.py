"""Plain texts of classical editions with their marks: keyword lines, page marks `<pb:…>` and `¶` at the end of each printed line.

Source: the Mandoku format of the Kanseki Repository; org-mode manual 4 (keywords) and 2.2 (headings).
"""

from __future__ import annotations

import re

from archive.encoding import Decoded
from archive.evidence import Evidence
from archive.importers.extracted import Extracted
from archive.importers.removals import removals

_PAGE = re.compile(r"<pb:[^<>\n]{1,100}>(?:¶\n?)?")
_MODE = re.compile(r"\ufeff?# -\*- mode:[^\n]*(?:\n|$)")
_KEYWORD = re.compile(r"^#\+[A-Za-z_]+:[^\n]*(?:\n|$)", re.MULTILINE)
_TITLE = re.compile(r"^#\+TITLE:[ \t]*(\S[^\r\n]*?)[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_STARS = re.compile(r"^\*{1,8}[ \t]+(?=\S)", re.MULTILINE)
_LINE_END = re.compile(r"¶(?:\n(?![\s*#]|$))?")
_HEAD_CHARS = 2_000


def read_edition(decoded: Decoded) -> Extracted | None:
    """Read the text of a classical edition; None if it carries no such marks.

    A line end behind `¶` goes with it, unless a blank line, a heading or an indent follows.
    """
    text = decoded.text
    keywords = [match.span() for match in _KEYWORD.finditer(text, 0, _HEAD_CHARS)] if "#+" in text[:_HEAD_CHARS] else []
    pages = [match.span() for match in _PAGE.finditer(text)] if "<pb:" in text else []
    if not pages and len(keywords) < 2:
        return None
    mode = [match.span() for match in [_MODE.match(text)] if match]
    title = _TITLE.search(text, 0, _HEAD_CHARS)
    ranges = {
        "markup.keyword": [*mode, *keywords],
        "markup.page-mark": [*pages, *((match.span() for match in _LINE_END.finditer(text)) if pages else ())],
        "markup.heading-mark": [match.span() for match in _STARS.finditer(text)],
    }
    return Extracted(
        raw=text,
        format="text",
        encoding=decoded.encoding,
        unreadable=decoded.unreadable,
        edits=tuple(removals(ranges)),
        evidence=(Evidence("title", title[1], *title.span(1), "markup.title", 0.95),) if title else (),
    )
