"""Words: one function cuts texts and queries for all engines.

jieba's dictionary and the archive's own word lists, hidden Markov model off (never better, notes ranking.md), on folded text:
unfolded Traditional text falls apart. rjieba is jieba in Rust with the same dictionary; where it has no wheel, jieba itself serves.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir

Cut = Callable[[str], list[str]]


@cache
def word_cutter(words: tuple[str, ...] = ()) -> Cut:
    """Give the function that cuts folded text into words; the pieces joined are the text.

    Args:
        words: Words that the dictionary must know besides its own, folded.

    Returns:
        A function; loading the dictionary behind it takes half a second, once in a process.
    """
    if find_spec("rjieba") is not None:
        import rjieba

        fast = rjieba.Jieba()
        for word in words:
            fast.add_word(word, 100_000, "n")
        return lambda text: list(fast.cut(text, False))
    import jieba

    slow = jieba.Tokenizer()
    # Its cache is unmarshalled: a shared temporary folder would let other users put code there.
    slow.tmp_dir = str(Path(gettempdir()) / f"yinde-jieba-{hashlib.sha256(str(Path.home()).encode()).hexdigest()[:8]}")
    Path(slow.tmp_dir).mkdir(mode=0o700, exist_ok=True)
    jieba.setLogLevel(logging.WARNING)
    for word in words:
        slow.add_word(word, 100_000)
    return lambda text: list(slow.cut(text, HMM=False))


@cache
def dictionary_version(words: tuple[str, ...] = ()) -> str:
    """Name dictionary and word lists; part of an index's fingerprint."""
    listed = hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()[:8] if words else "none"
    return f"jieba {version('jieba')}, lists {listed}"
