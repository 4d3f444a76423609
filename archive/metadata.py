"""What is known about a document: typed fields read from front matter, every unknown or bad field reported.

A bad field is left empty and reported; the others count, so that one slip of a keeper's pen never hides a text. Source: plan.md 5;
notes citing.md 8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields

from archive.dates import PartialDate, parse_date
from archive.errors import InvalidMetadata, UserError
from archive.front_matter import Value
from archive.identifiers import check_document_id

KINDS = ("speech", "report", "meeting", "news", "yearbook", "law", "letter", "interview", "other")
FLAGS = ("cut-off", "abridged", "lost-characters", "no-punctuation", "needs-ocr")
PUBLICATION_TYPES = ("newspaper", "web", "book", "yearbook", "gazette", "archive")
LANGUAGES = ("zh-Hans", "zh-Hant")

_LIST_MARKS = re.compile(r"[，、；]")


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a text was published; the first of a document is what citations name.

    Attributes:
        type: One of PUBLICATION_TYPES.
        container: Newspaper, site, book or archive that holds it.
        date: Day of publication.
        page: Page, or number of the newspaper's page (版次).
        shelfmark: Signature in an archive.
    """

    type: str = "web"
    container: str = ""
    date: PartialDate | None = None
    page: str = ""
    publisher: str = ""
    place: str = ""
    url: str = ""
    isbn: str = ""
    shelfmark: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """How a text came into the archive.

    Attributes:
        url: Address it was taken from.
        at: Instant, UTC, as `2024-05-01T08:00:00Z`.
        sha256: Hash of the source's bytes, 64 hexadecimal digits; its first 16 name the folder in `_sources/`.
        encoding: How its bytes were read.
        tool: What read it.
    """

    url: str = ""
    at: str = ""
    sha256: str = ""
    encoding: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Fields of a document; an empty string, None or an empty tuple means "not stated"."""

    id: str = ""
    title: str = ""
    speaker: tuple[str, ...] = ()
    organ: str = ""
    date: PartialDate | None = None
    event: str = ""
    place: str = ""
    kind: str = ""
    language: str = ""
    published: tuple[Publication, ...] = ()
    captured: tuple[Capture, ...] = ()
    flags: tuple[str, ...] = ()
    witness_of: str = ""
    aliases: tuple[str, ...] = ()
    rights: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A field that could not be taken as written.

    Attributes:
        field: Its name as written.
        error: What is wrong and what would be right.
    """

    field: str
    error: UserError


def metadata_from_fields(written: Mapping[str, Value]) -> tuple[Metadata, tuple[FieldProblem, ...]]:
    """Read metadata from front matter fields.

    Returns:
        The metadata, bad fields left empty; and one problem for each field that is unknown or bad, in the order written.
    """
    values: dict[str, object] = {}
    problems = []
    for name, value in written.items():
        reader = _READERS.get(name)
        try:
            if reader is None:
                raise InvalidMetadata(f"field {name!r} is unknown", hint=f"fields are {', '.join(_READERS)}")
            if value not in ("", [], {}):
                values[name] = reader(name, value)
        except UserError as error:
            problems.append(FieldProblem(name, error))
    return Metadata(**values), tuple(problems)  # type: ignore[arg-type]  # each reader gives the type of its field


def metadata_to_fields(metadata: Metadata) -> dict[str, Value]:
    """Write metadata as front matter fields, what is not stated left out. Inverse of `metadata_from_fields`."""
    return dict(_stated(metadata))


def _stated(record: Metadata | Publication | Capture) -> Iterator[tuple[str, Value]]:
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, tuple) and value:
            yield field.name, [item if isinstance(item, str) else dict(_stated(item)) for item in value]
        elif value and not isinstance(value, tuple):
            yield field.name, str(value)


def _string(name: str, value: Value) -> str:
    if not isinstance(value, str):
        raise InvalidMetadata(f"field {name!r} takes one line of text", hint='put it in quotes, as in title: "[专题]讲话"')
    return value


def _choice(choices: tuple[str, ...]) -> Callable[[str, Value], str]:
    def read(name: str, value: Value) -> str:
        text = _string(name, value)
        if text not in choices:
            raise InvalidMetadata(f"{name} {text[:40]!r} is unknown", hint=f"one of {', '.join(choices)}")
        return text

    return read


def _strings(name: str, value: Value) -> tuple[str, ...]:
    """Read a list, or one string with 、，； between its items."""
    items = value if isinstance(value, list) else [value]
    parts = [part.strip() for item in items for part in _LIST_MARKS.split(_string(name, item))]
    return tuple(part for part in parts if part)


def _sha256(name: str, value: Value) -> str:
    """Read a hash; it names a folder of the archive, so nothing else will do."""
    text = _string(name, value)
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise InvalidMetadata(f"{name} {text[:40]!r} is no SHA-256", hint="64 hexadecimal digits, as written by yinde import")
    return text


def _flags(name: str, value: Value) -> tuple[str, ...]:
    return tuple(_choice(FLAGS)(name, flag) for flag in _strings(name, value))


def _date(name: str, value: Value) -> PartialDate:
    return parse_date(_string(name, value))


def _identifier(name: str, value: Value) -> str:
    return check_document_id(_string(name, value))


def _identifiers(name: str, value: Value) -> tuple[str, ...]:
    return tuple(check_document_id(item) for item in _strings(name, value))


def _records(name: str, value: Value, readers: Mapping[str, Callable[[str, Value], object]]) -> Iterator[dict[str, object]]:
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            raise InvalidMetadata(
                f"field {name!r} takes a list of {', '.join(readers)}", hint=f"write {name}:, then - {next(iter(readers))}: …"
            )
        for key in item:
            if key not in readers:
                raise InvalidMetadata(f"field '{name}.{key}' is unknown", hint=f"fields are {', '.join(readers)}")
        yield {key: readers[key](f"{name}.{key}", part) for key, part in item.items() if part != ""}


def _published(name: str, value: Value) -> tuple[Publication, ...]:
    return tuple(Publication(**record) for record in _records(name, value, _PUBLICATION_READERS))  # type: ignore[arg-type]


def _captured(name: str, value: Value) -> tuple[Capture, ...]:
    return tuple(Capture(**record) for record in _records(name, value, _CAPTURE_READERS))  # type: ignore[arg-type]


_PUBLICATION_READERS: dict[str, Callable[[str, Value], object]] = {
    "type": _choice(PUBLICATION_TYPES),
    **dict.fromkeys(("container", "page", "publisher", "place", "url", "isbn", "shelfmark"), _string),
    "date": _date,
}
_CAPTURE_READERS: dict[str, Callable[[str, Value], object]] = {
    **dict.fromkeys(("url", "at", "sha256", "encoding", "tool"), _string),
    "sha256": _sha256,
}
_READERS: dict[str, Callable[[str, Value], object]] = {
    "id": _identifier,
    "title": _string,
    "speaker": _strings,
    "organ": _string,
    "date": _date,
    "event": _string,
    "place": _string,
    "kind": _choice(KINDS),
    "language": _choice(LANGUAGES),
    "published": _published,
    "captured": _captured,
    "flags": _flags,
    "witness_of": _identifier,
    "aliases": _identifiers,
    "rights": _string,
    "notes": _string,
}
