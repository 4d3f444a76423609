"""Reading a source again: with better rules, with a better importer, or with an edit taken back.

What a person corrected in the corpus file stays: the body is merged by paragraph against what the last import wrote, and a field
whose value differs from what was read then is a person's. Source: plan.md 6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from archive.describing import choose
from archive.document import normal_body
from archive.edits import HIDDEN, Edit, apply_edits
from archive.errors import DocumentExists, InvalidIdentifier, InvalidMetadata, UnknownDocument
from archive.evidence import Evidence
from archive.files import write_atomically
from archive.front_matter import Fields, Value, parse_front_matter, set_fields, split_front_matter
from archive.holdings import Holdings
from archive.importing import Plan, log_of, own_metadata, read_source
from archive.merging import Conflict, merge
from archive.metadata import Metadata, metadata_from_fields, metadata_to_fields
from archive.sources import (
    SHORT,
    Undone,
    begin_renewal,
    finish_source,
    original_of,
    pending_documents,
    read_edits,
    read_evidence,
    read_raw,
    read_undone,
    renewal_of,
    write_reading,
    write_source,
    write_undone,
)
from archive.store import Archive, read_text

_DIGEST = 6
_FIXED = {
    HIDDEN: "a source stays cut into documents as it was when it was imported",
    "layout.edge": "a text begins with its first line and ends with one line end",
}
"""Rules whose edits are for good, and why."""


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


def edit_id(edit: Edit | Undone) -> str:
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


def read_again(holdings: Holdings, folder: Path, plan: Plan, *, undone: Sequence[Undone] | None = None) -> tuple[Renewed, ...]:
    """Read a source again, and bring its documents up to what was found; the writer lock must be held.

    Documents whose files are gone, or that were made of another source since, are left alone.

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
    resumed = set() if plan.dry_run else _resume(holdings, folder)
    made = _documents(folder, holdings.held.get(digest, []))
    ours = [name for name in made.values() if holdings.sources.get(name) == digest]
    reading = replace(plan, encoding=plan.encoding or _encoding(holdings, ours))
    before = (read_raw(folder), _borders(folder))
    intake, lost = read_source(data, original.name, read_undone(folder) if undone is None else undone, reading, before=before)
    if len(intake.drafts) != len(made):
        raise InvalidMetadata(
            f"the source holds {_documents_in(len(intake.drafts))} as it is read today, {len(made)} when it was imported",
            hint=f"its importer reads it otherwise than then; {', '.join(ours) or 'what was made of it'} stay as they are",
        )
    renewals = {
        name: _renew(
            holdings.files[name],
            name,
            _before(holdings, folder, logged, name),
            own_metadata(name, draft, intake, digest),
            draft.body,
        )
        for (logged, name), draft in zip(made.items(), intake.drafts, strict=True)
        if name in ours
    }
    if not plan.dry_run:
        if undone is not None:
            write_undone(folder, undone)
        edits, evidence = log_of(intake, made.values())
        write_reading(folder, raw=intake.raw, edits=edits, evidence=evidence)
        _write(holdings, folder, renewals)
    outcomes = (renewal.outcome for renewal in renewals.values())
    return tuple(
        replace(each, changed=each.changed or each.document in resumed, notices=(*each.notices, *lost)) for each in outcomes
    )


def _documents_in(count: int) -> str:
    return f"{count} document{'s' if count != 1 else ''}"


def _write(holdings: Holdings, folder: Path, renewals: Mapping[str, _Renewal]) -> None:
    """Make the later reading of a source count, and write the files of its documents."""
    texts = {name: renewal.text.encode("utf-8") for name, renewal in renewals.items() if renewal.text is not None}
    begin_renewal(folder, {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()})
    for name, text in texts.items():
        write_atomically(holdings.files[name], text)
    finish_source(folder)


