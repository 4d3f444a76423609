"""Choosing: what of the evidence is sure enough becomes metadata; what is doubtful goes on a list for a person to look at.

A value is chosen if it is at least SURE and no other value is as sure. A date that says the same more exactly wins over the
less exact one. Source: issue 4: low confidence stays empty; an ambiguous reading is kept as evidence, not chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.dates import parse_date
from archive.evidence import Evidence
from archive.folding import fold
from archive.metadata import KINDS, LANGUAGES, PUBLICATION_TYPES, Capture, Metadata, Publication

SURE = 0.7
"""Least confidence with which a value is chosen."""

_FIELDS = ("title", "speaker", "organ", "date", "event", "place", "kind", "language")
_PUBLISHED = ("type", "container", "date", "page", "publisher", "place", "url")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field for which there is evidence, none of it chosen.

    Attributes:
        field: Its name.
        reason: `low confidence`, or `ambiguous` where two values are equally sure.
        candidates: The evidence, the surest first, at least one.
    """

    field: str
    reason: str
    candidates: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a source says about a document.

    Attributes:
        metadata: What was sure enough; without id and flags.
        doubtful: The fields left empty although there is evidence, in the order of the fields.
    """

    metadata: Metadata
    doubtful: tuple[Doubt, ...] = ()


def choose(evidence: Sequence[Evidence]) -> Description:
    """Choose the value of each field from the evidence for it."""
    doubts: list[Doubt] = []
    values = {field: _choose(field, evidence, doubts) for field in _FIELDS}
    published = {part: _choose(f"published.{part}", evidence, doubts) for part in _PUBLISHED}
    captured = _choose("captured.url", evidence, doubts)
    date = _first(values["date"])
    metadata = Metadata(
        title=_first(values["title"]),
        speaker=values["speaker"],
        organ=_first(values["organ"]),
        date=parse_date(date) if date else None,
        event=_first(values["event"]),
        place=_first(values["place"]),
        kind=_first(values["kind"]),
        language=_first(values["language"]),
        published=tuple(_publication(published)),
        captured=(Capture(url=captured[0]),) if captured else (),
    )
    return Description(metadata, tuple(doubts))


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def _publication(parts: dict[str, tuple[str, ...]]) -> Iterator[Publication]:
    """Give the publication if anything but its type is known."""
    known = {part: _first(values) for part, values in parts.items() if values}
    if known.keys() - {"type"}:
        date = known.pop("date", "")
        yield Publication(**known, date=parse_date(date) if date else None)


def _choose(field: str, evidence: Iterable[Evidence], doubts: list[Doubt]) -> tuple[str, ...]:
    """Give the values chosen for a field, none or one, of speakers possibly several; a doubt is added to the list."""
    candidates = sorted((each for each in evidence if each.field == field and _allowed(each)), key=lambda each: -each.confidence)
    if not candidates:
        return ()
    best = candidates[0].confidence
    if best < SURE:
        doubts.append(Doubt(field, "low confidence", tuple(candidates)))
        return ()
    surest = [each for each in candidates if each.confidence == best]
    if field == "speaker":
        of_one_rule = [each for each in surest if each.rule == surest[0].rule]
        return tuple({fold(each.value): each.value for each in reversed(of_one_rule)}.values())[::-1]
    values = {fold(each.value): each.value for each in reversed(surest)}
    if field in ("date", "published.date"):
        values = _most_exact(values, candidates)
    elif field == "title":
        values = _longest(values)
    if len(values) > 1:
        doubts.append(Doubt(field, "ambiguous", tuple(candidates)))
        return ()
    return tuple(values.values())


def _allowed(each: Evidence) -> bool:
    """Whether a field takes such a value at all."""
    choices = {"kind": KINDS, "language": LANGUAGES, "published.type": PUBLICATION_TYPES}.get(each.field)
    return bool(each.value) and (choices is None or each.value in choices)


def _most_exact(values: dict[str, str], candidates: Sequence[Evidence]) -> dict[str, str]:
    """Leave out dates that another sure one says more exactly: 2021 beside 2021-01-16."""
    sure = {fold(each.value): each.value for each in reversed(candidates) if each.confidence >= SURE}
    for key, value in list(values.items()):
        fuller = [other for other in sure.values() if other != value and other.startswith(f"{value}-")]
        if fuller:
            del values[key]
            values |= {fold(other): other for other in fuller}
    return values


def _longest(values: dict[str, str]) -> dict[str, str]:
    """Leave out titles that are part of another one."""
    return {key: value for key, value in values.items() if not any(key != other and key in other for other in values)}
