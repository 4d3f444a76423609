"""Which lines of a web page are its text: by the rule of the site, else as resiliparse sees it, with a check for losses.

An extractor drops short paragraphs (a call to the audience, applause) and parts of lines. So lines are kept or left out whole;
lines that stand directly in the densest block are always kept; and if more than .5 % of that block's characters would be lost, the
block is kept whole and a person is told. Source: notes text.md 9.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from archive.importers.html_tree import Page, Range
from archive.importers.main_content import main_nodes

MOST_LOST = 0.005
_MOST_HIDDEN = 0.3
_MOST_CHARS = 3_000_000
_DEEPEST = 300
_WEIGHTS = (1.0, 0.75, 0.4)
"""What a line counts for the block that holds it, for the one around that, and for the next."""


class PageLine(NamedTuple):
    """A visible line of a page.

    Attributes:
        start: First code point in the raw text.
        end: One past the last.
        nodes: The text nodes that it is made of, in part at least.
        home: Number of the block that holds it among others of its kind: a paragraph's parent; -1 for none.
        weight: Characters outside links.
    """

    start: int
    end: int
    nodes: Range
    home: int
    weight: int


def lines_of(page: Page) -> list[PageLine]:
    """Give the visible lines of a page, in order."""
    lines, node = [], 0
    for match in re.finditer("[^\n]+", page.raw):
        start, end = match.span()
        while page.nodes[node][1] <= start:
            node += 1
        last = node
        while last < len(page.nodes) and page.nodes[last][0] < end:
            last += 1
        owner = page.owners[node]
        home = page.blocks[owner].parent if owner >= 0 and page.blocks[owner].is_paragraph else owner
        if last - node == 1:
            weight = 0 if page.linked[node] else end - start
        else:
            parts = (page.nodes[at] for at in range(node, last) if not page.linked[at])
            weight = sum(min(part_end, end) - max(part_start, start) for part_start, part_end in parts)
        if match[0].strip():
            lines.append(PageLine(start, end, (node, last), home, weight))
        node = last - 1
    return lines


def densest_block(page: Page, lines: Sequence[PageLine]) -> int:
    """Give the number of the block in which most text stands directly or nearly so; -1 if there is none."""
    scores: dict[int, float] = {}
    for line in lines:
        block = line.home
        for weight in _WEIGHTS:
            if block >= 0:
                scores[block] = scores.get(block, 0.0) + weight * line.weight
                block = page.blocks[block].parent
    return max(scores, key=lambda block: (scores[block], block), default=-1)


def nodes_in(ranges: Iterable[Range], n_nodes: int) -> frozenset[int]:
    """Give the numbers of all text nodes in some ranges."""
    steps = [0] * (n_nodes + 1)
    for first, last in ranges:
        steps[first] += 1
        steps[last] -= 1
    return frozenset(number for number, depth in enumerate(accumulate(steps)) if depth)


def really_hidden(page: Page) -> list[Range]:
    """Give the ranges of nodes that no reader sees; what holds much of the page is text that a script will show."""
    total = sum(end - start for start, end in page.nodes)
    return [nodes for nodes in page.hidden if sum(end - start for start, end in page.nodes[slice(*nodes)]) <= _MOST_HIDDEN * total]


def main_lines(html: str, page: Page, lines: Sequence[PageLine], hidden: frozenset[int]) -> tuple[set[int], list[str]]:
    """Choose the lines of a page whose site has no rule.

    Args:
        html: Page, as it was parsed.
        page: The page as text.
        lines: Its visible lines.
        hidden: Numbers of the nodes that no reader sees.

    Returns:
        Numbers of lines to keep, and what a keeper should know.
    """
    if len(page.raw) > _MOST_CHARS or page.depth > _DEEPEST:
        return set(range(len(lines))), ["the page is too large or too deep to find its main part; all of it was kept"]
    found = main_nodes(html, n_nodes=len(page.nodes)) or frozenset()
    kept = {number for number, line in enumerate(lines) if not found.isdisjoint(range(*line.nodes))}
    kept |= _headings(page, lines)
    block = densest_block(page, lines)
    if block < 0:
        return kept or set(range(len(lines))), []
    first, last = page.blocks[block].nodes
    shown = {n for n, line in enumerate(lines) if first <= line.nodes[0] and line.nodes[1] <= last and line.nodes[0] not in hidden}
    kept |= {number for number in shown if lines[number].home == block}
    length = sum(lines[number].end - lines[number].start for number in shown)
    lost = sum(lines[number].end - lines[number].start for number in shown - kept)
    if lost <= MOST_LOST * length:
        return kept, []
    return kept | shown, [
        f"{lost / length:.1%} of the page's densest block would have been lost; it was kept whole, please look at it"
    ]


def site_lines(page: Page, lines: Sequence[PageLine]) -> set[int]:
    """Choose the lines that the rule of a site names; empty if the page holds nothing there."""
    body, title = (nodes_in(page.marked.get(key, ()), len(page.nodes)) for key in ("body", "title"))
    chosen = {number for number, line in enumerate(lines) if not body.isdisjoint(range(*line.nodes))}
    return chosen | {number for number, line in enumerate(lines) if not title.isdisjoint(range(*line.nodes))} if chosen else set()


def left_out(raw: str, lines: Sequence[PageLine], kept: set[int]) -> Iterator[Range]:
    """Yield the runs of lines that are not kept as half-open ranges of raw.

    Of the line ends before and behind a run those stay that part paragraphs better.
    """
    for is_kept, group in groupby(range(len(lines)), key=kept.__contains__):
        if is_kept:
            continue
        run = list(group)
        start, end = lines[run[0]].start, lines[run[-1]].end
        before = lines[run[0] - 1].end if run[0] else 0
        behind = lines[run[-1] + 1].start if run[-1] + 1 < len(lines) else len(raw)
        if behind == len(raw) or (before and raw.count("\n", before, start) < raw.count("\n", end, behind)):
            yield before, end if behind < len(raw) else behind
        else:
            yield start, behind


def _headings(page: Page, lines: Sequence[PageLine]) -> set[int]:
    """Find the first heading that stands in the page's title too: extractors take some for page furniture."""
    titles = [block.nodes for block in page.blocks if block.tag == "title"]
    title = "".join(page.raw[slice(*page.span(nodes))] for nodes in titles[:1])
    for number, line in enumerate(lines):
        owner = page.owners[line.nodes[0]]
        text = page.raw[line.start : line.end].strip()
        if owner >= 0 and page.blocks[owner].tag == "h1" and line.weight >= 4 and text in title:
            return {number}
    return set()
