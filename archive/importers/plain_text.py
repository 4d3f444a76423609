"""Plain text: the raw text is what the bytes say, unchanged."""

from __future__ import annotations

from archive.encoding import Decoded
from archive.importers.extracted import Extracted


def read_plain_text(decoded: Decoded) -> Extracted:
    """Give a decoded text as it stands."""
    return Extracted(raw=decoded.text, format="text", encoding=decoded.encoding, unreadable=decoded.unreadable)
