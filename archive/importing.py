"""Taking files in: bytes become a source, an edit log, evidence and corpus files. One bad file never stops a batch.

Same bytes, same documents: importing a file again changes nothing. Other bytes under the same name become a new document with `-2`
behind its id. Source: plan.md 4 to 6.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from archive.cleaning import NO_CHOICES, Choices, all_rules
from archive.edits import Edit
from archive.errors import InvalidSettings, Problem, UserError, problem_of
from archive.evidence import Evidence
from archive.holdings import Holdings, holdings_of
from archive.identifiers import check_document_id
from archive.importers import extract
from archive.importers.containers import Input
from archive.importers.sites import SiteTable
from archive.intake import Draft, Intake, assemble
from archive.metadata import Capture, Metadata, metadata_to_fields
from archive.sources import (
    SHORT,
    Undone,
    find_undone,
    finish_source,
    for_document,
    pending_documents,
    read_undone,
    write_source,
)
from archive.store import Archive, id_from_stem

TOOL = "yinde 0.1"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is taken in.

    Attributes:
        collection: Folder of the corpus; made if it is not there.
        encoding: A person's choice for all files, or None to find out.
        choices: Rules of cleaning that are off.
        sites: The archive's own rules for web sites.
        dry_run: Whether nothing shall be written.
    """

    collection: str = "main"
    encoding: str | None = None
    choices: Choices = NO_CHOICES
    sites: SiteTable | None = None
    dry_run: bool = False


def plan_of(archive: Archive, *, collection: str = "main", encoding: str | None = None, dry_run: bool = False) -> Plan:
    """Make a plan by an archive's settings.

    Raises:
        InvalidSettings: archive.toml names a rule of cleaning that there is not, or a table of sites that cannot be read.
    """
    settings = archive.settings
    unknown = [name for name in settings.off if name not in all_rules()]
    if unknown:
        raise InvalidSettings(f"rule {unknown[0]!r} is unknown", hint=f"rules are {', '.join(all_rules())}")
    return Plan(collection, encoding, Choices(off=frozenset(settings.off)), _sites(archive), dry_run)


