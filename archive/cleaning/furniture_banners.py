"""Furniture inside a paragraph: advertisements and accounts in mid-sentence, notices, credits and "read on" at its ends.

What stands around a banner joins up again exactly, so a banner in mid-sentence must be proved by its own words, and by what
does not stand beside it. Patterns: data/furniture_banners.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from archive.cleaning.furniture_credits import is_byline_in_brackets, parse_credits
from archive.cleaning.furniture_notices import is_notice, sentences
from archive.cleaning.furniture_page import any_of, pattern, table

_REACH = 600
"""So many characters at either end of a paragraph may hold furniture of the head or tail."""

_HAN = re.compile("[㐀-鿿豈-﫿〇“”‘’《》]")
_LAST_BRACKET = re.compile(r"[(【\[〔]([^()【】\[\]〔〕\n]{2,60})[)】\]〕]\s*$")
_READ_ON = re.compile(
    r"(?:\.{3,}|…+)?\s*[\[(【〔<]?\s*(?:点击|点此)?(?:未完待续|(?:查看|阅读|展开|显示|浏览)(?:全文|更多|全部|剩余内容|全部内容)|余下全文|(?:请)?下载(?:后)?(?:查看|阅读)?全文)\s*[\])】〕>]?[>»…]*\s*$"
)
_PHOTO = re.compile(
    pattern(r"(?<=[。!?])\s*(?:[一-鿿·]{0,12}(?:记者|通讯员))\s*[一-鿿]{2,4}(?:[\s、]+[一-鿿]{2,4}){0,2}\s*/?\s*摄$")
)
_PLACE = re.compile(
    pattern(
        r"[【\[(]?(?:您|你|我)?(?:现在|当前|目前|现)?(?:所在|所处)?的?位置[】\])]?:\s*(?:网站)?(?:首页|主页)(?:\s*[>»›→≫》/]+\s*[^\s,。;!?:>»›→≫》/]{1,16}){1,8}\s+"
    )
)


@dataclass(frozen=True, slots=True)
class Find:
    """Furniture inside a line.

    Attributes:
        rule: Id of the rule, without its family.
        start: First code point in the line.
        end: One past the last.
        confidence: None for that of the rule.
    """

    rule: str
    start: int
    end: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class _Banner:
    needs: frozenset[str]
    found: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    wants: re.Pattern[str] | None
    confidence: float
    glued: bool


@cache
def _banners() -> tuple[_Banner, ...]:
    rows = table("banners")

    def compiled(source: str | None, end: str = "") -> re.Pattern[str] | None:
        return re.compile(f"(?:{pattern(source, rows['macros'])}){end}") if source else None

    return tuple(
        _Banner(
            frozenset(row["needs"]),
            re.compile(pattern(row["pattern"], rows["macros"])),
            compiled(row.get("before"), r"\s*$"),
            compiled(row.get("after")),
            compiled(row.get("wants")),
            row["confidence"],
            row.get("glued", False),
        )
        for row in rows["banner"]
    )


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    groups = {pattern(word): name for name, words in table("banners")["words"].items() for word in words.split()}
    return re.compile(any_of(groups)), groups


def find_inside(line: str) -> Iterator[Find]:
    """Find banners anywhere in a plain line, and sentences of notices where nothing around them says so."""
    taken = bytearray(len(line))
    for banner in _find_banners(line):
        yield banner
        taken[banner.start : banner.end] = b"\1" * (banner.end - banner.start)
    if _words()[0].search(line):
        for start, end in sentences(line):
            if is_notice(line[start:end], alone=True) and 1 not in taken[start:end]:
                yield Find("notice", start, end)


def cuts_a_sentence(line: str) -> bool:
    """Whether a banner stands inside a sentence of a plain line, so that the line as a whole is none."""
    return any(
        _HAN.match(line, each.start - 1) and _HAN.match(line, each.end) and 2 * (each.end - each.start) < len(line)
        for each in _find_banners(line)
        if each.start > 0
    )


def _find_banners(line: str) -> Iterator[Find]:
    words, groups = _words()
    held = {groups[found[0]] for found in words.finditer(line)}
    for banner in _banners():
        if banner.needs.isdisjoint(held):
            continue
        for found in banner.found.finditer(line):
            start, end = found.span()
            while end > start and line[end - 1].isspace():
                end -= 1
            if _allows(banner, line, start, end):
                yield Find("banner", start, end, banner.confidence)


def _allows(banner: _Banner, line: str, start: int, end: int) -> bool:
    before, after = line[max(0, start - 6) : start], line[end : end + 4]
    if banner.before is not None and banner.before.search(before):
        return False
    if banner.after is not None and banner.after.match(after):
        return False
    if banner.wants is not None and banner.wants.search(line, start, end) is None:
        return False
    return not banner.glued or (_HAN.match(before[-1:]) is not None and _HAN.match(after[:1]) is not None)


def find_at_end(line: str) -> Iterator[Find]:
    """Find furniture at the end of a plain line behind which the text is over."""
    offset = max(0, len(line) - _REACH)
    line = line[offset:]
    while line:
        found = _last_of(line)
        if found is None:
            return
        yield Find(found.rule, found.start + offset, found.end + offset)
        line = line[: found.start]


def _last_of(line: str) -> Find | None:
    bracket = _LAST_BRACKET.search(line)
    if bracket and bracket.start() and (is_byline_in_brackets(bracket[1]) or any(each.value for each in parse_credits(bracket[1]))):
        return Find("credit-line", bracket.start(), len(line))
    read_on = _READ_ON.search(line)
    if read_on and read_on.start() and len(read_on[0].strip()) >= 4 and not line[read_on.start()].isalnum():
        return Find("cut-off", read_on.start(), len(line))
    start, end = max(sentences(line), default=(0, 0))
    if 0 < start < end and is_notice(line[start:end]):
        return Find("notice", start, len(line))
    return None


def find_at_start(line: str) -> Iterator[Find]:
    """Find furniture at the start of a plain line before which nothing stands: a breadcrumb, sentences of a notice."""
    crumb = _PLACE.match(line)
    if crumb and crumb.end() < len(line):
        yield Find("breadcrumb", 0, crumb.end())
        return
    for start, end in sentences(line[:_REACH]):
        if end == min(len(line), _REACH) or not is_notice(line[start:end]):
            return
        yield Find("notice", start, end)


def find_photo_credit(line: str) -> Iterator[Find]:
    """Find who took the picture, behind what the picture shows."""
    found = _PHOTO.search(line) if len(line) <= _REACH else None
    if found:
        yield Find("credit-line", found.start(), len(line))
