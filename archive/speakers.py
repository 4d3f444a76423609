"""Who speaks: names and roles before colons, as transcripts set them.

张三：…, 主席（李四）：（10时32分）…, 王委员五：…, 问：…, ### 赵六：. Which words are roles, and which stand before colons without
speaking, is a table: `data/speakers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from archive.folding import fold

_LETTER = r"[^\s:：，。、！？；,!?;「」“”\"（）()【】\[\]《》*#|]"
_TURN = re.compile(
    r"[#>*\s]*(?:[(（\[【]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[)）\]】]?\s*)?[【\[]?"  # marks, the time
    rf"(?P<name>(?![0-9０-９]){_LETTER}{{1,14}}(?:[ \u3000]{_LETTER}{{1,12}})?)"
    r"[】\]]?(?:[（(][^（）()]{1,30}[）)])?\**[】\]]?\s*[:：]\**"  # a remark, the colon
)
_MARKED = re.compile(r"\s*#{1,6}\s.*[:：]\s*")
_LEAST, _SHARE = 4, 0.05
"""Turns that a document must hold before any line of it counts as one, and, unless offices speak, their share in its passages."""


def _is_name(name: str) -> bool:
    from archive.describing.names import is_name  # its tables are for imports; reading an archive does without

    return is_name(name)


def _is_office(name: str) -> bool:
    from archive.describing.names import is_office

    return is_office(name)


def name_before_colon(passage: str) -> str:
    """Give, folded, what stands before the colon at the beginning of a passage if it could be a name; else ""."""
    found = _TURN.match(passage)
    return fold(found["name"]).strip() if found else ""


def find_speakers(passages: Sequence[str]) -> frozenset[str]:
    """Find who speaks in a document.

    Returns:
        Folded names, as `name_before_colon` gives them; none unless there are at least four turns and somebody speaks twice.
    """
    names: Counter[str] = Counter()
    marked = set()  # names with a heading to themselves
    for passage in passages:
        if name := name_before_colon(passage):
            names[name] += 1
            if _MARKED.fullmatch(passage):
                marked.add(name)
    speakers = {
        name: count for name, count in names.items() if _speaks(name) or (name in marked and not _words().others.fullmatch(name))
    }
    turns = sum(speakers.values())
    offices = sum(count for name, count in speakers.items() if not _is_name(name))
    is_talk = turns > len(speakers) and (offices >= _LEAST or turns >= max(_LEAST, _SHARE * len(passages)))
    return frozenset(speakers) if is_talk else frozenset()


@dataclass(frozen=True, slots=True)
class _Words:
    roles: frozenset[str]
    role: re.Pattern[str]
    polite: tuple[str, ...]
    offices: frozenset[str]
    others: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((files("archive") / "data" / "speakers.toml").read_text(encoding="utf-8"))
    roles, polite, offices = (table[name].split() for name in ("roles", "polite", "offices"))
    return _Words(frozenset(roles), re.compile(table["role"]), tuple(polite), frozenset(offices), re.compile(table["others"]))


@lru_cache(1 << 12)
def _speaks(name: str) -> bool:
    """Whether a name or role, folded, is one of somebody who can speak."""
    words = _words()
    bare = name.replace(" ", "")
    if bare in words.roles:
        return True
    if words.others.fullmatch(bare):
        return False
    return words.role.fullmatch(bare) is not None or _is_person(bare) or bare.endswith(words.polite) or _is_office(bare)


def _is_person(name: str) -> bool:
    """Whether these are a name, a foreign one too, or a name behind or around an office: 主持人张三, 王委员五."""
    if _is_name(name) or "·" in name:
        return True
    if any(_holds_office(name[:end]) and _is_name(name[end:]) for end in range(max(2, len(name) - 4), len(name) - 1)):
        return True
    around = [(surname, given) for surname in (1, 2) for given in (1, 2) if len(name) >= surname + given + 2]
    return any(_holds_office(name[surname:-given]) and _is_name(name[:surname] + name[-given:]) for surname, given in around)


def _holds_office(name: str) -> bool:
    return name in _words().roles or name in _words().offices or _is_office(name)
