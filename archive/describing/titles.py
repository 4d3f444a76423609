"""Titles: the line, or lines, above byline, date and text, without what an uploader added.

`某某:在…上的讲话(全文9500字)` is 在…上的讲话; `(摘要)` and `(试行)` stay: they belong to the title. Source: issue 4, its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from archive.describing.chinese_dates import find_dates
from archive.describing.front import (
    HEADING,
    NUMBERED_TITLE,
    OPENING,
    QUESTION,
    SALUTATION,
    SUBTITLE,
    Front,
    Role,
    is_byline_and_day,
    role_of,
)
from archive.describing.labelled import Labelled
from archive.describing.lines import Lines, Stretch, joined
from archive.describing.names import is_name
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
_BEFORE_SALUTATION = pattern(
    rf"(?P<title>[^。;?!]{{4,90}}?(?:<kinds.tsv>)(?:[(][^()0-9]{{1,12}}[)])?)(?P<between>[^。;:,!?]{{0,50}}?)(?={OPENING})"
)
_BODY = pattern("[㐀-鿿]{2,24}(?:人民法院|检察院|人民政府|办公厅|办公室|委员会|管理局|财政局|教育局|[厅局])")
_NUMBERED = pattern(r"[0-9]{1,2}[.、](?![0-9])")
_LONGEST = 130


_PARTS = pattern(r"[_|>»›→《》]+|[—―─\-]{1,2}|\.(?:docx?|pdf|pptx?|wps|txt)")
_BRACKETS = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"), ("(", ")"), ("【", "】"))
_ABOUT = pattern("关于|对|转发|批转|印发|致")
_ENDS_AS_BODY = pattern("<organs.txt>$")
_JOINS = pattern("(?:的|和|与|及|、|暨|关于|对|为|在|以|,|:|——|──)$")
_JOINED = pattern("(?:的|和|与|及|暨|》|”|」|[)])")
_ABOUT_A_PERSON = pattern("(?:传|小传|列传|传略|行状|事略|年谱|墓志铭|简介|概况|简史)$")
SPOKEN = pattern("[:][在于]|[:]关于|<kinds.tsv=yes>(?:[(][^()]{1,30}[)])*$")
"""What stands behind a name and a colon if the name is the speaker's."""
_OPEN = pattern("[^,。:]{0,12}在(?!.*[上中下内时])[^,。:]{0,30}$")
"""A title that says 在 and not yet in what."""
_DECORATED = pattern(
    r"(?:[★☆●◆■▲※○◎◇□▼►~*]+|[【\[(](?:精品|精选|原创|转载|推荐|最新|热门|荐|转|图文|组图|范文|置顶|独家)[】\])])*(?P<title>.{2,}?)[★☆●◆■▲※○◎◇▼~*]*"
)
_TWICE = pattern(r"([\u3400-\u9fff]{1,12}?)\1")
_WRAPPED = 12
"""Letters of a line from which on it may be wrapped."""

_POEMS = pattern("[一二三四五六七八九十百0-9]+[首阕阙]$")
_GENRE = pattern(r"(?:<kinds.tsv=yes>|^[告致].{2,24}书)(?:[(][^()]{1,30}[)])*[》」”]?$")
"""Endings that make a line a title by themselves."""


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
    groups = tuple((_undecorated(line), _set_below(line, after, lines)) for line, after in _groups(front))
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
    found += (TitleLine(line, "title.salutation") for line in _in_text(front))
    return tuple(found)


def read_titles(front: Front, titles: Sequence[TitleLine], labelled: Sequence[Labelled]) -> Iterator[Evidence]:
    """Read every title that a document's head gives."""
    for each in labelled:
        if each.states == "title" and (each.label != "名称" or _GENRE.search(each.folded)):
            yield each.line.found("title.label", each.start, each.end)
    for title in titles:
        yield from _title(title)
    for line in front.lines[:25]:
        if match := _PROPERTY.match(line.folded):
            yield line.found("title.property", *match.span("title"))


def _core(folded: str) -> str:
    return re.sub(r"[\W_]", "", folded)


def _groups(front: Front) -> Iterator[tuple[Stretch, Role | None]]:
    """Yield lines that together are one title, each with what stands below it."""
    group: list[Stretch] = []
    for number, (line, role) in enumerate(zip(front.lines[: front.start], front.roles, strict=False)):
        below = [each for each, _ in takewhile(_is_title, zip(front.lines[number:], front.roles[number:], strict=True))][:3]
        if role is Role.TITLE or (group and role is Role.NOTHING and _completes(group, line) and _goes_on(group, [line])):
            if group and not _goes_on(group, below or [line]):
                yield joined(group), Role.TITLE
                group = []
            group.append(line)
        elif group and role is Role.OCCASION and _is_subtitle(line):
            group.append(line)
        elif group:
            yield joined(group), front.roles[number]
            group = []
    if group:
        yield joined(group), Role.TEXT if front.start < len(front.lines) else None


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


def _is_title(line: tuple[Stretch, Role]) -> bool:
    return line[1] is Role.TITLE


