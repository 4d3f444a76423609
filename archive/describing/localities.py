"""Where a text belongs: the place of the body that issued it, of the occasion, of the speaker's office; of a law, its province.

A place that is only spoken of is none of these: a decision of the State Council on a province has no place. What a text says of
its own place in passing (我们…区, the name that comes most often) is weaker evidence, and only counts where the text is local.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from archive.describing.front import Front
from archive.describing.history import History
from archive.describing.labelled import Labelled
from archive.describing.lines import Lines, Stretch
from archive.describing.places import Mention, called, find_places, mainland_provinces, place_at, places_at
from archive.describing.titles import TitleLine
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence

_COUNCIL = pattern("(?:第[一二三四五六七八九十0-9]{1,4}届)?(?:人民代表大会|人大|人民政府)")
_LOOKED_AT = 12
"""How many lines at either end are searched for places named in passing."""

_MEDIA = pattern("(?:融媒体中心|广播电视台|电视台|广播电台|人民广播电台|报社|传媒中心|新闻网|新闻中心|发布厅|网信办|广电)")
_OURS = pattern("(?:我们|咱们|我)(?=(?P<place>[\u3400-\u9fff]{2,6}[市县区旗州镇]))")
_HELD = pattern(r"在(?P<place>[\u3400-\u9fff]{2,8}?)(?:隆重|胜利|顺利|成功|正式)?(?:召开|举行|举办|开幕|闭幕)")
_COMMON = pattern("[我全本该各县市区省这]|.{0,3}(?:景区|园区|社区|校区|厂区|库区|灾区|小区|新区|街区|片区|山区|农村|乡村)$")
_LOCAL = pattern("(?:全|我|本)(?:市|县|区|州|旗)|(?:市|县|区|州|旗)(?:委|政府|人大|政协|直)")
_DATELINE = pattern(
    r"^(?P<agency>[\u3400-\u9fff]{2,8}?(?:社|网|报|台|讯))(?P<place>[\u3400-\u9fff]{2,6}?)(?=(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日(?:电|讯))"
)
_EVENT_PREFIX = pattern("^(?:[0-9]{4}年)?(?:中共|中国共产党|政协|中国人民政治协商会议)?(?:第[一二三四五六七八九十0-9]{1,4}届)?")


def read_places(
    front: Front,
    lines: Lines,
    labelled: Sequence[Labelled],
    titles: Sequence[TitleLine],
    *,
    history: History | None,
    events: Sequence[tuple[Evidence, Stretch | None]],
    organs: Sequence[tuple[Evidence, Stretch]],
    offices: Sequence[tuple[Stretch, tuple[int, int]]],
    is_law: bool,
) -> Iterator[Evidence]:
    """Read every place."""
    if is_law:
        yield from _of_law(titles, history)
        return
    for each in labelled:
        if each.states == "venue":
            at = each.start + len(_prefix(each.line.folded, each.start))
            if place_at(each.line.folded, at):
                yield _named(each.line, "place.venue", _last(each.line, at))
    for title in titles:
        if title.rule != "title.line":
            yield from _in_title(title.line)
    for event, stretch in events:
        if stretch is not None and event.confidence >= 0.7:
            yield from _at_start(stretch, event, "place.event", skip=_EVENT_PREFIX)
    for organ, stretch in organs:
        if organ.rule in ("organ.title", "organ.label", "organ.signature", "organ.office", "organ.letterhead"):
            yield from _at_start(stretch, organ, "place.organ", skip=_EVENT_PREFIX)
    for line, (start, end) in offices:
        mention = place_at(line.folded[:end], start + len(_prefix(line.folded, start)))
        if mention and mention.end <= end:
            yield _named(line, "place.office", _last(line, mention.start, end))
    for line in (*(title.line for title in titles if title.rule != "title.line"), *front.text[:1]):
        yield from _held(line)
    yield from _of_media(lines)
    yield from _of_dateline(front)
    yield from _in_passing(lines)


def _named(line: Stretch, rule: str, mention: Mention) -> Evidence:
    return line.found(rule, mention.start, mention.end, value=called(line, mention))


def _last(line: Stretch, start: int, end: int | None = None) -> Mention:
    """Give the most exact of places named one behind the other."""
    return places_at(line.folded[:end], start)[-1]


def _prefix(folded: str, start: int) -> str:
    match = _EVENT_PREFIX.match(folded[start:])
    return match[0] if match else ""


def _at_start(line: Stretch, found: Evidence, rule: str, *, skip: re.Pattern[str]) -> Iterator[Evidence]:
    """Read the place that the name of an event or a body begins with."""
    start = line.index(found.start)
    if start is None:
        return
    match = skip.match(line.folded[start:])
    at = start + (match.end() if match else 0)
    if place_at(line.folded, at):
        yield _named(line, rule, _last(line, at))


def _in_title(line: Stretch) -> Iterator[Evidence]:
    """Read the place that a title begins with; the titles of decisions speak of places that are not theirs."""
    match = re.match("(?:[0-9]{4}年)?(?:中共|中国共产党)?", line.folded)
    at = match.end() if match else 0
    mention = place_at(line.folded, at)
    if mention is None or "关于" in line.folded or re.search("来访|访谈|专访|采访", line.folded):
        return
    rest = line.folded[mention.end :]
    if mention.full or re.match("(?:[市县区州省]?(?:委|政府|人民政府|人大|政协))", rest):
        yield _named(line, "place.title", _last(line, at))


def _of_law(titles: Sequence[TitleLine], history: History | None) -> Iterator[Evidence]:
    """Read the province of a law: of the body that enacted or approved it, or of the place that its title begins with."""
    if history is not None:
        for mention in find_places(history.line.folded):
            if mention.place.rank == 0 and mention.full and _COUNCIL.match(history.line.folded, mention.end):
                yield history.line.found("place.province", mention.start, mention.end)
                return
        body = history.line.folded[slice(*history.body)] if history.body else ""
        if body and place_at(body) is None and not re.match("[省市县州]", body):
            return  # a body of the whole country
    for title in titles:
        named = place_at(title.line.folded)
        if named and named.full and len(named.place.province) == 1:
            province = named.place.province[0]
            value = province if province in mainland_provinces() else called(title.line, named)
            yield title.line.found("place.law-title", named.start, named.end, value=value)
            return


def _of_media(lines: Lines) -> Iterator[Evidence]:
    """Read the place of a local medium that signs or gives notice: 未经某某市融媒体中心许可."""
    for line in lines.tail:
        if len(line.folded) > 160 or not _MEDIA.search(line.folded):
            continue
        for mention in find_places(line.folded):
            if mention.place.rank > 0 and _MEDIA.match(line.folded, mention.end):
                yield _named(line, "place.media", mention)
                return


def _held(line: Stretch) -> Iterator[Evidence]:
    """Read where something was held, if a place is named: 在某某镇召开."""
    match = _HELD.search(line.folded[:160])
    if match is None:
        return
    mention = place_at(line.folded, match.start("place"))
    if mention and _last(line, mention.start).end == match.end("place"):
        yield _named(line, "place.held", _last(line, mention.start))
    elif match["place"].endswith(("县", "区", "镇", "乡", "村")) and not _COMMON.match(match["place"]):
        yield line.found("place.held", *match.span("place"))


def _of_dateline(front: Front) -> Iterator[Evidence]:
    for line in front.text[:1]:
        match = _DATELINE.match(line.folded)
        mention = place_at(line.folded, match.start("place")) if match else None
        if match and mention and mention.end == match.end("place"):
            yield _named(line, "place.dateline", mention)


def _in_passing(lines: Lines) -> Iterator[Evidence]:
    """Read what a local text calls its own place, and which place below the province it names most often."""
    kept = [line for line in dict.fromkeys((*lines.head[:_LOOKED_AT], *lines.tail[-_LOOKED_AT:])) if line.kept]
    if not any(_LOCAL.search(line.folded) for line in kept):
        return
    for line in kept:
        for match in _OURS.finditer(line.folded):
            mention = place_at(line.folded, match.start("place"))
            if mention and mention.full and mention.place.rank > 0:
                yield _named(line, "place.ours", mention)
    named: Counter[str] = Counter()
    first: dict[str, tuple[Stretch, Mention]] = {}
    for line in kept:
        for mention in find_places(line.folded):
            if mention.place.rank > 0:
                named[mention.place.name] += 1
                first.setdefault(mention.place.name, (line, mention))
    ranking = named.most_common(2)
    if ranking and ranking[0][1] >= 2 and (len(ranking) == 1 or ranking[0][1] >= 2 * ranking[1][1]):
        line, mention = first[ranking[0][0]]
        yield _named(line, "place.frequent", mention)
