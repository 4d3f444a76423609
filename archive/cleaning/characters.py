"""The first stage of cleaning: characters that are not what was written. Each repair can be had back from its edit.

Modules: `private_use`, `mojibake`. What cannot be known stays as it is and counts in `archive.quality`.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.cleaning.mojibake import mojibake
from archive.cleaning.private_use import private_use
from archive.cleaning.text import Text
from archive.edits import Edit


def mend_characters(text: Text) -> Iterator[Edit]:
    """Find characters that an encoding or a font has changed, and what they were."""
    yield from mojibake(text)
    yield from private_use(text)
