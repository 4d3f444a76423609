"""Titles: the line, or lines, above byline, date and text, without what an uploader added.

`某某:在…上的讲话(全文9500字)` is 在…上的讲话; `(摘要)` and `(试行)` stay: they belong to the title. Source: issue 4, its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.describing.front import OPENING, SALUTATION, Front, Role
from archive.describing.labelled import Labelled
from archive.describing.lines import Stretch, joined
from archive.describing.names import is_name
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence
from archive.folding import fold

_ENDING = pattern(r"(?:<kinds.tsv>)(?:[(][^()]{1,30}[)])*[》」”]?$")
_REMARK = pattern(
    r"[(【\[](?:全文[^()]*|(?:共|约)?[0-9一二两三四五六七八九十几]+[篇份][^()]*|[0-9]+字|精选[^()]*|范文[^()]*|合集|完整版|最新[^()]*|免费[^()]*|可编辑[^()]*|只有中文|附图|word版?|pdf版?)[)】\]]$"
)
_UPLOADED = pattern("^(?P<name>[\u3400-\u9fff·]{2,4})(?:同志)?[:：](?=.{4})")
_ORDINAL = pattern("^(?:[一二三四五六七八九十壹贰参叁]{1,3}、|[(][一二三四五六七八九十]{1,3}[)])(?=.*(?:纪录|记录|纪要)$)")
_SITE = pattern(r"\s*[_|｜\-–—]+\s*[^_|｜\-–—]{2,24}$")
_SITE_WORD = pattern("网|站|门户|政府$|频道|平台|新闻|日报|晚报|报$|时报|在线|中心|文库|百科|公众号|博客|论坛$|图书馆|研究会")
_PROPERTY = pattern(r"^[#]\+title:(?P<title>.+)$")
_DECREED = pattern("《(?P<title>[^《》]{4,60})》(?:已|,|公布|自)")
_BEFORE_SALUTATION = pattern(rf"(?P<title>[^。;?!]{{4,90}}?(?:<kinds.tsv>)(?:[(][^()]{{1,12}}[)])?)(?={OPENING})")
_BODY = pattern("[㐀-鿿]{2,24}(?:人民法院|检察院|人民政府|办公厅|办公室|委员会|管理局|财政局|教育局|[厅局])")
_LONGEST = 130


_GENRE = pattern(r"<kinds.tsv=yes>(?:[(][^()]{1,30}[)])*[》」”]?$")
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


def find_titles(front: Front) -> tuple[TitleLine, ...]:
    """Find the lines that are, or might be, titles; of those above a byline, a date or the like the first is the title."""
    sure = 0.3 if _looks_like_anthology(front) else None
    found: list[TitleLine] = []
    for line, after in _groups(front):
        rule = _rule(line, after, front, first=all(is_letterhead(title.line) for title in found))
        settled = any(title.rule in ("title.front", "title.proceedings") for title in found)
        same = any(_core(title.line.folded) == _core(line.folded) for title in found)
        found.append(TitleLine(line, "title.line" if settled and not same and rule != "title.proceedings" else rule, sure))
    found += (TitleLine(line, "title.decree") for line in _decreed(front, [title.line for title in found]))
    found += (TitleLine(line, "title.salutation") for line in _in_text(front))
    return tuple(found)


def read_titles(front: Front, titles: Sequence[TitleLine], labelled: Sequence[Labelled]) -> Iterator[Evidence]:
    """Read every title that a document's head gives."""
    for each in labelled:
        if each.states == "title":
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
        if role is Role.TITLE or (group and role is Role.NOTHING and _completes(group, line)):
            if group and not _goes_on(group, line):
                yield joined(group), Role.TITLE
                group = []
            group.append(line)
        elif group:
            yield joined(group), front.roles[number]
            group = []
    if group:
        yield joined(group), Role.TEXT if front.start < len(front.lines) else None


def _goes_on(group: Sequence[Stretch], line: Stretch) -> bool:
    """Whether a title goes on with this line: it has not come to an end, and the line is no heading of its own."""
    so_far = joined(group).folded
    if len(group) == 1 and is_letterhead(group[0]) and not re.match("关于|对|转发|批转|印发|致", line.folded):
        return False
    complete = _GENRE.search(so_far) is not None and so_far.count("《") == so_far.count("》")
    return not complete and not group[0].heading and not line.heading and len(so_far) + len(line.folded) <= _LONGEST


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
    if first and after is Role.LABEL and 4 <= len(folded) <= 60:
        return "title.above-labels"
    alone = first and after in (Role.TEXT, Role.LABEL) and 4 <= len(folded) <= 45 and front.text
    return "title.first-line" if alone and _set_apart(line, front.text[0]) else "title.line"


def _is_broken(line: Stretch, text: Stretch) -> bool:
    """Whether a line is the beginning of prose that is broken at a fixed width: half a bracket, or a comma and no space below."""
    folded = line.folded
    pairs = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"), ("(", ")"), ("【", "】"))
    return any(folded.count(left) != folded.count(right) for left, right in pairs) or (
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
    return starts and len(text.folded) >= 40 and (len(folded) <= 20 or _space_below(line, text))


def _title(title: TitleLine) -> Iterator[Evidence]:
    """Give a title without ordinal, uploader's name and remarks."""
    line, rule, folded = title.line, title.rule, title.line.folded
    start, end = 0, len(folded)
    if ordinal := _ORDINAL.match(folded):
        start = ordinal.end()
    while remark := _REMARK.search(folded[start:end]):
        end = start + remark.start()
    if folded[start:end].startswith("《") and folded[start:end].endswith("》") and folded.count("《", start, end) == 1:
        start, end = start + 1, end - 1
    uploaded = _UPLOADED.match(folded[start:end])
    if uploaded and is_name(uploaded["name"]):
        start += uploaded.end()
        rule = "title.upload"
    if end - start >= 2:
        yield line.found(rule, start, end, sure=title.sure)


def _decreed(front: Front, titles: Sequence[Stretch]) -> Iterator[Stretch]:
    """Find the title of what a decree promulgates: 现公布《…》, and the same words alone in a line below."""
    if not titles or not titles[0].folded.endswith(("令", "公告")):
        return
    for text in front.text[:3]:
        for match in _DECREED.finditer(text.folded):
            for line in front.text:
                if line.folded == match["title"]:
                    yield line
                    return


def _in_text(front: Front) -> Iterator[Stretch]:
    """Find titles that stand before a salutation in the same line."""
    for line in front.lines[:15]:
        if len(line.folded) > 60 and (match := _BEFORE_SALUTATION.match(line.folded)):
            yield line.part(*_last_copy(match["title"]))


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
