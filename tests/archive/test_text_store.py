"""The derived text store: what is read is, character by character, what was written."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.document import Document, RemovedText, normal_body
from archive.errors import StorageFailed
from archive.folding import fold, fold_with_offsets
from archive.metadata import Metadata, metadata_to_fields
from archive.script import script_of, script_of_counts
from archive.structure import label_passages
from archive.text_store import TextStore, merge_text_stores, write_text_store
from archive.text_store.characters import code_points, count_telling, find_dropped, folded_code_points
from tests.archive.faults import full_disk
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, document_ids, metadata, nasty_texts, refusal


def write(folder: Path, documents: Sequence[Document]) -> TextStore:
    """Write a store into a new folder and open it."""
    folder.mkdir(parents=True)
    write_text_store(folder, documents)
    return TextStore(folder)


def document(name: str, body: str, *removed: str, aliases: tuple[str, ...] = ()) -> Document:
    """Make a document of its body and of what cleaning took out."""
    pieces = tuple(RemovedText(text, "0123456789abcdef", (0, len(text))) for text in removed)
    return Document(name, "main", Metadata(id=name, title="修渠", aliases=aliases), normal_body(body), pieces)


removals = st.builds(
    lambda text, start: RemovedText(text, "0123456789abcdef", (start, start + len(text))), nasty_texts, st.integers(0, 10**6)
)
documents = st.builds(
    Document, document_ids, document_ids, metadata, nasty_texts.map(normal_body), st.lists(removals, max_size=3).map(tuple)
)
corpora = st.lists(documents, max_size=4, unique_by=lambda text: text.id).map(lambda texts: sorted(texts, key=lambda text: text.id))


@settings(max_examples=50)
@given(corpora)
def test_what_is_read_is_what_was_written(tmp_path_factory: pytest.TempPathFactory, corpus: list[Document]) -> None:
    store = write(tmp_path_factory.mktemp("store") / "text", corpus)
    assert len(store) == len(corpus)
    for stored, written in zip(store, corpus, strict=True):
        assert (stored.id, stored.collection, stored.revision) == (written.id, written.collection, written.revision)
        assert stored.passages == written.passages
        assert stored.removed == written.removed
        assert stored.fields == metadata_to_fields(written.metadata)
        assert stored.metadata == written.metadata
        assert stored.script == script_of(written.body)
        assert stored.blocks == label_passages(written)
        assert store.find(written.id) == stored


def test_characters_are_those_of_passages_and_removed_text(tmp_path: Path) -> None:
    store = write(tmp_path / "text", [document("a", "修渠\n\n修𠮷路\n", "广告\n"), document("b", "\u200b树")])
    assert store.characters == len("修渠修𠮷路广告\n\u200b树")


def test_store_of_nothing_is_empty(tmp_path: Path) -> None:
    store = write(tmp_path / "text", [])
    assert (len(store), list(store), store.characters, store.find("a")) == (0, [], 0, None)


@pytest.mark.parametrize("characters", [65_536, 65_537])
def test_any_number_of_distinct_characters_is_kept(tmp_path: Path, characters: int) -> None:
    text = "".join(chr(code) for code in range(0x10000, 0x10000 + characters))
    store = write(tmp_path / "text", [document("a", text), document("b", SIMPLIFIED)])
    assert store[0].passages == (text,)
    assert store[1].passages == (SIMPLIFIED,)


def test_document_is_found_by_its_id(tmp_path: Path) -> None:
    store = write(tmp_path / "text", [document(name, name) for name in ("a", "a-2", "a_2", "b", "c10", "c9")])
    found = [store.find(name) for name in ("a", "a-2", "a_2", "b", "c10", "c9")]
    assert [text.id for text in found if text] == ["a", "a-2", "a_2", "b", "c10", "c9"]
    assert [store.find(name) for name in ("", "a-", "b0", "z", "../a", "a\n")] == [None] * 6


@pytest.mark.parametrize("ordinal", [-1, 2, 99])
def test_ordinal_outside_the_store_is_an_index_error(tmp_path: Path, ordinal: int) -> None:
    store = write(tmp_path / "text", [document("a", "修渠"), document("b", "修路")])
    with pytest.raises(IndexError):
        store[ordinal]


@pytest.mark.parametrize("names", [("b", "a"), ("a", "a")])
def test_documents_out_of_order_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=f"^document '{names[1]}' comes after '{names[0]}'$"):
        write_text_store(tmp_path, [document(name, "修渠") for name in names])


def test_many_threads_read_the_same_text(tmp_path: Path) -> None:
    corpus = [document(f"a-{number:03}", f"{SIMPLIFIED}{number}\n{TRADITIONAL}", "广告") for number in range(40)]
    store = write(tmp_path / "text", corpus)
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda number: [text.passages for text in store], range(8)))
    assert read == [[text.passages for text in corpus]] * 8


def test_text_of_a_removed_piece_keeps_its_line_end(tmp_path: Path) -> None:
    store = write(tmp_path / "text", [document("a", "修渠", "下载\n", "\u2028", "打印\r\n")])
    assert [piece.text for piece in store[0].removed] == ["下载\n", "\u2028", "打印\r\n"]


FILES = [
    "alphabet.bin",
    "stream.bin",
    "texts.bin",
    "dropped.bin",
    "dropped_at.bin",
    "dropped_texts.bin",
    "blocks.bin",
    "documents.bin",
    "documents.jsonl",
    "ids.txt",
    "aliases.txt",
]


@pytest.mark.parametrize("name", FILES)
def test_file_of_another_size_is_refused(tmp_path: Path, name: str) -> None:
    store = write(tmp_path / "text", [document("a", SIMPLIFIED)])
    size = (store.folder / name).stat().st_size
    with (store.folder / name).open("ab") as file:
        file.write(b"\0")
    message = f"{store.folder / name} is damaged: it has not the {size} bytes it was written with"
    assert refusal(lambda: TextStore(store.folder)) == ("derived-damaged", message, "yinde reindex --full")


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_missing_file_is_not_found(tmp_path: Path, name: str) -> None:
    store = write(tmp_path / "text", [document("a", SIMPLIFIED)])
    (store.folder / name).unlink()
    with pytest.raises(FileNotFoundError):
        TextStore(store.folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\0" * 80], ids=["empty", "cut-off", "list", "no-files", "zeros"])
def test_damaged_manifest_is_refused(tmp_path: Path, content: str) -> None:
    store = write(tmp_path / "text", [document("a", SIMPLIFIED)])
    (store.folder / "manifest.json").write_text(content, encoding="utf-8")
    assert refusal(lambda: TextStore(store.folder))[0] == "derived-damaged"


def read_everything(store: TextStore) -> list[object]:
    return [
        [(text, text.passages, text.removed, text.blocks) for text in store],
        store.find("a"),
        store.alias_of("old-a"),
        store.ids,
    ]


@pytest.mark.parametrize("name", FILES)
def test_flipped_bit_is_never_read(tmp_path: Path, name: str) -> None:
    text = document("a", f"{SIMPLIFIED} \u200b\n{TRADITIONAL}", "广 告", aliases=("old-a",))
    folder = write(tmp_path / "text", [text]).folder
    data = (folder / name).read_bytes()
    message = f"{folder / name} is damaged: its bytes are not those that were written"
    for at in sorted({0, len(data) // 2, len(data) - 1}):
        (folder / name).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        store = TextStore(folder)  # opening reads no array, so it takes as long for any archive
        assert refusal(lambda store=store: read_everything(store)) == ("derived-damaged", message, "yinde reindex --full")
        assert refusal(store.verify) == ("derived-damaged", message, "yinde reindex --full")
    (folder / name).write_bytes(data)
    TextStore(folder).verify()


@pytest.mark.parametrize("name", ["manifest.json", "checksums.bin"])
def test_flipped_bit_in_the_checksums_is_refused(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "text", [document("a", SIMPLIFIED)]).folder
    data = (folder / name).read_bytes()
    for at in range(len(data)):
        (folder / name).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert refusal(lambda: TextStore(folder))[0] == "derived-damaged", data[at : at + 9]


def test_only_the_pages_that_are_read_are_verified(tmp_path: Path) -> None:
    folder = write(tmp_path / "text", [document("a", "修渠" * 5000), document("b", "修路" * 5000)]).folder
    data = (folder / "stream.bin").read_bytes()
    (folder / "stream.bin").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    store = TextStore(folder)
    assert store[0].passages == ("修渠" * 5000,)
    with pytest.raises(StorageFailed):
        _ = store[1].passages


@settings(max_examples=100)
@given(corpora, corpora, st.randoms())
def test_merged_stores_hold_what_they_were_made_of(
    tmp_path_factory: pytest.TempPathFactory, left: list[Document], right: list[Document], random: Random
) -> None:
    folder = tmp_path_factory.mktemp("stores")
    stores = [write(folder / name, corpus) for name, corpus in (("left", left), ("right", right))]
    picked = {text.id: (store, number, text) for store in stores for number, text in enumerate(store) if random.random() < 0.8}
    (folder / "merged").mkdir()
    merge_text_stores(folder / "merged", [picked[name][:2] for name in sorted(picked)])
    merged = TextStore(folder / "merged")
    merged.verify()
    assert merged.ids == tuple(sorted(picked))
    for stored in merged:
        expected = picked[stored.id][2]
        assert stored == expected
        assert (stored.passages, stored.removed, stored.blocks) == (expected.passages, expected.removed, expected.blocks)
        assert [merged.alias_of(alias) for alias in stored.metadata.aliases if alias not in picked] == [
            merged.alias_of(alias) for alias in stored.metadata.aliases if merged.find(alias) is None
        ]


def test_merging_goes_on_with_more_characters_than_one_store_has(tmp_path: Path) -> None:
    texts = ["".join(chr(code) for code in range(start, start + 40_000)) for start in (0x10000, 0x20000)]
    stores = [write(tmp_path / name, [document(name, text)]) for name, text in zip("ab", texts, strict=True)]
    (tmp_path / "merged").mkdir()
    merge_text_stores(tmp_path / "merged", [(store, 0) for store in stores])
    assert [stored.passages for stored in TextStore(tmp_path / "merged")] == [(text,) for text in texts]


nasty = st.lists(st.one_of(nasty_texts, st.text("a1 Ａ\u3000\t\u200b\n改", max_size=12)), max_size=6)


@settings(max_examples=500)
@given(nasty)
def test_characters_dropped_are_those_that_folding_drops(texts: list[str]) -> None:
    starts = np.cumsum([0, *map(len, texts)])
    dropped = find_dropped(code_points("".join(texts)), starts)
    kept = [start + offset for start, text in zip(starts, texts, strict=False) for offset in fold_with_offsets(text).offsets]
    assert sorted({*range(starts[-1])} - {*kept}) == dropped.tolist()
    folded = folded_code_points(code_points("".join("".join(texts)[at] for at in kept)))
    assert "".join(map(chr, folded)) == "".join(map(fold, texts))


@given(nasty_texts)
def test_telling_characters_are_counted_as_the_script_is_told(text: str) -> None:
    assert script_of_counts(*count_telling(code_points(text))) == script_of(text)


def test_full_disk_is_refused(tmp_path: Path) -> None:
    with full_disk():
        code, message, hint = refusal(lambda: write_text_store(tmp_path, [document("a", SIMPLIFIED)]))
    assert (code, hint) == ("storage-failed", "nothing that was there has changed")
    assert message == f"cannot write {tmp_path}: No space left on device"
    with pytest.raises(FileNotFoundError):
        TextStore(tmp_path)
