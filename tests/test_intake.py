"""The intake on real documents: what the five samples must give, the tiling law on every corpus file, counts by brute force.

The referee decodes the bytes and counts with `str.find`; it shares no code with cleaning.
"""

import json
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

from archive.edits import HIDDEN, tile
from archive.folding import fold
from archive.importers import extract
from archive.intake import Draft, Intake, take_apart

SHARED = Path(__file__).parents[2] / "shared"
needs_samples = pytest.mark.skipif(not (SHARED / "samples").is_dir(), reason="../shared/samples is not there")
needs_corpora = pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="../shared/corpora is not there")


def sample(number: str) -> Intake:
    """Take the sample apart whose name begins so."""
    (file,) = (SHARED / "samples").glob(f"{number}_*.txt")
    return take_apart(file.read_bytes(), file.name)


def facts(draft: Draft) -> dict[str, str]:
    """Give what the issue's table asks of a document."""
    metadata = draft.metadata
    return {
        "title": metadata.title,
        "speaker": "、".join(metadata.speaker),
        "date": str(metadata.date or ""),
        "place": metadata.place,
        "event": metadata.event,
    }


def values(draft: Draft, field: str) -> list[str]:
    return [found.value for found in draft.evidence if found.field == field or found.field.startswith(f"{field}.")]


@needs_samples
def test_sample_000_is_a_speech_cut_off() -> None:
    (draft,) = sample("000").drafts
    found = facts(draft)
    assert found["title"] == "在全市决战脱贫攻坚决胜全面小康市镇村负责干部大会上的讲话"
    assert (found["speaker"], found["date"]) == ("朱平波", "2020-03-10")
    assert found["place"] in ("", "汨罗", "汨罗市")
    assert draft.completeness.announced == 9500
    assert draft.completeness.share == pytest.approx(0.43, abs=0.03)  # 43 % with the notice that is removed, 41 % without
    assert "cut-off" in draft.flags
    assert values(draft, "published.url") == re.findall(r"https://\S+", draft.reading.raw)
    assert values(draft, "disclaimer")
    assert "http" not in draft.body


@needs_samples
def test_sample_001_is_two_speeches_with_a_banner_taken_out() -> None:
    first, second = sample("001").drafts
    assert facts(first)["title"] == "2021年區委經濟工作會議上的講話"
    assert facts(second)["title"] == "在縣委經濟工作會議上的講話"
    for draft, place in ((first, "望花"), (second, "古丈")):
        assert (facts(draft)["speaker"], facts(draft)["date"]) == ("", "")
        assert facts(draft)["place"].removesuffix("區").removesuffix("縣") in ("", place)
    assert "閑置地塊開發" in first.body
    assert "公號" not in first.body + second.body


@needs_samples
def test_sample_002_is_a_report_of_a_meeting() -> None:
    (draft,) = sample("002").drafts
    found = facts(draft)
    assert found == {
        "title": "",
        "speaker": "周军",
        "date": "XXXX-08-01",
        "place": "钟祥",
        "event": "市委六届七十一次常委会议",
    }
    assert {"王超华", "宗金彬", "杨江涛"} <= set(values(draft, "credit"))
    assert "许可" not in draft.body.splitlines()[-1]
    assert draft.body.endswith("。\n")


@needs_samples
def test_sample_003_has_its_doubled_text_once() -> None:
    (draft,) = sample("003").drafts
    found = facts(draft)
    assert (found["title"], found["speaker"], found["date"]) == ("在2020年市委“两大行动”动员大会上的讲话", "", "2020")
    assert "市委年市委" not in draft.body
    assert fold(draft.body).count(fold("动员大会上的讲话")) == 1
    assert "lost-characters" in draft.flags
    assert "温馨提示" not in draft.body
    assert not re.search(r"\d{8}", draft.body)