def _sites(archive: Archive) -> SiteTable:
    """Read the archive's own rules for web sites, those of later files over those of earlier ones."""
    merged: dict[str, dict[str, object]] = {}
    for name in archive.settings.sites:
        file = archive.folder / name
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InvalidSettings(f"{file} cannot be read: {error}", hint='write [site."www.example.org"] body = "#text"') from None
        for part, rows in table.items():
            if not isinstance(rows, dict):
                raise InvalidSettings(f"{file}: {part} is no table", hint='write [site."www.example.org"] body = "#text"')
            merged.setdefault(part, {}).update(rows)
    return merged


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file.

    Attributes:
        label: The file as the user knows it.
        documents: Ids of the documents that hold it.
        new: False if the archive held these bytes already.
        intake: What was found in it; None if it was held already.
    """

    label: str
    documents: tuple[str, ...]
    new: bool
    intake: Intake | None = None


def import_inputs(archive: Archive, inputs: Iterable[Input | Problem], plan: Plan | None = None) -> Iterator[Imported | Problem]:
    """Take files in, one after the other; the writer lock must be held unless nothing is written.

    Yields:
        For each input in order what became of it, or the problem that kept it out.

    Raises:
        InvalidIdentifier: The collection's name is not well formed.
    """
    plan = plan or Plan()
    check_document_id(plan.collection, what="collection")
    holdings = holdings_of(archive)
    for each in inputs:
        if isinstance(each, Problem):
            yield each
            continue
        try:
            yield _import_one(archive, each, plan, holdings)
        except UserError as error:
            yield problem_of(error, Path(each.label))


def _import_one(archive: Archive, each: Input, plan: Plan, holdings: Holdings) -> Imported:
    data = each.read()
    digest = hashlib.sha256(data).hexdigest()
    folder = archive.sources / digest[:SHORT]
    held = sorted(holdings.held.get(digest, []), key=lambda name: (len(name), name))  # a, a-2, … a-10
    pending = pending_documents(folder)
    if held and set(pending) <= set(held):
        if pending and not plan.dry_run:  # all was written but for the marker
            finish_source(folder)
        return Imported(each.label, tuple(held), new=False)
    intake, _ = read_source(data, each.name, read_undone(folder), plan)
    names = _names(pending, each.name, digest, len(intake.drafts), holdings)
    if not plan.dry_run:
        edits, evidence = log_of(intake, names)
        suffix = PurePosixPath(each.name).suffix
        write_source(folder, data=data, suffix=suffix, raw=intake.raw, edits=edits, evidence=evidence, documents=names)
        for name, draft in zip(names, intake.drafts, strict=True):
            if name not in holdings.files:  # it is there if an import was killed after it
                fields = metadata_to_fields(own_metadata(name, draft, intake, digest))
                archive.write_document(collection=plan.collection, name=name, fields=fields, body=draft.body)
        finish_source(folder)
    for name in names:
        holdings.add(name, archive.corpus / plan.collection / f"{name}.md", digest)
    return Imported(each.label, names, new=True, intake=intake)


def _names(pending: Sequence[str], name: str, digest: str, count: int, holdings: Holdings) -> tuple[str, ...]:
    """Choose ids for the documents of a source: those that a killed import chose, else free ones made of the file's name."""
    stem = PurePosixPath(name).stem
    wanted = id_from_stem(stem) if stem and stem.isascii() else f"d-{digest[:10]}"
    names = []
    for number in range(count):
        chosen = pending[number] if len(pending) == count else ""
        is_ours = chosen and (chosen not in holdings.taken or holdings.sources.get(chosen) == digest)
        names.append(chosen if is_ours else holdings.free_id(wanted))
        holdings.taken.add(names[-1])
    return tuple(names)


def read_source(
    data: bytes, name: str, undone: Iterable[Undone], plan: Plan, *, before: tuple[str, tuple[int, ...]] | None = None
) -> tuple[Intake, tuple[str, ...]]:
    """Take a file apart, leaving out the edits that a person took back.

    Args:
        data: The file.
        name: What it was called.
        undone: Edits taken back.
        plan: How it is taken in.
        before: Raw text of an earlier reading, and where its documents began but for the first: a source whose raw text is the same
            is cut as it was, whatever rules say today.

    Returns:
        What was found, and a notice for each edit taken back that is not found again.

    Raises:
        UnreadableSource: It holds nothing that can be read.
    """
    extracted = extract(data, name, encoding=plan.encoding, sites=plan.sites or {})
    places, lost = find_undone(undone, extracted.raw)
    borders = before[1] if before is not None and before[0] == extracted.raw else None
    return assemble(extracted, replace(plan.choices, undone=places, borders=borders)), lost


def log_of(intake: Intake, names: Iterable[str]) -> tuple[list[Edit], list[Evidence]]:
    """Give the edits and the evidence of a source's documents, each with its document's id."""
    pairs = list(zip(names, intake.drafts, strict=True))
    edits = [edit for name, draft in pairs for edit in for_document(draft.reading.edits, name)]
    return edits, [replace(found, document=name) for name, draft in pairs for found in draft.evidence]


def own_metadata(name: str, draft: Draft, intake: Intake, digest: str) -> Metadata:
    """Give the metadata that an import writes into a document's front matter."""
    url = draft.metadata.captured[0].url if draft.metadata.captured else ""
    instants = (found.value for found in draft.evidence if found.field == "captured.at")
    capture = Capture(url=url, at=next(instants, ""), sha256=digest, encoding=intake.extracted.encoding, tool=TOOL)
    return replace(draft.metadata, id=name, captured=(capture,), flags=draft.flags)
