"""A query tree written in the query language: what a reader is shown as "understood", and the inverse of the parse.

Always: `parse_query(format_query(t)).tree == t` for every tree `t` that the parse gives.
"""

from __future__ import annotations

from index.query import AllOf, AnyOf, Bare, DateRange, Exact, Field, Fuzzy, Gap, Near, Nothing, Query, Without
from index.query_parser import BARE_FIELD, parse_whole
from index.query_terms import GAP_SIGNS

_SIGNS = {gap: sign for sign, gap in GAP_SIGNS.items()}


def format_query(query: Query) -> str:
    """Write a tree in the query language; strings in straight quotes, operators in half width."""
    match query:
        case Nothing():
            return ""
        case Bare(text):
            return text if _reads_back(text) else f"{BARE_FIELD}:{_quote(text)}"
        case Exact(text, letters, not_before, not_after):
            inner = "".join(f"(-{other})" for other in not_after) + text + "".join(f"(-{other})" for other in not_before)
            return ("=" if letters else "") + _quote(inner)
        case Fuzzy(text, errors):
            return f"~{errors} {_quote(text)}"
        case Gap(pieces, gaps):
            return pieces[0] + "".join(_SIGNS[gap] + piece for gap, piece in zip(gaps, pieces[1:], strict=True))
        case Near(parts, links):
            words = [
                f"{'BEFORE' if link.ordered else 'NEAR'}/{link.distance} {format_query(part)}"
                for link, part in zip(links, parts[1:], strict=True)
            ]
            return " ".join([format_query(parts[0]), *words])
        case Field(name, text, whole):
            return f"{name}:{'=' if whole else ''}{_quote(text)}"
        case DateRange(text):
            return f"date:{text}"
        case AllOf(parts):
            return " ".join(_bracket(part, AllOf, AnyOf, Without) for part in parts)
        case AnyOf(parts):
            return " OR ".join(_bracket(part, AnyOf) for part in parts)
        case Without(wanted, unwanted):
            left = "" if wanted is None else _bracket(wanted, AnyOf, Without) + " "
            return left + " ".join(f"-{_bracket(part, AllOf, AnyOf, Without, Near)}" for part in unwanted)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _reads_back(text: str) -> bool:
    """Whether bare text, written as it is, is read as itself: alone, behind another term, and in brackets."""
    bare = Bare(text)
    pair = AllOf((Bare("x"), bare))
    places = ((text, bare), (f"x {text}", pair), (f"(x {text})", pair), (f'{text} "x"', AllOf((bare, Exact("x")))))
    read = [(parse_whole(written), tree) for written, tree in places]
    return all(parsed.tree == tree and not parsed.notices for parsed, tree in read)


def _bracket(query: Query, *kinds: type) -> str:
    text = format_query(query)
    return f"({text})" if isinstance(query, kinds) else text
