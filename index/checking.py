"""Proving that the index is the text: every byte as written, every text as in the corpus, every pair of letters where it stands.

The scan shares no code with what builds or reads the index but the reading of files and the coding of lists: it folds each text by
`archive.folding`, letter by letter, and asks for each place of the stream whether the index lists it, once, under the pair that
stands there. Source: plan.md 12.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from archive.document import split_passages
from archive.errors import Problem, StorageFailed, UserError, problem_of
from archive.folding import fold
from archive.revisions import read_revision
from archive.store import Archive
from index.concordance.building import open_beside
from index.concordance.concordance import Concordance
from index.concordance.letters import MOST_PAIRED
from index.evaluation import facts_of
from index.opening import open_library

Pairs = npt.NDArray[np.uint16]

_BLOCK = 1 << 20


def check_index(archive: Archive) -> Iterator[Problem]:
    """Check the current generation.

    Yields:
        What differs; nothing if the index is the text.

    Raises:
        IndexMissing: There is none.
        IndexOutdated: It was built by other versions.
        IndexDamaged: It cannot be opened.
    """
    library = open_library(archive)
    folder = archive.derived / "index" / library.generation.name
    try:
        concordance = open_beside(folder)
        concordance.store.verify()
        concordance.verify()
    except StorageFailed as error:
        yield problem_of(error, folder.relative_to(archive.folder))
        return
    shown = folder.relative_to(archive.folder)
    for message in (*_texts(archive, concordance), *_letters(concordance), *_places(concordance), *_columns(concordance)):
        yield Problem("index-damaged", message, shown, hint="yinde reindex --full", fatal=True)


def _texts(archive: Archive, concordance: Concordance) -> Iterator[str]:
    """Compare the texts of the store with the revisions that they were made of."""
    for document in concordance.store:
        try:
            body = read_revision(archive.revisions, document.id, document.revision)
        except UserError as error:
            yield error.message
            continue
        if split_passages(body) != document.passages:
            yield f"the text of {document.id}@{document.revision} is not that of its revision"


def _letters(concordance: Concordance) -> Iterator[str]:
    """Compare the folded stream with the fold of each text."""
    store, letters = concordance.store, concordance.letters
    starts = concordance.starts
    for number in range(len(starts) - 1):
        stream = letters.code_points[letters.of(store.stream.slice(int(starts[number]), int(starts[number + 1])))]
        if stream.astype("<u4").tobytes() != fold(store.read_texts(number, number + 1)[0]).encode("utf-32-le"):
            yield f"text {number} is not folded as it should be"


def _places(concordance: Concordance) -> Iterator[str]:
    """Compare the lists of places with a scan of the stream."""
    first, second_letters = _scan(concordance)
    listed = np.zeros(len(first), dtype=bool)
    for letter in range(concordance.letters.end):
        seconds, counts, places = concordance.pairs.read_lists(letter)
        inside = places[places < len(listed)]
        twice = len(np.unique(places)) < len(places) or listed[inside].any()
        listed[inside] = True
        if len(inside) < len(places) or twice:
            yield f"letter {letter} is listed where it cannot stand, or twice"
        elif (first[places] != letter).any() or (second_letters[places] != np.repeat(seconds, counts)).any():
            yield f"letter {letter} is listed where another pair stands"
    if not listed.all():
        yield f"{np.count_nonzero(~listed)} of {len(listed)} places are in no list"


def _scan(concordance: Concordance) -> tuple[Pairs, Pairs]:
    """Give the pair of letters at every place, four bytes a character."""
    letters = concordance.letters
    first = np.empty(len(concordance.store.stream), dtype=np.uint16)
    for start in range(0, len(first), _BLOCK):
        symbols = concordance.store.stream.slice(start, min(start + _BLOCK, len(first)))
        first[start : start + _BLOCK] = np.minimum(letters.of(symbols), MOST_PAIRED - 1)
    second = np.append(first[1:], np.uint16(0))
    starts = concordance.starts.astype(np.int64)
    ends = starts[1:][starts[1:] > starts[:-1]]
    second[ends - 1] = letters.end
    return first, second


def _columns(concordance: Concordance) -> Iterator[str]:
    """Compare what the columns say of each document with its record."""
    for ordinal, document in enumerate(concordance.store):
        facts = facts_of(document)
        for name, values in concordance.columns.values_of(ordinal).items():
            if values != tuple(dict.fromkeys(facts.values.get(name, ()))):
                yield f"{document.id}: the index says {name} {values}, the document {facts.values.get(name, ())}"
        if document.id != concordance.store.ids[ordinal]:
            yield f"document {ordinal} is {document.id}, not {concordance.store.ids[ordinal]}"
