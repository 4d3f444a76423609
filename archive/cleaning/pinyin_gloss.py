"""Readings set behind characters: 發(fā)展, 2021年(nian), 中(zhong)(zhong)共; left by sites that convert or disguise a text.

Only what is a reading of the very character before it goes, so that 世貿組織(wto) stays. A rare character with its reading may be
the author's own help; it stays unless the text glosses common characters too. Source: notes text.md 5; data/pinyin.tsv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from archive.cleaning.rules import edit
from archive.cleaning.text import Text
from archive.common import is_ordinary
from archive.edits import Edit
from archive.folding import fold

_LETTERS = "a-zà-üāēěīńňōūǎǐǒǔǖǘǚǜǹɑɡ\u0300-\u030c"
_ONE = f"[(（\\[［〔【] ?([{_LETTERS}]{{1,9}}[1-5]?) ?[)）\\]］〕】]"
_GLOSSES = re.compile(f"(?:{_ONE})+")
_SINGLE = re.compile(_ONE)
_OF_LANGUAGE = re.compile(
    "[字词詞]句|例句|句型|拼音|读音|讀音|声调|聲調|多音字|生[字词詞]|汉字|漢字|语法|語法|文法|轻声|輕聲|[读讀念]作"
)
_SYSTEMATIC = 2
"""From so many glosses of ordinary characters on, a text is glossed by a machine."""


@cache
def _readings() -> dict[str, str]:
    lines = (files("archive") / "data" / "pinyin.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def is_reading(letters: str, char: str) -> bool:
    """Whether letters, with or without tone, are a reading of a character."""
    plain = unicodedata.normalize("NFD", letters.rstrip("12345").replace("ɑ", "a").replace("ɡ", "g")).replace("u\u0308", "v")
    syllable = "".join(letter for letter in plain if letter.isascii())
    return char in _readings().get(syllable, "")


def pinyin_glosses(text: Text) -> Iterator[Edit]:
    """Remove the glosses of a text."""
    if _SINGLE.search(text.string) is None:  # three times as fast as looking for runs of them
        return
    found = [match for match in _GLOSSES.finditer(text.string) if _glosses_character(text.string, match)]
    if _are_help(text.string, found):
        return
    ordinary = [match for match in found if is_ordinary(text.string[match.start() - 1])]
    for match in found if len(ordinary) >= _SYSTEMATIC else ordinary:
        yield edit("repair.pinyin-gloss", match.start(), match.end())


def _are_help(string: str, found: list[re.Match[str]]) -> bool:
    """Whether an author set readings with their tones, as in a textbook.

    Such a text speaks of the language, and it glosses characters that no conversion changes.
    """
    if _OF_LANGUAGE.search(string) is None:
        return False
    toned = [match for match in found if not match[0].isascii() and any(char.isalpha() and char > "\x7f" for char in match[0])]
    own = sum(fold(string[match.start() - 1]) == string[match.start() - 1] for match in toned)
    return 2 * own > len(toned) and 2 * len(toned) > len(found)


def _glosses_character(string: str, match: re.Match[str]) -> bool:
    char = string[match.start() - 1 : match.start()]
    if not "\u3007" <= char <= "\u9fff":
        return False
    letters = _SINGLE.findall(match[0])
    # A single plain letter is the label of an item or of a value: 总额(e).
    return all((len(one) > 1 or one > "\x7f") and is_reading(one, char) for one in letters)
