"""Letters: somebody is addressed in a line of its own, and the end is that of a letter."""

from __future__ import annotations

from archive.describing.chinese_dates import find_dates
from archive.describing.front import Front
from archive.describing.lines import Lines
from archive.describing.vocabulary import pattern

_CLOSING = pattern(
    "此致|敬礼|敬颂|顺颂|谨致|专此|即颂|祝好|[撰台钧大教]安$|谨启|敬启|敬上|谨上|顿首|手书|^(?:敬祝|并祝|顺祝|恭祝|即祝|此颂|恭请|祝)[:,]?$"
)

_AUDIENCE = pattern("同志们|各位(?:代表|委员|同志|领导|来宾|嘉宾|评委)|主席")

_ADDRESSED = pattern(
    "[^。;!?]{1,24}(?:吾弟|吾兄|吾儿|爱儿|兄|弟|姐|妹|父亲|母亲|先生|女士|同志|朋友|校友|家长|乡亲|同学|老师|你|您|鉴|如晤|敬启者|局|厅|委|会|公司|中心|理事|会员|读者|村民|居民|职工|员工)(?:们)?:$|敬启者|[^。;!?]{1,10}:$"
)


def is_letter(front: Front, lines: Lines) -> bool:
    """Whether somebody is addressed in a line of its own, and a closing formula, or without a title a day, stands at the end."""
    if not front.text or _ADDRESSED.fullmatch(front.text[0].folded) is None or _AUDIENCE.match(front.text[0].folded):
        return False
    end = [line.folded for line in lines.tail[-8:] if line.kept and len(line.folded) <= 20]
    is_dated = front.start == 0 and any(find_dates(folded) for folded in end[-2:])
    return is_dated or any(_CLOSING.search(folded) for folded in end)
