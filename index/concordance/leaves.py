"""Where a leaf of the query tree stands in the whole archive.

Strings are found by arrays alone. Gaps, neighbourhoods and near forms are proposed by arrays and decided, text by text, by
`index.matching`, which stays the definition of all: a property test holds both against brute force.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import pairwise

import numpy as np

from index.concordance.concordance import Concordance, is_plain
from index.concordance.spans import NO_SPANS, Places, Spans, apart, free_of, union
from index.matching import PassageForms, bare_words, find_spans, needle
from index.query import Bare, Exact, Fuzzy, Gap, Near, TextLeaf


def is_simple(leaf: TextLeaf, mode: str) -> bool:
    """Whether every span of a leaf begins and ends at characters that folding keeps, so that the stream can say where it is."""
    if isinstance(leaf, Near):
        return all(is_simple(part, mode) for part in leaf.parts)
    if mode != "letters" and not (isinstance(leaf, Exact) and leaf.letters):
        return True
    match leaf:
        case Exact(text, _, not_before, not_after):
            return all(map(is_plain, (text, *not_before, *not_after)))
        case Bare(text):
            return is_plain(text)
        case Gap(pieces):
            return all(map(is_plain, pieces))
        case _:
            return False


class Leaves:
    """Finds the leaves of one question; what was found once is kept.

    Attributes:
        concordance: Where it looks.
        mode: text, loose or letters.
        words: The archive's own words.
    """

    def __init__(self, concordance: Concordance, mode: str, words: tuple[str, ...]) -> None:
        self.concordance = concordance
        self.mode = mode
        self.words = words
        self._leaves: dict[TextLeaf, Spans] = {}

    def spans(self, leaf: TextLeaf) -> Spans:
        """Find the spans that `index.matching.find_spans` finds in all texts, removed pieces too; the leaf must be simple."""
        if leaf not in self._leaves:
            self._leaves[leaf] = self._find(leaf)
        return self._leaves[leaf]

    def string(self, text: str, mode: str | None = None) -> Spans:
        """Find every place of a string, overlapping ones too."""
        return self.concordance.spans(needle(text, mode or self.mode), mode or self.mode)

    def form(self, form: str) -> Spans:
        """Find every place of a string that is in the form of the mode already."""
        return self.concordance.spans(form, self.mode)

    def _find(self, leaf: TextLeaf) -> Spans:
        match leaf:
            case Exact():
                found = self._exact(leaf)
                return found.where(apart(found.starts, found.ends))
            case Bare(text):
                return self._bare(text)
            case Gap(pieces):
                return self._decide(leaf, self._texts_with((piece, self.mode) for piece in pieces))
            case Near(parts):
                return self._decide(leaf, self._texts_with((part.text, "letters" if part.letters else self.mode) for part in parts))
            case Fuzzy(text, errors):
                return self._decide(leaf, self._texts_near(text, errors))

    # -- strings ---------------------------------------------------------------------------------------------------

    def _exact(self, leaf: Exact) -> Spans:
        """Find every place of an exact string that stands in none of the excluded neighbourhoods."""
        mode = "letters" if leaf.letters else self.mode
        found = self.string(leaf.text, mode)
        for other in leaf.not_before:
            if len(found) and needle(other, mode):
                starts, _ = self._joined(leaf.text, other, mode)
                found = found.where(~np.isin(found.starts, starts))
        for other in leaf.not_after:
            if len(found) and needle(other, mode):
                _, ends = self._joined(other, leaf.text, mode)
                found = found.where(~np.isin(found.ends, ends))
        return found

    def _joined(self, left: str, right: str, mode: str) -> tuple[Places, Places]:
        """Find every place of two strings, one behind the other."""
        return self.concordance.find_form(needle(left, mode) + needle(right, mode), mode)

    def _bare(self, text: str) -> Spans:
        """Find the whole string, and its words, longest first, in the texts where it does not stand."""
        whole = self.string(text)
        whole = whole.where(apart(whole.starts, whole.ends))
        words = bare_words(text, self.mode, self.words)
        if words == (needle(text, self.mode),):
            return whole
        has_whole = np.zeros(len(self.concordance.starts) - 1, dtype=bool)
        has_whole[whole.texts] = True
        taken = NO_SPANS
        for word in words:
            found = self.form(word)
            found = found.where(apart(found.starts, found.ends))
            found = found.where(~has_whole[found.texts])
            taken = union([taken, found.where(free_of(found.starts, found.ends, taken))])
        return union([whole, taken])

    # -- leaves that are proposed, then decided ----------------------------------------------------------------------

    def _texts_with(self, strings: Iterable[tuple[str, str]]) -> Places:
        """List the texts in which all of some strings stand, each given with its mode."""
        return reduce(np.intersect1d, (np.unique(self.string(text, mode).texts) for text, mode in strings))

    def _texts_near(self, text: str, errors: int) -> Places:
        """List the texts that hold one of `errors + 1` pieces of a string: each error spoils one piece at most."""
        string = needle(text, self.mode)
        if len(string) <= errors:
            return NO_SPANS.texts
        edges = [len(string) * piece // (errors + 1) for piece in range(errors + 2)]
        return reduce(np.union1d, (self.form(string[left:right]).texts for left, right in pairwise(edges)))

    def _decide(self, leaf: TextLeaf, texts: Places) -> Spans:
        """Let `index.matching` find a leaf in some texts."""
        store = self.concordance.store
        starts: list[Places] = []
        ends: list[Places] = []
        for text in texts.tolist():
            found = find_spans(leaf, PassageForms(store.read_texts(text, text + 1)[0]), mode=self.mode, words=self.words)
            offsets = np.array(found, dtype=np.int64).reshape(-1, 2)
            starts.append(store.places_in_text(text, offsets[:, 0]))
            ends.append(store.places_in_text(text, offsets[:, 1] - 1) + 1)
        if not starts:
            return NO_SPANS
        return Spans(np.concatenate(starts), np.concatenate(ends), np.repeat(texts, [len(part) for part in starts]))
