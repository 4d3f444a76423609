"""Typed fields read from front matter; every bad one reported, the others kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import parse_date
from archive.front_matter import Value, format_front_matter, parse_front_matter, split_front_matter
from archive.metadata import Capture, Metadata, Publication, metadata_from_fields, metadata_to_fields
from tests.archive.texts import metadata, nasty_lines, refusal_of

ALL_FIELDS = (
    "id, title, speaker, organ, date, event, place, kind, language, published, captured, flags, witness_of, aliases, rights, notes"
)
PUBLISHED_FIELDS = "type, container, page, publisher, place, url, isbn, shelfmark, date"
CAPTURED_FIELDS = "url, at, sha256, encoding, tool"
SHA256 = "9f2c41ab07" + "0" * 54

WRITTEN: dict[str, Value] = {
    "id": "xiuqu-1",
    "title": "修渠：第一年",
    "speaker": ["张三", "李四"],
    "organ": "村委会",
    "date": "2020-03",
    "event": "村民大会",
    "place": "大树下",
    "kind": "speech",
    "language": "zh-Hans",
    "published": [
        {
            "type": "newspaper",
            "container": "河边报",
            "date": "2020-03-10",
            "page": "4",
            "publisher": "河边报社",
            "place": "河边",
            "url": "https://example.org/4",
            "isbn": "9787000000000",
            "shelfmark": "K-7",
        }
    ],
    "captured": [
        {"url": "https://example.org/4", "at": "2024-05-01T08:00:00Z", "sha256": SHA256, "encoding": "gb18030", "tool": "yinde 0.1"}
    ],
    "flags": ["cut-off", "no-punctuation"],
    "witness_of": "xiuqu",
    "aliases": ["xiu-qu", "qu-1"],
    "rights": "公有领域",
    "notes": "抄本",
}
READ = Metadata(
    id="xiuqu-1",
    title="修渠：第一年",
    speaker=("张三", "李四"),
    organ="村委会",
    date=parse_date("2020-03"),
    event="村民大会",
    place="大树下",
    kind="speech",
    language="zh-Hans",
    published=(
        Publication(
            type="newspaper",
            container="河边报",
            date=parse_date("2020-03-10"),
            page="4",
            publisher="河边报社",
            place="河边",
            url="https://example.org/4",
            isbn="9787000000000",
            shelfmark="K-7",
        ),
    ),
    captured=(Capture("https://example.org/4", "2024-05-01T08:00:00Z", SHA256, "gb18030", "yinde 0.1"),),
    flags=("cut-off", "no-punctuation"),
    witness_of="xiuqu",
    aliases=("xiu-qu", "qu-1"),
    rights="公有领域",
    notes="抄本",
)


def test_every_field_is_read() -> None:
    assert metadata_from_fields(WRITTEN) == (READ, ())


def test_every_field_is_written() -> None:
    assert metadata_to_fields(READ) == WRITTEN
    assert list(metadata_to_fields(READ)) == list(WRITTEN)


def test_nothing_stated_is_nothing_written() -> None:
    assert metadata_to_fields(Metadata()) == {}
    assert metadata_from_fields({}) == (Metadata(), ())


@pytest.mark.parametrize("empty", ["", [], {}])
@pytest.mark.parametrize("name", list(WRITTEN))
def test_empty_value_is_not_stated(name: str, empty: Value) -> None:
    assert metadata_from_fields({name: empty}) == (Metadata(), ())


@given(metadata)
def test_metadata_from_fields_inverts_metadata_to_fields(given_metadata: Metadata) -> None:
    assert metadata_from_fields(metadata_to_fields(given_metadata)) == (given_metadata, ())


@given(metadata)
def test_metadata_survives_being_written_to_a_file(given_metadata: Metadata) -> None:
    source, _ = split_front_matter(format_front_matter(metadata_to_fields(given_metadata)))
    assert source is not None
    assert metadata_from_fields(parse_front_matter(source).fields) == (given_metadata, ())


LISTS = [
    pytest.param("张三、李四", ("张三", "李四"), id="enumeration-comma"),
    pytest.param("张三，李四；王五", ("张三", "李四", "王五"), id="comma-and-semicolon"),
    pytest.param(["张三、李四", " 王五 "], ("张三", "李四", "王五"), id="list-of-lists-in-words"),
    pytest.param("Li Si, Jr.", ("Li Si, Jr.",), id="ascii-comma-is-part-of-a-name"),
    pytest.param("、，", (), id="marks-alone"),
]


@pytest.mark.parametrize(("value", "speakers"), LISTS)
def test_speakers_are_read_from_a_list_or_one_line(value: Value, speakers: tuple[str, ...]) -> None:
    assert metadata_from_fields({"speaker": value}) == (Metadata(speaker=speakers), ())


def test_one_mapping_is_a_list_of_one_publication() -> None:
    written: dict[str, Value] = {"published": {"container": "河边报", "page": ""}}
    assert metadata_from_fields(written) == (Metadata(published=(Publication(type="web", container="河边报"),)), ())


def test_empty_value_in_a_publication_is_not_stated() -> None:
    written: dict[str, Value] = {"published": [{"type": "", "date": "", "page": "4"}]}
    assert metadata_from_fields(written) == (Metadata(published=(Publication(page="4"),)), ())


LINE_HINT = 'put it in quotes, as in title: "[专题]讲话"'
DATE_HINT = "write 2020, 2020-03, 2020-03-10 or XXXX-08-01"
ID_HINT = "1 to 64 of a-z 0-9 _ -, the first a letter or digit"
BAD: list[object] = [
    pytest.param("titel", "修渠", "field 'titel' is unknown", f"fields are {ALL_FIELDS}", id="unknown"),
    pytest.param("id", "../etc", "document id '../etc' is not well formed", ID_HINT, id="path-as-id"),
    pytest.param("id", ["a"], "field 'id' takes one line of text", LINE_HINT, id="list-as-id"),
    pytest.param("title", ["专题"], "field 'title' takes one line of text", LINE_HINT, id="list-as-title"),
    pytest.param("title", {"a": "b"}, "field 'title' takes one line of text", LINE_HINT, id="mapping-as-title"),
    pytest.param("speaker", [["张三"]], "field 'speaker' takes one line of text", LINE_HINT, id="list-in-speakers"),
    pytest.param("speaker", {"name": "张三"}, "field 'speaker' takes one line of text", LINE_HINT, id="mapping-as-speaker"),
    pytest.param("date", "2020年", "date '2020年' is not well formed", DATE_HINT, id="date"),
    pytest.param("date", "2021-02-29", "date '2021-02-29' names a day that no calendar has", DATE_HINT, id="day"),
    pytest.param(
        "kind",
        "讲话",
        "kind '讲话' is unknown",
        "one of speech, report, meeting, news, yearbook, law, letter, interview, other",
        id="kind",
    ),
    pytest.param("language", "zh", "language 'zh' is unknown", "one of zh-Hans, zh-Hant", id="language"),
    pytest.param(
        "flags",
        "abridged、torn",
        "flags 'torn' is unknown",
        "one of cut-off, abridged, lost-characters, no-punctuation, needs-ocr",
        id="flag",
    ),
    pytest.param("witness_of", "水车", "document id '水车' is not well formed", ID_HINT, id="witness"),
    pytest.param("aliases", ["ok", "Not"], "document id 'Not' is not well formed", ID_HINT, id="alias"),
    pytest.param(
        "published",
        "河边报",
        f"field 'published' takes a list of {PUBLISHED_FIELDS}",
        "write published:, then - type: …",
        id="publication",
    ),
    pytest.param(
        "published",
        [{"paper": "河边报"}],
        "field 'published.paper' is unknown",
        f"fields are {PUBLISHED_FIELDS}",
        id="field-of-publication",
    ),
    pytest.param(
        "published",
        [{"type": "报纸"}],
        "published.type '报纸' is unknown",
        "one of newspaper, web, book, yearbook, gazette, archive",
        id="type-of-publication",
    ),
    pytest.param(
        "published", [{"page": ["4"]}], "field 'published.page' takes one line of text", LINE_HINT, id="page-of-publication"
    ),
    pytest.param(
        "captured", ["x"], f"field 'captured' takes a list of {CAPTURED_FIELDS}", "write captured:, then - url: …", id="capture"
    ),
    pytest.param(
        "captured", [{"when": "x"}], "field 'captured.when' is unknown", f"fields are {CAPTURED_FIELDS}", id="field-of-capture"
    ),
]


@pytest.mark.parametrize(("name", "value", "message", "hint"), BAD)
def test_bad_field_is_reported_and_the_others_count(name: str, value: Value, message: str, hint: str) -> None:
    read, problems = metadata_from_fields({"rights": "公有领域", name: value, "notes": "抄本"})
    assert read == Metadata(rights="公有领域", notes="抄本")
    assert [problem.field for problem in problems] == [name]
    assert refusal_of(problems[0].error) == ("invalid-identifier" if hint == ID_HINT else "invalid-metadata", message, hint)


@pytest.mark.parametrize("sha256", ["../../../../etc", "/etc/passwd", "9f2c41ab07", SHA256.upper(), SHA256 + "0"])
def test_hash_that_is_no_hash_is_reported(sha256: str) -> None:
    read, problems = metadata_from_fields({"title": "修渠", "captured": [{"sha256": sha256}]})
    assert read == Metadata(title="修渠")
    assert [problem.field for problem in problems] == ["captured"]


def test_problems_stand_in_the_order_written() -> None:
    _, problems = metadata_from_fields({"b": "1", "kind": "x", "a": "2"})
    assert [problem.field for problem in problems] == ["b", "kind", "a"]


values: st.SearchStrategy[Value] = st.recursive(
    nasty_lines,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "date", "sha256", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*WRITTEN, "x", "标题"]), values))
def test_any_fields_are_read_or_reported(written: dict[str, Value]) -> None:
    read, problems = metadata_from_fields(written)
    reported = {problem.field for problem in problems}
    assert reported <= set(written)
    assert reported >= {"x", "标题"} & set(written)
    assert set(metadata_to_fields(read)) <= set(written) - reported
