"""ReferenceEngine: the obvious slow engine, by which the others are judged.

It reads every passage of every document for every query and follows the wording of plan.md 8 to 10 with plain loops. It shares no
matcher and no assembly with the product: folding and views come from `tests.oracle`, the rest is written here a second time. Only
the words of bare text come from the product's segmenter, which is one function for all engines by plan.

A *place* is a half-open range of the characters that a mode compares (`View.characters`); a *span* is one of the original passage.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.document import Block
from archive.text_store import StoredDocument
from index.analysis.segmenter import word_cutter
from index.engine import FACETS, Hit, IndexInfo, Progress, ResultsPage, SearchRequest, Total
from index.query import (
    AllOf,
    AnyOf,
    Bare,
    DateRange,
    Exact,
    Field,
    Fuzzy,
    Gap,
    Near,
    Nothing,
    Query,
    TextLeaf,
    Without,
)
from tests.oracle import BARRIER, Span, View, fold, fold_character, fold_with_offsets, needle, view

FREE_TEXT = ("title", "speaker", "organ", "place", "event")
"""Fields of which a part is enough."""

MOST_VALUES = 200
MOST_FORMS = 50

# ------------------------------------------------------------------------------------- a string in a passage


def every_place(string: str, characters: str) -> list[Span]:
    """Find every place of a string, overlapping ones too; none of the empty string."""
    size = len(string)
    return [(at, at + size) for at in range(len(characters) - size + 1) if size and characters[at : at + size] == string]


def from_the_left(places: Iterable[Span]) -> list[Span]:
    """Take places from the left, leaving out each that overlaps one taken before."""
    taken: list[Span] = []
    for start, end in sorted(places):
        if all(end <= left or right <= start for left, right in taken):
            taken.append((start, end))
    return taken


def crosses(characters: str, mode: str) -> bool:
    """Whether some characters reach over a sentence end, which only mode `loose` forbids."""
    return mode == "loose" and BARRIER in characters


def edit_distance(left: str, right: str) -> int:
    """Count the characters wrong, missing or extra: Levenshtein's distance, row by row."""
    row = list(range(len(right) + 1))
    for above, char in enumerate(left, 1):
        last, row = row, [above]
        for at, other in enumerate(right):
            row.append(min(last[at] + (char != other), last[at + 1] + 1, row[at] + 1))
    return row[-1]


# ------------------------------------------------------------------------------------------------- the leaves


def find(leaf: TextLeaf, passage: str, mode: str = "text", words: tuple[str, ...] = ()) -> list[Span]:
    """Find the spans of a leaf in a passage, sorted.

    Args:
        leaf: What is looked for.
        passage: The original passage.
        mode: text, loose or letters.
        words: The archive's own words, for bare text.
    """
    if isinstance(leaf, Near):
        return near_spans(leaf, passage, mode)
    if isinstance(leaf, Exact):
        return from_the_left(exact_spans(leaf, passage, mode))
    seen = view(passage, mode)
    if isinstance(leaf, Bare):
        places = bare_places(leaf.text, seen.characters, mode, words)
    elif isinstance(leaf, Gap):
        places = gap_places(leaf, seen.characters, mode)
    else:
        places = fuzzy_places(needle(leaf.text, mode), leaf.errors, seen.characters, mode)
    return sorted(to_span(seen, place) for place in places)


def to_span(seen: View, place: Span) -> Span:
    """Give the range of the original passage, from the first character of a place to its last."""
    return seen.offsets[place[0]], seen.offsets[place[1] - 1] + 1


def exact_spans(leaf: Exact, passage: str, mode: str) -> list[Span]:
    """Find every span of an exact string, overlapping ones too, that stands in none of the excluded neighbourhoods."""
    if leaf.letters:
        mode = "letters"
    seen = view(passage, mode)
    found = []
    for start, end in every_place(needle(leaf.text, mode), seen.characters):
        behind, before = seen.characters[end:], seen.characters[:start]
        followed = any(behind.startswith(other) for other in (needle(text, mode) for text in leaf.not_before) if other)
        preceded = any(before.endswith(other) for other in (needle(text, mode) for text in leaf.not_after) if other)
        if not followed and not preceded:
            found.append(to_span(seen, (start, end)))
    return found


