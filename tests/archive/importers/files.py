"""Small files of every format, made for the tests; every sentence was written for them."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SENTENCE = "乡亲们，明年先把水渠修好，再把村口的路修好，钱由大家商量着出，账目贴在墙上。"
TRADITIONAL_SENTENCE = "鄉親們，明年先把水渠修好，再把村口的路修好，錢由大家商量著出，賬目貼在牆上。"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PARTS = ("footnotes", "numbering", "styles")
_DOCUMENT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(f'<Relationship Id="r{n}" Type="{_RELS}/{part}" Target="{part}.xml"/>' for n, part in enumerate(_PARTS))
    + "</Relationships>"
)


def zipped(members: Iterable[tuple[str, bytes | str]], *, packed: bool = True) -> bytes:
    """Make a zip file of names and contents."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as opened:
        for name, data in members:
            opened.writestr(name, data)
    return file.getvalue()


def run(text: str) -> str:
    """Make a run of text of a Word document."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """Make a paragraph of a Word document; a string without tags becomes a run."""
    runs = "".join(each if "<" in each else run(each) for each in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def numbered(text: str, *, list_id: int = 1, level: int = 0) -> str:
    """Make a numbered paragraph of a Word document."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=place)


def docx(*body: str, parts: dict[str, str | bytes] | None = None, prolog: str = "") -> bytes:
    """Make a Word document.

    Args:
        body: Elements of its body.
        parts: Further parts by name, such as word/footnotes.xml; without its root element's end tags nothing is added.
        prolog: What stands before the root element of the main part.
    """
    empty = {
        "word/footnotes.xml": f"<w:footnotes {W}/>",
        "word/numbering.xml": f"<w:numbering {W}/>",
        "word/styles.xml": f"<w:styles {W}/>",
    }
    document = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document {W}><w:body>{"".join(body)}</w:body></w:document>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _PACKAGE_RELS,
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/document.xml": document,
        **empty,
        **(parts or {}),
    }
    return zipped(members.items())


def wrapped(paragraphs: Sequence[str], width: int, *, indent: str = "　　") -> list[str]:
    """Break paragraphs into lines of a width, each paragraph with an indent."""
    texts = [indent + each for each in paragraphs]
    return [text[at : at + width] for text in texts for at in range(0, len(text), width)]


FONT = "STSong-Light"
TRADITIONAL_FONT = "MSung-Light"


def pdf(pages: Iterable[Iterable[tuple[float, float, str]]], *, font: str = FONT, size: float = 12, **options: object) -> bytes:
    """Make a PDF file: for each page the texts on it with the points from the left and from below."""
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    file = io.BytesIO()
    canvas = Canvas(file, **options)  # type: ignore[arg-type]
    for page in pages:
        canvas.setFont(font, size)
        for left, below, text in page:
            canvas.drawString(left, below, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def column(lines: Sequence[str], *, left: float = 72, top: float = 760, leading: float = 20) -> list[tuple[float, float, str]]:
    """Place lines below each other."""
    return [(left, top - number * leading, line) for number, line in enumerate(lines)]


def picture_pdf(*, pages: int = 1) -> bytes:
    """Make a PDF file of pages that are pictures."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    file = io.BytesIO()
    canvas = Canvas(file)
    for shade in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 40 * shade)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def page(body: str, *, head: str = "") -> bytes:
    """Make a web page in UTF-8."""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
