"""Several texts in one file: where one ends and the next begins.

A border needs strong proof: the head of a text (its title, date, salutation), the end of the one before, numbers that start again,
and what the first lines announce count points together; chapters, transcripts and quoted speeches reach too few. What counts how
much is a table, `data/splitting.toml`. Source: notes text.md 5.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import zip_longest

from archive.cleaning.heads import STARTS, Head, find_heads, plain, splitting_rules
from archive.cleaning.text import Text
from archive.numbering import number_of

_HEADLESS = 450
"""Code points before the first border if what stands there has no head: less may be a notice or a preface."""

_BODY_LEAST = 100
"""Code points between the head of a text and the head of the next."""

_BEFORE_BODY = 16
"""Lines from the beginning of a text in which its salutation may stand."""

_NAMES = frozenset({"marker", "title", "heading", "salutation"})
_OWN = frozenset({"marker", "title", "heading", "articles"})
"""Signs that what a file announces is met with; a salutation comes back within a speech too, unless numbers start again."""

_AT_END = frozenset('。!?…”"』」)')
_OPENS, _GOES_ON = frozenset("《〈“‘「『（(【"), frozenset("》〉”’」』）)】，。、；：,;")
_TURN = re.compile(r"(?m)^[ \t\u3000*#>]*([^\s:：,，。、]{1,12})[:：]")
_TURNS_LEAST, _TURNS_SHARE = 8, 0.1
_RESTARTS = {"han": 2, "formal": 2, "article": 3, "chapter": 2}
"""Style of numbers, and how far they must have come before a 1 is a new start."""


def find_parts(text: Text) -> tuple[tuple[int, int], ...]:
    """Give the half-open ranges of the documents in a text; they tile it.

    The title of a collection stays at the beginning of the first.
    """
    starts = [0, *_borders(text)]
    return tuple(zip(starts, [*starts[1:], len(text.string)], strict=True))


def _borders(text: Text) -> Iterator[int]:
    rules, lines, end = splitting_rules(), text.lines, len(text.string)
    announced, numbers = _announces_several(text), _Numbers(text)
    part, body, least = 0, 0, _HEADLESS  # of the running text: its first line, that of its body, and its least length
    counted = {"marker": 0, "ordinal": 0}
    heads = [*find_heads(text)]
    for head, following in zip_longest(heads, heads[1:]):
        signs = _counted(head, counted)
        start = lines[head.first].start
        is_far = start - lines[part].start >= least and start - lines[min(body, head.first)].start >= _BODY_LEAST
        if is_far and end - start >= rules.shortest and signs & (STARTS - {"rule"}) and head.number != 1:
            signs |= {_ending(text, head.first)} | numbers.signs(part, head, following.first if following else len(lines))
            signs |= {"pair"} if signs >= {"title", "salutation"} else set()
            signs |= {"collection"} if announced and (signs & _OWN or signs >= {"salutation", "restart"}) else set()
            if sum(rules.points.get(sign, 0) for sign in signs) >= rules.threshold and not _belongs(text, part, head, signs):
                yield lines[head.first].indent
                part, body, least = head.first, head.end, rules.shortest
                continue
        if head.first <= body + 1 or ("salutation" in signs and head.first - part < _BEFORE_BODY):
            body = head.end
            least = rules.shortest if signs & _NAMES else least


def _counted(head: Head, counted: dict[str, int]) -> set[str]:
    """Give the signs of a head, without a marker that does not go on from the one before."""
    signs = set(head.signs)
    for kind in counted.keys() & signs:
        goes_on = head.number == counted[kind] + 1
        if goes_on or head.number == 1:
            counted[kind] = head.number
        if not goes_on or head.number == 1:
            signs.discard(kind)
    return signs


def _announces_several(text: Text) -> bool:
    pattern = splitting_rules().patterns["collection"]
    return any(pattern.search(plain(text.of(line))) for line in text.lines[:3] if line.end - line.start <= 80)


def _is_transcript(text: Text) -> bool:
    """Whether lines begin with names and colons, and names come back: what is read out there is no text of its own."""
    names = Counter(found[1] for found in _TURN.finditer(text.string))
    back = sum(count for count in names.values() if count > 2)
    return back >= _TURNS_LEAST and back > _TURNS_SHARE * len(text.lines)


def _ending(text: Text, first: int) -> str:
    """Say how the text before a line ends: farewell, end, open, or not at all ("")."""
    for line in reversed(text.lines[max(0, first - 5) : first]):
        tail = plain(text.string[max(line.start, line.end - 450) : line.end])
        if splitting_rules().patterns["farewell"].search(tail):
            return "farewell"
        if tail[-1:] in _AT_END:
            return "end"
        if tail[-1:] in {":", ",", "、"}:
            return "open"
        if len(tail) > 40:  # no signature, no date
            return ""
    return ""


def _belongs(text: Text, part: int, head: Head, signs: set[str]) -> bool:
    """Whether what the head begins belongs to the text before.

    It does as an attachment; if that text names it in 《》; if that text is called the same and shows neither an end nor numbers
    (title, summary, title again); and if it stands between brackets of its neighbours, being a link in a sentence.
    """
    rules, lines, first = splitting_rules(), text.lines, text.lines[head.first].start
    near = lines[max(part, head.first - (1 if "salutation" in signs else 3)) : head.end]
    if any(line.end - line.start <= 60 and rules.patterns["attachment"].fullmatch(plain(text.of(line))) for line in near):
        return True
    following = text.string[lines[head.end].start] if head.end < len(lines) else ""
    if text.string[lines[head.first - 1].end - 1] in _OPENS or following in _GOES_ON:
        return True
    title = plain(head.title)
    titles = {plain(text.of(line)) for line in lines[part : part + 5] if line.end - line.start <= 2 * rules.title_most}
    if title in titles and not signs & {"farewell", "restart", "articles"}:
        return True
    return bool(title) and f"{title}》" in plain(text.string[max(lines[part].start, first - 20_000) : first])


class _Numbers:
    """The numbers that lines begin with, by style, for asking whether they start again."""

    def __init__(self, text: Text) -> None:
        self._text = text

    @cached_property
    def _found(self) -> dict[str, tuple[list[int], list[int]]]:
        """By style, the lines that begin with a number, and their numbers; empty for a transcript, which reads out many."""
        found: dict[str, tuple[list[int], list[int]]] = {style: ([], []) for style in _RESTARTS}
        if _is_transcript(self._text):
            return found
        for at, line in enumerate(self._text.lines):
            number = number_of(self._text.string[line.start : min(line.end, line.start + 20)])
            if number and number.style in found:
                found[number.style][0].append(at)
                found[number.style][1].append(number.value)
        return found

    def signs(self, part: int, head: Head, until: int) -> set[str]:
        """Give what numbers tell of a head.

        `opening` if the first article or chapter stands right below it; `restart` or `articles` if numbers that ran from line
        `part` on begin with 1 again between it and line `until`.
        """
        signs = set()
        for style, least in _RESTARTS.items():
            lines, values = self._found[style]
            before, after = bisect_left(lines, head.first) - 1, bisect_left(lines, head.end)
            if after < len(lines) and lines[after] < until and values[after] == 1:
                is_law = style in ("article", "chapter")
                if is_law and lines[after] <= head.end + 1:
                    signs.add("opening")
                if before >= 0 and lines[before] >= part and values[before] >= least:
                    signs.add("articles" if is_law else "restart")
        return signs