def _resume(holdings: Holdings, folder: Path) -> set[str]:
    """Finish what a writer that was killed had begun here: bring the documents that it had not reached up to its reading.

    Returns:
        The documents that the writer had meant to change.
    """
    stopped = renewal_of(folder)
    if stopped is None:
        return set()
    ours = [name for name in stopped if holdings.sources.get(name, "")[:SHORT] == folder.name]
    renewals = {}
    for name in ours:
        metadata, body = _description(read_evidence(folder, document=name)), _body(folder, name)
        renewals[name] = _renew(holdings.files[name], name, _before(holdings, folder, name, name), metadata, body)
    _write(holdings, folder, renewals)
    return set(ours)


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
    known = {name for each in taken_back if each.document == document for name in (each.rule, edit_id(each))}
    for name in wanted:
        found = [edit for edit in edits if name in (edit.rule, edit_id(edit))]
        if not found and name not in known:
            raise UnknownDocument(f"document {document!r} has no edit {name!r}", hint=f"see them with: yinde edit-log {document}")
        if len({edit.rule for edit in found}) > 1 or (len(found) > 1 and found[0].rule != name):
            rules = ", ".join(f"{edit.rule} at {edit.start}" for edit in found)
            raise InvalidIdentifier(
                f"{name!r} names {len(found)} edits: {rules}", hint="name the rule, to take back all that it did"
            )
        if any(edit.rule in _FIXED for edit in found):
            raise InvalidMetadata(f"edits of {found[0].rule} cannot be taken back", hint=_FIXED[found[0].rule])
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
        DocumentExists: Other documents were made of these bytes.
    """
    if document not in holdings.files:
        raise UnknownDocument(f"no document {document!r}", hint="its id stands in its address and in its front matter")
    digest = hashlib.sha256(data).hexdigest()
    folder = archive.sources / digest[:SHORT]
    if holdings.sources.get(document) == digest:
        stopped = document in pending_documents(folder)  # all was written but for the marker
        if stopped and not plan.dry_run:
            finish_source(folder)
        return Renewed(document, changed=stopped)
    if digest in holdings.held:
        held = ", ".join(holdings.held[digest])
        raise DocumentExists(
            f"these bytes are held as {held}", hint=f"nothing is replaced; see: yinde show {holdings.held[digest][0]}"
        )
    intake, lost = read_source(data, name, read_undone(folder), plan)
    if len(intake.drafts) != 1:
        raise InvalidMetadata(f"{name} holds {len(intake.drafts)} documents", hint="replace a document by a file that holds one")
    try:
        before = source_of(archive, holdings, document)
        if not plan.dry_run:
            _resume(holdings, before)
        base = _before(holdings, before, document, document)
    except UnknownDocument:  # written by hand: all of it is a person's
        base = _NOTHING
    new = own_metadata(document, intake.drafts[0], intake, digest)
    renewal = _renew(holdings.files[document], document, base, new, intake.drafts[0].body)
    if not plan.dry_run:
        edits, evidence = log_of(intake, (document,))
        suffix = PurePosixPath(name).suffix
        write_source(folder, data=data, suffix=suffix, raw=intake.raw, edits=edits, evidence=evidence, documents=(document,))
        if renewal.text is not None:
            write_atomically(holdings.files[document], renewal.text.encode("utf-8"))
        finish_source(folder)
        holdings.add(document, holdings.files[document], digest)
    return replace(renewal.outcome, notices=lost)


@dataclass(frozen=True, slots=True)
class _Before:
    """What the last import wrote of a document: fields, `captured` apart, and body."""

    fields: Fields
    body: str


_NOTHING = _Before({}, "")


@dataclass(frozen=True, slots=True)
class _Renewal:
    """A document brought up to a new reading: what to tell, and the file's new text, or None if it stays as it is."""

    outcome: Renewed
    text: str | None


