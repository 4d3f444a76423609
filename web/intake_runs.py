"""What the commands of a keeper do, and what they tell: data to stdout, talk to stderr.

Kept apart from the commands, so that a search loads nothing that only an import needs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from archive.errors import InvalidIdentifier, Problem, UserError, problem_of
from archive.files import sweep, writer_lock
from archive.holdings import holdings_of
from archive.importers.containers import Input, iter_inputs
from archive.importing import Plan, import_inputs, plan_of
from archive.reimporting import Renewed, read_again, replace_source, source_of, undo
from archive.reviewing import review
from archive.sources import read_edits, read_raw
from archive.store import Archive
from web.intake_records import (
    doubt_to_json,
    edits_to_json,
    imported_to_json,
    lines_of,
    renewed_to_json,
)

NOT_CLEAN, SOME_FAILED = 1, 4


def run_import(
    archive: Archive,
    paths: tuple[str, ...],
    *,
    collection: str,
    encoding: str | None,
    replaced: str | None,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take files in, or sources again, or one file in the place of a document's source."""
    plan = plan_of(archive, collection=collection, encoding=encoding, dry_run=dry_run)
    with _writing(archive, dry_run=dry_run):
        if again:
            _again(archive, plan, paths, as_json=as_json)
        elif replaced is not None:
            _replace(archive, plan, replaced, paths, as_json=as_json)
        else:
            _take_in(archive, plan, paths, as_json=as_json)


@contextmanager
def _writing(archive: Archive, *, dry_run: bool) -> Iterator[None]:
    """Hold the writer lock, with what killed writers left half written swept away; nothing of that for a dry run."""
    if dry_run:
        yield
        return
    with writer_lock(archive.derived):
        sweep(archive.corpus, "*", "_sources/*")
        yield


def _inputs(paths: Iterable[str]) -> Iterator[Input | Problem]:
    return iter_inputs(paths, stdin=sys.stdin.buffer)


def _take_in(archive: Archive, plan: Plan, paths: tuple[str, ...], *, as_json: bool) -> None:
    records: list[dict[str, Any]] = []
    new = held = failed = 0
    for number, outcome in enumerate(import_inputs(archive, _inputs(paths), plan), start=1):
        record = imported_to_json(outcome)
        if as_json:
            records.append(record)
        if isinstance(outcome, Problem):
            failed += 1
            click.echo(f"yinde: {outcome}", err=True)
            continue
        new, held = new + outcome.new, held + (not outcome.new)
        _tell(number, record, dry_run=plan.dry_run)
    if as_json:
        click.echo(json.dumps({"schema": 1, "dry_run": plan.dry_run, "files": records}, ensure_ascii=False))
    if not new + held + failed:
        click.echo("yinde: nothing there to import; files whose names begin with a dot are left out", err=True)
    done = "would be new" if plan.dry_run else "new"
    click.echo(f"{new} {done}, {held} held already, {failed} failed", err=True)
    if new and not plan.dry_run:
        click.echo("make them searchable with: yinde reindex", err=True)
    if failed:
        sys.exit(SOME_FAILED)


def _tell(number: int, record: dict[str, Any], *, dry_run: bool) -> None:
    names = ", ".join(document["document"] for document in record["documents"])
    if not record["new"]:
        click.echo(f"[{number}] {record['file']}: held already as {names}", err=True)
        return
    read = ", ".join(filter(None, (record["format"], record["encoding"])))
    click.echo(f"[{number}] {record['file']}: {'would become' if dry_run else 'new document'} {names} ({read})", err=True)
    if record["unreadable"]:
        offsets = ", ".join(map(str, record["unreadable"]))
        click.echo(f"  bytes unreadable as {record['encoding']} at offset {offsets}", err=True)
    for notice in record["notices"]:
        click.echo(f"  note: {notice}", err=True)
    for document in record["documents"]:
        if len(record["documents"]) > 1:
            click.echo(f"  {document['document']}:", err=True)
        for line in lines_of(document):
            click.echo(line, err=True)


def _again(archive: Archive, plan: Plan, names: tuple[str, ...], *, as_json: bool) -> None:
    holdings = holdings_of(archive)
    folders: dict[Path, None] = {}
    outcomes: list[Renewed | Problem] = []
    for name in names or sorted(holdings.sources):
        try:
            folders[source_of(archive, holdings, name)] = None
        except UserError as error:
            outcomes.append(problem_of(error, Path(name)))
    for folder in folders:
        try:
            outcomes += read_again(holdings, folder, plan)
        except UserError as error:
            outcomes.append(problem_of(error, archive.shown(folder)))
    _report_renewed(outcomes, plan, as_json=as_json)


