"""Clean sentences, and the kinds of damage that text takes on its way, each done to a sentence as it happens in life."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"
_LINE = re.compile("[^\n]{12,160}")

OWN = (
    "河边的老水车修好以后，村里人每天傍晚都要去看一看，孩子们在渠边跑来跑去。",
    "会上商量的是明年的事：先修哪一段渠，后修哪一条路，钱从哪里来，工从哪里出。",
    "账目贴在祠堂的墙上，谁都可以去看；看不懂的可以问，问了还不明白就到会上说。",
    "扎扎实实办事，清清白白做人，一是一，二是二，2020年方方面面都有进步。",
    "世贸组织(WTO)的统计说，国内生产总值(GDP)增长5%，A股(a)股价平稳（见http://example.org/a,,b?x=1）。",
    "河邊的老水車修好以後，村裏人每天傍晚都要去看一看，孩子們在渠邊跑來跑去。",
    "會上商量的是明年的事：先修哪一段渠，後修哪一條路，錢從哪裡來，工從哪裡出。",
    "帳目貼在祠堂的牆上，誰都可以去看；看不懂的可以問，問了還不明白就到會上說。",
    "| 月份 | 氣溫 | 雨量 |",
    "甲,,乙,丙,,丁,1,2,,3",
    "他念道：“寻寻觅觅，冷冷清清，凄凄惨惨戚戚。”大家都说好！！真的？？……",
    "亳（bó）州在北边，甪（lù）直在南边；世貿組織(wto)與關貿總協定(gatt)。",
    "同志们：\n各位代表！\n各位代表！\n",
)
"""Sentences of our own, right as they stand, with what rules may take for damage."""


@cache
def clean_lines() -> tuple[str, ...]:
    """Lines of the shared corpora in an order of chance that never changes, ours in front; only ours where there are none."""
    lines = {
        line.strip()
        for file in sorted(CORPORA.glob("*/*.txt"))
        for line in _LINE.findall(file.read_text(encoding="utf-8"))
        if not re.search("[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd]|([，。、；：])\\1", line)
    }
    shuffled = sorted(lines)
    random.Random(11).shuffle(shuffled)
    return (*OWN, *shuffled)


Damage = Callable[[str, random.Random], str | None]
"""Damages a line; None where this kind cannot happen to it."""


def one_byte_out(line: str, chance: random.Random) -> str | None:
    """Lose the first byte of a mark of punctuation in GBK; what follows is out of step up to an ASCII second byte."""
    marks = [match.start() for match in re.finditer("[。，、；：“]", line)]
    for start in chance.sample(marks, len(marks)):
        for end in range(start + 4, len(line) + 1):
            try:
                garbled = line[start:end].encode("gbk")[1:].decode("gbk")
            except UnicodeError:
                continue
            if not garbled[:-1].isascii() and all(char > "\x7f" for char in garbled[:-1]) and "@" <= garbled[-1] <= "~":
                return line[:start] + garbled + line[end:]
    return None


def _misread(line: str, written: str, read: str, chance: random.Random) -> str | None:
    stretches = list(re.finditer("[\u4e00-\u9fff，。、]{4,}", line))
    for match in chance.sample(stretches, len(stretches)):
        try:
            garbled = match[0].encode(written).decode(read)
        except UnicodeError:
            continue
        return line[: match.start()] + garbled + line[match.end() :]
    return None


def utf8_as_gbk(line: str, chance: random.Random) -> str | None:
    """Read the UTF-8 of a stretch as GBK."""
    return _misread(line, "utf-8", "gb18030", chance)


def utf8_as_latin(line: str, chance: random.Random) -> str | None:
    """Read the UTF-8 of a stretch as Latin-1."""
    return _misread(line, "utf-8", "latin-1", chance)


def gbk_as_latin(line: str, chance: random.Random) -> str | None:
    """Read the GB 2312 bytes of a stretch as Latin-1."""
    return _misread(line, "gb2312", "latin-1", chance)


_HKSCS = {
    "衞": "\ue40c",
    "邨": "\ue473",
    "着": "\ue2e5",
    "劏": "\ueb7b",
    "峯": "\ue11a",
    "埗": "\ue88c",
    "嘅": "\uecd1",
    "滙": "\ue05e",
}
"""Characters of daily use in Hong Kong, with their code points in HKSCS-2004."""


def hkscs(line: str, chance: random.Random) -> str | None:
    """Put the private-use code point of HKSCS for each character that has one."""
    damaged = "".join(_HKSCS.get(char, char) for char in line)
    return damaged if damaged != line else None


def doubled_runs(line: str, chance: random.Random) -> str | None:
    """Put before a title the same title with every run of it twice."""
    title = re.sub("\\W+", "", line)[: chance.randint(8, 30)]
    if len(title) < 8 or not re.fullmatch("[\u4e00-\u9fff0-9]+", title):
        return None
    runs = []
    at = 0
    while at < len(title):
        size = chance.randint(1, 6)
        runs.append(title[at : at + size] * 2)
        at += size
    return "".join(runs) + chance.choice((" ", "\n", "  ")) + title + "\n" + line


def doubled_characters(line: str, chance: random.Random) -> str | None:
    """Put before a title the same title with every character twice."""
    title = re.sub("\\W+", "", line)[: chance.randint(8, 30)]
    if len(title) < 8 or not re.fullmatch("[\u4e00-\u9fff0-9]+", title):
        return None
    return "".join(char * 2 for char in title) + chance.choice((" ", "\n")) + title + "\n" + line


def doubled_line(line: str, chance: random.Random) -> str | None:
    """Say a line twice on one line."""
    return line + line if len(re.findall("[\u4e00-\u9fff]", line)) >= 30 else None


_TONES = {"zhong": "zhōng", "guo": "guó", "ren": "rén", "min": "mín", "fa": "fā", "nian": "nián", "xue": "xué", "hui": "huì"}
_READINGS = {
    **dict.fromkeys("中", "zhong"), **dict.fromkeys("国國", "guo"), **dict.fromkeys("人", "ren"), **dict.fromkeys("民", "min"),
    **dict.fromkeys("发發法", "fa"), **dict.fromkeys("年", "nian"), **dict.fromkeys("学學", "xue"), **dict.fromkeys("会會", "hui"),
}  # fmt: skip


def pinyin_gloss(line: str, chance: random.Random) -> str | None:
    """Set readings behind some characters, with or without tone, once or twice, in brackets of either width."""
    places = [match.end() for match in re.finditer(f"[{''.join(_READINGS)}]", line)]
    if not places:
        return None
    damaged = line
    for place in sorted(chance.sample(places, chance.randint(1, min(3, len(places)))), reverse=True):
        reading = _READINGS[line[place - 1]]
        written = chance.choice((reading, _TONES[reading], reading + "4"))
        opening, closing = chance.choice(("()", "（）", "[]"))
        damaged = damaged[:place] + (opening + written + closing) * chance.randint(1, 2) + damaged[place:]
    return damaged


def doubled_mark(line: str, chance: random.Random) -> str | None:
    """Type a mark twice between two words."""
    places = [match.end() for match in re.finditer("(?<=[\u4e00-\u9fff])[，。、；：,](?=[\u4e00-\u9fff]|$)", line)]
    if not places or line.count(",") * 6 > len(line):
        return None
    place = chance.choice(places)
    return line[:place] + line[place - 1] + line[place:]


KINDS: dict[str, Damage] = {
    "one byte out": one_byte_out,
    "UTF-8 as GBK": utf8_as_gbk,
    "UTF-8 as Latin": utf8_as_latin,
    "GBK as Latin": gbk_as_latin,
    "HKSCS": hkscs,
    "doubled runs": doubled_runs,
    "doubled characters": doubled_characters,
    "doubled line": doubled_line,
    "pinyin gloss": pinyin_gloss,
    "doubled mark": doubled_mark,
}


def damaged_lines(kind: str, most: int) -> Iterator[tuple[str, str]]:
    """Give lines and what this kind of damage made of them."""
    chance = random.Random(kind)
    found = 0
    for line in clean_lines():
        damaged = KINDS[kind](line, chance)
        if damaged is not None and damaged != line:
            yield line, damaged
            found += 1
            if found == most:
                return
