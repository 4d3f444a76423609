"""Bytes to text: the encoding that is recognised, the offsets that are named, what is refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.encoding import ENCODINGS, Decoded, decode
from archive.errors import UnreadableSource
from tests import oracle
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, WITH_EXTENSIONS, nasty_texts, refusal

NO_TEXT_HINT = "UTF-8, UTF-16, GB18030 and Big5 are recognised; name another with --encoding"

FILES = [
    pytest.param(SIMPLIFIED, "utf-8", "utf-8", id="utf-8"),
    pytest.param(SIMPLIFIED, "gb18030", "gb18030", id="gb18030"),
    pytest.param(SIMPLIFIED, "gbk", "gb18030", id="gbk"),
    pytest.param(SIMPLIFIED, "gb2312", "gb18030", id="gb2312"),
    pytest.param(TRADITIONAL, "gb18030", "gb18030", id="traditional-in-gb18030"),
    pytest.param(TRADITIONAL, "big5", "big5hkscs", id="big5"),
    pytest.param(TRADITIONAL + "邨里嘅老街坊", "big5hkscs", "big5hkscs", id="hong-kong-supplement"),
    pytest.param(WITH_EXTENSIONS, "gb18030", "gb18030", id="extensions-in-gb18030"),
    pytest.param(SIMPLIFIED, "utf-16", "utf-16", id="utf-16"),
    pytest.param(WITH_EXTENSIONS, "utf-32", "utf-32", id="utf-32"),
    pytest.param("plain words\r\n", "ascii", "utf-8", id="ascii"),
    pytest.param("水车", "utf-8", "utf-8", id="two-characters-of-utf-8"),
    pytest.param("村里人在树下开会。", "gb18030", "gb18030", id="short-gb18030"),
    pytest.param("村裡人在樹下開會。", "big5", "big5hkscs", id="short-big5"),
    pytest.param("一\r\n二\u2028三\x85四\r五\n", "utf-8", "utf-8", id="line-ends-stay"),
]


@pytest.mark.parametrize(("text", "written", "recognised"), FILES)
def test_encoding_is_recognised(text: str, written: str, recognised: str) -> None:
    assert decode(text.encode(written)) == Decoded(text, recognised)


MARKED = [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
MARKED += [("utf-32-le", b"\xff\xfe\0\0"), ("utf-32-be", b"\0\0\xfe\xff")]


@pytest.mark.parametrize(("written", "mark"), MARKED)
def test_byte_order_mark_decides_and_is_no_text(written: str, mark: bytes) -> None:
    decoded = decode(mark + TRADITIONAL.encode(written))
    assert decoded.text == TRADITIONAL
    assert decoded.unreadable == ()


@pytest.mark.parametrize(("written", "mark"), MARKED)
def test_encoding_chosen_is_one_of_those_named(written: str, mark: bytes) -> None:
    assert decode(mark + TRADITIONAL.encode(written)).encoding in ENCODINGS


PHRASES = (
    *("河边的老水车", "修好了", "村里人在树下开会", "明年先修渠", "再修路", "钱由大家商量着出", "，", "。", "2024年", "；"),
    *("孩子们放学回来", "老人说起从前的事", "账目贴在墙上", "谁都可以看", "：", "不过雨下得太早", "《村里的事》", "GDP"),
)
TRADITIONAL_PHRASES = (
    *("河邊的老水車", "修好了", "村裡人在樹下開會", "明年先修渠", "再修路", "錢由大家商量著出", "，", "。", "2024年", "；"),
    *("孩子們放學回來", "老人說起從前的事", "賬目貼在牆上", "誰都可以看", "：", "不過雨下得太早", "《村裡的事》", "GDP"),
)
texts = st.lists(st.sampled_from(PHRASES), min_size=6, max_size=30).map("".join)
traditional_texts = st.lists(st.sampled_from(TRADITIONAL_PHRASES), min_size=6, max_size=30).map("".join)


def prose(text: str) -> bool:
    """Whether a text holds enough different Han characters to be told by its characters."""
    return len({char for char in text if "一" <= char <= "鿿"}) >= 10


@given(texts.filter(prose) | traditional_texts.filter(prose))
def test_prose_in_gb18030_is_recognised(text: str) -> None:
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030")


@given(traditional_texts.filter(prose))
def test_prose_in_big5_is_recognised(text: str) -> None:
    assert decode(text.encode("big5")) == Decoded(text, "big5hkscs")


@given(nasty_texts)
def test_text_in_utf_8_is_read_as_it_stands_or_refused(text: str) -> None:
    try:
        decoded = decode(text.removeprefix("\ufeff").encode("utf-8"))
    except UnreadableSource:
        controls = sum(char < " " or char == "\x7f" for char in text)
        assert not oracle.fold(text) or "\0" in text or controls > 0.03 * (len(text) - 1)
    else:
        assert decoded == Decoded(text.removeprefix("\ufeff"), "utf-8")


BAD_BYTES = [
    pytest.param(SIMPLIFIED, "utf-8", "utf-8", id="utf-8"),
    pytest.param(SIMPLIFIED, "gb18030", "gb18030", id="gb18030"),
    pytest.param(TRADITIONAL, "big5", "big5hkscs", id="big5"),
]


@pytest.mark.parametrize(("text", "written", "recognised"), BAD_BYTES)
def test_bad_byte_in_the_middle_is_named_by_its_offset(text: str, written: str, recognised: str) -> None:
    before, behind = text[: len(text) // 2], text[len(text) // 2 :]
    data = before.encode(written) + b"\xff" + behind.encode(written)
    assert decode(data) == Decoded(f"{before}\ufffd{behind}", recognised, (len(before.encode(written)),))


@pytest.mark.parametrize(("text", "written", "recognised"), BAD_BYTES)
def test_lost_byte_anywhere_leaves_the_encoding_recognised(text: str, written: str, recognised: str) -> None:
    line = f"{text}\n".encode(written)
    for lost in range(len(line)):
        decoded = decode(line[:lost] + line[lost + 1 :] + line * 9)
        assert decoded.encoding == recognised
        assert decoded.text.endswith(f"{text}\n" * 8)


@pytest.mark.parametrize("chosen", [None, "utf-8", "utf-8-sig"])
def test_offset_counts_the_byte_order_mark(chosen: str | None) -> None:
    data = b"\xef\xbb\xbf" + "水车".encode() * 50
    decoded = decode(data + b"\xff" + "水车".encode(), encoding=chosen)
    assert (decoded.text, decoded.unreadable) == ("水车" * 50 + "\ufffd水车", (len(data),))


def test_offset_of_half_a_character_at_the_end_is_named() -> None:
    data = "水车".encode("utf-16") + "修好了".encode("utf-16-le") * 20
    assert decode(data + b"\x68").unreadable == (len(data),)


def test_ten_offsets_are_named_at_most() -> None:
    before = (SIMPLIFIED * 20).encode("utf-8")
    decoded = decode(before + b"\xff" * 15)
    assert decoded.unreadable == tuple(range(len(before), len(before) + 10))
    assert decoded.text == SIMPLIFIED * 20 + "\ufffd" * 15


def test_choice_of_a_person_is_taken() -> None:
    data = "café: 水车".encode("gb18030").replace("é".encode("gb18030"), b"e")
    assert decode(data, encoding="GB2312") == Decoded("cafe: 水车", "GB2312")
    assert decode("Żaba".encode("cp1250"), encoding="cp1250") == Decoded("Żaba", "cp1250")


def test_choice_of_a_person_notes_bad_bytes_too() -> None:
    assert decode("Żaba ".encode("cp1250") * 20 + b"\x81", encoding="cp1250") == Decoded("Żaba " * 20 + "\ufffd", "cp1250", (100,))


def test_long_head_without_han_does_not_hide_the_encoding() -> None:
    data = b"<p>plain words</p>\n" * 12_000 + SIMPLIFIED.encode("gb18030")
    assert decode(data).text.endswith(SIMPLIFIED)


NO_TEXTS = [
    pytest.param(b"", "the file is empty", "nothing to import", id="empty"),
    pytest.param(b" \r\n\t", "the file holds white space only", "nothing to import", id="white-space"),
    pytest.param("\u3000\u2028\n".encode(), "the file holds white space only", "nothing to import", id="wide-white-space"),
    pytest.param(b"\xef\xbb\xbf", "the file holds white space only", "nothing to import", id="byte-order-mark"),
    pytest.param(b"\xff\xfe", "the file holds white space only", "nothing to import", id="mark-of-utf-16"),
    pytest.param(
        SIMPLIFIED.encode() + b"\0",
        "the file is no text: as utf-8, 0 characters are unreadable and 1 are control characters",
        NO_TEXT_HINT,
        id="nul",
    ),
    pytest.param(
        b"\x01\x02\x03abc",
        "the file is no text: as utf-8, 0 characters are unreadable and 3 are control characters",
        NO_TEXT_HINT,
        id="control-characters",
    ),
    pytest.param(
        SIMPLIFIED.encode("utf-16-le"),
        "the file is no text in UTF-8, GB18030 or Big5",
        "if it is text, name its encoding with --encoding",
        id="utf-16-without-a-mark",
    ),
    pytest.param(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        "the file is no text in UTF-8, GB18030 or Big5",
        "if it is text, name its encoding with --encoding",
        id="picture",
    ),
]


@pytest.mark.parametrize(("data", "message", "hint"), NO_TEXTS)
def test_file_that_is_no_text_is_refused(data: bytes, message: str, hint: str) -> None:
    assert refusal(lambda: decode(data)) == ("unreadable-source", message, hint)


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_refused(seed: int) -> None:
    data = b"%" + random.Random(seed).randbytes(200 * (seed + 1))
    assert refusal(lambda: decode(data))[0] == "unreadable-source"


def test_file_in_another_encoding_than_the_chosen_one_is_refused() -> None:
    data = SIMPLIFIED.encode()
    expected = f"the file is no text: as ascii, {len(data)} characters are unreadable and 0 are control characters"
    assert refusal(lambda: decode(data, encoding="ascii")) == ("unreadable-source", expected, NO_TEXT_HINT)


@pytest.mark.parametrize(
    "name", ["utf-9", "中文", "../gbk", " ", "hex", "base64", "zlib", "rot13", "idna", "punycode", "undefined", "a\0"]
)
def test_unknown_encoding_is_refused(name: str) -> None:
    expected = ("unreadable-source", f"encoding {name!r} is unknown", "such as utf-8, gb18030, big5hkscs")
    assert refusal(lambda: decode(b"abc", encoding=name)) == expected


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "raw_unicode_escape"])
def test_no_encoding_gives_half_of_a_surrogate_pair(name: str) -> None:
    data = rb"\ud800 +2AA- " + b"plain words " * 20
    try:
        text = decode(data, encoding=name).text
    except UnreadableSource:
        return
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.binary(), st.sampled_from([None, *ENCODINGS, "cp1252", "ascii"]))
def test_any_bytes_are_text_or_refused(data: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(data, encoding=encoding)
    except UnreadableSource:
        return
    assert decoded.text.strip()
    assert "\0" not in decoded.text
    assert all(0 <= offset < len(data) for offset in decoded.unreadable)
