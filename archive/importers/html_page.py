"""Web pages: every text node is raw text, what stands outside the main part is an edit, what the markup says is evidence."""

from __future__ import annotations

from archive.encoding import Decoded
from archive.errors import InvalidSettings, UnreadableSource
from archive.importers.extracted import Extracted
from archive.importers.html_evidence import find_address, read_metas, read_site_fields, read_title
from archive.importers.html_main import left_out, lines_of, main_lines, nodes_in, really_hidden, site_lines
from archive.importers.html_source import decode_page, flatten
from archive.importers.html_tree import HtmlTree
from archive.importers.removals import removals
from archive.importers.sites import NO_SITES, SiteTable, meta_fields, selectors_of


def read_html(
    data: bytes, *, encoding: str | None = None, declared: str = "", address: str = "", sites: SiteTable = NO_SITES
) -> Extracted:
    """Read a web page.

    Args:
        data: Whole page.
        encoding: A person's choice, or None to find out.
        declared: Encoding that stands outside the page; "" if none does.
        address: Address that stands outside the page; "" if none does.
        sites: The archive's own table of sites.

    Raises:
        UnreadableSource: It reads as text in no encoding that we know, or shows no text.
        InvalidSettings: The table of sites is not well formed.
    """
    return read_page(decode_page(data, encoding=encoding, declared=declared), address=address, sites=sites)


def read_page(decoded: Decoded, *, address: str = "", sites: SiteTable = NO_SITES) -> Extracted:
    """Read a web page that is decoded already; else as `read_html`."""
    html = flatten(decoded.text)
    tree = HtmlTree(html)
    evidence = [*find_address(tree, html, known=address), *read_metas(tree, meta_fields(sites))]
    places = [*(each.value for each in evidence if each.field == "captured.url"), tree.attribute("base", "href"), ""]
    generator = next((content for name, content in tree.metas() if name == "generator"), "")
    selectors = selectors_of(sites, address=places[0], generator=generator)
    try:
        page = tree.page(selectors)
    except ValueError as error:
        raise InvalidSettings(
            f"the table of sites holds {str(error)!r}, which is no CSS selector", hint="such as #content"
        ) from None
    if not page.raw.strip():
        raise UnreadableSource(
            "the page shows no text", hint="a page made by scripts must be saved from a browser, or printed to PDF"
        )
    lines = lines_of(page)
    hidden = really_hidden(page)
    unseen = nodes_in(hidden, len(page.nodes))
    kept = site_lines(page, lines)
    notices: list[str] = []
    if not kept:
        kept, notices = main_lines(html, page, lines, unseen)
    ranges = {
        "html.outside-main": left_out(page.raw, lines, kept),
        "html.site-drop": map(page.span, page.marked.get("drop", ())),
        "html.hidden": map(page.span, hidden),
        "html.ruby": map(page.span, page.glosses),
        "html.source-line": iter(page.breaks),
    }
    kept_spans = [(lines[number].start, lines[number].end) for number in sorted(kept)]
    return Extracted(
        raw=page.raw,
        format="html",
        encoding=decoded.encoding,
        unreadable=decoded.unreadable,
        edits=tuple(removals(ranges)),
        evidence=(*evidence, *read_title(page, kept_spans), *read_site_fields(page)),
        notices=tuple(notices),
    )
