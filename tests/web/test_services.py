"""Readers and a writer at the same time: every answer is of one generation, and a writer that is killed leaves the old index."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.files import writer_lock
from archive.generations import current_generation
from index.rebuild import reindex
from web.answers import Ask, answer, answer_to_json
from web.documents import find_text
from web.services import Services
from web.settings import Settings

ROOT = Path(__file__).parents[2]
MARKER = "灯塔"
SUM = 24
ROUNDS = 20


def _texts(generation):
    """Texts whose markers add up to SUM in every generation, so that a mixture of two shows."""
    return {
        "up": "".join(f"{MARKER}亮了。\n" for _ in range(generation + 1)),
        "down": "".join(f"{MARKER}暗了。\n" for _ in range(SUM - generation - 1)),
    }


WRITER = """
import sys
from pathlib import Path
from archive.store import open_archive
from index.rebuild import reindex
from tests.web.test_services import ROUNDS, _texts

archive = open_archive(Path(sys.argv[1]))
for generation in range(1, ROUNDS + 1):
    for name, text in _texts(generation).items():
        (archive.corpus / "main" / f"{name}.md").write_text(text, encoding="utf-8")
    assert reindex(archive).added == 2
    print(generation, flush=True)
"""


@pytest.fixture
def lighthouse(make_archive):
    """An archive of two texts that change together and six that do not, indexed."""
    files = {f"main/{name}.md": text for name, text in _texts(0).items()}
    archive = make_archive(files | {f"main/still-{number}.md": f"第{number}条船靠岸了。\n" for number in range(6)})
    reindex(archive)
    return archive


def _search(services, query=f'"{MARKER}"'):
    return services.reading(lambda library: answer_to_json(answer(library, Ask(query=query, per_document=100))))


def _counts(found):
    """Count the spans shown of each document."""
    counts = {}
    for hit in found["hits"]:
        counts[hit["document"]] = counts.get(hit["document"], 0) + len(hit["spans"])
    return counts


class Reader(threading.Thread):
    """Searches until told to stop, and keeps the number of markers in `up` of each answer, and what went wrong."""

    def __init__(self, services, stop):
        super().__init__()
        self.services, self.stop, self.seen, self.wrong = services, stop, [], []

    def run(self):
        while not self.stop.is_set():
            try:
                found = _search(self.services)
                counts = _counts(found)
                text = self.services.reading(lambda library: find_text(self.services, library, "up", None))
            except Exception as error:  # whatever it is, a reader would have seen it
                self.wrong.append(repr(error))
                return
            self.seen.append(counts["up"])
            if found["total"]["occurrences"] != SUM or sum(counts.values()) != SUM:
                self.wrong.append(f"a mixture: {found['total']} {counts}")
            if len(set(text.passages)) != 1 or len(text.passages) < counts["up"]:
                self.wrong.append(f"a mixture: {len(text.passages)} passages after {counts['up']}")


def test_readers_keep_answering_while_another_process_reindexes(lighthouse):
    services, stop = Services(Settings(lighthouse.folder)), threading.Event()
    assert _counts(_search(services)) == {"up": 1, "down": SUM - 1}
    readers = [Reader(services, stop) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        writer = subprocess.run(
            [sys.executable, "-c", WRITER, str(lighthouse.folder)], cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert (writer.returncode, writer.stdout.split()) == (0, [str(round) for round in range(1, ROUNDS + 1)]), writer.stderr
    assert [wrong for reader in readers for wrong in reader.wrong] == []
    for reader in readers:
        assert reader.seen == sorted(reader.seen)
        assert len(set(reader.seen)) > 2
    assert _counts(_search(services)) == {"up": ROUNDS + 1, "down": SUM - ROUNDS - 1}


def test_new_generation_is_taken_up_without_a_restart(lighthouse):
    services = Services(Settings(lighthouse.folder))
    before = services.library().generation.name
    assert services.library() is services.library()
    (lighthouse.corpus / "main" / "up.md").write_text("潮水退了。\n", encoding="utf-8")
    reindex(lighthouse)
    assert (before, services.library().generation.name) == ("000001", "000002")
    assert _search(services, "潮水")["total"]["documents"] == 1


def test_library_opened_before_a_switch_still_answers(lighthouse):
    library = Services(Settings(lighthouse.folder)).library()
    (lighthouse.corpus / "main" / "up.md").write_text("潮水退了。\n", encoding="utf-8")
    reindex(lighthouse)
    found = answer(library, Ask(query=f'"{MARKER}"'))
    assert found.page.total.occurrences == SUM


def test_reading_is_done_again_if_the_generation_went_away(lighthouse):
    services, seen = Services(Settings(lighthouse.folder)), []

    def read(library):
        seen.append(library.generation.name)
        if len(seen) == 1:
            (lighthouse.corpus / "main" / "up.md").write_text("潮水退了。\n", encoding="utf-8")
            reindex(lighthouse)
            raise FileNotFoundError("removed by the writer")
        return "read"

    assert services.reading(read) == "read"
    assert seen == ["000001", "000002"]


def test_reading_that_fails_for_another_reason_is_not_repeated(lighthouse):
    services, seen = Services(Settings(lighthouse.folder)), []

    def read(library):
        seen.append(library.generation.name)
        raise PermissionError("no")

    with pytest.raises(PermissionError, match="no"):
        services.reading(read)
    assert seen == ["000001"]


# -- a writer that is killed -----------------------------------------------------------------------------------------------

STAGES = {
    "texts written": "after(index.rebuild, 'merge_text_stores')",
    "engine writes": "after(index.engines.whoosh.schema, 'fields_of')",
    "engine is done": "after(index.engines.whoosh.engine.WhooshEngine, 'update')",
    "not yet switched": "before(index.rebuild, 'switch_generation')",
    "pointer beside": "before_moving('current.json')",
}
KILLED = """
import sys
from pathlib import Path
import archive.generations, index.engines.whoosh.engine, index.engines.whoosh.schema, index.rebuild
from archive.store import open_archive

