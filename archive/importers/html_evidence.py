"""What the markup of a web page says about the page: title, dates, publisher, address.

Source: HTML Standard 4.2.5 (meta), Open Graph, Dublin Core in HTML, Highwire's citation_*, and the metas that Chinese government
sites must carry (政府网站发展指引, 2017, appendix 2); data/sites.toml lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archive.dates import parse_date
from archive.errors import UserError
from archive.evidence import Evidence
from archive.importers.html_tree import HtmlTree, Page

_DAY = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?")
_MONTH = re.compile(r"((?:1[89]|20)\d\d)\s*[-/.年]\s*(\d{1,2})月?")
_YEAR = re.compile(r"((?:1[89]|20)\d\d)年?")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,2000}?)\s*-->", re.IGNORECASE)
_TITLE_JOINTS = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|\s*[-–—]{2,}\s*|-")
_SITE_FIELDS = {"title": "title", "date": "published.date", "publisher": "published.publisher", "author": "credit.author"}


def edtf_date(text: str) -> str:
    """Read the day (or month, or year) that a string of markup names, as an EDTF string; "" if it names none."""
    text = text.strip()
    match = _DAY.search(text) or _COMPACT.fullmatch(text) or _MONTH.fullmatch(text) or _YEAR.fullmatch(text)
    if match is None:
        return ""
    year, *others = match.groups()
    try:
        return str(parse_date("-".join([year, *(f"{int(other):02}" for other in others)])))
    except UserError:  # no calendar has such a day
        return ""


def find_address(tree: HtmlTree, html: str, *, known: str = "") -> Iterator[Evidence]:
    """Yield the addresses that a page gives for itself, the surest first.

    Args:
        tree: The page, parsed.
        html: The page.
        known: The address that stands outside the page, such as in an MHT file.
    """
    saved = _SAVED_FROM.search(html[:10_000])
    places = (
        ("html.location", known, 0.95),
        ("html.saved-from", saved[1] if saved else "", 0.95),
        ("html.canonical", tree.attribute("link[rel=canonical]", "href"), 0.9),
    )
    for rule, address, confidence in places:
        if _is_address(address):
            yield Evidence("captured.url", address, 0, 0, rule, confidence)


def read_metas(tree: HtmlTree, fields: Mapping[str, tuple[str, float]]) -> Iterator[Evidence]:
    """Yield what the meta elements of a page say, in order; the same thing said twice once.

    Args:
        tree: The page, parsed.
        fields: Field and confidence by name of the element.
    """
    said = set()
    for name, content in tree.metas():
        if name not in fields:
            continue
        field, confidence = fields[name]
        value = edtf_date(content) if field.endswith(".date") else " ".join(content.split())
        if not value or (field == "captured.url" and not _is_address(value)) or (name, value) in said:
            continue
        said.add((name, value))
        yield Evidence(field, value, 0, 0, f"html.meta.{name}", confidence)


def read_title(page: Page, kept: list[tuple[int, int]]) -> Iterator[Evidence]:
    """Yield the page's title, and the part of it that stands as a line of the text, which is surer.

    Args:
        page: The page as text.
        kept: Half-open ranges of raw: lines that belong to the text.
    """
    titles = [block for block in page.blocks if block.tag == "title" and block.nodes[0] < block.nodes[1]]
    if not titles:
        return
    start, end = page.span(titles[0].nodes)
    title = page.raw[start:end].strip()
    if title and len(title) <= 300:
        yield Evidence("title", title, start, end, "html.title", 0.5)
        parts = {re.sub(r"\s", "", part) for part in [title, *_TITLE_JOINTS.split(title)]}
        for first, last in kept[:30]:
            line = page.raw[first:last].strip()
            if len(line) >= 4 and re.sub(r"\s", "", line) in parts:
                yield Evidence("title", line, first, last, "html.title-in-text", 0.9)
                return


def read_site_fields(page: Page) -> Iterator[Evidence]:
    """Yield what stands in the elements that the rule of a site names."""
    for key, field in _SITE_FIELDS.items():
        for nodes in page.marked.get(key, ())[:1]:
            start, end = page.span(nodes)
            text = " ".join(page.raw[start:end].split())
            value = edtf_date(text) if field.endswith(".date") else text
            if value and len(value) <= 300:
                yield Evidence(field, value, start, end, f"html.site.{key}", 0.95)


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) and not re.search(r"\s", text)
