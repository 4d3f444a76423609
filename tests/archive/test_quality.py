"""Quality figures: clean texts score high, damaged ones low, and the flags say why."""

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given

from archive.metadata import FLAGS
from archive.quality import damage_flags, quality
from tests.archive.texts import SIMPLIFIED, TRADITIONAL, nasty_texts

PROSE = "会上商量的是明年的事：先修哪一段渠，后修哪一条路，钱从哪里来，工从哪里出，大家你一句我一句，争了三个晚上才有结果。"
BARE = "会上商量的是明年的事先修哪一段渠后修哪一条路钱从哪里来工从哪里出大家你一句我一句争了三个晚上才有结果"

WHOLE = [
    pytest.param(SIMPLIFIED, id="simplified"),
    pytest.param(TRADITIONAL, id="traditional"),
    pytest.param(PROSE * 20, id="one-line"),
    pytest.param(PROSE.replace("，", ",").replace("。", ".") * 20, id="ascii-marks"),
    pytest.param("春游曲\n渠水绕村流\n车声到夜休\n老人说旧事\n孩子数星斗\n" * 20, id="verse-without-marks"),
    pytest.param("| 月份 | 气温 | 雨量 |\n| 一月 | 三度 | 少 |\n" * 20, id="table"),
    pytest.param("张三　李四　王五　赵六　钱七　孙八　" * 20, id="roster"),
    pytest.param("性别：□男 □女\n是否本村：□是 □否\n□男□女", id="form"),
    pytest.param("这件事是你做的?他说不是。会上怎么说?没有说法。是不是先修渠?大家都说好。", id="ascii-question-marks"),
    pytest.param(
        "投资百万元，上亿元，每亩三百元，各个、这个、两个，个人、个别村，农户、田亩、公亩。（万元）", id="numbers-in-words"
    ),
    pytest.param("", id="nothing"),
    pytest.param("No Chinese at all? None.", id="english"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_whole_text_scores_high_and_has_no_flag(text: str) -> None:
    assert quality(text).figure >= 0.99
    assert damage_flags(text) == ()


DAMAGED = [
    pytest.param(BARE * 20, 0.6, ("no-punctuation",), id="no-punctuation"),
    pytest.param((BARE[:40] + "\ufffd" + BARE[40:]) * 20, 0.6, ("lost-characters", "no-punctuation"), id="both"),
    pytest.param(PROSE.replace("明年", "\ufffd年") * 5, 0.95, ("lost-characters",), id="replacement-characters"),
    pytest.param("修了“三条?”水渠，又和?“老渠”相接。", 0.9, ("lost-characters",), id="question-marks"),
    pytest.param("会上商量，村里推动水?建设，明年再修。", 0.95, ("lost-characters",), id="question-mark-among-full-width-marks"),
    pytest.param("渠边□水车，树下老人。", 0.95, ("lost-characters",), id="box"),
    pytest.param("新修水渠个、在修个，征收土地亩。", 0.95, ("lost-characters",), id="holes"),
]


@pytest.mark.parametrize(("text", "most", "flags"), DAMAGED)
def test_damaged_text_scores_lower_and_is_flagged(text: str, most: float, flags: tuple[str, ...]) -> None:
    assert quality(text).figure <= most
    assert damage_flags(text) == flags


def test_places_are_given() -> None:
    found = quality("修了\ufffd渠，征收土地亩。")
    assert (found.lost, found.missing) == ((2,), (9,))


def test_one_hole_is_no_flag() -> None:
    assert damage_flags("修了水渠，征收土地亩。") == ()


def test_unknown_private_use_lowers_the_figure() -> None:
    found = quality("昨\ue690天開會")
    assert found.private_use < 1
    assert found.figure < 1


@given(nasty_texts)
def test_figures_lie_between_0_and_1_and_flags_are_known(text: str) -> None:
    found = quality(text)
    parts = (found.figure, found.punctuation, found.characters, found.holes, found.private_use)
    assert all(0 <= part <= 1 for part in parts)
    assert set(damage_flags(text)) <= set(FLAGS)
    assert all(0 <= at < len(text) for at in found.lost + found.missing)


def test_clean_documents_of_every_corpus_score_high(shared: Path) -> None:
    figures: dict[str, list[float]] = defaultdict(list)
    for file in sorted((shared / "corpora").glob("*/*.txt")):
        figures[file.parent.name].append(quality(file.read_text(encoding="utf-8")).figure)
    for corpus, found in figures.items():
        assert sum(figure >= 0.9 for figure in found) >= 0.98 * len(found), corpus


EXPECTED = {"001": ("lost-characters",), "003": ("lost-characters",), "004": ("no-punctuation",), "000": (), "002": ()}


@pytest.mark.parametrize("sample", EXPECTED)
def test_samples_are_flagged(shared: Path, sample: str) -> None:
    (file,) = (shared / "samples").glob(f"{sample}_*")
    text = file.read_text(encoding="utf-8")
    assert damage_flags(text) == EXPECTED[sample]
    assert (quality(text).figure <= 0.6) == (sample == "004")
