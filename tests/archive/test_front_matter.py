"""String-only YAML at the head of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InvalidMetadata
from archive.front_matter import FrontMatter, Value, format_front_matter, parse_front_matter, set_fields, split_front_matter
from tests.archive.texts import nasty_lines, nasty_texts, refusal

QUOTES_HINT = 'put the value in quotes, as in title: "报告: 2024"'

SPLITS = [
    pytest.param("---\ntitle: 题\n---\n\n正文\n", "title: 题", "\n正文\n", id="usual"),
    pytest.param("---\n---\n正文", "", "正文", id="no-fields"),
    pytest.param("--- \ntitle: 题\n---\u3000\n正文", "title: 题", "正文", id="white-space-behind-the-fences"),
    pytest.param("---\ntitle: 题\n---", "title: 题", "", id="nothing-behind"),
    pytest.param("---\na: b\n---\n一\n---\n二\n", "a: b", "一\n---\n二\n", id="third-fence-is-text"),
    pytest.param("正文\n---\na: b\n---\n", None, "正文\n---\na: b\n---\n", id="not-at-the-head"),
    pytest.param("---\n没有结尾\n", None, "---\n没有结尾\n", id="never-closed"),
    pytest.param("----\na: b\n----\n", None, "----\na: b\n----\n", id="four-hyphens"),
    pytest.param(" ---\na: b\n---\n", None, " ---\na: b\n---\n", id="indented"),
    pytest.param("", None, "", id="empty"),
]


@pytest.mark.parametrize(("text", "source", "rest"), SPLITS)
def test_file_is_split_at_its_fences(text: str, source: str | None, rest: str) -> None:
    assert split_front_matter(text) == (source, rest)


GUESSED = ["007", "NO", "yes", "true", "null", "~", "2020-03", "2020-03-10", "1e3", "0x1F", "1_000", "12:30:45", ".5", "=", "题"]


@pytest.mark.parametrize("value", GUESSED)
def test_value_stays_the_string_that_was_typed(value: str) -> None:
    assert parse_front_matter(f"title: {value}").fields == {"title": value}


def test_fields_are_strings_lists_and_mappings_with_their_lines() -> None:
    source = (
        "# 说明\ntitle: 修渠\nspeaker:\n- 张三\n- 李四\n\n"
        "published:\n- type: web\n  date: 2020-03\nflags: [abridged, 007]\nnotes:\n"
    )
    fields = {
        "title": "修渠",
        "speaker": ["张三", "李四"],
        "published": [{"type": "web", "date": "2020-03"}],
        "flags": ["abridged", "007"],
        "notes": "",
    }
    lines = {"title": 3, "speaker": 4, "published": 8, "flags": 11, "notes": 12}
    assert parse_front_matter(source) == FrontMatter(fields, lines)


@pytest.mark.parametrize("source", ["", "\n\n", "# 只有说明"])
def test_front_matter_of_nothing_has_no_fields(source: str) -> None:
    assert parse_front_matter(source) == FrontMatter()


def test_lines_count_from_the_line_that_is_given() -> None:
    assert parse_front_matter("organ: 村委会", first_line=1).lines == {"organ": 1}


BAD = [
    pytest.param("a: 1\ntitle: 报告: 二", "line 3 is no YAML: mapping values are not allowed here", QUOTES_HINT, id="colon"),
    pytest.param(
        "title: [修渠", "line 2 is no YAML: expected ',' or ']', but got '<stream end>'", QUOTES_HINT, id="bracket-left-open"
    ),
    pytest.param(
        'title: 题\n\nnotes: "修渠', "line 4 is no YAML: found unexpected end of stream", QUOTES_HINT, id="quote-left-open"
    ),
    pytest.param(
        "title: 题\n\t- 修渠", "line 3 is no YAML: found character '\\t' that cannot start any token", QUOTES_HINT, id="tab"
    ),
    pytest.param(
        "title: *题", "line 2 is no YAML: expected alphabetic or numeric character, but found '题'", QUOTES_HINT, id="asterisk"
    ),
    pytest.param("title: @村", "line 2 is no YAML: found character '@' that cannot start any token", QUOTES_HINT, id="at-sign"),
    pytest.param("a: 1\n--- b\n", "line 3 is no YAML: but found another document", QUOTES_HINT, id="second-document"),
    pytest.param("a: 1\nb: 2\na: 3", "line 4 gives 'a' a second time", "it stands on line 2 already", id="field-given-twice"),
    pytest.param(
        "title: \x07",
        "front matter is no YAML: unacceptable character #x0007: special characters are not allowed",
        "remove control characters",
        id="control-character",
    ),
    pytest.param(
        "title: \0",
        "front matter is no YAML: unacceptable character #x0000: special characters are not allowed",
        "remove control characters",
        id="nul",
    ),
    pytest.param("- 修渠", "line 2 is no field", "write one field per line, as in title: 政府工作报告", id="list"),
    pytest.param("修渠", "line 2 is no field", "write one field per line, as in title: 政府工作报告", id="plain-text"),
]


@pytest.mark.parametrize(("source", "message", "hint"), BAD)
def test_bad_yaml_is_refused_with_its_line(source: str, message: str, hint: str) -> None:
    assert refusal(lambda: parse_front_matter(source)) == ("invalid-metadata", message, hint)


HOSTILE = [
    pytest.param("notes: &x [*x]", id="list-that-holds-itself"),
    pytest.param(
        "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(6)),
        id="aliases-that-multiply",
    ),
    pytest.param("notes: " + "[" * 1000, id="brackets-without-end"),
    pytest.param('title: "\\UFFFFFFFF"', id="code-point-beyond-unicode"),
    pytest.param('title: "\\uD800"', id="half-of-a-surrogate-pair"),
]


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_yaml_is_refused(source: str) -> None:
    assert refusal(lambda: parse_front_matter(source))[0] == "invalid-metadata"


values: st.SearchStrategy[Value] = st.recursive(
    nasty_texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(nasty_texts, inner, max_size=3), max_leaves=6
)


@given(st.dictionaries(nasty_texts, values, max_size=4))
def test_parse_front_matter_inverts_format_front_matter(fields: dict[str, Value]) -> None:
    source, rest = split_front_matter(format_front_matter(fields))
    assert rest == ""
    assert source is not None
    assert parse_front_matter(source).fields == fields


def test_fields_are_written_in_their_order_and_unescaped() -> None:
    fields: dict[str, Value] = {"title": "修渠：第一年", "date": "2020-03", "speaker": ["张三", "007"], "notes": ""}
    expected = "---\ntitle: 修渠：第一年\ndate: 2020-03\nspeaker:\n- 张三\n- 007\nnotes:\n---\n"
    assert format_front_matter(fields) == expected


def test_no_fields_are_written_as_two_fences() -> None:
    assert format_front_matter({}) == "---\n---\n"


yaml_like = st.lists(st.sampled_from([*"-:?[]{}&*!|>'\"%@`#,~ \n\t", "---", "a", "题", "a: ", "\\u", "  "]), max_size=14).map(
    "".join
)


@given(st.one_of(yaml_like, nasty_texts))
def test_any_text_is_front_matter_or_refused(source: str) -> None:
    try:
        front = parse_front_matter(source)
    except InvalidMetadata:
        return
    assert front.fields.keys() == front.lines.keys()


# ---------------------------------------------------------------------------------------------- single fields changed


def test_one_field_is_changed_and_every_other_line_stays() -> None:
    source = "id: a\n# 核对过\ntitle: '报告: 2'\nspeaker:\n- 甲\n\n- 乙\nnotes: |\n  一\n\n  二\npublished:\n- type: web"
    changes: dict[str, Value | None] = {"title": "新题", "speaker": ["丙"], "notes": None, "date": "2020"}
    assert set_fields(source, changes) == "id: a\n# 核对过\ntitle: 新题\nspeaker:\n- 丙\npublished:\n- type: web\ndate: 2020"


def test_field_that_lines_do_not_show_is_changed_all_the_same() -> None:
    assert set_fields("{id: a, title: 旧}", {"title": "新"}) == "id: a\ntitle: 新"


values: st.SearchStrategy[Value] = st.one_of(nasty_lines, st.lists(nasty_lines.filter(bool), min_size=1, max_size=3))


@given(
    st.dictionaries(st.sampled_from("abcdef"), values, max_size=5),
    st.dictionaries(st.sampled_from("abcdefg"), st.none() | values, max_size=4),
)
def test_changed_fields_are_read_back(fields: dict[str, Value], changes: dict[str, Value | None]) -> None:
    source = split_front_matter(format_front_matter(fields))[0] or ""
    wanted = {name: value for name, value in {**fields, **changes}.items() if value is not None}
    assert parse_front_matter(set_fields(source, changes)).fields == wanted
