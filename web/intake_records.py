"""What import, edit-log, undo and review print: one record a file or document, the same for people and programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from archive.describing import Doubt
from archive.edits import HIDDEN, Edit
from archive.errors import Problem
from archive.importing import Imported
from archive.intake import Draft
from archive.metadata import metadata_to_fields
from archive.reimporting import Renewed, edit_id

QUIET = ("layout.", HIDDEN)
"""Rules whose edits a list leaves out unless all are asked for: line ends, and other documents of the same source."""


def imported_to_json(outcome: Imported | Problem) -> dict[str, Any]:
    """Give what became of one file."""
    if isinstance(outcome, Problem):
        error = {"code": outcome.code, "message": outcome.message, "hint": outcome.hint, "span": None}
        return {"file": str(outcome.file), "error": error}
    if outcome.intake is None:
        return {"file": outcome.label, "new": False, "documents": [{"document": name} for name in outcome.documents]}
    extracted = outcome.intake.extracted
    return {
        "file": outcome.label,
        "new": True,
        "format": extracted.format,
        "encoding": extracted.encoding,
        "unreadable": list(extracted.unreadable),
        "notices": list(extracted.notices),
        "documents": [draft_to_json(name, draft) for name, draft in zip(outcome.documents, outcome.intake.drafts, strict=True)],
    }


def draft_to_json(name: str, draft: Draft) -> dict[str, Any]:
    """Give what is known of one document, and what was done to its text."""
    kept, removed, repaired = draft.lengths
    complete = draft.completeness
    return {
        "document": name,
        "metadata": metadata_to_fields(draft.metadata),
        "flags": list(draft.flags),
        "quality": round(draft.quality.figure, 3),
        "announced": complete.announced,
        "share": None if complete.share is None else round(complete.share, 3),
        "characters": {"kept": kept, "removed": removed, "repaired": repaired},
        "edits": dict(sorted(Counter(edit.rule for edit in draft.reading.edits).items())),
        "review": [doubt_to_json(doubt) for doubt in draft.description.doubtful],
    }


def doubt_to_json(doubt: Doubt) -> dict[str, Any]:
    """Give a field that was left empty, and what it might hold."""
    return {
        "field": doubt.field,
        "why": doubt.reason.replace(" ", "-"),
        "candidates": [
            {"value": found.value, "confidence": found.confidence, "rule": found.rule, "span": [found.start, found.end]}
            for found in doubt.candidates
        ],
    }


def edits_to_json(raw: str, edits: Iterable[Edit], *, every: bool) -> list[dict[str, Any]]:
    """Give the edits of a document with the text that they removed or repaired."""
    return [
        {
            "edit": edit_id(edit),
            "rule": edit.rule,
            "reason": edit.reason,
            "confidence": edit.confidence,
            "span": [edit.start, edit.end],
            "text": raw[edit.start : edit.end],
            "replacement": edit.replacement,
        }
        for edit in edits
        if every or not edit.rule.startswith(QUIET)
    ]


def renewed_to_json(outcome: Renewed) -> dict[str, Any]:
    """Give what became of a document that was read again."""
    return {
        "document": outcome.document,
        "changed": outcome.changed,
        "fields": list(outcome.fields),
        "conflicts": [{"passage": each.kept, "offered": list(each.offered)} for each in outcome.conflicts],
        "notices": list(outcome.notices),
    }


def lines_of(record: dict[str, Any]) -> Iterable[str]:
    """Tell a person what `draft_to_json` holds, two to five lines, indented."""
    fields = record["metadata"]
    known = [f"{name} {_shown(fields[name])}" for name in ("title", "speaker", "date", "event", "place", "kind") if name in fields]
    if known:
        yield "  " + " · ".join(known)
    done = ", ".join(f"{rule} {count}" for rule, count in record["edits"].items() if not rule.startswith(QUIET))
    size = record["characters"]
    yield f"  kept {size['kept']}, removed {size['removed']}, repaired {size['repaired']} characters" + (
        f": {done}" if done else ""
    )
    state = [*record["flags"]]
    if record["announced"] is not None:
        state.append(f"{record['share']:.0%} of the {record['announced']} characters announced")
    if record["quality"] < 0.9:
        state.append(f"quality {record['quality']:.2f}")
    if state:
        yield "  " + " · ".join(state)
    for doubt in record["review"]:
        values = " | ".join(found["value"] for found in doubt["candidates"])
        yield f"  to review: {doubt['field']} ({doubt['why']}): {values}"


def _shown(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)