def bare_words(text: str, mode: str, words: tuple[str, ...] = ()) -> list[str]:
    """Give the words of bare text as a mode compares them, longest first; those of equal length as they come.

    Mode `letters` wants each as it was typed: the stretch of the text that folds to it.
    """
    folded = View(*fold_with_offsets(text))
    found, at = [], 0
    for word in word_cutter(words)(folded.characters):
        if len(word) > 1 and any(char.isalnum() for char in word):
            start, end = to_span(folded, (at, at + len(word)))
            found.append(text[start:end] if mode == "letters" else needle(word, mode))
        at += len(word)
    return sorted(dict.fromkeys(found), key=len, reverse=True)


def bare_places(text: str, characters: str, mode: str, words: tuple[str, ...]) -> list[Span]:
    """Find the places of the whole string, else of its words: longer words first, none over another."""
    whole = from_the_left(every_place(needle(text, mode), characters))
    if whole:
        return whole
    taken: list[Span] = []
    for word in bare_words(text, mode, words):
        for start, end in from_the_left(every_place(word, characters)):
            if all(end <= left or right <= start for left, right in taken):
                taken.append((start, end))
    return taken


def gap_places(leaf: Gap, characters: str, mode: str) -> list[Span]:
    """Find pieces in their order, from the left, each gap as short as it can be; no gap reaches over a sentence end."""
    pieces = [needle(piece, mode) for piece in leaf.pieces]
    if not all(pieces):
        return []
    taken: list[Span] = []
    for start, end in every_place(pieces[0], characters):
        last = gap_end(pieces[1:], leaf.gaps, characters, end, mode)
        if last is not None and (not taken or start >= taken[-1][1]):
            taken.append((start, last))
    return taken


def gap_end(pieces: Sequence[str], gaps: Sequence[Span], characters: str, at: int, mode: str) -> int | None:
    """Find where the last piece ends if the pieces follow from `at` on; None if they do not."""
    if not pieces:
        return at
    least, most = gaps[0]
    for width in range(least, most + 1):
        start = at + width
        if crosses(characters[at:start], mode):
            return None
        if characters[start : start + len(pieces[0])] == pieces[0]:
            last = gap_end(pieces[1:], gaps[1:], characters, start + len(pieces[0]), mode)
            if last is not None:
                return last
    return None


def fuzzy_places(string: str, errors: int, characters: str, mode: str) -> list[Span]:
    """Measure every range; take the nearest first, then the leftmost, then the one nearest in length, none over another."""
    size = len(string)
    if size <= errors:
        return []
    near = []
    for start in range(len(characters)):
        for end in range(start + max(1, size - errors), min(start + size + errors, len(characters)) + 1):
            distance = edit_distance(string, characters[start:end])
            if distance <= errors and not crosses(characters[start:end], mode):
                near.append((distance, start, abs(end - start - size), end))
    taken: list[Span] = []
    for _, start, _, end in sorted(near):
        if all(end <= left or right <= start for left, right in taken):
            taken.append((start, end))
    return taken


def near_spans(leaf: Near, passage: str, mode: str) -> list[Span]:
    """Try every chain of one span for each part; what stands in a complete chain is found."""
    seen = view(passage, mode)
    parts = [exact_spans(part, passage, mode) for part in leaf.parts]
    found: list[set[Span]] = [set() for _ in parts]

    def between(left: Span, right: Span) -> int | None:
        """Count compared characters between two spans; None if the right one does not stand behind the left one."""
        return sum(left[1] <= offset < right[0] for offset in seen.offsets) if left[1] <= right[0] else None

    def linked(index: int, here: Span, there: Span) -> bool:
        link = leaf.links[index]
        widths = [between(here, there)] if link.ordered else [between(here, there), between(there, here)]
        return any(width is not None and width <= link.distance for width in widths)

    def grow(chain: list[Span]) -> None:
        if len(chain) == len(parts):
            for spans, span in zip(found, chain, strict=True):
                spans.add(span)
            return
        for span in parts[len(chain)]:
            if not chain or linked(len(chain) - 1, chain[-1], span):
                grow([*chain, span])

    grow([])
    return sorted({span for spans in found for span in from_the_left(spans)})


