"""Finding a passage of an old text again in a newer one, and saying honestly what changed.

Order: the same folded paragraph; the folded words inside another paragraph (merged or split); the nearest paragraph, at least .8
alike and never under eight characters; else not found. Nothing is stored: both texts are kept, so anything cited can be looked for
at any time. Source: plan.md 6; notes citing.md 4.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from archive.folding import fold

LEAST_ALIKE = 0.8
LEAST_CHARACTERS = 8
"""Folded letters and digits; shorter passages are never found by likeness ("Linus" once landed on "chines")."""

SAME, MOVED, CHANGED, GONE = "same", "moved", "changed", "gone"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage of an old text stands in a newer one.

    Attributes:
        status: `same` words at the same number, `moved` to another number or into another paragraph, `changed` words, or `gone`.
        passage: 1-based number in the newer text, or None if gone.
        alike: 0 to 1; 1 where all words are the same.
    """

    status: str
    passage: int | None = None
    alike: float = 0.0


def find_again(old: Sequence[str], number: int, new: Sequence[str]) -> Anchor:
    """Find a passage again.

    Args:
        old: Passages of the old text, ¶1 first.
        number: 1-based number of the passage in it.
        new: Passages of the newer text.

    Raises:
        IndexError: The old text has no such passage.
    """
    if not 1 <= number <= len(old):
        raise IndexError(number)
    wanted = _letters(old[number - 1])
    letters = [_letters(passage) for passage in new]
    equal = [index for index, text in enumerate(letters, start=1) if text == wanted]
    if equal:
        before = [_letters(passage) for passage in old].index(wanted) + 1
        nth = sum(_letters(passage) == wanted for passage in old[before - 1 : number]) - 1
        found = number if number in equal else equal[min(nth, len(equal) - 1)]
        return _judge(old[number - 1], number, new[found - 1], found)
    if len(wanted) < LEAST_CHARACTERS:
        return Anchor(GONE)
    holding = [index for index, text in enumerate(letters, start=1) if wanted in text]
    if holding:
        found = min(holding, key=lambda index: abs(index - number))
        return _judge(old[number - 1], number, new[found - 1], found)
    scored = [(_alike(wanted, text), -abs(index - number), index) for index, text in enumerate(letters, start=1)]
    alike, _, found = max(scored, default=(0.0, 0, 0))
    return Anchor(CHANGED, found, alike) if alike >= LEAST_ALIKE else Anchor(GONE)


def _judge(old: str, number: int, new: str, found: int) -> Anchor:
    """Say whether words found by their letters are the same words: 3.5 is not 35, though the letters are."""
    was, now = _words(old), _words(new)
    if was == now:
        return Anchor(SAME if found == number else MOVED, found, 1.0)
    if was in now:
        return Anchor(MOVED, found, 1.0)
    return Anchor(CHANGED, found, min(fuzz.partial_ratio(was, now) / 100, 0.999))


def _words(text: str) -> str:
    """Fold a text for comparing; of the marks only their width is forgotten."""
    return fold(text).translate(_WIDE_MARKS)


_WIDE_MARKS = str.maketrans("，。：；？！（）", ",.:;?!()")


def _letters(text: str) -> str:
    """Fold a text to its letters and digits: punctuation is what cleaning changes most."""
    return "".join(char for char in fold(text) if unicodedata.category(char)[0] in "LN")


def _alike(old: str, new: str) -> float:
    """Say how alike two paragraphs are, or the best part of the longer one with the shorter."""
    if min(len(old), len(new)) < LEAST_CHARACTERS:
        return 0.0
    return max(fuzz.ratio(old, new, score_cutoff=80), fuzz.partial_ratio(old, new, score_cutoff=80)) / 100