def _renew(file: Path, name: str, before: _Before, metadata: Metadata, body: str) -> _Renewal:
    """Bring one corpus file up to a new reading.

    Args:
        file: The corpus file.
        name: Its document's id.
        before: What the last import wrote.
        metadata: What was read now.
        body: Body as it would be written now.
    """
    text = read_text(file)
    head, rest = split_front_matter(text)
    head = f"id: {name}" if head is None else head  # written by hand; from now on it has a source to name
    person = normal_body(rest)
    merged = merge(before.body, person, body)
    stated = parse_front_matter(head).fields
    old, new = before.fields, metadata_to_fields(metadata)
    differs = [field for field in {**old, **new} if field != "id" and stated.get(field) == old.get(field) != new.get(field)]
    # What is read no longer stays, flags apart: a value that a person has seen for long is not taken away by a rule.
    gone = [field for field in differs if field not in new and field != "flags"]
    changes: dict[str, Value | None] = {field: new.get(field) for field in differs if field not in gone}
    if "captured" in new:
        changes["captured"] = _captures(stated.get("captured"), new["captured"])
        if changes["captured"] == stated.get("captured"):
            del changes["captured"]
    changed = merged.body != person or bool(changes)
    notices = (f"no longer read from the source, but left in place: {', '.join(gone)}",) if gone else ()
    outcome = Renewed(name, changed, tuple(changes), merged.conflicts, notices)
    if not changed:
        return _Renewal(outcome, None)
    return _Renewal(outcome, f"---\n{set_fields(head, changes)}\n---\n\n{merged.body}")


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


def _documents(folder: Path, held: Sequence[str]) -> dict[str, str]:
    """Give the documents that were made of a source, in its order: the id in its log, and the id that the document has now.

    A document whose file is gone keeps its id; one whose id a person changed is the one that the log does not know.
    """
    edits = read_edits(folder)
    known = [edit.document for edit in edits] + [found.document for found in read_evidence(folder)]
    starts = dict.fromkeys(known, 0)
    starts |= {edit.document: edit.end for edit in edits if edit.rule == HIDDEN and edit.start == 0}
    logged = sorted(starts, key=lambda name: starts[name])
    gone, renamed = [name for name in logged if name not in held], [name for name in held if name not in starts]
    now = dict(zip(gone, renamed, strict=True)) if len(gone) == len(renamed) == 1 else {}
    return {name: now.get(name, name) for name in logged or held}


def _borders(folder: Path) -> tuple[int, ...]:
    """Give the offsets of the raw text at which the documents of a source begin, but for the first."""
    return tuple(sorted({edit.end for edit in read_edits(folder) if edit.rule == HIDDEN and edit.start == 0}))


def _encoding(holdings: Holdings, names: Iterable[str]) -> str | None:
    """Give the encoding that a document names for its source: a person may have corrected it."""
    for name in names:
        head, _ = split_front_matter(read_text(holdings.files[name]))
        metadata, _ = metadata_from_fields(parse_front_matter(head).fields if head is not None else {})
        if metadata.captured and metadata.captured[0].encoding:
            return metadata.captured[0].encoding
    return None


def _before(holdings: Holdings, folder: Path, logged: str, name: str) -> _Before:
    """Give what the last import wrote of a document; if that was stopped before it reached the document, the import before it.

    Args:
        holdings: What the archive holds.
        folder: The source's own folder.
        logged: Id of the document in the source's log.
        name: Id that it has now.
    """
    stopped = renewal_of(folder) or {}
    finished = name in stopped and stopped[name] != hashlib.sha256(holdings.files[name].read_bytes()).hexdigest()
    read = _description(read_evidence(folder, document=logged, finished=finished))
    return _Before(metadata_to_fields(read), _body(folder, logged, finished=finished))


def _description(evidence: Sequence[Evidence]) -> Metadata:
    """Give what a document's evidence was read as, `captured` apart."""
    flags = tuple(found.value for found in evidence if found.field == "flags")
    return replace(choose(evidence).metadata, captured=(), flags=flags)


def _body(folder: Path, name: str, *, finished: bool = False) -> str:
    """Give the body that an import made of its reading of a source."""
    return apply_edits(read_raw(folder, finished=finished), read_edits(folder, document=name, finished=finished))
