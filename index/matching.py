"""Where a leaf of the query tree stands in a passage: the one function that decides, for all engines.

Engines propose candidates and `find_spans` disposes, so all engines agree by construction. A passage has three forms, one for each
mode: `text` (folded), `loose` (folded, punctuation and symbols dropped, nothing crosses a sentence end), `letters` (as it stands).
Source: plan.md 8; measured against brute force: tests/index/test_matching.py.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from archive.document import Span
from archive.folding import FoldedText, fold, fold_with_offsets
from index.analysis.segmenter import word_cutter
from index.query import Bare, Exact, Fuzzy, Gap, Near, TextLeaf

MODES = ("text", "loose", "letters")
SENTENCE_ENDS = frozenset("。！？；!?;")
"""Folded characters that mode `loose` never crosses."""

_BARRIER = "\0"
"""Stands for a sentence end in the loose form; no text and no query holds it."""


@dataclass(frozen=True, eq=False)
class PassageForms:
    """A passage and its forms, made when first asked for.

    Attributes:
        original: The passage as it stands in the source.
    """

    original: str

    @cached_property
    def text(self) -> FoldedText:
        """The folded form."""
        return fold_with_offsets(self.original)

    @cached_property
    def loose(self) -> FoldedText:
        """The folded form without punctuation and symbols, a barrier for each sentence end."""
        folded = self.text
        kept = [(at, _BARRIER if char in SENTENCE_ENDS else char) for at, char in enumerate(folded.folded)]
        kept = [(at, char) for at, char in kept if char == _BARRIER or not _is_mark(char)]
        return FoldedText(self.original, "".join(char for _, char in kept), [folded.offsets[at] for at, _ in kept])

    @cached_property
    def letters(self) -> FoldedText:
        """The passage itself."""
        return FoldedText(self.original, self.original, range(len(self.original)))

    def form(self, mode: str) -> FoldedText:
        """Give the form of a mode: text, loose or letters."""
        return self.text if mode == "text" else self.loose if mode == "loose" else self.letters


@lru_cache(maxsize=1 << 16)
def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


@lru_cache(maxsize=4096)
def needle(text: str, mode: str) -> str:
    """Bring a string of a query into the form of a mode; "" if nothing of it is left to look for."""
    if mode == "letters":
        return text
    folded = fold(text)
    if mode == "text":
        return folded
    return "" if _BARRIER in folded else "".join(char for char in folded if not _is_mark(char))


@lru_cache(maxsize=1024)
def bare_words(text: str, mode: str, words: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Cut bare text into the words that stand for it, in the form of a mode.

    Args:
        text: As typed.
        mode: text, loose or letters.
        words: The archive's own words, folded.

    Returns:
        Words of two or more characters that hold a letter or digit, each once, longest first.
    """
    folded = fold_with_offsets(text)
    found, at = [], 0
    for piece in word_cutter(words)(folded.folded):
        end = at + len(piece)
        if len(piece) > 1 and any(char.isalnum() for char in piece):
            start, stop = folded.span(at, end)
            found.append(needle(text[start:stop] if mode == "letters" else piece, mode))
        at = end
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


def find_spans(leaf: TextLeaf, passage: PassageForms, *, mode: str = "text", words: tuple[str, ...] = ()) -> tuple[Span, ...]:
    """Find where a leaf of the query tree stands in a passage.

    Args:
        leaf: A leaf that looks for strings; one that folds to nothing finds nothing.
        passage: The passage in any script.
        mode: text, loose or letters; a leaf that asks for letters is matched so in every mode.
        words: The archive's own words, for bare text.

    Returns:
        Half-open ranges of code points in the original passage, sorted, one per occurrence, never merged; those of one string do
        not overlap and are taken from the left.
    """
    if isinstance(leaf, Exact) and leaf.letters:
        mode = "letters"
    if isinstance(leaf, Near):
        return tuple(_near(leaf, passage, mode))
    form = passage.form(mode)
    return tuple(form.span(start, end) for start, end in _ranges(leaf, form.folded, mode, words))


def _ranges(leaf: Exact | Bare | Gap | Fuzzy, text: str, mode: str, words: tuple[str, ...]) -> Sequence[Span]:
    """Find where a leaf stands in the form of a mode."""
    match leaf:
        case Exact():
            return _apart(_exact(leaf, text, mode)) if needle(leaf.text, mode) in text else ()
        case Bare(typed):
            whole = needle(typed, mode)
            if whole and whole in text:
                return _apart(_starts(whole, text))
            return _longest_first([word for word in bare_words(typed, mode, words) if word in text], text)
        case Gap(pieces, gaps):
            return _with_gaps([needle(piece, mode) for piece in pieces], gaps, text)
        case Fuzzy(typed, errors):
            return _fuzzy(needle(typed, mode), errors, text)


def _starts(string: str, text: str) -> Iterator[Span]:
    """Yield every place of a string, overlapping ones included."""
    at = text.find(string) if string else -1
    while at >= 0:
        yield at, at + len(string)
        at = text.find(string, at + 1)


def _apart(ranges: Iterator[Span]) -> list[Span]:
    """Take ranges from the left that do not overlap."""
    taken: list[Span] = []
    for start, end in ranges:
        if not taken or start >= taken[-1][1]:
            taken.append((start, end))
    return taken


