"""Showing a text in the other script: phrase-aware OpenCC, for display only, never for search, never cited.

Source: plan.md 1 and 7; notes text.md 3.1 (why search never uses it).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import opencc

CONVERSIONS = {"zh-Hans": "t2s", "zh-Hant": "s2tw"}
"""Language to OpenCC configuration; neither changes the number of characters of Han text much, both are marked as converted."""


@cache
def _converter(configuration: str) -> Any:
    return opencc.OpenCC(configuration)


def convert_for_display(text: str, language: str) -> str:
    """Convert a text into the script of a language.

    Args:
        text: In any script.
        language: zh-Hans or zh-Hant.

    Returns:
        A text to show, marked as converted by whoever shows it; offsets into the original do not hold in it.
    """
    converted: str = _converter(CONVERSIONS[language]).convert(text)
    return converted
