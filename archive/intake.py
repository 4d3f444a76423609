"""Taking a file apart: what its bytes would become, before anything is written.

One reading for import, for `import --dry-run`, for `import --again` and for `undo`, so that all of them say the same.
Source: plan.md 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from archive.cleaning import NO_CHOICES, Choices, clean
from archive.completeness import Completeness, measure
from archive.describing import Description, choose, describe
from archive.describing.reading import Reading
from archive.edits import HIDDEN, Edit, tile
from archive.errors import UnreadableSource
from archive.evidence import Evidence
from archive.importers import extract
from archive.importers.extracted import Extracted
from archive.importers.sites import SiteTable
from archive.metadata import FLAGS, Metadata
from archive.quality import Quality, damage_flags, quality

NOTICE = "furniture.notice"
"""Rule of the removed lines in which a site speaks of itself; they are kept as evidence of where a text comes from."""


@dataclass(frozen=True)
class Draft:
    """A document as an import would write it, before it has an id.

    Attributes:
        reading: The source's raw text and the document's own edits.
        evidence: What the source says about it, chosen or not.
        description: What was sure enough to become metadata, and what was not.
        completeness: How much is there of the text that it says it is.
        flags: Of `archive.metadata.FLAGS`.
    """

    reading: Reading
    evidence: tuple[Evidence, ...]
    description: Description
    completeness: Completeness
    flags: tuple[str, ...]

    @property
    def body(self) -> str:
        """The citable text."""
        return self.reading.body

    @property
    def metadata(self) -> Metadata:
        """What was sure enough, without id, flags and captured."""
        return self.description.metadata

    @cached_property
    def quality(self) -> Quality:
        """How well the text has come down."""
        return quality(self.body)

    @cached_property
    def lengths(self) -> tuple[int, int, int]:
        """Code points of the raw text that were kept, removed and repaired."""
        kept = removed = repaired = 0
        for piece in tile(self.reading.raw, self.reading.edits):
            if piece.edit is None:
                kept += len(piece.raw)
            elif piece.text:
                repaired += len(piece.raw)
            elif piece.edit.rule != HIDDEN:
                removed += len(piece.raw)
        return kept, removed, repaired


@dataclass(frozen=True, slots=True)
class Intake:
    """A source taken apart.

    Attributes:
        extracted: Its raw text and what its importer knows.
        drafts: Its documents in order, at least one.
    """

    extracted: Extracted
    drafts: tuple[Draft, ...]

    @property
    def raw(self) -> str:
        """The raw text of the source."""
        return self.extracted.raw


def take_apart(
    data: bytes, name: str, *, encoding: str | None = None, choices: Choices = NO_CHOICES, sites: SiteTable | None = None
) -> Intake:
    """Read a file and find its documents.

    Args:
        data: The file, whole.
        name: What it was called; a hint only.
        encoding: A person's choice, or None to find out.
        choices: Rules that are off, edits that a person took back.
        sites: The archive's own rules for web sites, besides those that come with us.

    Raises:
        UnreadableSource: It holds nothing that can be read, or nothing is left of it.
    """
    return assemble(extract(data, name, encoding=encoding, sites=sites or {}), choices)


def assemble(extracted: Extracted, choices: Choices = NO_CHOICES) -> Intake:
    """Find the documents of a source whose raw text is known.

    Raises:
        UnreadableSource: Nothing is left of it.
    """
    if not extracted.raw.strip() and "needs-ocr" in extracted.flags:
        raise UnreadableSource("it is a scan: its pages hold no text", hint="needs OCR: let a program recognise the text first")
    parts = clean(extracted.raw, known=extracted.edits, choices=choices)
    drafts = tuple(_draft(extracted, edits, first=number == 0) for number, edits in enumerate(parts))
    if not all(draft.body.strip() for draft in drafts):
        raise UnreadableSource("nothing is left of the text after cleaning", hint="see what each rule does: import --dry-run")
    return Intake(extracted, drafts)


def _draft(extracted: Extracted, edits: tuple[Edit, ...], *, first: bool) -> Draft:
    reading = Reading(extracted.raw, edits)
    completeness = measure(reading)
    evidence = (*describe(reading, extracted.evidence, first=first), *completeness.evidence)
    found = {*extracted.flags, *completeness.flags, *damage_flags(reading.body)}
    flags = tuple(flag for flag in FLAGS if flag in found)
    evidence += tuple(Evidence("flags", flag, 0, 0, "intake", 1.0) for flag in flags)
    notices = (line for line in reading.removed if line.rule == NOTICE)
    evidence += tuple(Evidence("disclaimer", line.text, line.start, line.end, NOTICE, 0.9) for line in notices)
    return Draft(reading, evidence, choose(evidence), completeness, flags)
