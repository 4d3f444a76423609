"""Citations: what a researcher prints under a quotation, one line in the style asked for.

A citation is a *record* of the document as the style writes it and behind it, in the same words for every style, what only this
archive can say: passage, archive and release, reference, permalink, and what is wrong with the text. So the record stays as its
standard wants it and can be cut off and used alone. Inside it, styles print a passage instead of the page or lose it, and a comma
would grow onto an address. Source: notes citing.md 2.3 and 4.3.

The type comes from where a text was published first, never from its kind. Fixed words follow the script of the document; metadata
are printed as written, without invisible characters and without the punctuation at their ends that the style sets itself.

Sources: GB/T 7714—2025, by the engine behind tests/golden/citations.json and by quotations of its clauses, not in print; GB/T
15834—2011 for 《》; the footnotes of 历史研究 for the plain line. Another style is one function and one row of STYLES.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from archive.dates import PartialDate, parse_date
from archive.errors import UserError
from archive.identifiers import Reference, format_reference
from archive.metadata import Metadata, Publication
from archive.script import script_of

_PLAIN = {
    "newspaper": "{work}{date}，{sheet}",
    "web": "{container}，{date}",  # its address may rot; the permalink shows it
    "book": "{book}，{imprint}，{date}，{page}",
    "yearbook": "{book}，{imprint}，{date}，{page}",
    "gazette": "{work}{date}，{page}",
    "archive": "{date}，{shelfmark}，{holder}，{page}",
    "": "{date}",
}
_GBT_BOOK = "{editor}. {container}. {place}：{publisher}，{year}：{page}"  # 8.3; 7.5 allows to omit an unknown place or publisher
_GBT_2025 = {
    "newspaper": ("N", "{container}，{date}{sheet}"),  # 8.5
    "web": ("EB", "{posted}{accessed}"),  # 8.11: a page has no container
    "book": ("M", _GBT_BOOK),
    "yearbook": ("M", _GBT_BOOK),
    "gazette": ("J", "{container}，{date}：{page}"),  # 8.5, a serial; we know no volume, the date names the issue
    "archive": ("A", "{place}：{container}，{date}：{page}"),  # 8.12
    "": ("EB", "{container}{posted}{accessed}"),  # 8.11, and the archive named as 8.14 and 8.15 name a platform
}
"""Type of publication ("" for none), its mark (annex A), and what stands between mark and address."""

_CAVEATS = {
    "cut-off": "不完整",
    "abridged": "系节录",
    "lost-characters": "有缺字",
    "no-punctuation": "无标点",
    "needs-ocr": "待文字识别",
}
_QUALIFIERS = {"~": "约", "?": "疑为", "%": "疑为约"}
_TRADITIONAL = str.maketrans("约为间页来系节录无标点识别题“”", "約為間頁來係節錄無標點識別題「」")
"""The fixed words of this module, character by character; never used on metadata."""

_MARKS = " \u3000，。、；：,.;:"
_INNER = str.maketrans("《》", "〈〉")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_NUMBERED = re.compile(r"第?([0-9A-Za-z][^版页頁]*)[版页頁]?")
_EDITED = re.compile(r"(?P<editor>[^《》]+?)[主合]?[编編]：《(?P<book>[^《》]+)》")
"""A book with its editor as footnotes write it, 国家统计局编：《中国统计年鉴2023》; metadata have no field for editors."""


class UnknownStyle(UserError):
    """No citation style of that name."""

    code = "unknown-style"


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited.

    Attributes:
        metadata: Of the document.
        reference: Place in it; without a passage the citation names none.
        archive_name: As settings have it; may be empty.
        release: State of the corpus, such as `2026.3`; may be empty.
        permalink: Address of exactly this place, or "".
        accessed: Day on which an online source was read, `2026-11-21`; "" for the day of its capture (notes citing.md 4.3).
        quote: Words of the passage, printed before the citation as they are, or "".

    Raises:
        InvalidMetadata: `accessed` is no date.
    """

    metadata: Metadata
    reference: Reference
    archive_name: str = ""
    release: str = ""
    permalink: str = ""
    accessed: str = ""
    quote: str = ""

    def __post_init__(self) -> None:
        if self.accessed:
            parse_date(self.accessed)

    def fixed(self, words: str) -> str:
        """Write fixed words, given in Simplified characters, in the script of the document: its language, else its title."""
        language, title = self.metadata.language, self.metadata.title
        return words.translate(_TRADITIONAL) if language == "zh-Hant" or (not language and script_of(title) == "hant") else words


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write a record.

    Attributes:
        id: Name in addresses and on the command line.
        write: Gives the record of a document, one line.
        joint: What stands between a record and the passage.
    """

    id: str
    write: Callable[[Cited], str]
    joint: str


def cite(cited: Cited, style: str = "plain") -> str:
    """Cite a passage.

    Returns:
        One line: the quoted words if any, the record, the passage, archive and reference, the permalink unless the record has it,
        and a caveat if the text has flags (outside the citation it would be lost: notes features.md 4).

    Raises:
        UnknownStyle: There is no such style; the hint lists those there are.

    Always: without quoted words it begins with `cite_document(cited, style)`.
    """
    record = cite_document(cited, style)
    passage = _passage(cited.reference)
    archive = _join(" ", _line(cited.archive_name), _line(cited.release))
    source = f"（{_join(', ', archive, format_reference(cited.reference))}）"
    link = f" {cited.permalink} " if cited.permalink and cited.permalink not in record else ""
    quote = cited.fixed("“{}”——").format(" ".join(cited.quote.splitlines())) if cited.quote else ""
    return quote + (record + _around(STYLES[style].joint + "{}", passage) + source + link + _caveat(cited)).rstrip()


def cite_document(cited: Cited, style: str = "plain") -> str:
    """Cite a document alone, as a list of references wants it: the bare record of the style, one line.

    Raises:
        UnknownStyle: There is no such style; the hint lists those there are.
    """
    if style not in STYLES:
        raise UnknownStyle(f"citation style {style[:40]!r} is unknown", hint=f"styles are {', '.join(STYLES)}")
    return STYLES[style].write(cited)


def _plain(cited: Cited) -> str:
    """Write 习近平：《讲话》（2018年12月18日），《人民日报》2018年12月19日，第2版.

    The brackets hold the day of delivery, unless title or date of publication tell it.
    """
    home, own_date, title = _home(cited), cited.metadata.date, _line(cited.metadata.title)
    delivered = _date_words(cited, own_date)
    told = delivered in title or (home.date is not None and home.date.text.startswith(str(own_date)))
    head = _join("：", _authors(cited, "、", "等"), _marked(title) or cited.fixed("[无题名]"))
    fields = {
        "work": _marked(home.container),
        "book": home.container if _EDITED.fullmatch(home.container) else _marked(home.container),
        "holder": _around("{}藏", home.container.removesuffix("藏")),
        "container": home.container,
        "imprint": _join("：", home.place, home.publisher),
        "date": _date_words(cited, home.date),
        "sheet": _page_words(cited, home.page, "版"),
        "page": _page_words(cited, home.page, "页"),
        "shelfmark": home.shelfmark,
    }
    return _join("，", head + _around("（{}）", "" if told else delivered), _fill(_PLAIN[home.type], fields))


def _gbt_2025(cited: Cited) -> str:
    """Write authors. title：shelfmark[type/carrier]. where and when. address. (clauses 7 and 8)."""
    home = _home(cited)
    code, template = _GBT_2025[home.type]
    edited = _EDITED.fullmatch(home.container)
    page = re.sub("[–—]+", "-", home.page)
    fields = {
        "editor": _trim(edited["editor"]) if edited else "",
        "container": _trim(edited["book"]) if edited else home.container,
        "place": home.place,
        "publisher": home.publisher,
        "date": _gbt_date(cited, home.date),
        "year": _gbt_date(cited, home.date, n_chars=4),
        "posted": _around("（{}）", _gbt_date(cited, home.date)),
        "accessed": _around("[{}]", _accessed(cited, home)),  # the only type that has one
        "sheet": _around("（{}）", page),
        "page": page,
    }
    title = _line(cited.metadata.title).rstrip(_MARKS) or cited.fixed("[无题名]")
    carrier = "/OL" if home.url or code == "EB" else ""
    titled = _join("：", title, home.shelfmark if code == "A" else "") + f"[{code}{carrier}]"
    part_of = "//" if code == "M" and home.container else ". "
    record = _join(part_of, _join(". ", _authors(cited, "，", "，等"), titled), _fill(template, fields))
    return _join(". ", record, home.url).removesuffix(".") + "."


STYLES = {style.id: style for style in (Style("plain", _plain, "，"), Style("gbt7714-2025", _gbt_2025, " "))}
"""Styles by id, in the order in which they are offered."""


def _home(cited: Cited) -> Publication:
    """Where the text was published first, its fields trimmed; an unpublished text is at home in this archive, of type ""."""
    metadata = cited.metadata
    if not metadata.published:
        return Publication(type="", container=_trim(cited.archive_name), date=metadata.date, url=_line(cited.permalink))
    first = metadata.published[0]
    page = _line(first.page).strip(_MARKS + "（）()[]")
    home = replace(
        first,
        container=_trim(first.container),
        page=match[1].strip(_MARKS) if (match := _NUMBERED.fullmatch(page)) else page,
        publisher=_trim(first.publisher),
        place=_trim(first.place),
        url=_line(first.url),
        shelfmark=_trim(first.shelfmark),
    )
    if home.type == "archive":
        return replace(home, date=home.date or metadata.date)  # 8.12: archives date by origin
    if home.type == "web":
        return replace(
            home, url=home.url or next((_line(capture.url) for capture in metadata.captured if capture.url), cited.permalink)
        )
    whole_book = home.type == "book" and home.container == _trim(metadata.title)
    return replace(home, container="") if whole_book else home


def _fill(template: str, fields: Mapping[str, str]) -> str:
    """Fill a template: a mark belongs to the field behind it, and is written only between two fields that are not empty."""
    groups = []
    for group in template.split(". "):
        text = ""
        for mark, name in re.findall(r"([^{}]*)\{(\w+)\}", group):
            text += (mark if text and fields[name] else "") + fields[name]
        groups.append(text)
    return _join(". ", *groups)


def _authors(cited: Cited, mark: str, others: str) -> str:
    """Who speaks, else the body that issues: at most three (7.1.2), names whole."""
    names = [name for name in map(_trim, cited.metadata.speaker or (cited.metadata.organ,)) if name]
    return mark.join(names[:3]) + (others if len(names) > 3 else "")


def _passage(reference: Reference) -> str:
    numbers = [str(number) for number in (reference.first, reference.last) if number is not None]
    return _around("第{}段", "—".join(numbers))


def _caveat(cited: Cited) -> str:
    faults = [words for flag, words in _CAVEATS.items() if flag in cited.metadata.flags]
    return cited.fixed(_around("（来源文本{}）", "、".join(faults)))


def _accessed(cited: Cited, home: Publication) -> str:
    """Day of access, else the day on which the archive captured this address, or an unpublished text; "" if none is known."""
    captures = (capture for capture in cited.metadata.captured if not home.type or _line(capture.url) in ("", home.url))
    return cited.accessed or next((match[0] for capture in captures if (match := _DAY.match(capture.at))), "")


def _date_words(cited: Cited, date: PartialDate | None) -> str:
    """Write 2018年12月19日, 8月1日, 约1955年, 2010—2019年间; "" for what names nothing."""
    if date is None:
        return ""
    year, month, day, *_ = [*date.text.rstrip("?~%").split("-"), "", ""]
    years = "" if year == "XXXX" else f"{year.replace('X', '0')}—{year.replace('X', '9')}年间" if "X" in year else f"{int(year)}年"
    days = f"{int(day)}日" if day.isdigit() else ""
    months = f"{int(month)}月" if month.isdigit() else "某月" if days else ""
    return cited.fixed(_around(_QUALIFIERS.get(date.text[-1], "") + "{}", years + months + days))


def _gbt_date(cited: Cited, date: PartialDate | None, *, n_chars: int = 10) -> str:
    """Write 2018-12-19, 2018-12 or 2018 (7.5.4.2), [1955] for about 1955 (7.5.4.3), and in [] what digits cannot say: [8月1日]."""
    if date is None:
        return ""
    digits = re.sub(r"(-XX)+$", "", date.text.rstrip("?~%"))[:n_chars]
    if "X" in digits:
        return _around("[{}]", _date_words(cited, date))
    return f"[{digits}]" if date.text[-1] in _QUALIFIERS else digits


def _page_words(cited: Cited, page: str, unit: str) -> str:
    """Write 第2版, 第3—12页; what is no number stays as written (7.7): 扉页."""
    return f"第{re.sub('[-–—]+', '—', page)}{cited.fixed(unit)}" if _NUMBERED.fullmatch(page) else page


def _marked(title: str) -> str:
    """Put a title in 《》, those inside it becoming 〈〉 (GB/T 15834—2011, 4.15.3.5); marks around the whole are not doubled."""
    whole = re.fullmatch(r"《([^《》]*)》", title)
    return _around("《{}》", (whole[1] if whole else title).strip().translate(_INNER))


def _around(form: str, text: str) -> str:
    return form.format(text) if text else ""


def _join(mark: str, *parts: str) -> str:
    return mark.join(part for part in parts if part)


def _line(text: str) -> str:
    """Bring metadata into one line: control characters and line ends become spaces, invisible format characters go."""
    kinds = ((char, unicodedata.category(char)) for char in text)
    return "".join(" " if kind in ("Cc", "Zl", "Zp") else char for char, kind in kinds if kind != "Cf").strip()


def _trim(text: str) -> str:
    return _line(text).strip(_MARKS)