# ----------------------------------------------------------------------------------------------------- fields


def field_values(document: StoredDocument) -> dict[str, tuple[str, ...]]:
    """Give what a document states, field by field; what is not stated has no value."""
    metadata = document.metadata
    year = metadata.date.text[:4] if metadata.date else ""
    values = {
        "title": (metadata.title,),
        "speaker": metadata.speaker,
        "organ": (metadata.organ,),
        "place": (metadata.place,),
        "event": (metadata.event,),
        "kind": (metadata.kind,),
        "collection": (document.collection,),
        "script": (document.script,),
        "id": (document.id,),
        "year": (year if year.isdigit() else "",),
    }
    return {name: tuple(value for value in stated if value) for name, stated in values.items()}


def field_matches(leaf: Field, document: StoredDocument) -> bool:
    """Whether a value of the field is the text, or holds it where a part is enough; an empty text is nowhere."""
    wanted = fold(leaf.text)
    for value in field_values(document)[leaf.name]:
        if wanted and (fold(value) == wanted or (leaf.name in FREE_TEXT and not leaf.whole and wanted in fold(value))):
            return True
    return False


def days(date: str) -> tuple[str, str] | None:
    """Give the first and the last day that an EDTF date may mean, as `2012-11-08`; None if no year is named."""
    parts = date.rstrip("?~%").split("-")
    if parts[0] in ("", "XXXX"):
        return None
    months = parts[1] if len(parts) > 1 else "XX"
    day = parts[2] if len(parts) > 2 else "XX"
    first = (parts[0].replace("X", "0"), "01" if months == "XX" else months)
    last = (parts[0].replace("X", "9"), "12" if months == "XX" else months)
    longest = monthrange(int(last[0]), int(last[1]))[1]
    return (
        f"{first[0]}-{first[1]}-{'01' if day == 'XX' else day}",
        f"{last[0]}-{last[1]}-{f'{longest:02}' if day == 'XX' else day}",
    )


def date_matches(leaf: DateRange, document: StoredDocument) -> bool:
    """Whether a document's date overlaps a range; a document without one, or without a year, matches no range."""
    stated = days(document.metadata.date.text) if document.metadata.date else None
    if stated is None:
        return False
    left, dots, right = leaf.text.partition("..")
    earliest, _ = days(left) or ("0000-00-00", "")
    _, latest = days(right if dots else left) or ("", "9999-99-99")
    return stated[0] <= latest and earliest <= stated[1]


# ------------------------------------------------------------------------------------------------ the queries


@dataclass
class Asker:
    """One question put to one document after the other."""

    mode: str
    words: tuple[str, ...]

    def matches(self, query: Query, texts: Sequence[str], document: StoredDocument) -> bool:
        """Whether some texts of a document, taken together, are what a query wants."""
        if isinstance(query, Nothing):
            return False
        if isinstance(query, AllOf):
            return all(self.matches(part, texts, document) for part in query.parts)
        if isinstance(query, AnyOf):
            return any(self.matches(part, texts, document) for part in query.parts)
        if isinstance(query, Without):
            wanted = query.wanted is None or self.matches(query.wanted, texts, document)
            return wanted and not any(self.matches(part, texts, document) for part in query.unwanted)
        if isinstance(query, Field):
            return field_matches(query, document)
        if isinstance(query, DateRange):
            return date_matches(query, document)
        if isinstance(query, Bare):
            return self.bare_matches(query.text, texts)
        return any(find(query, text, self.mode, self.words) for text in texts)

    def bare_matches(self, text: str, texts: Sequence[str]) -> bool:
        """Whether the whole string stands in one of the texts, or each of its words in some of them."""
        seen = [view(passage, self.mode).characters for passage in texts]
        whole = needle(text, self.mode)
        words = bare_words(text, self.mode, self.words)
        in_one = whole != "" and any(whole in characters for characters in seen)
        return in_one or (words != [] and all(any(word in characters for characters in seen) for word in words))

    def spans(self, query: Query, text: str) -> tuple[Span, ...]:
        """Find the spans of all strings that are wanted; a span of two of them counts once."""
        return tuple(sorted({span for leaf in wanted_leaves(query) for span in find(leaf, text, self.mode, self.words)}))


