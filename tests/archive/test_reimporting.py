"""Reading sources again: a person's corrections stay, edits can be taken back, other bytes can take a document's place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import cleaning
from archive.cleaning.text import Text
from archive.edits import HIDDEN, Edit
from archive.errors import UserError
from archive.holdings import holdings_of
from archive.importers.containers import iter_inputs
from archive.importing import Imported, Plan, import_inputs
from archive.merging import Conflict
from archive.reimporting import Renewed, edit_id, read_again, replace_source, source_of, undo
from archive.sources import read_edits, source_name
from archive.store import Archive
from tests.archive.texts import snapshot

MakeArchive = Callable[..., Archive]
RAW = "修渠会议纪要\n\n会议决定修东渠【广告】。\n\n会上又讲了别的事情。\n\n【广告】\n\n散会。\n"
CLEAN = "修渠会议纪要\n\n会议决定修东渠。\n\n会上又讲了别的事情。\n\n散会。\n"
PARAGRAPHS = (
    "今天把大家请到老槐树下来，是想商量今年冬天修渠的事情，请大家都说说自己的想法，说完再定。",
    "东渠是老渠，年年漏水，【广告】去年春灌时有三十亩地没浇上，今年入冬以前一定要把漏水的地方全部补好。",
    "西路一下雨就泥泞，孩子们上学要绕两里地，【下载】石料已经备好，农闲时节各家出一个劳力，十天就能铺完。",
    "同志们，路修好了，渠通了水，让我们一起把村里的日子过好，为河边村的明天共同努力！",
)
TWO = "\n\n".join("\n".join([f"在{place}修渠动员大会上的讲话", "同志们：", *PARAGRAPHS]) for place in ("河东村", "河西村")) + "\n"
"""A file of two speeches."""


def remove(*words: str) -> Callable[[Text], Iterator[Edit]]:
    """Make a family of rules that removes words wherever they stand."""

    def find(text: Text) -> Iterator[Edit]:
        for word in words:
            at = text.string.find(word)
            while at >= 0:
                yield Edit("test.advert", "an advertisement", 0.9, at, at + len(word))
                at = text.string.find(word, at + 1)

    return find


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a function that makes cleaning remove just these words."""

    def only(*words: str) -> None:
        monkeypatch.setattr(cleaning, "STAGES", ((remove(*words),),))

    only("【广告】")
    return only


@pytest.fixture
def taken_in(make_archive: MakeArchive, tmp_path: Path, rules: Callable[..., None]) -> Archive:
    """Give an archive that holds RAW as document `canal`."""
    archive = make_archive()
    take_in(archive, tmp_path / "canal.txt", RAW)
    return archive


def take_in(archive: Archive, file: Path, raw: str) -> Imported:
    file.write_text(raw, encoding="utf-8")
    (outcome,) = import_inputs(archive, iter_inputs([str(file)]))
    assert isinstance(outcome, Imported)
    return outcome


def body_of(archive: Archive, name: str = "canal") -> str:
    return next(document.body for document in archive.load().documents if document.id == name)


def again(archive: Archive, **plan: bool) -> Renewed:
    holdings = holdings_of(archive)
    (renewed,) = read_again(holdings, source_of(archive, holdings, "canal"), Plan(**plan))
    return renewed


def correct(archive: Archive, old: str, new: str) -> None:
    """Correct the corpus file as a person does."""
    file = archive.corpus / "main" / "canal.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_new_changes_nothing(taken_in: Archive) -> None:
    before = snapshot(taken_in.folder)
    assert body_of(taken_in) == CLEAN
    assert again(taken_in) == Renewed("canal", changed=False)
    assert snapshot(taken_in.folder) == before


def test_better_rules_replace_what_the_import_wrote(taken_in: Archive, rules: Callable[..., None]) -> None:
    rules("【广告】", "会上又讲了别的事情。")
    assert again(taken_in) == Renewed("canal", changed=True)
    assert body_of(taken_in) == "修渠会议纪要\n\n会议决定修东渠。\n\n散会。\n"


def test_correction_of_a_person_stays(taken_in: Archive, rules: Callable[..., None]) -> None:
    correct(taken_in, "修东渠", "修西渠")
    rules("【广告】", "会上又讲了别的事情。")
    assert again(taken_in) == Renewed("canal", changed=True)
    assert body_of(taken_in) == "修渠会议纪要\n\n会议决定修西渠。\n\n散会。\n"
    assert again(taken_in) == Renewed("canal", changed=False)


def test_conflict_leaves_the_persons_text_and_is_reported(taken_in: Archive, rules: Callable[..., None]) -> None:
    correct(taken_in, "修东渠", "修西渠")
    rules("【广告】", "决定")
    assert again(taken_in) == Renewed("canal", changed=False, conflicts=(Conflict(2, ("会议修东渠。",)),))
    assert "会议决定修西渠。" in body_of(taken_in)


def test_field_of_a_person_stays_and_comments_too(taken_in: Archive) -> None:
    correct(taken_in, "id: canal\n", "id: canal\n# 核对过\nplace: 东乡\nnotes: 手抄\n")
    before = (taken_in.corpus / "main" / "canal.md").read_text(encoding="utf-8")
    assert again(taken_in) == Renewed("canal", changed=False)
    assert (taken_in.corpus / "main" / "canal.md").read_text(encoding="utf-8") == before


