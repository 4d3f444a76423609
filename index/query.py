"""The query tree: what a query means, owned by no engine.

Leaves look for strings (`Exact`, `Bare`, `Near`, `Gap`, `Fuzzy`) or at metadata (`Field`, `DateRange`); `AllOf`, `AnyOf` and
`Without` join them on documents. Texts stand as typed; folding is done where they are matched. Source: plan.md 8 to 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("标题", "題名", "题名"),
    "speaker": ("讲话人", "发言人", "作者"),
    "organ": ("机构",),
    "place": ("地点",),
    "event": ("会议", "活动"),
    "kind": ("类型", "体裁"),
    "collection": ("文集",),
    "script": ("文字",),
    "id": ("编号",),
    "year": ("年份",),
    "date": ("日期",),
}
"""Fields of the query language, each with its Chinese names; any script of them is understood."""

SUBSTRING_FIELDS = frozenset({"title", "speaker", "organ", "place", "event"})
"""Fields that hold free text: a part of a value is enough. The others must be equal."""


@dataclass(frozen=True, slots=True)
class Exact:
    """Exactly this string.

    Attributes:
        text: The string as typed.
        letters: Exactly these letters, nothing folded.
        not_before: Strings that must not follow it (`"舍利(-弗)"`).
        not_after: Strings that must not precede it (`"(-大)学习"`).
    """

    text: str
    letters: bool = False
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bare:
    """Text without quotes: the whole string or, elsewhere in the document, all its words of two or more characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """How two neighbours of a Near stand: at most `distance` folded characters between them, in this order or in any."""

    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Near:
    """Strings near each other in one passage; `links[i]` joins `parts[i]` and `parts[i + 1]`."""

    parts: tuple[Exact, ...]
    links: tuple[Link, ...]

    def __post_init__(self) -> None:
        if len(self.parts) != len(self.links) + 1 or not self.links:
            raise ValueError(f"{len(self.parts)} parts need one link less, not {len(self.links)}")


@dataclass(frozen=True, slots=True)
class Gap:
    """Pieces with gaps between them (`改*放`, `改?放`); `gaps[i]` is the least and greatest width in folded characters."""

    pieces: tuple[str, ...]
    gaps: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if len(self.pieces) != len(self.gaps) + 1 or not self.gaps:
            raise ValueError(f"{len(self.pieces)} pieces need one gap less, not {len(self.gaps)}")


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A string with at most `errors` characters wrong, missing or extra."""

    text: str
    errors: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the metadata holds this text; with `whole`, a value of it is this text and nothing more."""

    name: str
    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class DateRange:
    """The document's date overlaps a range, written `2019`, `2019..2021-06`, `2019..` or `..2021`."""

    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of two or more queries."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of two or more queries."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The wanted query, or everything if it is None, and none of the unwanted ones."""

    wanted: Query | None
    unwanted: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """A query without content: it finds nothing."""


TextLeaf = Exact | Bare | Near | Gap | Fuzzy
Leaf = TextLeaf | Field | DateRange
Query = Leaf | AllOf | AnyOf | Without | Nothing


def iter_positive_leaves(query: Query) -> Iterator[TextLeaf]:
    """Yield the leaves whose places are shown: those that look for strings and are not under a NOT, from the left."""
    match query:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from iter_positive_leaves(part)
        case Without(wanted, _):
            if wanted is not None:
                yield from iter_positive_leaves(wanted)
        case Exact() | Bare() | Near() | Gap() | Fuzzy():
            yield query


def strings_of(leaf: TextLeaf) -> tuple[str, ...]:
    """List the strings that a leaf looks for, as typed; excluded neighbours are not among them."""
    match leaf:
        case Exact(text) | Bare(text) | Fuzzy(text):
            return (text,)
        case Near(parts):
            return tuple(part.text for part in parts)
        case Gap(pieces):
            return pieces
