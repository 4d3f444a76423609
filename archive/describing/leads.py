"""How reports and talks begin and end: datelines, when something happened, what others told; greetings and thanks."""

from __future__ import annotations

from collections.abc import Sequence

from archive.describing.front import Front, Role
from archive.describing.lines import Lines, Stretch
from archive.describing.page_lines import MASTHEAD, PAGE
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence
from archive.folding import fold

DATELINE = pattern(
    r"^[(〔【\[]?(?:"
    r"(?:本[报刊网台社]|[\u3400-\u9fff]{2,8}(?:报|网|社|台|客户端))(?:综合|专)?(?:讯|消息|快讯)"
    r"|(?:本[报刊网台社]|[\u3400-\u9fff]{2,8}社)?(?:[\u3400-\u9fff]{1,4}中心)?(?:实习|见习|首席|特约)?(?:记者|特派员|通讯员)"
    r"[\u3400-\u9fff、/·]{2,30}(?:[0-9]{1,2}日)?(?:报导|报道|讯|电)"
    r"|[^,。0-9]{2,20}(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:综合|专)?(?:电|讯)"
    ")"
)

_LEAD = pattern(
    "(?:(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日|近日|日前|昨[日天]|[今前]天|今日|本周|连日来|近来|.{2,24}(?:今日|昨日)[(])(?:[上下]午|晚|至|,|[(]|.{1,6}[,(])?"
)

_OWN = pattern("我(?!国|省|市|县|区|州|院|校|局|厅|部)|本人|咱|您|大家好")

_TURN = pattern("[\u3400-\u9fff]{1,8}:")

_BEGINS = pattern(
    "(?:今天|今晚|今日|下面|这次|这一讲|这堂课)[,]?(?:我们?)?(?:就|想|来|要|主要)?(?:[给和跟与为向同](?:大家|各位|同学们|同志们))?.{0,6}?(?:讲|谈|说|聊|汇报|分享|交流)"
    "|(?:大家|同学们|同志们|各位|老师们)(?:[上下]午|早上|晚上|晚)?好[!,。]|(?:欢迎|感谢)(?:大家|各位)(?:来|光临|参加)"
)

_THANKS = pattern(
    "(?:谢谢|感谢)(?:大家|各位|诸位|同志们|主席)?(?:的聆听)?[!。)]*$"
    "|(?:讲|谈|汇报|发言|讲话|演讲|报告)就?(?:到|完)(?:这里|此|了|这儿|此为止)"
)

_TOLD = pattern("记者(?!会|问|节|站|协会|证)|据了解|据悉|据介绍|(?:相关|有关)负责人(?:表示|介绍|说|告诉)")

_QUOTED = pattern("“[^“”]*”|「[^「」]*」")

_NEWS = pattern("[\u3400-\u9fff]{0,5}(?:新闻|新闻稿|新闻公报|要闻|快讯)")

_SPOKEN_TO = pattern(
    "(?:同志们|同学们|朋友们|乡亲们|代表们|女士们|先生们|老师们|各位(?:代表|委员|同志|领导|来宾|嘉宾|老师|同学|朋友|乡亲))[,!]"
)

_SECTION = pattern("(?:新闻|新闻稿|要闻|快讯|动态|港闻|时讯|资讯|报道|本地|社会|民生|生活)$")

_CHROME = pattern("[>»›_|]")


def is_news(front: Front, text: Sequence[Stretch]) -> bool:
    """Whether a text under a title begins with when something happened, and is no speech and no chronicle."""
    lead = text[0].folded[:160]
    begins = Role.TITLE in front.roles[: front.start] and _LEAD.match(lead) is not None and len(text[0].folded) >= 30
    dated = sum(_LEAD.match(line.folded) is not None for line in text[:12])
    return begins and dated <= 2 and not _OWN.search(lead)


def asks_around(front: Front, text: Sequence[Stretch]) -> bool:
    """Whether a text under a title tells what others told a reporter, and nobody speaks in the first person."""
    lines = [line.folded for line in text[:12]]
    told = any(_TOLD.search(folded) for folded in lines)
    return Role.TITLE in front.roles[: front.start] and told and not any(_OWN.search(_QUOTED.sub("", folded)) for folded in lines)


def find_talk(front: Front, lines: Lines) -> Evidence | None:
    """Find how a speaker begins or ends, where nobody else speaks: 今天我和大家谈…, 谢谢大家."""
    kept = [line for line in lines.all if line.kept]
    if sum(_TURN.match(line.folded) is not None for line in kept) >= 3:
        return None
    for line in kept:
        if line not in front.text[:1] and (spoken_to := _SPOKEN_TO.match(line.folded)):
            return line.found("kind.address", *spoken_to.span(), value="speech")
    for line in front.text[:2]:
        if begins := _BEGINS.search(line.folded[:200]):
            return line.found("kind.address", *begins.span(), value="speech")
    for line in kept[-3:]:
        if ends := _THANKS.search(line.folded[-40:]):
            shift = len(line.folded[:-40])
            return line.found("kind.address", shift + ends.start(), shift + ends.end(), value="speech")
    return None


def find_section(line: Stretch) -> tuple[int, int] | None:
    """Find a section of news among the crumbs, or behind the name of a paper, in the folded form of a line."""
    page = PAGE.match(line.folded)
    if page:
        return page.span("section") if _SECTION.search(page["section"]) else None
    masthead = MASTHEAD.match(line.text)
    if masthead:
        return (0, len(line.folded)) if _SECTION.search(fold(masthead["section"])) else None
    if len(line.folded) <= 8 and _NEWS.fullmatch(line.folded):
        return 0, len(line.folded)
    at = 0
    for crumb in _CHROME.split(line.folded):
        if crumb and len(crumb) <= 8 and _SECTION.search(crumb) and _CHROME.search(line.folded):
            return at, at + len(crumb)
        at += len(crumb) + 1
    return None
