"""When it was said or issued: every date of the front, the title, the head of proceedings, the signature or a report's first words.

The day on which a page was put online is none of these (`archive.describing.publication`); digits whose signs are lost
are kept in all their readings, and only what these share can be chosen. Source: issue 4.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.describing.chinese_dates import FoundDate, common_part, find_dates
from archive.describing.front import Front, Role
from archive.describing.history import History
from archive.describing.inline_titles import between_title_and_salutation
from archive.describing.labelled import Labelled
from archive.describing.lines import Lines, Stretch
from archive.describing.names import read_byline
from archive.describing.page_lines import RUNNING_HEAD
from archive.describing.titles import TitleLine
from archive.describing.vocabulary import pattern, reader
from archive.evidence import Evidence

_DATELINE = pattern(r"^(?:[^0-9。]{0,18}?)(?P<date>(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日)(?:电|讯|消息|\()")
_PLANNED = pattern("经济工作会议|农村工作会议|工作计划|工作要点|工作安排|规划|计划|目标|预算|打算")
_COLLECTION = pattern(r"[(【\[][^()]*[0-9一二两三四五六七八九十几]+[篇份]")
_SIGNS = pattern("[部院委会厅局署室处司团社校省市县区府组馆所站队心厂行店园庭科部办]$")
_SIGNED = pattern("[(]?(?:[写记作草]?于|时在|时间:|日期:)?")
_SIGNED_AT = pattern(r"[)]?.{0,3}|(?:[夜晨晚午]|凌晨|上午|下午|灯下)?[于在][\u3400-\u9fff]{2,10}[)]?|[(]?星期.[)]?")
_SPOKEN_ON = pattern(
    "(?:根据|据|依|本文[是系为]|这是)[^。;]{0,30}[0-9〇一二三四五六七八九十]{2,4}年[^。;]{2,50}(?:整理|演讲|讲话|讲座|发言|致辞)"
)
_SHORT = pattern(r"[\u3400-\u9fff·]{2,12}")
_TODAY = pattern(r"[今昨][日天][(](?P<date>[^()]{1,8}月[^()]{1,3}日)[)]")
_CLOSED = pattern(r"[)）]?$")
_FOR_YEAR = pattern("(?:年度|年鉴|年报|年统计|年第|年卷|年版)")


def read_dates(
    front: Front,
    lines: Lines,
    labelled: Sequence[Labelled],
    titles: Sequence[TitleLine],
    *,
    history: History | None,
    organs: Sequence[str],
) -> Iterator[Evidence]:
    """Read every date of the event or of the issue.

    Args:
        front: The front of the document.
        lines: Head and tail.
        labelled: The labelled values.
        titles: The lines that are titles.
        history: The history of a law, if there is one.
        organs: Folded names of the bodies that may have signed.
    """
    if history is not None:
        yield from _as_evidence(history.line, "date.history", history.latest.date)
    yield from _labelled(labelled)
    for number, (line, role) in enumerate(zip(front.lines[: front.start], front.roles, strict=False)):
        if role is Role.OCCASION:
            yield from _first(line, "date.occasion")
        elif role in (Role.DATE, Role.BYLINE) and not _is_value(front, number):
            yield from _first(line, "date.line")
    for line in lines.head[:4]:
        if RUNNING_HEAD.match(line.folded):
            yield from _first(line, "date.running-head")
    for title in titles:
        if title.rule != "title.line":
            yield from _in_title(title.line)
    for line in front.lines[:1]:
        if between := between_title_and_salutation(line):
            for date in find_dates(line.folded[slice(*between)])[:1]:
                yield from _as_evidence(line, "date.line", FoundDate(between[0] + date.start, between[0] + date.end, date.values))
    for line in lines.all:
        if len(line.folded) <= 80 and "年" in line.folded and (noted := _SPOKEN_ON.search(line.folded)):
            yield from _first(line.part(*noted.span()), "date.occasion")
    yield from _signatures(lines, organs)
    if history is None:
        yield from _at_end(lines)
    yield from _reported(front)


def _as_evidence(line: Stretch, rule: str, date: FoundDate) -> Iterator[Evidence]:
    """Give a date as evidence; one of several readings as all of them and what they share."""
    if len(date.values) == 1:
        yield line.found(rule, date.start, date.end, value=date.value)
        return
    for value in date.values:
        yield line.found("date.digits", date.start, date.end, value=value)
    yield line.found("date.digits-common", date.start, date.end, value=common_part(date.values))


def _first(line: Stretch, rule: str) -> Iterator[Evidence]:
    for date in find_dates(line.folded)[:1]:
        yield from _as_evidence(line, rule, date)


def _is_value(front: Front, number: int) -> bool:
    """Whether a date is the value of the label in the line above."""
    return number > 0 and front.roles[number - 1] is Role.LABEL and front.lines[number - 1].folded.endswith(":")


def _labelled(labelled: Sequence[Labelled]) -> Iterator[Evidence]:
    proceedings = any(each.states in ("venue", "credit.chair", "speaker") for each in labelled[:12])
    for each in labelled:
        if each.states == "date" or (each.states == "time" and proceedings):
            rule = "date.label" if each.states == "date" else "date.proceedings"
            for date in find_dates(each.folded)[:1]:
                moved = FoundDate(each.start + date.start, each.start + date.end, date.values)
                yield from _as_evidence(each.line, rule, moved)


def _in_title(line: Stretch) -> Iterator[Evidence]:
    """Read a date in a title: a day; or a year alone, which a meeting may have been held before."""
    for date in find_dates(line.folded):
        if len(date.values) > 1:
            continue
        if date.is_day:
            yield line.found("date.title", date.start, date.end, value=date.value)
            return
        is_year = date.value.isdigit()
        if (
            is_year
            and not _FOR_YEAR.match(line.folded, date.end - 1)
            and re.search("讲话|发言|致辞|会议|报告|大会|演讲", line.folded)
        ):
            planned = _PLANNED.search(line.folded) or _COLLECTION.search(line.folded)
            if date.start <= 8 and line.folded[date.end - 1] == "年":
                yield line.found("date.planned-year" if planned else "date.title-year", date.start, date.end, value=date.value)
            return


def _signatures(lines: Lines, organs: Sequence[str]) -> Iterator[Evidence]:
    """Read dates alone in a line below the name of a body or a person.

    The first below the issuing body counts, since it signs the letter that covers the rest; where that body signs nowhere, the
    last of the document does, if it stands at the end.
    """
    kept = [line for line in lines.all if line.kept]
    signed: list[tuple[Stretch, Stretch, FoundDate]] = []
    for line, following in pairwise(kept):
        dates = find_dates(following.folded) if len(following.folded) <= 40 else ()
        if not dates or len(line.folded) > 40 or not (dates[0].is_day or (following is kept[-1] and "-" in dates[0].value)):
            continue
        before, behind = following.folded[: dates[0].start], following.folded[dates[0].end :]
        if _SIGNED.fullmatch(before) and _SIGNED_AT.fullmatch(behind):
            signed.append((line, following, dates[0]))
    by_issuer = [each for each in signed if any(_names_body(each[0].folded, organ) for organ in organs)]
    at_end = [each for each in signed if _ends(each[0], each[1], kept)]
    by_person = [each for each in signed if (byline := read_byline(each[0])) and byline.name]
    valid = by_issuer[:1] or ([] if organs else at_end[-1:]) or by_person[:1]
    for each in signed:
        rule = "date.signature" if each in valid else "date.other-signature"
        yield each[1].found(rule, each[2].start, each[2].end, value=each[2].value)


def _ends(line: Stretch, day: Stretch, kept: Sequence[Stretch]) -> bool:
    """Whether a line and the day below it end a document: few letters above the last line, or who signs above one of the last."""
    if day is kept[-1] and _SHORT.fullmatch(line.folded):
        return True
    signs = _SIGNS.search(line.folded) is not None or line.folded in ("完", "全文完") or read_byline(line) is not None
    return signs and day in kept[-4:]


def _at_end(lines: Lines) -> Iterator[Evidence]:
    """Read a day that the text ends with, in the line of its last words: …谢谢大家！2012年12月28日."""
    for line in [line for line in lines.all if line.kept][-2:]:
        dates = find_dates(line.folded[-40:]) if len(line.folded) > 40 else ()
        if dates and dates[-1].is_day and _CLOSED.match(line.folded[-40:], dates[-1].end):
            shift = len(line.folded[:-40])
            yield line.found("date.end", shift + dates[-1].start, shift + dates[-1].end, value=dates[-1].value)


def with_years(found: Sequence[Evidence]) -> Iterator[Evidence]:
    """Give days without a year the year of the publication, which came at most two months later.

    Args:
        found: All readings of a document.
    """
    published = {each.value for each in found if each.field == "published.date" and each.confidence >= 0.75}
    if len(published) != 1 or len(min(published)) != len("2020-03-10"):
        return
    day, sure = datetime.date.fromisoformat(published.pop()), reader("date.with-year").confidence
    for each in found:
        if each.field == "date" and each.value.startswith("XXXX-") and each.confidence >= 0.7:
            for year in (day.year, day.year - 1):
                try:
                    happened = datetime.date.fromisoformat(f"{year}{each.value[4:]}")
                except ValueError:  # a leap day
                    continue
                if 0 <= (day - happened).days <= 62:
                    yield replace(each, value=happened.isoformat(), rule="date.with-year", confidence=sure)


def _names_body(folded: str, organ: str) -> bool:
    return (
        folded == organ
        or (len(folded) >= 3 and (organ.endswith(folded) or folded.endswith(organ)))
        or folded == organ.replace("、", "")
    )


def _reported(front: Front) -> Iterator[Evidence]:
    """Read the day that a report begins with, or that of its dateline."""
    for line in front.text[:2]:
        if today := _TODAY.search(line.folded[:160]):
            for date in find_dates(today["date"]):
                start = today.start("date") + date.start
                yield line.found("date.report", start, start + date.end - date.start, value=date.value)
            return
    for line in front.text[:1]:
        if match := _DATELINE.match(line.folded):
            for date in find_dates(match["date"]):
                start, _ = match.span("date")
                yield line.found("date.dateline", start + date.start, start + date.end, value=date.value)
            return
        for date in find_dates(line.folded[:30])[:1]:
            follows = line.folded[date.end : date.end + 1]
            if date.start == 0 and len(date.value) == len("XXXX-08-01") and len(date.values) == 1 and follows in "，,上下晚，在":
                yield line.found("date.report", date.start, date.end, value=date.value)
