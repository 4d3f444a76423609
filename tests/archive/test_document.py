"""Bodies, revisions and passages."""

import hashlib

import pytest
from hypothesis import given

from archive.document import Document, normal_body, revision_of, split_passages
from archive.metadata import Metadata
from tests.archive.texts import SIMPLIFIED, nasty_texts

BODIES = [
    pytest.param("修渠\n", "修渠\n", id="normal"),
    pytest.param("修渠", "修渠\n", id="no-line-end"),
    pytest.param("修渠\n\n\n", "修渠\n", id="blank-lines-behind"),
    pytest.param("\n \n\u3000\n修渠\n", "修渠\n", id="blank-lines-before"),
    pytest.param("修渠\r\n\r\n修路\r\n", "修渠\n\n修路\n", id="crlf"),
    pytest.param("修渠\r修路", "修渠\n修路\n", id="cr"),
    pytest.param("\ufeff修渠\n", "修渠\n", id="byte-order-mark"),
    pytest.param("\n\ufeff修渠\n", "修渠\n", id="byte-order-mark-below-a-blank-line"),
    pytest.param("\ufeff\ufeff修渠\n", "修渠\n", id="two-byte-order-marks"),
    pytest.param("\u3000\u3000修渠 \n\n\n修路\n", "\u3000\u3000修渠 \n\n\n修路\n", id="white-space-in-lines-stays"),
    pytest.param("一\u2028二\x0b三\x85四\n", "一\u2028二\x0b三\x85四\n", id="other-separators-stay"),
    pytest.param("e\u0301 ⼈ \ufa19 Ａ\n", "e\u0301 ⼈ \ufa19 Ａ\n", id="nothing-is-normalised"),
    pytest.param("", "", id="empty"),
    pytest.param(" \n\u3000\n\t", "", id="white-space"),
]


@pytest.mark.parametrize(("text", "body"), BODIES)
def test_body_is_brought_into_the_form_that_is_hashed(text: str, body: str) -> None:
    assert normal_body(text) == body


@given(nasty_texts)
def test_normal_body_of_a_normal_body_is_itself(text: str) -> None:
    body = normal_body(text)
    assert normal_body(body) == body


@given(nasty_texts)
def test_body_ends_in_one_line_end_and_has_no_other_kind(text: str) -> None:
    body = normal_body(text)
    assert "\r" not in body
    assert body == "" or (body.endswith("\n") and body.strip("\n") + "\n" == body)


@given(nasty_texts)
def test_line_ends_and_blank_lines_around_it_make_no_new_revision(text: str) -> None:
    body = normal_body(text)
    for same in (body.replace("\n", "\r\n"), body.replace("\n", "\r"), "\ufeff" + body, "\n \n" + body + "\n\u3000\n\n"):
        assert revision_of(normal_body(same)) == revision_of(body)


def test_revision_is_ten_digits_of_the_sha_256_of_the_bytes() -> None:
    assert revision_of("") == "e3b0c44298"
    assert revision_of("修渠\n") == hashlib.sha256("修渠\n".encode()).hexdigest()[:10]


def test_other_text_is_another_revision() -> None:
    assert revision_of("修渠\n") != revision_of("修路\n")


PASSAGES = [
    pytest.param("修渠\n\n修路\n", ("修渠", "修路"), id="blank-line-between"),
    pytest.param("修渠\n修路\n", ("修渠", "修路"), id="no-blank-line"),
    pytest.param("\u3000\u3000修渠 \n\u3000\n---\n", ("\u3000\u3000修渠 ", "---"), id="line-as-it-stands"),
    pytest.param("一\u2028二\n", ("一\u2028二",), id="only-lf-parts"),
    pytest.param("\u200b\n", ("\u200b",), id="zero-width-is-not-blank"),
    pytest.param("", (), id="empty"),
]


@pytest.mark.parametrize(("body", "passages"), PASSAGES)
def test_passages_are_the_lines_that_are_not_blank(body: str, passages: tuple[str, ...]) -> None:
    assert split_passages(body) == passages


@given(nasty_texts)
def test_passages_and_the_blank_lines_between_them_tile_the_body(text: str) -> None:
    document = Document("a", "main", Metadata(), normal_body(text))
    rest = iter(document.passages)
    lines = [line if not line.strip() else next(rest) for line in document.body.split("\n")]
    assert "\n".join(lines) == document.body
    assert list(rest) == []


def test_document_names_its_revision_and_passages() -> None:
    document = Document("a", "main", Metadata(), f"{SIMPLIFIED}\n\n第二段\n")
    assert document.revision == hashlib.sha256(f"{SIMPLIFIED}\n\n第二段\n".encode()).hexdigest()[:10]
    assert document.passages == (SIMPLIFIED, "第二段")
