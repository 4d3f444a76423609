"""Places: provinces, prefectures and counties of the mainland, counties of Taiwan, Hong Kong and Macau.

A province is called by its full name where the text uses that; what lies below is called by its short name, without 市 or 县,
where no other place of its rank has it. A short name belongs to the highest place that bears it: 吉林 is the province.
Source: data/describing/places.tsv; issue 4 (how its samples name places).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archive.describing.vocabulary import pattern, rows, words
from archive.folding import fold

if TYPE_CHECKING:
    from archive.describing.lines import Stretch

_RANKS = {"province": 0, "prefecture": 1, "county": 2}
_LONGEST = 12
_NOT_AFTER = pattern("[路街道桥江河湖山大]")
"""What may follow a short name if it is only part of another name, such as 南京路."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table.

    Attributes:
        name: Full name, folded.
        short: Without its suffix, folded.
        level: province, prefecture or county.
        province: Name of its province as the table has it; several where places of one name lie in different provinces.
    """

    name: str
    short: str
    level: str
    province: tuple[str, ...]

    @property
    def rank(self) -> int:
        """0 for a province, 1 for a prefecture, 2 for a county."""
        return _RANKS[self.level]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a folded text.

    Attributes:
        start: First character.
        end: One past the last.
        place: The place.
    """

    start: int
    end: int
    place: Place

    @property
    def full(self) -> bool:
        """Whether its full name stands there."""
        return self.end - self.start == len(self.place.name)


@cache
def _places() -> tuple[Place, ...]:
    """Give the places of the table, those of one name and level as one place."""
    provinces: dict[tuple[str, str, str], dict[str, None]] = {}
    for name, short, level, province in rows("places.tsv"):
        provinces.setdefault((fold(name), fold(short), level), {})[province] = None
    return tuple(Place(name, short, level, tuple(found)) for (name, short, level), found in provinces.items())


@cache
def _names() -> dict[str, Place]:
    """Give every name, full or short, with its place; a short name that several places of one rank bear means none."""
    names: dict[str, Place] = {}
    for rank in sorted(_RANKS.values()):
        ranked = [place for place in _places() if place.rank == rank]
        bearers = Counter(place.short for place in ranked for _ in place.province)
        names |= {place.name: place for place in ranked if place.name not in names}
        names |= {place.short: place for place in ranked if bearers[place.short] == 1 and place.short not in names}
    return names


@cache
def _beginnings() -> frozenset[str]:
    """Give the first two characters of every name."""
    return frozenset(name[:2] for name in _names())


@cache
def mainland_provinces() -> frozenset[str]:
    """Give the full names of the provinces, regions and cities of that rank on the mainland."""
    return frozenset(
        name for name, _, level, _ in rows("places.tsv") if level == "province" and not name.startswith(("臺", "香", "澳"))
    )


def place_at(folded: str, at: int = 0) -> Mention | None:
    """Find the place whose name begins at a character, the longest name first; None if there is none."""
    if folded[at : at + 2] not in _beginnings():
        return None
    names = _names()
    for length in range(min(_LONGEST, len(folded) - at), 1, -1):
        place = names.get(folded[at : at + length])
        if place is not None:
            return Mention(at, at + length, place)
    return None


def places_at(folded: str, at: int = 0) -> tuple[Mention, ...]:
    """Find the places named one behind the other from a character on: 浙江省衢州市江山市 gives three."""
    found: list[Mention] = []
    while (mention := place_at(folded, at)) is not None:
        found.append(mention)
        at = mention.end
    return tuple(found)


def find_places(folded: str) -> Iterator[Mention]:
    """Yield the places of a text, in order; short names that are part of other names left out."""
    at, beginnings = 0, _beginnings()
    for start in [start for start, pair in enumerate(map(str.__add__, folded, folded[1:])) if pair in beginnings]:
        mention = place_at(folded, start) if start >= at else None
        if mention is None:
            continue
        at = mention.end
        is_word = folded[mention.start : mention.end] in words("place_words.txt")
        if mention.full or not (is_word or _NOT_AFTER.match(folded, mention.end)):
            yield mention


def called(line: Stretch, mention: Mention) -> str:
    """Give the name that the field holds, in the letters of the text."""
    written = line.letters(mention.start, mention.end)
    if mention.place.rank == 0:
        official = mention.place.province[0]
        return official if official.startswith(written) and official.endswith(("省", "市", "区")) else written
    keeps_short = _names().get(mention.place.short) == mention.place
    return written[: len(mention.place.short)] if keeps_short else written
