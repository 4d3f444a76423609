"""EngineContract: what every engine must do, in one place.

A subclass supplies the fixture `build`, which indexes documents and gives an open engine. Sets, totals, spans, facets and written
forms must equal the wording of plan.md 8 and 10; scores are an engine's own, so order is tested only where a rule names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from archive.document import Document
from archive.text_store import TextStore, write_text_store
from index.engine import FACETS, MOST_HITS, Engine, ResultsPage, SearchRequest, Total
from index.evaluation import Question
from index.query import AllOf, AnyOf, Bare, DateRange, Exact, Field, Fuzzy, Gap, Link, Near, Nothing, Query, Without
from tests.reference_engine import ReferenceEngine
from tests.strategies import make_document, searches

Build = Callable[[Sequence[Document]], Engine]
NewFolder = Callable[[], Path]

ENOUGH = 1_000
"""More passages than any document of these tests has."""


def write_store(folder: Path, documents: Iterable[Document]) -> TextStore:
    """Write a text store of documents in any order into an empty folder, and open it."""
    write_text_store(folder, sorted(documents, key=lambda document: document.id))
    return TextStore(folder)


def request(query: Query, *, mode: str = "text", scope: str = "document", **rest: object) -> SearchRequest:
    """Ask for everything that a query finds, passage by passage, unless told otherwise."""
    options = {"group": "none", "limit": MOST_HITS, **rest}
    return SearchRequest(Question(query, mode=mode, scope=scope), **options)  # type: ignore[arg-type]


def search(engine: Engine, query: Query, *, mode: str = "text", scope: str = "document", **rest: object) -> ResultsPage:
    return engine.search(request(query, mode=mode, scope=scope, **rest))


def names(page: ResultsPage) -> list[str]:
    """List the ids of the documents of a results page, in its order, each once."""
    return list(dict.fromkeys(hit.document.id for hit in page.hits))


def slices(page: ResultsPage) -> dict[str, dict[int | None, list[str]]]:
    """Show a results page as document → passage → what its spans cover."""
    shown: dict[str, dict[int | None, list[str]]] = {}
    for hit in page.hits:
        shown.setdefault(hit.document.id, {})[hit.passage] = [hit.text[start:end] for start, end in hit.spans]
    return shown


def places(page: ResultsPage) -> list[tuple[object, ...]]:
    """Give all that an engine says of each hit and that no engine may say otherwise, in one order for all."""
    hits = [(hit.document.id, hit.passage or 0, hit.source or (), hit.text, hit.block, hit.spans) for hit in page.hits]
    return sorted(hits, key=lambda hit: (hit[0], hit[1], hit[2]))


def matching(engine: Engine, query: Query, **rest: str) -> list[str]:
    """List the ids of the documents that match, sorted."""
    return sorted(names(search(engine, query, **rest)))


def one_line_each(texts: Mapping[str, str]) -> list[Document]:
    return [make_document(name, text) for name, text in texts.items()]


def exact_near(*parts: str, distance: int, ordered: bool = False) -> Near:
    return Near(tuple(map(Exact, parts)), (Link(distance, ordered),) * (len(parts) - 1))


# What 改革开放 finds: text, mode `text`, mode `loose`, mode `letters`.
MODES_TABLE = [
    ("同一串", "改革开放", True, True, True),
    ("繁体字", "改革開放", True, True, False),
    ("零宽字符", "改革\u200b开放", True, True, False),
    ("汉字间的空格", "改革 开放", True, True, False),
    ("顿号", "改革、开放", False, True, False),
    ("冒号", "改革：开放", False, True, False),
    ("引号", "“改革”开放", False, True, False),
    ("破折号", "改革——开放", False, True, False),
    ("符号", "改革+开放", False, True, False),
    ("句号", "改革。开放", False, False, False),
    ("问号", "改革?开放", False, False, False),
    ("分号", "改革；开放", False, False, False),
    ("别的字", "改革不开放", False, False, False),
]

BOOLEANS_TABLE = [
    pytest.param(AllOf((Exact("改革"), Exact("开放"))), ["both", "scattered"], id="and"),
    pytest.param(AnyOf((Exact("改革"), Exact("开放"))), ["both", "first", "scattered"], id="or"),
    pytest.param(Without(Exact("改革"), (Exact("开放"),)), ["first"], id="and-not"),
    pytest.param(Without(None, (Exact("改革"), Exact("开放"))), ["neither"], id="not-alone"),
    pytest.param(Without(None, (Without(None, (Exact("改革"),)),)), ["both", "first", "scattered"], id="not-not"),
    pytest.param(AllOf((Exact("改革"), Without(None, (Exact("开放"),)))), ["first"], id="and-of-a-not"),
    pytest.param(AnyOf((AllOf((Exact("改革"), Exact("开放"))), Exact("沿海"))), ["both", "neither", "scattered"], id="nested"),
    pytest.param(AllOf((Exact("改革"), Nothing())), [], id="and-nothing"),
    pytest.param(AnyOf((Exact("改革"), Nothing())), ["both", "first", "scattered"], id="or-nothing"),
]

NEAR_TABLE = [
    pytest.param(exact_near("改革", "开放", distance=3), ["改革", "开放", "开放", "改革"], id="near-in-any-order"),
    pytest.param(exact_near("改革", "开放", distance=3, ordered=True), ["改革", "开放"], id="before-in-this-order"),
    pytest.param(exact_near("改革", "开放", distance=1), [], id="too-far"),
    pytest.param(exact_near("改革", "开放", distance=2), ["改革", "开放"], id="just-near-enough"),
    pytest.param(exact_near("沿海", "改革", "开放", distance=3), ["沿海", "改革", "开放"], id="chain-of-three"),
    pytest.param(exact_near("沿海", "改革", "内地", distance=3), [], id="chain-that-is-broken"),
    pytest.param(Near((Exact("改革", not_before=("，",)), Exact("开放")), (Link(3, False),)), ["开放", "改革"], id="excluded"),
]

GAP_TABLE = [
    pytest.param(Gap(("改", "放"), ((0, 8),)), {"far": ["改一二三四五六七八放"], "next": ["改放"], "one": ["改开放"]}, id="star"),
    pytest.param(Gap(("改", "放"), ((1, 1),)), {"one": ["改开放"]}, id="question-mark"),
    pytest.param(Gap(("改", "開", "放"), ((0, 8), (0, 8))), {"one": ["改开放"]}, id="three-pieces"),
    pytest.param(Gap(("改", "\u200b"), ((0, 8),)), {}, id="piece-that-folds-to-nothing"),
]

EXCLUDED_TABLE = [
    pytest.param(Exact("舍利", not_before=("弗",)), {"relic": ["舍利"]}, id="not-before"),
    pytest.param(Exact("舍利", not_after=("见",)), {"disciple": ["舍利"]}, id="not-after"),
    pytest.param(Exact("舍利", not_before=("弗",), not_after=("見",)), {}, id="both-sides-in-any-script"),
    pytest.param(Exact("舍利", not_before=("\u200b",)), {"disciple": ["舍利"], "relic": ["舍利"]}, id="nothing-excluded"),
]

FUZZY_TABLE = [
    pytest.param(
        Fuzzy("改革开放", 1),
        {"extra": ["改革的开放"], "missing": ["改开放"], "same": ["改革開放"], "wrong": ["改革幵放"]},
        id="one",
    ),
    pytest.param(Fuzzy("改革开放", 0), {"same": ["改革開放"]}, id="none"),
    pytest.param(Fuzzy("改革开放事业", 2), {"same": ["改革開放"], "two": ["政革幵放事业"]}, id="two"),
]

FIELDS_TABLE = [
    pytest.param(Field("title", "發展"), ["a", "b"], id="part-of-a-title"),
    pytest.param(Field("title", "发展", whole=True), ["b"], id="whole-title"),
    pytest.param(Field("speaker", "張"), ["a", "c"], id="part-of-a-speaker"),
    pytest.param(Field("speaker", "张三", whole=True), ["a", "c"], id="one-of-two-speakers"),
    pytest.param(Field("organ", "國務院"), ["b"], id="organ"),
    pytest.param(Field("place", "台"), ["c"], id="place"),
    pytest.param(Field("event", "论坛"), ["c"], id="event"),
    pytest.param(Field("kind", "speech"), ["a"], id="kind"),
    pytest.param(Field("kind", "spee"), [], id="kind-must-be-equal"),
    pytest.param(Field("collection", "gazette"), ["b"], id="collection"),
    pytest.param(Field("script", "hant"), ["c"], id="script"),
    pytest.param(Field("id", "c"), ["c"], id="id"),
    pytest.param(Field("year", "2012"), ["a"], id="year"),
    pytest.param(Field("title", "\u200b"), [], id="text-that-folds-to-nothing"),
    pytest.param(DateRange("2012"), ["a", "b"], id="date-in-a-year"),
    pytest.param(DateRange("2012-11"), ["a", "b"], id="date-in-a-month"),
    pytest.param(DateRange("2012-11-09..2012-11-10"), ["b"], id="partial-date-overlaps"),
    pytest.param(DateRange("2013.."), ["b"], id="date-from"),
    pytest.param(DateRange("..2009"), [], id="date-until"),
]


class EngineContract:
    """Tests for one engine; the subclass has a fixture `build`."""

    @pytest.fixture
    def build(self) -> Build:
        raise NotImplementedError("a subclass indexes the documents and gives an open engine")

    @pytest.fixture
    def new_folder(self, tmp_path_factory: pytest.TempPathFactory) -> NewFolder:
        return lambda: tmp_path_factory.mktemp("engine")

    def follow(self, engine: Engine, store: TextStore) -> Engine:
        """Give the same index over the text store of the next generation; engines that hold no store need nothing."""
        return engine

    # -- strings -----------------------------------------------------------------------------------------------

    def test_exact_string_is_found_in_both_scripts(self, build: Build) -> None:
        engine = build(
            [make_document("hans", "着力推动发展。"), make_document("hant", "著力推動發展。"), make_document("no", "推而动")]
        )
        for typed in ("着力推动", "著力推動", "著⼒推动"):
            page = search(engine, Exact(typed))
            assert slices(page) == {"hans": {1: ["着力推动"]}, "hant": {1: ["著力推動"]}}
            assert page.total == Total(documents=2, passages=2, occurrences=2)

    def test_exact_string_is_found_across_words(self, build: Build) -> None:
        engine = build(one_line_each({"a": "中华人民共和国", "b": "共和", "c": "在中华", "d": "人民"}))
        assert slices(search(engine, Exact("民共"))) == {"a": {1: ["民共"]}}

    def test_single_character_is_found(self, build: Build) -> None:
        engine = build(
            [make_document("a", "我爱你", "爱，爱"), make_document("b", "愛"), make_document("c", "𠮷"), make_document("d", "A")]
        )
        assert slices(search(engine, Exact("爱"))) == {"a": {1: ["爱"], 2: ["爱", "爱"]}, "b": {1: ["愛"]}}
        assert slices(search(engine, Exact("𠮷"))) == {"c": {1: ["𠮷"]}}
        assert slices(search(engine, Exact("a"))) == {"d": {1: ["A"]}}

    def test_punctuation_counts_in_text_mode(self, build: Build) -> None:
        engine = build(one_line_each({"comma": "改革，开放", "half": "改革,开放", "none": "改革开放", "stop": "改革。开放"}))
        assert matching(engine, Exact("改革，开放")) == ["comma", "half"]
        assert matching(engine, Exact("改革开放")) == ["none"]
        assert matching(engine, Exact("。")) == ["stop"]

    @pytest.mark.parametrize("mode", ["text", "loose", "letters"])
    def test_mode_decides_what_may_differ(self, build: Build, mode: str) -> None:
        engine = build([make_document(f"d-{number:02}", row[1]) for number, row in enumerate(MODES_TABLE)])
        column = {"text": 2, "loose": 3, "letters": 4}[mode]
        found = matching(engine, Exact("改革开放"), mode=mode)
        assert [MODES_TABLE[int(name[2:])][0] for name in found] == [row[0] for row in MODES_TABLE if row[column]]

    def test_loose_mode_drops_marks_of_the_query_too(self, build: Build) -> None:
        engine = build([make_document("a", "改革开放"), make_document("b", "改革", "开放")])
        page = search(engine, Exact("改革、“开放”！"), mode="loose")
        assert slices(page) == {"a": {1: ["改革开放"]}}
        assert search(engine, Exact("——"), mode="loose").total == Total()

    def test_letters_leaf_is_exact_in_every_mode(self, build: Build) -> None:
        engine = build([make_document("hans", "发展"), make_document("hant", "發展"), make_document("mark", "發，展")])
        for mode in ("text", "loose", "letters"):
            assert matching(engine, Exact("發展", letters=True), mode=mode) == ["hant"]

    def test_spans_cover_what_the_source_has(self, build: Build) -> None:
        engine = build([make_document("a", "先\u200b發\u200b展 \u3000了，", "ＧＤＰ　　growth, gdp growth")])
        assert slices(search(engine, Exact("发展了"))) == {"a": {1: ["發\u200b展 \u3000了"]}}
        assert slices(search(engine, Exact("GDP growth"))) == {"a": {2: ["ＧＤＰ　　growth", "gdp growth"]}}
        assert search(engine, Exact("GDPgrowth")).total == Total()

    def test_occurrences_of_a_string_do_not_overlap(self, build: Build) -> None:
        engine = build([make_document("a", "哈哈哈哈哈")])
        page = search(engine, Exact("哈哈"))
        assert page.hits[0].spans == ((0, 2), (2, 4))
        assert page.total == Total(documents=1, passages=1, occurrences=2)

    def test_string_that_folds_to_nothing_finds_nothing(self, build: Build) -> None:
        engine = build([make_document("a", "发\u200b展 了")])
        for query in (Exact(""), Exact("\u200b"), Exact(" "), Bare("\ufeff"), Fuzzy("\u200b", 1)):
            assert search(engine, query).total == Total()

    def test_query_characters_are_plain_text(self, build: Build) -> None:
        signs = [*"\"'“”「」()（）[]{}<>*?~^-－+=＝:：&|!\\/.,%_$#@\t"]
        texts = [f"前{sign}后" for sign in signs] + ["前 OR 后", "前 AND 后", "前NEAR/7后", "title:后", "[前 TO 后]"]
        engine = build([make_document("all", *texts)])
        for text in texts:
            assert text in search(engine, Exact(text, letters=True)).hits[0].text
            assert search(engine, Exact(text)).total.documents == 1

    # -- bare text ---------------------------------------------------------------------------------------------

    def test_bare_text_is_the_whole_string_or_all_its_words(self, build: Build) -> None:
        engine = build(
            [
                make_document("far", "鄉村的變化", "振興經濟"),
                make_document("half", "只有乡村"),
                make_document("whole", "推进乡村振兴", "乡村要振兴"),
            ]
        )
        page = search(engine, Bare("乡村振兴"))
        assert slices(page) == {
            "far": {1: ["鄉村"], 2: ["振興"]},
            "whole": {1: ["乡村振兴"], 2: ["乡村", "振兴"]},
        }

    def test_bare_text_of_one_character_is_that_character(self, build: Build) -> None:
        engine = build(one_line_each({"a": "的确", "b": "目的", "c": "没有"}))
        assert matching(engine, Bare("的")) == ["a", "b"]

    def test_bare_text_without_words_must_stand_whole(self, build: Build) -> None:
        engine = build(one_line_each({"a": "甲乙丙丁", "b": "甲丙乙丁"}))
        assert matching(engine, Bare("甲乙丙")) == ["a"]

    # -- booleans and scopes -----------------------------------------------------------------------------------

    @pytest.mark.parametrize(("query", "expected"), BOOLEANS_TABLE)
    def test_booleans_work_on_documents(self, build: Build, query: Query, expected: list[str]) -> None:
        engine = build(
            [
                make_document("both", "改革和開放"),
                make_document("first", "只有改革"),
                make_document("neither", "沿海"),
                make_document("scattered", "改革", "之后", "開放"),
            ]
        )
        assert matching(engine, query) == expected

    def test_spans_are_those_of_every_positive_leaf(self, build: Build) -> None:
        engine = build([make_document("a", "改革与发展", "开放", "沿海"), make_document("b", "发展")])
        wanted = AnyOf((AllOf((Exact("改革"), Exact("开放"))), Exact("发展"), Exact("發展")))
        page = search(engine, Without(wanted, (Exact("内地"),)))
        assert slices(page) == {"a": {1: ["改革", "发展"], 2: ["开放"]}, "b": {1: ["发展"]}}
        assert page.total == Total(documents=2, passages=3, occurrences=4)

    def test_passage_scope_makes_booleans_work_on_passages(self, build: Build) -> None:
        engine = build([make_document("a", "改革", "开放", "改革开放", "改革发展"), make_document("b", "改革", "开放")])
        both = search(engine, AllOf((Exact("改革"), Exact("开放"))), scope="passage")
        assert slices(both) == {"a": {3: ["改革", "开放"]}}
        without = search(engine, Without(Exact("改革"), (Exact("开放"),)), scope="passage")
        assert slices(without) == {"a": {1: ["改革"], 4: ["改革"]}, "b": {1: ["改革"]}}
        assert without.total == Total(documents=2, passages=3, occurrences=3)

    def test_removed_text_is_counted_but_not_shown(self, build: Build) -> None:
        engine = build(
            [
                make_document("a", "发展", removed=["责任编辑：發展", "无关"]),
                make_document("b", "无关", removed=["发展\n发展"]),
            ]
        )
        page = search(engine, Exact("发展"))
        assert slices(page) == {"a": {1: ["发展"]}}
        assert page.total == Total(documents=1, passages=1, occurrences=1, removed=3)

    def test_removed_scope_searches_removed_text(self, build: Build) -> None:
        documents = [
            make_document("a", "发展", removed=["无关", "责任编辑：發展"]),
            make_document("b", "发展"),
            make_document("c", "开放", removed=["发展", "改革"]),
        ]
        page = search(build(documents), AllOf((Exact("发展"), Without(None, (Exact("改革"),)))), scope="removed")
        assert [(hit.document.id, hit.passage, hit.text, hit.spans) for hit in page.hits] == [
            ("a", None, "责任编辑：發展", ((5, 7),))
        ]
        piece = documents[0].removed[1]
        assert page.hits[0].source == (piece.source, piece.span)
        assert page.total == Total(documents=1, passages=1, occurrences=1)

    # -- near, gaps, exclusions, near forms --------------------------------------------------------------------

    @pytest.mark.parametrize(("query", "expected"), NEAR_TABLE)
    def test_near_finds_the_places_of_complete_chains(self, build: Build, query: Query, expected: list[str]) -> None:
        engine = build([make_document("a", "沿海改革，就开放。此后说起，开放一二三改革", "改革", "开放")])
        assert slices(search(engine, query)) == ({"a": {1: expected}} if expected else {})

    def test_near_keeps_the_letters_of_each_part(self, build: Build) -> None:
        engine = build([make_document("hans", "改革，开放"), make_document("hant", "改革，開放")])
        for typed, name in (("开放", "hans"), ("開放", "hant")):
            query = Near((Exact("改革"), Exact(typed, letters=True)), (Link(3, False),))
            assert slices(search(engine, query)) == {name: {1: ["改革", typed]}}

    def test_near_does_not_join_passages(self, build: Build) -> None:
        engine = build([make_document("a", "改革", "开放")])
        assert search(engine, exact_near("改革", "开放", distance=1000)).total == Total()

    @pytest.mark.parametrize(("query", "expected"), GAP_TABLE)
    def test_gap_is_as_wide_as_it_says(self, build: Build, query: Query, expected: dict[str, list[str]]) -> None:
        engine = build(
            one_line_each({"far": "改一二三四五六七八放", "farther": "改一二三四五六七八九放", "next": "改放", "one": "改开放"})
        )
        assert slices(search(engine, query)) == {name: {1: found} for name, found in expected.items()}

    @pytest.mark.parametrize(("query", "expected"), EXCLUDED_TABLE)
    def test_excluded_neighbours_are_left_out(self, build: Build, query: Query, expected: dict[str, list[str]]) -> None:
        engine = build(one_line_each({"disciple": "尊者舍利弗", "relic": "得见舍利"}))
        assert slices(search(engine, query)) == {name: {1: found} for name, found in expected.items()}

    @pytest.mark.parametrize(("query", "expected"), FUZZY_TABLE)
    def test_fuzzy_finds_damaged_strings(self, build: Build, query: Query, expected: dict[str, list[str]]) -> None:
        texts = {"extra": "改革的开放", "missing": "说改开放", "same": "是改革開放", "two": "政革幵放事业", "wrong": "改革幵放"}
        assert slices(search(build(one_line_each(texts)), query)) == {name: {1: found} for name, found in expected.items()}

    # -- metadata ----------------------------------------------------------------------------------------------

    @pytest.mark.parametrize(("query", "expected"), FIELDS_TABLE)
    def test_fields_and_dates_restrict(self, build: Build, query: Query, expected: list[str]) -> None:
        documents = [
            make_document("a", "为人民", title="论发展", speaker=["张三", "李四"], kind="speech", date="2012-11-08"),
            make_document("b", "发展经济", title="發展", organ="国务院", kind="report", date="201X", collection="gazette"),
            make_document("c", "發展經濟，建設國家", speaker=["張三"], place="臺北", event="發展論壇", date="XXXX-08-01"),
            make_document("d", "一"),
        ]
        assert matching(build(documents), query) == expected

    def test_fields_alone_give_documents_without_passages(self, build: Build) -> None:
        engine = build([make_document("a", "一", "二", kind="speech"), make_document("b", "一", kind="news")])
        page = search(engine, Field("kind", "speech"))
        assert slices(page) == {"a": {None: []}}
        assert page.hits[0].text == ""
        assert page.total == Total(documents=1)

    def test_facets_count_documents(self, build: Build) -> None:
        common = {"place": "北京", "kind": "speech"}
        engine = build(
            [
                make_document("a", "发展发展", "发展", date="2012-11-08", speaker=["张三", "李四"], **common),
                make_document("b", "發展與開放", date="2013", speaker=["李四", "李四"], collection="gazette", **common),
                make_document("c", "发展", date="201X"),
                make_document("d", "改革", date="2014"),
            ]
        )
        assert dict(search(engine, Exact("发展")).facets) == {
            "year": (("2013", 1), ("2012", 1)),
            "speaker": (("李四", 2), ("张三", 1)),
            "place": (("北京", 2),),
            "kind": (("speech", 2),),
            "collection": (("main", 2), ("gazette", 1)),
            "script": (("hans", 2), ("hant", 1)),
        }

    def test_forms_are_the_written_forms_with_their_counts(self, build: Build) -> None:
        engine = build(
            [
                make_document("a", "发展，發展，发\u200b展", "發 展"),
                make_document("b", "发展"),
                make_document("c", "ＧＤＰ  growth"),
            ]
        )
        assert search(engine, Exact("發展")).forms == (("发展", 3), ("發展", 2))
        assert search(engine, Exact("gdp growth")).forms == (("ＧＤＰ growth", 1),)

    # -- order and paging --------------------------------------------------------------------------------------

    def test_grouping_gives_each_document_its_best_passages(self, build: Build) -> None:
        engine = build([make_document("a", "发展", "无关", "发展和發展", "发展，发展", "发展发展发展"), make_document("b", "发展")])
        page = search(engine, Exact("发展"), group="document", per_document=3)
        assert {(hit.rank, hit.document.id) for hit in page.hits} == {
            (1, names(page)[0]),
            (2, names(page)[1]),
        }
        assert [hit.passage for hit in page.hits if hit.document.id == "a"] == [3, 5, 4]
        assert page.total == Total(documents=2, passages=5, occurrences=9)

    def test_ungrouped_passages_come_in_order_of_the_text(self, build: Build) -> None:
        engine = build([make_document("a", "发展", "无关", "发展和發展", "发展发展")])
        page = search(engine, Exact("发展"), group="none", per_document=1)
        assert [(hit.rank, hit.passage) for hit in page.hits] == [(1, 1), (2, 3), (3, 4)]

    @pytest.mark.parametrize("group", ["document", "none"])
    def test_pages_cover_everything_exactly_once(self, build: Build, group: str) -> None:
        engine = build([make_document(f"d-{number:02}", *["发展"] * (number % 3 + 1), "无关") for number in range(11)])
        whole = search(engine, Exact("发展"), group=group)
        collected, offset = [], 0
        while offset is not None:
            page = search(engine, Exact("发展"), group=group, limit=3, offset=offset)
            assert (page.total, page.facets, page.forms) == (whole.total, whole.facets, whole.forms)
            collected += page.hits
            offset = page.next_offset
        assert tuple(collected) == whole.hits
        assert len(collected) == 21

    def test_page_behind_the_end_is_empty(self, build: Build) -> None:
        page = search(build([make_document("a", "发展")]), Exact("发展"), offset=1)
        assert (page.hits, page.next_offset, page.total.documents) == ((), None, 1)

    def test_whole_string_ranks_before_its_words(self, build: Build) -> None:
        engine = build([make_document("a", "乡村。" * 20 + "振兴。" * 20), make_document("b", "一" * 500, "乡村振兴")])
        assert names(search(engine, Bare("乡村振兴"))) == ["b", "a"]

    def test_letters_as_typed_rank_before_other_forms(self, build: Build) -> None:
        engine = build([make_document("a", "发展发展发展"), make_document("b", "一" * 500 + "發展")])
        assert names(search(engine, Exact("發展"))) == ["b", "a"]
        assert names(search(engine, Exact("发展"))) == ["a", "b"]

    def test_ties_go_by_document_id(self, build: Build) -> None:
        engine = build([make_document(name, "一样的发展") for name in ("c", "a", "b")])
        assert names(search(engine, Exact("发展"))) == ["a", "b", "c"]

    def test_sort_by_date_puts_newest_first_and_undated_last(self, build: Build) -> None:
        dates = {"a": "", "b": "2012", "c": "2019-03-05", "d": "2012-11-08", "e": "XXXX-08-01", "f": "2019-03-05", "g": "2019-03"}
        engine = build([make_document(name, "发展", date=date) for name, date in dates.items()])
        page = search(engine, Exact("发展"), sort="date")
        assert [hit.document.id for hit in page.hits] == ["g", "c", "f", "b", "d", "a", "e"]
        assert [hit.rank for hit in page.hits] == [1, 2, 3, 4, 5, 6, 7]

    # -- edges -------------------------------------------------------------------------------------------------

    def test_empty_query_finds_nothing(self, build: Build) -> None:
        page = search(build([make_document("a", "发展", removed=["发展"])]), Nothing())
        assert page == ResultsPage(facets=dict.fromkeys(FACETS, ()))

    def test_no_documents(self, build: Build) -> None:
        engine = build([])
        assert search(engine, Exact("发展")) == ResultsPage(facets=dict.fromkeys(FACETS, ()))
        assert search(engine, Without(None, (Exact("发展"),))).total == Total()
        assert engine.info().documents == 0

    def test_one_document(self, build: Build) -> None:
        engine = build([make_document("a", "发")])
        assert slices(search(engine, Bare("發"))) == {"a": {1: ["发"]}}
        assert engine.info().documents == 1

    def test_update_adds_removes_and_replaces(self, build: Build, new_folder: NewFolder) -> None:
        engine = build([make_document("a", "发展"), make_document("b", "发展"), make_document("c", "旧的发展", removed=["发展"])])
        kept, added, replaced = make_document("a", "发展"), make_document("d", "發展"), make_document("c", "新的發展")
        store = write_store(new_folder(), [kept, added, replaced])
        engine = self.follow(engine, store)
        info = engine.update([document for document in store if document.id != "a"], ["b", "c"])
        page = search(engine, Exact("发展"))
        assert slices(page) == {"a": {1: ["发展"]}, "c": {1: ["發展"]}, "d": {1: ["發展"]}}
        assert page.total == Total(documents=3, passages=3, occurrences=3)
        assert search(engine, Exact("旧")).total == Total()
        assert (info.documents, engine.info().documents) == (3, 3)

    def test_progress_ends_when_all_is_done(self, build: Build, new_folder: NewFolder) -> None:
        engine = build([make_document("a", "发展"), make_document("b", "发展")])
        store = write_store(new_folder(), [make_document("a", "发展"), make_document("b", "开放"), make_document("c", "发展")])
        calls: list[tuple[int, int]] = []
        added = [document for document in store if document.id != "a"]
        self.follow(engine, store).update(added, ["b"], progress=lambda _, done, whole: calls.append((done, whole)))
        assert calls == [(1, 2), (2, 2)]

    # -- agreement ---------------------------------------------------------------------------------------------

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    @given(search_=searches())
    def test_any_query_finds_what_the_reference_finds(
        self, build: Build, new_folder: NewFolder, search_: tuple[list[Document], list[tuple[Query, str, str]]]
    ) -> None:
        corpus, asked = search_
        engine, reference = build(corpus), ReferenceEngine()
        reference.rebuild(write_store(new_folder(), corpus))
        try:
            for query, mode, scope in asked:
                for options in ({"group": "none"}, {"group": "document", "per_document": ENOUGH}, {"sort": "date"}):
                    found = search(engine, query, mode=mode, scope=scope, **options)
                    expected = search(reference, query, mode=mode, scope=scope, **options)
                    assert places(found) == places(expected)
                    assert found.total == expected.total
                    assert dict(found.facets) == dict(expected.facets)
                    assert found.forms == expected.forms
                    assert found.next_offset is None
                assert names(found) == names(expected)
        finally:
            engine.close()
