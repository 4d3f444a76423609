"""The JSON Schemas in `web/schemas/`: strict, and true of what the product gives."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.web.toy import CLEANED_RAW

FOLDER = Path(__file__).parents[2] / "web" / "schemas"
NAMES = (
    *("search", "document", "error", "import", "renewed", "edit-log", "review", "check", "reindex", "cite", "info", "resolve"),
)


@cache
def validator(name: str) -> Draft202012Validator:
    """Give the validator of one of NAMES."""
    return Draft202012Validator(json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")))


def faults(name: str, instance: object) -> list[str]:
    """List what a schema finds wrong with an instance."""
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(instance)]


def _parts(schema: object) -> Iterator[dict]:
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _parts(part)


# -- the schemas themselves ------------------------------------------------------------------------------------------------


def test_every_schema_file_has_a_name_here():
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.schema.json" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_one(name):
    Draft202012Validator.check_schema(validator(name).schema)
    assert validator(name).schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_strict(name):
    objects = [part for part in _parts(validator(name).schema) if part.get("type") == "object"]
    assert objects
    for part in objects:
        assert part.get("additionalProperties") is False or "propertyNames" in part
    patterns = [part["pattern"] for part in _parts(validator(name).schema) if isinstance(part.get("pattern"), str)]
    assert all(pattern[0] == "^" and pattern[-1] == "$" for pattern in patterns)


# -- search ----------------------------------------------------------------------------------------------------------------

SEARCHES = [
    {"q": "发展"},
    {"q": "發展", "mode": "letters"},
    {"q": "发展", "mode": "loose", "sort": "date", "limit": "2"},
    {"q": "发展", "group": "none", "limit": "3"},
    {"q": "发展", "in": "passage", "kind": ["news", "report"], "date": "2019..2021"},
    {"q": "发展", "in": "removed"},
    {"q": "扫码有礼 in:removed"},
    {"q": ""},
    {"q": "\u200b"},
    {"q": "没有这几个字"},
    {"q": "(发展 date:昨天 sort:大小"},
    {"q": "", "kind": "letter"},
    {"q": "kind:letter OR 谁都愿意多坐一会儿"},
    {"q": "修渠 -广告 place:清溪"},
    {"q": '~1 "账目张傍公布"'},
    {"q": "<script>alert(1)</script>"},
    {"q": "发" * 10_001},
]
_ids = [next(iter(query.values()))[:24] + " " + " ".join(list(query)[1:]) for query in SEARCHES]


@pytest.mark.parametrize("query", SEARCHES, ids=_ids)
def test_results_are_as_their_schema_says(data, query):
    assert faults("search", data("/search.json", query_string=query)) == []


@pytest.mark.parametrize("query", SEARCHES, ids=_ids)
def test_spans_lie_in_the_text_beside_them(data, query):
    for hit in data("/search.json", query_string=query)["hits"]:
        for beside in (hit, hit["snippet"]):
            assert all(0 <= start < end <= len(beside["text"]) for start, end in beside["spans"])
            assert beside["spans"] == sorted(beside["spans"])


def test_searches_cover_every_kind_of_hit_and_answer(data):
    found = [data("/search.json", query_string=query) for query in SEARCHES]
    hits = [hit for answer in found for hit in answer["hits"]]
    assert any(hit["passage"] for hit in hits)
    assert any("source" in hit for hit in hits)
    assert any(hit["passage"] is None and "source" not in hit for hit in hits)
    assert any(hit["text_start"] for hit in hits)
    assert any(answer["next"] for answer in found)
    assert any(not answer["hits"] for answer in found)
    assert {len(answer["query"]["notices"]) for answer in found} == {0, 1, 3}


def _set(*path):
    """Give a change of an instance: the last item of the path is put where the others lead."""
    *way, name, value = path

    def change(instance):
        for step in way:
            instance = instance[step]
        instance[name] = value

    return change


def _remove(*path):
    *way, name = path

    def change(instance):
        for step in way:
            instance = instance[step]
        del instance[name]

    return change


BREAKS = {
    "another schema": _set("schema", 2),
    "unknown key": _set("took_ms", 3),
    "unknown key in a hit": _set("hits", 0, "id", "x"),
    "unknown key in a total": _set("total", "pages", 1),
    "unknown facet": _set("facets", "organ", []),
    "facet gone": _remove("facets", "year"),
    "facet of nobody": _set("facets", "speaker", [["", 1]]),
    "facet without number": _set("facets", "speaker", [["陈望"]]),
    "kind unknown": _set("hits", 0, "kind", "poem"),
    "id in capitals": _set("hits", 0, "document", "Kaihui"),
    "revision too short": _set("hits", 0, "revision", "c5590bab5"),
    "revision in capitals": _set("hits", 0, "revision", "C5590BAB59"),
    "passage 0": _set("hits", 0, "passage", 0),
    "address without revision": _set("hits", 0, "url", "/d/kaihui#p1"),
    "address without passage": _set("hits", 0, "url", "/d/kaihui/c5590bab59"),
    "address elsewhere": _set("hits", 0, "url", "https://example.org/d/kaihui/c5590bab59#p1"),
    "passage null": _set("hits", 0, "passage", None),
    "source beside a passage": _set("hits", 0, "source", "0123456789abcdef"),
    "hit without spans": _set("hits", 0, "spans", []),
    "span of three": _set("hits", 0, "spans", [[0, 2, 4]]),
    "span below 0": _set("hits", 0, "spans", [[-1, 2]]),
    "text too long": _set("hits", 0, "text", "字" * 10_001),
    "snippet too long": _set("hits", 0, "snippet", "text", "字" * 121),
    "date in words": _set("hits", 0, "date", "去年"),
    "place null": _set("hits", 0, "place", None),
    "cursor with a slash": _set("next", "bz/I"),
    "cursor empty": _set("next", ""),
    "next gone": _remove("next"),
    "total negative": _set("total", "removed", -1),
}


@pytest.mark.parametrize("name", BREAKS)
def test_schema_of_results_refuses(data, name):
    found = data("/search.json?q=发展")
    broken = copy.deepcopy(found)
    BREAKS[name](broken)
    assert faults("search", found) == []
    assert faults("search", broken) != []


@pytest.mark.parametrize(
    "change", [_remove("source"), _remove("span"), _set("passage", 1), _set("url", "/d/hebutou/0123456789#p1")]
)
def test_schema_of_results_wants_source_and_span_of_a_removed_piece(data, change):
    found = data("/search.json?q=扫码有礼&in=removed")
    change(found["hits"][0])
    assert faults("search", found) != []


# -- documents and errors --------------------------------------------------------------------------------------------------


def test_every_document_is_as_its_schema_says(data):
    names = ("biji", "changhua", "duizhao", "hebutou", "jiaxin", "kaihui", "linjiang-2019", "liuyan", "qingxi-2020")
    for name in names:
        assert faults("document", data(f"/d/{name}.json")) == []


def test_passages_of_a_reference_are_as_the_schema_of_documents_says(toy, yinde):
    for reference in ("qingxi-2020", f"qingxi-2020@{toy.old}", f"qingxi-2020@{toy.old}¶2-4", "jiaxin¶1"):
        printed = json.loads(yinde(toy.archive.folder, "show", "--json", reference).stdout)
        assert faults("document", printed) == []


@pytest.mark.parametrize(
    "change",
    [
        _set("metadata", "year", "2020"),
        _set("metadata", "speaker", "陈望"),
        _set("metadata", "date", "昨天"),
        _remove("metadata", "title"),
        _set("passages", []),
        _set("passages", 0, "n", 0),
        _set("passages", 0, "block", "verse"),
        _set("passages", 0, "level", 1),
        _set("passages", 0, "text", ""),
        _set("revision", None),
    ],
)
def test_schema_of_documents_refuses(data, change):
    shown = data("/d/qingxi-2020.json")
    change(shown)
    assert faults("document", shown) != []


@pytest.mark.parametrize(
    "address",
    [
        "/d/nix.json",
        "/search.json?q=x&mode=loud",
        '/search.json?q="x&strict=1',
        "/d/Nix.json",
        "/search.json?q=x&limit=0",
        "/no.json",
    ],
)
def test_errors_are_as_their_schema_says(client, address):
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert faults("error", json.loads(response.text)) == []


@pytest.mark.parametrize(
    "change", [_remove("hint"), _remove("span"), _set("message", ""), _set("code", "Not Found"), _set("status", 404)]
)
def test_schema_of_errors_refuses(client, change):
    response = json.loads(client.get("/d/nix.json").text)
    change(response["error"])
    assert faults("error", response) != []


# -- the other commands ----------------------------------------------------------------------------------------------------


TALK = "\n".join(
    [
        "当前位置：首页 > 新闻 > 正文",
        "在全市水利工作会议上的讲话（摘要）（全文9500字）",
        "张守渠",
        "（2021年3月5日）",
        "发布时间：2021-03-06　来源：河边日报　https://www.example.org/a/1.html",
        "同志们：",
        "今天开会，主要任务是部署今年的工作，，把东渠修好。□□",
        "谢谢大家！",
        "责任编辑：李小河",
    ]
)
PARAGRAPHS = (
    "今天把大家请到老槐树下来，是想商量今年冬天修渠的事情，请大家都说说自己的想法，说完再定。",
    "东渠是老渠，年年漏水，去年春灌时有三十亩地没浇上，今年入冬以前一定要把漏水的地方全部补好。",
    "同志们，路修好了，渠通了水，让我们一起把村里的日子过好，为河边村的明天共同努力！",
)
TWO = "\n\n".join("\n".join([f"在{place}修渠动员大会上的讲话", "同志们：", *PARAGRAPHS]) for place in ("河东村", "河西村"))
PAGE = (
    "<html><head><meta charset='utf-8'><title>修渠</title><link rel='canonical' href='https://www.example.org/a/2.html'></head>"
    f"<body><h1>修渠动员会召开</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>"
)


@pytest.fixture
def batch(tmp_path):
    """Files of many kinds: two documents in one, a page, bad bytes, an empty file, the same twice, one that is not there."""
    files = {
        "talk.txt": TALK.encode(),
        "two.txt": TWO.encode("gb18030"),
        "page.html": PAGE.encode(),
        "notes.md": "# 笔记\n\n河水**涨**了。\n".encode(),
        "scratched.txt": "河水涨了。".encode() * 9 + b"\xff" + "河水退了。".encode(),
        "empty.txt": b"",
        "same.txt": TALK.encode(),
        "seen.txt": CLEANED_RAW.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return [*(tmp_path / name for name in files), tmp_path / "missing.txt"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_import_prints_what_its_schema_says(make_archive, yinde, batch, dry_run):
    printed = json.loads(yinde(make_archive().folder, "import", "--json", *["--dry-run"] * dry_run, *batch).stdout)
    assert faults("import", printed) == []
    assert printed["dry_run"] is dry_run
    assert [("error" in record, record.get("new"), len(record.get("documents", ()))) for record in printed["files"]] == [
        *[(False, True, 1), (False, True, 2), (False, True, 1), (False, True, 1), (False, True, 1)],
        *[(True, None, 0), (False, False, 1), (False, True, 1), (True, None, 0)],
    ]


def test_imports_cover_every_part_of_their_schema(make_archive, yinde, batch):
    files = json.loads(yinde(make_archive().folder, "import", "--json", *batch).stdout)["files"]
    documents = [document for record in files for document in record.get("documents", ()) if "metadata" in document]
    assert {record["format"] for record in files if "format" in record} == {"text", "html", "markdown"}
    assert {record["encoding"] for record in files if "encoding" in record} == {"utf-8", "gb18030"}
    assert any(record.get("unreadable") for record in files)
    talk = documents[0]
    assert {"title", "speaker", "date", "kind", "language", "published"} <= talk["metadata"].keys()
    assert any("captured" in document["metadata"] for document in documents)
    assert talk["announced"] == 9500
    assert 0 < talk["share"] < 0.1
    assert "abridged" in talk["flags"]
    assert all(talk["characters"][name] for name in ("kept", "removed", "repaired"))
    assert talk["edits"]["furniture.credit-line"] >= 1
    assert any(document["review"] for document in documents)


IMPORT_BREAKS = {
    "another schema": _set("schema", 2),
    "no word of a dry run": _remove("dry_run"),
    "unknown key": _set("took_ms", 3),
    "unknown key in a file": _set("files", 0, "size", 3),
    "both new and an error": _set("files", 0, "error", {"code": "x", "message": "x", "hint": None, "span": None}),
    "unknown format": _set("files", 0, "format", "rtf"),
    "no document": _set("files", 0, "documents", []),
    "id in capitals": _set("files", 0, "documents", 0, "document", "Talk"),
    "unknown field": _set("files", 0, "documents", 0, "metadata", "author", "张守渠"),
    "one speaker, no list": _set("files", 0, "documents", 0, "metadata", "speaker", "张守渠"),
    "unknown flag": _set("files", 0, "documents", 0, "flags", ["torn"]),
    "quality above one": _set("files", 0, "documents", 0, "quality", 1.5),
    "nothing announced": _set("files", 0, "documents", 0, "announced", 0),
    "fewer than none kept": _set("files", 0, "documents", 0, "characters", "kept", -1),
    "edits of no rule": _set("files", 0, "documents", 0, "edits", {"Credit": 1}),
    "no edits of a rule": _set("files", 0, "documents", 0, "edits", {"furniture.notice": 0}),
    "doubt without candidates": _set(
        "files", 0, "documents", 0, "review", [{"field": "date", "why": "ambiguous", "candidates": []}]
    ),
}


@pytest.mark.parametrize("name", IMPORT_BREAKS)
def test_schema_of_imports_refuses(make_archive, yinde, batch, name):
    printed = json.loads(yinde(make_archive().folder, "import", "--json", batch[0]).stdout)
    assert faults("import", printed) == []
    IMPORT_BREAKS[name](printed)
    assert faults("import", printed) != []


@pytest.fixture
def keeper(make_archive, yinde, batch):
    """Give a function that runs a keeper's command on an archive that holds the batch; and gives what it prints, read."""
    archive = make_archive()
    yinde(archive.folder, "import", *batch)

    def run(*words):
        return json.loads(yinde(archive.folder, *words).stdout)

    run.archive = archive
    return run


