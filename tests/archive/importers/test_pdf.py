"""Printed pages: every line is raw text; heads, numbers and line ends inside paragraphs are edits; scans say so."""

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from archive.edits import apply_edits, tile
from archive.importers import extract
from archive.importers.extracted import Extracted
from tests.archive.importers.files import (
    SENTENCE,
    TRADITIONAL_FONT,
    TRADITIONAL_SENTENCE,
    column,
    pdf,
    picture_pdf,
    wrapped,
)
from tests.archive.texts import refusal

CHROMIUM = shutil.which("chromium")
WIDTH = 36
"""Characters of 12 points between margins of 72 points and 91."""

LONG = [f"第{number}条，{SENTENCE * 3}" for number in "一二三四五六七八九"]


def body_of(found: Extracted) -> list[str]:
    """The lines of the body without white space."""
    return ["".join(line.split()) for line in re.split("[\n\f]", apply_edits(found.raw, found.edits)) if line.strip()]


def printed(
    paragraphs: Sequence[str], *, indent: str = "　　", per_page: int = 34, head: str = "", foot: str = "", font: str = ""
) -> bytes:
    """Print paragraphs; `{}` in head or foot is the number of the page."""
    lines = wrapped(paragraphs, WIDTH, indent=indent)
    pages = []
    for number, at in enumerate(range(0, len(lines), per_page), start=1):
        edges = [(72.0, 805.0, head.format(number)), (280.0, 30.0, foot.format(number))]
        pages.append([*column(lines[at : at + per_page]), *(each for each in edges if each[2])])
    return pdf(pages, **({"font": font} if font else {}))


def test_raw_text_is_every_line_with_pages_apart() -> None:
    found = extract(pdf([column(["水渠修好", "GDP 3.5"]), [], column(["完"])]))
    assert (found.raw, found.format, found.flags, found.notices) == ("水渠修好\nGDP 3.5\f\f完", "pdf", (), ())


def test_character_outside_the_first_plane_is_one_character() -> None:
    assert "𠮷先生" in extract(pdf([column(["𠮷先生来了"])])).raw


@pytest.mark.parametrize("per_page", [34, 11])
def test_lines_of_paragraphs_are_joined_also_over_pages(per_page: int) -> None:
    assert body_of(extract(printed(LONG, per_page=per_page))) == LONG


def test_traditional_text_is_joined() -> None:
    paragraphs = [f"第{number}條，{TRADITIONAL_SENTENCE * 3}" for number in "一二三四五"]
    assert body_of(extract(printed(paragraphs, font=TRADITIONAL_FONT))) == paragraphs


def test_short_paragraphs_and_headings_stay_apart() -> None:
    paragraphs = ["各位代表！", *LONG[:2], "一、总体要求", *LONG[2:4], "（掌声）", "（一）修渠", LONG[4], "各位代表！", LONG[5]]
    assert body_of(extract(printed(paragraphs))) == paragraphs


def test_paragraphs_without_indent_end_where_a_line_is_short() -> None:
    paragraphs = [paragraph for paragraph in LONG if len(paragraph) % WIDTH]
    assert body_of(extract(printed(paragraphs, indent=""))) == paragraphs


def test_verses_are_not_joined() -> None:
    verses = ["河边水车转，村口夕阳斜。", "老人说旧事，孩童数晚霞。"] * 10
    assert body_of(extract(pdf([column(verses)]))) == verses


def test_rows_of_a_table_are_not_joined() -> None:
    rows = [[(72, 700 - 20 * n, f"水渠{n}"), (220, 700 - 20 * n, f"{n}万元"), (400, 700 - 20 * n, "已经付清")] for n in range(8)]
    assert body_of(extract(pdf([[cell for row in rows for cell in row]]))) == [f"水渠{n}{n}万元已经付清" for n in range(8)]


def test_entries_of_a_table_of_contents_are_not_joined() -> None:
    entries = [f"第{n}章水渠{'.' * 60}{n}" for n in range(1, 9)]
    assert body_of(extract(pdf([column(entries)]))) == entries


def test_latin_words_keep_a_space_between_lines() -> None:
    words = ["water wheel", "and canal"]
    lines = [
        f"　　{SENTENCE[:24]}，{'x' * 8} {words[0]}",
        f"{words[1]}，{SENTENCE[:20]}。",
        f"　　{SENTENCE[:34]}",
        f"{SENTENCE[:20]}。",
    ]
    found = extract(pdf([column(lines)]))
    assert "water wheel and canal" in apply_edits(found.raw, found.edits)


# ------------------------------------------------------------------------------------------------------ heads and numbers

HEADS = [
    pytest.param("村志·第三卷", "- {} -", id="head-and-number"),
    pytest.param("", "{}", id="bare-number"),
    pytest.param("", "第 {} 页 共 9 页", id="number-that-says-so"),
    pytest.param("村志 {}", "", id="number-in-the-head"),
    pytest.param("", "{} / 9", id="number-of-all"),
]


@pytest.mark.parametrize(("head", "foot"), HEADS)
def test_heads_and_numbers_are_edits(head: str, foot: str) -> None:
    found = extract(printed(LONG, per_page=9, head=head, foot=foot))
    assert body_of(found) == LONG
    removed = {found.raw[edit.start : edit.end] for edit in found.edits if edit.rule != "pdf.hard-wrap"}
    n_pages = found.raw.count("\f") + 1
    assert n_pages >= 3
    assert removed == {text.format(n) for text in (head, foot) if text for n in range(1, n_pages + 1)}


def test_heads_of_left_and_right_pages_are_edits() -> None:
    lines = wrapped(LONG, WIDTH)
    pages = [[*column(lines[5 * n : 5 * n + 5]), (72, 805, ("村志", "第三卷水利")[n % 2])] for n in range(8)]
    assert not {"村志", "第三卷水利"} & set(body_of(extract(pdf(pages))))


