"""The rules for characters and repairs, measured: each kind of damage done to clean lines; run with -s to see the table."""

import random
from collections.abc import Callable
from itertools import islice

import pytest

from archive.cleaning import _first_wins, clean
from archive.cleaning.characters import mend_characters
from archive.cleaning.repairs import mend_text
from archive.cleaning.text import Text
from archive.edits import apply_edits, tile
from tests.archive.cleaning.damage import CORPORA, KINDS, clean_lines, damaged_lines

pytestmark = pytest.mark.skipif(not CORPORA.exists(), reason="the texts in ../shared are not beside this checkout")

N_DAMAGED, N_CLEAN = 1000, 5000

LEAST = {
    "one byte out": (0.90, 0.98),
    "UTF-8 as GBK": (0.97, 0.99),
    "UTF-8 as Latin": (0.97, 0.99),
    "GBK as Latin": (0.97, 0.99),
    "HKSCS": (0.99, 0.99),
    "doubled runs": (0.97, 0.99),
    "doubled characters": (0.97, 0.99),
    "doubled line": (0.99, 0.99),
    "pinyin gloss": (0.99, 0.99),
    "doubled mark": (0.99, 0.99),
}
"""For each kind: the least share mended, and the least share of mended ones among those that were touched."""


def mended(raw: str) -> str:
    """Do both stages."""
    for stage in (mend_characters, mend_text):
        raw = apply_edits(raw, _first_wins(stage(Text(raw))))
    return raw


def said(text: str) -> str:
    """What a text says, blank lines and spaces at its edges apart."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_mended(kind: str) -> None:
    right = wrong = missed = 0
    for line, damaged in damaged_lines(kind, N_DAMAGED):
        title = damaged.removesuffix("\n" + line).split()[-1] + "\n" if kind in ("doubled runs", "doubled characters") else ""
        found = mended(damaged)
        right += said(found) == said(title + line)
        missed += found == damaged
        wrong += found != damaged and said(found) != said(title + line)
    print(f"\n{kind:20} right {right:5} wrong {wrong:5} missed {missed:5}")
    recall, precision = LEAST[kind]
    assert right + wrong + missed >= 300
    assert right >= recall * (right + wrong + missed)
    assert right >= precision * (right + wrong)


def test_clean_lines_are_unchanged() -> None:
    lines = clean_lines()[:N_CLEAN]
    assert len(lines) == N_CLEAN
    assert [line for line in lines if mended(line) != line] == []


def damaged_texts(count: int) -> list[str]:
    """Texts of several lines, each line damaged in one way or none."""
    chance = random.Random(5)
    sources: list[Callable[[], str]] = []
    for kind in KINDS:
        pool = [damaged for _, damaged in islice(damaged_lines(kind, 300), 300)]
        sources.append(lambda pool=pool: chance.choice(pool))  # type: ignore[misc]
    lines = clean_lines()[:3000]
    sources.append(lambda: chance.choice(lines))
    return ["\n".join(chance.choice(sources)() for _ in range(chance.randint(1, 6))) for _ in range(count)]


def test_kept_and_edited_spans_tile_damaged_texts() -> None:
    for raw in damaged_texts(10_000):
        for edits in clean(raw):
            at = 0
            for edit in edits:
                assert at <= edit.start <= edit.end <= len(raw)
                at = edit.end
            assert "".join(piece.raw for piece in tile(raw, edits)) == raw
