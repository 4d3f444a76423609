"""What the user typed becomes a query tree; the lenient parse never fails, the strict one names the fault.

A sign is an operator only at the start of a term (start of the line, after white space, after `(` or a field's colon); elsewhere it
is text, because people paste 全体(扩大)会议, 同志们: and 5-6. For the same reason a quotation or a group that goes on after its
closing mark is text. Full-width （ ） ： － ＝ and the ideographic space count like their half-width twins. Source: plan.md 9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive.dates import parse_range
from archive.errors import InvalidMetadata
from archive.folding import fold
from index.errors import QuerySyntaxError
from index.query import FIELDS, AllOf, AnyOf, Bare, DateRange, Exact, Field, Fuzzy, Link, Near, Nothing, Query, Without
from index.query_scanner import MOST_WASTED, QUOTES, Notice, Scanner
from index.query_terms import read_exact, read_gap

MOST_CHARACTERS = 10_000
MOST_TERMS = 1_000
MOST_LEVELS = 50
MOST_DISTANCE = 1_000
MOST_ERRORS = 2
BARE_FIELD = "text"
"""`text:"…"` is bare text, whatever signs it holds; rarely typed, but it makes every tree writable."""


SORTS = {"relevance": ("相关",), "date": ("日期",)}
SCOPES = {"document": ("文献",), "passage": ("段落",), "removed": ("清理",)}
_OPTIONS: dict[str, tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]] = {"sort": (("排序",), SORTS), "in": (("范围",), SCOPES)}

_FIELD = re.compile(r"([A-Za-z]+|[\u4e00-\u9fff]{2,4})[:：]")
_FUZZY = re.compile(r"[~～](\d)\s*(?=[\"“「＂])")


def _names(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(alias): name for name, aliases in table.items() for alias in (name, *aliases)}


_FIELD_NAMES = _names({**FIELDS, BARE_FIELD: ("全文",)})
_OPTION_NAMES = _names({name: aliases for name, (aliases, _) in _OPTIONS.items()})


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query text understood.

    Attributes:
        text: As typed, cut at MOST_CHARACTERS.
        tree: What it means.
        sort: `relevance` or `date`; None if the text does not say.
        scope: `document`, `passage` or `removed`; None if the text does not say.
        notices: What was read otherwise than typed; empty from the strict parse.
    """

    text: str
    tree: Query
    sort: str | None = None
    scope: str | None = None
    notices: tuple[Notice, ...] = ()


def parse_query(text: str, *, strict: bool = False) -> ParsedQuery:
    """Parse a query.

    Args:
        text: What was typed; line ends and tabs count as spaces.
        strict: Raise for the first fault instead of reading around it.

    Raises:
        QuerySyntaxError: Only if strict; `span` is the faulty part.
    """
    parsed = parse_whole(text[:MOST_CHARACTERS])
    if len(text) > MOST_CHARACTERS:
        message = f"the query has {len(text)} characters, the first {MOST_CHARACTERS} are read"
        cut = Notice("too-long", message, (MOST_CHARACTERS, len(text)), "search for a part of it")
        parsed = replace(parsed, notices=(cut, *parsed.notices))
    if strict and parsed.notices:
        first = min(parsed.notices, key=lambda notice: (notice.code != "too-long", notice.span))
        raise QuerySyntaxError(first.message, hint=first.hint, span=first.span)
    return parsed


def parse_whole(text: str) -> ParsedQuery:
    """Parse a query of any length, leniently."""
    return _Parser(text).parse()


