"""The tree of a web page as text: every text node in order, with the lines, cells and hidden parts that a reader would see.

Lines follow the HTML Standard's innerText (a blank line around paragraphs, a line end around other blocks and at `<br>`, a tab
between cells, a line for each row); script, style and templates hold no text. White space of the markup is one space, or none where
the CSS Text Module (level 3, 4.1.3) drops a line break between two wide characters: that one stays in the raw text, as `breaks`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

Range = tuple[int, int]
"""Half-open range of text nodes."""

_SPACE = " \t\n\r\f"
_RUN = re.compile(f"[{_SPACE}]+")
_COLLAPSIBLE = re.compile("[\t\n\r\f]|  ")
NO_TEXT = frozenset({"script", "style", "template", "iframe", "noembed", "noframes"})
"""Elements whose character data no reader sees as text."""

_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "summary", "caption", "figcaption"})
_SPACED = frozenset(
    str.split(
        "p h1 h2 h3 h4 h5 h6 title blockquote pre plaintext xmp listing table ul ol dl hr article section aside header footer nav "
        "main figure"
    )
)
_BLOCKS = _SPACED | frozenset(
    str.split(
        "address body center dd details dialog dir div dt fieldset figcaption form frameset head hgroup html legend li menu "
        "optgroup option search summary caption tbody thead tfoot tr select textarea"
    )
)
_VERBATIM = frozenset({"pre", "textarea", "plaintext", "xmp", "listing"})
_GLOSSES = frozenset({"rt", "rp", "rtc"})
_HIDING = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_KEEPING = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)

_NONE, _BLANK_SPACE, _TAB, _LINE, _PARAGRAPH = range(5)
_SEPARATORS = ("", " ", "\t", "\n", "\n\n")


class Block(NamedTuple):
    """A block element: tag, number of the block around it (-1 for none), and the text nodes in it."""

    tag: str
    parent: int
    nodes: Range

    @property
    def is_paragraph(self) -> bool:
        """Whether such an element holds one paragraph, heading or item rather than several."""
        return self.tag in _PARAGRAPHS


@dataclass(frozen=True)
class Page:
    """A page as text.

    Attributes:
        raw: Every text node that shows a character, in order, with separators between them.
        nodes: Where each text node stands in raw, half-open.
        owners: For each text node the number of the block that holds it.
        linked: For each text node whether it stands in a link.
        blocks: Block elements in the order of their start tags.
        hidden: Ranges of nodes that the markup hides.
        glosses: Ranges of nodes that are annotations of ruby.
        breaks: Half-open ranges of raw: a space for a line break of the markup between two wide characters.
        marked: Ranges of nodes in elements that a selector chose, by the selector's name.
        depth: Most elements that stand in each other.
    """

    raw: str
    nodes: list[Range]
    owners: list[int]
    linked: list[bool]
    blocks: list[Block]
    hidden: list[Range]
    glosses: list[Range]
    breaks: list[Range]
    marked: Mapping[str, list[Range]]
    depth: int

    def span(self, nodes: Range) -> Range:
        """Give the half-open range of raw that a range of nodes covers; empty for an empty one."""
        first, last = nodes
        return (self.nodes[first][0], self.nodes[last - 1][1]) if first < last else (0, 0)


class HtmlTree:
    """A parsed page."""

    def __init__(self, html: str) -> None:
        self._parser = LexborHTMLParser(html)

    def metas(self) -> list[tuple[str, str]]:
        """Give the names (lower case) and contents of all meta elements that have both, in order."""
        found = []
        for node in self._parser.css("meta"):
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            content = attributes.get("content") or ""
            if name.strip() and content.strip():
                found.append((name.strip().lower(), content.strip()))
        return found

    def attribute(self, selector: str, name: str) -> str:
        """Give an attribute of the first element that a selector chooses; "" if there is none."""
        node = self._parser.css_first(selector)
        return (node.attributes.get(name) or "").strip() if node is not None else ""

    def page(self, selectors: Mapping[str, str]) -> Page:
        """Lay the tree out as text.

        Args:
            selectors: CSS selectors by a name under which `Page.marked` lists what they chose.

        Raises:
            ValueError: A selector is not well formed; the message names it.
        """
        wanted: dict[int, list[str]] = {}
        for name, selector in selectors.items():
            try:
                chosen = self._parser.css(selector)
            except SelectolaxError:
                raise ValueError(selector) from None
            for node in chosen:
                wanted.setdefault(node.mem_id, []).append(name)
        return _Walk(wanted).over(self._parser.root)


@dataclass(slots=True)
class _Row:
    """A row of a table being laid out."""

    cells: int = 0
    several_lines: bool = False  # in the cell before


@dataclass(slots=True)
class _Cell:
    """A cell being laid out: whether it is still empty, line ends before it, and where the tab before it stands."""

    fresh: bool
    lines: int
    tab: int


@dataclass(slots=True)
class _Open:
    """An element whose end is still to come, and what was so outside it."""

    node: LexborNode
    tag: str
    first: int
    block: int
    hidden: bool
    linked: bool
    verbatim: bool
    cell: _Cell | None
    names: list[str]
    hides: bool


@dataclass(slots=True)
class _Walk:
    """A walk over a tree without recursion, so that no nesting overflows the stack."""

    wanted: Mapping[int, list[str]]
    parts: list[str] = field(default_factory=list)
    at: int = 0
    last: str = ""
    pending: int = _NONE
    tabs: int = 0
    broken: bool = False  # the pending space held a line break
    lines: int = 0
    block: int = -1
    hidden: bool = False
    linked: bool = False
    verbatim: bool = False
    cell: _Cell | None = None
    rows: list[_Row] = field(default_factory=list)
    nodes: list[Range] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    links: list[bool] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    hidden_ranges: list[Range] = field(default_factory=list)
    glosses: list[Range] = field(default_factory=list)
    breaks: list[Range] = field(default_factory=list)
    marked: dict[str, list[Range]] = field(default_factory=dict)

    def over(self, root: LexborNode | None) -> Page:
        """Walk over a tree."""
        opened: list[_Open] = []
        depth = 0
        node = root
        while node is not None:
            tag = node.tag or ""
            child = None
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag not in NO_TEXT and not tag.startswith(("-", "!")):
                child = node.first_child
                if child is not None:
                    opened.append(self._enter(node, tag))
                    depth = max(depth, len(opened))
                else:
                    self._empty(tag)
            following = child or node.next
            while following is None and opened:
                left = opened.pop()
                self._leave(left)
                following = left.node.next
            node = following
        return Page(
            raw="".join(self.parts),
            nodes=self.nodes,
            owners=self.owners,
            linked=self.links,
            blocks=self.blocks,
            hidden=self.hidden_ranges,
            glosses=self.glosses,
            breaks=self.breaks,
            marked=self.marked,
            depth=depth,
        )

    # -- elements

    def _empty(self, tag: str) -> None:
        if tag == "br":
            self._separate(_PARAGRAPH if self.pending >= _LINE else _LINE, forced=True)
        elif tag in ("td", "th"):
            if self.rows and self.rows[-1].cells:
                self.tabs += self.pending == _TAB
                self._separate(_TAB)
        elif tag in _BLOCKS:
            self._separate(_PARAGRAPH if tag in _SPACED else _LINE)

    def _enter(self, node: LexborNode, tag: str) -> _Open:
        names = self.wanted.get(node.mem_id, []) if self.wanted else []
        attributes = node.attributes
        style = attributes.get("style") or "" if attributes else ""
        hides = not self.hidden and bool(attributes) and ("hidden" in attributes or _HIDING.search(style) is not None)
        left = _Open(node, tag, len(self.nodes), self.block, self.hidden, self.linked, self.verbatim, self.cell, names, hides)
        if tag in ("td", "th"):
            self._enter_cell()
            self._open_block(tag)
        elif tag in _BLOCKS:
            self._separate(_PARAGRAPH if tag in _SPACED else _LINE)
            self._open_block(tag)
            if tag == "tr":
                self.rows.append(_Row())
        self.hidden = self.hidden or hides
        self.linked = self.linked or tag == "a"
        self.verbatim = self.verbatim or tag in _VERBATIM or (bool(style) and _KEEPING.search(style) is not None)
        return left

    def _open_block(self, tag: str) -> None:
        self.blocks.append(Block(tag, self.block, (len(self.nodes), len(self.nodes))))
        self.block = len(self.blocks) - 1

    def _leave(self, left: _Open) -> None:
        nodes = (left.first, len(self.nodes))
        if self.block != left.block:
            own = self.blocks[self.block]
            self.blocks[self.block] = Block(own.tag, own.parent, nodes)
        if left.tag in ("td", "th"):
            self._leave_cell(left)
        elif left.tag in _BLOCKS:
            if left.tag == "tr":
                self.rows.pop()
            self._separate(_PARAGRAPH if left.tag in _SPACED else _LINE)
        if nodes[0] < nodes[1]:
            if left.hides:
                self.hidden_ranges.append(nodes)
            if left.tag in _GLOSSES:
                self.glosses.append(nodes)
            for name in left.names:
                self.marked.setdefault(name, []).append(nodes)
        self.block, self.hidden, self.linked, self.verbatim = left.block, left.hidden, left.linked, left.verbatim
        self.cell = left.cell

    def _enter_cell(self) -> None:
        row = self.rows[-1] if self.rows else None
        if row is None or row.several_lines:
            self._separate(_LINE)
        elif row.cells:
            self.tabs += self.pending == _TAB
            self._separate(_TAB)
        if row is not None:
            row.cells += 1
        self.cell = _Cell(True, self.lines, -1)

    def _leave_cell(self, left: _Open) -> None:
        cell, self.cell = self.cell, left.cell
        if cell is None or not self.rows:
            return
        several_lines = not cell.fresh and self.lines > cell.lines
        if several_lines and cell.tab >= 0:  # a cell of several lines begins on a line of its own
            self.parts[cell.tab] = "\n" * len(self.parts[cell.tab])
        self.rows[-1].several_lines = several_lines
        if several_lines:
            self._separate(_LINE)
        elif not cell.fresh:
            self.pending = _NONE

    # -- text

    def _separate(self, level: int, *, forced: bool = False) -> None:
        """Ask for a separator before the next text; the strongest that was asked for is set."""
        if level >= _LINE and self.cell is not None and self.cell.fresh and not forced:
            return
        if level >= _LINE and self.pending == _TAB:
            self.tabs = 0
        self.pending = max(self.pending, level)

    def _text(self, data: str) -> None:
        if self.verbatim:
            data = data.replace("\r\n", "\n").replace("\r", "\n")
            if data.strip(_SPACE):
                self._emit(data)
            elif data:
                self._separate(_LINE if "\n" in data else _BLANK_SPACE)
            return
        words = data.strip(_SPACE)
        if not words:
            self._space(data)
            return
        if data[0] in _SPACE:
            self._space(data[: len(data) - len(data.lstrip(_SPACE))])
        self._emit(words)
        if data[-1] in _SPACE:
            self._space(data[len(data.rstrip(_SPACE)) :])

    def _space(self, space: str) -> None:
        if space:
            self.broken = self.broken or "\n" in space or "\r" in space
            self._separate(_BLANK_SPACE)

    def _emit(self, words: str) -> None:
        if self.at:
            self._flush(words[0])
        self.pending, self.tabs, self.broken = _NONE, 0, False
        if self.cell is not None:
            if self.cell.fresh:
                self.cell.lines = self.lines
            self.cell.fresh = False
        start = self.at
        if self.verbatim:
            self.lines += words.count("\n")
        elif _COLLAPSIBLE.search(words):
            words = self._collapsed(words)
        self.parts.append(words)
        self.at += len(words)
        self.last = words[-1]
        self.nodes.append((start, self.at))
        self.owners.append(self.block)
        self.links.append(self.linked)

    def _flush(self, following: str) -> None:
        """Write the separator that was asked for."""
        separator = _SEPARATORS[self.pending] + "\t" * (self.tabs if self.pending == _TAB else 0)
        if not separator:
            return
        if self.pending >= _LINE:
            self.lines += 1
        elif self.pending == _TAB and self.cell is not None and self.cell.fresh:
            self.cell.tab = len(self.parts)
        elif self.pending == _BLANK_SPACE and self.broken and _is_wide(self.last) and _is_wide(following):
            self.breaks.append((self.at, self.at + 1))
        self.parts.append(separator)
        self.at += len(separator)

    def _collapsed(self, words: str) -> str:
        """Make each run of white space inside a text node one space, noting line breaks between wide characters."""
        pieces, at, length = [], 0, self.at
        for run in _RUN.finditer(words):
            start, end = run.span()
            pieces += [words[at:start], " "]
            length += start - at + 1
            if ("\n" in run[0] or "\r" in run[0]) and _is_wide(words[start - 1]) and _is_wide(words[end]):
                self.breaks.append((length - 1, length))
            at = end
        return "".join([*pieces, words[at:]])


def _is_wide(char: str) -> bool:
    """Whether a character takes two columns and is no Hangul, which is written with spaces."""
    return unicodedata.east_asian_width(char) in "WF" and not "\uac00" <= char <= "\ud7a3"
