"""Shortening a passage around its spans: whole sentences where they fit, never more than a given length.

A snippet is data; nothing here knows HTML. Always: a snippet's text is a slice of the passage, and each of its spans covers in it
what the passage's span covers there. Source: plan.md 11 (sentence ends, at most 120 characters); notes text.md 5 (no marks at all).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.document import Span

MOST_CHARACTERS = 120
_SENTENCE_ENDS = frozenset("。！？；!?;\n")
_CLOSERS = frozenset("”’」』）)》")
_BREAKS = _SENTENCE_ENDS | frozenset("，、：,:")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A slice of a passage.

    Attributes:
        text: The slice.
        start: Where it begins in the passage, code points.
        spans: Spans that lie in it, into `text`; a span longer than the snippet is cut at its end.
    """

    text: str
    start: int
    spans: tuple[Span, ...]


def make_snippet(text: str, spans: Sequence[Span], *, max_chars: int = MOST_CHARACTERS) -> Snippet:
    """Cut the stretch of a passage that shows most of its spans.

    Args:
        text: The passage.
        spans: Sorted spans into it; may be empty, then the snippet is its beginning.
        max_chars: Greatest length of the snippet, code points.
    """
    if len(text) <= max_chars:
        return Snippet(text, 0, tuple(spans))
    first, last = _densest(spans, max_chars)
    room = max_chars - (last - first)
    start = _sentence_start(text, first, max(0, first - room))
    end = min(len(text), start + max_chars)
    if end < len(text):
        end = _sentence_end(text, max(last, start + 1), end)
    start = max(0, min(start, end - 1)) if text else 0
    inside = tuple((max(left, start) - start, min(right, end) - start) for left, right in spans if left < end and right > start)
    return Snippet(text[start:end], start, inside)


def _densest(spans: Sequence[Span], max_chars: int) -> Span:
    """Find the run of spans, no longer than the snippet, that holds most of them; the first of several."""
    best, best_count = (spans[0][0], min(spans[0][1], spans[0][0] + max_chars)) if spans else (0, 0), 0
    right = 0
    for left, (start, _) in enumerate(spans):
        while right < len(spans) and spans[right][0] < start + max_chars:
            right += 1
        run = [end for _, end in spans[left:right] if end - start <= max_chars]
        if len(run) > best_count:
            best, best_count = (start, max(run)), len(run)
    return best


def _sentence_start(text: str, first: int, earliest: int) -> int:
    """Find where the sentence around `first` begins, or the nearest comma or limit before it."""
    nearest = None
    for at in range(first, earliest, -1):
        if text[at - 1] in _SENTENCE_ENDS or (text[at - 1] in _CLOSERS and at > 1 and text[at - 2] in _SENTENCE_ENDS):
            return at
        if nearest is None and text[at - 1] in _BREAKS and first - at > 20:
            nearest = at
    if earliest == 0:
        return 0
    return nearest if nearest is not None else max(earliest, first - 30)


def _sentence_end(text: str, last: int, latest: int) -> int:
    """Find the last sentence end, else the last comma, behind `last` and not behind `latest`; else `latest`."""
    for marks in (_SENTENCE_ENDS, _BREAKS):
        for at in range(latest, last, -1):
            if text[at - 1] in marks:
                return at + 1 if at < latest and text[at] in _CLOSERS else at
    return latest