def wanted_leaves(query: Query) -> list[TextLeaf]:
    """List the leaves that look for strings and are under no NOT."""
    if isinstance(query, AllOf | AnyOf):
        return [leaf for part in query.parts for leaf in wanted_leaves(part)]
    if isinstance(query, Without):
        return wanted_leaves(query.wanted) if query.wanted is not None else []
    return [query] if isinstance(query, Exact | Bare | Near | Gap | Fuzzy) else []


@dataclass
class Match:
    """A document that matches, with the texts that were looked at and the spans in them by 0-based number."""

    document: StoredDocument
    texts: Sequence[str]
    spans: dict[int, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def occurrences(self) -> int:
        """How many spans there are."""
        return sum(len(spans) for spans in self.spans.values())


# ------------------------------------------------------------------------------------------------- the engine


class ReferenceEngine:
    """An engine without an index."""

    def __init__(self) -> None:
        self._documents: dict[str, StoredDocument] = {}

    def rebuild(self, documents: Collection[StoredDocument], *, progress: Progress | None = None) -> IndexInfo:
        """Remember the documents and forget all others."""
        self._documents = {}
        return self.update(documents, (), progress=progress)

    def update(self, added: Collection[StoredDocument], removed: Iterable[str], *, progress: Progress | None = None) -> IndexInfo:
        """Forget documents by id, then remember others."""
        for name in removed:
            self._documents.pop(name, None)
        for count, document in enumerate(added, 1):
            self._documents[document.id] = document
            if progress:
                progress("index", count, len(added))
        return self.info()

    def info(self) -> IndexInfo:
        """Say how many documents there are."""
        return IndexInfo("reference", len(self._documents), 0)

    def close(self) -> None:
        """Forget everything."""
        self._documents = {}

    def search(self, request: SearchRequest) -> ResultsPage:
        """Answer a request by reading everything."""
        scope = request.question.scope
        found = list(self._matches(request, scope))
        # "How many more hits stand in removed text" (plan.md 1): none more where the hits are those.
        removed = 0 if scope == "removed" else sum(match.occurrences for match in self._matches(request, "removed"))
        total = Total(len(found), sum(len(match.spans) for match in found), sum(match.occurrences for match in found), removed)
        hits = list(self._hits(request, found))
        if request.group == "document":
            number = len(found)
            hits = [hit for hit in hits if request.offset < hit.rank <= request.offset + request.limit]
        else:
            number = len(hits)
            hits = hits[request.offset : request.offset + request.limit]
        following = request.offset + request.limit
        return ResultsPage(total, tuple(hits), facets(found), written_forms(found), following if following < number else None)

    def _matches(self, request: SearchRequest, scope: str) -> Iterator[Match]:
        question = request.question
        asker = Asker(question.mode, question.words)
        for _, document in sorted(self._documents.items()):
            texts = [piece.text for piece in document.removed] if scope == "removed" else list(document.passages)
            matching = []
            if scope == "passage":
                matching = [number for number, text in enumerate(texts) if asker.matches(question.query, [text], document)]
            elif texts and asker.matches(question.query, texts, document):
                matching = list(range(len(texts)))
            if matching:
                match = Match(document, texts)
                for number in matching:
                    if spans := asker.spans(question.query, texts[number]):
                        match.spans[number] = spans
                yield match

    def _hits(self, request: SearchRequest, found: Sequence[Match]) -> Iterator[Hit]:
        """Yield all hits of the whole result in order."""
        flat = 0
        for rank, match in enumerate(sorted(found, key=lambda match: self._order(request, match)), 1):
            numbers: list[int | None] = list(match.spans) or [None]
            if request.group == "document":
                numbers = sorted(numbers, key=lambda number: best_first(request, match, number))[: request.per_document]
            for number in numbers:
                flat += 1
                yield self._hit(request, match, number, rank if request.group == "document" else flat)

    def _order(self, request: SearchRequest, match: Match) -> tuple[object, ...]:
        """Newest first and undated last; or whole strings, then letters as typed, then the number of spans; then the id."""
        document = match.document
        if request.sort == "date":
            stated = days(document.metadata.date.text) if document.metadata.date else None
            newest = stated[1] if stated else ""
            return (newest == "", [-int(part) for part in newest.split("-") if part], document.id)
        strings = wanted_strings(request)
        shown = [match.texts[number] for number in match.spans]
        whole = sum(any(stands(string, text, request.question.mode) for text in shown) for string in strings)
        typed = sum(any(string in text for text in shown) for string in strings)
        return (-whole, -typed, -match.occurrences, document.id)

    def _hit(self, request: SearchRequest, match: Match, number: int | None, rank: int) -> Hit:
        document, score = match.document, float(match.occurrences)
        if number is None:
            return Hit(rank, score, document, None, Block(), "", ())
        text, spans = match.texts[number], match.spans[number]
        if request.question.scope == "removed":
            piece = document.removed[number]
            return Hit(rank, score, document, None, Block(), text, spans, (piece.source, piece.span))
        return Hit(rank, score, document, number + 1, document.blocks[number], text, spans)


def wanted_strings(request: SearchRequest) -> list[str]:
    """List the strings, as typed, of which a document may hold the whole."""
    leaves = wanted_leaves(request.question.query)
    return list(dict.fromkeys(leaf.text for leaf in leaves if isinstance(leaf, Bare | Exact)))


def stands(string: str, text: str, mode: str) -> bool:
    """Whether a whole string stands in a text."""
    return needle(string, mode) in view(text, mode).characters


def best_first(request: SearchRequest, match: Match, number: int | None) -> tuple[int, ...]:
    """Order the passages of a document: most strings whole, then most different spans, then most spans, then ¶."""
    if number is None:
        return (0,)
    text, spans = match.texts[number], match.spans[number]
    whole = sum(stands(string, text, request.question.mode) for string in wanted_strings(request))
    return (-whole, -len({text[start:end] for start, end in spans}), -len(spans), number)


# ---------------------------------------------------------------------------------------- facets, written forms


def facets(found: Sequence[Match]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Count the documents that state each value: years newest first, others most frequent first, then by value."""
    counted = {}
    for name in FACETS:
        stated = [set(field_values(match.document)[name]) for match in found]
        counts = {value: sum(value in values for values in stated) for value in set().union(*stated)}
        by_value = sorted(counts.items(), reverse=name == "year")
        by_count = by_value if name == "year" else sorted(by_value, key=lambda item: -item[1])
        counted[name] = tuple(by_count[:MOST_VALUES])
    return counted


def written_forms(found: Sequence[Match]) -> tuple[tuple[str, int], ...]:
    """Count how the spans are written, most frequent first, then by form."""
    forms = [
        written(match.texts[number][start:end]) for match in found for number, spans in match.spans.items() for start, end in spans
    ]
    counts = sorted((form, forms.count(form)) for form in set(forms))
    return tuple(sorted(counts, key=lambda item: -item[1])[:MOST_FORMS])


def written(text: str) -> str:
    """Leave out of a slice what folding drops: one letter remains for each folded character, a space for a space."""
    letters = [text[offset] for offset in fold_with_offsets(text)[1]]
    return "".join(" " if fold_character(letter).isspace() else letter for letter in letters)
