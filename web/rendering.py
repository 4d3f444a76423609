"""Text becomes HTML here and nowhere else: each piece is escaped, spans become `<mark>`."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from archive.document import Span


def mark_spans(text: str, spans: Sequence[Span]) -> Markup:
    """Give a text as HTML with its spans marked.

    Args:
        text: As it stands in the source.
        spans: Half-open ranges of code points, sorted; where two overlap, the part not yet marked is marked by itself.
    """
    pieces, at = [], 0
    for start, end in spans:
        start = max(start, at)
        if start < end:
            pieces += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
            at = end
    return Markup("").join([*pieces, escape(text[at:])])
