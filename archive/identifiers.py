"""Names of documents, revisions and passages: parsed, checked and formatted in one place.

A reference is what a researcher prints under a quotation: `id@revision¶12`, a range `id@revision¶12-14`, words inside a passage
`id@revision¶12:34-58`. It is written without a space and read with or without. Source: plan.md 6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import InvalidIdentifier

DOCUMENT_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
REVISION = re.compile(r"[0-9a-f]{10}")
_REFERENCE = re.compile(
    r"\s*(?P<document>[^@¶\s]+)\s*(?:@\s*(?P<revision>[^¶\s]+))?\s*"
    r"(?:¶\s*(?P<first>[0-9]{1,12})\s*(?:-\s*(?P<last>[0-9]{1,12})|:\s*(?P<start>[0-9]{1,12})\s*-\s*(?P<end>[0-9]{1,12}))?)?\s*"
)


def check_document_id(text: str, *, what: str = "document id") -> str:
    """Return the text if it is a well-formed id.

    Args:
        text: Candidate.
        what: What the message calls it; collections obey the same rule.

    Raises:
        InvalidIdentifier: It is not 1 to 64 of a-z 0-9 _ - beginning with a letter or digit.
    """
    if not DOCUMENT_ID.fullmatch(text):
        raise InvalidIdentifier(
            f"{what} {text[:80]!r} is not well formed",
            hint="1 to 64 of a-z 0-9 _ -, the first a letter or digit",
        )
    return text


def check_revision(text: str) -> str:
    """Return the text if it is a well-formed revision: ten lower-case hexadecimal digits.

    Raises:
        InvalidIdentifier: It is anything else.
    """
    if not REVISION.fullmatch(text):
        raise InvalidIdentifier(f"revision {text[:80]!r} is not well formed", hint="ten hexadecimal digits, such as 9f2c41ab07")
    return text


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the archive.

    Attributes:
        document: Document id.
        revision: Ten hexadecimal digits, or None for the newest text.
        first: First passage, 1-based, or None for the whole document.
        last: Last passage, inclusive and behind `first`; None for a single one.
        span: Half-open range of code points inside the single passage, or None.

    Always: `parse_reference(format_reference(r)) == r`.
    """

    document: str
    revision: str | None = None
    first: int | None = None
    last: int | None = None
    span: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        check_document_id(self.document)
        if self.revision is not None:
            check_revision(self.revision)
        if self.first is None:
            if self.last is not None or self.span is not None:
                raise InvalidIdentifier("a range of passages or words needs the number of a passage")
            return
        if self.first < 1 or (self.last is not None and self.last <= self.first):
            named = (
                f"passages {self.first}-{self.last} are no range" if self.last is not None else f"there is no passage {self.first}"
            )
            raise InvalidIdentifier(named, hint="passages count from 1, as in ¶12-14")
        if self.span is not None and (self.last is not None or not 0 <= self.span[0] < self.span[1]):
            raise InvalidIdentifier(f"words {self.span[0]}-{self.span[1]} are no range in one passage", hint="as in ¶12:34-58")


def parse_reference(text: str) -> Reference:
    """Parse `id`, `id@revision`, `id@revision¶12`, `…¶12-14` or `…¶12:34-58`, spaces allowed between the parts.

    Raises:
        InvalidIdentifier: The text has another form, or one of its parts is not well formed.
    """
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise InvalidIdentifier(f"reference {text[:80]!r} is not well formed", hint="write id@revision¶12, ¶12-14 or ¶12:34-58")
    first, last, start, end = (int(match[name]) if match[name] else None for name in ("first", "last", "start", "end"))
    span = None if start is None or end is None else (start, end)
    if last is not None and last == first:
        last = None
    return Reference(match["document"], match["revision"], first, last, span)


def format_reference(reference: Reference) -> str:
    """Format a reference as it is printed in citations."""
    text = reference.document
    if reference.revision is not None:
        text += f"@{reference.revision}"
    if reference.first is not None:
        text += f"¶{reference.first}"
        if reference.last is not None:
            text += f"-{reference.last}"
        if reference.span is not None:
            text += f":{reference.span[0]}-{reference.span[1]}"
    return text