def test_again_replace_and_undo_print_what_their_schema_says(keeper, batch):
    talk = keeper.archive.corpus / "main" / "talk.md"
    talk.write_text(talk.read_text(encoding="utf-8").replace("谢谢大家！", "谢谢各位！"), encoding="utf-8")
    better = batch[0].with_name("better.txt")
    better.write_text(TALK.replace("谢谢大家！", "谢谢大家！！").replace("2021年3月5日", "2021年3月4日"), encoding="utf-8")
    printed = [
        keeper("import", "--again", "--json"),
        keeper("import", "--again", "--dry-run", "--json", "talk", "nix"),
        keeper("import", "--replace", "talk", "--dry-run", "--json", better),
        keeper("import", "--replace", "talk", "--json", better),
        keeper("undo", "--dry-run", "--json", "talk", "furniture.credit-line"),
        keeper("undo", "--json", "talk", "furniture.credit-line"),
        keeper("undo", "--json", "talk", "furniture.credit-line"),
        keeper("import", "--replace", "talk", "--json", batch[-1]),
    ]
    assert [faults("renewed", each) for each in printed] == [[]] * len(printed)
    assert [[each["dry_run"], sum(row["changed"] for row in each["documents"]), len(each["failed"])] for each in printed] == [
        *([False, 0, 0], [True, 0, 1], [True, 1, 0], [False, 1, 0], [True, 1, 0], [False, 1, 0], [False, 0, 0], [False, 0, 1]),
    ]
    (row,) = printed[3]["documents"]
    assert {"date", "captured"} <= set(row["fields"])
    assert [each["offered"] for each in row["conflicts"]] == [["谢谢大家！！"]]


