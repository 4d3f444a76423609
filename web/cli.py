"""The command line `yinde`: each command a few lines over `archive` and `index`.

Data goes to stdout, talk and progress to stderr. Exit codes: 0 fine, 1 nothing found or problems reported, 2 bad usage or query,
3 archive or index unusable, 4 some inputs failed, 130 interrupted. Source: plan.md 12.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from archive.citations import STYLES
from archive.errors import Problem, UserError
from archive.identifiers import parse_reference
from archive.store import init_archive
from index.checking import check_index
from index.engine import MOST_HITS
from index.errors import QuerySyntaxError
from index.matching import MODES, bare_words
from index.opening import fingerprint, read_words
from index.query import iter_positive_leaves, strings_of
from index.query_format import format_query
from index.query_parser import SCOPES, parse_query
from index.rebuild import Reindexed, reindex
from web.answers import Answer, Ask, answer, answer_to_json, document_to_json, error_to_json, passages_to_json, snippet_of
from web.keeping import edit_log, import_, review_, undo_
from web.services import Services
from web.settings import Settings, settings_from_environment
from web.texts import check_reference, citations_of, find_text

EXIT_CODES = {
    "unknown-document": 1,
    "unknown-passage": 1,
    "document-gone": 1,
    "query-syntax": 2,
    "invalid-request": 2,
    "invalid-identifier": 2,
    "invalid-metadata": 2,
    "unknown-style": 2,
    "document-exists": 2,
}
"""Exit code of each error; 3, archive or index unusable, for the others."""

NOTHING_FOUND, SOME_FAILED, INTERRUPTED = 1, 4, 130

_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class _Group(click.Group):
    """Presents user errors once, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            ctx.exit(INTERRUPTED)
        except UserError as error:
            _present(error, as_json="--json" in sys.argv or "--jsonl" in sys.argv)
            ctx.exit(EXIT_CODES.get(error.code, 3))


def _present(error: UserError, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(error_to_json(error), ensure_ascii=False))
    click.echo(f"yinde: {error.message}", err=True)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--archive", "folder", type=click.Path(path_type=Path), help="Folder of the archive; else YINDE_ARCHIVE, else here.")
