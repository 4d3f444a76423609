"""Writing the text that all rivals index: as an archive, and as one line for each passage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.front_matter import format_front_matter
from archive.store import init_archive
from tests.benchmarks.benchtext import BenchText


@dataclass(frozen=True, slots=True)
class BenchDocument:
    """A document to be indexed.

    Attributes:
        id: Document id; ids rise in the order of the documents.
        collection: Its collection.
        title: Its title.
        date: Day, as in 2020-03-10.
        speaker: Who speaks, or "".
        place: Where, or "".
        kind: A kind of plan.md 5.
        passages: Non-blank lines without control characters, ¶1 first.
    """

    id: str
    collection: str
    title: str
    date: str
    speaker: str
    place: str
    kind: str
    passages: tuple[str, ...]


def write_text(folder: Path, documents: Iterable[BenchDocument], *, made_of: Mapping[str, object] | None = None) -> BenchText:
    """Write documents as an archive and as lines.

    Args:
        folder: A folder that is not there yet.
        documents: In order of id.
        made_of: What the text depends on, kept with it: a folder made of something else is not taken for this one.
    """
    folder.mkdir(parents=True)
    archive = init_archive(folder / "archive", name="Benchmark")
    characters = passages = written = 0
    with (folder / "passages.tsv").open("w", encoding="utf-8", newline="\n") as lines:
        for document in documents:
            written += 1
            place = archive.corpus / document.collection
            place.mkdir(parents=True, exist_ok=True)
            fields = {name: value for name, value in asdict(document).items() if isinstance(value, str) and value}
            del fields["collection"]
            body = "\n\n".join(document.passages)
            if document.speaker:
                fields["speaker"] = [document.speaker]
            (place / f"{document.id}.md").write_text(f"{format_front_matter(fields)}\n{body}\n", encoding="utf-8", newline="\n")
            columns = (document.date, document.speaker, document.place, document.kind, document.collection)
            for number, text in enumerate(document.passages, start=1):
                lines.write("\t".join((f"{document.id} {number}", *columns, text)) + "\n")
                characters += len(text)
                passages += 1
    facts = {"characters": characters, "passages": passages, "documents": written, "made_of": dict(made_of or {})}
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    return BenchText(folder, characters, passages, written)
