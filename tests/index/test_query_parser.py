"""The query language: what each writing means, what is said of a fault, and that a tree reads back as itself."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.folding import fold
from index.errors import QuerySyntaxError
from index.query import AllOf, AnyOf, Bare, DateRange, Exact, Field, Fuzzy, Gap, Link, Near, Nothing, Query, Without
from index.query_format import format_query
from index.query_parser import parse_query
from index.query_scanner import Notice

often = settings(max_examples=400, deadline=None)


def near(*parts: str | Exact, distance: int = 7, ordered: bool = False) -> Near:
    exact = tuple(part if isinstance(part, Exact) else Exact(part) for part in parts)
    return Near(exact, (Link(distance, ordered),) * (len(parts) - 1))


# -- what is typed, what it means ----------------------------------------------------------------------------------

BARE = [
    ("乡村振兴", Bare("乡村振兴")),
    ("  乡村振兴\u3000", Bare("乡村振兴")),
    ("乡村振兴 产业", AllOf((Bare("乡村振兴"), Bare("产业")))),
    ("乡村振兴\n产业\t脱贫", AllOf((Bare("乡村振兴"), Bare("产业"), Bare("脱贫")))),
    ("", Nothing()),
    (" \u3000\n", Nothing()),
]
STRINGS = [
    ('"决战脱贫攻坚"', Exact("决战脱贫攻坚")),
    ("“决战脱贫攻坚”", Exact("决战脱贫攻坚")),
    ("「決戰脫貧攻堅」", Exact("決戰脫貧攻堅")),
    ("＂决战脱贫攻坚＂", Exact("决战脱贫攻坚")),
    ('"说""好""话"', Exact('说"好"话')),
    ('"乡村 OR 产业 -(大)"', Exact("乡村 OR 产业 -(大)")),
    ("“改革“开放”之路”", Exact("改革“开放”之路")),
    ("「改革「開放」之路」", Exact("改革「開放」之路")),
    ('"改革" "开放"', AllOf((Exact("改革"), Exact("开放")))),
    ('="發展"', Exact("發展", letters=True)),
    ("＝“發展”", Exact("發展", letters=True)),
    ("=「發展」", Exact("發展", letters=True)),
    ('="\u200b"', Exact("\u200b", letters=True)),
]
BOOLEANS = [
    ("改革 OR 开放", AnyOf((Bare("改革"), Bare("开放")))),
    ("改革\u3000OR\u3000开放", AnyOf((Bare("改革"), Bare("开放")))),
    ("改革 OR 开放 OR 发展", AnyOf((Bare("改革"), Bare("开放"), Bare("发展")))),
    ("改革 AND 开放", AllOf((Bare("改革"), Bare("开放")))),
    ("NOT 改革", Without(None, (Bare("改革"),))),
    ("-改革", Without(None, (Bare("改革"),))),
    ("－改革", Without(None, (Bare("改革"),))),
    ("改革 -开放", Without(Bare("改革"), (Bare("开放"),))),
    ("改革 NOT 开放 -发展", Without(Bare("改革"), (Bare("开放"), Bare("发展")))),
    ('改革 -"开放 发展"', Without(Bare("改革"), (Exact("开放 发展"),))),
    ("-改革 开放", Without(Bare("开放"), (Bare("改革"),))),
    ("改革 OR -开放", AnyOf((Bare("改革"), Without(None, (Bare("开放"),))))),
    ("改革 开放 OR 发展", AnyOf((AllOf((Bare("改革"), Bare("开放"))), Bare("发展")))),
    ("(改革 OR 开放) 发展", AllOf((AnyOf((Bare("改革"), Bare("开放"))), Bare("发展")))),
    ("（改革 OR 开放） 发展", AllOf((AnyOf((Bare("改革"), Bare("开放"))), Bare("发展")))),
    ("-(改革 OR 开放)", Without(None, (AnyOf((Bare("改革"), Bare("开放"))),))),
    ("NOT(改革 开放)", Without(None, (AllOf((Bare("改革"), Bare("开放"))),))),
    ("((改革))", Bare("改革")),
    ("改革 or 开放", AllOf((Bare("改革"), Bare("or"), Bare("开放")))),
    ("ORDER NOTE ANDY", AllOf((Bare("ORDER"), Bare("NOTE"), Bare("ANDY")))),
]
DISTANCES = [
    ("改革 NEAR/7 开放", near("改革", "开放")),
    ("改革 BEFORE/7 开放", near("改革", "开放", ordered=True)),
    ("改革 NEAR/0 开放", near("改革", "开放", distance=0)),
    ('"改革 了" NEAR/12 ="開放"', near("改革 了", Exact("開放", letters=True), distance=12)),
    (
        "改革 NEAR/7 开放 BEFORE/3 发展",
        Near((Exact("改革"), Exact("开放"), Exact("发展")), (Link(7, False), Link(3, True))),
    ),
    ("改革 NEAR/7 开放 发展", AllOf((near("改革", "开放"), Bare("发展")))),
    ("-改革 NEAR/7 开放", Without(None, (near("改革", "开放"),))),
    ("改革 NEAR/7 5-6", near("改革", "5-6")),
]
GAPS = [
    ("改*放", Gap(("改", "放"), ((0, 8),))),
    ("改?放", Gap(("改", "放"), ((1, 1),))),
    ("改革*开?放", Gap(("改革", "开", "放"), ((0, 8), (1, 1)))),
    ("a*b?1", Gap(("a", "b", "1"), ((0, 8), (1, 1)))),
    ("改＊放", Bare("改＊放")),
    ("改？放", Bare("改？放")),
    ("*改放", Bare("*改放")),
    ("改放?", Bare("改放?")),
    ("改**放", Bare("改**放")),
    ("改，*放", Bare("改，*放")),
    ('"改*放"', Exact("改*放")),
]
NEIGHBOURS = [
    ('"舍利(-弗)"', Exact("舍利", not_before=("弗",))),
    ('"(-大)学习"', Exact("学习", not_after=("大",))),
    ('"(-大)(-小)学习(-班)(-者)"', Exact("学习", not_before=("班", "者"), not_after=("大", "小"))),
    ("“（－大）学习（－班）”", Exact("学习", not_before=("班",), not_after=("大",))),
    ('="舍利(-弗)"', Exact("舍利", letters=True, not_before=("弗",))),
    ('"舍(-利)弗"', Exact("舍(-利)弗")),
    ('"(-大)"', Exact("(-大)")),
    ("舍利(-弗)", Bare("舍利(-弗)")),
]
NEAR_FORMS = [
    ('~1 "改革开放"', Fuzzy("改革开放", 1)),
    ("～1“改革开放”", Fuzzy("改革开放", 1)),
    ('~2 "改革开放发展"', Fuzzy("改革开放发展", 2)),
    ('~0 "改革开放"', Exact("改革开放")),
    ('-~1 "改革开放"', Without(None, (Fuzzy("改革开放", 1),))),
    ("~1 改革开放", AllOf((Bare("~1"), Bare("改革开放")))),
]
FIELDS = [
    *((f"{name}:发展", Field(name, "发展")) for name in ("title", "speaker", "organ", "place", "event", "kind", "collection")),
    *((f"{name}:发展", Field(name, "发展")) for name in ("script", "id", "year")),
    ("Title:发展", Field("title", "发展")),
    ("标题:发展", Field("title", "发展")),
    ("標題：發展", Field("title", "發展")),
    ("题名:发展", Field("title", "发展")),
    ("讲话人:张三", Field("speaker", "张三")),
    ("發言人：張三", Field("speaker", "張三")),
    ("作者:张三", Field("speaker", "张三")),
    ("机构:国务院", Field("organ", "国务院")),
    ("地点:北京", Field("place", "北京")),
    ("会议:论坛", Field("event", "论坛")),
    ("活动:论坛", Field("event", "论坛")),
    ("类型:speech", Field("kind", "speech")),
    ("体裁:speech", Field("kind", "speech")),
    ("文集:main", Field("collection", "main")),
    ("文字:hant", Field("script", "hant")),
    ("编号:ql-2012", Field("id", "ql-2012")),
    ("年份:2012", Field("year", "2012")),
    ('speaker:"Li Si"', Field("speaker", "Li Si")),
    ('title:="发展"', Field("title", "发展", whole=True)),
    ("title:(发展 改革)", AllOf((Field("title", "发展"), Field("title", "改革")))),
    ("作者：（张三 OR 李四）", AnyOf((Field("speaker", "张三"), Field("speaker", "李四")))),
    ("title:-发展", Without(None, (Field("title", "发展"),))),
    ("title:(-发展)", Without(None, (Field("title", "发展"),))),
    ("title:(发展 -改革)", Without(Field("title", "发展"), (Field("title", "改革"),))),
    ("title:(发展 NOT 改革)", Without(Field("title", "发展"), (Field("title", "改革"),))),
    ("title:发展 改革", AllOf((Field("title", "发展"), Bare("改革")))),
    ("(title:发展 OR 改革)", AnyOf((Field("title", "发展"), Bare("改革")))),
    ("date:2019..2021-06", DateRange("2019..2021-06")),
    ("日期：2019", DateRange("2019")),
    ("date:2019..", DateRange("2019..")),
    ("(date:..2012-11-08)", DateRange("..2012-11-08")),
    ('text:"A OR B"', Bare("A OR B")),
    ("全文:title:发展", Bare("title:发展")),
]
PASTED = [
    ("全体(扩大)会议", Bare("全体(扩大)会议")),
    ("全体（扩大）会议", Bare("全体（扩大）会议")),
    ("(扩大)会议", Bare("(扩大)会议")),
    ("同志们:", Bare("同志们:")),
    ("同志们：大家好", Bare("同志们：大家好")),
    ("“三保?”", Exact("三保?")),
    ("“改革”和“开放”", Bare("“改革”和“开放”")),
    ('"引用"之后', Bare('"引用"之后')),
    ("《改革》", Bare("《改革》")),
    ("5-6", Bare("5-6")),
    ("G240-1", Bare("G240-1")),
    ("-", Bare("-")),
    ("http://a.b/c.html", Bare("http://a.b/c.html")),
    ("A/B=C", Bare("A/B=C")),
    ("foo:bar", Bare("foo:bar")),
    ("改革)", Bare("改革)")),
    ("〔2019〕12号", Bare("〔2019〕12号")),
]


MEANINGS = [*BARE, *STRINGS, *BOOLEANS, *DISTANCES, *GAPS, *NEIGHBOURS, *NEAR_FORMS, *FIELDS, *PASTED]


@pytest.mark.parametrize(("typed", "tree"), MEANINGS, ids=[typed for typed, _ in MEANINGS])
def test_typed_text_means(typed: str, tree: Query) -> None:
    parsed = parse_query(typed)
    assert parsed.tree == tree
    assert parsed.notices == ()
    assert parse_query(typed, strict=True) == parsed


OPTIONS = [
    ("发展 sort:date", Bare("发展"), "date", None),
    ("排序：日期 发展", Bare("发展"), "date", None),
    ("sort:relevance", Nothing(), "relevance", None),
    ("in:passage 发展", Bare("发展"), None, "passage"),
    ("发展 in:removed sort:date", Bare("发展"), "date", "removed"),
    ("范围:段落 发展", Bare("发展"), None, "passage"),
    ("範圍：清理 發展", Bare("發展"), None, "removed"),
    ("in:document 发展", Bare("发展"), None, "document"),
]


@pytest.mark.parametrize(("typed", "tree", "sort", "scope"), OPTIONS)
def test_option_sets_order_or_scope(typed: str, tree: Query, sort: str | None, scope: str | None) -> None:
    parsed = parse_query(typed, strict=True)
    assert (parsed.tree, parsed.sort, parsed.scope) == (tree, sort, scope)


# -- faults --------------------------------------------------------------------------------------------------------


def notice(typed: str, code: str, message: str, fault: str, hint: str | None = None) -> Notice:
    """Make the notice whose span is where `fault` stands in the typed text."""
    start = typed.index(fault)
    return Notice(code, message, (start, start + len(fault)), hint)


BOTH_SIDES = ("operand-missing", "OR needs something on both sides")
DATE_HINT = "write 2020, 2020-03, 2020-03-10 or XXXX-08-01"
RANGE_HINT = "write 2019, 2019..2021-06, 2019.. or ..2021"

# What is typed; what it is read as; code, message, faulty part and hint of the notice.
FAULTS = [
    ("OR 改革", Bare("改革"), *BOTH_SIDES, "OR", "write A OR B"),
    ("改革 OR", Bare("改革"), *BOTH_SIDES, "OR", "write A OR B"),
    ("改革 NOT", Bare("改革"), "operand-missing", "NOT needs something after it", "NOT", "write A NOT B or A -B"),
    ("改革 ()", Bare("改革"), "operand-missing", "the brackets are empty", "()", None),
    ("(改革", Bare("改革"), "bracket-unclosed", "the bracket is not closed", "(", "close it with )"),
    ("title:(改革", Field("title", "改革"), "bracket-unclosed", "the bracket is not closed", "(", "close it with )"),
    ('发展 "改革', AllOf((Bare("发展"), Exact("改革"))), "quote-unclosed", "the quotation is not closed", '"', 'close it with "'),
    ("“改革", Exact("改革"), "quote-unclosed", "the quotation is not closed", "“", "close it with ”"),
    ("「改革", Exact("改革"), "quote-unclosed", "the quotation is not closed", "「", "close it with 」"),
    ("＂改革", Exact("改革"), "quote-unclosed", "the quotation is not closed", "＂", "close it with ＂"),
    ('发展 ""', Bare("发展"), "string-empty", "the quotation holds nothing to look for", '""', None),
    ('title:"\u200b"', Nothing(), "string-empty", "the quotation holds nothing to look for", '"\u200b"', None),
    ('text:""', Nothing(), "string-empty", "there is nothing to look for", '""', None),
    ("发展 \u200b", Bare("发展"), "string-empty", "there is nothing to look for", "\u200b", None),
    (
        "发展 改革 NEAR/7",
        AllOf((Bare("发展"), Bare("改革"))),
        *("near-operand", "NEAR and BEFORE join two strings", "改革 NEAR/7", 'write "A" NEAR/7 "B"'),
    ),
    (
        "改革 BEFORE/7 title:开放",
        AllOf((Bare("改革"), Field("title", "开放"))),
        *("near-operand", "NEAR and BEFORE join two strings", "改革 BEFORE/7 title:开放", 'write "A" NEAR/7 "B"'),
    ),
    (
        "改革 NEAR/7 (开放 发展)",
        AllOf((Bare("改革"), AllOf((Bare("开放"), Bare("发展"))))),
        *("near-operand", "NEAR and BEFORE join two strings", "改革 NEAR/7 (开放 发展)", 'write "A" NEAR/7 "B"'),
    ),
    (
        "改革 NEAR/1001 开放",
        near("改革", "开放", distance=1000),
        "too-far",
        "NEAR reaches at most 1000 characters",
        "NEAR/1001",
        None,
    ),
    (
        "改革 BEFORE/99999999 开放",
        near("改革", "开放", distance=1000, ordered=True),
        *("too-far", "BEFORE reaches at most 1000 characters", "BEFORE/99999999", None),
    ),
    ('~3 "改革开放发展改革"', Fuzzy("改革开放发展改革", 2), "too-fuzzy", "at most 2 characters may differ", "~3", None),
    ('~1 "改革开"', Exact("改革开"), "too-short", "~1 needs a string of 4 characters or more", '~1 "改革开"', None),
    (
        '~2 "改革\u200b开放发"',
        Exact("改革\u200b开放发"),
        "too-short",
        "~2 needs a string of 6 characters or more",
        '~2 "改革\u200b开放发"',
        None,
    ),
    (
        "标题： 发展",
        AllOf((Bare("标题："), Bare("发展"))),
        "field-empty",
        "field title has no value",
        "标题：",
        "write title:value without a space",
    ),
    ("date:", Bare("date:"), "field-empty", "field date has no value", "date:", "write date:value without a space"),
    ("date:二〇一九 发展", Bare("发展"), "date-unreadable", "date '二〇一九' is not well formed", "二〇一九", DATE_HINT),
    (
        "date:2019-02-30",
        Nothing(),
        "date-unreadable",
        "date '2019-02-30' names a day that no calendar has",
        "2019-02-30",
        DATE_HINT,
    ),
    (
        "日期:2021..2019",
        Nothing(),
        *("date-unreadable", "date range '2021..2019' runs backwards", "2021..2019", "write the earlier date first: 2019..2021-06"),
    ),
    ("date:XXXX", Nothing(), "date-unreadable", "date range 'XXXX' names no year", "XXXX", RANGE_HINT),
    ("sort:size 发展", Bare("发展"), "option-unknown", "sort: takes relevance, date", "sort:size", None),
    ("发展 in:", Bare("发展"), "option-unknown", "in: takes document, passage, removed", "in:", None),
]


@pytest.mark.parametrize(("typed", "tree", "code", "message", "fault", "hint"), FAULTS, ids=[row[0] for row in FAULTS])
def test_fault_is_read_around_and_said(typed: str, tree: Query, code: str, message: str, fault: str, hint: str | None) -> None:
    parsed = parse_query(typed)
    assert parsed.tree == tree
    assert parsed.notices == (notice(typed, code, message, fault, hint),)


@pytest.mark.parametrize(("typed", "tree", "code", "message", "fault", "hint"), FAULTS, ids=[row[0] for row in FAULTS])
def test_strict_parse_raises_for_a_fault(typed: str, tree: Query, code: str, message: str, fault: str, hint: str | None) -> None:
    with pytest.raises(QuerySyntaxError, match=f"^{re.escape(message)}$") as caught:
        parse_query(typed, strict=True)
    expected = notice(typed, code, message, fault, hint)
    assert (caught.value.code, caught.value.hint, caught.value.span) == ("query-syntax", hint, expected.span)


def test_strict_parse_names_the_first_of_several_faults() -> None:
    with pytest.raises(QuerySyntaxError, match=r"^the bracket is not closed$") as caught:
        parse_query('(改革 date:X "开放', strict=True)
    assert caught.value.span == (0, 1)


OPERATORS_ALONE = (
    *("改革 OR", "OR 改革", "改革 OR OR 开放", "改革 AND", "AND 改革", "AND", "NOT", "改革 NOT", "NOT NOT", "改革 NOT OR 开放"),
    *(
        "(改革 OR)",
        "(OR 改革)",
        "(改革 AND)",
        "(NOT)",
        "title:(OR 改革)",
        "title:(改革 OR)",
        "title:(改革 AND)",
        "改革 NEAR/7 OR 开放",
    ),
)


@pytest.mark.parametrize("typed", OPERATORS_ALONE)
def test_operator_without_operand_is_said(typed: str) -> None:
    parsed = parse_query(typed)
    assert {found.code for found in parsed.notices} & {"operand-missing", "near-operand"}
    assert not re.search(r"'(AND|OR|NOT)'", repr(parsed.tree)), "a keyword became text"


def test_not_of_a_not_is_no_text() -> None:
    assert "'NOT'" not in repr(parse_query("NOT NOT 改革").tree)


# -- there and back ------------------------------------------------------------------------------------------------

PIECES = (
    *("OR", "AND", "NOT", "NEAR/7", "BEFORE/3", "NEAR/5000", "NEAR", "-", "－", "--", "(", ")", "（", "）", "(-", "(－"),
    *('"', '"', "“", "”", "「", "」", "＂", '""', '""""', "=", "＝", "~1 ", "～2", "~3", "~", "*", "?", "＊"),
    *(
        "title:",
        "标题：",
        "speaker:",
        "date:",
        "日期：",
        "year:",
        "kind:",
        "id:",
        "text:",
        "全文：",
        "sort:date",
        "in:passage",
        "排序：",
    ),
    *(
        "2019",
        "2019..2021-06",
        "..2021",
        "改革",
        "开放",
        "發展",
        "a",
        "B",
        "1",
        "𠮷",
        "⼈⺠",
        "２０１９",
        "改*放",
        "改?放",
        "改革*放?发",
    ),
    *(
        "全体(扩大)会议",
        "同志们：",
        "“三保?”",
        "5-6",
        "G240-1",
        "“改革”和“开放”",
        "《条例》",
        "——",
        "，",
        "。",
        "：",
        ":",
        "、",
        "!",
    ),
    *("\u200b", "\ufeff", "\u3000", "\t", "\n", " ", " ", " ", " "),
)


