"""The table of cleaning rules: what each is called, why it edits, how sure it is. Source: data/cleaning_rules.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.edits import Edit


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of cleaning.

    Attributes:
        id: Family and name, such as `furniture.breadcrumb`; with it a keeper switches the rule off.
        confidence: 0 to 1, unless a finding says otherwise.
        reason: Why it edits, for a person.
    """

    id: str
    confidence: float
    reason: str


@cache
def all_rules() -> dict[str, Rule]:
    """Give every rule by id, in the order of the table."""
    table = (files("archive") / "data" / "cleaning_rules.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {name: Rule(name, float(confidence), reason) for name, confidence, reason in rows}


def edit(rule: str, start: int, end: int, replacement: str = "", *, confidence: float | None = None) -> Edit:
    """Make an edit in the name of a rule.

    Args:
        rule: Id in the table.
        start: First code point in the text that the rule was given.
        end: One past the last.
        replacement: What shall stand there; "" removes.
        confidence: How sure this finding is, if not as sure as the rule in general.
    """
    known = all_rules()[rule]
    return Edit(rule, known.reason, known.confidence if confidence is None else confidence, start, end, replacement)
