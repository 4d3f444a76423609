"""What kind of text it is: how its title ends, how it begins, what stands at its head. Source: data/describing/kinds.tsv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from archive.describing.front import HEADING, QUESTION, SALUTATION, Front, Role
from archive.describing.history import History
from archive.describing.labelled import Labelled
from archive.describing.leads import DATELINE, asks_around, find_section, find_talk, is_news
from archive.describing.letters import is_letter
from archive.describing.lines import Lines, Stretch
from archive.describing.page_lines import BREADCRUMB, RUNNING_HEAD, YEARBOOK
from archive.describing.vocabulary import pattern, reader, rows
from archive.evidence import Evidence
from archive.folding import fold

_BRACKETS = pattern(r"(?:[(【\[][^()]{1,40}[)】\]])+$")
_REPORTS = pattern("(?:我|现在|兹)[^。]{0,40}作(?P<kind>政府工作报告|[^,。]{0,30}的报告|报告|以下报告)|提出[^,。]{0,30}的报告")
_TAKES_PLACE = pattern(
    "(?:在.{2,20}|正式|顺利|圆满|隆重|成功)(?:召开|举行|举办|开幕|闭幕|开班|揭牌|成立|启动|开工|竣工|通车|落幕|结束|投运|投产)$"
)
_ON = pattern("怎样|如何|怎么|浅谈|浅议|漫谈|谈谈|也谈|试论|略论|论|为什么|我看")
_SUMMARY = pattern("(?:工作|情况|活动|年度|学习)(?:总结|汇报)")
_ADDRESS = pattern("[告致].{2,24}(?:书|信)")
_MARKS = pattern("^[(■□●◆▲★◎○]+")
_SPOKEN = pattern(
    "在[^。;]{2,60}上的?(?:专题)?(?:讲话|发言|演讲|演说|致[辞词]|讲课|授课|党课|讲座|讲稿|即席讲话)|(?:根据|据|依)[^。;]{0,40}(?:演讲|讲话|讲座|录音|讲稿)[^。;]{0,10}整理"
    "|(?:本文|这)(?:是|系|为)[^。;]{2,40}(?:的|上的)(?:演讲|讲话|讲座|讲演|发言|致辞)"
)
_SIGNED = pattern("[(](?:本[报刊网台社])?(?:特约|见习|实习)?(?:记者|通讯员)[\u3400-\u9fff、·/]{2,24}[)]$")
_ENTRY = pattern("【[\u3400-\u9fff、]{2,16}】.")
_SEVERAL = pattern("[一二两三四五六七八九十0-9]+[篇则封]$")
_CONTACT = pattern("(?:新闻|媒体|发稿)?(?:联络人|联系人):")
_REPORTED = pattern("主持召开|出席并讲话|主持会议|会议(?:强调|指出|要求|传达|听取|审议)|出席(?:会议|活动)|调研")
_HELD = pattern("召开|举行|举办|出席|参加(?!.*上的)|主持(?!.*上的)|并$")
_SPEAKERS = dict.fromkeys(("讲话人", "主讲人", "主讲", "演讲人", "演讲者", "致辞人"), "speech") | dict.fromkeys(
    ("受访者", "受访人", "被访者"), "interview"
)
"""Labels of who speaks that tell what kind of text it is."""


@cache
def _kinds() -> dict[str, str]:
    return {fold(ending): kind for ending, kind, _ in rows("kinds.tsv")}


def kind_of_title(folded: str) -> tuple[str, int, int] | None:
    """Tell the kind that a title's ending names, and where the ending stands; the longest ending counts."""
    title = _SEVERAL.sub("", _BRACKETS.sub("", folded))
    if _ON.match(title):
        return None  # how to write a report is none
    if _ADDRESS.fullmatch(title):
        return "letter", 0, len(title)
    for length in range(min(12, len(title)), 0, -1):
        kind = _kinds().get(title[-length:])
        if kind:
            if kind in ("meeting", "speech") and _HELD.search(title[:-length]):
                kind = "news"  # 某某会议召开, 某某出席并讲话
            return kind, len(title) - length, len(title)
    if summary := _SUMMARY.search(title):
        return "report", *summary.span()
    if held := _TAKES_PLACE.search(title):
        return "news", held.start(), len(title)
    return None


