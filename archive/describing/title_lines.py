"""Which lines of the front are one title: titles are wrapped, half a bracket or 关于 goes on, and names of bodies stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from archive.describing.chinese_dates import find_dates
from archive.describing.front import SUBTITLE, Front, Role
from archive.describing.lines import Stretch, joined
from archive.describing.vocabulary import pattern

_BODY = pattern("[㐀-鿿]{2,24}(?:人民法院|检察院|人民政府|办公厅|办公室|委员会|管理局|财政局|教育局|[厅局])")

_LONGEST = 130

BRACKETS = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"), ("(", ")"), ("【", "】"))

_ABOUT = pattern("关于|对|转发|批转|印发|致")

_ENDS_AS_BODY = pattern("<organs.txt>$")

_JOINS = pattern("(?:的|和|与|及|、|暨|关于|对|为|在|以|,|:|——|──)$")

_JOINED = pattern("(?:的|和|与|及|暨|》|”|」|[)])")

_OPEN = pattern("[^,。:]{0,12}在(?!.*[上中下内时])[^,。:]{0,30}$")
"""A title that says 在 and not yet in what."""

_WRAPPED = 12
"""Letters of a line from which on it may be wrapped."""

GENRE = pattern(r"(?:<kinds.tsv=yes>|^[告致].{2,24}书)(?:[(][^()]{1,30}[)])*[》」”]?$")
"""Endings that make a line a title by themselves."""


def title_groups(front: Front) -> Iterator[tuple[Stretch, Role | None]]:
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
    complete = GENRE.search(so_far) is not None and so_far.count("《") == so_far.count("》")
    if complete or group[0].heading or line.heading or len(so_far) + len(line.folded) > _LONGEST:
        return False
    if len(group) == 1 and "关于" not in so_far and (is_letterhead(group[0]) or _ENDS_AS_BODY.search(so_far)):
        return _ABOUT.match(line.folded) is not None
    if _half(so_far) or _JOINS.search(so_far) or _JOINED.match(line.folded):
        return True
    is_long = len(group[-1].folded) >= _WRAPPED and not in_columns(group[-1])
    wraps = is_long or "关于" in so_far or _OPEN.match(so_far) is not None
    return wraps and any(GENRE.search(so_far + joined(below[:number]).folded) for number in range(1, len(below) + 1))


def in_columns(line: Stretch) -> bool:
    """Whether white space parts the words of a line, as in bars of a page."""
    return len(line.text.split()) >= 3


def _half(folded: str) -> bool:
    """Whether a bracket or a quotation is open."""
    return any(folded.count(left) > folded.count(right) for left, right in BRACKETS)


def is_letterhead(line: Stretch) -> bool:
    """Whether a line holds the name of a body and nothing else."""
    return _BODY.fullmatch(line.folded) is not None


def _completes(group: Sequence[Stretch], line: Stretch) -> bool:
    return not GENRE.search(joined(group).folded) and GENRE.search(joined([*group, line]).folded) is not None
