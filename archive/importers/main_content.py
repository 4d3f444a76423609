"""Which text nodes of a web page belong to its main part, as resiliparse sees it.

Each text node is marked before extraction with two private-use characters that spell its number, so that what comes back can be put
in its place exactly, however often a sentence repeats. Source: notes text.md 9.2.
"""

from __future__ import annotations

import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import DOMNode, HTMLParserException, HTMLTree, NodeType

from archive.importers.html_tree import NO_TEXT

_HIGH, _LOW, _BASE = 0xF0000, 0x100000, 0xFFFE
_MARK = re.compile("([\U000f0000-\U000ffffd])([\U00100000-\U0010fffd])")
_TAKEN = re.compile("[\U000f0000-\U0010ffff]")
_SPACE = " \t\n\r\f"


def main_nodes(html: str, *, n_nodes: int) -> frozenset[int] | None:
    """Find the text nodes of the main part.

    Args:
        html: Page, not nested deeper than some hundred elements.
        n_nodes: How many text nodes that show a character the page holds.

    Returns:
        Their numbers, from 0 in document order; None if this parser sees other text nodes in the page.
    """
    try:
        tree = HTMLTree.parse(html)
        if _mark(tree) != n_nodes:
            return None
        text = extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False, noscript=True)
    except HTMLParserException:
        return None
    return frozenset((ord(high) - _HIGH) * _BASE + ord(low) - _LOW for high, low in _MARK.findall(text))


def _mark(tree: HTMLTree) -> int:
    """Put its number before every text node that shows a character, and give how many there are."""
    number = 0
    node: DOMNode | None = tree.document.first_child if tree.document is not None else None
    opened: list[DOMNode] = []
    while node is not None:
        child = None
        if node.type == NodeType.TEXT:
            text = node.value or ""
            if text.strip(_SPACE):
                mark = chr(_HIGH + number // _BASE) + chr(_LOW + number % _BASE)
                node.value = mark + _TAKEN.sub("\ufffd", text)
                number += 1
        elif (node.tag or "") not in NO_TEXT:
            child = node.first_child
            if child is not None:
                opened.append(node)
        following = child or node.next
        while following is None and opened:
            following = opened.pop().next
        node = following
    return number
