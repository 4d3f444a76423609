"""Titles: the line, or lines, above byline, date and text, without what an uploader added.

`某某:在…上的讲话(全文9500字)` is 在…上的讲话; `(摘要)` and `(试行)` stay: they belong to the title. Source: issue 4, its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.describing.front import HEADING, NUMBERED_TITLE, QUESTION, SALUTATION, Front, Role, role_of
from archive.describing.inline_titles import titles_in_text
from archive.describing.labelled import Labelled
from archive.describing.lines import Lines, Stretch
from archive.describing.names import is_name
from archive.describing.title_lines import BRACKETS, GENRE, in_columns, is_letterhead, title_groups
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence
from archive.folding import fold

_ENDING = pattern(r"(?:<kinds.tsv>)(?:[(][^()]{1,30}[)])*[》」”]?$")
_REMARK = pattern(
    r"[(【\[](?:全文[^()]*|(?:共|约)?[0-9一二两三四五六七八九十几]+[篇份][^()]*|(?:[共约计]{0,2}[0-9]+余?字)[^()]*|精选[^()]*|范文[^()]*|合集|完整版|最新[^()]*|免费[^()]*|可编辑[^()]*|只有中文|附图|word版?|pdf版?)[)】\]]$"
)
_UPLOADED = pattern("^(?P<name>[\u3400-\u9fff·]{2,4})(?:同志)?[:：](?=.{4})")
_ORDINAL = pattern("^(?:[一二三四五六七八九十壹贰参叁]{1,3}、|[(][一二三四五六七八九十]{1,3}[)])(?=.*(?:纪录|记录|纪要)$)")
_SITE = pattern(r"\s*[_|｜\-–—]+\s*[^_|｜\-–—]{2,24}$")
_SITE_WORD = pattern("网|站|门户|政府$|频道|平台|新闻|日报|晚报|报$|时报|在线|中心|文库|百科|公众号|博客|论坛$|图书馆|研究会")
_PROPERTY = pattern(r"^[#]\+title:(?P<title>.+)$")
_DECREED = pattern("[《「](?P<title>[^《》「」]{4,60})[》」](?:已|,|公布|自|[。.]?$)")
_PARTS = pattern(r"[_|>»›→《》]+|[—―─\-]{1,2}|\.(?:docx?|pdf|pptx?|wps|txt)")
_ABOUT_A_PERSON = pattern("(?:传|小传|列传|传略|行状|事略|年谱|墓志铭|简介|概况|简史)$")
SPOKEN = pattern("[:][在于]|[:]关于|<kinds.tsv=yes>(?:[(][^()]{1,30}[)])*$")
"""What stands behind a name and a colon if the name is the speaker's."""
_DECORATED = pattern(
    r"(?:[★☆●◆■▲※○◎◇□▼►~*]|[【\[(](?:精品|精选|原创|转载|推荐|最新|热门|荐|转|图文|组图|范文|置顶|独家)[】\])])*(?P<title>.{2,}?)[★☆●◆■▲※○◎◇▼~*]*"
)
_TWICE = pattern(r"([\u3400-\u9fff]{1,12}?)\1")
_POEMS = pattern("[一二三四五六七八九十百0-9]+[首阕阙]$")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """What stands as a title.

    Attributes:
        line: The line, or several as one.
        rule: By which rule it is a title.
        sure: The confidence, if not that of the rule.
    """

    line: Stretch
    rule: str
    sure: float | None = None


def find_titles(front: Front, lines: Lines) -> tuple[TitleLine, ...]:
    """Find the lines that are, or might be, titles; of those above a byline, a date or the like the first is the title.

    Args:
        front: The front of the document.
        lines: Head and tail, removed lines too: what stands there again is the title.
    """
    sure = 0.3 if _looks_like_anthology(front) else None
    several = next((line for line in front.lines[:1] if _POEMS.search(line.folded) and len(line.folded) <= 20), None)
    found: list[TitleLine] = []
    groups = tuple((_undecorated(line), _set_below(line, after, lines)) for line, after in title_groups(front))
    for number, (line, after) in enumerate(groups):
        first = all(is_letterhead(above) or _is_kicker(above, line) for above, _ in groups[:number])
        rule = _rule(line, after, front, first=first)
        if line.pieces == (several.pieces if several else ()):
            rule = "title.genre"  # the title of several poems
        elif rule in ("title.line", "title.first-line", "title.genre", "title.above-labels") and _is_echoed(line, front, lines):
            rule = "title.repeated"
        if _is_doubled(line.folded):
            rule = "title.line"
        settled = any(title.rule in ("title.front", "title.proceedings", "title.repeated") for title in found)
        same = any(_core(title.line.folded) == _core(line.folded) for title in found)
        found.append(TitleLine(line, "title.line" if settled and not same and rule != "title.proceedings" else rule, sure))
    found += (TitleLine(line, "title.decree") for line in _decreed(front, [title.line for title in found]))
    found += (TitleLine(line, "title.salutation") for line in titles_in_text(front))
    return tuple(found)


