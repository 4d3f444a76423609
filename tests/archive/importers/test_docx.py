"""Word documents: what a reader of the document sees is raw text, in order; nothing outside the file is touched."""

import subprocess
from unittest.mock import patch

import pytest

from archive.edits import apply_edits
from archive.importers import extract
from archive.importers.docx import read_docx
from archive.importers.numerals import chinese, format_number
from tests.archive.importers.files import SENTENCE, W, docx, numbered, paragraph, run, zipped
from tests.archive.texts import refusal


def test_paragraphs_are_raw_text() -> None:
    found = extract(docx(paragraph("　　水渠  修好", "了"), paragraph(), paragraph("村口", "<w:r><w:tab/></w:r>", "学校")))
    assert (found.raw, found.format, found.edits) == ("　　水渠  修好了\n\n村口\t学校", "docx", ())


def test_tracked_insertions_stay_and_deletions_go() -> None:
    inserted = f'<w:ins w:id="1" w:author="a">{run("新修")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    assert extract(docx(paragraph("村口", deleted, inserted, "水渠"))).raw == "村口新修水渠"


def test_moved_text_stands_once() -> None:
    gone = f'<w:moveFrom w:id="1" w:author="a">{run("水渠")}</w:moveFrom>'
    come = f'<w:moveTo w:id="2" w:author="a">{run("水渠")}</w:moveTo>'
    assert extract(docx(paragraph(gone, "先修"), paragraph("再修", come))).raw == "先修\n\n再修水渠"


def test_table_has_a_tab_between_cells() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    table = f"<w:tbl>{row('项目', '经费')}{row('水渠', '三万')}</w:tbl>"
    assert extract(docx(paragraph("账目"), table, paragraph("完"))).raw == "账目\n\n项目\t经费\n水渠\t三万\n\n完"


