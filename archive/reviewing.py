"""The review list: fields that imports left empty because what the sources say of them is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from archive.describing import Doubt, choose
from archive.errors import UserError
from archive.evidence import Evidence
from archive.front_matter import Fields, parse_front_matter, split_front_matter
from archive.holdings import Holdings
from archive.reimporting import source_of
from archive.sources import read_evidence, read_raw
from archive.store import Archive, read_text

_AROUND = 12


@dataclass(frozen=True, slots=True)
class Review:
    """A field of a document that a person should look at.

    Attributes:
        document: Id.
        doubt: The field, and what it might hold.
        raw: Raw text of the source.
    """

    document: str
    doubt: Doubt
    raw: str

    def quote(self, found: Evidence) -> str:
        """Show where a reading stands in the source, a few characters around it; empty if it stands in markup."""
        if found.start == found.end:
            return ""
        return self.raw[max(0, found.start - _AROUND) : found.end + _AROUND].replace("\n", " ").strip()


def review(archive: Archive, holdings: Holdings, documents: Iterable[str] = ()) -> Iterator[Review]:
    """List the doubtful fields of documents, or of all; a field that front matter states has been looked at.

    Raises:
        UnknownDocument: A document named has no source.
    """
    wanted = tuple(documents)
    for name in wanted or sorted(holdings.sources):
        try:
            folder = source_of(archive, holdings, name)
        except UserError:
            if wanted:
                raise
            continue
        with suppress(UserError):  # what cannot be read is named by check
            head, _ = split_front_matter(read_text(holdings.files[name]))
            stated: Fields = parse_front_matter(head).fields if head is not None else {}
            raw = read_raw(folder)
            for doubt in choose(read_evidence(folder, document=name)).doubtful:
                if not _is_stated(doubt.field, stated):
                    yield Review(name, doubt, raw)


def _is_stated(name: str, fields: Fields) -> bool:
    """Whether front matter states a field, or a part of a publication or capture such as `published.date`."""
    field, _, part = name.partition(".")
    value = fields.get(field)
    if part and isinstance(value, list):
        return any(isinstance(each, dict) and each.get(part) for each in value)
    return bool(value)
