"""Text of any size from the documents in ../shared/corpora, the same for the same seed.

The first pass gives the documents themselves. Every later pass gives as many new ones: the passages of each keep their number of
sentences, but the sentences of a collection are dealt out anew, so script, genre and lengths stay what they are. A few passages get
a character that folding drops, or a run of white space, as texts from the web have them.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

from tests.benchmarks.writing import BenchDocument

VERSION = 1
"""Raise it when the same seed gives another text."""

SENTENCE = re.compile(r"[^。！？；]*[。！？；]+|[^。！？；]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INTRUDERS = ("\u200b", "\u00ad", "\ufe0f", "\u2060", "  ", "\u3000\u3000", " \u00a0", "\u3000")
_INTRUDED = 0.02
"""Share of the passages that get an intruder."""
_KINDS = ("speech", "report", "meeting", "news", "law", "other")
_FIRST_DAY, _DAYS = date(1950, 1, 1), 27_000


@dataclass(frozen=True, slots=True)
class Source:
    """A document that text is grown from; passages are non-blank lines without control characters."""

    collection: str
    title: str
    speaker: str
    place: str
    passages: tuple[str, ...]


def read_sources(corpora: Path) -> list[Source]:
    """Read the documents that `manifest.jsonl` lists, in its order.

    Raises:
        FileNotFoundError: The folder is not there.
    """
    entries = map(json.loads, (corpora / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Source(
            entry["corpus"],
            _plain(entry.get("title") or entry["id"]),
            _plain(entry.get("speaker") or ""),
            _plain(entry.get("place") or ""),
            clean_passages((corpora / entry["file"]).read_text(encoding="utf-8-sig")),
        )
        for entry in entries
    ]


def clean_passages(text: str) -> tuple[str, ...]:
    """Split a text into its non-blank lines; control characters become spaces, byte order marks go."""
    lines = (_CONTROL.sub(" ", line) for line in text.replace("\ufeff", "").split("\n"))
    return tuple(line for line in lines if line.strip())


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def grow(sources: Sequence[Source], *, characters: int, seed: int = 5) -> Iterator[BenchDocument]:
    """Yield documents until there are so many characters; the last one is cut between two passages.

    Args:
        sources: Documents to grow from, with at least one passage among them.
        characters: Code points wanted; a passage more or less may come.
        seed: Of all that is random.

    Raises:
        ValueError: The sources hold no text.
    """
    if not any(source.passages for source in sources):
        raise ValueError("nothing to grow from: no source holds a passage")
    chance = random.Random(seed)
    left = characters
    numbers = count(1)
    for generation in count():
        for source in _shuffled(sources if generation == 0 else _dealt_anew(sources, chance), chance):
            passages = tuple(_taken([_intruded(text, chance) for text in source.passages], left))
            left -= sum(map(len, passages))
            if passages:
                yield _document(next(numbers), source, passages, chance)
            if left <= 0:
                return


def _shuffled(sources: Sequence[Source], chance: random.Random) -> list[Source]:
    return chance.sample(sources, len(sources))


def _dealt_anew(sources: Sequence[Source], chance: random.Random) -> list[Source]:
    """Deal the sentences of each collection out among its documents."""
    cut = [[SENTENCE.findall(text) for text in source.passages] for source in sources]
    pools: Mapping[str, list[str]] = defaultdict(list)
    for source, passages in zip(sources, cut, strict=True):
        pools[source.collection] += (sentence for sentences in passages for sentence in sentences)
    for pool in pools.values():
        chance.shuffle(pool)
    hands = {name: iter(pool) for name, pool in pools.items()}
    return [
        Source(
            source.collection,
            source.title,
            source.speaker,
            source.place,
            clean_passages("\n".join("".join(islice(hands[source.collection], len(sentences))) for sentences in passages)),
        )
        for source, passages in zip(sources, cut, strict=True)
    ]


def _taken(passages: Sequence[str], characters: int) -> Iterator[str]:
    """Yield passages from the first until there are so many characters."""
    for text in passages:
        if characters <= 0:
            return
        characters -= len(text)
        yield text


def _intruded(text: str, chance: random.Random) -> str:
    if len(text) < 2 or chance.random() >= _INTRUDED:
        return text
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice(_INTRUDERS) + text[at:]


def _document(number: int, source: Source, passages: tuple[str, ...], chance: random.Random) -> BenchDocument:
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    kind = chance.choice(_KINDS)
    place = source.place
    return BenchDocument(f"d{number:07d}", source.collection, source.title, day.isoformat(), source.speaker, place, kind, passages)
