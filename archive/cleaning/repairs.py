"""The third stage of cleaning: words and marks that a page, a converter or a typist has doubled or glossed.

Modules: `doubled_layer`, `pinyin_gloss`, `punctuation`. What was lost is never guessed; `archive.quality` tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.cleaning.doubled_layer import doubled_layers
from archive.cleaning.pinyin_gloss import pinyin_glosses
from archive.cleaning.punctuation import doubled_marks
from archive.cleaning.text import Text
from archive.edits import Edit


def mend_text(text: Text) -> Iterator[Edit]:
    """Find doubled layers, glosses and doubled marks."""
    yield from doubled_layers(text)
    yield from pinyin_glosses(text)
    yield from doubled_marks(text)