RENEWED = {
    "schema": 1,
    "dry_run": False,
    "documents": [
        {"document": "a", "changed": True, "fields": ["date"], "conflicts": [{"passage": 1, "offered": ["x"]}], "notices": ["x"]}
    ],
    "failed": [{"file": "a", "error": {"code": "unreadable-source", "message": "x", "hint": None, "span": None}}],
}
RENEWED_BREAKS = {
    "no word of a dry run": _remove("dry_run"),
    "unknown key": _set("documents", 0, "new", True),
    "id in capitals": _set("documents", 0, "document", "A"),
    "changed in words": _set("documents", 0, "changed", "yes"),
    "passage 0": _set("documents", 0, "conflicts", 0, "passage", 0),
    "offer of nothing": _set("documents", 0, "conflicts", 0, "offered", [""]),
    "failure without error": _remove("failed", 0, "error"),
    "code in words": _set("failed", 0, "error", "code", "Not found"),
}


@pytest.mark.parametrize("name", RENEWED_BREAKS)
def test_schema_of_what_is_read_again_refuses(name):
    broken = copy.deepcopy(RENEWED)
    RENEWED_BREAKS[name](broken)
    assert faults("renewed", RENEWED) == []
    assert faults("renewed", broken) != []


@pytest.mark.parametrize("name", ["talk", "two", "two-2", "page", "notes", "scratched"])
def test_edit_log_prints_what_its_schema_says(keeper, name):
    few, every = keeper("edit-log", "--json", name), keeper("edit-log", "--all", "--json", name)
    assert (faults("edit-log", few), faults("edit-log", every)) == ([], [])
    assert [edit for edit in every["edits"] if edit in few["edits"]] == few["edits"]
    assert every["document"] == name


