"""Builds `archive/data/common_characters.txt`: the characters by which an encoding is recognised.

The 1,200 most frequent characters of jieba's dictionary (word frequency summed over its characters), each also in the Traditional
forms that OpenCC knows. Run by a maintainer: `python -m index.analysis.common_characters`. Source: notes text.md 9.1.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import jieba
import opencc

TABLE = Path(__file__).parents[2] / "archive" / "data" / "common_characters.txt"
HOW_MANY = 1200


def collect() -> list[str]:
    """Collect the characters, most frequent first, Traditional forms behind their Simplified one."""
    frequency: Counter[str] = Counter()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, _ = line.decode("utf-8").split(" ")
            for char in word:
                if "一" <= char <= "鿿":
                    frequency[char] += int(count)
    forms = {}
    for line in (Path(opencc.__file__).parent / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8").splitlines():
        simplified, _, traditional = line.partition("\t")
        forms[simplified] = traditional.split()
    common = [char for char, _ in frequency.most_common(HOW_MANY)]
    return list(dict.fromkeys(form for char in common for form in [char, *forms.get(char, [])]))


def main() -> None:
    """Write the characters, forty a line."""
    chars = collect()
    lines = ["".join(chars[start : start + 40]) for start in range(0, len(chars), 40)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
