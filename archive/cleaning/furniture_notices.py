"""Notices of sites: disclaimers, copyright, uploaders' rules, judged sentence by sentence.

A sentence of a notice speaks of itself or of its site, and of what only notices speak of: reprinting, uploading, fees, removal on
request. A speech about copyright speaks of the matter, never of itself. Words: data/furniture_notices.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from archive.cleaning.furniture_page import any_of, pattern, table

_LONGEST, _BRIEF = 240, 40
_FARTHEST, _FARTHEST_ALONE = 40, 15
"""A notice speaks of itself near its beginning."""
_SENTENCE = re.compile(r"[^。!;\n]+[。!;]*[”』」)】]*|[。!;]+")
_EDGES = " \t　\xa0。!;,、()【】[]“”"
_SAID = re.compile("(?<=[一-鿿])(?<!提示)(?<!声明)“[^“”]*”")
_ITEM = re.compile(r"[(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[①②③④⑤⑥⑦⑧⑨⑩])[.、,):]?|[·•●■◆★※*-]")


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    rows = table("notices")["cues"]
    return tuple(
        re.compile("|".join(pattern(each) for each in rows[name].splitlines()))
        for name in ("self", "hard", "soft", "formulas", "prose", "claim")
    )


@cache
def _gate() -> re.Pattern[str]:
    return re.compile(any_of(table("notices")["cues"]["gate"].split()))


def sentences(line: str) -> Iterator[tuple[int, int]]:
    """Give the half-open ranges of the sentences of a plain line; they tile it."""
    return (found.span() for found in _SENTENCE.finditer(line))


def is_notice(sentence: str, *, alone: bool = False) -> bool:
    """Whether a plain sentence is part of a notice.

    Args:
        sentence: With or without its full stop.
        alone: Whether nothing around it says so, as in the middle of a text: more proof is asked for.
    """
    sentence = sentence.strip(_EDGES)
    if not 4 <= len(sentence) <= _LONGEST or _gate().search(sentence) is None:
        return False
    own, hard, soft, formulas, prose, claim = _cues()
    if formulas.fullmatch(sentence) and not alone:
        return True
    itself = own.search(sentence)
    near = itself is not None and itself.start() <= (_FARTHEST_ALONE if alone else _FARTHEST)
    if not near and (alone or len(sentence) > _BRIEF or not claim.search(sentence) or prose.search(sentence)):
        return False
    if alone and any(said.start() <= itself.start() < said.end() for said in _SAID.finditer(sentence) if itself):
        return False  # it tells what a notice says
    acts = {found[0] for found in hard.finditer(sentence) if not alone or not itself or not _overlap(itself, found)}
    score = 2 * len(acts) + len({found[0] for found in soft.finditer(sentence)})
    if alone:
        return len(acts) >= 2 and score >= max(6, len(sentence) / 14)
    return len(acts) >= (1 if near else 2) and score >= max(3, len(sentence) / 18)


def _overlap(first: re.Match[str], second: re.Match[str]) -> bool:
    return first.start() <= second.start() < first.end()


@lru_cache(4096)
def is_notice_line(line: str, *, alone: bool = False) -> bool:
    """Whether a whole plain line is a notice: most of its sentences are, and the others have cues of one."""
    if len(line) > 4 * _LONGEST:
        return False
    parts = [line[start:end] for start, end in sentences(line) if line[start:end].strip(_EDGES)]
    if not parts:
        return False
    own = [part for part in parts if is_notice(part, alone=alone)]
    return 2 * sum(map(len, own)) >= sum(map(len, parts)) and all(part in own or _has_cue(part) for part in parts)


def _has_cue(sentence: str) -> bool:
    return len(sentence) <= _LONGEST // 2 and any(cue.search(sentence) for cue in _cues()[:3])


@lru_cache(4096)
def may_belong_to_notice(line: str) -> bool:
    """Whether a plain line could be an item of a notice if it stands beside one."""
    line = line.strip()
    if not line or len(line) > _LONGEST or _gate().search(line) is None:
        return False
    own, hard, soft, _, prose, _ = _cues()
    acts = {found[0] for found in hard.finditer(line)}
    hints = 2 * len(acts) + len({found[0] for found in soft.finditer(line)})
    if _ITEM.match(line) and prose.search(line) is None:
        return len(acts) >= 2 and hints >= len(line) / 30
    return (own.search(line) is not None or (bool(acts) and len(line) <= _BRIEF)) and hints >= max(3, len(line) / 20)
