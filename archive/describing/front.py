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
RUNNING_HEAD = pattern(r"^(?P<organ>[\u3400-\u9fff]{2,12})[─—―-]+(?=[0-9]{4}年)")
BREADCRUMB = pattern("^(?:当前|您的|你的|您现在的|所在)(?:的)?位置|首页[>»›→/]|[^>»›][>»›][^>»›]{1,20}[>»›]")
PROCEEDINGS_LABEL = pattern(
    r"(?P<label>[时時][\s\u3000]*[间間]|日[\s\u3000]*期|地[\s\u3000]*[点點]|主[\s\u3000]*席|主[\s\u3000]*持[\s\u3000]*人)[\s\u3000]+\S"
)
PRINTED_IN = pattern(
    r"^.{0,6}(?P<container>《?[\u3400-\u9fff]{2,16}(?:报|公报|月刊|杂志|周刊|年鉴|学刊|学报|求是)》?)[(,]?"
    r"(?P<date>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)[),]?[(]?(?:第?(?P<page>[0-9a-z]{1,3})版)?[)]?$"
)
"""Newspaper, day and page."""

CREDIT = pattern(
    "[(■□●◆▲★◎○]?(?:本报|本刊|本网|本台|新华社|人民日报|特约|见习|实习|首席|驻[\u3400-\u9fff]{2,4})*(?P<role>记者|通讯员|特派员|评论员|摄影|撰文)(?=[\u3400-\u9fff])(?!问|会|节|站|招待|协会|按)"
)
"""A line that names reporters without a colon."""

STAMP = pattern(r"(?P<date>[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?)[ t]?[0-9]{1,2}[:：][0-9]{2}(?::[0-9]{2})?")
"""A day and a time of day, as pages are stamped when they are put online."""

ISSUE = pattern(
    r"^(?P<container>[\u3400-\u9fff]{2,20}(?:公报|月刊|杂志|周刊|通讯|年鉴))(?:第[0-9一二三四五六七八九十百]+[卷期]){1,2}"
)
YEARBOOK = pattern(
    r"(?P<container>[\u3400-\u9fff]{2,16}年鉴(?:[(]?[0-9]{4}年?(?:卷|版)?[)]?)?|[0-9]{4}年?[\u3400-\u9fff]{2,16}年鉴)"
)
"""A yearbook and its year, in a line of its own."""

_OCCASION = pattern(r"^[—―─\-]+|^[(]?.{0,24}在.{2,}(?:<meetings.txt>).{0,8}(?:上|期间|时)")
_ADOPTED = pattern("(?:通过|公布|发布|批准|修正|修订|核定|制定|订定)")
_TIME = pattern(
    r"^(?:[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?|[上下]午|早上|晚上|中午|[0-9]{1,2}[:：时][0-9]{0,2}[分:]?[0-9]{0,2}|[一二三四五六七八九十]+[时分]|t|z|[()])*$"
)
QUESTION = pattern("(?:问|记者|主持人?|本刊|编者|采访者|q|答|a):")
"""How the turns of an interview begin."""

SUBTITLE = pattern("^[—―─\\-]{1,4}(?=[^—―─\\-])")
"""How a line begins that goes on with the title above it."""

_WORKED = r"(?:<labels.tsv=credit>|<labels.tsv=author>|<labels.tsv=speaker>)"
CREDITED = pattern(rf"^[(〔【\[]?(?:{_WORKED}[/|][\u3400-\u9fff·、]{{2,16}}?(?=$|[)〕】\]]|{_WORKED}[/|])[)〕】\]]?)+$")
ONE_CREDITED = pattern(rf"(?P<role>{_WORKED})[/|](?P<name>[\u3400-\u9fff·、]{{2,16}}?)(?=$|[)〕】\]]|{_WORKED}[/|])")
"""Credits set off by bars: 采访整理／某某, 文 | 某某 图 | 某某."""

CRUMBS = pattern("^[^>»›,。;:]{1,16}(?:[>»›]+[^>»›,。;]{1,30})+$")
MASTHEAD = pattern(
    r"^(?P<name>[\u3400-\u9fff]{2,10}(?:[報报網网刊]|通[讯訊]社|[杂雜][志誌]|[电電][视視]?[台臺]))[>＞»›\s|｜\-]+"
    r"(?P<section>[\u3400-\u9fffA-Za-z]{1,5})$"
)
"""Name of a paper or a site and of one of its sections, in the text as it stands."""

ACCOUNT = pattern(
    r"^(?:原创[\s:：]*)?(?:\S{2,8}\s+)??(?P<name>[^\s,，。；;:：>]{2,20})\s+"
    r"(?:[今昨前]天|今日|昨日|[0-9]+(?:天|小时|小時|周|分钟|分鐘)前|[0-9]{1,2}月[0-9]{1,2}日|(?P<date>[0-9]{4}[-年][0-9]{1,2}[-月][0-9]{1,2}日?)(?:\s*[0-9]{1,2}:[0-9]{2})?)"
    r"(?:\s*(?:发表于|發表於)\s*\S+)?$"
)
"""Name of a public account and the day, as they stand below its titles, in the text as it stands."""

