"""What a line looks like, and where such a line is furniture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Strength(IntEnum):
    """Where such a line is furniture."""

    NOWHERE = 0
    BESIDE = 1
    EDGE = 2
    ANYWHERE = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line looks like.

    Attributes:
        rule: Id of the rule, without its family.
        strength: Where it is furniture.
    """

    rule: str
    strength: Strength