def test_footnotes_stand_behind_the_text_and_their_marks_are_edits() -> None:
    def note(number: int, text: str) -> str:
        return f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'

    def mark(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    notes = f"<w:footnotes {W}>{note(1, '见村志。')}{note(2, '一里即五百米。')}</w:footnotes>"
    found = extract(docx(paragraph("水渠", mark(1), "长三里", mark(2), "。"), paragraph("完"), parts={"word/footnotes.xml": notes}))
    assert found.raw == "水渠[1]长三里[2]。\n\n完\n\n[1] 见村志。\n\n[2] 一里即五百米。"
    assert apply_edits(found.raw, found.edits).startswith("水渠长三里。\n")
    assert [edit.rule for edit in found.edits] == ["docx.footnote-mark"] * 2


def level(number: int, style: str, pattern: str, *, start: int = 1, more: str = "") -> str:
    numbers = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{number}">{numbers}</w:lvl>'


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
{level(0, "chineseCountingThousand", "%1、")}{level(1, "japaneseCounting", "（%2）")}{level(2, "decimal", "%3.")}
{level(3, "bullet", "·")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_numbers_that_word_shows_are_raw_text() -> None:
    body = [numbered("经费"), numbered("来源", level=1), numbered("用处", level=1), numbered("石料", level=2), paragraph("正文。")]
    body += [
        numbered("工期"),
        numbered("春天", level=1),
        numbered("点", level=3),
        numbered("另起", list_id=2),
        numbered("再", list_id=2),
    ]
    lines = extract(docx(*body, parts={"word/numbering.xml": NUMBERING})).raw.split("\n\n")
    assert lines[:7] == ["一、经费", "（一）来源", "（二）用处", "1. 石料", "正文。", "二、工期", "（一）春天"]
    assert lines[-2:] == ["五、另起", "六、再"]
    assert "点" in lines


def test_number_of_a_style_is_raw_text() -> None:
    numbers = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="H">{numbers}</w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style></w:styles>'
    )
    body = [paragraph(text, properties=f'<w:pStyle w:val="{style}"/>') for text, style in (("经费", "H"), ("工期", "H2"))]
    off = paragraph("附", properties='<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = extract(docx(*body, off, parts={"word/numbering.xml": NUMBERING, "word/styles.xml": styles}))
    assert found.raw == "一、经费\n\n二、工期\n\n附"


NUMERALS = [
    *((n, "chineseCounting", text) for n, text in ((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"))),
    *(
        (n, "chineseCounting", text)
        for n, text in ((110, "一百一十"), (1010, "一千零一十"), (1001, "一千零一"), (9999, "九千九百九十九"))
    ),
    (10, "chineseLegalSimplified", "壹拾"),
    (2020, "ideographDigital", "二〇二〇"),
    (3, "ideographTraditional", "丙"),
    (11, "ideographTraditional", "11"),
    (21, "decimalEnclosedCircle", "㉑"),
    (28, "upperLetter", "BB"),
    (4, "lowerRoman", "iv"),
    (3, "decimalZero", "03"),
    (12, "decimalFullWidth", "１２"),
    (7, "unheardOf", "7"),
    (0, "chineseCounting", "0"),
    (10_000, "chineseCounting", "10000"),
]


@pytest.mark.parametrize(("number", "style", "text"), NUMERALS)
def test_number_is_written_in_its_style(number: int, style: str, text: str) -> None:
    assert format_number(number, style) == text


def test_chinese_numerals_count_up() -> None:
    digits = {digit: n for n, digit in enumerate("零一二三四五六七八九")}
    units = {"十": 10, "百": 100, "千": 1000}

    def value(text: str) -> int:
        total, digit = 0, 0
        for char in text:
            if char in units:
                total += (digit or 1) * units[char]
                digit = 0
            else:
                digit = digits[char]
        return total + digit

    assert [value(chinese(number)) for number in range(1, 10_000)] == list(range(1, 10_000))


def test_properties_are_doubtful_evidence() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>修渠</dc:title><dc:creator>a b</dc:creator></c>'
    found = extract(docx(paragraph("正文"), parts={"docProps/core.xml": core}))
    assert [(each.field, each.value) for each in found.evidence] == [("title", "修渠"), ("credit.author", "a b")]
    assert all(each.confidence < 0.5 for each in found.evidence)


OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BILLION = '<!DOCTYPE w:document [<!ENTITY a "水"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("prolog", [OUTSIDE, BILLION])
def test_document_type_is_refused_before_it_is_parsed(prolog: str) -> None:
    with patch("archive.importers.docx.mammoth.convert_to_html", side_effect=AssertionError):
        code, message, _ = refusal(lambda: extract(docx(paragraph("<w:r><w:t>&x;</w:t></w:r>"), prolog=prolog)))
    assert (code, message) == (
        "unreadable-source",
        "part word/document.xml refers to a document type, as no word processor writes it",
    )


def test_document_type_in_another_part_or_encoding_is_refused() -> None:
    hidden = f'<?xml version="1.0" encoding="UTF-16"?>{OUTSIDE}<w:styles {W}/>'.encode("utf-16")
    assert refusal(lambda: extract(docx(paragraph("水"), parts={"word/styles.xml": hidden})))[0] == "unreadable-source"


def test_picture_outside_the_file_is_not_fetched(tmp_path: object) -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    blip = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="p"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    found = extract(docx(paragraph("水渠", blip), parts={"word/_rels/document.xml.rels": rels}))
    assert found.raw == "水渠"


REFUSED = [
    pytest.param(
        docx(paragraph(SENTENCE))[:-200],
        "the file is cut off or damaged: it begins as a DOCX or zip file and has no end",
        id="cut-off",
    ),
    pytest.param(docx(paragraph("")), "the document holds no text", id="empty"),
    pytest.param(zipped([("word/document.xml", "<w:document")]), "the DOCX file is damaged", id="no-xml"),
    pytest.param(zipped([("xl/workbook.xml", "<x/>")]), "the file is a spreadsheet", id="spreadsheet"),
    pytest.param(zipped([("ppt/presentation.xml", "<x/>")]), "the file is a presentation", id="presentation"),
    pytest.param(zipped([("mimetype", "application/epub+zip")]), "the file is an electronic book (EPUB)", id="epub"),
    pytest.param(zipped([("a.txt", "x")]), "the file is a zip file without a document of its own", id="zip"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_is_no_word_document_is_refused(data: bytes, message: str) -> None:
    assert refusal(lambda: extract(data))[:2] == ("unreadable-source", message)


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = docx(paragraph("水"), parts={"word/comments.xml": b" " * 150_000_000})
    assert len(bomb) < 1_000_000
    assert refusal(lambda: extract(bomb))[1].startswith("the member would unpack to")


def test_deep_nesting_is_refused_or_read() -> None:
    deep = "<w:smartTag>" * 20_000 + run("水") + "</w:smartTag>" * 20_000
    assert refusal(lambda: read_docx(docx(f"<w:p>{deep}</w:p>")))[1] == "the DOCX file is damaged"


def test_encrypted_document_is_refused() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage\0".encode("utf-16-le")
    assert refusal(lambda: extract(data)) == (
        "unreadable-source",
        "the file is encrypted",
        "open it with its password and save it without one",
    )


def test_no_program_is_started_for_a_word_document() -> None:
    with patch.object(subprocess, "Popen", side_effect=AssertionError):
        assert extract(docx(paragraph("水渠"))).raw == "水渠"
