"""The body that speaks or issues a text: from its title, its signature, the speaker's office, the history of a law, or labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.describing.chinese_dates import find_dates
from archive.describing.front import Front
from archive.describing.history import History
from archive.describing.labelled import Labelled
from archive.describing.lines import Lines, Stretch
from archive.describing.page_lines import RUNNING_HEAD
from archive.describing.places import place_at
from archive.describing.title_lines import is_letterhead
from archive.describing.titles import TitleLine
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence

_TELLING = 6
"""Letters from which on the name of a body tells which it is, though it begins with 省 or 市."""
_ENDING = pattern("<organs.txt>$")
_ALONE = pattern(r"[\u3400-\u9fff、]{2,40}<organs.txt>")
_IN_TITLE = pattern(
    r"^(?P<organ>[\u3400-\u9fff、]{2,60}?<organs.txt>)(?=关于|对(?!外)|转发|批转|印发|(?:民事|刑事|行政|执行)?(?:附带民事)?(?:判决书|裁定书|决定书|调解书)$|公告|通告|通报|令$|第[0-9]+号|致)"
)
_REPORT = pattern(r"^(?:[0-9]{4}年)?(?P<organ>[\u3400-\u9fff]{2,14}?)(?:[0-9]{4}年)?(?P<government>(?:人民)?政府)工作报告")
_GENERIC = pattern("^(?:省|市|县|区|州|旗|镇|乡|自治区|本|我|全(?!国)|各|该|中共(?:省|市|县|区)|党|政府|人民政府|[一-龥]?届)")
_REPRESENTED = pattern(
    r"代表(?P<organ>国务院|[\u3400-\u9fff]{2,14}?(?:人民政府|委员会|常委会|常务委员会|政府|党委|市委|省委|县委|法院|检察院))"
)
_SESSION = pattern(
    "^(?:第[一二三四五六七八九十百0-9]{1,4}届)?(?P<organ>[\u3400-\u9fff]{0,16}?(?:人民代表大会常务委员会|人民代表大会|人大常委会|人大|政协|立法院|立法会|行政院|国务院|委员会|市委|省委|县委|区委|党委|全委会))"
    "(?=第?[一二三四五六七八九十百0-9]{1,4}[届次]|第)"
)
_NO_ORGAN = pattern("^(?:院会|会议|本院|本会)")
_SESSION_NUMBER = pattern("第[一二三四五六七八九十百0-9]{1,4}[届屆]")
_OFFICE = pattern(r"(?P<organ>.{2,40}?)(?:党组|代)?(?:副)?<offices.txt>$")


def read_organs(
    front: Front,
    lines: Lines,
    labelled: Sequence[Labelled],
    titles: Sequence[TitleLine],
    *,
    history: History | None,
    events: Sequence[tuple[Evidence, Stretch | None]],
    offices: Sequence[tuple[Stretch, tuple[int, int]]],
) -> Iterator[tuple[Evidence, Stretch]]:
    """Read every body, each with the line that it stands in."""
    for each in labelled:
        if each.states == "organ":
            yield each.line.found("organ.label", each.start, each.end), each.line
    if history is not None and history.body:
        yield (
            history.line.found("organ.history", *history.body, value=_without_session(history.line.letters(*history.body))),
            history.line,
        )
    in_title = [found for title in titles if title.rule != "title.line" for found in _in_title(title.line)]
    yield from in_title
    for title, following in pairwise(titles):
        if is_letterhead(title.line) and following.rule != "title.line":
            yield title.line.found("organ.letterhead", 0, len(title.line.folded)), title.line
    for line, span in offices:
        yield from _of_office(line, span)
    for line in front.text[:8]:
        match = _REPRESENTED.search(line.folded)
        if match and not _GENERIC.match(match["organ"]) and re.search("我|现在", line.folded[: match.start()]):
            yield line.found("organ.represented", *match.span("organ")), line
            break
    for line in lines.head[:4]:
        if match := RUNNING_HEAD.match(line.folded):
            yield line.found("organ.proceedings", *match.span("organ")), line
    yield from _of_events(events)
    yield from _signed(lines)


def _in_title(line: Stretch) -> Iterator[tuple[Evidence, Stretch]]:
    if (match := _IN_TITLE.match(line.folded)) and not _GENERIC.match(match["organ"]):
        start, end = match.span("organ")
        state = re.match("中华人民共和国(?=国务院|最高|国家)", line.folded)
        yield line.found("organ.title", state.end() if state else start, end), line
    elif (match := _REPORT.match(line.folded)) and place_at(match["organ"]):
        start, end = match.span("organ")
        together = match.end("organ") == match.start("government")
        written = line.letters(start, match.end("government") if together else end)
        value = written if together else written + line.letters(*match.span("government"))
        yield line.found("organ.report", start, match.end("government"), value=value), line


def _of_office(line: Stretch, span: tuple[int, int]) -> Iterator[tuple[Evidence, Stretch]]:
    """Read the body in an office: 中共某某市委书记 holds 中共某某市委; 某某省省长 and 市委书记 name none."""
    office = line.folded[slice(*span)].split("、")[0]
    match = _OFFICE.fullmatch(office)
    if match is None:
        return
    start, end = span[0] + match.start("organ"), span[0] + match.end("organ")
    organ = line.folded[start:end]
    place = place_at(organ)
    if not _GENERIC.match(organ) and _ENDING.search(organ) and not (place and place.end == len(organ)):
        yield line.found("organ.office", start, end), line


def _of_events(events: Sequence[tuple[Evidence, Stretch | None]]) -> Iterator[tuple[Evidence, Stretch]]:
    rules = {"event.proceedings": "organ.proceedings", "event.subject": "organ.session", "event.adopted": "organ.session"}
    for event, line in events:
        if line is None:
            continue
        start = line.index(event.start)
        match = _SESSION.match(line.folded[start:]) if start is not None else None
        if match and not _NO_ORGAN.match(match["organ"]) and not _GENERIC.match(match["organ"]):
            at = (start or 0) + match.start("organ"), (start or 0) + match.end("organ")
            yield line.found(rules.get(event.rule, "organ.event"), *at), line


def _signed(lines: Lines) -> Iterator[tuple[Evidence, Stretch]]:
    """Read a body alone in a line above a date."""
    kept = [line for line in lines.all if line.kept]
    for line, following in pairwise(kept):
        dates = find_dates(following.folded) if len(following.folded) <= 40 else ()
        is_dated = dates and dates[0].start == 0 and len(following.folded) - dates[0].end <= 3 and dates[0].is_day
        if (
            is_dated
            and len(line.folded) <= 40
            and _ALONE.fullmatch(line.folded)
            and (len(line.folded) >= _TELLING or not _GENERIC.match(line.folded))
        ):
            yield line.found("organ.signature", 0, len(line.folded)), line
            return


def _without_session(name: str) -> str:
    """Take the number of the term off a congress: 某省第十二届人民代表大会 is 某省人民代表大会."""
    return _SESSION_NUMBER.sub("", name, count=1)
