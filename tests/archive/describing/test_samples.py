"""The five samples against what a person read in them: offsets only, none of their text (tests/benchmarks/metadata_labels.json)."""

import json
import re
from pathlib import Path

import pytest

from archive.cleaning import clean
from archive.describing import choose, describe
from archive.describing.reading import Reading
from archive.folding import fold
from archive.metadata import Metadata

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
LABELS = json.loads((ROOT / "tests" / "benchmarks" / "metadata_labels.json").read_text(encoding="utf-8"))["documents"]
SAMPLES = sorted({label["file"] for label in LABELS if label["file"].startswith("samples/")})

pytestmark = pytest.mark.skipif(
    not (SHARED / "samples").is_dir(), reason="the samples lie beside the checkout in ../shared, not here"
)


def plain(text: str) -> str:
    """Fold a text and take its white space out."""
    return re.sub(r"\s", "", fold(text))


def described(file: str) -> tuple[str, list[Metadata]]:
    """Read a sample and describe its documents."""
    with (SHARED / file).open(encoding="utf-8", newline="") as sample:
        raw = sample.read()
    return raw, [choose(describe(Reading(raw, edits), first=number == 0)).metadata for number, edits in enumerate(clean(raw))]


@pytest.mark.parametrize("file", SAMPLES)
def test_sample_is_described_as_a_person_reads_it(file: str) -> None:
    raw, documents = described(file)
    labels = [label for label in LABELS if label["file"] == file]
    assert len(documents) == len(labels)
    for label, metadata in zip(labels, documents, strict=True):
        for field in ("title", "event", "organ"):
            span = label[field]
            assert plain(getattr(metadata, field)) == (plain(raw[slice(*span)]) if span else "")
        assert [plain(name) for name in metadata.speaker] == [plain(raw[slice(*span)]) for span in label["speaker"] or ()]
        assert str(metadata.date or "") == (label["date"]["value"] if label["date"] else "")
        assert metadata.kind == (label["kind"] or "")
        place = plain(raw[slice(*label["place"])]) if label["place"] else ""
        assert plain(metadata.place) in (place, "")  # low confidence may leave it empty
