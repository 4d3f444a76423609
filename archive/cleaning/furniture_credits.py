"""Credit lines: who wrote, checked and sent a text, where it was taken from, when it was put up, how often it was read.

A line is one if all of it is labels with values of the right shape (`来源:… 日期:…`), in brackets or not; or a label and names
without a colon. The readers of metadata turn what is removed into evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from archive.cleaning.furniture_page import any_of, pattern, table

_DATE = (
    r"(?:(?:19|20)\d\d|1[0-2]\d|民国\s*\d+)\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"(?:\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?(?:\s*(?:上午|下午|t)?\s*\d{1,2}\s*[:时]\s*\d{2}(?:\s*[:分]\s*\d{2})?\s*秒?分?)?"
)
_DATE_TIME = re.compile(_DATE)
_BRACKETS = re.compile(r"[(【\[〔](.*)[)】\]〕]")
_ANY_SEPARATOR = re.compile("[:丨|│∣∶/]")
_MISFIT = re.compile(r"[^。;!?]{1,16}")
"""A value that does not have the shape of its label."""

_GAP = " \t　\xa0|│丨∣;,、·/-"
_SIZE = r"[【\[(]?(?:字号|字体|字级|字体大小|文字大小|分享到?|分享)[:]?\s*[大中小特超a-z+\-\s]{0,12}[】\])]?"


@dataclass(frozen=True, slots=True)
class Credit:
    """A label and what stands behind it.

    Attributes:
        kind: person, source, organ, date, count or card.
        label: As it folds.
        value: Plain, without white space at its edges; may be empty.
        weak: Whether the label alone says too little.
        certain: Whether such a label is hardly ever anything else, such as the name of a speaker's turn.
        loose: Whether the value is short, but not of the shape that the label asks for.
    """

    kind: str
    label: str
    value: str
    weak: bool
    certain: bool
    loose: bool = False


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """Each label with its kind and its row of the table."""
    kinds = table("lines")["credits"]
    return {pattern(word): (kind, row) for kind, rows in kinds.items() for row, words in rows.items() for word in words.split()}


@cache
def _shapes() -> dict[str, re.Pattern[str]]:
    values = table("lines")["values"]
    surnames = pattern("".join(values["surnames"].split()))
    compound = rf"(?:{any_of(values['compound'].split())})[一-鿿]{{1,2}}"
    name = rf"(?:{compound}|[{surnames}]\s{{0,2}}[一-鿿](?:\s?[一-鿿])?|[一-鿿]{{2,6}}·[一-鿿]{{1,8}})"
    role = any_of(word for word, (kind, _) in _labels().items() if kind == "person")
    names = rf"{name}(?:\(.{{1,6}}\))?(?:[\s、,/和与&;]{{0,3}}{name}(?:\(.{{1,6}}\))?){{0,7}}"
    organ = (
        rf"[一-鿿a-z0-9“”《》\"'()·—.\s-]{{0,24}}(?:{any_of(values['organ_ends'].split())}|{any_of(values['stand_ins'].split())})"
    )
    who = rf"(?:[一-鿿·]{{0,10}}?(?:本报|本网|本台|本刊|新华社)?(?:{role}))"
    by = r"(?:\s*/?\s*(?:摄影报道|摄|文|图|报道|摄影|整理|制图|综合))?"
    return {
        "names": re.compile(rf"{names}{by}"),
        "organ": re.compile(rf"(?:{organ}|[a-z][a-z0-9_.]{{1,15}})(?:\s+{names})?{by}"),
        "any": re.compile(r"[一-鿿·\s、]{2,16}"),
        "source": re.compile(pattern(r"(?:<url>|<quoted>|[^,。;!?:]){1,40}")),
        "count": re.compile(pattern(r"<count>")),
        "list": re.compile(rf"{name}(?:[\s、,]+{name}){{1,5}}"),
        "bare": re.compile(rf"(?:[【\[(]\s*)?{who}\s+{names}(?:[\s;,、]+{who}\s+{names}){{0,5}}{by}\s*[)】\]]?"),
        "tight": re.compile(rf"(?:{who}\s*{names}[\s;,、]*){{1,4}}"),
        "joined": re.compile(rf"(?:[【\[(]\s*)?(?:本报|本网|本台|本刊|新华社){{1}}(?:{role})\s*{names}{by}\s*[)】\]]?"),
        "by": re.compile(rf"{names}\s*/\s*(?:文|图|摄|摄影|文图|供图)(?:[\s、,]+{names}\s*/\s*(?:文|图|摄|摄影|供图)){{0,3}}"),
    }


@cache
def _label() -> re.Pattern[str]:
    """A label with its colon; letters of short ones may stand apart."""
    words = sorted(_labels(), key=len, reverse=True)
    spaced = "|".join(
        r"[\s]{0,4}".join(word) if len(word) < 4 and not word.isascii() and "/" not in word else re.escape(word) for word in words
    )
    counts = any_of(word for word, (kind, _) in _labels().items() if kind == "count")
    return re.compile(rf"(?P<label>{spaced})[)】\]]?\s*[:丨|│∣∶/]\s*|(?P<counted>{counts})\s*(?=[(\[]\s*[0-9])")


@lru_cache(4096)
def parse_credits(line: str) -> tuple[Credit, ...]:
    """Read a plain line as credits; empty if any part of it is something else.

    Beside others that fit, a value may be anything short.
    """
    if _ANY_SEPARATOR.search(line) is None:
        return ()
    inner = _BRACKETS.fullmatch(line.strip())
    line = inner[1].strip() if inner and "【" not in inner[1] else line.strip()
    found = list(_label().finditer(line))
    if not found or not _is_fitting(line[: found[0].start()], found[0]):
        return ()
    ends = [each.start() for each in found[1:]] + [len(line)]
    credits = [_credit(each, line[each.end() : end]) for each, end in zip(found, ends, strict=True)]
    misfits = [each for each in credits if each.value and not is_fitting(each)]
    if not misfits:
        return tuple(credits)
    if not all(_MISFIT.fullmatch(each.value) for each in misfits):
        return ()
    if len(credits) == 1:
        return (replace(credits[0], loose=True),)
    dated = _DATE_TIME.match(line) is not None
    return tuple(credits) if 2 * len(misfits) <= sum(bool(each.value) for each in credits) + dated else ()


def _is_fitting(before: str, first: re.Match[str]) -> bool:
    """Whether nothing but a date, a choice of letter size or a longer name of a role stands before the first label."""
    kind, _ = _labels()[_name_of(first)]
    rest = re.sub(_SIZE, "", _DATE_TIME.sub("", before)).strip(_GAP + "【[(")
    return not rest or (kind == "person" and re.fullmatch("[一-鿿]{1,8}", rest) is not None and before == rest)


def _name_of(found: re.Match[str]) -> str:
    return re.sub(r"\s", "", found["label"] or found["counted"])


def _credit(found: re.Match[str], value: str) -> Credit:
    label = _name_of(found)
    kind, row = _labels()[label]
    value = re.sub(_SIZE, "", value)
    if kind != "date":
        value = _DATE_TIME.sub("", value)
    value = re.sub(r"(?:打印|关闭|收藏|下载|朗读|纠错|分享)(?=[\s\]】)]|$)", "", value)
    return Credit(
        kind, label, value.strip(_GAP + "【】[]()") if kind != "source" else value.strip(_GAP), row == "weak", row == "strong"
    )


def is_fitting(credit: Credit) -> bool:
    """Whether a value has the shape that its label asks for."""
    value, shapes = credit.value, _shapes()
    if len(value) > 60 or value in table("lines")["values"]["not_names"].split():
        return False
    match credit.kind:
        case "person":
            wanted = ("names", "organ", "any") if credit.certain else ("names", "organ")
            return any(shapes[name].fullmatch(value) for name in wanted)
        case "date":
            return _DATE_TIME.fullmatch(value) is not None
        case "count":
            return shapes["count"].fullmatch(value) is not None
        case _:
            return shapes["source"].fullmatch(value) is not None


@lru_cache(4096)
def is_bare_byline(line: str) -> bool:
    """Whether a plain line is roles and names without colons: `记者 …  摄影 …`, `…/文 …/图`."""
    return len(line) <= 60 and any(_shapes()[name].fullmatch(line) for name in ("bare", "joined", "by"))


def is_byline_in_brackets(inner: str) -> bool:
    """Whether what stands in brackets, plain, is roles with names, or two and more names, and nothing else."""
    return len(inner) <= 60 and any(_shapes()[name].fullmatch(inner.strip()) for name in ("tight", "bare", "by", "list"))


def is_moment(line: str) -> bool:
    """Whether a plain line is a date with the time of day and nothing else."""
    return ":" in line and _DATE_TIME.fullmatch(line.strip(_GAP)) is not None
