"""Every text ever served, append only."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given

from archive.document import Document, normal_body
from archive.metadata import Metadata
from archive.revisions import iter_revisions, keep_revision, read_revision
from tests.archive.faults import full_disk
from tests.archive.texts import nasty_texts, refusal, snapshot

ID_HINT = "1 to 64 of a-z 0-9 _ -, the first a letter or digit"


def document(body: str, name: str = "xiuqu") -> Document:
    """Make a document of its body."""
    return Document(name, "main", Metadata(id=name), body)


def test_revision_is_kept_once(tmp_path: Path) -> None:
    text = document("修渠\n")
    assert keep_revision(tmp_path, text) is True
    assert keep_revision(tmp_path, text) is False
    assert snapshot(tmp_path) == {f"xiuqu/{text.revision}.md": "修渠\n".encode()}


@given(nasty_texts.map(normal_body))
def test_sha_256_of_a_revision_file_begins_with_its_name(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "revisions"
    text = document(body)
    keep_revision(folder, text)
    file = folder / "xiuqu" / f"{text.revision}.md"
    assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(file.stem)


@given(nasty_texts.map(normal_body))
def test_revision_is_read_as_it_was_kept(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "revisions"
    text = document(body)
    keep_revision(folder, text)
    assert read_revision(folder, "xiuqu", text.revision) == body


def test_older_revisions_stay(tmp_path: Path) -> None:
    texts = [document(body) for body in ("修渠\n", "修渠。\n", "修路\n")]
    for text in texts:
        keep_revision(tmp_path, text)
    keep_revision(tmp_path, document("修渠\n", "another"))
    assert iter_revisions(tmp_path, "xiuqu") == tuple(sorted(text.revision for text in texts))


def test_document_never_served_has_no_revisions(tmp_path: Path) -> None:
    assert iter_revisions(tmp_path, "xiuqu") == ()


def test_unknown_revision_is_refused(tmp_path: Path) -> None:
    expected = ("unknown-document", "document 'xiuqu' has no revision 9f2c41ab07", "see its history")
    assert refusal(lambda: read_revision(tmp_path, "xiuqu", "9f2c41ab07")) == expected


@pytest.mark.parametrize(
    "damage", ["修路\n".encode(), "修渠\n".encode("gb18030"), b"", "\ufeff修渠\n".encode(), "修渠\r\n".encode()]
)
def test_damaged_revision_is_refused(tmp_path: Path, damage: bytes) -> None:
    text = document("修渠\n")
    keep_revision(tmp_path, text)
    (tmp_path / "xiuqu" / f"{text.revision}.md").write_bytes(damage)
    message = f"the kept text of xiuqu@{text.revision} is damaged"
    hint = f"restore {text.revision}.md from a backup or from git"
    assert refusal(lambda: read_revision(tmp_path, "xiuqu", text.revision)) == ("unknown-document", message, hint)


@pytest.mark.parametrize("name", ["../main", "", "A", "修渠", "a/b"])
def test_bad_document_id_is_refused(tmp_path: Path, name: str) -> None:
    expected = ("invalid-identifier", f"document id {name!r} is not well formed", ID_HINT)
    assert refusal(lambda: read_revision(tmp_path, name, "9f2c41ab07")) == expected
    assert refusal(lambda: iter_revisions(tmp_path, name)) == expected


@pytest.mark.parametrize("revision", ["../../main", "", "9F2C41AB07", "9f2c41ab07.md"])
def test_bad_revision_is_refused(tmp_path: Path, revision: str) -> None:
    message = f"revision {revision!r} is not well formed"
    expected = ("invalid-identifier", message, "ten hexadecimal digits, such as 9f2c41ab07")
    assert refusal(lambda: read_revision(tmp_path, "xiuqu", revision)) == expected


def test_full_disk_keeps_no_half_revision(tmp_path: Path) -> None:
    keep_revision(tmp_path, document("修渠\n"))
    before = snapshot(tmp_path)
    with full_disk():
        code, message, _ = refusal(lambda: keep_revision(tmp_path, document("修路\n")))
    assert (code, message.endswith(".md: No space left on device")) == ("storage-failed", True)
    assert snapshot(tmp_path) == before
