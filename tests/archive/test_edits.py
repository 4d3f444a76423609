"""Edits of edits, and the way back to the raw text; the referee applies one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from archive.edits import Edit, OffsetMap, apply_edits, compose, tile


@st.composite
def edits_of(draw: st.DrawFn, text: str, rule: str) -> tuple[Edit, ...]:
    """Draw edits of a text: sorted, not overlapping, removing, repairing and inserting."""
    borders = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    spans = zip(borders[::2], borders[1::2], strict=False)
    return tuple(Edit(rule, "", 1.0, start, end, draw(st.sampled_from(("", "", "x", "yz")))) for start, end in spans)


@st.composite
def twice_edited(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...], tuple[Edit, ...]]:
    """Draw a text, edits of it, and edits of what they make."""
    raw = draw(st.text(alphabet="甲乙丙丁abc\n", max_size=14))
    first = draw(edits_of(raw, "first"))
    return raw, first, draw(edits_of(apply_edits(raw, first), "second"))


@given(twice_edited())
def test_composed_edits_do_what_both_do(case: tuple[str, tuple[Edit, ...], tuple[Edit, ...]]) -> None:
    raw, first, second = case
    composed = compose(raw, first, second)
    assert apply_edits(raw, composed) == apply_edits(apply_edits(raw, first), second)
    assert "".join(piece.raw for piece in tile(raw, composed)) == raw


@given(twice_edited())
def test_what_was_removed_first_stays_the_first_rules_doing(case: tuple[str, tuple[Edit, ...], tuple[Edit, ...]]) -> None:
    raw, first, second = case
    composed = compose(raw, first, second)
    assert {edit for edit in first if not edit.replacement} <= set(composed)


@given(twice_edited())
def test_offset_map_leads_back_to_where_characters_stand(case: tuple[str, tuple[Edit, ...], tuple[Edit, ...]]) -> None:
    raw, first, _ = case
    text, offsets = apply_edits(raw, first), OffsetMap(raw, first)
    origin = [
        (piece.start + at, piece.start + at + 1) if piece.edit is None else (piece.start, piece.start + len(piece.raw))
        for piece in tile(raw, first)
        for at in range(len(piece.text))
    ]
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert offsets.raw_span(start, end) == (origin[start][0], origin[end - 1][1])
