"""Commands that write, killed between any two changes of a file: nothing is damaged, and the same command again ends the work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import cleaning
from archive.checking import check_archive
from archive.cleaning.text import Text
from archive.edits import Edit, apply_edits
from archive.sources import read_edits, read_raw, source_name
from archive.store import Archive, open_archive
from tests.archive.faults import Killed, killed_after
from tests.archive.texts import snapshot
from tests.web.conftest import Run

ENDLESS = 10_000
PARAGRAPHS = (
    "今天把大家请到老槐树下来，是想商量今年冬天修渠的事情，请大家都说说自己的想法，说完再定。",
    "一、先修东渠",
    "东渠是老渠，年年漏水，【广告】去年春灌时有三十亩地没浇上，今年入冬以前一定要把漏水的地方全部补好。",
    "二、再修西路",
    "西路一下雨就泥泞，孩子们上学要绕两里地，【下载】石料已经备好，农闲时节各家出一个劳力，十天就能铺完。",
    "同志们，路修好了，渠通了水，让我们一起把村里的日子过好，为河边村的明天共同努力！",
)
ONE = "修渠会议纪要\n\n会议决定修东渠【广告】。\n\n会上又讲了别的事情。\n\n【下载】\n\n散会。\n"
OTHER = ONE.replace("别的事情", "别的三件事情")


def speech(place: str) -> str:
    return "\n".join([f"在{place}修渠动员大会上的讲话", "同志们：", *PARAGRAPHS])


TWO = f"{speech('河东村')}\n\n{speech('河西村')}\n"


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a function that makes cleaning remove just these words."""

    def only(*words: str) -> None:
        def find(text: Text) -> Iterator[Edit]:
            for word in words:
                at = text.string.find(word)
                while at >= 0:
                    yield Edit("test.advert", "an advertisement", 0.9, at, at + len(word))
                    at = text.string.find(word, at + 1)

        monkeypatch.setattr(cleaning, "STAGES", ((find,),))

    only("【广告】")
    return only


class Scene:
    """An archive that a command changes, to be set up again and again.

    Attributes:
        folder: The archive.
    """

    def __init__(self, folder: Path, yinde: Run) -> None:
        self.folder, self._yinde = folder, yinde
        self._kept = folder.with_name("kept")
        (folder / "corpus").mkdir(parents=True)
        (folder / "archive.toml").write_text('name = "Toy"\n', encoding="utf-8")
        self.files = folder.with_name("in")
        self.files.mkdir()
        for name, text in (("one.txt", ONE), ("two.txt", TWO), ("other.txt", OTHER)):
            (self.files / name).write_text(text, encoding="utf-8")

    @property
    def archive(self) -> Archive:
        return open_archive(self.folder)

    def do(self, *words: str) -> None:
        """Run a command, which must not fail."""
        named = [str(self.files / word) if word.endswith(".txt") else word for word in words]
        result = self._yinde(self.folder, *named)
        assert result.exit_code == 0, result.stderr

    def correct(self, name: str, old: str, new: str) -> None:
        """Correct a corpus file as a person does."""
        file = self.folder / "corpus" / "main" / f"{name}.md"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def keep(self) -> None:
        """Keep the archive as it is, for `reset`."""
        shutil.copytree(self.folder, self._kept)

    def reset(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept, self.folder)

    def state(self) -> dict[str, bytes]:
        return snapshot(self.folder / "corpus")

    def stop(self, steps: int, *words: str) -> bool:
        """Run a command that is killed after so many changes; whether it was."""
        try:
            with killed_after(steps, self.folder / "corpus"):
                self.do(*words)
        except Killed:
            return True
        return False

    def is_sound(self) -> bool:
        """Whether check finds nothing wrong, each document's source is there, and no readable file is half of one."""
        faults = [problem for problem in check_archive(self.archive) if problem.code not in ("metadata-missing", "lines-wrapped")]
        assert faults == []
        for document in self.archive.load().documents:
            for capture in document.metadata.captured:
                folder = self.archive.sources / capture.sha256[:16]
                (original,) = folder.glob("original.*")
                assert source_name(original.read_bytes()) == folder.name
                apply_edits(read_raw(folder), read_edits(folder, document=document.id))
        return True


