"""The query language as one table: what is typed and what it means. Help page, `explain` and tests read it. Source: plan.md 9."""

from __future__ import annotations

from dataclasses import dataclass

from index.query import AllOf, AnyOf, Bare, DateRange, Exact, Field, Fuzzy, Gap, Link, Near, Query, Without


@dataclass(frozen=True, slots=True)
class Row:
    """One construct of the language.

    Attributes:
        name: Short name, for tests and anchors.
        examples: Ways to type it; all of them mean `tree`.
        tree: What the examples are read as; None where they set an option instead.
        meaning: Explanation by language, `zh` (Simplified) and `en`.
    """

    name: str
    examples: tuple[str, ...]
    tree: Query | None
    meaning: dict[str, str]


ROWS = (
    Row(
        "bare",
        ("乡村振兴",),
        Bare("乡村振兴"),
        {"zh": "整串文字，或文献中各处有它的全部词语", "en": "the whole string, or all its words anywhere in the document"},
    ),
    Row(
        "chunks",
        ("乡村振兴 产业", "乡村振兴　产业", "乡村振兴 AND 产业"),
        AllOf((Bare("乡村振兴"), Bare("产业"))),
        {"zh": "每一部分都要在文献中出现", "en": "each of them in the document"},
    ),
    Row(
        "exact",
        ('"决战脱贫攻坚"', "“决战脱贫攻坚”", "「决战脱贫攻坚」"),
        Exact("决战脱贫攻坚"),
        {"zh": "正是这一串文字，不分简繁", "en": "exactly this string, in any script"},
    ),
    Row(
        "quotation mark",
        ('"所谓""三保"""',),
        Exact('所谓"三保"'),
        {"zh": "引号里写两个引号，表示一个引号", "en": "two quotation marks inside stand for one"},
    ),
    Row(
        "letters",
        ('="發展"', "＝“發展”"),
        Exact("發展", letters=True),
        {"zh": "正是这些字形，繁简不通", "en": "exactly these letters, nothing folded"},
    ),
    Row(
        "or",
        ("改革 OR 开放",),
        AnyOf((Bare("改革"), Bare("开放"))),
        {"zh": "任一即可（OR 大写）", "en": "either of them (OR in capitals)"},
    ),
    Row(
        "not",
        ("改革 -开放", "改革 NOT 开放", "改革 －开放"),
        Without(Bare("改革"), (Bare("开放"),)),
        {"zh": "文献中不得有后者", "en": "not in a document that holds the second"},
    ),
    Row(
        "brackets",
        ("(改革 OR 开放) 产业", "（改革 OR 开放） 产业"),
        AllOf((AnyOf((Bare("改革"), Bare("开放"))), Bare("产业"))),
        {"zh": "括号分组", "en": "brackets group"},
    ),
    Row(
        "near",
        ("改革 NEAR/7 开放", '"改革" NEAR/7 "开放"'),
        Near((Exact("改革"), Exact("开放")), (Link(7, ordered=False),)),
        {"zh": "同一段中相隔至多 7 字，先后不拘", "en": "at most 7 characters between them, in either order, in one passage"},
    ),
    Row(
        "before",
        ("改革 BEFORE/7 开放",),
        Near((Exact("改革"), Exact("开放")), (Link(7, ordered=True),)),
        {"zh": "同上，且前者在先", "en": "the same, the first before the second"},
    ),
    Row(
        "gap",
        ("改*放",),
        Gap(("改", "放"), ((0, 8),)),
        {"zh": "两字之间隔 0 至 8 字", "en": "a gap of 0 to 8 characters between two letters"},
    ),
    Row(
        "one character",
        ("改?放",),
        Gap(("改", "放"), ((1, 1),)),
        {"zh": "两字之间恰隔 1 字", "en": "exactly one character between two letters"},
    ),
    Row(
        "not followed",
        ('"舍利(-弗)"', '"舍利（－弗）"'),
        Exact("舍利", not_before=("弗",)),
        {"zh": "后面不接“弗”的“舍利”", "en": "舍利 not followed by 弗"},
    ),
    Row(
        "not preceded",
        ('"(-大)学习"',),
        Exact("学习", not_after=("大",)),
        {"zh": "前面不是“大”的“学习”", "en": "学习 not preceded by 大"},
    ),
    Row(
        "fuzzy",
        ('~1 "决战脱贫攻坚"', '~1"决战脱贫攻坚"'),
        Fuzzy("决战脱贫攻坚", 1),
        {
            "zh": "容许错、缺、多 1 字（~2 为 2 字），用于残损的文本",
            "en": "up to 1 (~2: 2) characters wrong, missing or extra, for damaged texts",
        },
    ),
    Row(
        "field",
        ("title:讲话", "标题：讲话", '標題:"讲话"'),
        Field("title", "讲话"),
        {
            "zh": "标题、讲话人、机构、地点、会议、体裁、文集、文字、编号、年份 等字段",
            "en": "fields: title speaker organ place event kind collection script id year",
        },
    ),
    Row(
        "whole field",
        ('speaker:="周海"',),
        Field("speaker", "周海", whole=True),
        {"zh": "字段的值正是这一串文字", "en": "the whole value of the field"},
    ),
    Row(
        "date",
        ("date:2019..2021-06", "日期：2019..2021-06"),
        DateRange("2019..2021-06"),
        {"zh": "日期范围；2019、2019..、..2021 亦可", "en": "a range of dates; also 2019, 2019.., ..2021"},
    ),
    Row("sort", ("sort:date", "排序：日期"), None, {"zh": "按日期排列，最新在前", "en": "newest first"}),
    Row(
        "scope",
        ("in:passage", "in:removed"),
        None,
        {"zh": "各部分须在同一段；或只查清理掉的文字", "en": "AND and NOT work on one passage; or only removed text is searched"},
    ),
)
