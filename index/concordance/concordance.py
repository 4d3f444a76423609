"""Concordance: every place of any literal string, in each mode.

The list of the rarest pair of neighbouring letters is read, and each of its places is compared with the stream, which decides.
Places are indices into the stream, 0-based; what a string covers is a half-open range of it.

Always: the places are those that brute force over the folded texts finds.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.folding import fold, fold_with_offsets
from archive.text_store import CheckedFolder, TextStore
from index.concordance import columns, postings, words
from index.concordance.letters import MOST_PAIRED, Letters
from index.concordance.postings import Postings
from index.concordance.spans import Spans
from index.matching import needle

FILES = (*postings.FILES, *words.FILES, *columns.FILES)

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NONE: Places = np.zeros(0, dtype=np.int64)
MOST_KEPT = 500_000
"""Places of strings that are kept between searches; 24 bytes each."""

_STEPS = 16
"""Marks that are stepped over all places at once; longer runs are skipped place by place."""


class Concordance:
    """A finished concordance over its text store; any number of threads may use it.

    Attributes:
        store: The texts.
        letters: Their folded alphabet.
        words: Where words begin.
        columns: What the documents state.
    """

    def __init__(self, folder: Path, store: TextStore) -> None:
        """Open a concordance.

        Raises:
            FileNotFoundError: A file of it is missing.
            StorageFailed: A file is not what was written.
        """
        self.store = store
        self._files = CheckedFolder(folder)
        self.columns = columns.Columns(self._files)
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], Spans] = OrderedDict()
        self._kept_places = 0

    @cached_property
    def letters(self) -> Letters:
        """The folded alphabet."""
        return Letters(self.store)

    @cached_property
    def words(self) -> words.WordBounds:
        """Where words begin."""
        return words.WordBounds(self._files)

    @cached_property
    def pairs(self) -> Postings:
        """Places of neighbouring letters."""
        return Postings(self._files, len(self.store.stream))

    @cached_property
    def starts(self) -> npt.NDArray[np.uint32]:
        """Start of each text in the stream, one more at the end."""
        return self.store.texts.whole()

    @cached_property
    def document_of(self) -> npt.NDArray[np.int64]:
        """The document of each text."""
        edges = self.store.document_texts[:, 0]
        return np.repeat(np.arange(len(edges) - 1), np.diff(edges))

    @cached_property
    def is_removed(self) -> Mask:
        """Whether each text is a removed piece."""
        rows = self.store.document_texts
        change = np.zeros(len(self.starts), dtype=np.int8)
        np.add.at(change, rows[:-1, 1], 1)
        np.add.at(change, rows[1:, 0], -1)
        removed: Mask = np.cumsum(change)[:-1] > 0
        return removed

    @cached_property
    def has_removed(self) -> bool:
        """Whether there is any removed piece."""
        return bool(self.is_removed.any())

    def verify(self) -> None:
        """Read everything.

        Raises:
            StorageFailed: Something is not what was written; the file is named.
        """
        self._files.verify()

    def text_of(self, places: Places) -> Places:
        """Give the text in which each place stands."""
        return self.starts.searchsorted(places.astype(np.uint32), side="right") - 1

    # -- strings ---------------------------------------------------------------------------------------------------

    def spans(self, form: str, mode: str) -> Spans:
        """Find every place of a string in the form of a mode (`find_form`); what was found lately is kept."""
        key = form, mode
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        starts, ends = self.find_form(form, mode)
        found = Spans(starts, ends, self.text_of(starts))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = found
                self._kept_places += len(found)
                while self._kept_places > MOST_KEPT and len(self._kept) > 1:
                    _, dropped = self._kept.popitem(last=False)
                    self._kept_places -= len(dropped)
        return found

    def places(self, folded: str) -> Places:
        """Find where every place of a folded string begins; of what was found lately if it is there."""
        with self._lock:
            kept = self._kept.get((folded, "text"))
        return kept.starts if kept is not None else self.find_form(folded, "text")[0]

    def find(self, text: str, mode: str) -> tuple[Places, Places]:
        """Find every place of a string, overlapping ones too.

        Args:
            text: As typed; in mode `letters` none of its characters may be one that folding drops (`is_plain`).
            mode: text, loose or letters.

        Returns:
            Starts, rising, and ends.
        """
        return self.find_form(needle(text, mode), mode)

    def find_form(self, form: str, mode: str) -> tuple[Places, Places]:
        """Find every place of a string that is in the form of a mode already, as `index.matching.needle` gives it."""
        wanted = self.letters.numbers(fold(form) if mode == "letters" else form)
        if not wanted:
            return NONE, NONE
        if mode == "loose" and len(wanted) > 1:
            return self._find_loose(wanted)
        starts = self._as_typed(self.places(fold(form)), form) if mode == "letters" else self._find(wanted)
        return starts, starts + len(wanted)

    def _find(self, wanted: Sequence[int]) -> Places:
        if len(wanted) == 1:
            return self._find_letter(wanted[0])
        numbers = self._paired(wanted)
        lists = [self.pairs.find(first, second) for first, second in pairwise(numbers)]
        if -1 in lists:
            return NONE
        rarest = min(range(len(lists)), key=lambda at: self.pairs.count(lists[at]))
        starts = self.pairs.read(numbers[rarest], lists[rarest]) - rarest
        if len(wanted) > 2 or MOST_PAIRED - 1 in numbers:
            starts = self._inside(starts, len(wanted))
            for at, letter in enumerate(wanted):
                if at not in (rarest, rarest + 1) or numbers[at] == MOST_PAIRED - 1:
                    starts = starts[self.letters.of(self.store.stream.take(starts + at)) == letter]
        return starts

    def _find_letter(self, letter: int) -> Places:
        (number,) = self._paired((letter,))
        places = self.pairs.read_first(number)
        return places if number == letter else places[self.letters.of(self.store.stream.take(places)) == letter]

    def _paired(self, wanted: Sequence[int]) -> list[int]:
        return self.letters.paired(np.array(wanted)).tolist() if len(self.letters) > MOST_PAIRED else list(wanted)

    def _inside(self, starts: Places, length: int) -> Places:
        """Keep the starts of ranges that lie in one text."""
        starts = starts[(starts >= 0) & (starts + length <= len(self.store.stream))]
        return starts[self.starts[self.text_of(starts) + 1] >= starts + length]

    def _as_typed(self, starts: Places, text: str) -> Places:
        """Keep the places where the letters are those typed and nothing dropped stands between them."""
        symbols = self.letters.symbols(text)
        if symbols is None:
            return NONE
        for at, symbol in enumerate(symbols):
            starts = starts[self.store.stream.take(starts + at) == symbol]
        if len(symbols) > 1 and len(self.store.dropped_at):
            starts = starts[~self.has_dropped(starts, starts + len(symbols))]
        return starts

    def has_dropped(self, starts: Places, ends: Places) -> Mask:
        """Tell which ranges of the stream, each in one text, have a dropped character between two of theirs."""
        dropped = self.store.dropped_at.whole()
        first = dropped.searchsorted(starts.astype(np.uint32), side="right")
        mask: Mask = first < dropped.searchsorted((ends - 1).astype(np.uint32), side="right")
        return mask

    # -- mode loose ------------------------------------------------------------------------------------------------

    def _find_loose(self, wanted: Sequence[int]) -> tuple[Places, Places]:
        numbers = self._paired(wanted)
        links = [self._linked(*both) for both in pairwise(numbers)]
        rarest = min(range(len(links)), key=lambda at: sum(map(self.pairs.count, links[at])))
        lists = [self.pairs.read(numbers[rarest], number) for number in links[rarest]]
        here = start = np.sort(np.concatenate(lists)) if lists else NONE
        if numbers[rarest] != wanted[rarest]:
            here = start = here[self.letters.of(self.store.stream.take(here)) == wanted[rarest]]
        for letter in reversed(wanted[:rarest]):
            start, kept = self._step(start, -1, letter)
            here = here[kept]
        end = here
        for letter in wanted[rarest + 1 :]:
            end, kept = self._step(end, 1, letter)
            start = start[kept]
        return start, end + 1

    def _linked(self, first: int, second: int) -> list[int]:
        """List the lists of pairs that begin with a letter and go on with another one, or with a mark that may lead to it."""
        seconds, _ = self.pairs.seconds(first)
        chosen = seconds[(seconds == second) | self.letters.may_be_mark[seconds]]
        return [self.pairs.find(first, number) for number in chosen.tolist()]

    def _step(self, places: Places, way: int, letter: int) -> tuple[Places, Places]:
        """Go from some places to the next letter that is no mark, in the same text.

        Returns:
            Where a letter stands there, and the indices of the places from which it was reached.
        """
        texts = self.text_of(places)
        first, last = self.starts[texts].astype(np.int64), self.starts[texts + 1].astype(np.int64) - 1
        at, open_ = places + way, np.arange(len(places))
        open_ = open_[(at >= first) & (at <= last)]
        reached = np.zeros(len(places), dtype=bool)
        for _ in range(_STEPS):
            letters = self.letters.of(self.store.stream.take(at[open_]))
            reached[open_[letters == letter]] = True
            open_ = open_[self.letters.is_mark[letters]]
            at[open_] += way
            open_ = open_[(at[open_] >= first[open_]) & (at[open_] <= last[open_])]
            if not len(open_):
                break
        for number in open_.tolist():
            here, stop = int(at[number]), int(last[number] + 1 if way > 0 else first[number])
            rest = self.store.stream.slice(here, stop) if way > 0 else self.store.stream.slice(stop, here + 1)[::-1]
            others = np.flatnonzero(~self.letters.is_mark[self.letters.of(rest)])
            if len(others):
                at[number] = here + way * int(others[0])
                reached[number] = self.letters.of(rest[others[:1]])[0] == letter
        kept = np.flatnonzero(reached)
        return at[kept], kept


def is_plain(text: str) -> bool:
    """Whether folding drops no character of a string, so that the stream holds it whole wherever it stands."""
    return len(fold_with_offsets(text).folded) == len(text)
