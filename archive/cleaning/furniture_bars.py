"""Bars: lines of nothing but buttons and links, such as 首页 | 打印本页 | 关闭窗口. Words: data/furniture_lines.toml."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from archive.cleaning.furniture_marks import Mark, Strength
from archive.cleaning.furniture_page import any_of, pattern, table

_SEPARATORS = r"[\s|│丨∣/·•、,.>»›→←<\[\]【】〖〗〔〕()「」《》…:;*=+↑↓▲▼◆■●_—–\-#!&0-9]"
_BETWEEN_LINKS = re.compile(r"[\s|│丨∣/·•>»\[\]【】〖〗〔〕()_—–]+")
_LONGEST_LINK, _LONGEST_REMAINS = 10, 12
_REMAINS = re.compile(r"[【\[(〖]\s*(?:字号|字体|字级|打印|分享)\s*:?")
_RULES = ("toolbar", "share-bar", "navigation")


@cache
def _words() -> tuple[re.Pattern[str], frozenset[str], dict[str, str]]:
    """All words of bars, the hard ones, and the rule of each that is listed; the others match a pattern of the table."""
    bars = table("lines")["bars"]
    rules = {pattern(word): rule for rule in reversed(_RULES) for row in ("soft", "hard") for word in bars[rule][row].split()}
    hard = frozenset(pattern(word) for rule in _RULES for word in bars[rule]["hard"].split())
    open_ended = "|".join(pattern(each) for rule in _RULES for each in bars[rule]["patterns"])
    return re.compile(f"{open_ended}|{any_of(rules)}"), hard, rules


@cache
def _line() -> re.Pattern[str]:
    return re.compile(rf"{_SEPARATORS}*+(?:(?:{_words()[0].pattern}){_SEPARATORS}*+)++")


@cache
def _open_ended() -> dict[str, re.Pattern[str]]:
    return {rule: re.compile("|".join(pattern(each) for each in table("lines")["bars"][rule]["patterns"])) for rule in _RULES}


def _rule_of(word: str) -> str:
    known = _words()[2].get(word)
    return known or next(rule for rule, found in _open_ended().items() if found.fullmatch(word))


@lru_cache(4096)
def mark_bar(line: str) -> Mark | None:
    """Say how strongly a plain line looks like a bar. Two hard words, or one among three, are furniture anywhere.

    Args:
        line: Without white space at its edges.
    """
    if not re.sub(_SEPARATORS, "", line):
        return Mark("navigation", Strength.BESIDE) if 0 < len(line) <= _LONGEST_REMAINS and not re.search("[0-9]", line) else None
    if _REMAINS.fullmatch(line):  # what cutting a bar into lines has left
        return Mark("toolbar", Strength.EDGE)
    if _line().fullmatch(line) is None:
        return _mark_mixed(line)
    words, hard_words, listed = _words()
    found = list(dict.fromkeys(words.findall(line)))
    hard = [word for word in found if word in hard_words or word not in listed]
    rules = [_rule_of(word) for word in hard or found]
    rule = rules[0] if hard else max(rules, key=rules.count)
    apart = len(found) == 1 or re.search(_SEPARATORS, line) is not None
    if len(hard) >= 2 or (hard and len(found) >= 3 and apart):
        return Mark(rule, Strength.ANYWHERE)
    many = len(found) >= 3 and apart and rule != "navigation"
    if hard or many or (len(found) == 1 and rule == "share-bar" and line.endswith(":")):
        return Mark(rule, Strength.EDGE)
    return Mark(rule, Strength.BESIDE) if apart else None


def _mark_mixed(line: str) -> Mark | None:
    """A line of short words well apart, half of them known and one of them hard: every site has links of its own."""
    words, hard_words, listed = _words()
    links = [word for word in _BETWEEN_LINKS.split(line) if word]
    if len(links) < 3 or max(map(len, links)) > _LONGEST_LINK:
        return None
    known = [word for word in links if words.fullmatch(word)]
    hard = [word for word in known if word in hard_words or word not in listed]
    return Mark(_rule_of(hard[0]), Strength.EDGE) if hard and 2 * len(known) >= len(links) else None
