"""Cleaning as a whole: stages, choices, documents of one source."""

from collections.abc import Callable
from unittest.mock import patch

from archive import cleaning
from archive.cleaning import Choices, clean
from archive.cleaning.text import Text
from archive.edits import Edit, apply_edits


def finder(name: str, *spans: tuple[int, int], replacement: str = "") -> Callable[[Text], list[Edit]]:
    """Make a family of rules that edits the same spans of every text."""
    return lambda text: [Edit(name, "", 1.0, start, end, replacement) for start, end in spans]


def test_rule_that_stands_first_wins() -> None:
    stage = (finder("a", (4, 6)), finder("b", (0, 2), (5, 7)), finder("c", (2, 4), (6, 6), (5, 5)))
    with patch.object(cleaning, "STAGES", (stage,)), patch.object(cleaning, "LAYOUT", ()):
        (found,) = clean("先修渠再修路吧")
    assert [(edit.rule, edit.start, edit.end) for edit in found] == [("b", 0, 2), ("c", 2, 4), ("a", 4, 6), ("c", 6, 6)]


def test_later_stage_sees_what_the_earlier_made() -> None:
    seen = []

    def watch(text: Text) -> list[Edit]:
        seen.append(text.string)
        return [Edit("later", "", 1.0, 1, 3, "两")]

    with patch.object(cleaning, "STAGES", ((finder("earlier", (1, 3)),), (watch,))), patch.object(cleaning, "LAYOUT", ()):
        (found,) = clean("甲乙丙丁戊己")
    assert seen == ["甲丁戊己"]
    assert [(edit.rule, edit.start, edit.end) for edit in found] == [("earlier", 1, 3), ("later", 3, 5)]
    assert apply_edits("甲乙丙丁戊己", found) == "甲两己"


def test_rule_that_is_off_and_edit_that_is_undone_do_nothing() -> None:
    stage = (finder("a", (0, 1), (2, 3)), finder("b", (4, 5)))
    with patch.object(cleaning, "STAGES", (stage,)), patch.object(cleaning, "LAYOUT", ()):
        (without,) = clean("一二三四五", choices=Choices(off=frozenset({"b"})))
        (undone,) = clean("一二三四五", choices=Choices(undone=frozenset({("a", 2, 3)})))
    assert [(edit.rule, edit.start) for edit in without] == [("a", 0), ("a", 2)]
    assert [(edit.rule, edit.start) for edit in undone] == [("a", 0), ("b", 4)]


def test_two_documents_of_a_source_each_hide_the_other() -> None:
    raw = "第一篇甲\n\n第二篇乙\n"
    with patch.object(cleaning, "find_parts", lambda text: ((0, 6), (6, len(text.string)))):
        first, second = clean(raw)
    assert apply_edits(raw, first) == "第一篇甲\n"
    assert apply_edits(raw, second) == "第二篇乙\n"
    assert first[-1] == Edit("split.other-document", "stands in another document of this source", 0.9, 6, 11)
    assert second[0] == Edit("split.other-document", "stands in another document of this source", 0.9, 0, 6)


def test_many_edits_taken_back_take_no_longer_than_few() -> None:
    """45,000 places of one rule are looked up, not gone through."""
    raw = "一\n" * 45_000
    places = frozenset(("layout.paragraph-break", at, at + 1) for at in range(1, len(raw), 2))
    with patch.object(cleaning, "STAGES", ()):
        (found,) = clean(raw, choices=Choices(undone=places))
    assert [edit.rule for edit in found] == []
