"""Where and when a text was published: source lines, breadcrumbs, datelines, periodicals, notices on reprinting; and credits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from archive.describing.chinese_dates import find_dates
from archive.describing.front import DOCUMENT_NUMBER, Front
from archive.describing.labelled import Labelled
from archive.describing.lines import Lines, Stretch
from archive.describing.page_lines import ACCOUNT, BREADCRUMB, FROM, ISSUE, MASTHEAD, PRINTED_IN, STAMP
from archive.describing.vocabulary import pattern
from archive.evidence import Evidence
from archive.folding import fold

_ADVERTISEMENTS = ("furniture.banner",)
"""Rules that remove what a site put into the text: it names the site, not where the text comes from."""

_HEAD = 40
"""How many lines of the head may hold breadcrumbs, numbers and stamps."""

_NO_SOURCE = pattern(
    "^(?:本站|本网|本室|本报|本刊|本市|原创|网络|互联网|未知|转载|整理|综合|其他|无|佚名|来源|本单位|本局|本院|网友|用户|用户上传|投稿)"
)
_REPRINT = pattern("(?:转载|引用|转发)[^。]{0,12}(?:注明|标明|保留)[^:：。]{0,12}[:：]?")
_ADDRESS = pattern(r"(?i:https?://|www\.)[^\s\u3000-\u9fff，。；）)》\"'<>]+")
_PRINTED = pattern("(?:报|日报|晚报|时报|早报|商报|周报|导报|参考|通讯社|电讯|新华社|中新社|中央社)(?:客户端)?$")
_AGENCY = pattern(
    r"^(?P<agency>[\u3400-\u9fff]{2,8}?(?:社|网|报|台|讯))(?:[\u3400-\u9fff]{0,6}?)(?P<date>(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日)(?:电|讯)"
)
_OWN = pattern(r"^[(〔【\[]?(?P<agency>(?!本|我|据)[\u3400-\u9fff]{2,8}(?:报|社|网|台))(?:讯|消息)")
_YEARBOOK = pattern(r"年鉴(?:社|网)?$")
_VOLUME = pattern(r"^(?:\(?[0-9]{4}\)?(?:年?卷|年版|年)?|第?[0-9一二三四五六七八九十]+卷)$")
_PAGE_HEAD = pattern(
    r"^(?P<book>[\u3400-\u9fff]{2,16}(?:[志誌史]|年[鉴鑑]|大事[记記]|史料|[文全选選]集|[学學][报報]|[集丛叢]刊|公[报報]))"
    r"(?:\s{2,}|\u3000+)\S*?(?P<chapter>第.{1,4}[章节節卷编編回辑輯])?"
)
_NOTE = pattern("(?:刊登|刊载|登载|发表|原载|原刊|转载自|摘自|选自|刊|载)[于自在]?[《〈](?P<container>[^《》〈〉]{2,20})[》〉]")
_END = pattern(r"^(?:[(]?完[)]?[/,。]?)(?P<date>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)")
_CRUMB = pattern("[>＞»›→]")


def read_publication(front: Front, lines: Lines, labelled: Sequence[Labelled]) -> Iterator[Evidence]:
    """Read container, date, page, publisher, address and number, and who worked on the text."""
    proceedings = any(each.states in ("venue", "credit.chair", "speaker") for each in labelled[:12])
    for each in labelled:
        if _in_text(front, each):
            continue
        if each.states.startswith("published."):
            yield from _labelled(each)
        elif each.states == "time" and not proceedings:
            yield from _date_of(each.line, each.start, each.end, "published.labelled")
        elif each.states.startswith("credit.") and each.end - each.start <= 40 and not re.search("[。;?!]", each.folded):
            yield each.line.found("credit.label", each.start, each.end, field=each.states)
        elif each.states == "document-number":
            yield each.line.found("number.line", each.start, each.end)
    above = frozenset(front.lines[: front.start])
    for line in lines.head[:_HEAD]:
        yield from _breadcrumb(line)
        yield from _issue(line)
        yield from _above_text(line)
        stamp = STAMP.search(line.folded) if len(line.folded) <= 60 and (line in above or not line.kept) else None
        if stamp:
            yield from _date_of(line, *stamp.span("date"), "published.stamp")
        if line in above and DOCUMENT_NUMBER.fullmatch(line.folded):
            yield line.found("number.line", 0, len(line.folded))
    for line in front.text[:1]:
        if match := _AGENCY.match(line.folded) or _OWN.match(line.folded):
            yield line.found("published.dateline", *match.span("agency"), field="published.container")
    yield from _running_head(lines)
    for line in lines.all:
        yield from _reprint(line)
        yield from _noted(line)
    for line in lines.tail[-8:]:
        if match := _END.match(line.folded):
            yield from _date_of(line, *match.span("date"), "published.end")


def _in_text(front: Front, each: Labelled) -> bool:
    """Whether a label stands in the text itself, where a colon may follow any word, and its value is none."""
    return each.line in front.text and (each.end - each.start > 40 or each.states in ("credit.chair", "time"))


def _labelled(each: Labelled) -> Iterator[Evidence]:
    if each.line.pieces[0].rule.startswith(_ADVERTISEMENTS):
        return
    if each.states == "published.date" and each.label.startswith(("更新", "上传")):
        yield from _date_of(each.line, each.start, each.end, "published.updated")
    elif each.states == "published.date":
        yield from _date_of(each.line, each.start, each.end, "published.labelled", of_month=each.label.endswith("年月"))
    elif each.states == "published.container":
        if _NO_SOURCE.match(each.folded) or each.end - each.start > 40 or not re.search("[\u3400-\u9fff]", each.folded):
            return
        end = each.start + len(re.split(r"[0-9]{4}[-年./]|,", each.folded)[0])
        if end - each.start >= 2:
            yield each.line.found("published.labelled", each.start, end, field="published.container")
            kind = "newspaper" if _PRINTED.search(each.line.folded[each.start : end]) else "web"
            yield each.line.found("published.labelled", each.start, end, field="published.type", value=kind, sure=0.75)
    else:
        yield each.line.found("published.labelled", each.start, each.end, field=each.states)


def _date_of(line: Stretch, start: int, end: int, rule: str, *, of_month: bool = False) -> Iterator[Evidence]:
    """Read a date; of digits without signs the month where a label asks for one."""
    for date in find_dates(line.folded[start:end])[:1]:
        months = [value for value in date.values if of_month and len(value) == len("2006-12")]
        if len(date.values) == 1 or months:
            value = months[0] if months else date.value
            yield line.found(rule, start + date.start, start + date.end, field="published.date", value=value)


def _breadcrumb(line: Stretch) -> Iterator[Evidence]:
    """Read the yearbook, with its volume, that a page says it stands in."""
    if "年鉴" not in line.folded or not BREADCRUMB.search(line.folded):
        return
    at, crumbs = 0, []
    for crumb in _CRUMB.split(line.folded):
        crumbs.append((at, at + len(crumb)))
        at += len(crumb) + 1
    books = [number for number, (start, end) in enumerate(crumbs) if _YEARBOOK.search(line.folded[start:end])]
    if not books:
        return
    start, end = crumbs[books[-1]]
    value = line.letters(start, end)
    following = crumbs[books[-1] + 1] if books[-1] + 1 < len(crumbs) else None
    if following and _VOLUME.match(line.folded[slice(*following)]):
        value, end = f"{value} {line.letters(*following)}", following[1]
    yield line.found("published.breadcrumb", start, end, field="published.container", value=value)
    yield line.found("published.breadcrumb", start, end, field="published.type", value="yearbook")


def _above_text(line: Stretch) -> Iterator[Evidence]:
    """Read a paper and its section, or a public account and the day, which stand in lines of their own."""
    if len(line.text) > 60:
        return
    if source := FROM.match(line.folded):
        yield line.found("published.note", *source.span("name"), field="published.container")
    masthead = MASTHEAD.match(line.text)
    if masthead:
        end = len(fold(masthead["name"]))
        yield line.found("published.masthead", 0, end, field="published.container")
        kind = "newspaper" if _PRINTED.search(line.folded[:end]) else "web"
        yield line.found("published.masthead", 0, end, field="published.type", value=kind)
    elif account := ACCOUNT.match(line.text):
        start = len(fold(line.text[: account.start("name")]))
        end = start + len(fold(account["name"]))
        if re.search("[\u3400-\u9fff]", account["name"]):
            yield line.found("published.account", start, end, field="published.container")
            yield line.found("published.account", start, end, field="published.type", value="web")
        if account["date"]:
            at = len(fold(line.text[: account.start("date")]))
            yield from _date_of(line, at, at + len(fold(account["date"])), "published.account")


def _running_head(lines: Lines) -> Iterator[Evidence]:
    """Read the book whose name and chapter stand at the head of its pages: at least twice, or with a chapter."""
    spaced = [line for line in lines.all if len(line.text) <= 80 and ("\u3000" in line.text or "  " in line.text)]
    heads = [(line, match) for line in spaced if (match := _PAGE_HEAD.match(line.text))]
    books = Counter(match["book"] for _, match in heads)
    for line, match in heads[:1]:
        if books[match["book"]] >= 2 or match["chapter"]:
            end = len(fold(match["book"]))
            yield line.found("published.running-head", 0, end, field="published.container")
            kind = "yearbook" if "年鉴" in line.folded[:end] else "book"
            yield line.found("published.running-head", 0, end, field="published.type", value=kind)


def _noted(line: Stretch) -> Iterator[Evidence]:
    """Read where a note says that the text was printed: 本文刊于《某某》第33期."""
    match = _NOTE.search(line.folded) if len(line.folded) <= 80 and ("》" in line.folded or "〉" in line.folded) else None
    if match:
        yield line.found("published.note", *match.span("container"), field="published.container")
        yield from _date_of(line, match.end("container"), len(line.folded), "published.note")


def _issue(line: Stretch) -> Iterator[Evidence]:
    """Read volume and number of a periodical, or day and page of a newspaper."""
    if match := ISSUE.match(line.folded):
        yield line.found("published.issue", *match.span(), field="published.container")
        kind = (
            "gazette" if match["container"].endswith("公报") else "yearbook" if match["container"].endswith("年鉴") else "newspaper"
        )
        yield line.found("published.issue", *match.span(), field="published.type", value=kind)
    elif len(line.folded) <= 60 and (match := PRINTED_IN.search(line.folded)):
        yield line.found(
            "published.issue",
            *match.span("container"),
            field="published.container",
            value=line.letters(*match.span("container")).strip("《》"),
        )
        yield line.found("published.issue", *match.span("container"), field="published.type", value="newspaper")
        if match["page"]:
            yield line.found("published.issue", *match.span("page"), field="published.page")
        yield from _date_of(line, *match.span("date"), "published.issue")


def _reprint(line: Stretch) -> Iterator[Evidence]:
    """Read the address that a notice about reprinting asks to be named."""
    notice = _REPRINT.search(line.folded)
    address = _ADDRESS.search(line.text) if notice else None
    if address:
        start = sum(offset < address.start() for offset in line.form.offsets)
        end = sum(offset < address.end() for offset in line.form.offsets)
        yield line.found("published.reprint", start, end, field="published.url", value=address[0])
