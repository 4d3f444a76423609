"""Citations: the golden items, one test per rule with the expected line in full, and laws over any metadata."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.citations import STYLES, Cited, UnknownStyle, cite, cite_document
from archive.dates import parse_date
from archive.errors import InvalidMetadata, UserError
from archive.identifiers import Reference
from archive.metadata import FLAGS, LANGUAGES, PUBLICATION_TYPES, Capture, Metadata, Publication

GBT = "gbt7714-2025"
GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "citations.json").read_text(encoding="utf-8"))
TYPES = {"article-newspaper": "newspaper", "webpage": "web", "chapter": "yearbook", "manuscript": "archive"}

PLACE = Reference("gg40", "9f2c41ab07", 12)
LINK = "https://yinde.example/d/gg40/9f2c41ab07#p12"
TITLE = "在庆祝改革开放40周年大会上的讲话"
PAPER = Publication("newspaper", "人民日报", parse_date("2018-12-19"), "2")
SPEECH = Metadata(title=TITLE, speaker=("习近平",), date=parse_date("2018-12-18"), language="zh-Hans", published=(PAPER,))
WEB = Publication("web", "中国政府网", parse_date("2024-03-12"), url="https://www.gov.cn/content_6941846.html")
CAPTURE = Capture(url="https://www.gov.cn/content_6941846.html", at="2026-11-21T08:00:00Z")
REPORT = Metadata(title="政府工作报告", organ="国务院", language="zh-Hans", published=(WEB,), captured=(CAPTURE,))


def cited(metadata: Metadata, *, reference: Reference = PLACE, permalink: str = "", accessed: str = "", quote: str = "") -> Cited:
    return Cited(metadata, reference, "引得", "2026.3", permalink, accessed, quote)


def published(metadata: Metadata, **fields: Any) -> Metadata:
    return replace(metadata, published=(replace(metadata.published[0], **fields),))


def from_csl(item: dict[str, Any]) -> Metadata:
    def date(name: str) -> str:
        return "-".join(f"{part:02}" for part in item[name]["date-parts"][0])

    names = [author.get("literal") or author["family"] + author["given"] for author in item["author"]]
    editors = "".join(editor["literal"] for editor in item.get("editor", ()))
    container = item.get("container-title") or item["archive"]
    home = Publication(
        type=TYPES[item["type"]],
        container=f"{editors}编：《{container}》" if editors else container,
        date=parse_date(date("issued")),
        page=item.get("page", ""),
        publisher=item.get("publisher", ""),
        place=item.get("publisher-place") or item.get("archive-place", ""),
        url=item.get("URL", ""),
        shelfmark=item.get("archive_location", ""),
    )
    captured = (Capture(url=home.url, at=date("accessed") + "T08:00:00Z"),) if "accessed" in item else ()
    language = "zh-Hant" if item["language"] == "zh-TW" else "zh-Hans"
    return Metadata(title=item["title"], speaker=tuple(names), language=language, published=(home,), captured=captured)


@pytest.mark.parametrize("item", [pytest.param(item, id=item["id"]) for item in GOLDEN["items"]])
def test_gbt_record_equals_the_golden_one(item: dict[str, Any]) -> None:
    assert cite_document(cited(from_csl(item)), GBT) == GOLDEN["rendered"][GBT][item["id"]]["bib"]


@pytest.mark.parametrize("name", ["news", "news_ol", "chapter", "archive"])
def test_plain_record_equals_the_golden_footnote_without_its_full_stop(name: str) -> None:
    item = next(item for item in GOLDEN["items"] if item["id"] == name)
    assert cite_document(cited(from_csl(item))) + "。" == GOLDEN["rendered"]["zh-note(历史研究)"][name]["bib"]


PLAIN_LINES = [
    pytest.param(
        SPEECH,
        "习近平：《在庆祝改革开放40周年大会上的讲话》（2018年12月18日），《人民日报》2018年12月19日，第2版，"
        "第12段（引得 2026.3, gg40@9f2c41ab07¶12）",
        id="newspaper",
    ),
    pytest.param(
        REPORT, "国务院：《政府工作报告》，中国政府网，2024年3月12日，第12段（引得 2026.3, gg40@9f2c41ab07¶12）", id="web"
    ),
    pytest.param(Metadata(title="政府工作报告"), "《政府工作报告》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）", id="only a title"),
    pytest.param(Metadata(), "[无题名]，第12段（引得 2026.3, gg40@9f2c41ab07¶12）", id="nothing"),
    pytest.param(
        replace(SPEECH, published=()),
        "习近平：《在庆祝改革开放40周年大会上的讲话》，2018年12月18日，第12段（引得 2026.3, gg40@9f2c41ab07¶12）",
        id="unpublished",
    ),
    pytest.param(
        published(SPEECH, type="gazette", container="国务院公报", date=parse_date("2018-12"), page="4-9"),
        "习近平：《在庆祝改革开放40周年大会上的讲话》（2018年12月18日），《国务院公报》2018年12月，第4—9页，"
        "第12段（引得 2026.3, gg40@9f2c41ab07¶12）",
        id="gazette",
    ),
    pytest.param(
        Metadata(title="报告", language="zh-Hant", published=(Publication("yearbook", "年鑑", parse_date("2013"), "3"),)),
        "《报告》，《年鑑》，2013年，第3頁，第12段（引得 2026.3, gg40@9f2c41ab07¶12）",
        id="fixed words follow the language, metadata stay",
    ),
]


@pytest.mark.parametrize(("metadata", "expected"), PLAIN_LINES)
def test_plain_line(metadata: Metadata, expected: str) -> None:
    assert cite(cited(metadata)) == expected


GBT_LINES = [
    pytest.param(replace(SPEECH, speaker=()), "在庆祝改革开放40周年大会上的讲话[N]. 人民日报，2018-12-19（2）.", id="no author"),
    pytest.param(
        published(SPEECH, url="http://paper.example/x.htm"),
        "习近平. 在庆祝改革开放40周年大会上的讲话[N/OL]. 人民日报，2018-12-19（2）. http://paper.example/x.htm.",
        id="newspaper online has no access date",
    ),
    pytest.param(
        published(SPEECH, type="gazette", container="国务院公报", date=parse_date("2018-12"), page="4-9"),
        "习近平. 在庆祝改革开放40周年大会上的讲话[J]. 国务院公报，2018-12：4-9.",
        id="gazette is a serial",
    ),
    pytest.param(
        published(SPEECH, type="book", container="论改革", date=parse_date("2019-05"), page="7", publisher="甲社", place="北京"),
        "习近平. 在庆祝改革开放40周年大会上的讲话[M]//论改革. 北京：甲社，2019：7.",
        id="book has a year only",
    ),
    pytest.param(
        published(
            SPEECH, type="book", container="论改革", date=parse_date("2019"), page="", publisher="甲社", url="https://a.example/7"
        ),
        "习近平. 在庆祝改革开放40周年大会上的讲话[M/OL]//论改革. 甲社，2019. https://a.example/7.",
        id="book online, place and page unknown",
    ),
    pytest.param(
        published(SPEECH, type="book", container=TITLE, date=parse_date("2019"), page="7", publisher="甲社", place="北京"),
        "习近平. 在庆祝改革开放40周年大会上的讲话[M]. 北京：甲社，2019：7.",
        id="the document is the book",
    ),
    pytest.param(
        published(
            SPEECH, type="archive", container="中央档案馆", date=None, page="", shelfmark="G12-3", url="https://a.example/G12"
        ),
        "习近平. 在庆祝改革开放40周年大会上的讲话：G12-3[A/OL]. 中央档案馆，2018-12-18. https://a.example/G12.",
        id="archive dates by origin",
    ),
    pytest.param(
        published(SPEECH, date=None), "习近平. 在庆祝改革开放40周年大会上的讲话[N]. 人民日报（2）.", id="undated is left out"
    ),
    pytest.param(
        published(SPEECH, container="", page=""), "习近平. 在庆祝改革开放40周年大会上的讲话[N]. 2018-12-19.", id="bare date"
    ),
    pytest.param(
        replace(published(REPORT, url="", date=None), captured=(CAPTURE,)),
        "国务院. 政府工作报告[EB/OL]. [2026-11-21]. https://www.gov.cn/content_6941846.html.",
        id="web page whose address only the capture knows",
    ),
    pytest.param(Metadata(), "[无题名][EB/OL]. 引得. https://yinde.example/d/gg40/9f2c41ab07#p12.", id="nothing known"),
    pytest.param(
        replace(REPORT, published=(), date=parse_date("2024-03-05")),
        "国务院. 政府工作报告[EB/OL]. 引得（2024-03-05）[2026-11-21]. https://yinde.example/d/gg40/9f2c41ab07#p12.",
        id="unpublished is an online document of the archive",
    ),
]


@pytest.mark.parametrize(("metadata", "expected"), GBT_LINES)
def test_gbt_record(metadata: Metadata, expected: str) -> None:
    assert cite_document(cited(metadata, permalink=LINK), GBT) == expected


def test_passage_and_permalink_stand_behind_the_unchanged_record() -> None:
    assert cite(cited(SPEECH, permalink=LINK), GBT) == (
        "习近平. 在庆祝改革开放40周年大会上的讲话[N]. 人民日报，2018-12-19（2）. "
        "第12段（引得 2026.3, gg40@9f2c41ab07¶12） https://yinde.example/d/gg40/9f2c41ab07#p12"
    )


def test_permalink_is_not_repeated_when_the_record_has_it() -> None:
    assert cite(cited(Metadata(title="政府工作报告"), permalink=LINK), GBT) == (
        "政府工作报告[EB/OL]. 引得. https://yinde.example/d/gg40/9f2c41ab07#p12. 第12段（引得 2026.3, gg40@9f2c41ab07¶12）"
    )


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (Reference("gg40"), "《政府工作报告》（引得 2026.3, gg40）"),
        (Reference("gg40", "9f2c41ab07"), "《政府工作报告》（引得 2026.3, gg40@9f2c41ab07）"),
        (Reference("gg40", "9f2c41ab07", 12, 14), "《政府工作报告》，第12—14段（引得 2026.3, gg40@9f2c41ab07¶12-14）"),
        (Reference("gg40", "9f2c41ab07", 12, None, (34, 58)), "《政府工作报告》，第12段（引得 2026.3, gg40@9f2c41ab07¶12:34-58）"),
    ],
)
def test_reference_is_written_as_it_can_be_read_again(reference: Reference, expected: str) -> None:
    assert cite(cited(Metadata(title="政府工作报告"), reference=reference)) == expected


def test_archive_without_name_and_release_leaves_the_reference() -> None:
    assert cite(Cited(Metadata(title="政府工作报告"), PLACE)) == "《政府工作报告》，第12段（gg40@9f2c41ab07¶12）"


@pytest.mark.parametrize(
    ("language", "flags", "expected"),
    [
        ("zh-Hans", ("cut-off",), "《讲话》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）（来源文本不完整）"),
        (
            "zh-Hans",
            ("lost-characters", "abridged"),
            "《讲话》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）（来源文本系节录、有缺字）",
        ),
        ("zh-Hans", FLAGS[3:], "《讲话》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）（来源文本无标点、待文字识别）"),
        (
            "zh-Hant",
            FLAGS,
            "《讲话》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）（來源文本不完整、係節錄、有缺字、無標點、待文字識別）",
        ),
    ],
)
def test_flags_end_the_line_as_a_caveat(language: str, flags: tuple[str, ...], expected: str) -> None:
    assert cite(cited(Metadata(title="讲话", language=language, flags=flags))) == expected


def test_caveat_stands_behind_the_permalink_a_space_between() -> None:
    assert cite(cited(Metadata(title="讲话", flags=("cut-off",)), permalink=LINK)) == (
        "《讲话》，第12段（引得 2026.3, gg40@9f2c41ab07¶12） https://yinde.example/d/gg40/9f2c41ab07#p12 （来源文本不完整）"
    )


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("政府工作报告", "zh-Hans", "“不忘初心。”——《政府工作报告》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）"),
        ("政府工作報告", "zh-Hant", "「不忘初心。」——《政府工作報告》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）"),
        ("政府工作報告", "", "「不忘初心。」——《政府工作報告》，第12段（引得 2026.3, gg40@9f2c41ab07¶12）"),
    ],
)
def test_quoted_words_stand_before_the_line(title: str, language: str, expected: str) -> None:
    assert cite(cited(Metadata(title=title, language=language), quote="不忘初心。")) == expected


@pytest.mark.parametrize(
    ("speakers", "plain", "gbt"),
    [
        (("甲",), "甲：《纪要》", "甲. 纪要[EB/OL]. 引得."),
        (("甲", "乙", "丙"), "甲、乙、丙：《纪要》", "甲，乙，丙. 纪要[EB/OL]. 引得."),
        (("甲", "乙", "丙", "丁"), "甲、乙、丙等：《纪要》", "甲，乙，丙，等. 纪要[EB/OL]. 引得."),
    ],
)
def test_three_speakers_at_most(speakers: tuple[str, ...], plain: str, gbt: str) -> None:
    metadata = Metadata(title="纪要", speaker=speakers, organ="某市议会")
    assert [cite_document(cited(metadata), style) for style in ("plain", GBT)] == [plain, gbt]


@pytest.mark.parametrize(
    ("date", "plain", "gbt"),
    [
        ("2020-03-10", "2020年3月10日", "2020-03-10"),
        ("2020-03", "2020年3月", "2020-03"),
        ("2020", "2020年", "2020"),
        ("XXXX-08-01", "8月1日", "[8月1日]"),
        ("1955~", "约1955年", "[1955]"),
        ("1955-07?", "疑为1955年7月", "[1955-07]"),
        ("1955%", "疑为约1955年", "[1955]"),
        ("201X", "2010—2019年间", "[2010—2019年间]"),
        ("1956-XX-12", "1956年某月12日", "[1956年某月12日]"),
        ("1956-03-XX", "1956年3月", "1956-03"),
    ],
)
def test_partial_dates(date: str, plain: str, gbt: str) -> None:
    metadata = Metadata(title="社论", published=(Publication("newspaper", "人民日报", parse_date(date)),))
    assert cite_document(cited(metadata)) == f"《社论》，《人民日报》{plain}"
    assert cite_document(cited(metadata), GBT) == f"社论[N]. 人民日报，{gbt}."


def test_a_date_that_names_nothing_is_left_out() -> None:
    metadata = Metadata(title="社论", published=(Publication("newspaper", "人民日报", parse_date("XXXX")),))
    assert [cite_document(cited(metadata), style) for style in STYLES] == ["《社论》，《人民日报》", "社论[N]. 人民日报."]


@pytest.mark.parametrize("date", ["2018-12-19", "2018-12", "2018"])
def test_day_of_delivery_is_not_repeated(date: str) -> None:
    assert cite_document(cited(replace(SPEECH, date=parse_date(date)))) == f"习近平：《{TITLE}》，《人民日报》2018年12月19日，第2版"


@pytest.mark.parametrize(
    ("page", "plain", "gbt"),
    [("2", "第2版", "2"), ("第2版", "第2版", "2"), ("A3—4", "第A3—4版", "A3-4"), ("（2）", "第2版", "2"), ("号外", "号外", "号外")],
)
def test_pages_are_written_once(page: str, plain: str, gbt: str) -> None:
    metadata = published(SPEECH, page=page)
    assert cite_document(cited(metadata)).endswith(f"《人民日报》2018年12月19日，{plain}")
    assert cite_document(cited(metadata), GBT).endswith(f"人民日报，2018-12-19（{gbt}）.")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于《条例》的说明", "《关于〈条例〉的说明》"),
        ("《条例》", "《条例》"),
        ("《条例》与《细则》", "《〈条例〉与〈细则〉》"),
        ("高举旗帜 团结奋斗", "《高举旗帜 团结奋斗》"),
        ("政府\n工作\u200b报告", "《政府 工作报告》"),
    ],
)
def test_title_marks(title: str, expected: str) -> None:
    assert cite_document(cited(Metadata(title=title))) == expected


def test_stated_day_of_access_wins_over_the_capture() -> None:
    assert cite_document(cited(REPORT, accessed="2027-01-02"), GBT) == (
        "国务院. 政府工作报告[EB/OL]. （2024-03-12）[2027-01-02]. https://www.gov.cn/content_6941846.html."
    )


@pytest.mark.parametrize(("captured", "expected"), [((CAPTURE,), "[2026-11-21]"), ((), "")])
def test_only_a_capture_of_the_address_gives_the_day_of_access(captured: tuple[Capture, ...], expected: str) -> None:
    mirror = Capture(url="https://mirror.example/1", at="2020-01-01T00:00:00Z")
    assert cite_document(cited(replace(REPORT, captured=(mirror, *captured))), GBT) == (
        f"国务院. 政府工作报告[EB/OL]. （2024-03-12）{expected}. https://www.gov.cn/content_6941846.html."
    )


def test_fixed_words_never_convert_metadata() -> None:
    page = Publication("yearbook", "中国年鉴", page="3续页", publisher="来源社")
    metadata = Metadata(title="无题录", speaker=("约翰",), language="zh-Hant", published=(page,))
    assert cite_document(cited(metadata)) == "约翰：《无题录》，《中国年鉴》，来源社，第3续頁"


def test_access_that_is_no_date_is_refused() -> None:
    with pytest.raises(InvalidMetadata, match="date 'yesterday' is not well formed"):
        cited(REPORT, accessed="yesterday")


@pytest.mark.parametrize("function", [cite, cite_document])
def test_unknown_style_names_those_there_are(function: Any) -> None:
    with pytest.raises(UnknownStyle) as caught:
        function(cited(SPEECH), "vancouver")
    error: UserError = caught.value
    assert (error.code, error.message, error.hint) == (
        "unknown-style",
        "citation style 'vancouver' is unknown",
        "styles are plain, gbt7714-2025",
    )


BAD = re.compile(r"[，。、；：,.;:]{2}|（\s*）|\(\s*\)|\[\s*\]|《\s*》|“\s*”|「\s*」")
NASTY = (
    st.text(
        st.sampled_from(
            "甲乙體A1 \u3000\n\r\t\x00\x85\u2028\u200b\u202e\ufeff，。、；：,.;:!？《》〈〉「」“”（）()[]{}%\\/<>&\"'-—𠮷"
        )
    )
    | st.text()
)
FIELDS = NASTY.filter(lambda text: not BAD.search("".join(char for char in text if unicodedata.category(char)[0] not in "CZ")))
"""Metadata that have no doubled marks or empty brackets themselves; those are printed as written."""

DATES = st.none() | st.sampled_from(["2020", "2020-03", "2020-03-10", "XXXX-08-01", "XXXX", "1955~", "201X", "1956-XX-12?"]).map(
    parse_date
)
PUBLICATIONS = st.builds(
    Publication,
    type=st.sampled_from(PUBLICATION_TYPES),
    container=FIELDS,
    date=DATES,
    page=FIELDS,
    publisher=FIELDS,
    place=FIELDS,
    url=st.sampled_from(["", "https://a.example/1.htm"]),
    shelfmark=FIELDS,
)
METADATA = st.builds(
    Metadata,
    title=FIELDS,
    speaker=st.lists(FIELDS, max_size=5).map(tuple),
    organ=FIELDS,
    date=DATES,
    language=st.sampled_from(["", *LANGUAGES]),
    published=st.lists(PUBLICATIONS, max_size=1).map(tuple),
    captured=st.lists(st.builds(Capture, at=st.sampled_from(["", "unknown", "2024-05-01T00:00:00Z"])), max_size=2).map(tuple),
    flags=st.sets(st.sampled_from(FLAGS)).map(tuple),
)


@given(METADATA, st.sampled_from(list(STYLES)), st.sampled_from(["", LINK]))
def test_any_metadata_give_one_clean_line(metadata: Metadata, style: str, link: str) -> None:
    line = cite(cited(metadata, permalink=link), style)
    assert line.splitlines() == [line.strip()]
    assert BAD.search(line) is None
    assert "（引得 2026.3, gg40@9f2c41ab07¶12）" in line


@given(METADATA, st.sampled_from(list(STYLES)))
def test_citation_begins_with_the_record_and_has_the_caveat_iff_there_are_flags(metadata: Metadata, style: str) -> None:
    line = cite(cited(metadata), style)
    assert line.startswith(cite_document(cited(metadata), style))
    assert line.endswith("）")
    assert ("¶12）（" in line) == bool(metadata.flags)
