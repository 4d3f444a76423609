"""What each passage is: front line, heading, turn of a speaker, or paragraph.

Labels are for reading and for JSON; they never change the number of a passage. Source: plan.md 6.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive.document import Block, Document
from archive.folding import fold

_NUMBER = "[一二三四五六七八九十百零〇0-9０-９]+"
_HEADINGS = (
    (re.compile(f"第{_NUMBER}[编編篇章]"), 1),
    (re.compile(f"第{_NUMBER}[节節]"), 2),
    (re.compile("[一二三四五六七八九十百]+、"), 1),
    (re.compile(f"[（(]{_NUMBER}[）)]"), 2),
    (re.compile(r"[0-9０-９]+[.．、]"), 3),
)
_HEADING_STARTS = frozenset("第一二三四五六七八九十百（(0123456789０１２３４５６７８９")
"""What the patterns begin with; most lines need no more looking at."""

_HEADING_MOST = 40
"""Characters; a longer line with a number is a paragraph."""

_SENTENCE_END = re.compile(r"[。！？；!?;]")
_DATE_LINE = re.compile(r"[（(]?\s*[0-9０-９〇○零一二三四五六七八九十民國国百]+\s*年[^，。,；]{0,20}[）)]?")
_CREDIT = re.compile(r"(来源|來源|作者|记者|記者|发布|發布|日期|编辑|編輯)\s*[：:]")
_TURN = re.compile(r"([^\s：:，。、！？；「」“”（）()]{2,16}(?:[（(][^）)]{1,20}[）)])?)[：:]\s*\S")
_TURN_LEAST = 4
"""Lines that must begin with a name and a colon before any of them counts as a turn."""


def label_passages(document: Document) -> tuple[Block, ...]:
    """Label the passages of a document.

    Returns:
        One block for each passage, ¶1 first.
    """
    passages = document.passages
    front = _count_front(document)
    speakers = _speakers(passages[front:])
    return tuple(Block("front") if number < front else _label(passage, speakers) for number, passage in enumerate(passages))


def _label(passage: str, speakers: frozenset[str]) -> Block:
    if speakers and (turn := _TURN.match(passage)) and turn[1] in speakers:
        return Block("turn")
    if len(passage) <= _HEADING_MOST and passage[0] in _HEADING_STARTS and not _SENTENCE_END.search(passage):
        for pattern, level in _HEADINGS:
            if pattern.match(passage):
                return Block("heading", level)
    return Block()


def _count_front(document: Document) -> int:
    """Count the lines at the top that repeat title, speakers, organ or date, or credit somebody."""
    metadata = document.metadata
    named = [name for name in map(fold, (metadata.title, metadata.organ, metadata.event, *metadata.speaker)) if name]
    for count, passage in enumerate(document.passages):
        line = fold(passage)
        known = any(line in name or name in line for name in named if line) and len(line) <= 80
        if not (known or _DATE_LINE.fullmatch(passage.strip()) or _CREDIT.match(passage)) or _SENTENCE_END.search(passage):
            return count
    return len(document.passages)


def _speakers(passages: Sequence[str]) -> frozenset[str]:
    """Names before colons, if they are many enough and come back, as in a transcript."""
    names = Counter(turn[1] for turn in map(_TURN.match, passages) if turn)
    return frozenset(names) if names.total() >= _TURN_LEAST and names.total() > len(names) else frozenset()