@click.version_option(package_name="yinde", prog_name="yinde")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Search, read and cite a full-text archive of Chinese documents.

    \b
    yinde init papers
    yinde --archive papers import speeches/*.txt
    yinde --archive papers reindex
    yinde --archive papers search 改革開放
    """
    ctx.obj = settings_from_environment(folder)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="Name shown on pages and in citations; else that of the folder.")
def init(folder: Path, name: str | None) -> None:
    """Make a new archive in FOLDER."""
    made = init_archive(folder, name=name or folder.resolve().name)
    click.echo(f"{made.folder} is an archive now; take documents in with: yinde --archive {folder} import FILE…", err=True)


@main.command()
@click.option("--index", "of_index", is_flag=True, help="Prove that the index is the text, by a scan of its own.")
@_json_option
@click.pass_obj
def check(settings: Settings, of_index: bool, as_json: bool) -> None:
    """Report every fault in the corpus, or in the index."""
    from archive.checking import check_archive

    archive = Services(settings).archive
    problems = tuple(check_index(archive)) if of_index else check_archive(archive)
    if as_json:
        click.echo(json.dumps({"schema": 1, "problems": [_problem_to_json(problem) for problem in problems]}, ensure_ascii=False))
    for problem in problems:
        if not as_json:
            click.echo(str(problem))
    fatal = sum(problem.fatal for problem in problems)
    kept_out = f"{len(problems)} problems, {fatal} keep a document out of the index"
    differs = f"{len(problems)} differences; build it again with: yinde reindex --full" if problems else "the index is the text"
    click.echo(differs if of_index else kept_out, err=True)
    if problems:
        sys.exit(1)


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "file": str(problem.file),
        "line": problem.line,
        "fatal": problem.fatal,
    }


@main.command("reindex")
@click.option("--full", is_flag=True, help="Rebuild everything, even if less would do.")
@click.option("--jobs", type=click.IntRange(1), help="Processes at work; else as many as there are processors.")
@click.option("--memory", type=click.IntRange(1), metavar="MB", help="Megabytes that they may take together.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@_json_option
@click.pass_obj
def reindex_(settings: Settings, *, full: bool, jobs: int | None, memory: int | None, dry_run: bool, as_json: bool) -> None:
    """Bring the index up to the corpus; readers see the old one until the new one is whole."""
    archive = Services(settings).archive
    run = partial(reindex, archive, full=full, jobs=jobs, memory_mb=memory, dry_run=dry_run)
    if sys.stderr.isatty():
        with click.progressbar(length=1, label="reindexing", file=sys.stderr) as bar:

            def progress(stage: str, done: int, every: int) -> None:
                bar.label, bar.length = stage, every
                bar.pos = done
                bar.render_progress()

            report = run(progress=progress)
    else:
        report = run()
    _report(report, as_json=as_json)


def _report(report: Reindexed, *, as_json: bool) -> None:
    if as_json:
        record = {name: getattr(report, name) for name in ("way", "why", "documents", "characters", "added", "removed", "dry_run")}
        problems = [_problem_to_json(problem) for problem in report.problems]
        click.echo(
            json.dumps({"schema": 1, **record, "seconds": round(report.seconds, 3), "problems": problems}, ensure_ascii=False)
        )
    for problem in report.problems:
        click.echo(f"yinde: {problem}", err=True)
    done = {"nothing": "nothing to do", "update": "updated", "rebuild": "rebuilt"}[report.way]
    if report.dry_run and report.way != "nothing":
        done = f"would be {done}"
    click.echo(
        f"{done}: {report.why}; {report.documents} documents, {report.characters} characters, {report.seconds:.1f} s", err=True
    )
    if any(problem.fatal for problem in report.problems):
        sys.exit(SOME_FAILED)


@main.command(context_settings={"ignore_unknown_options": True})  # a word with a minus is part of the query
@click.argument("query", nargs=-1, required=True)
@click.option("--mode", type=click.Choice(MODES), default="text", show_default=True, help="How letters and marks are compared.")
@click.option("--in", "scope", type=click.Choice(tuple(SCOPES)), help="On what AND and NOT work, or removed text.")
@click.option("--sort", type=click.Choice(("relevance", "date")), help="Order.")
@click.option("--limit", type=click.IntRange(1, MOST_HITS), default=20, show_default=True, help="Documents shown.")
@click.option("--cursor", default="", help="As `next` of the page before gave it.")
@click.option("--strict", is_flag=True, help="Name a fault in the query instead of reading around it.")
@_json_option
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON object for each hit.")
@click.pass_obj
def search(
    settings: Settings,
    query: tuple[str, ...],
    *,
    mode: str,
    scope: str | None,
    sort: str | None,
    limit: int,
    cursor: str,
    strict: bool,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """Search for QUERY; several words are one query."""
    text = _query_text(query)
    ask = Ask(query=text, mode=mode, scope=scope or "", sort=sort or "", limit=limit, cursor=cursor, strict=strict)
    try:
        found = Services(settings).reading(lambda library: answer(library, ask))
    except QuerySyntaxError as error:
        click.echo(_caret(text, error.span or (0, len(text))), err=True)
        raise
    data = answer_to_json(found)
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False))
    elif as_jsonl:
        for hit in data["hits"]:
            click.echo(json.dumps(hit, ensure_ascii=False))
    else:
        _print_results(found)
    if not found.page.total.documents:
        sys.exit(NOTHING_FOUND)


def _query_text(words: tuple[str, ...]) -> str:
    """Join the words of a query; one that looks like a long option is a slip, one with a single minus is part of the query."""
    for word in words:
        if word.startswith("--") and word[2:3].isascii() and word[2:3].isalpha():
            raise click.NoSuchOption(word)
    return " ".join(words)


def _caret(text: str, span: tuple[int, int]) -> str:
    """Draw the text and carets under a span of it; a wide character takes two columns."""

    def columns(part: str) -> int:
        return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in part)

    return f"  {text}\n  {' ' * columns(text[: span[0]])}{'^' * max(1, columns(text[span[0] : span[1]]))}"


def _print_results(found: Answer) -> None:
    last = 0
    for hit in found.page.hits:
        metadata = hit.document.metadata
        if hit.rank != last:
            last = hit.rank
            known = [*metadata.speaker, str(metadata.date) if metadata.date else "", metadata.place]
            click.echo(f"{click.style(metadata.title, bold=True)}  {' · '.join(filter(None, known))}")
        if not hit.text:
            click.echo(f"  {hit.document.id}@{hit.document.revision}")
            continue
        place = f"¶{hit.passage}" if hit.passage else f"removed {hit.source[0]}:{hit.source[1][0]}" if hit.source else ""
        snippet = snippet_of(hit)
        click.echo(f"  {hit.document.id}@{hit.document.revision}{place}  {_emphasised(snippet.text, snippet.spans)}")
    total = found.page.total
    more = f"; {total.removed} more places in removed text" if total.removed else ""
    click.echo(f"{total.documents} documents, {total.passages} passages, {total.occurrences} places{more}", err=True)
    for notice in found.parsed.notices:
        click.echo(f"note: {notice.message}", err=True)


def _emphasised(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        start = max(start, at)
        pieces += [text[at:start], click.style(text[start:end], fg="red", bold=True)]
        at = max(at, end)
    return "".join([*pieces, text[at:]])


@main.command()
@click.argument("reference")
@_json_option
@click.pass_obj
def show(settings: Settings, reference: str, as_json: bool) -> None:
    """Show a document or a passage: id, id@revision, id@revision¶12, …¶12-14."""
    services = Services(settings)
    wanted = parse_reference(reference)
    text = services.reading(lambda library: find_text(services, library, wanted.document, wanted.revision))
    numbers = list(range(1, len(text.passages) + 1))
    check_reference(text, wanted)
    if wanted.first is not None:
        numbers = list(range(wanted.first, (wanted.last or wanted.first) + 1))
    if as_json and text.is_current:
        record = document_to_json(text.document)
        click.echo(json.dumps({**record, "passages": passages_to_json(text.document, numbers)}, ensure_ascii=False))
    elif as_json:
        rows = [
            {"n": n, "block": text.blocks[n - 1].kind, "level": text.blocks[n - 1].level, "text": text.passages[n - 1]}
            for n in numbers
        ]
        record = document_to_json(text.document)
        click.echo(json.dumps({**record, "revision": text.revision, "passages": rows}, ensure_ascii=False))
    else:
        for number in numbers:
            click.echo(f"¶{number}\t{text.passages[number - 1]}")


@main.command()
@click.argument("reference")
@click.option("--style", type=click.Choice(tuple(STYLES)), help="One style; else all of them.")
@_json_option
@click.pass_obj
def cite(settings: Settings, reference: str, style: str | None, as_json: bool) -> None:
    """Cite a document or passages: id, id¶12, id@revision¶12-14."""
    services = Services(settings)
    wanted = parse_reference(reference)
    text = services.reading(lambda library: find_text(services, library, wanted.document, wanted.revision))
    citations = citations_of(services.archive, text, wanted, root="")
    chosen = {style: citations[style]} if style else citations
    if as_json:
        click.echo(json.dumps({"schema": 1, "citations": chosen}, ensure_ascii=False))
    else:
        for citation in chosen.values():
            click.echo(citation)


@main.command()
@_json_option
@click.pass_obj
def info(settings: Settings, as_json: bool) -> None:
    """Say what the archive and its index hold."""
    services = Services(settings)
    library = services.library()
    held = library.engine.info()
    facts = {
        "name": services.archive.settings.name,
        "release": services.archive.settings.release,
        "documents": held.documents,
        "characters": library.store.characters,
        "generation": library.generation.name,
        "built": library.generation.facts.get("built"),
        "engine": held.engine,
        "index_bytes": held.bytes,
        **{f"{name} version": value for name, value in fingerprint(services.archive).items() if name != "engine"},
    }
    if as_json:
        click.echo(json.dumps({"schema": 1, **facts}, ensure_ascii=False))
    else:
        for name, value in facts.items():
            click.echo(f"{name}: {value}")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@click.option("--mode", type=click.Choice(MODES), default="text", show_default=True, help="How letters and marks are compared.")
@click.pass_obj
def explain(settings: Settings, query: tuple[str, ...], mode: str) -> None:
    """Show how QUERY is read, and what the index is asked."""
    parsed = parse_query(_query_text(query))
    words = read_words(Services(settings).archive)
    click.echo(f"typed:      {parsed.text}")
    click.echo(f"understood: {format_query(parsed.tree)}")
    click.echo(f"tree:       {parsed.tree}")
    for leaf in iter_positive_leaves(parsed.tree):
        for text in strings_of(leaf):
            click.echo(f"words:      {' '.join(bare_words(text, mode, words)) or '(none)'}")
    for notice in parsed.notices:
        click.echo(f"note:       {notice.message}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the archive to browsers."""
    from waitress import create_server

    from web.app import create_app

    app = create_app(settings)
    app.extensions["yinde"].warm_up()
    try:
        server = create_server(app, host=host, port=port, threads=8, ident="yinde")
    except OSError as error:
        click.echo(f"yinde: cannot listen on {host} port {port}: {error.strerror or error}", err=True)
        other = port + 1 if port < 65535 else 8000
        click.echo(f"  choose another port: make serve PORT={other}, or yinde serve --port {other}", err=True)
        sys.exit(2)
    click.echo(f"Yinde serves http://{host}:{port}/ (stop with Ctrl-C)", err=True)
    server.run()  # returns when it is interrupted
    sys.exit(INTERRUPTED)


for command in (import_, edit_log, undo_, review_):
    main.add_command(command)


if __name__ == "__main__":
    main()
