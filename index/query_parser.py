"""What the user typed becomes a query tree; the lenient parse never fails, the strict one names the fault.

A sign is an operator only at the start of a term (start of the line, after white space, after `(` or a field's colon); elsewhere it
is text, because people paste 全体(扩大)会议, 同志们: and 5-6. For the same reason a quotation or a group that goes on after its
closing mark is text. Full-width （ ） ： － ＝ and the ideographic space count like their half-width twins. Source: plan.md 9.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.dates import parse_range
from archive.errors import InvalidMetadata
from archive.folding import fold
from index.errors import QuerySyntaxError
from index.query import FIELDS, AllOf, AnyOf, Bare, DateRange, Exact, Field, Fuzzy, Gap, Link, Near, Nothing, Query, Without

MOST_CHARACTERS = 10_000
MOST_TERMS = 1_000
MOST_LEVELS = 50
MOST_DISTANCE = 1_000
MOST_ERRORS = 2
BARE_FIELD = "text"
"""`text:"…"` is bare text, whatever signs it holds; rarely typed, but it makes every tree writable."""

GAP_SIGNS = {"*": (0, 8), "?": (1, 1)}
QUOTES = {'"': '"', "“": "”", "「": "」", "＂": "＂"}
_MARKS = frozenset("()（）").union(QUOTES, QUOTES.values())
SORTS = {"relevance": ("相关",), "date": ("日期",)}
SCOPES = {"document": ("文献",), "passage": ("段落",), "removed": ("清理",)}
_OPTIONS: dict[str, tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]] = {"sort": (("排序",), SORTS), "in": (("范围",), SCOPES)}

_KEYWORD = re.compile(r"(AND|OR|NOT)(?=[\s(（]|$)")
_NEAR = re.compile(r"(NEAR|BEFORE)/(\d+)(?=\s|$)")
_FIELD = re.compile(r"([A-Za-z]+|[\u4e00-\u9fff]{2,4})[:：]")
_FUZZY = re.compile(r"[~～](\d)\s*(?=[\"“「＂])")
_EXCLUDED_BEFORE = re.compile(r"[(（][-－]([^()（）]+)[)）]")
_EXCLUDED_AFTER = re.compile(r"[(（][-－]([^()（）]+)[)）]$")


def _names(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(alias): name for name, aliases in table.items() for alias in (name, *aliases)}


_FIELD_NAMES = _names({**FIELDS, BARE_FIELD: ("全文",)})
_OPTION_NAMES = _names({name: aliases for name, (aliases, _) in _OPTIONS.items()})


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the lenient parse read otherwise than it was typed.

    Attributes:
        code: Stable name, for translation.
        message: One sentence.
        hint: What would be right, or None.
        span: Half-open range of code points in the query text.
    """

    code: str
    message: str
    span: tuple[int, int]
    hint: str | None = None


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
        first = min(parsed.notices, key=lambda notice: notice.span)
        raise QuerySyntaxError(first.message, hint=first.hint, span=first.span)
    return parsed


def parse_whole(text: str) -> ParsedQuery:
    """Parse a query of any length, leniently."""
    return _Parser(text).parse()