@often
@given(st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=12).map("".join))
def test_lenient_parse_reads_anything(typed: str) -> None:
    parsed = parse_query(typed)
    assert parsed.text == typed
    for found in parsed.notices:
        start, end = found.span
        assert 0 <= start < end <= len(typed)
        assert found.message
    if parsed.notices:
        with pytest.raises(QuerySyntaxError):
            parse_query(typed, strict=True)
    else:
        assert parse_query(typed, strict=True) == parsed


def typed_texts(number: int, *, seed: int) -> list[str]:
    """Join random pieces, the same for the same seed: operators in every wrong and right place, and what people paste."""
    chance = random.Random(seed)
    return [
        "".join(chance.choice(PIECES) + chance.choice(("", "", " ")) for _ in range(chance.randint(1, 9))) for _ in range(number)
    ]


def test_format_reads_back_as_the_same_tree() -> None:
    failed = []
    for typed in typed_texts(10_000, seed=20240501):
        tree = parse_query(typed).tree
        if parse_query(format_query(tree)).tree != tree:
            failed.append(typed)
    assert sorted(failed, key=len)[:5] == []


def strict_fault(typed: str) -> tuple[str, tuple[int, int] | None] | None:
    """Give what the strict parse finds fault with, and where; any other error is the test's failure."""
    try:
        parse_query(typed, strict=True)
    except QuerySyntaxError as error:
        return error.message, error.span
    return None


