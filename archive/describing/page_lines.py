"""Lines that say something of the page that a text stands on, and not of the text: papers, accounts, credits, files, counters.

They end no title and begin no text; where and when it was published is read from them (`archive.describing.publication`).
"""

from __future__ import annotations

from archive.describing.chinese_dates import find_dates
from archive.describing.lines import Stretch
from archive.describing.vocabulary import pattern

RUNNING_HEAD = pattern(r"^(?P<organ>[\u3400-\u9fff]{2,12})[─—―-]+(?=[0-9]{4}年)")

BREADCRUMB = pattern("^(?:当前|您的|你的|您现在的|所在)(?:的)?位置|首页[>»›→/]|[^>»›][>»›][^>»›]{1,20}[>»›]")

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

PAGE = pattern(r"^(?:第?(?P<page>[a-z]?[0-9]{1,3})版[:·]?(?P<section>[\u3400-\u9fff]{0,8}))(?P<rest>.{0,30})$")
"""Page of a newspaper and its section, in folded form."""

FROM = pattern(
    "(?:以下|本)文(?:章)?(?:来源于|来源|来自|转自|转载自|选自|摘自)[:]?[《“「]?(?P<name>[^,。;:《》“”「」]{2,20})[》”」]?(?:$|,)"
)
"""Where an article says that it comes from."""

TABBED = pattern(r"(?P<label>[\u3400-\u9fff][\u3400-\u9fff \u3000]{1,10})[:：]?\t+(?P<value>\S.*)")
"""A label and its value in two cells of a table, in the text as it stands."""

_PAIRS = pattern(r"(?:^|(?<=[\s|】\]]))[\u3400-\u9fff]{2,6}\s?[:：]\s?[^\s:：]")

_COUNTERS = pattern("(?:阅读|评论|浏览|点击|点赞|收藏|转发|人气|访问|播放)(?:量|数|次数)?[(:]?[0-9.,]+万?[)]?")

_FILE = pattern(r"\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|rtf|zip|rar)(?:[_-]?第?[0-9]*页?)?$")

_LABELLED = pattern("^[\u3400-\u9fff]{2,6}(?:时间|日期|地点|单位|机关|编号|类别|来源|作者|人):.{1,40}$")

_ELSEWHERE = pattern(r"[a-z0-9._-]+@[a-z0-9.-]+|https?://|www\.")


def is_of_page(line: Stretch) -> bool:
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