@needs_samples
def test_sample_004_is_an_abridgement_from_a_yearbook() -> None:
    (draft,) = sample("004").drafts
    found = facts(draft)
    title = "在市委七届十一次全体(扩大)暨市委经济工作会议上的讲话"
    assert fold(found["title"]) in (fold(title), fold(f"{title}(摘要)"))
    assert (found["speaker"], found["date"]) == ("王一鸥", "2021")
    assert found["place"].removesuffix("市") == "岳阳"
    published = draft.metadata.published[0]
    assert str(published.date) == "2022-01-06"
    assert "岳阳市年鉴" in published.container
    assert "2021" in published.container
    assert {"abridged", "no-punctuation"} <= set(draft.flags)
    assert draft.quality.figure <= 0.6
    assert "当前位置" not in draft.body
    assert {"2021-01-16", "2021-11-06"} <= set(values(draft, "date"))


def check_tiling(raw: str, drafts: tuple[Draft, ...]) -> None:
    """Assert the tiling law for each document, and that the documents share no kept text."""
    for draft in drafts:
        pieces = list(tile(raw, draft.reading.edits))
        assert "".join(piece.raw for piece in pieces) == raw
        assert "".join(piece.text for piece in pieces) == draft.body
        assert all(left.end <= right.start for left, right in pairwise(draft.reading.edits))
    if len(drafts) > 1:
        hidden = sum(edit.end - edit.start for draft in drafts for edit in draft.reading.edits if edit.rule == HIDDEN)
        assert hidden == (len(drafts) - 1) * len(raw)


def corpus_files() -> list[Path]:
    rows = map(json.loads, (SHARED / "corpora" / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    return [SHARED / "corpora" / row["file"] for row in rows]


@needs_corpora
def test_every_corpus_file_is_tiled_and_read() -> None:
    kept = total = 0
    for file in corpus_files():
        intake = take_apart(file.read_bytes(), file.name)
        check_tiling(intake.raw, intake.drafts)
        kept += sum(len(draft.body) for draft in intake.drafts)
        total += len(intake.raw)
    print(f"\n{len(corpus_files())} files, {total} characters, {kept / total:.3%} kept or repaired")
    assert kept > 0.9 * total


def find_all(text: str, string: str) -> list[int]:
    """Every start of a string, overlapping ones too."""
    starts, at = [], text.find(string)
    while at >= 0:
        starts.append(at)
        at = text.find(string, at + 1)
    return starts


@needs_corpora
@needs_samples
def test_kept_and_removed_hold_what_the_bytes_hold() -> None:
    """500 strings: each place in the decoded bytes stands in the body, in a removed or repaired span, or on the border of one."""
    choose = random.Random(4)
    files = [*sorted((SHARED / "samples").glob("*.txt")), *choose.sample(corpus_files(), 45)]
    tried = borders = places = removed = 0
    for file in files:
        decoded = file.read_bytes().decode("utf-8")
        intake = take_apart(file.read_bytes(), file.name)
        assert extract(file.read_bytes(), file.name).raw == decoded
        lines = [line for line in decoded.split("\n") if len(line) > 8]
        for _ in range(10):
            line = choose.choice(lines)
            start = choose.randrange(len(line) - 8)
            string = line[start : start + choose.randint(2, 8)]
            expected = find_all(decoded, string)
            found: list[int] = []
            for draft in intake.drafts:
                for piece in tile(decoded, draft.reading.edits):
                    if piece.edit is None or piece.edit.rule != HIDDEN:
                        found += [piece.start + at for at in find_all(piece.raw, string)]
                        removed += len(find_all(piece.raw, string)) * (piece.edit is not None)
            on_border = [at for at in expected if at not in set(found)]
            edges = {edge for draft in intake.drafts for edit in draft.reading.edits for edge in (edit.start, edit.end)}
            assert all(any(at < edge < at + len(string) for edge in edges) for at in on_border)
            assert sorted(found) == sorted(set(expected) - set(on_border))
            tried, borders, places = tried + 1, borders + len(on_border), places + len(expected)
    print(f"\n{tried} strings, {places} places: {removed} in edited spans, {borders} across a border; all accounted for")
    assert tried == 500