def test_strict_parse_raises_where_the_lenient_one_has_something_to_say() -> None:
    for typed in typed_texts(10_000, seed=20240503):
        notices = parse_query(typed).notices
        first = min(notices, key=lambda notice: notice.span) if notices else None
        assert strict_fault(typed) == ((first.message, first.span) if first else None), typed


@pytest.mark.parametrize("typed", ["全文:-改*放", "全文:title:改*放", "全文:sort:date改?放", "--改*放 NEAR/7 开放 (发展)"])
def test_gap_that_looks_like_an_operator_reads_back(typed: str) -> None:
    tree = parse_query(typed).tree
    assert parse_query(format_query(tree)).tree == tree


FULL_WIDTH = str.maketrans({"(": "（", ")": "）", ":": "：", "-": "－", "=": "＝", " ": "\u3000"})
HALF_WIDTH = tuple(piece for piece in PIECES if piece.isascii() or not set(piece) & set("（）：－＝\u3000\u200b\ufeff"))


def folded(query: Query) -> str:
    """Show a tree with all its texts folded."""
    return fold(repr(query).replace("\\u3000", " ")).replace(" ", "")


def test_full_width_signs_mean_what_half_width_signs_mean() -> None:
    chance = random.Random(20240502)
    different = []
    for _ in range(3_000):
        half = "".join(chance.choice(HALF_WIDTH) + chance.choice(("", " ")) for _ in range(chance.randint(1, 7)))
        full = half.translate(FULL_WIDTH)
        if folded(parse_query(half).tree) != folded(parse_query(full).tree):
            different.append(half)
    assert sorted(different, key=len)[:5] == []


