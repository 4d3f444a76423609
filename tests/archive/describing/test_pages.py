"""Pages, letters, talks, reports and poems as sites and books set them, all invented: which fields are read from each."""

import tomllib
from pathlib import Path

import pytest

from archive.cleaning import clean
from archive.describing import choose, describe
from archive.describing.reading import Reading

PROSE = "这些年来各项工作都有了新的进展，成绩来之不易，值得充分肯定，但是也要看到困难还有不少，需要大家一起想办法去解决。"
HANT = "這些年來各項工作都有了新的進展，成績來之不易，值得充分肯定，但是也要看到困難還有不少，需要大家一起想辦法去解決。"
PAGES = tomllib.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))["page"]


@pytest.mark.parametrize("page", PAGES, ids=[page["id"] for page in PAGES])
def test_page_is_described(page: dict[str, str]) -> None:
    raw = page["text"].replace("{prose}", PROSE).replace("{hant}", HANT)
    metadata = choose(describe(Reading(raw, clean(raw)[0]))).metadata
    expected = {name: value for name, value in page.items() if name not in ("id", "text")}
    given = {name: getattr(metadata, name) for name in expected}
    assert {name: " ".join(value) if isinstance(value, tuple) else str(value or "") for name, value in given.items()} == expected
