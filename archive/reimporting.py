"""Reading a source again: with better rules, with a better importer, or with an edit taken back.

What a person corrected in the corpus file stays: the body is merged by paragraph against what the last import wrote, and a field
whose value differs from what was read then is a person's. Source: plan.md 6.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from archive.describing import choose
from archive.document import normal_body
from archive.edits import HIDDEN, Edit, apply_edits
from archive.errors import DocumentExists, InvalidMetadata, UnknownDocument
from archive.files import write_atomically
from archive.front_matter import Fields, Value, parse_front_matter, set_fields, split_front_matter
from archive.holdings import Holdings
from archive.importers import extract
from archive.importing import Plan, own_metadata, write_intake
from archive.intake import assemble, take_apart
from archive.merging import Conflict, merge
from archive.metadata import Metadata, metadata_from_fields, metadata_to_fields
from archive.sources import (
    SHORT,
    Undone,
    finish_source,
    original_of,
    read_edits,
    read_evidence,
    read_raw,
    read_undone,
    write_undone,
)
from archive.store import Archive, read_text

_DIGEST = 6


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of one document that was read again.

    Attributes:
        document: Its id.
        changed: Whether its body or a field is another now.
        fields: Names of the fields that changed.
        conflicts: Paragraphs that a person had changed, and so did the new reading; the person's stay.
        notices: What a keeper should know, one English sentence each.
    """

    document: str
    changed: bool
    fields: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[str, ...] = ()


def edit_id(edit: Edit) -> str:
    """Name an edit within its document: six hexadecimal digits that stay the same as long as rule and place do."""
    return hashlib.sha256(f"{edit.rule} {edit.start} {edit.end}".encode()).hexdigest()[:_DIGEST]


def source_of(archive: Archive, holdings: Holdings, document: str) -> Path:
    """Find the folder of the source that a document was last made of.

    Raises:
        UnknownDocument: No such document, or it was not imported.
    """
    if document not in holdings.files:
        raise UnknownDocument(f"no document {document!r}", hint="its id stands in its address and in its front matter")
    folder = archive.sources / holdings.sources.get(document, "-")[:SHORT]
    if original_of(folder) is None:
        raise UnknownDocument(f"document {document!r} has no source", hint="it was written by hand: there is nothing to read again")
    return folder


def read_again(
    holdings: Holdings, folder: Path, plan: Plan, *, undone: Sequence[Undone] | None = None
) -> tuple[Renewed, ...]:
    """Read a source again, and bring its documents up to what was found; the writer lock must be held.

    Args:
        holdings: What the archive holds.
        folder: The source's own folder.
        plan: As for an import.
        undone: Edits that a person has taken back, if they are others than before.

    Returns:
        For each of its documents, in the order of the source, what became of it.

    Raises:
        UnreadableSource: It can no longer be read.
        InvalidMetadata: It holds another number of documents than were made of it, or its log is damaged.
        StorageFailed: The file system refused.
    """
    original = original_of(folder)
    assert original is not None
    data = original.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    names = _in_order(folder, holdings.held.get(digest, []))
    extracted = extract(data, original.name, encoding=plan.encoding or _encoding(holdings, names), sites=plan.sites or {})
    places, lost = _found_again(read_undone(folder) if undone is None else undone, extracted.raw)
    intake = assemble(extracted, replace(plan.choices, undone=places))
    if len(intake.drafts) != len(names):
        raise InvalidMetadata(
            f"the source holds {len(intake.drafts)} documents as it is read today, {len(names)} were made of it",
            hint="move its documents out of corpus/ and import it anew",
        )
    old = [(_written_before(folder, name), _body_before(folder, name)) for name in names]
    renewals = [
        _renew(holdings.files[name], name, before, body, own_metadata(name, draft, intake, digest), draft.body)
        for name, draft, (before, body) in zip(names, intake.drafts, old, strict=True)
    ]
    if not plan.dry_run:
        if undone is not None:
            write_undone(folder, undone)
        write_intake(folder, data, original.suffix, intake, names)
        for name, renewal in zip(names, renewals, strict=True):
            if renewal.text is not None:
                write_atomically(holdings.files[name], renewal.text.encode("utf-8"))
        finish_source(folder)
    return tuple(replace(renewal.outcome, notices=lost) for renewal in renewals)


