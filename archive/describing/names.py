"""Names of persons and the offices beside them: 国务院总理 李强, 李　强, 市委书记张三, 王五（副市长）. An office is never a name.

Source: data/describing/surnames.txt, offices.txt, not_names.txt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archive.describing.places import place_at
from archive.describing.vocabulary import pattern, rows, words
from archive.folding import fold

if TYPE_CHECKING:
    from archive.describing.lines import Stretch

_HAN = "\u3400-\u9fff"
_OFFICE_END = pattern(r"(?:<offices.txt>)(?:[（(][^（()）]*[)）])?$")
_TITLES = pattern("(?:同志|先生|女士|小姐|夫人|教授|博士|院士|阁下|谨启|敬启|敬上|谨上|顿首|拜启|手书)$")
_IN_BRACKETS = pattern(r"^(?P<name>[^()]{2,12})\((?P<office>[^()]{2,40})\)$")
_FOREIGN = pattern(rf"[{_HAN}]{{1,8}}·[{_HAN}·]{{1,14}}")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Give the surnames of one character and those of two."""
    (single,), (double,) = rows("surnames.txt")
    return frozenset(single), frozenset(double.split())


def is_name(folded: str) -> bool:
    """Whether these characters are a Chinese name: a surname and one or two characters, and no word, office or place."""
    single, double = _surnames()
    surname = 2 if folded[:2] in double and len(folded) > 2 else 1 if folded[:1] in single else 0
    return (
        surname > 0
        and 1 <= len(folded) - surname <= 2
        and all("\u3400" <= char <= "\u9fff" for char in folded)
        and folded not in words("not_names.txt")
        and not is_office(folded)
        and not ((place := place_at(folded)) and place.end == len(folded))
    )


def is_office(folded: str) -> bool:
    """Whether these words end as an office does."""
    return _OFFICE_END.search(folded) is not None


@dataclass(frozen=True, slots=True)
class Byline:
    """A name with or without an office, as ranges of the folded form of a line.

    Attributes:
        name: Range of the name; None where the line holds an office alone.
        office: Range of the office; None where the line holds a name alone.
    """

    name: tuple[int, int] | None
    office: tuple[int, int] | None


def read_byline(line: Stretch, start: int = 0) -> Byline | None:
    """Read a line that holds nothing but a name, an office, or both.

    Args:
        line: The line.
        start: Where in its folded form to begin.

    Returns:
        What stands where, or None if there is more in the line, or something else.
    """
    folded = line.folded[start:]
    if not 2 <= len(folded) <= 45 or re.search("[。,;?!“”:访]|(?<=[^─—])[─—]{1,2}[^─—]", folded):
        return None
    parts = _Parts(line, start)
    return parts.name_alone() or parts.bracketed() or parts.spaced() or parts.unspaced() or parts.office_alone()


class _Parts:
    """The words of a line between white space, with their ranges in the folded form."""

    def __init__(self, line: Stretch, start: int) -> None:
        self.folded, self.start, self.end = line.folded, start, len(line.folded)
        self.borders = line.gaps(start, self.end)

    def text(self, span: tuple[int, int]) -> str:
        return self.folded[slice(*span)]

    def whole(self) -> tuple[int, int]:
        start, end = self.start, self.end
        while start < end and self.folded[start] in "—-(（":
            start += 1
        while end > start and self.folded[end - 1] in ")）":
            end -= 1
        return start, end

    def without_title(self, span: tuple[int, int]) -> tuple[int, int]:
        title = _TITLES.search(self.text(span))
        return (span[0], span[1] - len(title[0])) if title and len(self.text(span)) - len(title[0]) >= 2 else span

    def name_alone(self) -> Byline | None:
        span = self.without_title(self.whole())
        return Byline(span, None) if is_name(self.text(span)) or _FOREIGN.fullmatch(self.text(span)) else None

    def bracketed(self) -> Byline | None:
        match = _IN_BRACKETS.match(self.folded[self.start :])
        if not match or not is_office(match["office"]) or not is_name(match["name"]):
            return None
        shift = self.start
        return Byline(
            (match.start("name") + shift, match.end("name") + shift), (match.start("office") + shift, match.end("office") + shift)
        )

    def spaced(self) -> Byline | None:
        """Read an office and a name with white space between, in either order; the name may then be any two to six characters."""
        start, end = self.whole()
        for border in self.borders:
            left, right = (start, border), self.without_title((border, end))
            if is_office(self.text(left)) and _could_be_name(self.text(right)):
                return Byline(right, left)
            if is_name(self.text(left)) and is_office(self.text(right)):
                return Byline(left, right)
        return None

    def unspaced(self) -> Byline | None:
        start, end = self.without_title(self.whole())
        for length in (3, 2, 4):
            left, right = (start, end - length), (end - length, end)
            if left[1] > left[0] and is_office(self.text(left)) and is_name(self.text(right)):
                return Byline(right, left)
        return None

    def office_alone(self) -> Byline | None:
        span = self.whole()
        return Byline(None, span) if is_office(self.text(span)) else None


def _could_be_name(folded: str) -> bool:
    """Whether these characters may be a name beside an office, of any people."""
    if _FOREIGN.fullmatch(folded) or is_name(folded):
        return True
    return (
        2 <= len(folded) <= 6
        and re.fullmatch(f"[{_HAN}]+", folded) is not None
        and not is_office(folded)
        and folded not in _common()
    )


@cache
def _common() -> frozenset[str]:
    return (
        words("not_names.txt")
        | words("page_words.txt")
        | words("meetings.txt")
        | frozenset(fold(row[0]) for row in rows("kinds.tsv"))
    )


OFFICE_AND_NAME = pattern(rf"(?P<office>(?:[{_HAN}、]{{0,30}}?)(?:<offices.txt>))(?P<rest>[{_HAN}·]{{2,6}})")
"""An office and what follows it in running text."""

__all__ = ["OFFICE_AND_NAME", "Byline", "is_name", "is_office", "read_byline"]
