"""Occasions: the meeting at which it was said, in the title, below it, in a head of proceedings, in a report's first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.describing.front import Front, Role
from archive.describing.labelled import Labelled
from archive.describing.lines import Stretch
from archive.describing.names import is_name
from archive.describing.titles import TitleLine
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence

_DATED = pattern("[0-9]{1,4}[年月日]|[今昨]|为|由|我|这|会议|大会")
_MEETING = pattern("<meetings.txt>$")
_IN = pattern(
    r"(?:^|(?<=[日)\]—―─:：\-同志长记席理任]))[在于](?P<event>(?![^,。]{0,6}(?:新的|今后|此))[^,。;?!]{2,90}?(?:<meetings.txt>)(?:[(][^()]{1,10}[)])?)"
    r"(?:开幕[式会]|闭幕[式会]|预备会)?(?:上|期间|时)(?=的|$|[),（(]|[\u3400-\u9fff])"
)
_IN_TITLE = pattern(
    r"(?:^|[^存现所正])[在于](?P<event>(?!.{0,6}(?:新的|今后|此))[^。;?!]{2,90}?(?:<meetings.txt>)(?:[(][^()]{1,10}[)])?)(?:开幕[式会]|闭幕[式会]|预备会)?(?:上|期间|的|时|)"
    "(?=的|$|[(]|讲话|发言|致[辞词]|总结|报告|主持)"
)
_ADOPTED = pattern(
    r"(?P<event>[^,。;()]{4,60}?(?:会议|大会|全会)|[^,。;()]{2,40}(?:第[^,。;()]{1,8}次(?:全体)?会议))(?:审议)?(?:通过|批准)"
)
_PROCEEDINGS = pattern(
    r"^(?:[一二三四五壹贰]、)?(?P<event>.{2,80}?(?:会议|大会|会|<meetings.txt>))(?:纪录|记录|纪要|实录|议事录|速记)$"
)
_DATED_TITLE = pattern(r"^[0-9]{4}-?[0-9]{2}-?[0-9]{2}(?P<event>.{2,80}(?:<meetings.txt>))$")
_HELD = pattern(
    r"(?:召开|举行|主持召开|主持|出席|参加)(?:了)?(?P<event>[^,。;“”《》]{0,16}(?:[“《][^”》]{1,40}[”》][^,。;]{0,16})?[^,。;]{0,30}?(?:会议|大会|座谈会|推进会|动员会|常委会|论坛|全会|发布会|调度会|部署会))(?=[,。;]|并|暨|$)"
)
_PLACED = pattern(
    r"(?:^|(?<=[,。]))(?P<event>[^,。;:“”]{4,50}?<meetings.txt>)(?:[^,。;]{0,12}?)在(?P<place>[^,。;]{2,20}?)(?:隆重|胜利|顺利|成功|正式)?"
    "(?:召开|举行|举办|开幕|闭幕|落幕|结束|拉开帷幕)"
)
_SUBJECT = pattern(
    "^(?P<event>第[一二三四五六七八九十百0-9]{1,4}届.{2,30}?第[一二三四五六七八九十百0-9]{1,4}次(?:全体)?会议)(?=听取|审议|通过|认为|指出|决定|批准|同意|于)"
)
_MEETING_TITLE = pattern(
    r"^(?P<event>(?!.*(?:关于|召开|举行|举办|出席|参加|主持|来访)).{2,60}?第[一二三四五六七八九十百0-9]{1,5}次.{0,16}会议?)$"
)
_SPEECH_TITLE = pattern(r"^(?!在)(?P<event>.{4,80}?(?:<meetings.txt>))(?:上)?的?(?:讲话|发言|致辞|报告|总结讲话|主持词)")


def read_occasions(
    front: Front, titles: Sequence[TitleLine], labelled: Sequence[Labelled], *, is_law: bool
) -> Iterator[tuple[Evidence, Stretch | None]]:
    """Read every occasion, each with the line that it stands in where that is a line of the front.

    Args:
        front: The front of the document.
        titles: The lines that are titles.
        labelled: The labelled values.
        is_law: Whether the text is a law, which many meetings dealt with and none is the occasion of.
    """
    for each in labelled:
        if each.states == "event" and len(each.folded) >= 4 and _MEETING.search(each.folded):
            yield each.line.found("event.label", each.start, each.end), each.line
    for line, role in zip(front.lines[: front.start], front.roles, strict=False):
        if role is Role.OCCASION:
            for match in _IN.finditer(line.folded):
                yield line.found("event.occasion", *match.span("event")), line
        if role in (Role.OCCASION, Role.HISTORY, Role.DATE) and not is_law and line.folded[0] == "(":
            yield from _adopted(line)
    for title in titles:
        if title.rule != "title.line":
            yield from _in_title(title.line)
    for line in front.text[:2]:
        if subject := _SUBJECT.match(line.folded):
            yield line.found("event.subject", *subject.span("event")), line
    if front.text and not is_law:
        yield from _held(front.text[0])
    for line in (*(title.line for title in titles if title.rule != "title.line"), *front.text[:1]):
        placed = _PLACED.search(line.folded[:160])
        if placed and not is_law and not _DATED.match(placed["event"]):
            yield line.found("event.held", *placed.span("event")), line


def _adopted(line: Stretch) -> Iterator[tuple[Evidence, Stretch]]:
    after_date = re.match(r"[(]?[0-9〇零一二三四五六七八九十]{1,4}年[^日]{1,6}日", line.folded)
    start = after_date.end() if after_date else 1
    if match := _ADOPTED.match(line.folded, start):
        yield line.found("event.adopted", *match.span("event")), line


def _in_title(line: Stretch) -> Iterator[tuple[Evidence, Stretch]]:
    for match in _IN_TITLE.finditer(line.folded):
        yield line.found("event.title", *match.span("event")), line
        return
    for written, rule in (
        (_SPEECH_TITLE, "event.title"),
        (_PROCEEDINGS, "event.proceedings"),
        (_DATED_TITLE, "event.title"),
        (_MEETING_TITLE, "event.proceedings"),
    ):
        named = written.match(line.folded)
        if named and not is_name(named["event"]):
            yield line.found(rule, *named.span("event")), line
            return


def _held(line: Stretch) -> Iterator[tuple[Evidence, Stretch]]:
    """Read what a report says was held: only the first sentences, which say what the report is about."""
    match = _HELD.search(line.folded[:160])
    if match and len(match["event"]) >= 4:
        yield line.found("event.reported", *match.span("event")), line
