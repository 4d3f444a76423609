"""Walking over a query text: characters, keywords, quotations, chunks; and the notices of what was read otherwise than typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

QUOTES = {'"': '"', "“": "”", "「": "」", "＂": "＂"}
"""Opening marks of a quotation and the marks that close it."""

MOST_NOTICES = 100
"""Notices that one query text is given; a longer list helps nobody."""

MOST_WASTED = 100_000
"""Characters read in vain, behind brackets and quotation marks that turned out to be text; then all such marks are text."""

_KEYWORD = re.compile(r"(AND|OR|NOT)(?=[\s()（）]|$)")
_NEAR = re.compile(r"(NEAR|BEFORE)/(\d+)(?=\s|$)")


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


class Scanner:
    """A place in a query text, and what can be taken from there.

    Attributes:
        text: The query text.
        at: Index of the next character.
        level: How many groups are open.
        notices: What was read otherwise than typed.
        wasted: Characters read in vain.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.level = 0
        self.notices: list[Notice] = []
        self.wasted = 0

    def fault(self, code: str, message: str, start: int, end: int | None = None, *, hint: str | None = None) -> None:
        """Note what is read otherwise than typed, and go on."""
        if len(self.notices) < MOST_NOTICES:
            self.notices.append(Notice(code, message, (start, len(self.text) if end is None else end), hint))

    def skip_space(self) -> None:
        """Go on to the next character that is no white space."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def peek(self, offset: int = 0) -> str:
        """Give the character here, or so many further on; "" behind the end."""
        at = self.at + offset
        return self.text[at] if at < len(self.text) else ""

    def term_ends(self, at: int) -> bool:
        """Whether nothing of a term follows at this place: its end, white space, or the end of a group."""
        return at >= len(self.text) or self.text[at].isspace() or (self.level > 0 and self.text[at] in ")）")

    def next_keyword(self) -> str | None:
        """Give the keyword that stands here, or None; nothing is taken."""
        match = _KEYWORD.match(self.text, self.at)
        return match[1] if match and (self.term_ends(match.end()) or self.text[match.end()] in "(（") else None

    def keyword(self, word: str) -> tuple[int, int] | None:
        """Take a keyword and give its span, or give None."""
        self.skip_space()
        if self.next_keyword() != word:
            return None
        self.at += len(word)
        return self.at - len(word), self.at

    def negations(self) -> list[tuple[int, int]]:
        """Take the words NOT that follow each other, or a minus that something follows, and give their spans."""
        found = []
        while word := self.keyword("NOT"):
            found.append(word)
        if self.peek() in ("-", "－") and not self.term_ends(self.at + 1):
            self.at += 1
            found.append((self.at - 1, self.at))
        return found

    def next_near(self) -> re.Match[str] | None:
        """Find a NEAR or BEFORE behind white space; nothing is taken."""
        at = self.at
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return _NEAR.match(self.text, at)

    def quoted(self) -> str | None:
        """Take a quotation; None, with nothing taken, if it is text because more follows its closing mark."""
        if self.wasted > MOST_WASTED:
            return None
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
            self.wasted += at - start
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
