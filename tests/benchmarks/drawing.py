"""Drawing the questions from the text itself, half of them turned into the other script, the same for the same seed.

Every place of the text has the same chance, so common strings and rare ones come as often as they stand there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import TypeVar

from archive.folding import fold, fold_with_offsets
from index.analysis.segmenter import word_cutter
from tests import oracle
from tests.benchmarks.benchtext import BenchPassage, BenchText, parse_line
from tests.benchmarks.querylog import Filtered, QueryLog

SHORTEST, LONGEST = 2, 8
"""Characters of a literal string."""
_YEARS_AROUND = 3
T = TypeVar("T")


def draw_log(text: BenchText, *, queries: int, warm: int = 20, seed: int = 7) -> QueryLog:
    """Draw a log.

    Args:
        text: Where the strings stand.
        queries: How many of each kind.
        warm: How many to warm up with.
        seed: Of all that is random.

    Raises:
        ValueError: The text is too poor to give so many different questions.
    """
    chance = random.Random(seed)
    passages = _passages(text, chance, most=1_000 * (queries + warm))
    strings = _different(_strings(passages, chance), queries + warm)
    words = _different((asked for found in passages if (asked := _words(found.text, chance, 2, 4))), queries)
    return QueryLog(strings[:queries], words, _different(_filtered(passages, chance), queries), strings[queries:])


def _passages(text: BenchText, chance: random.Random, *, most: int) -> Iterator[BenchPassage]:
    """Yield random passages, a long one more often than a short one: the line after a random byte is taken."""
    size = text.file.stat().st_size
    with text.file.open("rb") as lines:
        for _ in range(most):
            lines.seek(chance.randrange(size))
            lines.readline()
            if line := lines.readline():
                yield parse_line(line.decode("utf-8"))


def _different(drawn: Iterator[T], wanted: int) -> list[T]:
    kept: dict[str, T] = {}
    while len(kept) < wanted:
        asked = next(drawn, None)
        if asked is None:
            raise ValueError(f"the text gives only {len(kept)} different questions of {wanted}")
        kept.setdefault(json.dumps(asked, ensure_ascii=False), asked)
    return list(kept.values())


def _strings(passages: Iterator[BenchPassage], chance: random.Random) -> Iterator[str]:
    """Yield strings, every second one turned into the other script."""
    turn = False
    for found in passages:
        string = _slice(found.text, chance, SHORTEST, LONGEST)
        asked = oracle.other_script(string) if turn else string
        if string and (not turn or asked != string):
            turn = not turn
            yield asked


def _slice(text: str, chance: random.Random, shortest: int, longest: int) -> str:
    """Cut a string that begins and ends with a letter or digit, or give "" if the chosen place has none."""
    length = chance.randint(shortest, longest)
    start = chance.randrange(max(1, len(text) - length + 1))
    string = text[start : start + length]
    fine = len(string) == length and string[0].isalnum() and string[-1].isalnum() and len(fold(string)) >= shortest
    return string if fine else ""


def _words(text: str, chance: random.Random, fewest: int, most: int) -> list[str]:
    """Choose words of two or more letters from a passage, as they stand or all in the other script; [] if there are too few."""
    folded, at, found = fold_with_offsets(text), 0, dict[str, None]()
    for piece in word_cutter()(folded.folded):
        if len(piece) > 1 and piece.isalnum() and not piece.isascii():
            start, end = folded.span(at, at + len(piece))
            found[text[start:end]] = None
        at += len(piece)
    wanted = chance.randint(fewest, most)
    if len(found) < wanted:
        return []
    chosen = chance.sample(list(found), wanted)
    return [oracle.other_script(word) for word in chosen] if chance.random() < 0.5 else chosen


def _filtered(passages: Iterator[BenchPassage], chance: random.Random) -> Iterator[Filtered]:
    for found in passages:
        words, exact = _words(found.text, chance, 1, 2), _slice(found.text, chance, 2, 4)
        if words and exact:
            year = int(found.date[:4])
            yield Filtered(words, exact, year - _YEARS_AROUND, year + _YEARS_AROUND)
