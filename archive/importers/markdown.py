"""Markdown: text whose marks are edits; front matter is metadata that a person wrote.

A text is Markdown only if several signs say so, since `#`, `*` and `>` stand in plain texts too. Bullets and numbers of lists stay:
they are read as text. Source: CommonMark 0.31.2, sections 4.1 to 4.5, 5.1, 6.2 to 6.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from archive.encoding import Decoded
from archive.errors import InvalidMetadata
from archive.evidence import Evidence
from archive.front_matter import Value, parse_front_matter, split_front_matter
from archive.importers.extracted import Extracted
from archive.importers.removals import removals
from archive.metadata import Metadata

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(?=\S)", re.MULTILINE)
_HEADING_OVER_TEXT = re.compile(r"^ {0,3}#{1,6}[ \t]+[^\n]*\n\s*(?=[^\s#])", re.MULTILINE)
_HEADING_END = re.compile(r"^ {0,3}#{1,6}[ \t][^\n]*?\S([ \t]+#+[ \t]*)$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=[^\n])\n( {0,3}=+[ \t]*)$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>(?: ?>)* ?", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)
_LINK = re.compile(r"(?<!\\)(!?\[)([^\[\]\n]*)(\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\))")
_ADDRESS = re.compile(r"(<)(?:https?|mailto):[^<>\s]+(>)")
_STRONG = re.compile(r"(?<![*\\])(\*{2,3})(?=[^\s*])[^*\n]*?[^\s*\\](\1)(?!\*)")
_SLANTED = re.compile(
    r"(?<![*\w\\])(\*)(?=[^\s*])[^*\n]*?[^\s*\\](\1)(?![*\w])|(?<![\w\\])(__?)(?=[^\s_])[^_\n]*?[^\s_\\](\3)(?!\w)"
)
_CODE = re.compile(r"(?<![`\\])(`)[^`\n]+(`)(?!`)")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_HINTS = ("#", "<!--", "](", "**", "```", "---")
_KNOWN = frozenset(field.name for field in fields(Metadata))


def read_markdown(decoded: Decoded, *, name: str = "") -> Extracted | None:
    """Read a text as Markdown.

    Args:
        decoded: The text.
        name: Name of its file; `.md` says that one sign is enough.

    Returns:
        None if it is plain text.
    """
    text = decoded.text
    if not any(hint in text for hint in _HINTS):
        return None
    body, evidence, notices = _front_matter(text)
    is_marked = is_markdown(text[body:], surely=body > 0 or name.lower().endswith((".md", ".markdown")))
    if not body and not is_marked:
        return None
    ranges = _marks(text, body) if is_marked else {}
    return Extracted(
        raw=text,
        format="markdown",
        encoding=decoded.encoding,
        unreadable=decoded.unreadable,
        edits=tuple(removals({"markdown.front-matter": [(0, body)], **ranges})),
        evidence=tuple(evidence),
        notices=tuple(notices),
    )


def is_markdown(text: str, *, surely: bool = False) -> bool:
    """Whether a text shows several signs of Markdown; `surely` if one is enough."""
    levels = [match[1] for match in _HEADING.finditer(text)] if "#" in text else []
    first = _HEADING.match(text.lstrip("\ufeff\r\n \t")) is not None
    signs = (
        first,
        len(set(levels)) >= 2,
        next(_comments(text, 0), None) is not None,
        "](" in text and _LINK.search(text) is not None,
        "**" in text and _STRONG.search(text) is not None,
        "```" in text and len(_FENCE.findall(text)) >= 2,
    )
    over_text = len(levels) >= 2 and len(_HEADING_OVER_TEXT.findall(text)) >= max(2, len(levels) / 2)
    return sum(signs) >= (1 if surely else 2) or (first and over_text)


def _marks(text: str, body: int) -> dict[str, list[tuple[int, int]]]:
    """Find what is mark and not text, by rule."""

    def found(pattern: re.Pattern[str], *signs: str) -> list[re.Match[str]]:
        return list(pattern.finditer(text, body)) if any(sign in text for sign in signs) else []

    links, addresses = found(_LINK, "]("), found(_ADDRESS, "<")
    emphasis = [match for match in found(_STRONG, "**") if _flanked(text, match)]
    emphasis += [*found(_SLANTED, "*", "_"), *found(_CODE, "`")]
    headings = [match.span() for match in _HEADING.finditer(text, body)]
    headings += [match.span(1) for pattern in (_HEADING_END, _UNDERLINE) for match in pattern.finditer(text, body)]
    return {
        "markdown.comment": list(_comments(text, body)),
        "markdown.heading-mark": headings,
        "markdown.rule": [match.span() for match in _RULE.finditer(text, body)],
        "markdown.quote-mark": [match.span() for match in found(_QUOTE, ">")],
        "markdown.fence": [match.span() for match in _FENCE.finditer(text, body)],
        "markdown.link": [
            *(match.span() for match in links if match[1] == "!["),
            *(match.span(group) for match in links if match[1] == "[" for group in (1, 3)),
            *(match.span(group) for match in addresses for group in (1, 2)),
        ],
        "markdown.emphasis": [
            match.span(n) for match in emphasis for n in range(1, len(match.groups()) + 1) if match.start(n) >= 0
        ],
        "markdown.escape": [match.span() for match in found(_ESCAPE, "\\")],
    }


def _comments(text: str, at: int) -> Iterator[tuple[int, int]]:
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        at = end + 3
        yield start, at


def _flanked(text: str, match: re.Match[str]) -> bool:
    """Whether marks stand at words (CommonMark 6.2), unlike the asterisks of names left out: 张**、李**说."""
    first, last = text[match.end(1)], text[match.start(2) - 1]
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (first.isalnum() or not before.isalnum()) and (last.isalnum() or not behind.isalnum())


def _front_matter(text: str) -> tuple[int, list[Evidence], list[str]]:
    """Give where the body begins, what a person said before it, and what a keeper should know."""
    source, rest = split_front_matter(text)
    if source is None:
        return 0, [], []
    try:
        stated = parse_front_matter(source).fields
    except InvalidMetadata:
        return 0, [], []
    if _KNOWN.isdisjoint(stated):
        return 0, [], []
    body = len(text) - len(rest)
    found: list[Evidence] = []
    for name, value in stated.items():
        for field, said in _said(name, value):
            start = max(text.find(said, 0, body), 0)
            end = start + len(said) if text.startswith(said, start) else start
            found.append(Evidence(field, said, *((start, end) if end > start else (0, 0)), "front-matter", 1.0))
    several = [name for name in ("published", "captured") if isinstance(stated.get(name), list) and len(stated[name]) > 1]
    return body, found, [f"front matter gives several entries for {name}; only the first was taken" for name in several]


def _said(name: str, value: Value) -> Iterator[tuple[str, str]]:
    """Yield fields and values of evidence for one field of front matter that we know; lists of mappings by their first entry."""
    if name not in _KNOWN:
        return
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            if entry.strip():
                yield name, entry.strip()
        elif isinstance(entry, dict):
            yield from ((f"{name}.{key}", said.strip()) for key, said in entry.items() if isinstance(said, str) and said.strip())
            return