def read_titles(front: Front, titles: Sequence[TitleLine], labelled: Sequence[Labelled]) -> Iterator[Evidence]:
    """Read every title that a document's head gives."""
    for each in labelled:
        if each.states == "title" and (each.label != "名称" or GENRE.search(each.folded)):
            yield each.line.found("title.label", each.start, each.end)
    for title in titles:
        yield from _title(title)
    for line in front.lines[:25]:
        if match := _PROPERTY.match(line.folded):
            yield line.found("title.property", *match.span("title"))


def _core(folded: str) -> str:
    return re.sub(r"[\W_]", "", folded)


def _undecorated(line: Stretch) -> Stretch:
    """Take stars and tags off a title: ★…★, [精品]…."""
    found = _DECORATED.fullmatch(line.folded) if len(line.pieces) == 1 else None
    return line.part(*found.span("title")) if found and found["title"] != line.folded else line


def _set_below(line: Stretch, after: Role | None, lines: Lines) -> Role | None:
    """Tell what stands below a title: a credit or a label that was removed counts as one that was kept."""
    if after is not Role.TEXT:
        return after
    at = next((number for number, other in enumerate(lines.head) if other.pieces[0] == line.pieces[-1]), len(lines.head))
    below = lines.head[at + 1] if at + 1 < len(lines.head) else None
    if below is None or below.kept:
        return after
    return Role.LABEL if "credit" in below.pieces[0].rule or role_of(below) is Role.LABEL else after


def _is_doubled(folded: str) -> bool:
    """Whether most of a line stands twice, letter by letter or word by word, as layers of a PDF leave it."""
    twice = sum(2 * len(run[1]) for run in _TWICE.finditer(folded))
    return len(folded) >= 6 and 2 * twice > len(folded)


def _is_kicker(above: Stretch, line: Stretch) -> bool:
    """Whether a line is only what stands above a title: the name of a section, much shorter than the title, or words of a bar."""
    bracketed = above.folded[0] in "([【" and above.folded[-1] in ")]】"
    short = len(above.folded) <= 8 and (bracketed or 2 * len(above.folded) <= len(line.folded))
    return not GENRE.search(above.folded) and not above.heading and (short or in_columns(above))


def _is_echoed(line: Stretch, front: Front, lines: Lines) -> bool:
    """Whether a title stands on the page again: in a crumb or a notice, with a site's name, or at the beginning of the text."""
    core = _core(_REMARK.sub("", line.folded))
    if not 4 <= len(core) <= 60:
        return False
    page = [*lines.head[:25], *(other for other in lines.rest if not other.kept)]
    if any(_echoes(other.folded, core) for other in page if other.pieces[0] not in line.pieces and other not in front.text):
        return True
    below = next((below for above, below in pairwise(front.lines) if above.pieces[0] == line.pieces[-1]), None)
    if below is None or len(line.folded) > min(20, len(below.folded) - 5):
        return False
    return _core(below.folded[:60]).startswith(_ABOUT_A_PERSON.sub("", core))


def _echoes(folded: str, core: str) -> bool:
    """Whether a line is the title again: alone, as a part between marks, or named in 《》."""
    if len(folded) > 400 or core[:2] not in folded:
        return False
    return any(_core(part) == core for part in (folded, *_PARTS.split(folded))) if core[:4] in _core(folded) else False


