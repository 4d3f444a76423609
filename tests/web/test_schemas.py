"""The JSON Schemas in `web/schemas/`: strict, and true of what the product gives."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[2] / "web" / "schemas"
NAMES = ("search", "document", "error", "import", "check", "reindex", "cite", "info", "resolve")


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
        assert part["additionalProperties"] is False or "propertyNames" in part
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


def test_import_prints_what_its_schema_says(make_archive, yinde, tmp_path):
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("河水涨了。", encoding="utf-8")
    empty.write_bytes(b"")
    printed = json.loads(yinde(make_archive().folder, "import", "--json", good, empty, good, tmp_path / "missing.txt").stdout)
    assert faults("import", printed) == []
    assert [("error" in record, record.get("new")) for record in printed["files"]] == [
        (False, True),
        (True, None),
        (False, False),
        (True, None),
    ]


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


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("import", {"file": "x", "document": "x", "new": True, "encoding": "utf-8"}, {"file": "x", "document": "x", "new": True}),
        (
            "import",
            {"file": "x", "document": "x", "new": False, "encoding": ""},
            {"file": "x", "document": "X", "new": False, "encoding": ""},
        ),
    ],
)
def test_schema_of_imports_refuses(name, good, bad):
    assert faults(name, {"schema": 1, "files": [good]}) == []
    assert faults(name, {"schema": 1, "files": [bad]}) != []


def test_schema_of_references_refuses_a_place_for_what_is_gone(data):
    resolved = data("/resolve?ref=qingxi-2020@{old}¶7", headers={"Accept": "application/json"})
    assert resolved["status"] == "gone"
    assert faults("resolve", {**resolved, "passage": 4}) != []
    assert faults("resolve", {**resolved, "status": "same"}) != []
