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
def _deletions() -> tuple[dict[int, None], dict[int, None]]:
    lines = (files("archive") / "data" / "scripts.tsv").read_text(encoding="utf-8").splitlines()
    chars = dict(line.split("\t") for line in lines)
    return dict.fromkeys(map(ord, chars["hans"])), dict.fromkeys(map(ord, chars["hant"]))


def script_of(text: str) -> str:
    """Tell the script of a text by the characters that only one of them has.

    Returns:
        `hans`, `hant`, `mixed` (each has at least a tenth and two of them), or "" where no character tells.
    """
    hans_only, hant_only = _deletions()
    hans, hant = len(text) - len(text.translate(hans_only)), len(text) - len(text.translate(hant_only))
    if not hans and not hant:
        return ""
    if min(hans, hant) >= max(2, _MIXED * (hans + hant)):
        return "mixed"
    return "hans" if hans > hant else "hant"
