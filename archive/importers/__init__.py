"""Importers: the bytes of a file become raw text, whatever the format; chosen by content, not by the file's name alone.

Modules, in order of dependency:

* `extracted`: what every importer gives; `removals`: the edits it makes.
* `formats`: what kind of file some bytes are.
* `zips`, `containers`: folders, glob patterns, zip files and standard input, opened up.
* `plain_text`, `edition`, `markdown`: text with few marks or none.
* `html_source`, `html_tree`, `main_content`, `html_main`, `sites`, `html_evidence`, `html_page`: web pages; `mht`: saved ones.
* `numerals`, `docx_numbering`, `docx`, `office`: documents of word processors.
* `pdf_pages`, `pdf_lines`, `pdf`: printed pages.

`extract` is the door: it takes any bytes, and gives the raw text or a `UserError`.
"""

from __future__ import annotations

from archive.encoding import decode
from archive.importers.edition import read_edition
from archive.importers.extracted import Extracted
from archive.importers.formats import DOCX, HTML, MHT, OFFICE, PDF, format_of
from archive.importers.markdown import read_markdown
from archive.importers.plain_text import read_plain_text
from archive.importers.sites import NO_SITES, SiteTable


def extract(data: bytes, name: str = "", *, encoding: str | None = None, sites: SiteTable = NO_SITES) -> Extracted:
    """Read a file.

    Args:
        data: Its bytes, all of them.
        name: Its name; helps where the bytes alone do not tell.
        encoding: A person's choice for text, web pages and saved pages, or None to find out.
        sites: A table of web sites that goes before the one that comes with the program: `site`, `generator` and `meta` as in
            data/sites.toml.

    Raises:
        UnreadableSource: The file is empty, encrypted, damaged, or of a kind that holds no text; message and hint say what to do.
        InvalidSettings: The table of sites is not well formed.
    """
    kind = format_of(data, name)
    # A library that reads one kind of file is loaded when such a file comes.
    if kind == HTML:
        from archive.importers.html_page import read_html

        return read_html(data, encoding=encoding, sites=sites)
    if kind == MHT:
        from archive.importers.mht import read_mht

        return read_mht(data, encoding=encoding, sites=sites)
    if kind == DOCX:
        from archive.importers.docx import read_docx

        return read_docx(data)
    if kind == OFFICE:
        from archive.importers.office import read_office

        return read_office(data)
    if kind == PDF:
        from archive.importers.pdf import read_pdf

        return read_pdf(data)
    decoded = decode(data, encoding=encoding)
    return read_edition(decoded) or read_markdown(decoded, name=name) or read_plain_text(decoded)


__all__ = ["Extracted", "extract"]
