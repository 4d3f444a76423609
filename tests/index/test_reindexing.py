"""Reindexing: the cheapest right way, said; the same index whatever the way; damage found, named and mended."""

import json
import os
import random
import resource
from contextlib import suppress
from pathlib import Path

import pytest

from archive.revisions import iter_revisions, read_revision
from archive.store import Archive
from archive.text_store import TextStore
from index.checking import check_index
from index.concordance.building import open_beside
from index.engine import SearchRequest
from index.errors import IndexDamaged, IndexWritable
from index.evaluation import Question
from index.opening import open_library
from index.query import Exact
from index.rebuild import Reindexed, reindex
from tests.conftest import MakeArchive

FILES = {
    "main/jia.md": "---\ntitle: 甲\nkind: speech\n---\n修渠引水，改革開放。\n\n第二段 ＧＤＰ　growth\n",
    "main/yi.md": "---\ntitle: 乙\ndate: 2012-11\n---\n修路架桥。\n",
    "news/bing.txt": "今天下雨\u200b了。\n明天放晴。\n",
    "news/_defaults.yaml": "place: 北京\n",
}


@pytest.fixture
def small(make_archive: MakeArchive) -> Archive:
    return make_archive(FILES)


def write(archive: Archive, name: str, text: str) -> None:
    (archive.corpus / name).write_text(text, encoding="utf-8")


def found(archive: Archive, text: str) -> list[str]:
    page = open_library(archive).engine.search(SearchRequest(Question(Exact(text)), group="none"))
    return [f"{hit.document.id} {hit.passage} {hit.spans}" for hit in page.hits]


def way(done: Reindexed) -> tuple[str, str]:
    return done.way, done.why


def index_folder(archive: Archive) -> Path:
    return archive.derived / "index" / open_library(archive).generation.name


def assert_whole(archive: Archive) -> None:
    assert list(check_index(archive)) == []
    assert not (archive.derived / "work").exists()


# -- which way, and why --------------------------------------------------------------------------------------------------


def test_first_time_is_a_rebuild(small: Archive) -> None:
    done = reindex(small)
    assert way(done) == ("rebuild", "there was no index")
    assert (done.documents, done.added, done.removed, done.problems) == (3, 3, 0, ())
    assert_whole(small)


def test_nothing_is_done_where_nothing_changed(small: Archive) -> None:
    reindex(small)
    before = open_library(small).generation
    assert way(reindex(small)) == ("nothing", "the corpus is what is indexed")
    assert open_library(small).generation == before


def test_same_text_in_other_bytes_changes_nothing(small: Archive) -> None:
    reindex(small)
    write(small, "main/yi.md", FILES["main/yi.md"].replace("\n", "\r\n") + "\n\n")
    assert reindex(small).way == "nothing"
    assert reindex(small).way == "nothing"


def test_changed_text_is_an_update(small: Archive) -> None:
    reindex(small)
    write(small, "main/yi.md", "---\ntitle: 乙\n---\n修路架桥通电。\n")
    done = reindex(small)
    assert way(done) == ("update", "1 new or changed, 1 gone or replaced")
    assert found(small, "架桥通电") == ["yi 1 ((2, 6),)"]
    assert found(small, "改革开放") == ["jia 1 ((5, 9),)"]
    assert_whole(small)


