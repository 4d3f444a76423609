"""What a wiki page leaves behind its headings and above them: [编辑], and a table of contents that names the headings once more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.cleaning.furniture_page import Page

_OTHER = "(?:本段|本節|本节|源代码|原始碼|源码)"
_MARK = re.compile(
    rf"(?<=\S)[ \t\u3000]*[\[［](?:编辑|編輯){_OTHER}?(?:\s*[|｜]\s*(?:编辑|編輯)?{_OTHER})?[\]］](?=[ \t\u3000]*$)", re.MULTILINE
)
_ENTRY = re.compile(r"\s*[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.、\s]\s*.{1,40}")
_CONTENTS = re.compile(r"目\s*[录錄](?:\s*[\[［(（](?:隐藏|隱藏|显示|顯示|收起|展开|展開)[\]］)）])?")
_FEWEST, _FIRST_LINES = 2, 40


def find_wiki_marks(page: Page) -> Iterator[tuple[int, int]]:
    """Find [编辑] behind headings, where a text has two and more; ranges of the text."""
    found = list(_MARK.finditer(page.text.string)) if "]" in page.text.string or "］" in page.text.string else []
    if len(found) >= _FEWEST:
        yield from (each.span() for each in found)


def find_wiki_contents(page: Page) -> Iterator[int]:
    """Find the table of contents of a page with such marks: a heading, and numbered lines that name headings."""
    marked = [page.line_at(end - 1) for _, end in find_wiki_marks(page)]
    if len(marked) < _FEWEST:
        return
    for number in range(min(_FIRST_LINES, marked[0])):
        if _CONTENTS.fullmatch(page.text.of(page.lines[number]).strip()):
            yield number
            for each in range(number + 1, marked[0]):
                if _ENTRY.fullmatch(page.text.of(page.lines[each])) is None:
                    return
                yield each
