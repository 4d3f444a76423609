"""Hypothesis strategies: nasty Chinese texts, small corpora, and query trees over an alphabet so small that they hit.

Two alphabets. `NASTY` holds everything that ever broke a search; `FRAGMENTS` holds few strings in many written forms, of which both
passages and queries are made, so that a random query stands somewhere in a random corpus.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from archive.document import Document, RemovedText, normal_body
from archive.metadata import metadata_from_fields
from index.query import (
    AllOf,
    AnyOf,
    Bare,
    DateRange,
    Exact,
    Field,
    Fuzzy,
    Gap,
    Link,
    Near,
    Query,
    TextLeaf,
    Without,
)

HAN = "发發髮展改革开開放力着著了瞭复復複覆里裏裡后後面麵台臺么幺〇○零云雲干乾幹人民神年"
"""Both scripts, many of them written forms of the same character."""

BEYOND = "𠮷𠀀𡯂\U0002f804\U00030000"
"""Ideographs outside the Basic Multilingual Plane; one is a compatibility ideograph."""

RADICALS = "⼈⺠⻓⻄⾒⼒"
COMPATIBILITY = "\uf98e\ufa19\uf9f5"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\ufe0f\U000e0100\u200e\u200f\u202a\u202c\u202e\u2066\u2069"
SPACES = " \t\u3000\u00a0\u2003"
WIDE = "ＡｂＧ１２０．，：；！？（）－＋＝"
ASCII = "aAbBgGdDpP1290"
MARKS = "，。、；：！？…—·“”‘’「」『』《》〈〉（）【】.,;:!?'\"()[]{}<>-_+=*/\\|~^&%$#@￥§①№々〆"
PRIVATE = "\ue000\uf8ff\U000f0000"

NASTY = HAN + BEYOND + RADICALS + COMPATIBILITY + INVISIBLE + SPACES + WIDE + ASCII + MARKS + PRIVATE + "🙂é\u0301ｶかカ한"

FRAGMENTS = (
    *("发展", "發展", "发", "展", "髮展", "改革", "改", "革", "开放", "開放", "开", "放", "改革开放", "改革開放"),
    *("着力", "著力", "著⼒", "着", "人民", "⼈⺠", "\uf9f5", "𠮷", "〇", "○", "幺", "么"),
    *("GDP", "gdp", "ＧＤＰ", "a", "A", "1", "１", "2012", "a b", "a  b"),
    *(" ", "\u3000", "，", ",", "、", "。", "！", ";", "“", "”", "（", "(", "-", "*", "?", "—"),
    *("\u200b", "\ufeff", "\u00ad", "\u202e", "\ufe0f", "\ue000"),
)
"""Pieces of passages and of queries: words in several written forms, marks, spaces, characters that fold to nothing."""

COMMON = ("发展", "發展", "改革", "开放", "開放", "改", "放", "着力", "著力", "〇", "○", "a", "Ａ", "1", " ", "，", "。", "\u200b")
"""The pieces that most passages and queries are made of."""

NAMES = ("张三", "張三", "李四", "王○", "王〇", "Li Si")
TITLES = ("发展的报告", "改革開放", "关于GDP的讲话", "發展")
PLACES = ("北京", "臺北", "台北", "人民大会堂")
ORGANS = ("国务院", "國務院", "人民政府")
EVENTS = ("改革会议", "發展論壇")
KINDS = ("speech", "report", "news")
COLLECTIONS = ("main", "speeches", "gazette")
IDS = ("a", "b", "c-1", "d-0123456789", "e_2")

DATES = ("2012", "2012-11", "2012-11-08", "2019-03-05", "2020-02-29", "201X", "XXXX-08-01", "1956-XX-12", "2019~", "2021-06?")
RANGES = ("2012", "2012-11", "2012-11-08", "2019..2021-06", "2019..", "..2012", "2012-11-08..2012-11-09", "201X", "1956-05..1957")
SOURCE = "0123456789abcdef"
"""Names the source of every removed piece; no test looks into it."""

han_characters = st.sampled_from(HAN + BEYOND)
nasty_characters = st.sampled_from(NASTY) | st.characters(codec="utf-8", exclude_characters="\0\n\r", max_codepoint=0xFFFF)
nasty_texts = st.text(nasty_characters, max_size=30)
fragments = st.one_of(st.sampled_from(COMMON), st.sampled_from(COMMON), st.sampled_from(COMMON), st.sampled_from(FRAGMENTS))


def han_text(*, min_size: int = 0, max_size: int = 20) -> SearchStrategy[str]:
    """Texts of Han characters in both scripts and nothing else."""
    return st.text(han_characters, min_size=min_size, max_size=max_size)


def joined(*, min_size: int = 1, max_size: int = 3) -> SearchStrategy[str]:
    """Fragments joined: strings that stand somewhere in `passages()`."""
    return st.lists(fragments, min_size=min_size, max_size=max_size).map("".join)


def is_passage(text: str) -> bool:
    """Whether a text can be a passage anywhere: one line that is not blank, nor blank but for byte order marks."""
    return text.replace("\ufeff", "").strip() != "" and not set(text) & set("\n\r\0")


def passages(pieces: SearchStrategy[str] = fragments, *, max_pieces: int = 12) -> SearchStrategy[str]:
    """Passages: lines of pieces, sometimes with nasty characters strewn in."""
    plain = st.lists(pieces, min_size=1, max_size=max_pieces)
    strewn = st.lists(pieces | nasty_characters, min_size=1, max_size=max_pieces)
    return st.one_of(plain, plain, strewn).map("".join).filter(is_passage)


# -- documents -----------------------------------------------------------------------------------------------------


def make_document(
    name: str, *texts: str, collection: str = "main", removed: Sequence[str] = (), **fields: str | list[str]
) -> Document:
    """Make a document of its passages.

    Args:
        name: Its id.
        texts: Its passages, ¶1 first.
        collection: Its collection.
        removed: What cleaning took out, in order.
        fields: Front matter fields as they are written there.

    Raises:
        ValueError: A field is unknown or bad, or a text is no passage.
    """
    metadata, problems = metadata_from_fields({"id": name, **fields})
    body = normal_body("\n\n".join(texts))
    pieces, at = [], 0
    for text in removed:
        pieces.append(RemovedText(text, SOURCE, (at, at + len(text))))
        at += len(text) + 1
    document = Document(name, collection, metadata, body, tuple(pieces))
    if problems or document.passages != texts:
        raise ValueError(f"not a document: {problems}, {texts}")
    return document


def _sometimes(values: Sequence[str]) -> SearchStrategy[str]:
    return st.sampled_from(("", *values))


_fields = st.fixed_dictionaries(
    {
        "title": _sometimes(TITLES),
        "date": _sometimes(DATES),
        "place": _sometimes(PLACES),
        "organ": _sometimes(ORGANS),
        "event": _sometimes(EVENTS),
        "kind": _sometimes(KINDS),
        "speaker": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
    }
)


@st.composite
def corpora(draw: st.DrawFn, *, strings: Sequence[str] = (), min_size: int = 0, max_size: int = 4) -> list[Document]:
    """Small corpora in order of id, every kind of metadata stated in some documents.

    Args:
        draw: Given by Hypothesis.
        strings: Strings that shall stand in some passages.
        min_size: Fewest documents.
        max_size: Most documents, at most as many as IDS.
    """
    pieces = st.sampled_from(strings) | fragments if strings else fragments
    lines = passages(pieces)
    first_line = lines.map(lambda text: text.lstrip("\ufeff")).filter(is_passage)  # a file's first U+FEFF is no text
    removed = st.lists(st.lists(passages(pieces, max_pieces=6), min_size=1, max_size=2).map("\n".join), max_size=2)
    return [
        make_document(
            name,
            draw(first_line),
            *draw(st.lists(lines, max_size=3)),
            collection=draw(st.sampled_from(COLLECTIONS)),
            removed=draw(removed),
            **draw(_fields),
        )
        for name in IDS[: draw(st.integers(min_size, max_size))]
    ]


# -- query trees ---------------------------------------------------------------------------------------------------

literals = st.one_of(fragments, fragments, joined(min_size=2))
"""Strings of queries that stand in `passages()` now and then."""

links: SearchStrategy[Link] = st.builds(Link, st.integers(0, 9), st.booleans())
gap_widths = st.sampled_from(((0, 8), (1, 1), (0, 2)))


def exacts() -> SearchStrategy[Exact]:
    """Exact strings, some letter by letter, some with excluded neighbours."""
    neighbours = st.just(()) | st.lists(fragments, max_size=2).map(tuple)
    return st.builds(Exact, literals, letters=st.booleans(), not_before=neighbours, not_after=neighbours)


def nears() -> SearchStrategy[Near]:
    """NEAR and BEFORE between two or three strings, each of which may be any `Exact`."""
    chains = st.lists(st.tuples(exacts(), links), min_size=2, max_size=3)
    return chains.map(lambda chain: Near(tuple(part for part, _ in chain), tuple(link for _, link in chain[1:])))


def gaps() -> SearchStrategy[Gap]:
    """Gaps between two or three pieces."""
    chains = st.lists(st.tuples(literals, gap_widths), min_size=2, max_size=3)
    return chains.map(lambda chain: Gap(tuple(piece for piece, _ in chain), tuple(width for _, width in chain[1:])))


def bares() -> SearchStrategy[Bare]:
    """Bare text of one to three strings."""
    return st.builds(Bare, st.lists(literals, min_size=1, max_size=3).map("".join))


def fuzzies() -> SearchStrategy[Fuzzy]:
    """Strings of which one or two characters may differ."""
    return st.builds(Fuzzy, st.lists(literals, min_size=1, max_size=2).map("".join), errors=st.integers(1, 2))


def text_leaves() -> SearchStrategy[TextLeaf]:
    """Every leaf that looks for strings."""
    return st.one_of(exacts(), bares(), nears(), gaps(), fuzzies())


_VALUES = {
    "title": (*TITLES, "发展", "報告"),
    "speaker": (*NAMES, "张"),
    "organ": (*ORGANS, "政府"),
    "place": (*PLACES, "北"),
    "event": (*EVENTS, "会议"),
    "kind": KINDS,
    "collection": COLLECTIONS,
    "script": ("hans", "hant", "mixed", "HANS"),
    "id": IDS,
    "year": ("2012", "２０１９", "201X"),
}
fields: SearchStrategy[Field] = st.sampled_from(sorted(_VALUES)).flatmap(
    lambda name: st.builds(Field, st.just(name), st.sampled_from(_VALUES[name]), whole=st.booleans())
)
date_ranges: SearchStrategy[DateRange] = st.builds(DateRange, st.sampled_from(RANGES))


def _branches(parts: SearchStrategy[Query]) -> SearchStrategy[Query]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, several),
        st.builds(AnyOf, several),
        st.builds(Without, st.none() | parts, st.lists(parts, min_size=1, max_size=2).map(tuple)),
    )


simple_queries: SearchStrategy[Query] = text_leaves()
"""One leaf that looks for strings."""

queries: SearchStrategy[Query] = st.one_of(
    simple_queries,
    st.recursive(st.one_of(text_leaves(), text_leaves(), text_leaves(), fields, date_ranges), _branches, max_leaves=4),
)
"""Query trees with every kind of node, nested; most leaves look for strings."""

modes = st.sampled_from(("text", "loose", "letters"))
scopes = st.sampled_from(("document", "document", "passage", "removed"))


def strings_of(query: Query) -> list[str]:
    """List the strings that a query looks for in texts, excluded neighbours too."""
    match query:
        case AllOf(parts) | AnyOf(parts) | Near(parts):
            return [string for part in parts for string in strings_of(part)]
        case Without(wanted, unwanted):
            return [string for part in (wanted, *unwanted) if part is not None for string in strings_of(part)]
        case Exact(text, _, not_before, not_after):
            return [text, *not_before, *not_after]
        case Bare(text) | Fuzzy(text):
            return [text]
        case Gap(pieces):
            return list(pieces)
        case _:
            return []


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[Document], list[tuple[Query, str, str]]]:
    """Small corpora with queries, most of which hit; each query with a mode and a scope."""
    asked = draw(st.lists(st.tuples(queries, modes, scopes), min_size=1, max_size=6))
    strings = [string for query, _, _ in asked for string in strings_of(query)]
    return draw(corpora(strings=strings, min_size=1)), asked
