"""The front of a document: the lines above its text, each with what it is.

A line of the front is a title, a byline, a date, an occasion (——…年…月…日在…会议上), a history of enactment, the number of an
official document, a labelled value, or of no use. The text begins with a salutation, a heading or a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from archive.describing.chinese_dates import find_dates
from archive.describing.lines import Lines, Stretch
from archive.describing.names import is_name, is_office, read_byline
from archive.describing.page_lines import BREADCRUMB, CREDIT, ISSUE, PRINTED_IN, RUNNING_HEAD, STAMP, YEARBOOK, is_of_page
from archive.describing.vocabulary import pattern, words

LABEL = pattern(r"(?:^|(?<=[\[(【|丨/]))(<labels.tsv>):")
"""A label at the start of folded text, its name in group 1."""

OPENING = r"(?:各位[\u3400-\u9fff]{1,8}|<salutations.txt>)[^。;?]{0,60}?[:!,]"
SALUTATION = pattern(OPENING)
DOCUMENT_NUMBER = pattern(
    r"[(]?[\u3400-\u9fff]{1,14}[〔\[(【][0-9]{4}[〕\])】]第?[0-9]{1,5}号[)]?|第[0-9零〇一二三四五六七八九十百]{1,6}号"
    r"|[(][0-9]{4}[)][\u3400-\u9fff0-9]{2,14}第?[0-9]{1,6}号"
)
ARTICLE = pattern("第[一1壹][条章编](?![、~～至及第项款条文])|总则|目录|编注|前言|<")
"""How the text of a law begins."""

HEADING = pattern(
    r"第[一二三四五六七八九十百零〇0-9]{1,4}[编章节条部部分篇](?!届)|[一二三四五六七八九十]{1,3}[、.．]|[(][一二三四五六七八九十0-9]{1,3}[)]|[0-9]{1,2}[.．、](?![0-9])"
    r"|(?:目录|前言|引言|序言|总则)$"
)
_SENTENCE = pattern("[。;]|,.*[,、]|[:,、]$")
_SUBJECT = pattern("^第[一二三四五六七八九十百0-9]{1,4}届.{2,40}?会议(?:听取|审议了|认为|指出|强调)")
_ADDRESSEE = pattern("(?:各|政府|委员会|同志|代表|委员|先生|女士|部|局|厅|办|院|大学|公司|同学|老师|朋友|主席)[^。]*:$")
PROCEEDINGS_LABEL = pattern(
    r"(?P<label>[时時][\s\u3000]*[间間]|日[\s\u3000]*期|地[\s\u3000]*[点點]|主[\s\u3000]*席|主[\s\u3000]*持[\s\u3000]*人)[\s\u3000]+\S"
)
_OCCASION = pattern(r"^[—―─\-]+|^[(]?.{0,24}在.{2,}(?:<meetings.txt>).{0,8}(?:上|期间|时)")
_ADOPTED = pattern("(?:通过|公布|发布|批准|修正|修订|核定|制定|订定)")
_TIME = pattern(
    r"^(?:[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?|[上下]午|早上|晚上|中午|[0-9]{1,2}[:：时][0-9]{0,2}[分:]?[0-9]{0,2}|[一二三四五六七八九十]+[时分]|t|z|[()])*$"
)
QUESTION = pattern("(?:问|记者|主持人?|本刊|编者|采访者|q|答|a):")
"""How the turns of an interview begin."""

SUBTITLE = pattern("^[—―─\\-]{1,4}(?=[^—―─\\-])")
"""How a line begins that goes on with the title above it."""

_WORDS = pattern("[\u3400-\u9fff、·]{0,30}")
_NOTE = pattern(r"^[【(\[]?(?:编者按|编者的话|编者注|核心提示|导语|导读|题记|内容提要|内容摘要|按语|编按)[】)\]:]")
NUMBERED_TITLE = pattern(
    r"(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十0-9]{1,3}[)]|[0-9]{1,2}[.、](?![0-9])|第[一二三四五六七八九十0-9]{1,3}篇[:、]?"
    r"|[(【]?篇[一二三四五六七八九十0-9]{1,3}[)】]?[:、]?|范文[一二三四五六七八九十0-9]{1,3}[:、])(?=[^。;,]{2,60}(?:<kinds.tsv=yes>)(?:[(][^()]{1,30}[)])*$)"
)
"""The number of a title among several."""


class Role(Enum):
    """What a line of the front is."""

    TITLE = auto()
    BYLINE = auto()
    DATE = auto()
    OCCASION = auto()
    HISTORY = auto()
    NUMBER = auto()
    LABEL = auto()
    NOTHING = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Front:
    """The lines above the text.

    Attributes:
        lines: Every line of the head that was kept, in order.
        roles: What each is; TEXT from where the text begins.
        start: Number of the line with which the text begins; as many as there are lines if none does.
    """

    lines: tuple[Stretch, ...]
    roles: tuple[Role, ...]
    start: int

    @property
    def text(self) -> tuple[Stretch, ...]:
        """The lines of the text itself, as far as they are looked at."""
        return self.lines[self.start :]

    def those(self, *roles: Role) -> tuple[Stretch, ...]:
        """Give the lines of the front that are any of these."""
        return tuple(line for line, role in zip(self.lines[: self.start], self.roles, strict=False) if role in roles)


def front_of(lines: Lines) -> Front:
    """Tell what the first lines of a document are."""
    kept = tuple(line for line in lines.head if line.kept)
    roles: list[Role] = []
    start = len(kept)
    for number, line in enumerate(kept):
        role = role_of(line)
        if number and roles[-1] is Role.LABEL and kept[number - 1].folded.endswith(":"):
            role = Role.NOTHING  # the value of the label above
        if role is Role.TEXT and number == 0 and NUMBERED_TITLE.match(line.folded):
            role = Role.TITLE
        if role is Role.TITLE and Role.HISTORY in roles and not line.heading:
            role = Role.HISTORY  # an entry goes on
        if role is Role.TEXT and Role.HISTORY in roles and not ARTICLE.match(line.folded) and line.folded[0] in ",。;)":
            role = Role.HISTORY
        if role is Role.TEXT and (Role.TITLE in roles or not _more_front_follows(kept, number)):
            start = number
            break
        roles.append(Role.NOTHING if role is Role.TEXT else role)
    return Front(kept, (*roles, *[Role.TEXT] * (len(kept) - start)), start)


def _more_front_follows(kept: Sequence[Stretch], number: int) -> bool:
    """Whether notices of a page stand here, before the front itself: a marked first heading or an occasion follows soon."""
    line = kept[number]
    if SALUTATION.match(line.folded) or len(line.folded) > 200:
        return False
    return any(each.heading or role_of(each) in (Role.OCCASION,) for each in kept[number + 1 : number + 12])


def role_of(line: Stretch) -> Role:
    """Tell what a line of the front is, from the line alone."""
    folded = line.folded
    if len(folded) < 2 or folded.startswith("<") or folded in words("page_words.txt") or _made_of_page_words(folded):
        return Role.NOTHING
    if _is_turn(line) or QUESTION.match(folded):
        return Role.TEXT
    if LABEL.match(folded) or PROCEEDINGS_LABEL.match(line.text):
        return Role.LABEL
    if SALUTATION.match(folded) or _ADDRESSEE.search(folded):
        return Role.TEXT
    if CREDIT.match(folded) or PRINTED_IN.search(folded) or (STAMP.search(folded) and len(folded) <= 60):
        return Role.LABEL
    if DOCUMENT_NUMBER.fullmatch(folded):
        return Role.NUMBER
    if _NOTE.match(folded):
        return Role.NOTHING
    if RUNNING_HEAD.match(folded) or ISSUE.match(folded) or YEARBOOK.fullmatch(folded) or BREADCRUMB.search(folded):
        return Role.NOTHING
    if len(folded) <= 120 and not line.heading and is_of_page(line):
        return Role.LABEL
    if folded.isascii():
        return Role.DATE if _is_date(folded) else Role.NOTHING
    return _dated(line) or _worded(line)


def _dated(line: Stretch) -> Role | None:
    folded = line.folded
    if _is_date(folded):
        return Role.DATE
    if len(folded) <= 40 and is_byline_and_day(folded):
        return Role.BYLINE
    dates = find_dates(folded[:60])
    early = bool(dates) and dates[0].start <= 4
    if early and (line.heading or folded.endswith("讲话")):
        return None
    if _OCCASION.match(folded) and "。" not in folded and len(folded) <= 140 and (folded[0] in "—―─-(" or early):
        return Role.OCCASION
    if re.match("[0-9]{1,2}[.、](?:中华)?民国", folded):
        return Role.HISTORY
    if early and _ADOPTED.search(folded) and not re.search(",.{30,}。", folded):
        return Role.HISTORY
    return None


def _is_turn(line: Stretch) -> bool:
    """Whether a line names who speaks next: a marked heading that ends with a colon."""
    return line.heading and line.folded.endswith(":")


def _worded(line: Stretch) -> Role:
    folded = line.folded
    if read_byline(line) is not None:
        return Role.BYLINE
    if line.heading:
        return Role.TEXT if re.match("第[一二三四五六七八九十百0-9]+[编章节]", folded) else Role.TITLE
    if HEADING.match(folded) and not folded.endswith(("纪录", "记录", "纪要")):
        return Role.TEXT
    if len(folded) > 40 and len(line.text.split()) >= 3:
        return Role.TEXT  # clauses without marks between them
    if len(folded) > 70 or _SUBJECT.match(folded) or _SENTENCE.search(folded.rstrip(")")):
        return Role.TEXT
    return Role.TITLE if len(re.findall("[\u3400-\u9fff]", folded)) >= 2 else Role.NOTHING


def _is_date(folded: str) -> bool:
    """Whether a line holds dates and times of day, and nothing else."""
    inner = folded.strip("()（）—―─-")
    dates = find_dates(inner)
    if not dates or dates[0].start > 0:
        return False
    rest = "".join(
        inner[left:right]
        for left, right in zip([date.end for date in dates], [*(date.start for date in dates[1:]), len(inner)], strict=True)
    )
    return _TIME.match(rest.replace("、", "").replace("至", "").replace(" ", "")) is not None


def is_byline_and_day(folded: str) -> bool:
    """Whether words hold days, a name and its office, and nothing else."""
    at, rest, dates = 0, "", find_dates(folded)
    for date in dates:
        rest, at = rest + folded[at : date.start], date.end
    rest = (rest + folded[at:]).strip("()—-,、")
    named = is_name(rest) or any(is_office(rest[:-length]) and is_name(rest[-length:]) for length in (2, 3, 4))
    return _WORDS.fullmatch(rest) is not None and "在" not in rest and (named or (bool(dates) and not rest))


def _made_of_page_words(folded: str) -> bool:
    """Whether a line holds words of a page and marks only."""
    parts = [part for part in re.split(r"[\s|>＞»›→·\[\]【】:：(),，。!!]+", folded) if part]
    return not "".join(parts).isdigit() and all(part in words("page_words.txt") or part.isdigit() for part in parts)