def _replace(archive: Archive, plan: Plan, document: str, paths: tuple[str, ...], *, as_json: bool) -> None:
    inputs = list(_inputs(paths))
    if len(inputs) != 1:
        raise InvalidIdentifier(f"{len(inputs)} files are named", hint="--replace ID takes exactly one file")
    (only,) = inputs
    if isinstance(only, Problem):
        _report_renewed([only], plan, as_json=as_json)
        return
    renewed = replace_source(archive, holdings_of(archive), document, only.read(), only.name, plan)
    _report_renewed([renewed], plan, as_json=as_json)


def _report_renewed(outcomes: list[Renewed | Problem], plan: Plan, *, as_json: bool) -> None:
    problems = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    renewed = [outcome for outcome in outcomes if isinstance(outcome, Renewed)]
    for problem in problems:
        click.echo(f"yinde: {problem}", err=True)
    for outcome in renewed:
        what = "text" + (f" and {', '.join(outcome.fields)}" if outcome.fields else "")
        if outcome.changed:
            click.echo(f"{outcome.document}: {what} {'would change' if plan.dry_run else 'changed'}", err=True)
        for conflict in outcome.conflicts:
            offered = " / ".join(conflict.offered)[:80]
            click.echo(f"  your text stays at ¶{conflict.kept}; the source gives: {offered or '(nothing)'}", err=True)
        for notice in outcome.notices:
            click.echo(f"  note: {notice}", err=True)
    if as_json:
        records = [renewed_to_json(outcome) for outcome in renewed]
        errors = [imported_to_json(problem) for problem in problems]
        click.echo(json.dumps({"schema": 1, "dry_run": plan.dry_run, "documents": records, "failed": errors}, ensure_ascii=False))
    changed = sum(outcome.changed for outcome in renewed)
    click.echo(f"{changed} changed, {len(renewed) - changed} as before, {len(problems)} failed", err=True)
    if changed and not plan.dry_run:
        click.echo("serve the new text with: yinde reindex", err=True)
    if problems:
        sys.exit(SOME_FAILED)


def list_edits(archive: Archive, document: str, *, every: bool, as_json: bool) -> None:
    """Print the edits of a document's source."""
    folder = source_of(archive, holdings_of(archive), document)
    records = edits_to_json(read_raw(folder), read_edits(folder, document=document), every=every)
    if as_json:
        facts = {"schema": 1, "document": document, "source": folder.name, "edits": records}
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for record in records:
        start, end = record["span"]
        click.echo(f"{record['edit']}  {record['rule']} ({record['confidence']:g})  {start}-{end}  {record['reason']}")
        click.echo(f"        - {_one_line(record['text'])}")
        if record["replacement"]:
            click.echo(f"        + {_one_line(record['replacement'])}")
    edits = "1 edit" if len(records) == 1 else f"{len(records)} edits"
    click.echo(f"{edits}; take one back with: yinde undo {document} EDIT", err=True)


def _one_line(text: str) -> str:
    shown = text.replace("\n", "⏎")
    return shown if len(shown) <= 200 else f"{shown[:150]} … {shown[-40:]}"


def run_undo(archive: Archive, document: str, edits: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Take edits back."""
    plan = plan_of(archive, dry_run=dry_run)
    with _writing(archive, dry_run=dry_run):
        outcomes = undo(archive, holdings_of(archive), document, edits, plan)
    _report_renewed(list(outcomes), plan, as_json=as_json)


def list_doubts(archive: Archive, documents: tuple[str, ...], *, as_json: bool) -> None:
    """Print the fields that imports left empty; exit code 1 if there are any."""
    found = list(review(archive, holdings_of(archive), documents))
    if as_json:
        records = [{"document": each.document, **doubt_to_json(each.doubt)} for each in found]
        click.echo(json.dumps({"schema": 1, "fields": records}, ensure_ascii=False))
    else:
        for each in found:
            for candidate in each.doubt.candidates:
                place = f"  “{each.quote(candidate)}”" if each.quote(candidate) else ""
                click.echo(f"{each.document}\t{each.doubt.field}\t{candidate.value}\t{candidate.confidence:g}{place}")
    click.echo(f"{len(found)} fields of {len({each.document for each in found})} documents to review", err=True)
    if found:
        click.echo("write the right value into the front matter of the document's file, and the field leaves this list", err=True)
        sys.exit(NOT_CLEAN)
