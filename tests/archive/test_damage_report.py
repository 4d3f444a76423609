"""`check` names damaged texts, and where they are worst."""

from collections.abc import Callable

from archive.checking import check_archive
from archive.store import Archive

MakeArchive = Callable[..., Archive]
HEAD = "---\nid: a\ntitle: 纪要\ndate: 2020\nkind: speech\n---\n\n"
BARE = "东渠今年修了三十里西渠修了二十里北渠还没有动工各村要在冬天以前把石料备齐把人手排好明年开春一起上工" * 3


def test_damaged_text_is_named_with_its_worst_passages(make_archive: MakeArchive) -> None:
    (problem,) = check_archive(make_archive({"main/a.md": f"{HEAD}纪要\n\n{BARE}\n\n今天开会，讨论修渠。\n"}))
    assert (problem.code, problem.fatal) == ("text-damaged", False)
    assert problem.message.startswith("the text is damaged: quality 0.5")
    assert "little punctuation, most at ¶2 0.5" in problem.message


def test_whole_text_is_not_named(make_archive: MakeArchive) -> None:
    assert check_archive(make_archive({"main/a.md": f"{HEAD}纪要\n\n今天开会，讨论修渠。\n"})) == ()