FORMATTED = [
    (Nothing(), ""),
    (Bare("乡村振兴"), "乡村振兴"),
    (Bare("A OR B"), 'text:"A OR B"'),
    (Exact('说"好"话'), '"说""好""话"'),
    (Exact("學習", letters=True, not_before=("班",), not_after=("大",)), '="(-大)學習(-班)"'),
    (Fuzzy("改革开放", 1), '~1 "改革开放"'),
    (Gap(("改革", "开", "放"), ((0, 8), (1, 1))), "改革*开?放"),
    (near("改革", "开放", distance=3, ordered=True), '"改革" BEFORE/3 "开放"'),
    (Field("title", "发展", whole=True), 'title:="发展"'),
    (DateRange("2019..2021-06"), "date:2019..2021-06"),
    (AllOf((Bare("改革"), AnyOf((Bare("开放"), Exact("发展"))))), '改革 (开放 OR "发展")'),
    (Without(Bare("改革"), (AllOf((Bare("开放"), Bare("发展"))), Bare("沿海"))), "改革 -(开放 发展) -沿海"),
    (Without(None, (near("改革", "开放"),)), '-("改革" NEAR/7 "开放")'),
]


@pytest.mark.parametrize(("tree", "written"), FORMATTED)
def test_tree_is_written(tree: Query, written: str) -> None:
    assert format_query(tree) == written
    assert parse_query(written, strict=True).tree == tree