def test_changed_time_or_length_alone_decides_nothing(small: Archive) -> None:
    reindex(small)
    file = small.corpus / "main" / "yi.md"
    kept = file.stat()
    write(small, "main/yi.md", FILES["main/yi.md"].replace("修路", "铺路"))
    os.utime(file, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert reindex(small).way == "update"
    assert found(small, "铺路") == ["yi 1 ((0, 2),)"]


def test_change_in_what_a_collection_shares_is_an_update_of_its_documents(small: Archive) -> None:
    reindex(small)
    write(small, "news/_defaults.yaml", "place: 上海\n")
    assert way(reindex(small)) == ("update", "1 new or changed, 1 gone or replaced")
    document = open_library(small).store.find("bing")
    assert document is not None
    assert document.metadata.place == "上海"
    assert_whole(small)


def test_many_changes_are_a_rebuild(small: Archive) -> None:
    reindex(small)
    for name in ("main/jia.md", "main/yi.md"):
        write(small, name, "全新的文字。\n")
    assert reindex(small).way == "rebuild"
    assert_whole(small)


def test_removed_file_leaves_the_index(small: Archive) -> None:
    reindex(small)
    (small.corpus / "news" / "bing.txt").unlink()
    done = reindex(small)
    assert (done.way, done.documents, done.added, done.removed) == ("update", 2, 0, 1)
    assert found(small, "下雨") == []
    assert_whole(small)


def test_file_that_comes_to_serve_an_id_is_read_though_it_has_not_changed(small: Archive) -> None:
    write(small, "news/yi.md", "另一篇也叫乙。\n")
    first = reindex(small)
    assert [problem.code for problem in first.problems] == ["document-exists"]
    assert reindex(small).way == "nothing"
    (small.corpus / "main" / "yi.md").unlink()
    assert reindex(small).way == "update"
    assert found(small, "也叫乙") == ["yi 1 ((3, 6),)"]
    assert_whole(small)


def test_stated_id_takes_over_an_indexed_one(small: Archive) -> None:
    reindex(small)
    write(small, "news/zzz.md", "---\nid: yi\n---\n这才是乙。\n")
    done = reindex(small)
    assert [str(problem.file) for problem in done.problems] == ["corpus/main/yi.md"]
    assert found(small, "这才是乙") == ["yi 1 ((0, 4),)"]
    assert found(small, "架桥") == []


def test_bad_file_is_reported_every_time_and_stops_nothing(small: Archive) -> None:
    (small.corpus / "main" / "bad.md").write_bytes(b"\xff\xfe\xfd")
    for expected in ("rebuild", "nothing"):
        done = reindex(small)
        assert done.way == expected
        assert [(problem.code, str(problem.file)) for problem in done.problems] == [("invalid-metadata", "corpus/main/bad.md")]
    (small.corpus / "main" / "bad.md").write_text("好了。", encoding="utf-8")
    assert (reindex(small).way, found(small, "好了")) == ("update", ["bad 1 ((0, 2),)"])


def test_dry_run_says_what_would_be_done_and_does_nothing(small: Archive) -> None:
    said = reindex(small, dry_run=True)
    assert (way(said), said.dry_run, said.documents) == (("rebuild", "there was no index"), True, 3)
    assert not (small.derived / "current.json").exists()
    assert not small.revisions.exists()
    reindex(small)
    write(small, "main/yi.md", "换了。\n")
    assert reindex(small, dry_run=True).way == "update"
    assert found(small, "架桥") == ["yi 1 ((2, 4),)"]
    assert iter_revisions(small.revisions, "yi") == (open_library(small).store[2].revision,)


def test_revision_is_kept_before_it_is_served_and_again_if_it_went_away(small: Archive) -> None:
    reindex(small)
    document = open_library(small).store.find("jia")
    assert document is not None
    kept = small.revisions / "jia" / f"{document.revision}.md"
    assert read_revision(small.revisions, "jia", document.revision).startswith("修渠")
    kept.unlink()
    assert reindex(small).way == "nothing"
    assert kept.exists()


# -- the same whatever the way -------------------------------------------------------------------------------------------


def same_index(left: Archive, right: Archive) -> None:
    """Compare all that two archives serve: texts, and what the arrays say."""
    stores = [open_library(archive).store for archive in (left, right)]
    for one, other in zip(*stores, strict=True):
        assert (one, one.passages, one.removed, one.blocks) == (other, other.passages, other.removed, other.blocks)
    arrays = [open_beside(index_folder(archive)) for archive in (left, right)]
    assert arrays[0].words.lengths.tolist() == arrays[1].words.lengths.tolist()
    strings = {text[at : at + 3] for document in stores[0] for text in document.passages for at in range(0, len(text) - 2, 7)}
    for string in random.Random(1).sample(sorted(strings), min(len(strings), 300)):
        one, other = (array.find(string, "text")[0].tolist() for array in arrays)
        assert one == other
        words = [array.words.are_words(array.find(string, "text")[0], 3).tolist() for array in arrays]
        assert words[0] == words[1]


def test_updates_give_the_index_that_a_rebuild_gives(make_archive: MakeArchive) -> None:
    chance = random.Random(3)
    archive = make_archive({f"main/d-{n:02}.md": text(chance) for n in range(20)})
    reindex(archive)
    for _ in range(6):
        for _ in range(3):
            name = archive.corpus / "main" / f"d-{chance.randrange(24):02}.md"
            if name.exists() and chance.random() < 0.3:
                name.unlink()
            else:
                name.write_text(text(chance), encoding="utf-8")
        assert reindex(archive).way == "update"
        assert_whole(archive)
    other = make_archive({f"main/{file.name}": file.read_bytes() for file in sorted((archive.corpus / "main").iterdir())})
    reindex(other)
    same_index(archive, other)


def text(chance: random.Random) -> str:
    words = ("改革", "开放", "發展", "乡村振兴", "，", "。", "\u3000", "GDP", " growth", "的", "\u200b", "人民")
    return "\n\n".join("我" + "".join(chance.choices(words, k=chance.randint(3, 60))) for _ in range(chance.randint(1, 5)))


def test_workers_and_little_memory_give_the_same_index(shared: Path, make_archive: MakeArchive) -> None:
    chosen = random.Random(8).sample(sorted((shared / "corpora").glob("*/*.txt")), 30)
    files = {f"main/{number}.md": file.read_bytes() for number, file in enumerate(chosen) if file.parent.name != "test_data"}
    archives = [make_archive(files) for _ in range(3)]
    for archive, options in zip(archives, ({"jobs": 1}, {"jobs": 2}, {"jobs": 1, "memory_mb": 1}), strict=True):
        assert reindex(archive, **options).way == "rebuild"
        assert_whole(archive)
    for archive in archives[1:]:
        same_index(archives[0], archive)


# -- damage --------------------------------------------------------------------------------------------------------------


def test_every_flipped_bit_is_found_by_the_check_and_mended_by_the_next_full_reindex(small: Archive) -> None:
    reindex(small)
    library = open_library(small)
    chance = random.Random(4)
    for folder in (library.store.folder, small.derived / "index" / library.generation.name):
        for file in sorted(folder.iterdir()):
            data = file.read_bytes()
            if not data or file.name == "files.json":
                continue
            at, bit = chance.randrange(len(data)), chance.randrange(8)
            file.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
            with suppress(IndexDamaged):
                assert list(check_index(small)) != [], file.name
            file.write_bytes(data)
    assert_whole(small)


def test_check_finds_what_checksums_cannot(small: Archive) -> None:
    """An index that was written whole, but of another text."""
    reindex(small)
    revision = next((small.revisions / "yi").iterdir())
    revision.write_text("修路架桥\n", encoding="utf-8")
    assert [problem.code for problem in check_index(small)] == ["index-damaged"]


def test_update_of_a_damaged_index_becomes_a_rebuild(small: Archive) -> None:
    reindex(small)
    file = open_library(small).store.folder / "stream.bin"
    file.write_bytes(bytes(file.stat().st_size))
    write(small, "main/yi.md", "换了。\n")
    done = reindex(small)
    assert done.way == "rebuild"
    assert done.why == f"the index could not be read: {file} is damaged: its bytes are not those that were written"
    assert_whole(small)


@pytest.mark.parametrize("name", [".", "pairs.low.bin", "_MAIN_1.toc"])
def test_index_that_others_can_write_is_refused(small: Archive, name: str) -> None:
    reindex(small)
    folder = index_folder(small)
    (folder / name).chmod(0o777)
    with pytest.raises(IndexWritable) as refused:
        open_library(small)
    assert refused.value.message == f"others than its owner can write {folder / name}"
    assert refused.value.hint == f"take that from them with: chmod -R go-w {folder}"
    assert way(reindex(small)) == ("rebuild", "the index could not be read")
    assert found(small, "架桥") == ["yi 1 ((2, 4),)"]


def test_index_is_private_whatever_the_umask(make_archive: MakeArchive) -> None:
    before = os.umask(0)
    try:
        archive = make_archive(FILES)
        reindex(archive)
        assert found(archive, "架桥") == ["yi 1 ((2, 4),)"]
    finally:
        os.umask(before)


def test_broken_records_are_like_no_index(small: Archive) -> None:
    reindex(small)
    (index_folder(small) / "files.json").write_text(json.dumps({"records": [{}]}), encoding="utf-8")
    assert way(reindex(small)) == ("rebuild", "the index could not be read")


def test_full_disk_leaves_the_old_index(small: Archive) -> None:
    reindex(small)
    write(small, "main/yi.md", "换了。" * 2000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))  # as if the disk had no room for more
    try:
        with pytest.raises(Exception, match="cannot write"):
            reindex(small, full=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert found(small, "架桥") == ["yi 1 ((2, 4),)"]
    assert reindex(small).way == "update"
    assert_whole(small)
    assert TextStore(open_library(small).store.folder).characters == open_library(small).store.characters