def _rule(line: Stretch, after: Role | None, front: Front, *, first: bool) -> str:
    """Tell by which rule a line is a title."""
    folded = line.folded
    has_genre = GENRE.search(_REMARK.sub("", folded)) is not None
    if after is Role.LABEL and has_genre and folded.endswith(("纪录", "记录", "纪要", "议事录")):
        return "title.proceedings"
    if after in (Role.BYLINE, Role.DATE, Role.OCCASION, Role.NUMBER, Role.HISTORY) or (after is Role.LABEL and has_genre):
        return "title.front" if first or has_genre or line.heading else "title.line"
    if is_letterhead(line):
        return "title.line"
    if line.heading and first:
        return "title.heading"
    if has_genre and after is Role.TEXT and front.text and SALUTATION.match(front.text[0].folded):
        return "title.front"
    if after is Role.TEXT and front.text and _is_broken(line, front.text[0]):
        return "title.line"
    if has_genre:
        return "title.genre"
    if first and after in (Role.TEXT, Role.LABEL) and _ENDING.search(_REMARK.sub("", folded)):
        return "title.genre"
    if first and after is Role.LABEL and 2 <= len(folded) <= 60:
        return "title.above-labels"
    long_enough = 4 <= len(folded) <= 60 or (len(folded) >= 2 and bool(front.text) and len(front.text[0].folded) >= 40)
    alone = first and after in (Role.TEXT, Role.LABEL) and long_enough and front.text
    return "title.first-line" if alone and _set_apart(line, front.text[0]) else "title.line"


def _is_broken(line: Stretch, text: Stretch) -> bool:
    """Whether a line is the beginning of prose that is broken at a fixed width: half a bracket, or a comma and no space below."""
    folded = line.folded
    comma = "," in folded and len(text.folded) < 2 * len(folded) and not _space_below(line, text)
    return comma or any(folded.count(left) != folded.count(right) for left, right in BRACKETS)


def _space_below(line: Stretch, text: Stretch) -> bool:
    """Whether a blank line or an indent stands between two lines of the raw text."""
    between = line.reading.raw[line.span(len(line.folded) - 1, len(line.folded))[1] : text.span(0, 1)[0]]
    return between.count("\n") > 1 or between[-1:] in (" ", "\u3000", "\t", "\xa0")


def _set_apart(line: Stretch, text: Stretch) -> bool:
    """Whether a short first line is set apart from the prose below it: by space, or by being half as long as a line."""
    folded = line.folded
    starts = re.match(r"[\w“《「『【(#]", folded) is not None
    begins = any(below.match(text.folded) for below in (HEADING, QUESTION, SALUTATION)) or _is_prose(text, line)
    longer = len(text.folded) >= max(60, 2 * len(folded))
    return starts and begins and (len(folded) <= 20 or longer or _space_below(line, text))


def _is_prose(text: Stretch, title: Stretch) -> bool:
    """Whether a text begins with a paragraph: long, or a whole sentence much longer than the title."""
    length = len(text.folded)
    return length >= 40 or (length >= max(20, 2 * len(title.folded)) and text.folded.endswith(("。", "”", "!", "?")))


def _title(title: TitleLine) -> Iterator[Evidence]:
    """Give a title without ordinal, uploader's name and remarks."""
    line, rule, folded = title.line, title.rule, title.line.folded
    start, end = 0, len(folded)
    if ordinal := _ORDINAL.match(folded) or NUMBERED_TITLE.match(folded):
        start = ordinal.end()
    while remark := _REMARK.search(folded[start:end]):
        end = start + remark.start()
    if folded[start:end].startswith("《") and folded[start:end].endswith("》") and folded.count("《", start, end) == 1:
        start, end = start + 1, end - 1
    uploaded = _UPLOADED.match(folded[start:end])
    if uploaded and is_name(uploaded["name"]) and SPOKEN.search(folded[start:end]):
        start += uploaded.end()
        rule = "title.upload"
    if end - start >= 2:
        yield line.found(rule, start, end, sure=title.sure)


def _decreed(front: Front, titles: Sequence[Stretch]) -> Iterator[Stretch]:
    """Find the title of what a decree promulgates: 现公布《…》, and the same words alone in a line below."""
    if not titles or not titles[0].folded.endswith(("令", "公告")):
        return
    for text in (*front.lines[: front.start], *front.text[:3]):
        for match in _DECREED.finditer(text.folded):
            for line in front.lines:
                if line.folded == match["title"]:
                    yield line
                    return


def _looks_like_anthology(front: Front) -> bool:
    """Whether titles and names follow each other, as in a collection of poems: then no line is the title of the whole."""
    lines = [line.folded for line in front.lines]
    names = [at for at, folded in enumerate(lines) if is_name(folded)]
    apart = [at for at, before in zip(names[1:], names, strict=False) if at - before > 1]
    return len(apart) >= 1 and not any(role in (Role.LABEL, Role.DATE, Role.OCCASION) for role in front.roles[: front.start])


def without_site(title: str) -> str | None:
    """Take the name of a site off the title of a web page: 标题_某某网; None where there is none."""
    match = _SITE.search(title)
    if match is None or not _SITE_WORD.search(fold(match[0])) or match.start() < 4:
        return None
    return without_site(title[: match.start()]) or title[: match.start()].strip()
