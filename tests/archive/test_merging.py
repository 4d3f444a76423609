"""Three-way merge by paragraph; the referee looks at what each side changed, paragraph by paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.merging import Conflict, Merged, merge


def body(*paragraphs: str) -> str:
    """Give a body of these paragraphs."""
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


CASES = [
    pytest.param("甲 乙 丙", "甲 乙 丙", "甲 丙", "甲 丙", (), id="only-the-reading-changed"),
    pytest.param("甲 乙 丙", "甲 乙改 丙", "甲 乙 丙", "甲 乙改 丙", (), id="only-the-person-changed"),
    pytest.param("广告 甲 乙 丙", "广告 甲 乙改 丙", "甲 乙 丙", "甲 乙改 丙", (), id="both-in-other-places"),
    pytest.param("甲 乙 丙", "甲 新 丙", "甲 新 丙", "甲 新 丙", (), id="both-the-same"),
    pytest.param("甲 乙 丙", "甲 我 丙", "甲 它 丙", "甲 我 丙", (Conflict(2, ("它",)),), id="conflict"),
    pytest.param("甲 乙 丙", "甲 丙", "甲 它 丙", "甲 丙", (Conflict(2, ("它",)),), id="taken-out-and-changed"),
    pytest.param("甲 乙", "甲 乙 我加", "甲 乙 它加", "甲 乙 我加", (Conflict(3, ("它加",)),), id="both-added-at-the-end"),
    pytest.param("", "我", "它", "我", (Conflict(1, ("它",)),), id="no-base"),
    pytest.param("甲 乙 丙 丁", "甲 乙改 丙 丁", "甲 乙 丁", "甲 乙改 丁", (), id="neighbours"),
    pytest.param("甲 乙 丙", "甲 丙", "甲 乙 丁", "甲 丁", (), id="taken-out-beside-a-change"),
    pytest.param("甲 甲 甲", "甲 甲 甲 尾", "头 甲 甲 甲", "头 甲 甲 甲 尾", (), id="repeated-paragraphs"),
]


@pytest.mark.parametrize(("base", "person", "new", "merged", "conflicts"), CASES)
def test_merge(base: str, person: str, new: str, merged: str, conflicts: tuple[Conflict, ...]) -> None:
    assert merge(*(body(*text.split()) for text in (base, person, new))) == Merged(body(*merged.split()), conflicts)


texts = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=6).map(lambda paragraphs: body(*paragraphs))


@given(texts, texts)
def test_one_sided_change_is_taken_whole(base: str, changed: str) -> None:
    assert merge(base, base, changed) == Merged(changed)
    assert merge(base, changed, base) == Merged(changed)
    assert merge(base, changed, changed) == Merged(changed)


@given(st.lists(st.tuples(st.sampled_from(("keep", "mine", "theirs", "both")), st.integers(0, 99)), max_size=8))
def test_changes_of_single_paragraphs_meet(changes: list[tuple[str, int]]) -> None:
    base = [f"第{number}段" for number in range(len(changes))]
    person, new, wanted, conflicts = base.copy(), base.copy(), base.copy(), []
    for number, (who, word) in enumerate(changes):
        at = number
        if who in ("mine", "both"):
            person[at] = wanted[at] = f"人改{word}"
        if who in ("theirs", "both"):
            new[at] = f"机改{word}"
            wanted[at] = person[at] if who == "both" else new[at]
        if who == "both":
            conflicts.append(Conflict(at + 1, (new[at],)))
    assert merge(body(*base), body(*person), body(*new)) == Merged(body(*wanted), tuple(conflicts))
