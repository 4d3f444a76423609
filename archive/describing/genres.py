"""What kind of text it is: how its title ends, how it begins, what stands at its head. Source: data/describing/kinds.tsv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from archive.describing.front import QUESTION, SALUTATION, Front, Role
from archive.describing.history import History
from archive.describing.labelled import Labelled
from archive.describing.lines import Lines, Stretch
from archive.describing.vocabulary import pattern, rows
from archive.evidence import Evidence
from archive.folding import fold

_BRACKETS = pattern(r"(?:[(【\[][^()]{1,40}[)】\]])+$")
_REPORTS = pattern("(?:我|现在|兹)[^。]{0,40}作(?P<kind>政府工作报告|[^,。]{0,30}的报告|报告|以下报告)|提出[^,。]{0,30}的报告")
_DATELINE = pattern("^(?:本报讯|本网讯|[^,。0-9]{2,14}(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日(?:电|讯)|本报[\u3400-\u9fff]{0,6}讯)")
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
    title = _BRACKETS.sub("", folded)
    for length in range(min(12, len(title)), 0, -1):
        kind = _kinds().get(title[-length:])
        if kind:
            if kind in ("meeting", "speech") and _HELD.search(title[:-length]):
                kind = "news"  # 某某会议召开, 某某出席并讲话
            return kind, len(title) - length, len(title)
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
    opening = SALUTATION.match(text[0].folded)
    if opening:
        yield text[0].found("kind.salutation", *opening.span(), value="speech")
        for line in text[:8]:
            if match := _REPORTS.search(line.folded):
                yield line.found("kind.body", *match.span(), value="report")
                break
    elif not any(role is Role.OCCASION for role in front.roles[: front.start]):
        credited = any(each.states in ("credit.reporter", "credit.correspondent") for each in labelled)
        dateline = _DATELINE.match(text[0].folded)
        if dateline or (credited and _REPORTED.search(text[0].folded)):
            yield _beginning(text[0], "kind.report", "news")
    turns = [line for line in lines.head if line.kept and QUESTION.match(line.folded)]
    if len(turns) >= 3:
        yield turns[0].found("kind.questions", 0, 1, value="interview")


def _beginning(line: Stretch, rule: str, kind: str) -> Evidence:
    return line.found(rule, 0, min(len(line.folded), 30), value=kind)
