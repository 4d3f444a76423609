"""Texts, Hypothesis strategies and small helpers for the tests of the archive; every sentence was written for them."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from archive.dates import parse_date
from archive.edits import Edit
from archive.errors import UserError
from archive.metadata import FLAGS, KINDS, LANGUAGES, PUBLICATION_TYPES, Capture, Metadata, Publication

SIMPLIFIED = "河边的老水车修好了，村里人在树下开会。会上说，明年要先修渠，再修路；钱由大家商量着出。"
TRADITIONAL = "河邊的老水車修好了，村裡人在樹下開會。會上說，明年要先修渠，再修路；錢由大家商量著出。"
WITH_EXTENSIONS = "𠮷先生和㐂老板说：二〇一二年的账，一笔一笔都要对上。"

BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
"""Everything that ends a line of a raw text."""

HAN = "发發展髮着著了么幺里裏后後干乾〇○人民村渠"
BEYOND = "㐂𠮷𠀀\U0002f804\U00030000"
LOOKALIKES = "⼈⺠⻓\ufa19\uf98e"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\ufe0f\U000e0100\u200e\u202a\u202e\u2066\u2069"
SPACES = " \t\u3000\u00a0\u2003"
WIDE = "ＡｂＧ１２，．：（）－"
MARKS = "，。、；：！？…“”「」《》·.,;:!?'\"()[]{}<>@¶#&%*|\\/~-_"
NASTY = HAN + BEYOND + LOOKALIKES + INVISIBLE + SPACES + WIDE + MARKS + "aBz019é\u0301ｶか한🙂\ue000\uffff"

nasty_characters = st.sampled_from(NASTY)
nasty_lines = st.text(nasty_characters, max_size=24)
"""Lines in one alphabet of everything that ever broke a text; no line ends."""

nasty_texts = st.one_of(
    st.lists(st.one_of(nasty_lines, st.sampled_from(BREAKS)), max_size=12).map("".join),
    st.text(max_size=40),
)
"""Texts with every kind of line end in them, and texts of any code points at all, NUL among them."""

texts_without_nul = nasty_texts.map(lambda text: text.replace("\0", ""))
visible_lines = nasty_lines.map(str.strip).filter(bool)

document_ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True)
revisions = st.text("0123456789abcdef", min_size=10, max_size=10)


def refusal(call: Callable[[], object]) -> tuple[str, str, str | None]:
    """Give code, message and hint of the user error that a call ends in.

    Raises:
        AssertionError: The call ends in none.
    """
    try:
        result = call()
    except UserError as error:
        return refusal_of(error)
    raise AssertionError(f"nothing was refused; the call gave {result!r}")


def refusal_of(error: UserError) -> tuple[str, str, str | None]:
    """Give code, message and hint of a user error."""
    return error.code, error.message, error.hint


def snapshot(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file below a folder, by path."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """Texts with edits that do not overlap, some of them empty, some side by side."""
    raw = draw(nasty_texts)
    count = draw(st.integers(0, 4))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), min_size=2 * count, max_size=2 * count)))
    spans = zip(cuts[::2], cuts[1::2], strict=True)
    return raw, tuple(Edit("test.rule", draw(nasty_lines), 0.5, start, end, draw(nasty_texts), "a") for start, end in spans)


@st.composite
def edtf_dates(draw: st.DrawFn) -> str:
    """Dates of EDTF level 1, in every form that is allowed."""
    year = draw(st.one_of(st.integers(1, 9999).map("{:04d}".format), st.sampled_from(("XXXX", "201X", "19XX"))))
    month = draw(st.one_of(st.integers(1, 12).map("{:02d}".format), st.just("XX")))
    day = draw(st.one_of(st.integers(1, 28).map("{:02d}".format), st.just("XX")))
    parts = [year, month, day][: draw(st.integers(1, 3))]
    return "-".join(parts) + draw(st.sampled_from(("", "?", "~", "%")))


_strings = st.one_of(st.just(""), nasty_lines)
_names = st.lists(visible_lines.filter(lambda name: not set(name) & set("，、；")), max_size=3).map(tuple)
_dates = st.one_of(st.none(), edtf_dates().map(parse_date))
_publications = st.builds(
    Publication, st.sampled_from(PUBLICATION_TYPES), _strings, _dates, _strings, _strings, _strings, _strings, _strings, _strings
)
_hashes = st.one_of(st.just(""), st.text("0123456789abcdef", min_size=64, max_size=64))
_captures = st.builds(Capture, _strings, _strings, _hashes, _strings, _strings)

metadata: st.SearchStrategy[Metadata] = st.builds(
    Metadata,
    id=st.one_of(st.just(""), document_ids),
    title=_strings,
    speaker=_names,
    organ=_strings,
    date=_dates,
    event=_strings,
    place=_strings,
    kind=st.sampled_from(("", *KINDS)),
    language=st.sampled_from(("", *LANGUAGES)),
    published=st.lists(_publications, max_size=2).map(tuple),
    captured=st.lists(_captures, max_size=2).map(tuple),
    flags=st.lists(st.sampled_from(FLAGS), max_size=2).map(tuple),
    witness_of=st.one_of(st.just(""), document_ids),
    aliases=st.lists(document_ids, max_size=2).map(tuple),
    rights=_strings,
    notes=_strings,
)
"""Metadata with any fields stated, values as nasty as a field may be."""
