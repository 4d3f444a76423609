"""Describing a document: every reader in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.describing.days import read_dates, with_years
from archive.describing.front import ARTICLE, front_of
from archive.describing.genres import kind_of_title, read_kinds
from archive.describing.history import read_history
from archive.describing.labelled import find_labelled
from archive.describing.lines import Lines, lines_of
from archive.describing.localities import read_places
from archive.describing.occasions import read_occasions
from archive.describing.organs import read_organs
from archive.describing.people import read_speakers
from archive.describing.publication import read_publication
from archive.describing.reading import Reading
from archive.describing.titles import find_titles, read_titles, without_site
from archive.describing.vocabulary import reader
from archive.evidence import Evidence
from archive.folding import fold
from archive.script import LANGUAGE_TAGS, script_of

_WHOLE_SOURCE = ("published.", "captured.")
"""Families of what markup says that hold for every document of a source; the rest speaks of the first."""


def describe(reading: Reading, known: Sequence[Evidence] = (), *, first: bool = True) -> tuple[Evidence, ...]:
    """Read what a document says about itself.

    Args:
        reading: The document.
        known: What the importer knows from markup; it is given back with the rest.
        first: Whether it is the first document of its source, of which markup speaks.

    Returns:
        All readings, chosen or not, without repetitions; spans count the raw text.
    """
    found = [*_known(known, first=first), *_read(reading)]
    return tuple(dict.fromkeys([*found, *with_years(found)]))


def _known(known: Sequence[Evidence], *, first: bool) -> Iterator[Evidence]:
    for each in known:
        if first or each.field.startswith(_WHOLE_SOURCE):
            yield each
            shorter = without_site(each.value) if each.field == "title" else None
            if shorter:
                confidence = max(min(1.0, each.confidence + 0.01), reader("title.site").confidence)
                yield replace(each, value=shorter, rule="title.site", confidence=confidence)


def _read(reading: Reading) -> Iterator[Evidence]:
    lines = lines_of(reading)
    if not lines.head:
        return
    front = front_of(lines)
    labelled = find_labelled(lines)
    title_lines = find_titles(front, lines)
    titles = list(read_titles(front, title_lines, labelled))
    history = read_history(front)
    folded_titles = [(title, fold(title.value)) for title in titles]
    best = max(folded_titles, key=lambda title: title[0].confidence, default=None)
    named = kind_of_title(best[1]) if best else None
    is_law = named is not None and named[0] == "law"
    if named is not None and named[0] not in ("law", "other"):
        history = None
    speakers = list(read_speakers(front, lines, labelled, title_lines, kind=named[0] if named else ""))
    offices = [(line, office) for _, line, office in speakers if office]
    events = list(read_occasions(front, title_lines, labelled, is_law=is_law))
    organs = list(read_organs(front, lines, labelled, title_lines, history=history, events=events, offices=offices))
    signers = [fold(organ.value) for organ, _ in organs if organ.rule in ("organ.title", "organ.label")]
    yield from titles
    yield from (speaker for speaker, _, _ in speakers)
    yield from (organ for organ, _ in organs)
    yield from read_dates(front, lines, labelled, title_lines, history=history, organs=signers)
    yield from (event for event, _ in events)
    yield from read_places(
        front, lines, labelled, title_lines, history=history, events=events, organs=organs, offices=offices, is_law=is_law
    )
    has_articles = any(ARTICLE.match(line.folded) for line in front.text[:3])
    yield from read_kinds(front, lines, labelled, folded_titles, history=history if is_law or has_articles else None)
    yield from read_publication(front, lines, labelled)
    yield from _language(reading, lines)


def _language(reading: Reading, lines: Lines) -> Iterator[Evidence]:
    """Tell the script of a document by its head; mixed scripts make no language."""
    tag = LANGUAGE_TAGS[script_of(reading.body[:20_000])]
    if tag != "zh":
        yield lines.head[0].found("language.script", 0, len(lines.head[0].folded), value=tag)
