"""Hard wraps: whether a fixed width broke the lines of a text, and which.

Where a width broke them, no line of prose is longer, and many lines stop there inside a sentence. Source: notes text.md 5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

SENTENCE_ENDS = frozenset("。！？；：!?;:…”」』）)")
FULL_STOPS = frozenset("。！？!?")
SLACK = 4
"""Columns by which a full line may stop short of the width: a mark or a word that must not be parted moved to the next."""

PROSE_MARK = re.compile("[，。、；：！？]|[,;.!?](?=\\s|$|[\u4e00-\u9fff])")
_FEWEST_LINES, _NARROWEST, _WIDEST = 6, 24, 160
_FEWEST_FULL, _LEAST_SHARE = 4, 0.12
_MOST_OUTSIDE = 0.03
"""Share of lines, one at least, that may be longer than the width: a title, an address, a row of a table."""

_WIDE = re.compile(
    "[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00017000-\U0001b2ff\U0001f300-\U0001f64f\U0001f900-\U0001f9ff"
    "\U00020000-\U0003fffd]+"
)
"""Characters that take two columns (East Asian Width W and F, to the block)."""


def columns(text: str) -> int:
    """Width on a page: two columns for a wide character, one for others."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


def wrapped_width(lines: Sequence[str]) -> int | None:
    """Find the column at which prose looks hard-wrapped.

    Args:
        lines: Visible lines, with their indents.

    Returns:
        The width in columns, indent included, or None where lines are whole paragraphs, verses or rows of a table. Prose counts as
        wrapped if it holds a full stop, and half of all lines fill the same width, most of them ending inside a sentence; or
        several lines fill a width that hardly any line passes, many of them ending inside a clause.
    """
    if len(lines) < _FEWEST_LINES:
        return None
    texts = [line.rstrip() for line in lines]
    if not any(not FULL_STOPS.isdisjoint(text) or ". " in text for text in texts):
        return None
    widths = [columns(text) if len(text) <= _WIDEST + SLACK else len(text) for text in texts]  # too wide is too wide
    counted = Counter(width for width in widths if _NARROWEST <= width <= _WIDEST)
    if not counted:
        return None
    common = max(counted, key=lambda width: (counted[width], width))
    full = _of_width(texts, widths, common - 2, common + 2)
    if len(full) >= max(5, len(texts) / 2) and _open(full) > 0.6 and _prose(texts) >= 0.1:
        return common
    for width in _margins(widths):
        full = _of_width(texts, widths, width - SLACK, width + 2)
        if len(full) >= max(_FEWEST_FULL, _LEAST_SHARE * len(texts)) and _inside_clause(full) > 0.35 and _prose(full) >= 0.5:
            return width
    return None


def _of_width(texts: Sequence[str], widths: Sequence[int], least: int, most: int) -> list[str]:
    return [text for text, width in zip(texts, widths, strict=True) if least <= width <= most]


def _margins(widths: Sequence[int]) -> list[int]:
    """Give the widths that hardly any line passes, the widest first."""
    outside = max(1, round(_MOST_OUTSIDE * len(widths)))
    widest = sorted(widths, reverse=True)[: outside + 1]
    return [width for width in dict.fromkeys(widest) if _NARROWEST <= width <= _WIDEST]


def _open(full: Sequence[str]) -> float:
    """Share of lines that end inside a sentence."""
    return sum(text[-1] not in SENTENCE_ENDS for text in full) / len(full)


def _inside_clause(full: Sequence[str]) -> float:
    """Share of lines that no mark ends: verses end with one, and broken prose does now and then."""
    return sum(text[-1].isalnum() for text in full) / len(full)


def _prose(texts: Sequence[str]) -> float:
    """Share of lines that hold a mark of punctuation."""
    return sum(PROSE_MARK.search(text) is not None for text in texts) / len(texts)


def looks_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines look broken at a fixed width rather than at paragraphs."""
    return wrapped_width(lines) is not None