_PAIRS = pattern(r"(?:^|(?<=[\s|】\]]))[\u3400-\u9fff]{2,6}\s?[:：]\s?[^\s:：]")
_COUNTERS = pattern("(?:阅读|评论|浏览|点击|点赞|收藏|转发|人气|访问|播放)(?:量|数|次数)?[(:]?[0-9.,]+万?[)]?")
_FILE = pattern(r"\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|rtf|zip|rar)(?:[_-]?第?[0-9]*页?)?$")
PAGE = pattern(r"^(?:第?(?P<page>[a-z]?[0-9]{1,3})版[:·]?(?P<section>[\u3400-\u9fff]{0,8}))(?P<rest>.{0,30})$")
"""Page of a newspaper and its section, in folded form."""
_WORDS = pattern("[\u3400-\u9fff、·]{0,30}")
FROM = pattern(
    "(?:以下|本)文(?:章)?(?:来源于|来源|来自|转自|转载自|选自|摘自)[:]?[《“「]?(?P<name>[^,。;:《》“”「」]{2,20})[》”」]?(?:$|,)"
)
"""Where an article says that it comes from."""
TABBED = pattern(r"(?P<label>[\u3400-\u9fff][\u3400-\u9fff \u3000]{1,10})[:：]?\t+(?P<value>\S.*)")
"""A label and its value in two cells of a table, in the text as it stands."""
_LABELLED = pattern("^[\u3400-\u9fff]{2,6}(?:时间|日期|地点|单位|机关|编号|类别|来源|作者|人):.{1,40}$")
_NOTE = pattern(r"^[【(\[]?(?:编者按|编者的话|编者注|核心提示|导语|导读|题记|内容提要|内容摘要|按语|编按)[】)\]:]")
NUMBERED_TITLE = pattern(
    r"(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十0-9]{1,3}[)]|[0-9]{1,2}[.、](?![0-9])|第[一二三四五六七八九十0-9]{1,3}篇[:、]?"
    r"|[(【]?篇[一二三四五六七八九十0-9]{1,3}[)】]?[:、]?|范文[一二三四五六七八九十0-9]{1,3}[:、])(?=[^。;,]{2,60}(?:<kinds.tsv=yes>)(?:[(][^()]{1,30}[)])*$)"
)
"""The number of a title among several."""
_ELSEWHERE = pattern(r"[a-z0-9._-]+@[a-z0-9.-]+|https?://|www\.")


_CLOSING = pattern(
    "此致|敬礼|敬颂|顺颂|谨致|专此|即颂|祝好|[撰台钧大教]安$|谨启|敬启|敬上|谨上|顿首|手书|^(?:敬祝|并祝|顺祝|恭祝|即祝|此颂|恭请|祝)[:,]?$"
)
_AUDIENCE = pattern("同志们|各位(?:代表|委员|同志|领导|来宾|嘉宾|评委)|主席")
_ADDRESSED = pattern(
    "[^。;!?]{1,24}(?:吾弟|吾兄|吾儿|爱儿|兄|弟|姐|妹|父亲|母亲|先生|女士|同志|朋友|校友|家长|乡亲|同学|老师|你|您|鉴|如晤|敬启者|局|厅|委|会|公司|中心|理事|会员|读者|村民|居民|职工|员工)(?:们)?:$|敬启者|[^。;!?]{1,10}:$"
)


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


def is_letter(front: Front, lines: Lines) -> bool:
    """Whether somebody is addressed in a line of its own, and a closing formula, or without a title a day, stands at the end."""
    if not front.text or _ADDRESSED.fullmatch(front.text[0].folded) is None or _AUDIENCE.match(front.text[0].folded):
        return False
    end = [line.folded for line in lines.tail[-8:] if line.kept and len(line.folded) <= 20]
    is_dated = front.start == 0 and any(find_dates(folded) for folded in end[-2:])
    return is_dated or any(_CLOSING.search(folded) for folded in end)


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
    if len(folded) <= 120 and not line.heading and _is_chrome(line):
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


def _is_chrome(line: Stretch) -> bool:
    """Whether a line says something of the page and not of the text: values behind labels, counters, files, addresses, crumbs."""
    folded, text = line.folded, line.text
    if "。" in folded:
        return False
    pairs = len(_PAIRS.findall(text))
    dates = find_dates(folded) if pairs else ()
    return (
        pairs >= 2
        or (pairs > 0 and bool(dates) and dates[0].start == 0)
        or _COUNTERS.search(folded) is not None
        or CREDITED.match(folded) is not None
        or (len(folded) <= 60 and CRUMBS.match(folded) is not None)
        or MASTHEAD.match(text) is not None
        or PAGE.match(folded) is not None
        or _LABELLED.match(folded) is not None
        or FROM.match(folded) is not None
        or ("\t" in text and TABBED.match(text) is not None)
        or ACCOUNT.match(text) is not None
        or _FILE.search(folded) is not None
        or _ELSEWHERE.search(folded) is not None
    )


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