class _Parser(Scanner):
    """One pass over one query text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.terms = 0
        self.options: dict[str, str] = {}
        self.field: str | None = None
        self.not_groups: set[int] = set()

    def parse(self) -> ParsedQuery:
        tree = self.any_of()
        return ParsedQuery(
            self.text,
            tree or Nothing(),
            self.options.get("sort"),
            self.options.get("in"),
            tuple(sorted(self.notices, key=lambda notice: notice.span)),
        )

    # -- booleans --------------------------------------------------------------------------------------------------

    def any_of(self) -> Query | None:
        parts: list[Query] = []
        before: tuple[int, int] | None = None
        while True:
            part = self.all_of()
            after = self.keyword("OR")
            lonely = after or before
            if part is not None:
                parts.append(part)
            elif lonely and not (after is None and self.is_said(lonely)):
                self.fault("operand-missing", "OR needs something on both sides", *lonely, hint="write A OR B")
            if after is None:
                return parts[0] if len(parts) == 1 else AnyOf(tuple(parts)) if parts else None
            before = after

    def is_said(self, span: tuple[int, int]) -> bool:
        return any(notice.span == span for notice in self.notices)

    def all_of(self) -> Query | None:
        wanted: list[Query] = []
        unwanted: list[Query] = []
        joined: tuple[int, int] | None = None
        while not self.ends():
            keyword = self.keyword("AND")
            if keyword and (joined or not (wanted or unwanted)):
                self.fault("operand-missing", "AND needs something on both sides", *keyword, hint="write A AND B")
            if keyword:
                joined = keyword
                continue
            joined = None
            negations = self.negations()
            part = None if self.ends() or self.next_keyword() else self.near()
            if part is not None:
                (unwanted if len(negations) % 2 else wanted).append(part)
            elif negations:
                self.fault("operand-missing", "NOT needs something after it", *negations[-1], hint="write A NOT B or A -B")
        if joined and not self.is_said(joined):
            self.fault("operand-missing", "AND needs something on both sides", *joined, hint="write A AND B")
        base = wanted[0] if len(wanted) == 1 else AllOf(tuple(wanted)) if wanted else None
        return Without(base, tuple(unwanted)) if unwanted else base

    def ends(self) -> bool:
        """Whether the terms joined by AND end here: at an OR, at the end of a group or of the text."""
        self.skip_space()
        return not self.peek() or (self.level > 0 and self.peek() in ")）") or self.next_keyword() == "OR"

    def near(self) -> Query | None:
        """Take a term and what stands near it."""
        start = self.at
        parts = [self.term()]
        links: list[Link] = []
        while match := self.next_near():
            self.at = match.end()
            distance = int(match[2][:6])
            if distance > MOST_DISTANCE:
                self.fault("too-far", f"{match[1]} reaches at most {MOST_DISTANCE} characters", *match.span())
            links.append(Link(min(distance, MOST_DISTANCE), match[1] == "BEFORE"))
            parts.append(None if self.ends() or self.next_keyword() else self.term())
        if not links:
            return parts[0]
        strings = [read_exact(part.text, False) if isinstance(part, Bare) else part for part in parts]
        exact = tuple(part for part in strings if isinstance(part, Exact))
        if len(exact) == len(parts):
            return Near(exact, tuple(links))
        self.fault("near-operand", "NEAR and BEFORE join two strings", start, self.at, hint='write "A" NEAR/7 "B"')
        found = [part for part in parts if part is not None]
        return found[0] if len(found) == 1 else AllOf(tuple(found)) if found else None

    # -- terms -----------------------------------------------------------------------------------------------------

    def term(self) -> Query | None:
        """Take one term; in the brackets of a field its strings look at that field."""
        self.skip_space()
        if self.terms >= MOST_TERMS:
            self.fault("too-many-terms", f"only the first {MOST_TERMS} terms are read", self.at)
            self.at = len(self.text)
        if not self.peek():
            return None
        if self.peek() in ("(", "（") and self.level_allows():
            start, before = self.at, (self.at, self.terms, len(self.notices), dict(self.options))
            inner = self.group()
            if self.term_ends(self.at):
                return inner
            self.wasted += self.at - start
            self.at, self.terms, kept, self.options = before  # text goes on behind the bracket, so it was text itself
            del self.notices[kept:]
            self.not_groups.add(self.at)
        self.terms += 1
        if self.field is None and (match := _FIELD.match(self.text, self.at)):
            name = fold(match[1])
            if name in _FIELD_NAMES:
                return self.field_value(_FIELD_NAMES[name], match.end())
            if name in _OPTION_NAMES:
                self.option(_OPTION_NAMES[name], match.end())
                return None
        return self.string()

    def level_allows(self) -> bool:
        """Whether a bracket here may open a group: not too deep, not tried before, and not too much tried in vain."""
        if self.at in self.not_groups or self.wasted > MOST_WASTED:
            return False
        if self.level >= MOST_LEVELS:
            self.fault("too-deep", f"brackets are read {MOST_LEVELS} deep at most", self.at, self.at + 1)
        return self.level < MOST_LEVELS

    def group(self) -> Query | None:
        start = self.at
        self.at += 1
        self.level += 1
        inner = self.any_of()
        self.level -= 1
        self.skip_space()
        if self.peek() in (")", "）"):
            self.at += 1
        else:
            self.fault("bracket-unclosed", "the bracket is not closed", start, start + 1, hint="close it with )")
        if inner is None and not fold(self.text[start + 1 : self.at - 1]).strip():
            self.fault("operand-missing", "the brackets are empty", start, self.at)
        return inner

    def field_value(self, name: str, end: int) -> Query | None:
        start, self.at = self.at, end
        if self.term_ends(end):
            self.fault("field-empty", f"field {name} has no value", start, end, hint=f"write {name}:value without a space")
            return Bare(self.text[start:end]) if self.text[start:end].strip() else None
        if name == BARE_FIELD:
            return self.bare_value()
        if name != "date":
            return self.value_in(name)
        text = self.chunk()
        try:
            parse_range(text)
        except InvalidMetadata as error:
            self.fault("date-unreadable", error.message, end, self.at, hint=error.hint)
            return None
        return DateRange(text)

    def value_in(self, name: str) -> Query | None:
        """Take what a field must hold: a string, a group of them, or one that is denied."""
        self.field = name
        denied = len(self.negations()) % 2
        value = self.term()
        self.field = None
        return Without(None, (value,)) if denied and value is not None else value

    def bare_value(self) -> Query | None:
        """Take bare text behind `text:`, in quotation marks or not; signs in it are text."""
        start = self.at
        quoted = self.quoted() if self.peek() in QUOTES else None
        text = self.chunk() if quoted is None else quoted
        if fold(text):
            return Bare(text)
        self.fault("string-empty", "there is nothing to look for", start, self.at)
        return None

    def option(self, name: str, end: int) -> None:
        start, self.at = self.at, end
        value = fold(self.chunk())
        choices = _names(_OPTIONS[name][1])
        if value in choices:
            self.options[name] = choices[value]
        else:
            self.fault("option-unknown", f"{name}: takes {', '.join(_OPTIONS[name][1])}", start, self.at)

    def string(self) -> Query | None:
        """Take a quoted string with its prefixes, or a chunk of bare text."""
        start = self.at
        fuzzy = _FUZZY.match(self.text, start)
        letters = self.peek() in ("=", "＝") and self.peek(1) in QUOTES and self.peek(1) != ""
        self.at = fuzzy.end() if fuzzy else start + letters
        quoted = self.quoted() if self.peek() in QUOTES else None
        if quoted is None:
            self.at = start
            return self.bare()
        if not fold(quoted) and not (letters and quoted):
            self.fault("string-empty", "the quotation holds nothing to look for", start, self.at)
            return None
        if self.field is not None:
            return Field(self.field, quoted, whole=bool(letters))
        if fuzzy:
            return self.fuzzy(quoted, int(fuzzy[1]), start)
        return read_exact(quoted, bool(letters))

    def fuzzy(self, text: str, errors: int, start: int) -> Query:
        allowed = min(errors, MOST_ERRORS)
        if errors > MOST_ERRORS:
            self.fault("too-fuzzy", f"at most {MOST_ERRORS} characters may differ", start, start + 2)
        needed = 2 * allowed + 2
        if allowed == 0 or len(fold(text)) < needed:
            if allowed:
                self.fault("too-short", f"~{allowed} needs a string of {needed} characters or more", start, self.at)
            return read_exact(text, False)
        return Fuzzy(text, allowed)

    def bare(self) -> Query | None:
        start = self.at
        text = self.chunk()
        if not text:  # a closing bracket where a term should be
            self.at += 1
            text = self.text[start : self.at]
        if not fold(text):
            self.fault("string-empty", "there is nothing to look for", start, self.at)
            return None
        if self.field is not None:
            return Field(self.field, text)
        return read_gap(text) or Bare(text)