@pytest.fixture
def scene(tmp_path: Path, yinde: Run) -> Scene:
    return Scene(tmp_path / "papers", yinde)


def taken_in(scene: Scene, rules: Callable[..., None]) -> None:
    scene.do("import", "one.txt", "two.txt")
    scene.correct("two", "石料已经备好", "石料早已备好")
    scene.correct("one", "散会。", "散会！\n\n（记录：张守渠）")


def with_better_rules(scene: Scene, rules: Callable[..., None]) -> None:
    taken_in(scene, rules)
    rules("【广告】", "【下载】", "会上又讲了别的事情。")


def with_documents_gone(scene: Scene, rules: Callable[..., None]) -> None:
    with_better_rules(scene, rules)
    for file in (scene.folder / "corpus" / "main").glob("two*.md"):
        file.unlink()


CASES = [
    pytest.param(lambda *_: None, ("import", "one.txt"), id="import"),
    pytest.param(lambda *_: None, ("import", "two.txt"), id="import-of-two-documents"),
    pytest.param(lambda *_: None, ("import", "one.txt", "two.txt", "other.txt"), id="import-of-a-batch"),
    pytest.param(with_documents_gone, ("import", "two.txt"), id="import-of-what-was-taken-out"),
    pytest.param(taken_in, ("import", "--again"), id="again-with-nothing-new"),
    pytest.param(with_better_rules, ("import", "--again"), id="again"),
    pytest.param(with_better_rules, ("import", "--again", "two-2"), id="again-by-name"),
    pytest.param(taken_in, ("import", "--replace", "one", "other.txt"), id="replace"),
    pytest.param(with_better_rules, ("import", "--replace", "two", "other.txt"), id="replace-one-of-two"),
    pytest.param(taken_in, ("undo", "one", "test.advert"), id="undo"),
    pytest.param(taken_in, ("undo", "two-2", "test.advert"), id="undo-in-one-of-two"),
]
KILLED_TWICE = ("import-of-two-documents", "import-of-what-was-taken-out", "again", "replace-one-of-two", "undo")
Set = Callable[[Scene, Callable[..., None]], None]


@pytest.mark.parametrize(("prepare", "command"), CASES)
def test_killed_command_leaves_a_sound_archive_and_the_same_again_ends_it(
    scene: Scene, rules: Callable[..., None], prepare: Set, command: tuple[str, ...]
) -> None:
    prepare(scene, rules)
    scene.keep()
    with killed_after(ENDLESS, scene.folder / "corpus") as steps:
        scene.do(*command)
    wanted = scene.state()
    assert len(steps) > 5
    assert scene.is_sound()
    for number in range(len(steps)):
        scene.reset()
        assert scene.stop(number, *command), number
        assert scene.is_sound(), number
        scene.do(*command)
        assert scene.state() == wanted, (number, steps[number])


@pytest.mark.parametrize(("prepare", "command"), [case for case in CASES if case.id in KILLED_TWICE])
def test_command_killed_twice_is_ended_by_the_third_run(
    scene: Scene, rules: Callable[..., None], prepare: Set, command: tuple[str, ...]
) -> None:
    prepare(scene, rules)
    scene.keep()
    with killed_after(ENDLESS, scene.folder / "corpus") as steps:
        scene.do(*command)
    wanted = scene.state()
    for number in range(1, len(steps), 4):
        for second in range(2, len(steps), 7):
            scene.reset()
            assert scene.stop(number, *command)
            scene.stop(second, *command)
            assert scene.is_sound(), (number, second)
            scene.do(*command)
            assert scene.state() == wanted, (number, second)


@pytest.mark.parametrize(("prepare", "command"), CASES)
def test_nothing_is_written_in_its_place(scene: Scene, rules: Callable[..., None], prepare: Set, command: tuple[str, ...]) -> None:
    """Every file is written under a name that ends in `.tmp`, or in a folder of such a name, and moved."""
    prepare(scene, rules)
    with killed_after(ENDLESS, scene.folder / "corpus") as steps:
        scene.do(*command)
    opened = [Path(path) for event, path in steps if event == "open"]
    assert opened
    assert [path for path in opened if not path.name.endswith(".tmp") and not path.parent.name.endswith(".tmp")] == []
