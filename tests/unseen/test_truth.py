"""The judge's own truth: whole, well formed, and possible; and the judge sees each kind of fault."""

from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz.distance import Indel

from archive.dates import parse_date
from archive.metadata import FLAGS, KINDS
from tests.unseen.judge import FIELDS, Case, judge, load_cases, passages, squeeze

HERE = Path(__file__).parent
CASES = list(load_cases())
REPAIRED = {"gbk-off-by-one", "private-use"}
"""Tags of files whose truth holds characters that the file does not."""


def test_one_hundred_files_and_nothing_else() -> None:
    assert [case.name[:2] for case in CASES] == [f"{number:02}" for number in range(100)]
    named = {case.name for case in CASES} | {card["body_file"] for case in CASES for card in case.documents}
    assert named == {file.name for file in HERE.iterdir() if file.name[:2].isdigit()}
    regions = Counter(case.tags[0] for case in CASES)
    assert regions == {"mainland": 60, "taiwan": 15, "hongkong": 8, "mechanical": 10, "mixed": 4, "classical": 3}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_truth_is_possible(case: Case) -> None:
    raw, truth = squeeze(case.text), "".join(passage for body in case.bodies for passage in body)
    if not REPAIRED & set(case.tags):
        assert all(tag != "delete" for tag, *_ in Indel.opcodes(truth, raw)), "the truth holds what the file does not"
    assert 200 <= len(case.text) <= 3000
    assert all(optional in raw for optional in case.optional)
    if "clean" in case.tags:
        assert case.bodies == (passages(case.text),)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cards_are_well_formed(case: Case) -> None:
    for card in case.documents:
        assert set(FIELDS) <= set(card)
        assert card["kind"] in KINDS
        assert set(card["flags"]) <= set(FLAGS)
        assert set(card.get("lenient", ())) | set(card.get("also", {})) <= {*FIELDS, "flags"}
        for value in (card["date"], card["published_date"], *card.get("also", {}).get("date", ())):
            assert not value or str(parse_date(value)) == value


def truth_of(case: Case) -> list[str]:
    return ["\n\n".join(body) for body in case.bodies]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_judge_accepts_the_truth(case: Case) -> None:
    assert judge(case, truth_of(case)).right


def test_judge_sees_each_kind_of_fault() -> None:
    case = next(case for case in CASES if case.name.startswith("18"))
    (truth,) = truth_of(case)
    assert judge(case, [truth[:40] + truth[43:]]).harmed == 3
    assert judge(case, ["广告" + truth]).missed == 2
    assert judge(case, [truth.replace("\n\n", "", 1)]).breaks == 1
    assert judge(case, [truth[:60] + "\n\n" + truth[60:]]).breaks == 1
    assert judge(case, [truth[:60], truth[60:]]).documents == 1
    untouched = judge(case, [case.text])
    assert untouched.missed > 100
    assert untouched.harmed == 0


def test_judge_tells_harm_from_what_was_not_repaired() -> None:
    case = next(case for case in CASES if "gbk-off-by-one" in case.tags)
    untouched = judge(case, [case.text])
    assert untouched.harmed == 0
    assert untouched.broken > 0
