"""The keeper's commands: import, edit-log, undo, review; and an import that is killed."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from archive.store import init_archive
from tests.archive.texts import snapshot
from tests.web.conftest import Run

ROOT = Path(__file__).parents[2]
SPEECH = (
    "在全市水利工作会议上的讲话\n张守渠\n（2021年3月5日）\n同志们：\n"
    "今天召开全市水利工作会议，主要任务是总结去年工作，部署今年任务。\n"
    "一、认清形势\n去年全市修渠三百里，成绩来之不易。\n二、突出重点\n要修好东渠，管好西渠。\n谢谢大家！\n"
    "责任编辑：李小河\n"
)


def run(archive: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line on an archive."""
    command = [sys.executable, "-m", "web.cli", "--archive", str(archive), *words]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False, timeout=120)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    assert run(folder, "init", str(folder)).returncode == 0
    return folder


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    file = tmp_path / "speech.txt"
    file.write_text(SPEECH, encoding="utf-8")
    return file


def test_dry_run_writes_nothing(archive: Path, speech: Path) -> None:
    before = snapshot(archive)
    done = run(archive, "import", "--dry-run", "--json", str(speech))
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert record["dry_run"] is True
    assert record["files"][0]["documents"][0]["metadata"]["title"] == "在全市水利工作会议上的讲话"
    assert snapshot(archive) == before


def test_import_tells_what_it_did_and_undo_takes_it_back(archive: Path, speech: Path) -> None:
    done = run(archive, "import", "--json", str(speech))
    assert done.returncode == 0, done.stderr.decode()
    (document,) = json.loads(done.stdout)["files"][0]["documents"]
    assert document["document"] == "speech"
    assert document["edits"]["furniture.credit-line"] == 1
    log = json.loads(run(archive, "edit-log", "--json", "speech").stdout)
    (credit,) = [edit for edit in log["edits"] if edit["rule"] == "furniture.credit-line"]
    assert credit["text"].strip() == "责任编辑：李小河"
    file = archive / "corpus" / "main" / "speech.md"
    assert "责任编辑" not in file.read_text(encoding="utf-8")
    undone = run(archive, "undo", "speech", credit["edit"])
    assert undone.returncode == 0, undone.stderr.decode()
    assert file.read_text(encoding="utf-8").endswith("谢谢大家！\n\n责任编辑：李小河\n")
    again = run(archive, "import", "--again", "--json")
    assert json.loads(again.stdout)["documents"] == [
        {"document": "speech", "changed": False, "fields": [], "conflicts": [], "notices": []}
    ]


def test_piped_text_is_taken_in(archive: Path) -> None:
    done = run(archive, "import", "--json", "-", stdin=SPEECH.encode("gb18030"))
    assert done.returncode == 0, done.stderr.decode()
    (record,) = json.loads(done.stdout)["files"]
    assert (record["format"], record["encoding"]) == ("text", "gb18030")


def test_zip_with_bad_members_gives_the_good_ones(archive: Path, tmp_path: Path) -> None:
    packed = tmp_path / "papers.zip"
    with zipfile.ZipFile(packed, "w") as members:
        members.writestr("a/speech.txt", SPEECH)
        members.writestr("../outside.txt", SPEECH + "外")
        members.writestr("broken.pdf", b"%PDF-1.4 nothing")
    before = set(tmp_path.parent.rglob("outside*"))
    done = run(archive, "import", "--json", str(packed))
    assert done.returncode == 4
    files = json.loads(done.stdout)["files"]
    assert [record["documents"][0]["document"] for record in files if "documents" in record] == ["speech"]
    assert set(tmp_path.parent.rglob("outside*")) == before
    assert run(archive, "check").returncode in (0, 1)


def test_rule_that_is_switched_off_does_nothing(archive: Path, speech: Path) -> None:
    settings = archive / "archive.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'off = ["furniture.credit-line"]\n', encoding="utf-8")
    run(archive, "import", str(speech))
    assert "责任编辑：李小河" in (archive / "corpus" / "main" / "speech.md").read_text(encoding="utf-8")


def test_unknown_rule_is_named(archive: Path, speech: Path) -> None:
    settings = archive / "archive.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'off = ["furniture.creditline"]\n', encoding="utf-8")
    done = run(archive, "import", str(speech))
    assert done.returncode == 3
    assert b"rule 'furniture.creditline' is unknown" in done.stderr


def without_locks(folder: Path) -> dict[str, bytes]:
    """Everything in an archive that is not derived."""
    return {name: data for name, data in snapshot(folder).items() if not name.startswith(".yinde/")}


def test_killed_import_passes_check_and_ends_in_the_same_state(tmp_path: Path, yinde: Run) -> None:
    """Kill -9 at random moments while files are written; check finds nothing wrong, the same command ends as an undisturbed one.

    That no moment is left out is for test_stopping.py, which kills in the same process; here the process is a real one.
    """
    source = tmp_path / "in"
    source.mkdir()
    choose = random.Random(9)
    for number in range(40):
        paragraphs = [f"第{number}号渠第{line}段，长{choose.randrange(1000)}丈，须于年内修好。" for line in range(60)]
        two = "\n\n".join([f"在第{number}次会议上的讲话", "同志们：", *paragraphs, "责任编辑：李小河"])
        (source / f"talk-{number:02}.txt").write_text(two, encoding="utf-8")
    undisturbed = init_archive(tmp_path / "undisturbed", name="x").folder
    assert yinde(undisturbed, "import", source).exit_code == 0
    wanted = without_locks(undisturbed)
    stopped = 0
    for number in range(6):
        folder = init_archive(tmp_path / f"killed-{number}", name="x").folder
        command = [sys.executable, "-m", "web.cli", "--archive", str(folder), "import", str(source)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        for _ in range(choose.randrange(2, 100)):  # it tells two lines and more of each file that is in
            process.stderr.readline()
        time.sleep(choose.uniform(0, 0.01))
        process.kill()
        process.stderr.close()
        stopped += process.wait() == -signal.SIGKILL
        problems = json.loads(yinde(folder, "check", "--json").stdout)["problems"]
        assert [problem for problem in problems if problem["code"] != "metadata-missing"] == []
        assert yinde(folder, "import", source).exit_code == 0
        assert without_locks(folder) == wanted
        shutil.rmtree(folder)
    assert stopped >= 4
