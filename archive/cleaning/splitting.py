"""Several texts in one file: where one ends and the next begins."""

from __future__ import annotations

from archive.cleaning.text import Text


def find_parts(text: Text) -> tuple[tuple[int, int], ...]:
    """Give the half-open ranges of the documents in a text; they tile it."""
    return ((0, len(text.string)),)