EDIT_BREAKS = {
    "unknown key": _set("edits", 0, "offset", 3),
    "id too short": _set("edits", 0, "edit", "0fe1"),
    "rule without family": _set("edits", 0, "rule", "notice"),
    "no reason": _set("edits", 0, "reason", ""),
    "surer than sure": _set("edits", 0, "confidence", 2),
    "span of three": _set("edits", 0, "span", [0, 1, 2]),
    "span below 0": _set("edits", 0, "span", [-1, 2]),
    "text gone": _remove("edits", 0, "text"),
    "source in full": _set("source", "0" * 64),
}


@pytest.mark.parametrize("name", EDIT_BREAKS)
def test_schema_of_edit_logs_refuses(keeper, name):
    printed = keeper("edit-log", "--json", "talk")
    assert faults("edit-log", printed) == []
    EDIT_BREAKS[name](printed)
    assert faults("edit-log", printed) != []


def test_review_prints_what_its_schema_says(keeper):
    printed = keeper("review", "--json")
    assert faults("review", printed) == []
    assert printed["fields"]
    name = printed["fields"][0]["document"]
    one = keeper("review", "--json", name)
    assert one["fields"] == [row for row in printed["fields"] if row["document"] == name]


REVIEW_BREAKS = {
    "unknown key": _set("fields", 0, "file", "x"),
    "document gone": _remove("fields", 0, "document"),
    "field in capitals": _set("fields", 0, "field", "Date"),
    "reason unknown": _set("fields", 0, "why", "dunno"),
    "no candidate": _set("fields", 0, "candidates", []),
    "candidate without value": _set("fields", 0, "candidates", 0, "value", ""),
    "candidate without place": _remove("fields", 0, "candidates", 0, "span"),
}