def pause():
    print("paused", flush=True)
    sys.stdin.read()

def replaced(owner, name, make):
    setattr(owner, name, make(getattr(owner, name)))

def before(owner, name):
    replaced(owner, name, lambda work: lambda *args, **options: (pause(), work(*args, **options))[1])

def after(owner, name):
    replaced(owner, name, lambda work: lambda *args, **options: (work(*args, **options), pause())[0])

def before_moving(name):
    move = Path.replace
    Path.replace = lambda self, target: (pause() if target.name == name else None, move(self, target))[1]

folder, stage, full = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "full"
eval({stages!r}[stage])
index.rebuild.reindex(open_archive(folder), full=full)
print("not paused", flush=True)
"""


def _kill_a_writer(archive, stage, way):
    """Let another process reindex, kill it without warning at a stage, and wait until it is gone."""
    script = KILLED.replace("{stages!r}", repr(STAGES))
    arguments = [sys.executable, "-c", script, str(archive.folder), stage, way]
    with subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        said = writer.stdout.readline()
        writer.kill()
    assert said == "paused\n", said


def _derived(archive):
    """Name what lies in .yinde: its own files, and the generations of each part."""
    top = {path.name for path in archive.derived.iterdir()}
    return top, {part: sorted(path.name for path in (archive.derived / part).iterdir()) for part in ("text", "index")}


@pytest.mark.parametrize(
    ("stage", "way"), [*((stage, "update") for stage in STAGES), ("engine writes", "full"), ("not yet switched", "full")]
)
def test_killed_writer_leaves_the_old_index_and_the_next_one_cleans_up(lighthouse, stage, way):
    before = _search(Services(Settings(lighthouse.folder)))
    (lighthouse.corpus / "main" / "up.md").write_text("潮水退了。\n", encoding="utf-8")
    _kill_a_writer(lighthouse, stage, way)

    assert current_generation(lighthouse.derived).name == "000001"
    assert _derived(lighthouse)[1]["text"] == ["000001", "000002"]
    assert _search(Services(Settings(lighthouse.folder))) == before

    with writer_lock(lighthouse.derived, wait_s=0):
        pass
    assert reindex(lighthouse, wait_s=0).way == "update"
    services = Services(Settings(lighthouse.folder))
    assert _search(services)["total"]["occurrences"] == SUM - 1
    assert _search(services, "潮水")["total"]["documents"] == 1
    generations = ["000001", "000002"]
    assert _derived(lighthouse) == (
        {"current.json", "writer.lock", "text", "index"},
        {"text": generations, "index": generations},
    )


def test_killed_first_writer_leaves_no_index(make_archive):
    archive = make_archive({"main/jia.md": "潮水退了。\n"})
    _kill_a_writer(archive, "not yet switched", "update")
    assert current_generation(archive.derived) is None
    assert reindex(archive, wait_s=0).why == "there was no index"
    assert _search(Services(Settings(archive.folder)), "潮水")["total"]["documents"] == 1


def test_old_generation_is_kept_until_the_next_switch(lighthouse):
    for number in range(3):
        (lighthouse.corpus / "main" / "up.md").write_text(f"潮水退了{number}次。\n", encoding="utf-8")
        reindex(lighthouse)
    assert _derived(lighthouse)[1] == {"text": ["000003", "000004"], "index": ["000003", "000004"]}
    pointer = json.loads((lighthouse.derived / "current.json").read_text(encoding="utf-8"))
    assert (pointer["generation"], pointer["documents"]) == ("000004", 8)