def test_dry_run_says_it_and_writes_nothing(taken_in: Archive, rules: Callable[..., None]) -> None:
    before = snapshot(taken_in.folder)
    rules()
    assert again(taken_in, dry_run=True).changed
    assert snapshot(taken_in.folder) == before


def test_edit_taken_back_is_not_made_again(taken_in: Archive) -> None:
    holdings = holdings_of(taken_in)
    folder = source_of(taken_in, holdings, "canal")
    adverts = [edit for edit in read_edits(folder, document="canal") if edit.rule == "test.advert"]
    (renewed,) = undo(taken_in, holdings, "canal", [edit_id(adverts[1])], Plan())
    assert renewed == Renewed("canal", changed=True)
    with_advert = CLEAN.replace("散会。", "【广告】\n\n散会。")
    assert body_of(taken_in) == with_advert
    assert again(taken_in) == Renewed("canal", changed=False)
    assert body_of(taken_in) == with_advert


def test_all_edits_of_a_rule_are_taken_back(taken_in: Archive) -> None:
    undo(taken_in, holdings_of(taken_in), "canal", ["test.advert"], Plan())
    assert body_of(taken_in) == RAW


def test_edit_taken_back_is_found_again_in_another_raw_text(taken_in: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    undo(taken_in, holdings_of(taken_in), "canal", ["test.advert"], Plan())
    original = next(taken_in.sources.glob("*/original.txt"))
    original.write_text("\n\n新的抬头\n\n" + RAW, encoding="utf-8")  # as if an importer gave more than before
    holdings = holdings_of(taken_in)
    holdings.held = {__import__("hashlib").sha256(original.read_bytes()).hexdigest(): ["canal"]}
    read_again(holdings, original.parent, Plan())
    assert body_of(taken_in).count("【广告】") == 2


UNKNOWN = [
    pytest.param("canal", "000000", "document 'canal' has no edit '000000'", id="edit"),
    pytest.param("river", "000000", "no document 'river'", id="document"),
    pytest.param("byhand", "000000", "document 'byhand' has no source", id="source"),
]


@pytest.mark.parametrize(("document", "edit", "message"), UNKNOWN)
def test_what_is_not_there_cannot_be_taken_back(taken_in: Archive, document: str, edit: str, message: str) -> None:
    (taken_in.corpus / "main" / "byhand.md").write_text("手写", encoding="utf-8")
    with pytest.raises(UserError, match=message) as refused:
        undo(taken_in, holdings_of(taken_in), document, [edit], Plan())
    assert refused.value.code == "unknown-document"


def test_other_bytes_take_the_place_of_a_document(taken_in: Archive) -> None:
    correct(taken_in, "散会。", "散会！")
    better = RAW.replace("别的事情", "别的三件事情").encode()
    renewed = replace_source(taken_in, holdings_of(taken_in), "canal", better, "better.txt", Plan())
    assert (renewed.document, renewed.changed) == ("canal", True)
    assert body_of(taken_in) == CLEAN.replace("别的事情", "别的三件事情").replace("散会。", "散会！")
    (document,) = taken_in.load().documents
    assert len(document.metadata.captured) == 2
    assert {piece.source for piece in document.removed} == {source_of(taken_in, holdings_of(taken_in), "canal").name}
    assert again(taken_in) == Renewed("canal", changed=False)


def test_bytes_that_it_was_made_of_change_nothing(taken_in: Archive) -> None:
    before = snapshot(taken_in.folder)
    renewed = replace_source(taken_in, holdings_of(taken_in), "canal", RAW.encode(), "same.txt", Plan())
    assert renewed == Renewed("canal", changed=False)
    assert snapshot(taken_in.folder) == before


def test_bytes_of_another_document_replace_nothing(taken_in: Archive, tmp_path: Path) -> None:
    other = RAW.replace("东渠", "西渠")
    take_in(taken_in, tmp_path / "other.txt", other)
    before = snapshot(taken_in.folder)
    with pytest.raises(UserError, match="these bytes are held as other"):
        replace_source(taken_in, holdings_of(taken_in), "canal", other.encode(), "other.txt", Plan())
    assert snapshot(taken_in.folder) == before


# ------------------------------------------------------------------------------------------- what a person did meanwhile


@pytest.fixture
def two(make_archive: MakeArchive, tmp_path: Path, rules: Callable[..., None]) -> Archive:
    """Give an archive that holds the two speeches of one file as documents `talk` and `talk-2`."""
    archive = make_archive()
    assert take_in(archive, tmp_path / "talk.txt", TWO).documents == ("talk", "talk-2")
    return archive


def read_all_again(archive: Archive, name: str) -> tuple[Renewed, ...]:
    holdings = holdings_of(archive)
    return read_again(holdings, source_of(archive, holdings, name), Plan())


def test_document_that_was_thrown_away_does_not_keep_the_other_from_being_read_again(
    two: Archive, rules: Callable[..., None]
) -> None:
    (two.corpus / "main" / "talk.md").unlink()
    rules("【广告】", "【下载】")
    assert read_all_again(two, "talk-2") == (Renewed("talk-2", changed=True),)
    assert "【下载】" not in body_of(two, "talk-2")
    assert not (two.corpus / "main" / "talk.md").exists()
    (folder,) = two.sources.iterdir()
    assert {edit.document for edit in read_edits(folder)} == {"talk", "talk-2"}


def test_document_that_was_replaced_is_not_made_of_its_former_source_again(two: Archive, rules: Callable[..., None]) -> None:
    replace_source(two, holdings_of(two), "talk", RAW.encode(), "better.txt", Plan())
    before = body_of(two, "talk")
    rules("【广告】", "【下载】", "会上又讲了别的事情。")
    assert read_all_again(two, "talk-2") == (Renewed("talk-2", changed=True),)
    assert body_of(two, "talk") == before
    assert read_all_again(two, "talk") == (Renewed("talk", changed=True),)


def test_document_whose_id_a_person_changed_is_read_again(taken_in: Archive, rules: Callable[..., None]) -> None:
    correct(taken_in, "id: canal\n", "id: xiuqu\naliases: canal\n")
    correct(taken_in, "修东渠", "修西渠")
    rules("【广告】", "会上又讲了别的事情。")
    assert read_all_again(taken_in, "xiuqu") == (Renewed("xiuqu", changed=True),)
    assert body_of(taken_in, "xiuqu") == "修渠会议纪要\n\n会议决定修西渠。\n\n散会。\n"
    (document,) = taken_in.load().documents
    assert [piece.text for piece in document.removed] == ["【广告】", "会上又讲了别的事情。", "【广告】"]


def test_source_stays_cut_as_it_was_when_it_was_imported(two: Archive) -> None:
    before = snapshot(two.corpus)
    holdings = holdings_of(two)
    renewed = read_again(holdings, source_of(two, holdings, "talk"), Plan(choices=cleaning.Choices(off=frozenset({HIDDEN}))))
    assert renewed == (Renewed("talk", changed=False), Renewed("talk-2", changed=False))
    assert snapshot(two.corpus) == before


def test_source_that_gives_another_number_of_documents_today_is_left_alone(two: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    holdings = holdings_of(two)
    folder = source_of(two, holdings, "talk")
    raw = folder / "raw.txt"
    raw.write_text(raw.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # as if its importer had read it otherwise then
    before = snapshot(two.corpus)
    with pytest.raises(UserError) as refused:
        read_again(holdings, folder, Plan(choices=cleaning.Choices(off=frozenset({HIDDEN}))))
    assert refused.value.message == "the source holds 1 document as it is read today, 2 when it was imported"
    assert refused.value.hint == "its importer reads it otherwise than then; talk, talk-2 stay as they are"
    assert snapshot(two.corpus) == before


FOR_GOOD = [
    pytest.param(HIDDEN, "a source stays cut into documents as it was when it was imported", id="cut"),
    pytest.param("layout.edge", "a text begins with its first line and ends with one line end", id="edge"),
]


@pytest.mark.parametrize(("rule", "hint"), FOR_GOOD)
def test_edits_that_are_for_good_are_not_taken_back(two: Archive, rule: str, hint: str) -> None:
    edits = read_edits(source_of(two, holdings_of(two), "talk"), document="talk")
    assert rule in {edit.rule for edit in edits}
    with pytest.raises(UserError) as refused:
        undo(two, holdings_of(two), "talk", [rule], Plan())
    assert (refused.value.message, refused.value.hint) == (f"edits of {rule} cannot be taken back", hint)


def test_edit_that_was_taken_back_can_be_taken_back_again(taken_in: Archive) -> None:
    undo(taken_in, holdings_of(taken_in), "canal", ["test.advert"], Plan())
    before = snapshot(taken_in.folder)
    assert undo(taken_in, holdings_of(taken_in), "canal", ["test.advert"], Plan()) == (Renewed("canal", changed=False),)
    assert snapshot(taken_in.folder) == before


def test_text_written_by_hand_gets_a_source_and_stays(taken_in: Archive) -> None:
    file = taken_in.corpus / "main" / "byhand.md"
    file.write_text("手写的纪要\n", encoding="utf-8")
    renewed = replace_source(taken_in, holdings_of(taken_in), "byhand", "另一份纪要\n".encode(), "other.txt", Plan())
    assert (renewed.changed, renewed.conflicts) == (True, (Conflict(1, ("另一份纪要",)),))
    assert body_of(taken_in, "byhand") == "手写的纪要\n"
    assert source_of(taken_in, holdings_of(taken_in), "byhand").name == source_name("另一份纪要\n".encode())


def test_file_of_two_texts_replaces_no_document(taken_in: Archive) -> None:
    before = snapshot(taken_in.folder)
    with pytest.raises(UserError, match=r"talk.txt holds 2 documents"):
        replace_source(taken_in, holdings_of(taken_in), "canal", TWO.encode(), "talk.txt", Plan())
    assert snapshot(taken_in.folder) == before
