"""Builds `archive/data/folding.tsv`, the one committed folding table, from its sources.

Run by a maintainer, never by a user: `python -m index.analysis.folding_table`. The table is committed because folding is
a versioned decision (plan.md 7): a new OpenCC must not silently change what old indexes and citations mean.

Source: plan.md 7; notes text.md 3 and 4.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import opencc

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "archive" / "data" / "folding.tsv"
OPENCC = Path(opencc.__file__).parent / "dictionary"

NOT_VARIANTS = {("么", "幺")}
"""Pairs of OpenCC's variant tables that merge two Simplified words (什么, 幺妹)."""

DROPPED = {
    "zero width": [*range(0x200B, 0x200E), 0x2060, 0xFEFF, 0x034F],
    "soft hyphen": [0x00AD],
    "invisible operator": range(0x2061, 0x2065),
    "bidi control": [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070)],
    "variation selector": [*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)],
}
RADICALS = HERE / "data" / "radicals.tsv"

Rows = dict[str, tuple[str, str]]
"""Character to (the character it folds to or "", source)."""


def _dictionary(name: str) -> Iterator[tuple[str, str]]:
    """Yield (key, first candidate) of one of OpenCC's character dictionaries."""
    for line in (OPENCC / name).read_text(encoding="utf-8").splitlines():
        key, _, values = line.partition("\t")
        if values:
            yield key, values.split()[0]


def _variants(name: str) -> Iterator[tuple[str, str]]:
    """Yield (standard, regional variant), every candidate, of one of OpenCC's variant tables."""
    for line in (OPENCC / name).read_text(encoding="utf-8").splitlines():
        key, _, values = line.partition("\t")
        for value in values.split():
            if value != key and (value, key) not in NOT_VARIANTS:
                yield key, value


def _single(text: str) -> bool:
    return len(text) == 1


def _forms() -> Iterator[tuple[str, str, str]]:
    """Yield (character, plain character, source) for forms that Unicode itself relates."""
    for code in [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]:
        plain = unicodedata.normalize("NFC", chr(code))
        if _single(plain) and plain != chr(code):
            yield chr(code), plain, "Unicode: compatibility ideograph"
    for code in range(0x2F00, 0x2FD6):
        yield chr(code), unicodedata.normalize("NFKC", chr(code)), "Unicode: Kangxi radical"
    for line in RADICALS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            radical, plain = line.split("\t")
            yield radical, plain, "Unicode: EquivalentUnifiedIdeograph"
    for code in range(0xFF01, 0xFF5F):
        yield chr(code), chr(code - 0xFEE0), "Unicode: full width"
    for code in [*range(0xFE10, 0xFE1A), *range(0xFE30, 0xFE50), *range(0xFE50, 0xFE6C)]:
        plain = unicodedata.normalize("NFKC", chr(code))
        if _single(plain) and plain != chr(code) and not plain.isspace():
            yield chr(code), plain, "Unicode: small or vertical form"


def _lower_case() -> Iterator[tuple[str, str, str]]:
    for code in range(0x110000):
        lower = chr(code).lower()
        if lower != chr(code) and _single(lower):
            yield chr(code), lower, "Unicode: lower case"


def collect() -> Rows:
    """Collect every pair from its source; the first source to name a character wins.

    Returns:
        Rows in no order, one step each: targets may themselves be keys.
    """
    rows: Rows = {}

    def add(char: str, target: str, source: str) -> None:
        if char != target:
            rows.setdefault(char, (target, source))

    for line in (HERE / "data" / "folding_pairs.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            chars, target, reason = line.split("\t")
            for char in chars:
                add(char, target, f"pair: {reason}")
    for key, target in _dictionary("TSCharacters.txt"):
        add(key, target, "OpenCC: TSCharacters")
    for name in ("TWVariants.txt", "HKVariants.txt"):
        for standard, variant in _variants(name):
            if _resolve(rows, standard) != variant:  # else the regional form is the Simplified one and stands for both
                add(variant, standard, f"OpenCC: {name.removesuffix('.txt')}")
    for char, target, source in [*_forms(), *_lower_case()]:
        add(char, target, source)
    for reason, codes in DROPPED.items():
        for code in codes:
            add(chr(code), "", f"dropped: {reason}")
    return rows


def _resolve(rows: Rows, char: str) -> str:
    """Follow the rows from a character to their end.

    Raises:
        ValueError: The rows form a circle; the message shows it.
    """
    path = [char]
    while path[-1] in rows:
        target = rows[path[-1]][0]
        if target in path:
            raise ValueError(f"folding pairs form a circle: {' → '.join([*path, target])}")
        path.append(target)
    return path[-1]


def close(rows: Rows) -> Rows:
    """Follow each row to its end, so that folding is one look-up and idempotent; in code point order."""
    return {char: (_resolve(rows, char), source) for char, (_, source) in sorted(rows.items())}


def format_table(rows: Rows) -> str:
    """Format the table: one line a character, `char<TAB>target<TAB>source`, in code point order; "" means dropped."""
    head = (
        "# The folding table of Yinde, written by `python -m index.analysis.folding_table`; do not edit by hand.\n"
        "# Columns: U+code point, character, what it folds to (empty: nothing), source of the pair.\n"
        "# Character data from OpenCC (Apache-2.0) and Unicode (Unicode License).\n"
    )
    return head + "".join(
        f"U+{ord(char):04X}\t{char if target else ''}\t{target}\t{source}\n" for char, (target, source) in rows.items()
    )


def main() -> None:
    """Write the table to `archive/data/folding.tsv`."""
    TABLE.write_text(format_table(close(collect())), encoding="utf-8")


if __name__ == "__main__":
    main()
