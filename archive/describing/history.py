"""The history of a law, as it stands below its title: who adopted, promulgated, approved or amended it, and when.

A law's date is its latest adoption, promulgation or amendment that the text states; the day from which it is in force is none.
Where entries are numbered, the first date of the last entry counts, since notes on competence stand unnumbered below it.
Source: issue 4; measured: tests/benchmarks/metadata.py on the laws of both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.describing.chinese_dates import FoundDate, find_dates
from archive.describing.front import ARTICLE, Front, Role
from archive.describing.lines import Stretch, joined
from archive.describing.vocabulary import pattern

_BEGINS = pattern("各[^。]*:$|为(?:了|正确|贯彻|加强|规范)|[一二三四五六七八九十]、")
_ACT = pattern("通过|公布|发布|批准|修正|修订|订定|制定|核定|废止|颁布|印发")
_FORCE = pattern("(?:自|于|从|定自)$")
_NUMBERED = pattern(r"(?:^|(?<=[^0-9.]))[0-9]{1,2}\.(?=(?:中华)?民国)")
_BODY = pattern(
    r"(?P<body>.{0,34}(?:人民代表大会常务委员会|人民代表大会|人大常委会|人大|人民政府|人民法院|检察院|委员会|国务院|政务院|行政院|国民政府|总统|部|院|署|局|会|府|厅|办公厅))"
)
_BODY_END = pattern(r"[(第令函《]|字第|公告|关于")


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the history of a law.

    Attributes:
        date: When.
        body: Range of the body that acted; None if none is named.
        approves: Whether it only approved what another body adopted.
    """

    date: FoundDate
    body: tuple[int, int] | None
    approves: bool


@dataclass(frozen=True, slots=True)
class History:
    """The history of a law.

    Attributes:
        line: The lines that hold it, as one text.
        entries: Its acts in the order of the text, at least one.
    """

    line: Stretch
    entries: tuple[Entry, ...]

    @property
    def latest(self) -> Entry:
        """The act that gave the text its present form."""
        numbered = [match.start() for match in _NUMBERED.finditer(self.line.folded)]
        if numbered:
            in_last = [entry for entry in self.entries if entry.date.start >= numbered[-1]]
            return in_last[0] if in_last else self.entries[-1]
        return max(self.entries, key=lambda entry: (entry.date.value, entry.date.start))

    @property
    def body(self) -> tuple[int, int] | None:
        """The body that acted last; not one that only approved, nor one unnamed, while others stand there."""
        latest = self.latest
        if latest.body and not latest.approves:
            return latest.body
        named = [entry for entry in self.entries if entry.body and not entry.approves]
        return max(named, key=lambda entry: (entry.date.value, entry.date.start)).body if named else latest.body


def read_history(front: Front) -> History | None:
    """Read the history that stands in a document's front, or None if there is none."""
    start = next((number for number, role in enumerate(front.roles) if role is Role.HISTORY), None)
    if start is None:
        return None
    lines = _until_text(front.lines[start:])
    line = joined(lines)
    entries = tuple(_entries(line))
    return History(line, entries) if entries else None


def _until_text(lines: Sequence[Stretch]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for line in lines:
        if found and (ARTICLE.match(line.folded) or _BEGINS.match(line.folded) or line.heading or line.folded.isdigit()):
            break
        found.append(line)
    return tuple(found)


def _entries(line: Stretch) -> Iterator[Entry]:
    folded = line.folded
    dates = [date for date in find_dates(folded) if date.is_day and not _FORCE.search(folded[max(0, date.start - 2) : date.start])]
    for date, following in pairwise([*dates, FoundDate(len(folded), len(folded), ("",))]):
        clause = folded[date.end : following.start]
        act = _ACT.search(clause)
        if act is None or re.search("(?:发布|令|公布)定自", clause[: act.end() + 2]):
            continue
        start, end, approves = date.end, date.end + act.start(), act[0] == "批准"
        if approves and (of_another := re.search("批准的《?(?=[^0-9])", clause)) and _ACT.search(clause, of_another.end()):
            start, end, approves = date.end + of_another.end(), following.start, False
        yield Entry(date, _body(folded, start, end), approves)


def _body(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Find the body between a date and what it did: up to a number, a decree or a session."""
    stop = _BODY_END.search(folded, start, end)
    session = re.match(r"第[一二三四五六七八九十百0-9]{1,5}届", folded[start:end])
    if stop and session and stop.start() == start:
        stop = _BODY_END.search(folded, start + session.end(), end)
    inside = folded[start : stop.start() if stop else end]
    if (again := re.search(r"第[一二三四五六七八九十百0-9]{1,5}届", folded[start:end])) and again.start() == len(inside):
        rest = _BODY_END.search(folded, start + again.end(), end)
        inside = folded[start : rest.start() if rest else end]
    match = _BODY.match(inside)
    if match is None:
        return None
    body = match["body"]
    if government := re.match(".*?人?民?政府", body):
        body = government[0]
    while len(body) > 2 and body[-1] == body[-2]:
        body = body[:-1]  # the body and the first character of its files: 某部部授某字
    return (start, start + len(body)) if len(body) >= 2 else None