def undo(archive: Archive, holdings: Holdings, document: str, wanted: Sequence[str], plan: Plan) -> tuple[Renewed, ...]:
    """Take edits of a document back, for good; the writer lock must be held.

    Args:
        archive: The archive.
        holdings: What it holds.
        document: Id of the document.
        wanted: Ids of edits as `edit_id` gives them, or ids of rules for all edits that a rule made in this document.
        plan: As for an import.

    Raises:
        UnknownDocument: The document has no source, or no such edit.
        InvalidMetadata: The edit cuts the source into documents; that is not taken back one by one.
    """
    folder = source_of(archive, holdings, document)
    raw, edits = read_raw(folder), read_edits(folder, document=document)
    taken_back = list(read_undone(folder))
    for name in wanted:
        found = [edit for edit in edits if name in (edit.rule, edit_id(edit))]
        if not found:
            raise UnknownDocument(f"document {document!r} has no edit {name!r}", hint=f"see them with: yinde edit-log {document}")
        if any(edit.rule == HIDDEN for edit in found):
            raise InvalidMetadata(
                "this edit cuts the source into documents", hint=f'switch the rule off in archive.toml: off = ["{HIDDEN}"]'
            )
        taken_back += [Undone(document, edit.rule, edit.start, edit.end, raw[edit.start : edit.end]) for edit in found]
    return read_again(holdings, folder, plan, undone=tuple(dict.fromkeys(taken_back)))


def replace_source(archive: Archive, holdings: Holdings, document: str, data: bytes, name: str, plan: Plan) -> Renewed:
    """Make a document of other bytes: its id stays, its text and what was read of it are new; the writer lock must be held.

    Args:
        archive: The archive.
        holdings: What it holds.
        document: Id of the document.
        data: The new file.
        name: What the new file was called.
        plan: As for an import.

    Raises:
        UnknownDocument: No such document.
        UnreadableSource: The file cannot be read.
        InvalidMetadata: It holds more than one document.
        DocumentExists: The bytes are held already.
    """
    if document not in holdings.files:
        raise UnknownDocument(f"no document {document!r}", hint="its id stands in its address and in its front matter")
    digest = hashlib.sha256(data).hexdigest()
    if digest in holdings.held:
        raise DocumentExists(f"these bytes are held as {', '.join(holdings.held[digest])}", hint="nothing is to be replaced")
    intake = take_apart(data, name, encoding=plan.encoding, choices=plan.choices, sites=plan.sites)
    if len(intake.drafts) != 1:
        raise InvalidMetadata(f"{name} holds {len(intake.drafts)} documents", hint="replace a document by a file that holds one")
    try:
        before = source_of(archive, holdings, document)
        old, base = _written_before(before, document), _body_before(before, document)
    except UnknownDocument:  # written by hand: all of it is a person's
        old, base = {}, ""
    new = own_metadata(document, intake.drafts[0], intake, digest)
    renewal = _renew(holdings.files[document], document, old, base, new, intake.drafts[0].body)
    if not plan.dry_run:
        folder = archive.sources / digest[:SHORT]
        write_intake(folder, data, PurePosixPath(name).suffix, intake, (document,))
        if renewal.text is not None:
            write_atomically(holdings.files[document], renewal.text.encode("utf-8"))
        finish_source(folder)
        holdings.add(document, holdings.files[document], digest)
    return renewal.outcome


@dataclass(frozen=True, slots=True)
class _Renewal:
    """A document brought up to a new reading: what to tell, and the file's new text, or None if it stays as it is."""

    outcome: Renewed
    text: str | None


