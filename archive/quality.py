"""Quality figures: how much of a text seems to be there as it was written. Doubt is counted, nothing is repaired.

The figure is the weighted sum of four parts, each 0 to 1; weights, scales and patterns: data/damage.toml. Clean texts score .9 and
more, a text without punctuation at most .5. Source: notes text.md 5; measured: tests/archive/test_quality.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_MARKS = f"{re.escape(_SPACES)}，。、；：！？,;:!?.．…—－\\-·•|()（）《》<>〈〉\\[\\]【】「」『』/／\u2500-\u257f＿_"
_UNBROKEN = re.compile(f"[^{_MARKS}]+")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Quality:
    """How whole a text seems. Always: 0 <= figure <= 1, the parts likewise; a text that holds no Chinese characters has 1.

    Attributes:
        figure: The weighted sum of the parts.
        punctuation: 1 where marks stand as in prose, lists, verse or tables; 0 where none does.
        characters: 1 where no character was lost.
        holes: 1 where no unit lacks its number.
        private_use: 1 where every code point has a meaning.
        lost: 0-based places of lost characters, in code points, in order.
        missing: Likewise of holes.
    """

    figure: float
    punctuation: float
    characters: float
    holes: float
    private_use: float
    lost: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()


def quality(text: str) -> Quality:
    """Tell how whole a text seems, be it a passage or a document."""
    settings = _settings()
    if _HAN.search(text) is None:
        return Quality(1, 1, 1, 1, 1)
    scale, weights = settings["scale"], settings["weights"]
    lost = tuple(sorted(_lost(text)))
    missing = tuple(sorted(_missing(text)))
    unbroken = sum(map(_count_han, _long_runs(text)))
    n_private = len(_PRIVATE_USE.findall(text))
    n_han = _count_han(text) if lost or missing or unbroken or n_private else 1  # which divides nothing but zero
    parts = {
        "punctuation": 1 - unbroken / n_han,
        "characters": 1 - min(1, scale["per_character"] * len(lost) / n_han),
        "holes": 1 - min(1, scale["per_hole"] * len(missing) / n_han),
        "private_use": 1 - min(1, scale["per_character"] * n_private / n_han),
    }
    figure = min(1.0, sum(weights[name] * part for name, part in parts.items()))
    return Quality(round(figure, 3), **parts, lost=lost, missing=missing)


def damage_flags(text: str) -> tuple[str, ...]:
    """Give the flags of a document's metadata that its damage calls for: lost-characters, no-punctuation, or none."""
    limits = _settings()["flags"]
    found = quality(text)
    flags = []
    if found.lost or len(found.missing) >= limits["fewest_holes"]:
        flags.append("lost-characters")
    if found.punctuation < limits["least_punctuation"] and _count_han(text) >= limits["fewest_chars"]:
        flags.append("no-punctuation")
    return tuple(flags)


def _count_han(text: str) -> int:
    return sum(map(len, _HAN.findall(text)))


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads((files("archive") / "data" / "damage.toml").read_text(encoding="utf-8"))


@cache
def _broken() -> re.Pattern[str]:
    """Give a pattern for as much of a text as marks and spaces cut into runs of no great length."""
    return re.compile(f"(?:[^{_MARKS}]{{0,{_settings()['scale']['longest_run']}}}+[{_MARKS}]++)*+")


def _long_runs(text: str) -> Iterator[str]:
    """Give the runs without mark or space that are longer than those of prose."""
    at, broken, longest = 0, _broken(), _settings()["scale"]["longest_run"]
    while (at := broken.match(text, at).end()) < len(text):  # type: ignore[union-attr]  # it matches the empty string too
        run = _UNBROKEN.match(text, at)[0]  # type: ignore[index]  # nothing else can follow
        if len(run) > longest:
            yield run
        at += len(run)


@cache
def _pattern(group: str, name: str) -> re.Pattern[str]:
    return re.compile(_settings()[group][name], re.MULTILINE)


def _missing(text: str) -> Iterator[int]:
    for name in ("unit", "measure"):
        allowed = _settings()["holes"][f"{name}_follows"]
        yield from (at for at in _behind_han(text, "holes", name) if text[at - 1] not in allowed)
    yield from (match.start() + 1 for match in _pattern("holes", "start").finditer(text))


def _lost(text: str) -> Iterator[int]:
    if _pattern("lost", "quick").search(text):  # which takes a seventh of the time of what follows
        yield from (match.start() for match in _pattern("lost", "signs").finditer(text))
    form = _pattern("lost", "form")
    yield from (at for at in _behind_han(text, "lost", "boxes") if form.search(_line(text, at)) is None)
    if "?" in text:
        yield from set(_lost_to_question_marks(text))


def _lost_to_question_marks(text: str) -> Iterator[int]:
    conjunctions, asks, begins = _settings()["lost"]["conjunctions"], _pattern("lost", "asks"), _pattern("lost", "begins")
    yield from (at for at in _behind_han(text, "lost", "behind_conjunction") if text[at - 1] in conjunctions)
    yield from (at for at in _behind_han(text, "lost", "in_quotes") if asks.search(_clause(text, at)) is None)
    # A writer who ends questions with it somewhere may do so anywhere.
    between = list(_behind_han(text, "lost", "between"))
    only_between = text.count("?") == len(between) and text.count("，") > 3 * text.count(",")
    if only_between and not any(asks.search(_clause(text, at)) or begins.match(text, at + 1) for at in between):
        yield from between


def _behind_han(text: str, group: str, name: str) -> Iterator[int]:
    """Give the places of a pattern where a Chinese character stands before them."""
    for match in _pattern(group, name).finditer(text, 1):
        if _HAN.match(text[match.start() - 1]):
            yield match.start()


_REACH = 200
"""Code points of a line that are looked at on either side."""


def _line(text: str, at: int) -> str:
    before, after = text[max(0, at - _REACH) : at], text[at : at + _REACH]
    return before[before.rfind("\n") + 1 :] + after.split("\n")[0]


def _clause(text: str, at: int) -> str:
    """Give what stands between the last mark and a place; at most 20 code points."""
    return re.split("[，。、；：！？,;:!\n]", text[max(0, at - 20) : at])[-1]
