"""Furniture of invented sites, and sentences that merely speak of such things.

The tables are furniture_cases.tsv, in batches each written before the rules knew it, and furniture_clean.txt. Every second case
of a rule is held back: `furniture_table` counts it apart. Of those, only what failed in the first batch has been looked at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    """Something to be set into a clean text.

    Attributes:
        rule: Id of the rule that should remove it, without its family.
        place: Where it goes: H head, T tail, M middle, each as lines of its own; I inside a word group; S glued to the start of the
            first paragraph; E glued to the end of the last one.
        text: The furniture, with line ends.
        held: Whether it was held back.
    """

    rule: str
    place: str
    text: str
    held: bool


_FOLDER = Path(__file__).parent


def _cases() -> tuple[Case, ...]:
    seen: defaultdict[str, int] = defaultdict(int)
    cases: list[Case] = []
    seen_all = False
    for row in (_FOLDER / "furniture_cases.tsv").read_text(encoding="utf-8").splitlines():
        seen_all |= row.startswith("#seen")
        if not row.startswith("#"):
            rule, place, text = row.split("\t", 2)
            seen[rule] += 1
            cases.append(Case(rule, place, text.replace("¶", "\n"), seen[rule] % 2 == 0 and not seen_all))
    return tuple(cases)


CASES = _cases()
"""Every case, in the order of the table; `{k1}` to `{k5}` stand for words of the text's title."""

CLEAN_LINES = tuple((_FOLDER / "furniture_clean.txt").read_text(encoding="utf-8").splitlines())
"""Lines that no rule may touch, whether alone, at the head or tail of a text, or in its middle."""
