"""Sentences of a giant paragraph are numbered in the reader, and the text itself stays as it is."""

import re
from collections.abc import Callable

from markupsafe import Markup

from archive.sentences import sentences
from archive.store import Archive
from index.rebuild import reindex
from web.app import create_app
from web.rendering import mark_sentences
from web.settings import Settings

MakeArchive = Callable[..., Archive]

TEXT = "东渠修好了。西渠要在“冬至”以前修好；北渠明年再说！" * 60


def test_every_sentence_has_its_number_and_the_text_is_whole() -> None:
    spans = sentences(TEXT)
    html = mark_sentences(TEXT, [(3, 9)], spans, lambda n: Markup("<i>{}</i>").format(n))
    assert [int(n) for n in re.findall("<i>([0-9]+)</i>", html)] == list(range(1, len(spans) + 1))
    assert re.sub("<i>[0-9]+</i>|</?mark>", "", html) == TEXT
    assert re.sub("<i>[0-9]+</i>", "", html).startswith("东渠修<mark>好了。</mark><mark>西渠要</mark>在")


def test_reader_numbers_sentences_of_giant_paragraphs_only(make_archive: MakeArchive) -> None:
    archive = make_archive({"main/a.md": f"修渠\n\n{TEXT}\n"})
    reindex(archive)
    page = create_app(Settings(archive.folder)).test_client().get("/d/a", follow_redirects=True).text
    assert 'id="p2s1"' in page
    assert 'id="p1s1"' not in page
    assert f'id="p2s{len(sentences(TEXT))}"' in page
