"""Names of documents, revisions and passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InvalidIdentifier
from archive.identifiers import Reference, check_document_id, check_revision, format_reference, parse_reference
from tests.archive.texts import document_ids, nasty_texts, refusal, revisions

ID_HINT = "1 to 64 of a-z 0-9 _ -, the first a letter or digit"
REFERENCE_HINT = "write id@revision¶12, ¶12-14 or ¶12:34-58"

REFERENCES = [
    pytest.param("shuiche", Reference("shuiche"), id="document"),
    pytest.param("shuiche@9f2c41ab07", Reference("shuiche", "9f2c41ab07"), id="revision"),
    pytest.param("shuiche@9f2c41ab07¶12", Reference("shuiche", "9f2c41ab07", 12), id="passage"),
    pytest.param("shuiche@9f2c41ab07¶12-14", Reference("shuiche", "9f2c41ab07", 12, 14), id="passages"),
    pytest.param("shuiche@9f2c41ab07¶12:34-58", Reference("shuiche", "9f2c41ab07", 12, None, (34, 58)), id="words"),
    pytest.param("shuiche¶1", Reference("shuiche", None, 1), id="passage-of-the-newest-text"),
    pytest.param("d-0123456789_2", Reference("d-0123456789_2"), id="hyphen-and-underscore"),
]


@pytest.mark.parametrize(("text", "reference"), REFERENCES)
def test_reference_is_read_and_written(text: str, reference: Reference) -> None:
    assert parse_reference(text) == reference
    assert format_reference(reference) == text


SPACED = [
    pytest.param(" shuiche @ 9f2c41ab07 ¶ 12 ", "shuiche@9f2c41ab07¶12", id="spaces"),
    pytest.param("shuiche@9f2c41ab07\u3000¶12 - 14", "shuiche@9f2c41ab07¶12-14", id="ideographic-space"),
    pytest.param("shuiche@9f2c41ab07\u00a0¶12 : 34 - 58\n", "shuiche@9f2c41ab07¶12:34-58", id="no-break-space"),
    pytest.param("shuiche¶007", "shuiche¶7", id="leading-zeros"),
    pytest.param("shuiche¶12-12", "shuiche¶12", id="range-of-one"),
]


@pytest.mark.parametrize(("text", "written"), SPACED)
def test_reference_is_read_with_spaces_and_written_without(text: str, written: str) -> None:
    assert format_reference(parse_reference(text)) == written


@given(
    st.one_of(
        st.builds(Reference, document_ids, st.none() | revisions),
        st.builds(Reference, document_ids, st.none() | revisions, st.integers(1, 10**9)),
        st.builds(
            lambda name, revision, first, more: Reference(name, revision, first, first + more),
            document_ids,
            st.none() | revisions,
            st.integers(1, 10**9),
            st.integers(1, 10**9),
        ),
        st.builds(
            lambda name, first, start, length: Reference(name, None, first, None, (start, start + length)),
            document_ids,
            st.integers(1, 10**9),
            st.integers(0, 10**9),
            st.integers(1, 10**9),
        ),
    )
)
def test_parse_reference_inverts_format_reference(reference: Reference) -> None:
    assert parse_reference(format_reference(reference)) == reference


MALFORMED = [
    pytest.param("", id="empty"),
    pytest.param("   ", id="spaces"),
    pytest.param("a b", id="two-words"),
    pytest.param("¶12", id="no-document"),
    pytest.param("shuiche@", id="no-revision"),
    pytest.param("shuiche¶", id="no-number"),
    pytest.param("shuiche¶-1", id="negative"),
    pytest.param("shuiche¶12-", id="open-range"),
    pytest.param("shuiche¶12:34", id="one-offset"),
    pytest.param("shuiche¶12-14:3-5", id="words-in-a-range"),
]


@pytest.mark.parametrize("text", MALFORMED)
def test_reference_of_another_form_is_refused(text: str) -> None:
    assert refusal(lambda: parse_reference(text)) == (
        "invalid-identifier",
        f"reference {text!r} is not well formed",
        REFERENCE_HINT,
    )


PARTS = [
    pytest.param("shuiche#p12", "document id 'shuiche#p12' is not well formed", ID_HINT, id="address"),
    pytest.param("../etc/passwd", "document id '../etc/passwd' is not well formed", ID_HINT, id="path"),
    pytest.param("水车¶1", "document id '水车' is not well formed", ID_HINT, id="han"),
    pytest.param(
        "shuiche@9F2C41AB07",
        "revision '9F2C41AB07' is not well formed",
        "ten hexadecimal digits, such as 9f2c41ab07",
        id="capitals-in-revision",
    ),
    pytest.param(
        "shuiche¶14-12", "passages 14-12 are no range", "passages count from 1, as in ¶12-14", id="range-that-runs-backwards"
    ),
    pytest.param("shuiche¶3:5-5", "words 5-5 are no range in one passage", "as in ¶12:34-58", id="no-words"),
    pytest.param("shuiche¶3:5-4", "words 5-4 are no range in one passage", "as in ¶12:34-58", id="words-that-run-backwards"),
]


@pytest.mark.parametrize(("text", "message", "hint"), PARTS)
def test_reference_with_a_bad_part_is_refused(text: str, message: str, hint: str) -> None:
    assert refusal(lambda: parse_reference(text)) == ("invalid-identifier", message, hint)


def test_refusal_of_passage_zero_speaks_of_no_none() -> None:
    code, message, hint = refusal(lambda: parse_reference("shuiche¶0"))
    assert (code, hint) == ("invalid-identifier", "passages count from 1, as in ¶12-14")
    assert "0" in message
    assert "None" not in message


def test_number_too_long_for_python_is_refused() -> None:
    assert refusal(lambda: parse_reference("shuiche¶" + "9" * 5000))[0] == "invalid-identifier"


def test_long_reference_is_cut_in_the_message() -> None:
    assert refusal(lambda: parse_reference("水 " * 500))[1] == f"reference {('水 ' * 40)!r} is not well formed"


@pytest.mark.parametrize("arguments", [(None, 14, None), (None, None, (0, 5))])
def test_range_without_a_passage_is_refused(arguments: tuple[None, int | None, tuple[int, int] | None]) -> None:
    assert refusal(lambda: Reference("shuiche", None, *arguments)) == (
        "invalid-identifier",
        "a range of passages or words needs the number of a passage",
        None,
    )


def test_words_in_several_passages_are_refused() -> None:
    assert refusal(lambda: Reference("shuiche", None, 3, 4, (0, 5)))[1] == "words 0-5 are no range in one passage"


def test_range_of_one_passage_is_refused_or_read_back() -> None:
    try:
        reference = Reference("shuiche", None, 3, 3)
    except InvalidIdentifier:
        return
    assert parse_reference(format_reference(reference)) == reference


@given(nasty_texts)
def test_any_text_is_a_reference_or_refused(text: str) -> None:
    try:
        reference = parse_reference(text)
    except InvalidIdentifier:
        return
    assert parse_reference(format_reference(reference)) == reference


@pytest.mark.parametrize("text", ["a", "0", "shui-che_2", "9-", "a" * 64])
def test_well_formed_id_is_given_back(text: str) -> None:
    assert check_document_id(text) == text


BAD_IDS = ["", "A", "-a", "_a", "a" * 65, "a/b", "..", "../a", "a.md", "a b", "a\n", "a\0", "水车", "é", "ａ", "٣", "a\u200b"]


@pytest.mark.parametrize("text", BAD_IDS)
def test_bad_id_is_refused(text: str) -> None:
    expected = ("invalid-identifier", f"document id {text!r} is not well formed", ID_HINT)
    assert refusal(lambda: check_document_id(text)) == expected


def test_bad_collection_is_called_a_collection() -> None:
    expected = ("invalid-identifier", "collection '../x' is not well formed", ID_HINT)
    assert refusal(lambda: check_document_id("../x", what="collection")) == expected


@pytest.mark.parametrize("text", ["", "9f2c41ab0", "9f2c41ab078", "9F2C41AB07", "9f2c41ab0g", "../../../a", "９f2c41ab07"])
def test_bad_revision_is_refused(text: str) -> None:
    expected = ("invalid-identifier", f"revision {text!r} is not well formed", "ten hexadecimal digits, such as 9f2c41ab07")
    assert refusal(lambda: check_revision(text)) == expected


@given(revisions)
def test_well_formed_revision_is_given_back(revision: str) -> None:
    assert check_revision(revision) == revision
