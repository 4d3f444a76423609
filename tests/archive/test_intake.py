"""Taking a file apart: one reading, from which import, dry run, reading again and undo all start."""

from itertools import pairwise

import pytest
from hypothesis import given

from archive.cleaning import Choices
from archive.edits import HIDDEN, Edit, tile
from archive.encoding import decode
from archive.errors import UnreadableSource
from archive.importers.extracted import Extracted
from archive.intake import assemble, take_apart
from archive.metadata import FLAGS
from tests.archive.texts import nasty_texts, refusal

PARAGRAPHS = (
    "今天把大家请到老槐树下来，是想商量今年冬天修渠的事情，请大家都说说自己的想法，说完再定。",
    "东渠是老渠，年年漏水，去年春灌时有三十亩地没浇上，今年入冬以前一定要把漏水的地方全部补好。",
    "同志们，路修好了，渠通了水，让我们一起把村里的日子过好，为河边村的明天共同努力！",
)
TWO = "\n\n".join("\n".join([f"在{place}修渠动员大会上的讲话", "同志们：", *PARAGRAPHS]) for place in ("河东村", "河西村")) + "\n"


@given(nasty_texts)
def test_every_character_of_the_raw_text_is_counted_once(text: str) -> None:
    try:
        intake = take_apart(text.encode("utf-8"), "a.txt")
    except UnreadableSource:
        return
    assert intake.raw == decode(text.encode("utf-8")).text
    for draft in intake.drafts:
        pieces = list(tile(intake.raw, draft.reading.edits))
        assert "".join(piece.raw for piece in pieces) == intake.raw
        assert "".join(piece.text for piece in pieces) == draft.body
        hidden = sum(len(piece.raw) for piece in pieces if piece.edit and piece.edit.rule == HIDDEN)
        assert sum(draft.lengths) + hidden == len(intake.raw)
        assert all(found.start <= found.end <= len(intake.raw) for found in draft.evidence)


def test_documents_of_one_source_share_no_character_and_leave_none_out() -> None:
    first, second = take_apart(TWO.encode(), "a.txt").drafts
    seen = [
        {at for edit in draft.reading.edits if edit.rule == HIDDEN for at in range(edit.start, edit.end)}
        for draft in (first, second)
    ]
    assert seen[0] | seen[1] == set(range(len(TWO)))
    assert not seen[0] & seen[1]
    assert [draft.metadata.title for draft in (first, second)] == ["在河东村修渠动员大会上的讲话", "在河西村修渠动员大会上的讲话"]


def test_rule_that_is_off_and_edit_that_was_taken_back_are_not_made() -> None:
    text = "修渠会议纪要\n会议决定先修东渠，再修西路。\n责任编辑：李小河\n"
    rule, start = "furniture.credit-line", text.index("责任编辑")
    (draft,) = take_apart(text.encode(), "a.txt").drafts
    assert rule in {edit.rule for edit in draft.reading.edits}
    for choices in (Choices(off=frozenset({rule})), Choices(undone=frozenset({(rule, start, len(text))}))):
        (draft,) = take_apart(text.encode(), "a.txt", choices=choices).drafts
        assert rule not in {edit.rule for edit in draft.reading.edits}
        assert draft.body.endswith("责任编辑：李小河\n")


def test_one_text_where_cutting_is_off() -> None:
    (draft,) = take_apart(TWO.encode(), "a.txt", choices=Choices(off=frozenset({HIDDEN}))).drafts
    assert draft.body.count("修渠动员大会上的讲话") == 2


def test_edits_that_the_importer_knows_are_among_those_of_the_document() -> None:
    raw = "修渠的事\n— 1 —\n先修东边。\n"
    known = Edit("pdf.page-number", "page number", 0.9, 5, 11)
    (draft,) = assemble(Extracted(raw=raw, format="pdf", edits=(known,))).drafts
    assert [edit for edit in draft.reading.edits if edit.rule == "pdf.page-number"] == [known]
    assert draft.body == "修渠的事\n\n先修东边。\n"
    assert all(left.end <= right.start for left, right in pairwise(draft.reading.edits))


def test_flags_stand_in_their_order_and_in_the_evidence() -> None:
    text = "在全市水利工作会议上的讲话（摘要）\n同志们：\n要把东渠修好，把□□管好，把□□补好。\n谢谢大家！\n"
    (draft,) = take_apart(text.encode(), "a.txt").drafts
    assert draft.flags == tuple(flag for flag in FLAGS if flag in draft.flags)
    assert {"abridged", "lost-characters"} <= set(draft.flags)
    assert tuple(found.value for found in draft.evidence if found.field == "flags") == draft.flags


def test_scan_says_what_it_needs() -> None:
    refused = refusal(lambda: assemble(Extracted(raw="\n\n", format="pdf", flags=("needs-ocr",))))
    hint = "needs OCR: let a program recognise the text first"
    assert refused == ("unreadable-source", "it is a scan: its pages hold no text", hint)


@pytest.mark.parametrize("text", ["责任编辑：李小河\n", "\u3000\n"])
def test_nothing_left_is_refused(text: str) -> None:
    extracted = Extracted(raw=text, format="text", edits=(Edit("html.outside-main", "x", 0.9, 0, len(text)),))
    assert refusal(lambda: assemble(extracted))[:2] == ("unreadable-source", "nothing is left of the text after cleaning")
