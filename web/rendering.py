"""Text becomes HTML here and nowhere else: each piece is escaped, spans become `<mark>`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def mark_sentences(text: str, spans: Sequence[Span], sentences: Sequence[Span], number: Callable[[int], Markup]) -> Markup:
    """Give a text as HTML with its spans marked and something before each of its sentences.

    Args:
        text: As it stands in the source.
        spans: As for `mark_spans`; one that runs over the end of a sentence is marked on both sides.
        sentences: Half-open ranges that tile the text.
        number: What stands before the sentence of a 1-based number; its letters must not be part of the text when it is copied.
    """
    pieces = []
    for n, (start, end) in enumerate(sentences, start=1):
        own = [(max(first, start) - start, min(last, end) - start) for first, last in spans if first < end and last > start]
        pieces += [number(n), mark_spans(text[start:end], own)]
    return Markup("").join(pieces)
