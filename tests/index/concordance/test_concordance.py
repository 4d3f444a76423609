"""The concordance finds every place of every string, as brute force over the referee's views of the passages does."""

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.document import Document
from archive.text_store import TextStore, write_text_store
from index.concordance import letters, sorting
from index.concordance.building import build_concordance
from index.concordance.concordance import Concordance, is_plain
from index.matching import MODES
from index.workers import Workers, working
from tests import oracle
from tests.reference_engine import every_place
from tests.strategies import corpora, joined, make_document, nasty_texts


def build(documents: Sequence[Document], workers: Workers | None = None) -> Concordance:
    """Build store and concordance in new folders and open them."""
    folder = Path(tempfile.mkdtemp())
    for part in ("text", "index"):
        (folder / part).mkdir()
    write_text_store(folder / "text", documents)
    store = TextStore(folder / "text")
    build_concordance(folder / "index", store, (), workers or Workers())
    sorting.opened.cache_clear()
    return Concordance(folder / "index", store)


def texts_of(concordance: Concordance) -> list[str]:
    return [text for document in concordance.store for text in (*document.passages, *(each.text for each in document.removed))]


def found(concordance: Concordance, string: str, mode: str) -> list[tuple[int, int, int]]:
    """List text, start and end, in code points of the text, of every place of a string."""
    starts, ends = concordance.find(string, mode)
    assert (np.diff(starts) > 0).all()
    texts = concordance.text_of(starts)
    spans = []
    for text, start, end in zip(texts.tolist(), starts, ends, strict=True):
        left, right = concordance.store.offsets(np.array([text, text]), np.array([start, end - 1])).tolist()
        spans.append((text, left, right + 1))
    return spans


def expected(texts: Sequence[str], string: str, mode: str) -> list[tuple[int, int, int]]:
    spans = []
    for number, text in enumerate(texts):
        seen = oracle.view(text, mode)
        for start, end in every_place(oracle.needle(string, mode), seen.characters):
            spans.append((number, seen.offsets[start], seen.offsets[end - 1] + 1))
    return spans


strings = st.one_of(joined(max_size=4), nasty_texts)


@settings(max_examples=300)
@given(st.lists(strings, min_size=1, max_size=8).flatmap(lambda asked: st.tuples(corpora(strings=[*asked, "改"]), st.just(asked))))
def test_every_place_of_every_string_is_found(given_: tuple[list[Document], list[str]]) -> None:
    documents, asked = given_
    concordance = build(documents)
    texts = texts_of(concordance)
    parts = [text[start : start + size] for text in texts[:6] for start in range(0, len(text), 3) for size in (1, 2, 5)]
    for string in {*asked, *parts}:
        for mode in MODES:
            if mode != "letters" or is_plain(string):
                assert found(concordance, string, mode) == expected(texts, string, mode), (string, mode)


def test_every_string_of_small_chunks_is_found() -> None:
    chance = random.Random(5)
    documents = [
        make_document(f"d-{n:02}", *("".join(chance.choices("改革开放，。a 的", k=chance.randint(1, 60))) + "。" for _ in range(4)))
        for n in range(12)
    ]
    concordance = build(documents, Workers(chunk=40))
    texts = texts_of(concordance)
    for _ in range(300):
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        string = text[at : at + chance.randint(1, 5)]
        for mode in MODES:
            if mode != "letters" or is_plain(string):
                assert found(concordance, string, mode) == expected(texts, string, mode), (string, mode)


def test_long_runs_of_marks_are_stepped_over_in_mode_loose() -> None:
    concordance = build([make_document("a", "改" + "—" * 500 + "革" + "…" * 40 + "开", "革" + "—" * 70, "改" + "—" * 30 + "。革")])
    assert found(concordance, "改革开", "loose") == [(0, 0, 543)]
    assert found(concordance, "改革", "loose") == [(0, 0, 502)]


def test_more_letters_than_pairs_can_tell_apart_are_still_told_apart() -> None:
    many = "".join(map(chr, [*range(0x20000, 0x2A6D0), *range(0x30000, 0x3134A), *range(0xE000, 0xF800), *range(0xAC00, 0xD7A4)]))
    many += "".join(map(chr, range(0xF0000, 0xF0000 + 9000)))
    marked = f"{many[5]}\U0001f600、{many[-1]}"
    concordance = build([make_document("a", many, many[-3:] + many[-9:-6], marked)])
    assert len(concordance.letters) > letters.MOST_PAIRED
    texts = texts_of(concordance)
    for string in (many[:2], many[-2:], many[-1], many[-3:], many[-9:-6], many[-5:-1], many[40_000:40_003], many[5] + many[-1]):
        for mode in MODES:
            assert found(concordance, string, mode) == expected(texts, string, mode), string


def test_workers_write_what_one_process_writes(shared: Path) -> None:
    files = sorted((shared / "corpora").glob("*/*.txt"))[:40]
    documents = [
        make_document(f"d-{number:02}", *filter(str.strip, file.read_text("utf-8").splitlines()))
        for number, file in enumerate(files)
        if file.parent.name != "test_data"
    ]
    alone = build(documents)
    with working(2) as workers:
        together = build(documents, workers)
    for file in sorted(alone._files.folder.iterdir()):
        assert file.read_bytes() == (together._files.folder / file.name).read_bytes(), file.name
