"""Heads of texts: lines that look as if a text began here, with title, date, name and salutation.

How each is known is a table, `data/splitting.toml`; its patterns are matched against folded lines without white space.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.cleaning.text import Text
from archive.folding import fold, fold_letters
from archive.numbering import DIGITS, HAN, number_of, number_value

STARTS = frozenset({"separator", "rule", "marker", "ordinal", "title", "heading", "salutation"})
"""Signs with which a head begins; a dateline only goes on with one."""

_HEAD_LINES, _LOOSE_LINES, _LOOSE_MOST = 16, 2, 30
"""Most lines of a head; most lines in it that only stand between others, such as a name; and the length of these."""

_COLON = re.compile("[:：]")
_SENTENCE_END = re.compile("[。!?;]")
_DECIMAL = re.compile(r"\d+\.\d")
_BRACKETS_BEHIND = re.compile(r"(?:[(\[【][^()\[\]【】]{1,20}[)\]】])+$")
_NUMBER = f"(?:{HAN}|{DIGITS}{{1,2}})"
_LABEL = re.compile(f"[【\\[〖(]?(?:第?{_NUMBER}篇?|(?:篇|范文|范例|例文|材料){_NUMBER})[】\\]〗)]?[:、.]?")


@dataclass(frozen=True, slots=True)
class Rules:
    """The table.

    Attributes:
        threshold: Points that a border needs.
        shortest: Code points that a text has at least, its head included.
        title_most: Code points of the longest title.
        points: What each sign counts.
        patterns: How each sign is known, on a folded line without white space.
        quick: In any script and width: a line in which this is not found begins no text.
        inside: Nor does one in which this is not found, if it neither begins with one of `first` nor ends with one of `last`.
        first: Characters.
        last: Characters.
    """

    threshold: int
    shortest: int
    title_most: int
    points: dict[str, int]
    patterns: dict[str, re.Pattern[str]]
    quick: re.Pattern[str]
    inside: re.Pattern[str]
    first: frozenset[str]
    last: frozenset[str]


@cache
def splitting_rules() -> Rules:
    """Read the table."""
    table = tomllib.loads((files("archive") / "data" / "splitting.toml").read_text(encoding="utf-8"))
    patterns = {name: re.compile(pattern.replace("{n}", fold(_NUMBER))) for name, pattern in table["patterns"].items()}
    ends, closing = f"{table['last']}{HAN[1 : HAN.index(']')]}0123456789０１２３４５６７８９", ")）]】〗》"
    first, parting, inside = re.escape(table["first"]), re.escape(table["parting"]), table["inside"]
    return Rules(
        table["threshold"],
        table["shortest"],
        table["title_most"],
        table["points"],
        patterns,
        quick=re.compile(f"{inside}|^[{first}]|^[{parting}\\s]+$|[{ends}][{re.escape(closing)}]*$"),
        inside=re.compile("[们們各鄉乡篇范範]"),
        first=frozenset(table["first"] + table["parting"]),
        last=frozenset(ends + closing),
    )


@dataclass(frozen=True, slots=True)
class Head:
    """Lines that look like the beginning of a text.

    Attributes:
        first: Index of its first line.
        end: Index of the line after its last.
        signs: What it shows, such as title and salutation.
        number: Number of its marker or ordinal, else 0.
        title: Its title as it stands, "" if it has none.
    """

    first: int
    end: int
    signs: frozenset[str]
    number: int
    title: str


def find_heads(text: Text) -> Iterator[Head]:
    """Find, in order, the runs of lines that begin with a title, a marker, a separator or a salutation."""
    after = 0
    for at in _worth_a_look(text):
        if at >= after:
            signs, number = _signs(text, at)
            if signs & STARTS:
                yield (head := _head(text, at, signs, number))
                after = head.end


def _worth_a_look(text: Text) -> list[int]:
    """Give the indices of the lines with which a text may begin; nearly all lines fail at the characters of their two ends."""
    rules, string = splitting_rules(), text.string
    first, last, inside, quick, reach = rules.first, rules.last, rules.inside.search, rules.quick.search, 2 * rules.title_most
    return [
        at
        for at, (_, start, end) in enumerate(text.lines)
        for stop in (end if end - start <= reach else start + reach,)
        if (string[start] in first or string[stop - 1] in last or inside(string, start, stop)) and quick(string[start:stop])
    ]


def plain(line: str) -> str:
    """Fold a line and take all white space out."""
    return "".join(fold_letters(line).split())


def _head(text: Text, first: int, signs: frozenset[str], number: int) -> Head:
    """Go on from the first line of a head to its last: the salutation, or the last line that shows something."""
    lines, found, titles = text.lines, set(signs), [first] if signs & {"title", "heading"} else []
    end = at = first + 1
    while at < min(len(lines), first + _HEAD_LINES) and "salutation" not in found and at - end <= _LOOSE_LINES:
        more, its_number = _signs(text, at)
        if more:
            titles += [at] if more & {"title", "heading"} else []
            number = number or its_number
            found |= more
            end = at + 1
        elif lines[at].end - lines[at].start > _LOOSE_MOST or _SENTENCE_END.search(plain(text.of(lines[at]))):
            break
        at += 1
    return Head(first, end, frozenset(found), number, text.of(lines[titles[0]]) if titles else "")


def _signs(text: Text, at: int) -> tuple[frozenset[str], int]:
    """Say what a line shows, and the number of its marker."""
    rules, line = splitting_rules(), text.lines[at]
    opening = text.string[line.start : min(line.end, line.start + 2 * rules.title_most)]
    if salutation := _salutation_signs(opening):
        return salutation, 0
    folded = plain(opening)
    if len(folded) > rules.title_most or _SENTENCE_END.search(folded):
        return frozenset(), 0
    found = {sign for sign in ("separator", "rule", "dateline") if rules.patterns[sign].fullmatch(folded)}
    number = 0
    for sign in ("marker", "ordinal"):
        match = rules.patterns[sign].fullmatch(folded)
        if match and not number:
            found.add(sign)
            number = number_value(next(group for group in match.groups() if group))
    return frozenset(found | _title_signs(_LABEL.sub("", folded, count=1) if number else folded)), number


def _title_signs(folded: str) -> set[str]:
    patterns = splitting_rules().patterns
    name = _BRACKETS_BEHIND.sub("", folded)
    if len(name) < 4 or name[0] in '“"《「『,、)' or number_of(name) or _DECIMAL.match(name):
        return set()
    if patterns["title"].fullmatch(name):
        return {"title"}
    return {"heading"} if patterns["heading"].fullmatch(name) else set()


def _salutation_signs(opening: str) -> frozenset[str]:
    """Say whether a line begins with a salutation, perhaps behind a title on the same line."""
    colon = _COLON.search(opening)
    if colon is None:
        return frozenset()
    before, pattern = opening[: colon.end()], splitting_rules().patterns["salutation"]
    if not pattern.search(plain(before)):
        return frozenset()
    if pattern.fullmatch(plain(before)):
        return frozenset({"salutation"})
    for space in re.finditer(r"\s+", before):
        if pattern.fullmatch(plain(before[space.end() :])) and (titles := _title_signs(plain(before[: space.start()]))):
            return frozenset({*titles, "salutation"})
    return frozenset()