def read_kinds(
    front: Front, lines: Lines, labelled: Sequence[Labelled], titles: Sequence[tuple[Evidence, str]], *, history: History | None
) -> Iterator[Evidence]:
    """Read every kind.

    Args:
        front: The front of the document.
        lines: Head and tail.
        labelled: The labelled values.
        titles: The titles found, each with its folded form.
        history: The history of a law, if there is one.
    """
    best = max((title.confidence for title, _ in titles), default=0)
    for title, folded in titles:
        named = kind_of_title(folded)
        if named and title.confidence == best >= 0.7:
            yield Evidence("kind", named[0], title.start, title.end, "kind.title", min(0.93, title.confidence))
    if {"time", "venue"} <= {each.states for each in labelled[:8]} and any(each.states == "credit.chair" for each in labelled[:8]):
        yield labelled[0].line.found("kind.proceedings", labelled[0].start, labelled[0].end, value="meeting")
    for title, folded in titles:
        if title.rule == "title.decree" and (named := kind_of_title(folded)) and named[0] == "law":
            yield Evidence("kind", "law", title.start, title.end, "kind.decree", reader("kind.decree").confidence)
    for line in lines.head[:4]:
        running = RUNNING_HEAD.match(line.folded)
        if running and running["organ"].endswith(("会", "院")):
            yield line.found("kind.running-head", *running.span("organ"), value="meeting")
    if history is not None:
        yield history.line.found("kind.history", history.latest.date.start, history.latest.date.end, value="law")
    for each in labelled[:6]:
        if each.label in _SPEAKERS:
            yield each.line.found("kind.label", each.start, each.end, value=_SPEAKERS[each.label])
    yield from _beginnings(front, lines, labelled)


def _beginnings(front: Front, lines: Lines, labelled: Sequence[Labelled]) -> Iterator[Evidence]:
    text = front.text
    if not text:
        return
    first = text[1] if len(text) > 1 and len(text[0].folded) <= 30 and HEADING.match(text[0].folded) else text[0]
    opening = SALUTATION.match(first.folded)
    for line in [line for line in lines.all if line.kept][-3:]:
        if signed := _SIGNED.search(line.folded[-40:]):
            shift = len(line.folded[:-40])
            yield line.found("kind.reporter", shift + signed.start(), shift + signed.end(), value="news")
    entries = [line for line in lines.head if line.kept and _ENTRY.match(line.folded)]
    if len(entries) >= 3:
        yield entries[0].found("kind.entries", 0, 2, value="yearbook")
    for line in (
        *front.those(Role.OCCASION, Role.TITLE),
        *(line for line in lines.tail[-4:] if line.kept and len(line.folded) <= 80),
    ):
        if spoken := _SPOKEN.search(line.folded):
            yield line.found("kind.occasion", *spoken.span(), value="speech")
            break
    if not opening and (talk := find_talk(front, lines)):
        yield talk
    if is_letter(front, lines):
        yield _beginning(text[0], "kind.letter", "letter")
    if opening:
        yield first.found("kind.salutation", *opening.span(), value="speech")
        for line in text[:8]:
            if match := _REPORTS.search(line.folded):
                yield line.found("kind.body", *match.span(), value="report")
                break
    elif not any(role is Role.OCCASION for role in front.roles[: front.start]):
        credited = any(each.states in ("credit.reporter", "credit.correspondent") for each in labelled)
        dateline = next((line for line in text[:3] if DATELINE.match(line.folded)), None)
        if dateline:
            yield _beginning(dateline, "kind.report", "news")
        elif credited and _REPORTED.search(text[0].folded):
            yield _beginning(text[0], "kind.report", "news")
        elif is_news(front, text) or asks_around(front, text):
            yield _beginning(text[0], "kind.lead", "news")
    for each in labelled:
        is_own = _MARKS.sub("", each.line.folded).startswith("本")
        if each.states == "credit.reporter" and is_own and each.line not in text:
            yield each.line.found("kind.reporter", each.start, each.end, value="news")
            break
    for line in lines.head[:20]:
        if line not in text and len(line.folded) <= 80 and (sections := find_section(line)):
            yield line.found("kind.section", *sections, value="news")
            break
    for line in lines.head[:12]:
        if YEARBOOK.fullmatch(line.folded) or (BREADCRUMB.search(line.folded) and "年鉴" in line.folded):
            yield line.found("kind.yearbook", 0, len(line.folded), value="yearbook")
            break
    for line in lines.tail[-12:]:
        if (contact := _CONTACT.match(line.folded)) and any(each.states.startswith("published.") for each in labelled):
            yield line.found("kind.contact", *contact.span(), value="news")
    turns = [line for line in lines.head if line.kept and QUESTION.match(line.folded)]
    if len(turns) >= 3:
        yield turns[0].found("kind.questions", 0, 1, value="interview")


def _beginning(line: Stretch, rule: str, kind: str) -> Evidence:
    return line.found(rule, 0, min(len(line.folded), 30), value=kind)
