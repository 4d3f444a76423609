"""Describing: what a source says about its documents, read with evidence; what is sure enough becomes metadata.

Modules, in order of dependency:

* `reading`: a document of a source as readers of metadata see it.
* `vocabulary`: word lists and the table of rules, data/describing.
* `lines`: head and tail of a document, line by line, in folded form, each with its place.
* `numerals`, `chinese_dates`: dates in all writings.
* `places`, `names`: the table of places; names and offices of persons.
* `page_lines`: lines that belong to the page and not to the text; `front`: what each line above the text is.
* `labelled`: 来源：…, 记者：…; `history`: how a law came to its present form; `letters`, `leads`: how texts begin and end.
* `title_lines`, `inline_titles`: which lines are one title, and titles in one line with the text.
* `titles`, `occasions`, `people`, `organs`, `days`, `localities`, `genres`, `publication`: the readers, a field or family each.
* `describing`: all readers in turn; `choosing`: from evidence to metadata and a list of doubts.

Readers give everything that they find, with their confidence; only `choosing` decides. What this package gives is read from its
modules when it is first asked for, so that `archive.describing.names` alone costs little. Source: plan.md 5; issue 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.describing.choosing import SURE, Description, Doubt, choose
    from archive.describing.describing import describe

__all__ = ["SURE", "Description", "Doubt", "choose", "describe"]


def __getattr__(name: str) -> object:
    """Give one of the names above from its module."""
    if name == "describe":
        from archive.describing.describing import describe

        return describe
    if name in __all__:
        from archive.describing import choosing

        return getattr(choosing, name)
    raise AttributeError(name)
