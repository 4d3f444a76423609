"""User errors, and problems collected while a batch goes on."""

from pathlib import Path

from archive import errors
from archive.errors import InvalidMetadata, Problem, UserError, problem_of


def kinds() -> list[type[UserError]]:
    """Every kind of user error that the archive knows."""
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, UserError)]


def test_each_kind_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) == 13
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if code != code.lower() or " " in code or "_" in code] == []


def test_user_error_carries_what_the_edge_presents() -> None:
    error = InvalidMetadata("date '2020年' is not well formed", hint="write 2020", span=(3, 8))
    assert str(error) == error.message == "date '2020年' is not well formed"
    assert (error.code, error.hint, error.span) == ("invalid-metadata", "write 2020", (3, 8))


def test_problem_names_file_and_line() -> None:
    problem = Problem("invalid-metadata", "line 3 is no YAML", Path("corpus/main/a.md"), line=3, hint="put it in quotes")
    assert str(problem) == "corpus/main/a.md:3: line 3 is no YAML (put it in quotes)"
    assert str(Problem("storage-failed", "cannot read the file", Path("a.md"))) == "a.md: cannot read the file"


def test_problem_of_an_error_is_fatal() -> None:
    error = InvalidMetadata("the file has no text", hint="write one paragraph per line")
    expected = Problem("invalid-metadata", "the file has no text", Path("a.md"), 7, "write one paragraph per line", fatal=True)
    assert problem_of(error, Path("a.md"), line=7) == expected
