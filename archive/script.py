"""Which script a text is written in: `hans`, `hant` or `mixed`. Source: plan.md 8."""

from __future__ import annotations

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
def _deletions() -> tuple[dict[int, None], dict[int, None]]:
    hans, hant = telling_characters()
    return dict.fromkeys(map(ord, hans)), dict.fromkeys(map(ord, hant))


def script_of(text: str) -> str:
    """Tell the script of a text by the characters that only one of them has.

    Returns:
        `hans`, `hant`, `mixed` (each has at least a tenth and two of them), or "" where no character tells.
    """
    hans_only, hant_only = _deletions()
    return script_of_counts(len(text) - len(text.translate(hans_only)), len(text) - len(text.translate(hant_only)))


def script_of_counts(hans: int, hant: int) -> str:
    """Tell the script of a text by how many characters of it only one script has, as `script_of` does."""
    if not hans and not hant:
        return ""
    if min(hans, hant) >= max(2, _MIXED * (hans + hant)):
        return "mixed"
    return "hans" if hans > hant else "hant"
