"""Who speaks: bylines under the title, names in the title, labels, signatures; in a report, who it says spoke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.describing.chinese_dates import find_dates
from archive.describing.front import SALUTATION, Front, Role
from archive.describing.inline_titles import between_title_and_salutation
from archive.describing.labelled import Labelled
from archive.describing.letters import is_letter
from archive.describing.lines import Lines, Stretch
from archive.describing.names import OFFICE_AND_NAME, Byline, is_name, is_office, read_byline
from archive.describing.titles import SPOKEN, TitleLine
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence

_IN_TITLE = pattern(
    r"^(?P<before>[\u3400-\u9fff、]{0,24}?)(?P<name>[\u3400-\u9fff·]{2,4}?)(?:同志|先生|女士|<offices.txt>)?"
    r"(?=[在就于].{2,80}(?:讲话|发言|致[辞词]|报告|演讲|演说|主持词)|[:：]在)"
)
_NAME_BEFORE_VERB = pattern(r"(?P<name>[\u3400-\u9fff]{2,4}?)(?:同志|先生)?(?=<report_verbs.txt>|,)")
_NOT_LAST = frozenset("所被将在等同与和已并也又就还的了")
"""Last characters that make a guess at a name in running text one character too long."""

_ASKED = pattern("(?:专访|访谈|访问|采访|对话|对谈|(?<![来出上回寻探走家随])访)(?!谈?[录记稿])")
_TOLD = pattern(r"(?P<name>[\u3400-\u9fff]{2,3}?)(?:先生|女士|教授)?(?:访谈|访问|专访|采访|口述)(?:历史|实)?[录记稿史]?(?:录)?$")
_HAN_RUN = pattern("[\u3400-\u9fff·]{2,40}")
_TURN = pattern(r"(?P<name>[\u3400-\u9fff]{1,4}):")
_SELF = pattern(r"我(?:叫|是(?P<office>[^,。;:!?]{2,20}?))(?P<name>[\u3400-\u9fff]{2,3})(?=[,。、;!])")
_SEPARATORS = pattern("[、，,;；/|和与及 ]+")


def read_speakers(
    front: Front, lines: Lines, labelled: Sequence[Labelled], titles: Sequence[TitleLine], *, kind: str
) -> Iterator[tuple[Evidence, Stretch, tuple[int, int] | None]]:
    """Read every speaker, each with the line and the range of the office in it; who signs a decree or a law does not speak.

    Args:
        front: The front of the document.
        lines: Head and tail.
        labelled: The labelled values.
        titles: The lines that are titles.
        kind: The kind that the title names; "" if none.
    """
    for each in labelled:
        if each.states in ("speaker", "author"):
            rule = "speaker.label" if each.states == "speaker" else "speaker.author"
            for start, end in _names_in(each):
                yield each.line.found(rule, start, end, value=_joined(each.line, start, end)), each.line, None
    yield from _bylines(front)
    for title in titles:
        yield from _in_title(title.line)
    if kind in ("", "letter", "speech") or is_letter(front, lines):
        yield from _signature(front, lines)
    yield from _interviewed(front, titles)
    for line in front.text[:2]:
        yield from _introduced(line)
    for line in front.lines[:1]:
        if between := between_title_and_salutation(line):
            for match in _HAN_RUN.finditer(line.folded, *between):
                byline = read_byline(line.part(*match.span()))
                if byline and byline.name:
                    start = match.start()
                    name, office = (start + byline.name[0], start + byline.name[1]), byline.office
                    shifted = (start + office[0], start + office[1]) if office else None
                    yield line.found("speaker.byline", *name, value=_joined(line, *name)), line, shifted
    if front.text and Role.BYLINE not in front.roles[: front.start]:
        yield from _reported(front.text[0])


def _names_in(each: Labelled) -> Iterator[tuple[int, int]]:
    """Find the names in a labelled value; an office before or behind is left out."""
    if is_name(each.folded):
        yield each.start, each.end
        return
    borders = {match.end() + each.start for match in _SEPARATORS.finditer(each.folded)}
    cuts = sorted({each.start, each.end, *borders, *each.line.gaps(each.start, each.end)})
    for start, cut in pairwise(cuts):
        part = _SEPARATORS.sub("", each.line.folded[start:cut])
        name = re.sub(r"(?:同志|先生|女士|\([^()]*\))$", "", part)
        if is_name(name):
            yield start, start + len(name)
            continue
        for length in (3, 2, 4):
            if len(part) > length and is_office(part[:-length]) and is_name(part[-length:]):
                yield start + len(part) - length, start + len(part)
                break


def _bylines(front: Front) -> Iterator[tuple[Evidence, Stretch, tuple[int, int] | None]]:
    """Read bylines: a name with its office, in one line or two, or a name alone beside other lines of the front."""
    waiting: tuple[Stretch, tuple[int, int]] | None = None
    for line, role in zip(front.lines[: front.start], front.roles, strict=False):
        byline: Byline | None = None
        if role is Role.BYLINE:
            byline = read_byline(line) or _beside_day(line)
        elif role is Role.OCCASION and (at := _after_occasion(line)):
            byline = read_byline(line, at)
        if byline is None:
            waiting = None
        elif byline.name is None:
            waiting = (line, byline.office) if byline.office else None
        else:
            beside = Role.TITLE in front.roles[: front.start]
            rule = "speaker.byline" if byline.office or waiting else "speaker.name-line"
            name = _joined(line, *byline.name)
            sure = None if beside else 0.5
            if _repeats(front, line):
                sure = 0.3
            yield line.found(rule, *byline.name, value=name, sure=sure), line, byline.office
            if waiting and not byline.office:
                yield line.found(rule, *byline.name, value=name, sure=sure), waiting[0], waiting[1]
            waiting = None


def _beside_day(line: Stretch) -> Byline | None:
    """Read name and office in a line that holds a day too."""
    dates = find_dates(line.folded)
    if not dates:
        return None
    at = 0
    for start, end in [*((date.start, date.end) for date in dates), (len(line.folded), len(line.folded))]:
        part = line.folded[at:start].strip("()—-,、")
        if len(part) >= 2 and (byline := read_byline(line.part(begin := line.folded.index(part, at), begin + len(part)))):
            name, office = (span and (begin + span[0], begin + span[1]) for span in (byline.name, byline.office))
            return Byline(name, office)
        at = end
    return None


def _repeats(front: Front, line: Stretch) -> bool:
    """Whether such name lines come again in the text, as in a collection of poems or the turns of a debate."""
    return sum(is_name(other.folded) for other in front.text) >= 1 and is_name(line.folded)


def _after_occasion(line: Stretch) -> int | None:
    match = re.search(r"(?:会议|大会|会|式)上", line.folded)
    return match.end() if match and match.end() < len(line.folded) else None


def _joined(line: Stretch, start: int, end: int) -> str:
    """Give a name without white space: 李　强 is 李强; a foreign name keeps its dot."""
    return re.sub(r"\s+", "", line.letters(start, end)) if not line.folded[start:end].isascii() else line.letters(start, end)


def _in_title(line: Stretch) -> Iterator[tuple[Evidence, Stretch, tuple[int, int] | None]]:
    match = re.match(r"(?P<name>[\u3400-\u9fff·]{2,4})(?:同志)?[:：](?=.{4})", line.folded)
    if match and is_name(match["name"]) and SPOKEN.search(line.folded):
        yield line.found("speaker.upload", *match.span("name")), line, None
        return
    for match in _IN_TITLE.finditer(line.folded):
        before = match["before"]
        if is_name(match["name"]) and (not before or is_office(before)):
            yield line.found("speaker.title", *match.span("name")), line, match.span("before") if before else None
            return


def _interviewed(front: Front, titles: Sequence[TitleLine]) -> Iterator[tuple[Evidence, Stretch, tuple[int, int] | None]]:
    """Read whom a title says was asked, and who answers by name: such a name comes again in the text."""
    turns = Counter(match["name"] for line in front.text if (match := _TURN.match(line.folded)))
    for title in titles:
        folded = title.line.folded
        match = _ASKED.search(folded) if title.rule != "title.line" else None
        for length in (3, 2, 4) if match else ():
            name = folded[-length:]
            if match and match.end() <= len(folded) - length and is_name(name) and _stands_in(front, name):
                yield title.line.found("speaker.interview", len(folded) - length, len(folded)), title.line, None
                return
        told = _TOLD.match(folded) if title.rule != "title.line" else None
        if told and is_name(told["name"]):
            yield title.line.found("speaker.interview", *told.span("name")), title.line, None
            return
    asking = any(turns[asker] >= 2 for asker in ("记者", "问", "主持", "主持人", "本刊"))
    answering = [name for name, count in turns.items() if count >= 2 and is_name(name)]
    if asking and len(answering) == 1:
        line = next(line for line in front.text if line.folded.startswith(answering[0]))
        yield line.found("speaker.interview", 0, len(answering[0]), value=_joined(line, 0, len(answering[0]))), line, None


def _stands_in(front: Front, name: str) -> bool:
    return any(name in line.folded for line in front.text[:60])


def _introduced(line: Stretch) -> Iterator[tuple[Evidence, Stretch, tuple[int, int] | None]]:
    """Read who says 我叫…, or 我是 with an office and a name."""
    for match in _SELF.finditer(line.folded[:300]):
        office = match["office"]
        if is_name(match["name"]) and (office is None or is_office(office)):
            yield line.found("speaker.self", *match.span("name"), value=_joined(line, *match.span("name"))), line, None
            return


def _signature(front: Front, lines: Lines) -> Iterator[tuple[Evidence, Stretch, tuple[int, int] | None]]:
    """Read a name above the date, as letters end."""
    tail = [line for line in lines.tail if line.kept]
    for line, following in pairwise(tail):
        dates = find_dates(following.folded) if len(following.folded) <= 40 else ()
        if dates and dates[0].start == 0 and len(following.folded) - dates[0].end <= 4 and line not in front.lines[: front.start]:
            byline = read_byline(line)
            if byline and byline.name:
                yield line.found("speaker.signature", *byline.name, value=_joined(line, *byline.name)), line, byline.office


def _reported(line: Stretch) -> Iterator[tuple[Evidence, Stretch, tuple[int, int] | None]]:
    """Read who a report's first sentence says spoke, as in 市委书记、市长某某主持召开…."""
    if SALUTATION.match(line.folded):
        return
    first = True
    at = 0
    folded = line.folded[:200]
    while match := OFFICE_AND_NAME.search(folded, at):
        at = match.start("rest")
        name = _NAME_BEFORE_VERB.match(folded, at)
        if re.search("[我您你]", folded[:at]):
            return  # someone speaks, nobody reports
        if name and is_name(name["name"]) and name["name"][-1] not in _NOT_LAST:
            rule = "speaker.reported" if first else "speaker.also-reported"
            begins = match.start("office") == 0 or folded[match.start("office") - 1] in ",。日、:"
            yield line.found(rule, *name.span("name")), line, match.span("office") if begins else None
            first = False
            at = name.end()
