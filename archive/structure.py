"""What each passage is: front line, heading, turn of a speaker, or paragraph.

Labels are for reading and for JSON; they never change the number of a passage. A number that runs into its paragraph makes no
heading, nor does an article of a law. Source: plan.md 6.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from archive.document import Block, Document
from archive.folding import fold
from archive.numbering import number_of
from archive.speakers import find_speakers, name_before_colon

_DEEPEST = 3
_HEADING_MOST = 40
"""Characters; a longer line with a number is a paragraph."""

_BODY_LEAST = 40
"""Characters of the paragraph below a heading that ends with a full stop, as (一)要先修渠。 does."""

_SENTENCE_END = re.compile(r"[。！？；!?;]")
_FULL_STOP = re.compile("[。！？!?]")
_STOP_AT_END = re.compile(r"[^。！？；!?;]+[。！？!?]")
_LONG = 20
"""Characters; a shorter line with a number is no line of a hard-wrapped paragraph."""

_JOINED = re.compile(r"\s*[及至和与與、,，—~～+]")
"""What follows a number that only names a part: (二)及(三)."""

_GOES_ON = frozenset("：:，,、—")
_MARKS = re.compile(r"(#{1,6})\s+")

_FRONT_LINES = 30
_LOOSE_LINES, _LOOSE_MOST = 2, 30
"""Lines that may stand between known lines of the front, such as a byline, and their greatest length."""

_NAME_MOST = 80
"""Characters of a line that repeats what is known."""


@cache
def _front_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give what a line of the front looks like, and what a line of a law's history does."""
    table = tomllib.loads((files("archive") / "data" / "front_lines.toml").read_text(encoding="utf-8"))
    front = "|".join(table["front"]).replace("{date}", table["date"])
    return re.compile(front), re.compile(table["history"].replace("{date}", table["date"]))


def label_passages(document: Document) -> tuple[Block, ...]:
    """Label the passages of a document.

    Levels of headings count the styles of numbers that the document uses, the outermost is 1, and all from the third on are 3.

    Returns:
        One block for each passage, ¶1 first.
    """
    passages = document.passages
    speakers = find_speakers(passages)
    depths = {number: depth for number, depth in _depths(passages) if name_before_colon(passages[number]) not in speakers}
    front = _count_front(document, depths.keys() | {n for n, text in enumerate(passages[:_FRONT_LINES]) if _speaks(text, speakers)})
    levels = {depth: min(level, _DEEPEST) for level, depth in enumerate(sorted(set(depths.values())), start=1)}
    return tuple(
        Block("front")
        if number < front
        else Block("heading", levels[depths[number]])
        if number in depths
        else Block("turn" if _speaks(passage, speakers) else "paragraph")
        for number, passage in enumerate(passages)
    )


def _speaks(passage: str, speakers: frozenset[str]) -> bool:
    return bool(speakers) and name_before_colon(passage) in speakers


# ---------------------------------------------------------------------------------------------------------- headings


def _depths(passages: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the index of each heading and how deep its style lies, marks of Markdown outermost."""
    around = zip(["", *passages], passages, [*passages[1:], ""], strict=False)
    found = [_heading(passage, before, after) for before, passage, after in around]
    for number, heading in enumerate(found):
        if heading is None:
            continue
        depth, value = heading
        before, after = found[number - 1] if number else None, found[number + 1] if number + 1 < len(found) else None
        if value and ((depth, value - 1) == before or (depth, value + 1) == after):
            continue  # an item of a list: the next stands right below
        yield number, depth


def _columns(line: str) -> int:
    """Width of a line on a page, nearly: two columns for a character of three bytes."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _may_go_on(line: str, after: str) -> bool:
    """Whether a long line is as wide as the one below or wider, as in a hard-wrapped paragraph."""
    return len(line) >= _LONG and _columns(after) <= _columns(line) + 3 and number_of(after.strip()) is None


def _heading(passage: str, before: str, after: str) -> tuple[int, int] | None:
    """Give depth and number of a heading, 0 where it has no number; None for another passage."""
    line = passage.strip()
    if line[-1] in _GOES_ON:
        return None
    if marks := _MARKS.match(line):
        return None if _SENTENCE_END.search(line) else (len(marks[1]) - 6, 0)
    number = number_of(line) if len(line) <= _HEADING_MOST else None
    if number is None or number.depth == 0 or len(line) - number.end < 2 or _JOINED.match(line, number.end):
        return None
    if _SENTENCE_END.search(line):
        last = number_of(before.strip())
        ends_list = last is not None and (last.style, last.value + 1) == (number.style, number.value)
        has_body = len(after) >= _BODY_LEAST and number_of(after.strip()) is None
        return (number.depth, number.value) if _STOP_AT_END.fullmatch(line) and has_body and not ends_list else None
    is_sentence = number.style == "lead" and ("，" in line or "," in line)
    return None if is_sentence or _may_go_on(line, after) else (number.depth, number.value)


# ------------------------------------------------------------------------------------------------------------- front


def _count_front(document: Document, others: set[int]) -> int:
    """Count the lines at the top that repeat title, speakers, organ or date, credit somebody, or stand between such lines.

    Args:
        document: The document.
        others: Indices of passages that are headings or turns, unless they repeat what is known.
    """
    metadata, (front_line, history) = document.metadata, _front_patterns()
    named = [name for name in map(fold, (metadata.title, metadata.organ, metadata.event, *metadata.speaker)) if name]
    front = 0
    for count, passage in enumerate(document.passages[:_FRONT_LINES]):
        line, name = fold(passage).strip(), fold(_MARKS.sub("", passage.strip()))
        is_named = len(name) <= _NAME_MOST and any(name in known or known in name for known in named if name)
        is_title = count == 0 and passage.startswith("# ")
        if history.fullmatch(line):
            front = count + 1
        elif _FULL_STOP.search(line):
            break
        elif is_named or is_title or (count not in others and front_line.fullmatch(line)):
            front = count + 1
        elif count in others or len(line) > _LOOSE_MOST or line[-1:] in {":", ",", "、"} or count - front >= _LOOSE_LINES:
            break
    return front
