"""Commands of a keeper: import, edit-log, undo, review. What they do is in `intake_runs`, loaded when one of them runs."""

from __future__ import annotations

import click

from web.services import Services
from web.settings import Settings

_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_dry_option = click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")


@click.command("import")
@click.argument("paths", nargs=-1)
@click.option("--collection", default="main", show_default=True, help="Folder of the corpus that takes them.")
@click.option("--encoding", help="Encoding of the files, where it is known better than it can be found out.")
@click.option("--replace", "replaced", metavar="ID", help="Make document ID of the one file named; its id and links stay.")
@click.option("--again", is_flag=True, help="Read sources again by today's rules: those of the documents named, or all.")
@_dry_option
@_json_option
@click.pass_obj
def import_(
    settings: Settings,
    paths: tuple[str, ...],
    *,
    collection: str,
    encoding: str | None,
    replaced: str | None,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take in PATHS: files, folders, patterns, zip archives, or - for what is piped in.

    Text, HTML, MHT, Word, PDF and Markdown are told apart by what they hold. Bad files are named and do not stop the others.

    \b
    yinde import ~/speeches report.pdf 'press/*.html'
    yinde import --dry-run ~/speeches
    yinde import --again                 # after an update of Yinde, or of archive.toml
    yinde import --replace ID better.txt
    """
    if again and replaced is not None:
        raise click.UsageError("--again reads the sources that are held, --replace another file: give one of them")
    if not paths and not again:
        raise click.UsageError("name files or folders, or - to read what is piped in")
    from web.intake_runs import run_import

    run_import(
        Services(settings).archive,
        paths,
        collection=collection,
        encoding=encoding,
        replaced=replaced,
        again=again,
        dry_run=dry_run,
        as_json=as_json,
    )


@click.command("edit-log")
@click.argument("document")
@click.option("--all", "every", is_flag=True, help="Line ends and paragraph breaks, too.")
@_json_option
@click.pass_obj
def edit_log(settings: Settings, document: str, *, every: bool, as_json: bool) -> None:
    """List what was removed from a DOCUMENT's source, or repaired in it."""
    from web.intake_runs import list_edits

    list_edits(Services(settings).archive, document, every=every, as_json=as_json)


@click.command("undo")
@click.argument("document")
@click.argument("edits", nargs=-1, required=True)
@_dry_option
@_json_option
@click.pass_obj
def undo_(settings: Settings, document: str, edits: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Take EDITS of a DOCUMENT back, for good: ids from edit-log, or a rule for all that it did there."""
    from web.intake_runs import run_undo

    run_undo(Services(settings).archive, document, edits, dry_run=dry_run, as_json=as_json)


@click.command("review")
@click.argument("documents", nargs=-1)
@_json_option
@click.pass_obj
def review_(settings: Settings, documents: tuple[str, ...], *, as_json: bool) -> None:
    """List the fields that an import left empty because what the source says is doubtful: of DOCUMENTS, or of all.

    Write the right value into the front matter, and the field leaves the list.
    """
    from web.intake_runs import list_doubts

    list_doubts(Services(settings).archive, documents, as_json=as_json)
