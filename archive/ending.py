"""How a text ends: as texts do, or cut off in mid-sentence.

Rules, words and how sure each sign is: `data/completeness.toml`. A list, a poem, a table or a signature at the end is no cut, and a
text that was written without punctuation says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from archive.folding import fold, forms_of
from archive.numbering import HAN, number_of, number_value

_LONG = 40
"""Characters of a passage that is a sentence or more."""

_BROKEN = 24
"""Characters of a last line that breaks off; a shorter one may be a signature or a slogan."""

_SENTENCE = 12
"""Characters of a line in which a sentence may stand."""

_PROSE_SHARE, _PROSE_LEAST, _STOPS_LEAST = 0.8, 2, 3
"""Share of such lines that end with a mark in prose; how many there are; how many full stops, twice that where lines are fewer."""

_LAST = 20
"""Characters at the end of a text that a cut is shown by."""

_FINAL = frozenset("。！？…!?.;；”’\"'」』）)】》〉]~～—-|│┘┃＊*：:")
_OPEN = frozenset("，,、“‘「『（(《〈【[")
_STOP = re.compile("[。！？!?]")
_PAUSE = re.compile("[，。；！？,;!?]")
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"), ("《", "》"))
_POINTS_IN = 3_000
"""Characters from the top in which a speech says how many points it makes."""

_ANNOUNCING = "讲谈提说"
_ANNOUNCED_POINTS = re.compile(
    f"(?:我|下面|这里|现在|就|从)[^。;!?\n]{{0,30}}?[{_ANNOUNCING}][^。;!?,\n]{{0,6}}?(?P<n>{fold(HAN)}|\\d{{1,2}})(?:个方面|点|条|个问题|个意思)"
)
_POINT = re.compile(f"(?:^|[\n。！？；”」!?;])[ \t\u3000]*({HAN})、")


@dataclass(frozen=True, slots=True)
class Cut:
    """A sign that a text is cut off.

    Attributes:
        reason: Its name in the table of confidence, such as mid-sentence.
        passage: Index of the passage that shows it.
        start: First code point of what shows it, in the passage.
        end: One past the last.
    """

    reason: str
    passage: int
    start: int
    end: int


def find_cuts(passages: Sequence[str], tail: re.Pattern[str], ended: re.Pattern[str]) -> Iterator[Cut]:
    """Find what shows that a text is cut off.

    Args:
        passages: The passages of the text.
        tail: What notices, credits and rules behind a text look like, folded.
        ended: Words that end a text even where the full stop is missing, folded.
    """
    last = len(passages) - 1
    while last >= 0 and tail.fullmatch(fold(passages[last])):
        last -= 1
    if last < 0:
        return
    line, text = passages[last].rstrip(), passages[: last + 1]
    can_tell = _is_prose(text) and not ended.search(fold(line[-10:]))
    if can_tell and (reason := _broken_off(line, text)):
        yield Cut(reason, last, max(0, len(line) - _LAST), len(line))
    yield from _missing_points(text)


def _is_prose(passages: Sequence[str]) -> bool:
    """Whether the passages before the last end with marks where sentences stand in them, as verse and wrapped lines do not."""
    sentences = [passage.rstrip() for passage in passages[:-1] if len(passage) >= _SENTENCE and _STOP.search(passage)]
    if sum(len(passage) >= _LONG for passage in sentences) < len(sentences) / 2:
        return False  # verse, or lines wrapped at a width
    if sum(passage[-1] in _FINAL for passage in sentences) < _PROSE_SHARE * len(sentences):
        return False
    least = _STOPS_LEAST if len(sentences) >= _PROSE_LEAST else 2 * _STOPS_LEAST
    stops = (stop for passage in passages for stop in _STOP.finditer(passage))
    return sum(1 for _ in islice(stops, least)) == least


def _broken_off(line: str, passages: Sequence[str]) -> str:
    """Say how the last line breaks off; "" if it does not."""
    if line[-1] in _FINAL or line[-1].isascii():
        return ""
    if len(line) >= _LONG // 2 and (line[-1] in _OPEN or any(_opens(line, *pair) for pair in _PAIRS)):
        return "open-bracket"
    pauses = len(_PAUSE.findall(line))
    if pauses and len(line) >= _BROKEN and not _is_table_or_list(line):
        return "mid-sentence"
    return "heading-without-text" if _is_heading(line) and _has_text_below(passages) else ""


def _opens(line: str, opener: str, closer: str) -> bool:
    """Whether the last opening mark of a line is not closed."""
    return line.rfind(opener) > line.rfind(closer)


def _is_table_or_list(line: str) -> bool:
    """Whether cells, names or figures stand in the line rather than a sentence."""
    gaps = len(re.findall(r"[\u3000\t|│]|  ", line)) + line.count("、")
    return gaps > 4 * len(_PAUSE.findall(line))


def _is_heading(line: str) -> bool:
    number = number_of(line)
    return (
        number is not None and number.style in ("han", "han-bracket") and number.value >= 2 and 4 <= len(line) - number.end <= _LONG
    )


def _has_text_below(passages: Sequence[str]) -> bool:
    """Whether headings of the style of the last passage have text below them elsewhere, at least twice."""
    styles = [(number.style if (number := number_of(passage)) else "") for passage in passages]
    following = zip(styles, passages[1:], strict=False)
    return sum(style == styles[-1] and len(below) >= _LONG for style, below in following) >= 2


def _missing_points(passages: Sequence[str]) -> Iterator[Cut]:
    """Compare the number of points that a speech announces with those that it makes."""
    at = 0
    for number, passage in enumerate(passages):
        if at > _POINTS_IN or _POINT.match(passage):
            return
        may_announce = _announcing().search(passage, 0, _POINTS_IN) is not None
        if may_announce and (found := _ANNOUNCED_POINTS.search(fold(passage[:_POINTS_IN]))):
            made = _count_points("\n".join(passages))
            if 1 <= made < number_value(found["n"]):
                yield Cut("points-missing", number, 0, len(passage))
            return
        at += len(passage)


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(f"[{forms_of(_ANNOUNCING)}]")


def _count_points(text: str) -> int:
    """Count how far 一、 二、 三、 run, within lines too."""
    made = 0
    for point in _POINT.finditer(text):
        if number_value(point[1]) == made + 1:
            made += 1
    return made
