"""Builds `archive/data/scripts.tsv`: the characters that tell Simplified from Traditional text.

A character is Simplified only if OpenCC turns it into others and never keeps it (发, but not 后: 皇后 is Traditional too);
Traditional only the other way round. Run by a maintainer: `python -m index.analysis.script_characters`.
"""

from __future__ import annotations

from index.analysis.folding_table import OPENCC, TABLE

SCRIPTS = TABLE.with_name("scripts.tsv")


def _candidates(name: str) -> dict[str, list[str]]:
    lines = (OPENCC / name).read_text(encoding="utf-8").splitlines()
    return {key: values.split() for key, _, values in (line.partition("\t") for line in lines) if values}


def collect() -> dict[str, str]:
    """Collect `hans` and `hant`: characters of one script only, in code point order, without those beyond the BMP."""
    to_traditional, to_simplified = _candidates("STCharacters.txt"), _candidates("TSCharacters.txt")
    hans = {char for char, forms in to_traditional.items() if char not in forms and char not in to_simplified}
    hant = {char for char, forms in to_simplified.items() if char not in forms and char not in to_traditional}
    return {name: "".join(sorted(char for char in chars if char <= "\uffff")) for name, chars in (("hans", hans), ("hant", hant))}


def main() -> None:
    """Write one line a script: name, characters."""
    SCRIPTS.write_text("".join(f"{name}\t{chars}\n" for name, chars in collect().items()), encoding="utf-8")


if __name__ == "__main__":
    main()