def _is_subtitle(line: Stretch) -> bool:
    """Whether a line begins with a dash and tells neither when nor where something was said: it goes on with the title."""
    folded = line.folded
    return SUBTITLE.match(folded) is not None and len(folded) <= 50 and not find_dates(folded) and not folded.endswith(("上", "时"))


def _goes_on(group: Sequence[Stretch], below: Sequence[Stretch]) -> bool:
    """Whether a title goes on with the next line: it has not come to an end, and the two are no headings of their own.

    Args:
        group: The lines that are one title so far.
        below: The lines that follow it and could be part of it, at least one.
    """
    so_far, line = joined(group).folded, below[0]
    complete = _GENRE.search(so_far) is not None and so_far.count("《") == so_far.count("》")
    if complete or group[0].heading or line.heading or len(so_far) + len(line.folded) > _LONGEST:
        return False
    if len(group) == 1 and "关于" not in so_far and (is_letterhead(group[0]) or _ENDS_AS_BODY.search(so_far)):
        return _ABOUT.match(line.folded) is not None
    if _half(so_far) or _JOINS.search(so_far) or _JOINED.match(line.folded):
        return True
    is_long = len(group[-1].folded) >= _WRAPPED and not _set_in_columns(group[-1])
    wraps = is_long or "关于" in so_far or _OPEN.match(so_far) is not None
    return wraps and any(_GENRE.search(so_far + joined(below[:number]).folded) for number in range(1, len(below) + 1))


def _is_doubled(folded: str) -> bool:
    """Whether most of a line stands twice, letter by letter or word by word, as layers of a PDF leave it."""
    twice = sum(2 * len(run[1]) for run in _TWICE.finditer(folded))
    return len(folded) >= 6 and 2 * twice > len(folded)


def _set_in_columns(line: Stretch) -> bool:
    """Whether white space parts the words of a line, as in bars of a page."""
    return len(line.text.split()) >= 3


def _half(folded: str) -> bool:
    """Whether a bracket or a quotation is open."""
    return any(folded.count(left) > folded.count(right) for left, right in _BRACKETS)


def _is_kicker(above: Stretch, line: Stretch) -> bool:
    """Whether a line is only what stands above a title: the name of a section, much shorter than the title, or words of a bar."""
    bracketed = above.folded[0] in "([【" and above.folded[-1] in ")]】"
    short = len(above.folded) <= 8 and (bracketed or 2 * len(above.folded) <= len(line.folded))
    return not _GENRE.search(above.folded) and not above.heading and (short or _set_in_columns(above))


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


def is_letterhead(line: Stretch) -> bool:
    """Whether a line holds the name of a body and nothing else."""
    return _BODY.fullmatch(line.folded) is not None


def _completes(group: Sequence[Stretch], line: Stretch) -> bool:
    return not _GENRE.search(joined(group).folded) and _GENRE.search(joined([*group, line]).folded) is not None


def _rule(line: Stretch, after: Role | None, front: Front, *, first: bool) -> str:
    """Tell by which rule a line is a title."""
    folded = line.folded
    has_genre = _GENRE.search(_REMARK.sub("", folded)) is not None
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
    return any(folded.count(left) != folded.count(right) for left, right in _BRACKETS) or (
        "，" in folded and not _space_below(line, text)
    )


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


def _in_text(front: Front) -> Iterator[Stretch]:
    """Find titles that stand in one line with the text: before a salutation, or set off by white space."""
    for line in front.lines[:15]:
        if len(line.folded) <= 60:
            continue
        numbered = _NUMBERED.match(line.folded)
        start = numbered.end() if numbered else 0
        match = _BEFORE_SALUTATION.match(line.folded, start)
        if match and (not match["between"] or is_byline_and_day(match["between"])):
            copy = _last_copy(match["title"])
            yield line.part(start + copy[0], start + copy[1])
        elif (gap := next(iter(line.gaps(start, min(len(line.folded), 80))), 0)) and _GENRE.search(line.folded[start:gap]):
            yield line.part(start, gap)
        elif part := _among_bars(line):
            yield line.part(*part)


def _among_bars(line: Stretch) -> tuple[int, int] | None:
    """Find a title that stands in one line with bars of a page before it and a salutation behind it: the last set off by space."""
    salutation = SALUTATION.search(line.folded[:250])
    if salutation is None:
        return None
    parts = pairwise([0, *line.gaps(0, salutation.start()), salutation.start()])
    titles = [(start, end) for start, end in parts if 6 <= end - start <= 60 and _GENRE.search(line.folded[start:end])]
    return titles[-1] if titles else None


def between_title_and_salutation(line: Stretch) -> tuple[int, int] | None:
    """Give where name and day stand between the title and the salutation of a text that is all one line; None if they do not."""
    numbered = _NUMBERED.match(line.folded)
    match = _BEFORE_SALUTATION.match(line.folded, numbered.end() if numbered else 0) if len(line.folded) > 60 else None
    return match.span("between") if match and match["between"] and is_byline_and_day(match["between"]) else None


def _last_copy(folded: str) -> tuple[int, int]:
    """Give the last of several copies that stand one behind the other; the whole where there is one."""
    for start in range(len(folded) // 2, 3, -1):
        rest = folded[start:]
        if folded[:start].endswith(rest):
            return start, len(folded)
    return 0, len(folded)


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
