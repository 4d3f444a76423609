"""The rules of furniture, measured: furniture of invented sites set into clean texts, and 5,000 clean sentences."""

import pytest

from archive.cleaning.furniture import find_furniture
from archive.cleaning.text import Text
from archive.edits import Edit
from tests.archive.cleaning.furniture_cases import CASES
from tests.archive.cleaning.furniture_table import clean_paragraphs, clean_sentences, count, harmed, table, trials


def found(text: str) -> list[Edit]:
    """Give the edits of furniture."""
    return list(find_furniture(Text(text)))


@pytest.mark.parametrize(("held", "recall"), [(False, 0.95), (True, 0.9)], ids=["tuned-on", "held-back"])
def test_table_of_rules(held: bool, recall: float) -> None:
    counts = count(found, trials([case for case in CASES if case.held is held], clean_paragraphs()))
    print(table(counts))
    right, wrong = sum(each.right for each in counts.values()), sum(each.wrong for each in counts.values())
    missed = sum(each.missed for each in counts.values())
    assert right / (right + wrong) >= 0.995
    assert right / (right + missed) >= recall


def test_no_clean_sentence_is_harmed() -> None:
    sentences = clean_sentences(5000)
    assert harmed(found, sentences) == {}
    print(f"{len(sentences)} sentences, none harmed")