def _renew(file: Path, name: str, old: Fields, base: str, metadata: Metadata, body: str) -> _Renewal:
    """Bring one corpus file up to a new reading.

    Args:
        file: The corpus file.
        name: Its document's id.
        old: Fields that the last import read.
        base: Body that the last import wrote.
        metadata: What was read now.
        body: Body as it would be written now.
    """
    text = read_text(file)
    head, rest = split_front_matter(text)
    person = normal_body(rest)
    merged = merge(base, person, body)
    stated = parse_front_matter(head).fields if head is not None else {}
    new = metadata_to_fields(metadata)
    changes: dict[str, Value | None] = {
        field: new.get(field)
        for field in {**old, **new}
        if field != "id" and head is not None and stated.get(field) == old.get(field) != new.get(field)
    }
    if "captured" in new and head is not None:
        changes["captured"] = _captures(stated.get("captured"), new["captured"])
        if changes["captured"] == stated.get("captured"):
            del changes["captured"]
    changed = merged.body != person or bool(changes)
    outcome = Renewed(name, changed, tuple(changes), merged.conflicts)
    if not changed:
        return _Renewal(outcome, None)
    fences = "" if head is None else f"---\n{set_fields(head, changes)}\n---\n\n"
    return _Renewal(outcome, f"{fences}{merged.body}")


def _captures(stated: Value | None, new: Value) -> Value:
    """Put the new capture before those that the document names, in place of the one of the same bytes."""
    fresh = new if isinstance(new, list) else [new]
    digests = {capture.get("sha256") for capture in fresh if isinstance(capture, dict)}
    others = [
        capture
        for capture in (stated if isinstance(stated, list) else [])
        if not (isinstance(capture, dict) and capture.get("sha256") in digests)
    ]
    return [*fresh, *others]


def _in_order(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Sort the documents of a source by where they stand in it."""

    def start(name: str) -> int:
        first = next(iter(read_edits(folder, document=name)), None)
        return first.end if first is not None and first.rule == HIDDEN and first.start == 0 else 0

    return tuple(sorted(names, key=start))


def _encoding(holdings: Holdings, names: Iterable[str]) -> str | None:
    """Give the encoding that a document names for its source: a person may have corrected it."""
    for name in names:
        head, _ = split_front_matter(read_text(holdings.files[name]))
        metadata, _ = metadata_from_fields(parse_front_matter(head).fields if head is not None else {})
        if metadata.captured and metadata.captured[0].encoding:
            return metadata.captured[0].encoding
    return None


def _written_before(folder: Path, name: str) -> Fields:
    """Give the fields that the last import read for a document, `captured` apart."""
    evidence = read_evidence(folder, document=name)
    flags = tuple(found.value for found in evidence if found.field == "flags")
    return metadata_to_fields(replace(choose(evidence).metadata, captured=(), flags=flags))


def _body_before(folder: Path, name: str) -> str:
    """Give the body that the last import wrote."""
    return apply_edits(read_raw(folder), read_edits(folder, document=name))


def _found_again(undone: Sequence[Undone], raw: str) -> tuple[frozenset[tuple[str, int, int]], tuple[str, ...]]:
    """Find the places of edits that a person took back in a raw text that may be another now.

    Returns:
        The places; and a notice for each that was not found.
    """
    places, lost = set(), []
    for each in undone:
        if raw[each.start : each.end] == each.text:
            places.add((each.rule, each.start, each.end))
            continue
        starts = [match.start() for match in re.finditer(re.escape(each.text), raw)] if each.text else []
        if starts:
            start = min(starts, key=lambda at: abs(at - each.start))
            places.add((each.rule, start, start + len(each.text)))
        else:
            lost.append(f"an edit of {each.rule} that was taken back is not found again: {each.text[:40]!r}")
    return frozenset(places), tuple(lost)
