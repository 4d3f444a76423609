"""Which script a text is written in: `hans`, `hant` or `mixed`. Source: plan.md 8."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

SCRIPTS = ("hans", "hant", "mixed")
LANGUAGE_TAGS = {"hans": "zh-Hans", "hant": "zh-Hant", "mixed": "zh", "": "zh"}
"""BCP 47 tag of each script, for the `lang` attribute."""

_MIXED = 0.1
"""Share of telling characters from which the rarer script makes a text mixed; slips of converters stay below."""


@cache
def telling_characters() -> tuple[str, str]:
    """Give the characters that only Simplified text has, and those that only Traditional text has."""
    lines = (files("archive") / "data" / "scripts.tsv").read_text(encoding="utf-8").splitlines()
    chars = dict(line.split("\t") for line in lines)
    return chars["hans"], chars["hant"]


@cache
def _telling() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give a pattern for runs of characters that only hans has, and one for hant."""
    hans, hant = telling_characters()
    return re.compile(f"[{hans}]+"), re.compile(f"[{hant}]+")


def script_of(text: str) -> str:
    """Tell the script of a text by the characters that only one of them has.

    Returns:
        `hans`, `hant`, `mixed` (each has at least a tenth and two of them), or "" where no character tells.
    """
    hans, hant = (sum(map(len, only.findall(text))) for only in _telling())
    return script_of_counts(hans, hant)


def script_of_counts(hans: int, hant: int) -> str:
    """Tell the script of a text by how many characters of it only one script has, as `script_of` does."""
    if not hans and not hant:
        return ""
    if min(hans, hant) >= max(2, _MIXED * (hans + hant)):
        return "mixed"
    return "hans" if hans > hant else "hant"
