"""Auditing a whole corpus: every fault in every file, and what a keeper would want to know. Source: plan.md 5 and 12."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.cleaning.wrapping import looks_wrapped
from archive.document import Document
from archive.edits import apply_edits
from archive.errors import InvalidMetadata, Problem, UserError, problem_of
from archive.front_matter import split_front_matter
from archive.quality import quality
from archive.sources import read_edits, read_raw
from archive.store import Archive, read_text

WHOLE = 0.9
"""Quality from which on a text is taken to be whole."""

_MOST_NAMED = 5
EXPECTED = ("date", "kind")
"""Fields without which a document can be neither cited nor filtered well."""


def check_archive(archive: Archive) -> tuple[Problem, ...]:
    """Check every corpus file and every source.

    Returns:
        Problems: those that keep a document out of the index first, then by file and line.
    """
    corpus = archive.load()
    problems = list(corpus.problems)
    for document in corpus.documents:
        file = corpus.files[document.id]
        try:
            problems += _check_document(document, file, archive)
        except UserError as error:
            problems.append(problem_of(error, archive.shown(file)))
    problems += _check_sources(archive)
    return tuple(sorted(problems, key=lambda problem: (not problem.fatal, str(problem.file), problem.line or 0)))


def _check_document(document: Document, file: Path, archive: Archive) -> Iterator[Problem]:
    shown = archive.shown(file)
    if split_front_matter(read_text(file))[0] is None:
        yield Problem(
            "front-matter-missing",
            "the file has no front matter: its id comes from its name, its title from its first line",
            shown,
            hint=f"begin it with: --- id: {document.id}, title: … ---, one field a line",
        )
    missing = [name for name in EXPECTED if not getattr(document.metadata, name)]
    if missing:
        yield Problem("metadata-missing", f"not stated: {', '.join(missing)}", shown, hint="add what is known to the front matter")
    if file.stem != document.id:
        yield Problem("id-differs", f"the file is named {file.stem!r}, its id is {document.id!r}", shown, hint="the id counts")
    yield from _check_damage(document, shown)
    if looks_wrapped(document.passages):
        yield Problem(
            "lines-wrapped",
            "lines look wrapped at a fixed width",
            shown,
            hint="move the file away and take it in with yinde import",
        )


def _check_damage(document: Document, shown: Path) -> Iterator[Problem]:
    """Say how damaged a text is, and where most."""
    found = quality(document.body)
    if found.figure >= WHOLE:
        return
    parts = {"little punctuation": found.punctuation, "lost characters": found.characters, "lost numbers": found.holes}
    what = min(parts, key=lambda part: parts[part])
    figures = sorted((quality(passage).figure, n) for n, passage in enumerate(document.passages, start=1))
    worst = ", ".join(f"¶{n} {figure:.2f}" for figure, n in figures[:_MOST_NAMED] if figure < WHOLE)
    message = f"the text is damaged: quality {found.figure:.2f}, {what}" + (f", most at {worst}" if worst else "")
    yield Problem("text-damaged", message, shown, hint="import a better copy with: yinde import --replace ID FILE")


def _check_sources(archive: Archive) -> Iterator[Problem]:
    folders = sorted(path for path in archive.sources.glob("[0-9a-f]*") if path.is_dir())
    for folder in folders:
        try:
            edits = read_edits(folder)
            for document in sorted({edit.document for edit in edits}):
                apply_edits(read_raw(folder), read_edits(folder, document=document))
        except (InvalidMetadata, ValueError) as error:
            yield Problem("source-damaged", str(error), archive.shown(folder), hint="restore the folder from a backup or from git")
