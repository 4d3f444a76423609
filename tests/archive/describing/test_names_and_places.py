"""Names, offices and places: what a line or a name begins with."""

import pytest

from archive.describing.lines import Piece, Stretch, tidy
from archive.describing.names import is_name, is_office, read_byline
from archive.describing.places import called, find_places, place_at, places_at
from archive.describing.reading import Reading
from archive.folding import fold


def line(text: str) -> Stretch:
    """A document of one line."""
    return Stretch(Reading(text, ()), (Piece(text, 0),))


BYLINES = [
    ("国务院总理 李大成", "李大成", "国务院总理"),
    ("省长　王　伟", "王 伟", "省长"),
    ("中共邵阳市委书记  方明", "方明", "中共邵阳市委书记"),
    ("王伟（副市长）", "王伟", "副市长"),
    ("张三丰", "张三丰", None),
    ("欧阳明德", "欧阳明德", None),
    ("李小明同志", "李小明", None),
    ("自治区主席 旦增罗布", "旦增罗布", "自治区主席"),
    ("市长赵志强", "赵志强", "市长"),
    ("陳美華 主任", "陳美華", "主任"),
    ("市人民政府代市长", None, "市人民政府代市长"),
]


@pytest.mark.parametrize(("text", "name", "office"), BYLINES, ids=[case[0] for case in BYLINES])
def test_bylines_are_read(text: str, name: str | None, office: str | None) -> None:
    stretch = line(text)
    byline = read_byline(stretch)
    assert byline is not None
    assert (stretch.letters(*byline.name) if byline.name else None) == name
    assert (stretch.letters(*byline.office) if byline.office else None) == office


@pytest.mark.parametrize(
    "text", ["在全市大会上的讲话", "同志们：", "关于", "时间", "经济工作", "2020年", "会议室", "方案", "江苏", "高新区"]
)
def test_other_lines_are_no_bylines(text: str) -> None:
    assert read_byline(line(text)) is None


@pytest.mark.parametrize("office", ["主席", "总书记", "副主任", "委员", "县长", "董事长"])
def test_offices_are_no_names(office: str) -> None:
    assert is_office(fold(office))
    assert not is_name(fold(office))


PLACES = [
    ("岳阳市委", "岳阳", "prefecture", "湖南省"),
    ("望花區委", "望花", "county", "辽宁省"),
    ("吉林日报", "吉林省", "province", "吉林省"),
    ("吉林市政府", "吉林市", "prefecture", "吉林省"),
    ("广西壮族自治区人大", "广西壮族自治区", "province", "广西壮族自治区"),
    ("臺北市政府", "臺北市", "prefecture", "臺灣省"),
    ("香港特別行政區政府", "香港特別行政區", "province", "香港特別行政區"),
    ("湘西土家族苗族自治州人民政府", "湘西", "prefecture", "湖南省"),
]


@pytest.mark.parametrize(("text", "name", "level", "province"), PLACES, ids=[case[0] for case in PLACES])
def test_places_are_called_as_the_table_says(text: str, name: str, level: str, province: str) -> None:
    stretch = line(text)
    mention = place_at(stretch.folded)
    assert mention is not None
    assert (called(stretch, mention), mention.place.level, mention.place.province[0]) == (name, level, province)


def test_a_short_name_of_several_places_means_none() -> None:
    assert place_at("鼓楼") is None
    mention = place_at("鼓楼区")
    assert mention is not None
    assert len(mention.place.province) > 1


def test_places_behind_each_other_are_read_to_the_most_exact() -> None:
    assert [mention.place.name for mention in places_at("湖南省岳阳市汨罗市")] == ["湖南省", "岳阳市", "汨罗市"]


def test_words_and_parts_of_other_names_are_no_places_in_running_text() -> None:
    assert not list(find_places("资源节约，和平发展，南京路上，平安建设"))
    assert [mention.place.short for mention in find_places("从岳阳到汨罗")] == ["岳阳", "汨罗"]


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("在 2020 年大会上的讲话", "在2020年大会上的讲话"),
        ("有 关 事 项 的 通 知", "有关事项的通知"),
        ("全体(扩大) 会议 (摘要)", "全体(扩大)会议(摘要)"),
        ("2019-03-05 推動 Linux 會議", "2019-03-05 推動 Linux 會議"),
        ("关于做好\n收购工作的通知", "关于做好收购工作的通知"),
    ],
)
def test_spaces_that_only_set_words_are_left_out(written: str, tidied: str) -> None:
    assert tidy(written) == tidied
