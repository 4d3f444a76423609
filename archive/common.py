"""The characters that Chinese texts of our time are made of, in both scripts.

Sources: data/common_characters.txt, the most frequent ones; the first level of GB 2312, 3,755 characters of daily use.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from math import log2

from archive.folding import fold, folding_table

PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕…—·")


@cache
def common_characters() -> frozenset[str]:
    """Give the most frequent characters, each with the other forms that fold to it; no punctuation, no letters, no digits."""
    listed = (files("archive") / "data" / "common_characters.txt").read_text(encoding="utf-8").replace("\n", "")
    folded = frozenset(fold(listed))
    return frozenset(listed) | folded | {chr(code) for code, target in folding_table().items() if target in folded}


@cache
def _ranks() -> dict[str, int]:
    """Rank of each frequent character, 1 for the most frequent; forms that fold to one character share its rank."""
    listed = (files("archive") / "data" / "common_characters.txt").read_text(encoding="utf-8").replace("\n", "")
    ranks: dict[str, int] = {}
    for char in listed:
        ranks.setdefault(fold(char), len(ranks) + 1)
    return ranks


@lru_cache(1 << 16)
def plausibility(char: str) -> float:
    """How much to be expected a character is in a Chinese text of our time, on a scale of logarithms to base 2.

    Returns:
        11 for the most frequent character, 1 for the last of the frequent ones, 0 for others of daily use, -4 for rare ones; 6 for
        a Chinese punctuation mark.
    """
    rank = _ranks().get(fold(char))
    if rank:
        return max(1.0, 11 - log2(rank))
    if char in PUNCTUATION:
        return 6
    return 0 if is_ordinary(char) else -4


@lru_cache(1 << 16)
def is_ordinary(char: str) -> bool:
    """Whether a character, or the one it folds to, is among the most frequent or in the first level of GB 2312."""
    if char in common_characters():
        return True
    try:
        return b"\xb0\xa1" <= fold(char).encode("gb2312") <= b"\xd7\xf9"
    except UnicodeEncodeError:
        return False
