"""Cleaning: a source's raw text becomes the bodies of its documents by edits that are all written down and can all be undone.

Modules, in order of dependency:

* `rules`: the table of rules; `edit` makes an edit in the name of one.
* `text`: a text between two stages, with its visible lines.
* `characters`: what encodings and fonts have changed (`private_use`, `mojibake`).
* `furniture`: what sites, scanners and uploaders put around a text and into it (`furniture_*`).
* `repairs`: what is doubled or glossed (`doubled_layer`, `pinyin_gloss`, `punctuation`).
* `splitting`: several texts in one file.
* `wrapping`: whether a fixed width broke the lines; `layout`: lines and paragraphs.

Stages follow each other: a rule is given the text that the stages before it made. Within a stage all rules see the same text, and
where two edits overlap, the rule that stands first wins. Source: plan.md 5; notes text.md 5.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.cleaning.characters import mend_characters
from archive.cleaning.furniture import FURNITURE
from archive.cleaning.layout import lines_to_paragraphs
from archive.cleaning.repairs import mend_text
from archive.cleaning.rules import all_rules, edit
from archive.cleaning.splitting import find_parts
from archive.cleaning.text import Finder, Text
from archive.edits import HIDDEN, Edit, OffsetMap, apply_edits, compose

STAGES: tuple[tuple[Finder, ...], ...] = ((mend_characters,), FURNITURE, (mend_text,))
"""What is done to the whole of a source, before it is cut into documents."""

LAYOUT: tuple[Finder, ...] = (lines_to_paragraphs,)
"""What is done to each document."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about cleaning.

    Attributes:
        off: Ids of rules that shall do nothing.
        undone: (rule, start, end) of edits that shall not be made again, in the raw text.
        borders: Where in the raw text each document but the first begins, if that was decided before; None to find out.
    """

    off: frozenset[str] = frozenset()
    undone: frozenset[tuple[str, int, int]] = frozenset()
    borders: tuple[int, ...] | None = None


NO_CHOICES = Choices()


def clean(raw: str, *, known: Sequence[Edit] = (), choices: Choices = NO_CHOICES) -> tuple[tuple[Edit, ...], ...]:
    """Find the edits that turn a raw text into the bodies of its documents.

    Args:
        raw: Text of a source as its importer gave it.
        known: Edits that the importer itself knows, such as page numbers; sorted, not overlapping.
        choices: What a person decided.

    Returns:
        For each document in order its edits: sorted, not overlapping, `document` still empty; `apply_edits` makes its body.
    """
    undone = _Undone(choices.undone)
    edits = tuple(each for each in known if each.rule not in choices.off and not undone.meets(each.rule, each.start, each.end))
    text = Text(apply_edits(raw, edits))
    for stage in STAGES:
        edits, text = _run(raw, edits, text, stage, choices.off, undone)
    return tuple(_run(raw, part, shown, LAYOUT, choices.off, undone)[0] for part, shown in _parts(raw, edits, text, choices))


class _Undone:
    """The places of edits that a person took back, by rule: those of one rule never overlap."""

    def __init__(self, places: Iterable[tuple[str, int, int]]) -> None:
        self._places: dict[str, list[tuple[int, int]]] = {}
        for rule, start, end in sorted(places):
            self._places.setdefault(rule, []).append((start, end))

    def __bool__(self) -> bool:
        return bool(self._places)

    def meets(self, rule: str, start: int, end: int) -> bool:
        """Whether an edit of this rule was taken back somewhere in this span, or just there where it is empty."""
        places = self._places.get(rule, [])
        at = bisect_left(places, (end, -1)) - 1  # the last that begins before the end
        return (at >= 0 and places[at][1] > start) or (start == end and (start, end) in places[at + 1 : at + 2])


def _run(
    raw: str, edits: tuple[Edit, ...], text: Text, stage: Iterable[Finder], off: frozenset[str], undone: _Undone
) -> tuple[tuple[Edit, ...], Text]:
    """Run a stage on the text that edits made; give the edits and the text after it, the same ones where it found nothing."""
    found = _first_wins(each for finder in stage for each in finder(text) if each.rule not in off)
    if undone and found:
        offsets = OffsetMap(raw, edits)
        found = [each for each in found if not undone.meets(each.rule, *_raw_span(offsets, each))]
    return (compose(raw, edits, found), Text(apply_edits(text.string, found))) if found else (edits, text)


def _raw_span(offsets: OffsetMap, found: Edit) -> tuple[int, int]:
    if found.start < found.end:
        return offsets.raw_span(found.start, found.end)
    at = offsets.raw_span(found.start - 1, found.start)[1] if found.start else 0
    return at, at


def _first_wins(found: Iterable[Edit]) -> list[Edit]:
    """Sort edits by place, leaving out each that overlaps one found before it."""
    accepted: list[Edit] = []
    places: list[tuple[int, int]] = []
    for each in found:
        place = (each.start, each.end)
        at = bisect_right(places, place) if places and place < places[-1] else len(places)  # mostly they come in order
        follows = at == 0 or places[at - 1][1] <= each.start
        precedes = at == len(places) or each.end <= places[at][0]
        if follows and precedes:
            places.insert(at, place)
            accepted.insert(at, each)
    return accepted


def _parts(raw: str, edits: tuple[Edit, ...], text: Text, choices: Choices) -> Iterator[tuple[tuple[Edit, ...], Text]]:
    """Give each document of a source its own edits, those inside it and two that hide the others' text, and what they make."""
    borders = _found_borders(raw, edits, text) if choices.borders is None and HIDDEN not in choices.off else choices.borders or ()
    if not borders:
        yield edits, text
        return
    for start, end in pairwise([0, *borders, len(raw)]):
        own = [each for each in edits if start <= each.start and each.end <= end]
        before = [edit(HIDDEN, 0, start)] if start else []
        after = [edit(HIDDEN, end, len(raw))] if end < len(raw) else []
        part = (*before, *own, *after)
        yield part, Text(apply_edits(raw, part))


def _found_borders(raw: str, edits: tuple[Edit, ...], text: Text) -> tuple[int, ...]:
    parts = find_parts(text)
    offsets = OffsetMap(raw, edits)
    return tuple(offsets.raw_span(start, start + 1)[0] for start, _ in parts[1:])


__all__ = ["LAYOUT", "NO_CHOICES", "STAGES", "Choices", "all_rules", "clean"]