# -- limits --------------------------------------------------------------------------------------------------------


def test_query_longer_than_10000_characters_is_cut_and_said() -> None:
    typed = "改革 " * 400 + "开" * 9_000
    parsed = parse_query(typed)
    assert parsed.text == typed[:10_000]
    message = "the query has 10200 characters, the first 10000 are read"
    assert parsed.notices == (Notice("too-long", message, (10_000, 10_200), "search for a part of it"),)


def test_strict_parse_of_a_long_quotation_says_that_it_is_long() -> None:
    with pytest.raises(QuerySyntaxError, match=r"^the query has 10002 characters, the first 10000 are read$"):
        parse_query('"' + "改" * 10_000 + '"', strict=True)


def test_brackets_are_read_50_deep() -> None:
    assert parse_query("(" * 50 + "改革" + ")" * 50, strict=True).tree == Bare("改革")
    parsed = parse_query("(" * 51 + "改革" + ")" * 51)
    assert parsed.notices == (Notice("too-deep", "brackets are read 50 deep at most", (50, 51)),)


def test_1000_terms_are_read() -> None:
    assert parse_query("改 " * 1_000, strict=True).tree == AllOf((Bare("改"),) * 1_000)
    parsed = parse_query("改 " * 1_001)
    assert parsed.tree == AllOf((Bare("改"),) * 1_000)
    assert parsed.notices == (Notice("too-many-terms", "only the first 1000 terms are read", (2_000, 2_002)),)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("改 OR " * 1_001 + "改", id="or"),
        pytest.param("-改 " * 1_001, id="not"),
        pytest.param("(改 改 改) " * 334, id="groups"),
        pytest.param("title:(" + "改 " * 1_001 + ")", id="field"),
        pytest.param("改 NEAR/1 " * 1_001 + "改", id="near"),
    ],
)
def test_more_than_1000_terms_are_said_everywhere(typed: str) -> None:
    parsed = parse_query(typed)
    assert "too-many-terms" in {found.code for found in parsed.notices}
    assert 990 < len(re.findall("(Bare|Exact|Field)\\(", repr(parsed.tree))) <= 1_000  # a field may count as a term itself


NASTY = [
    *(
        "( " * 2_500 + ")b" * 2_500,
        "title:( " * 900 + "x" + ")b" * 900,
        "( " * 990 + "x" * 6_000 + ")b" * 990,
        "(" * 10_000,
        "( " * 5_000,
        "(" * 5_000 + ")" * 5_000,
    ),
    *('"a' * 5_000, '"a ' * 3_333, "“" * 10_000, "“ " * 3_333 + "”b" * 1_666, '(-"“' * 2_500, '="' * 5_000, '~1 "' * 2_500),
    *('"' + "(-a)" * 2_499 + '"', '"x' + "(-a)" * 2_499 + '"', "a*" * 5_000, "a NEAR/7 " * 1_111, "a OR " * 2_000, "NOT " * 2_500),
    *("title:" * 1_666, "title:( " * 1_250, "a:" * 5_000, "-" * 10_000, " " * 10_000, "date:( " * 1_400),
]


@pytest.mark.parametrize("typed", NASTY, ids=lambda typed: typed[:12])
def test_nasty_query_is_read_in_bounded_time(typed: str) -> None:
    started = time.process_time()
    tree = parse_query(typed).tree
    format_query(tree)
    assert time.process_time() - started < 2