def test_speakers_that_begin_some_pages_are_no_heads() -> None:
    turns = [line for n in range(60) for line in (f"{'主席' if n % 3 else '水生'}：", SENTENCE[:30] + f"{n}。")]
    pages = [column([f"　　{line}" for line in turns[at : at + 37]]) for at in range(0, len(turns), 37)]
    found = extract(pdf(pages))
    assert body_of(found) == turns


def test_years_at_the_edge_are_no_numbers_of_pages() -> None:
    pages = [[*column(["　　正文。"] * 5), (72, 805, year)] for year in ("1998", "2008", "2020")]
    assert {"1998", "2008", "2020"} <= set(body_of(extract(pdf(pages))))


# ------------------------------------------------------------------------------------------------------ columns


@pytest.mark.parametrize("by_rows", [False, True], ids=["column-by-column", "row-by-row"])
@pytest.mark.parametrize("head", ["", "村志·第三卷"])
def test_columns_are_read_one_after_the_other(by_rows: bool, head: str) -> None:
    lines = wrapped(LONG, 16)
    pages = []
    for at in range(0, len(lines), 40):
        left = column(lines[at : at + 20])
        right = column(lines[at + 20 : at + 40], left=320)
        both = [place for n in range(20) for place in (*left[n : n + 1], *right[n : n + 1])] if by_rows else [*left, *right]
        pages.append([(250, 810, head), *both] if head else both)
    assert [line for line in body_of(extract(pdf(pages))) if line != head] == LONG


def test_title_over_columns_comes_first() -> None:
    lines = wrapped(LONG[:4], 16)
    half = len(lines) // 2
    page = [*column(lines[:half]), *column(lines[half:], left=320), (180, 800, "关于修渠修路的安排意见和说明")]
    assert body_of(extract(pdf([page])))[0] == "关于修渠修路的安排意见和说明"


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("style", ["", "writing-mode: vertical-rl; height: 600px"], ids=["horizontal", "vertical"])
def test_page_printed_by_a_browser_is_read(style: str, tmp_path: Path) -> None:
    texts = [*LONG[:3], *(line.replace(SENTENCE, TRADITIONAL_SENTENCE) for line in LONG[3:6])]
    paragraphs = "".join(f"<p style='text-indent: 2em; margin: 0'>{text}</p>" for text in texts)
    (tmp_path / "a.html").write_text(f"<meta charset=utf-8><body style='{style}'>{paragraphs}", encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={tmp_path}/profile", f"--print-to-pdf={tmp_path}/a.pdf", str(tmp_path / "a.html")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert body_of(extract((tmp_path / "a.pdf").read_bytes())) == texts


# ------------------------------------------------------------------------------------------------------ scans, bad files


def test_scan_says_that_it_needs_ocr() -> None:
    found = replace(extract(picture_pdf(pages=3)), evidence=())
    assert found == Extracted(raw="", format="pdf", flags=("needs-ocr",), notices=("needs OCR: no page holds text",))


def test_page_of_a_scan_among_others_is_named() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 700, "words of the first page")
    canvas.showPage()
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 40)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    found = extract(file.getvalue())
    assert (found.flags, found.notices) == (("needs-ocr",), ("needs OCR: 1 of 2 pages are pictures without text: 2",))


def test_encrypted_file_is_refused() -> None:
    data = pdf([column(["水渠"])], encrypt=pdfencrypt.StandardEncryption("secret", canPrint=1))
    assert refusal(lambda: extract(data)) == (
        "unreadable-source",
        "the PDF is encrypted",
        "open it with its password and print it to a new PDF",
    )


def test_file_that_only_forbids_printing_is_read() -> None:
    data = pdf([column(["水渠"])], encrypt=pdfencrypt.StandardEncryption("", ownerPassword="x", canPrint=0))
    assert extract(data).raw == "水渠"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_file_that_is_cut_off_is_refused(share: float) -> None:
    data = printed(LONG)
    message = refusal(lambda: extract(data[: int(len(data) * share)]))[1]
    assert message == "the PDF is cut off"


def test_properties_are_doubtful_evidence() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setTitle("Microsoft Word - a.doc")
    canvas.drawString(72, 700, "words")
    canvas.save()
    found = extract(file.getvalue())
    assert [(each.value, each.confidence) for each in found.evidence if each.field == "title"] == [("Microsoft Word - a.doc", 0.3)]


GOOD = printed(LONG[:3], head="村志", foot="{}")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_damaged_file_is_read_or_refused(at: int, damage: bytes) -> None:
    data = GOOD[:at] + damage + GOOD[at + len(damage) :]
    try:
        found = extract(data)
    except Exception as error:
        assert type(error).__name__ == "UnreadableSource"  # noqa: PT017 - most damage is harmless
    else:
        assert "".join(piece.raw for piece in tile(found.raw, found.edits)) == found.raw


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.floats(0, 600), st.floats(0, 850), st.sampled_from(["水渠", "12", "a b", "，", "各位代表！", "　"])),
            max_size=12,
        ),
        max_size=4,
    )
)
def test_text_anywhere_on_a_page_is_raw_text(pages: list[list[tuple[float, float, str]]]) -> None:
    if not pages:
        return
    found = extract(pdf(pages))
    written = Counter("".join("".join(text.split()) for page in pages for _, _, text in page))
    read = Counter("".join(found.raw.split()))
    assert read.keys() == written.keys()
    assert read <= written  # pdfium gives text that lies on itself once
    assert "".join(piece.raw for piece in tile(found.raw, found.edits)) == found.raw