def _exact(leaf: Exact, text: str, mode: str) -> Iterator[Span]:
    """Yield every place of an exact string that stands in none of the excluded neighbourhoods."""
    after = tuple(string for string in (needle(other, mode) for other in leaf.not_before) if string)
    before = tuple(string for string in (needle(other, mode) for other in leaf.not_after) if string)
    for start, end in _starts(needle(leaf.text, mode), text):
        if not text.startswith(after, end) and not text.endswith(before, 0, start):
            yield start, end


def _longest_first(strings: Sequence[str], text: str) -> list[Span]:
    """Place strings so that none overlaps one placed before it."""
    taken: list[Span] = []
    for string in strings:
        for span in _apart(_starts(string, text)):
            _place(span, taken)
    return taken


def _place(span: Span, taken: list[Span]) -> None:
    """Put a span among others, which stay sorted, unless it overlaps one of them."""
    at = bisect_left(taken, span)
    if (at == 0 or taken[at - 1][1] <= span[0]) and (at == len(taken) or span[1] <= taken[at][0]):
        taken.insert(at, span)


def _near(leaf: Near, passage: PassageForms, mode: str) -> list[Span]:
    """Find the places of each part that belong to some complete chain, in the original."""
    places = [_places(part, passage, mode) for part in leaf.parts]
    offsets = passage.form(mode).offsets
    links = list(enumerate(leaf.links))
    for index, link in links:
        places[index + 1] = _beside(places[index + 1], places[index], offsets, link.distance, before=True, after=not link.ordered)
    for index, link in reversed(links):
        places[index] = _beside(places[index], places[index + 1], offsets, link.distance, before=not link.ordered, after=True)
    return sorted({span for part in places for span in _apart(iter(part))})


def _beside(
    spans: Sequence[Span], others: Sequence[Span], offsets: Sequence[int], distance: int, *, before: bool, after: bool
) -> list[Span]:
    """Keep the spans that have another one near, before or after them as asked.

    Both lists hold places of one string each, so starts and ends rise together, and only the nearest other one need be looked at.
    """
    starts, ends = [start for start, _ in others], [end for _, end in others]

    def between(left: int, right: int) -> int:
        return bisect_left(offsets, right) - bisect_left(offsets, left)

    def is_kept(span: Span) -> bool:
        last = bisect_right(ends, span[0]) - 1
        first = bisect_left(starts, span[1])
        return (before and last >= 0 and between(ends[last], span[0]) <= distance) or (
            after and first < len(starts) and between(span[1], starts[first]) <= distance
        )

    return [span for span in spans if is_kept(span)]


def _places(part: Exact, passage: PassageForms, mode: str) -> list[Span]:
    """Find every place of a part in the original, overlapping ones included."""
    own = "letters" if part.letters else mode
    form = passage.form(own)
    return [form.span(start, end) for start, end in _exact(part, form.folded, own)]


def _with_gaps(pieces: Sequence[str], gaps: Sequence[Span], text: str) -> list[Span]:
    """Find pieces with gaps between them: from the left, each gap as short as lets the rest follow.

    Read from the last piece back, so that each start is known to be completed or not before it is tried: a pattern that tries them
    from the front takes time that grows with the power of its gaps.
    """
    if not all(pieces):
        return []
    follow: list[dict[int, int]] = []
    reachable = {start for start, _ in _starts(pieces[-1], text)}
    for piece, (least, most) in zip(reversed(pieces[:-1]), reversed(gaps), strict=True):
        found: dict[int, int] = {}
        for start, end in _starts(piece, text):
            barrier = text.find(_BARRIER, end, end + most)
            last = most if barrier < 0 else barrier - end
            following = next((end + gap for gap in range(least, last + 1) if end + gap in reachable), None)
            if following is not None:
                found[start] = following
        follow.insert(0, found)
        reachable = set(found)
    taken: list[Span] = []
    for start in sorted(reachable):
        if not taken or start >= taken[-1][1]:
            at = start
            for step in follow:
                at = step[at]
            taken.append((start, at + len(pieces[-1])))
    return taken


def _fuzzy(string: str, errors: int, text: str) -> list[Span]:
    """Find near forms: of all ranges within `errors` edits, the nearest first, then the leftmost, then the one nearest in length.

    A near form holds one of `errors + 1` pieces of the string as it is, so only the surroundings of such pieces are measured.
    """
    from rapidfuzz.distance import Levenshtein  # few questions need it

    if len(string) <= errors:
        return []
    size = len(string)
    candidates: set[Span] = set()
    edges = [size * piece // (errors + 1) for piece in range(errors + 2)]
    for left, right in pairwise(edges):
        for at, _ in _starts(string[left:right], text):
            for start in range(max(0, at - left - errors), at - left + errors + 1):
                candidates.update(
                    (start, end) for end in range(start + size - errors, min(start + size + errors, len(text)) + 1) if end > start
                )
    measured = []
    for start, end in candidates:
        part = text[start:end]
        distance = Levenshtein.distance(string, part, score_cutoff=errors)
        if distance <= errors and _BARRIER not in part:
            measured.append((distance, start, abs(end - start - size), end))
    taken: list[Span] = []
    for _, start, _, end in sorted(measured):
        _place((start, end), taken)
    return taken