class _Parser:
    """One pass over one query text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.level = 0
        self.terms = 0
        self.notices: list[Notice] = []
        self.options: dict[str, str] = {}
        self.not_groups: set[int] = set()

    def parse(self) -> ParsedQuery:
        tree = self.any_of()
        return ParsedQuery(self.text, tree or Nothing(), self.options.get("sort"), self.options.get("in"), tuple(self.notices))

    def fault(self, code: str, message: str, start: int, end: int | None = None, *, hint: str | None = None) -> None:
        """Note what is read otherwise than typed, and go on."""
        self.notices.append(Notice(code, message, (start, len(self.text) if end is None else end), hint))

    # -- characters ------------------------------------------------------------------------------------------------

    def skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def peek(self, offset: int = 0) -> str:
        at = self.at + offset
        return self.text[at] if at < len(self.text) else ""

    def term_ends(self, at: int) -> bool:
        """Whether nothing of a term follows at this place: its end, white space, or the end of a group."""
        return at >= len(self.text) or self.text[at].isspace() or (self.level > 0 and self.text[at] in ")）")

    # -- booleans --------------------------------------------------------------------------------------------------

    def any_of(self) -> Query | None:
        parts = []
        while True:
            start = self.at
            part = self.all_of()
            keyword = self.keyword("OR")
            if part is not None:
                parts.append(part)
            elif keyword or parts:
                self.fault("operand-missing", "OR needs something on both sides", start, self.at or None, hint="write A OR B")
            if not keyword:
                break
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts)) if parts else None

    def all_of(self) -> Query | None:
        wanted: list[Query] = []
        unwanted: list[Query] = []
        while True:
            self.skip_space()
            if not self.peek() or (self.level and self.peek() in ")）") or self.next_keyword() == "OR":
                break
            if self.keyword("AND"):
                continue
            if self.terms >= MOST_TERMS:
                self.fault("too-many-terms", f"only the first {MOST_TERMS} terms are read", self.at)
                self.at = len(self.text)
                break
            start = self.at
            if self.negation():
                part = self.near()
                if part is None:
                    self.fault("operand-missing", "NOT needs something after it", start, self.at, hint="write A NOT B or A -B")
                else:
                    unwanted.append(part)
            elif (part := self.near()) is not None:
                wanted.append(part)
        base = wanted[0] if len(wanted) == 1 else AllOf(tuple(wanted)) if wanted else None
        return Without(base, tuple(unwanted)) if unwanted else base

    def next_keyword(self) -> str | None:
        match = _KEYWORD.match(self.text, self.at)
        return match[1] if match else None

    def keyword(self, word: str) -> bool:
        self.skip_space()
        if self.next_keyword() != word:
            return False
        self.at += len(word)
        return True

    def negation(self) -> bool:
        """Take a NOT or a minus that something follows."""
        if self.next_keyword() == "NOT":
            self.at += 3
            self.skip_space()
            return True
        if self.peek() in ("-", "－") and not self.term_ends(self.at + 1):
            self.at += 1
            return True
        return False

    def near(self) -> Query | None:
        """Take a term and what stands near it."""
        start = self.at
        parts = [self.term(None)]
        links: list[Link] = []
        while True:
            before = self.at
            self.skip_space()
            match = _NEAR.match(self.text, self.at)
            if match is None:
                self.at = before
                break
            self.at = match.end()
            distance = int(match[2][:6])
            if distance > MOST_DISTANCE:
                self.fault("too-far", f"{match[1]} reaches at most {MOST_DISTANCE} characters", match.start(), match.end())
            links.append(Link(min(distance, MOST_DISTANCE), match[1] == "BEFORE"))
            self.skip_space()
            parts.append(self.term(None) if self.peek() and not (self.level and self.peek() in ")）") else None)
        if not links:
            return parts[0]
        strings = [_exact(part.text, False) if isinstance(part, Bare) else part for part in parts]
        exact = tuple(part for part in strings if isinstance(part, Exact))
        if len(exact) == len(parts):
            return Near(exact, tuple(links))
        self.fault("near-operand", "NEAR and BEFORE join two strings", start, self.at, hint='write "A" NEAR/7 "B"')
        found = [part for part in parts if part is not None]
        return found[0] if len(found) == 1 else AllOf(tuple(found)) if found else None

    # -- terms -----------------------------------------------------------------------------------------------------

    def term(self, field: str | None) -> Query | None:
        """Take one term; inside a field its strings look at that field."""
        self.skip_space()
        if not self.peek():
            return None
        if self.peek() in ("(", "（") and self.at not in self.not_groups and self.level_allows():
            before = (self.at, self.terms, len(self.notices), dict(self.options))
            inner = self.group(field)
            if self.term_ends(self.at):
                return inner
            self.at, self.terms, kept, self.options = before  # text goes on behind the bracket, so it was text itself
            del self.notices[kept:]
            self.not_groups.add(self.at)
        self.terms += 1
        if field is None and (match := _FIELD.match(self.text, self.at)):
            name = fold(match[1])
            if name in _FIELD_NAMES:
                return self.field(_FIELD_NAMES[name], match.end())
            if name in _OPTION_NAMES:
                self.option(_OPTION_NAMES[name], match.end())
                return None
        return self.string(field)

    def level_allows(self) -> bool:
        if self.level >= MOST_LEVELS:
            self.fault("too-deep", f"brackets are read {MOST_LEVELS} deep at most", self.at, self.at + 1)
        return self.level < MOST_LEVELS

    def group(self, field: str | None) -> Query | None:
        start = self.at
        self.at += 1
        self.level += 1
        inner = self.any_of() if field is None else self.field_group(field)
        self.level -= 1
        self.skip_space()
        if self.peek() in (")", "）"):
            self.at += 1
        else:
            self.fault("bracket-unclosed", "the bracket is not closed", start, start + 1, hint="close it with )")
        if inner is None:
            self.fault("operand-missing", "the brackets are empty", start, self.at)
        return inner

    def field_group(self, field: str) -> Query | None:
        """Take `A OR B` inside the brackets of a field: all or any of its strings."""
        rows: list[list[Query]] = [[]]
        while True:
            self.skip_space()
            if not self.peek() or self.peek() in ")）":
                break
            if self.keyword("OR"):
                rows.append([])
            elif not self.keyword("AND") and (part := self.term(field)) is not None:
                rows[-1].append(part)
        joined = [row[0] if len(row) == 1 else AllOf(tuple(row)) for row in rows if row]
        return joined[0] if len(joined) == 1 else AnyOf(tuple(joined)) if joined else None

    def field(self, name: str, end: int) -> Query | None:
        start, self.at = self.at, end
        if self.term_ends(end):
            self.fault("field-empty", f"field {name} has no value", start, end, hint=f"write {name}:value without a space")
            return Bare(self.text[start:end]) if self.text[start:end].strip() else None
        if name == BARE_FIELD:
            quoted = self.quoted() if self.peek() in QUOTES else None
            return Bare(quoted) if quoted is not None and fold(quoted) else self.bare(None)
        if name != "date":
            minus = self.peek() in ("-", "－") and not self.term_ends(self.at + 1)
            self.at += minus
            value = self.term(name)
            return Without(None, (value,)) if minus and value is not None else value
        text = self.chunk()
        try:
            parse_range(text)
        except InvalidMetadata as error:
            self.fault("date-unreadable", error.message, end, self.at, hint=error.hint)
            return None
        return DateRange(text)

    def option(self, name: str, end: int) -> None:
        start, self.at = self.at, end
        value = fold(self.chunk())
        choices = _names(_OPTIONS[name][1])
        if value in choices:
            self.options[name] = choices[value]
        else:
            self.fault("option-unknown", f"{name}: takes {', '.join(_OPTIONS[name][1])}", start, self.at)

    def string(self, field: str | None) -> Query | None:
        """Take a quoted string with its prefixes, or a chunk of bare text."""
        start = self.at
        fuzzy = _FUZZY.match(self.text, start)
        letters = self.peek() in ("=", "＝") and self.peek(1) in QUOTES and self.peek(1) != ""
        self.at = fuzzy.end() if fuzzy else start + letters
        quoted = self.quoted() if self.peek() in QUOTES else None
        if quoted is None:
            self.at = start
            return self.bare(field)
        if not fold(quoted) and not (letters and quoted):
            self.fault("string-empty", "the quotation holds nothing to look for", start, self.at)
            return None
        if field is not None:
            return Field(field, quoted, whole=bool(letters))
        if fuzzy:
            return self.fuzzy(quoted, int(fuzzy[1]), start)
        return _exact(quoted, bool(letters))

    def fuzzy(self, text: str, errors: int, start: int) -> Query:
        allowed = min(errors, MOST_ERRORS)
        if errors > MOST_ERRORS:
            self.fault("too-fuzzy", f"at most {MOST_ERRORS} characters may differ", start, start + 2)
        needed = 2 * allowed + 2
        if allowed == 0 or len(fold(text)) < needed:
            if allowed:
                self.fault("too-short", f"~{allowed} needs a string of {needed} characters or more", start, self.at)
            return _exact(text, False)
        return Fuzzy(text, allowed)

    def quoted(self) -> str | None:
        """Take a quotation; None, with nothing taken, if it is text because more follows its closing mark."""
        start, opener = self.at, self.text[self.at]
        closer, depth, at = QUOTES[opener], 1, self.at + 1
        while at < len(self.text):
            char = self.text[at]
            if opener == closer and char == closer and self.text[at + 1 : at + 2] == closer:
                at += 1
            elif char == closer:
                depth -= 1
                if depth == 0:
                    break
            elif char == opener:
                depth += 1
            at += 1
        if at < len(self.text) and not self.term_ends(at + 1):
            return None
        if at >= len(self.text):
            self.fault("quote-unclosed", "the quotation is not closed", start, start + 1, hint=f"close it with {closer}")
        self.at = min(at + 1, len(self.text))
        inner = self.text[start + 1 : at]
        return inner.replace(closer * 2, closer) if opener == closer else inner

    def chunk(self) -> str:
        """Take text up to white space, or to a bracket that closes the group around it."""
        start, inside = self.at, 0
        while self.at < len(self.text) and not self.text[self.at].isspace():
            char = self.text[self.at]
            if char in "(（":
                inside += 1
            elif char in ")）":
                if self.level and not inside:
                    break
                inside -= inside > 0
            self.at += 1
        return self.text[start : self.at]

    def bare(self, field: str | None) -> Query | None:
        start = self.at
        text = self.chunk()
        if not text:  # a closing bracket where a term should be
            self.at += 1
            text = self.text[start : self.at]
        if not fold(text):
            self.fault("string-empty", "there is nothing to look for", start, self.at)
            return None
        if field is not None:
            return Field(field, text)
        return _gap(text) or Bare(text)


def _exact(text: str, letters: bool) -> Exact:
    """Read the excluded continuations off both ends of a quoted string."""
    before: list[str] = []
    after: list[str] = []
    rest = text
    while (match := _EXCLUDED_BEFORE.match(rest)) and fold(rest[match.end() :]):
        before.append(match[1])
        rest = rest[match.end() :]
    while (match := _EXCLUDED_AFTER.search(rest)) and fold(rest[: match.start()]):
        after.insert(0, match[1])
        rest = rest[: match.start()]
    return Exact(rest, letters, not_before=tuple(after), not_after=tuple(before))


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def _gap(text: str) -> Gap | None:
    """Read `*` and `?` between two letters as gaps."""
    if any(char in _MARKS for char in text):
        return None
    signs = [
        at for at in range(1, len(text) - 1) if text[at] in GAP_SIGNS and _is_letter(text[at - 1]) and _is_letter(text[at + 1])
    ]
    if not signs:
        return None
    edges = [-1, *signs, len(text)]
    pieces = tuple(text[start + 1 : end] for start, end in pairwise(edges))
    return Gap(pieces, tuple(GAP_SIGNS[text[at]] for at in signs))