@pytest.mark.parametrize("name", REVIEW_BREAKS)
def test_schema_of_reviews_refuses(keeper, name):
    printed = keeper("review", "--json")
    REVIEW_BREAKS[name](printed)
    assert faults("review", printed) != []


def test_check_and_reindex_print_what_their_schemas_say(make_archive, yinde):
    archive = make_archive(
        {"main/jia.txt": "河水涨了。\n", "main/yi.md": "---\ndate: 昨天\n---\n河水退了。\n", "main/wu.md": b"\xff"}
    )
    problems = json.loads(yinde(archive.folder, "check", "--json").stdout)
    assert faults("check", problems) == []
    assert {problem["fatal"] for problem in problems["problems"]} == {True, False}
    for way in ("rebuild", "nothing"):
        report = json.loads(yinde(archive.folder, "reindex", "--json").stdout)
        assert (report["way"], faults("reindex", report)) == (way, [])


def test_clean_check_prints_what_its_schema_says(make_archive, yinde):
    printed = json.loads(yinde(make_archive().folder, "check", "--json").stdout)
    assert (printed, faults("check", printed)) == ({"schema": 1, "problems": []}, [])


def test_info_prints_what_its_schema_says(toy, yinde):
    assert faults("info", json.loads(yinde(toy.archive.folder, "info", "--json").stdout)) == []


@pytest.mark.parametrize("reference", ["qingxi-2020¶4", "linjiang-2019¶2", "jiaxin¶1", "liuyan¶2"])
def test_cite_prints_what_its_schema_says(toy, yinde, reference):
    assert faults("cite", json.loads(yinde(toy.archive.folder, "cite", "--json", reference).stdout)) == []


@pytest.mark.parametrize("number", range(1, 8))
def test_resolve_answers_what_its_schema_says(data, number):
    resolved = data(f"/resolve?ref=qingxi-2020@{{old}}¶{number}", headers={"Accept": "application/json"})
    assert faults("resolve", resolved) == []


def test_schema_of_references_refuses_a_place_for_what_is_gone(data):
    resolved = data("/resolve?ref=qingxi-2020@{old}¶7", headers={"Accept": "application/json"})
    assert resolved["status"] == "gone"
    assert faults("resolve", {**resolved, "passage": 4}) != []
    assert faults("resolve", {**resolved, "status": "same"}) != []
