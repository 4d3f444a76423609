"""The rooms of the house (plan.md 3): who may import what, read from the syntax trees, lazy imports included."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.store import init_archive
from index.rebuild import reindex

ROOT = Path(__file__).parents[1]
ROOMS = ("archive", "index", "web")


class Import(NamedTuple):
    """One imported module, and where."""

    file: str
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: import {self.module}"

    @property
    def top(self) -> str:
        """The first name of the module."""
        return self.module.partition(".")[0]


def modules(*rooms: str) -> list[Path]:
    """Every module of the rooms."""
    return [file for room in rooms for file in sorted((ROOT / room).rglob("*.py"))]


def imports_of(file: Path) -> Iterator[Import]:
    """Yield every import of a module, those inside functions too; relative ones are resolved."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            parent = ".".join([*above, *filter(None, [node.module])])
            names = [f"{parent}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "import_module", "importlib.import_module"):
            names = [node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "(computed)"]
        for name in names:
            yield Import(str(file.relative_to(ROOT)), getattr(node, "lineno", 0), str(name))


def imports(*rooms: str) -> list[Import]:
    """Every import in the rooms."""
    return [found for file in modules(*rooms) for found in imports_of(file)]


def show(found: list[Import]) -> str:
    """List imports one a line for a failure message."""
    return "\n" + "\n".join(map(str, found))


FORBIDDEN = [
    pytest.param("archive", "jieba rjieba opencc whoosh opensearchpy flask click werkzeug waitress index web", id="archive"),
    pytest.param("index", "flask click werkzeug waitress web", id="index"),
]


@pytest.mark.parametrize(("room", "names"), FORBIDDEN)
def test_room_imports_nothing_from_above(room: str, names: str) -> None:
    wrong = [found for found in imports(room) if found.top in names.split()]
    assert wrong == [], show(wrong)


HOMES = [
    pytest.param("jieba rjieba opencc", "index/analysis/", id="segmentation-and-script"),
    pytest.param("whoosh", "index/engines/whoosh/", id="whoosh"),
    pytest.param("opensearchpy", "index/engines/opensearch/", id="opensearch"),
    pytest.param("flask werkzeug jinja2 markupsafe click waitress babel", "web/", id="web"),
]


@pytest.mark.parametrize(("names", "home"), HOMES)
def test_library_is_imported_only_in_its_home(names: str, home: str) -> None:
    wrong = [found for found in imports(*ROOMS) if found.top in names.split() and not found.file.startswith(home)]
    assert wrong == [], show(wrong)


def home_of(file: str) -> str:
    """Name the module below archive/, or the package there, that a file belongs to."""
    return "/".join(file.split("/")[:2])


def test_library_of_the_archive_sits_in_one_module() -> None:
    third_party = [found for found in imports("archive") if found.top not in {*sys.stdlib_module_names, *ROOMS}]
    homes = {found.top: {home_of(other.file) for other in third_party if other.top == found.top} for found in third_party}
    wrong = [found for found in third_party if len(homes[found.top]) > 1]
    assert {"numpy", "yaml", "filelock"} <= homes.keys()
    assert wrong == [], show(wrong)


def test_no_import_is_computed() -> None:
    wrong = [found for found in imports(*ROOMS) if found.module == "(computed)"]
    assert wrong == [], show(wrong)


def test_every_imported_library_is_declared() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8").lower()
    packages = {
        "yaml": "pyyaml",
        "whoosh": "whoosh-reloaded",
        "opencc": "opencc-python-reimplemented",
        "opensearchpy": "opensearch-py",
    }
    brought = {"werkzeug": "flask", "jinja2": "flask", "markupsafe": "flask"}
    found = {found.top: found for found in imports(*ROOMS) if found.top not in {*sys.stdlib_module_names, *ROOMS}}
    wrong = [place for name, place in found.items() if f'"{packages.get(name, brought.get(name, name))}' not in declared]
    assert wrong == [], show(wrong)


def name_of(file: Path) -> str:
    """Name a module as it is imported."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_modules_import_each_other_in_no_circle() -> None:
    names = {name_of(file) for file in modules(*ROOMS)}
    graph = {}
    for file in modules(*ROOMS):
        imported = {found.module if found.module in names else found.module.rpartition(".")[0] for found in imports_of(file)}
        graph[name_of(file)] = imported & names - {name_of(file)}
    while leaves := [name for name, needed in graph.items() if not needed & graph.keys()]:
        for name in leaves:
            del graph[name]
    assert {name: sorted(needed & graph.keys()) for name, needed in graph.items()} == {}


HEAVY = ("jieba", "rjieba", "whoosh", "opencc", "opensearchpy", "flask", "click", "werkzeug", "index", "web")


def test_archive_loads_no_search_engine_and_no_web_framework() -> None:
    names = ", ".join(map(name_of, modules("archive")))
    code = f"import sys, {names}; print(*{{name.partition('.')[0] for name in sys.modules}} & set({HEAVY}))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


PARSERS = ("selectolax", "resiliparse", "pypdfium2", "mammoth")
ONLY_FOR_THE_INTAKE = (*PARSERS, "archive.describing", "archive.cleaning", "archive.importers")

READS = [
    pytest.param("import archive.text_store", (), id="text-store"),
    pytest.param("import web.cli", ("flask", "werkzeug", "jinja2", "whoosh", "jieba", "rjieba"), id="command-line"),
    pytest.param("from web.cli import main; main(['search', '河水'], standalone_mode=False)", ("flask",), id="search"),
    pytest.param("from web.cli import main; main(['show', 'jia'], standalone_mode=False)", ("flask",), id="show"),
    pytest.param("from web.cli import main; main(['cite', 'jia¶1'], standalone_mode=False)", ("flask",), id="cite"),
    pytest.param("from web.app import create_app; create_app().test_client().get('/d/jia')", (), id="pages"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one short text, indexed."""
    archive = init_archive(tmp_path_factory.mktemp("small"), name="small")
    (archive.corpus / "main").mkdir(parents=True)
    (archive.corpus / "main" / "jia.md").write_text("---\nid: jia\ntitle: 河水\n---\n\n河水又涨了。\n", encoding="utf-8")
    reindex(archive)
    return archive.folder


@pytest.mark.parametrize(("code", "others"), READS)
def test_reading_an_archive_loads_nothing_that_only_an_intake_needs(small: Path, code: str, others: tuple[str, ...]) -> None:
    """Start-up of a search is short because of this; a new import at the top of a module would undo it without a sound."""
    told = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "YINDE_ARCHIVE": str(small)}
    result = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    unwanted = tuple(f"{top}." for top in ONLY_FOR_THE_INTAKE + others)
    loaded = [name for name in result.stderr.split() if f"{name}.".startswith(unwanted)]
    assert loaded == []


# --------------------------------------------------------------------------------------------------------- docstrings

Definition = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public_definitions(node: Definition, name: str) -> Iterator[tuple[str, Definition]]:
    """Yield a module or class and what is public in it; magic methods and functions inside functions are left out."""
    yield name, node
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith("_"):
                yield from public_definitions(child, f"{name}.{child.name}")


def is_overload(node: Definition) -> bool:
    """Whether a function only states a type."""
    return not isinstance(node, ast.Module | ast.ClassDef) and any("overload" in ast.unparse(mark) for mark in node.decorator_list)


@pytest.mark.parametrize("room", ROOMS)
def test_everything_public_has_a_docstring(room: str) -> None:
    definitions = [
        (f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}: {name}", node)
        for file in modules(room)
        for name, node in public_definitions(ast.parse(file.read_text(encoding="utf-8")), file.stem)
    ]
    assert definitions
    assert [place for place, node in definitions if not ast.get_docstring(node) and not is_overload(node)] == []
