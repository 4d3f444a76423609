"""Evidence: what a source says about itself, where it says so, and how sure the reading is.

Readers of metadata never write a field; they give evidence, and `archive.describing` chooses. What is ambiguous or doubtful stays
evidence. Source: plan.md 5.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from archive.errors import InvalidMetadata


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reading of one place.

    Attributes:
        field: A field of the front matter (`title`, `speaker`, `date`, `event`, `organ`, `place`, `kind`, `language`, `flags`), one
            of `published.*` or `captured.url`, or what only evidence holds: `credit.<role>`, `document-number`, `disclaimer`,
            `abridgement`, `announced-length` (in characters, or such as `12 pages`) and `cut-off` (`mid-sentence`, `open-bracket`,
            `heading-without-text`, `points-missing`, `short-of-announced-length`, `link-to-the-rest`).
        value: The value as the field would hold it: an EDTF date, a name, a URL.
        start: First code point in raw.txt; 0 with end 0 if it stands in markup that raw.txt does not hold.
        end: One past the last.
        rule: Id of the rule, such as `date.parenthesis-line`.
        confidence: 0 to 1.
        document: Id of the document it speaks of; "" until that is known.
    """

    field: str
    value: str
    start: int
    end: int
    rule: str
    confidence: float
    document: str = ""

    def to_json(self) -> dict[str, object]:
        """Give the evidence as one line of evidence.jsonl holds it."""
        return asdict(self)


def evidence_from_json(record: object) -> Evidence:
    """Read evidence from one line of evidence.jsonl. Inverse of `Evidence.to_json`.

    Raises:
        InvalidMetadata: A field is missing, unknown or of another type.
    """
    types = {"confidence": (int, float), "start": (int,), "end": (int,)}
    fields = record if isinstance(record, dict) else {}
    well_formed = all(type(value) in types.get(name, (str,)) for name, value in fields.items())
    try:
        found = Evidence(**fields) if well_formed else None
    except TypeError:  # a field is missing or unknown
        found = None
    if found is None or not 0 <= found.start <= found.end:
        raise InvalidMetadata(f"evidence {str(record)[:80]} is not well formed", hint="restore evidence.jsonl or import again")
    return found
